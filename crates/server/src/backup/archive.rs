//! The archive as a file: a ZIP whose comment is the hash of its manifest.

use std::{
    fs::{self, File, OpenOptions},
    io::{self, BufRead, BufReader, BufWriter, Read, Write},
    os::unix::fs::OpenOptionsExt,
    path::{Component, Path, PathBuf},
};

use anyhow::{Context, bail};
use sha2::{Digest, Sha256};
use zip::{CompressionMethod, ZipArchive, ZipWriter, write::SimpleFileOptions};

use super::manifest::{Manifest, Part};
use crate::auth::hex;

const MANIFEST: &str = "manifest.json";
/// Of a manifest: a line for each file.
const MANIFEST_BYTES: u64 = 256 << 20;

/// An archive that is being written, beside the name it will have.
pub struct Writing {
    /// None once it was ended.
    zip: Option<ZipWriter<BufWriter<File>>>,
    beside: PathBuf,
    to: PathBuf,
    whole: bool,
}

impl Writing {
    pub fn begin(to: &Path) -> anyhow::Result<Self> {
        let mut beside = to.as_os_str().to_owned();
        beside.push(".part");
        let beside = PathBuf::from(beside);
        // It holds what the database holds: nobody else reads it.
        let file = OpenOptions::new().write(true).create(true).truncate(true).mode(0o600).open(&beside);
        let file = file.with_context(|| format!("cannot write {}", beside.display()))?;
        Ok(Self {
            zip: Some(ZipWriter::new(BufWriter::with_capacity(1 << 20, file))),
            beside,
            to: to.to_owned(),
            whole: false,
        })
    }

    pub fn part(&mut self, name: &str) -> anyhow::Result<WritingPart<'_>> {
        let options = SimpleFileOptions::default()
            .compression_method(CompressionMethod::Deflated)
            .compression_level(Some(3))
            .large_file(true)
            .unix_permissions(0o600);
        let zip = self.zip.as_mut().context("the archive was ended")?;
        zip.start_file(name, options)?;
        Ok(WritingPart { zip, hash: Sha256::new(), bytes: 0 })
    }

    /// Puts the file under its name once it is on disk, and gives the manifest's hash.
    pub fn end(mut self, manifest: &Manifest) -> anyhow::Result<String> {
        let text = serde_json::to_vec_pretty(manifest)?;
        self.part(MANIFEST)?.write_all(&text)?;
        let fingerprint = hex(&Sha256::digest(&text));
        let mut zip = self.zip.take().context("the archive was ended")?;
        zip.set_comment(fingerprint.clone())?;
        let file = zip.finish()?.into_inner().map_err(io::IntoInnerError::into_error)?;
        file.sync_all()?;
        fs::rename(&self.beside, &self.to)?;
        self.whole = true;
        if let Some(folder) = self.to.parent().filter(|folder| !folder.as_os_str().is_empty()) {
            File::open(folder)?.sync_all()?;
        }
        Ok(fingerprint)
    }
}

impl Drop for Writing {
    fn drop(&mut self) {
        if !self.whole {
            let _ = fs::remove_file(&self.beside);
        }
    }
}

pub struct WritingPart<'a> {
    zip: &'a mut ZipWriter<BufWriter<File>>,
    hash: Sha256,
    bytes: u64,
}

impl WritingPart<'_> {
    pub fn line(&mut self, line: &[u8]) -> io::Result<()> {
        self.write_all(line)?;
        self.write_all(b"\n")
    }

    pub fn end(self, rows: u64) -> Part {
        Part { rows, bytes: self.bytes, sha256: hex(&self.hash.finalize()) }
    }
}

impl Write for WritingPart<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let written = self.zip.write(bytes)?;
        self.hash.update(&bytes[..written]);
        self.bytes += written as u64;
        Ok(written)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.zip.flush()
    }
}

/// An archive that is read.
pub struct Reading {
    zip: ZipArchive<BufReader<File>>,
    pub manifest: Manifest,
    pub fingerprint: String,
}

impl Reading {
    /// # Errors
    /// A sentence that says what is wrong: not there, cut short, altered, of a newer form or schema.
    pub fn open(path: &Path) -> anyhow::Result<Self> {
        let file = File::open(path).with_context(|| format!("cannot read {}", path.display()))?;
        let mut zip = ZipArchive::new(BufReader::with_capacity(1 << 20, file)).map_err(|_| {
            anyhow::anyhow!("{} is cut short, or is no backup of Tinklaveika: its end is missing", path.display())
        })?;
        let told = String::from_utf8_lossy(zip.comment()).into_owned();
        let mut text = Vec::new();
        let found =
            zip.by_name(MANIFEST).map_err(|_| anyhow::anyhow!("{} is no backup of Tinklaveika", path.display()))?;
        found.take(MANIFEST_BYTES).read_to_end(&mut text).map_err(|_| altered(MANIFEST))?;
        let fingerprint = hex(&Sha256::digest(&text));
        if told != fingerprint {
            return Err(altered(MANIFEST));
        }
        #[derive(serde::Deserialize)]
        struct Form {
            format: u32,
        }
        let form: Form = serde_json::from_slice(&text).map_err(|_| altered(MANIFEST))?;
        let manifest: Result<Manifest, _> = serde_json::from_slice(&text);
        let manifest = match manifest {
            Ok(manifest) => manifest,
            Err(_) if form.format > super::FORMAT => {
                bail!("the archive is of a newer form ({}) than this program reads ({})", form.format, super::FORMAT)
            }
            Err(_) => return Err(altered(MANIFEST)),
        };
        manifest.readable()?;
        Ok(Self { zip, manifest, fingerprint })
    }

