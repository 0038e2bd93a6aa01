//! The full-text index: data derived from the database, in a directory of its own, thrown away whenever it does not fit.

use std::{
    collections::HashMap,
    fs,
    panic::catch_unwind,
    path::Path,
    sync::{Mutex, PoisonError},
};

use tantivy::{
    Index as Store, IndexReader, IndexWriter, ReloadPolicy, Searcher, TantivyDocument, Term,
    indexer::IndexWriterOptions,
    schema::{FAST, Field, IndexRecordOption, STRING, Schema, TextFieldIndexing, TextOptions},
};

use super::{
    analysis,
    document::{self, Document, Key},
    lithuanian::{self, normal},
    seen::mark,
};
use crate::facets::number;

/// Number of the schema below and of the enums numbered in it; with the number of the analysis it tells whether an index on disk
/// fits.
const SCHEMA: u32 = 6;
const MARK: &str = "tinklaveika-search";

/// The fields of a document.
#[derive(Clone, Copy)]
pub(super) struct Fields {
    pub key: Field,
    pub kind: Field,
    pub id_high: Field,
    pub id_low: Field,
    /// Those who see it.
    pub seen: Field,
    /// All that a search is narrowed by, in one number.
    pub facets: Field,
    pub version: Field,
    /// Keys of all words, those of the title three times: a word of the title says more of a text than one in it.
    pub text: Field,
    /// All words as spelled, and without diacritics.
    pub spelled: Field,
}

pub struct Index {
    pub(super) fields: Fields,
    reader: IndexReader,
    writer: Mutex<IndexWriter>,
}

impl Index {
    /// Opens the index in `dir`, or makes an empty one there when it is missing, unreadable, or of an older analysis.
    pub fn open(dir: &Path) -> anyhow::Result<Self> {
        let mark = format!("{SCHEMA}.{}", lithuanian::VERSION);
        if fs::read_to_string(dir.join(MARK)).is_ok_and(|found| found == mark) {
            // The library panics on some damaged files, such as one cut short.
            let opened =
                catch_unwind(|| Self::open_store(dir)).unwrap_or_else(|_| Err(anyhow::anyhow!("a file is cut short")));
            match opened {
                Ok(index) => return Ok(index),
                Err(error) => {
                    tracing::warn!(%error, "the search index is unreadable and is made anew")
                }
            }
        }
        if dir.exists() {
            fs::remove_dir_all(dir)?;
        }
        fs::create_dir_all(dir)?;
        let index = Self::with_store(Store::create_in_dir(dir, schema().0)?)?;
        // Last, so that a half-made index is not taken for a whole one.
        fs::write(dir.join(MARK), mark)?;
        Ok(index)
    }

    /// An index that is gone with the process.
    pub fn in_memory() -> anyhow::Result<Self> {
        Self::with_store(Store::create_in_ram(schema().0))
    }

    fn open_store(dir: &Path) -> anyhow::Result<Self> {
        let store = Store::open_in_dir(dir)?;
        let damaged = store.validate_checksum()?;
        anyhow::ensure!(damaged.is_empty(), "{} files are damaged", damaged.len());
        Self::with_store(store)
    }

    fn with_store(store: Store) -> anyhow::Result<Self> {
        // One indexing and one merging thread: what people write in a second is little, and the server has other work.
        // The memory is taken while documents wait for their commit, and given back.
        let options = IndexWriterOptions::builder()
            .num_worker_threads(1)
            .num_merge_threads(1)
            .memory_budget_per_thread(40_000_000)
            .build();
        analysis::register(store.tokenizers());
        let writer = store.writer_with_options(options)?;
        let reader = store.reader_builder().reload_policy(ReloadPolicy::Manual).try_into()?;
        Ok(Self { fields: schema().1, reader, writer: Mutex::new(writer) })
    }

    pub(super) fn searcher(&self) -> Searcher {
        self.reader.searcher()
    }

    /// Puts `documents` in the place of what is there under their keys, takes `gone` out, and makes it seen. Blocks on the disk.
    /// All of it or, on an error, nothing.
    pub fn apply(&self, documents: &[Document], gone: &[Key]) -> anyhow::Result<()> {
        let old: Vec<Key> = documents.iter().map(|document| document.key).collect();
        self.put(documents, gone.iter().chain(&old))?;
        self.commit()
    }

