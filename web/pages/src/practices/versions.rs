use maud::{Markup, html};
use model::{
    keys::{Named, Topic},
    practices::{PracticePage, PracticeState, PracticeText},
    versions::Version,
};
use text::{Lang, common, practices as t};

use super::{cost, licence, span, under_space};
use crate::{
    Context, address,
    networks::named_all,
    ui,
    versions::{Restoring, Shown, list},
};

pub fn versions(
    ctx: &Context,
    page: &PracticePage,
    versions: &[Version<PracticeText>],
    topics: &[Named<Topic>],
) -> Markup {
    let lang = ctx.lang;
    let card = &page.card;
    let rows = Shown::all(versions, |text| parts(lang, text, topics));
    let restoring =
        Restoring { call: "RestorePractice", action: address::practice_restore(card.id), version: Some(page.version) };
    let restoring = Some(restoring).filter(|_| page.may_edit && card.state == PracticeState::Published);
    let title = text::versions::title(lang);
    let body = html! { h1 { (text::versions::of(lang, &card.title)) } (list(ctx, &rows, restoring.as_ref())) };
    under_space(ctx, card, title).under(&card.title, address::practice(card.id)).show(ctx, body)
}

fn parts(lang: Lang, text: &PracticeText, topics: &[Named<Topic>]) -> Vec<(&'static str, String)> {
    let prose = |text: Option<&str>| text.unwrap_or_default().to_owned();
    let steps = text.steps.iter().map(|step| step.to_string()).collect::<Vec<_>>();
    vec![
        (t::name(lang), text.title.to_string()),
        (t::summary(lang), prose(text.summary.as_deref())),
        (common::area(lang), prose(text.area.map(|area| ui::area_name(lang, area)))),
        (t::topics(lang), named_all(lang, topics, &text.topics)),
        (t::span(lang), text.span.map(|grades| span(lang, grades)).unwrap_or_default()),
        (t::context(lang), prose(text.context.as_deref())),
        (t::steps(lang), steps.join("\n")),
        (t::who(lang), prose(text.who.as_deref())),
        (t::time(lang), prose(text.time.as_deref())),
        (t::cost(lang), prose(text.cost.map(|one| cost(lang, one)))),
        (t::materials(lang), prose(text.materials.as_deref())),
        (t::result(lang), prose(text.result.as_deref())),
        (t::limits(lang), prose(text.limits.as_deref())),
        (t::licence(lang), prose(text.licence.map(|one| licence(lang, one)))),
    ]
}
