//! Words of shared spaces.

texts! {
    title: "Erdvės", "Spaces";
    lead: "Čia skirtingų tinklų ir savivaldybių komandos dirba kartu.", "Here teams of different networks and municipalities work together.";
    none: "Jums matomų erdvių dar nėra.", "There are no spaces yet that you may see.";
    none_signed_out: "Prisijunkite, kad matytumėte savo komandos erdves.", "Sign in to see the spaces of your team.";
    none_example: "Pavyzdžiui, „Įtraukiojo ugdymo dirbtuvė“, kurioje susitinka trijų mokyklų komandos.",
        "For example, a workshop on inclusive education where the teams of three schools meet.";
    none_step: "Erdvę atveria tinklo koordinatorius savo tinklo puslapyje.", "A network coordinator opens a space on the network’s page.";
    to_networks: "Į tinklus", "To networks";
    name: "Erdvės pavadinimas", "Name of the space";
    about: "Kam ši erdvė", "What the space is for";
    visibility: "Kas mato", "Who sees it";
    visible_team: "Tik erdvės komandos", "Only the teams of the space";
    visible_network: "Erdvės komandos ir visas tinklas, kuris ją atvėrė", "The teams of the space, and the whole network that opened it";
    visible_all: "Visi prisijungę", "Everyone signed in";
    visible_public: "Visi, ir neprisijungę", "Everyone, signed in or not";
    opened_by: "Atvėrė", "Opened by";
    live_now: "Dabar vyksta sesija", "A session is on now";
    archived_says: "Erdvė archyve: joje viskas skaitoma, bet nieko nebekeičiama.",
        "The space is archived: everything can be read and nothing changed.";
    problems: "Problemos", "Problems";
    practices: "Praktikos", "Practices";
    sessions: "Sesijos", "Sessions";
    teams: "Komandos", "Teams";
    drafts: "Jūsų juodraščiai", "Your drafts";
    lately: "Kas vyko pastaruoju metu", "What happened lately";
    nothing_lately: "Kol kas nieko.", "Nothing yet.";
    all_problems: "Visos erdvės problemos", "All problems of the space";
    all_practices: "Visos erdvės praktikos", "All practices of the space";
    no_problems: "Problemų dar nėra.", "There are no problems yet.";
    no_problems_example: "Gera pradžia: „Penktokai nesupranta vertinimo kriterijų“ su apklausos rezultatais.",
        "A good start: “Fifth-graders do not understand the assessment criteria”, with the results of a survey.";
    no_practices: "Praktikų dar nėra.", "There are no practices yet.";
    no_practices_example: "Gera pradžia: tai, kas jūsų mokykloje veikia jau metus.", "A good start: what has worked in your school for a year.";
    no_sessions: "Sesijų dar nėra.", "There are no sessions yet.";
    no_sessions_example: "Gera pradžia: 50 minučių susitikimas aptarti vienai problemai.", "A good start: a meeting of 50 minutes about one problem.";
    no_teams: "Komandų dar nėra.", "There are no teams yet.";
    none_to_take_in: "Erdvei tinkančių komandų dar nėra: pirmiausia sukurkite komandą tinklo puslapyje.",
        "There are no teams to take in yet: first create one on the network’s page.";
    keep: "Erdvės tvarkymas", "Managing the space";
    edit: "Keisti erdvę", "Change the space";
    take_in: "Priimti komandą", "Take in a team";
    take_in_which: "Kurią komandą", "Which team";
    take_out(team): "Išimti: {team}", "Take out {team}";
    archive: "Archyvuoti erdvę", "Archive the space";
    archive_help: "Erdvės turinys liks skaitomas, bet nieko nebebus galima keisti.",
        "What is in the space can still be read, but nothing can be changed.";
    now_saved: "Dabar išsaugota", "Saved now";
    take_out_means: "Komanda nebedirbs šioje erdvėje. Tai, ką ji čia paskelbė, lieka.",
        "The team will no longer work in this space. What it posted here stays.";
    return_: "Grąžinti iš archyvo", "Bring back from the archive";
    return_help: "Grąžintoje erdvėje vėl galės rašyti visi, kas galėjo anksčiau.", "Everyone who could write in it before can write again.";
    happened(who, what): "{who} {what}", "{who} {what}";
    more(n): "Rodyti dar {n}", "Show {n} more";
    earlier: "Kas vyko anksčiau", "What happened earlier";
    happened_a_problem: "paskelbė problemą", "posted a problem";
    happened_a_response: "parašė atsakymą", "wrote a response";
    happened_a_practice: "pasidalijo praktika", "shared a practice";
    happened_a_session: "suplanavo sesiją", "planned a session";
}

counted! {
    happened_problems: "paskelbė {n} problemą", "paskelbė {n} problemas", "paskelbė {n} problemos", "paskelbė {n} problemų";
        "posted {n} problem", "posted {n} problems";
    happened_responses: "parašė {n} atsakymą", "parašė {n} atsakymus", "parašė {n} atsakymo", "parašė {n} atsakymų";
        "wrote {n} response", "wrote {n} responses";
    happened_practices: "pasidalijo {n} praktika", "pasidalijo {n} praktikomis", "pasidalijo {n} praktikos", "pasidalijo {n} praktikų";
        "shared {n} practice", "shared {n} practices";
    happened_sessions: "suplanavo {n} sesiją", "suplanavo {n} sesijas", "suplanavo {n} sesijos", "suplanavo {n} sesijų";
        "planned {n} session", "planned {n} sessions";
}
