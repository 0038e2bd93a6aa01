//! Words of the start page.

texts! {
    lead: "Mokyklų komandos skelbia problemas, dalijasi tuo, kas veikia, ir susitinka gyvai – per tinklų ir savivaldybių ribas.",
        "School teams post problems, share what works, and meet live – across networks and municipalities.";
    see_practices: "Skaityti praktikas", "Read practices";
    greeting: "Sveiki", "Welcome";
    now: "Vyksta dabar", "On now";
    next: "Artimiausios sesijos", "Next sessions";
    unverified: "Patvirtinkite savo el. pašto adresą: atidarykite nuorodą patvirtinimo laiške. Iki tol laiškų su kvietimais į sesijas negausite.",
        "Verify your e-mail address: open the link in the letter of verification. Until then you get no letters with invitations to sessions.";
    my_teams: "Jūsų komandos", "Your teams";
    my_spaces: "Jūsų erdvės", "Your spaces";
    open_spaces: "Atviros erdvės", "Open spaces";
    new_practices: "Naujausios praktikos", "Latest practices";
    all_practices: "Visos praktikos", "All practices";
    no_team: "Dar nesate jokioje komandoje.", "You are not in a team yet.";
    no_team_step: "Įrašykite kvietimo kodą, kurį gavote iš komandos vadovo.", "Enter the invitation code that you got from the team lead.";
}
