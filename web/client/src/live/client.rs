//! The room in a page: it holds the state, carries out what follows from it, and draws.

use std::cell::{Cell, RefCell};

use model::{
    actions::{ACTION_MAX, ActionState, REASON_MAX},
    ids::{AgreementId, BoardId, CommandId, MessageId, PollId, SessionId},
    live::{Command, State},
    refusal::{Code, Refusal},
    time::{Millis, Timestamp},
    words::{Line, Prose},
};
use serde::{Deserialize, Serialize};
use text::{Lang, live as t};
use wasm_bindgen::{JsCast, closure::Closure};
use web_sys::{Element, HtmlInputElement, VisibilityState};

use super::{
    agenda, breakouts, chat,
    composer::passable,
    keys, recap, room, rules,
    scene::{Acts, Scene, Task, Ui},
    socket::{Socket, Told},
    state::{Effect, Live, Pending},
    tasks,
};
use crate::{drawn::Drawn, edge, wire};

/// How near to its end the reader must be for the chat to follow.
const NEAR: i32 = 60;

/// One for the life of the page, so that it is borrowed for ever and handles to it are free.
struct Client {
    lang: Lang,
    session: SessionId,
    path: String,
    place: Element,
    live: RefCell<Live>,
    ui: RefCell<Ui>,
    now: Cell<Timestamp>,
    socket: RefCell<Option<Socket>>,
    drawn: RefCell<Option<Drawn>>,
    /// Whether a drawing is due.
    due: Cell<bool>,
    /// What is focused after the next drawing.
    focus: Cell<Option<&'static str>>,
}

/// Takes over `#live-room[data-session]`.
pub fn mount(place: Element) {
    let Some(session) = place.get_attribute("data-session").and_then(|id| id.parse::<SessionId>().ok()) else { return };
    let now = edge::now();
    let mut live = Live::new(session, now);
    live.restore(kept_pending(session));
    let mut ui = Ui { at_end: true, ..Ui::default() };
    ui.composer.text =
        edge::kept().and_then(|kept| kept.get_item(&text_key(session)).ok().flatten()).unwrap_or_default();
    let client: &'static Client = Box::leak(Box::new(Client {
        lang: edge::lang(),
        session,
        path: edge::window().location().pathname().unwrap_or_default(),
        place,
        live: RefCell::new(live),
        ui: RefCell::new(ui),
        now: Cell::new(now),
        socket: RefCell::new(None),
        drawn: RefCell::new(None),
        due: Cell::new(false),
        focus: Cell::new(None),
    }));
    client.begin();
}

impl Client {
    fn begin(&'static self) {
        self.tick();
        let ticking = Closure::<dyn FnMut()>::new(move || self.tick());
        let every = ticking.as_ref().unchecked_ref();
        let _ = edge::window().set_interval_with_callback_and_timeout_and_arguments_0(every, 1_000);
        // For the life of the page.
        ticking.forget();
        for (name, online) in [("online", true), ("offline", false)] {
            let changed = Closure::<dyn FnMut()>::new(move || self.fold(&mut |live, now| live.network(online, now)));
            let _ = edge::window().add_event_listener_with_callback(name, changed.as_ref().unchecked_ref());
            changed.forget();
        }
        keys::listen(move |key| {
            // What is asked draws anew, so nothing may be borrowed by then.
            let (live, ui) = (self.live.borrow().clone(), self.ui.borrow().clone());
            if let Some(room) = &live.room {
                let now = edge::now();
                keys::act(&Scene { lang: self.lang, live: &live, room, now, ui: &ui, act: self }, key);
            }
        });
    }

    fn tick(&'static self) {
        let left = || self.live.borrow().time_left(self.now.get());
        let before = left();
        self.now.set(edge::now());
        let visible = edge::document().visibility_state() == VisibilityState::Visible;
        self.fold(&mut |live, now| live.tick(now, visible, edge::chance()));
        if let (Some(before), Some(left)) = (before, left()) {
            let passed = |moment: Millis| before > moment && left <= moment;
            if passed(Millis::minutes(1)) {
                self.say(t::one_minute(self.lang).to_owned());
            } else if passed(Millis(0)) {
                self.say(t::time_over(self.lang).to_owned());
            }
        }
    }

