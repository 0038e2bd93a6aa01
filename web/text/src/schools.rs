//! Words of schools and other institutions.

texts! {
    title: "Mokyklos ir įstaigos", "Schools and institutions";
    lead: "Visos įrašytos įstaigos, nuo ikimokyklinių iki gimnazijų. Naują įrašo tinklo koordinatorius tinklo puslapyje.",
        "All institutions that were entered, from pre-schools to gymnasiums. A network’s coordinator enters a new one on the network’s page.";
    none: "Tokių įstaigų dar nėra.", "There are no such institutions yet.";
    none_example: "Pasirinkite kitą savivaldybę arba rodykite visas.", "Choose another municipality, or show all.";
    edit: "Keisti mokyklos duomenis", "Change the school’s data";
    size: "Kiek joje mokinių", "How many pupils it has";
    size_help: "Darželyje – vaikų. Pagal tai praktikų ieško panašaus dydžio mokyklos.",
        "In a kindergarten, children. By this, schools of a similar size look for practices.";
    size_unknown: "Nežinoma", "Not known";
    size_facet: "Mokyklos dydis", "Size of the school";
    size_small: "Iki 120 mokinių", "Up to 120 pupils";
    size_medium: "121–300 mokinių", "121–300 pupils";
    size_large: "301–600 mokinių", "301–600 pupils";
    size_very_large: "Daugiau kaip 600 mokinių", "More than 600 pupils";
    edit_which(name): "Keisti: {name}", "Change {name}";
}

counted! {
    count: "{n} įstaiga", "{n} įstaigos", "{n} įstaigos", "{n} įstaigų"; "{n} institution", "{n} institutions";
}
