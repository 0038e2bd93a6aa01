//! Who is here, by team and school.

use model::live::{Participant, Standing};
use text::live as t;

use super::{room::part, scene::Scene, seats};
use crate::view::{Tag, View, tag};

/// Those of one team, or those without one.
#[derive(Clone, PartialEq, Debug)]
struct Group {
    /// Team and school; empty for those without a team.
    name: String,
    school: String,
    people: Vec<Participant>,
}

pub fn view(scene: &Scene) -> Tag {
    let lang = scene.lang;
    let mut here = scene.live.here.clone();
    let seated = scene.room.people.values().filter(|one| one.here && one.with.is_some());
    here.extend(seated.map(|one| one.who.clone()));
    let count = i64::try_from(here.len()).unwrap_or_default();
    let mut shown = part("live-people", t::people(lang))
        .add(tag("h2").text(t::people(lang)))
        .add(tag("p").set("class", "small muted").set("data-here", &count.to_string()).text(&t::here_now(lang, count)));
    // Who works in a group is in the session, and not in this room.
    let away = scene.room.in_groups().filter(|state| state.main.is_none()).into_iter().flat_map(|state| &state.groups);
    let away = away.flat_map(|group| group.people.iter()).filter(|id| here.iter().all(|who| who.id != **id));
    let away: Vec<&str> = away.map(|id| scene.name(*id)).collect();
    if !away.is_empty() {
        shown = shown.add(tag("p").text(text::breakouts::away(lang)).text(&away.join(", ")));
    }
    for group in grouped(&here) {
        let name = if group.name.is_empty() { t::without_team(lang) } else { &group.name };
        let school = (!group.school.is_empty()).then(|| tag("p").set("class", "small muted").text(&group.school));
        let people = group.people.iter().map(|person| one(scene, person)).collect();
        shown = shown.add(tag("h3").text(name)).add(school).add(tag("ul").set("class", "live-names").add_all(people));
    }
    shown.add(seats::mates(scene))
}

fn one(scene: &Scene, person: &Participant) -> View {
    let lang = scene.lang;
    // A school is told with the team; of those without a team each has their own.
    let school = person.school.as_deref().filter(|_| person.team.is_none());
    let role = match person.role {
        Standing::Facilitator => Some(t::facilitator(lang)),
        Standing::Observer => Some(t::observer(lang)),
        Standing::Participant => None,
    };
    let me = (scene.me() == Some(person.id)).then(|| t::you(lang));
    let with = scene.host_of(person.id).map(|host| t::sits_with(lang, scene.name(host)));
    let marks: Vec<&str> = [school, role, me, with.as_deref()].into_iter().flatten().collect();
    let marks = tag("span").set("class", "small muted").text(&marks.join(", "));
    tag("li").key(person.id).text(&person.name).text(" ").add(marks).into()
}

/// Teams by name, those without one last; within a team by name.
fn grouped(here: &[Participant]) -> Vec<Group> {
    let mut groups: Vec<Group> = Vec::new();
    for person in here {
        let name = person.team.as_ref().map(|team| team.name.clone()).unwrap_or_default();
        let school = person.school.clone().filter(|_| person.team.is_some()).unwrap_or_default();
        let found = groups.iter().position(|group| group.name == name && group.school == school);
        let at = found.unwrap_or_else(|| {
            let key = (name.is_empty(), order(&name));
            let at = groups.partition_point(|group| (group.name.is_empty(), order(&group.name)) <= key);
            groups.insert(at, Group { name, school, people: Vec::new() });
            at
        });
        let (people, key) = (&mut groups[at].people, order(&person.name));
        people.insert(people.partition_point(|other| order(&other.name) <= key), person.clone());
    }
    groups
}

/// Lithuanian order, near enough for a list of some dozens: č, š, ž after their plain letters, the others among them.
fn order(name: &str) -> String {
    let mut key = String::with_capacity(name.len() + 4);
    for letter in model::letters::lower(name).chars() {
        match letter {
            'č' => key.push_str("c\u{7f}"),
            'š' => key.push_str("s\u{7f}"),
            'ž' => key.push_str("z\u{7f}"),
            'ą' => key.push('a'),
            'ę' | 'ė' => key.push('e'),
            'į' | 'y' => key.push('i'),
            'ų' | 'ū' => key.push('u'),
            other => key.push(other),
        }
    }
    key
}

#[cfg(test)]
mod tests {
    use model::{
        ids::{PersonId, TeamId},
        live::TeamCard,
    };
    use uuid::Uuid;

    use super::*;

    #[test]
    fn people_stand_by_team_in_lithuanian_order() {
        let person = |number: u128, name: &str, team: Option<&str>| Participant {
            id: PersonId::from_uuid(Uuid::from_u128(number)),
            name: name.to_owned(),
            team: team.map(|name| TeamCard { id: TeamId::from_uuid(Uuid::nil()), name: name.to_owned() }),
            school: Some("Mokykla".to_owned()),
            role: Standing::Participant,
        };
        let here = [
            person(1, "Ona Vaitkienė", None),
            person(2, "Eglė Šimkutė", Some("Ąžuolas")),
            person(3, "Simona Rimkutė", Some("Šaltinis")),
            person(4, "Ieva Žukauskaitė", Some("Ąžuolas")),
            person(5, "Čiurlionis", Some("Šaltinis")),
            person(6, "Cvirka", Some("Šaltinis")),
        ];
        let told: Vec<(String, Vec<String>)> = grouped(&here)
            .into_iter()
            .map(|group| (group.name, group.people.into_iter().map(|person| person.name).collect()))
            .collect();
        let expected = [
            ("Ąžuolas", vec!["Eglė Šimkutė", "Ieva Žukauskaitė"]),
            ("Šaltinis", vec!["Cvirka", "Čiurlionis", "Simona Rimkutė"]),
            ("", vec!["Ona Vaitkienė"]),
        ];
        let expected =
            expected.map(|(name, people)| (name.to_owned(), people.into_iter().map(str::to_owned).collect()));
        assert_eq!(told, expected);
    }
}
