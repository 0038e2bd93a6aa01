//! The program, its licence, and where its source is (section 13 of the licence).

use maud::{Markup, html};
use text::licence as t;

use crate::{Context, ui::Layout};

/// The program of one site.
#[derive(Clone, Copy, Debug)]
pub struct Program<'a> {
    pub version: &'a str,
    /// Where the operator offers the source.
    pub source: Option<&'a str>,
    /// The licence as it came with the program.
    pub licence: &'a str,
}

pub fn page(ctx: &Context, program: Program<'_>) -> Markup {
    let lang = ctx.lang;
    let body = html! {
        div.head {
            h1 { (t::title(lang)) }
            p { (t::says(lang)) }
            p.muted { (t::version(lang, program.version)) }
        }
        @if let Some(source) = program.source {
            section {
                h2 { (t::source(lang)) }
                p { (t::source_at(lang)) " " a href=(source) { (source) } }
            }
        }
        section {
            h2 { (t::whole(lang)) }
            pre.scroll tabindex="0" lang="en" { (program.licence) }
        }
    };
    Layout::new(t::title(lang)).show(ctx, body)
}
