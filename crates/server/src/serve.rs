//! Listeners: connections are taken, answered, and let go when the server is asked to stop.

use std::{net::SocketAddr, sync::atomic::Ordering, time::Duration};

use axum::{
    Router,
    extract::{Request, State},
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
    routing::get,
};
use hyper::{body::Incoming, service::service_fn};
use hyper_util::{
    rt::{TokioExecutor, TokioIo, TokioTimer},
    server::{conn::auto::Builder, graceful::GracefulShutdown},
};
use tokio::{net::TcpListener, time::timeout};

use crate::{app::App, http::around};

/// How long a stopping server waits for what is under way.
const DRAIN: Duration = Duration::from_secs(25);
/// How long a connection may take to send the head of a request.
const HEAD: Duration = Duration::from_secs(15);

/// Answers on `listener` until the app is draining, then finishes what is under way.
pub async fn serve(app: App, router: Router, listener: TcpListener) -> anyhow::Result<()> {
    let mut builder = Builder::new(TokioExecutor::new());
    builder.http1().timer(TokioTimer::new()).header_read_timeout(HEAD).max_buf_size(64 << 10);
    builder.http2().timer(TokioTimer::new()).keep_alive_interval(Duration::from_secs(30)).max_concurrent_streams(100);
    let graceful = GracefulShutdown::new();
    let mut draining = app.draining.subscribe();
    loop {
        let accepted = tokio::select! {
            accepted = listener.accept() => accepted,
            _ = draining.wait_for(|draining| *draining) => break,
        };
        let (stream, peer) = match accepted {
            Ok(accepted) => accepted,
            // Out of file descriptors, or the peer went away: the next one may do better.
            Err(error) => {
                tracing::warn!(%error, "a connection was not accepted");
                tokio::time::sleep(Duration::from_millis(20)).await;
                continue;
            }
        };
        let _ = stream.set_nodelay(true);
        let connection = connection(&builder, app.clone(), router.clone(), stream, peer);
        let watched = graceful.watch(connection);
        tokio::spawn(async move {
            // A browser that goes away in the middle is no news.
            let _ = watched.await;
        });
    }
    drop(listener);
    if timeout(DRAIN, graceful.shutdown()).await.is_err() {
        tracing::warn!("some connections were still open after {} s", DRAIN.as_secs());
    }
    Ok(())
}

fn connection(
    builder: &Builder<TokioExecutor>,
    app: App,
    router: Router,
    stream: tokio::net::TcpStream,
    peer: SocketAddr,
) -> impl hyper_util::server::graceful::GracefulConnection<Error = Box<dyn std::error::Error + Send + Sync>> + Send + 'static
{
    let service = service_fn(move |request: hyper::Request<Incoming>| {
        around(app.clone(), router.clone(), peer, request.map(axum::body::Body::new))
    });
    builder.serve_connection_with_upgrades(TokioIo::new(stream), service).into_owned()
}

/// `/livez` and `/readyz`: alive, and able to answer.
pub fn health() -> Router<App> {
    Router::new().route("/livez", get(|| async { "ok" })).route("/readyz", get(ready))
}

async fn ready(State(app): State<App>, _: Request) -> Response {
    if *app.draining.borrow() {
        return (StatusCode::SERVICE_UNAVAILABLE, "draining").into_response();
    }
    match app.db.ping().await {
        Ok(()) => "ok".into_response(),
        Err(_) => (StatusCode::SERVICE_UNAVAILABLE, "database").into_response(),
    }
}

/// The second listener: metrics, for the operator alone.
pub fn metrics(app: App) -> Router {
    let text = |State(app): State<App>| async move {
        let kind = HeaderValue::from_static("application/openmetrics-text; version=1.0.0; charset=utf-8");
        let live = app.rooms.figures();
        app.metrics.sockets.set(live.sockets.load(Ordering::Relaxed) as i64);
        app.metrics.deliveries.inner().store(live.deliveries.load(Ordering::Relaxed), Ordering::Relaxed);
        app.metrics.events.inner().store(live.events.load(Ordering::Relaxed), Ordering::Relaxed);
        ([(header::CONTENT_TYPE, kind)], app.metrics.text())
    };
    Router::new().route("/metrics", get(text)).with_state(app)
}
