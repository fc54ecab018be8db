//! What the pieces of all articles mean, by the table, for comparing a question with them.

use super::encoder::unit;
use super::table::{Sums, Table, rounded};
use crate::kb::article::Article;
use crate::kb::markdown;
use crate::kb::scale::Scale;
use crate::kb::spoken::{at_once, shares};
use std::sync::Arc;

/// A piece has so many words: of longer ones, too many things are meant at once.
const PIECE: usize = 60;

/// Fewer articles than this are not worth a thread of their own.
const SOME: usize = 200;

/// From so many pieces on, not every one is compared with a question number by number: a hundred megabytes take too long.
const MANY: usize = 20_000;

/// So many of the pieces are then compared whose signs are the likest …
const CLOSEST: usize = 1_000;

/// … of about so many whose first signs are.
const CLOSE: usize = 16_000;

/// … and so many of the articles whose words fit best …
const WORDED: usize = 200;

/// … and so many more, evenly spread, to know what likeness is usual.
const USUAL: usize = 2_000;

/// A vector for each piece of each article.
#[derive(Debug, Default)]
pub(in crate::kb) struct Meanings {
    width: usize,
    /// Piece by piece, in the order of the articles.
    steps: Vec<i8>,
    scales: Vec<f32>,
    /// Which section of its article each piece is of, if it is of one.
    section_of: Vec<u16>,
    /// Where each article's pieces begin; one more at the end.
    starts: Vec<u32>,
    /// Of each number of each piece whether it is above zero, if there are many. Two texts that mean the same agree in most
    /// of them.
    signs: Signs,
}

/// A bit for each number of each piece.
#[derive(Debug, Default)]
struct Signs {
    /// Those of its first numbers …
    heads: Vec<[u64; HEAD]>,
    /// … and those of the others, piece by piece.
    tails: Vec<u64>,
}

/// So many words of signs are compared of every piece, and the others only where these are alike.
const HEAD: usize = 2;

/// How like a question articles are.
pub(in crate::kb) struct Likeness {
    /// Of each article's likest piece, from -1 to 1, in their order; the least there is where it was not compared, since
    /// neither its words nor its meaning come near.
    pub of: Vec<f32>,
    /// What is usual among all of them.
    pub scale: Scale,
}

impl Meanings {
    /// Reads articles, in their order, on as many processors as there are.
    pub fn new(articles: &[Arc<Article>], table: &Table) -> Meanings {
        let read = at_once(shares(articles, SOME), |articles| {
            let mut some = Meanings::default();
            let mut sums = Sums::new(table);
            for article in articles {
                some.close();
                some.read(article, &mut sums);
            }
            some
        });
        let mut meanings = Meanings {
            width: table.width(),
            ..Meanings::default()
        };
        let pieces = read.iter().map(|some| some.scales.len()).sum();
        meanings.steps.reserve_exact(pieces * table.width());
        meanings.scales.reserve_exact(pieces);
        for some in read {
            let before = meanings.scales.len() as u32;
            let starts = some.starts.iter().map(|start| before + start);
            meanings.starts.extend(starts);
            meanings.steps.extend(some.steps);
            meanings.scales.extend(some.scales);
            meanings.section_of.extend(some.section_of);
        }
        meanings.close();
        if meanings.scales.len() >= MANY {
            meanings.signs = Signs::new(&meanings.steps, meanings.width);
        }
        meanings
    }

    /// An article ends here, and another begins.
    fn close(&mut self) {
        // So many pieces do not fit into memory.
        self.starts
            .push(u32::try_from(self.scales.len()).unwrap_or(u32::MAX));
    }

    fn read(&mut self, article: &Article, sums: &mut Sums<'_>) {
        // Each piece is understood as what it is: a part of something with this title.
        let title = sums.sum(&article.title);
        let mut add = |sum: &[f32], section: u16| {
            let (scale, steps) = rounded(&unit(sum));
            self.steps.extend(steps);
            self.scales.push(scale);
            self.section_of.push(section);
        };
        let summary = article.summary.as_deref().unwrap_or_default();
        add(&plus(&title, &sums.sum(summary)), NO_SECTION);
        for ask in &article.asks {
            add(&sums.sum(ask), NO_SECTION);
        }
        for (section, place) in article.sections.iter().zip(0..) {
            let heading = section.heading.as_deref().unwrap_or_default();
            let above = plus(&title, &sums.sum(heading));
            let text = markdown::plain(&section.text);
            let words: Vec<&str> = text.split_whitespace().collect();
            for piece in words.chunks(PIECE) {
                add(&plus(&above, &sums.sum(&piece.join(" "))), place);
            }
        }
    }

