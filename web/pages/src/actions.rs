//! Actions agreed upon: the list, one of them with its history, and the short lists on other pages.

use maud::{Markup, html};
use model::{
    actions::{ActionCard, ActionChange, ActionPage, ActionState, ListActions, OwnerCard},
    endpoint::Page,
    ids::SessionId,
    spaces::SpaceCard,
};
use text::{Lang, actions as t, sessions};

use crate::{
    Context, address,
    ui::{self, Choice, Form, Layout, Tone},
};

pub fn state_name(lang: Lang, state: ActionState) -> &'static str {
    match state {
        ActionState::Open => t::open(lang),
        ActionState::Done => t::done(lang),
        ActionState::Dropped => t::dropped(lang),
    }
}

fn state_chip(lang: Lang, state: ActionState) -> Markup {
    let tone = match state {
        ActionState::Open => Tone::Plain,
        ActionState::Done => Tone::Good,
        ActionState::Dropped => Tone::Calm,
    };
    ui::chip(tone, state_name(lang, state))
}

/// `Rasa Jankauskienė, „Ąžuolas“`, or the team alone.
pub fn owner_name(lang: Lang, owner: &OwnerCard) -> String {
    match owner.person {
        None => t::whole_team(lang, &owner.team_name),
        Some(_) => format!("{}, „{}“", ui::who(lang, &owner.name), owner.team_name),
    }
}

/// Whose it is, until when, and what became of it; overdue is said in words.
pub(crate) fn about(lang: Lang, card: &ActionCard) -> Markup {
    html! {
        span { (owner_name(lang, &card.owner)) }
        @match (card.due, card.overdue) {
            (Some(due), true) => (ui::chip(Tone::Bad, &t::overdue(lang, due))),
            (Some(due), false) => span.numbers { (t::until(lang, due)) },
            (None, _) => span { (t::no_due(lang)) },
        }
        @if card.state != ActionState::Open { (state_chip(lang, card.state)) }
    }
}

/// `back` is where ticking it leads: `home`, `list`, `team`, `space`, or `session-` and an id.
fn row(ctx: &Context, card: &ActionCard, back: &str, wide: bool) -> Markup {
    let lang = ctx.lang;
    html! {
        div.task {
            div {
                p.item-title { a href=(address::action(card.id)) { (card.text) } }
                p.meta {
                    (about(lang, card))
                    @if wide { span { (card.space_name) } }
                }
            }
            @if card.may_keep && card.state == ActionState::Open {
                form.no-print method="post" action=(address::action_state(card.id)) {
                    input type="hidden" name="state" value="done";
                    input type="hidden" name="_back" value=(back);
                    button aria-label=(t::tick_of(lang, &card.text)) { (t::done(lang)) }
                }
            }
        }
    }
}

pub fn rows(ctx: &Context, cards: &[ActionCard], back: &str, wide: bool) -> Markup {
    html! { ul.items { @for card in cards { li { (row(ctx, card, back, wide)) } } } }
}

/// The reader's own on the start page; nothing when there are none.
pub(crate) fn mine(ctx: &Context, cards: &[ActionCard]) -> Markup {
    let lang = ctx.lang;
    html! {
        @if !cards.is_empty() {
            section #uzduotys {
                h2 { (t::mine(lang)) " " span.muted { (cards.len()) } }
                (rows(ctx, cards, "home", true))
                p { a href=(address::with_query(&address::actions(), &[("mine", "on")])) { (t::see_all(lang)) } }
            }
        }
    }
}

pub(crate) fn of_team(ctx: &Context, team: model::ids::TeamId, cards: &[ActionCard]) -> Markup {
    let lang = ctx.lang;
    html! {
        section {
            h2 { (t::of_team(lang)) " " span.muted { (cards.len()) } }
            @if cards.is_empty() { p.muted { (t::of_team_none(lang)) } } @else { (rows(ctx, cards, "team", true)) }
            p { a href=(address::with_query(&address::actions(), &[("team", &team.to_string())])) { (t::see_all(lang)) } }
        }
    }
}

pub(crate) fn of_space(ctx: &Context, space: &SpaceCard, cards: &[ActionCard], may_agree: bool) -> Markup {
    let lang = ctx.lang;
    html! {
        section {
            h2 { (t::of_space(lang)) @if !cards.is_empty() { " " span.muted { (cards.len()) } } }
            @if cards.is_empty() { p.muted { (t::of_space_none(lang)) } } @else { (rows(ctx, cards, "space", false)) }
            p.row {
                a href=(address::with_query(&address::actions(), &[("space", &space.id.to_string())])) { (t::see_all(lang)) }
                @if may_agree && !space.archived { a href=(address::action_new(space.id)) { (t::agree_new(lang)) } }
            }
        }
    }
}

