//! The product, told as stories: the whole desk over a real connection to the stand-in.
//!
//! `harness` says how a story is told and what must hold after each. Then one file per story.

mod harness;

mod articles;
mod asking;
mod assessment;
mod board;
mod circle;
mod clocks;
mod confidential;
mod course;
mod deliveries;
mod digests;
mod duty;
mod ending;
mod escalation;
mod gaps;
mod gateway;
mod intents;
mod lead;
mod learning;
mod lines;
mod links;
mod lists;
mod majors;
mod mentions;
mod opening;
mod problems;
mod promises;
mod publishing;
mod refusals;
mod reports;
mod resolving;
mod secrets;
mod set_up;
mod shifts;
mod start;
mod steps;
mod talking;
mod threads;
mod transcripts;
mod turns;
mod unmoved;
mod urgent;
mod waiting;
mod walks;
mod whole_life;
mod writing;
