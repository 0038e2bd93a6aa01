//! Words of planning sessions: series, invitations and their answers, changes and cancelling, and the letters about them.

texts! {
    repeat: "Kartojimas", "Repeating";
    repeat_help: "Jei planuojate vieną sesiją, palikite tuščia. Pradžios valanda ištisus metus ta pati, ir pasukus laikrodį.",
        "Leave it empty for a single session. The time of day stays the same all the year, also when the clocks change.";
    every: "Kas kiek", "How often";
    weekly: "Kas savaitę", "Every week";
    two_weekly: "Kas dvi savaites", "Every two weeks";
    four_weekly: "Kas keturias savaites", "Every four weeks";
    monthly: "Kas mėnesį tą pačią savaitės dieną", "Every month on the same weekday";
    count: "Kiek sesijų", "How many sessions";
    count_help: "Nuo 2 iki 40.", "From 2 to 40.";
    until: "Arba iki kurios dienos", "Or until which day";
    until_help: "Ši diena įskaitoma.", "That day is included.";
    skip: "Praleisti datas", "Days to leave out";
    skip_help: "Pavyzdžiui, atostogų dienas. Praleistos į skaičių neįeina.", "For example holidays. They are not counted.";
    skip_one: "Praleisti", "Leave out";
    skip_more: "Daugiau praleidžiamų datų", "More days to leave out";
    place(place, of): "{place} sesija iš {of}", "Session {place} of {of}";
    previous: "Ankstesnė serijos sesija", "Previous of the series";
    next: "Kita serijos sesija", "Next of the series";
    video: "Vaizdo susitikimo nuoroda", "Link of the meeting by video";
    video_help: "Prasideda „https://“. Ją matys tik galintys dalyvauti; vaizdas per Tinklaveiką neperduodamas.",
        "Begins with “https://”. Only those who may take part see it; no picture or sound passes through Tinklaveika.";
    video_open(host): "Vaizdo susitikimas: {host}", "Meeting by video: {host}";
    new_tab: "atsidaro naujame skirtuke", "opens in a new tab";
    invite: "Kas kviečiama", "Who is invited";
    invite_help: "Pakviestieji, patvirtinę savo el. pašto adresą, gaus laišką su kalendoriaus įrašu. Kvietimą jie visi mato ir pradžios puslapyje. Erdvę matantys žmonės sesiją mato ir nepakviesti.",
        "Those invited whose e-mail is verified get a letter with an entry for the calendar. All of them see the invitation on the start page, too. Whoever sees the space sees the session without it, too.";
    teams: "Erdvės komandos", "Teams of the space";
    people: "Kiti žmonės", "Other people";
    no_teams: "Erdvėje dar nėra komandų.", "There are no teams in the space yet.";

    edit: "Keisti planą", "Change the plan";
    edit_title(title): "Keisti planą: {title}", "Change the plan: {title}";
    save: "Išsaugoti planą", "Save the plan";
    moving_help: "Pakeitus pradžią, ankstesni atsakymai nebegalioja ir renkami iš naujo.",
        "When the start changes, earlier answers no longer hold and are asked for anew.";
    reach: "Kam galioja pakeitimas", "What it applies to";
    reach_one: "Tik šiai sesijai", "This session only";
    reach_following: "Šiai ir visoms vėlesnėms serijos sesijoms", "This and all later sessions of the series";
    reach_following_help: "Vėlesnėms pritaikoma tik tai, ką čia pakeisite.", "Later ones take over only what you change here.";
    newer: "Dabar išsaugotas planas", "The plan as it is saved now";
    cancel: "Atšaukti sesiją", "Cancel the session";
    cancel_means: "Sesija liks sąraše kaip atšaukta, su priežastimi; pakviestieji gaus laišką. Atšaukimo panaikinti negalima.",
        "The session stays in the list as cancelled, with the reason; those invited get a letter. This cannot be undone.";
    reason: "Priežastis", "Reason";
    reason_help: "Ją matys visi, kas mato sesiją.", "Everyone who sees the session reads it.";
    cancelled_because: "Sesija atšaukta. Priežastis:", "The session is cancelled. The reason:";
    time_passed: "Numatytas laikas praėjo, o sesija nebuvo atidaryta.", "Its time has passed, and the session was not opened.";

    ics: "Į kalendorių (.ics)", "To the calendar (.ics)";
    ics_series: "Visa serija į kalendorių (.ics)", "The whole series to the calendar (.ics)";

    mine: "Ar dalyvausite?", "Will you take part?";
    answer: "Atsakymas", "Answer";
    yes: "Dalyvausiu", "Yes, I will";
    maybe: "Galbūt", "Maybe";
    no: "Nedalyvausiu", "No, I will not";
    note: "Trumpa pastaba", "A short note";
    note_help: "Ją perskaitys sesijos vedėjai.", "Those who lead the session read it.";
    send_answer: "Atsakyti", "Answer";
    change_answer: "Keisti atsakymą", "Change the answer";
    not_answered: "Dar neatsakėte", "Not answered yet";
    you_lead: "Vedate Jūs", "You lead it";
    invited: "Pakviesti", "Invited";
    nobody_invited: "Niekas nepakviestas. Sesiją mato visi, kas mato erdvę.", "Nobody is invited. Everyone who sees the space sees the session.";
    who_said_yes: "Dalyvaus", "Yes";
    who_said_maybe: "Galbūt", "Maybe";
    who_said_no: "Nedalyvaus", "No";
    who_waits: "Neatsakė", "No answer";
    everyone: "Iš viso", "All";
    team: "Komanda", "Team";
    names: "Kas ką atsakė", "Who answered what";
    by_name: "Pakviesti atskirai", "Invited by name";
    meetings: "Mano susitikimai", "My meetings";

    feed_title: "Mano kalendorius", "My calendar";
    feed_lead: "Slaptas adresas, kurį kalendoriaus programa skaito pati: joje matysite savo susitikimus, jų pakeitimus ir atšaukimus.",
        "A secret address that your calendar reads by itself: it shows your meetings, their changes and those that are cancelled.";
    feed_make: "Sukurti slaptą adresą", "Make a secret address";
    feed_ready: "Įrašykite šį adresą kalendoriaus programoje:", "Enter this address in your calendar:";
    feed_once: "Rodome jį tik dabar. Kas jį žino, mato Jūsų susitikimus, todėl niekam nesiųskite.",
        "It is shown only now. Whoever knows it sees your meetings, so send it to nobody.";
    feed_made(at): "Slaptas adresas sukurtas {at}.", "The secret address was made at {at}.";
    feed_again: "Sukurti naują adresą", "Make a new address";
    feed_again_means: "Sukūrus naują arba panaikinus, senasis iš karto nustoja veikti.", "A new one, or none, ends the old one at once.";
    feed_end: "Panaikinti adresą", "End the address";

    mail_greeting(name): "Sveiki, {name},", "Hello, {name},";
    mail_when: "Kada (Lietuvos laiku):", "When (Lithuanian time):";
    mail_answer(link): "Atsakykite, ar dalyvausite: {link}\n", "Say whether you will take part: {link}\n";
    mail_see(link): "Daugiau: {link}\n", "More: {link}\n";
    mail_calendar: "Kalendoriaus įrašas pridėtas prie laiško.", "An entry for the calendar is enclosed.";
    mail_invited(title): "Kvietimas į sesiją: {title}", "Invitation to a session: {title}";
    mail_invited_says(leader, title, space): "{leader} kviečia Jus į sesiją „{title}“ erdvėje „{space}“.", "{leader} invites you to the session “{title}” in the space “{space}”.";
    mail_changed(title): "Pasikeitė sesijos planas: {title}", "The plan of a session has changed: {title}";
    mail_changed_says(leader, title, space): "Pasikeitė sesijos „{title}“ erdvėje „{space}“ planas. Sesiją veda {leader}.", "The plan of the session “{title}” in the space “{space}” has changed. It is led by {leader}.";
    mail_cancelled(title): "Sesija atšaukta: {title}", "Session cancelled: {title}";
    mail_cancelled_says(title, space, reason): "Sesija „{title}“ erdvėje „{space}“ atšaukta. Priežastis: {reason}", "The session “{title}” in the space “{space}” is cancelled. The reason: {reason}";
    mail_left(title): "Nebekviečiama į sesiją: {title}", "No longer invited to a session: {title}";
    mail_left_says(title, space): "Kvietimas į sesiją „{title}“ erdvėje „{space}“ Jums nebegalioja.", "Your invitation to the session “{title}” in the space “{space}” no longer holds.";
}

counted! {
    people_invited: "{n} žmogus", "{n} žmonės", "{n} žmogaus", "{n} žmonių"; "{n} person", "{n} people";
    following: "Po jos suplanuota dar {n} sesija.", "Po jos suplanuotos dar {n} sesijos.", "Po jos suplanuota dar {n} sesijos.", "Po jos suplanuota dar {n} sesijų."; "{n} more session is planned after it.", "{n} more sessions are planned after it.";
}