/// What a session begins with.
pub(crate) fn opening(ctx: &Context, session: SessionId, cards: &[ActionCard]) -> Markup {
    let lang = ctx.lang;
    html! {
        @if !cards.is_empty() {
            section {
                h2 { (t::opens_with(lang)) " " span.muted { (cards.len()) } }
                @if cards.iter().any(|card| card.may_keep) { p.help { (t::opens_help(lang)) } }
                (rows(ctx, cards, &format!("session-{session}"), false))
            }
        }
    }
}

pub fn list(ctx: &Context, call: &ListActions, page: &Page<ActionCard>) -> Markup {
    let lang = ctx.lang;
    let space = call.space.map(|space| space.to_string()).unwrap_or_default();
    let team = call.team.map(|team| team.to_string()).unwrap_or_default();
    let state = call.state.map(ui::key).unwrap_or_default();
    let states = [ActionState::Open, ActionState::Done, ActionState::Dropped];
    let choices: Vec<Choice> = states.into_iter().map(|one| Choice::of(one, state_name(lang, one))).collect();
    let pairs = [
        ("space", space.as_str()),
        ("team", team.as_str()),
        ("state", state.as_str()),
        ("mine", if call.mine { "on" } else { "" }),
    ];
    // Whose they are, as the first of them tells; an empty list is anybody's.
    let of_team = page.items.iter().map(|card| &card.owner).find(|owner| call.team == Some(owner.team));
    let of_space = page.items.iter().find(|card| call.space == Some(card.space));
    let title = match (of_team, of_space) {
        (Some(owner), _) => t::of_one_team(lang, &owner.team_name),
        (None, Some(card)) => t::of_one_space(lang, &card.space_name),
        (None, None) => t::title(lang).to_owned(),
    };
    let body = html! {
        div.head {
            h1 { (title) }
            p.muted { (t::lead(lang)) }
            @if call.team.is_some() || call.space.is_some() { p { a href=(address::actions()) { (t::see_all(lang)) } } }
        }
        form.facets action=(address::actions()) {
            @for (name, value) in &pairs[..2] { @if !value.is_empty() { input type="hidden" name=(name) value=(value); } }
            (ui::facet(lang, "state", t::state(lang), &choices, &state))
            label.tick { input type="checkbox" name="mine" value="on" checked[call.mine]; span { (t::only_mine(lang)) } }
            div.row { button { (t::filter(lang)) } }
        }
        @if page.items.is_empty() {
            (ui::empty(t::none(lang), t::none_step(lang), ui::go(address::spaces(), sessions::to_spaces(lang), false)))
        } @else {
            (rows(ctx, &page.items, "list", true))
        }
        (ui::pager(ctx, &address::actions(), &pairs, page.next.as_deref(), call.cursor.is_some()))
    };
    Layout::new(&title).show(ctx, body)
}

pub fn page(ctx: &Context, page: &ActionPage) -> Markup {
    let lang = ctx.lang;
    let card = &page.card;
    let open = card.state == ActionState::Open;
    let body = html! {
        div.head {
            h1.long { (card.text) }
            p.meta { (state_chip(lang, card.state)) (about(lang, &ActionCard { state: ActionState::Open, ..card.clone() })) }
            p.meta {
                @if let (Some(session), Some(title)) = (card.session, &card.session_title) {
                    span { (t::agreed_in(lang)) " " a href=(address::session(session)) { (title) } }
                }
                span { (t::agreed_by(lang, who(lang, &page.agreed_by))) }
                (ui::time(card.agreed_at))
            }
        }
        @if let Some(reason) = &card.reason { dl.facts { div { dt { (t::reason(lang)) } dd.prose { (reason) } } } }
        @if card.may_keep {
            @if open {
                (ui::button(address::action_state(card.id), t::tick(lang), "primary", &[("state", "done")]))
                (changing(ctx, page))
                (dropping(ctx, card))
            } @else {
                (ui::button(address::action_state(card.id), t::reopen(lang), "", &[("state", "open")]))
            }
        }
        section {
            h2 { (t::history(lang)) }
            ol.history { @for (at, change) in page.history.iter().enumerate() { li { (changed(lang, at.checked_sub(1).and_then(|before| page.history.get(before)), change)) } } }
        }
    };
    Layout::new(&card.text)
        .under(text::spaces::title(lang), address::spaces())
        .under(&card.space_name, address::space(card.space))
        .under(t::title(lang), address::with_query(&address::actions(), &[("space", &card.space.to_string())]))
        .show(ctx, body)
}

