//! From a configuration to a running site.

use std::{
    fs::{File, TryLockError},
    net::SocketAddr,
    path::Path,
    time::Duration,
};

use anyhow::{Context, bail};
use db::{Db, Options};
use tokio::{
    net::{TcpListener, TcpSocket},
    signal::unix::{SignalKind, signal},
};

use crate::{
    accounts,
    app::{App, Clock},
    assets::assets,
    config::Config,
    demo, files, mail, notify,
    operate::make_data,
    practices, problems, redactions, router, serve, site,
};

/// Connections that wait to be accepted. When a whole network's sockets come back at once, whoever the usual 128 turn away tries again a
/// second later.
const BACKLOG: u32 = 4_096;
/// How long open sockets are given to go.
const GOODBYE: Duration = Duration::from_secs(20);

/// Runs until the process is asked to stop.
pub fn serve(config: Config) -> anyhow::Result<()> {
    runtime()?.block_on(async {
        let _lock = lock(&config.data)?;
        let app = open(config, Clock::System).await?;
        first_people(&app).await?;
        let listener = listen(app.config.listen)?;
        if let Some(address) = app.config.metrics {
            let listener = listen(address)?;
            let router = serve::metrics(app.clone());
            let plain = app.clone();
            tokio::spawn(async move { serve::serve(plain, router, listener).await });
        }
        if !assets().has_client() {
            tracing::warn!("built without the web client: live rooms and drafts need it; run `cargo xtask run`");
        }
        println!("Tinklaveika: {}", app.config.url);
        tracing::info!(listen = %listener.local_addr()?, "ready");
        notify::tell("READY=1");
        let stopping = app.clone();
        tokio::spawn(async move {
            if asked_to_stop().await.is_ok() {
                tracing::info!("asked to stop: finishing what is under way");
                notify::tell("STOPPING=1");
                stopping.draining.send_replace(true);
            }
        });
        let routes = router(&app);
        let mut draining = app.draining.subscribe();
        let goodbye = async {
            // Upgraded connections are ours to end: the listener does not know of them.
            let _ = draining.wait_for(|draining| *draining).await;
            tokio::join!(app.rooms.drain(GOODBYE), app.notes.drain(GOODBYE));
        };
        let (served, ()) = tokio::join!(serve::serve(app.clone(), routes, listener), goodbye);
        served?;
        app.db.close().await;
        Ok(())
    })
}

fn listen(address: SocketAddr) -> anyhow::Result<TcpListener> {
    let listen = || {
        let socket = if address.is_ipv4() { TcpSocket::new_v4() } else { TcpSocket::new_v6() }?;
        // A server that starts again need not wait for the sockets of the one before.
        socket.set_reuseaddr(true)?;
        socket.bind(address)?;
        socket.listen(BACKLOG)
    };
    listen().with_context(|| format!("cannot listen on {address}"))
}

pub fn migrate(config: Config) -> anyhow::Result<()> {
    runtime()?.block_on(async {
        let _lock = lock(&config.data)?;
        let db = Db::open(&place(&config)?).await?;
        let done = db::migrate(&db, Clock::System.now().ms()).await?;
        println!("{done} migrations done; the schema is at {}", db::SCHEMA);
        db.close().await;
        Ok(())
    })
}

/// Opens the database, brings it to this binary's schema, and makes the app.
pub async fn open(config: Config, clock: Clock) -> anyhow::Result<App> {
    let db = Db::open(&place(&config)?).await?;
    db::migrate(&db, clock.now().ms()).await?;
    over(db, config, clock).await
}

/// The app over a database that has this binary's schema already.
pub async fn over(db: Db, config: Config, clock: Clock) -> anyhow::Result<App> {
    let app = App::new(db, config, clock)?;
    // Nothing is coming in yet: what is there was cut off when the process before ended.
    let _ = std::fs::remove_dir_all(app.files.incoming());
    site::begin(&app).await.map_err(|fault| anyhow::anyhow!("{fault:?}"))?;
    practices::begin(&app).await.map_err(|fault| anyhow::anyhow!("{fault:?}"))?;
    problems::begin(&app).await.map_err(|fault| anyhow::anyhow!("{fault:?}"))?;
    redactions::follow(&app).await?;
    tokio::spawn(feed_search(app.clone()));
    tokio::spawn(send_mails(app.clone()));
    tokio::spawn(files::keep_clean(app.clone()));
    Ok(app)
}

/// Keeps the search index like the database until the server is asked to stop.
async fn feed_search(app: App) {
    let mut draining = app.draining.subscribe();
    loop {
        let clock = app.clock.clone();
        let feeding = tokio::spawn(app.search.clone().feed(app.db.clone(), move || clock.now()));
        let abort = feeding.abort_handle();
        tokio::select! {
            // It ends only by a panic, on a damaged index say; search then goes on with what there is, and the feed begins anew.
            _ = feeding => tracing::error!("the feed of the search index broke off"),
            _ = draining.wait_for(|draining| *draining) => return abort.abort(),
        }
        tokio::time::sleep(Duration::from_secs(5)).await;
    }
}

/// Sends letters until the server is asked to stop.
async fn send_mails(app: App) {
    // It ends by itself when the server stops; otherwise only by a panic, and then begins anew with the next letter's turn.
    while tokio::spawn(mail::queue::work(app.clone())).await.is_err() {
        tracing::error!("the sending of mails broke off");
        tokio::time::sleep(Duration::from_secs(30)).await;
    }
}

pub(crate) fn place(config: &Config) -> anyhow::Result<Options> {
    Ok(match &config.database {
        Some(url) => Options::url(url)?,
        None => Options::file(config.data.join("tinklaveika.sqlite")),
    })
}

pub(crate) fn runtime() -> anyhow::Result<tokio::runtime::Runtime> {
    Ok(tokio::runtime::Builder::new_multi_thread().enable_all().build()?)
}

/// One process a data directory: two would each believe that they alone write.
pub(crate) fn lock(data: &Path) -> anyhow::Result<File> {
    make_data(data)?;
    let path = data.join("lock");
    let file = File::create(&path).with_context(|| format!("cannot write to {}", data.display()))?;
    match file.try_lock() {
        Ok(()) => Ok(file),
        Err(TryLockError::WouldBlock) => {
            bail!("the data directory {} is in use by another process; stop it, or give another --data", data.display())
        }
        Err(TryLockError::Error(error)) => Err(error).with_context(|| format!("cannot lock {}", path.display())),
    }
}

/// The demo, or the way to the first account.
async fn first_people(app: &App) -> anyhow::Result<()> {
    let failed = |fault| anyhow::anyhow!("{fault:?}");
    if app.config.demo {
        if let Some(cast) = demo::load(app).await.map_err(failed)? {
            demo::files::load(app, &cast).await.map_err(failed)?;
            // Whoever opens the printed address searches at once: what the demo holds is found by then.
            if tokio::time::timeout(Duration::from_secs(5), app.search.settled()).await.is_err() {
                tracing::warn!("the demo is not in the search index yet");
            }
            tracing::info!("the demo was loaded");
        }
        print!("{}", demo::who_can_sign_in());
        return Ok(());
    }
    if let Some(link) = accounts::set_up_link(app).await.map_err(failed)? {
        println!(
            "Nobody has an account yet. The first administrator sets up the site here, once, within a day:\n{link}"
        );
    }
    Ok(())
}

async fn asked_to_stop() -> std::io::Result<()> {
    let (mut term, mut int) = (signal(SignalKind::terminate())?, signal(SignalKind::interrupt())?);
    tokio::select! {
        _ = term.recv() => {}
        _ = int.recv() => {}
    }
    Ok(())
}
