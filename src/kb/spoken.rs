//! What articles say: the words of each as numbers, run by run, in a byte or two each. From it everything is counted, and
//! what a large folder's best articles say is looked up again.

use super::article::Article;
use super::markdown;
use super::quick::QuickMap;
use super::terms::Terms;
use super::words;
use std::collections::HashMap;
use std::ops::Range;
use std::sync::Arc;

/// What words that stand together are of their article.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Run {
    Title,
    /// One of its questions.
    Ask,
    Summary,
    Tags,
    Aliases,
    /// The heading of a section; none of its words where it has none.
    Heading,
    /// The text of the section under the heading before.
    Body,
    /// The same, with numbered steps in it.
    Steps,
}

/// In the order of their numbers.
const RUNS: [Run; 8] = [
    Run::Title,
    Run::Ask,
    Run::Summary,
    Run::Tags,
    Run::Aliases,
    Run::Heading,
    Run::Body,
    Run::Steps,
];

/// A word of an article: the number of its stem, and whether it is the joined form of a compound.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Said(u32);

impl Said {
    fn new(number: u32, joined: bool) -> Said {
        // Two to the thirty-first different words do not fit into memory.
        Said(number << 1 | u32::from(joined))
    }

    /// The number of its stem.
    pub fn term(self) -> u32 {
        self.0 >> 1
    }

    /// Whether it stands beside its parts and forms no pair with them.
    pub fn is_joined(self) -> bool {
        self.0 & 1 != 0
    }
}

/// What all articles say, in their order.
#[derive(Debug, Default)]
pub(super) struct Spoken {
    /// Of each run its kind, its length in bytes, and its words; numbers in sevens of bits, the lowest first.
    bytes: Vec<u8>,
    /// Where each article begins; one more at the end.
    starts: Vec<usize>,
}

/// What came of reading articles.
pub(super) struct Heard {
    pub spoken: Spoken,
    /// The stems of all words, with their numbers.
    pub terms: Terms,
    /// Each word as written, with the number of articles it is in.
    pub uses: HashMap<Box<str>, u32>,
}

/// Fewer articles than this are not worth a thread of their own.
const SOME: usize = 200;

impl Spoken {
    /// Reads articles, on as many processors as there are.
    pub fn read(articles: &[Arc<Article>]) -> Heard {
        let shares = shares(articles, SOME);
        let listened = at_once(shares, |articles| {
            let mut listener = Listener::default();
            for article in articles {
                listener.hear(article);
            }
            listener
        });
        let mut terms = Terms::default();
        let mut uses: HashMap<Box<str>, u32> = HashMap::new();
        let mut numbered = Vec::with_capacity(listened.len());
        for mut listener in listened {
            let mut words: Vec<(Box<str>, u32)> = listener.words.drain().collect();
            words.sort_unstable_by_key(|&(_, number)| number);
            let mut numbers = Vec::with_capacity(words.len());
            for (word, number) in words {
                numbers.push(terms.id(&word));
                let bare = words::bare(&word);
                let used = listener.uses[number as usize];
                match uses.get_mut(bare) {
                    Some(uses) => *uses += used,
                    None if bare.len() == word.len() => drop(uses.insert(word, used)),
                    None => drop(uses.insert(bare.into(), used)),
                }
            }
            numbered.push((listener, numbers));
        }
        let packed = at_once(numbered, |(listener, numbers)| listener.pack(&numbers));
        let mut spoken = Spoken::default();
        for some in packed {
            let before = spoken.bytes.len();
            let starts = some.starts.iter().map(|start| before + start);
            spoken.starts.extend(starts);
            if before == 0 {
                spoken.bytes = some.bytes;
            } else {
                spoken.bytes.extend(some.bytes);
            }
        }
        spoken.bytes.shrink_to_fit();
        spoken.starts.push(spoken.bytes.len());
        Heard {
            spoken,
            terms,
            uses,
        }
    }

    /// How many articles there are.
    pub fn len(&self) -> usize {
        self.starts.len().saturating_sub(1)
    }

    /// What the article at that place says, in room that was used before.
    pub fn open(&self, place: usize, said: &mut Unpacked) {
        said.words.clear();
        said.runs.clear();
        let (Some(&start), Some(&end)) = (self.starts.get(place), self.starts.get(place + 1))
        else {
            return;
        };
        let mut rest = &self.bytes[start..end];
        while let [kind, after @ ..] = rest {
            rest = after;
            let length = number(&mut rest) as usize;
            let (mut run, after) = rest.split_at(length);
            rest = after;
            let from = said.words.len();
            while !run.is_empty() {
                said.words.push(Said(number(&mut run)));
            }
            said.runs
                .push((RUNS[usize::from(*kind)], from..said.words.len()));
        }
    }
}

