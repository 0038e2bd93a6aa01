//! Words of polls.

texts! {
    poll: "Apklausa", "Poll";
    polls: "Apklausos", "Polls";
    began(question): "Prasidėjo apklausa: {question}", "A poll has begun: {question}";
    ended(question): "Apklausa baigta. Rezultatai: {question}", "The poll has closed. Results: {question}";
    vote: "Balsuoti", "Vote";
    change: "Pakeisti balsą", "Change the vote";
    recorded: "Jūsų balsas įrašytas. Iki pabaigos jį galite pakeisti.", "Your vote is recorded. You can change it until the closing.";
    recorded_anonymous: "Jūsų balsas įrašytas be vardo, todėl jo pakeisti nebegalima.",
        "Your vote is recorded without a name, so it can no longer be changed.";
    open_help: "Rezultatai matomi iš karto, su vardais.", "Results are seen at once, with names.";
    sealed_help: "Rezultatai su vardais bus parodyti baigus. Iki tol matoma tik tai, kas dalyvavo.",
        "Results with names are shown at the closing. Until then only who took part is seen.";
    anonymous_help: "Anoniminė: niekur neįrašoma, kas ką pasirinko. Rezultatai bus parodyti baigus.",
        "Anonymous: who chose what is recorded nowhere. Results are shown at the closing.";
    anonymous_words: "Rašykite taip, kad iš žodžių nebūtų galima atpažinti nei Jūsų, nei mokinių.",
        "Write so that neither you nor pupils can be recognised by the words.";
    up_to(count): "Galima pasirinkti ne daugiau kaip {count}.", "At most {count} can be chosen.";
    dots_left(count): "Liko taškų: {count}", "Dots left: {count}";
    dots_each(count): "Vienam variantui – ne daugiau kaip {count}.", "At most {count} on one option.";
    more_dots(option): "Pridėti tašką: {option}", "Add a dot: {option}";
    fewer_dots(option): "Atimti tašką: {option}", "Take a dot away: {option}";
    rank_help: "Sudėkite iš eilės: pirmas – svarbiausias.", "Put them in order: the first is the most important.";
    higher(option): "Aukštyn: {option}", "Up: {option}";
    lower(option): "Žemyn: {option}", "Down: {option}";
    answer: "Jūsų atsakymas", "Your answer";
    took_part(count, of): "Dalyvavo {count} iš {of}", "{count} of {of} took part";
    time_left(time): "Liko {time}", "{time} left";
    counting: "Skaičiuojama…", "Being counted…";
    results: "Rezultatai", "Results";
    no_votes: "Balsų dar nėra.", "No votes yet.";
    withheld: "Dalyvavo per mažai žmonių, kad rezultatas neparodytų, kas ką pasirinko, todėl jis nerodomas.",
        "Too few people took part for the result not to show who chose what, so it is not shown.";
    table: "Rezultatų lentelė", "Table of results";
    option: "Variantas", "Option";
    votes: "Balsai", "Votes";
    dots: "Taškai", "Dots";
    points: "Balai", "Points";
    all: "Visi", "All";
    by_name: "Kas ką pasirinko", "Who chose what";
    average(number): "Vidurkis: {number}", "Average: {number}";
    read_only: "Balsuoja tik sesijos dalyviai.", "Only participants of the session vote.";

    close: "Baigti apklausą", "Close the poll";
    hide: "Neberodyti", "Stop showing";
    show: "Rodyti", "Show";
    show_of(question): "Rodyti rezultatus: {question}", "Show the results: {question}";
    start: "Pradėti", "Start";
    start_of(question): "Pradėti apklausą: {question}", "Start the poll: {question}";
    drop: "Pašalinti", "Remove";
    drop_of(question): "Pašalinti apklausą: {question}", "Remove the poll: {question}";
    prepared: "Parengtos", "Prepared";
    closed: "Baigtos", "Closed";
    new: "Nauja apklausa", "New poll";
    question: "Klausimas", "Question";
    kind: "Kaip atsakoma", "How it is answered";
    single: "Vienas variantas", "One option";
    multiple: "Keli variantai", "Several options";
    text: "Laisvas atsakymas", "A free answer";
    scale: "Skalė", "A scale";
    ranking: "Sudėti iš eilės", "Put in order";
    dots_kind: "Taškai", "Dots";
    options: "Variantai, po vieną eilutėje", "Options, one a line";
    ends: "Ką reiškia skalės galai, po vieną eilutėje (galima palikti tuščią)",
        "What the ends of the scale mean, one a line (can be left empty)";
    each_multiple: "Kiek daugiausia galima pasirinkti (tuščia – visus)", "How many can be chosen (empty: all)";
    each_scale: "Didžiausias skalės skaičius, nuo 2 iki 10", "The highest number of the scale, 2 to 10";
    each_dots: "Kiek taškų turi vienas žmogus", "How many dots a person has";
    per_option: "Kiek jų galima skirti vienam variantui (tuščia – visus)", "How many may go to one option (empty: all)";
    visibility: "Rezultatai", "Results";
    shown_open: "Matomi iš karto", "Seen at once";
    shown_sealed: "Parodomi baigus", "Shown at the closing";
    shown_anonymous: "Be vardų, parodomi baigus (bent 5 dalyviai)", "Without names, shown at the closing (at least 5 people)";
    seconds: "Trukmė sekundėmis (tuščia – kol baigsite)", "Length in seconds (empty: until you close it)";
    step: "Žingsnis", "Step";
    no_step: "Nepriskirta", "None";
    ask_now: "Pradėti dabar", "Start now";
    prepare: "Parengti", "Prepare";
}
