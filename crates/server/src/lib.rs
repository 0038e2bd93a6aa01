//! The server of Tinklaveika: carries between the pure model and one database.
//!
//! A noun is a module: `routes()` and its verbs, and beside it `store.rs`, which holds its SQL and nothing else.

pub mod accounts;
pub mod actions;
pub mod agreements;
pub mod app;
pub mod assets;
pub mod attendance;
pub mod audit;
pub mod auth;
pub mod backup;
pub mod breakouts;
pub mod config;
pub mod content;
pub mod cursor;
pub mod demo;
pub mod disk;
pub mod doors;
pub mod error;
pub mod export;
pub mod facets;
pub mod files;
pub mod http;
pub mod live;
pub mod mail;
pub mod minutes;
pub mod moderation;
pub mod networks;
pub mod notes;
pub mod notify;
pub mod openapi;
pub mod operate;
pub mod people;
pub mod pick;
pub mod plans;
pub mod practices;
pub mod preferences;
pub mod problems;
pub mod redactions;
pub mod run;
pub mod schools;
pub mod search;
pub mod serve;
pub mod sessions;
pub mod site;
pub mod spaces;
pub mod teams;
pub mod telemetry;
pub mod versions;

use axum::Router;

use app::App;
use doors::Routes;

/// Every call, form and page.
pub fn routes() -> Routes {
    Routes::new()
        .merge(accounts::routes())
        .merge(people::routes())
        .merge(networks::routes())
        .merge(schools::routes())
        .merge(teams::routes())
        .merge(spaces::routes())
        .merge(problems::routes())
        .merge(plans::routes())
        .merge(practices::routes())
        .merge(files::routes())
        .merge(sessions::routes())
        .merge(notes::routes())
        .merge(actions::routes())
        .merge(agreements::routes())
        .merge(moderation::routes())
        .merge(minutes::routes())
        .merge(attendance::routes())
        .merge(breakouts::routes())
        .merge(audit::routes())
        .merge(redactions::routes())
        .merge(search::routes())
        .merge(site::routes())
}

/// The whole public listener.
pub fn router(app: &App) -> Router {
    let routes = routes();
    routes
        .router
        .merge(preferences::router())
        .merge(audit::pages::router())
        .merge(assets::routes())
        .merge(serve::health())
        .merge(http::reports::router())
        .merge(live::router())
        .merge(live::notes::router())
        .merge(sessions::ics::router())
        .merge(sessions::feed::router())
        .merge(openapi::router())
        .fallback(site::nowhere)
        .with_state(app.clone())
}
