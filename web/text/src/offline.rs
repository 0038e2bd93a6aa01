//! Words for when there is no network.

texts! {
    title: "Nėra ryšio", "No network";
    /// Followed by the moment at which the copy was kept.
    saved_copy: "Nėra ryšio. Rodoma šiame įrenginyje išsaugota kopija:", "No network. This is a copy kept on this device:";
    no_copy: "Šio puslapio kopijos šiame įrenginyje nėra. Jis atsivers, kai ryšys grįš.",
        "There is no copy of this page on this device. It will open when the network is back.";
    not_sent: "Neišsiųsta", "Not sent";
    not_sent_says: "Kol nėra ryšio, serveris nieko negavo. Tai, ką rašėte, liko šioje naršyklėje: grįžkite į formą ir išsiųskite, kai ryšys atsiras.",
        "Without a network the server has received nothing. What you wrote is kept in this browser: go back to the form and send it when the network is back.";
    /// At the form itself.
    waits: "Nėra ryšio – neišsiųsta. Tekstas liko šioje naršyklėje; išsiųskite, kai ryšys atsiras.",
        "No network – not sent. Your text is kept in this browser; send it when the network is back.";
    kept_pages: "Neseniai skaityti puslapiai", "Pages read lately";
    kept_help: "Jie išsaugoti šiame įrenginyje ir atsiveria be ryšio. Atsijungus kopijos ištrinamos.",
        "They are kept on this device and open without a network. Signing out deletes the copies.";
}
