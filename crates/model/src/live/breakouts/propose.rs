//! Who could work with whom: a proposal that a facilitator changes by hand.

use std::collections::{BTreeMap, BTreeSet};

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::BREAKOUTS_MAX;
use crate::ids::*;

#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug, Default, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum GroupWay {
    /// Each team for itself, those without one together; the size that is asked for does not matter.
    Team,
    #[default]
    Random,
    /// Those who have not worked together before, as far as that can be.
    Strangers,
    /// Nobody is placed.
    Hand,
}

impl GroupWay {
    pub const ALL: [GroupWay; 4] = [GroupWay::Random, GroupWay::Strangers, GroupWay::Team, GroupWay::Hand];
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum GroupSize {
    /// So many groups; never more than there are people.
    Groups(usize),
    /// At most so many people in each.
    People(usize),
}

/// Somebody to be placed.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Groupable {
    pub id: PersonId,
    pub team: Option<TeamId>,
}

/// Pairs who have been in one group before, the smaller id first.
pub type Together = BTreeSet<(PersonId, PersonId)>;

/// How often swaps are looked for; each round costs the square of the number of people.
const ROUNDS: usize = 6;

/// The groups, at least one and at most [`BREAKOUTS_MAX`], whose sizes differ by at most one unless each is a team; everyone is in exactly
/// one of them, but for [`GroupWay::Hand`]. The same `seed` gives the same groups.
pub fn propose(
    people: &[Groupable],
    way: GroupWay,
    size: GroupSize,
    together: &Together,
    seed: u64,
) -> Vec<Vec<PersonId>> {
    let count = match size {
        GroupSize::Groups(groups) => groups,
        GroupSize::People(most) => people.len().div_ceil(most.max(1)),
    };
    let count = count.clamp(1, BREAKOUTS_MAX).min(people.len().max(1));
    match way {
        GroupWay::Hand => vec![Vec::new(); count],
        GroupWay::Team => by_team(people),
        GroupWay::Random => dealt(&shuffled(people, seed), count),
        GroupWay::Strangers => strangers(&shuffled(people, seed), count, together),
    }
}

fn by_team(people: &[Groupable]) -> Vec<Vec<PersonId>> {
    // Those without a team come last.
    let mut teams: BTreeMap<(bool, Option<TeamId>), Vec<PersonId>> = BTreeMap::new();
    for person in people {
        teams.entry((person.team.is_none(), person.team)).or_default().push(person.id);
    }
    let mut groups: Vec<Vec<PersonId>> = teams.into_values().collect();
    while groups.len() > BREAKOUTS_MAX {
        let last = groups.pop().unwrap_or_default();
        groups[BREAKOUTS_MAX - 1].extend(last);
    }
    if groups.is_empty() { vec![Vec::new()] } else { groups }
}

fn dealt(people: &[Groupable], count: usize) -> Vec<Vec<PersonId>> {
    let mut groups = vec![Vec::new(); count];
    for (number, person) in people.iter().enumerate() {
        groups[number % count].push(person.id);
    }
    groups
}

/// In an order that follows from the seed alone.
fn shuffled(people: &[Groupable], seed: u64) -> Vec<Groupable> {
    let mut people = people.to_vec();
    people.sort_by_key(|person| person.id);
    let mut state = seed;
    for end in (1..people.len()).rev() {
        people.swap(end, (mixed(&mut state) % (end as u64 + 1)) as usize);
    }
    people
}

/// SplitMix64.
fn mixed(state: &mut u64) -> u64 {
    *state = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
    let mut mixed = *state;
    mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    mixed ^ (mixed >> 31)
}

/// Each goes where they know the fewest, those who know the most first; then pairs change places as long as fewer know each other by it.
fn strangers(people: &[Groupable], count: usize, together: &Together) -> Vec<Vec<PersonId>> {
    let known: Vec<Vec<u32>> =
        people.iter().map(|one| people.iter().map(|other| known(one, other, together)).collect()).collect();
    let mut order: Vec<usize> = (0..people.len()).collect();
    order.sort_by_key(|one| std::cmp::Reverse(known[*one].iter().sum::<u32>()));
    let (small, larger) = (people.len() / count, people.len() % count);
    let room = |group: usize| small + usize::from(group < larger);
    let mut groups: Vec<Vec<usize>> = vec![Vec::new(); count];
    let cost = |one: usize, group: &[usize]| group.iter().map(|other| known[one][*other]).sum::<u32>();
    for one in order {
        let free = (0..count).filter(|group| groups[*group].len() < room(*group));
        let best = free.min_by_key(|group| (cost(one, &groups[*group]), groups[*group].len()));
        groups[best.unwrap_or_default()].push(one);
    }
    for _ in 0..ROUNDS {
        if !swapped(&mut groups, &known) {
            break;
        }
    }
    groups.into_iter().map(|group| group.into_iter().map(|one| people[one].id).collect()).collect()
}

