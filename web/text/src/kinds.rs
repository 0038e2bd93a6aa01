//! Words of the kinds of network and of institution.

texts! {
    title: "Rūšys", "Kinds";
    lead: "Kokie būna tinklai ir įstaigos. Pervadinus rūšį, naujas pavadinimas rodomas visur.",
        "What networks and institutions there can be. A new name of a kind is shown everywhere.";
    networks: "Tinklų rūšys", "Kinds of network";
    institutions: "Įstaigų rūšys", "Kinds of institution";
    lt: "Pavadinimas lietuviškai", "Name in Lithuanian";
    en: "Pavadinimas angliškai", "Name in English";
    add_network: "Pridėti tinklų rūšį", "Add a kind of network";
    add_institution: "Pridėti įstaigų rūšį", "Add a kind of institution";
    rename: "Pervadinti", "Rename";
    rename_which(name): "Pervadinti: {name}", "Rename {name}";
}