/// What one article says.
#[derive(Debug, Default)]
pub(super) struct Unpacked {
    words: Vec<Said>,
    runs: Vec<(Run, Range<usize>)>,
}

impl Unpacked {
    /// Its runs, in their order.
    pub fn runs(&self) -> impl Iterator<Item = (Run, &[Said])> {
        let runs = self.runs.iter();
        runs.map(|(run, range)| (*run, &self.words[range.clone()]))
    }

    /// The words of all runs of a kind, one after the other.
    pub fn all(&self, kind: Run) -> Vec<Said> {
        let of_kind = self.runs().filter(|(run, _)| *run == kind);
        of_kind.flat_map(|(_, words)| words).copied().collect()
    }

    /// Its sections: the words of each heading, those under it, and whether there are steps among them.
    pub fn sections(&self) -> impl Iterator<Item = (&[Said], &[Said], bool)> {
        let mut heading: &[Said] = &[];
        self.runs().filter_map(move |(run, words)| match run {
            Run::Heading => {
                heading = words;
                None
            }
            Run::Body | Run::Steps => Some((heading, words, run == Run::Steps)),
            _ => None,
        })
    }
}

/// Hears articles, and gives each word a number of its own.
#[derive(Default)]
struct Listener {
    words: QuickMap<Box<str>, u32>,
    /// In how many articles each word was heard, and in which last, counted from 1.
    uses: Vec<u32>,
    last: Vec<u32>,
    /// Of each run how many words it has and of what kind it is, and the words.
    heard: Vec<u32>,
    /// Where each article begins.
    starts: Vec<usize>,
}

impl Listener {
    fn hear(&mut self, article: &Article) {
        self.starts.push(self.heard.len());
        let mut hear = |run, text: &str| self.run(run, text, article);
        hear(Run::Title, &article.title);
        for ask in &article.asks {
            hear(Run::Ask, ask);
        }
        hear(Run::Summary, article.summary.as_deref().unwrap_or_default());
        hear(Run::Tags, &article.tags.join("\n"));
        hear(Run::Aliases, &article.aliases.join("\n"));
        for section in &article.sections {
            hear(Run::Heading, section.heading.as_deref().unwrap_or_default());
            let (text, has_steps) = markdown::plain_and_steps(&section.text);
            let run = if has_steps { Run::Steps } else { Run::Body };
            hear(run, &text);
        }
    }

    fn run(&mut self, run: Run, text: &str, article: &Article) {
        let head = self.heard.len();
        self.heard.push(0);
        let now = self.starts.len() as u32;
        words::each_word(text, article.language, &mut |word, joined| {
            let number = match self.words.get(word) {
                Some(&number) => number,
                None => {
                    let number = self.uses.len() as u32;
                    self.words.insert(word.into(), number);
                    self.uses.push(0);
                    self.last.push(0);
                    number
                }
            };
            let at = number as usize;
            if self.last[at] != now {
                self.last[at] = now;
                self.uses[at] += 1;
            }
            self.heard.push(Said::new(number, joined).0);
        });
        let count = (self.heard.len() - head - 1) as u32;
        self.heard[head] = count << 3 | run as u32;
    }

    /// Packs what was heard, with other numbers for its words.
    fn pack(self, numbers: &[u32]) -> Spoken {
        let mut packed = Spoken {
            bytes: Vec::with_capacity(2 * self.heard.len()),
            starts: Vec::with_capacity(self.starts.len()),
        };
        let ends = self.starts[1.min(self.starts.len())..].iter().copied();
        let mut run = Vec::new();
        for (&start, end) in self.starts.iter().zip(ends.chain([self.heard.len()])) {
            packed.starts.push(packed.bytes.len());
            let mut rest = &self.heard[start..end];
            while let [head, after @ ..] = rest {
                let (words, after) = after.split_at((head >> 3) as usize);
                rest = after;
                run.clear();
                for &word in words {
                    let said = Said(word);
                    let term = numbers[said.term() as usize];
                    put(Said::new(term, said.is_joined()).0, &mut run);
                }
                packed.bytes.push((head & 7) as u8);
                put(run.len() as u32, &mut packed.bytes);
                packed.bytes.extend(&run);
            }
        }
        packed
    }
}

