//! Words of the live room.

texts! {
    waiting: "Jungiamasi prie sesijos…", "Connecting to the session…";
    failed: "Gyvos sesijos langas šioje naršyklėje neatsidarė. Atnaujinkite puslapį; jei nepadeda, naudokite naujesnę naršyklę.",
        "The live session did not open in this browser. Reload the page; if that does not help, use a newer browser.";
    not_built: "Gyvos sesijos lango šis serveris neturi: jis sukompiliuotas be naršyklės dalies.",
        "This server has no live room: it was built without the browser part.";

    // The connection.
    offline: "Nėra tinklo. Tai, ką rašote, išliks ir bus išsiųsta, kai jis atsiras.",
        "No network. What you write is kept and will be sent when it is back.";
    silent: "Serveris tyli. Laukiame atsakymo; tai, ką rašote, išliks.",
        "The server is silent. We are waiting for its answer; what you write is kept.";
    reconnecting: "Ryšys nutrūko, jungiamasi iš naujo. Tai, ką rašote, išliks.",
        "The connection broke and is being made again. What you write is kept.";
    back: "Ryšys atkurtas.", "The connection is back.";
    signed_out: "Prisijungimas baigėsi. Prisijunkite iš naujo: grįšite čia, o jūsų tekstas išliks.",
        "Your sign-in has ended. Sign in again: you will come back here, and your text is kept.";
    sign_in: "Prisijungti", "Sign in";
    removed: "Šioje sesijoje dalyvauti nebegalite.", "You can no longer take part in this session.";
    reload_needed: "Puslapis paseno. Atnaujinkite jį: jūsų tekstas išliks.",
        "The page is out of date. Reload it: your text is kept.";
    ended_failed: "Ryšys su sesija baigėsi dėl klaidos. Atnaujinkite puslapį: jūsų tekstas išliks.",
        "The connection to the session ended with an error. Reload the page: your text is kept.";
    reload: "Atnaujinti puslapį", "Reload the page";

    // The step.
    now: "Dabar", "Now";
    agenda: "Darbotvarkė", "Agenda";
    time_left: "Liko laiko", "Time left";
    time_over: "Laikas baigėsi", "Time is up";
    one_minute: "Liko viena minutė.", "One minute left.";
    step_began(title): "Prasidėjo žingsnis: {title}", "The step has begun: {title}";
    no_step: "Dabar nevyksta joks žingsnis.", "No step is running now.";
    no_agenda: "Darbotvarkė tuščia.", "The agenda is empty.";
    open_when_ready: "Atidarykite sesiją, kai būsite pasirengę.", "Open the session when you are ready.";
    not_open: "Sesija dar neatidaryta. Ją atidarys vedėjas.", "The session is not open yet. Its facilitator will open it.";
    closed: "Sesija uždaryta.", "The session is closed.";
    record: "Skaityti sesijos įrašą", "Read the record of the session";
    step_done: "įvyko", "done";
    step_now: "vyksta", "now";
    step_ahead: "laukia", "ahead";
    step_missed: "nespėta", "not reached";
    step_note: "Pastaba vedėjui", "Note for facilitators";
    until(time): "iki {time}", "until {time}";

    // The facilitator.
    steering: "Vedėjo veiksmai", "Facilitator’s actions";
    open: "Atidaryti sesiją", "Open the session";
    close: "Uždaryti sesiją", "Close the session";
    close_sure: "Uždarius sesiją, rašyti nebebus galima, liks įrašas.",
        "Once the session is closed nobody can write; the record stays.";
    close_no: "Neuždaryti", "Keep it open";
    closed_unsent: "Sesija uždaryta, ši žinutė neišsiųsta. Nusikopijuokite ją, jei jos reikės.", "The session is closed and this message was not sent. Copy it if you need it.";
    close_yes: "Taip, uždaryti", "Yes, close it";
    next_step: "Kitas žingsnis", "Next step";
    last_step: "Baigti žingsnį", "End the step";
    start_step(title): "Pradėti: {title}", "Start: {title}";
    start: "Pradėti", "Start";
    extend: "Pratęsti 5 min.", "Extend by 5 min";
    add_step: "Pridėti žingsnį", "Add a step";
    step_title: "Žingsnio pavadinimas", "Title of the step";
    step_minutes: "Trukmė minutėmis", "Length in minutes";

    // Chat.
    chat: "Pokalbis", "Chat";
    chat_help: "Žinutę pasirinkite rodyklėmis aukštyn ir žemyn, jos veiksmus – klavišu Tab.",
        "Choose a message with the up and down arrows; its actions are reached with Tab.";
    chat_empty: "Žinučių dar nėra. Pasisveikinkite pirmi.", "No messages yet. Be the first to say hello.";
    message: "Žinutė", "Message";
    message_help: "Enter – siųsti, Shift ir Enter – nauja eilutė.", "Enter sends, Shift and Enter makes a new line.";
    send: "Siųsti", "Send";
    send_anyway: "Vis tiek siųsti", "Send anyway";
    sending: "siunčiama", "being sent";
    reply: "Atsakyti", "Reply";
    replying(name): "Atsakote: {name}", "Replying to {name}";
    replied(name): "Atsako: {name}", "Reply to {name}";
    reply_gone: "Atsako į žinutę, kurios čia nebėra", "Reply to a message that is no longer here";
    edit: "Keisti", "Change";
    editing: "Keičiate savo žinutę", "You are changing your message";
    edited: "redaguota", "edited";
    delete: "Trinti", "Delete";
    delete_sure: "Tikrai trinti", "Really delete";
    deleted: "Žinutė ištrinta.", "The message was deleted.";
    cancel: "Atšaukti", "Cancel";
    actions: "Žinutės veiksmai", "Actions of the message";
    actions_of(name): "Žinutės veiksmai: {name}", "Actions of the message by {name}";
    read_only: "Čia galite tik skaityti.", "You can only read here.";
    not_sent: "Neišsiųsta:", "Not sent:";
    take_back: "Taisyti", "Correct";
    drop: "Pašalinti", "Remove";
    to_newest: "Prie naujausių", "To the newest";
    somebody: "Dalyvis", "A participant";
    agree: "Pritariu", "I agree";
    thanks: "Ačiū", "Thank you";
    idea: "Mintis", "Idea";
    question: "Klausimas", "Question";
    joy: "Džiaugiuosi", "I am glad";
    wonder: "Stebiuosi", "I wonder";
    reaction(name, count): "{name}: {count}", "{name}: {count}";

    // Actions agreed upon.
    tasks: "Užduotys", "Actions";
    no_tasks: "Užduočių dar nesutarta.", "No actions agreed yet.";
    carried: "Nuo to pradedame: anksčiau sutartos užduotys", "We begin with this: actions agreed before";
    whole_team(team): "Komanda „{team}“", "Team “{team}”";
    task_new: "Sutarti užduotį", "Agree an action";
    task_what: "Ką padaryti", "What to do";
    task_owner: "Kas atsako", "Who is responsible";
    task_due: "Iki kada (galima palikti tuščią)", "Until (can be left empty)";
    task_agree: "Sutarti", "Agree";
    task_save: "Išsaugoti", "Save";
    task_until(day): "iki {day}", "until {day}";
    task_overdue(day): "vėluoja: turėjo būti iki {day}", "overdue: was due by {day}";
    task_done: "Padaryta", "Done";
    task_dropped: "Atsisakyta", "Dropped";
    task_tick(text): "Pažymėti padaryta: {text}", "Tick done: {text}";
    task_edit(text): "Keisti užduotį: {text}", "Change the action: {text}";
    task_drop: "Atsisakyti užduoties", "Drop the action";
    task_drop_of(text): "Atsisakyti užduoties: {text}", "Drop the action: {text}";
    task_reason: "Kodėl atsisakoma", "Why it is dropped";
    task_open: "Atverti iš naujo", "Open again";
    task_open_of(text): "Atverti iš naujo: {text}", "Open again: {text}";

    // For who comes late.
    recap: "Kas vyko iki jums prisijungiant", "What happened before you came";
    recap_step(number, count, title): "Dabar {number} žingsnis iš {count}: {title}", "Now step {number} of {count}: {title}";
    recap_marked: "Į ką labiausiai atsiliepta", "What people reacted to most";
    recap_close: "Supratau", "Got it";

    // Hands.
    hands: "Kalbėtojų eilė", "Speaker queue";
    no_hands: "Eilė tuščia.", "The queue is empty.";
    raise_hand: "Pakelti ranką", "Raise your hand";
    lower_hand: "Nuleisti ranką", "Lower your hand";
    hand: "Ranka", "Hand";
    away: "(dabar nedalyvauja)", "(not here now)";
    your_place(place): "Jūsų vieta eilėje: {place}", "Your place in the queue: {place}";
    place_said(place): "Ranka pakelta. Jūsų vieta eilėje: {place}.", "Your hand is up. Your place in the queue: {place}.";
    speaks(name): "Kalba {name}", "{name} is speaking";
    you_speak: "Žodis jums.", "You have the word.";
    give_floor: "Suteikti žodį", "Give the word";
    give_floor_to(name): "Suteikti žodį: {name}", "Give the word to {name}";
    lower_of(name): "Nuleisti ranką: {name}", "Lower the hand of {name}";
    finish_floor: "Baigiau kalbėti", "I have finished";
    take_floor: "Baigti kalbą", "End the speech";

    // People and the phone's row.
    people: "Žmonės", "People";
    nobody: "Kol kas nieko nėra.", "Nobody is here yet.";
    without_team: "Be komandos", "Without a team";
    facilitator: "veda", "facilitator";
    observer: "stebi", "observes";
    you: "jūs", "you";
    sits_with(name): "prie bendro įrenginio: {name}", "at a shared device: {name}";
    together: "Kartu prie šio įrenginio", "Together at this device";
    together_help: "Pažymėkite komandos narius, kurie sėdi šalia. Jų dalyvavimas, balsai ir valandos skaičiuojami kaip ir jūsų. Kas prisijungs savo įrenginiu, dalyvaus juo.",
        "Tick the members of your team who sit beside you. Their presence, votes and hours count like yours. Whoever comes by a device of their own takes part by it.";
    elsewhere: "jau dalyvauja", "already here";
    whom: "Už ką atsakote", "For whom you answer";
    write: "Rašyti", "Write";
    more: "Daugiau", "More";
    panels: "Sesijos dalys", "Parts of the session";
}

counted! {
    recap_agreed: "Sutarta {n} užduotis", "Sutartos {n} užduotys", "Sutarta {n} užduoties", "Sutarta {n} užduočių";
        "{n} action agreed", "{n} actions agreed";
    recap_hands: "Eilėje laukia {n} žmogus", "Eilėje laukia {n} žmonės", "Eilėje laukia {n} žmogaus", "Eilėje laukia {n} žmonių";
        "{n} person waits in the queue", "{n} people wait in the queue";
    here_now: "Dalyvauja {n} žmogus", "Dalyvauja {n} žmonės", "Dalyvauja {n} žmogaus", "Dalyvauja {n} žmonių";
        "{n} person here", "{n} people here";
    unsent: "Laukia išsiuntimo {n} veiksmas", "Laukia išsiuntimo {n} veiksmai", "Laukia išsiuntimo {n} veiksmo", "Laukia išsiuntimo {n} veiksmų";
        "{n} action waits to be sent", "{n} actions wait to be sent";
    minutes: "{n} min.", "{n} min.", "{n} min.", "{n} min."; "{n} min", "{n} min";
}
