//! Words of boards.

texts! {
    board: "Lenta", "Board";
    boards: "Lentos", "Boards";
    shown(title): "Parodyta lenta: {title}", "The board is shown: {title}";
    revealed: "Kortelės atverstos.", "The cards are revealed.";
    hidden_help: "Kortelių tekstai kitiems nematomi, kol vedėjas jų neatvers.",
        "What stands on a card is not seen by others until the facilitator reveals it.";
    anonymous_help: "Kitiems nerodoma, kas kortelę parašė.", "Others are not shown who wrote a card.";
    locked_help: "Lenta užrakinta.", "The board is locked.";
    dots_left(count): "Liko taškų: {count}", "Dots left: {count}";
    sealed_help: "Kiek taškų gauta, bus parodyta baigus.", "How many dots each got is shown at the end.";
    empty: "Kortelių dar nėra.", "No cards yet.";
    card: "Nauja kortelė", "New card";
    card_in(column): "Nauja kortelė: {column}", "New card: {column}";
    add: "Pridėti", "Add";
    add_in(column): "Pridėti kortelę: {column}", "Add a card: {column}";
    unseen: "Neatversta kortelė", "A hidden card";
    mine: "Jūsų kortelė", "Your card";
    move_card(text): "Kortelė: {text}. Rodyklėmis perkeliama.", "Card: {text}. The arrows move it.";
    more: "Veiksmai", "Actions";
    more_of(text): "Veiksmai: {text}", "Actions: {text}";
    move_to: "Perkelti į", "Move to";
    choose: "Pasirinkite", "Choose";
    group_with: "Sudėti kartu su", "Group with";
    group_title: "Grupės pavadinimas", "Title of the group";
    group_new: "Nauja grupė", "New group";
    retitle: "Pervadinti", "Rename";
    out: "Išimti iš grupės", "Take out of the group";
    group(title): "grupė „{title}“", "group “{title}”";
    moved_to(column): "Kortelė perkelta: {column}", "The card was moved: {column}";
    edit: "Keisti", "Change";
    save: "Išsaugoti", "Save";
    text: "Kortelės tekstas", "Text of the card";
    delete: "Trinti", "Delete";
    dots(count): "Taškai: {count}", "Dots: {count}";
    my_dots(count): "Jūsų taškai: {count}", "Your dots: {count}";
    dots_for(text): "Kiek taškų skirti: {text}", "How many dots to give: {text}";
    add_dot(text): "Pridėti tašką: {text}", "Add a dot: {text}";
    take_dot(text): "Atimti tašką: {text}", "Take a dot away: {text}";

    reveal: "Atversti korteles", "Reveal the cards";
    lock: "Užrakinti", "Lock";
    unlock: "Atrakinti", "Unlock";
    voting: "Skirti taškus", "Give dots";
    each: "Kiek taškų turi vienas žmogus", "How many dots a person has";
    per_card: "Kiek jų galima skirti vienai kortelei (tuščia – visus)", "How many may go to one card (empty: all)";
    results: "Taškai matomi", "Dots are seen";
    at_once: "Iš karto", "At once";
    at_end: "Baigus", "At the end";
    open_voting: "Pradėti", "Begin";
    close_voting: "Baigti taškų skyrimą", "End the giving of dots";
    hide: "Neberodyti", "Stop showing";
    show: "Rodyti", "Show";
    show_of(title): "Rodyti lentą: {title}", "Show the board: {title}";
    save_as(kind): "Išsaugoti kaip {kind}", "Save as {kind}";
    new: "Nauja lenta", "New board";
    title: "Lentos pavadinimas", "Title of the board";
    columns: "Stulpeliai, po vieną eilutėje", "Columns, one a line";
    names: "Autorių vardai", "Names of authors";
    named: "Rodomi", "Shown";
    anonymous: "Nerodomi", "Not shown";
    cards: "Kortelės", "Cards";
    open: "Matomos iš karto", "Seen at once";
    hidden: "Neatverstos, kol jas atversite", "Hidden until you reveal them";
    make: "Sukurti lentą", "Make the board";
}
