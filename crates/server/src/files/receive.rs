//! A file that comes in: written to disk as it comes, counted, hashed and timed, and never held in memory.

use std::{
    fmt, fs,
    path::{Path, PathBuf},
    time::Duration,
};

use bytes::Bytes;
use futures_util::{Stream, StreamExt};
use model::refusal::{Code, Refusal};
use sha2::{Digest, Sha256};
use tokio::{io::AsyncWriteExt, time::timeout};

use crate::{app::random, auth::hex, error::Fault};

/// A file that goes when it is not needed any more.
#[derive(Debug)]
pub struct Temp(PathBuf);

impl Temp {
    /// # Errors
    /// When the folder cannot be made.
    pub fn within(folder: &Path) -> std::io::Result<Self> {
        fs::create_dir_all(folder)?;
        Ok(Self(folder.join(hex(&random::<16>()))))
    }

    /// Another one beside it.
    pub fn beside(&self) -> Self {
        Self(self.0.with_file_name(hex(&random::<16>())))
    }

    pub fn path(&self) -> &Path {
        &self.0
    }
}

impl Drop for Temp {
    fn drop(&mut self) {
        let _ = fs::remove_file(&self.0);
    }
}

/// As it came.
#[derive(Debug)]
pub struct Received {
    pub temp: Temp,
    pub bytes: u64,
    /// Of all bytes, in hex.
    pub sha256: String,
}

/// Writes what comes to disk, at most `limit` bytes, the next within `silent`.
///
/// # Errors
/// `file.large` as soon as there is one byte too many, `file.empty`, `file.slow`, `disk.full`; `malformed` when it breaks off.
pub async fn receive<E: fmt::Display>(
    mut body: impl Stream<Item = Result<Bytes, E>> + Unpin,
    folder: &Path,
    limit: u64,
    silent: Duration,
) -> Result<Received, Fault> {
    let temp = Temp::within(folder).map_err(disk)?;
    let mut file = tokio::fs::File::create(temp.path()).await.map_err(disk)?;
    let (mut hash, mut bytes) = (Sha256::new(), 0);
    loop {
        let part = timeout(silent, body.next()).await.map_err(|_| slow(silent))?;
        let Some(part) = part else { break };
        let part = part.map_err(|_| Fault::from(Code::Malformed))?;
        bytes += part.len() as u64;
        if bytes > limit {
            return Err(large(limit).into());
        }
        hash.update(&part);
        file.write_all(&part).await.map_err(disk)?;
    }
    file.flush().await.map_err(disk)?;
    if bytes == 0 {
        return Err(Refusal::of(Code::FileEmpty).at("file").into());
    }
    Ok(Received { temp, bytes, sha256: hex(&hash.finalize()) })
}

pub fn large(limit: u64) -> Refusal {
    Refusal::of(Code::FileLarge).at("file").fact("mib", mib(limit))
}

pub fn slow(within: Duration) -> Fault {
    Refusal::of(Code::FileSlow).at("file").fact("seconds", within.as_secs()).into()
}

/// In MiB, whole ones where it is so.
pub fn mib(bytes: u64) -> u64 {
    bytes >> 20
}

/// A full disk is told as such.
pub fn disk(error: std::io::Error) -> Fault {
    match error.kind() {
        std::io::ErrorKind::StorageFull | std::io::ErrorKind::QuotaExceeded => Code::DiskFull.into(),
        _ => Fault::Failed(anyhow::Error::from(error).context("a file cannot be received")),
    }
}
