//! What a view is made from, and what its controls may do.

use model::{
    ids::{ActionItemId, MessageId, PersonId},
    live::{Command, Participant, Room, State},
    refusal::Refusal,
    time::Timestamp,
};
use text::{Lang, live as t};

use super::{board::BoardUi, composer::Composer, polls::PollUi, state::Live};

/// Everything that the room shows follows from this.
pub struct Scene<'a> {
    pub lang: Lang,
    pub live: &'a Live,
    pub room: &'a Room,
    /// Our own clock.
    pub now: Timestamp,
    pub ui: &'a Ui,
    pub act: Act,
}

/// What stands in this window alone.
#[derive(Clone, Default)]
pub struct Ui {
    pub composer: Composer,
    /// The message whose actions are shown: the last one that was focused or touched.
    pub active: Option<MessageId>,
    /// Whether the end of the chat is in sight, so that it follows.
    pub at_end: bool,
    /// One's message that is deleted when its button is pressed once more.
    pub deleting: Option<MessageId>,
    /// On a phone, whether the side is shown in place of the chat.
    pub more: bool,
    /// Whether the list of keys is shown.
    pub keys: bool,
    /// Whether the facilitator is asked if the session may really be closed.
    pub closing: bool,
    /// Whether who came late is told what they missed.
    pub recap: bool,
    /// The form of an action that stands open.
    pub task: Option<Task>,
    pub task_refusal: Option<Refusal>,
    pub polls: PollUi,
    pub board: BoardUi,
    /// For whom one answers, of those who sit at this device.
    pub whom: Option<PersonId>,
    /// What a screen reader says next.
    pub said: String,
    /// Why the last thing asked by a button was not done.
    pub refusal: Option<Refusal>,
    /// What was not done for a warning that its writer may pass.
    pub again: Option<Command>,
}

impl Ui {
    /// Turns to a message; what was asked about another is forgotten.
    pub fn choose(&mut self, message: MessageId) {
        self.active = Some(message);
        self.deleting = self.deleting.filter(|asked| *asked == message);
    }
}

/// What the form of an action is for.
#[derive(Clone, Copy)]
pub enum Task {
    New,
    Change(ActionItemId),
    Drop(ActionItemId),
}

/// What controls may do; a handle, copied freely.
pub type Act = &'static dyn Acts;

pub trait Acts {
    /// Asks for something; a refusal is shown on top.
    fn press(&'static self, command: Command);
    /// The same, and whether it was not refused here.
    fn try_press(&'static self, command: Command) -> bool;
    /// Asks again, without the warning.
    fn press_sure(&'static self);
    /// What stands in the control of this id, as it is sent.
    fn read(&'static self, id: &str) -> String;
    /// Puts it there.
    fn fill(&'static self, id: &str, value: &str);
    fn change(&'static self, change: &dyn Fn(&mut Ui));
    /// Sends what stands in the composer.
    fn send(&'static self, sure: bool);
    /// Keeps what is typed.
    fn typed(&'static self, text: &str);
    /// Focuses the element of this id once the page is drawn.
    fn focus(&'static self, id: &'static str);
    /// Forgets what the server refused, or takes its text back into the composer.
    fn refused(&'static self, id: model::ids::CommandId, take_back: bool);
    fn add_step(&'static self);
    fn open_task(&'static self, task: Task);
    /// Agrees, changes or drops by what stands in the form.
    fn keep_task(&'static self, sure: bool);
    fn to_end(&'static self);
    fn scrolled(&'static self);
}

impl Scene<'_> {
    pub fn me(&self) -> Option<PersonId> {
        self.live.me.as_ref().map(|me| me.id)
    }

    pub fn facilitates(&self) -> bool {
        self.live.me.as_ref().is_some_and(Participant::facilitates)
    }

    /// Whether this person may write and raise a hand now.
    pub fn takes_part(&self) -> bool {
        self.room.state == State::Open && self.live.me.as_ref().is_some_and(Participant::takes_part)
    }

    /// The name of a person who is or has been here.
    pub fn name(&self, person: PersonId) -> &str {
        let attendee = self.room.people.get(&person).map(|attendee| &attendee.who);
        let me = self.live.me.as_ref().filter(|me| me.id == person);
        let known = attendee.or_else(|| self.live.here.iter().find(|here| here.id == person)).or(me);
        known.map_or(t::somebody(self.lang), |who| who.name.as_str())
    }

    pub fn sentence(&self, refusal: &Refusal) -> String {
        sentence(self.lang, refusal)
    }
}

pub fn sentence(lang: Lang, refusal: &Refusal) -> String {
    let fact = |name: &str| refusal.facts.get(name).map(String::as_str);
    text::refusals::sentence_in_room(lang, refusal.code.as_str(), fact).into_owned()
}
