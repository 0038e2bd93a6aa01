//! Words of steps, of who may speak in them, and of being heard.

texts! {
    kind: "Rūšis", "Kind";
    talk: "Pokalbis", "Talk";
    round: "Ratas: kalbama iš eilės", "Round: everyone in turn";
    board: "Idėjų lenta", "Board of ideas";
    poll: "Apklausa", "Poll";
    agreement: "Susitarimas", "Agreement";
    notes: "Bendri užrašai", "Shared notes";
    breakout: "Darbas grupėmis", "Work in groups";
    pause: "Pertrauka", "Break";

    speaks: "Kas kalba", "Who speaks";
    as_kind: "Pagal žingsnio rūšį", "As the kind of step has it";
    everyone: "Visi", "Everyone";
    presenter: "Pristatantieji", "Those who present";
    others: "Visi, išskyrus pristatančiuosius", "Everyone but those who present";
    people: "Dalyviai iš eilės", "People in turn";
    teams: "Komandos iš eilės", "Teams in turn";
    nobody: "Tik vedėjas", "Only the facilitator";
    without_chat: "Be pokalbio: jis paslepiamas ir jame nerašoma", "Without the chat: it is hidden and nobody writes in it";
    without_chat_short: "be pokalbio", "without the chat";

    // What the one who reads it has to know of the step that runs.
    rule_presenter(name): "Kalba {name}.", "{name} speak.";
    rule_presenter_none: "Kalba pristatantieji.", "Those who present speak.";
    rule_others(name): "Klausosi {name}, kalba kiti.", "{name} listen, the others speak.";
    rule_others_none: "Pristatantieji klausosi, kalba kiti.", "Those who present listen, the others speak.";
    rule_turns: "Kalbama iš eilės.", "Everyone speaks in turn.";
    rule_nobody: "Kalba tik vedėjas.", "Only the facilitator speaks.";
    rule_pause: "Pertrauka.", "A break.";
    you_listen: "Šiame žingsnyje klausotės.", "In this step you listen.";

    presents: "Kas pristato", "Who presents";
    presents_nobody: "Niekas nepaskirtas", "Nobody named";
    turn_of(name): "Dabar kalba: {name}", "Speaking now: {name}";
    your_turn: "Dabar Jūsų eilė kalbėti", "It is your turn to speak";
    turn_none: "Dar niekam neatėjo eilė.", "Nobody has the turn yet.";
    turn_over: "Visi išklausyti.", "Everyone has been heard.";
    turns_waiting: "Laukia eilės", "Waiting for their turn";
    turns_heard: "Jau kalbėjo", "Have spoken";
    turn_done: "Baigiau kalbėti", "I have finished";
    turn_pass: "Kalbėsiu vėliau", "I will speak later";
    turn_pass_other: "Kalbės vėliau", "They will speak later";
    turn_next(name): "Toliau kalba: {name}", "Next: {name}";
    turn_end: "Baigti ratą", "End the round";
    turn_give(name): "Suteikti eilę: {name}", "Give the turn to {name}";

    next_hand(name): "Suteikti žodį: {name}", "Give the word to {name}";
    order: "Pirma – mažiausiai kalbėję", "Least heard first";
    spoke(time): "kalbėjo {time}", "spoke for {time}";
    not_heard(count): "Dar neišklausyti: {count}", "Not yet heard: {count}";
    all_heard: "Išklausyti visi.", "Everyone has been heard.";

    skip: "Praleisti", "Skip";
    skip_step(title): "Praleisti žingsnį: {title}", "Skip the step: {title}";
    skipped: "praleista", "skipped";
    earlier(title): "Perkelti anksčiau: {title}", "Move earlier: {title}";
    later(title): "Perkelti vėliau: {title}", "Move later: {title}";

    keys: "Klavišai", "Keys";
    keys_on: "Šie klavišai veikia, kai nerašote", "These keys work while you are not writing";
    key_help: "šis sąrašas", "this list";
    key_write: "rašyti žinutę", "write a message";
    key_hand: "pakelti arba nuleisti ranką", "raise or lower your hand";
    key_more: "darbotvarkė, rankos ir dalyviai", "agenda, hands and people";
    key_newest: "prie naujausių žinučių", "to the newest messages";
    key_next: "kitas žingsnis (vedėjui)", "next step (for facilitators)";
    close_keys: "Užverti", "Close";
}