fn who(lang: Lang, name: &str) -> &str {
    if name.is_empty() { t::somebody(lang) } else { name }
}

/// What a change made of it, told against what it was before.
fn changed(lang: Lang, before: Option<&ActionChange>, change: &ActionChange) -> Markup {
    let mut words: Vec<String> = Vec::new();
    match before {
        None => words.push(t::agreed(lang).to_owned()),
        Some(before) if before.state != change.state => words.push(
            match change.state {
                ActionState::Open => t::became_open(lang),
                ActionState::Done => t::became_done(lang),
                ActionState::Dropped => t::became_dropped(lang),
            }
            .to_owned(),
        ),
        Some(_) => {}
    }
    if change.reworded {
        words.push(t::reworded(lang).to_owned());
    }
    if before.is_none_or(|before| before.owner.owner() != change.owner.owner()) {
        words.push(t::owned_by(lang, owner_name(lang, &change.owner)));
    }
    if before.is_none_or(|before| before.due != change.due) {
        words.push(change.due.map_or_else(|| t::no_due(lang).to_owned(), |due| t::until(lang, due)));
    }
    html! {
        p { (words.join("; ")) @if let Some(reason) = &change.reason { ". " (reason) } }
        p.meta {
            span { (who(lang, &change.by)) }
            (ui::time(change.at))
            @if change.session.is_some() { span { (t::in_room(lang)) } }
        }
    }
}

fn choices(lang: Lang, owners: &[OwnerCard]) -> Vec<Choice> {
    let label = |card: &OwnerCard| owner_name(lang, card);
    owners.iter().map(|card| Choice::new(card.owner(), label(card))).collect()
}

fn fields(ctx: &Context, form: &Form, owners: Vec<Choice>) -> Markup {
    let lang = ctx.lang;
    html! {
        (form.prose("text", t::what(lang)).help(t::what_help(lang)).limit(500))
        (form.select("owner", t::owner(lang), owners).help(t::owner_help(lang)))
        (form.date("due", t::due(lang)).help(t::due_help(lang)).optional())
    }
}

fn changing(ctx: &Context, page: &ActionPage) -> Markup {
    let (lang, card) = (ctx.lang, &page.card);
    let sent = ctx.form.as_ref().is_some_and(|form| form.call == "EditActionItem");
    let form = Form::new(ctx, "EditActionItem", address::action_edit(card.id))
        .fill("version", card.version)
        .fill("text", &card.text)
        .fill("owner", card.owner.owner())
        .fill("due", card.due.map(|due| due.to_string()).unwrap_or_default());
    let mut owners = choices(lang, &page.owners);
    let now = card.owner.owner().to_string();
    if !owners.iter().any(|choice| choice.value == now) {
        owners.insert(0, Choice::new(&now, owner_name(lang, &card.owner)));
    }
    ui::more(
        t::change(lang),
        sent,
        html! {
            (ui::newer(ctx, "EditActionItem", t::saved_meanwhile(lang), "", html! { p { (card.text) } p.meta { (about(lang, card)) } }))
            (form.quiet(t::save(lang), html! {
                (form.hidden("version", card.version))
                (fields(ctx, &form, owners))
            }))
        },
    )
}

fn dropping(ctx: &Context, card: &ActionCard) -> Markup {
    let lang = ctx.lang;
    let sent = ctx.form.as_ref().is_some_and(|form| form.call == "SetActionState");
    let form = Form::new(ctx, "SetActionState", address::action_state(card.id));
    ui::more(
        t::drop(lang),
        sent,
        form.quiet(
            t::drop(lang),
            html! {
                (form.hidden("state", "dropped"))
                (form.prose("reason", t::drop_reason(lang)).limit(300))
            },
        ),
    )
}

pub fn new(ctx: &Context, space: &SpaceCard, session: Option<SessionId>, owners: &[OwnerCard]) -> Markup {
    let lang = ctx.lang;
    let form = Form::new(ctx, "AgreeActionItem", address::action_new(space.id)).keeps_draft();
    let typed = form.value("session").map(str::to_owned);
    let session = session.map(|session| session.to_string()).or(typed);
    let body = html! {
        h1 { (t::new_title(lang)) }
        (form.show(t::save_new(lang), html! {
            @if let Some(session) = session { (form.hidden("session", session)) }
            (fields(ctx, &form, choices(lang, owners)))
        }))
    };
    Layout::new(t::new_title(lang))
        .under(text::spaces::title(lang), address::spaces())
        .under(&space.name, address::space(space.id))
        .show(ctx, body)
}
