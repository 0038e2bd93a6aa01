//! Pages and forms of one's own account.

use ::pages::{accounts as shown, address, address::template};
use model::accounts::*;

use super::*;
use crate::doors::{Drawn, Sent, Visit, local_path};

pub fn routes() -> Routes {
    Routes::new()
        .page(template::sign_in, sign_in_page)
        .form(template::sign_in, template::sign_in, sign_in, sign_in_page, |_, sent| back(sent))
        .form(template::sign_out, template::home, sign_out, crate::site::home, |_, _| address::home())
        .page(template::set_up, set_up_page)
        .form(template::set_up, template::set_up, set_up, set_up_page, |_, _| address::home())
        .page(template::verify_email, verify_page)
        .form(template::verify_email, template::verify_email, verify_email, verify_page, |_, _| address::home())
        .page(template::forgotten, forgotten_page)
        .page(template::forgotten_sent, forgotten_sent_page)
        .form(template::forgotten, template::forgotten, ask_reset, forgotten_page, |_, _| address::forgotten_sent())
        .page(template::reset, reset_page)
        .page(template::reset_done, reset_done_page)
        .form(template::reset, template::reset, reset_password, reset_page, |_, _| address::reset_done())
        .form(template::verification, template::account, ask_verification, account, |_, _| address::account())
        .page(template::account, account)
        .form(template::password, template::account, change_password, account, |_, _| address::account())
        .form(template::end_sign_in, template::account, end_sign_in, account, |_, _| address::account())
        .form(template::end_other_sign_ins, template::account, end_other_sign_ins, account, |_, _| address::account())
}

/// Where a person wanted to go before signing in.
fn back(sent: &Sent<'_>) -> String {
    sent.get("_grizti").and_then(local_path).map_or_else(address::home, str::to_owned)
}

async fn sign_in_page(_: App, visit: Visit) -> Drawn {
    let typed = visit.ctx.form.as_ref().and_then(|form| form.pairs.iter().find(|(name, _)| name == "_grizti"));
    let wanted = typed.map(|(_, value)| value.as_str()).or(visit.query("grizti"));
    Ok(shown::sign_in(&visit.ctx, wanted.and_then(local_path).unwrap_or_default()))
}

async fn set_up_page(_: App, visit: Visit) -> Drawn {
    Ok(shown::set_up(&visit.ctx, &visit.param::<String>("token")?))
}

async fn verify_page(_: App, visit: Visit) -> Drawn {
    Ok(shown::verify(&visit.ctx, &visit.param::<String>("token")?))
}

async fn forgotten_page(_: App, visit: Visit) -> Drawn {
    Ok(shown::forgotten(&visit.ctx))
}

async fn forgotten_sent_page(_: App, visit: Visit) -> Drawn {
    Ok(shown::forgotten_sent(&visit.ctx))
}

async fn reset_page(_: App, visit: Visit) -> Drawn {
    Ok(shown::reset(&visit.ctx, &visit.param::<String>("token")?))
}

async fn reset_done_page(_: App, visit: Visit) -> Drawn {
    Ok(shown::reset_done(&visit.ctx))
}

async fn account(app: App, visit: Visit) -> Drawn {
    if visit.actor.me().is_none() {
        return Err(Code::SignInNeeded.into());
    }
    let me = read_me(app.clone(), visit.actor.clone(), ReadMe {}).await?;
    let sign_ins = signed_in_places(&app, &visit.actor, visit.sign_in).await?;
    Ok(shown::account(&visit.ctx, &me, &sign_ins))
}