    fn told(&'static self, told: Told) {
        let before = Heard::of(&self.live.borrow(), self.lang);
        match told {
            Told::Opened => self.fold(&mut |live, _| live.opened()),
            Told::Heard(frame) => {
                let mut frame = Some(frame);
                self.fold(&mut |live, now| {
                    frame.take().map(|frame| live.heard(*frame, now, edge::chance())).unwrap_or_default()
                });
            }
            Told::Unreadable => self.fold(&mut |live, _| live.outdated()),
            Told::Lost => self.fold(&mut |live, now| {
                live.lost(now, edge::chance());
                vec![Effect::Disconnect]
            }),
        }
        if std::mem::take(&mut self.live.borrow_mut().late) {
            self.ui.borrow_mut().recap = true;
            let words = {
                let (live, ui) = (self.live.borrow(), self.ui.borrow());
                let now = edge::now();
                let room = live.room.as_ref();
                room.map(|room| recap::heard(&Scene { lang: self.lang, live: &live, room, now, ui: &ui, act: self }))
            };
            self.say(words.unwrap_or_default());
            return;
        }
        if let Some(words) = Heard::of(&self.live.borrow(), self.lang).since(&before, self.lang) {
            self.say(words);
        }
    }

    fn say(&'static self, words: String) {
        self.ui.borrow_mut().said = words;
        self.draw_soon();
    }

    /// Changes the state, keeps what is unanswered over a reload, and does what follows outside.
    fn fold(&'static self, change: &mut dyn FnMut(&mut Live, Timestamp) -> Vec<Effect>) {
        let effects = {
            let mut live = self.live.borrow_mut();
            let before = live.pending.len();
            let effects = change(&mut live, edge::now());
            if live.pending.len() != before {
                keep_pending(self.session, &live.pending);
            }
            effects
        };
        for effect in effects {
            match effect {
                Effect::Connect => {
                    let socket = Socket::open(self.session, move |told| self.told(told));
                    *self.socket.borrow_mut() = socket;
                }
                Effect::Disconnect => *self.socket.borrow_mut() = None,
                Effect::Send(frame) => {
                    if let Some(socket) = &*self.socket.borrow() {
                        socket.send(&frame);
                    }
                }
            }
        }
        self.draw_soon();
    }

    fn ask(&'static self, command: Command, sure: bool) -> Result<(), Refusal> {
        let (mut command, mut answer) = (Some(command), Ok(()));
        let whom = self.ui.borrow().whom.filter(|whom| self.live.borrow().seated(*whom).is_some());
        let id = edge::command_id();
        self.fold(&mut |live, now| {
            let asked = command.take().map_or(Ok(Vec::new()), |command| {
                let whom = whom.filter(|_| command.may_be_for());
                live.ask(command, whom, id, sure, now)
            });
            asked.unwrap_or_else(|refusal| {
                answer = Err(refusal);
                Vec::new()
            })
        });
        answer
    }

    /// Draws once for all that happens before the browser's next turn.
    fn draw_soon(&'static self) {
        if !self.due.replace(true) {
            edge::later(16, move || self.draw());
        }
    }

    fn draw(&'static self) {
        self.due.set(false);
        let document = edge::document();
        let focused = document.active_element();
        let around = focused.as_ref().and_then(|element| element.closest("section").ok().flatten());
        {
            let (live, ui) = (self.live.borrow(), self.ui.borrow());
            let view = room::view(self.lang, &live, edge::now(), &ui, &self.path, self);
            if live.room.is_some()
                && let Ok(Some(waiting)) = self.place.query_selector("[data-client-waiting]")
            {
                waiting.remove();
            }
            // The page's own list of what is open from before gives way to the room's.
            if live.room.as_ref().is_some_and(|room| room.brought)
                && let Ok(Some(before)) = document.query_selector("[data-before-opening]")
            {
                before.remove();
            }
            if let (Some(room), Ok(Some(chip))) = (&live.room, document.query_selector("[data-session-state] .chip")) {
                let word = match room.state {
                    State::Planned => text::sessions::planned(self.lang),
                    State::Open => text::sessions::open(self.lang),
                    State::Closed => text::sessions::closed(self.lang),
                };
                if chip.text_content().as_deref() != Some(word) {
                    chip.set_text_content(Some(word));
                    chip.set_class_name("chip");
                }
            }
            let mut drawn = self.drawn.borrow_mut();
            match &mut *drawn {
                Some(drawn) => drawn.draw(view),
                None => *drawn = Some(Drawn::first(&self.place, view)),
            }
        }
        // What was focused may have gone; who uses the keyboard stays in the same part of the room.
        let lost = focused.filter(|element| !element.is_connected());
        // Or on the same control, where it has been drawn anew elsewhere: a card that was moved.
        let anew = lost.as_ref().and_then(|element| document.get_element_by_id(&element.id()));
        if let Some(anew) = &anew {
            edge::focus_on(anew);
        } else if lost.is_some()
            && let Some(around) = around.filter(|part| part.is_connected())
        {
            edge::focus_on(&around);
        }
        if let Some(id) = self.focus.take() {
            edge::focus(id);
        }
        if self.ui.borrow().at_end {
            self.scroll_to_end();
        }
    }

