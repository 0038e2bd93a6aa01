//! Where one writes. What is typed is kept by the browser until the room takes it, and comes back with whatever refuses it.

use model::{
    guard::Kind,
    ids::MessageId,
    live::{Command, MESSAGE_MAX, State},
    refusal::{Code, Refusal},
    words::{self, Prose},
};
use text::live as t;
use wasm_bindgen::JsCast;
use web_sys::{HtmlTextAreaElement, KeyboardEvent};

use super::{scene::Scene, state::Rejected};
use crate::view::{Tag, View, button, tag};

/// The id of the text's element.
pub const TEXT: &str = "live-text";

/// What the next message will be.
#[derive(Clone, Copy, PartialEq, Debug, Default)]
pub enum Mode {
    #[default]
    Say,
    Reply(MessageId),
    Edit(MessageId),
}

#[derive(Clone, Default, PartialEq, Debug)]
pub struct Composer {
    pub text: String,
    pub mode: Mode,
    pub refusal: Option<Refusal>,
}

impl Composer {
    /// Turns to a message. What stands here unsent stays, unless one's own words are taken up for a change.
    pub fn take(&mut self, mode: Mode, words: Option<&str>) {
        if let (Mode::Edit(_), Some(words)) = (mode, words) {
            words.clone_into(&mut self.text);
        }
        self.mode = mode;
        self.refusal = None;
    }

    pub fn cancel(&mut self) {
        if matches!(self.mode, Mode::Edit(_)) {
            self.text.clear();
        }
        self.mode = Mode::Say;
        self.refusal = None;
    }

    /// What is asked for by sending; none when nothing is written. `nfc` is the browser's own normalisation.
    pub fn command(&self, nfc: fn(&str) -> String) -> Option<Result<Command, Refusal>> {
        let tidy = words::tidy(&nfc(&self.text));
        if tidy.is_empty() {
            return None;
        }
        let count = tidy.chars().count();
        if count > MESSAGE_MAX {
            return Some(Err(Refusal::of(Code::TextLong).fact("limit", MESSAGE_MAX).fact("count", count)));
        }
        let Some(text) = Prose::new(&tidy) else { return Some(Err(Refusal::of(Code::TextControl))) };
        Some(Ok(match self.mode {
            Mode::Say => Command::Say { text, reply_to: None },
            Mode::Reply(id) => Command::Say { text, reply_to: Some(id) },
            Mode::Edit(message) => Command::Edit { message, text },
        }))
    }

    /// Takes back what the server has refused, before what has been typed since.
    pub fn take_back(&mut self, command: &Command) {
        let (mode, text) = match command {
            Command::Say { text, reply_to } => (reply_to.map_or(Mode::Say, Mode::Reply), text),
            Command::Edit { message, text } => (Mode::Edit(*message), text),
            _ => return,
        };
        let typed = std::mem::take(&mut self.text);
        self.text = if typed.trim().is_empty() { text.to_string() } else { [text.as_str(), &typed].join("\n") };
        self.mode = mode;
        self.refusal = None;
    }
}

/// Whether the same text may be sent by a writer who is sure.
pub fn passable(refusal: &Refusal) -> bool {
    [Kind::MaybeCode, Kind::Contact, Kind::Pupil].iter().any(|kind| kind.code() == refusal.code)
}

pub fn view(scene: &Scene) -> Tag {
    let refused = scene.live.refused.iter().map(|rejected| rejection(scene, rejected)).collect();
    let shown = tag("div").set("class", "live-below").add_all(refused);
    if scene.takes_part() {
        shown.add(form(scene))
    } else if scene.room.state == State::Open {
        shown.add(tag("p").set("class", "muted").text(t::read_only(scene.lang)))
    } else if scene.room.state == State::Closed && !scene.ui.composer.text.trim().is_empty() {
        // Closed while it was being written: it went nowhere, and must not be lost either.
        let words =
            tag("textarea").set("id", TEXT).set("rows", "4").set("readonly", "").set("value", &scene.ui.composer.text);
        let note = tag("div").set("class", "note warn").set("role", "status");
        let label = tag("label").set("for", TEXT).text(t::closed_unsent(scene.lang));
        shown.add(note.add(label).add(words))
    } else {
        shown
    }
}

