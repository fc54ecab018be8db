//! What the pieces of all articles mean, by the table, for comparing a question with them.

use super::encoder::unit;
use super::table::{Table, rounded};
use crate::kb::article::Article;
use crate::kb::markdown;
use crate::kb::scale::Scale;
use std::sync::Arc;

/// A piece has so many words: of longer ones, too many things are meant at once.
const PIECE: usize = 60;

/// From so many pieces on, not every one is compared with a question number by number: a hundred megabytes take too long.
const MANY: usize = 20_000;

/// So many of the pieces are then compared whose signs are the likest …
const CLOSEST: usize = 2_000;

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
    /// Where each article's pieces begin; one more at the end.
    starts: Vec<u32>,
    /// Of each number of each piece whether it is above zero, if there are many. Two texts that mean the same agree in most
    /// of them.
    signs: Vec<u64>,
}

/// How like a question articles are.
pub(in crate::kb) struct Likeness {
    /// Of each article's likest piece, from -1 to 1, in their order; the least there is where it was not compared, since
    /// neither its words nor its meaning come near.
    pub of: Vec<f32>,
    /// What is usual among all of them.
    pub scale: Scale,
}

impl Meanings {
    /// Reads articles, in their order.
    pub fn new(articles: &[Arc<Article>], table: &Table) -> Meanings {
        let mut meanings = Meanings {
            width: table.width(),
            ..Meanings::default()
        };
        for article in articles {
            meanings.close();
            meanings.read(article, table);
        }
        meanings.close();
        if meanings.scales.len() >= MANY {
            meanings.signs = meanings
                .steps
                .chunks(meanings.width)
                .flat_map(signs)
                .collect();
        }
        meanings
    }

    /// An article ends here, and another begins.
    fn close(&mut self) {
        // So many pieces do not fit into memory.
        self.starts
            .push(u32::try_from(self.scales.len()).unwrap_or(u32::MAX));
    }

    fn read(&mut self, article: &Article, table: &Table) {
        // Each piece is understood as what it is: a part of something with this title.
        let title = table.sum(&article.title);
        let mut add = |sum: &[f32]| {
            let (scale, steps) = rounded(&unit(sum));
            self.steps.extend(steps);
            self.scales.push(scale);
        };
        let summary = article.summary.as_deref().unwrap_or_default();
        add(&plus(&title, &table.sum(summary)));
        for ask in &article.asks {
            add(&table.sum(ask));
        }
        for section in &article.sections {
            let heading = section.heading.as_deref().unwrap_or_default();
            let above = plus(&title, &table.sum(heading));
            let text = markdown::plain(&section.text);
            let words: Vec<&str> = text.split_whitespace().collect();
            for piece in words.chunks(PIECE) {
                add(&plus(&above, &table.sum(&piece.join(" "))));
            }
        }
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
        if self.signs.is_empty() {
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

    /// The articles of the pieces whose signs are the likest, in their order, with repeats.
    fn closest(&self, asked: &[i8]) -> Vec<usize> {
        let asked: Vec<u64> = signs(asked).collect();
        let apart: Vec<u32> = self
            .signs
            .chunks(asked.len())
            .map(|piece| {
                let differ = piece.iter().zip(&asked).map(|(a, b)| (a ^ b).count_ones());
                differ.sum()
            })
            .collect();
        let mut with = vec![0_usize; self.width + 1];
        for &apart in &apart {
            with[apart as usize] += 1;
        }
        let mut left = CLOSEST;
        let far = with.iter().position(|&count| {
            let all = left <= count;
            left = left.saturating_sub(count);
            all
        });
        let far = far.unwrap_or(self.width) as u32;
        let mut place = 0;
        let near = (0..).zip(&apart).filter(|&(_, &apart)| apart <= far);
        near.map(|(piece, _)| {
            while self.starts[place + 1] <= piece {
                place += 1;
            }
            place
        })
        .collect()
    }
}

/// Whether each number is above zero, bit by bit.
fn signs(steps: &[i8]) -> impl Iterator<Item = u64> {
    steps.chunks(64).map(|some| {
        let bits = some.iter().zip(0..);
        bits.fold(0, |all, (&step, bit)| all | (u64::from(step > 0) << bit))
    })
}

/// The places of the highest scores.
fn best(scores: &[f32], count: usize) -> Vec<usize> {
    let mut places: Vec<usize> = (0..scores.len()).filter(|&at| scores[at] > 0.0).collect();
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
        assert!(!many.signs.is_empty(), "{} pieces", many.scales.len());
        let few = Meanings {
            signs: Vec::new(),
            ..Meanings::new(&articles, &table)
        };
        let mut by_words = vec![0.0; articles.len()];
        by_words[7] = 1.0;
        for at in [0, 5_000, articles.len() - 1] {
            let [one, other] = [&articles[at].title, &articles[at].sections[0].text];
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
