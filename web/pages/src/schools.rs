//! Schools and other institutions, as they are kept.

use maud::{Markup, html};
use model::{
    access::{Action, Facts, may},
    keys::{InstitutionKind, Named},
    schools::{Municipality, School, SchoolSize},
};
use text::{Lang, common, networks as n, people as p, schools as t};

use crate::{
    Context, address,
    networks::{choices, municipality_choices, named},
    ui::{self, Choice, Field, Form, Layout},
};

pub fn size_name(lang: Lang, size: SchoolSize) -> &'static str {
    match size {
        SchoolSize::Small => t::size_small(lang),
        SchoolSize::Medium => t::size_medium(lang),
        SchoolSize::Large => t::size_large(lang),
        SchoolSize::VeryLarge => t::size_very_large(lang),
    }
}

/// How many pupils it has, in bands; nobody has to know.
pub(crate) fn size<'a>(form: &'a Form<'a>, lang: Lang) -> Field<'a> {
    let unknown = Choice::new("", t::size_unknown(lang));
    let sizes = SchoolSize::ALL.into_iter().map(|size| Choice::of(size, size_name(lang, size)));
    let choices = [unknown].into_iter().chain(sizes).collect();
    form.radios("size", t::size(lang), choices).help(t::size_help(lang))
}

pub fn list(
    ctx: &Context,
    schools: &[School],
    municipalities: &[Municipality],
    kinds: &[Named<InstitutionKind>],
    chosen: &str,
) -> Markup {
    let lang = ctx.lang;
    let kind = |school: &School| {
        kinds.iter().find(|kind| kind.key == school.kind).map_or("", |kind| named(lang, kind)).to_owned()
    };
    let body = html! {
        div.head { h1 { (t::title(lang)) } p.muted { (t::lead(lang)) } }
        form.row action=(address::schools()) {
            (ui::facet(lang, "municipality", n::municipality(lang), &municipality_choices(municipalities), chosen))
            button { (common::show(lang)) }
        }
        @if schools.is_empty() {
            (ui::empty(t::none(lang), t::none_example(lang), html! {}))
        } @else {
            p.muted { (t::count(lang, schools.len())) }
            ul.people {
                @for school in schools {
                    li {
                        span { (school.name) br; span.meta {
                            span { (school.municipality_name) }
                            span { (kind(school)) }
                            @if let Some(size) = school.size { span { (size_name(lang, size)) } }
                        } }
                        a href=(address::school_edit(school.id)) aria-label=(t::edit_which(lang, &school.name)) { (common::change(lang)) }
                    }
                }
            }
        }
    };
    Layout::new(t::title(lang)).under(p::administration(lang), address::administration()).show(ctx, body)
}

pub fn edit(
    ctx: &Context,
    school: &School,
    municipalities: &[Municipality],
    kinds: &[Named<InstitutionKind>],
) -> Markup {
    let lang = ctx.lang;
    let form = Form::new(ctx, "EditSchool", address::school_edit(school.id))
        .fill("name", &school.name)
        .fill("municipality", school.municipality)
        .fill("kind", &school.kind)
        .fill("size", school.size.map(ui::key).unwrap_or_default());
    let fields = html! {
        (form.hidden("version", school.version))
        (form.line("name", n::school_name(lang)).limit(120))
        (form.select("municipality", n::municipality(lang), municipality_choices(municipalities)))
        (form.radios("kind", n::school_kind(lang), choices(lang, kinds)))
        (size(&form, lang))
    };
    let body = html! {
        h1 { (school.name) }
        (ui::newer(ctx, "EditSchool", text::spaces::now_saved(lang), "", html! {
            p { strong { (school.name) } ", " (school.municipality_name) }
        }))
        (form.show(common::save(lang), fields))
    };
    let layout = Layout::new(&school.name);
    let layout = match may(&ctx.actor, Action::Administer, &Facts::Site) {
        Ok(()) => {
            layout.under(p::administration(lang), address::administration()).under(t::title(lang), address::schools())
        }
        Err(_) => layout.under(n::title(lang), address::networks()),
    };
    layout.show(ctx, body)
}
