//! Minutes: drafted from what happened as worked by hand, edited by one at a time, frozen once signed, and cut where they must be.

mod scene;

use std::io::Read;

use db::sql;
use model::{
    audit::ListActs,
    ids::*,
    live::{Choice, Event, PollEvent, PollKind, Results, Sheet},
    minutes::*,
    redactions::{Passage, RedactText, TextOf},
    refusal::Code,
    sessions::ReadRecord,
    time::Millis,
    words::{Line, Prose},
};
use serde_json::json;
use server::auth::digest;
use tests::{app::BEGINNING, on_both};

use scene::{held, on_a_board};

const DRAFT: &str = "\
# Protokolas: Kaip padėti pamokoje

- Erdvė: Įtraukiojo ugdymo dirbtuvė
- Vyko: 2026-11-22 14:30–15:00
- Vedė: Rasa Jankauskienė
- Dalyvavo: 4 žmonės

## Dalyviai

- Ąžuolas, Ąžuolo gimnazija: Rasa Jankauskienė, Tomas Balčiūnas
- Šaltinis: Vilma
- Be komandos: Ona Vaitkienė

## Darbotvarkė

| Žingsnis | Planuota | Truko | Kada |
| --- | --- | --- | --- |
| Kas \\*iš tikrųjų\\* ¦ vyksta | 10 min. | 12 min. | 14:31–14:43 |
| Sprendimai | 20 min. | nespėta | – |

## Klausimai

- 14:33 Tomas Balčiūnas, Ąžuolas: Kaip padėti tiems, | kurie tyli?
- 14:35 Vilma, Šaltinis: # Nežinau, ar pavyks &lt;b>

## Užduotys

- Paruošti apklausą (Tomas Balčiūnas, „Ąžuolas“, iki 2026-12-04)
- Atspausdinti korteles (Komanda „Šaltinis“)
";

