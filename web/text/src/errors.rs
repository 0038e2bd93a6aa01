//! Words of pages that say no.

texts! {
    sign_in_title: "Reikia prisijungti", "You need to sign in";
    forbidden_title: "Čia jums neleidžiama", "This is not yours to do";
    missing_title: "Tokio puslapio nėra", "There is no such page";
    conflict_title: "Tai pasikeitė", "This has changed";
    gone_title: "Nuoroda nebegalioja", "The link no longer works";
    large_title: "Per daug vienu kartu", "Too much at once";
    wrong_title: "Taip nepavyko", "That did not work";
    slow_title: "Per dažnai", "Too often";
    failed_title: "Kažkas sugedo", "Something broke";
    failed_says: "Klaida mūsų pusėje. Tai, kas buvo išsaugota, saugu. Bandykite dar kartą, o jei kartosis, praneškite administratoriui šį numerį.",
        "The fault is ours. What was saved is safe. Try again, and if it happens again, tell the administrator this number.";
    unavailable_title: "Trumpam neatsakome", "Not answering for a while";
    full_title: "Serveryje nebėra vietos", "The server has run out of space";
    read_only: "Kol kas čia galima tik skaityti: serveryje baigėsi vieta. Kas išsaugota, saugu, o rašyti vėl galėsite, kai tik vietos atsiras.",
        "For now this can only be read: the server has run out of space. What was saved is safe, and you can write again as soon as there is room.";
    request(id): "Užklausos numeris: {id}", "Number of the request: {id}";
    to_home: "Į pradžią", "To the start page";
    try_again: "Bandyti dar kartą", "Try again";
    your_text: "Tai, ką rašėte", "What you wrote";
    your_text_help: "Dėl viso pikto galite jį nusikopijuoti.", "You may copy it, to be safe.";
}
