//! A thousand who stop reading: they are cut off, the server's memory stays as it was, and whoever reads on feels nothing.

use std::{
    fs,
    net::SocketAddr,
    time::{Duration, Instant},
};

use db::testing::Kind;
use futures_util::{SinkExt, StreamExt};
use model::{
    ids::*,
    live::{ClientFrame, SUBPROTOCOL},
};
use tokio::net::{TcpSocket, TcpStream};
use tokio_tungstenite::{
    WebSocketStream, client_async,
    tungstenite::{Message, client::IntoClientRequest},
};

use crate::{
    child::{Ground, Running},
    live_client::{LiveClient, line},
    of_all,
    stand::{RASA, headers},
};

const MEMORY: u64 = 64 << 20;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
#[ignore = "the long form: cargo xtask soak"]
async fn soak_a_thousand_who_stop_reading_take_no_memory() {
    let ground = Ground::new(Kind::Sqlite).await;
    let limits = ["SOCKETS_A_PERSON", "SOCKETS_AN_ADDRESS", "SOCKETS_A_SESSION"];
    let limits: Vec<String> = limits.iter().map(|name| format!("TINKLAVEIKA_{name}=2000")).collect();
    let wrapper: Vec<&str> = ["env"].into_iter().chain(limits.iter().map(String::as_str)).collect();
    let server = ground.start(&wrapper).await;
    let mut rasa = LiveClient::join(server.address, ground.session, &headers(RASA)).await.unwrap();
    let mut slow = Vec::new();
    for number in 0..of_all(1_000) {
        slow.push(stop_reading(server.address, ground.session, 20 + number as u128 % 40).await);
    }
    rasa.done(line("Visi čia.")).await;
    let before = resident(&server);
    let text = "ilgas tekstas ".repeat(140);
    let (mut waits, mut most) = (Vec::new(), before);
    let since = Instant::now();
    // Longer than the ten seconds after which one who takes nothing is cut off.
    while since.elapsed() < Duration::from_secs(25) {
        let begun = Instant::now();
        rasa.done(line(&text)).await;
        rasa.heard.clear();
        rasa.events.clear();
        waits.push(begun.elapsed());
        most = most.max(resident(&server));
    }
    let mut cut = 0;
    for mut one in slow {
        cut += usize::from(matches!(tokio::time::timeout(Duration::from_secs(5), drain(&mut one)).await, Ok(())));
    }
    waits.sort_unstable();
    println!(
        "{cut} cut off; {} MiB more at most; {} lines answered in {:?} in the middle and {:?} at the 99th percentile",
        (most - before) >> 20,
        waits.len(),
        waits[waits.len() / 2],
        waits[waits.len() * 99 / 100],
    );
    assert_eq!(cut, of_all(1_000));
    assert!(most - before <= MEMORY, "{} bytes more", most - before);
}

/// Comes in, and never reads again; its system takes as little as possible.
async fn stop_reading(address: SocketAddr, session: SessionId, number: u128) -> WebSocketStream<TcpStream> {
    let socket = TcpSocket::new_v4().unwrap();
    socket.set_recv_buffer_size(4_096).unwrap();
    let stream = socket.connect(address).await.unwrap();
    let mut request = format!("ws://{address}/api/v1/sessions/{session}/live").into_client_request().unwrap();
    let all = request.headers_mut();
    all.insert("origin", format!("http://{address}").parse().unwrap());
    all.insert("sec-websocket-protocol", SUBPROTOCOL.parse().unwrap());
    all.insert("cookie", headers(number)[0].1.parse().unwrap());
    let (mut ws, _) = client_async(request, stream).await.unwrap();
    let hello = ClientFrame::Hello { protocol: 1, session, last: None };
    ws.send(Message::text(serde_json::to_string(&hello).unwrap())).await.unwrap();
    ws.next().await.unwrap().unwrap();
    ws
}

/// Reads what is left until the connection ends.
async fn drain(ws: &mut WebSocketStream<TcpStream>) {
    while let Some(Ok(_)) = ws.next().await {}
}

fn resident(server: &Running) -> u64 {
    let status = fs::read_to_string(format!("/proc/{}/status", server.id())).unwrap();
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:")).unwrap();
    line.trim().trim_end_matches(" kB").parse::<u64>().unwrap() * 1024
}
