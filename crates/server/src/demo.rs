//! The demo: one named cast, invented schools in real municipalities, and what they wrote. The tests know the same people.
//!
//! It is loaded into an empty database only, in one transaction.

mod agreed;
pub mod cast;
mod content;
pub mod files;
mod live;
mod noted;
mod planned;
mod store;

use std::collections::BTreeMap;

use db::Tx;
use model::{
    access::Role,
    accounts::Email,
    ids::*,
    networks::CreateNetwork,
    schools::CreateSchool,
    spaces::OpenSpace,
    teams::{CreateTeam, TeamState},
    time::{Millis, Timestamp},
    words::Line,
};

use crate::{
    accounts::{self, NewPerson},
    app::App,
    auth,
    error::{Fault, OrMissing},
    networks, plans, problems, schools, spaces, teams,
    versions::{self, Kind},
};
use serde::{Serialize, de::DeserializeOwned};
use uuid::Uuid;

use cast::{NETWORKS, PEOPLE, PersonOf, SPACES, Standing, TEAMS};

/// The password of everyone in the demo.
pub const PASSWORD: &str = "graži diena prie ežero";

/// Who and what there is, by the keys of [`cast`] and of the content.
#[derive(Clone, Debug, Default)]
pub struct Cast {
    pub people: BTreeMap<&'static str, PersonId>,
    pub networks: BTreeMap<&'static str, NetworkId>,
    pub teams: BTreeMap<&'static str, TeamId>,
    pub spaces: BTreeMap<&'static str, SpaceId>,
    pub problems: BTreeMap<String, ProblemId>,
    pub practices: BTreeMap<String, PracticeId>,
    pub sessions: BTreeMap<String, SessionId>,
}

/// Fills an empty database; none when somebody is there already.
pub async fn load(app: &App) -> Result<Option<Cast>, Fault> {
    // Everyone has the same password, which the screen says; one hash does for all.
    let phc = app.passwords.hash(PASSWORD).await?;
    let mut tx = app.db.write().await?;
    if accounts::store::count_people(&mut tx).await? > 0 {
        return Ok(None);
    }
    let mut cast = Cast::default();
    let loading = &mut Loading { app, tx: &mut tx, now: app.now(), cast: &mut cast };
    loading.people(&phc).await?;
    loading.organisation().await?;
    loading.roles().await?;
    loading.practices().await?;
    loading.problems().await?;
    loading.sessions().await?;
    tx.commit().await?;
    app.content.changed();
    app.search.touch_all();
    Ok(Some(cast))
}

struct Loading<'a> {
    app: &'a App,
    tx: &'a mut Tx,
    now: Timestamp,
    cast: &'a mut Cast,
}

