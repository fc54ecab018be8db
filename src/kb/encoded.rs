//! The articles as the encoder reads them: a vector for each piece of an article. They are made behind the desk's back, a
//! few pieces at a time, and until an article has its own it is ranked without.

use super::article::{Article, ArticleId};
use super::base::Kb;
use super::markdown;
use super::vectors::{Aside, Encoder, Fault, MARK, NO_SECTION, Slot, Vectors, keep_likest};
use sha2::{Digest, Sha256};
use std::collections::HashMap;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, OnceLock, PoisonError, RwLock};

/// A piece has so many words: with title and heading, about as much as the encoder reads at once.
const PIECE: usize = 90;

/// Of an article no more pieces are read; whoever wrote so much wrote several articles.
const MOST_PIECES: usize = 256;

/// So many bytes of vectors are held in memory: those of five or ten thousand articles. A question looks at fifty articles, and
/// those of the others are read from a file for it, in less time than it takes to read the question.
const IN_MEMORY: usize = 8 * 1024 * 1024;

/// The encoder, and what it has made of the articles so far.
#[derive(Debug)]
pub(super) struct Encoded {
    encoder: Arc<Encoder>,
    held: RwLock<Held>,
    in_memory_at_most: usize,
    /// Where the rest is; none if there can be none.
    aside: OnceLock<Option<Aside>>,
    /// It failed once, and that was logged.
    failed: AtomicBool,
}

#[derive(Debug, Default)]
struct Held {
    known: HashMap<ArticleId, Known>,
    /// How many bytes of it are in memory.
    in_memory: usize,
}

/// The vectors of one version of an article.
#[derive(Debug)]
struct Known {
    /// The version.
    article: Arc<Article>,
    place: Place,
    /// Which section each vector's piece is of.
    section_of: Box<[u16]>,
}

/// Where vectors are.
#[derive(Debug)]
enum Place {
    Memory(Arc<Vectors>),
    Aside(Slot),
}

impl Encoded {
    pub fn new(encoder: Arc<Encoder>) -> Encoded {
        Encoded {
            encoder,
            held: RwLock::default(),
            in_memory_at_most: IN_MEMORY,
            aside: OnceLock::new(),
            failed: AtomicBool::new(false),
        }
    }

    /// The vector of a question; none while no article has its own, and where the encoder fails, which is logged once.
    pub fn question(&self, text: &str) -> Option<Vec<f32>> {
        if self.held().known.is_empty() {
            return None;
        }
        match self.encoder.encode(&[text]) {
            Ok(mut vectors) => vectors.pop(),
            Err(fault) => {
                self.fails("questions are answered without the encoder", &fault);
                None
            }
        }
    }

    /// Whether it has read this version of the article.
    pub fn has_read(&self, article: &Arc<Article>) -> bool {
        self.held().of(article).is_some()
    }

    /// The vectors of this version of the article, once it has them.
    pub fn vectors(&self, article: &Arc<Article>) -> Option<Arc<Vectors>> {
        // While this is held, nobody writes to where they lie.
        let held = self.held();
        self.look_up(held.of(article)?)
    }

    /// How near a question's vector each section of this version of the article is, by its nearest piece; none until it is read.
    pub fn sections(&self, article: &Arc<Article>, question: &[f32]) -> Option<Vec<f32>> {
        let held = self.held();
        let known = held.of(article)?;
        let vectors = self.look_up(known)?;
        let mut near = Vec::new();
        for (cosine, &section) in vectors.cosines(question)?.zip(&*known.section_of) {
            keep_likest(&mut near, section, cosine);
        }
        Some(near)
    }

    fn look_up(&self, known: &Known) -> Option<Arc<Vectors>> {
        let slot = match &known.place {
            Place::Memory(vectors) => return Some(Arc::clone(vectors)),
            Place::Aside(slot) => slot,
        };
        match self.aside()?.get(slot) {
            Ok(bytes) => Vectors::from_bytes(&bytes).map(Arc::new),
            Err(error) => {
                let so = "some articles are found without the encoder, whose file cannot be read";
                self.fails(so, &error);
                None
            }
        }
    }

    fn hold(&self, unread: &Unread, vectors: Vectors) {
        let mut held = self.write();
        self.let_go(&mut held, &unread.article.id);
        let known = Known {
            place: self.place(&mut held, vectors),
            section_of: unread.section_of.as_slice().into(),
            article: Arc::clone(&unread.article),
        };
        held.known.insert(known.article.id.clone(), known);
    }

    /// Puts vectors into memory while there is room, and else aside; where that cannot be, memory has to do.
    fn place(&self, held: &mut Held, vectors: Vectors) -> Place {
        if held.in_memory + vectors.size() > self.in_memory_at_most
            && let Some(aside) = self.aside()
        {
            match aside.put(&vectors.to_bytes()) {
                Ok(slot) => return Place::Aside(slot),
                Err(error) => self.fails("all that the encoder read is held in memory", &error),
            }
        }
        held.in_memory += vectors.size();
        Place::Memory(Arc::new(vectors))
    }

