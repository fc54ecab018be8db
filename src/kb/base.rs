//! The knowledge base itself: a folder, what was read from it last, and how it is read again.

use super::answer::{self, Answer, Match};
use super::article::{Article, ArticleId};
use super::encoded::Encoded;
use super::finding::Finding;
use super::folder::{self, Look};
use super::index::Index;
use super::pictures::{self, Picture};
use super::reader::Reader;
use super::vectors::{Encoder, Table};
use arc_swap::ArcSwap;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError};

/// A handle on the knowledge base; copies are cheap and share it.
///
/// Whoever asks while the folder is read again is answered from what was read before.
#[derive(Debug, Clone)]
pub struct Kb {
    shared: Arc<Shared>,
}

#[derive(Debug)]
struct Shared {
    folder: PathBuf,
    index: ArcSwap<Index>,
    loaded: ArcSwap<Loaded>,
    /// What outcomes taught about how sure to be, in log-odds, as the bits of a float.
    leaning: AtomicU64,
    /// What says what texts mean.
    table: Option<Arc<Table>>,
    /// What reads whole sentences, if it was added.
    encoded: OnceLock<Encoded>,
    /// Held while the folder is read, so that a slow reading cannot replace a newer one.
    reading: Mutex<()>,
    /// How the folder looked.
    looks: Mutex<Looks>,
}

/// How the folder looked, so that what was saved since is noticed.
#[derive(Debug, Clone, Copy, Default)]
struct Looks {
    /// Before it was read last.
    read: Look,
    /// When it was looked at last.
    last: Look,
}

/// What came of reading the folder.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Loaded {
    /// How many articles are served.
    pub served: usize,
    /// Articles that are served as they were before, because their file is broken now.
    pub kept: Vec<ArticleId>,
    /// Files that are not served, because they are broken and no earlier version is known.
    pub left_out: Vec<PathBuf>,
    /// A line of the list of other names is broken.
    pub broken_aliases: bool,
    /// The list of other names holds as it was before, because a line of its file is broken now.
    pub kept_aliases: bool,
    /// The folder is missing or holds nothing, so everything that was read before is served on.
    pub kept_all: bool,
    /// Everything that was found wrong, errors and warnings, in the order of the files.
    pub findings: Vec<Finding>,
}

impl Loaded {
    /// Whether the writers should look at the findings: something is not served as it stands in the folder.
    pub fn is_degraded(&self) -> bool {
        self.findings.iter().any(Finding::is_error)
    }
}

impl Kb {
    /// Reads a folder of articles. Never fails: what is wrong with it is told by [`Kb::loaded`], the rest is served.
    ///
    /// Reads files, so it blocks.
    pub fn open(folder: &Path) -> Kb {
        Kb::open_with(folder, Some(Table::built_in()))
    }

    /// The same, with another table that says what texts mean, or with none: then only their words are compared.
    pub fn open_with(folder: &Path, table: Option<Arc<Table>>) -> Kb {
        let kb = Kb::open_soon(folder, table);
        kb.fill_in();
        kb
    }

    /// The same; but of a large folder only the words are read, so that questions can be answered from them soon. The rest
    /// is left for [`Kb::fill_in`].
    pub fn open_soon(folder: &Path, table: Option<Arc<Table>>) -> Kb {
        let kb = Kb {
            shared: Arc::new(Shared {
                folder: folder.to_owned(),
                index: ArcSwap::default(),
                loaded: ArcSwap::default(),
                leaning: AtomicU64::new(0),
                table,
                encoded: OnceLock::new(),
                reading: Mutex::default(),
                looks: Mutex::default(),
            }),
        };
        kb.reload();
        kb
    }

    /// Finds out what the articles mean, where that was left for later. Questions are answered meanwhile.
    ///
    /// It blocks, for seconds where there are a hundred thousand articles.
    pub fn fill_in(&self) {
        self.shared.index.load_full().fill_in();
    }

    /// From now on the encoder helps, as soon as it has read the articles. The first one stays.
    pub fn with_encoder(self, encoder: Arc<Encoder>) -> Kb {
        let _ = self.shared.encoded.set(Encoded::new(encoder));
        self
    }

    /// What says what texts mean.
    pub(super) fn table(&self) -> Option<&Table> {
        self.shared.table.as_deref()
    }

    /// The encoder, with what it has read.
    pub(super) fn encoded(&self) -> Option<&Encoded> {
        self.shared.encoded.get()
    }

    /// The articles that the encoder would look at for a question.
    pub(super) fn shortlist(&self, question: &str) -> Vec<Arc<Article>> {
        answer::shortlist(&self.shared.index.load(), question)
    }