impl Loading<'_> {
    /// So many days before the loading, moved to a working day between seven and half past four of the afternoon in UTC,
    /// since teachers write after lessons. What was later stays later.
    fn ago(&self, days: i64) -> Timestamp {
        let day = self.now.ms().div_euclid(Millis::days(1).ms()) - days;
        // The first day of 1970 was a Thursday.
        let (day, minute) = match (day + 3).rem_euclid(7) {
            5 => (day - 1, 15 * 60 + 40),
            6 => (day - 2, 16 * 60 + 20),
            _ => (day, 7 * 60 + (day * 151).rem_euclid(8 * 60)),
        };
        Timestamp(Millis::days(day).ms() + Millis::minutes(minute).ms())
    }

    /// An id as if it had been made at `at`.
    fn id<T: Id>(&self, at: Timestamp) -> T {
        self.app.id_at(at)
    }

    fn person(&self, name: &str) -> Result<PersonId, Fault> {
        let found = self.cast.people.get(name).copied();
        Ok(found.ok_or_else(|| anyhow::anyhow!("the demo has nobody called {name}"))?)
    }

    async fn people(&mut self, phc: &str) -> Result<(), Fault> {
        for person in &PEOPLE {
            let at = self.ago(400);
            let email: Email = person.email().parse()?;
            let id = self.id(at);
            let new = NewPerson { name: person.name, email: &email, phc, profession: person.profession };
            accounts::store::insert_person(self.tx, id, &new, at).await?;
            accounts::store::verify_email(self.tx, id, at).await?;
            if matches!(person.standing, Standing::Suspended) {
                store::suspend(self.tx, id, self.now).await?;
            }
            self.cast.people.insert(person.key(), id);
        }
        Ok(())
    }

    async fn organisation(&mut self) -> Result<(), Fault> {
        let at = self.ago(390);
        for (key, kind, name, about) in NETWORKS {
            let id = self.id(at);
            let call = CreateNetwork { kind: kind.parse().map_err(wrong)?, name: line(name)?, about: prose(about) };
            networks::store::insert(self.tx, id, &call, at).await?;
            self.cast.networks.insert(key, id);
        }
        for plan in content::plans()? {
            let network = self.cast.networks.get(&*plan.network).copied();
            let network = network.ok_or_else(|| anyhow::anyhow!("the demo: a plan is of an unknown network"))?;
            let (title, about) = (&plan.title, &plan.about);
            let new = plans::store::New { id: self.id(at), network, title, about, steps: &plan.steps, at };
            plans::store::insert(self.tx, &new).await?;
        }
        for team in &TEAMS {
            let network = self.cast.networks[team.network];
            let school = self.id(at);
            let call = CreateSchool {
                network,
                name: line(team.school)?,
                municipality: team.municipality.parse().map_err(wrong)?,
                kind: team.kind.parse().map_err(wrong)?,
                size: Some(team.size),
            };
            schools::store::insert(self.tx, school, &call, at).await?;
            let id = self.id(at);
            teams::store::insert(self.tx, id, &CreateTeam { network, school, name: line(team.name)? }, at).await?;
            self.cast.teams.insert(team.key, id);
            let members = PEOPLE.iter().filter(|person| person.standing == Standing::Member(team.key));
            for (place, person) in members.enumerate() {
                let person = self.person(person.key())?;
                teams::store::insert_member(self.tx, id, person, place == 0, at.plus(Millis(place as i64))).await?;
            }
            if team.active {
                teams::store::update_state(self.tx, id, 1, TeamState::Active).await?;
            }
        }
        for space in &SPACES {
            let id = self.id(at);
            let call = OpenSpace {
                network: self.cast.networks[space.network],
                name: line(space.name)?,
                about: prose(space.about),
                visibility: space.visibility,
            };
            spaces::store::insert(self.tx, id, &call, at).await?;
            for team in space.teams {
                spaces::store::insert_team(self.tx, id, self.cast.teams[team], at).await?;
            }
            self.cast.spaces.insert(space.key, id);
        }
        Ok(())
    }

    async fn roles(&mut self) -> Result<(), Fault> {
        for person in &PEOPLE {
            let role = match person.standing {
                Standing::Administrator => Role::Administrator,
                Standing::Coordinator(network) => Role::Coordinator(self.cast.networks[network]),
                Standing::Consultant(team) => Role::Consultant(self.cast.teams[team]),
                Standing::Expert(network) => Role::Expert(self.cast.networks[network]),
                Standing::CentreSpecialist(network) => Role::CentreSpecialist(self.cast.networks[network]),
                Standing::MunicipalSpecialist(code) => Role::MunicipalSpecialist(code.parse().map_err(wrong)?),
                Standing::Member(_) | Standing::Outsider | Standing::Suspended => continue,
            };
            let id = self.person(person.key())?;
            auth::store::insert_role(self.tx, id, role, self.ago(390)).await?;
        }
        Ok(())
    }

    async fn problems(&mut self) -> Result<(), Fault> {
        let histories = content::histories()?;
        for item in content::problems()? {
            let (at, author) = (self.ago(item.days_ago), self.person(&item.author)?);
            let (space, team) = (self.cast.spaces[&*item.space], self.cast.teams[&*item.team]);
            let id: ProblemId = self.id(at);
            problems::store::insert(self.tx, id, space, Some(team), author, item.state, &item.text, at).await?;
            problems::store::replace_topics(self.tx, id, &item.text.topics).await?;
            if item.status_history.is_empty() {
                problems::store::insert_state(self.tx, id, item.state, author, None, at).await?;
            }
            for change in &item.status_history {
                let (at, by) = (self.ago(change.days_ago), self.person(&change.author)?);
                problems::store::insert_state(self.tx, id, change.state, by, change.note.as_deref(), at).await?;
            }
            for response in &item.responses {
                let (at, by) = (self.ago(response.days_ago), self.person(&response.author)?);
                let team = PersonOf(&response.author).team().map(|team| self.cast.teams[team]);
                let said: ResponseId = self.id(at);
                problems::store::insert_response(self.tx, said, id, by, team, &response.text, at).await?;
                if let Some(practice) = &response.practice {
                    problems::respond::store::update_offered(self.tx, said, self.cast.practices[practice]).await?;
                }
            }
            for same in &item.same {
                let (at, by) = (self.ago(same.days_ago), self.person(&same.who)?);
                if let Some(team) = PersonOf(&same.who).team() {
                    problems::same::store::insert_same(self.tx, id, self.cast.teams[team], by, at).await?;
                }
            }
            if let Some(history) = histories.iter().find(|history| history.key == item.key) {
                let of = (Kind::Problem, id.uuid(), Some(team));
                self.history(of, history, &item.text).await?;
            }
            if let Some(merging) = &item.merged {
                let (at, by) = (self.ago(merging.days_ago), self.person(&merging.by)?);
                let (into, note) = (self.cast.problems[&merging.into], merging.note.as_deref());
                problems::merge::store::update_merged(self.tx, id, 1, into, at).await?;
                problems::same::store::insert_same(self.tx, into, team, by, at).await?;
                let state = problems::store::find(self.tx, into).await?.or_missing()?.state;
                problems::merge::store::insert_merging(self.tx, id, item.state, by, into, note, at).await?;
                problems::merge::store::insert_merging(self.tx, into, state, by, id, note, at).await?;
            }
            self.cast.problems.insert(item.key, id);
        }
        Ok(())
    }

    async fn practices(&mut self) -> Result<(), Fault> {
        let histories = content::histories()?;
        for item in content::practices()? {
            let (at, author) = (self.ago(item.days_ago), self.person(&item.author)?);
            let (space, team) = (self.cast.spaces[&*item.space], self.cast.teams[&*item.team]);
            let known = TEAMS.iter().find(|known| known.key == item.team);
            let (municipality, size) = known.map(|team| (team.municipality, team.size)).unzip();
            let id: PracticeId = self.id(at);
            let row = store::Practice { id, space, team, author, municipality, size, text: &item.text, at };
            store::insert_practice(self.tx, row).await?;
            if let Some(history) = histories.iter().find(|history| history.key == item.key) {
                let of = (Kind::Practice, id.uuid(), Some(team));
                self.history(of, history, &item.text).await?;
            }
            self.cast.practices.insert(item.key, id);
        }
        Ok(())
    }

    /// What it said before, as the verbs would have kept it: the first text as number 0, then each under the version it made.
    async fn history<T: Serialize + DeserializeOwned>(
        &mut self,
        of: (Kind, Uuid, Option<TeamId>),
        history: &content::History,
        now: &T,
    ) -> Result<(), Fault> {
        let (kind, item, team) = of;
        let texts = history.texts(now)?;
        match kind {
            Kind::Problem => versions::store::insert_first_of_problem(self.tx, item, &texts[0]).await?,
            Kind::Practice => versions::store::insert_first_of_practice(self.tx, item, &texts[0]).await?,
        };
        for (number, (edit, text)) in (2..).zip(history.edits.iter().zip(&texts[1..])) {
            let (at, by) = (self.ago(edit.days_ago), self.person(&edit.author)?);
            versions::store::insert(self.tx, kind, item, number, by, team, text, at).await?;
            match kind {
                Kind::Problem => store::update_problem(self.tx, item, number, at).await?,
                Kind::Practice => store::update_practice(self.tx, item, number, at).await?,
            };
        }
        Ok(())
    }

    async fn sessions(&mut self) -> Result<(), Fault> {
        for session in content::sessions()? {
            let id = live::load(self, &session).await?;
            self.cast.sessions.insert(session.key, id);
        }
        for series in content::planned()? {
            let made = planned::load(self, &series).await?;
            let keys = (1..).map(|number| format!("{}_{number}", series.key));
            self.cast.sessions.extend(keys.zip(made));
        }
        Ok(())
    }
}

