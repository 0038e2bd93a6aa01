//! Words of a session's minutes. The minutes themselves are in Lithuanian, as schools keep them; the page around them in the reader's language.

texts! {
    title: "Protokolas", "Minutes";
    title_of(session): "Protokolas: {session}", "Minutes: {session}";
    see: "Protokolas", "Minutes";

    space: "Erdvė", "Space";
    held: "Vyko", "Took place";
    led_by: "Vedė", "Led by";
    took_part: "Dalyvavo", "Took part";

    people: "Dalyviai", "People";
    steps: "Darbotvarkė", "Agenda";
    questions: "Klausimai", "Questions";
    boards: "Lentos", "Boards";
    polls: "Apklausos", "Polls";
    agreements: "Susitarimai", "Agreements";
    actions: "Užduotys", "Actions";
    notes: "Užrašai", "Notes";
    other: "Kita", "Other";

    step: "Žingsnis", "Step";
    planned: "Planuota", "Planned";
    took: "Truko", "Took";
    when: "Kada", "When";
    until(day): "iki {day}", "until {day}";
    option: "Variantas", "Option";
    votes: "Balsai", "Votes";
    points: "Taškai", "Points";
    dots: "Taškeliai", "Dots";
    voted(voted, voters): "Balsavo {voted} iš {voters}.", "{voted} of {voters} voted.";
    withheld: "Rezultatai neskelbiami: balsavo tiek mažai, kad būtų aišku, kas ką pasirinko.",
        "The results are withheld: so few voted that it would be plain who chose what.";
    reviewed: "Užbaigta iš anksčiau sutartų", "Ended of those agreed before";
    cut(rest): "… ir dar {rest}; viskas – sesijos įraše.", "… and {rest} more; all stands in the session’s record.";

    draft: "Juodraštis", "Draft";
    edited_draft: "Taisytas juodraštis", "Edited draft";
    signed: "Pasirašytas", "Signed";
    draft_says: "Juodraštis sudarytas iš to, kas sesijoje įvyko. Jį patikslins ir pasirašys sesijos vedėjas.",
        "The draft is made of what happened in the session. The facilitator will complete and sign it.";
    draft_keeper: "Juodraštis sudarytas iš to, kas sesijoje įvyko. Patikslinkite jį ir pasirašykite: pasirašytas nebesikeičia.",
        "The draft is made of what happened in the session. Complete it and sign it: once signed it does not change any more.";
    edited_by(name, when): "Taisė {name}, {when}.", "Edited by {name}, {when}.";
    none_yet: "Protokolo dar nėra.", "There are no minutes yet.";
    none_says: "Jo juodraštis atsiras, kai sesija bus uždaryta.", "Their draft will be here once the session is closed.";
    to_session: "Į sesiją", "To the session";

    edit: "Taisyti", "Edit";
    edit_title: "Taisyti protokolą", "Edit the minutes";
    edit_help: "Eilutė, prasidedanti „- “, yra sąrašo punktas, „# “ – antraštė, „| a | b |“ – lentelės eilutė. Tuščias skyrius į protokolą nepatenka.",
        "A line that begins with “- ” is an item of a list, “# ” a heading, “| a | b |” a row of a table. An empty section is not in the minutes.";
    newer: "Kol rašėte, protokolas pakeistas", "The minutes were changed while you were writing";
    newer_help: "Žemiau – protokolas, koks yra dabar, o formoje – jūsų tekstas. Perkelkite, kas reikalinga, ir siųskite dar kartą.",
        "Below are the minutes as they are now, in the form your text. Carry over what is needed and send again.";
    sign: "Pasirašyti protokolą", "Sign the minutes";
    sign_help: "Pasirašysite jūs, savo vardu. Pasirašytas protokolas nebekeičiamas: pataisos rašomos atskirais priedais.",
        "You sign in your own name. Signed minutes are not changed any more: corrections are written as addenda of their own.";
    remake: "Sudaryti iš naujo", "Make anew";
    remake_help: "Juodraštis bus vėl toks, kokį pasakoja sesijos įvykiai. Tai, kas parašyta dabar, liks žemiau.",
        "The draft will again be what the events of the session tell. What is written now stays below.";
    former: "Ankstesni juodraščiai", "Former drafts";
    former_of(name, when): "Iki {when}, kai iš naujo sudarė {name}", "Until {when}, when {name} made them anew";

    signed_by: "Pasirašė", "Signed by";
    fingerprint: "SHA-256", "SHA-256";
    fingerprint_now: "SHA-256 be pašalintos ištraukos", "SHA-256 without the removed passage";
    redacted(when): "Po pasirašymo, {when}, iš teksto pašalinta ištrauka: pasirašytas tekstas buvo kitas.",
        "After it was signed, {when}, a passage was removed from the text: what was signed was another text.";
    addendum(number, when): "{number} priedas, {when}", "Addendum {number}, {when}";
    add: "Pridėti priedą", "Add an addendum";
    add_help: "Priedas pasirašomas iš karto, jūsų vardu, ir nebekeičiamas.", "An addendum is signed at once, in your name, and does not change any more.";
    add_field: "Kas protokole taisoma ar papildoma", "What is corrected in the minutes or added to them";
    add_save: "Pasirašyti priedą", "Sign the addendum";
    take_away: "Parsisiųsti", "Take it away";
    markdown: "Markdown", "Markdown";
    pdf: "PDF", "PDF";
    print_help: "Spausdinama iš naršyklės: puslapis pritaikytas A4 lapui.", "Print it from the browser: the page fits an A4 sheet.";
}

counted! {
    people_of: "{n} žmogus", "{n} žmonės", "{n} žmogaus", "{n} žmonių"; "{n} person", "{n} people";
}
