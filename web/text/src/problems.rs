//! Words of problems.

texts! {
    title: "Problemos", "Problems";
    lead: "Ugdymo problemos, kurias komandos kelia ir sprendžia kartu.", "Educational problems that teams raise and solve together.";
    none: "Čia problemų dar nėra.", "There are no problems here yet.";
    none_filtered: "Pagal šiuos filtrus problemų nėra.", "There are no problems under these filters.";
    none_step: "Problemą paskelbsite erdvėje, kurioje dirba jūsų komanda.", "You post a problem in a space where your team works.";
    to_spaces: "Į erdves", "To spaces";
    post: "Paskelbti problemą", "Post the problem";
    post_new: "Paskelbti problemą", "Post a problem";
    new_title: "Nauja problema", "New problem";
    edit_title: "Problemos keitimas", "Changing the problem";
    keep_draft: "Išsaugoti juodraštį", "Save the draft";
    edit: "Keisti", "Change";
    draft_says: "Tai juodraštis: jį matote jūs ir jūsų komanda.", "This is a draft: you and your team see it.";
    discard: "Išmesti juodraštį", "Throw the draft away";
    discard_do: "Taip, išmesti", "Yes, throw it away";
    discard_means: "Juodraščio ir prie jo pridėtų failų neliks. Sugrąžinti jų nebus galima.",
        "The draft and the files attached to it will be gone. They cannot be brought back.";
    go_on: "Tęsti rašymą", "Go on writing";

    of_team(team): "Rašote komandos „{team}“ vardu.", "You write for the team “{team}”.";
    of_which_team: "Kurios komandos vardu rašote", "For which team you write";
    of_yourself: "Rašote savo vardu.", "You write in your own name.";
    name: "Problema viena eilute", "The problem in one line";
    similar: "Panašios jau paskelbtos problemos", "Similar problems posted already";
    name_help: "Kas ir kam nepavyksta, pavyzdžiui: „7–8 klasių mokiniai neatlieka namų darbų“.",
        "What does not work and for whom, for example: “Pupils of grades 7–8 do not do their homework”.";
    area_help: "Kurios iš keturių sričių tai problema?", "Which of the four areas is it about?";
    topics: "Temos", "Topics";
    topics_help: "Iki penkių.", "Up to five.";
    group: "Ką tai paliečia", "Whom it concerns";
    group_help: "Mokinių grupė, bet ne mokinys: „7–8 klasių mokiniai“.", "A group of pupils, never a pupil: “pupils of grades 7–8”.";
    text: "Kas vyksta", "What is happening";
    text_help: "Kaip tai atrodo kasdien, nuo kada, ką jau bandėte.", "How it looks from day to day, since when, what you have tried.";
    goal: "Ko siekiate", "What you aim at";
    /// On the page that others read.
    goal_read: "Ko siekiama", "The aim";
    goal_help: "Kas turėtų pasikeisti ir iki kada.", "What should change, and by when.";
    evidence: "Įrodymai", "Evidence";
    evidence_help: "Iš kur žinote, kad ši problema yra? Skelbiant reikia bent vieno.", "How do you know that the problem is there? Posting needs at least one.";
    evidence_kind: "Rūšis", "Kind";
    evidence_text: "Ką jis rodo", "What it shows";
    evidence_more: "Daugiau įrodymų", "More evidence";
    survey: "Apklausa", "Survey";
    test_results: "Pasiekimų patikrinimas", "Test results";
    observation: "Stebėtos pamokos", "Observed lessons";
    self_evaluation: "Įsivertinimas", "Self-evaluation";
    external_evaluation: "Išorinis vertinimas", "External evaluation";
    attendance: "Lankomumas", "Attendance";
    reflection: "Refleksija, pokalbiai", "Reflective conversations";

    draft: "Juodraštis", "Draft";
    posted: "Paskelbta", "Posted";
    in_progress: "Sprendžiama", "In progress";
    solved: "Išspręsta", "Solved";
    closed: "Uždaryta", "Closed";
    merged: "Sujungta", "Merged";

    by(author): "Rašė {author}", "By {author}";
    responses_title: "Atsakymai", "Responses";
    no_responses: "Atsakymų dar nėra.", "There are no responses yet.";
    no_responses_step: "Parašykite, kas padėjo jūsų mokykloje, arba paklauskite.", "Write what helped in your school, or ask.";
    respond: "Atsakyti", "Respond";
    respond_text: "Jūsų atsakymas", "Your response";
    offer_more: "Pasiūlyti praktiką", "Offer a practice";
    offer: "Praktika, kuri padėjo", "A practice that helped";
    offer_help: "Parašykite kelis jos pavadinimo žodžius arba įklijuokite adresą.", "Write a few words of its title, or paste its address.";
    offer_which: "Kurią praktiką turėjote galvoje", "Which practice you mean";
    respond_sign_in: "Prisijunkite, kad atsakytumėte.", "Sign in to respond.";
    history: "Būsenos istorija", "History of the status";
    set_state: "Keisti būseną", "Change the status";
    new_state: "Nauja būsena", "New status";
    state_note: "Kodėl", "Why";
    same_title: "Kas turi tą pačią problemą", "Who has the same problem";
    same_none: "Kol kas nė viena kita komanda nepasakė, kad turi tą pačią problemą.", "No other team has said yet that it has the same problem.";
    same_say: "Turime tą pačią problemą", "We have the same problem";
    same_take_back: "Atšaukti: nebeturime tos pačios problemos", "Take back: we no longer have the same problem";
    same_for(team): "Komandos „{team}“ vardu.", "For the team “{team}”.";
    same_ours(team): "Komanda „{team}“ tai jau pasakė.", "The team “{team}” has said so already.";
    same_sign_in: "Kurios tai komandos, matyti prisijungus.", "Sign in to see which teams they are.";
    merge: "Sujungti su kita problema", "Merge with another problem";
    merge_do: "Sujungti", "Merge";
    merge_help: "Atsakymai ir komandos, turinčios tą pačią problemą, persikels į kitą problemą, o šios adresas ves į ją. Atskirti jų nebebus galima.",
        "The responses, and the teams that have the same problem, go over to the other one, and this address will lead there. They cannot be parted again.";
    merge_into: "Į kurią problemą", "Into which problem";
    merge_into_help: "Parašykite kelis jos pavadinimo žodžius arba įklijuokite adresą.", "Write a few words of its title, or paste its address.";
    merge_which: "Kurią problemą turėjote galvoje", "Which problem you mean";
    merged_with(title): "Prijungta problema „{title}“", "Joined by the problem “{title}”";
    withdraw: "Atsiimti atsakymą", "Take back";
    withdraw_heard: "Atsiimti atsakymą", "Take back the response";
    withdraw_means: "Atsakymo teksto ir jame pasiūlytos praktikos nebematys niekas.", "Nobody will see the text of the response any more, nor the practice it offers.";
    withdrawn: "Atsakymas atsiimtas.", "The response was taken back.";
    newer: "Kol rašėte, problema pakeista", "The problem was changed while you were writing";
    newer_help: "Žemiau – išsaugotas tekstas, o formoje – jūsų. Perkelkite, kas reikalinga, ir siųskite dar kartą.",
        "Below is the saved text; the form holds yours. Carry over what is needed and send again.";
}

counted! {
    count: "{n} problema", "{n} problemos", "{n} problemos", "{n} problemų"; "{n} problem", "{n} problems";
    /// On a card.
    same: "tą pačią turi {n} komanda", "tą pačią turi {n} komandos", "tą pačią turi {n} komandos", "tą pačią turi {n} komandų";
        "{n} team has the same", "{n} teams have the same";
    same_count: "Šią problemą taip pat turi {n} komanda.", "Šią problemą taip pat turi {n} komandos.",
        "Šią problemą taip pat turi {n} komandos.", "Šią problemą taip pat turi {n} komandų.";
        "{n} more team has this problem.", "{n} more teams have this problem.";
    responses: "{n} atsakymas", "{n} atsakymai", "{n} atsakymo", "{n} atsakymų"; "{n} response", "{n} responses";
}