    fn let_go(&self, held: &mut Held, id: &ArticleId) {
        match held.known.remove(id).map(|known| known.place) {
            Some(Place::Memory(vectors)) => held.in_memory -= vectors.size(),
            Some(Place::Aside(slot)) => {
                if let Some(aside) = self.aside() {
                    aside.let_go(slot);
                }
            }
            None => {}
        }
    }

    /// The file beside the encoder's own, made when it is needed for the first time.
    fn aside(&self) -> Option<&Aside> {
        let made = self.aside.get_or_init(|| {
            let made = Aside::new_in(self.encoder.folder());
            let told = |error: &std::io::Error| {
                self.fails("all that the encoder read is held in memory", error);
            };
            made.inspect_err(told).ok()
        });
        made.as_ref()
    }

    /// Says what follows from a failure; of all that follow, the first is enough.
    fn fails(&self, so: &str, why: &dyn std::fmt::Display) {
        if !self.failed.swap(true, Ordering::Relaxed) {
            tracing::error!("{so}: {why}");
        }
    }

    fn held(&self) -> std::sync::RwLockReadGuard<'_, Held> {
        // An entry is only ever put in or taken out as a whole.
        self.held.read().unwrap_or_else(PoisonError::into_inner)
    }

    fn write(&self) -> std::sync::RwLockWriteGuard<'_, Held> {
        self.held.write().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Held {
    /// What is known of this version of the article.
    fn of(&self, article: &Arc<Article>) -> Option<&Known> {
        let known = self.known.get(&article.id)?;
        Arc::ptr_eq(&known.article, article).then_some(known)
    }
}

/// An article on its way through the encoder. It is read a few pieces at a time, so that nothing waits for it long.
#[derive(Debug)]
pub struct Unread {
    article: Arc<Article>,
    texts: Vec<String>,
    /// Which section each text is of.
    section_of: Vec<u16>,
    /// Of the pieces so far.
    vectors: Vec<Vec<f32>>,
}

impl Unread {
    /// Cuts an article into the pieces that the encoder reads.
    pub fn new(article: Arc<Article>) -> Unread {
        let summary = article.summary.as_deref().unwrap_or_default();
        let mut texts = vec![format!("{}. {summary}", article.title)];
        texts.extend(article.asks.iter().cloned());
        let mut section_of = vec![NO_SECTION; texts.len()];
        for (section, place) in article.sections.iter().zip(0..) {
            // Each piece is understood as what it is: a part of something with this title.
            let above = match &section.heading {
                Some(heading) => format!("{}. {heading}.", article.title),
                None => format!("{}.", article.title),
            };
            let text = markdown::plain(&section.text);
            let words: Vec<&str> = text.split_whitespace().collect();
            let pieces = words.chunks(PIECE);
            texts.extend(pieces.map(|piece| format!("{above} {}", piece.join(" "))));
            section_of.resize(texts.len(), place);
        }
        texts.truncate(MOST_PIECES);
        Unread {
            article,
            texts,
            section_of,
            vectors: Vec::new(),
        }
    }

    /// The name under which its vectors are kept: another for every text, every way to cut it, and every encoder.
    pub fn key(&self, encoder: &Encoder) -> String {
        let mut hash = Sha256::new();
        hash.update(MARK);
        hash.update(encoder.digest());
        for text in &self.texts {
            // With its length, so that no text ends where another begins.
            hash.update((text.len() as u64).to_le_bytes());
            hash.update(text.as_bytes());
        }
        data_encoding::HEXLOWER.encode(&hash.finalize())
    }

    /// How many pieces are still to be read.
    pub fn left(&self) -> usize {
        self.texts.len() - self.vectors.len()
    }

    /// Reads the next pieces, at most `count`, with all cores or, quietly, with one. It blocks: a piece takes some hundredths
    /// of a second.
    ///
    /// # Errors
    /// When the encoder fails.
    pub fn read(&mut self, encoder: &Encoder, count: usize, quietly: bool) -> Result<(), Fault> {
        let next: Vec<&str> = self.texts[self.vectors.len()..]
            .iter()
            .take(count)
            .map(String::as_str)
            .collect();
        let read = if quietly {
            encoder.encode_quietly(&next)?
        } else {
            encoder.encode(&next)?
        };
        self.vectors.extend(read);
        Ok(())
    }

    /// Its vectors, when all of it was read.
    pub fn vectors(&self) -> Option<Vectors> {
        (self.left() == 0).then(|| Vectors::new(&self.vectors))
    }
}

