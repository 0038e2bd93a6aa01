//! People, rooms and practices for a measurement, written straight into the product's SQLite file while nobody has it open.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use rusqlite::{Connection, Transaction, params};
use serde_json::json;
use sha2::{Digest, Sha256};

/// Sessions that are open, and who is signed in to sit in them.
pub struct Rooms {
    pub sessions: Vec<String>,
    /// By room, then by seat: the secret of a sign-in.
    pub tokens: Vec<Vec<String>>,
    /// By room, then by seat: who sits there. The first one leads.
    pub people: Vec<Vec<String>>,
}

/// Members of each team, as the rules have it at most.
const TEAM: usize = 6;

/// Opens so many sessions, each in a space of its own, with people of teams of six who are signed in.
pub fn rooms(data: &Path, rooms: usize, seats: usize, now: i64) -> Result<Rooms> {
    let mut connection = open(data)?;
    let tx = connection.transaction()?;
    let mut seed = Seed { tx, now, count: 0 };
    let (network, school) = seed.ground()?;
    let mut found = Rooms { sessions: Vec::new(), tokens: Vec::new(), people: Vec::new() };
    for room in 0..rooms {
        let space = seed.space(&network, &format!("Erdvė {room}"), "team")?;
        let (mut people, mut tokens) = (Vec::new(), Vec::new());
        for start in (0..seats).step_by(TEAM) {
            let team = seed.team(&network, &school, &space)?;
            for seat in start..(start + TEAM).min(seats) {
                let (person, token) = seed.person(&format!("Mokytoja {room} {seat}"))?;
                seed.run(
                    "insert into members (team, person, lead, joined_at) values (?1, ?2, ?3, ?4)",
                    params![team, person, seat == start, now],
                )?;
                people.push(person);
                tokens.push(token);
            }
        }
        found.sessions.push(seed.session(&space, &people[0])?);
        found.tokens.push(tokens);
        found.people.push(people);
    }
    seed.tx.commit()?;
    Ok(found)
}

/// Live events, and problems to be answered by people who are signed in, each in a space of its own.
pub struct Past {
    /// A problem with the secret of somebody who may answer it.
    pub problems: Vec<(String, String)>,
    pub events: u64,
}

/// So many sessions of so many messages each.
pub fn past(data: &Path, sessions: usize, messages: i64, now: i64) -> Result<Past> {
    let rooms = rooms(data, sessions, 1, now)?;
    let mut connection = open(data)?;
    let tx = connection.transaction()?;
    let mut seed = Seed { tx, now, count: 1 << 40 };
    let mut past = Past { problems: Vec::new(), events: 2 * sessions as u64 };
    for (session, tokens) in rooms.sessions.iter().zip(&rooms.tokens) {
        let (space, person): (String, String) =
            seed.tx.query_row("select space, facilitator from sessions where id = ?1", [session], |row| {
                Ok((row.get(0)?, row.get(1)?))
            })?;
        for seq in 3..3 + messages {
            let (command, message) = (seed.id(), seed.id());
            let event = json!({ "said": { "id": message, "by": person, "at": now, "text": words(seed.count) } });
            seed.run(
                "insert into session_events (session, seq, command_id, part, actor, payload, at) values (?1, ?2, ?3, 0, ?4, ?5, ?6)",
                params![session, seq, command, person, event.to_string(), now],
            )?;
        }
        seed.run("update sessions set last_seq = last_seq + ?2 where id = ?1", params![session, messages])?;
        let problem = seed.id();
        seed.run(
            "insert into problems (id, space, author, state, title, text, topics, evidence, version, created_at, posted_at, updated_at)
             values (?1, ?2, ?3, 'posted', 'Motyvacija', ?4, '[]', '[]', 1, ?5, ?5, ?5)",
            params![problem, space, person, SUMMARY, now],
        )?;
        past.problems.push((problem, tokens[0].clone()));
        past.events += messages.unsigned_abs();
    }
    seed.tx.commit()?;
    Ok(past)
}

/// An open session with so many people who came and wrote so many messages in turn; and the secret of who leads it.
pub fn long_room(data: &Path, people: usize, messages: i64, now: i64) -> Result<(String, String)> {
    let rooms = rooms(data, 1, people, now)?;
    let (session, here) = (&rooms.sessions[0], &rooms.people[0]);
    let mut connection = open(data)?;
    let tx = connection.transaction()?;
    let mut seed = Seed { tx, now, count: 1 << 40 };
    let arrived = |(number, person): (usize, &String)| {
        let who = json!({ "id": person, "name": format!("Mokytoja {number}"), "role": "participant" });
        (person.clone(), json!({ "arrived": { "who": who, "at": now } }))
    };
    let mut events: Vec<_> = here.iter().enumerate().map(arrived).collect();
    for number in 0..messages {
        let (person, message) = (&here[number as usize % here.len()], seed.id());
        let text = words(seed.count);
        events.push((person.clone(), json!({ "said": { "id": message, "by": person, "at": now, "text": text } })));
    }
    for ((actor, event), seq) in events.iter().zip(3..) {
        let command = seed.id();
        seed.run(
            "insert into session_events (session, seq, command_id, part, actor, payload, at) values (?1, ?2, ?3, 0, ?4, ?5, ?6)",
            params![session, seq, command, actor, event.to_string(), now],
        )?;
    }
    seed.run("update sessions set last_seq = last_seq + ?2 where id = ?1", params![session, events.len() as i64])?;
    seed.tx.commit()?;
    Ok((session.clone(), rooms.tokens[0][0].clone()))
}

