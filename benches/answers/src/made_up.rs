//! Made-up articles, always the same.

use std::path::Path;

/// Words there are …
const VOCABULARY: usize = 30_000;
/// … and how many of them an article's steps have.
const STEPS: usize = 4;

/// A linear congruential generator: the same numbers on every machine.
struct Numbers(u64);

impl Numbers {
    /// The next, from 0 to below 1.
    fn next(&mut self) -> f64 {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 11) as f64 / (1_u64 << 53) as f64
    }
}

/// An article.
pub struct Made {
    /// What it is called.
    pub title: String,
    /// Its text, in Markdown.
    pub body: String,
}

/// A question, and the number of the article that it was made from.
pub struct Question {
    /// What is asked.
    pub text: String,
    /// Which article is right.
    pub article: usize,
}

/// A folder's worth of articles.
pub struct Library {
    /// All of them.
    pub articles: Vec<Made>,
    words: Words,
}

impl Library {
    /// So many articles.
    pub fn new(count: usize) -> Self {
        let words = Words::new();
        let mut numbers = Numbers(1);
        let articles = (0..count)
            .map(|number| {
                let mut some = |count: usize| words.some(count, &mut numbers);
                let title = format!("{} {number}", some(5));
                let mut body = format!("{}.\n\n## Steps\n\n", some(25));
                for step in 1..=STEPS {
                    body.push_str(&format!("{step}. {}.\n", some(12)));
                }
                Made { title, body }
            })
            .collect();
        Self { articles, words }
    }

    /// Writes each article into a file.
    pub fn write(&self, folder: &Path) {
        for (number, article) in self.articles.iter().enumerate() {
            let shelf = folder.join((number / 1000).to_string());
            if number % 1000 == 0 {
                std::fs::create_dir_all(&shelf).expect("a folder");
            }
            let text = format!("---\ntitle: {}\n---\n\n{}", article.title, article.body);
            std::fs::write(shelf.join(format!("{number}.md")), text).expect("written");
        }
    }

    /// So many questions: each has words of one article, and half as many of no matter which.
    pub fn questions(&self, count: usize) -> Vec<Question> {
        let mut numbers = Numbers(2);
        (0..count)
            .map(|at| {
                let article = at * self.articles.len() / count;
                let of = &self.articles[article];
                let own: Vec<&str> = of
                    .title
                    .split(' ')
                    .take(5)
                    .chain(of.body.split(' ').filter(|word| word.is_ascii()))
                    .collect();
                let mut asked = String::new();
                for _ in 0..8 {
                    let place = (numbers.next() * own.len() as f64) as usize;
                    asked.push_str(own[place].trim_matches(|c: char| !c.is_alphabetic()));
                    asked.push(' ');
                }
                asked.push_str(&self.words.some(4, &mut numbers));
                Question {
                    text: asked,
                    article,
                }
            })
            .collect()
    }
}

/// The vocabulary: the first words are the frequent ones.
struct Words {
    words: Vec<String>,
    /// How likely a word, or one before it, is.
    up_to: Vec<f64>,
}

impl Words {
    fn new() -> Self {
        let mut up_to = Vec::with_capacity(VOCABULARY);
        let mut all = 0.0;
        for rank in 0..VOCABULARY {
            all += 1.0 / (rank + 2) as f64;
            up_to.push(all);
        }
        Self {
            words: (0..VOCABULARY).map(word).collect(),
            up_to,
        }
    }

    fn some(&self, count: usize, numbers: &mut Numbers) -> String {
        let all = self.up_to[VOCABULARY - 1];
        let words: Vec<&str> = (0..count)
            .map(|_| {
                let drawn = numbers.next() * all;
                let place = self.up_to.partition_point(|&up_to| up_to <= drawn);
                self.words[place.min(VOCABULARY - 1)].as_str()
            })
            .collect();
        words.join(" ")
    }
}

/// A word that can be spoken, and that no stemmer shortens: it ends in a vowel that English endings do not have.
fn word(rank: usize) -> String {
    const CONSONANTS: &[u8] = b"bdfgklmnprtvz";
    const VOWELS: &[u8] = b"aiou";
    let mut word = String::new();
    let mut left = rank + 60;
    while left > 0 {
        word.push(char::from(CONSONANTS[left % CONSONANTS.len()]));
        left /= CONSONANTS.len();
        word.push(char::from(VOWELS[left % VOWELS.len()]));
        left /= VOWELS.len();
    }
    word.push('o');
    word
}
