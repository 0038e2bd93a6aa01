//! Words of networks and their schools.

texts! {
    title: "Tinklai", "Networks";
    lead: "Mokyklų tinklai, kurių komandos čia dirba kartu.", "Networks of schools whose teams work together here.";
    none: "Tinklų dar nėra.", "There are no networks yet.";
    none_example: "Pavyzdžiui, Besimokančių mokyklų tinklas „Kartu“.", "For example, the Learning Schools Network “Kartu”.";
    create: "Sukurti tinklą", "Create a network";
    kind: "Rūšis", "Kind";
    name: "Pavadinimas", "Name";
    about: "Apie tinklą", "About the network";
    teams: "Komandos", "Teams";
    teams_hidden: "Komandas mato prisijungę žmonės.", "Teams are shown to people who are signed in.";
    no_teams: "Komandų dar nėra.", "There are no teams yet.";
    no_teams_step: "Pirmiausia įrašykite mokyklą, tada sukurkite jos komandą.", "First enter a school, then create its team.";
    people: "Žmonės", "People";
    spaces: "Erdvės", "Spaces";
    no_spaces: "Jums matomų erdvių nėra.", "There are no spaces that you may see.";
    coordinate: "Koordinatoriaus darbai", "For the coordinator";
    add_school: "Įrašyti mokyklą", "Enter a school";
    add_team: "Sukurti komandą", "Create a team";
    open_space: "Atverti erdvę", "Open a space";
    school_name: "Mokyklos pavadinimas", "Name of the school";
    edit: "Keisti tinklą", "Change the network";
    people_door: "Tinklo žmonės", "People of the network";
    minis: "Tinkliukai", "Mini-networks";
    mini: "Tinkliukas", "Mini-network";
    mini_of(network): "tinkle „{network}“", "in the network “{network}”";
    mini_none: "Komanda dar nė viename tinkliuke.", "The team is in no mini-network yet.";
    mini_found: "Įkurti tinkliuką", "Found a mini-network";
    mini_found_lead: "Tinkliukas jungia kelias komandas, taip pat iš kitų savivaldybių ir tinklų. Įkūrę pakviesite komandas; jos prisijungs, kai sutiks.",
        "A mini-network joins a few teams, from other municipalities and networks too. Once it is founded you invite teams; they join when they accept.";
    mini_about: "Kam šis tinkliukas", "What the mini-network is for";
    mini_active_only: "Tinkliuką gali įkurti veikianti komanda, kurioje 5 arba 6 nariai.", "A mini-network is founded by an active team of 5 or 6 members.";
    mini_invite: "Pakviesti komandą", "Invite a team";
    mini_invite_help: "Kvietimą komandos vadovas ras savo komandos puslapyje. Kol nesutiks, komandai niekas nesikeičia.",
        "The team’s lead finds the invitation on the team’s page. Until they accept nothing changes for the team.";
    mini_nobody: "Daugiau komandų, kurias galėtumėte pakviesti, nėra.", "There are no more teams to invite.";
    mini_waiting: "Dar neatsakė", "Not answered yet";
    mini_members: "Tinkliuko komandos", "Teams of the mini-network";
    mini_uninvite: "Atšaukti kvietimą", "Withdraw the invitation";
    mini_uninvite_which(team): "Atšaukti kvietimą: {team}", "Withdraw the invitation of {team}";
    mini_uninvite_means: "Komanda kvietimo nebematys.", "The team will no longer see the invitation.";
    mini_remove: "Išimti", "Take out";
    mini_remove_which(team): "Išimti: {team}", "Take out {team}";
    mini_remove_means: "Komanda nebematys erdvių, kurias tinkliukas rodo tik savo komandoms. Tai, ką ji parašė, lieka.",
        "The team will no longer see spaces that the mini-network shows to its teams only. What it wrote stays.";
    mini_asked: "Kviečia jūsų komandą", "Invites your team";
    mini_accept: "Prisijungti", "Join";
    mini_accept_which(name): "Prisijungti: {name}", "Join {name}";
    mini_decline: "Atsisakyti", "Decline";
    mini_decline_which(name): "Atsisakyti: {name}", "Decline {name}";
    mini_leave: "Palikti", "Leave";
    mini_leave_which(name): "Palikti: {name}", "Leave {name}";
    mini_leave_means: "Komanda nebematys erdvių, kurias tinkliukas rodo tik savo komandoms. Sugrįžti galės tik pakviesta.",
        "The team will no longer see spaces that the mini-network shows to its teams only, and comes back only by invitation.";
    municipality: "Savivaldybė", "Municipality";
    school_kind: "Įstaigos rūšis", "Kind of institution";
}

counted! {
    municipalities: "{n} savivaldybė", "{n} savivaldybės", "{n} savivaldybės", "{n} savivaldybių";
        "{n} municipality", "{n} municipalities";
}
