//! Several editors who write at random, offline and back, out of order and twice, end with one text and lose no letter.

use std::collections::HashMap;

use notes::{Contents, Message, Notes, Wrong, check, fresh, hear};
use proptest::{prelude::*, test_runner::TestRunner};

#[derive(Clone, Debug)]
enum Act {
    Write {
        editor: usize,
        at: u32,
        text: String,
    },
    Delete {
        editor: usize,
        at: u32,
        count: u32,
    },
    /// The editor sends what it has not sent.
    Send {
        editor: usize,
    },
    /// Takes what has come, in the order of `shuffle`.
    Take {
        editor: usize,
        shuffle: u32,
    },
    /// The editor's browser is loaded anew: what it kept is read under a new client id.
    Reload {
        editor: usize,
    },
    /// The server reads its rows again.
    Restart,
}

const EDITORS: usize = 4;

fn acts() -> impl Strategy<Value = Vec<Act>> {
    let editor = 0..EDITORS;
    let act = prop_oneof![
        6 => (editor.clone(), any::<u32>(), "[aąčę š\n🌳z]{1,6}").prop_map(|(editor, at, text)| Act::Write { editor, at, text }),
        3 => (editor.clone(), any::<u32>(), 1..5_u32).prop_map(|(editor, at, count)| Act::Delete { editor, at, count }),
        3 => editor.clone().prop_map(|editor| Act::Send { editor }),
        3 => (editor.clone(), any::<u32>()).prop_map(|(editor, shuffle)| Act::Take { editor, shuffle }),
        1 => editor.prop_map(|editor| Act::Reload { editor }),
        1 => Just(Act::Restart),
    ];
    prop::collection::vec(act, 1..60)
}

/// The server as it stores: what is new in each update is a row.
struct Server {
    rows: Vec<Vec<u8>>,
    notes: Notes,
}

impl Server {
    fn take(&mut self, update: &[u8]) {
        if let Some(new) = self.notes.apply(update).unwrap() {
            self.rows.push(new);
        }
    }

    fn restart(&mut self) {
        self.notes = Notes::new(1);
        for row in &self.rows {
            self.notes.apply(row).unwrap();
        }
    }
}

fn run(acts: &[Act]) {
    let mut server = Server { rows: Vec::new(), notes: Notes::new(1) };
    let mut next = 10;
    let mut fresh_id = || {
        next += 1;
        next
    };
    let mut editors: Vec<Notes> = (0..EDITORS).map(|_| Notes::new(fresh_id())).collect();
    let mut taken = [0; EDITORS];
    for act in acts {
        match act {
            Act::Write { editor, at, text } => {
                let notes = &mut editors[*editor];
                let length = notes.text().encode_utf16().count() as u32;
                let place = whole(&notes.text(), at % (length + 1));
                notes.edit(place, 0, text);
            }
            Act::Delete { editor, at, count } => {
                let notes = &mut editors[*editor];
                let text = notes.text();
                let length = text.encode_utf16().count() as u32;
                let from = whole(&text, at % (length + 1));
                let to = whole(&text, (from + count).min(length));
                notes.edit(from, to - from, "");
            }
            Act::Send { editor } => {
                let update = editors[*editor].since(&server.notes.vector()).unwrap();
                server.take(&update);
                // A network that sends twice.
                server.take(&update);
            }
            Act::Take { editor, shuffle } => {
                let mut rows: Vec<&Vec<u8>> = server.rows[taken[*editor]..].iter().collect();
                if !rows.is_empty() {
                    let by = *shuffle as usize % rows.len();
                    rows.rotate_left(by);
                }
                taken[*editor] = server.rows.len();
                for row in rows {
                    // What comes too early is asked for again by a sync.
                    if hear(&mut editors[*editor], &Message::Update(row).write()).is_err() {
                        let missing = server.notes.since(&editors[*editor].vector()).unwrap();
                        editors[*editor].apply(&missing).unwrap();
                    }
                }
            }
            Act::Reload { editor } => {
                let kept = editors[*editor].state();
                editors[*editor] = Notes::new(fresh_id());
                editors[*editor].apply(&kept).unwrap();
            }
            Act::Restart => server.restart(),
        }
    }
    // All meet.
    for editor in &editors {
        server.take(&editor.since(&server.notes.vector()).unwrap());
    }
    for editor in &mut editors {
        editor.apply(&server.notes.since(&editor.vector()).unwrap()).unwrap();
        assert_eq!(editor.text(), server.notes.text());
    }
    let before = server.notes.text();
    server.restart();
    assert_eq!(server.notes.text(), before, "a restart neither loses nor doubles");
    let runs: String = server.notes.runs().iter().map(|run| run.text.clone()).collect();
    assert_eq!(runs, before, "the passages of all are the text");
}