    fn scroll_to_end(&'static self) {
        if let Some(log) = edge::document().get_element_by_id(chat::LOG) {
            log.set_scroll_top(log.scroll_height());
        }
    }
}

impl Acts for Client {
    fn press(&'static self, command: Command) {
        self.try_press(command);
    }

    fn try_press(&'static self, command: Command) -> bool {
        let closes = matches!(command, Command::Close {});
        let refusal = self.ask(command.clone(), false).err();
        let done = refusal.is_none();
        let mut ui = self.ui.borrow_mut();
        ui.again = refusal.as_ref().filter(|refusal| passable(refusal)).map(|_| command);
        ui.refusal = refusal;
        ui.closing &= !closes;
        drop(ui);
        self.draw_soon();
        done
    }

    fn press_sure(&'static self) {
        let Some(command) = self.ui.borrow_mut().again.take() else { return };
        let refusal = self.ask(command, true).err();
        self.ui.borrow_mut().refusal = refusal;
        self.draw_soon();
    }

    fn read(&'static self, id: &str) -> String {
        edge::nfc(&typed(id))
    }

    fn fill(&'static self, id: &str, value: &str) {
        fill(id, value);
    }

    fn change(&'static self, change: &dyn Fn(&mut Ui)) {
        change(&mut self.ui.borrow_mut());
        // At once: what is pressed next must not act by what stood before.
        self.draw();
    }

    fn send(&'static self, sure: bool) {
        let command = self.ui.borrow().composer.command(edge::nfc);
        let Some(command) = command else { return };
        match command.and_then(|command| self.ask(command, sure)) {
            Ok(()) => {
                self.ui.borrow_mut().composer = Default::default();
                self.ui.borrow_mut().at_end = true;
                edge::keep(edge::kept(), &text_key(self.session), "");
            }
            Err(refusal) => self.ui.borrow_mut().composer.refusal = Some(refusal),
        }
        self.focus(super::composer::TEXT);
    }

    fn typed(&'static self, text: &str) {
        edge::keep(edge::kept(), &text_key(self.session), text);
        let mut ui = self.ui.borrow_mut();
        text.clone_into(&mut ui.composer.text);
        ui.composer.refusal = None;
        drop(ui);
        self.draw_soon();
    }

    fn focus(&'static self, id: &'static str) {
        self.focus.set(Some(id));
        // At once: a phone shows its keyboard only for what is focused by the touch itself.
        self.draw();
    }

    fn refused(&'static self, id: CommandId, take_back: bool) {
        let rejected = self.live.borrow().refused.iter().find(|rejected| rejected.id == id).cloned();
        self.live.borrow_mut().dismiss(id);
        if let Some(rejected) = rejected.filter(|_| take_back) {
            let mut ui = self.ui.borrow_mut();
            ui.composer.take_back(&rejected.command);
            edge::keep(edge::kept(), &text_key(self.session), &ui.composer.text);
        }
        self.focus(super::composer::TEXT);
    }

