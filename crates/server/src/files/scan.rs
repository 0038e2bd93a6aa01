//! A scanner for viruses beside the server: clamd, asked by its INSTREAM command. Where one is set, no file is kept that it did not call
//! clean, also while it cannot be reached.
//!
//! Source of the protocol: the manual page clamd(8).

use std::{fmt, io, path::Path, path::PathBuf, str::FromStr, time::Duration};

use model::refusal::{Code, Refusal};
use tokio::{
    fs::File,
    io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt},
    net::{TcpStream, UnixStream},
    time::timeout,
};

/// For one file, the connection included.
const WITHIN: Duration = Duration::from_secs(60);
/// Bytes that are sent at a time.
const PART: usize = 64 << 10;
/// The longest answer that is read, in bytes.
const ANSWER: u64 = 4 << 10;

/// Where clamd listens: `tcp://127.0.0.1:3310` or `unix:///run/clamav/clamd.ctl`.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Scanner {
    Tcp(String),
    Unix(PathBuf),
}

impl FromStr for Scanner {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        match text.split_once("://") {
            Some(("tcp", address)) if address.rsplit_once(':').is_some_and(|(_, port)| port.parse::<u16>().is_ok()) => {
                Ok(Self::Tcp(address.to_owned()))
            }
            Some(("unix", path)) if path.starts_with('/') => Ok(Self::Unix(path.into())),
            _ => Err("tcp://host:port or unix:///path".to_owned()),
        }
    }
}

impl fmt::Display for Scanner {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Tcp(address) => write!(f, "tcp://{address}"),
            Self::Unix(path) => write!(f, "unix://{}", path.display()),
        }
    }
}

trait Talk: AsyncRead + AsyncWrite + Unpin + Send {}
impl<T: AsyncRead + AsyncWrite + Unpin + Send> Talk for T {}

impl Scanner {
    /// # Errors
    /// `file.virus` when the file is not clean; `file.unscanned` when that cannot be found out.
    pub async fn scan(&self, file: &Path) -> Result<(), Refusal> {
        let answer = timeout(WITHIN, self.ask(file)).await.map_err(io::Error::other).and_then(|answer| answer);
        match answer.as_deref() {
            Ok("stream: OK") => Ok(()),
            Ok(answer) if answer.ends_with(" FOUND") => Err(Refusal::of(Code::FileVirus).at("file")),
            Ok(_) => {
                tracing::error!(scanner = %self, "the scanner did not understand");
                Err(Refusal::of(Code::FileUnscanned).at("file"))
            }
            Err(error) => {
                tracing::error!(scanner = %self, %error, "the scanner cannot be reached");
                Err(Refusal::of(Code::FileUnscanned).at("file"))
            }
        }
    }

    /// Whether it answers at all.
    ///
    /// # Errors
    /// When it does not.
    pub async fn ping(&self) -> io::Result<()> {
        let answered = timeout(Duration::from_secs(5), async {
            let mut talk = self.connect().await?;
            talk.write_all(b"zPING\0").await?;
            answer(talk).await
        });
        match answered.await.map_err(io::Error::other)??.as_str() {
            "PONG" => Ok(()),
            other => Err(io::Error::other(format!("it said {other}"))),
        }
    }

    async fn connect(&self) -> io::Result<Box<dyn Talk>> {
        Ok(match self {
            Self::Tcp(address) => Box::new(TcpStream::connect(address).await?),
            Self::Unix(path) => Box::new(UnixStream::connect(path).await?),
        })
    }

    async fn ask(&self, file: &Path) -> io::Result<String> {
        let mut file = File::open(file).await?;
        let mut talk = self.connect().await?;
        talk.write_all(b"zINSTREAM\0").await?;
        let mut part = vec![0; PART];
        loop {
            let read = file.read(&mut part).await?;
            let length = u32::try_from(read).map_err(io::Error::other)?;
            talk.write_all(&length.to_be_bytes()).await?;
            if read == 0 {
                break;
            }
            talk.write_all(&part[..read]).await?;
        }
        talk.flush().await?;
        answer(talk).await
    }
}

async fn answer(talk: Box<dyn Talk>) -> io::Result<String> {
    let mut answer = String::new();
    talk.take(ANSWER).read_to_string(&mut answer).await?;
    Ok(answer.trim_end_matches(['\0', '\n']).to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_scanner_is_named_by_its_socket() {
        for right in ["tcp://127.0.0.1:3310", "tcp://[::1]:3310", "unix:///run/clamav/clamd.ctl"] {
            assert_eq!(right.parse::<Scanner>().unwrap().to_string(), right);
        }
        for wrong in ["", "127.0.0.1:3310", "tcp://clamd", "tcp://clamd:x", "unix://clamd.ctl", "http://clamd:3310"] {
            assert!(wrong.parse::<Scanner>().is_err(), "{wrong}");
        }
    }
}