/// The nearest place before that is in no letter's middle.
fn whole(text: &str, at: u32) -> u32 {
    let mut place = 0;
    for letter in text.chars() {
        let next = place + letter.len_utf16() as u32;
        if next > at {
            break;
        }
        place = next;
    }
    place
}

#[test]
fn editors_converge_over_reordering_reloads_and_restarts() {
    let mut runner = TestRunner::default();
    // A failure prints the acts themselves, and its seed stands in `proptest-regressions`.
    if let Err(error) = runner.run(&acts(), |acts| {
        run(&acts);
        Ok(())
    }) {
        panic!("{error}\n{runner}");
    }
}

#[test]
fn two_who_wrote_offline_merge_without_loss_or_doubling() {
    let mut server = Notes::new(1);
    let (mut rasa, mut tomas) = (Notes::new(2), Notes::new(3));
    let base = server.edit(0, 0, "Susitikimas\n").unwrap();
    rasa.apply(&base).unwrap();
    tomas.apply(&base).unwrap();
    rasa.edit(12, 0, "Rasa: šaltinis\n");
    tomas.edit(12, 0, "Tomas: žemėlapis\n");
    for editor in [&rasa, &tomas, &rasa] {
        let _ = server.apply(&editor.since(&server.vector()).unwrap()).unwrap();
    }
    let text = server.text();
    for line in ["Susitikimas\n", "Rasa: šaltinis\n", "Tomas: žemėlapis\n"] {
        assert_eq!(text.matches(line).count(), 1, "{text}");
    }
}

#[test]
fn what_was_written_and_deleted_at_once_leaves_no_letter_in_what_is_stored() {
    let mut rasa = Notes::new(2);
    rasa.edit(0, 0, "slapta");
    rasa.edit(0, 6, "");
    let mut raw = Notes::new(3);
    let stored = raw.apply(&rasa.state()).unwrap().unwrap();
    assert!(!String::from_utf8_lossy(&stored).contains("slapta"));

    // Also from somebody whose own copy keeps what it deleted.
    let options = yrs::Options {
        client_id: yrs::ClientID::new(9),
        skip_gc: true,
        offset_kind: yrs::OffsetKind::Utf16,
        ..yrs::Options::default()
    };
    let doc = yrs::Doc::with_options(options);
    let text = doc.get_or_insert_text(notes::ROOT);
    let update = {
        use yrs::{ReadTxn, Text, Transact};
        text.insert(&mut doc.transact_mut(), 0, "slapta žinia");
        text.remove_range(&mut doc.transact_mut(), 0, 7);
        doc.transact().encode_state_as_update_v1(&yrs::StateVector::default())
    };
    assert!(String::from_utf8_lossy(&update).contains("slapta"));
    let stored = Notes::new(4).apply(&update).unwrap().unwrap();
    assert!(!String::from_utf8_lossy(&stored).contains("slapta"));
}

#[test]
fn an_update_that_holds_more_than_the_one_text_is_foreign() {
    use yrs::{Map, ReadTxn, Text, Transact};
    let whole = |doc: &yrs::Doc| doc.transact().encode_state_as_update_v1(&yrs::StateVector::default());
    let doc = yrs::Doc::with_client_id(5);
    let other = doc.get_or_insert_text("elsewhere");
    other.insert(&mut doc.transact_mut(), 0, "nobody reads this");
    assert_eq!(check::read(&whole(&doc)), Err(Wrong::Foreign));

    let doc = yrs::Doc::with_client_id(5);
    let map = doc.get_or_insert_map(notes::ROOT);
    map.insert(&mut doc.transact_mut(), "key", "value");
    assert_eq!(check::read(&whole(&doc)), Err(Wrong::Foreign));

    let doc = yrs::Doc::with_client_id(5);
    let text = doc.get_or_insert_text(notes::ROOT);
    text.insert_embed(&mut doc.transact_mut(), 0, "picture");
    assert_eq!(check::read(&whole(&doc)), Err(Wrong::Foreign));
}

