//! Draws the pages with sample data into `target/preview`, to be looked at: `cargo run -p pages --example preview`, then
//! `python3 -m http.server -d target/preview`. Files are named after the page, its language and its state.

use std::{
    fs,
    path::{Path, PathBuf},
};

use maud::Markup;
use model::{access::Actor, refusal::*, sessions::*};
use pages::{
    Assets, Context, FormState, Theme, accounts, errors, home, networks, practices, problems, search, sessions, spaces,
    teams,
};
use serde_json::{Value, json};
use text::Lang;

const ID: &str = "0192f0c1-2b3c-7d4e-8f50-0123456789ab";
const OTHER: &str = "0192f0c1-2b3c-7d4e-8f50-0123456789ac";
const AT: i64 = 1_795_350_600_000;

fn of<T: serde::de::DeserializeOwned>(value: Value) -> T {
    serde_json::from_value(value).unwrap_or_else(|error| panic!("sample: {error}"))
}

fn main() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let out = root.join("target/preview");
    fs::create_dir_all(out.join("static")).unwrap();
    for entry in fs::read_dir(root.join("web/public")).unwrap().flatten() {
        fs::copy(entry.path(), out.join("static").join(entry.file_name())).unwrap();
    }
    let mut names: Vec<_> = fs::read_dir(root.join("web/style")).unwrap().flatten().map(|entry| entry.path()).collect();
    names.retain(|path| path.extension().is_some_and(|end| end == "css"));
    names.sort_by_key(|path| (!path.ends_with("tokens.css"), !path.ends_with("base.css"), path.clone()));
    let is_live = |path: &&PathBuf| path.file_name().is_some_and(|name| name.to_string_lossy().starts_with("live"));
    let (live, common): (Vec<_>, Vec<_>) = names.iter().partition(is_live);
    let joined = |paths: &[&PathBuf]| paths.iter().map(|path| fs::read_to_string(path).unwrap()).collect::<String>();
    fs::write(out.join("static/live.css"), joined(&live)).unwrap();
    let style = joined(&common);
    let style: &'static str = style.leak();
    for (name, page) in samples(style) {
        fs::write(out.join(format!("{name}.html")), page.into_string()).unwrap();
        println!("{name}");
    }
}

fn context(style: &'static str, actor: Actor, lang: Lang) -> Context {
    Context {
        lang,
        theme: Theme::Auto,
        actor,
        acting: None,
        path: "/erdves".into(),
        origin: "https://tinklaveika.example".into(),
        form: None,
        key: None,
        done: None,
        read_only: false,
        files: model::files::FileLimits::default(),
        redactions: Vec::new(),
        redact: None,
        assets: Assets {
            style,
            address: |name| match name {
                "icon.svg" => Some("/static/icon.svg"),
                "live.css" => Some("/static/live.css"),
                _ => None,
            },
        },
    }
}

fn rasa() -> Actor {
    Actor::Person(Box::new(of(json!({
        "id": ID, "name": "Rasa Jankauskienė", "suspended": false, "roles": [],
        "teams": [
            { "team": ID, "network": ID, "lead": true, "name": "Ąžuolas", "school": "Ąžuolyno progimnazija" },
            { "team": OTHER, "network": ID, "lead": false, "name": "Pušynas", "school": "Pušyno pagrindinė mokykla" }
        ]
    }))))
}

fn session(state: &str, title: &str) -> Value {
    json!({ "id": ID, "space": ID, "space_name": "Įtraukiojo ugdymo dirbtuvė", "title": title, "state": state, "starts_at": AT,
        "minutes": 50, "facilitator": "Rūta Kazlauskienė" })
}

fn space() -> Value {
    json!({ "id": ID, "name": "Įtraukiojo ugdymo dirbtuvė", "visibility": "network", "network": ID,
        "about": "Trijų mokyklų komandos ieško, kaip pamokoje būtų vietos kiekvienam.",
        "network_name": "Besimokančių mokyklų tinklas „Kartu“", "archived": false, "teams": 3, "problems": 5, "practices": 21, "live": true })
}

