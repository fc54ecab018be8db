//! What the commands about duty share.

use crate::desk::{DutyChange, Error};
use crate::discord::call::Call;
use crate::discord::line::Line;
use crate::discord::reply::{Button, Post, Style};
use crate::discord::words::Words;
use crate::domain::ids::{RotaId, UserId};
use crate::domain::notice::StillOpen;
use crate::domain::refusal::{Expected, Refusal};

/// The message with what must be handed over, and how much stays.
pub(super) fn with_what_is_left(words: Words, post: Post, change: &DutyChange) -> Post {
    let urgent = change.to_hand_over.iter();
    let urgent: Vec<StillOpen> = urgent.map(|ticket| StillOpen::of(ticket, false)).collect();
    words.with_hand_over_list(post, &urgent, change.others)
}

/// A button that only leads on.
pub(super) fn to(label: String, path: &str) -> Button {
    Button::new(label, Style::Secondary, Line::new(path))
}

/// Who was named in that option.
pub(super) fn person(call: &Call, option: &str) -> Result<Option<UserId>, Error> {
    let Some(id) = call.option(option) else {
        return Ok(None);
    };
    let id = id.parse().map_err(|_| Refusal::BadInput {
        field: option.to_owned(),
        expected: Expected::OneOfTheChoices,
    })?;
    Ok(Some(UserId(id)))
}

/// Who was chosen in a list.
pub(super) fn chosen(call: &Call) -> Result<Option<UserId>, Error> {
    let Some(id) = call.values().first() else {
        return Ok(None);
    };
    Ok(Some(UserId(id.parse().map_err(|_| Refusal::StaleButton)?)))
}

/// The shift that a button or select is about: `r7`.
pub(super) fn rota(arg: &str) -> Result<RotaId, Error> {
    let id = arg.strip_prefix('r').and_then(|id| id.parse().ok());
    Ok(id.ok_or(Refusal::StaleButton)?)
}
