//! The rules of steps, kept by the server whatever a client sends.

use model::{
    actions::Owner,
    live::{Command, RoundCommand, Speakers, StepKind, StepRules},
    refusal::Code,
    words::Line,
};
use server::live::Settings;

use crate::{
    both,
    live_client::{LiveClient, line},
    stand::{JONAS, RASA, Stand, TOMAS, person},
};

/// Begins a step of these rules.
async fn begin(jonas: &mut LiveClient, rules: StepRules) {
    let title = Line::new("Kitas žingsnis").unwrap();
    jonas.done(Command::AddStep { title, minutes: 5, rules }).await;
    let step = jonas.room.steps.last().unwrap().id;
    jonas.done(Command::StartStep { step }).await;
}

both!(a_rule_of_a_step_holds_against_a_hand_made_frame, |kind| async move {
    let stand = Stand::new(kind, Settings::default()).await;
    let (mut jonas, mut rasa, mut tomas) = (stand.join(JONAS).await, stand.join(RASA).await, stand.join(TOMAS).await);
    let presents = Some(Owner::Person(person(RASA)));
    jonas.until(|jonas| jonas.room.people.len() == 3).await;
    jonas.done(Command::Present { who: presents }).await;
    begin(&mut jonas, StepRules { speaks: Some(Speakers::Others), ..StepRules::default() }).await;

    // The client library of the tests checks nothing: what it sends is what a forger would send.
    assert_eq!(rasa.refused(line("Norėčiau paaiškinti.")).await, Code::StepListen);
    assert_eq!(rasa.refused(Command::RaiseHand {}).await, Code::StepListen);
    assert_eq!(rasa.refused(Command::Present { who: None }).await, Code::Forbidden);
    tomas.done(line("Siūlau pradėti nuo stebėjimo.")).await;
    let step = jonas.room.steps[0].id;
    assert_eq!(tomas.refused(Command::SkipStep { step }).await, Code::Forbidden);
    jonas.done(line("Ačiū.")).await;
    assert_eq!(jonas.texts(), ["Siūlau pradėti nuo stebėjimo.", "Ačiū."], "nothing of who listens was told");
});

both!(a_round_goes_on_after_a_restart_where_it_was, |kind| async move {
    let stand = Stand::new(kind, Settings::default()).await;
    let (mut jonas, mut rasa, mut tomas) = (stand.join(JONAS).await, stand.join(RASA).await, stand.join(TOMAS).await);
    jonas.until(|jonas| jonas.room.people.len() == 3).await;
    begin(&mut jonas, StepRules { kind: StepKind::Round, ..StepRules::default() }).await;
    let first = jonas.room.round.as_ref().unwrap().waiting[0];
    jonas.done(Command::Round(RoundCommand::Next {})).await;
    let (now, other) =
        if first == Owner::Person(person(RASA)) { (&mut rasa, &mut tomas) } else { (&mut tomas, &mut rasa) };
    assert_eq!(other.refused(line("Ne mano eilė.")).await, Code::StepTurn);
    now.done(line("Mano eilė.")).await;

    let node = stand.another().await;
    let mut again = node.join(stand.session, JONAS).await;
    assert_eq!(again.room.round.as_ref().unwrap().now, Some(first));
    again.done(Command::Round(RoundCommand::Next {})).await;
    // A room without a bus learns of another node's events by its next command.
    jonas.done(line("Tęsiame.")).await;
    assert_eq!(jonas.room.round.as_ref().unwrap().heard, [first]);
    assert!(jonas.room.airtime.contains_key(&first));
});
