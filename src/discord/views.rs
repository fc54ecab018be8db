//! What commands show, where more than one of them shows it: an answer, an article, its steps, what was found, a ticket, a draft, a problem, a
//! promise, a resolution, shifts.
//!
//! A view makes a [`Post`](super::reply::Post) of values and changes nothing. What may be pressed is decided here by the
//! same rules that decide when it is pressed.

pub mod answer;
pub mod article;
pub mod article_draft;
pub mod clocks;
pub mod current;
pub mod draft;
pub mod export;
pub mod history;
pub mod kept;
pub mod knowledge;
pub mod learning;
pub mod major;
pub mod personal;
pub mod policy;
pub mod problem;
pub mod report;
pub mod resolution;
pub mod shifts;
pub mod ticket;
pub mod walk;
