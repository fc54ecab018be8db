//! Which section of an article is shown to who asked.

use super::encoded::Encoded;
use super::index::Index;
use super::query::Query;
use super::ranking::Hit;
use super::spoken::Unpacked;
use super::weights::WEIGHTS;

/// Weighs the words of each section against those of the best, and adds what its heading says of the question. What stands
/// before the first heading tells what an article is about, and seldom what to do.
pub(super) fn with_headings(sections: &mut Vec<f32>, query: &Query, said: &Unpacked) {
    let most = sections.iter().copied().fold(0.0, f32::max);
    let asked = query.asked();
    for ((heading, ..), section) in said.sections().zip(0..) {
        if sections.len() <= section {
            sections.push(0.0);
        }
        if most > 0.0 {
            sections[section] /= most;
        }
        if heading.is_empty() {
            sections[section] -= WEIGHTS.section_lead;
        }
        let is_in = |id: u32| heading.iter().any(|word| word.term() == id);
        let said = query.words().filter(|term| term.id.is_some_and(is_in));
        let said: f32 = said.map(|term| term.weight).sum();
        if asked > 0.0 {
            sections[section] += WEIGHTS.section_heading * said / asked;
        }
    }
}

impl Index {
    /// The section of a hit that is shown: its steps, where it is an article about one thing; otherwise what says most of what
    /// was asked, by its words and its meaning.
    pub(super) fn section_to_show(
        &self,
        encoded: Option<&Encoded>,
        query: &Query,
        hit: &Hit,
    ) -> usize {
        let place = hit.place as usize;
        if let Some(&Some(steps)) = self.steps.get(place) {
            return steps as usize;
        }
        let sense = encoded.zip(query.sense.as_deref());
        let near = sense.and_then(|(encoded, sense)| {
            let article = self.articles().get(place)?;
            encoded.sections(article, sense)
        });
        let (near, counts) = match (near, self.meanings()) {
            (Some(near), _) => (near, WEIGHTS.section_sense),
            (None, Some(meanings)) => {
                let near = meanings.sections(&query.meaning, place);
                (near, WEIGHTS.section_meaning)
            }
            (None, None) => (Vec::new(), 0.0),
        };
        let worth = |section: usize| {
            let words = hit.sections.get(section).copied().unwrap_or(0.0);
            let near = near.get(section).copied().unwrap_or(-1.0);
            words + counts * near
        };
        let sections = 0..hit.sections.len().max(near.len());
        // Of equals the first.
        let best = sections
            .rev()
            .max_by(|&one, &other| worth(one).total_cmp(&worth(other)));
        best.unwrap_or(0)
    }
}

#[cfg(test)]
mod tests {
    use crate::kb::encoded::tests::{Tiny, tiny};

    const HANDBOOK: &str =
        "## One\n\nnetwork\n\n## Two\n\nprinter paper\n\n## Three\n\nwireless badge";

    fn shown(office: &Tiny, question: &str) -> Option<String> {
        let answer = office.kb.answer(question);
        let first = answer.matches.first().expect("an article fits");
        first.extract.heading.clone()
    }

    #[test]
    fn the_section_that_has_the_words_is_shown_and_then_the_one_that_is_meant() {
        let office = tiny(&[
            ("handbook.md", "Handbook", HANDBOOK),
            ("other.md", "Other", "mail on holiday"),
        ]);
        assert_eq!(
            shown(&office, "the paper of the printer").as_deref(),
            Some("Two")
        );
        // "wifi" means wireless, and only the encoder knows.
        assert_eq!(shown(&office, "network wifi").as_deref(), Some("One"));
        office.read_all();
        assert_eq!(shown(&office, "network wifi").as_deref(), Some("Three"));
        assert_eq!(
            shown(&office, "the paper of the printer").as_deref(),
            Some("Two")
        );
    }

    #[test]
    fn what_only_says_what_the_article_is_about_comes_after_the_heading_that_was_asked_for() {
        let long = "Press the bin beside it, wait for the page, and confirm. ".repeat(20);
        let text = format!(
            "How to remove a theme.\n\n## Install one\n\nConfirm.\n\n## Remove a theme\n\n{long}"
        );
        let office = tiny(&[("themes.md", "Looks", &text)]);
        let question = "how do I remove a theme";
        assert_eq!(shown(&office, question).as_deref(), Some("Remove a theme"));
    }

    #[test]
    fn an_article_about_one_thing_shows_its_steps_and_a_handbook_what_was_asked() {
        let steps = "## Steps\n\n1. Press it.\n2. Wait.";
        let short = format!("## Why\n\nThe printer and its paper.\n\n{steps}");
        let more = (0..5).map(|at| format!("\n\n## Part {at}\n\nOf something else."));
        let long: String = std::iter::once(short.clone()).chain(more).collect();
        for (text, heading) in [(short, "Steps"), (long, "Why")] {
            let office = tiny(&[("printer.md", "Printer", &text)]);
            assert_eq!(shown(&office, "printer paper").as_deref(), Some(heading));
        }
    }
}
