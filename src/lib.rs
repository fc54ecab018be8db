//! Deskhand: an IT help desk that lives in a company's Discord.
//!
//! The tour. Read the rooms in this order; each may use those before it, never those after it:
//!
//! * [`clock`], [`config`], [`invite`]: leaves. Time, settings, permissions. They use no room and every room may use them.
//! * [`domain`]: the rules: tickets and what can be done to them, by whom, and who is told.
//! * [`kb`]: the knowledge base: reads Markdown, indexes it, answers or says that it cannot.
//! * [`store`]: SQLite. Rows on one side, values of the domain on the other.
//! * [`desk`]: what the desk does: one transaction per verb, through one door.
//! * [`discord`]: everything that is heard from Discord and said to it: the gateway, the commands, the words, deliveries.
//! * [`jobs`]: what happens by itself: the outbox, timers, reconciliation.
//! * [`standin`]: a small Discord, for `deskhand try` and the tests. It stands outside the line: it uses only the
//!   clock, and only [`app`] and the tests use it.
//! * [`app`]: puts the rooms together. `main`, with `cli`, is the command line.
//!
//! What holds everywhere (`tests/architecture/` keeps it):
//!
//! 1. The domain is pure: no async, no clock, no I/O.
//! 2. Each foreign crate with a room of its own is named in that room only.
//! 3. The stand-in shares no code with the bot: a mistake that both shared would not show.
//! 4. Only the clock reads or waits for time; elsewhere `now` is a parameter.
//! 5. Tickets change through one door, in one transaction, and no network is awaited inside it.
//! 6. Only the outbox delivers: a command returns a reply and cannot announce anything.

pub mod app;
pub mod clock;
pub mod config;
pub mod desk;
pub mod discord;
pub mod domain;
pub mod invite;
pub mod jobs;
pub mod kb;
pub mod standin;
pub mod store;

#[cfg(test)]
#[path = "../tests/support/tiny_encoder.rs"]
mod tiny_encoder;
