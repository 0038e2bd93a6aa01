//! Words of schools and other institutions.

texts! {
    title: "Mokyklos ir įstaigos", "Schools and institutions";
    lead: "Visos įrašytos įstaigos, nuo ikimokyklinių iki gimnazijų. Naują įrašo tinklo koordinatorius tinklo puslapyje.",
        "All institutions that were entered, from pre-schools to gymnasiums. A network’s coordinator enters a new one on the network’s page.";
    none: "Tokių įstaigų dar nėra.", "There are no such institutions yet.";
    none_example: "Pasirinkite kitą savivaldybę arba rodykite visas.", "Choose another municipality, or show all.";
    edit: "Keisti mokyklos duomenis", "Change the school’s data";
    edit_which(name): "Keisti: {name}", "Change {name}";
}

counted! {
    count: "{n} įstaiga", "{n} įstaigos", "{n} įstaigos", "{n} įstaigų"; "{n} institution", "{n} institutions";
}
