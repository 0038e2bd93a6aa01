//! The cast of the demo and of all tests. The schools are invented, the municipalities real.

mod people;
mod places;

use model::{access::Visibility, accounts::Profession, schools::SchoolSize};

pub use people::PEOPLE;
pub use places::{NETWORKS, SPACES, TEAMS};

pub struct Person {
    pub name: &'static str,
    pub profession: Profession,
    pub standing: Standing,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Standing {
    Administrator,
    /// Of a network.
    Coordinator(&'static str),
    /// Of a team.
    Consultant(&'static str),
    /// Of a network.
    Expert(&'static str),
    MunicipalSpecialist(&'static str),
    /// Of a network.
    CentreSpecialist(&'static str),
    /// Of a team; the first of a team leads it.
    Member(&'static str),
    Outsider,
    Suspended,
}

pub struct Team {
    pub key: &'static str,
    pub name: &'static str,
    pub network: &'static str,
    pub school: &'static str,
    pub kind: &'static str,
    pub municipality: &'static str,
    pub size: SchoolSize,
    pub active: bool,
}

pub struct Space {
    pub key: &'static str,
    pub network: &'static str,
    pub name: &'static str,
    pub about: &'static str,
    pub visibility: Visibility,
    pub teams: &'static [&'static str],
}

impl Person {
    /// The first name, which is what the content and the tests call them by.
    pub fn key(&self) -> &'static str {
        self.name.split(' ').next().unwrap_or(self.name)
    }

    pub fn email(&self) -> String {
        let name: String = self.key().to_lowercase().chars().map(model::letters::bare).collect();
        format!("{name}@tinklaveika.example")
    }
}

impl Standing {
    /// What `serve --demo` prints of those who are in no team.
    pub fn words(self, person: &Person) -> String {
        // Women's names end in a vowel, men's in an s.
        let either = |he: &str, she: &str| if person.key().ends_with('s') { he.to_owned() } else { she.to_owned() };
        let team = |key: &str| TEAMS.iter().find(|team| team.key == key).map_or("", |team| team.name);
        let network = |key: &str| NETWORKS.iter().find(|network| network.0 == key).map_or("", |network| network.2);
        match self {
            Standing::Administrator => either("administratorius", "administratorė"),
            Standing::Coordinator(key) => format!("{}: {}", either("koordinatorius", "koordinatorė"), network(key)),
            Standing::Consultant(key) => {
                format!("komandos „{}“ {}", team(key), either("konsultantas", "konsultantė"))
            }
            Standing::Expert(key) => format!("{}: {}", either("ekspertas", "ekspertė"), network(key)),
            Standing::MunicipalSpecialist(_) => either("savivaldybės specialistas", "savivaldybės specialistė"),
            Standing::CentreSpecialist(_) => {
                either("mokytojų švietimo centro specialistas", "mokytojų švietimo centro specialistė")
            }
            Standing::Member(key) => format!("komanda „{}“", team(key)),
            Standing::Outsider => "be komandos".to_owned(),
            Standing::Suspended => "sustabdyta paskyra".to_owned(),
        }
    }
}

/// A person by their key.
pub struct PersonOf<'a>(pub &'a str);

impl PersonOf<'_> {
    pub fn person(&self) -> Option<&'static Person> {
        PEOPLE.iter().find(|person| person.key() == self.0)
    }

    pub fn team(&self) -> Option<&'static str> {
        match self.person()?.standing {
            Standing::Member(team) => Some(team),
            _ => None,
        }
    }
}
