//! What the commands about vendors have in common.

use super::work::line;
use crate::desk::Error;
use crate::discord::call::{Call, Input};
use crate::discord::command::{Opt, OptKind};
use crate::discord::plain;
use crate::discord::reply::{Choice, Field, Post, Reply, Select, Size};
use crate::domain::refusal::{Expected, Refusal};
use crate::domain::span;
use crate::domain::ticket::{Case, Ticket};

/// The option that names one of several cases.
pub(super) const CASE: Opt = Opt {
    name: "case",
    about: "The vendor's reference, where several vendors work on the ticket",
    kind: OptKind::Text { min: 1, max: 100 },
    required: false,
};

/// The longest reference, and the longest name, in characters.
pub(super) const NAME: u16 = 100;
/// The longest span that somebody types, in characters.
pub(super) const SPAN: u16 = 40;

/// The case that is meant, or the question which one.
pub(super) enum Meant {
    /// This one, by its number.
    Case(u32),
    /// Several could be.
    Ask(Reply),
}

/// Which case is meant: by the button, by the select, by its reference, or because there is only one.
pub(super) fn meant(call: &Call, path: &str, ticket: &Ticket) -> Result<Meant, Error> {
    let pressed = call.arg(1).and_then(|number| number.parse().ok());
    let chosen = call.values().first().and_then(|number| number.parse().ok());
    if let Some(number) = pressed.or(chosen) {
        return Ok(Meant::Case(number));
    }
    let number = ticket.number;
    if let Some(typed) = call.option("case") {
        let typed = typed.to_lowercase();
        let named = ticket
            .open_cases()
            .find(|case| case.reference.to_lowercase() == typed);
        return match named {
            Some(case) => Ok(Meant::Case(case.number)),
            None => Err(Refusal::NoOpenCase { number }.into()),
        };
    }
    let open: Vec<&Case> = ticket.open_cases().collect();
    match open.as_slice() {
        [] => Err(Refusal::NoOpenCase { number }.into()),
        [only] => Ok(Meant::Case(only.number)),
        // By option alone nobody can be asked: the texts would be lost.
        _ if call.option("text").is_some() => Err(Refusal::WhichCase { number }.into()),
        several => {
            let options = several.iter().map(|case| Choice {
                label: plain::cut(&plain::one_line(&case.name), 100),
                value: case.number.to_string(),
                about: Some(plain::cut(&plain::one_line(&case.reference), 100)),
                chosen: false,
            });
            let select = Select {
                line: line(call, path, ticket),
                placeholder: call.words.placeholder_case(),
                options: options.take(25).collect(),
                min: 1,
                max: 1,
            };
            let post = Post::text(call.words.case_which(number)).with_select(select);
            Ok(Meant::Ask(Reply::Say(post)))
        }
    }
}

/// An instant that was given as a span from now; nothing where it was left out.
pub(super) fn after(call: &Call, typed: &str) -> Result<Option<jiff::Timestamp>, Refusal> {
    if typed.trim().is_empty() {
        return Ok(None);
    }
    match span::read(typed) {
        Some(span) => Ok(Some(call.now + span)),
        None => Err(Refusal::BadInput {
            field: "in".to_owned(),
            expected: Expected::Span,
        }),
    }
}

/// A field of a form about a vendor.
pub(super) fn field(
    name: &'static str,
    label: String,
    placeholder: String,
    size: Size,
    required: bool,
    max: u16,
) -> Field {
    Field {
        name,
        label,
        size,
        value: String::new(),
        placeholder,
        required,
        min: u16::from(required),
        max,
    }
}

/// Whether what was typed came by a form.
pub(super) fn by_form(call: &Call) -> bool {
    matches!(call.input, Input::Submit { .. })
}