impl Kb {
    /// The encoder that helps, if one does.
    pub fn encoder(&self) -> Option<&Arc<Encoder>> {
        Some(&self.encoded()?.encoder)
    }

    /// The articles that have no vectors yet, in the order of their ids; none without an encoder.
    pub fn unread(&self) -> Vec<Arc<Article>> {
        self.unread_of(self.articles())
    }

    /// The same, of the articles that the encoder would look at for this question.
    pub fn unread_for(&self, question: &str) -> Vec<Arc<Article>> {
        self.unread_of(self.shortlist(question))
    }

    fn unread_of(&self, articles: Vec<Arc<Article>>) -> Vec<Arc<Article>> {
        let Some(encoded) = self.encoded() else {
            return Vec::new();
        };
        let mut articles = articles;
        articles.retain(|article| !encoded.has_read(article));
        articles
    }

    /// From now on the article is compared by these vectors too, as long as its text stays as it is.
    pub fn hold(&self, unread: &Unread, vectors: Vectors) {
        if let Some(encoded) = self.encoded() {
            encoded.hold(unread, vectors);
        }
    }

    /// Lets go of the vectors of articles that are gone.
    pub fn let_go(&self) {
        if let Some(encoded) = self.encoded() {
            let mut held = encoded.write();
            let gone = held.known.keys().filter(|id| self.article(id).is_none());
            for id in gone.cloned().collect::<Vec<_>>() {
                encoded.let_go(&mut held, &id);
            }
        }
    }
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;
    use crate::tiny_encoder::{WORDS, write};
    use std::fs;
    use std::path::Path;
    use tempfile::TempDir;

    /// A knowledge base with an encoder that knows a few words.
    pub struct Tiny {
        folder: TempDir,
        pub kb: Kb,
    }

    /// Articles, each with its file, its title and its text.
    pub fn tiny(articles: &[(&str, &str, &str)]) -> Tiny {
        let folder = tempfile::tempdir().expect("a folder");
        let encoder = folder.path().join("encoder");
        write(&encoder, WORDS);
        let encoder = Encoder::open(&encoder).expect("an encoder");
        let kb = folder.path().join("kb");
        fs::create_dir(&kb).expect("made");
        for (file, title, text) in articles {
            write_article(&kb, file, title, text);
        }
        Tiny {
            kb: Kb::open_with(&kb, None).with_encoder(Arc::new(encoder)),
            folder,
        }
    }

    fn write_article(kb: &Path, file: &str, title: &str, text: &str) {
        let text = format!("---\ntitle: {title}\n---\n{text}\n");
        fs::write(kb.join(file), text).expect("written");
    }

    impl Tiny {
        fn encoder(&self) -> &Encoder {
            self.kb.encoder().expect("one was given")
        }

        fn take(&self, article: Arc<Article>) -> usize {
            let mut unread = Unread::new(article);
            let pieces = unread.left();
            while unread.left() > 0 {
                assert_eq!(unread.vectors(), None);
                unread.read(self.encoder(), 2, true).expect("it reads");
            }
            self.kb
                .hold(&unread, unread.vectors().expect("all is read"));
            pieces
        }

        /// Has the encoder read one article.
        pub fn read(&self, id: &str) -> usize {
            let article = self.kb.article(&ArticleId::new(id));
            self.take(article.expect("it is served"))
        }

        pub fn read_all(&self) {
            for article in self.kb.unread() {
                self.take(article);
            }
        }

        /// The same articles, without the encoder.
        pub fn without(&self) -> Kb {
            Kb::open_with(self.kb.folder(), None)
        }
    }

    #[test]
    fn an_article_is_as_near_as_its_nearest_piece_and_only_as_it_was_read() {
        let long = format!("{} wireless", "paper ".repeat(PIECE));
        let office = tiny(&[("a.md", "A", &long), ("b.md", "B", "mail")]);
        assert_eq!(office.kb.unread().len(), 2);
        assert_eq!(office.kb.unread_for("mail").len(), 1);
        // The title with the summary, and two pieces of its text.
        assert_eq!(office.read("a"), 3);
        assert_eq!(office.kb.unread().len(), 1);
        let encoded = office.kb.encoded().expect("there is an encoder");
        let wifi = encoded.question("wifi").expect("some article is read");
        let article = office.kb.article(&ArticleId::new("a")).expect("served");
        let near = encoded.vectors(&article).expect("read").nearest(&wifi);
        assert!(near.expect("pieces") > 0.99, "{near:?}");
        assert_eq!(Vectors::new(&[vec![1.0, 0.0]]).nearest(&wifi), None);
        // Its text changes: what was read no longer holds.
        write_article(office.kb.folder(), "a.md", "A", "holiday");
        office.kb.reload();
        let article = office.kb.article(&ArticleId::new("a")).expect("served");
        assert_eq!(encoded.vectors(&article), None);
        assert_eq!(office.kb.unread().len(), 2);
        fs::remove_file(office.folder.path().join("kb/a.md")).expect("removed");
        office.kb.reload();
        office.kb.let_go();
        assert!(encoded.held().known.is_empty());
    }

