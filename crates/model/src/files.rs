//! Files attached to problems and practices.

mod name;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{access::Action, endpoint, ids::*, time::Timestamp};

pub use name::clean;

/// What a file is, found in its bytes. Nothing else is taken.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Media {
    Pdf,
    Docx,
    Xlsx,
    Pptx,
    Odt,
    Ods,
    Odp,
    Txt,
    Csv,
    Md,
    Jpeg,
    Png,
    /// Taken, and kept as JPEG, or as PNG when a part of it is transparent.
    Webp,
}

impl Media {
    pub const ALL: [Media; 13] = [
        Media::Pdf,
        Media::Docx,
        Media::Xlsx,
        Media::Pptx,
        Media::Odt,
        Media::Ods,
        Media::Odp,
        Media::Txt,
        Media::Csv,
        Media::Md,
        Media::Jpeg,
        Media::Png,
        Media::Webp,
    ];

    /// How names of such files end; `jpeg` is another spelling of `jpg`.
    pub const fn extension(self) -> &'static str {
        match self {
            Media::Pdf => "pdf",
            Media::Docx => "docx",
            Media::Xlsx => "xlsx",
            Media::Pptx => "pptx",
            Media::Odt => "odt",
            Media::Ods => "ods",
            Media::Odp => "odp",
            Media::Txt => "txt",
            Media::Csv => "csv",
            Media::Md => "md",
            Media::Jpeg => "jpg",
            Media::Png => "png",
            Media::Webp => "webp",
        }
    }

    /// The media type (RFC 6838) that it is sent with.
    pub const fn mime(self) -> &'static str {
        match self {
            Media::Pdf => "application/pdf",
            Media::Docx => "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
            Media::Xlsx => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            Media::Pptx => "application/vnd.openxmlformats-officedocument.presentationml.presentation",
            Media::Odt => "application/vnd.oasis.opendocument.text",
            Media::Ods => "application/vnd.oasis.opendocument.spreadsheet",
            Media::Odp => "application/vnd.oasis.opendocument.presentation",
            Media::Txt => "text/plain; charset=utf-8",
            Media::Csv => "text/csv; charset=utf-8",
            Media::Md => "text/markdown; charset=utf-8",
            Media::Jpeg => "image/jpeg",
            Media::Png => "image/png",
            Media::Webp => "image/webp",
        }
    }

    /// What a name says that a file is.
    pub fn of_name(name: &str) -> Option<Media> {
        let (_, extension) = name.rsplit_once('.')?;
        let extension = extension.to_ascii_lowercase();
        let extension = if extension == "jpeg" { "jpg" } else { &extension };
        Media::ALL.into_iter().find(|media| media.extension() == extension)
    }

    /// Shown on pages, and made anew from its pixels before.
    pub const fn is_picture(self) -> bool {
        matches!(self, Media::Jpeg | Media::Png | Media::Webp)
    }
}

/// What a file is attached to.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum FileOf {
    Problem,
    Practice,
}

#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct File {
    pub id: FileId,
    /// Safe as the name of a file on any system; it never tells where the bytes are.
    pub name: String,
    pub media: Media,
    pub bytes: i64,
    /// Of the bytes that are downloaded, in hex.
    pub sha256: String,
    /// Of a picture, in pixels.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub width: Option<i64>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub height: Option<i64>,
    pub at: Timestamp,
}

/// How much may be attached: settings of the site, told before anything is chosen.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct FileLimits {
    /// Bytes of one file.
    pub file: u64,
    /// Files of one problem or practice.
    pub files: u32,
    /// Bytes of all files of one problem or practice.
    pub item: u64,
    /// Bytes of all files of one space.
    pub space: u64,
    /// Bytes of all files that one person attached.
    pub person: u64,
}

impl Default for FileLimits {
    fn default() -> Self {
        Self { file: 25 << 20, files: 20, item: 100 << 20, space: 5 << 30, person: 1 << 30 }
    }
}

/// `POST /practices/{practice}/files`: the body is the file, by those who may change the practice. What it is, is found in its bytes and must agree
/// with the end of `name`: PDF, DOCX, XLSX, PPTX, ODT, ODS, ODP, TXT, CSV, MD, JPEG, PNG or WebP (`file.kind`, `file.lie`); of 25 MiB unless the
/// site has another limit (`file.large`). Pictures are made anew without what the camera wrote into them; text becomes UTF-8. The personal-data guard
/// reads `name` and the text of documents, but not that of PDF and pictures.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct AttachToPractice {
    pub practice: PracticeId,
    /// Paths, and what no system takes in a name, are left out.
    #[schemars(length(min = 1, max = 1000))]
    pub name: String,
    /// Passes the warnings of the personal-data guard.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub sure: bool,
}
endpoint!(Post bytes "/practices/{practice}/files" AttachToPractice, Action::EditItem => File);

/// `POST /problems/{problem}/files`: as with practices.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct AttachToProblem {
    pub problem: ProblemId,
    #[schemars(length(min = 1, max = 1000))]
    pub name: String,
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub sure: bool,
}
endpoint!(Post bytes "/problems/{problem}/files" AttachToProblem, Action::EditItem => File);

/// `GET /files/{file}`: what is known of it, for those who see what it is attached to.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct ReadFile {
    pub file: FileId,
}
endpoint!(Get "/files/{file}" ReadFile, Action::SeeItem => File);

/// `GET /files/{file}/content`: the bytes. One range of them may be asked for (RFC 9110, section 14).
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct DownloadFile {
    pub file: FileId,
}
endpoint!(Get "/files/{file}/content" DownloadFile, Action::SeeItem => bytes);

/// `DELETE /files/{file}`: by those who may change what it is attached to; for good.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct RemoveFile {
    pub file: FileId,
}
endpoint!(Delete "/files/{file}" RemoveFile, Action::EditItem => RemovedFile);

/// What the file was attached to.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct RemovedFile {
    pub of: FileOf,
    pub item: ItemId,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_says_what_a_file_is_by_its_end_alone() {
        assert_eq!(Media::of_name("Planas.PDF"), Some(Media::Pdf));
        assert_eq!(Media::of_name("a.jpeg"), Some(Media::Jpeg));
        assert_eq!(Media::of_name("planas.pdf.exe"), None);
        for none in ["", "pdf", ".", "a.", "a.docm", "a.svg", "a.html", "a.gif"] {
            assert_eq!(Media::of_name(none), None, "{none}");
        }
        for media in Media::ALL {
            assert_eq!(Media::of_name(&format!("a.{}", media.extension())), Some(media));
            assert_eq!(serde_json::from_value::<Media>(serde_json::to_value(media).unwrap()).unwrap(), media);
        }
    }
}