    /// How like a question each section of the article at that place is, by its likest piece, from -1 to 1; the least there is
    /// of one without text.
    pub fn sections(&self, question: &[f32], place: usize) -> Vec<f32> {
        let (scale, asked) = rounded(question);
        let mut like = Vec::new();
        if asked.len() == self.width {
            for piece in self.pieces_of(place) {
                let section = self.section_of[piece];
                keep_likest(&mut like, section, scale * self.product(piece, &asked));
            }
        }
        like
    }

    /// How like a question the articles are, of which these are the scores by words. Among many only those are compared
    /// that come near by their words or by their meaning.
    pub fn likeness(&self, question: &[f32], by_words: &[f32]) -> Likeness {
        let count = by_words.len();
        let (scale, asked) = rounded(question);
        if self.width == 0 || scale == 0.0 {
            let of = vec![0.0; count];
            let scale = Scale::of(&of);
            return Likeness { of, scale };
        }
        let likest = |place: usize| {
            self.pieces_of(place)
                .map(|piece| scale * self.product(piece, &asked))
                .fold(-1.0, f32::max)
        };
        if self.signs.heads.is_empty() {
            let of: Vec<f32> = (0..count).map(likest).collect();
            let scale = Scale::of(&of);
            return Likeness { of, scale };
        }
        let usual: Vec<f32> = (0..count)
            .step_by(count.div_ceil(USUAL))
            .map(likest)
            .collect();
        let mut of = vec![f32::NEG_INFINITY; count];
        let near = self.closest(&asked);
        for place in near.into_iter().chain(best(by_words, WORDED)) {
            if of[place] == f32::NEG_INFINITY {
                of[place] = likest(place);
            }
        }
        let scale = Scale::of(&usual);
        Likeness { of, scale }
    }

    fn pieces_of(&self, place: usize) -> std::ops::Range<usize> {
        self.starts[place] as usize..self.starts[place + 1] as usize
    }

    fn product(&self, piece: usize, asked: &[i8]) -> f32 {
        let steps = &self.steps[piece * self.width..][..self.width];
        let product: i32 = steps
            .iter()
            .zip(asked)
            .map(|(&a, &b)| i32::from(a) * i32::from(b))
            .sum();
        product as f32 * self.scales[piece]
    }

    /// The articles of the pieces whose signs are the likest, in their order.
    fn closest(&self, asked: &[i8]) -> Vec<usize> {
        let mut place = 0;
        let pieces = self.signs.closest(asked).into_iter();
        let mut places: Vec<usize> = pieces
            .map(|piece| {
                while self.starts[place + 1] <= piece {
                    place += 1;
                }
                place
            })
            .collect();
        places.dedup();
        places
    }
}

impl Signs {
    fn new(steps: &[i8], width: usize) -> Signs {
        let mut all = Signs::default();
        for piece in steps.chunks(width) {
            let (head, tail) = signs(piece);
            all.heads.push(head);
            all.tails.extend(tail);
        }
        all.tails.shrink_to_fit();
        all
    }

    /// The pieces whose signs are the likest, in their order.
    fn closest(&self, asked: &[i8]) -> Vec<u32> {
        let (head, tail) = signs(asked);
        let apart: Vec<u8> = self.heads.iter().map(|one| apart(one, &head)).collect();
        // Every sixteenth tells well enough how far most are away.
        let some = apart.iter().step_by(16).copied().map(u16::from);
        let far = reach(some, CLOSE / 16);
        let mut near: Vec<(u16, u32)> = (0..)
            .zip(apart.into_iter().map(u16::from))
            .filter(|&(_, apart)| apart <= far)
            .map(|(piece, apart)| {
                let others = self.tails[piece * tail.len()..].iter().zip(&tail);
                let others = others.map(|(one, other)| (one ^ other).count_ones() as u16);
                (apart + others.sum::<u16>(), piece as u32)
            })
            .collect();
        let far = reach(near.iter().map(|&(apart, _)| apart), CLOSEST);
        near.retain(|&(apart, _)| apart <= far);
        near.into_iter().map(|(_, piece)| piece).collect()
    }
}