    fn add_step(&'static self) {
        let input = |id| edge::document().get_element_by_id(id)?.dyn_into::<HtmlInputElement>().ok();
        let (Some(title), Some(minutes)) = (input(agenda::TITLE), input(agenda::MINUTES)) else { return };
        let length = minutes.value().trim().parse::<u32>().unwrap_or(0);
        let words = edge::nfc(&title.value());
        match Line::new(&words) {
            Some(line) => {
                let without_chat = input(agenda::WITHOUT_CHAT).is_some_and(|input| input.checked());
                let rules = rules::chosen(&typed(agenda::KIND), &typed(agenda::SPEAKS), without_chat);
                self.press(Command::AddStep { title: line, minutes: length, rules });
                if self.ui.borrow().refusal.is_none() {
                    title.set_value("");
                }
            }
            None => {
                self.ui.borrow_mut().refusal = Some(Refusal::of(too_long_or_empty(&words)).fact("limit", 200));
                self.draw_soon();
            }
        }
    }

    fn open_task(&'static self, task: Task) {
        {
            let mut ui = self.ui.borrow_mut();
            (ui.task, ui.task_refusal) = (Some(task), None);
        }
        self.focus(tasks::TEXT);
        // Filled once it stands: what is typed afterwards is the page's.
        let live = self.live.borrow();
        if let Task::Change(id) = task
            && let Some(known) = live.room.as_ref().and_then(|room| room.action(id))
        {
            fill(tasks::TEXT, &known.text);
            fill(tasks::OWNER, &known.owner.owner().to_string());
            fill(tasks::DUE, &known.due.map(|due| due.to_string()).unwrap_or_default());
        }
    }

    fn keep_task(&'static self, sure: bool) {
        let Some(task) = self.ui.borrow().task else { return };
        let words = edge::nfc(&typed(tasks::TEXT));
        let limit = if matches!(task, Task::Drop(_)) { REASON_MAX } else { ACTION_MAX };
        let command = || {
            let due = typed(tasks::DUE).parse().ok();
            let owner = typed(tasks::OWNER).parse().ok();
            Some(match task {
                Task::New => Command::AgreeAction { text: Prose::new(&words)?, owner: owner?, due },
                Task::Change(action) => Command::ChangeAction { action, text: Prose::new(&words)?, owner: owner?, due },
                Task::Drop(action) => {
                    Command::SetAction { action, state: ActionState::Dropped, reason: Some(Prose::new(&words)?) }
                }
            })
        };
        let refusal = match command() {
            Some(command) => self.ask(command, sure).err(),
            None => {
                Some(Refusal::of(too_long_or_empty(&words)).fact("limit", limit).fact("count", words.chars().count()))
            }
        };
        let mut ui = self.ui.borrow_mut();
        if refusal.is_none() {
            ui.task = None;
        }
        ui.task_refusal = refusal;
        drop(ui);
        self.draw_soon();
    }

    fn to_end(&'static self) {
        self.ui.borrow_mut().at_end = true;
        self.focus(chat::LOG);
    }

    fn scrolled(&'static self) {
        let Some(log) = edge::document().get_element_by_id(chat::LOG) else { return };
        let at_end = log.scroll_top() + log.client_height() + NEAR >= log.scroll_height();
        if self.ui.borrow().at_end != at_end {
            self.change(&|ui| ui.at_end = at_end);
        }
    }
}

/// What stands in the control of this id, of whatever kind it is.
fn typed(id: &str) -> String {
    let control = edge::document().get_element_by_id(id);
    let value = control.and_then(|control| js_sys::Reflect::get(&control, &"value".into()).ok());
    value.and_then(|value| value.as_string()).unwrap_or_default()
}

fn fill(id: &str, value: &str) {
    if let Some(control) = edge::document().get_element_by_id(id) {
        let _ = js_sys::Reflect::set(&control, &"value".into(), &value.into());
    }
}

fn too_long_or_empty(typed: &str) -> Code {
    if typed.trim().is_empty() { Code::FieldNeeded } else { Code::TextLong }
}

/// What a screen reader has to be told when it changes, beside the chat, which it follows by itself.
#[derive(PartialEq)]
struct Heard {
    place: Option<usize>,
    step: Option<String>,
    floor: bool,
    /// The poll that everyone looks at, and whether its results are there.
    poll: Option<(PollId, bool, String)>,
    /// The board that everyone looks at, and whether it hides its cards.
    board: Option<(BoardId, bool, String)>,
    /// The agreement that is decided or was decided last, and whether it was adopted.
    agreement: Option<(AgreementId, Option<bool>, String)>,
    groups: Option<String>,
}

