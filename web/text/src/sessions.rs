//! Words of live sessions outside of their room.

texts! {
    title: "Sesijos", "Sessions";
    lead: "Gyvi komandų susitikimai: dabar vykstantys, suplanuoti ir jų įrašai.", "Live meetings of teams: those on now, those planned, and their records.";
    none: "Jums matomų sesijų dar nėra.", "There are no sessions yet that you may see.";
    none_step: "Sesija planuojama erdvėje, kurioje dirba jūsų komanda.", "A session is scheduled in a space where your team works.";
    to_spaces: "Į erdves", "To spaces";
    open_now: "Vyksta dabar", "On now";
    planned_list: "Suplanuotos", "Planned";
    past_list: "Įvykusios", "Past";
    schedule: "Suplanuoti sesiją", "Schedule the session";
    schedule_new: "Suplanuoti sesiją", "Schedule a session";
    new_title: "Nauja sesija", "New session";
    name: "Sesijos tema", "Topic of the session";
    name_help: "Ką norite kartu nuveikti, pavyzdžiui: „Kaip grąžinti motyvaciją septintokams“.",
        "What you want to do together, for example: “How to win back the motivation of seventh-graders”.";
    starts_at: "Pradžia", "Starts at";
    starts_at_help: "Lietuvos laiku.", "Lithuanian time.";
    agenda: "Darbotvarkė", "Agenda";
    agenda_help: "Ją vesdami matysite laiką kiekvienam žingsniui.", "When you lead it you will see the time for each step.";
    step: "Žingsnis", "Step";
    minutes_of: "Minutės", "Minutes";
    steps_more: "Daugiau žingsnių", "More steps";
    first_step: "Susipažinimas ir tikslas", "Welcome and aim";
    second_step: "Problemos aptarimas", "Discussing the problem";
    third_step: "Kas toliau: sutarti veiksmai", "What next: agreed actions";
    facilitator: "Veda", "Led by";
    facilitator_help: "Sesiją vesite jūs.", "You will lead the session.";
    planned: "Suplanuota", "Planned";
    open: "Vyksta", "Open";
    closed: "Baigta", "Closed";
    cancelled: "Atšaukta", "Cancelled";
    space: "Erdvė", "Space";
    not_held: "Atšauktos", "Cancelled";
    enter: "Prisijungti prie sesijos", "Join the session";
    read_record: "Skaityti įrašą", "Read the record";
    not_yet: "Sesija dar neatidaryta. Ją atidarys vedėjas.", "The session is not open yet. Its facilitator will open it.";
    people_only: "Kas dalyvauja sesijoje ir kas joje pasakyta, mato tik prisijungę žmonės.", "Who is in a session and what is said there is shown only to people who are signed in.";
    only_read: "Šioje sesijoje galite skaityti, bet ne dalyvauti.", "In this session you can read but not take part.";
    needs_scripts: "Gyvai sesijai reikia naršyklės su įjungtais scenarijais (JavaScript). Darbotvarkę galite skaityti čia, o pasibaigus – ir įrašą.",
        "The live session needs a browser with scripts (JavaScript) turned on. You can read the agenda here, and the record when it is over.";
    old_browser: "Jei kambarys neatsiveria, atnaujinkite naršyklę arba puslapį.", "If the room does not open, update the browser or reload the page.";

    record_title(title): "Įrašas: {title}", "Record: {title}";
    took_place: "Vyko", "Took place";
    people: "Kas dalyvavo", "Who took part";
    nobody: "Niekas neprisijungė.", "Nobody joined.";
    messages: "Pokalbis", "Conversation";
    no_messages: "Žinučių nebuvo.", "There were no messages.";
    floor: "Kas kalbėjo", "Who had the floor";
    edited: "pakeista", "edited";
    in_reply_to: "Atsakant į", "In reply to";
    without_team: "Be komandos", "Without a team";
    not_reached: "nespėta", "not reached";
    real_time: "Kada", "When";
    reviewed: "Užbaigta iš anksčiau sutartų užduočių", "Ended of the actions agreed before";
    planned_length: "Planuota", "Planned";
    real_length: "Iš tikrųjų", "In fact";
}

counted! {
    message_count: "{n} žinutė", "{n} žinutės", "{n} žinutės", "{n} žinučių"; "{n} message", "{n} messages";
    minutes: "{n} min.", "{n} min.", "{n} min.", "{n} min."; "{n} min", "{n} min";
    participants: "{n} dalyvis", "{n} dalyviai", "{n} dalyvio", "{n} dalyvių"; "{n} participant", "{n} participants";
}
