//! A small Discord.
