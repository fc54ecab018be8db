//! Discord: everything that is heard from it and said to it. The only room that names serenity.
//!
//! A command is data ([`command`], `commands/`), and one way leads to it from a slash command, a button, a select, a
//! form, a direct message or a mention: the gateway makes a [`call::Call`] of what came in, checks who may, runs the
//! command, and answers with the [`reply::Reply`] it returned. A command holds no handle to Discord, so it cannot
//! announce anything: what others are told is an errand of the outbox, done by `deliver`.
//!
//! To be read in this order: the words of the room ([`command`], [`mod@line`], [`call`], [`reply`]), how a reply becomes a message
//! ([`post`], [`plain`], [`words`]), what is shown by more than one command ([`views`]), the commands ([`commands`]), what is known of a server ([`server`]).

pub mod api;
mod board;
pub mod call;
pub mod cards;
pub mod command;
pub mod commands;
pub mod connect;
pub mod deliver;
mod digest;
pub mod files;
pub mod gateway;
pub mod heard;
pub mod layout;
pub mod line;
pub mod permissions;
mod pictures;
pub mod plain;
pub mod post;
pub mod reply;
pub mod server;
pub mod survey;
pub mod transcript;
pub mod views;
pub mod words;

pub use connect::Connection;
pub use gateway::Gateway;
