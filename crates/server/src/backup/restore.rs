//! From an archive to a database: all of it in one transaction, or nothing.

use std::{
    fs::{self, File},
    io,
    path::{Path, PathBuf},
};

use anyhow::{Context, bail};
use db::{
    Db, Options, Tx, copy,
    migrate::{MIGRATIONS, Migration, migrate_by},
};
use model::time::Timestamp;
use sha2::{Digest, Sha256};

use super::{
    FILES, Summary,
    archive::{Reading, altered, files, place},
    store,
};
use crate::{
    app::random,
    audit,
    auth::{hex, new_token},
    files::store as attachments,
    notes, redactions,
};

/// The schema that brought notes.
const NOTES_SINCE: i64 = 37;

/// Puts the archive into the empty database of `options` and the data directory `data`, and brings it to this binary's schema. The epoch
/// changes, so that browsers in live rooms begin anew. What was taken out of texts since the archive was made, as the list `list` or the one
/// in `data` tells, is taken out again.
///
/// # Errors
/// A sentence for an archive that is cut short, altered or newer, and for a place that is not empty; nothing is changed then.
pub async fn restore(
    from: &Path,
    options: &Options,
    data: &Path,
    list: Option<&Path>,
    now: Timestamp,
) -> anyhow::Result<Summary> {
    let mut archive = Reading::open(from)?;
    let beside = data.join(redactions::LIST);
    let list = list.map(Path::to_owned).or_else(|| beside.exists().then_some(beside));
    let list = list.map_or_else(|| Ok(Vec::new()), |list| redactions::read_list(&list))?;
    let target = data.join(FILES);
    if !files(&target)?.is_empty() {
        bail!("{} holds files already: restore into an empty data directory", target.display());
    }
    let db = Db::open(options).await?;
    let restored = async {
        empty(&db).await?;
        let beside = unpack(&mut archive, data)?;
        let mut tx = prepared(&db, &archive, now).await?;
        load(&mut tx, &mut archive).await?;
        store::update_epoch(&mut tx, &hex(&random::<16>())).await?;
        if archive.manifest.schema >= NOTES_SINCE {
            notes::store::renew_all(&mut tx, &hex(&random::<16>())).await?;
        }
        let _ = fs::remove_dir(&target);
        if beside.0.exists() {
            fs::rename(&beside.0, &target).with_context(|| format!("cannot make {}", target.display()))?;
        }
        if let Err(error) = tx.commit().await {
            let _ = fs::remove_dir_all(&target);
            return Err(error.into());
        }
        // What was found in it was of another database.
        let _ = fs::remove_dir_all(data.join("search"));
        db::migrate(&db, now.ms()).await?;
        let (again, objects) = redactions::apply(&db, &list).await?;
        // What is left of them when this stops here is swept.
        for object in &objects {
            fs::remove_file(target.join(object)).with_context(|| format!("cannot remove {object}"))?;
        }
        anyhow::Ok(again + objects.len() as i64)
    };
    let restored = restored.await;
    let kept = match &restored {
        Ok(_) => redactions::keep_list(&db, data).await,
        Err(_) => Ok(()),
    };
    db.close().await;
    let again = restored?;
    kept?;
    Ok(Summary { again, ..Summary::of(&archive.manifest, archive.fingerprint) })
}

/// Restores into a temporary database within `temp` and compares every table, file, number of events and hash.
///
/// # Errors
/// Those of [`restore`], and a sentence for what differs.
pub async fn verify(from: &Path, temp: &Path, now: Timestamp) -> anyhow::Result<Summary> {
    let mut archive = Reading::open(from)?;
    let folder = Beside(temp.join(format!("tinklaveika-verify-{}", &new_token()[..16])));
    fs::create_dir(&folder.0).with_context(|| format!("cannot make {}", folder.0.display()))?;
    for name in archive.manifest.files.keys().cloned().collect::<Vec<_>>() {
        archive.file(&name, &mut io::sink())?;
    }
    let db = Db::open(&Options::file(folder.0.join("verify.sqlite"))).await?;
    let compared = async {
        let mut tx = prepared(&db, &archive, now).await?;
        load(&mut tx, &mut archive).await?;
        tx.commit().await?;
        compare(&db, &archive).await
    };
    let compared = compared.await;
    db.close().await;
    compared?;
    Ok(Summary::of(&archive.manifest, archive.fingerprint))
}