    /// Takes `gone` out and puts `documents` in, which are then not in the index or are in `gone`. None of it is seen before the
    /// [`commit`](Self::commit), on an error none of what was put since the last one will be.
    pub fn put<'a>(&self, documents: &[Document], gone: impl IntoIterator<Item = &'a Key>) -> anyhow::Result<()> {
        self.write(|writer| {
            for key in gone {
                writer.delete_term(Term::from_field_text(self.fields.key, &key.to_string()));
            }
            for document in documents {
                writer.add_document(self.entry(document))?;
            }
            Ok(())
        })
    }

    /// Makes seen what was put. Blocks on the disk.
    pub fn commit(&self) -> anyhow::Result<()> {
        self.write(|writer| writer.commit())?;
        Ok(self.reader.reload()?)
    }

    /// Forgets what was put since the last commit.
    pub fn discard(&self) -> anyhow::Result<()> {
        self.write(|writer| writer.rollback())
    }

    /// Writes anew every part of the index from which something was taken out, and deletes the old files. Blocks on the disk.
    pub fn purge(&self) -> anyhow::Result<()> {
        let mut writer = self.writer.lock().unwrap_or_else(PoisonError::into_inner);
        self.reader.reload()?;
        let searcher = self.searcher();
        let with_gone = searcher.segment_readers().iter().filter(|segment| segment.num_deleted_docs() > 0);
        let old: Vec<_> = with_gone.map(|segment| segment.segment_id()).collect();
        drop(searcher);
        if !old.is_empty() {
            writer.merge(&old).wait()?;
        }
        self.reader.reload()?;
        writer.garbage_collect_files().wait()?;
        Ok(())
    }

    pub fn knows(&self, word: &str) -> anyhow::Result<bool> {
        for segment in self.searcher().segment_readers() {
            let terms = segment.inverted_index(self.fields.spelled)?;
            if terms.get_term_info(&Term::from_field_text(self.fields.spelled, word))?.is_some() {
                return Ok(true);
            }
        }
        Ok(false)
    }

    fn write<T>(&self, work: impl FnOnce(&mut IndexWriter) -> tantivy::Result<T>) -> anyhow::Result<()> {
        let mut writer = self.writer.lock().unwrap_or_else(PoisonError::into_inner);
        if let Err(error) = work(&mut writer) {
            // What was begun must not ride along with the next commit, and a broken writer is made whole by it.
            writer.rollback()?;
            return Err(error.into());
        }
        Ok(())
    }

    /// Every key in the index with its version.
    pub fn versions(&self) -> anyhow::Result<HashMap<Key, i64>> {
        let searcher = self.searcher();
        let mut found = HashMap::new();
        for segment in searcher.segment_readers() {
            let columns = Columns::open(segment)?;
            let versions = segment.fast_fields().i64("version")?;
            for doc in segment.doc_ids_alive() {
                if let (Some(key), Some(version)) = (columns.key(doc), versions.first(doc)) {
                    found.insert(key, version);
                }
            }
        }
        Ok(found)
    }

    fn entry(&self, document: &Document) -> TantivyDocument {
        let fields = &self.fields;
        let (high, low) = document.key.id.as_u64_pair();
        let mut entry = TantivyDocument::default();
        entry.add_text(fields.key, document.key.to_string());
        entry.add_u64(fields.kind, number(document.key.kind));
        entry.add_u64(fields.id_high, high);
        entry.add_u64(fields.id_low, low);
        entry.add_u64(fields.seen, mark(document.seen));
        entry.add_i64(fields.version, document.version);
        entry.add_u64(fields.facets, document.facets().0);
        // The area is looked for by its name: įtraukusis ugdymas.
        let area = document.area.map(|area| pages::ui::area_name(text::Lang::Lt, area));
        let others = [Some(document.text.as_str()), document.school.as_deref(), area];
        for (part, times) in others.into_iter().flatten().map(|part| (part, 1)).chain([(document.title.as_str(), 3)]) {
            let part = normal(part);
            entry.add_text(fields.spelled, &part);
            (0..times).for_each(|_| entry.add_text(fields.text, &part));
        }
        entry
    }
}

/// Reads the key of a hit.
pub(super) struct Columns {
    kind: tantivy::columnar::Column<u64>,
    high: tantivy::columnar::Column<u64>,
    low: tantivy::columnar::Column<u64>,
}

impl Columns {
    pub(super) fn open(segment: &tantivy::SegmentReader) -> tantivy::Result<Self> {
        let fast = segment.fast_fields();
        Ok(Self { kind: fast.u64("kind")?, high: fast.u64("id_high")?, low: fast.u64("id_low")? })
    }

    pub(super) fn key(&self, doc: u32) -> Option<Key> {
        let id = uuid::Uuid::from_u64_pair(self.high.first(doc)?, self.low.first(doc)?);
        Some(Key { kind: document::kind(self.kind.first(doc)?)?, id })
    }
}

fn schema() -> (Schema, Fields) {
    let mut schema = Schema::builder();
    let words = |analysis, option, norms| {
        let indexing =
            TextFieldIndexing::default().set_tokenizer(analysis).set_index_option(option).set_fieldnorms(norms);
        TextOptions::default().set_indexing_options(indexing)
    };
    let fields = Fields {
        key: schema.add_text_field("key", STRING),
        kind: schema.add_u64_field("kind", FAST),
        id_high: schema.add_u64_field("id_high", FAST),
        id_low: schema.add_u64_field("id_low", FAST),
        seen: schema.add_u64_field("seen", FAST),
        facets: schema.add_u64_field("facets", FAST),
        version: schema.add_i64_field("version", FAST),
        text: schema.add_text_field("text", words(analysis::KEYS, IndexRecordOption::WithFreqs, true)),
        spelled: schema.add_text_field("spelled", words(analysis::SPELLING, IndexRecordOption::Basic, false)),
    };
    (schema.build(), fields)
}
