//! Files of a problem or a practice: to look at, to download, and the form by which they are attached.

use maud::{Markup, html};
use model::files::{File, Media};
use text::{common, files as t};

use crate::{
    Context, address,
    ui::{self, Form},
};

/// How wide and how high the small copy of a picture is at most, in pixels.
const SMALL: i64 = 640;

/// What is drawn of the files of one item.
pub struct Attached<'a> {
    pub files: &'a [File],
    /// `Endpoint::NAME` of the call that attaches, and where its form is posted to.
    pub call: &'static str,
    pub action: String,
    pub may_edit: bool,
}

pub fn section(ctx: &Context, attached: &Attached<'_>) -> Markup {
    let lang = ctx.lang;
    let (pictures, others): (Vec<_>, Vec<_>) = attached.files.iter().partition(|file| file.media.is_picture());
    html! {
        @if attached.may_edit || !attached.files.is_empty() {
            section #failai .files {
                h2 { (t::title(lang)) }
                @if !others.is_empty() {
                    ul.plain { @for file in others { li { (link(ctx, file)) (remove(ctx, attached, file)) } } }
                }
                @if !pictures.is_empty() {
                    ul.pictures { @for file in pictures { li { (picture(ctx, file)) (remove(ctx, attached, file)) } } }
                }
                @if attached.may_edit { (form(ctx, attached)) }
            }
        }
    }
}

fn link(ctx: &Context, file: &File) -> Markup {
    html! {
        a href=(address::file(file.id)) { (file.name) }
        p.meta { span { (file.media.extension().to_uppercase()) } span { (t::size(ctx.lang, file.bytes)) } (ui::date(file.at)) }
    }
}

/// The name under it says what it is, within the same link.
fn picture(ctx: &Context, file: &File) -> Markup {
    let (width, height) = small(file.width.unwrap_or(SMALL), file.height.unwrap_or(SMALL));
    html! {
        a href=(address::file(file.id)) {
            img src=(address::file_small(file.id)) width=(width) height=(height) alt="" loading="lazy" decoding="async";
            span { (file.name) }
        }
        p.meta { span { (t::size(ctx.lang, file.bytes)) } (ui::date(file.at)) }
    }
}

/// The size of the small copy, so that nothing moves when it comes.
fn small(width: i64, height: i64) -> (i64, i64) {
    let longest = width.max(height).max(1);
    if longest <= SMALL {
        (width, height)
    } else {
        ((width * SMALL / longest).max(1), (height * SMALL / longest).max(1))
    }
}

fn remove(ctx: &Context, attached: &Attached<'_>, file: &File) -> Markup {
    let lang = ctx.lang;
    let (action, heard) = (address::file_remove(file.id), t::remove_heard(lang, &file.name));
    html! { @if attached.may_edit { (ui::confirm(action, common::remove(lang), &heard, t::remove_means(lang))) } }
}

fn form(ctx: &Context, attached: &Attached<'_>) -> Markup {
    let lang = ctx.lang;
    let limits = ctx.files;
    let left = usize::try_from(limits.files).unwrap_or(usize::MAX).saturating_sub(attached.files.len());
    if left == 0 {
        return html! { p.help { (t::full(lang)) } };
    }
    let refused = ctx.form.as_ref().is_some_and(|form| form.call == attached.call);
    let form = Form::new(ctx, attached.call, attached.action.clone()).with_file();
    let ends: Vec<String> =
        Media::ALL.iter().map(|media| format!(".{}", media.extension())).chain([".jpeg".to_owned()]).collect();
    let fields = html! {
        (form.file("file", t::file(lang), ends.join(",")).help(t::limits(lang, limits.file >> 20, left)))
        p.help { (t::pictures(lang)) " " (t::unread(lang)) }
        @if refused { p.help { (t::again(lang)) } }
    };
    ui::more(t::attach(lang), refused, form.quiet(t::attach(lang), fields))
}

#[cfg(test)]
mod tests {
    use super::small;

    #[test]
    fn a_small_copy_keeps_its_shape() {
        assert_eq!(small(4000, 3000), (640, 480));
        assert_eq!(small(300, 200), (300, 200));
        assert_eq!(small(1, 100_000), (1, 640));
    }
}