async fn compare(db: &Db, archive: &Reading) -> anyhow::Result<()> {
    let mut tx = db.snapshot().await?;
    for table in copy::tables(&mut tx).await? {
        let mut hash = Sha256::new();
        let rows = copy::read(&mut tx, &table, |line| {
            hash.update(line);
            hash.update(b"\n");
            true
        });
        let rows = rows.await?;
        let part = archive.manifest.tables.get(&table.name).ok_or_else(|| altered(&table.name))?;
        if rows != part.rows || hex(&hash.finalize()) != part.sha256 {
            bail!(
                "the table {} came back with {rows} rows that differ from the {} of the archive",
                table.name,
                part.rows
            );
        }
    }
    if archive.manifest.tables.contains_key("files") {
        attached(&mut tx, archive).await?;
    }
    let broken = store::count_broken_sessions(&mut tx).await?;
    if broken > 0 {
        bail!("in {broken} live sessions the numbers of the events have a gap or do not end with the last one");
    }
    if let Some(number) = audit::broken_at(&mut tx).await? {
        bail!("the chain of the audit log is broken at row {number}: it was changed before the backup was made");
    }
    Ok(())
}

/// Every file that the tables speak of is there, as it was taken.
async fn attached(tx: &mut Tx, archive: &Reading) -> anyhow::Result<()> {
    let there = |key: &str, bytes: i64, sha256: Option<&str>| {
        let part = archive.manifest.files.get(key);
        part.is_some_and(|part| part.bytes == bytes.unsigned_abs() && sha256.is_none_or(|hash| part.sha256 == hash))
    };
    let objects = attachments::list_objects(tx).await?;
    let whole = |object: &attachments::Object| {
        there(&object.object, object.bytes, Some(&object.sha256))
            && object.small_bytes.is_none_or(|bytes| there(&object.small_key(), bytes, None))
    };
    match objects.iter().filter(|object| !whole(object)).count() {
        0 => Ok(()),
        lost => bail!(
            "{lost} attached files are not in the archive as they were taken: they were lost before, see `tinklaveika doctor`"
        ),
    }
}

/// Nobody has an account there.
async fn empty(db: &Db) -> anyhow::Result<()> {
    let mut tx = db.read().await?;
    // A database without tables is empty too.
    if let Ok(people @ 1..) = store::count_people(&mut tx).await {
        bail!("the database is not empty, it has {people} accounts: restore into an empty one");
    }
    Ok(())
}

/// A transaction over tables as they were when the archive was made.
async fn prepared(db: &Db, archive: &Reading, now: Timestamp) -> anyhow::Result<Tx> {
    let schema = archive.manifest.schema;
    let then: Vec<Migration> = MIGRATIONS.iter().copied().filter(|migration| migration.number <= schema).collect();
    migrate_by(db, &then, now.ms()).await?;
    let mut tx = db.write().await?;
    let here = store::list_migrations(&mut tx).await?;
    let newest = here.last().map_or(0, |migration| migration.number);
    if newest > schema {
        bail!("the database has schema {newest} already, the archive {schema}: restore into a database without tables");
    }
    if here != archive.manifest.migrations {
        bail!(
            "the archive was made by a program with other migrations than this one's: use Tinklaveika {}",
            archive.manifest.version
        );
    }
    if store::count_people(&mut tx).await? > 0 {
        bail!("the database is not empty: restore into an empty one");
    }
    Ok(tx)
}

async fn load(tx: &mut Tx, archive: &mut Reading) -> anyhow::Result<()> {
    let tables = copy::tables(tx).await?;
    if !tables.iter().map(|table| &table.name).eq(archive.manifest.tables.keys()) {
        return Err(altered("the list of tables"));
    }
    let untied = copy::untie(tx).await?;
    for table in &tables {
        copy::clear(tx, table).await?;
    }
    for table in &tables {
        let mut insert = async |rows: String, count: u64| {
            let written = copy::write(tx, table, rows).await;
            // Whatever the database has against it, the archive is not what was written by `backup`.
            if written.context("a row of the archive does not fit")? == count {
                Ok(())
            } else {
                Err(altered(&table.name))
            }
        };
        archive.table(&table.name, &mut insert).await?;
    }
    copy::tie(tx, untied).await.context("a row of the archive refers to what is not in it")
}

/// A folder that goes when it is not needed any more.
struct Beside(PathBuf);

impl Drop for Beside {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

/// Unpacks the files beside where they will be.
fn unpack(archive: &mut Reading, data: &Path) -> anyhow::Result<Beside> {
    let beside = Beside(data.join(format!("{FILES}.restoring")));
    let _ = fs::remove_dir_all(&beside.0);
    for name in archive.manifest.files.keys().cloned().collect::<Vec<_>>() {
        let path = place(&beside.0, &name).ok_or_else(|| altered("the name of a file"))?;
        if let Some(folder) = path.parent() {
            fs::create_dir_all(folder).with_context(|| format!("cannot make {}", folder.display()))?;
        }
        let mut file = File::create(&path).with_context(|| format!("cannot write {}", path.display()))?;
        archive.file(&name, &mut file)?;
        file.sync_all()?;
    }
    Ok(beside)
}
