//! Agreements that are proposed, spoken to and closed, wise or not.

use proptest::prelude::*;

use super::given::*;
use crate::{ids::*, live::*, time::Timestamp, words::Prose};

fn agreement() -> impl Strategy<Value = AgreementId> {
    (0usize..3, 0u128..20).prop_map(|(who, number)| agreement_id(people()[who].id, command_id(number)))
}

/// A few that meet often.
fn known() -> impl Strategy<Value = AgreementId> {
    (0u128..4).prop_map(|number| agreement_id(people()[0].id, command_id(number)))
}

fn prose<const MAX: usize>() -> impl Strategy<Value = Prose<MAX>> {
    "[a-zą-ž]{1,8}".prop_map(|text| Prose::new(&text).unwrap())
}

fn stand() -> impl Strategy<Value = Stand> {
    proptest::sample::select(&Stand::ALL[..])
}

fn new_agreement() -> impl Strategy<Value = NewAgreement> {
    (
        prose(),
        proptest::option::of(owner()),
        due(),
        any::<bool>(),
        0u32..110,
        proptest::option::weighted(0.1, agreement()),
    )
        .prop_map(|(text, owner, review, teams, quorum, replaces)| NewAgreement {
            text,
            owner,
            from: None,
            review,
            teams,
            quorum: quorum / 4,
            replaces,
        })
}

pub fn command() -> impl Strategy<Value = Command> {
    prop_oneof![
        3 => new_agreement().prop_map(AgreementCommand::Propose),
        3 => agreement().prop_map(|agreement| AgreementCommand::Open { agreement }),
        8 => (agreement(), stand(), proptest::option::weighted(0.7, prose()))
            .prop_map(|(agreement, voice, reason)| AgreementCommand::Voice { agreement, voice, reason }),
        1 => agreement().prop_map(|agreement| AgreementCommand::Withdraw { agreement }),
        2 => (agreement(), prose()).prop_map(|(agreement, text)| AgreementCommand::Amend { agreement, text }),
        2 => (agreement(), proptest::option::of(prose()))
            .prop_map(|(agreement, reason)| AgreementCommand::Close { agreement, reason }),
        1 => agreement().prop_map(|agreement| AgreementCommand::Drop { agreement }),
    ]
    .prop_map(Command::Agreement)
}

/// Points a command at the agreement that is open, or else at one that waits.
pub fn aimed(room: &Room, command: &mut AgreementCommand) {
    let open = room.open_agreement().map(|known| known.paper.id);
    let waits = room.agreements.iter().find(|known| !known.open).map(|known| known.paper.id);
    let (target, agreement) = match command {
        AgreementCommand::Voice { agreement, .. }
        | AgreementCommand::Withdraw { agreement }
        | AgreementCommand::Close { agreement, .. }
        | AgreementCommand::Amend { agreement, .. } => (open, agreement),
        AgreementCommand::Open { agreement } | AgreementCommand::Drop { agreement } => (waits, agreement),
        AgreementCommand::Propose(_) => return,
    };
    if let Some(target) = target.filter(|_| agreement.uuid().as_bytes()[15] % 8 != 0) {
        *agreement = target;
    }
}

pub fn reminder() -> impl Strategy<Value = Reminder> {
    known().prop_map(|id| Reminder {
        id,
        number: 3,
        text: "Renkamės kas dvi savaites.".into(),
        review: "2026-11-02".parse().unwrap(),
    })
}

fn paper() -> impl Strategy<Value = Paper> {
    (known(), "[a-zą-ž]{1,8}", proptest::option::of(owner_card()), due(), any::<bool>(), person_id()).prop_map(
        |(id, text, owner, review, teams, by)| Paper {
            id,
            text,
            owner,
            from: None,
            review,
            teams,
            quorum: 50,
            replaces: None,
            step: None,
            by,
        },
    )
}

pub fn event() -> impl Strategy<Value = Event> {
    let words = || "[a-zą-ž]{1,8}";
    let voice = || (stand(), proptest::option::of(words())).prop_map(|(stand, reason)| Voice { stand, reason });
    prop_oneof![
        paper().prop_map(|paper| AgreementEvent::Proposed { paper }),
        known().prop_map(|agreement| AgreementEvent::Opened { agreement }),
        (known(), person_id(), proptest::option::weighted(0.8, voice()))
            .prop_map(|(agreement, by, voice)| AgreementEvent::Voiced { agreement, by, voice }),
        (known(), person_id(), words()).prop_map(|(agreement, by, text)| AgreementEvent::Amended {
            agreement,
            by,
            text
        }),
        (paper(), 0i64..1_000_000, person_id(), proptest::collection::vec(words(), 0..3), any::<bool>()).prop_map(
            |(paper, at, by, former, adopted)| AgreementEvent::Closed {
                at: Timestamp(at),
                by,
                paper,
                former,
                outcome: Outcome { adopted, ..Outcome::default() },
            }
        ),
        known().prop_map(|agreement| AgreementEvent::Dropped { agreement }),
    ]
    .prop_map(|event| Event::Agreement(Box::new(event)))
}
