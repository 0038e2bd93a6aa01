use maud::{Markup, html};
use model::{access::Membership, problems::ProblemPage};
use text::problems as t;

use crate::{Context, address, ui::Form};

/// Which teams have the same problem, and the button that says so for the team one acts for.
pub(super) fn section(ctx: &Context, page: &ProblemPage) -> Markup {
    let lang = ctx.lang;
    let acting = ctx.acting().filter(|acting| page.may_same && page.team != Some(acting.team));
    html! {
        section #ta-pati {
            h2 { (t::same_title(lang)) }
            @if page.card.same == 0 { p.muted { (t::same_none(lang)) } } @else { p { (t::same_count(lang, page.card.same)) } }
            @if !page.same.is_empty() {
                ul.people {
                    @for team in &page.same {
                        li {
                            span {
                                a href=(address::team(team.id)) { (team.name) }
                                br;
                                span.meta { span { (team.school) } span { (team.municipality_name) } }
                            }
                        }
                    }
                }
            } @else if page.card.same > 0 && ctx.me().is_none() {
                p { a href=(address::sign_in_then(&ctx.path)) { (t::same_sign_in(lang)) } }
            }
            @if let Some(acting) = acting { (say(ctx, page, acting)) }
        }
    }
}

fn say(ctx: &Context, page: &ProblemPage, acting: &Membership) -> Markup {
    let lang = ctx.lang;
    let said = page.same.iter().any(|team| team.id == acting.team);
    let form = Form::new(ctx, "SameProblem", address::problem_same(page.card.id));
    let (label, says) = match said {
        true => (t::same_take_back(lang), t::same_ours(lang, &acting.name)),
        false => (t::same_say(lang), t::same_for(lang, &acting.name)),
    };
    form.quiet(
        label,
        html! {
            (form.hidden("team", acting.team))
            @if !said { (form.hidden("same", "on")) }
            p.small.muted { (says) }
        },
    )
}
