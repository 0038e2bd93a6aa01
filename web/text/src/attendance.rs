//! Words of who attended a session for how long.

use crate::{Lang, sessions};

texts! {
    title: "Lankomumas", "Attendance";
    title_of(session): "Lankomumas: {session}", "Attendance: {session}";
    lead: "Kas kiek laiko buvo sesijoje. Keli to paties žmogaus įrenginiai skaičiuojami kaip vienas, trumpesnis nei dviejų minučių atsijungimas – kaip buvimas.",
        "Who was in the session for how long. Several devices of one person count once, absences below two minutes count as presence.";
    still_on: "Sesija dar vyksta: skaičiuojama iki šios akimirkos.", "The session is still on: this counts until now.";
    mine: "Mano lankomumas", "My attendance";
    not_there: "Šioje sesijoje jūsų nebuvo.", "You were not in this session.";
    asked(share): "Lankyta, jei išbūta bent {share} % laiko.", "Attended from {share}% of the time on.";
    person: "Žmogus", "Person";
    team: "Komanda", "Team";
    school: "Mokykla", "School";
    from: "Nuo", "From";
    to: "Iki", "To";
    when: "Kada", "When";
    times: "Kiek kartų", "Times";
    present: "Buvo", "Present";
    share: "Dalis", "Share";
    attended: "Lankyta", "Attended";
    yes: "taip", "yes";
    no: "ne", "no";
    corrections: "Pataisos", "Corrections";
    corrected_minutes: "Pataisos, min.", "Corrections, min";
    minutes: "Minutės", "Minutes";
    percent: "Dalis, %", "Share, %";
    reason: "Priežastis", "Reason";
    device: "Prie bendro įrenginio", "At a shared device";
    none: "Kol kas sesijoje nieko nebuvo.", "Nobody has been in the session yet.";
    take_away: "Parsisiųsti", "Take it away";
    csv: "CSV lentelė", "CSV table";
    xlsx: "Excel knyga (XLSX)", "Excel workbook (XLSX)";
    correct: "Pataisyti lankomumą", "Correct the attendance";
    correct_help: "Tai, kas užrašyta, lieka: pataisa yra atskiras įrašas su priežastimi, kurį mato ir pats žmogus.",
        "What was recorded stays: a correction is an entry of its own with a reason, and the person sees it too.";
    correct_minutes: "Pridėti minučių", "Add minutes";
    correct_minutes_help: "Atimti – su minuso ženklu, pavyzdžiui, -15.", "With a minus sign to take, for example -15.";
    correct_reason_help: "Pavyzdžiui: „Sėdėjo prie kolegės kompiuterio“.", "For example: “Sat at a colleague’s computer”.";
    save_correction: "Įrašyti pataisą", "Save the correction";
    after_closing: "Taisyti galima sesijai pasibaigus.", "It can be corrected once the session is over.";
    set_share: "Kada laikoma, kad sesija lankyta", "When the session counts as attended";
    share_field: "Nuo kiek procentų laiko", "From how many percent of the time on";
    save_share: "Išsaugoti", "Save";
    see: "Lankomumas", "Attendance";
    correction(minutes, reason): "{minutes} min.: {reason}", "{minutes} min: {reason}";
}

counted! {
    attended_by: "lankė {n} žmogus", "lankė {n} žmonės", "lankė {n} žmogaus", "lankė {n} žmonių"; "{n} person attended", "{n} people attended";
}

/// `Truko 90 min. Lankyta, jei …`
pub fn length(lang: Lang, minutes: i64, share: i64) -> String {
    let minutes = sessions::minutes(lang, minutes);
    match lang {
        Lang::Lt => format!("Trukmė: {minutes} {}", asked(lang, share)),
        Lang::En => format!("Length: {minutes}. {}", asked(lang, share)),
    }
}

/// The heads of the table that one takes away.
pub const fn columns(lang: Lang) -> [&'static str; 12] {
    [
        person(lang),
        team(lang),
        school(lang),
        from(lang),
        to(lang),
        times(lang),
        minutes(lang),
        percent(lang),
        attended(lang),
        corrected_minutes(lang),
        reason(lang),
        device(lang),
    ]
}