fn line<const MAX: usize>(text: &str) -> Result<Line<MAX>, Fault> {
    Ok(Line::new(text).ok_or_else(|| anyhow::anyhow!("a text of the demo is not within its limits"))?)
}

fn prose<const MAX: usize>(text: &str) -> Option<model::words::Prose<MAX>> {
    model::words::Prose::new(text)
}

fn wrong(why: &'static str) -> Fault {
    Fault::Failed(anyhow::anyhow!("the demo: {why}"))
}

/// What `serve` prints: who can sign in. Of a team the one who leads it is named in full, the others by how their e-mail begins.
pub fn who_can_sign_in() -> String {
    let mut lines = String::from("The demo's people (one password for all: ");
    lines.push_str(PASSWORD);
    lines.push_str(")\n");
    for person in PEOPLE.iter().filter(|person| !matches!(person.standing, Standing::Member(_))) {
        let (email, words) = (person.email(), person.standing.words(person));
        lines.push_str(&format!("  {email:<34} {} – {words}\n", person.name));
    }
    for team in &TEAMS {
        let mut members = PEOPLE.iter().filter(|person| person.standing == Standing::Member(team.key));
        let Some(lead) = members.next() else { continue };
        let others: Vec<_> = members.map(|person| person.email().replace("@tinklaveika.example", "")).collect();
        let (email, words) = (lead.email(), lead.standing.words(lead));
        lines.push_str(&format!("  {email:<34} {} – {words}; {}\n", lead.name, others.join(", ")));
    }
    lines
}
