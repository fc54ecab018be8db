//! What goes along when nobody takes a ticket and it goes to the next tier by itself.

use jiff::{SignedDuration, SignedDurationRound, Unit};

use crate::domain::handover::HandOverTexts;
use crate::domain::rungs::Page;
use crate::domain::ticket::Ticket;

/// What the next tier is asked to do.
const ASKED: &str = "Take it, or send it back with a reason.";
/// What the requester was told by then.
const TOLD: &str =
    "Nothing yet by a person. Their thread says that it went to you, with all that they wrote.";
/// Where nobody has written down anything.
const NOTHING: &str = "Nothing that the desk knows of.";

/// What the desk knows of `ticket`, for a tier that is handed it because nobody took it. It reads as a person's hand-over does,
/// and is kept as one.
pub(super) fn hand_over(ticket: &Ticket, page: &Page) -> HandOverTexts {
    let Page { priority, tier, .. } = page;
    let waited = minutes(page.waited);
    let away = match page.late {
        Some(_) => " The desk was away for a part of that.",
        None => "",
    };
    let before = match &ticket.pending {
        Some(pending) => format!(" It had come from {}: {}", pending.from, pending.summary),
        None => String::new(),
    };
    let or_nothing = |text: &str| {
        let text = text.trim();
        if text.is_empty() { NOTHING } else { text }.to_owned()
    };
    HandOverTexts {
        summary: format!(
            "Nobody at {tier} has taken it for {waited}, and it is {priority}, so it comes to you by itself.{away} In the requester's words: {}{before}",
            ticket.title
        ),
        tried: or_nothing(&ticket.tried),
        findings: or_nothing(&ticket.body),
        asked: ASKED.to_owned(),
        told: TOLD.to_owned(),
    }
}

fn minutes(waited: SignedDuration) -> String {
    let round = SignedDurationRound::new().smallest(Unit::Minute);
    let minutes = waited.round(round).unwrap_or(waited).as_mins();
    match (minutes / 60, minutes % 60) {
        (0, minutes) => format!("{minutes} minutes"),
        (hours, minutes) => format!("{hours} h {minutes} min"),
    }
}
