//! Many articles: counted less closely, and found nevertheless.

use super::desk;
use crate::kb::index::Index;
use crate::kb::ranking::Hit;
use crate::kb::vectors::Table;
use crate::kb::{ArticleId, Kb, Reader, words};
use std::fs;
use std::path::Path;

fn ranked(index: &Index, question: &str, reader: Reader) -> Vec<Hit> {
    let query = index.look_up(question, &words::words(question));
    index.rank(&query, 10, reader)
}

#[test]
fn what_is_counted_less_closely_comes_to_the_same_once_it_is_looked_up() {
    let own = Kb::open(&Path::new(env!("CARGO_MANIFEST_DIR")).join("kb"));
    let (_folder, small) = desk();
    for kb in [own, small] {
        let index = |many| Index::whole(kb.articles(), Some(Table::built_in()), many);
        let (few, many) = (index(false), index(true));
        let mut asked = 0;
        for question in kb.articles().iter().flat_map(|article| &article.asks) {
            let [few, many] = [&few, &many].map(|index| ranked(index, question, Reader::ALL));
            let (Some(first), Some(other)) = (few.first(), many.first()) else {
                panic!("nothing is found for {question}");
            };
            assert_eq!(first.place, other.place, "{question}");
            assert_eq!(first.sections.len(), other.sections.len(), "{question}");
            for (one, other) in first.sections.iter().zip(&other.sections) {
                assert!((one - other).abs() < 0.05 * one.max(1.0), "{question}");
            }
            assert!((first.echo - other.echo).abs() < 1e-4, "{question}");
            // Words, pairs and parts are looked up to the last of them; only pairs that share a place count a little less.
            let share = other.score / first.score;
            assert!((0.97..1.001).contains(&share), "{question}: {share}");
            asked += 1;
        }
        assert!(asked > 10);
    }
}

/// A folder of more articles than are counted closely: each of two words of its own, and every hundredth for technicians.
fn crowd(folder: &Path) -> usize {
    const WORDS: [&str; 10] = [
        "bazaar", "cobalt", "dynamo", "fennel", "girder", "hornet", "jigsaw", "lagoon", "mantle",
        "nozzle",
    ];
    let count = 5_000;
    for number in 0..count {
        let tier = if number % 100 == 7 { "tier: L2\n" } else { "" };
        let words: Vec<String> = (0..4)
            .map(|digit| {
                let word = WORDS[number / 10_usize.pow(digit) % 10];
                format!("{word}{}", ["a", "e", "i", "o"][digit as usize])
            })
            .collect();
        let [one, two, three, four] = &words[..] else {
            unreachable!("there are four")
        };
        let text = format!(
            "---\ntitle: {one} {two}\n{tier}---\nOf {three} printers.\n\n## Steps\n\n1. Open {four}.\n2. Wait.\n"
        );
        let text = text.replace("title: ", &format!("title: Number {number} "));
        fs::write(folder.join(format!("{number}.md")), text).expect("written");
    }
    count
}

#[test]
fn many_articles_answer_by_their_words_until_it_is_known_what_they_mean() {
    let folder = tempfile::tempdir().expect("a folder");
    let count = crowd(folder.path());
    let kb = Kb::open_soon(folder.path(), Some(Table::built_in()));
    assert_eq!(kb.len(), count);
    let asked = "jigsawa cobalte nozzlei printers and fennelo";
    // Numbers 0 to 9 of the list, from the last digit on.
    let expected = ArticleId::new("3916");
    let by_words = kb.answer(asked);
    assert_eq!(by_words.matches[0].article.id, expected);
    assert_eq!(by_words.matches[0].evidence.likeness, None);
    assert_eq!(
        by_words.matches[0].extract.heading.as_deref(),
        Some("Steps")
    );
    kb.fill_in();
    let answer = kb.answer(asked);
    // The pieces that made-up words are cut into mean something, so another one may come before it.
    let is_expected = |id: &ArticleId| *id == expected;
    let mut first = answer.matches.iter().take(2);
    assert!(first.any(|found| is_expected(&found.article.id)));
    assert!(answer.matches[0].evidence.likeness.is_some());
    // Read again, it is answered from what was read before until all is known of what is read now.
    fs::write(
        folder.path().join("3916.md"),
        "---\ntitle: Something else\n---\nNothing.\n",
    )
    .expect("written");
    kb.reload();
    let answer = kb.answer(asked);
    let mut found = answer.matches.iter().map(|found| &found.article.id);
    assert!(!found.any(is_expected));
    assert!(answer.matches[0].evidence.likeness.is_some());
}

#[test]
fn among_many_articles_too_nobody_is_shown_what_is_not_for_them() {
    let folder = tempfile::tempdir().expect("a folder");
    crowd(folder.path());
    let kb = Kb::open_soon(folder.path(), None);
    let asked = "lagoona bazaare printers";
    let for_technicians = |reader| {
        let found = kb.search(reader, asked, 300);
        assert!(found.len() > 200, "{}", found.len());
        found
            .iter()
            .filter(|one| one.article.tier.is_some())
            .count()
    };
    assert_eq!(for_technicians(Reader::EVERYBODY), 0);
    // Each of these has both words, and so comes before all others.
    assert_eq!(for_technicians(Reader::ALL), 50);
}
