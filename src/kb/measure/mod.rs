//! How well the knowledge base answers: questions whose answers are known, what it said to each, and the figures.
//!
//! Read `questions` first, then `figures` with `ranking`; `misspell` makes the same questions harder to read.

mod figures;
mod misspell;
mod questions;
mod ranking;

pub use figures::{Abstention, Decision, Figures, Miss, Reach, figures, misses};
pub use misspell::misspell;
pub use questions::{Asked, Fault, Found, Reply, read, reply};