fn form(scene: &Scene) -> Tag {
    let (lang, act, composer) = (scene.lang, scene.act, &scene.ui.composer);
    let about = match composer.mode {
        Mode::Say => None,
        Mode::Reply(id) => {
            let by = scene.room.message(id).map(|message| scene.name(message.by));
            Some(t::replying(lang, by.unwrap_or(t::somebody(lang))))
        }
        Mode::Edit(_) => Some(t::editing(lang).to_owned()),
    };
    let about = about.map(|about| {
        let cancel = button("link", t::cancel(lang), move || {
            act.change(&|ui| ui.composer.cancel());
            act.focus(TEXT);
        });
        tag("p").set("class", "small").text(&about).text(" ").add(cancel)
    });
    let refusal = composer.refusal.as_ref().map(|refusal| {
        let sure = passable(refusal).then(|| button("", t::send_anyway(lang), move || act.send(true)));
        let note = tag("div").set("class", "note bad").set("id", "live-refusal").set("role", "alert");
        note.add(tag("p").text(&scene.sentence(refusal))).add(sure)
    });
    let area = tag("textarea")
        .set("id", TEXT)
        .set("rows", "2")
        .set("placeholder", t::message(lang))
        .set("aria-describedby", if refusal.is_some() { "live-refusal live-help" } else { "live-help" })
        .set_if(refusal.is_some(), "aria-invalid", "true")
        .set("value", &composer.text)
        .on("input", move |event| {
            if let Some(area) = event.target().and_then(|target| target.dyn_into::<HtmlTextAreaElement>().ok()) {
                act.typed(&area.value());
            }
        })
        .on("keydown", move |event| {
            // Enter that ends the choice of a letter in an input method is not meant for us.
            if let Some(key) = event.dyn_ref::<KeyboardEvent>()
                && key.key() == "Enter"
                && !key.shift_key()
                && !key.is_composing()
            {
                event.prevent_default();
                act.send(false);
            }
        });
    let left = MESSAGE_MAX as i64 - composer.text.chars().count() as i64;
    let left = (left < 200).then(|| tag("b").text(&[" ", &left.to_string()].concat()));
    // Told before one writes; the server refuses it as well.
    let quiet = scene.live.me.as_ref().and_then(|me| scene.room.may_write(me).err());
    let quiet = quiet.filter(|_| refusal.is_none() && !matches!(composer.mode, Mode::Edit(_)));
    let quiet = quiet.map(|quiet| tag("p").set("class", "small live-quiet").text(&scene.sentence(&quiet)));
    tag("form")
        .set("class", "live-write")
        .on("submit", move |event| {
            event.prevent_default();
            act.send(false);
        })
        .add(about)
        .add(quiet)
        .add(refusal)
        .add(tag("label").set("class", "only-heard").set("for", TEXT).text(t::message(lang)))
        .add(area)
        .add(tag("button").set("class", "primary").text(t::send(lang)))
        .add(
            tag("p")
                .set("class", "help")
                .set("id", "live-help")
                .add(tag("span").set("class", "keys").text(t::message_help(lang)).text(" "))
                .text(text::common::personal_data(lang))
                .add(left),
        )
}

/// What the server refused although this browser did not foresee it.
fn rejection(scene: &Scene, rejected: &Rejected) -> View {
    let (lang, act, id) = (scene.lang, scene.act, rejected.id);
    let note = tag("div").key(id).set("class", "note bad").set("role", "alert");
    let note =
        note.add(tag("p").add(tag("b").text(t::not_sent(lang))).text(" ").text(&scene.sentence(&rejected.refusal)));
    let note = match rejected.command.text() {
        Some((_, words)) => {
            note.add(tag("p").set("class", "lines").text(words))
                .add(button("", t::take_back(lang), move || act.refused(id, true)))
        }
        None => note,
    };
    note.add(button("link", t::drop(lang), move || act.refused(id, false))).into()
}
