//! Deskhand: an IT help desk that lives in a company's Discord.

pub mod clock;
pub mod desk;
pub mod discord;
pub mod domain;
pub mod kb;
pub mod standin;
