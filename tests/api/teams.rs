//! Teams of five to six: their states, their seats, and the ways in and out.

use model::{refusal::Code, teams::*};
use tests::{TestApp, on_both};

on_both! {
    async fn a_team_of_four_cannot_be_activated(app) {
        let kristina = app.as_("Kristina").await;
        let refusal = kristina.call(ActivateTeam { team: app.team("pusynas") }).await.refused(Code::TeamSize);
        assert_eq!(refusal.facts["count"], "4");
        assert_eq!(read(app, "pusynas").await.state, TeamState::Forming);
    }
}

async fn read(app: &TestApp, team: &str) -> TeamPage {
    app.as_("Ona").await.call(ReadTeam { team: app.team(team) }).await.granted()
}