impl Heard {
    fn of(live: &Live, lang: Lang) -> Self {
        let (room, me) = (live.room.as_ref(), live.me.as_ref().map(|me| me.id));
        Self {
            place: me.and_then(|me| room?.hand(me)),
            step: room.and_then(|room| Some(room.current_step()?.title.clone())),
            poll: room.and_then(|room| {
                let poll = room.polls.get(room.polls.shown?)?;
                Some((poll.id, poll.results.is_some(), poll.sheet.question.clone()))
            }),
            board: room.and_then(|room| {
                let board = room.boards.get(room.boards.shown?)?;
                Some((board.id, board.hidden, board.title.clone()))
            }),
            agreement: room.and_then(|room| {
                let last = || room.agreements.iter().rev().find(|one| one.outcome.is_some());
                let one = room.open_agreement().or_else(last)?;
                let adopted = one.outcome.as_ref().map(|outcome| outcome.adopted);
                Some((one.paper.id, adopted, one.paper.text.clone()))
            }),
            groups: breakouts::words(lang, live),
            floor: me.is_some() && room.and_then(|room| room.floor.as_ref()).map(|floor| floor.person) == me,
        }
    }

    fn since(self, before: &Self, lang: Lang) -> Option<String> {
        if self.floor && !before.floor {
            Some(t::you_speak(lang).to_owned())
        } else if self.groups != before.groups && self.groups.is_some() {
            self.groups
        } else if self.poll != before.poll
            && let Some((_, closed, question)) = self.poll
        {
            Some(if closed { text::polls::ended(lang, question) } else { text::polls::began(lang, question) })
        } else if self.board != before.board
            && let Some((id, _, title)) = self.board
        {
            let revealed = before.board.as_ref().is_some_and(|board| board.0 == id);
            Some(if revealed { text::boards::revealed(lang).to_owned() } else { text::boards::shown(lang, title) })
        } else if self.agreement != before.agreement
            && let Some((_, adopted, words)) = self.agreement
        {
            Some(match adopted {
                None => text::consent::began(lang, words),
                Some(true) => text::consent::ended(lang, words),
                Some(false) => text::consent::ended_failed(lang, words),
            })
        } else if self.place != before.place {
            Some(t::place_said(lang, self.place?))
        } else if self.step != before.step {
            Some(t::step_began(lang, self.step?))
        } else {
            None
        }
    }
}

/// Words that were not answered when the page was left. A raised hand or a reaction is not taken up after a reload: by then it is
/// no longer meant.
#[derive(Serialize, Deserialize)]
struct Kept {
    id: CommandId,
    text: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    reply_to: Option<MessageId>,
    sure: bool,
}

/// Of the tab: two tabs of one room do not write over each other's.
fn pending_key(session: SessionId) -> String {
    ["live.", &session.to_string(), ".pending"].concat()
}

fn text_key(session: SessionId) -> String {
    ["live.", &session.to_string(), ".text"].concat()
}

fn keep_pending(session: SessionId, pending: &[Pending]) {
    let said = pending.iter().filter_map(|pending| match &pending.command {
        Command::Say { text, reply_to } => {
            Some(Kept { id: pending.id, text: text.to_string(), reply_to: *reply_to, sure: pending.sure })
        }
        _ => None,
    });
    let said: Vec<Kept> = said.collect();
    let text = if said.is_empty() { String::new() } else { serde_json::to_string(&said).unwrap_or_default() };
    edge::keep(edge::kept_in_tab(), &pending_key(session), &text);
}

fn kept_pending(session: SessionId) -> Vec<Pending> {
    let kept = edge::kept_in_tab().and_then(|kept| kept.get_item(&pending_key(session)).ok().flatten());
    let kept: Vec<Kept> = kept.and_then(|text| wire::read(&text)).unwrap_or_default();
    let again = kept.into_iter().filter_map(|Kept { id, text, reply_to, sure }| {
        Some(Pending::new(id, Command::Say { text: Prose::new(&text)?, reply_to }, sure))
    });
    again.collect()
}
