//! Words of drafts that the browser keeps.

texts! {
    given_back: "Grąžintas jūsų neišsiųstas tekstas.", "Your unsent text has been put back.";
    drop: "Atsisakyti jo", "Discard it";
}
