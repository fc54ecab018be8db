//! What texts mean, as vectors: close ones mean much the same, whatever their words.
//!
//! Read `wordpiece` first (from text to tokens), then `table` (a vector for each token), `encoder` (a model that reads
//! the whole text), and `learn`, which makes a table of what an encoder knows.

mod aside;
mod encoder;
mod learn;
mod meanings;
mod pieces;
mod table;
mod wordpiece;

pub(super) use aside::{Aside, Slot};
pub use encoder::{Encoder, FITTED, FITTED_MODELS, FITTED_VOCABULARY, Fault, MODEL, VOCABULARY};
pub use learn::{Progress, learn};
pub(super) use meanings::{Likeness, Meanings, NO_SECTION, keep_likest};
pub(super) use pieces::MARK;
pub use pieces::Vectors;
pub(super) use table::rounded;
pub use table::{NoTable, Table, Unusable};