fn team(name: &str, state: &str, members: i64) -> Value {
    json!({ "id": ID, "name": name, "state": state, "network": ID, "network_name": "Besimokančių mokyklų tinklas „Kartu“",
        "school": "Ąžuolyno progimnazija", "municipality": "LT-53", "municipality_name": "Ukmergės rajono savivaldybė", "members": members })
}

fn problem(title: &str, area: &str, state: &str) -> Value {
    json!({ "id": ID, "space": ID, "space_name": "Įtraukiojo ugdymo dirbtuvė", "title": title, "area": area, "state": state,
        "team_name": "Ąžuolas", "school": "Ąžuolyno progimnazija", "municipality_name": "Ukmergės rajono savivaldybė",
        "responses": 2, "posted_at": AT })
}

fn practice(title: &str, area: &str) -> Value {
    json!({ "id": ID, "space": ID, "space_name": "Geroji patirtis visiems", "title": title, "state": "published", "area": area,
        "summary": "Du kartus per metus mokinys pats veda pokalbį su tėvais ir mokytoju apie tai, kas pavyko ir ko dar reikia.",
        "span": { "from": 5, "to": 8 }, "cost": "none", "team_name": "Šaltinis", "school": "Šaltinių gimnazija",
        "municipality": "LT-02", "municipality_name": "Alytaus miesto savivaldybė", "updated_at": AT, "published_at": AT })
}

fn member(name: &str, lead: bool) -> Value {
    json!({ "person": ID, "name": name, "profession": "pupil_support", "lead": lead, "since": AT })
}

fn space_page() -> model::spaces::SpacePage {
    of(json!({
        "space": space(),
        "teams": [team("Ąžuolas", "active", 5), team("Šaltinis", "active", 6), team("Pušynas", "forming", 4)],
        "problems": [problem("7–8 klasių mokiniai neatlieka namų darbų", "inclusion", "in_progress"),
            problem("Tėvai neateina į pokalbius", "leadership", "posted")],
        "practices": [practice("Trišaliai pokalbiai, kuriuos veda mokinys", "inclusion")],
        "sessions": [session("open", "Kaip grąžinti motyvaciją septintokams"), session("planned", "Vertinimo kriterijai mokinio akimis"),
            session("closed", "Pirmasis susitikimas")],
        "drafts": [{ "kind": "problem", "id": ID, "title": "Pertraukos per trumpos" }],
        "lately": [{ "at": AT, "kind": "response", "id": ID, "title": "7–8 klasių mokiniai neatlieka namų darbų", "who": "Vilma Stankevičienė", "team": "Šaltinis" },
            { "at": AT, "kind": "practice", "id": ID, "title": "Trišaliai pokalbiai, kuriuos veda mokinys", "who": "Lina Kavaliauskienė", "team": "Šaltinis" }],
        "may": { "contribute": true, "schedule": true, "keep": true, "bring_back": false },
        "addable": [team("Šaltinis", "active", 6)], "version": 1
    }))
}

fn problem_text() -> Value {
    json!({ "title": "7–8 klasių mokiniai neatlieka namų darbų", "area": "inclusion", "topics": ["motivation"], "group": "7–8 klasių mokiniai",
        "text": "Nuo rugsėjo trečdalis klasės ateina be namų darbų. Bandėme priminimus dienyne, jie padėjo savaitę.\n\nMokytojai skirtingai vertina, todėl mokiniai nežino, ko tikėtis.",
        "goal": "Iki pavasario namų darbus atlieka bent keturi iš penkių mokinių.",
        "evidence": [{ "kind": "survey", "text": "Iš 86 apklaustų mokinių 31 nesupranta, kam namų darbai skiriami." },
            { "kind": "attendance", "text": "Pirmadieniais pamokų lankomumas mažesnis 8 procentais." }] })
}

