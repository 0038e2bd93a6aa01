//! Words of break-outs.

texts! {
    title: "Grupės", "Groups";
    title_of(session): "Grupės: {session}", "Groups: {session}";
    lead: "Kiekviena grupė gauna savo pokalbį, lentą ir užrašus. Kas juose sukurta, lieka prie šios sesijos.",
        "Each group gets a chat, a board and notes of its own. What is made there stays with this session.";
    how: "Kaip skirstyti", "How to divide";
    way: "Būdas", "Way";
    random: "Atsitiktinai", "At random";
    strangers: "Su tais, su kuriais dar nedirbta", "With people they have not worked with";
    by_team: "Pagal komandas", "By team";
    by_hand: "Rankomis", "By hand";
    unit: "Ką reiškia skaičius", "What the number means";
    of_people: "žmonių grupėje, ne daugiau", "people in a group, at most";
    of_groups: "grupių", "groups";
    number: "Skaičius", "Number";
    propose: "Pasiūlyti", "Propose";
    again: "Kitas pasiūlymas", "Another proposal";
    nobody_here: "Sesijoje dar nėra nieko, ką būtų galima paskirstyti.", "There is nobody in the session yet who could be placed.";
    nobody_step: "Grįžkite, kai prisijungs dalyviai.", "Come back once people have joined.";
    groups: "Grupių pavadinimai", "Names of the groups";
    groups_help: "Pagal juos dalyviai ras savo grupę.", "By them people find their group.";
    group_number(number): "{number} grupė", "Group {number}";
    people: "Kas kurioje grupėje", "Who is in which group";
    people_help: "Pasiūlymą galite keisti. Vedėjai lieka bendroje sesijoje, nebent parinksite jiems grupę.",
        "You can change the proposal. Those who lead stay in the main session unless you choose a group for them.";
    stays: "Lieka bendroje sesijoje", "Stays in the main session";
    minutes: "Kiek minučių", "How many minutes";
    start: "Pradėti grupes", "Start the groups";
    works_until(time): "Grupės dirba iki {time}", "The groups work until {time}";
    warned: "Likus dviem minutėms visos grupės bus įspėtos.", "All groups will be warned two minutes before the end.";
    go_in: "Eiti į grupę", "Go to the group";
    go_in_to(title): "Eiti į grupę „{title}“", "Go to the group “{title}”";
    nobody: "Šioje grupėje nieko nėra.", "Nobody is in this group.";
    in_main: "Bendroje sesijoje", "In the main session";
    seen_main: "dar bendroje sesijoje", "still in the main session";
    seen_group: "grupėje", "in the group";
    seen_nowhere: "neprisijungę", "not connected";
    shift: "Perkelti žmogų", "Move a person";
    person: "Žmogus", "Person";
    to: "Kur", "Where to";
    shift_do: "Perkelti", "Move";
    extend(minutes): "Pratęsti {minutes} min.", "Extend by {minutes} min";
    close: "Sušaukti visus atgal", "Call everyone back";
    back: "Grįžti į bendrą sesiją", "Back to the main session";
    group_of(title): "Sesijos „{title}“ grupė", "A group of the session “{title}”";
    main_record: "Bendros sesijos įrašas", "Record of the main session";
    refresh: "Atnaujinti", "Refresh";
    yours(title, time): "Jūsų grupė: {title}, iki {time}", "Your group: {title}, until {time}";
    work_until(time): "Dirbama grupėmis iki {time}", "Working in groups until {time}";
    soon: "Liko mažiau nei dvi minutės.", "Less than two minutes are left.";
    called_back: "Grupės sušauktos atgal.", "The groups have been called back.";
    away: "Grupėse: ", "In groups: ";
    lead_groups: "Grupių puslapis", "The page of groups";
    record: "Darbas grupėmis", "Work in groups";
    were_there: "Dalyvavo", "Took part";
    read_record: "Grupės įrašas", "Record of the group";
}

counted! {
    messages: "{n} žinutė", "{n} žinutės", "{n} žinutės", "{n} žinučių"; "{n} message", "{n} messages";
}
