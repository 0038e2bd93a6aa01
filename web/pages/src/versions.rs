//! The versions of a text, each with what it changed, word by word.

use maud::{Markup, html};
use model::{time::Timestamp, versions::Version};
use similar::{ChangeTag, TextDiff};
use text::{Lang, versions as t};

use crate::{
    Context,
    ui::{self, Form},
};

/// A version as parts of text under their names, in the order of the form.
pub(crate) struct Shown<'a> {
    pub number: i64,
    /// Empty for who has left; none where it is several people's.
    pub by: Option<&'a str>,
    pub at: Timestamp,
    pub parts: Vec<(&'static str, String)>,
}

impl<'a> Shown<'a> {
    /// The versions of a noun, whose `parts` are told under the names of its form.
    pub fn all<T>(versions: &'a [Version<T>], parts: impl Fn(&T) -> Vec<(&'static str, String)>) -> Vec<Self> {
        let shown = |version: &'a Version<T>| Shown {
            number: version.number,
            by: Some(&version.by),
            at: version.at,
            parts: parts(&version.text),
        };
        versions.iter().map(shown).collect()
    }
}

/// Where an older text is brought back: the call, its address, and the version of what it changes.
pub(crate) struct Restoring {
    pub call: &'static str,
    pub action: String,
    pub version: Option<i64>,
}

/// The latest first. `restoring` for those who may change the text.
pub(crate) fn list(ctx: &Context, versions: &[Shown<'_>], restoring: Option<&Restoring>) -> Markup {
    let lang = ctx.lang;
    html! {
        @if versions.is_empty() {
            (ui::empty(t::none(lang), "", html! {}))
        } @else {
            p.muted { (t::legend(lang)) }
            ol.items.versions {
                @for (at, version) in versions.iter().enumerate() {
                    li { (one(ctx, version, versions.get(at + 1), at == 0, restoring)) }
                }
            }
        }
    }
}

fn one(
    ctx: &Context,
    version: &Shown<'_>,
    before: Option<&Shown<'_>>,
    present: bool,
    restoring: Option<&Restoring>,
) -> Markup {
    let lang = ctx.lang;
    let by = version.by.map(|by| if by.is_empty() { t::left(lang) } else { by });
    html! {
        h2.item-title { (ui::time(version.at)) }
        p.meta {
            @if let Some(by) = by { span { (by) } }
            @if present { span { (t::present(lang)) } }
            @if before.is_none() { span { (t::first(lang)) } }
        }
        @if let Some(before) = before {
            details open[present] { summary { (t::changed(lang)) } div.stack.tight { (changes(lang, before, version)) } }
        }
        details { summary { (t::whole(lang)) } div.stack.tight { (whole(version)) } }
        @if let Some(restoring) = restoring.filter(|_| !present) {
            details {
                summary { (t::restore(lang)) }
                div.stack.tight {
                    @let form = Form::new(ctx, restoring.call, restoring.action.clone());
                    (form.quiet(t::restore(lang), html! {
                        p { (t::restore_means(lang)) }
                        @if let Some(version) = restoring.version { (form.hidden("version", version)) }
                        (form.hidden("number", version.number))
                    }))
                }
            }
        }
    }
}

fn whole(version: &Shown<'_>) -> Markup {
    let parts = version.parts.iter().filter(|(_, text)| !text.is_empty());
    html! { @for (name, text) in parts { div { p.small.muted { (name) } (ui::prose(text)) } } }
}

/// Only the parts that differ.
fn changes(lang: Lang, before: &Shown<'_>, after: &Shown<'_>) -> Markup {
    let pairs = before.parts.iter().zip(&after.parts).filter(|((_, old), (_, new))| old != new);
    let parts: Vec<_> = pairs.map(|((name, old), (_, new))| (name, words(old, new))).collect();
    html! {
        @if parts.is_empty() { p.muted { (t::formatting(lang)) } }
        @for (name, pieces) in &parts {
            div {
                p.small.muted { (name) }
                (told(pieces))
            }
        }
    }
}

/// What one wording changed in another.
pub(crate) fn change(old: &str, new: &str) -> Markup {
    told(&words(old, new))
}

fn told(pieces: &[(ChangeTag, String)]) -> Markup {
    html! {
        p.prose {
            @for (tag, text) in pieces {
                @match tag {
                    ChangeTag::Equal => (text),
                    ChangeTag::Delete => del { (text) },
                    ChangeTag::Insert => ins { (text) },
                }
            }
        }
    }
}

/// The fewest words that stay between two changes; fewer are told with them, since single words among changes cannot be read.
const KEPT: usize = 3;

/// The difference word by word: stretches that stayed, and between them what was taken out and what came in its place.
fn words(old: &str, new: &str) -> Vec<(ChangeTag, String)> {
    let diff = TextDiff::from_words(old, new);
    let changes: Vec<_> = diff.iter_all_changes().map(|change| (change.tag(), change.value())).collect();
    let (mut pieces, mut out, mut put) = (Vec::new(), String::new(), String::new());
    let stretches: Vec<_> =
        changes.chunk_by(|one, next| (one.0 == ChangeTag::Equal) == (next.0 == ChangeTag::Equal)).collect();
    for (at, stretch) in stretches.iter().enumerate() {
        let between = at > 0 && at + 1 < stretches.len();
        let few = stretch.iter().filter(|(_, word)| !word.trim().is_empty()).count() < KEPT;
        let stays = stretch[0].0 == ChangeTag::Equal && !(between && few);
        if stays {
            tell(&mut pieces, &mut out, &mut put);
            pieces.push((ChangeTag::Equal, stretch.iter().map(|(_, word)| *word).collect()));
            continue;
        }
        for (tag, word) in *stretch {
            if *tag != ChangeTag::Insert {
                out.push_str(word);
            }
            if *tag != ChangeTag::Delete {
                put.push_str(word);
            }
        }
    }
    tell(&mut pieces, &mut out, &mut put);
    pieces
}

fn tell(pieces: &mut Vec<(ChangeTag, String)>, out: &mut String, put: &mut String) {
    let both = [(ChangeTag::Delete, std::mem::take(out)), (ChangeTag::Insert, std::mem::take(put))];
    pieces.extend(both.into_iter().filter(|(_, text)| !text.is_empty()));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_difference_is_told_by_whole_words() {
        let told = words("Mokiniai skaito kasdien po valandą.", "Mokiniai skaito kartu po valandą.");
        let told: Vec<_> = told.iter().map(|(tag, text)| (*tag, text.trim())).collect();
        assert_eq!(
            told,
            [
                (ChangeTag::Equal, "Mokiniai skaito"),
                (ChangeTag::Delete, "kasdien"),
                (ChangeTag::Insert, "kartu"),
                (ChangeTag::Equal, "po valandą."),
            ]
        );
        let told =
            words("Mokinio ir mokytojo įvertinimas pagal tuos kriterijus.", "Iki pavasario įsivertinti pagal tris.");
        assert_eq!(told.len(), 2, "{told:?}");
        let whole = |side: ChangeTag| {
            words("a b\nc", "a d\nc e")
                .into_iter()
                .filter(|(tag, _)| *tag != side)
                .map(|(_, text)| text)
                .collect::<String>()
        };
        assert_eq!((whole(ChangeTag::Insert).as_str(), whole(ChangeTag::Delete).as_str()), ("a b\nc", "a d\nc e"));
    }
}
