//! The engines that are compared.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, Instant};

use deskhand::kb::vectors::{Encoder, Table};
use deskhand::kb::{Kb, Unread, Vectors};
use sqlx::{Connection, Row, SqliteConnection};
use tantivy::collector::TopDocs;
use tantivy::query::QueryParser;
use tantivy::schema::{IndexRecordOption, STORED, Schema, TextFieldIndexing, TextOptions, Value};
use tantivy::{Index, TantivyDocument, doc};

use super::made_up::{Library, Question};

/// What answers.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Engine {
    /// This desk's own.
    Deskhand,
    /// The same with the encoder.
    Encoder,
    /// SQLite's, with its stemmer, the title weighing ten times the body, any of the words.
    Fts5,
    /// Tantivy's, with its English stemmer, the title weighing thrice the body, any of the words.
    Tantivy,
}

impl Engine {
    /// In the order in which they run.
    pub const ALL: [Self; 4] = [Self::Deskhand, Self::Encoder, Self::Fts5, Self::Tantivy];

    /// Whether it is measured with so many articles.
    pub fn takes_part(self, articles: usize) -> bool {
        let unread = READ_BY_ENCODER < articles && articles < MADE_UP_FROM;
        self != Self::Encoder || (encoder_folder().is_some() && !unread)
    }

    /// What it is called.
    pub fn name(self) -> &'static str {
        match self {
            Self::Deskhand => "Deskhand",
            Self::Encoder => "Deskhand with its encoder",
            Self::Fts5 => "SQLite FTS5",
            Self::Tantivy => "tantivy",
        }
    }
}

/// What was found out about one.
pub struct Found {
    /// Until questions can be asked.
    pub start: Duration,
    /// Until everything is known that they are answered from.
    pub whole: Duration,
    /// Of each question.
    pub times: Vec<Duration>,
    /// In megabytes, beyond what was there before.
    pub memory: u64,
    /// How many answers were right; none where what they rest on was made up.
    pub right: Option<usize>,
}

/// Lets an engine read the library, and asks it.
pub fn measure(engine: Engine, folder: &Path, library: &Library, asked: &[Question]) -> Found {
    let before = memory();
    let watch = Instant::now();
    match engine {
        Engine::Deskhand | Engine::Encoder => {
            let mut kb = Kb::open_soon(folder, Some(Table::built_in()));
            let start = watch.elapsed();
            kb.fill_in();
            if engine == Engine::Encoder {
                kb = with_encoder(kb);
            }
            let taken = (start, watch.elapsed());
            let made_up = engine == Engine::Encoder && kb.articles().len() >= MADE_UP_FROM;
            let found = ask(taken, before, asked, |question| {
                let answer = kb.answer(question);
                let first = answer.matches.first()?;
                first.article.id.as_str().rsplit('/').next()?.parse().ok()
            });
            Found {
                right: found.right.filter(|_| !made_up),
                ..found
            }
        }
        Engine::Fts5 => {
            let runtime = tokio::runtime::Builder::new_current_thread()
                .enable_all()
                .build()
                .expect("a runtime");
            let mut file = runtime.block_on(fts5(library));
            let start = watch.elapsed();
            ask((start, start), before, asked, |question| {
                runtime.block_on(ask_fts5(&mut file, question))
            })
        }
        Engine::Tantivy => {
            let index = tantivy(library);
            let reader = index.reader().expect("a reader");
            let start = watch.elapsed();
            let searcher = reader.searcher();
            let [title, body, number] = ["title", "body", "number"]
                .map(|name| index.schema().get_field(name).expect("a field"));
            let mut parser = QueryParser::for_index(&index, vec![title, body]);
            parser.set_field_boost(title, 3.0);
            ask((start, start), before, asked, |question| {
                let (query, _) = parser.parse_query_lenient(question);
                let best = TopDocs::with_limit(10).order_by_score();
                let hits = searcher.search(&query, &best).expect("a search");
                let (_, address) = hits.first()?;
                let document: TantivyDocument = searcher.doc(*address).expect("a document");
                let number = document.get_first(number)?.as_u64()?;
                usize::try_from(number).ok()
            })
        }
    }
}

/// With more articles than this, the encoder would read for hours …
const READ_BY_ENCODER: usize = 1_000;

/// … and from so many on what it would have made of them is made up: a question takes as long, and so does the room for it.
const MADE_UP_FROM: usize = 100_000;

fn encoder_folder() -> Option<PathBuf> {
    std::env::var_os("DESKHAND_ENCODER").map(PathBuf::from)
}

