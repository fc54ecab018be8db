//! A ticket that is being resolved: what is chosen before the form can open, and the form.

use std::sync::Arc;

use super::article;
use super::draft::{go_on, named};
use crate::desk::Draft;
use crate::discord::line::Line;
use crate::discord::plain;
use crate::discord::reply::{Choice, Embed, Field, Form, Post, Select, Size};
use crate::discord::words::Words;
use crate::discord::words::parts::colour;
use crate::domain::ids::DraftId;
use crate::domain::rules::Permit;
use crate::domain::ticket::{Code, LESSON_AT_LEAST, RESOLUTION_AT_LEAST, Ticket};
use crate::kb::Article;

/// How a select and a line name that no article fits. No article's file is called so.
pub const NONE_FITS: &str = "-";
/// How they name that a new one is begun. No file is called so either.
pub const DRAFT_ONE: &str = "+";
/// The longest account of what was done, in characters.
const DONE: u16 = 1500;
/// The longest lesson, in characters.
const LESSON: u16 = 1000;
/// The longest reason.
const REASON: u16 = 300;

/// The draft with its two selects, offering these articles. `note` stands above it: what is still missing.
pub fn choices(
    words: Words,
    id: DraftId,
    draft: &Draft,
    ticket: &Ticket,
    offered: &[Arc<Article>],
    may_draft: bool,
    note: Option<String>,
) -> Post {
    let line = line(id, ticket);
    let codes = Code::ALL
        .into_iter()
        .map(|code| Choice {
            label: words.code(code),
            value: code.key().to_owned(),
            about: None,
            chosen: draft.code == Some(code),
        })
        .collect();
    let chosen = draft.article.as_deref();
    let none = Choice {
        label: words.choice_no_article(),
        value: NONE_FITS.to_owned(),
        about: Some(words.choice_no_article_about()),
        chosen: chosen == Some(""),
    };
    let new = may_draft.then(|| Choice {
        label: words.choice_draft(),
        value: DRAFT_ONE.to_owned(),
        about: Some(words.choice_draft_about()),
        chosen: chosen == Some(DRAFT_ONE),
    });
    let articles = offered
        .iter()
        .map(|article| Choice {
            label: plain::cut(&article.title, 100),
            value: article::value(&article.id),
            about: None,
            chosen: chosen == Some(article.id.as_str()),
        })
        .chain(new)
        .chain([none])
        .collect();
    let select = |key: &str, placeholder, options| Select {
        line: line.clone().arg(key),
        placeholder,
        options,
        min: 1,
        max: 1,
    };
    Post {
        text: note.unwrap_or_default(),
        ..Post::embed(Embed {
            title: Some(words.resolve_title(ticket.number)),
            description: Some(words.resolve_intro()),
            colour: Some(colour::OPEN),
            ..Embed::default()
        })
    }
    .with_select(select("code", words.placeholder_code(), codes))
    .with_select(select("article", words.placeholder_article(), articles))
    .with_buttons(go_on(words, &line))
}

/// What still has to be chosen, as a sentence; nothing when the form can open.
pub fn missing(words: Words, draft: &Draft) -> Option<String> {
    let missing: Vec<String> = [
        draft.code.is_none().then(|| words.missing_code()),
        draft.article.is_none().then(|| words.missing_article()),
    ]
    .into_iter()
    .flatten()
    .collect();
    (!missing.is_empty()).then(|| words.resolve_missing(&words.all_of(&missing)))
}

/// The form: what was done, why no article fits where none was chosen, and a reason where one is owed.
pub fn form(
    words: Words,
    line: Line,
    draft: &Draft,
    ticket: &Ticket,
    permit: Permit,
    reason: &str,
) -> Form {
    let mut fields = vec![Field {
        name: "done",
        label: words.label_done(),
        size: Size::Paragraph,
        value: String::new(),
        placeholder: words.placeholder_done(),
        required: true,
        min: RESOLUTION_AT_LEAST as u16,
        max: DONE,
    }];
    let short = |name, label, placeholder, value: &str| Field {
        name,
        label,
        size: Size::Short,
        value: plain::cut(value, usize::from(REASON)),
        placeholder,
        required: true,
        min: 1,
        max: REASON,
    };
    if draft.article.as_deref().is_none_or(str::is_empty) {
        let (label, placeholder) = (words.label_why_none(), words.placeholder_why_none());
        fields.push(short("why_none", label, placeholder, ""));
    }
    if ticket.owes_lesson() {
        fields.push(Field {
            name: "lesson",
            label: words.label_lesson(),
            size: Size::Paragraph,
            value: String::new(),
            placeholder: words.placeholder_lesson(),
            required: true,
            min: LESSON_AT_LEAST as u16,
            max: LESSON,
        });
    }
    if permit.reason_needed {
        let (label, placeholder) = (words.label_lead_reason(), words.placeholder_lead_reason());
        fields.push(short("reason", label, placeholder, reason));
    }
    Form {
        line,
        title: words.form_resolve(ticket.number),
        fields,
    }
}

/// The line of a draft's selects, buttons and form.
pub fn line(id: DraftId, ticket: &Ticket) -> Line {
    Line::new("work resolve")
        .arg(named(id))
        .version(ticket.version)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_missing_is_named() {
        let words = Words::of("en");
        let mut draft = Draft::default();
        assert_eq!(
            missing(words, &draft).as_deref(),
            Some("One thing first: choose how it ended and an article, or that none fits.")
        );
        draft.code = Some(Code::Fixed);
        draft.article = Some(String::new());
        assert_eq!(missing(words, &draft), None);
    }
}