/// Publishes so many practices in one public space, and signs one reader in, whose token is given back.
pub fn practices(data: &Path, count: usize, now: i64) -> Result<String> {
    let mut connection = open(data)?;
    let tx = connection.transaction()?;
    let mut seed = Seed { tx, now, count: 0 };
    let (network, school) = seed.ground()?;
    let space = seed.space(&network, "Geroji patirtis", "public")?;
    let team = seed.team(&network, &school, &space)?;
    let (author, token) = seed.person("Mokytoja")?;
    for number in 0..count {
        let id = seed.id();
        let title = format!("Trumpos užduotys poromis pamokos pradžioje {number}");
        let at = now - number as i64 * 1000;
        seed.run(
            "insert into practices (id, space, team, author, state, title, body, summary, area, grade_from, grade_to, cost,
                                    municipality, version, created_at, published_at, updated_at)
             values (?1, ?2, ?3, ?4, 'published', ?5, ?6, ?7, 'inclusion', 5, 8, 'none', 'LT-53', 1, ?8, ?8, ?8)",
            params![id, space, team, author, title, practice_body(), SUMMARY, at],
        )?;
    }
    seed.tx.commit()?;
    Ok(token)
}

/// A practice of [`library`]: its text, and what it is browsed by.
pub struct Practice {
    /// The number of its space.
    pub space: usize,
    pub title: String,
    pub summary: String,
    pub context: String,
    pub area: Option<&'static str>,
    pub municipality: Option<String>,
    pub span: Option<(i64, i64)>,
    pub cost: &'static str,
    pub size: &'static str,
}

/// Publishes `practices` in so many spaces, of which the first `public` are public.
pub fn library(
    data: &Path,
    spaces: usize,
    public: usize,
    practices: impl Iterator<Item = Practice>,
    now: i64,
) -> Result<()> {
    let mut connection = open(data)?;
    let tx = connection.transaction()?;
    let mut seed = Seed { tx, now, count: 0 };
    let (network, school) = seed.ground()?;
    let (author, _) = seed.person("Mokytoja")?;
    let mut places = Vec::with_capacity(spaces);
    for number in 0..spaces {
        let visibility = if number < public { "public" } else { "team" };
        let space = seed.space(&network, &format!("Erdvė {number}"), visibility)?;
        let team = seed.team(&network, &school, &space)?;
        places.push((space, team));
    }
    for practice in practices {
        let id = seed.id();
        let (space, team) = &places[practice.space];
        let body = json!({ "steps": [], "context": practice.context });
        let (from, to) = practice.span.unzip();
        seed.run(
            "insert into practices (id, space, team, author, state, title, body, summary, area, grade_from, grade_to, cost,
                                    municipality, school_size, version, created_at, published_at, updated_at)
             values (?1, ?2, ?3, ?4, 'published', ?5, ?6, ?7, ?8, ?9, ?10, ?13, ?11, ?14, 1, ?12, ?12, ?12)",
            params![
                id, space, team, author, practice.title, body.to_string(), practice.summary, practice.area, from, to,
                practice.municipality, now, practice.cost, practice.size
            ],
        )?;
    }
    Ok(seed.tx.commit()?)
}

pub fn public_spaces(data: &Path) -> Result<Vec<String>> {
    let connection = open(data)?;
    let mut query = connection.prepare("select id from spaces where visibility = 'public'")?;
    let ids = query.query_map([], |row| row.get(0))?.collect::<rusqlite::Result<_>>()?;
    Ok(ids)
}

const SUMMARY: &str = "Pirmas dešimt minučių mokiniai dirba poromis su trumpa užduotimi iš praėjusios pamokos. Mokytojas iškart \
                       mato, kas suprasta, ir pagal tai keičia pamokos eigą. Tinka visų dalykų pamokoms 5–8 klasėse.";

/// Thirty words of that text in an order of their own, so that no message is compressed away as the one before.
fn words(number: u64) -> String {
    let words: Vec<&str> = SUMMARY.split(' ').collect();
    let (mut state, mut text) = (number.wrapping_mul(0x9e37_79b9_7f4a_7c15), String::new());
    for _ in 0..30 {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        text.push_str(words[(state >> 33) as usize % words.len()]);
        text.push(' ');
    }
    text
}

