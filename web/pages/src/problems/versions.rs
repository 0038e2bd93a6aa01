use maud::{Markup, html};
use model::{
    keys::{Named, Topic},
    problems::{ProblemPage, ProblemText},
    versions::Version,
};
use text::{Lang, common, problems as t};

use super::{evidence_kind, under_space};
use crate::{
    Context, address,
    networks::named_all,
    ui,
    versions::{Restoring, Shown, list},
};

pub fn versions(
    ctx: &Context,
    page: &ProblemPage,
    versions: &[Version<ProblemText>],
    topics: &[Named<Topic>],
) -> Markup {
    let lang = ctx.lang;
    let card = &page.card;
    let rows = Shown::all(versions, |text| parts(lang, text, topics));
    let restoring =
        Restoring { call: "RestoreProblem", action: address::problem_restore(card.id), version: Some(page.version) };
    let restoring = Some(restoring).filter(|_| page.may_edit);
    let title = text::versions::title(lang);
    let body = html! { h1 { (text::versions::of(lang, &card.title)) } (list(ctx, &rows, restoring.as_ref())) };
    under_space(ctx, card, title).under(&card.title, address::problem(card.id)).show(ctx, body)
}

fn parts(lang: Lang, text: &ProblemText, topics: &[Named<Topic>]) -> Vec<(&'static str, String)> {
    let prose = |text: Option<&str>| text.unwrap_or_default().to_owned();
    let evidence = text.evidence.iter().map(|one| format!("{}: {}", evidence_kind(lang, one.kind), one.text));
    vec![
        (t::name(lang), text.title.to_string()),
        (common::area(lang), prose(text.area.map(|area| ui::area_name(lang, area)))),
        (t::topics(lang), named_all(lang, topics, &text.topics)),
        (t::group(lang), prose(text.group.as_deref())),
        (t::text(lang), prose(text.text.as_deref())),
        (t::evidence(lang), evidence.collect::<Vec<_>>().join("\n")),
        (t::goal(lang), prose(text.goal.as_deref())),
    ]
}