    /// Reads the folder again. A file that is broken now keeps its last good version; a folder that is missing or
    /// empty keeps everything; a file that is gone is gone.
    ///
    /// Reads files, so it blocks; questions are answered meanwhile.
    pub fn reload(&self) -> Arc<Loaded> {
        let shared = &self.shared;
        // The lock guards no value, so a panic of another holder has left nothing half done.
        let _reading = shared
            .reading
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        // Looked at before it is read: what is saved meanwhile is then noticed by the next look.
        let look = Look::at(&shared.folder);
        *self.looks() = Looks {
            read: look,
            last: look,
        };
        let before = shared.index.load_full();
        let mut contents = folder::read(&shared.folder);
        folder::refuse_duplicates(&mut contents, |article| {
            before
                .article(&article.id)
                .is_some_and(|known| known.title == article.title)
        });
        let mut loaded = Loaded {
            findings: contents.findings,
            ..Loaded::default()
        };
        if contents.files.is_empty() {
            loaded.served = before.articles().len();
            loaded.kept_all = loaded.served > 0;
        } else {
            loaded.broken_aliases = contents
                .aliases
                .as_ref()
                .is_some_and(|found| found.is_broken);
            let aliases = match contents.aliases {
                Some(found) if found.is_broken && before.aliases().is_some() => {
                    loaded.kept_aliases = true;
                    before.aliases().cloned()
                }
                found => found.map(|found| Arc::new(found.aliases)),
            };
            let mut articles = Vec::with_capacity(contents.files.len());
            for file in contents.files {
                let id = ArticleId::of_path(&file.path);
                let last_good = id.as_ref().and_then(|id| before.article(id));
                match (file.article, last_good) {
                    (None, _) if file.retired => {}
                    (Some(article), Some(known)) if **known == article => {
                        articles.push(Arc::clone(known))
                    }
                    (Some(article), _) => articles.push(Arc::new(article)),
                    (None, Some(known)) => {
                        loaded.kept.push(known.id.clone());
                        articles.push(Arc::clone(known));
                    }
                    (None, None) => loaded.left_out.push(file.path),
                }
            }
            loaded.served = articles.len();
            // Who asks meanwhile is answered from what was read before, if anything was: there is time for all of it.
            let index = if before.articles().is_empty() {
                Index::soon(articles, shared.table.clone())
            } else {
                Index::new(articles, shared.table.clone())
            };
            shared.index.store(Arc::new(index.with_aliases(aliases)));
        }
        let loaded = Arc::new(loaded);
        shared.loaded.store(Arc::clone(&loaded));
        loaded
    }

    /// Whether something was saved in the folder since it was read, and nothing since it was looked at last: who saves
    /// many files, or a long one, is left to finish.
    ///
    /// Looks at every file, but reads none; it blocks.
    pub fn is_outdated(&self) -> bool {
        let look = Look::at(&self.shared.folder);
        let mut looks = self.looks();
        let settled = looks.last == look;
        looks.last = look;
        settled && looks.read != look
    }

    fn looks(&self) -> MutexGuard<'_, Looks> {
        // It is only ever replaced as a whole.
        self.shared
            .looks
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
    }

    /// What came of the last reading.
    pub fn loaded(&self) -> Arc<Loaded> {
        self.shared.loaded.load_full()
    }

    /// The folder.
    pub fn folder(&self) -> &Path {
        &self.shared.folder
    }

    /// Answers a question in somebody's own words, from all articles.
    pub fn answer(&self, question: &str) -> Answer {
        self.answer_to(Reader::ALL, question)
    }

    /// Answers a question in somebody's own words, from the articles that are for them.
    ///
    /// With an encoder it takes some hundredths of a second, and blocks.
    pub fn answer_to(&self, reader: Reader, question: &str) -> Answer {
        let index = self.shared.index.load();
        answer::answer(&index, self.encoded(), question, reader).leaning(self.leaning())
    }

    /// The same from words and the table alone, without the encoder: fast enough for many questions at once.
    pub fn quick_answer_to(&self, reader: Reader, question: &str) -> Answer {
        let index = self.shared.index.load();
        answer::answer(&index, None, question, reader).leaning(self.leaning())
    }

    /// From now on answers are surer by that much in log-odds, or less sure: what outcomes taught.
    pub fn lean(&self, by: f64) {
        self.shared.leaning.store(by.to_bits(), Ordering::Relaxed);
    }

    /// By how much answers are surer than as shipped, in log-odds.
    pub fn leaning(&self) -> f64 {
        f64::from_bits(self.shared.leaning.load(Ordering::Relaxed))
    }

    /// The articles that fit some words and are for the reader, best first.
    pub fn search(&self, reader: Reader, words: &str, limit: usize) -> Vec<Match> {
        answer::search(&self.shared.index.load(), words, limit, reader)
    }

    /// The article with this id, if it is served.
    pub fn article(&self, id: &ArticleId) -> Option<Arc<Article>> {
        self.shared.index.load().article(id).cloned()
    }

    /// The picture that an article shows as `target`, if there is such a file of the folder.
    ///
    /// Reads a file, so it blocks.
    pub fn picture(&self, article: &ArticleId, target: &str) -> Option<Picture> {
        pictures::read(&self.shared.folder, article, target)
    }

    /// All articles, in the order of their ids.
    pub fn articles(&self) -> Vec<Arc<Article>> {
        self.shared.index.load().articles().to_vec()
    }

    /// How many articles are served.
    pub fn len(&self) -> usize {
        self.shared.index.load().articles().len()
    }

    /// Whether no article is served.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// How many things have other names in the list of them.
    pub fn aliases(&self) -> usize {
        let index = self.shared.index.load();
        index.aliases().map_or(0, |aliases| aliases.len())
    }
}