    #[test]
    fn without_an_encoder_nothing_is_unread() {
        let office = tiny(&[("a.md", "A", "paper")]);
        let without = office.without();
        assert!(without.unread().is_empty() && without.encoder().is_none());
        let near = |answer: &crate::kb::Answer| answer.matches[0].evidence.nearness;
        assert_eq!(near(&without.answer("paper")), None);
        // Nor does one that has read nothing yet change anything.
        assert_eq!(without.answer("paper"), office.kb.answer("paper"));
    }

    #[test]
    fn vectors_that_lie_aside_say_the_same_as_those_in_memory() {
        let office = tiny(&[
            ("a.md", "A", "## Mail\npaper mail\n## Network\nwifi"),
            ("b.md", "B", "printer paper"),
        ]);
        let encoder = || Arc::clone(office.kb.encoder().expect("one was given"));
        let mut articles = office.kb.articles();
        let mut shorter = Unread::new(Arc::clone(&articles[1]));
        shorter.read(office.encoder(), 9, true).expect("it reads");
        let room_for_shorter = shorter.vectors().expect("all is read").size();
        let memory = Encoded::new(encoder());
        let one = Encoded {
            in_memory_at_most: room_for_shorter,
            ..Encoded::new(encoder())
        };
        let none = Encoded {
            in_memory_at_most: 0,
            ..Encoded::new(encoder())
        };
        let all = [&memory, &one, &none];
        let read = |article: &Arc<Article>| {
            let mut unread = Unread::new(Arc::clone(article));
            unread.read(office.encoder(), 9, true).expect("it reads");
            for encoded in all {
                encoded.hold(&unread, unread.vectors().expect("all is read"));
            }
        };
        let aside = |encoded: &Encoded| {
            let held = encoded.held();
            let places = held.known.values().map(|known| &known.place);
            places
                .filter(|place| matches!(place, Place::Aside(_)))
                .count()
        };
        articles.iter().for_each(read);
        // Read again as it is, and changed.
        read(&articles[1]);
        write_article(office.kb.folder(), "a.md", "A", "## Holiday\nwifi mail");
        office.kb.reload();
        let before = std::mem::replace(&mut articles, office.kb.articles());
        read(&articles[0]);
        assert_eq!(all.map(aside), [0, 1, 2]);
        let question = memory.question("wifi").expect("an article is read");
        for encoded in all {
            assert_eq!(encoded.vectors(&before[0]), None, "it changed");
            for article in &articles {
                assert!(encoded.has_read(article));
                let vectors = memory.vectors(article);
                assert!(vectors.is_some());
                assert_eq!(encoded.vectors(article), vectors);
                let sections = memory.sections(article, &question);
                assert_eq!(encoded.sections(article, &question), sections);
            }
        }
        for encoded in all {
            encoded.let_go(&mut encoded.write(), &articles[0].id);
            assert_eq!(encoded.vectors(&articles[0]), None);
        }
        let in_memory = all.map(|encoded| encoded.held().in_memory);
        assert_eq!(in_memory, [room_for_shorter, room_for_shorter, 0]);
    }

    #[test]
    fn where_nothing_can_be_laid_aside_memory_has_to_do() {
        let office = tiny(&[("a.md", "A", "paper")]);
        let encoded = Encoded {
            in_memory_at_most: 0,
            ..Encoded::new(Arc::clone(office.kb.encoder().expect("one was given")))
        };
        fs::remove_dir_all(office.folder.path().join("encoder")).expect("removed");
        let article = office.kb.articles().remove(0);
        let mut unread = Unread::new(Arc::clone(&article));
        unread.read(office.encoder(), 9, true).expect("it reads");
        encoded.hold(&unread, unread.vectors().expect("all is read"));
        assert!(encoded.vectors(&article).is_some());
        assert!(encoded.held().in_memory > 0);
    }

    #[test]
    fn vectors_are_kept_for_one_text_and_one_encoder() {
        let office = tiny(&[("a.md", "A", "paper mail")]);
        let other = office.folder.path().join("other");
        write(&other, &WORDS[1..]);
        let other = Encoder::open(&other).expect("an encoder");
        let unread = |kb: &Kb| Unread::new(kb.articles().remove(0));
        let key = unread(&office.kb).key(office.encoder());
        assert_eq!(key.len(), 64);
        assert_eq!(unread(&office.without()).key(office.encoder()), key);
        assert_ne!(unread(&office.kb).key(&other), key);
        write_article(office.kb.folder(), "a.md", "A", "paper. mail");
        office.kb.reload();
        assert_ne!(unread(&office.kb).key(office.encoder()), key);
    }
}
