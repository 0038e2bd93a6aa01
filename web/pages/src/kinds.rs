//! Kinds of network and of institution: data that administrators add to and rename.

use maud::{Markup, html};
use model::keys::{InstitutionKind, Named, NetworkKind};
use text::{kinds as t, people as p};

use crate::{
    Context, address,
    networks::named,
    ui::{Form, Layout},
};

pub fn list(ctx: &Context, networks: &[Named<NetworkKind>], institutions: &[Named<InstitutionKind>]) -> Markup {
    let lang = ctx.lang;
    let body = html! {
        div.head { h1 { (t::title(lang)) } p.muted { (t::lead(lang)) } }
        section.stack.tight {
            h2 { (t::networks(lang)) }
            ul.people {
                @for kind in networks { (row(ctx, kind, address::network_kind(&kind.key))) }
            }
            (form(ctx, "AddNetworkKind", address::network_kinds(), t::add_network(lang), None))
        }
        section.stack.tight {
            h2 { (t::institutions(lang)) }
            ul.people {
                @for kind in institutions { (row(ctx, kind, address::institution_kind(&kind.key))) }
            }
            (form(ctx, "AddInstitutionKind", address::institution_kinds(), t::add_institution(lang), None))
        }
    };
    Layout::new(t::title(lang)).under(p::administration(lang), address::administration()).show(ctx, body)
}

fn row<K>(ctx: &Context, kind: &Named<K>, address: String) -> Markup {
    html! {
        li {
            span { (kind.lt) br; span.meta { span lang="en" { (kind.en) } } }
            a href=(address) aria-label=(t::rename_which(ctx.lang, named(ctx.lang, kind))) { (t::rename(ctx.lang)) }
        }
    }
}

fn form(ctx: &Context, call: &'static str, action: String, label: &str, names: Option<(&str, &str)>) -> Markup {
    let lang = ctx.lang;
    let mut form = Form::new(ctx, call, action);
    if let Some((lt, en)) = names {
        form = form.fill("lt", lt).fill("en", en);
    }
    let fields = html! {
        (form.line("lt", t::lt(lang)).limit(80))
        (form.line("en", t::en(lang)).limit(80))
    };
    if names.is_some() { form.show(label, fields) } else { form.quiet(label, fields) }
}

pub fn edit_network<K>(ctx: &Context, kind: &Named<K>, action: String) -> Markup {
    edit(ctx, "EditNetworkKind", kind, action)
}

pub fn edit_institution<K>(ctx: &Context, kind: &Named<K>, action: String) -> Markup {
    edit(ctx, "EditInstitutionKind", kind, action)
}

fn edit<K>(ctx: &Context, call: &'static str, kind: &Named<K>, action: String) -> Markup {
    let lang = ctx.lang;
    let name = named(lang, kind);
    let body = html! {
        h1 { (name) }
        (form(ctx, call, action, text::common::save(lang), Some((&kind.lt, &kind.en))))
    };
    Layout::new(name)
        .under(p::administration(lang), address::administration())
        .under(t::title(lang), address::kinds())
        .show(ctx, body)
}
