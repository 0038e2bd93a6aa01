//! What is wrong with a site, and how to mend it.

use std::{
    fmt,
    path::{Path, PathBuf},
    time::UNIX_EPOCH,
};

use db::{Db, migrate::MIGRATIONS};
use model::time::{Millis, Timestamp};

use super::{existing, open_to_others, store};
use crate::{app::Clock, audit, backup, config::Config, files, mail, run::runtime};

/// How far the clock may be behind what is written before that is told.
const CLOCK: Millis = Millis::minutes(2);
/// How old the index may be when something newer is there.
const INDEX: Millis = Millis::minutes(30);

/// Something that is wrong, and what helps.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Finding {
    /// Whether the site does not work or loses something; otherwise it works, for now.
    pub bad: bool,
    pub what: String,
    pub mend: String,
}

impl Finding {
    fn bad(what: impl Into<String>, mend: impl Into<String>) -> Self {
        Self { bad: true, what: what.into(), mend: mend.into() }
    }

    fn odd(what: impl Into<String>, mend: impl Into<String>) -> Self {
        Self { bad: false, ..Self::bad(what, mend) }
    }
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let kind = if self.bad { "WRONG" } else { "look " };
        write!(f, "{kind}  {}\n       {}", self.what, self.mend)
    }
}

/// Prints what is wrong; the answer says whether nothing bad is.
pub fn run(config: &Config, secrets: &[PathBuf]) -> anyhow::Result<bool> {
    runtime()?.block_on(async {
        let now = Clock::System.now();
        let mut found = around(config, secrets);
        if let Some(scanner) = &config.attachments.scanner
            && let Err(error) = scanner.ping().await
        {
            found.push(Finding::bad(
                format!("the scanner for viruses at {scanner} does not answer, so no file is taken: {error}"),
                "see that clamd runs and that its socket can be read and written by the service, or take --clamd away",
            ));
        }
        match existing(config).await {
            Ok(db) => {
                found.extend(within(&db, now).await);
                found.extend(index(&db, config).await);
                found.extend(attached(&db, &config.data).await);
                db.close().await;
            }
            Err(error) => found.push(Finding::bad(
                format!("the database cannot be used: {error:#}"),
                "give the right --data or --database; PostgreSQL: see that it runs, is 15 or newer, and synchronous_commit is on",
            )),
        }
        found.sort_by_key(|finding| !finding.bad);
        for finding in &found {
            println!("{finding}");
        }
        let bad = found.iter().filter(|finding| finding.bad).count();
        println!("{bad} wrong, {} to look at; schema of this program: {}", found.len() - bad, db::SCHEMA);
        Ok(bad == 0)
    })
}

/// What can be seen without the database.
pub fn around(config: &Config, secrets: &[PathBuf]) -> Vec<Finding> {
    let mut found = Vec::new();
    for path in secrets {
        match std::fs::File::open(path) {
            Err(error) => found.push(Finding::bad(
                format!("the secret in {} cannot be read: {error}", path.display()),
                "make the file, readable by the user of the service alone",
            )),
            Ok(_) if open_to_others(path) => found.push(Finding::bad(
                format!("others can read the secret in {}", path.display()),
                format!("chmod 600 {}", path.display()),
            )),
            Ok(_) => {}
        }
    }
    let data = &config.data;
    if data.exists() && open_to_others(data) {
        found.push(Finding::odd(
            format!("others can look into the data directory {}", data.display()),
            format!("chmod 700 {}", data.display()),
        ));
    }
    if let Ok(disk) = rustix::fs::statvfs(data) {
        let (free, all) = (disk.f_bavail * disk.f_frsize, (disk.f_blocks * disk.f_frsize).max(1));
        let told = format!("{} MiB of {} MiB are free on the disk of {}", free >> 20, all >> 20, data.display());
        if free < 512 << 20 {
            found.push(Finding::bad(told, "make room: writing stops when the disk is full; reading goes on"));
        } else if free * 10 < all {
            found.push(Finding::odd(told, "make room soon"));
        }
    }
    let local = ["http://127.", "http://localhost", "http://[::1]"].iter().any(|start| config.url.starts_with(start));
    if config.url.starts_with("http://") && !local {
        found.push(Finding::bad(
            "the site's address is without HTTPS, so browsers keep no sign-in",
            "set --url (TINKLAVEIKA_URL) to the https:// address of the proxy",
        ));
    }
    if config.smtp.is_none() {
        let folder = data.join("mail");
        found.push(Finding::odd(
            format!("no mail server is set: letters become files in {}", folder.display()),
            "set --smtp-file (TINKLAVEIKA_SMTP_FILE), or deliver the files yourself",
        ));
    } else if config.smtp.as_deref().is_some_and(|smtp| smtp.starts_with("smtp://") && !smtp.contains("tls=required")) {
        found.push(Finding::odd(
            "mail goes out without TLS",
            "use smtps://… or smtp://…?tls=required, unless the server is this machine",
        ));
    }
    let restoring = data.join(format!("{}.restoring", backup::FILES));
    if restoring.exists() {
        found.push(Finding::odd(
            format!("a restore broke off and left {}", restoring.display()),
            format!("rm -r {}", restoring.display()),
        ));
    }
    found
}