fn problem_page(state: &str) -> model::problems::ProblemPage {
    of(json!({
        "card": problem("7–8 klasių mokiniai neatlieka namų darbų", "inclusion", state), "text": problem_text(),
        "topics": [{ "key": "motivation", "lt": "Mokymosi motyvacija", "en": "Motivation to learn" }], "author": "Rasa Jankauskienė", "archived": false,
        "responses": [{ "id": ID, "by": "Vilma Stankevičienė", "team": "Šaltinis", "at": AT, "practice": null, "withdrawn": false, "may_withdraw": true, "text": "Pas mus padėjo bendras susitarimas: ne daugiau kaip dvi užduotys per dieną, ir visada aišku kam." }],
        "history": [{ "state": "posted", "by": "Rasa Jankauskienė", "at": AT, "note": null }, { "state": "in_progress", "by": "Tomas Balčiūnas", "at": AT, "note": "Pradėjome bandymą 7b klasėje." }],
        "team": null, "same": [{ "id": ID, "name": "Šaltinis", "school": "Šaltinių gimnazija", "municipality_name": "Alytaus miesto savivaldybė" }],
        "may_edit": true, "may_respond": true, "may_same": true, "may_merge": true, "may_discard": false, "version": 3
    }))
}

fn practice_page() -> model::practices::PracticePage {
    of(json!({
        "card": practice("Trišaliai pokalbiai, kuriuos veda mokinys", "inclusion"),
        "text": { "title": "Trišaliai pokalbiai, kuriuos veda mokinys", "summary": "Du kartus per metus mokinys pats veda pokalbį su tėvais ir mokytoju.",
            "area": "inclusion", "span": { "from": 5, "to": 8 }, "context": "Tėvų susirinkimuose kalbėdavo tik mokytojai, o mokinys apie save girdėdavo iš kitų.",
            "steps": ["Mokinys su klasės vadovu pasirengia: trys dalykai, kurie pavyko, ir vienas, kurio imsis.", "Pokalbis trunka 20 minučių. Kalba mokinys, suaugusieji klausia.", "Visi trys užrašo vieną susitarimą."],
            "who": "Klasės vadovas, mokinys, vienas iš tėvų.", "cost": "none", "time": "Po 20 minučių kiekvienam mokiniui, du kartus per metus.",
            "materials": "Vieno lapo klausimynas.", "result": "Tėvų dalyvavimas išaugo nuo 58 iki 91 procento.", "limits": "Netinka vien per nuotolį.", "licence": "CC BY 4.0", "topics": [] },
        "topics": [], "author": "Lina Kavaliauskienė", "archived": false, "offered_for": [], "may_edit": false, "may_withdraw": true, "version": 1, "updated_at": AT
    }))
}

fn refused(mut ctx: Context, call: &'static str, pairs: &[(&str, &str)], refusals: Vec<Refusal>) -> Context {
    let pairs = pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
    ctx.form = Some(FormState { call, pairs, refusals: Refusals(refusals) });
    ctx
}

