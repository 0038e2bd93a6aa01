//! Words of actions agreed upon.

texts! {
    title: "Užduotys", "Actions";
    of_one_team(team): "Komandos „{team}“ užduotys", "Actions of the team “{team}”";
    of_one_space(space): "Erdvės „{space}“ užduotys", "Actions of the space “{space}”";
    lead: "Kas sutarta padaryti: kas, iki kada ir kaip sekasi.", "What was agreed to be done: by whom, until when, and how it goes.";
    none: "Užduočių nėra.", "There are no actions.";
    none_step: "Užduotis sutariama sesijoje arba erdvėje: kas, ką ir iki kada padarys.",
        "An action is agreed in a session or in a space: who does what, and until when.";
    mine: "Mano užduotys", "My open actions";
    of_team: "Komandos užduotys", "Actions of the team";
    of_team_none: "Atvirų užduočių komanda neturi.", "The team has no open actions.";
    of_space: "Sutartos užduotys", "Agreed actions";
    of_space_none: "Atvirų užduočių nėra.", "There are no open actions.";
    opens_with: "Nuo to pradedame: anksčiau sutartos užduotys", "We begin with this: actions agreed before";
    opens_help: "Kas padaryta, pažymėkite čia pat.", "Tick what is done right here.";
    see_all: "Visos užduotys", "All actions";
    agree_new: "Sutarti užduotį", "Agree an action";
    new_title: "Nauja užduotis", "New action";
    save_new: "Sutarti", "Agree";
    what: "Ką padaryti", "What to do";
    what_help: "Vienas konkretus darbas, pavyzdžiui: „Parengti klausimyną septintokams ir išbandyti vienoje klasėje“.",
        "One piece of work, for example: “Prepare a questionnaire for seventh-graders and try it in one class”.";
    owner: "Kas atsako", "Who is responsible";
    owner_help: "Komanda arba jos žmogus.", "A team, or one of its people.";
    whole_team(team): "Komanda „{team}“", "Team “{team}”";
    due: "Iki kada", "Until";
    due_help: "Diena, iki kurios bus padaryta. Galima palikti tuščią.", "The day by which it will be done. It can be left empty.";
    until(day): "iki {day}", "until {day}";
    overdue(day): "Vėluoja: turėjo būti iki {day}", "Overdue: was due by {day}";
    no_due: "be termino", "no due date";
    open: "Atvira", "Open";
    done: "Padaryta", "Done";
    dropped: "Atsisakyta", "Dropped";
    tick: "Pažymėti padaryta", "Tick done";
    tick_of(text): "Pažymėti padaryta: {text}", "Tick done: {text}";
    reopen: "Atverti iš naujo", "Open again";
    drop: "Atsisakyti užduoties", "Drop the action";
    drop_reason: "Kodėl atsisakoma", "Why it is dropped";
    change: "Keisti užduotį", "Change the action";
    save: "Išsaugoti", "Save";
    agreed_in: "Sutarta sesijoje", "Agreed in the session";
    agreed_by(name): "Sutarė {name}", "Agreed by {name}";
    agreed: "Sutarta", "Agreed";
    reason: "Priežastis", "Reason";
    history: "Kas kada keista", "What was changed when";
    somebody: "buvęs (-usi) dalyvis (-ė)", "a former participant";
    became_open: "atverta iš naujo", "opened again";
    became_done: "pažymėta padaryta", "ticked done";
    became_dropped: "atsisakyta", "dropped";
    reworded: "pakeista formuluotė", "reworded";
    owned_by(owner): "atsako {owner}", "responsible: {owner}";
    in_room: "sesijoje", "in the session";
    any_state: "Visos", "All";
    filter: "Rodyti", "Show";
    state: "Būsena", "State";
    only_mine: "Tik mano ir mano komandų", "Only mine and those of my teams";
    saved_meanwhile: "Kol rašėte, užduotis pakeista", "The action was changed while you were writing";
}

counted! {
    open_count: "{n} atvira užduotis", "{n} atviros užduotys", "{n} atviros užduoties", "{n} atvirų užduočių"; "{n} open action", "{n} open actions";
}
