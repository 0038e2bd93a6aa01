//! Joins the copy, the socket and the screen.

use std::{cell::RefCell, rc::Rc};

use text::notes as t;
use web_sys::Element;

use crate::{
    copy::{CHANGED, Copy, Then},
    edge,
    kept::Shelf,
    screen::{Now, Screen, show},
    socket::{Socket, Told},
};

/// Milliseconds in which what is typed gathers before it is sent.
const GATHERED: i32 = 120;
/// Milliseconds within which what is sent is on disk, or the connection is dead.
const ANSWERED: i32 = 10_000;
/// Milliseconds between two tellings of where the caret is.
const CARET: i32 = 300;

struct Editor {
    copy: Copy,
    screen: Screen,
    shelf: Shelf,
    session: String,
    person: String,
    socket: Option<Socket>,
    /// Connections that were lost since the last one that worked.
    tries: u32,
    /// Why there will be no other.
    ended: Option<String>,
    /// A letter is being put together: what comes from others waits for it.
    composing: bool,
    waiting: Vec<Vec<u8>>,
    gathering: bool,
    caret_waits: bool,
    caret: Option<(u32, u32)>,
    focused: bool,
    /// What the field said last.
    said: String,
    /// The refused text that the field beside shows.
    shown: Option<String>,
}

type Shared = Rc<RefCell<Editor>>;

pub fn mount(place: Element) {
    let session = place.get_attribute("data-notes").unwrap_or_default();
    let person = place.get_attribute("data-person").unwrap_or_default();
    let Some(screen) = Screen::of(&place) else { return };
    let client = edge::client_id();
    let mut shelf = Shelf::new(&session, &person, client);
    let mut copy = Copy::new(client);
    // Of another epoch than the first, a copy cannot be merged; it stays where it is.
    for kept in shelf.take() {
        copy.take_up(&kept);
    }
    let editor = Editor {
        copy,
        screen,
        shelf,
        session,
        person,
        socket: None,
        tries: 0,
        ended: None,
        composing: false,
        waiting: Vec::new(),
        gathering: false,
        caret_waits: false,
        caret: None,
        focused: false,
        said: String::new(),
        shown: None,
    };
    let shared = Rc::new(RefCell::new(editor));
    listen(&shared);
    shared.borrow_mut().show_text((0, 0));
    shared.borrow_mut().draw();
    connect(&shared);
}

fn listen(shared: &Shared) {
    let on = |target: &web_sys::EventTarget, event: &str, work: fn(&Shared)| {
        let shared = Rc::clone(shared);
        edge::on(target, event, move |_| work(&shared));
    };
    let (field, put, anyway, throw) = {
        let editor = shared.borrow();
        let screen = &editor.screen;
        (screen.field.clone(), screen.put.clone(), screen.anyway.clone(), screen.throw.clone())
    };
    on(&field, "input", |shared| {
        let typed = shared.borrow_mut().typed();
        if typed {
            gather(shared);
        }
    });
    on(&field, "compositionstart", |shared| shared.borrow_mut().composing = true);
    on(&field, "compositionend", |shared| {
        shared.borrow_mut().composed();
        gather(shared);
    });
    on(&field, "focus", |shared| focus(shared, true));
    on(&field, "blur", |shared| focus(shared, false));
    on(&edge::document(), "selectionchange", tell_caret);
    on(&put, "click", |shared| put_in(shared, false));
    on(&anyway, "click", |shared| put_in(shared, true));
    on(&throw, "click", |shared| {
        if let Ok(mut editor) = shared.try_borrow_mut() {
            editor.copy.refused = None;
            editor.draw();
        }
    });
    on(&edge::window(), "pagehide", |shared| {
        if let Ok(mut editor) = shared.try_borrow_mut() {
            editor.keep();
        }
    });
    on(&edge::window(), "online", connect);
    on(&edge::window(), "offline", give_up);
}

/// Opens a connection unless there is one or there is to be none.
fn connect(shared: &Shared) {
    let Ok(mut editor) = shared.try_borrow_mut() else { return };
    if editor.socket.is_some() || editor.ended.is_some() {
        return;
    }
    let told = Rc::clone(shared);
    editor.socket = Socket::open(&editor.session, move |what| heard(&told, what));
    if editor.socket.is_none() {
        drop(editor);
        again(shared, None);
    }
}