/// The mark of a piece that is of no section: the title, or a question that the article lists.
pub(in crate::kb) const NO_SECTION: u16 = u16::MAX;

/// Keeps how like the likest piece of a section is.
pub(in crate::kb) fn keep_likest(sections: &mut Vec<f32>, section: u16, like: f32) {
    if section == NO_SECTION {
        return;
    }
    let section = usize::from(section);
    if sections.len() <= section {
        sections.resize(section + 1, -1.0);
    }
    sections[section] = sections[section].max(like);
}

/// The distance within which so many lie, or more.
fn reach(apart: impl Iterator<Item = u16>, mut count: usize) -> u16 {
    let mut with: Vec<usize> = Vec::new();
    for apart in apart {
        let apart = usize::from(apart);
        if with.len() <= apart {
            with.resize(apart + 1, 0);
        }
        with[apart] += 1;
    }
    let last = with.len().saturating_sub(1);
    let far = with.iter().position(|&more| {
        let all = count <= more;
        count = count.saturating_sub(more);
        all
    });
    far.unwrap_or(last) as u16
}

/// Whether each number is above zero, bit by bit: of the first numbers, and of the others.
fn signs(steps: &[i8]) -> ([u64; HEAD], Vec<u64>) {
    let mut words = steps.chunks(64).map(|some| {
        let bits = some.iter().zip(0..);
        bits.fold(0, |all, (&step, bit)| all | (u64::from(step > 0) << bit))
    });
    let head = std::array::from_fn(|_| words.next().unwrap_or_default());
    (head, words.collect())
}

/// In how many bits two heads differ. Not every processor that this runs on counts bits by itself, so both words are counted
/// together, by sums of ever more bits that stand beside each other.
fn apart(one: &[u64; HEAD], other: &[u64; HEAD]) -> u8 {
    const TWOS: u64 = 0x3333_3333_3333_3333;
    const FOURS: u64 = 0x0f0f_0f0f_0f0f_0f0f;
    let fours = |differ: u64| {
        let pairs = differ - ((differ >> 1) & 0x5555_5555_5555_5555);
        (pairs & TWOS) + ((pairs >> 2) & TWOS)
    };
    let both = fours(one[0] ^ other[0]) + fours(one[1] ^ other[1]);
    let bytes = (both & FOURS) + ((both >> 4) & FOURS);
    (bytes.wrapping_mul(0x0101_0101_0101_0101) >> 56) as u8
}

/// The places of the highest scores.
fn best(scores: &[f32], count: usize) -> Vec<usize> {
    // Few come near the highest, and only those have to be put in order.
    let highest = scores.iter().copied().fold(0.0, f32::max);
    let mut places = Vec::new();
    for least in [0.5 * highest, 0.25 * highest, 0.0] {
        places.clear();
        places.extend((0..scores.len()).filter(|&at| scores[at] > least));
        if places.len() >= count {
            break;
        }
    }
    if places.len() > count {
        places.select_nth_unstable_by(count, |&a, &b| scores[b].total_cmp(&scores[a]));
        places.truncate(count);
    }
    places
}

