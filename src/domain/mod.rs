//! The rules of the desk: pure and synchronous. No clock, no I/O, and nothing foreign but serde, a date library, and
//! thiserror. `now` is a parameter, always last.
//!
//! To be read in this order: the words ([`ids`], [`tier`], [`people`], [`priority`], [`category`]), the thing itself
//! ([`state`], [`ticket`] and its verbs, [`handover`]; beside it [`problem`] and [`major`]), who may do what ([`rules`], [`refusal`]), whose turn it is
//! ([`roster`]), when the desk is open and until when what is promised ([`calendar`], [`clocks`]), what happened
//! ([`event`]), who is told ([`notice`]), what has to be done for it on Discord ([`errand`]), and what is kept of the talk
//! around it ([`record`]). Beside all that: how somebody follows an article's steps ([`walk`]).

pub mod ids;
pub mod lines;

pub mod tier;

pub mod people;

pub mod priority;

pub mod category;

pub mod state;
pub mod stays;

pub mod ticket;

pub mod handover;

pub mod problem;

pub mod learning;
pub mod major;

pub mod rules;

pub mod refusal;

pub mod report;
pub mod roster;
pub mod rota;

pub mod similar;

pub mod span;

pub mod vendor;

pub mod waited;
pub mod walk;

pub mod article;
pub mod board;
pub mod calendar;

pub mod rungs;

pub mod clocks;

pub mod event;

pub mod notice;

pub mod digest;
pub mod errand;

pub mod record;
