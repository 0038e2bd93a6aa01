//! Words of teams, their members and invitations.

texts! {
    new_title: "Nauja komanda", "New team";
    new_lead: "Sukūrę komandą gausite kvietimo nuorodą. Pirmas prisijungęs žmogus taps komandos vadovu.",
        "Once it is created you get an invitation link. The first person who joins leads the team.";
    name: "Komandos pavadinimas", "Name of the team";
    school: "Mokykla", "School";
    no_schools: "Pirmiausia įrašykite mokyklą.", "Enter a school first.";
    members_title: "Nariai", "Members";
    lead: "vadovauja", "leads";
    since: "nuo", "since";
    forming: "Buriasi", "Forming";
    active: "Veikia", "Active";
    incomplete: "Nepilna", "Incomplete";
    archived: "Archyvas", "Archived";
    incomplete_says: "Komandoje liko mažiau nei 5 nariai. Ji gali dirbti toliau, bet pakvieskite trūkstamus.",
        "The team has fewer than 5 members left. It can go on working, but invite those who are missing.";
    archived_says: "Komanda archyve: jos darbai skaitomi, bet nebekeičiami.",
        "The team is archived: its work can be read but no longer changed.";
    ready_says: "Komanda sudaryta. Paskelbkite, kad ji pradeda veikti.", "The team is complete. Declare that it starts working.";
    ready_waits: "Komanda sudaryta. Kad ji pradėtų veikti, tai turi paskelbti jos vadovas.",
        "The team is complete. Its lead still has to declare that it starts working.";
    activate: "Pradėti veikti", "Start working";
    invite_title: "Kvietimas", "Invitation";
    invite: "Sukurti kvietimo nuorodą", "Make an invitation link";
    invite_again: "Sukurti naują nuorodą", "Make a new link";
    invite_help: "Nuoroda galioja 7 dienas arba kol komandoje yra vietų. Sukūrus naują, senoji nustoja galioti.",
        "The link works for 7 days or as long as there are free places. A new one ends the old.";
    invite_lead: "Pirmas prisijungęs žmogus taps komandos vadovu, todėl nuorodą pirmiausia siųskite jam.",
        "The first person who joins leads the team, so send the link to them first.";
    invite_ready: "Nusiųskite šią nuorodą kolegoms:", "Send this link to colleagues:";
    invite_code: "Arba pasakykite kodą:", "Or tell the code:";
    invite_once: "Nuoroda ir kodas rodomi tik dabar – nusikopijuokite.", "The link and the code are shown only now: copy them.";
    invite_open(until, joined): "Kvietimas galioja iki {until}. Juo jau pasinaudojo: {joined}.",
        "The invitation works until {until}. Used so far: {joined}.";
    revoke: "Atšaukti kvietimą", "Revoke the invitation";
    full: "Komandoje 6 nariai, daugiau vietų nėra.", "The team has 6 members and no more places.";
    remove: "Pašalinti", "Remove";
    remove_who(name): "Pašalinti: {name}", "Remove {name}";
    remove_means: "Šis žmogus iškart nebegalės rašyti komandos vardu. Tai, ką parašė, lieka komandai; sugrįžti galima tik gavus kvietimą.",
        "They can no longer write for the team at once. What they wrote stays with the team. They come back only by invitation.";
    former: "buvęs (-usi) komandos narys (-ė)", "a former member of the team";
    return_: "Grąžinti iš archyvo", "Bring back from the archive";
    return_help: "Grįžusi komanda vėl buriasi su tais pačiais nariais; turėdama 5 arba 6, ji vėl pradeda veikti.",
        "A team that comes back gathers with the same members; with 5 or 6 it starts working again.";
    make_lead: "Perduoti vadovavimą", "Hand over the lead";
    make_lead_to: "Kam perduodate", "To whom";
    leave: "Palikti komandą", "Leave the team";
    leave_help: "Nebegalėsite rašyti jos vardu. Sugrįžti galėsite tik pakviesti. Tai, ką parašėte, lieka.",
        "You will no longer write for it, and come back only by invitation. What you wrote stays.";
    archive: "Archyvuoti komandą", "Archive the team";
    archive_help: "Archyvuota komanda nieko nebekeičia. Jos darbai lieka.", "An archived team changes nothing any more. Its work stays.";
    keep: "Komandos tvarkymas", "Managing the team";

    invited_title(team): "Kvietimas į komandą „{team}“", "Invitation to the team “{team}”";
    join: "Tapti komandos nariu", "Join the team";
    join_help: "Sukursite paskyrą ir iškart būsite komandoje.", "You make an account and at once become a member of the team.";
    join_as(name): "Tapti komandos nariu: {name}", "Join as {name}";
    have_account: "Jau turite paskyrą? Prisijunkite ir grįšite čia.", "Already have an account? Sign in and you will come back here.";
    already_member: "Jūs jau šioje komandoje.", "You are already a member of this team.";
    to_team: "Į komandos puslapį", "To the team’s page";
    code_title: "Kvietimo kodas", "Invitation code";
    code_help: "Dvylika ženklų trimis grupėmis, pavyzdžiui, K7QM 2XTA 9PRD.", "Twelve characters in three groups, for example K7QM 2XTA 9PRD.";
    code_button: "Toliau", "Continue";
    code_empty: "Įrašykite kodą.", "Type the code.";
    code_unknown: "Tokio kodo nėra arba jis nebegalioja. Patikrinkite, ar gerai įrašėte, arba paprašykite naujo.",
        "There is no such code, or it is no longer valid. Check how it is typed, or ask for a new one.";
}

counted! {
    members: "{n} narys", "{n} nariai", "{n} nario", "{n} narių"; "{n} member", "{n} members";
    members_missing: "Kad komanda pradėtų veikti, trūksta dar {n} nario.",
        "Kad komanda pradėtų veikti, trūksta dar {n} narių.",
        "Kad komanda pradėtų veikti, trūksta dar {n} nario.",
        "Kad komanda pradėtų veikti, trūksta dar {n} narių.";
        "The team needs {n} more member to start working.", "The team needs {n} more members to start working.";
}