/// Changes every pair for which it helps; false when none did.
fn swapped(groups: &mut [Vec<usize>], known: &[Vec<u32>]) -> bool {
    let cost = |one: usize, group: &[usize]| group.iter().map(|other| known[one][*other]).sum::<u32>();
    let mut any = false;
    for a in 0..groups.len() {
        for b in a + 1..groups.len() {
            for i in 0..groups[a].len() {
                for j in 0..groups[b].len() {
                    let (one, other) = (groups[a][i], groups[b][j]);
                    let now = cost(one, &groups[a]) + cost(other, &groups[b]);
                    // Neither is with the other any more once they have changed places.
                    let then = cost(one, &groups[b]) + cost(other, &groups[a]) - 2 * known[one][other];
                    if then < now {
                        groups[a][i] = other;
                        groups[b][j] = one;
                        any = true;
                    }
                }
            }
        }
    }
    any
}

fn known(one: &Groupable, other: &Groupable, together: &Together) -> u32 {
    if one.id == other.id {
        return 0;
    }
    let pair = (one.id.min(other.id), one.id.max(other.id));
    u32::from(one.team.is_some() && one.team == other.team) + u32::from(together.contains(&pair))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use uuid::Uuid;

    use super::*;

    fn person(number: usize, teams: usize) -> Groupable {
        let team = (teams > 0).then(|| TeamId::from_uuid(Uuid::from_u128(100 + (number % teams) as u128)));
        Groupable { id: PersonId::from_uuid(Uuid::from_u128(1 + number as u128)), team }
    }

    fn people(count: usize, teams: usize) -> Vec<Groupable> {
        (0..count).map(|number| person(number, teams)).collect()
    }

    fn met(groups: &[Vec<PersonId>]) -> Together {
        let pairs = |group: &Vec<PersonId>| {
            let group = group.clone();
            group.clone().into_iter().flat_map(move |one| {
                group.clone().into_iter().filter(move |other| one < *other).map(move |other| (one, other))
            })
        };
        groups.iter().flat_map(pairs).collect()
    }

    fn of_one_team(people: &[Groupable], groups: &[Vec<PersonId>]) -> usize {
        let team = |id: PersonId| people.iter().find(|person| person.id == id).and_then(|person| person.team);
        met(groups).into_iter().filter(|(one, other)| team(*one).is_some() && team(*one) == team(*other)).count()
    }

    proptest! {
        #[test]
        fn sizes_differ_by_at_most_one_and_nobody_is_lost(
            count in 0usize..60, teams in 0usize..9, groups in 0usize..60, by_size: bool, strangers: bool, seed: u64,
        ) {
            let people = people(count, teams);
            let size = if by_size { GroupSize::People(groups) } else { GroupSize::Groups(groups) };
            let way = if strangers { GroupWay::Strangers } else { GroupWay::Random };
            let found = propose(&people, way, size, &Together::new(), seed);
            prop_assert!((1..=BREAKOUTS_MAX).contains(&found.len()));
            let sizes = || found.iter().map(Vec::len);
            prop_assert!(sizes().max().unwrap() - sizes().min().unwrap() <= 1);
            if by_size && groups > 0 && count <= groups * BREAKOUTS_MAX {
                prop_assert!(sizes().max().unwrap() <= groups);
            }
            let mut all: Vec<PersonId> = found.concat();
            all.sort();
            prop_assert_eq!(all, people.iter().map(|person| person.id).collect::<Vec<_>>());
            prop_assert_eq!(&found, &propose(&people, way, size, &Together::new(), seed), "by the seed alone");
        }
    }

    #[test]
    fn another_seed_gives_other_groups() {
        let people = people(20, 0);
        let by = |seed| propose(&people, GroupWay::Random, GroupSize::Groups(4), &Together::new(), seed);
        assert_ne!(by(1), by(2));
    }

    #[test]
    fn four_teams_of_four_meet_without_anybody_of_their_own() {
        let people = people(16, 4);
        for seed in 0..20 {
            let groups = propose(&people, GroupWay::Strangers, GroupSize::People(4), &Together::new(), seed);
            assert_eq!(of_one_team(&people, &groups), 0, "seed {seed}");
        }
    }

    #[test]
    fn a_second_round_keeps_apart_who_met_in_the_first() {
        let people = people(25, 5);
        for seed in 0..20 {
            let size = GroupSize::Groups(5);
            let first = met(&propose(&people, GroupWay::Strangers, size, &Together::new(), seed));
            let second = met(&propose(&people, GroupWay::Strangers, size, &first, seed));
            let again = second.intersection(&first).count();
            // Of 50 pairs; at random about 8 would meet again.
            assert!(again <= 5, "seed {seed}: {again} meet again");
        }
    }

    #[test]
    fn a_team_is_a_group_and_those_without_one_are_the_last() {
        let mut people = people(7, 3);
        people.push(person(8, 0));
        let groups = propose(&people, GroupWay::Team, GroupSize::Groups(2), &Together::new(), 1);
        assert_eq!(groups.iter().map(Vec::len).collect::<Vec<_>>(), [3, 2, 2, 1]);
        assert_eq!(groups[3], [person(8, 0).id]);
    }

    #[test]
    fn by_hand_nobody_is_placed() {
        let groups = propose(&people(7, 3), GroupWay::Hand, GroupSize::Groups(3), &Together::new(), 1);
        assert_eq!(groups, vec![Vec::new(); 3]);
    }
}