fn samples(style: &'static str) -> Vec<(&'static str, Markup)> {
    let anyone = context(style, Actor::Anonymous, Lang::Lt);
    let me = context(style, rasa(), Lang::Lt);
    let admin = context(
        style,
        Actor::Person(Box::new(of(json!({ "id": ID, "name": "Ona Vaitkienė", "suspended": false,
        "roles": [{ "role": "administrator" }], "teams": [] })))),
        Lang::Lt,
    );
    let english = context(style, rasa(), Lang::En);
    let topics = of::<Vec<_>>(json!([{ "key": "motivation", "lt": "Mokymosi motyvacija", "en": "Motivation" },
        { "key": "assessment", "lt": "Vertinimas", "en": "Assessment" }, { "key": "language", "lt": "Lietuvių kalba namuose ir mokykloje", "en": "Language" },
        { "key": "parents", "lt": "Bendradarbiavimas su tėvais", "en": "Parents" }, { "key": "sup", "lt": "Specialieji ugdymosi poreikiai", "en": "Special needs" },
        { "key": "climate", "lt": "Klasės klimatas", "en": "Climate" }]));
    let kinds =
        of::<Vec<_>>(json!([{ "key": "bmt", "lt": "Besimokančių mokyklų tinklas", "en": "Learning schools network" },
        { "key": "tum", "lt": "Tūkstantmečio mokyklos", "en": "Millennium schools" }]));
    let network = json!({ "id": ID, "name": "Besimokančių mokyklų tinklas „Kartu“", "kind": "bmt", "teams": 2, "municipalities": 2 });
    let list = of(
        json!({ "items": [practice("Trišaliai pokalbiai, kuriuos veda mokinys", "inclusion"), practice("STEAM diena be pamokų", "steam"),
        practice("Mokytojų stebėjimo trejetai", "leadership"), practice("Miestelio istorijos gidas", "culture")], "next": "abc", "total": 21,
        "areas": [{ "value": "inclusion", "count": 9 }, { "value": "steam", "count": 12 }], "stages": [{ "value": "primary", "count": 4 }],
        "municipalities": [{ "value": "LT-02", "name": "Alytaus miesto savivaldybė", "count": 12 }] }),
    );
    let team_page = |state: &str, names: &[&str]| {
        of::<model::teams::TeamPage>(json!({
        "id": ID, "name": "Ąžuolas", "state": state, "network": ID, "network_name": "Besimokančių mokyklų tinklas „Kartu“",
        "school": { "id": ID, "name": "Ąžuolyno progimnazija", "municipality": "LT-53", "municipality_name": "Ukmergės rajono savivaldybė", "kind": "progymnasium", "version": 1 },
        "members": names.iter().enumerate().map(|(at, name)| member(name, at == 0)).collect::<Vec<_>>(),
        "invitation": { "expires_at": AT, "joined": 2 }, "may_lead": true, "may_archive": true, "may_return": false, "mini_networks": [], "version": 1 }))
    };
    let five = ["Rasa Jankauskienė", "Tomas Balčiūnas", "Eglė Šimkutė", "Mindaugas Urbonas", "Ieva Žukauskaitė"];
    let home = home::Home {
        unverified: false,
        actions: Vec::new(),
        meetings: Vec::new(),
        spaces: vec![of(space()), of(space())],
        sessions: vec![
            of(session("open", "Kaip grąžinti motyvaciją septintokams")),
            of(session("planned", "Vertinimo kriterijai mokinio akimis")),
        ],
        practices: vec![of(practice("STEAM diena be pamokų", "steam"))],
    };
    let record = of(
        json!({ "card": session("closed", "Pirmasis susitikimas"), "opened_at": AT, "closed_at": AT + 3_000_000,
        "steps": [{ "title": "Susipažinimas", "planned_minutes": 10, "started_at": AT, "ended_at": AT + 720_000 }, { "title": "Problemos aptarimas", "planned_minutes": 30, "started_at": null, "ended_at": null }],
        "people": five.map(|name| json!({ "name": name, "team": "Ąžuolas", "school": "Ąžuolyno progimnazija", "first_seen": AT })),
        "messages": [{ "id": ID, "by": "Rasa Jankauskienė", "team": "Ąžuolas", "text": "Labas rytas, ar visi girdi?", "edited": false, "at": AT, "reply_to": null },
            { "id": OTHER, "by": "Vilma Stankevičienė", "team": "Šaltinis", "text": "Girdime gerai. Pradėkime nuo apklausos.", "edited": true, "at": AT, "reply_to": "Labas rytas, ar visi girdi?" }],
        "floor": [{ "name": "Tomas Balčiūnas", "from": AT, "to": AT + 120_000 }] }),
    );
    let room = |state: &str| {
        of::<SessionPage>(json!({ "card": session(state, "Kaip grąžinti motyvaciją septintokams"),
        "steps": [{ "title": "Susipažinimas ir tikslas", "minutes": 10 }, { "title": "Problemos aptarimas", "minutes": 30 }], "may_take_part": true, "may_facilitate": true, "version": 1 }))
    };
    let account = of(
        json!({ "id": ID, "name": "Rasa Jankauskienė", "email": "rasa@tinklaveika.example", "email_verified": true, "profession": "deputy_head",
        "suspended": false, "roles": [], "teams": [{ "team": ID, "network": ID, "lead": true, "name": "Ąžuolas", "school": "Ąžuolyno progimnazija" }] }),
    );
    let sign_ins =
        of::<Vec<_>>(json!([{ "id": ID, "device": "Firefox, Windows", "since": AT, "last_seen": AT, "current": true },
        { "id": OTHER, "device": "Chrome, Android", "since": AT, "last_seen": AT, "current": false }]));
    let invited = of(
        json!({ "team": OTHER, "team_name": "Pušynas", "school": "Pušyno pagrindinė mokykla", "municipality_name": "Utenos rajono savivaldybė",
        "network_name": "Besimokančių mokyklų tinklas „Kartu“", "members": 4 }),
    );
    let piece = |text: &str, marked: bool| json!({ "text": text, "marked": marked });
    let hit = |kind: &str| {
        json!({ "kind": kind, "id": ID, "title": [piece("Mokinių ", false), piece("vertinimo", true), piece(" kriterijai", false)],
        "snippet": [piece("Kartu su mokiniais sutariame, kaip bus ", false), piece("vertinama", true), piece(".", false)], "area": "inclusion",
        "space_name": "Geroji patirtis visiems", "school": "Šaltinių gimnazija", "municipality_name": "Alytaus miesto savivaldybė" })
    };
    let found = of(json!({ "items": [hit("practice"), hit("problem")], "total": 2, "way": "all" }));
    let nothing = of(json!({ "items": [], "total": 0, "way": "all" }));
    let wrong = vec![
        Refusal::of(Code::FieldNeeded).at("problem.title"),
        Refusal::of(Code::ProblemArea).at("problem.area"),
        Refusal::of(Code::ProblemEvidence).at("problem.evidence"),
        Refusal::of(Code::TextLong).at("problem.goal").fact("count", 1042).fact("limit", 1000),
    ];
    let pairs =
        [("problem.goal", "Iki pavasario…"), ("problem.evidence.1.text", "Pavyzdys"), ("problem.topics", "parents")];
    let warned = vec![Refusal::of(Code::GuardContact).at("text")];
    vec![
        ("home-anyone", home::page(&anyone, &home)),
        ("home-me", home::page(&me, &home)),
        ("home-en", home::page(&english, &home)),
        ("home-empty", home::page(&anyone, &home::Home::default())),
        ("sign-in", accounts::sign_in(&anyone, "/problemos")),
        ("forgotten", accounts::forgotten(&anyone)),
        ("forgotten-sent", accounts::forgotten_sent(&anyone)),
        ("reset", accounts::reset(&anyone, "token")),
        ("reset-done", accounts::reset_done(&anyone)),
        (
            "sign-in-wrong",
            accounts::sign_in(
                &refused(
                    anyone.clone(),
                    "SignIn",
                    &[("email", "rasa@tinklaveika.example")],
                    vec![Refusal::of(Code::SignInWrong)],
                ),
                "",
            ),
        ),
        ("set-up", accounts::set_up(&Context { origin: "http://10.0.0.5:8080".into(), ..anyone.clone() }, "token")),
        ("verify", accounts::verify(&anyone, "token")),
        ("account", accounts::account(&me, &account, &sign_ins)),
        ("networks", networks::list(&admin, &[of(network.clone())], &kinds)),
        (
            "network",
            networks::page(
                &admin,
                &of(
                    json!({ "network": network, "about": "Mokyklos, kurios mokosi viena iš kitos.", "teams": [team("Ąžuolas", "active", 5)], "people": [], "spaces": [space()],
                        "mini_networks": [], "invited": [], "invitable": [], "version": 1 }),
                ),
                &kinds,
            ),
        ),
        ("network-new", networks::new(&admin, &kinds)),
        (
            "school-new",
            networks::new_school(
                &admin,
                &of(network.clone()),
                &[],
                &of::<Vec<_>>(json!([{ "key": "gymnasium", "lt": "Gimnazija", "en": "Gymnasium" }])),
            ),
        ),
        ("team-new", networks::new_team(&admin, &of(network.clone()), &[])),
        ("space-new", networks::new_space(&admin, &of(network.clone()))),
        (
            "team-forming",
            teams::page(
                &me,
                &team_page("forming", &five[..4]),
                Some(&of(
                    json!({ "code": "K7QM 2XTA 9PRD", "link": "https://tinklaveika.example/kvietimas/K7QM2XTA9PRD", "expires_at": AT, "team": ID }),
                )),
            ),
        ),
        ("team-ready", teams::page(&me, &team_page("forming", &five), None)),
        ("team-active", teams::page(&me, &team_page("active", &five), None)),
        ("team-archived", teams::page(&me, &team_page("archived", &five), None)),
        ("invited", teams::invited(&anyone, "K7QM2XTA9PRD", &invited)),
        ("code", teams::code(&anyone, None)),
        ("spaces", spaces::list(&me, &[of(space()), of(space())])),
        ("spaces-none", spaces::list(&me, &[])),
        ("space", spaces::page(&me, &space_page())),
        ("space-edit", spaces::edit(&me, &space_page())),
        (
            "problems",
            problems::list(
                &me,
                &Default::default(),
                &of(
                    json!({ "items": [problem("7–8 klasių mokiniai neatlieka namų darbų", "inclusion", "in_progress"), problem("Tėvai neateina į pokalbius", "leadership", "posted"), problem("Robotikos būrelis tuščias", "steam", "solved")], "next": "x" }),
                ),
                &topics,
            ),
        ),
        ("problems-none", problems::list(&me, &Default::default(), &of(json!({ "items": [] })), &topics)),
        ("problem", problems::page(&me, &problem_page("in_progress"), &[])),
        ("problem-draft", problems::page(&me, &problem_page("draft"), &[])),
        (
            "problem-warned",
            problems::page(
                &refused(me.clone(), "Respond", &[("text", "Rašykite man: vardas@mokykla.lt")], warned),
                &problem_page("posted"),
                &[],
            ),
        ),
        ("problem-new", problems::new(&me, &space_page(), &topics)),
        (
            "problem-new-wrong",
            problems::new(&refused(me.clone(), "PostProblem", &pairs, wrong), &space_page(), &topics),
        ),
        ("problem-edit", problems::edit(&me, &problem_page("posted"), &topics)),
        (
            "problem-changed",
            problems::edit(
                &refused(
                    me.clone(),
                    "EditProblem",
                    &[("problem.title", "Mano tekstas")],
                    vec![Refusal::of(Code::Changed)],
                ),
                &problem_page("posted"),
                &topics,
            ),
        ),
        ("practices", practices::list(&anyone, &Default::default(), &list)),
        ("practice", practices::page(&anyone, &practice_page())),
        ("practice-new", practices::new(&me, &space_page(), &topics)),
        (
            "sessions",
            sessions::list(
                &me,
                &Default::default(),
                &of(
                    json!({ "items": [session("open", "Kaip grąžinti motyvaciją septintokams"), session("planned", "Vertinimo kriterijai mokinio akimis"), session("closed", "Pirmasis susitikimas")] }),
                ),
            ),
        ),
        ("session-new", sessions::new(&me, &space_page(), &[], &[], None)),
        ("session-room", sessions::room(&me, &room("open"), None)),
        ("record", sessions::record(&me, &record, None)),
        ("search", search::search(&anyone, &of(json!({ "q": "vertinimas" })), &found)),
        ("search-none", search::search(&anyone, &of(json!({ "q": "vertinimas" })), &nothing)),
        ("error-404", errors::refused(&anyone, &Refusal::of(Code::Missing).into(), &[])),
        ("error-401", errors::refused(&anyone, &Refusal::of(Code::SignInNeeded).into(), &[])),
        ("error-410", errors::refused(&anyone, &Refusal::of(Code::LinkUsed).into(), &[])),
        (
            "error-507",
            errors::refused(
                &me,
                &Refusal::of(Code::DiskFull).into(),
                &[("text".into(), "Pas mus padėjo bendras susitarimas.".into())],
            ),
        ),
        ("error-500", errors::failed(&me, "0192f0c1", &[])),
    ]
}
