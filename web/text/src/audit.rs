//! Words of the log of acts.

use crate::Lang;

texts! {
    title: "Veiksmų žurnalas", "Log of acts";
    door: "Kas, ką ir kada tvarkė; įėjimai į uždaras erdves.", "Who kept what, and when; who entered private spaces.";
    any: "Visi", "All";
    lead: "Kas, ką ir kada pakeitė tinkluose, komandose, vaidmenyse ir turinyje. Tekstų čia nėra, įrašai tik pridedami.",
        "Who did what, and when, in keeping networks, teams, roles and content. No texts stand here, and entries are only added.";
    person: "Kas", "Who";
    act_label: "Veiksmas", "Act";
    from: "Nuo", "From";
    to: "Iki", "To";
    entered_only: "Įėjimai į uždaras erdves", "Entering private spaces";
    all: "Visi veiksmai", "All acts";
    none: "Tokių veiksmų nėra.", "There are no such acts.";
    none_example: "Pakeiskite filtrus arba rodykite visus.", "Change the filters or show all.";
    by_server: "Komandų eilutė", "Command line";
    gone: "Paskyros nebėra", "The account is gone";
    table: "Atsisiųsti lentelę (CSV)", "Download as a table (CSV)";
    chain_whole(number): "Grandinė nepertraukta: patikrinta iki {number} įrašo.", "The chain is whole: checked up to entry {number}.";
    chain_empty: "Žurnalas tuščias.", "The log is empty.";
    chain_broken(number): "Grandinė nutrūkusi ties {number} įrašu: jis arba ankstesnis įrašas pakeistas arba ištrintas ne per svetainę. Palyginkite su atsargine kopija.",
        "The chain is broken at entry {number}: it or the one before was changed or deleted past the site. Compare with a backup.";
    numbered(number): "Įrašas {number}", "Entry {number}";
}

/// An act in words; none for one of a later release.
pub fn act(lang: Lang, act: &str) -> Option<&'static str> {
    let (lt, en) = match act {
        "administrator.link" => ("Išspausdinta administratoriaus nuoroda", "Printed a link for an administrator"),
        "institution_kind.added" => ("Pridėta įstaigų rūšis", "Added a kind of institution"),
        "institution_kind.edited" => ("Pakeista įstaigų rūšis", "Changed a kind of institution"),
        "item.hidden" => ("Paslėptas įrašas", "Hid an item"),
        "item.kept_hidden" => ("Atmestas prieštaravimas dėl slėpimo", "Rejected an appeal against hiding"),
        "item.shown" => ("Vėl parodytas įrašas", "Showed an item again"),
        "network.created" => ("Sukurtas tinklas", "Made a network"),
        "network.edited" => ("Pakeistas tinklas", "Changed a network"),
        "network.founded" => ("Įkurtas tinkliukas", "Founded a mini-network"),
        "network.team_invited" => ("Komanda pakviesta į tinkliuką", "Invited a team to a mini-network"),
        "network.team_joined" => ("Komanda prisijungė prie tinkliuko", "A team joined a mini-network"),
        "network.team_left" => ("Komanda paliko tinkliuką", "A team left a mini-network"),
        "network.team_removed" => ("Komanda išimta iš tinkliuko", "Took a team out of a mini-network"),
        "network_kind.added" => ("Pridėta tinklų rūšis", "Added a kind of network"),
        "network_kind.edited" => ("Pakeista tinklų rūšis", "Changed a kind of network"),
        "password.changed" => ("Pakeistas slaptažodis", "Changed the password"),
        "password.link" => ("Išspausdinta slaptažodžio keitimo nuoroda", "Printed a link for a new password"),
        "password.reset" => ("Pakeistas pamirštas slaptažodis", "Replaced a forgotten password"),
        "person.resumed" | "person.returned" => ("Grąžinta paskyra", "Returned an account"),
        "person.suspended" => ("Sustabdyta paskyra", "Suspended an account"),
        "plan.changed" => ("Pakeistas scenarijus", "Changed a plan"),
        "plan.dropped" => ("Išmestas scenarijus", "Discarded a plan"),
        "plan.written" => ("Parašytas scenarijus", "Wrote a plan"),
        "problem.merged" => ("Sujungtos problemos", "Merged problems"),
        "report.dismissed" => ("Atmestas pranešimas", "Dismissed a report"),
        "role.accepted" => ("Priimtas vaidmuo", "Accepted a role"),
        "role.given" => ("Suteiktas vaidmuo", "Gave a role"),
        "role.invitation_revoked" => ("Atšauktas kvietimas į vaidmenį", "Revoked an invitation to a role"),
        "role.invited" => ("Pakviesta į vaidmenį", "Invited to a role"),
        "attendance.corrected" => ("Pataisė lankomumą", "Corrected an attendance"),
        "minutes.added" => ("Pridėtas protokolo priedas", "Added to minutes"),
        "minutes.signed" => ("Pasirašytas protokolas", "Signed minutes"),
        "role.taken" => ("Atimtas vaidmuo", "Took a role away"),
        "school.created" => ("Sukurta mokykla", "Made a school"),
        "school.edited" => ("Pakeista mokykla", "Changed a school"),
        "site.set_up" => ("Pradėta svetainė", "Set up the site"),
        "space.archived" => ("Suarchyvuota erdvė", "Archived a space"),
        "space.edited" => ("Pakeista erdvė", "Changed a space"),
        "space.entered" => ("Įeita į uždarą erdvę", "Entered a private space"),
        "space.opened" => ("Atverta erdvė", "Opened a space"),
        "space.returned" => ("Erdvė grąžinta iš archyvo", "Returned a space from the archive"),
        "space.team_in" => ("Komanda priimta į erdvę", "Took a team into a space"),
        "space.team_out" => ("Komanda išimta iš erdvės", "Took a team out of a space"),
        "team.activated" => ("Komanda pradėjo veikti", "Activated a team"),
        "team.archived" => ("Suarchyvuota komanda", "Archived a team"),
        "team.created" => ("Sukurta komanda", "Made a team"),
        "team.handed_over" => ("Perduotas vadovavimas komandai", "Handed a team over"),
        "team.invited" => ("Sukurtas kvietimas į komandą", "Made an invitation to a team"),
        "team.joined" => ("Prisijungta prie komandos", "Joined a team"),
        "team.left" => ("Palikta komanda", "Left a team"),
        "team.member_removed" => ("Narys pašalintas iš komandos", "Removed a member from a team"),
        "team.returned" => ("Komanda grąžinta iš archyvo", "Returned a team from the archive"),
        "text.redacted" => ("Pašalinta teksto dalis", "Removed a passage from a text"),
        _ => return None,
    };
    Some(match lang {
        Lang::Lt => lt,
        Lang::En => en,
    })
}
