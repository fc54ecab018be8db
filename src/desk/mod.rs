//! The desk: what happens between a request from Discord and its answer.

pub mod redact;
