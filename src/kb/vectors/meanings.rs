//! What the pieces of all articles mean, by the table, for comparing a question with them.

use super::encoder::unit;
use super::table::{Table, rounded};
use crate::kb::article::Article;
use crate::kb::markdown;
use std::sync::Arc;

/// A piece has so many words: of longer ones, too many things are meant at once.
const PIECE: usize = 60;

/// A vector for each piece of each article.
#[derive(Debug, Default)]
pub(in crate::kb) struct Meanings {
    width: usize,
    /// Piece by piece, in the order of the articles.
    steps: Vec<i8>,
    scales: Vec<f32>,
    /// Which article each piece belongs to.
    of: Vec<u32>,
}

impl Meanings {
    /// Reads articles, in their order.
    pub fn new(articles: &[Arc<Article>], table: &Table) -> Meanings {
        let mut meanings = Meanings {
            width: table.width(),
            ..Meanings::default()
        };
        for (article, number) in articles.iter().zip(0..) {
            meanings.read(article, number, table);
        }
        meanings
    }

    fn read(&mut self, article: &Article, number: u32, table: &Table) {
        // Each piece is understood as what it is: a part of something with this title.
        let title = table.sum(&article.title);
        let mut add = |sum: &[f32]| {
            let (scale, steps) = rounded(&unit(sum));
            self.steps.extend(steps);
            self.scales.push(scale);
            self.of.push(number);
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

    /// How like a question each article's likest piece is, from -1 to 1, in the order of the articles.
    pub fn likeness(&self, question: &[f32], articles: usize) -> Vec<f32> {
        let mut likest = vec![0.0_f32; articles];
        let (scale, asked) = rounded(question);
        if self.width == 0 || scale == 0.0 {
            return likest;
        }
        let mut before = None;
        for ((piece, piece_scale), &of) in self
            .steps
            .chunks(self.width)
            .zip(&self.scales)
            .zip(&self.of)
        {
            let product: i32 = piece
                .iter()
                .zip(&asked)
                .map(|(&a, &b)| i32::from(a) * i32::from(b))
                .sum();
            let likeness = product as f32 * scale * piece_scale;
            let likest = &mut likest[of as usize];
            *likest = if before == Some(of) {
                likest.max(likeness)
            } else {
                likeness
            };
            before = Some(of);
        }
        likest
    }
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
        let likeness = meanings.likeness(&table.encode("wifi"), articles.len());
        assert!(likeness[0].abs() < 0.05, "{likeness:?}");
        // Only its last piece, below the title, speaks of it.
        assert!(likeness[1] > 0.95, "{likeness:?}");
        assert!(likeness[2] > 0.99, "{likeness:?}");
        // What the table knows nothing of is like nothing.
        let nothing = meanings.likeness(&table.encode("zyx"), articles.len());
        assert_eq!(nothing, [0.0; 3]);
        assert_eq!(Meanings::default().likeness(&[1.0], 2), [0.0; 2]);
    }
}
