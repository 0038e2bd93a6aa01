//! Words of versions.

texts! {
    title: "Ankstesnės versijos", "Earlier versions";
    of(title): "{title}: versijos", "{title}: versions";
    none: "Šis tekstas po paskelbimo dar nekeistas.", "This text has not been changed since it was posted.";
    present: "Dabartinis tekstas", "Present text";
    first: "Pirmasis tekstas", "First text";
    changed: "Kas pakeista", "What was changed";
    legend: "Pašalinti žodžiai perbraukti, pridėti – pabraukti.", "Words taken out are struck through, words put in are underlined.";
    formatting: "Pakeisti tik tarpai.", "Only spaces were changed.";
    whole: "Visas tekstas", "The whole text";
    restore: "Grąžinti šį tekstą", "Bring this text back";
    restore_means: "Šis tekstas taps dabartiniu. Dabartinis liks tarp versijų.",
        "This text becomes the present one. The present one stays among the versions.";
    left: "Komandą palikęs žmogus", "Someone who has left the team";
}