/// What can be seen in the database.
pub async fn within(db: &Db, now: Timestamp) -> Vec<Finding> {
    let mut found = Vec::new();
    if let Err(error) = look(db, now, &mut found).await {
        found.push(Finding::bad(
            format!("the database answered with an error: {error}"),
            "see its log; restore the last backup if its file is damaged",
        ));
    }
    found
}

async fn look(db: &Db, now: Timestamp, found: &mut Vec<Finding>) -> db::Result<()> {
    let mut tx = db.read().await?;
    let Ok(applied) = backup::migrations(&mut tx).await else {
        found.push(Finding::bad("the database has no schema", "start the site, or: tinklaveika migrate"));
        return Ok(());
    };
    let newest = applied.last().map_or(0, |migration| migration.number);
    if newest < db::SCHEMA {
        let missing = MIGRATIONS.iter().filter(|migration| migration.number > newest).count();
        let what = format!("the schema is at {newest}, {missing} migrations behind this program");
        found.push(Finding::bad(what, "stop the site, back up, then: tinklaveika migrate"));
        return Ok(());
    }
    if newest > db::SCHEMA {
        found.push(Finding::odd(
            format!("the schema is at {newest}, newer than this program"),
            "an upgrade is under way, or an older program was started: use the newer one",
        ));
    }
    if let Err(error) = db.write().await {
        found.push(Finding::bad(
            format!("nothing can be written: {error}"),
            "something holds the writer or the disk is full: see the log, restart the site",
        ));
    }
    if let Some(latest) = store::latest(&mut tx).await?
        && latest.since(now) > CLOCK
    {
        found.push(Finding::bad(
            format!("the clock is {} minutes behind what was written last", latest.since(now).ms() / 60_000),
            "set the clock: timedatectl set-ntp true",
        ));
    }
    if let Some(number) = audit::broken_at(&mut tx).await? {
        found.push(Finding::bad(
            format!("the chain of the audit log is broken at row {number}: somebody changed it"),
            "keep a copy of the database as it is, and compare with the backups",
        ));
    }
    let broken = backup::broken_sessions(&mut tx).await?;
    if broken > 0 {
        found.push(Finding::bad(
            format!("the events of {broken} live sessions have a gap"),
            "restore the last backup that verifies",
        ));
    }
    let mails = mail::store::state(&mut tx).await?;
    if mails.failing > 0 {
        found.push(Finding::odd(
            format!("{} letters were refused and are tried again", mails.failing),
            "see the log for the mail server's answer",
        ));
    }
    if mails.given_up > 0 {
        found.push(Finding::odd(
            format!("{} letters were given up after {} tries", mails.given_up, mail::queue::TRIES),
            "mend --smtp; those people ask for their letters once more",
        ));
    }
    Ok(())
}

/// Whether every file that somebody attached is there, as long as it was.
pub async fn attached(db: &Db, data: &Path) -> Option<Finding> {
    let objects = files::store::list_objects(&mut db.read().await.ok()?).await.ok()?;
    let folder = data.join(backup::FILES);
    let whole = |key: &str, bytes: i64| {
        std::fs::metadata(folder.join(key)).is_ok_and(|found| found.is_file() && found.len() == bytes.unsigned_abs())
    };
    let lost = objects.iter().filter(|object| {
        let small = object.small_bytes.is_none_or(|bytes| whole(&object.small_key(), bytes));
        !(small && whole(&object.object, object.bytes))
    });
    let lost: Vec<&str> = lost.map(|object| object.object.as_str()).collect();
    let first = lost.first()?;
    Some(Finding::bad(
        format!(
            "{} of {} attached files are missing in {} or have another length, such as {first}",
            lost.len(),
            objects.len(),
            folder.display()
        ),
        format!(
            "take them out of the last backup that verifies: unzip ARCHIVE '{}/{first}*' -d {}",
            backup::FILES,
            data.display()
        ),
    ))
}

async fn index(db: &Db, config: &Config) -> Option<Finding> {
    let folder = config.data.join("search");
    let changed = store::last_change(&mut db.read().await.ok()?).await.ok()??;
    let age = |made: Timestamp| changed.since(made);
    let fed = std::fs::metadata(folder.join("meta.json")).and_then(|found| found.modified());
    let mend = format!(
        "see the log of the site; if it tells nothing, stop it, rm -r {}, and start it: the index is made anew",
        folder.display()
    );
    let Ok(fed) = fed else {
        return Some(Finding::odd(
            format!("there is no search index in {}", folder.display()),
            "start the site: it makes one",
        ));
    };
    let ms = fed.duration_since(UNIX_EPOCH).unwrap_or_default().as_millis();
    let behind = age(Timestamp(i64::try_from(ms).unwrap_or(i64::MAX)));
    (behind > INDEX).then(|| {
        Finding::odd(format!("the search index is {} minutes behind the database", behind.ms() / 60_000), mend)
    })
}
