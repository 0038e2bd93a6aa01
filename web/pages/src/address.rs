//! Every address of a page and of a form. They are Lithuanian and stay; the names in braces are fields of the call.

use model::ids::*;
use std::fmt::Display;

/// Declares an address twice: as a function of its parts, and in [`template`] as the server mounts it.
macro_rules! addresses {
    ($($(#[$doc:meta])* $name:ident($($part:ident: $kind:ty),*) = $path:literal;)*) => {
        $($(#[$doc])* pub fn $name($($part: $kind),*) -> String { format!($path) })*

        /// The same addresses with their braces.
        #[allow(non_upper_case_globals)]
        pub mod template {
            $(pub const $name: &str = $path;)*
        }
    };
}

addresses! {
    home() = "/";
    /// Language, appearance and the team one acts for: fields `kalba`, `tema`, `komanda` and `grizti`, each optional.
    preferences() = "/nustatymai";

    sign_in() = "/prisijungti";
    sign_out() = "/atsijungti";
    set_up(token: impl Display) = "/pradzia/{token}";
    verify_email(token: impl Display) = "/patvirtinti/{token}";
    /// Asks for the link by which a forgotten password is replaced.
    forgotten() = "/pamirsau-slaptazodi";
    /// What is told after asking, whatever the address was.
    forgotten_sent() = "/pamirsau-slaptazodi/issiusta";
    reset(token: impl Display) = "/naujas-slaptazodis/{token}";
    /// After the password was replaced.
    reset_done() = "/naujas-slaptazodis";
    account() = "/paskyra";
    verification() = "/paskyra/patvirtinimas";
    password() = "/paskyra/slaptazodis";
    end_sign_in(sign_in: SignInId) = "/paskyra/prisijungimai/{sign_in}/baigti";
    end_other_sign_ins() = "/paskyra/prisijungimai/baigti";

    calendar() = "/paskyra/kalendorius";
    calendar_end() = "/paskyra/kalendorius/baigti";
    /// What a calendar reads without a sign-in.
    calendar_feed(token: impl Display) = "/kalendorius/{token}/susitikimai.ics";

    administration() = "/valdymas";
    kinds() = "/valdymas/rusys";
    /// The log of acts; the table has the same filters.
    acts() = "/valdymas/veiksmai";
    acts_csv() = "/valdymas/veiksmai.csv";
    network_kinds() = "/valdymas/rusys/tinklu";
    network_kind(kind: impl Display) = "/valdymas/rusys/tinklu/{kind}";
    institution_kinds() = "/valdymas/rusys/istaigu";
    institution_kind(kind: impl Display) = "/valdymas/rusys/istaigu/{kind}";
    schools() = "/valdymas/mokyklos";
    school_edit(school: SchoolId) = "/mokyklos/{school}/keisti";
    people() = "/valdymas/zmones";
    people_invite() = "/valdymas/zmones/pakviesti";
    people_uninvite(invitation: InvitationId) = "/valdymas/zmones/kvietimai/{invitation}/atsaukti";
    person(person: PersonId) = "/valdymas/zmones/{person}";
    person_suspend(person: PersonId) = "/valdymas/zmones/{person}/sustabdyti";
    person_return(person: PersonId) = "/valdymas/zmones/{person}/grazinti";
    role_give(person: PersonId) = "/valdymas/zmones/{person}/vaidmenys";
    role_take(person: PersonId, role: impl Display) = "/valdymas/zmones/{person}/vaidmenys/{role}/atimti";
    /// What role one is invited to, and the form that takes it with a new account.
    role_invitation(token: impl Display) = "/vaidmuo/{token}";
    /// Takes it with the account one is signed in with.
    role_invitation_accept(token: impl Display) = "/vaidmuo/{token}/priimti";

    networks() = "/tinklai";
    network_edit(network: NetworkId) = "/tinklai/{network}/keisti";
    mini_new(team: TeamId) = "/komandos/{team}/tinkliukai/naujas";
    mini_invited(network: NetworkId) = "/tinklai/{network}/kvieciamos";
    mini_team_remove(network: NetworkId, team: TeamId) = "/tinklai/{network}/komandos/{team}/isimti";
    mini_join(team: TeamId, network: NetworkId) = "/komandos/{team}/tinkliukai/{network}/prisijungti";
    mini_leave(team: TeamId, network: NetworkId) = "/komandos/{team}/tinkliukai/{network}/palikti";
    network_people(network: NetworkId) = "/tinklai/{network}/zmones";
    network_role_take(network: NetworkId, person: PersonId, role: impl Display) =
        "/tinklai/{network}/zmones/{person}/vaidmenys/{role}/atimti";
    network_uninvite(network: NetworkId, invitation: InvitationId) = "/tinklai/{network}/kvietimai/{invitation}/atsaukti";
    network_new() = "/tinklai/naujas";
    network(network: NetworkId) = "/tinklai/{network}";
    school_new(network: NetworkId) = "/tinklai/{network}/mokyklos/nauja";
    team_new(network: NetworkId) = "/tinklai/{network}/komandos/nauja";
    space_new(network: NetworkId) = "/tinklai/{network}/erdves/nauja";

    team(team: TeamId) = "/komandos/{team}";
    team_activate(team: TeamId) = "/komandos/{team}/veikti";
    team_archive(team: TeamId) = "/komandos/{team}/archyvuoti";
    team_return(team: TeamId) = "/komandos/{team}/grazinti";
    team_lead(team: TeamId) = "/komandos/{team}/vadovas";
    team_leave(team: TeamId) = "/komandos/{team}/palikti";
    member_remove(team: TeamId, person: PersonId) = "/komandos/{team}/nariai/{person}/pasalinti";
    invite(team: TeamId) = "/komandos/{team}/kvietimas";
    invitation_revoke(team: TeamId) = "/komandos/{team}/kvietimas/atsaukti";
    /// Where a code that was told is typed; with `?code=` it leads on to `invitation`.
    invitation_code() = "/kvietimas";
    /// What one is invited to, and the form that joins with a new account.
    invitation(code: impl Display) = "/kvietimas/{code}";
    /// Joins with the account one is signed in with.
    invitation_accept(code: impl Display) = "/kvietimas/{code}/priimti";

    spaces() = "/erdves";
    space(space: SpaceId) = "/erdves/{space}";
    space_edit(space: SpaceId) = "/erdves/{space}/keisti";
    space_teams(space: SpaceId) = "/erdves/{space}/komandos";
    space_team_out(space: SpaceId, team: TeamId) = "/erdves/{space}/komandos/{team}/isimti";
    space_archive(space: SpaceId) = "/erdves/{space}/archyvuoti";
    space_return(space: SpaceId) = "/erdves/{space}/grazinti";

    problems() = "/problemos";
    problem(problem: ProblemId) = "/problemos/{problem}";
    problem_new(space: SpaceId) = "/erdves/{space}/problemos/nauja";
    problem_edit(problem_id: ProblemId) = "/problemos/{problem_id}/keisti";
    problem_state(problem: ProblemId) = "/problemos/{problem}/busena";
    problem_same(problem: ProblemId) = "/problemos/{problem}/ta-pati";
    problem_versions(problem: ProblemId) = "/problemos/{problem}/versijos";
    problem_restore(problem: ProblemId) = "/problemos/{problem}/versijos/grazinti";
    problem_discard(problem: ProblemId) = "/problemos/{problem}/ismesti";
    problem_merge(problem: ProblemId) = "/problemos/{problem}/sujungti";
    response_withdraw(problem: ProblemId, response: ResponseId) = "/problemos/{problem}/atsakymai/{response}/atsaukti";
    problem_respond(problem: ProblemId) = "/problemos/{problem}/atsakymai";

    /// The file itself.
    file(file: FileId) = "/failai/{file}";
    /// A small copy of a picture.
    file_small(file: FileId) = "/failai/{file}/mazas";
    file_remove(file: FileId) = "/failai/{file}/salinti";
    problem_attach(problem: ProblemId) = "/problemos/{problem}/failai";
    practice_attach(practice: PracticeId) = "/praktikos/{practice}/failai";

    practices() = "/praktikos";
    practice(practice: PracticeId) = "/praktikos/{practice}";
    practice_card(practice: PracticeId) = "/praktikos/{practice}/kortele";
    practice_new(space: SpaceId) = "/erdves/{space}/praktikos/nauja";
    practice_versions(practice: PracticeId) = "/praktikos/{practice}/versijos";
    practice_restore(practice: PracticeId) = "/praktikos/{practice}/versijos/grazinti";
    practice_withdraw(practice: PracticeId) = "/praktikos/{practice}/atsaukti";
    practice_edit(practice_id: PracticeId) = "/praktikos/{practice_id}/keisti";

    sessions() = "/sesijos";
    /// The live room.
    session(session: SessionId) = "/sesijos/{session}";
    session_new(space: SpaceId) = "/erdves/{space}/sesijos/nauja";
    session_edit(session_id: SessionId) = "/sesijos/{session_id}/keisti";
    session_cancel(session: SessionId) = "/sesijos/{session}/atsaukti";
    session_answer(session: SessionId) = "/sesijos/{session}/atsakymas";
    session_ics(session: SessionId) = "/sesijos/{session}/sesija.ics";
    series_ics(series: SeriesId) = "/sesijos/serijos/{series}/serija.ics";
    breakouts(session: SessionId) = "/sesijos/{session}/grupes";
    breakouts_open(session: SessionId) = "/sesijos/{session}/grupes/pradeti";
    breakouts_extend(session: SessionId) = "/sesijos/{session}/grupes/pratesti";
    breakouts_move(session: SessionId) = "/sesijos/{session}/grupes/perkelti";
    breakouts_close(session: SessionId) = "/sesijos/{session}/grupes/susaukti";
    attendance(session: SessionId) = "/sesijos/{session}/lankomumas";
    attendance_correct(session: SessionId) = "/sesijos/{session}/lankomumas/pataisa";
    attendance_share(session: SessionId) = "/sesijos/{session}/lankomumas/dalis";
    attendance_csv(session: SessionId) = "/sesijos/{session}/lankomumas.csv";
    attendance_xlsx(session: SessionId) = "/sesijos/{session}/lankomumas.xlsx";
    minutes(session: SessionId) = "/sesijos/{session}/protokolas";
    minutes_edit(session: SessionId) = "/sesijos/{session}/protokolas/taisyti";
    minutes_sign(session: SessionId) = "/sesijos/{session}/protokolas/pasirasyti";
    minutes_remake(session: SessionId) = "/sesijos/{session}/protokolas/is-naujo";
    minutes_add(session: SessionId) = "/sesijos/{session}/protokolas/priedai";
    minutes_md(session: SessionId) = "/sesijos/{session}/protokolas.md";
    minutes_pdf(session: SessionId) = "/sesijos/{session}/protokolas.pdf";
    /// What was written together, and what it said before.
    notes(session: SessionId) = "/sesijos/{session}/uzrasai";
    notes_restore(session: SessionId) = "/sesijos/{session}/uzrasai/grazinti";
    record(session: SessionId) = "/sesijos/{session}/irasas";

    /// Plans by which sessions are planned.
    plans() = "/scenarijai";
    plan(plan: PlanId) = "/scenarijai/{plan}";
    plan_new(network: NetworkId) = "/tinklai/{network}/scenarijai/naujas";
    plan_edit(plan: PlanId) = "/scenarijai/{plan}/keisti";
    plan_drop(plan: PlanId) = "/scenarijai/{plan}/ismesti";

    actions() = "/uzduotys";
    action(action: ActionItemId) = "/uzduotys/{action}";
    action_edit(action: ActionItemId) = "/uzduotys/{action}/keisti";
    action_state(action: ActionItemId) = "/uzduotys/{action}/busena";
    action_new(space: SpaceId) = "/erdves/{space}/uzduotys/nauja";

    agreements(space: SpaceId) = "/erdves/{space}/susitarimai";
    agreement(agreement: AgreementId) = "/susitarimai/{agreement}";
    agreement_review(agreement: AgreementId) = "/susitarimai/{agreement}/perziura";
    agreement_link(agreement: AgreementId) = "/susitarimai/{agreement}/problema";

    /// With `?session=` for a message.
    report(kind: impl Display, item: impl Display) = "/pranesti/{kind}/{item}";
    reported() = "/pranesta";
    moderation() = "/prieziura";
    moderation_hide() = "/prieziura/paslepti";
    report_dismiss(report: ReportId) = "/prieziura/pranesimai/{report}/atmesti";
    hiding_decide(hiding: HidingId) = "/prieziura/paslepta/{hiding}/sprendimas";
    own_hidden() = "/paskyra/paslepta";
    hiding_appeal(hiding: HidingId) = "/paskyra/paslepta/{hiding}/papriestarauti";

    /// With `?session=` for a message.
    redact(of: impl Display, item: impl Display) = "/pasalinti/{of}/{item}";
    redacted(of: impl Display, item: impl Display) = "/pasalinta/{of}/{item}";

    search() = "/paieska";
    /// The program's licence and source.
    licence() = "/licencija";
    /// What the service worker shows where it has no copy.
    offline() = "/be-rysio";
    api() = "/api/v1/openapi.json";
}

/// The sign-in page that leads back to `path`.
pub fn sign_in_then(path: &str) -> String {
    with_query(&sign_in(), &[("grizti", path)])
}

/// `path` with the pairs whose value is not empty as its query.
pub fn with_query(path: &str, pairs: &[(&str, &str)]) -> String {
    let mut address = path.to_owned();
    let mut separator = '?';
    for (name, value) in pairs.iter().filter(|(_, value)| !value.is_empty()) {
        address.push(separator);
        address.push_str(name);
        address.push('=');
        address.push_str(&model::address::encode(value));
        separator = '&';
    }
    address
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_and_its_template_agree() {
        let id = "0192f0c1-2b3c-7d4e-8f50-0123456789ab";
        let made = problem_edit(id.parse().unwrap());
        let split = model::address::split(template::problem_edit, &made).unwrap();
        assert_eq!(split, [("problem_id".to_owned(), id.to_owned())]);
    }

    #[test]
    fn a_way_back_is_one_value_of_the_query() {
        assert_eq!(sign_in_then("/problemos?area=steam&x"), "/prisijungti?grizti=%2Fproblemos%3Farea%3Dsteam%26x");
        assert_eq!(with_query("/a", &[("b", ""), ("c", "ž")]), "/a?c=%C5%BE");
    }
}