/// The connection is of no use: another is tried.
fn give_up(shared: &Shared) {
    {
        let Ok(mut editor) = shared.try_borrow_mut() else { return };
        if editor.socket.is_none() {
            return;
        }
        editor.lost();
    }
    again(shared, None);
}

/// Tries again after a while: so many milliseconds, or a chance within a span that grows.
fn again(shared: &Shared, after: Option<u64>) {
    let tries = {
        let Ok(mut editor) = shared.try_borrow_mut() else { return };
        editor.tries += 1;
        editor.tries
    };
    let span = (500.0 * 2_f64.powi(tries.min(7) as i32)).min(30_000.0);
    let wait = after.map_or_else(|| span * edge::chance(), |after| after as f64);
    let shared = Rc::clone(shared);
    edge::later(wait as i32, move || connect(&shared));
}

fn heard(shared: &Shared, told: Told) {
    let (then, lost) = {
        let Ok(mut editor) = shared.try_borrow_mut() else { return };
        match told {
            Told::Opened => {
                editor.copy.opened();
                (Vec::new(), false)
            }
            Told::Heard(bytes) if editor.composing => {
                editor.waiting.push(bytes);
                (Vec::new(), false)
            }
            Told::Heard(bytes) => (editor.hear(&bytes), false),
            Told::Lost => {
                editor.lost();
                (Vec::new(), true)
            }
        }
    };
    if lost && shared.borrow().ended.is_none() {
        again(shared, None);
    }
    let bye = then.into_iter().find_map(|then| match then {
        Then::Bye { reason, retry_after } => Some((reason, retry_after)),
        Then::Send(_) => None,
    });
    let Some((reason, retry_after)) = bye else { return gather(shared) };
    {
        let mut editor = shared.borrow_mut();
        editor.lost();
        if retry_after.is_none() {
            editor.ended = Some(reason);
        }
        editor.draw();
    }
    if retry_after.is_some() {
        again(shared, retry_after);
    }
}

/// Lets what is typed gather a little, then sends and keeps it.
fn gather(shared: &Shared) {
    {
        let Ok(mut editor) = shared.try_borrow_mut() else { return };
        if editor.gathering {
            return;
        }
        editor.gathering = true;
    }
    let shared = Rc::clone(shared);
    edge::later(GATHERED, move || {
        let sent = {
            let Ok(mut editor) = shared.try_borrow_mut() else { return };
            editor.gathering = false;
            let update = editor.copy.flush();
            if let (Some(update), Some(socket)) = (&update, &editor.socket) {
                socket.send(update);
            }
            editor.keep();
            editor.draw();
            update.map(|_| editor.copy.awaited())
        };
        // A connection that is dead tells nothing of it: what is sent and not answered for long shows it.
        if let Some(awaited) = sent {
            edge::later(ANSWERED, move || {
                let dead = shared.try_borrow().is_ok_and(|editor| editor.copy.is_unanswered(awaited));
                if dead {
                    give_up(&shared);
                }
            });
        }
    });
}

fn focus(shared: &Shared, focused: bool) {
    if let Ok(mut editor) = shared.try_borrow_mut() {
        editor.focused = focused;
    }
    tell_caret(shared);
}

fn tell_caret(shared: &Shared) {
    {
        let Ok(mut editor) = shared.try_borrow_mut() else { return };
        if editor.caret_waits || editor.caret == editor.caret_now() {
            return;
        }
        editor.caret_waits = true;
    }
    let shared = Rc::clone(shared);
    edge::later(CARET, move || {
        if let Ok(mut editor) = shared.try_borrow_mut() {
            editor.caret_waits = false;
            editor.send_caret();
        }
    });
}

/// Puts what was refused back, as it was changed beside the text.
fn put_in(shared: &Shared, sure: bool) {
    if let Ok(mut editor) = shared.try_borrow_mut() {
        let Some(refused) = editor.copy.refused.take() else { return };
        if let (true, Some(socket)) = (sure, &editor.socket) {
            socket.send(&editor.copy.sure());
        }
        let text = editor.screen.kept.value();
        editor.copy.put(refused.at, &text);
        let selection = editor.screen.selection();
        editor.show_text(selection);
        editor.draw();
    }
    gather(shared);
    let field = shared.borrow().screen.field.clone();
    let _ = field.focus();
}

