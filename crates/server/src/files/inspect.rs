//! What a received file is, whatever it is called: its kind is found in its bytes, its text is read by the personal-data guard, and a picture is
//! made anew from its pixels.

mod office;
mod pictures;
mod reading;
mod texts;

use std::{
    fs::File,
    io::{self, Read},
};

use model::{
    files::{FileOf, Media},
    ids::{FileId, ItemId},
    refusal::{Code, Refusal, Refusals},
    time::Timestamp,
};
use sha2::{Digest, Sha256};

use super::{
    receive::{Received, Temp, disk, large},
    store::Row,
};
use crate::{auth::hex, error::Fault};

pub use pictures::MEGAPIXELS;
use reading::Reading;

/// Enough to know a kind by.
const HEAD: usize = 8 << 10;

/// What is kept of a file.
#[derive(Debug)]
pub struct Kept {
    pub media: Media,
    pub temp: Temp,
    pub bytes: u64,
    pub sha256: String,
    /// Of a picture, in pixels.
    pub size: Option<(u32, u32)>,
    /// A copy for pages, with its length; none of what is no picture, or a small one.
    pub small: Option<(Temp, u64)>,
}

impl Kept {
    /// As the database has it, under the key `object`.
    pub fn row(&self, id: FileId, kind: FileOf, item: ItemId, name: String, object: String, at: Timestamp) -> Row {
        let length = |bytes: u64| i64::try_from(bytes).unwrap_or(i64::MAX);
        Row {
            id,
            kind,
            item,
            name,
            media: self.media,
            bytes: length(self.bytes),
            sha256: self.sha256.clone(),
            object,
            width: self.size.map(|(width, _)| width.into()),
            height: self.size.map(|(_, height)| height.into()),
            small_bytes: self.small.as_ref().map(|(_, bytes)| length(*bytes)),
            at,
        }
    }
}

/// Blocks for as long as it takes to read the file, and in the case of a picture to make it anew: at most some seconds.
///
/// # Errors
/// `file.kind`, `file.lie`, `file.macros`, `file.nested`, `file.bomb`, `file.image`, `file.large`, and the guard's refusals, all at `file`.
pub fn inspect(received: Received, name: &str, said: Option<&str>, limit: u64, sure: bool) -> Result<Kept, Fault> {
    let media = expected(name)?;
    let mut head = Vec::new();
    File::open(received.temp.path()).and_then(|file| file.take(HEAD as u64).read_to_end(&mut head)).map_err(disk)?;
    if !is_like(media, &head) || said.is_some_and(|said| contradicts(said, media)) {
        return Err(refused(Code::FileLie));
    }
    let kept = match media {
        Media::Jpeg | Media::Png | Media::Webp => pictures::anew(&received, media)?,
        Media::Txt | Media::Csv | Media::Md => texts::read(received, media, sure)?,
        Media::Pdf => as_it_came(received, media),
        _ => {
            office::look(&received, media, sure)?;
            as_it_came(received, media)
        }
    };
    // Made anew it may have grown.
    if kept.bytes > limit { Err(large(limit).into()) } else { Ok(kept) }
}

/// Whether a passage stands in what a kept file says; never in PDF and pictures, which are not read. Blocks as [`inspect`] does.
///
/// # Errors
/// When the file cannot be read.
pub fn holds(received: &Received, media: Media, passage: &str) -> Result<bool, Fault> {
    let reading = Reading::seeking(passage);
    let reading = match media {
        Media::Pdf | Media::Jpeg | Media::Png | Media::Webp => return Ok(false),
        Media::Txt | Media::Csv | Media::Md => texts::kept(received, reading)?,
        Media::Docx | Media::Xlsx | Media::Pptx | Media::Odt | Media::Ods | Media::Odp => {
            office::read(received, media, reading)?
        }
    };
    Ok(reading.found())
}

/// What the name says.
///
/// # Errors
/// `file.kind`, or `file.macros` where the name says that there are some.
pub fn expected(name: &str) -> Result<Media, Fault> {
    Media::of_name(name).ok_or_else(|| {
        let end = name.rsplit_once('.').map(|(_, end)| end.to_ascii_lowercase()).unwrap_or_default();
        let macros = ["docm", "dotm", "xlsm", "xltm", "xlam", "pptm", "potm", "ppsm", "ppam"].contains(&&*end);
        refused(if macros { Code::FileMacros } else { Code::FileKind })
    })
}

fn refused(code: Code) -> Fault {
    Refusal::of(code).at("file").into()
}

fn as_it_came(received: Received, media: Media) -> Kept {
    let Received { temp, bytes, sha256 } = received;
    Kept { media, temp, bytes, sha256, size: None, small: None }
}

/// Whether the first bytes are those of such a file. Which of the office documents a ZIP is, is seen when it is opened.
fn is_like(media: Media, head: &[u8]) -> bool {
    let found = infer::get(head);
    let found = found.as_ref().map(infer::Type::mime_type);
    match media {
        // At its very beginning: what stands before it could be another kind of file to another reader.
        Media::Pdf => head.starts_with(b"%PDF-"),
        Media::Jpeg => found == Some("image/jpeg"),
        Media::Png => found == Some("image/png"),
        Media::Webp => found == Some("image/webp"),
        // A text may begin with the two letters of another kind, as „BMT“ does with those of a bitmap; that it is a text is seen when it is read.
        Media::Txt | Media::Csv | Media::Md => {
            !matches!(found, Some("text/html" | "text/xml" | "text/x-shellscript" | "application/pdf"))
        }
        _ => head.starts_with(b"PK\x03\x04"),
    }
}

/// Whether the sender said another thing than the name does. What browsers guess for tables and texts differs from system to system.
fn contradicts(said: &str, media: Media) -> bool {
    let said = said.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    let telling = said.starts_with("image/") || matches!(&*said, "application/pdf" | "text/html");
    let same = said == media.mime() || (said == "image/jpg" && media == Media::Jpeg);
    telling && !same
}

/// What the guard found in a file.
fn guarded(found: Refusals) -> Result<(), Fault> {
    found.into_result().map_err(Fault::from)
}

/// The length of a file, and the hash of all its bytes in hex.
fn measure(temp: &Temp) -> io::Result<(u64, String)> {
    let mut file = File::open(temp.path())?;
    let (mut hash, mut bytes, mut buffer) = (Sha256::new(), 0, vec![0; 64 << 10]);
    loop {
        let read = file.read(&mut buffer)?;
        if read == 0 {
            return Ok((bytes, hex(&hash.finalize())));
        }
        bytes += read as u64;
        hash.update(&buffer[..read]);
    }
}

#[cfg(test)]
mod tests;
