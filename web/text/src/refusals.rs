//! What the product says when it says no: what happened, what is safe, what to do. One sentence or two for each code.

use std::borrow::Cow;

use crate::Lang;

/// The sentence of a refusal's code, with its facts put in; a fact that is not known is left out of the text.
///
/// A code that this build does not know (a server newer than the page) gets a general one.
pub fn sentence<'a>(lang: Lang, code: &str, fact: impl Fn(&str) -> Option<&'a str>) -> Cow<'static, str> {
    told(lang, template(code), fact)
}

/// The same in the live room, which is refused only some things: the browser is spared the sentences of all others.
pub fn sentence_in_room<'a>(lang: Lang, code: &str, fact: impl Fn(&str) -> Option<&'a str>) -> Cow<'static, str> {
    told(lang, of_room(code), fact)
}

fn template(code: &str) -> Option<[&'static str; 2]> {
    of_room(code).or_else(|| of_rest(code))
}

fn told<'a>(
    lang: Lang,
    template: Option<[&'static str; 2]>,
    fact: impl Fn(&str) -> Option<&'a str>,
) -> Cow<'static, str> {
    let [lt, en] = template.unwrap_or(UNKNOWN);
    let template = match lang {
        Lang::Lt => lt,
        Lang::En => en,
    };
    filled(template, fact)
}

/// Whether the code has a sentence of its own.
pub fn is_known(code: &str) -> bool {
    template(code).is_some()
}

const UNKNOWN: [&str; 2] = [
    "Šio veiksmo atlikti nepavyko, niekas nepakeista. Atnaujinkite puslapį ir bandykite dar kartą.",
    "This could not be done, and nothing was changed. Reload the page and try again.",
];

/// `{name}` becomes the fact of that name.
fn filled<'a>(template: &'static str, fact: impl Fn(&str) -> Option<&'a str>) -> Cow<'static, str> {
    if !template.contains('{') {
        return Cow::Borrowed(template);
    }
    let mut text = String::with_capacity(template.len() + 16);
    let mut rest = template;
    while let Some((before, after)) = rest.split_once('{') {
        let (name, tail) = after.split_once('}').unwrap_or((after, ""));
        text.push_str(before);
        text.push_str(fact(name).unwrap_or("…"));
        rest = tail;
    }
    text.push_str(rest);
    Cow::Owned(text)
}

macro_rules! sentences {
    ($group:ident; $($code:literal: $lt:literal, $en:literal;)*) => {
        fn $group(code: &str) -> Option<[&'static str; 2]> {
            match code {
                $($code => Some([$lt, $en]),)*
                _ => None,
            }
        }
    };
}

