//! Words of people, their roles, and the keeping of the site.

texts! {
    administration: "Valdymas", "Administration";
    administration_lead: "Čia tvarkomi žmonės ir tai, ką visi tinklai turi bendra.", "Here people are kept, and what all networks have in common.";

    people_door: "Kas turi paskyrą, vaidmenys, kvietimai, sustabdymas.", "Who has an account, roles, invitations, suspension.";
    networks_door: "Kurti tinklus, keisti jų duomenis.", "Make networks and change what they say.";
    schools_door: "Kas kokioje savivaldybėje; pavadinimų taisymas.", "What is in which municipality; names put right.";
    kinds_door: "Tinklų ir įstaigų rūšys, kurių sąrašas pildomas čia.", "Kinds of network and of institution, added here.";

    title: "Žmonės", "People";
    lead: "Visi, kurie turi paskyrą. El. pašto adresų čia nėra: juos mato tik patys žmonės.",
        "All who have an account. There are no e-mail addresses here: only people themselves see their own.";
    find: "Ieškoti pagal vardą", "Search by name";
    show: "Rodyti", "Show";
    nobody: "Tokio žmogaus nėra.", "There is nobody of that name.";
    nobody_example: "Ieškokite vardo ar pavardės dalies; galima be diakritinių ženklų.", "Search for a part of a name; diacritics may be left out.";
    no_roles: "Vaidmenų nėra.", "No roles.";
    roles: "Vaidmenys", "Roles";
    teams: "Komandos", "Teams";
    no_teams: "Nė vienoje komandoje.", "In no team.";
    account_since: "Paskyra nuo", "Account since";
    suspended: "Sustabdyta", "Suspended";
    suspended_since: "Sustabdyta nuo", "Suspended since";

    give: "Suteikti vaidmenį", "Give a role";
    which: "Vaidmuo", "Role";
    give_help: "Galioja iš karto.", "It holds at once.";
    take: "Atimti", "Take away";
    take_who(role, name): "Atimti vaidmenį „{role}“: {name}", "Take away the role “{role}” of {name}";
    take_means: "Vaidmuo nustos galioti iš karto, ir atvertose sesijose. Tai, ką žmogus parašė, lieka.",
        "The role ends at once, in open sessions too. What the person wrote stays.";
    suspend: "Sustabdyti paskyrą", "Suspend the account";
    suspend_means: "Žmogus galės prisijungti ir skaityti tik tai, kas jo paties ir kas vieša. Vaidmenys ir komandos lieka, bet negalioja, kol grąžinsite.",
        "They can sign in and read only what is their own and what is public. Roles and teams stay, without effect, until you return the account.";
    return_: "Grąžinti paskyrą", "Return the account";
    return_means: "Paskyra sustabdyta. Grąžinus vėl galios visi jos vaidmenys ir komandos.",
        "The account is suspended. Once returned, all its roles and teams hold again.";

    invite: "Pakviesti į vaidmenį", "Invite to a role";
    invite_help: "Žmogus gaus laišką su nuoroda. Vaidmuo pradės galioti, kai jis ją atidarys ir sutiks; paskyros iš anksto nereikia.",
        "They get a letter with a link. The role holds once they open it and agree; no account is needed beforehand.";
    invite_name: "Vardas ir pavardė", "Name and surname";
    invite_email: "El. paštas", "E-mail";
    invite_email_help: "Į jį siunčiama nuoroda. Daugiau niekam nerodomas.", "The link is sent there. It is shown to nobody else.";
    send: "Siųsti kvietimą", "Send the invitation";
    no_mail: "Pašto serveris nenustatytas, todėl laiškai išsaugomi serverio duomenų aplanke „mail“. Administratorius gali juos persiųsti.",
        "No mail server is set, so letters are kept in the folder “mail” of the server’s data. The administrator can pass them on.";
    invitations: "Laukia atsakymo", "Waiting for an answer";
    no_invitations: "Neatsakytų kvietimų nėra.", "No invitation is waiting.";
    until: "galioja iki", "works until";
    revoke: "Atšaukti", "Revoke";
    revoke_who(name): "Atšaukti kvietimą: {name}", "Revoke the invitation of {name}";

    network_title: "Tinklo žmonės", "People of the network";
    network_lead: "Tinklo koordinatoriai, ekspertai, centrų specialistai ir komandų konsultantai.",
        "Coordinators, experts and centre specialists of the network, and consultants of its teams.";
    holders_none: "Vaidmenų dar niekas neturi.", "Nobody has a role yet.";

    offer_title: "Kvietimas į vaidmenį", "Invitation to a role";
    offered(name, role): "{name}, esate kviečiami: {role}.", "{name}, you are invited: {role}.";
    accept_as(name): "Sutikti kaip {name}", "Accept as {name}";
    join_help: "Sukursite paskyrą tuo adresu, į kurį gavote laišką.", "You make an account with the address to which the letter came.";
    join: "Sukurti paskyrą ir sutikti", "Make an account and accept";
}

counted! {
    count: "{n} žmogus", "{n} žmonės", "{n} žmogaus", "{n} žmonių"; "{n} person", "{n} people";
}

texts! {
    mail_subject: "Kvietimas į Tinklaveiką", "An invitation to Tinklaveika";
    mail(name, role, link): "Sveiki, {name},\n\nTinklaveikoje, kur mokyklų komandos sprendžia ugdymo problemas drauge, esate kviečiami:\n\n{role}\n\nAtidarykite nuorodą ir sutikite. Jei paskyros dar neturite, ją sukursite ten pat:\n\n{link}\n\nNuoroda galioja dvi savaites. Jei nesutinkate, nieko daryti nereikia.\n\nTinklaveika\n",
        "Hello, {name},\n\nat Tinklaveika, where teams of schools solve educational problems together, you are invited:\n\n{role}\n\nOpen the link and accept. If you have no account yet, you make it there:\n\n{link}\n\nThe link works for two weeks. If you do not agree, there is nothing to do.\n\nTinklaveika\n";
}
