//! Words of reporting, hiding and appeals.

texts! {
    report: "Pranešti prižiūrėtojams", "Report to the moderators";
    report_short: "Pranešti", "Report";
    report_heard(what): "Pranešti prižiūrėtojams: {what}", "Report to the moderators: {what}";
    report_lead: "Praneškite, jei tai čia neturėtų būti. Prižiūrėtojai perskaitys ir nuspręs; autorius nesužinos, kas pranešė.",
        "Tell the moderators if this should not be here. They will read it and decide; the author will not learn who reported it.";
    what: "Apie ką pranešate", "What you report";
    why: "Priežastis", "Reason";
    personal_data: "Galima atpažinti mokinį ar kitą žmogų", "A pupil or somebody else can be recognised";
    offensive: "Įžeidžia ar žemina", "It offends or humiliates";
    copyright: "Svetimas tekstas ar vaizdas be leidimo", "Somebody else’s text or picture without leave";
    spam: "Reklama ar nereikalingas turinys", "Advertising or the like";
    other: "Kita", "Something else";
    note: "Paaiškinkite", "Explain";
    note_help: "Asmens duomenų čia nekartokite.", "Do not repeat personal data here.";
    send: "Pranešti", "Report";
    reported: "Ačiū, pranešta", "Thank you, it is reported";
    reported_says: "Prižiūrėtojai perskaitys ir nuspręs. Jei paslėps, autorius matys priežastį ir galės paprieštarauti.",
        "The moderators will read it and decide. If they hide it, the author sees the reason and can appeal.";

    title: "Priežiūra", "Moderation";
    lead: "Pranešimai ir tai, kas paslėpta, jūsų prižiūrimose erdvėse.", "Reports and what is hidden, in the spaces that you moderate.";
    reports: "Laukia sprendimo", "Waiting for a decision";
    no_reports: "Neišspręstų pranešimų nėra.", "No report is waiting.";
    reported_by(name): "Pranešė {name}", "Reported by {name}";
    written_by(name): "Parašė {name}", "Written by {name}";
    hide_now: "Arba paslėpti iš karto", "Or hide it at once";
    hide: "Paslėpti", "Hide";
    hide_reason: "Priežastis, kurią matys autorius", "The reason that the author will see";
    hide_help: "Kiti skaitytojai to nebematys iš karto. Autorius matys priežastį ir galės paprieštarauti.",
        "Other readers no longer see it from this moment. The author sees the reason and can appeal.";
    dismiss: "Palikti kaip yra", "Leave it as it is";
    hidden: "Paslėpta", "Hidden";
    nothing_hidden: "Nieko nepaslėpta.", "Nothing is hidden.";
    hidden_by(name): "Paslėpė {name}", "Hidden by {name}";
    reason: "Priežastis", "Reason";
    appeal_of_author: "Autorius prieštarauja", "The author appeals";
    show: "Vėl rodyti", "Show again";
    keep: "Palikti paslėptą", "Keep hidden";
    answer: "Atsakymas autoriui", "Answer to the author";
    answered: "Prižiūrėtojų atsakymas", "The moderators’ answer";

    own: "Kas paslėpta", "What is hidden";
    own_lead: "Jūsų tekstai, kuriuos prižiūrėtojai paslėpė. Jie neištrinti.", "Texts of yours that moderators have hidden. They are not deleted.";
    own_none: "Nieko jūsų nepaslėpta.", "Nothing of yours is hidden.";
    appeal: "Paprieštarauti", "Appeal";
    appeal_text: "Kodėl tai turėtų būti rodoma", "Why it should be shown";
    appeal_help: "Jei ką nors taisėte, parašykite ką.", "If you changed something, say what.";
    appealed: "Jūs paprieštaravote", "You have appealed";
    waits: "Laukia prižiūrėtojų atsakymo.", "The moderators’ answer is awaited.";

    problem: "Problema", "Problem";
    practice: "Praktika", "Practice";
    response: "Atsakymas", "Response";
    message: "Žinutė sesijoje", "Message in a session";
}
