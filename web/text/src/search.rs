//! Words of search.

texts! {
    title: "Paieška", "Search";
    title_for(words): "Paieška: {words}", "Search: {words}";
    help: "Tinka bet kuri žodžio forma, su lietuviškomis raidėmis arba be jų.",
        "Any form of a word will do, with Lithuanian letters or without.";
    kind: "Rūšis", "Kind";
    kind_any: "Problemos ir praktikos", "Problems and practices";
    kind_problem: "Problemos", "Problems";
    kind_practice: "Praktikos", "Practices";
    problem: "Problema", "Problem";
    practice: "Praktika", "Practice";
    area_any: "Visos sritys", "All areas";
    stage: "Klasės", "Grades";
    stage_any: "Visos klasės", "All grades";
    nothing_yet: "Čia bus rastos problemos ir praktikos.", "Problems and practices that are found will be here.";
    example: "Pavyzdžiui: įtraukusis ugdymas, mokiniu motyvacija, penktokų adaptacija.",
        "For example: įtraukusis ugdymas, mokiniu motyvacija, penktokų adaptacija.";
    none(words): "Pagal „{words}“ nieko nerasta.", "Nothing was found for “{words}”.";
    none_advice: "Pabandykite mažiau žodžių arba kitą žodį tam pačiam dalykui.",
        "Try fewer words, or another word for the same thing.";
    none_narrowed: "Ieškota tik dalyje įrašų. Pabandykite ieškoti visur.", "Only a part was searched. Try searching everywhere.";
    none_signed_out: "Neprisijungus randami tik vieši įrašai.", "Without signing in, only public items are found.";
    everywhere: "Ieškoti visur", "Search everywhere";
    browse: "Naršyti praktikas", "Browse practices";
    near: "Tiksliai taip parašytų žodžių nėra. Rodomi panašūs.", "No item has these very words. Similar ones are shown.";
    any: "Nė viename įraše nėra visų žodžių. Rodomi tie, kuriuose yra bent vienas.",
        "No item has all the words. Those with at least one are shown.";
}

counted! {
    found: "Rastas {n} įrašas", "Rasti {n} įrašai", "Rasta {n} įrašo", "Rasta {n} įrašų"; "{n} item found", "{n} items found";
}
