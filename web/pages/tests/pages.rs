//! What holds for forms and for every page.

use model::{
    access::Actor,
    refusal::{Code, Refusal, Refusals},
};
use pages::{Assets, Context, FormState, Theme, accounts, home, offline, ui};
use text::Lang;

fn context(actor: Actor) -> Context {
    let address = |name: &str| (name == "loader.js").then_some("/static/loader.js");
    Context {
        lang: Lang::Lt,
        theme: Theme::Dark,
        actor,
        acting: None,
        path: "/prisijungti".into(),
        origin: "https://tinklaveika.example".into(),
        form: None,
        key: None,
        done: None,
        read_only: false,
        files: model::files::FileLimits::default(),
        redactions: Vec::new(),
        redact: None,
        assets: Assets { style: "p{margin:0}", address },
    }
}

fn refused(call: &'static str, pairs: &[(&str, &str)], refusal: Refusal) -> Context {
    let pairs = pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
    let form = FormState { call, pairs, refusals: Refusals(vec![refusal]) };
    Context { form: Some(form), ..context(Actor::Anonymous) }
}

#[test]
fn a_refused_form_keeps_what_was_typed_but_no_password() {
    let typed = [("email", "rasa@tinklaveika.example"), ("password", "graži diena prie ežero")];
    let page = accounts::sign_in(&refused("SignIn", &typed, Refusal::of(Code::SignInWrong)), "/erdves").into_string();
    assert!(page.contains(r#"value="rasa@tinklaveika.example""#));
    assert!(!page.contains("graži diena"));
    assert!(page.contains("<title>Klaida: "));
    assert!(page.contains(r#"name="_grizti" value="/erdves""#));
}

#[test]
fn a_refusal_stands_on_top_and_at_its_field() {
    let refusal = Refusal::of(Code::EmailWrong).at("email");
    let page = accounts::sign_in(&refused("SignIn", &[("email", "rasa")], refusal), "").into_string();
    assert!(page.contains(r##"<a href="#signin-email">El. paštas: "##), "the list on top names and links the field");
    assert!(page.contains(r#"id="signin-email-error""#));
    assert!(page.contains(r#"aria-describedby="signin-email-error" aria-invalid="true""#));
}

#[test]
fn a_warning_can_be_sent_all_the_same_and_a_block_cannot() {
    let form = |code| {
        let ctx = refused("Respond", &[("text", "vardas@mokykla.lt")], Refusal::of(code).at("text"));
        ui::Form::new(&ctx, "Respond", "/x".into()).show("Atsakyti", maud::html! {}).into_string()
    };
    assert!(form(Code::GuardContact).contains(r#"name="sure" value="on""#));
    assert!(!form(Code::GuardCode).contains("sure"));
}

#[test]
fn a_form_of_another_call_is_left_as_it_was() {
    let ctx = refused("Respond", &[("email", "typed elsewhere")], Refusal::of(Code::FieldNeeded).at("email"));
    let form = ui::Form::new(&ctx, "SignIn", "/x".into()).fill("email", "first");
    assert_eq!(form.value("email"), Some("first"));
    assert!(!form.email("email", "El. paštas").render_text().contains("aria-invalid"));
}

#[test]
fn text_of_people_is_escaped() {
    let ctx =
        refused("SignIn", &[("email", "\"><script>alert(1)</script>")], Refusal::of(Code::EmailWrong).at("email"));
    let page = accounts::sign_in(&ctx, "").into_string();
    assert!(!page.contains("<script>"));
}

#[test]
fn public_pages_load_no_script_and_no_page_has_styles_in_attributes() {
    let public = home::page(&context(Actor::Anonymous), &home::Home::default()).into_string();
    assert!(!public.contains("<script"));
    assert!(!public.contains("style="));
    assert!(public.contains(r#"<html lang="lt" data-theme="dark">"#));
    assert!(public.contains("<style>p{margin:0}</style>"), "the style is exactly the text whose hash the policy names");
}

#[test]
fn what_the_service_worker_fills_stands_as_it_looks_for_it() {
    let worker = include_str!("../../public/sw.js");
    let page = offline::page(&context(Actor::Anonymous)).into_string();
    for id in ["no-copy", "refused", "kept"] {
        assert!(page.contains(&format!("<section id=\"{id}\" hidden>")), "{page}");
        assert!(worker.contains(&format!("\"{id}\"")), "{id}");
    }
    assert!(page.contains("<ul id=\"kept-pages\"></ul>") && worker.contains("'<ul id=\"kept-pages\">'"));
    let banner = offline::banner(Lang::Lt).into_string();
    assert!(banner.starts_with("<p id=\"saved-copy\" class=\"note warn\" role=\"status\" hidden>"), "{banner}");
    let time = "<time id=\"saved-at\" class=\"numbers\">";
    assert!(banner.contains(time) && worker.contains(time));
    for address in [pages::address::offline(), pages::address::sign_out()] {
        assert!(worker.contains(&format!("\"{address}\"")), "{address}");
    }
}

#[test]
fn a_sign_in_is_kept_over_https_or_on_the_machine_itself() {
    let keeps = |origin: &str| Context { origin: origin.into(), ..context(Actor::Anonymous) }.keeps_sign_in();
    for origin in
        ["https://a.example", "http://localhost:8080", "http://127.0.0.1:80", "http://[::1]:8080", "http://[::1]"]
    {
        assert!(keeps(origin), "{origin}");
    }
    assert!(!keeps("http://10.0.0.5:8080"));
    assert!(!keeps("http://localhost.example"));
}

trait RenderText {
    fn render_text(&self) -> String;
}

impl<T: maud::Render> RenderText for T {
    fn render_text(&self) -> String {
        self.render().into_string()
    }
}
