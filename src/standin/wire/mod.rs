//! The world as Discord writes it: one serialiser per kind of object.
//!
//! REST answers and gateway events are made of the same objects, so there is one place for each shape. It knows the world's
//! objects and nothing of HTTP.

pub mod channel;
pub mod guild;
pub mod interaction;
pub mod message;
pub mod user;

use jiff::Timestamp;

/// An instant as Discord writes it: microseconds and an explicit zone.
pub fn instant(at: Timestamp) -> String {
    at.strftime("%Y-%m-%dT%H:%M:%S.%6f+00:00").to_string()
}