on_both! {
    async fn a_draft_is_what_happened_as_worked_by_hand(app) {
        let session = held(app).await;
        let tomas = app.as_("Tomas").await;
        let page = tomas.call(ReadMinutes { session }).await.granted();
        assert_eq!(page.minutes.markdown(), DRAFT);
        assert_eq!((page.state, page.may_keep), (MinutesState::Draft, false));
        assert_eq!(page.hash, digest(DRAFT));
        // Read again it is the same, and no row was made by reading.
        assert_eq!(tomas.call(ReadMinutes { session }).await.granted(), page);
        let file = tomas.get(&format!("/sesijos/{session}/protokolas.md")).await;
        assert_eq!(file.header("content-type"), Some("text/markdown; charset=utf-8"));
        assert!(file.text().starts_with(DRAFT) && file.text()[DRAFT.len()..].starts_with("***\n"), "{}", file.text());
        let shown = tomas.get(&format!("/sesijos/{session}/protokolas")).await;
        assert!(shown.text().contains("<td>14:31–14:43</td>") && shown.text().contains("Nežinau, ar pavyks &lt;b&gt;"), "{}", shown.text());
        assert!(!shown.text().contains("Pasirašyti protokolą") && !shown.text().contains("Ištrinta"));
        assert!(tomas.get(&format!("/sesijos/{session}/irasas")).await.text().contains(&format!("/sesijos/{session}/protokolas\"")));
    }

    async fn a_sheet_is_a_tagged_pdf_and_the_same_each_time(app) {
        let session = held(app).await;
        let (rasa, tomas) = (app.as_("Rasa").await, app.as_("Tomas").await);
        let draft = rasa.call(ReadMinutes { session }).await.granted();
        rasa.call(SignMinutes { session, hash: line(&draft.hash) }).await.granted();
        let path = format!("/sesijos/{session}/protokolas.pdf");
        let file = tomas.get(&path).await;
        assert_eq!(file.status, 200);
        assert_eq!(file.header("content-type"), Some("application/pdf"));
        assert_eq!(file.header("content-disposition"), Some("attachment; filename=\"protokolas.pdf\""));
        let bare = |text: &str| text.chars().filter(|c| !c.is_whitespace() && !matches!(c, '-' | '\u{2010}' | '\u{200B}')).collect::<String>();
        let text = bare(&pdf_extract::extract_text_from_mem(&file.body).unwrap());
        for told in ["Kaip padėti pamokoje", "Rasa Jankauskienė, Tomas Balčiūnas", "Kas *iš tikrųjų* ¦ vyksta", "14:31–14:43", "kurie tyli?", "# Nežinau, ar pavyks <b>", "Pasirašė: Rasa Jankauskienė", &draft.hash] {
            assert!(text.contains(&bare(told)), "{told}: {text}");
        }
        app.pass(Millis::hours(1));
        assert_eq!(tomas.get(&format!("/api/v1/sessions/{session}/minutes.pdf")).await.body, file.body);
        assert_eq!(app.as_("Nerijus").await.get(&path).await.status, 404);
    }

    async fn polls_and_notes_stand_in_a_draft(app) {
        let session = held(app).await;
        let sheet = |question: &str, kind, options: &[&str]| Sheet {
            question: question.into(),
            kind,
            options: options.iter().map(|option| (*option).into()).collect(),
            each: 3,
            per_option: 0,
            sealed: false,
            anonymous: false,
            seconds: None,
            step: None,
        };
        let poll = |n: u128| PollId::from_uuid(uuid::Uuid::from_u128(n));
        let (at, tomas) = (BEGINNING, app.person("Tomas"));
        let closed = |n, results| Event::Poll(PollEvent::Closed { poll: poll(n), at, results, choices: Default::default() });
        let opened = |n, sheet| Event::Poll(PollEvent::Opened { poll: poll(n), sheet, at, ends_at: None });
        let counted = |counts: &[u32]| Results { counts: counts.to_vec(), voted: 3, voters: 4, ..Results::default() };
        let answer = Choice { text: Some("Kad\nlabiau|klausytume".into()), ..Choice::default() };
        let events = [
            opened(1, sheet("Kur pradedame?", PollKind::Single, &["Pirmoje | klasėje", "Penktoje"])),
            closed(1, counted(&[1, 2])),
            opened(2, sheet("Ar aišku?", PollKind::Scale, &["visai ne", "taip"])),
            closed(2, counted(&[0, 1, 2])),
            opened(3, sheet("Ko palinkėtumėte?", PollKind::Text, &[])),
            Event::Poll(PollEvent::Voted { poll: poll(3), by: tomas, choice: Some(answer) }),
            closed(3, Results { voted: 1, voters: 4, ..Results::default() }),
            opened(4, sheet("Slapta", PollKind::Single, &["a", "b"])),
            closed(4, Results { voted: 2, voters: 5, withheld: true, ..Results::default() }),
            // One that nobody closed has no result.
            opened(5, sheet("Nebaigta", PollKind::Single, &["a", "b"])),
        ];
        let board = BoardId::from_uuid(uuid::Uuid::from_u128(1));
        let events = events.into_iter().chain(on_a_board(board)).collect::<Vec<_>>();
        let command = CommandId::from_uuid(uuid::Uuid::from_u128(8));
        let mut tx = app.app.db.write().await.unwrap();
        server::live::append(&mut tx, session, None, command, &events, at).await.unwrap();
        let update = notes::Notes::new(7).become_text("Užrašas\n- Punktas <b>\n").unwrap();
        sql!("insert into notes (session, epoch, last_seq) values ($1, 'e', 1)", session).run(&mut tx).await.unwrap();
        let row = server::notes::store::Row { seq: 1, data: notes::base64::encode(&update) };
        server::notes::store::insert(&mut tx, session, &[row], at).await.unwrap();
        tx.commit().await.unwrap();
        let text = app.as_("Tomas").await.call(ReadMinutes { session }).await.granted().minutes.markdown();
        let polls = "
## Lentos

### Kas padeda?: Padeda

- Pertraukos: Trumpos
- Pertraukos: Ilgos
- Tyla (Taškai: 3)

### Kas padeda?: Trukdo

- \\*Skubėjimas\\*
- Neatversta kortelė

## Apklausos

### Kur pradedame?

Balsavo 3 iš 4.

| Variantas | Balsai |
| --- | --- |
| Pirmoje ¦ klasėje | 1 |
| Penktoje | 2 |

### Ar aišku?

Balsavo 3 iš 4.

| Variantas | Balsai |
| --- | --- |
| 1 – visai ne | 0 |
| 2 | 1 |
| 3 – taip | 2 |

### Ko palinkėtumėte?

Balsavo 1 iš 4.

- Kad labiau|klausytume

### Slapta

Balsavo 2 iš 5.

Rezultatai neskelbiami: balsavo tiek mažai, kad būtų aišku, kas ką pasirinko.

## Užduotys
";
        assert!(text.contains(polls), "{text}");
        assert!(text.ends_with("\n## Užrašai\n\nUžrašas\n\n- Punktas &lt;b>\n"), "{text}");
    }

    async fn a_space_that_is_taken_away_holds_its_minutes(app) {
        let session = held(app).await;
        let hash = app.as_("Rasa").await.call(ReadMinutes { session }).await.granted().hash;
        app.as_("Rasa").await.call(SignMinutes { session, hash: line(&hash) }).await.granted();
        let actor = crate::planted::actor(app, "Tomas").await;
        let out = std::io::Cursor::new(Vec::new());
        let bytes = server::export::export(&app.app, &actor, app.space("dirbtuve"), text::Lang::En, out).await.unwrap();
        let mut zip = zip::ZipArchive::new(std::io::Cursor::new(bytes.into_inner())).unwrap();
        let name = zip.file_names().map(|name| name.unwrap().into_owned()).find(|name| name.starts_with("protokolai/kaip-padėti-pamokoje-")).unwrap();
        let mut text = String::new();
        zip.by_name(&name).unwrap().read_to_string(&mut text).unwrap();
        assert!(text.starts_with(DRAFT) && text.contains(&hash), "{text}");
    }

    async fn before_it_is_closed_a_session_has_no_minutes_yet(app) {
        let session = app.session("pirmos_minutes");
        let rasa = app.as_("Rasa").await;
        rasa.call(ReadMinutes { session }).await.refused(Code::SessionState);
        let page = rasa.get(&format!("/sesijos/{session}/protokolas")).await;
        assert!(page.status == 200 && page.text().contains("Protokolo dar nėra"), "{}", page.text());
        assert_eq!(app.as_("Nerijus").await.get(&format!("/sesijos/{session}/protokolas")).await.status, 404);
        app.as_("Ona").await.call(SignMinutes { session, hash: line("x") }).await.refused(Code::SessionState);
    }

    async fn of_two_editors_the_later_keeps_what_was_typed(app) {
        let session = held(app).await;
        let (rasa, ona) = (app.as_("Rasa").await, app.as_("Ona").await);
        let read = rasa.call(ReadMinutes { session }).await.granted();
        let edited = rasa.call(edit(session, &read, "Rasos tekstas")).await.granted();
        assert_eq!((edited.state, edited.edited.as_ref().unwrap().0.as_str()), (MinutesState::Edited, "Rasa Jankauskienė"));
        let kinds: Vec<_> = edited.minutes.sections.iter().map(|section| section.kind).collect();
        assert_eq!(kinds, [SectionKind::People, SectionKind::Other]);
        ona.call(edit(session, &read, "Onos tekstas")).await.refused(Code::Changed);
        let typed = [("hash", read.hash.as_str()), ("minutes.other", "Onos tekstas")];
        let form = ona.form(&format!("/sesijos/{session}/protokolas/taisyti"), &typed).await;
        assert_eq!(form.status, 409);
        assert!(form.text().contains("Onos tekstas") && form.text().contains("Rasos tekstas"), "{}", form.text());
        // With what the form shows now it is saved.
        assert!(form.text().contains(&edited.hash));
        let again = ona.call(edit(session, &edited, "Onos tekstas")).await.granted();
        assert_eq!(again.minutes.sections[1].text, "Onos tekstas");
        // The guard reads every section.
        let code = ona.call(edit(session, &again, "Asmens kodas 50001010006")).await;
        assert_eq!(code.codes(), ["guard.code@minutes.other"]);
        app.as_("Tomas").await.call(edit(session, &again, "Tomo")).await.refused(Code::Forbidden);
    }

    async fn a_draft_is_made_anew_only_when_asked_for_and_what_it_said_is_kept(app) {
        let session = held(app).await;
        let rasa = app.as_("Rasa").await;
        let draft = rasa.call(ReadMinutes { session }).await.granted();
        let edited = rasa.call(edit(session, &draft, "Savas tekstas")).await.granted();
        rasa.call(RemakeMinutes { session, hash: line(&draft.hash) }).await.refused(Code::Changed);
        let anew = rasa.call(RemakeMinutes { session, hash: line(&edited.hash) }).await.granted();
        assert_eq!((anew.state, anew.hash.as_str()), (MinutesState::Draft, draft.hash.as_str()));
        assert_eq!(anew.former.len(), 1);
        assert_eq!(anew.former[0].minutes, edited.minutes);
        // Twice gives one.
        let twice = rasa.call(RemakeMinutes { session, hash: line(&anew.hash) }).await.granted();
        assert_eq!(twice, anew);
        assert!(app.as_("Tomas").await.call(ReadMinutes { session }).await.granted().former.is_empty());
        assert!(rasa.get(&format!("/sesijos/{session}/protokolas")).await.text().contains("Savas tekstas"));
    }

    async fn what_is_signed_is_frozen_and_corrected_by_addenda_alone(app) {
        let session = held(app).await;
        let (rasa, tomas) = (app.as_("Rasa").await, app.as_("Tomas").await);
        let draft = rasa.call(ReadMinutes { session }).await.granted();
        rasa.call(AddToMinutes { session, text: prose("Per anksti") }).await.refused(Code::MinutesUnsigned);
        rasa.call(SignMinutes { session, hash: line("ne tas") }).await.refused(Code::Changed);
        tomas.call(SignMinutes { session, hash: line(&draft.hash) }).await.refused(Code::Forbidden);
        let signed = rasa.call(SignMinutes { session, hash: line(&draft.hash) }).await.granted();
        let signature = signed.signature.clone().unwrap();
        assert_eq!((signature.by.as_str(), signature.hash.as_str()), ("Rasa Jankauskienė", draft.hash.as_str()));
        assert_eq!(signed.minutes, draft.minutes);

        // Nothing changes it any more: not an editor, not a second signer, not what is done with the actions since.
        rasa.call(edit(session, &signed, "Kitaip")).await.refused(Code::MinutesSigned);
        rasa.call(RemakeMinutes { session, hash: line(&draft.hash) }).await.refused(Code::MinutesSigned);
        app.as_("Ona").await.call(SignMinutes { session, hash: line(&draft.hash) }).await.refused(Code::MinutesSigned);
        let record = tomas.call(ReadRecord { session }).await.granted();
        let done = json!({ "state": "done" });
        let path = format!("/api/v1/actions/{}/state", record.actions[0].id);
        assert_eq!(tomas.json("POST", &path, Some(&done)).await.status, 200);
        assert_eq!(tomas.call(ReadMinutes { session }).await.granted().minutes, draft.minutes);

        app.pass(Millis::hours(2));
        let added = rasa.call(AddToMinutes { session, text: prose("Dalyvavo ir Jonas.\n\n- Taip") }).await.granted();
        assert_eq!((added.addenda.len(), added.addenda[0].number, added.hash), (1, 1, signed.hash));
        let file = tomas.get(&format!("/api/v1/sessions/{session}/minutes.md")).await;
        // Whoever has the file can see for themselves what was signed.
        let (text, rest) = file.text().split_once("***\n").unwrap();
        assert_eq!(digest(text), signature.hash);
        assert!(rest.contains(&signature.hash) && rest.contains("Pasirašė: Rasa Jankauskienė, 2026-11-22 14:30"), "{rest}");
        let addendum = "\n## 1 priedas, 2026-11-22 16:30\n\nDalyvavo ir Jonas.\n\n- Taip\n";
        assert!(rest.contains(addendum), "{rest}");
        assert_eq!(digest(&addendum[1..]), added.addenda[0].hash);
        let page = tomas.get(&format!("/sesijos/{session}/protokolas")).await;
        assert!(page.text().contains(&signature.hash) && page.text().contains("Dalyvavo ir Jonas."));
        let acts = app.as_("Ona").await.call(ListActs { act: Line::new("minutes.signed"), ..ListActs::default() }).await;
        assert_eq!(acts.granted().acts.len(), 1);
        // Its form says so too, with what was typed.
        let late = rasa.form(&format!("/sesijos/{session}/protokolas/taisyti"), &[("hash", &draft.hash), ("minutes.other", "Vėlu")]).await;
        assert!(late.status == 409 && late.text().contains("Vėlu") && late.text().contains("jau pasirašytas"), "{}", late.text());
    }

    async fn a_passage_is_taken_out_of_signed_minutes_and_both_hashes_are_told(app) {
        let session = held(app).await;
        let (rasa, ona) = (app.as_("Rasa").await, app.as_("Ona").await);
        let draft = rasa.call(ReadMinutes { session }).await.granted();
        let former = rasa.call(edit(session, &draft, "Čia – slaptas posakis")).await.granted();
        let anew = rasa.call(RemakeMinutes { session, hash: line(&former.hash) }).await.granted();
        let edited = rasa.call(edit(session, &anew, "Kalbėta, kad slaptas posakis liks")).await.granted();
        rasa.call(SignMinutes { session, hash: line(&edited.hash) }).await.granted();
        rasa.call(AddToMinutes { session, text: prose("slaptas posakis priede") }).await.granted();
        app.pass(Millis::hours(1));
        let redact = RedactText {
            of: TextOf::Session,
            item: ItemId::from_uuid(session.uuid()),
            session: None,
            passage: Passage::new("slaptas posakis").unwrap(),
            reason: prose("Ne šiam puslapiui."),
            files: None,
        };
        assert_eq!(ona.call(redact).await.granted().places, 3);
        let page = rasa.call(ReadMinutes { session }).await.granted();
        assert_eq!(page.minutes.sections[1].text, "Kalbėta, kad [pašalinta] liks");
        assert!(!serde_json::to_string(&page).unwrap().contains("posakis"));
        let signature = page.signature.unwrap();
        assert_eq!(signature.hash, edited.hash);
        assert_eq!((page.hash.as_str(), signature.redacted_at), (digest(&page.minutes.markdown()).as_str(), Some(app.now())));
        assert_ne!(page.hash, edited.hash);
        assert!(page.addenda[0].text.starts_with("[pašalinta]") && page.addenda[0].signature.redacted_at.is_some());
        let file = rasa.get(&format!("/sesijos/{session}/protokolas.md")).await;
        for told in [&page.hash, &edited.hash, "iš teksto pašalinta ištrauka"] {
            assert!(file.text().contains(told), "{told}: {}", file.text());
        }
        assert_eq!(digest(file.text().split_once("***\n").unwrap().0), page.hash);
    }

    async fn a_name_and_an_action_are_taken_out_of_minutes_too(app) {
        let session = held(app).await;
        let (rasa, ona) = (app.as_("Rasa").await, app.as_("Ona").await);
        let draft = rasa.call(ReadMinutes { session }).await.granted();
        rasa.call(SignMinutes { session, hash: line(&draft.hash) }).await.granted();
        let action = rasa.call(ReadRecord { session }).await.granted().actions[0].id;
        for (of, item, passage) in [
            (TextOf::Team, app.team("azuolas").uuid(), "Ąžuolas"),
            (TextOf::Action, action.uuid(), "apklausą"),
            (TextOf::Space, app.space("dirbtuve").uuid(), "Įtraukiojo ugdymo"),
        ] {
            let (item, passage, reason) = (ItemId::from_uuid(item), Passage::new(passage).unwrap(), prose("Klaida."));
            let redact = RedactText { of, item, session: None, passage, reason, files: None };
            ona.call(redact).await.granted();
        }
        let page = rasa.call(ReadMinutes { session }).await.granted();
        let text = page.minutes.markdown();
        assert!(!text.contains("Ąžuolas,") && !text.contains("apklausą") && !text.contains("Įtraukiojo"), "{text}");
        assert_eq!((page.hash, page.signature.unwrap().hash), (digest(&text), draft.hash));
    }
}

fn line<const MAX: usize>(text: &str) -> Line<MAX> {
    Line::new(text).unwrap()
}

fn prose<const MAX: usize>(text: &str) -> Prose<MAX> {
    Prose::new(text).unwrap()
}

/// Keeps the people, and writes the rest anew.
fn edit(session: SessionId, read: &MinutesPage, other: &str) -> EditMinutes {
    let minutes = MinutesText { people: Prose::new("- Visi"), other: Prose::new(other), ..MinutesText::default() };
    EditMinutes { session, hash: line(&read.hash), minutes }
}
