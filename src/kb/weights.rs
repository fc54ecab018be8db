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

impl Field {
    /// The fields that say what an article is about, as bits.
    pub const NAMING: u8 = 1 << Field::Title as u8
        | 1 << Field::Headings as u8
        | 1 << Field::Tags as u8
        | 1 << Field::Asks as u8
        | 1 << Field::Aliases as u8;
}

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
    /// How slowly further occurrences stop adding.
    pub k1: f32,
    /// For one part of an article.
    pub part: [FieldWeight; FIELDS],
    pub part_k1: f32,
    /// A part has at most so many words.
    pub part_length: usize,
    /// What the best part adds to its article.
    pub parts: f32,
    /// What a pair of neighbours counts beside its words.
    pub pair: f32,
    /// What a word counts that had to be corrected.
    pub corrected: f32,
    /// What a repeated word of a question adds.
    pub repeated: f32,
}
const fn field(weight: f32, b: f32) -> FieldWeight {
    FieldWeight { weight, b }
}
pub(super) const WEIGHTS: Weights = Weights {
    whole: [
        field(6.0, 0.3),
        field(2.0, 0.4),
        field(2.0, 0.5),
        field(1.0, 0.3),
        field(3.0, 0.5),
        field(4.0, 0.3),
        field(1.0, 0.75),
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
    parts: 0.5,
    pair: 0.5,
    corrected: 0.7,
    repeated: 0.3,
};