fn plus(one: &[f32], other: &[f32]) -> Vec<f32> {
    one.iter().zip(other).map(|(a, b)| a + b).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kb::article;
    use std::path::Path;

    fn read(name: &str, text: &str) -> Arc<Article> {
        let reading = article::read(Path::new(name), text.as_bytes());
        Arc::new(reading.article.expect("it is in order"))
    }

    #[test]
    fn an_article_is_as_like_a_question_as_its_likest_piece() {
        // Both words of a wireless network mean the same here, a toner something else.
        let lines = "[UNK]\nwifi\nwireless\ntoner\nguide";
        let rows = [
            0.0, 0.0, 0.0, // [UNK]
            1.0, 0.0, 0.0, // wifi
            1.0, 0.0, 0.0, // wireless
            0.0, 1.0, 0.0, // toner
            0.0, 0.0, 0.1, // guide
        ];
        let table = Table::new(lines, &rows, 3).expect("five rows of three");
        let filler = "toner ".repeat(PIECE);
        let articles = [
            read("a.md", "---\ntitle: Guide\n---\ntoner toner\n"),
            read(
                "b.md",
                &format!("---\ntitle: Guide\n---\n{filler}wireless\n"),
            ),
            read(
                "c.md",
                "---\ntitle: Guide\nasks:\n  - wireless\n---\ntoner\n",
            ),
        ];
        let meanings = Meanings::new(&articles, &table);
        let likeness = meanings.likeness(&table.encode("wifi"), &[0.0; 3]).of;
        assert!(likeness[0].abs() < 0.05, "{likeness:?}");
        // Only its last piece, below the title, speaks of it.
        assert!(likeness[1] > 0.95, "{likeness:?}");
        assert!(likeness[2] > 0.99, "{likeness:?}");
        // What the table knows nothing of is like nothing.
        let nothing = meanings.likeness(&table.encode("zyx"), &[0.0; 3]);
        assert_eq!(nothing.of, [0.0; 3]);
        assert_eq!(Meanings::default().likeness(&[1.0], &[0.0; 2]).of, [0.0; 2]);
    }

    #[test]
    fn bits_that_differ_are_counted() {
        let row = |seed: u64| [seed, seed + 1].map(|at| at.wrapping_mul(0x9e37_79b9_7f4a_7c15));
        for (one, other) in (0..50).map(|seed| (row(seed), row(seed * 71 + 3))) {
            let expected = (one[0] ^ other[0]).count_ones() + (one[1] ^ other[1]).count_ones();
            assert_eq!(u32::from(apart(&one, &other)), expected);
        }
        assert_eq!(apart(&[u64::MAX; 2], &[0; 2]), 128);
        assert_eq!(signs(&[1; 130]), ([u64::MAX; 2], vec![3]));
        assert_eq!(signs(&[-1, 0, 1]), ([4, 0], vec![]));
    }

    #[test]
    fn among_many_only_what_comes_near_is_compared_and_the_likest_is_found() {
        // Words that mean nothing alike, and an article for each two of them.
        const WORDS: u64 = 150;
        let mut state = 1_u64;
        let mut random = || {
            state = state
                .wrapping_mul(6_364_136_223_846_793_005)
                .wrapping_add(1);
            (state >> 40) as f32 / (1 << 23) as f32 - 1.0
        };
        let lines: Vec<String> = (0..WORDS).map(|word| format!("word{word}")).collect();
        let lines = format!("[UNK]\n{}", lines.join("\n"));
        let rows: Vec<f32> = (0..(WORDS + 1) * 128).map(|_| random()).collect();
        let table = Table::new(&lines, &rows, 128).expect("a table");
        let pairs = (0..WORDS).flat_map(|one| (0..one).map(move |other| (one, other)));
        let articles: Vec<Arc<Article>> = pairs
            .map(|(one, other)| {
                let text = format!("---\ntitle: word{one}\n---\nword{other}\n");
                read(&format!("{one}-{other}.md"), &text)
            })
            .collect();
        let many = Meanings::new(&articles, &table);
        assert!(!many.signs.heads.is_empty(), "{} pieces", many.scales.len());
        let few = Meanings {
            signs: Signs::default(),
            ..Meanings::new(&articles, &table)
        };
        let mut by_words = vec![0.0; articles.len()];
        by_words[7] = 1.0;
        for at in [0, 5_000, articles.len() - 1] {
            let (one, other) = (&articles[at].title, &articles[at].sections[0].text);
            let question = table.encode(&format!("{one} {other}"));
            let (some, all) = (
                many.likeness(&question, &by_words),
                few.likeness(&question, &by_words),
            );
            assert!(some.of[at] > 0.99, "{}", some.of[at]);
            assert_eq!(some.of[7], all.of[7], "its words fit");
            let compared = some.of.iter().filter(|likeness| likeness.is_finite());
            assert!(compared.count() < articles.len() / 2);
            for (some, all) in some.of.iter().zip(&all.of) {
                assert!(some == all || *some == f32::NEG_INFINITY);
            }
            // What is usual is known well enough from a sample.
            let apart = some.scale.place(some.of[at]) / all.scale.place(all.of[at]);
            assert!((apart - 1.0).abs() < 0.15, "{apart}");
        }
    }
}