fn practice_body() -> String {
    let long = [SUMMARY; 3].join(" ");
    json!({
        "topics": ["engagement"], "context": long, "steps": [SUMMARY, SUMMARY, SUMMARY, SUMMARY], "who": SUMMARY,
        "time": "Dvi savaitės.", "materials": SUMMARY, "result": long, "limits": SUMMARY, "licence": "CC BY 4.0",
        "summary": SUMMARY, "area": "inclusion", "span": { "from": 5, "to": 8 }, "cost": "none",
    })
    .to_string()
}

/// The one SQLite file of a data directory.
pub fn file(data: &Path) -> Result<PathBuf> {
    let mut files = std::fs::read_dir(data)?.filter_map(|entry| Some(entry.ok()?.path()));
    let of_sqlite = |path: &PathBuf| {
        path.extension().is_some_and(|name| ["sqlite", "db", "sqlite3"].iter().any(|known| name == *known))
    };
    files.find(of_sqlite).with_context(|| format!("no database in {}", data.display()))
}

fn open(data: &Path) -> Result<Connection> {
    let connection = Connection::open(file(data)?)?;
    connection.pragma_update(None, "foreign_keys", true)?;
    Ok(connection)
}

struct Seed<'a> {
    tx: Transaction<'a>,
    now: i64,
    count: u64,
}

impl Seed<'_> {
    fn run(&self, sql: &str, values: impl rusqlite::Params) -> Result<()> {
        self.tx.prepare_cached(sql)?.execute(values)?;
        Ok(())
    }

    /// A version 7 UUID with a counter for its random part.
    fn id(&mut self) -> String {
        self.count += 1;
        format!("{:08x}-{:04x}-7abc-8000-{:012x}", self.now >> 16, self.now & 0xffff, self.count)
    }

    fn ground(&mut self) -> Result<(String, String)> {
        let (network, school) = (self.id(), self.id());
        self.run(
            "insert into networks (id, kind, name, name_key, about, created_at) values (?1, 'bmt', 'Tinklas', '', '', ?2)",
            params![network, self.now],
        )?;
        self.run(
            "insert into schools (id, name, name_key, municipality, kind, created_at)
             values (?1, 'Mokykla', '', 'LT-53', 'gymnasium', ?2)",
            params![school, self.now],
        )?;
        Ok((network, school))
    }

    fn space(&mut self, network: &str, name: &str, visibility: &str) -> Result<String> {
        let id = self.id();
        self.run(
            "insert into spaces (id, network, name, name_key, about, visibility, version, created_at)
             values (?1, ?2, ?3, '', '', ?4, 1, ?5)",
            params![id, network, name, visibility, self.now],
        )?;
        Ok(id)
    }

    fn team(&mut self, network: &str, school: &str, space: &str) -> Result<String> {
        let id = self.id();
        self.run(
            "insert into teams (id, network, school, name, name_key, state, version, created_at)
             values (?1, ?2, ?3, 'Komanda', '', 'active', 1, ?4)",
            params![id, network, school, self.now],
        )?;
        self.run("insert into space_teams (space, team, since) values (?1, ?2, ?3)", params![space, id, self.now])?;
        Ok(id)
    }

    /// A person with a sign-in, and its secret.
    fn person(&mut self, name: &str) -> Result<(String, String)> {
        let (id, sign_in) = (self.id(), self.id());
        let email = format!("{id}@tinklaveika.example");
        self.run(
            "insert into people (id, name, name_key, email, email_key, email_verified_at, password, profession, created_at)
             values (?1, ?2, '', ?3, ?3, ?4, '', 'teacher', ?4)",
            params![id, name, email, self.now],
        )?;
        let token = hex(&Sha256::digest(sign_in.as_bytes()));
        self.run(
            "insert into sign_ins (id, person, token, device, shared_computer, created_at, seen_at)
             values (?1, ?2, ?3, '', false, ?4, ?4)",
            params![sign_in, id, hex(&Sha256::digest(token.as_bytes())), self.now],
        )?;
        Ok((id, token))
    }

    /// An open session with the two events that made it so.
    fn session(&mut self, space: &str, facilitator: &str) -> Result<String> {
        let (id, step) = (self.id(), self.id());
        let steps = json!([{ "id": step, "title": "Aptarimas", "minutes": 60 }]);
        self.run(
            "insert into sessions (id, space, title, facilitator, state, starts_at, minutes, steps, last_seq, created_at)
             values (?1, ?2, 'Susitikimas', ?3, 'open', ?4, 60, ?5, 2, ?4)",
            params![id, space, facilitator, self.now, steps.to_string()],
        )?;
        let events = [
            json!({ "scheduled": { "title": "Susitikimas", "facilitator": facilitator, "steps": steps } }),
            json!({ "opened": { "by": facilitator, "at": self.now } }),
        ];
        for (event, seq) in events.iter().zip(1..) {
            let command = self.id();
            self.run(
                "insert into session_events (session, seq, command_id, part, actor, payload, at) values (?1, ?2, ?3, 0, ?4, ?5, ?6)",
                params![id, seq, command, facilitator, event.to_string(), self.now],
            )?;
        }
        Ok(id)
    }
}

pub fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
