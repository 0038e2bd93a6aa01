//! The cast of the demo and of all tests. The schools are invented, the municipalities real.

use model::{access::Visibility, accounts::Profession};

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
    MunicipalSpecialist(&'static str),
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

const fn person(name: &'static str, profession: Profession, standing: Standing) -> Person {
    Person { name, profession, standing }
}

pub const PEOPLE: [Person; 21] = {
    use Profession::{ClassHead, DeputyHead, PupilSupport, Specialist, Teacher};
    use Standing::{Administrator, Consultant, Coordinator, Member, MunicipalSpecialist, Outsider, Suspended};
    [
        person("Ona Vaitkienė", Specialist, Administrator),
        person("Jonas Petraitis", Specialist, Coordinator("bmt")),
        person("Rūta Kazlauskienė", Specialist, Consultant("saltinis")),
        person("Darius Mockus", Specialist, MunicipalSpecialist("LT-53")),
        person("Rasa Jankauskienė", DeputyHead, Member("azuolas")),
        person("Tomas Balčiūnas", Teacher, Member("azuolas")),
        person("Eglė Šimkutė", Teacher, Member("azuolas")),
        person("Mindaugas Urbonas", Teacher, Member("azuolas")),
        person("Ieva Žukauskaitė", ClassHead, Member("azuolas")),
        person("Vilma Stankevičienė", DeputyHead, Member("saltinis")),
        person("Andrius Butkus", Teacher, Member("saltinis")),
        person("Giedrė Paulauskaitė", Teacher, Member("saltinis")),
        person("Lina Kavaliauskienė", ClassHead, Member("saltinis")),
        person("Paulius Navickas", Teacher, Member("saltinis")),
        person("Simona Rimkutė", PupilSupport, Member("saltinis")),
        person("Kristina Gailiūtė", Teacher, Member("pusynas")),
        person("Marius Norkus", Teacher, Member("pusynas")),
        person("Daiva Petkevičienė", PupilSupport, Member("pusynas")),
        person("Saulius Grigas", Teacher, Member("pusynas")),
        person("Nerijus Lapinskas", Teacher, Outsider),
        person("Zita Misevičienė", Teacher, Suspended),
    ]
};

/// Key, kind, name, about.
pub const NETWORKS: [(&str, &str, &str, &str); 2] = [
    (
        "bmt",
        "bmt",
        "Besimokančių mokyklų tinklas „Kartu“",
        "Mokyklų komandos, kurios ugdymo problemas sprendžia drauge ir mokosi viena iš kitos.",
    ),
    (
        "alytus",
        "tum",
        "Tūkstantmečio mokyklos „Alytaus kraštas“",
        "Tūkstantmečio mokyklų programos dalyvės Alytaus krašte: lyderystė, įtraukusis, kultūrinis ir STEAM ugdymas.",
    ),
];

pub const TEAMS: [Team; 3] = [
    Team {
        key: "azuolas",
        name: "Ąžuolas",
        network: "bmt",
        school: "Ąžuolyno progimnazija",
        kind: "progymnasium",
        municipality: "LT-53",
        active: true,
    },
    Team {
        key: "saltinis",
        name: "Šaltinis",
        network: "alytus",
        school: "Šaltinių gimnazija",
        kind: "gymnasium",
        municipality: "LT-02",
        active: true,
    },
    Team {
        key: "pusynas",
        name: "Pušynas",
        network: "bmt",
        school: "Pušyno pagrindinė mokykla",
        kind: "basic",
        municipality: "LT-54",
        active: false,
    },
];

pub const SPACES: [Space; 4] = [
    Space {
        key: "dirbtuve",
        network: "bmt",
        name: "Įtraukiojo ugdymo dirbtuvė",
        about: "Trys komandos iš trijų savivaldybių ieško, kaip pamokoje padėti kiekvienam mokiniui.",
        visibility: Visibility::Network,
        teams: &["azuolas", "saltinis", "pusynas"],
    },
    Space {
        key: "patirtis",
        network: "bmt",
        name: "Geroji patirtis visiems",
        about: "Tai, kas pasiteisino, ir tai, kas ne – atvira visiems, kam to reikia.",
        visibility: Visibility::Public,
        teams: &["azuolas", "saltinis"],
    },
    Space {
        key: "kiemas",
        network: "bmt",
        name: "Ąžuolo ir Pušyno kiemas",
        about: "Dviejų mokyklų darbinė erdvė: penktokų adaptacija ir tai, kas dar tik bandoma.",
        visibility: Visibility::Team,
        teams: &["azuolas", "pusynas"],
    },
    Space {
        key: "steam",
        network: "alytus",
        name: "STEAM tarp savivaldybių",
        about: "Bendros veiklos, kuriose gamtos mokslai, technologijos ir menas susitinka vienoje pamokoje.",
        visibility: Visibility::All,
        teams: &["azuolas", "saltinis"],
    },
];

impl Person {
    /// The first name, which is what the content and the tests call them by.
    pub fn key(&self) -> &'static str {
        self.name.split(' ').next().unwrap_or(self.name)
    }

    pub fn email(&self) -> String {
        let plain = |letter: char| match letter {
            'ą' => 'a',
            'č' => 'c',
            'ę' | 'ė' => 'e',
            'į' => 'i',
            'š' => 's',
            'ų' | 'ū' => 'u',
            'ž' => 'z',
            other => other,
        };
        let name: String = self.key().to_lowercase().chars().map(plain).collect();
        format!("{name}@tinklaveika.example")
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

impl Standing {
    pub fn words(self) -> String {
        let team = |key: &str| TEAMS.iter().find(|team| team.key == key).map_or("", |team| team.name);
        match self {
            Standing::Administrator => "administratorė".to_owned(),
            Standing::Coordinator(_) => "tinklo koordinatorius".to_owned(),
            Standing::Consultant(key) => format!("komandos „{}“ konsultantė", team(key)),
            Standing::MunicipalSpecialist(_) => "savivaldybės specialistas".to_owned(),
            Standing::Member(key) => format!("komanda „{}“", team(key)),
            Standing::Outsider => "be komandos".to_owned(),
            Standing::Suspended => "sustabdyta paskyra".to_owned(),
        }
    }
}
