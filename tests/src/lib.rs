//! What the tests share: a server of its own for each test, with the cast in it, and clients that speak HTTP to it.
//!
//! ```ignore
//! on_both! {
//!     async fn a_team_of_four_cannot_be_activated(app) {
//!         let kristina = app.as_("Kristina").await;
//!         kristina.call(ActivateTeam { team: app.team("pusynas") }).await.refused(Code::TeamSize);
//!     }
//! }
//! ```

pub mod app;
pub mod client;
pub mod http;
pub mod sink;
pub mod tables;

pub use app::TestApp;
pub use client::{Client, Reply};
pub use db::testing::Kind;

/// Each test once on SQLite and once on PostgreSQL. `(app)` is a [`TestApp`] with the cast, `(kind: Kind)` only says which
/// database it is, for a test that sets its app up itself.
#[macro_export]
macro_rules! on_both {
    ($($(#[$meta:meta])* async fn $name:ident($app:ident $(: $kind:ty)?) $body:block)*) => {
        $($crate::on_both!(@one [$(#[$meta])*] $name $app [$($kind)?] $body);)*
    };
    (@one [$($meta:tt)*] $name:ident $app:ident [] $body:block) => {
        mod $name {
            #[allow(unused_imports)]
            use super::*;

            async fn test($app: &$crate::TestApp) $body

            $($meta)*
            #[tokio::test]
            async fn on_sqlite() {
                test(&$crate::TestApp::with_cast($crate::Kind::Sqlite).await).await
            }

            $($meta)*
            #[tokio::test]
            async fn on_postgresql() {
                test(&$crate::TestApp::with_cast($crate::Kind::Postgres).await).await
            }
        }
    };
    (@one [$($meta:tt)*] $name:ident $app:ident [$kind:ty] $body:block) => {
        mod $name {
            #[allow(unused_imports)]
            use super::*;

            async fn test($app: $kind) $body

            $($meta)*
            #[tokio::test]
            async fn on_sqlite() {
                test($crate::Kind::Sqlite).await
            }

            $($meta)*
            #[tokio::test]
            async fn on_postgresql() {
                test($crate::Kind::Postgres).await
            }
        }
    };
}