/// The same knowledge base, read by the encoder.
fn with_encoder(kb: Kb) -> Kb {
    let folder = encoder_folder().expect("the folder is named");
    let encoder = Encoder::added(&folder).expect("it is whole");
    let encoder = Arc::new(encoder.expect("one was added"));
    let kb = kb.with_encoder(Arc::clone(&encoder));
    let many = kb.articles().len() >= MADE_UP_FROM;
    let mut seed = 1_u64;
    for article in kb.unread() {
        let mut unread = Unread::new(article);
        if many {
            let vectors = made_up_vectors(unread.left(), &mut seed);
            kb.hold(&unread, vectors);
            continue;
        }
        while unread.left() > 0 {
            unread.read(&encoder, 16, false).expect("it reads");
        }
        let vectors = unread.vectors().expect("all is read");
        kb.hold(&unread, vectors);
    }
    kb
}

/// As many vectors as that, of the form in which they are kept, and of numbers that mean nothing.
fn made_up_vectors(count: usize, seed: &mut u64) -> Vectors {
    let width = 384_u32;
    let mut bytes = b"DHV\x01".to_vec();
    bytes.extend(width.to_le_bytes());
    for _ in 0..count {
        // Of about length one.
        bytes.extend((0.0007_f32).to_le_bytes());
        for _ in 0..width {
            *seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
            bytes.push((*seed >> 56) as u8);
        }
    }
    Vectors::from_bytes(&bytes).expect("they are of that form")
}

fn ask(
    (start, whole): (Duration, Duration),
    before: u64,
    asked: &[Question],
    mut first: impl FnMut(&str) -> Option<usize>,
) -> Found {
    // The first questions pay for what is read lazily.
    for question in asked.iter().take(20) {
        first(&question.text);
    }
    let mut times = Vec::with_capacity(asked.len());
    let mut right = 0;
    for question in asked {
        let watch = Instant::now();
        let found = first(&question.text);
        times.push(watch.elapsed());
        right += usize::from(found == Some(question.article));
    }
    Found {
        start,
        whole,
        times,
        memory: memory().saturating_sub(before),
        right: Some(right),
    }
}

async fn fts5(library: &Library) -> SqliteConnection {
    let mut file = SqliteConnection::connect("sqlite::memory:")
        .await
        .expect("a database");
    sqlx::query("create virtual table article using fts5 (title, body, tokenize = 'porter unicode61', content = '')")
        .execute(&mut file)
        .await
        .expect("a table");
    let mut change = file.begin().await.expect("a transaction");
    for (article, number) in library.articles.iter().zip(0_i64..) {
        sqlx::query("insert into article (rowid, title, body) values (?, ?, ?)")
            .bind(number)
            .bind(&article.title)
            .bind(&article.body)
            .execute(&mut *change)
            .await
            .expect("a row");
    }
    change.commit().await.expect("kept");
    file
}

async fn ask_fts5(file: &mut SqliteConnection, question: &str) -> Option<usize> {
    let any: Vec<String> = question
        .split_whitespace()
        .map(|word| format!("\"{word}\""))
        .collect();
    let rows = sqlx::query(
        "select rowid from article where article match ? order by bm25(article, 10.0, 1.0) limit 10",
    )
    .bind(any.join(" OR "))
    .fetch_all(file)
    .await
    .expect("an answer");
    usize::try_from(rows.first()?.get::<i64, _>(0)).ok()
}

fn tantivy(library: &Library) -> Index {
    let mut schema = Schema::builder();
    let words = TextFieldIndexing::default()
        .set_tokenizer("en_stem")
        .set_index_option(IndexRecordOption::WithFreqsAndPositions);
    let text = TextOptions::default().set_indexing_options(words);
    let title = schema.add_text_field("title", text.clone());
    let body = schema.add_text_field("body", text);
    let number = schema.add_u64_field("number", STORED);
    let index = Index::create_in_ram(schema.build());
    let mut writer = index.writer(64_000_000).expect("a writer");
    for (article, at) in library.articles.iter().zip(0_u64..) {
        let one =
            doc!(title => article.title.as_str(), body => article.body.as_str(), number => at);
        writer.add_document(one).expect("added");
    }
    writer.commit().expect("kept");
    index
}

/// Resident memory in megabytes, where the system says (Linux); 0 elsewhere.
fn memory() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find(|line| line.starts_with("VmRSS:"));
    let kilobytes = line.and_then(|line| line.split_whitespace().nth(1));
    kilobytes
        .and_then(|number| number.parse::<u64>().ok())
        .unwrap_or(0)
        / 1024
}