#[test]
fn an_update_before_its_time_is_a_gap_and_changes_nothing() {
    let mut rasa = Notes::new(2);
    rasa.edit(0, 0, "pirma ");
    let second = rasa.edit(6, 0, "antra").unwrap();
    let mut server = Notes::new(1);
    assert_eq!(server.apply(&second), Err(Wrong::Gap));
    assert_eq!(server.text(), "");
    server.apply(&rasa.state()).unwrap();
    assert_eq!(server.text(), "pirma antra");
    // Deleting what nobody has written.
    assert_eq!(server.apply(&[0, 1, 7, 1, 0, 5]), Err(Wrong::Gap));
}

#[test]
fn a_document_made_anew_has_the_same_text_by_the_same_authors_and_goes_on() {
    let passages = [(7, "Pirma š"), (9, "🌳 antra"), (7, " trečia\n"), (8, "ketvirta")];
    let update = fresh::update(passages.map(|(client, text)| fresh::Passage { client, text }));
    let mut notes = Notes::new(1);
    notes.apply(&update).unwrap();
    assert_eq!(notes.text(), "Pirma š🌳 antra trečia\nketvirta");
    let runs = notes.runs();
    assert_eq!(runs.iter().map(|run| (run.client, &*run.text)).collect::<Vec<_>>(), passages);
    notes.edit(0, 0, "Toliau. ");
    assert!(notes.text().starts_with("Toliau. Pirma š"));
    assert_eq!(fresh::update([]), [0, 0]);
}

#[test]
fn a_place_moves_with_what_others_write_before_it() {
    let (mut rasa, mut tomas) = (Notes::new(2), Notes::new(3));
    rasa.edit(0, 0, "šaltinis");
    tomas.apply(&rasa.state()).unwrap();
    let caret = rasa.anchor(4);
    rasa.apply(&tomas.edit(0, 0, "🌳 ").unwrap()).unwrap();
    assert_eq!(rasa.place(caret), 7);
    assert_eq!(rasa.place(rasa.anchor(0)), 0);
    let end = rasa.anchor(11);
    assert_eq!(rasa.place(end), 11);
    assert_eq!(rasa.place(Some((999, 3))), 0, "a letter that is not known");
}

/// Bytes that were an update until some of them were changed: refused or taken, but never a panic or a copy that cannot be read again.
#[test]
fn spoilt_updates_never_break_a_copy() {
    let mut notes = Notes::new(2);
    for (at, text) in [(0, "Pirmas sakinys. "), (3, "ąč"), (8, "🌳")] {
        notes.edit(at, 0, text);
    }
    notes.edit(2, 5, "");
    let good = notes.state();
    let mut runner = TestRunner::new(ProptestConfig { cases: 3_000, ..ProptestConfig::default() });
    let spoil = prop::collection::vec((0..good.len(), any::<u8>()), 1..4);
    let done = runner.run(&(spoil, any::<bool>()), |(spoil, known)| {
        let mut bytes = good.clone();
        for (at, byte) in spoil {
            bytes[at] = byte;
        }
        let mut copy = Notes::new(3);
        if known {
            copy.apply(&good).unwrap();
        }
        if copy.apply(&bytes).is_ok() {
            let mut again = Notes::new(4);
            prop_assert!(again.apply(&copy.state()).is_ok());
            prop_assert_eq!(again.text() == copy.text(), copy.is_sound());
        }
        Ok(())
    });
    if let Err(error) = done {
        panic!("{error}\n{runner}");
    }
    // One that every copy would take in and put in another place.
    let mut bytes = good.clone();
    bytes[50] = 6;
    let (mut honest, mut forged) = (Notes::new(3), Notes::new(3));
    honest.apply(&good).unwrap();
    forged.apply(&bytes).unwrap();
    assert_eq!((honest.is_sound(), forged.is_sound()), (true, false));
}

#[test]
fn what_an_update_holds_is_read_without_taking_it_in() {
    let mut notes = Notes::new(2);
    let first = notes.edit(0, 0, "š🌳").unwrap();
    let contents: Contents = check::read(&first).unwrap();
    assert_eq!(contents.clients.into_iter().collect::<HashMap<_, _>>(), HashMap::from([(2, (0, 3))]));
    assert!(contents.writes);
    let deletion = notes.edit(0, 1, "").unwrap();
    let contents = check::read(&deletion).unwrap();
    assert!(!contents.writes && contents.clients.is_empty() && !contents.is_empty());
}
