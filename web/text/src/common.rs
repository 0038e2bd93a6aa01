//! Words of every page.

texts! {
    about: "Mokyklų komandos drauge sprendžia ugdymo problemas, dalijasi gerąja patirtimi ir susitinka gyvose sesijose.",
        "Teams of schools work on educational problems together, share good practice and meet in live sessions.";
    product: "Tinklaveika", "Tinklaveika";
    tagline: "Mokyklos problemas sprendžia kartu", "Schools solve problems together";
    title_of(page): "{page} – Tinklaveika", "{page} – Tinklaveika";
    error_title(page): "Klaida: {page}", "Error: {page}";
    skip: "Pereiti prie turinio", "Skip to content";
    main_menu: "Pagrindinis meniu", "Main menu";
    home: "Pradžia", "Home";
    spaces: "Erdvės", "Spaces";
    problems: "Problemos", "Problems";
    practices: "Praktikos", "Practices";
    sessions: "Sesijos", "Sessions";
    search: "Paieška", "Search";
    search_for: "Ko ieškote?", "What are you looking for?";
    search_button: "Ieškoti", "Search";
    networks: "Tinklai", "Networks";
    you_are_here: "Jūs esate čia", "You are here";
    my_menu: "Mano meniu", "My menu";
    account: "Paskyra", "Account";
    acting_for: "Veikiate komandos vardu", "You act for the team";
    act_for(team): "Veikti komandos „{team}“ vardu", "Act for the team “{team}”";
    language: "Kalba", "Language";
    theme: "Išvaizda", "Appearance";
    theme_auto: "Kaip įrenginyje", "As on the device";
    theme_light: "Šviesi", "Light";
    theme_dark: "Tamsi", "Dark";
    about_footer: "Mokyklų komandų platforma. Mokinių asmens duomenys čia nerašomi.",
        "The platform of school teams. No personal data of pupils is written here.";
    api: "API aprašas", "API description";

    save: "Išsaugoti", "Save";
    cancel: "Atsisakyti", "Cancel";
    change: "Keisti", "Change";
    remove: "Pašalinti", "Remove";
    send: "Siųsti", "Send";
    send_anyway: "Vis tiek siųsti", "Send anyway";
    more: "Daugiau", "More";
    next_page: "Toliau", "Next";
    first_page: "Į sąrašo pradžią", "To the start of the list";
    pages_of_list: "Sąrašo puslapiai", "Pages of the list";
    back: "Atgal", "Back";
    choose: "– pasirinkite –", "– choose –";
    any: "Visos", "All";
    show: "Rodyti", "Show";
    clear: "Rodyti visas", "Show all";
    sort: "Rikiuoti", "Sort";
    sort_newest: "Naujausios", "Newest";
    sort_title: "Pagal abėcėlę", "By title";
    pick_waiting: "Ieškoma…", "Searching…";
    pick_found: "Rasta, rinkitės rodyklėmis arba spausdami", "Found; choose by the arrow keys or by pressing";
    pick_none: "Nieko nerasta. Pabandykite kitą žodį.", "Nothing was found. Try another word.";
    pick_failed: "Sąrašo gauti nepavyko. Siųskite, kaip parašėte: paieškosime tada.",
        "The list could not be loaded. Send what you have written: it is looked up then.";
    pick_list: "Ką turite galvoje", "What you mean";
    filter(name, value): "{name}: {value}", "{name}: {value}";
    filters_on: "Taikomi filtrai", "Filters in use";
    filter_remove(filter): "{filter} – pašalinti filtrą", "{filter}: remove the filter";
    loosen: "Pašalinę vieną filtrą rastumėte:", "With one filter removed you would find:";
    loosen_one(filter): "Be filtro „{filter}“", "Without “{filter}”";
    loosen_none: "Vieno filtro pašalinti neužtenka: pradėkite nuo visų.", "Removing one filter is not enough: begin with all.";
    space: "Erdvė", "Space";
    one_space: "viena", "one";
    yes: "Taip", "Yes";
    no: "Ne", "No";
    optional: "(nebūtina)", "(optional)";
    saved: "Išsaugota.", "Saved.";
    loading: "Kraunama…", "Loading…";
    draft: "Juodraštis", "Draft";
    archived: "Archyvas", "Archived";
    contents: "Turinys", "Contents";
    printed_from(address): "Spausdinta iš {address}", "Printed from {address}";

    errors_title: "Patikrinkite, kas įrašyta", "Check what you entered";
    nothing_lost: "Jūsų tekstas išliko.", "Your text is kept.";
    warning_title: "Prieš siųsdami perskaitykite", "Read this before you send";
    personal_data: "Nerašykite mokinių vardų, asmens kodų, sveikatos ar šeimos žinių.",
        "Do not write pupils’ names, personal codes, health or family matters.";
    personal_data_public: "Šį tekstą matys visi. Nerašykite mokinių vardų, asmens kodų, sveikatos ar šeimos žinių.",
        "Everyone will see this text. Do not write pupils’ names, personal codes, health or family matters.";
    limit(limit): "Iki {limit} ženklų.", "Up to {limit} characters.";
    another: "Dar vienas", "One more";

    leadership: "Lyderystė", "Leadership";
    inclusion: "Įtraukusis ugdymas", "Inclusive education";
    culture: "Kultūrinis ugdymas", "Cultural education";
    steam: "STEAM ugdymas", "STEAM education";
    list: "Sąrašas", "List";
    area: "Sritis", "Area";
}

counted! {
    people: "{n} žmogus", "{n} žmonės", "{n} žmogaus", "{n} žmonių"; "{n} person", "{n} people";
    teams: "{n} komanda", "{n} komandos", "{n} komandos", "{n} komandų"; "{n} team", "{n} teams";
    found: "{n} įrašas", "{n} įrašai", "{n} įrašo", "{n} įrašų"; "{n} item", "{n} items";
    minutes: "{n} minutė", "{n} minutės", "{n} minutės", "{n} minučių"; "{n} minute", "{n} minutes";
    hours: "{n} valanda", "{n} valandos", "{n} valandos", "{n} valandų"; "{n} hour", "{n} hours";
}
