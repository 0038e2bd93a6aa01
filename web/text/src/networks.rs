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
    municipality: "Savivaldybė", "Municipality";
    school_kind: "Įstaigos rūšis", "Kind of institution";
}

counted! {
    municipalities: "{n} savivaldybė", "{n} savivaldybės", "{n} savivaldybės", "{n} savivaldybių";
        "{n} municipality", "{n} municipalities";
}
