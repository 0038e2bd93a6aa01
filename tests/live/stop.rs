//! A server that is asked to stop by its operator: SIGTERM to the built binary.

use std::{collections::BTreeSet, process::Command};

use model::live::ByeReason;

use crate::{
    both,
    child::Ground,
    live_client::{LiveClient, line},
    stand::headers,
};

both!(
    a_server_asked_to_stop_is_no_longer_ready_sends_everyone_away_by_turns_and_ends_in_good_order,
    |kind| async move {
        let ground = Ground::new(kind).await;
        let mut server = ground.start(&[]).await;
        let mut clients = Vec::new();
        for number in 20..25 {
            clients.push(LiveClient::join(server.address, ground.session, &headers(number)).await.unwrap());
        }
        clients[0].done(line("Prieš pat.")).await;
        let asked = Command::new("kill").args(["-TERM", &server.id().to_string()]).status().unwrap();
        assert!(asked.success());
        let mut again = BTreeSet::new();
        for client in &mut clients {
            client.until(|client| client.closed.is_some()).await;
            assert_eq!((client.closed, client.bye), (Some(1012), Some(ByeReason::Restart)));
            again.insert(client.retry_after.unwrap());
            // Long before it has ended, nobody new is led here.
            assert!(!server.is_ready().await);
        }
        assert_eq!(again.len(), clients.len(), "each comes back at another moment: {again:?}");
        drop(clients);
        assert_eq!(server.ended().await.code(), Some(0));

        // Nothing that was acknowledged is lost, and the data directory is free again.
        let server = ground.start(&[]).await;
        let client = LiveClient::join(server.address, ground.session, &headers(20)).await.unwrap();
        assert_eq!(client.texts(), ["Prieš pat."]);
    }
);
