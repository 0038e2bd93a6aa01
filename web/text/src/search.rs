//! Words of search.

texts! {
    title: "Paieška", "Search";
    title_for(words): "Paieška: {words}", "Search: {words}";
    help: "Tinka bet kuri žodžio forma, su lietuviškomis raidėmis arba be jų.",
        "Any form of a word will do, with Lithuanian letters or without.";
    kind: "Rūšis", "Kind";
    kind_any: "Visos rūšys", "All kinds";
    kind_problem: "Problemos", "Problems";
    kind_practice: "Praktikos", "Practices";
    kind_session: "Sesijos", "Sessions";
    kind_team: "Komandos", "Teams";
    problem: "Problema", "Problem";
    practice: "Praktika", "Practice";
    session: "Sesija", "Session";
    team: "Komanda", "Team";
    place: "Savivaldybė", "Municipality";
    place_any: "Visos savivaldybės", "All municipalities";
    partial: "Paieška dar rengiama, todėl gali būti rasta ne viskas. Po kelių akimirkų ieškokite dar kartą.",
        "The search is still being prepared, so not everything may be found. Search again in a few moments.";
    area_any: "Visos sritys", "All areas";
    stage: "Klasės", "Grades";
    stage_any: "Visos klasės", "All grades";
    nothing_yet: "Čia matysite rastas problemas, praktikas, sesijas ir komandas.",
        "Problems, practices, sessions and teams that are found will be here.";
    example: "Pavyzdžiui: įtraukusis ugdymas, mokiniu motyvacija, penktokų adaptacija.",
        "For example: įtraukusis ugdymas, mokiniu motyvacija, penktokų adaptacija.";
    none(words): "Pagal „{words}“ nieko nerasta.", "Nothing was found for “{words}”.";
    none_advice: "Pabandykite mažiau žodžių arba kitą žodį tam pačiam dalykui.",
        "Try fewer words, or another word for the same thing.";
    none_narrowed: "Ieškota tik dalyje įrašų. Pabandykite ieškoti visur.", "Only a part was searched. Try searching everywhere.";
    size_any: "Visi dydžiai", "All sizes";
    cost_any: "Visos kainos", "All costs";
    none_signed_out: "Neprisijungus randami tik vieši įrašai, o komandos nerandamos.",
        "Without signing in, only public items are found, and no teams.";
    everywhere: "Ieškoti visur", "Search everywhere";
    browse: "Naršyti praktikas", "Browse practices";
    suggested: "Pasiūlymai", "Suggestions";
    near: "Tiksliai taip parašytų žodžių nėra. Rodomi panašūs.", "No item has these very words. Similar ones are shown.";
    any: "Nė viename įraše nėra visų žodžių. Rodomi tie, kuriuose yra bent vienas.",
        "No item has all the words. Those with at least one are shown.";
}

counted! {
    too_many: "Puslapiais pasieksite {n} geriausiai tinkantį įrašą. Pridėkite žodį arba pasirinkite siauriau.",
        "Puslapiais pasieksite {n} geriausiai tinkančius įrašus. Pridėkite žodį arba pasirinkite siauriau.",
        "Puslapiais pasieksite {n} geriausiai tinkančio įrašo. Pridėkite žodį arba pasirinkite siauriau.",
        "Puslapiais pasieksite {n} geriausiai tinkančių įrašų. Pridėkite žodį arba pasirinkite siauriau.";
        "By paging you reach the best {n} item. Add a word, or choose more narrowly.",
        "By paging you reach the best {n} items. Add a word, or choose more narrowly.";
    items: "{n} įrašas", "{n} įrašai", "{n} įrašo", "{n} įrašų"; "{n} item", "{n} items";
    found: "Rastas {n} įrašas", "Rasti {n} įrašai", "Rasta {n} įrašo", "Rasta {n} įrašų"; "{n} item found", "{n} items found";
}
