//! The built binary as a process of its own, to be killed.

use std::{
    fs,
    net::{Ipv4Addr, SocketAddr},
    path::{Path, PathBuf},
    process::{Child, Command, ExitStatus, Stdio},
    sync::{
        OnceLock,
        atomic::{AtomicUsize, Ordering},
    },
    time::{Duration, Instant},
};

use db::{
    Db, Options, Place,
    testing::{Fresh, Kind, fresh},
};
use model::ids::*;
use uuid::Uuid;

use crate::stand;

/// The binary of this profile, built when it is not up to date.
fn binary() -> &'static Path {
    static BUILT: OnceLock<PathBuf> = OnceLock::new();
    BUILT.get_or_init(|| {
        let profile = if cfg!(debug_assertions) { "dev" } else { "release" };
        let built = Command::new(env!("CARGO"))
            .args(["build", "--quiet", "--package", "tinklaveika", "--bin", "tinklaveika", "--profile", profile])
            .current_dir(env!("CARGO_MANIFEST_DIR"))
            .status();
        assert!(built.unwrap().success(), "the server does not build");
        let deps = std::env::current_exe().unwrap();
        deps.parent().unwrap().parent().unwrap().join("tinklaveika")
    })
}

/// A database with an open session that outlives the processes over it.
pub struct Ground {
    pub session: SessionId,
    pub options: Options,
    folder: PathBuf,
    address: SocketAddr,
    _fresh: Option<Fresh>,
}

impl Ground {
    pub async fn new(kind: Kind) -> Self {
        let folder = folder();
        match kind {
            Kind::Sqlite => Self::on(Options::file(folder.join("tinklaveika.sqlite")), folder, None).await,
            Kind::Postgres => {
                let fresh = fresh(kind).await;
                Self::on(fresh.options.clone(), folder, Some(fresh)).await
            }
        }
    }

    /// Over an empty PostgreSQL of one's own, to be stopped and started.
    pub async fn over(url: &str) -> Self {
        Self::on(Options::url(url).unwrap(), folder(), None).await
    }

    async fn on(options: Options, folder: PathBuf, fresh: Option<Fresh>) -> Self {
        let session = SessionId::from_uuid(Uuid::from_u128(0x500));
        let db = Db::open(&options).await.unwrap();
        db::migrate(&db, 1).await.unwrap();
        stand::seed(&db, session, stand::system_now()).await;
        db.close().await;
        let listener = std::net::TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
        let address = listener.local_addr().unwrap();
        Self { session, options, folder, address, _fresh: fresh }
    }

    /// Starts the server, under `wrapper` if it is not empty, and waits until it is ready.
    pub async fn start(&self, wrapper: &[&str]) -> Running {
        let mut words = wrapper.iter().map(|word| (*word).to_owned()).chain([binary().display().to_string()]);
        let mut command = Command::new(words.next().unwrap());
        command.args(words).arg("serve").arg("--data").arg(&self.folder).args(["--listen", &self.address.to_string()]);
        if let Place::Url(url) = &self.options.place {
            command.arg("--database").arg(url);
        }
        for name in ["FRAMES_BURST", "FRAMES_A_SECOND", "CALLS_A_MINUTE", "WRITES_A_MINUTE"] {
            command.env(format!("TINKLAVEIKA_{name}"), "100000000");
        }
        let log = fs::File::create(self.folder.join("log")).unwrap();
        let process = command.env("TINKLAVEIKA_LOG", "warn").stdout(Stdio::null()).stderr(log).spawn().unwrap();
        let mut running = Running { process, address: self.address };
        let since = Instant::now();
        while !running.is_ready().await {
            let ended = running.process.try_wait().unwrap();
            let log = || fs::read_to_string(self.folder.join("log")).unwrap_or_default();
            assert!(ended.is_none() && since.elapsed() < Duration::from_secs(30), "not ready: {ended:?}\n{}", log());
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
        running
    }

    pub fn file(&self, name: &str) -> PathBuf {
        self.folder.join(name)
    }
}

/// A new data directory.
fn folder() -> PathBuf {
    static FOLDERS: AtomicUsize = AtomicUsize::new(0);
    let number = FOLDERS.fetch_add(1, Ordering::Relaxed);
    let folder = std::env::temp_dir().join(format!("tinklaveika-kill-{}-{number}", std::process::id()));
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).unwrap();
    folder
}

impl Drop for Ground {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.folder);
    }
}

pub struct Running {
    process: Child,
    pub address: SocketAddr,
}

impl Running {
    pub async fn is_ready(&self) -> bool {
        use tokio::io::{AsyncReadExt, AsyncWriteExt};
        let answer = async {
            let mut stream = tokio::net::TcpStream::connect(self.address).await?;
            stream.write_all(b"GET /readyz HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\r\n").await?;
            let mut answer = Vec::new();
            stream.read_to_end(&mut answer).await?;
            std::io::Result::Ok(answer.starts_with(b"HTTP/1.1 200"))
        };
        answer.await.unwrap_or(false)
    }

    pub fn id(&self) -> u32 {
        self.process.id()
    }

    /// Waits until it ends by itself.
    pub async fn ended(&mut self) -> ExitStatus {
        let since = Instant::now();
        loop {
            if let Some(status) = self.process.try_wait().unwrap() {
                return status;
            }
            assert!(since.elapsed() < Duration::from_secs(30), "it does not end");
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
    }

    /// SIGKILL.
    pub fn kill(mut self) {
        self.process.kill().unwrap();
        self.process.wait().unwrap();
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}
