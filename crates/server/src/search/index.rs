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
    schema::{FAST, Field, INDEXED, IndexRecordOption, STRING, Schema, TextFieldIndexing, TextOptions},
    tokenizer::{PreTokenizedString, Token},
};

use super::{
    document::{self, Document, Key},
    lithuanian::{self, fold, is_stopword, keys},
};

/// Number of the schema below and of the enums numbered in it; with the number of the analysis it tells whether an index on disk
/// fits.
const SCHEMA: u32 = 3;
const MARK: &str = "tinklaveika-search";

/// The fields of a document.
#[derive(Clone, Copy)]
pub(super) struct Fields {
    pub key: Field,
    pub kind: Field,
    pub id_high: Field,
    pub id_low: Field,
    pub space_high: Field,
    pub space_low: Field,
    pub area: Field,
    pub municipality: Field,
    pub from_grade: Field,
    pub to_grade: Field,
    pub version: Field,
    /// Keys of all words, those of the title three times: a word of the title says more of a text than one in it.
    pub text: Field,
    /// All words as spelled, and without diacritics.
    pub spelled: Field,
}

pub struct Index {
    pub(super) fields: Fields,
    reader: IndexReader,
    writer: Mutex<(IndexWriter, Analysis)>,
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
        let writer = store.writer_with_options(options)?;
        let reader = store.reader_builder().reload_policy(ReloadPolicy::Manual).try_into()?;
        Ok(Self { fields: schema().1, reader, writer: Mutex::new((writer, Analysis::default())) })
    }

    pub(super) fn searcher(&self) -> Searcher {
        self.reader.searcher()
    }

    /// Puts `documents` in the place of what is there under their keys, takes `gone` out, and makes it seen. Blocks on the disk.
    /// All of it or, on an error, nothing.
    pub fn apply(&self, documents: &[Document], gone: &[Key]) -> anyhow::Result<()> {
        let mut guard = self.writer.lock().unwrap_or_else(PoisonError::into_inner);
        let (writer, analysis) = &mut *guard;
        if let Err(error) = self.write(writer, analysis, documents, gone) {
            // What was begun must not ride along with the next commit, and a broken writer is made whole by it.
            writer.rollback()?;
            return Err(error);
        }
        drop(guard);
        self.reader.reload()?;
        Ok(())
    }

    fn write(
        &self,
        writer: &mut IndexWriter,
        analysis: &mut Analysis,
        documents: &[Document],
        gone: &[Key],
    ) -> anyhow::Result<()> {
        let old = documents.iter().map(|document| &document.key);
        for key in gone.iter().chain(old) {
            writer.delete_term(Term::from_field_text(self.fields.key, &key.to_string()));
        }
        for document in documents {
            writer.add_document(self.entry(document, analysis))?;
        }
        writer.commit()?;
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

    fn entry(&self, document: &Document, analysis: &mut Analysis) -> TantivyDocument {
        let fields = &self.fields;
        let (high, low) = document.key.id.as_u64_pair();
        let mut entry = TantivyDocument::default();
        entry.add_text(fields.key, document.key.to_string());
        entry.add_u64(fields.kind, document::number(document.key.kind));
        entry.add_u64(fields.id_high, high);
        entry.add_u64(fields.id_low, low);
        let (high, low) = document.space.uuid().as_u64_pair();
        entry.add_u64(fields.space_high, high);
        entry.add_u64(fields.space_low, low);
        entry.add_i64(fields.version, document.version);
        if let Some(area) = document.area {
            entry.add_u64(fields.area, area as u64);
        }
        if let Some(municipality) = document.municipality {
            entry.add_text(fields.municipality, municipality.to_string());
        }
        if let Some(span) = document.span {
            entry.add_i64(fields.from_grade, span.from);
            entry.add_i64(fields.to_grade, span.to);
        }
        let (mut all, mut spelled) = (Vec::new(), Vec::new());
        analysis.read(&document.title, 3, &mut all, &mut spelled);
        for other in [Some(&document.text), document.school.as_ref()].into_iter().flatten() {
            analysis.read(other, 1, &mut all, &mut spelled);
        }
        // The area is looked for by its name: įtraukusis ugdymas.
        if let Some(area) = document.area {
            analysis.read(pages::ui::area_name(text::Lang::Lt, area), 1, &mut all, &mut spelled);
        }
        for (field, tokens) in [(fields.text, all), (fields.spelled, spelled)] {
            entry.add_pre_tokenized_text(field, PreTokenizedString { text: String::new(), tokens });
        }
        entry
    }
}

/// Most words of a text were in it before.
#[derive(Default)]
struct Analysis(HashMap<String, Read>);

struct Read {
    keys: Vec<String>,
    spelled: Vec<String>,
}

impl Analysis {
    /// Words kept for reuse: a vocabulary, not every number and typo of a country.
    const LIMIT: usize = 50_000;

    fn read(&mut self, text: &str, times: usize, into: &mut Vec<Token>, spelled: &mut Vec<Token>) {
        if self.0.len() > Self::LIMIT {
            self.0.clear();
        }
        for token in lithuanian::tokens(&lithuanian::normal(text)) {
            let read = self.0.entry(token.word).or_insert_with_key(|word| Read::of(word));
            for _ in 0..times {
                into.extend(read.keys.iter().map(|key| indexed(key)));
            }
            spelled.extend(read.spelled.iter().map(|word| indexed(word)));
        }
    }
}

impl Read {
    fn of(word: &str) -> Self {
        let plain = fold(word);
        let spelled = if plain == word { vec![plain] } else { vec![plain, word.to_owned()] };
        Self { keys: if is_stopword(word) { Vec::new() } else { keys(word) }, spelled }
    }
}

/// Positions are not kept: no search asks for words side by side.
fn indexed(text: &str) -> Token {
    Token { position: 0, text: text.to_owned(), ..Token::default() }
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
    let words = |option, norms| {
        let indexing = TextFieldIndexing::default().set_tokenizer("raw").set_index_option(option).set_fieldnorms(norms);
        TextOptions::default().set_indexing_options(indexing)
    };
    let fields = Fields {
        key: schema.add_text_field("key", STRING),
        kind: schema.add_u64_field("kind", INDEXED | FAST),
        id_high: schema.add_u64_field("id_high", FAST),
        id_low: schema.add_u64_field("id_low", FAST),
        space_high: schema.add_u64_field("space_high", FAST),
        space_low: schema.add_u64_field("space_low", FAST),
        area: schema.add_u64_field("area", INDEXED),
        municipality: schema.add_text_field("municipality", STRING),
        from_grade: schema.add_i64_field("from_grade", INDEXED | FAST),
        to_grade: schema.add_i64_field("to_grade", INDEXED | FAST),
        version: schema.add_i64_field("version", FAST),
        text: schema.add_text_field("text", words(IndexRecordOption::WithFreqs, true)),
        spelled: schema.add_text_field("spelled", words(IndexRecordOption::Basic, false)),
    };
    (schema.build(), fields)
}
