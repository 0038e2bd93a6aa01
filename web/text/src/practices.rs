//! Words of good practices.

texts! {
    title: "Praktikos", "Practices";
    lead: "Mokyklų gerosios patirties biblioteka: kas padėjo, kam ir kiek tai kainuoja.",
        "The library of schools’ good practice: what helped, whom, and at what cost.";
    none: "Čia praktikų dar nėra.", "There are no practices here yet.";
    none_filtered: "Pagal šiuos filtrus praktikų nėra.", "There are no practices under these filters.";
    none_step: "Praktika dalijamasi erdvėje, kurioje dirba jūsų komanda.", "A practice is shared in a space where your team works.";
    to_spaces: "Į erdves", "To spaces";
    share: "Pasidalyti praktika", "Share the practice";
    share_new: "Pasidalyti praktika", "Share a practice";
    new_title: "Nauja praktika", "New practice";
    edit_title: "Praktikos keitimas", "Changing the practice";
    keep_draft: "Išsaugoti juodraštį", "Save the draft";
    edit: "Keisti", "Change";
    draft_says: "Tai juodraštis: jį matote jūs ir jūsų komanda.", "This is a draft: you and your team see it.";
    go_on: "Tęsti rašymą", "Go on writing";
    filters: "Atrinkti praktikas", "Filter the practices";

    name: "Pavadinimas", "Title";
    name_help: "Kas daroma, pavyzdžiui: „Mokinių trišaliai pokalbiai du kartus per metus“.",
        "What is done, for example: “Three-way talks with pupils twice a year”.";
    summary: "Trumpai", "In short";
    summary_help: "Ką darote ir kas pagerėjo.", "What you do and what got better.";
    topics: "Temos", "Topics";
    span: "Klasės", "Grades";
    span_help: "Pasirinkite pirmą ir paskutinę.", "Choose the first and the last.";
    from: "Nuo", "From";
    to: "Iki", "To";
    context: "Iš kur tai kilo", "Where it came from";
    context_help: "Kokia buvo padėtis mokykloje.", "What the situation at school was.";
    steps: "Kaip tai daroma", "How it is done";
    steps_help: "Po vieną žingsnį, kad kita mokykla galėtų pakartoti.", "Step by step, so that another school can repeat it.";
    step(n): "{n} žingsnis", "Step {n}";
    steps_more: "Daugiau žingsnių", "More steps";
    who: "Kas dalyvauja", "Who takes part";
    who_help: "Kas ką daro.", "Who does what.";
    cost: "Kaina be žmonių laiko", "Cost beside people’s time";
    cost_none: "Nekainuoja", "Free of charge";
    cost_low: "Iki 100 Eur", "Up to €100";
    cost_medium: "Iki 1 000 Eur", "Up to €1,000";
    cost_high: "Daugiau kaip 1 000 Eur", "More than €1,000";
    time: "Kiek laiko reikia", "Time needed";
    time_help: "Pasirengti ir daryti, pavyzdžiui: „2 valandos pasirengti, po 20 minučių kas savaitę“.",
        "To prepare and to do, for example: “2 hours to prepare, then 20 minutes a week”.";
    materials: "Ko reikia", "Materials";
    result: "Kas pasikeitė", "What changed";
    result_help: "Kaip tai matuojate.", "How you measure it.";
    limits: "Kada netinka", "When it does not fit";
    limits_help: "Kas nepavyko ir kam to nesiūlytumėte.", "What did not work, and whom you would not advise it.";
    licence: "Licencija", "Licence";
    licence_help: "Kiti galės naudoti ir pritaikyti nurodydami jus.", "Others may use and adapt it, naming you.";
    licence_by: "CC BY 4.0 – galima viskas, nurodant autorių", "CC BY 4.0 – anything, naming the author";
    licence_by_sa: "CC BY-SA 4.0 – ir dalijantis toliau ta pačia licencija", "CC BY-SA 4.0 – also shared on under the same licence";
    by(author): "Rašė {author}", "By {author}";
    updated: "Atnaujinta", "Updated";
    card_title: "Praktikos kortelė", "Practice card";
    card_print: "Kortelė spausdinti", "A card to print";
    card_says: "Kortelė telpa A4 lape: spausdinkite naršyklės komanda arba išsaugokite kaip PDF. Telefonas ją atveria pagal kodą.",
        "The card fits an A4 sheet: print it by the browser’s command, or save it as PDF. A phone opens it by the code.";
    card_qr: "Praktikos adresas kaip QR kodas", "The address of the practice as a QR code";
    withdraw: "Atšaukti praktiką", "Take the practice back";
    withdraw_means: "Praktikos nebematys kiti: ji liks jūsų komandai, ir galėsite ją paskelbti vėl.",
        "Others will no longer see the practice: it stays with your team, and you can publish it again.";
    withdrawn: "Atšaukta", "Taken back";
    withdrawn_says: "Ši praktika atšaukta: ją matote jūs ir jūsų komanda.", "This practice was taken back: you and your team see it.";
    publish_again: "Taisyti ir paskelbti vėl", "Mend and publish again";
    offered: "Siūloma praktika", "A practice to try";
    offered_for: "Kam ji pasiūlyta", "What it was offered for";
    newer: "Kol rašėte, praktika pakeista", "The practice was changed while you were writing";
    newer_help: "Žemiau – išsaugotas tekstas, o formoje – jūsų. Perkelkite, kas reikalinga, ir siųskite dar kartą.",
        "Below is the saved text; the form holds yours. Carry over what is needed and send again.";

    stage: "Klasės", "Grades";
    preschool: "Ikimokyklinis ir priešmokyklinis", "Pre-school and pre-primary";
    primary: "1–4 klasės", "Grades 1–4";
    lower_secondary: "5–8 klasės", "Grades 5–8";
    upper_basic: "9–10 klasės", "Grades 9–10";
    secondary: "11–12 klasės", "Grades 11–12";
    grade_preschool: "ikimokyklinis", "pre-school";
    grade_preprimary: "priešmokyklinis", "pre-primary";
    grade(n): "{n} klasė", "grade {n}";
    grades(from, to): "{from}–{to} klasės", "grades {from}–{to}";
    grades_below(from, to): "{from} – {to} klasė", "{from} to grade {to}";
    cost_facet: "Kaina", "Cost";
    municipality: "Savivaldybė", "Municipality";
}

counted! {
    count: "{n} praktika", "{n} praktikos", "{n} praktikos", "{n} praktikų"; "{n} practice", "{n} practices";
}