// What can be refused in the live room.
sentences! {
    of_room;
    "sign_in.needed":
        "Tam reikia prisijungti. Prisijungę grįšite čia, o jūsų tekstas išliks.",
        "You need to sign in for this. You will come back here, and your text is kept.";
    "forbidden":
        "Jūsų vaidmuo to neleidžia, niekas nepakeista. Kreipkitės į komandos vadovą arba tinklo koordinatorių.",
        "Your role does not allow this, and nothing was changed. Ask your team lead or network coordinator.";
    "suspended":
        "Paskyra sustabdyta: galite skaityti, bet ne rašyti. Kreipkitės į administratorių.",
        "The account is suspended: you can read but not write. Ask an administrator.";
    "missing":
        "Adresas įrašytas netiksliai arba tai rodoma tik erdvės komandoms. Patikrinkite adresą arba ieškokite.",
        "The address is mistyped, or this is shown only to the teams of its space. Check the address or search.";
    "archived":
        "Tai jau archyve: galima skaityti, bet ne keisti.",
        "This is archived: it can be read but not changed.";
    "closed":
        "Tai jau baigta, todėl nieko nepakeista. Įrašą galima skaityti.",
        "This is already closed, so nothing was changed. The record can be read.";
    "too_large":
        "Per daug vienu kartu, niekas neišsaugota. Padalykite į mažesnes dalis.",
        "Too much at once, and nothing was saved. Split it into smaller parts.";
    "too_many":
        "Per daug arba per dažnai vienu metu. Truputį palaukite ir bandykite vėl; jūsų tekstas išliko.",
        "Too much or too often at once. Wait a little and try again; your text is kept.";
    "unavailable":
        "Sistema kurį laiką neatsako, niekas neišsaugota, bet jūsų tekstas išliko. Bandykite po minutės.",
        "The system is not answering for a while; nothing was saved, but your text is kept. Try again in a minute.";
    "disk.full":
        "Serveryje nebėra vietos, todėl neišsaugota; tai, kas buvo anksčiau, saugu. Praneškite administratoriui.",
        "The server has run out of space, so this was not saved; what was there before is safe. Tell the administrator.";
    "key.reused":
        "Tas pats siuntimo raktas jau panaudotas kitam turiniui. Atnaujinkite puslapį ir siųskite iš naujo.",
        "The same sending key was already used for other content. Reload the page and send anew.";
    "malformed":
        "Gautų duomenų nepavyko perskaityti, niekas nepakeista. Atnaujinkite puslapį ir bandykite dar kartą.",
        "What came could not be read, and nothing was changed. Reload the page and try again.";
    "field.needed":
        "Užpildykite šį lauką.",
        "Fill in this field.";
    "field.wrong":
        "Ši reikšmė netinka. Pasirinkite arba įrašykite kitą.",
        "This value does not fit. Choose or enter another.";
    "text.long":
        "Per ilgas tekstas: ženklų {count}, o telpa {limit}. Sutrumpinkite.",
        "The text is too long: {count} characters, with room for {limit}. Shorten it.";
    "text.control":
        "Tekste yra nematomų valdymo ženklų. Ištrinkite juos arba įrašykite tekstą iš naujo.",
        "The text holds invisible control characters. Delete them or type the text again.";
    "number.range":
        "Skaičius turi būti nuo {min} iki {max}.",
        "The number must be from {min} to {max}.";
    "guard.code":
        "Tekste yra asmens kodas. Asmens kodų čia rašyti negalima: ištrinkite jį, kitas tekstas išliko.",
        "The text holds a personal code. Personal codes must not be written here: delete it; the rest of your text is kept.";
    "guard.maybe_code":
        "Vienuolikos skaitmenų seka panaši į asmens kodą. Jei tai asmens kodas, ištrinkite; jei ne, siųskite.",
        "Eleven digits look like a personal code. If it is one, delete it; if not, send.";
    "guard.contact":
        "Tekste yra el. paštas arba telefono numeris. Ar tikrai norite, kad jį matytų skaitytojai?",
        "The text holds an e-mail address or a telephone number. Do you really want readers to see it?";
    "guard.pupil":
        "Atrodo, kad tekste minimas atpažįstamas mokinys. Pakeiskite, kad jo nebūtų galima atpažinti.",
        "The text seems to speak of a recognisable pupil. Change it so that nobody can be recognised.";
    "session.state":
        "Sesijos būsena to dabar neleidžia. Pažiūrėkite, ar ji atidaryta ir dar nebaigta.",
        "The session’s state does not allow this now. See whether it is open and not yet closed.";
    "session.agenda":
        "Darbotvarkei reikia bent vieno žingsnio su trukme.",
        "The agenda needs at least one step with a length.";
    "action.state":
        "Užduotis jau pažymėta kitaip. Atverkite ją iš naujo, jei reikia ką nors keisti.",
        "The action is marked otherwise already. Open it again if something has to change.";
    "board.gone":
        "Šios lentos čia nėra.",
        "This board is not here.";
    "board.locked":
        "Lenta užrakinta: rašyti ir perkelti dabar gali tik sesijos vedėjas.",
        "The board is locked: only the facilitator can write and move now.";
    "card.gone":
        "Šios kortelės lentoje nebėra.",
        "This card is no longer on the board.";
    "card.cap":
        "Tiek taškų skirti negalima: riba – {limit}.",
        "So many dots cannot be given: the limit is {limit}.";
    "card.voting":
        "Taškai dabar neskiriami.",
        "No dots are given now.";
    "agreement.gone":
        "Šio susitarimo čia nėra.",
        "This agreement is not here.";
    "agreement.closed":
        "Dėl šio susitarimo dabar nesprendžiama, todėl balsas neįrašytas.",
        "This agreement is not being decided now, so the voice was not recorded.";
    "agreement.open":
        "Jau sprendžiama dėl kito susitarimo. Pirmiau jį užbaikite.",
        "Another agreement is being decided. Close it first.";
    "agreement.objections":
        "Yra neatsiimtų prieštaravimų ({count}). Išspręskite juos arba įrašykite, kodėl vis tiek susitariama.",
        "There are open objections ({count}). Resolve them, or write why it is agreed all the same.";
    "agreement.state":
        "Šis susitarimas nebegalioja, todėl jo peržiūrėti nebegalima.",
        "This agreement is not in force any more, so it cannot be reviewed.";
    "poll.gone":
        "Šios apklausos čia nėra.",
        "This poll is not here.";
    "poll.closed":
        "Ši apklausa jau baigta, todėl atsakymas neįrašytas.",
        "This poll has closed already, so the answer was not recorded.";
    "poll.open":
        "Vyksta kita apklausa. Pirmiau ją baikite.",
        "Another poll is open. Close it first.";
    "poll.cap":
        "Pasirinkta per daug: galima ne daugiau kaip {limit}.",
        "Too much is chosen: at most {limit} is allowed.";
    "poll.voted":
        "Anoniminėje apklausoje jau dalyvavote. Tokio atsakymo pakeisti negalima, nes nežinoma, kuris jis.",
        "You have taken part in this anonymous poll already. Such an answer cannot be changed, since nobody knows which one it is.";
    "poll.few":
        "Anoniminei apklausai reikia bent {min} čia esančių dalyvių, kad nebūtų aišku, kas ką pasirinko.",
        "An anonymous poll needs at least {min} participants who are here, so that nobody can tell who chose what.";
    "action.gone":
        "Šios užduoties čia nėra.",
        "This action is not here.";
    "message.gone":
        "Ši žinutė jau ištrinta.",
        "This message has been deleted.";
    "hand.up":
        "Jūsų ranka jau pakelta, vieta eilėje išliko.",
        "Your hand is already up, and your place in the queue is kept.";
    "hand.down":
        "Ši ranka jau nuleista.",
        "This hand is already down.";
    "step.gone":
        "Šio darbotvarkės žingsnio jau nėra.",
        "This step of the agenda is no longer there.";
    "step.listen":
        "Šiame žingsnyje pristatantieji klausosi, o kalba kiti. Jūsų tekstas lieka lauke.",
        "In this step those who present listen and the others speak. Your text stays in the field.";
    "step.presenter":
        "Šiame žingsnyje kalba pristatantieji. Pakelkite ranką, jei norite žodžio.",
        "In this step those who present speak. Raise your hand if you want the word.";
    "step.turn":
        "Šiame žingsnyje kalbama iš eilės. Jūsų tekstas lieka lauke, kol ateis eilė.",
        "In this step everyone speaks in turn. Your text stays in the field until your turn comes.";
    "step.facilitator":
        "Šiame žingsnyje kalba tik vedėjas. Jūsų tekstas lieka lauke.",
        "In this step only the facilitator speaks. Your text stays in the field.";
    "step.without_chat":
        "Šis žingsnis vyksta be pokalbio. Jūsų tekstas lieka lauke.",
        "This step goes on without the chat. Your text stays in the field.";
    "round.gone":
        "Kalbėjimas iš eilės jau baigėsi.",
        "The round is over.";
    "reaction.twice":
        "Taip jau sureagavote.",
        "You have already reacted so.";
    "speak.now":
        "Žodis jau suteiktas jums, rankos kelti nereikia.",
        "You have the word already; there is no need to raise your hand.";
}

