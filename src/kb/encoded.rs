//! The articles as the encoder reads them: a vector for each piece of an article. They are made behind the desk's back, a
//! few pieces at a time, and until an article has its own it is ranked without.

use super::article::{Article, ArticleId};
use super::base::Kb;
use super::markdown;
use super::vectors::{Encoder, Fault, NO_SECTION, keep_likest, rounded};
use sha2::{Digest, Sha256};
use std::collections::HashMap;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, PoisonError, RwLock};

/// A piece has so many words: with title and heading, about as much as the encoder reads at once.
const PIECE: usize = 90;

/// Of an article no more pieces are read; whoever wrote so much wrote several articles.
const MOST_PIECES: usize = 256;

/// How a vector's file begins. It changes when pieces are cut otherwise, so that no vector of an older cut is used.
const MARK: &[u8; 4] = b"DHV\x01";

/// The encoder, and what it has made of the articles so far.
#[derive(Debug)]
pub(super) struct Encoded {
    encoder: Arc<Encoder>,
    known: RwLock<HashMap<ArticleId, Known>>,
    /// It failed once, and that was logged.
    failed: AtomicBool,
}

/// The vectors of one version of an article.
#[derive(Debug)]
struct Known {
    /// The version.
    article: Arc<Article>,
    vectors: Arc<Vectors>,
    /// Which section each vector's piece is of.
    section_of: Arc<[u16]>,
}

impl Encoded {
    pub fn new(encoder: Arc<Encoder>) -> Encoded {
        Encoded {
            encoder,
            known: RwLock::default(),
            failed: AtomicBool::new(false),
        }
    }

    /// The vector of a question; none while no article has its own, and where the encoder fails, which is logged once.
    pub fn question(&self, text: &str) -> Option<Vec<f32>> {
        if self.known().is_empty() {
            return None;
        }
        match self.encoder.encode(&[text]) {
            Ok(mut vectors) => vectors.pop(),
            Err(fault) => {
                if !self.failed.swap(true, Ordering::Relaxed) {
                    tracing::error!("questions are answered without the encoder: {fault}");
                }
                None
            }
        }
    }

    /// The vectors of this version of the article, once it has them.
    pub fn vectors(&self, article: &Arc<Article>) -> Option<Arc<Vectors>> {
        let known = self.known();
        let known = known.get(&article.id)?;
        Arc::ptr_eq(&known.article, article).then(|| Arc::clone(&known.vectors))
    }

    /// How near a question's vector each section of this version of the article is, by its nearest piece; none until it is read.
    pub fn sections(&self, article: &Arc<Article>, question: &[f32]) -> Option<Vec<f32>> {
        let known = self.known();
        let known = known.get(&article.id)?;
        if !Arc::ptr_eq(&known.article, article) {
            return None;
        }
        let mut near = Vec::new();
        for (cosine, &section) in known.vectors.cosines(question)?.zip(&*known.section_of) {
            keep_likest(&mut near, section, cosine);
        }
        Some(near)
    }

    fn known(&self) -> std::sync::RwLockReadGuard<'_, HashMap<ArticleId, Known>> {
        // An entry is only ever put in or taken out as a whole.
        self.known.read().unwrap_or_else(PoisonError::into_inner)
    }

    fn hold(&self, unread: &Unread, vectors: Vectors) {
        let known = Known {
            vectors: Arc::new(vectors),
            section_of: unread.section_of.as_slice().into(),
            article: Arc::clone(&unread.article),
        };
        self.known
            .write()
            .unwrap_or_else(PoisonError::into_inner)
            .insert(known.article.id.clone(), known);
    }
}

/// A vector for each piece of an article.
#[derive(Debug, Clone, PartialEq)]
pub struct Vectors {
    width: usize,
    /// Piece by piece.
    steps: Vec<i8>,
    scales: Vec<f32>,
}

impl Vectors {
    fn new(vectors: &[Vec<f32>]) -> Vectors {
        let (scales, steps): (Vec<f32>, Vec<Vec<i8>>) =
            vectors.iter().map(|vector| rounded(vector)).unzip();
        Vectors {
            width: vectors.first().map_or(0, Vec::len),
            steps: steps.concat(),
            scales,
        }
    }

    /// How near the nearest piece is to a question, as a cosine from -1 to 1. None if there is no piece, or the question's
    /// vector is of another kind.
    pub(super) fn nearest(&self, question: &[f32]) -> Option<f32> {
        self.cosines(question)?.max_by(f32::total_cmp)
    }

    /// How near each piece is.
    fn cosines(&self, question: &[f32]) -> Option<impl Iterator<Item = f32>> {
        if self.width == 0 || self.width != question.len() {
            return None;
        }
        let pieces = self.steps.chunks_exact(self.width).zip(&self.scales);
        Some(pieces.map(move |(steps, scale)| {
            let sum: f32 = steps
                .iter()
                .zip(question)
                .map(|(&a, b)| f32::from(a) * b)
                .sum();
            sum * scale
        }))
    }

    /// The bytes that they are kept as.
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut bytes = MARK.to_vec();
        bytes.extend((self.width as u32).to_le_bytes());
        let pieces = self.steps.chunks_exact(self.width.max(1));
        for (steps, scale) in pieces.zip(&self.scales) {
            bytes.extend(scale.to_le_bytes());
            bytes.extend(steps.iter().map(|step| step.cast_unsigned()));
        }
        bytes
    }

    /// Reads them again; none if the bytes are not theirs.
    pub fn from_bytes(bytes: &[u8]) -> Option<Vectors> {
        let four = |bytes: &[u8]| -> Option<[u8; 4]> { bytes.get(..4)?.try_into().ok() };
        let rest = bytes.strip_prefix(MARK)?;
        let width = u32::from_le_bytes(four(rest)?) as usize;
        let mut vectors = Vectors {
            width,
            steps: Vec::new(),
            scales: Vec::new(),
        };
        let pieces = rest.get(4..)?.chunks_exact(width.checked_add(4)?);
        if width == 0 || !pieces.remainder().is_empty() {
            return None;
        }
        for piece in pieces {
            let scale = f32::from_le_bytes(four(piece)?);
            vectors
                .scales
                .push(Some(scale).filter(|scale| scale.is_finite())?);
            vectors
                .steps
                .extend(piece[4..].iter().map(|step| step.cast_signed()));
        }
        Some(vectors)
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
        articles.retain(|article| encoded.vectors(article).is_none());
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
            let mut known = encoded
                .known
                .write()
                .unwrap_or_else(PoisonError::into_inner);
            known.retain(|id, _| self.article(id).is_some());
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
        assert!(encoded.known().is_empty());
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
    fn vectors_survive_their_bytes_and_nothing_else_is_taken_for_them() {
        let vectors = Vectors::new(&[vec![0.6, -0.8], vec![0.0, 1.0], vec![0.0, 0.0]]);
        let bytes = vectors.to_bytes();
        assert_eq!(Vectors::from_bytes(&bytes), Some(vectors));
        for end in (0..bytes.len()).filter(|end| *end < 8 || (end - 8) % 6 > 0) {
            assert_eq!(Vectors::from_bytes(&bytes[..end]), None, "{end}");
        }
        let mut endless = bytes.clone();
        endless[8..12].copy_from_slice(&f32::NAN.to_le_bytes());
        assert_eq!(Vectors::from_bytes(&endless), None);
        let mut older = bytes;
        older[3] = 0;
        assert_eq!(Vectors::from_bytes(&older), None);
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
