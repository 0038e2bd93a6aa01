//! Words of the start page.

texts! {
    lead: "Mokyklų komandos skelbia problemas, dalijasi tuo, kas veikia, ir susitinka gyvai – per tinklų ir savivaldybių ribas.",
        "School teams post problems, share what works, and meet live – across networks and municipalities.";
    see_practices: "Skaityti praktikas", "Read practices";
    greeting: "Sveiki", "Welcome";
    now: "Vyksta dabar", "On now";
    next: "Artimiausios sesijos", "Next sessions";
    my_spaces: "Jūsų erdvės", "Your spaces";
    open_spaces: "Atviros erdvės", "Open spaces";
    new_practices: "Naujausios praktikos", "Latest practices";
    all_practices: "Visos praktikos", "All practices";
    no_team: "Dar nesate jokioje komandoje.", "You are not in a team yet.";
    no_team_step: "Įrašykite kvietimo kodą, kurį gavote iš komandos vadovo.", "Enter the invitation code that you got from the team lead.";
}