impl Editor {
    /// False while a letter is being put together.
    fn typed(&mut self) -> bool {
        if self.composing {
            return false;
        }
        self.take_typed();
        self.draw();
        true
    }

    fn take_typed(&mut self) {
        let value = self.screen.field.value();
        self.copy.type_text(&self.said, &value);
        self.said = value;
    }

    fn composed(&mut self) {
        self.composing = false;
        self.take_typed();
        for bytes in std::mem::take(&mut self.waiting) {
            // A goodbye among them is followed by the end of the connection.
            self.hear(&bytes);
        }
        self.draw();
    }

    /// Answers what is left to do.
    fn hear(&mut self, bytes: &[u8]) -> Vec<Then> {
        let (from, to) = self.screen.selection();
        let place = (self.copy.notes.anchor(from), self.copy.notes.anchor(to));
        let (client, synced) = (self.copy.notes.client(), self.copy.is_synced());
        let then = self.copy.hear(bytes, &mut edge::client_id);
        for then in &then {
            if let (Then::Send(message), Some(socket)) = (then, &self.socket) {
                socket.send(message);
            }
        }
        let selection = match self.copy.notes.client() == client {
            true => (self.copy.place(place.0), self.copy.place(place.1)),
            // Another copy has other letters.
            false => (from, to),
        };
        self.show_text(selection);
        if (self.copy.is_synced() && !synced) || self.copy.notes.client() != client {
            self.tries = 0;
            self.caret = None;
            self.send_caret();
        }
        self.draw();
        then
    }

    fn lost(&mut self) {
        self.socket = None;
        self.copy.lost();
        self.keep();
        self.draw();
    }

    fn caret_now(&self) -> Option<(u32, u32)> {
        self.focused.then(|| self.screen.selection())
    }

    fn send_caret(&mut self) {
        self.caret = self.caret_now();
        if !self.copy.is_synced() {
            return;
        }
        let message = self.copy.caret(self.caret);
        if let Some(socket) = &self.socket {
            socket.send(&message);
        }
    }

    fn keep(&mut self) {
        if self.copy.known {
            self.shelf.keep(&self.copy.kept(&self.person));
        }
    }

    /// A copy that was begun anew is not shown before the server has told its text.
    fn show_text(&mut self, selection: (u32, u32)) {
        if !self.copy.is_waiting() {
            self.said = self.copy.notes.text();
            self.screen.set_text(&self.said, selection);
        }
    }

    fn draw(&mut self) {
        let lang = self.screen.lang;
        let state = match (&self.ended, self.copy.is_synced()) {
            (Some(reason), _) => match reason.as_str() {
                "signed_out" => t::signed_out(lang),
                "removed" => t::removed(lang),
                "too_many" => t::too_many(lang),
                _ => t::reload(lang),
            },
            (None, true) if self.copy.writes => t::online(lang),
            (None, true) => t::reading(lang),
            (None, false) if self.tries == 0 && !self.copy.known => t::connecting(lang),
            (None, false) if self.copy.known => t::offline(lang),
            (None, false) => t::offline_unknown(lang),
        };
        let saving = match (self.copy.is_unsaved(), self.copy.is_synced()) {
            (true, true) => t::saving(lang),
            (true, false) => t::kept_here(lang),
            (false, true) if self.copy.writes => t::saved(lang),
            (false, _) => "",
        };
        let refused = self.copy.refused.as_ref();
        let text = refused.map(|refused| refused.text.clone());
        if text != self.shown {
            self.screen.kept.set_value(text.as_deref().unwrap_or_default());
            self.shown = text;
        }
        let refusal =
            refused.map(|refused| [t::refused(lang), " ", &self.sentence(&refused.code, &refused.facts)].concat());
        show(&self.screen.anyway, refused.is_some_and(|refused| refused.passable));
        if self.ended.as_deref() == Some("removed") {
            self.shelf.forget();
        }
        self.screen.draw(&mut self.copy, &Now { me: &self.person, state, saving, refusal });
    }

    fn sentence(&self, code: &str, facts: &[(String, String)]) -> String {
        let lang = self.screen.lang;
        if code == CHANGED {
            return t::changed(lang).to_owned();
        }
        let fact = |name: &str| facts.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str());
        text::refusals::sentence_in_room(lang, code, fact).into_owned()
    }
}
