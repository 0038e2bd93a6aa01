//! What the operator asks of a site from the command line, beside running it.

pub mod admin;
pub mod doctor;
mod store;

use std::{
    os::unix::fs::{DirBuilderExt, PermissionsExt},
    path::Path,
};

use anyhow::{Context, bail};
use db::{Db, Options};

use crate::{
    app::Clock,
    backup,
    config::Config,
    run::{lock, place, runtime},
};

/// One archive of everything, while the site goes on.
pub fn backup(config: &Config, to: &Path) -> anyhow::Result<()> {
    runtime()?.block_on(async {
        let db = existing(config).await?;
        let summary = backup::backup(&db, &config.data, to, Clock::System.now()).await;
        db.close().await;
        println!("{}: {}", to.display(), summary?);
        Ok(())
    })
}

/// An archive into an empty database and data directory.
pub fn restore(config: &Config, from: &Path, list: Option<&Path>) -> anyhow::Result<()> {
    runtime()?.block_on(async {
        let _lock = lock(&config.data)?;
        let summary = backup::restore(from, &place(config)?, &config.data, list, Clock::System.now()).await?;
        println!("restored from {}: {summary}", from.display());
        Ok(())
    })
}

/// An archive into a temporary database, and compared.
pub fn verify(from: &Path, temp: &Path) -> anyhow::Result<()> {
    runtime()?.block_on(async {
        let summary = backup::verify(from, temp, Clock::System.now()).await?;
        println!("{} is whole: {summary}", from.display());
        Ok(())
    })
}

/// The database that is there; none is made.
pub(crate) async fn existing(config: &Config) -> anyhow::Result<Db> {
    let options: Options = place(config)?;
    if let db::Place::File(file) = &options.place
        && !file.exists()
    {
        bail!("there is no database {}; is --data (TINKLAVEIKA_DATA) the right one?", file.display());
    }
    Ok(Db::open(&options).await?)
}

/// Everyone who administers and is not suspended.
pub(crate) async fn administrators(tx: &mut db::Tx) -> db::Result<Vec<model::ids::PersonId>> {
    let found = store::list_administrators(tx).await?;
    Ok(found.into_iter().filter(|one| one.suspended_at.is_none()).map(|one| one.id).collect())
}

/// A secret kept in a file of its own, without the line's end.
///
/// # Errors
/// When it cannot be read or is empty.
pub fn secret(file: &Path) -> anyhow::Result<String> {
    let text =
        std::fs::read_to_string(file).with_context(|| format!("cannot read the secret in {}", file.display()))?;
    let text = text.trim_end_matches(['\r', '\n']);
    if text.is_empty() {
        bail!("the secret in {} is empty", file.display());
    }
    if open_to_others(file) {
        eprintln!("tinklaveika: others can read {}: chmod 600 {}", file.display(), file.display());
    }
    Ok(text.to_owned())
}

/// Whether users other than the owner and root may read it.
pub(crate) fn open_to_others(path: &Path) -> bool {
    std::fs::metadata(path).is_ok_and(|found| found.permissions().mode() & 0o077 != 0)
}

/// Makes the data directory, for its owner alone.
pub(crate) fn make_data(data: &Path) -> anyhow::Result<()> {
    let made = std::fs::DirBuilder::new().recursive(true).mode(0o700).create(data);
    made.with_context(|| format!("cannot make the data directory {}", data.display()))
}