// What only pages and the API refuse.
sentences! {
    of_rest;
    "breakouts.open":
        "Grupės jau dirba. Pirmiau sušaukite visus atgal.",
        "Groups are working already. Call everyone back first.";
    "breakouts.closed":
        "Grupės jau sušauktos atgal, todėl čia nebėra ko keisti.",
        "The groups have been called back, so there is nothing to change here any more.";
    "minutes.signed":
        "Protokolas jau pasirašytas ir nebekeičiamas. Jei ką reikia pataisyti, pridėkite priedą.",
        "The minutes are signed and cannot be changed any more. If something has to be corrected, add an addendum.";
    "minutes.unsigned":
        "Protokolas dar nepasirašytas. Priedų reikia tik pasirašytam: dabar jį galite tiesiog keisti.",
        "The minutes are not signed yet. Only signed ones need an addendum: for now you can simply edit them.";
    "session.cancelled":
        "Sesija atšaukta, todėl jos keisti nebegalima.",
        "The session is cancelled and can no longer be changed.";
    "session.past":
        "Pradžia jau praėjo. Nurodykite dieną ir laiką, kai susitiksite.",
        "The start has passed already. Give the day and time when you will meet.";
    "session.not_invited":
        "Į šią sesiją nesate pakviesti, todėl atsakymo nereikia. Dalyvauti galite ir be kvietimo.",
        "You are not invited to this session, so no answer is needed. You may take part without an invitation.";
    "series.size":
        "Serijoje turi būti nuo {min} iki {max} sesijų. Pakeiskite skaičių arba paskutinę dieną.",
        "A series has from {min} to {max} sessions. Change the number or the last day.";
    "video.wrong":
        "Tai neatrodo kaip susitikimo nuoroda. Ji prasideda „https://“, toliau – svetainės vardas be prisijungimo duomenų.",
        "This does not look like the link of a meeting. It begins with “https://” and the name of a site, without a name or a password.";
    "sign_in.wrong":
        "El. paštas arba slaptažodis neteisingas. Patikrinkite abu ir bandykite dar kartą.",
        "The e-mail or the password is wrong. Check both and try again.";
    "sign_in.slow":
        "Per daug bandymų prisijungti. Palaukite {seconds} s ir bandykite vėl; paskyra saugi.",
        "Too many attempts to sign in. Wait {seconds} s and try again; the account is safe.";
    "cross_site":
        "Užklausa atėjo iš kitos svetainės, todėl nieko nepakeitėme. Atidarykite puslapį čia ir pakartokite.",
        "The request came from another site, so nothing was changed. Open the page here and repeat.";
    "changed":
        "Kol rašėte, tai pakeista kito žmogaus arba kitame Jūsų lange. Jūsų tekstas išliko: palyginkite abu ir siųskite dar kartą.",
        "This was changed while you were writing, by someone else or in another window of yours. Your text is kept: compare the two and send again.";
    "shown.once":
        "Tai jau padaryta, o kas rodoma tik kartą, antrą kartą neparodoma. Jei nenusikopijavote, sukurkite naują.",
        "This has been done, and what is shown only once is not shown again. If you did not copy it, make a new one.";
    "link.used":
        "Ši nuoroda jau panaudota arba nebegalioja. Paprašykite naujos.",
        "This link has been used or is no longer valid. Ask for a new one.";
    "field.unknown":
        "Tokio lauko nėra, niekas neišsaugota. Atnaujinkite puslapį.",
        "There is no such field, and nothing was saved. Reload the page.";
    "text.short":
        "Per trumpas tekstas: reikia bent {limit} ženklų.",
        "The text is too short: at least {limit} characters are needed.";
    "list.short":
        "Per mažai: reikia bent {limit}, o yra {count}.",
        "Too few: at least {limit} are needed, and there are {count}.";
    "list.long":
        "Per daug: telpa {limit}, o yra {count}. Keletą pašalinkite.",
        "Too many: there is room for {limit}, and there are {count}. Remove some.";
    "cursor.foreign":
        "Ši sąrašo vieta nebetinka. Pradėkite nuo sąrašo pradžios.",
        "This place in the list no longer fits. Begin at the start of the list.";
    "email.wrong":
        "El. pašto adresas neatrodo teisingas. Pavyzdys: vardas@mokykla.lt.",
        "The e-mail address does not look right. An example: name@school.lt.";
    "email.taken":
        "Su šiuo el. paštu jau yra paskyra. Prisijunkite arba nurodykite kitą.",
        "There is already an account with this e-mail. Sign in or give another one.";
    "password.short":
        "Per trumpas: reikia bent {limit} ženklų. Tinka keli žodžiai iš eilės.",
        "The password is too short: at least {limit} characters. A few words in a row will do.";
    "password.long":
        "Slaptažodis per ilgas: daugiausia {limit} ženklų.",
        "The password is too long: at most {limit} characters.";
    "password.common":
        "Šis slaptažodis yra tarp dažniausių, todėl lengvai atspėjamas. Sugalvokite kitą.",
        "This password is among the most common ones and easily guessed. Think of another.";
    "password.weak":
        "Slaptažodį lengva atspėti. Pridėkite kelis su jumis nesusijusius žodžius.",
        "The password is easy to guess. Add a few words that have nothing to do with you.";
    "person.self":
        "Savo paskyros sustabdyti negalima. Paprašykite kito administratoriaus.",
        "You cannot suspend your own account. Ask another administrator.";
    "role.last":
        "Tai paskutinis administratorius: pirmiausia paskirkite kitą.",
        "This is the last administrator: first appoint another one.";
    "network.mini":
        "Komandos kviečiamos tik į tinkliuką. Į tinklą komanda įtraukiama ją sukuriant.",
        "Teams are invited to mini-networks only. A network’s own teams are created in it.";
    "network.whole":
        "Mokyklos ir komandos kuriamos tinkle, o į tinkliuką komandos kviečiamos.",
        "Schools and teams are created in a network; to a mini-network teams are invited.";
    "team.size":
        "Veikiančioje komandoje yra 5 arba 6 nariai, o dabar – {count}. Pakvieskite narių.",
        "An active team has 5 or 6 members, and there are {count} now. Invite members.";
    "team.full":
        "Komandoje jau 6 nariai, daugiau netelpa. Kreipkitės į komandos vadovą.",
        "The team already has 6 members and has no more room. Ask the team lead.";
    "team.state":
        "Komandos būsena to dabar neleidžia, niekas nepakeista.",
        "The team’s state does not allow this now, and nothing was changed.";
    "team.member":
        "Šis žmogus nėra komandos narys.",
        "This person is not a member of the team.";
    "team.successor":
        "Pirmiausia perduokite vadovavimą kitam nariui. Jei komandoje likote vieni, paprašykite tinklo koordinatoriaus ją archyvuoti.",
        "First hand over the lead to another member. If you are the only one left, ask the network coordinator to archive the team.";
    "team.lead":
        "Komandos vadovas negali būti pašalintas: pirmiausia perduokite vadovavimą.",
        "A team lead cannot be removed: first hand over the lead.";
    "problem.evidence":
        "Skelbiamai problemai reikia bent vieno įrodymo: iš kur žinote, kad ji yra? Juodraštis išliko.",
        "A posted problem needs at least one piece of evidence: how do you know it exists? The draft is kept.";
    "problem.area":
        "Pasirinkite bent vieną sritį.",
        "Choose at least one area.";
    "problem.state":
        "Problemos būsena to dabar neleidžia. Atnaujinkite puslapį ir pažiūrėkite, kas pasikeitė.",
        "The problem’s state does not allow this now. Reload the page and see what has changed.";
    "hidden":
        "Tai paslėpė prižiūrėtojai, todėl paskelbti kol kas negalima. Priežastį ir kaip paprieštarauti rasite prie savo paskyros, skyriuje „Kas paslėpta“.",
        "Moderators have hidden this, so it cannot be published for now. The reason, and how to appeal, stand under “What is hidden” at your account.";
    "redaction.absent":
        "Tokios teksto dalies čia nėra. Parašykite ją tiksliai taip, kaip ji parašyta.",
        "There is no such passage here. Write it exactly as it stands.";
    "redaction.repeats":
        "Priežastyje nekartokite to, ką pašalinate.",
        "Do not repeat in the reason what you remove.";
    "redaction.files":
        "Ši dalis yra ir failuose: {files}. Pasirinkite, kas bus su jais.",
        "The passage also stands in these files: {files}. Choose what becomes of them.";
    "hidden.appealed":
        "Dėl šio sprendimo jau paprieštaravote. Prižiūrėtojų atsakymas bus matomas čia.",
        "You have appealed against this decision already. The moderators’ answer will be shown here.";
    "practice.state":
        "Praktikos būsena to dabar neleidžia. Atnaujinkite puslapį ir pažiūrėkite, kas pasikeitė.",
        "The practice’s state does not allow this now. Reload the page and see what has changed.";
    "merge.wrong":
        "Į šią problemą sujungti negalima: tai ta pati problema, juodraštis arba jau sujungta. Pasirinkite kitą.",
        "It cannot be merged into this one: it is the same problem, a draft, or merged already. Choose another.";
    "merge.space":
        "Šias problemas mato skirtingi žmonės, todėl jų sujungti negalima. Niekas nepakeista.",
        "Different people see these problems, so they cannot be merged. Nothing was changed.";
    "problem.merged":
        "Ši problema sujungta su kita. Atnaujinkite puslapį, ir pateksite į ją.",
        "This problem was merged into another. Reload the page, and you will come to that one.";
    "pick.one":
        "Radome panašių: pasirinkite, kurį turėjote galvoje, arba parašykite kitus žodžius.",
        "There are similar ones: choose which you mean, or write other words.";
    "pick.none":
        "Pagal šiuos žodžius nieko neradome. Parašykite kitus pavadinimo žodžius arba įklijuokite adresą.",
        "Nothing was found for these words. Write other words of the title, or paste the address.";
    "file.large":
        "Failas per didelis: daugiausia {mib} MB. Sumažinkite jį arba padalykite į kelis.",
        "The file is too large: at most {mib} MB. Make it smaller or split it into several.";
    "file.many":
        "Čia jau yra {files} failai, daugiau netelpa. Pašalinkite nereikalingą ir bandykite dar kartą.",
        "There are {files} files here already, and no room for more. Remove one that is not needed and try again.";
    "file.room":
        "Failams skirta vieta baigėsi: telpa {mib} MB. Pašalinkite nereikalingus ir bandykite dar kartą.",
        "The room for files is used up: there is room for {mib} MB. Remove some that are not needed and try again.";
    "file.disk":
        "Serveryje liko mažai vietos, todėl failų kol kas nepriimame. Tekstus rašyti galima.",
        "Little room is left on the server, so files are not taken for now. Texts can be written.";
    "file.virus":
        "Faile rasta kenkėjiška programa, todėl jis neišsaugotas. Patikrinkite savo kompiuterį ir atsiųskite kitą failą.",
        "Malicious software was found in the file, so it was not kept. Check your computer and send another file.";
    "file.unscanned":
        "Failų šiuo metu negalime patikrinti nuo virusų, todėl jų nepriimame. Tekstai išsaugomi; failą atsiųskite vėliau.",
        "Files cannot be checked for viruses just now, so none are taken. Texts are saved; send the file later.";
    "file.empty":
        "Failas tuščias. Pasirinkite kitą.",
        "The file is empty. Choose another one.";
    "file.name":
        "Failo pavadinimas netinka. Pervadinkite failą, pavyzdžiui: apklausa-2026.pdf.",
        "The file’s name does not fit. Rename the file, for example: survey-2026.pdf.";
    "file.kind":
        "Tokių failų čia dėti negalima. Tinka PDF, DOCX, XLSX, PPTX, ODT, ODS, ODP, TXT, CSV, MD, JPEG, PNG ir WebP.",
        "Such files are not taken here. PDF, DOCX, XLSX, PPTX, ODT, ODS, ODP, TXT, CSV, MD, JPEG, PNG and WebP are.";
    "file.lie":
        "Failo turinys neatitinka pavadinimo galūnės. Atidarykite failą savo programa ir išsaugokite iš naujo.",
        "What is in the file is not what the end of its name says. Open it in its program and save it anew.";
    "file.macros":
        "Dokumente yra makrokomandų, todėl jo dėti negalima. Išsaugokite be makrokomandų (DOCX, XLSX, PPTX) arba kaip PDF.",
        "The document holds macros, so it is not taken. Save it without macros (DOCX, XLSX, PPTX) or as PDF.";
    "file.nested":
        "Dokumente įdėtas kitas dokumentas, pavyzdžiui, diagramos lentelė, kurios patikrinti negalime. Išsaugokite kaip PDF arba įdėkite diagramą kaip paveikslą.",
        "The document holds another document that cannot be checked, such as the table behind a chart. Save it as PDF, or put the chart in as a picture.";
    "file.bomb":
        "Išskleistas dokumentas būtų per didelis, todėl jo nepriėmėme. Išsaugokite jį kaip PDF.",
        "Unpacked the document would be too large, so it was not taken. Save it as PDF.";
    "file.image":
        "Paveikslo perskaityti nepavyko arba jis per didelis: daugiausia {mpx} mln. taškų. Sumažinkite jį ir bandykite dar kartą.",
        "The picture could not be read or is too large: at most {mpx} million pixels. Make it smaller and try again.";
    "file.slow":
        "Failas siųstas per ilgai, todėl jo nepriėmėme. Bandykite dar kartą, kai ryšys bus greitesnis, arba sumažinkite failą.",
        "The file took too long to send, so it was not taken. Try again when the connection is faster, or make the file smaller.";
    "span.order":
        "Klasė „Nuo“ turi būti ne vyresnė už klasę „Iki“.",
        "The first grade must not be above the last.";
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn facts_are_put_into_the_sentence() {
        let fact = |name: &str| match name {
            "count" => Some("214"),
            "limit" => Some("200"),
            _ => None,
        };
        let told = sentence(Lang::Lt, "text.long", fact);
        assert_eq!(told, "Per ilgas tekstas: ženklų 214, o telpa 200. Sutrumpinkite.");
        assert_eq!(
            sentence(Lang::En, "text.short", |_| None),
            "The text is too short: at least … characters are needed."
        );
    }

    #[test]
    fn a_code_of_a_newer_server_still_gets_a_sentence() {
        assert!(!is_known("from.the.future"));
        assert!(sentence(Lang::Lt, "from.the.future", |_| None).contains("niekas nepakeista"));
    }
}
