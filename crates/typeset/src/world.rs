//! All that the template sees: itself, its data and the fonts.

use std::{path::PathBuf, sync::LazyLock};

use typst::{
    Library, LibraryExt,
    diag::{FileError, FileResult},
    foundations::{Bytes, Datetime, Duration},
    syntax::{FileId, RootedPath, Source, VirtualPath, VirtualRoot},
    text::{Font, FontBook},
    utils::LazyHash,
};

use crate::fonts::{BOOK, FONTS};

static LIBRARY: LazyLock<LazyHash<Library>> = LazyLock::new(|| LazyHash::new(Library::default()));
static TEMPLATE: LazyLock<Source> =
    LazyLock::new(|| Source::new(id("/document.typ"), include_str!("document.typ").to_owned()));
static DATA: LazyLock<FileId> = LazyLock::new(|| id("/document.json"));

fn id(path: &str) -> FileId {
    let path = VirtualPath::new(path).expect("a path of ours is one");
    FileId::new(RootedPath::new(VirtualRoot::Project, path))
}

pub struct World {
    data: Bytes,
}

impl World {
    /// `data` is the document as JSON.
    pub fn new(data: String) -> Self {
        Self { data: Bytes::from_string(data) }
    }
}

impl typst::World for World {
    fn library(&self) -> &LazyHash<Library> {
        &LIBRARY
    }

    fn book(&self) -> &LazyHash<FontBook> {
        &BOOK
    }

    fn main(&self) -> FileId {
        TEMPLATE.id()
    }

    fn source(&self, id: FileId) -> FileResult<Source> {
        if id == TEMPLATE.id() { Ok(TEMPLATE.clone()) } else { Err(FileError::NotFound(PathBuf::new())) }
    }

    fn file(&self, id: FileId) -> FileResult<Bytes> {
        if id == *DATA { Ok(self.data.clone()) } else { Err(FileError::NotFound(PathBuf::new())) }
    }

    fn font(&self, index: usize) -> Option<Font> {
        FONTS.get(index).cloned()
    }

    /// Nothing in a document depends on when it is set.
    fn today(&self, _: Option<Duration>) -> Option<Datetime> {
        None
    }
}
