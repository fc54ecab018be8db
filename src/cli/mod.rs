//! The command line: what can be typed after `deskhand`, and what is done at the terminal itself.
//!
//! Read `arguments` first. `terminal` is what is printed, `progress` the bar of what takes longer; `measuring` is `ask --batch` and
//! `kb eval`, `learning` is `kb learn`, `adding` with `wheel` is `kb encoder add`, and `encoding` lets the encoder read before
//! anybody is answered. What runs the desk is the library's.

pub mod adding;
pub mod arguments;
pub mod encoding;
pub mod learning;
pub mod measuring;
mod progress;
pub mod terminal;
mod wheel;

/// The code that the program ends with where it failed, or where what was checked has errors.
pub const FAILED: u8 = 1;
