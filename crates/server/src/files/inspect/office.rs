//! Office documents: archives of XML. Nothing of them is unpacked to disk or held in memory.

mod markup;

use std::{
    fs::File,
    io::{BufReader, Read, Seek, SeekFrom},
};

use model::{files::Media, refusal::Code};
use zip::{ZipArchive, read::ZipFile};

use super::{guarded, reading::Reading, refused};
use crate::{
    error::Fault,
    files::receive::{Received, disk},
};
use markup::Markup;

/// Unpacked at most, in bytes.
const UNPACKED: u64 = 200 << 20;
/// How many times as large as it is it may become.
const RATIO: u64 = 100;
const PARTS: u16 = 5_000;
/// Of the list of its parts, in bytes.
const LIST: u32 = 1 << 20;
/// The end of an archive that has no comment (APPNOTE 6.3.10, section 4.3.16).
const END: usize = 22;

/// Whether it is the document that it is said to be, and such as can be looked into; its text is read by the guard.
///
/// # Errors
/// `file.lie`, `file.macros`, `file.nested`, `file.bomb`, and what the guard finds.
pub fn look(received: &Received, media: Media, sure: bool) -> Result<(), Fault> {
    guarded(read(received, media, Reading::new(sure))?.end())
}

/// Shows all of its text to the reading.
pub fn read(received: &Received, media: Media, reading: Reading) -> Result<Reading, Fault> {
    let mut file = File::open(received.temp.path()).map_err(disk)?;
    few_parts(&mut file, received.bytes)?;
    let mut zip = ZipArchive::new(BufReader::new(file)).map_err(|_| refused(Code::FileLie))?;
    if zip.len() > usize::from(PARTS) {
        return Err(refused(Code::FileBomb));
    }
    let mut document =
        Document { left: UNPACKED.min(received.bytes.saturating_mul(RATIO).max(1 << 20)), kind: None, reading };
    for at in 0..zip.len() {
        let part = zip.by_index(at).map_err(|_| refused(Code::FileLie))?;
        document.part(part)?;
    }
    if document.kind != Some(media) {
        return Err(refused(Code::FileLie));
    }
    Ok(document.reading)
}

/// Asked of its last bytes, before a list of millions is read into memory.
fn few_parts(file: &mut File, bytes: u64) -> Result<(), Fault> {
    let mut end = [0; END];
    let read = bytes >= END as u64
        && file.seek(SeekFrom::Start(bytes - END as u64)).is_ok()
        && file.read_exact(&mut end).is_ok()
        && end.starts_with(b"PK\x05\x06")
        && file.rewind().is_ok();
    if !read {
        return Err(refused(Code::FileLie));
    }
    let parts = u16::from_le_bytes([end[10], end[11]]);
    let list = u32::from_le_bytes([end[12], end[13], end[14], end[15]]);
    if parts > PARTS || list > LIST { Err(refused(Code::FileBomb)) } else { Ok(()) }
}

struct Document {
    /// Bytes that may still be unpacked.
    left: u64,
    kind: Option<Media>,
    reading: Reading,
}

impl Document {
    fn part<R: Read>(&mut self, mut part: ZipFile<'_, R>) -> Result<(), Fault> {
        if part.encrypted() || part.is_symlink() {
            return Err(refused(Code::FileNested));
        }
        let name = part.name().map_err(|_| refused(Code::FileLie))?.to_ascii_lowercase();
        let macros = ["basic/", "scripts/", "dialogs/"].iter().any(|folder| name.starts_with(folder));
        if macros || name.contains("vbaproject") || name.contains("vbadata") {
            return Err(refused(Code::FileMacros));
        }
        let telling = matches!(&*name, "mimetype" | "[content_types].xml");
        let mut markup = name.ends_with(".xml").then(|| Markup::new(!is_body(&name)));
        let (mut buffer, mut told, mut first) = (vec![0; 32 << 10], Vec::new(), true);
        loop {
            let read = part.read(&mut buffer).map_err(|_| refused(Code::FileLie))?;
            if read == 0 {
                break;
            }
            self.left = self.left.checked_sub(read as u64).ok_or_else(|| refused(Code::FileBomb))?;
            let bytes = &buffer[..read];
            if std::mem::take(&mut first) && holds_another(bytes) {
                return Err(refused(Code::FileNested));
            }
            if telling && told.len() < 64 << 10 {
                told.extend_from_slice(bytes);
            }
            if let Some(markup) = &mut markup {
                self.reading.push(markup.text(bytes));
            }
        }
        if telling {
            self.tell(&String::from_utf8_lossy(&told))?;
        }
        // Between two parts no number goes on.
        self.reading.push(b"\n");
        Ok(())
    }

    /// What it says it is.
    fn tell(&mut self, told: &str) -> Result<(), Fault> {
        let said = told.to_ascii_lowercase();
        if said.contains("macroenabled") || said.contains("vbaproject") {
            return Err(refused(Code::FileMacros));
        }
        let kinds = [
            ("wordprocessingml.document.main+xml", Media::Docx),
            ("spreadsheetml.sheet.main+xml", Media::Xlsx),
            ("presentationml.presentation.main+xml", Media::Pptx),
        ];
        let open = [Media::Odt, Media::Ods, Media::Odp].into_iter().find(|media| said.trim() == media.mime());
        let office = kinds.into_iter().find(|(kind, _)| said.contains(kind)).map(|(_, media)| media);
        self.kind = self.kind.or(open).or(office);
        Ok(())
    }
}

/// What people wrote into; in other parts each element is for itself.
fn is_body(name: &str) -> bool {
    ["word/", "xl/", "ppt/"].iter().any(|folder| name.starts_with(folder))
        || matches!(name, "content.xml" | "styles.xml")
}

/// An archive, a document of old, or a program: parts of documents are XML, pictures, fonts and sounds.
fn holds_another(bytes: &[u8]) -> bool {
    let beginnings: [&[u8]; 5] = [b"PK\x03\x04", b"\xD0\xCF\x11\xE0", b"MZ", b"Rar!", b"7z\xBC\xAF"];
    beginnings.iter().any(|beginning| bytes.starts_with(beginning))
}
