//! What a token looks like, to tell one from other texts without showing a piece of it.

use data_encoding::{BASE64_NOPAD, BASE64URL_NOPAD};

/// What stands in a fault where a token was found.
pub(super) const A_TOKEN: &str = "what looks like the token itself (***)";

/// Where a person finds the token.
pub(super) const WHERE_THE_TOKEN_IS: &str = "open https://discord.com/developers/applications, choose your application, then Bot, \
     then Reset Token, and copy what is shown there once";

/// What is wrong with a token's shape, without a piece of it. The first part is the application's id in base 64.
pub(super) fn fault_of_token(token: &str) -> Option<String> {
    let parts: Vec<&str> = token.split('.').collect();
    let stray = token
        .chars()
        .any(|c| !(c.is_ascii_alphanumeric() || "._-=+/".contains(c)));
    if stray {
        Some("a text with characters that no token has, such as quotes or spaces".to_owned())
    } else if parts.len() == 1 {
        Some(format!(
            "one part of {} characters without a dot; client secrets, public keys and ids look like this",
            token.len()
        ))
    } else if parts.len() != 3 {
        Some(format!("{} parts joined by dots", parts.len()))
    } else if parts.iter().any(|part| part.is_empty()) {
        Some("three parts, but one of them is empty".to_owned())
    } else if application_id_of(token).is_none() {
        Some(
            "three parts, but the first is not an application's id; is a piece missing?".to_owned(),
        )
    } else {
        None
    }
}

pub(super) fn application_id_of(token: &str) -> Option<u64> {
    let first = token.split('.').next()?.trim_end_matches('=').as_bytes();
    let bytes = BASE64URL_NOPAD
        .decode(first)
        .or_else(|_| BASE64_NOPAD.decode(first))
        .ok()?;
    std::str::from_utf8(&bytes).ok()?.parse().ok()
}

/// Whether `text` has a token in it, and so must not be shown, wherever it was written.
pub(super) fn looks_like_a_token(text: &str) -> bool {
    text.split(|c: char| !(c.is_ascii_alphanumeric() || "._-=".contains(c)))
        .any(|word| word.split('.').count() == 3 && word.len() >= 50)
}

/// A value as a fault shows it: quoted, short, and never a token.
pub(super) fn shown(value: &str) -> String {
    if looks_like_a_token(value) {
        return A_TOKEN.to_owned();
    }
    const LONGEST: usize = 60;
    match value.char_indices().nth(LONGEST) {
        Some((end, _)) => format!("{:?}…", &value[..end]),
        None => format!("{value:?}"),
    }
}
