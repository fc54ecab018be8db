//! Where Discord says no, and in which words.
//!
//! Pure functions over request bodies: they know Discord's limits and error codes, and nothing of the world. Rules that need
//! the world (is the thread archived, does this role stand higher) are in the world's verbs. Read `refusal` and `form` first.

pub mod choices;
pub mod commands;
pub mod components;
pub mod embeds;
pub mod form;
mod layout;
pub mod message;
pub mod modal;
pub mod permissions;
pub mod refusal;
mod selects;

pub use form::{Form, length};
pub use refusal::Refused;
