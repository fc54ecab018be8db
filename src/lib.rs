//! Deskhand: an IT help desk that lives in a company's Discord.

pub mod clock;
pub mod config;
pub mod kb;
pub mod standin;
