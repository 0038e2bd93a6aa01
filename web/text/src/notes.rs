//! Words of notes written together.

texts! {
    title: "Bendri užrašai", "Shared notes";
    of(title): "Užrašai: {title}", "Notes: {title}";
    lead: "Šį tekstą rašo visi sesijos dalyviai kartu.", "Everyone in the session writes this text together.";
    open: "Rašyti užrašus kartu", "Write notes together";
    label: "Užrašų tekstas", "Text of the notes";
    none: "Užrašų dar nėra.", "There are no notes yet.";
    none_written: "Užrašų nebuvo.", "There were no notes.";
    saved_at(at): "Paskutinį kartą įrašyta {at}.", "Last saved {at}.";
    page: "Užrašai ir ankstesni jų tekstai", "The notes and what they said before";
    needs_scripts: "Rašyti užrašus galima naršyklėje su įjungtais scenarijais (JavaScript). Čia matote, kas įrašyta paskutinį kartą.",
        "Notes are written in a browser with scripts (JavaScript) turned on. Here you see what was last saved.";
    failed: "Užrašų atverti nepavyko. Matote, kas įrašyta paskutinį kartą.", "The notes could not be opened. You see what was last saved.";
    help: "Rašykite paprastą tekstą. Pabraukimo spalva ir raštas rodo, kas ką parašė.", "Write plain text. The colour and pattern of the underline show who wrote what.";
    to_session: "Į sesiją", "To the session";

    connecting: "Jungiamasi…", "Connecting…";
    online: "Užrašai atverti: ką rašote, iškart mato kiti.", "The notes are open: others see at once what you write.";
    reading: "Šiuos užrašus galite tik skaityti.", "These notes you can only read.";
    ended: "Sesija baigta: užrašus galite tik skaityti.", "The session is over: the notes can only be read.";
    offline: "Ryšio nėra. Rašykite toliau: kas parašyta, laikoma šioje naršyklėje ir bus įrašyta, kai ryšys grįš.",
        "There is no connection. Write on: what you write is kept in this browser and saved once the connection is back.";
    offline_unknown: "Ryšio nėra, todėl užrašų teksto dar nematote. Jį parodysime, kai ryšys atsiras.",
        "There is no connection, so you do not see the text yet. It will be shown once there is one.";
    saving: "Įrašoma…", "Saving…";
    saved: "Viskas įrašyta.", "Everything is saved.";
    kept_here: "Neįrašyta: laikoma šioje naršyklėje.", "Not saved: kept in this browser.";
    signed_out: "Jūsų prisijungimas baigėsi. Prisijunkite iš naujo: kas parašyta, laikoma šioje naršyklėje.",
        "You are signed out. Sign in again: what you wrote is kept in this browser.";
    removed: "Šių užrašų jums atverti nebegalima.", "You may no longer open these notes.";
    too_many: "Užrašai atverti per daug langų. Uždarykite kitus ir įkelkite puslapį iš naujo.", "The notes are open in too many windows. Close others and load the page again.";
    reload: "Įkelkite puslapį iš naujo.", "Load the page again.";

    refused: "Jūsų tekstas neįrašytas.", "Your text was not saved.";
    changed: "Užrašai tuo metu pradėti iš naujo.", "Meanwhile the notes were begun anew.";
    kept_label: "Ką parašėte", "What you wrote";
    put_in: "Įterpti į užrašus", "Put into the notes";
    put_anyway: "Vis tiek įterpti", "Put in anyway";
    throw: "Išmesti", "Throw away";

    here: "Dabar užrašuose", "In the notes now";
    alone: "Dabar užrašuose esate tik jūs.", "You alone are in the notes now.";
    you: "jūs", "you";
    authors: "Kas ką parašė", "Who wrote what";
    author_legend: "Autoriai", "Authors";
    wrote(name): "Parašė: {name}", "Written by {name}";

    states: "Ankstesni tekstai", "What they said before";
    no_states: "Ankstesnių tekstų dar nėra: jie išsaugomi rašant kas penkias minutes.", "There are no earlier texts yet: they are kept every five minutes of writing.";
    restored: "Tekstas grąžintas.", "The text was brought back.";
}
