//! The forms of a major incident, and what a ticket shows of one.

use super::ticket::works_here;
use crate::discord::command::Who;
use crate::discord::line::Line;
use crate::discord::plain;
use crate::discord::reply::{Button, Field, Form, Size, Style};
use crate::discord::words::Words;
use crate::domain::ids::MajorNumber;
use crate::domain::major::{Major, REVIEW_AT_LEAST};
use crate::domain::people::Actor;
use crate::domain::ticket::{Opening, Ticket};

/// The longest status, in characters.
pub const STATUS: u16 = 1000;
/// The longest text of a review: all three fit into one message.
const REVIEW: u16 = 1700;

/// The form that declares one.
pub fn declaration(words: Words, line: Line, title: &str) -> Form {
    let long_enough = title.chars().count() >= Opening::TITLE_AT_LEAST;
    let title = if long_enough { title } else { "" };
    Form {
        line,
        title: words.form_major(),
        fields: vec![
            Field {
                name: "title",
                label: words.label_major_title(),
                size: Size::Short,
                value: plain::cut(title, Opening::TITLE_AT_MOST),
                placeholder: words.placeholder_major_title(),
                required: true,
                min: u16::try_from(Opening::TITLE_AT_LEAST).unwrap_or(1),
                max: u16::try_from(Opening::TITLE_AT_MOST).unwrap_or(100),
            },
            status_field(words),
        ],
    }
}

/// The form for a new status.
pub fn status(words: Words, line: Line, title: String) -> Form {
    Form {
        line,
        title,
        fields: vec![status_field(words)],
    }
}

fn status_field(words: Words) -> Field {
    Field {
        name: "status",
        label: words.label_major_status(),
        size: Size::Paragraph,
        value: String::new(),
        placeholder: words.placeholder_major_status(),
        required: true,
        min: 1,
        max: STATUS,
    }
}

/// The form of the review.
pub fn review(words: Words, number: MajorNumber) -> Form {
    let field = |name, label, placeholder| Field {
        name,
        label,
        size: Size::Paragraph,
        value: String::new(),
        placeholder,
        required: true,
        min: u16::try_from(REVIEW_AT_LEAST).unwrap_or(1),
        max: REVIEW,
    };
    Form {
        line: Line::new("major review").arg(number),
        title: words.form_major_review(number),
        fields: vec![
            field("cause", words.label_major_cause(), String::new()),
            field("timeline", words.label_major_timeline(), String::new()),
            field(
                "actions",
                words.label_major_actions(),
                words.placeholder_major_actions(),
            ),
        ],
    }
}

/// The way to make a ticket part of what runs, or to take it out, for those who may.
pub fn part_button(
    words: Words,
    ticket: &Ticket,
    running: &[Major],
    viewer: &Actor,
) -> Option<Button> {
    if !works_here(ticket, viewer) || !Who::SeniorsAndLeads.includes(viewer.standing) {
        return None;
    }
    let button = |label, number: MajorNumber, what| {
        let line = Line::new("major part")
            .arg(ticket.number)
            .arg(number)
            .arg(what);
        Button::new(label, Style::Secondary, line)
    };
    if let Some(of) = ticket.major {
        let major = running.iter().find(|major| major.id == of)?;
        let label = words.button_major_leave(major.number);
        return Some(button(label, major.number, "out"));
    }
    if ticket.confidential || !ticket.state.active() {
        return None;
    }
    let about = |major: &&Major| major.category == ticket.category;
    let major = running.iter().find(about).or_else(|| running.first())?;
    let label = words.button_major_join(major.number);
    Some(button(label, major.number, "in"))
}
