//! What every file of this room needs to turn columns into values and back.

use jiff::Timestamp;
use serde::de::DeserializeOwned;

use super::Error;

/// An instant from its column.
pub fn at(table: &'static str, ms: i64) -> Result<Timestamp, Error> {
    Timestamp::from_millisecond(ms).map_err(|_| bad(table, format!("{ms} is no instant")))
}

/// An instant that may be missing.
pub fn maybe_at(table: &'static str, ms: Option<i64>) -> Result<Option<Timestamp>, Error> {
    ms.map(|ms| at(table, ms)).transpose()
}

/// A Discord id from its column. They stay below 2^63, so nothing is lost either way.
pub fn id(column: i64) -> u64 {
    column.cast_unsigned()
}

/// A Discord id for its column.
pub fn column(id: u64) -> i64 {
    id.cast_signed()
}

/// A value that is kept as JSON.
pub fn json<T: DeserializeOwned>(table: &'static str, text: &str) -> Result<T, Error> {
    serde_json::from_str(text).map_err(|error| bad(table, error.to_string()))
}

/// A value of an enumeration that is kept by its key.
pub fn known<T>(table: &'static str, key: &str, value: Option<T>) -> Result<T, Error> {
    value.ok_or_else(|| bad(table, format!("unknown value {key:?}")))
}

/// A row that this program cannot have written.
pub fn bad(table: &'static str, what: String) -> Error {
    Error::BadRow { table, what }
}
