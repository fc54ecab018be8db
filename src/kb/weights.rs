//! What weighs how much. Every number that was fitted stands here or in `confidence`.

/// A part of an article that words are counted in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Field {
    Title,
    Summary,
    Headings,
    Tags,
    Asks,
    Aliases,
    Body,
}

/// How many fields there are.
pub(super) const FIELDS: usize = 7;

/// How a field counts.
#[derive(Debug, Clone, Copy)]
pub(super) struct FieldWeight {
    /// One occurrence here is worth so many in the body.
    pub weight: f32,
    /// How much a longer field makes each occurrence count less: 0 not at all, 1 in proportion.
    pub b: f32,
}

/// The weights of the ranking.
#[derive(Debug, Clone)]
pub(super) struct Weights {
    /// For an article as a whole, in the order of [`Field`].
    pub whole: [FieldWeight; FIELDS],
    /// How slowly further occurrences stop adding, in an article.
    pub k1: f32,
    /// For one part of an article, in the order of [`Field`].
    pub part: [FieldWeight; FIELDS],
    /// How slowly further occurrences stop adding, in a part.
    pub part_k1: f32,
    /// A part has at most so many words.
    pub part_length: usize,
    /// What the words of an article count beside its meaning.
    pub words: f32,
    /// An article that shares no word with a question is considered from this share of the likest one's likeness on.
    pub wordless: f32,
    /// What the best part adds to its article.
    pub parts: f32,
    /// What likeness to the title, or to one of the questions of an article, adds to it.
    pub echo: f32,
    /// So many of the best articles are compared for likeness.
    pub shortlist: usize,
    /// What a pair of neighbours counts beside its words.
    pub pair: f32,
    /// What another name of a thing counts where the one that was used is known too. It was not fitted: it says that who
    /// asked in an article's own words is answered from that one first.
    pub alias: f32,
    /// What a word counts that had to be corrected.
    pub corrected: f32,
    /// What a repeated word of a question adds.
    pub repeated: f32,
    /// How much more a part with numbered steps is worth when it is chosen what to show …
    pub steps: f32,
    /// … what a section's heading counts then, if all of the question is in it, beside its words, which count one at most, …
    pub section_heading: f32,
    /// … what is taken away from what has no heading, …
    pub section_lead: f32,
    /// … what a section's meaning counts, by the table, …
    pub section_meaning: f32,
    /// … and what it counts by the encoder.
    pub section_sense: f32,
}

/// The weights in use. They were set on two collections: 216 questions with known answers (56 posts of a help forum, 160
/// rephrasings of frequent questions) over 217 articles of the same two sources, and the questions (`asks`) of this
/// project's own articles, each asked after it had been taken out of its article. One weight was moved at a time, and a
/// move was kept only if neither collection lost by it. The optimum is flat: halving or doubling most of them costs less
/// than two questions in a hundred. What words count beside meaning was looked at again when the table changed: from 0.5 to
/// 1.0 no collection moves by more than four in a hundred, and not both the same way.
///
/// Those that choose a section were set on 524 headings of those articles. Each was asked with its title after it had been
/// taken out, which shows the right section of 49 %, with the encoder of 57 %; and as half of its words and of the title's, at
/// random, with the headings in their places: 66 %, and the same. Of the seven questions of which somebody wrote down the
/// section, and whose article is found, it is four, and three. With words alone, and steps three times their worth, it was 37 %
/// of the first and one of the seven. More of meaning harms the headings.
pub(super) const WEIGHTS: Weights = Weights {
    whole: [
        field(6.0, 0.3),  // title
        field(2.0, 0.4),  // summary
        field(2.0, 0.5),  // headings
        field(2.0, 0.3),  // tags
        field(1.0, 0.5),  // asks: few, because each also counts by its likeness
        field(4.0, 0.3),  // aliases
        field(1.0, 0.75), // body
    ],
    k1: 2.0,
    part: [
        field(1.0, 0.0),
        field(0.0, 0.0),
        field(2.0, 0.0),
        field(0.0, 0.0),
        field(0.0, 0.0),
        field(0.0, 0.0),
        field(1.0, 0.75),
    ],
    part_k1: 2.0,
    part_length: 160,
    words: 0.6,
    wordless: 0.95,
    parts: 0.3,
    echo: 0.25,
    shortlist: 50,
    pair: 0.3,
    alias: 0.8,
    corrected: 0.7,
    repeated: 0.3,
    steps: 1.2,
    section_heading: 1.0,
    section_lead: 0.3,
    section_meaning: 1.5,
    section_sense: 5.0,
};

const fn field(weight: f32, b: f32) -> FieldWeight {
    FieldWeight { weight, b }
}