/// Divides things evenly among the processors, at least so many for each.
pub(super) fn shares<T>(things: &[T], least: usize) -> Vec<&[T]> {
    let processors = std::thread::available_parallelism().map_or(1, usize::from);
    let share = things.len().div_ceil(processors).max(least).max(1);
    things.chunks(share).collect()
}

/// Does something with each of several things at the same time; the results stand in the order of the things.
pub(super) fn at_once<T: Send, R: Send>(things: Vec<T>, act: impl Fn(T) -> R + Sync) -> Vec<R> {
    let act = &act;
    std::thread::scope(|scope| {
        let running: Vec<_> = things
            .into_iter()
            .map(|thing| scope.spawn(move || act(thing)))
            .collect();
        let done = running.into_iter().map(|one| match one.join() {
            Ok(result) => result,
            Err(panic) => std::panic::resume_unwind(panic),
        });
        done.collect()
    })
}

fn put(mut number: u32, bytes: &mut Vec<u8>) {
    while number >= 0x80 {
        bytes.push((number & 0x7f) as u8 | 0x80);
        number >>= 7;
    }
    bytes.push(number as u8);
}

fn number(bytes: &mut &[u8]) -> u32 {
    let mut number = 0;
    let mut shift = 0;
    while let [byte, rest @ ..] = bytes {
        *bytes = rest;
        number |= u32::from(byte & 0x7f) << shift;
        shift += 7;
        if byte & 0x80 == 0 {
            break;
        }
    }
    number
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kb::article;
    use std::path::Path;

    #[test]
    fn numbers_survive_their_packing() {
        let numbers = [0, 1, 127, 128, 16_383, 16_384, 2_097_151, u32::MAX];
        let mut bytes = Vec::new();
        numbers.iter().for_each(|&one| put(one, &mut bytes));
        let mut rest = &bytes[..];
        for expected in numbers {
            assert_eq!(number(&mut rest), expected);
        }
        assert!(rest.is_empty());
    }

    /// An article's runs, with the stems of their words.
    fn runs(of: &Heard, place: usize) -> Vec<(Run, Vec<u32>)> {
        let mut said = Unpacked::default();
        of.spoken.open(place, &mut said);
        let runs = said.runs();
        runs.map(|(run, words)| (run, words.iter().map(|word| word.term()).collect()))
            .collect()
    }

    #[test]
    fn what_articles_say_is_read_back_as_it_was_heard_however_it_was_divided() {
        let text = |number: usize| {
            format!(
                "---\ntitle: Printers {number}\nasks:\n  - the wi-fi\ntags: [paper]\n---\nOpen it.\n\n## Steps\n\n1. Print again.\n2. Wait.\n"
            )
        };
        let articles: Vec<Arc<Article>> = (0..2 * SOME + 3)
            .map(|number| {
                let name = format!("{number}.md");
                let reading = article::read(Path::new(&name), text(number).as_bytes());
                Arc::new(reading.article.expect("it is in order"))
            })
            .collect();
        let heard = Spoken::read(&articles);
        assert_eq!(heard.spoken.len(), articles.len());
        let id = |word: &str| heard.terms.find(word).expect("some article has it");
        for place in [0, 1, SOME, 2 * SOME + 2] {
            let number = place.to_string();
            let found = runs(&heard, place);
            let title: &[&str] = if place < 10 {
                &["printer"]
            } else {
                &["printer", &number]
            };
            let expected: [(Run, &[&str]); 9] = [
                (Run::Title, title),
                (Run::Ask, &["wi", "fi", "wifi"]),
                (Run::Summary, &[]),
                (Run::Tags, &["paper"]),
                (Run::Aliases, &[]),
                (Run::Heading, &[]),
                (Run::Body, &["open"]),
                (Run::Heading, &["steps"]),
                (Run::Steps, &["print", "wait"]),
            ];
            assert_eq!(found.len(), expected.len());
            for ((run, words), (kind, stems)) in found.iter().zip(expected) {
                let stems: Vec<u32> = stems.iter().map(|stem| id(stem)).collect();
                assert_eq!((*run, words), (kind, &stems), "{place}");
            }
        }
        assert_eq!(runs(&heard, articles.len()), []);
        assert_eq!(heard.uses["paper"], articles.len() as u32);
        assert_eq!(heard.uses["17"], 1);
        assert_eq!(Spoken::read(&[]).spoken.len(), 0);
    }
}