    /// Shows the lines of a table in batches, as JSON arrays, while it waits for what is done with each.
    pub async fn table(
        &mut self,
        name: &str,
        mut batch: impl AsyncFnMut(String, u64) -> anyhow::Result<()>,
    ) -> anyhow::Result<()> {
        const ROWS: u64 = 1000;
        const BYTES: usize = 1 << 20;
        let part = self.manifest.tables.get(name).cloned().ok_or_else(|| altered(name))?;
        let path = format!("tables/{name}.jsonl");
        let entry = self.zip.by_name(&path).map_err(|_| altered(&path))?;
        let mut lines = BufReader::with_capacity(1 << 18, Hashing::of(entry));
        let (mut rows, mut held, mut text) = (0, 0, String::from("["));
        loop {
            let start = text.len() + usize::from(held > 0);
            if held > 0 {
                text.push(',');
            }
            let read = lines.read_line(&mut text).map_err(|_| altered(&path))?;
            if read > 0 {
                (rows, held) = (rows + 1, held + 1);
                if text.pop() != Some('\n') {
                    return Err(altered(&path));
                }
            } else {
                text.truncate(start - usize::from(held > 0));
            }
            if held > 0 && (read == 0 || held == ROWS || text.len() >= BYTES) {
                text.push(']');
                batch(std::mem::replace(&mut text, String::from("[")), held).await?;
                held = 0;
            }
            if read == 0 {
                break;
            }
        }
        lines.into_inner().fits(&part, &path)?;
        if rows == part.rows { Ok(()) } else { Err(altered(&path)) }
    }

    /// Reads a file to its end, into `out`.
    pub fn file(&mut self, name: &str, out: &mut impl Write) -> anyhow::Result<()> {
        let part = self.manifest.files.get(name).cloned().ok_or_else(|| altered(name))?;
        let path = format!("{}/{name}", super::FILES);
        let entry = self.zip.by_name(&path).map_err(|_| altered(&path))?;
        let mut entry = Hashing::of(entry);
        let mut buffer = vec![0; 1 << 16];
        loop {
            let read = entry.read(&mut buffer).map_err(|_| altered(&path))?;
            if read == 0 {
                return entry.fits(&part, &path);
            }
            out.write_all(&buffer[..read])?;
        }
    }
}

/// The sentence for whatever does not fit.
pub fn altered(part: &str) -> anyhow::Error {
    anyhow::anyhow!("the archive was altered or damaged: {part} is not what its manifest says; use another copy")
}

struct Hashing<R> {
    inner: R,
    hash: Sha256,
    bytes: u64,
}

impl<R: Read> Hashing<R> {
    fn of(inner: R) -> Self {
        Self { inner, hash: Sha256::new(), bytes: 0 }
    }

    fn fits(self, part: &Part, path: &str) -> anyhow::Result<()> {
        let same = self.bytes == part.bytes && hex(&self.hash.finalize()) == part.sha256;
        if same { Ok(()) } else { Err(altered(path)) }
    }
}

impl<R: Read> Read for Hashing<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.inner.read(buffer)?;
        self.hash.update(&buffer[..read]);
        self.bytes += read as u64;
        Ok(read)
    }
}

/// All files under `folder` by their names from there, in order; none when it is not there. Links are not followed.
pub fn files(folder: &Path) -> anyhow::Result<Vec<(String, PathBuf)>> {
    let (mut open, mut found) = (vec![(String::new(), folder.to_owned())], Vec::new());
    while let Some((prefix, path)) = open.pop() {
        let entries = match fs::read_dir(&path) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => continue,
            entries => entries.with_context(|| format!("cannot read {}", path.display()))?,
        };
        for entry in entries {
            let entry = entry?;
            let name = entry.file_name().to_string_lossy().into_owned();
            if name.starts_with('.') || name.contains('#') {
                continue;
            }
            let kind = entry.file_type()?;
            let name = if prefix.is_empty() { name } else { format!("{prefix}/{name}") };
            if kind.is_dir() {
                open.push((name, entry.path()));
            } else if kind.is_file() {
                found.push((name, entry.path()));
            }
        }
    }
    found.sort();
    Ok(found)
}

/// The place of a file within `folder`; none for a name that leads out of it.
pub fn place(folder: &Path, name: &str) -> Option<PathBuf> {
    let inside = Path::new(name).components().all(|part| matches!(part, Component::Normal(_)));
    (inside && !name.is_empty() && !name.contains('\0')).then(|| folder.join(name))
}
