//! Words of plans by which sessions are planned.

texts! {
    title: "Sesijų scenarijai", "Plans of sessions";
    lead: "Scenarijus – tai paruošta darbotvarkė su žingsnių taisyklėmis. Pasirinkite jį planuodami sesiją: žingsnius galėsite keisti.",
        "A plan is an agenda made ready, with the rules of its steps. Choose one when you schedule a session: its steps can be changed.";
    ready: "Paruošti scenarijai", "Ready-made plans";
    of_networks: "Tinklų scenarijai", "Plans of networks";
    none_of_networks: "Tinklai savo scenarijų dar neparašė.", "No network has written a plan yet.";
    write: "Rašyti scenarijų", "Write a plan";
    change: "Keisti scenarijų", "Change the plan";
    changed(title): "Keisti scenarijų: {title}", "Change the plan: {title}";
    name: "Pavadinimas", "Title";
    about: "Kam jis tinka ir kaip vedama", "What it is good for and how it is led";
    save: "Išsaugoti", "Save";
    drop: "Išmesti scenarijų", "Discard the plan";
    drop_means: "Sesijos, suplanuotos pagal jį, liks tokios, kokios yra.", "Sessions that were planned by it stay as they are.";
    newer: "Scenarijų tuo tarpu pakeitė kitas. Dabar jame įrašyta:", "Somebody else has changed the plan meanwhile. It now says:";
    choose: "Pradėti nuo scenarijaus", "Begin with a plan";
    choose_help: "Žingsniai įrašomi į darbotvarkę žemiau; ką joje jau parašėte, pakeičiama.",
        "Its steps are put into the agenda below; what you have written there is replaced.";
    choose_none: "Be scenarijaus", "Without a plan";
    take: "Įdėti žingsnius", "Put the steps in";
    rules: "Taisyklės: kas kalba ir ar rodomas pokalbis", "Rules: who speaks, and whether the chat is shown";
    steps: "Žingsniai", "Steps";
}

counted! {
    length: "{n} minutė", "{n} minutės", "{n} minutės", "{n} minučių"; "{n} minute", "{n} minutes";
}
