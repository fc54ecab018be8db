//! An article that is being written, a page of them, and the form that changes one.

use jiff::Timestamp;

use crate::desk::ArticlePage;
use crate::discord::line::Line;
use crate::discord::plain;
use crate::discord::reply::{
    Button, Choice, Embed, Field, Form, Post, Select, Size, Style, Upload,
};
use crate::discord::words::Words;
use crate::discord::words::parts::colour;
use crate::domain::article::ArticleDraft;
use crate::domain::ticket::Opening;
use crate::kb::file_of;

/// So much of a title stands in a list, in characters.
const LISTED_TITLE: usize = 70;

/// One, as the file that it would be, and what can be done with it.
pub fn draft(words: Words, draft: &ArticleDraft, now: Timestamp) -> Post {
    let category = words.category(draft.category());
    let about = words.article_draft_about(&category, &writers(draft), draft.changed_at);
    let (name, text) = file_of(draft, now);
    let line = |path| Line::new(path).arg(draft.number).version(draft.version);
    Post::embed(Embed {
        title: Some(words.article_draft_title(draft.number, &plain::shown_line(&draft.title))),
        description: Some(format!("{about}\n{}", words.article_draft_file())),
        colour: Some(colour::OPEN),
        ..Embed::default()
    })
    .with_file(Upload {
        name,
        bytes: text.into_bytes().into(),
        about: None,
    })
    .with_buttons(vec![
        Button::new(words.button_write_draft(), Style::Primary, line("kb write")),
        Button::new(words.button_drop_draft(), Style::Danger, line("kb drop")),
        Button::new(
            words.button_drafts(),
            Style::Secondary,
            Line::new("kb draft").arg("all"),
        ),
    ])
}

fn writers(draft: &ArticleDraft) -> String {
    let writers: Vec<String> = draft
        .writers
        .iter()
        .map(|who| format!("<@{who}>"))
        .collect();
    writers.join(", ")
}

/// A page of them.
pub fn list(words: Words, page: &ArticlePage) -> Post {
    let title = |draft: &ArticleDraft| plain::cut(&plain::one_line(&draft.title), LISTED_TITLE);
    let lines: Vec<String> = page
        .drafts
        .iter()
        .map(|draft| {
            let title = plain::shown_line(&title(draft));
            words.article_drafts_line(draft.number, &title, &writers(draft), draft.changed_at)
        })
        .collect();
    let options = page.drafts.iter().map(|draft| Choice {
        label: words.ticket_title(draft.number, &title(draft)),
        value: draft.number.to_string(),
        about: None,
        chosen: false,
    });
    let mut post = Post::embed(Embed {
        title: Some(words.article_drafts_title(page.total)),
        description: Some(lines.join("\n")),
        colour: Some(colour::QUIET),
        ..Embed::default()
    })
    .with_select(Select {
        line: Line::new("kb draft"),
        placeholder: words.placeholder_draft(),
        options: options.collect(),
        min: 1,
        max: 1,
    });
    if page.pages > 1 {
        let turn = |label, to: u32, there: bool| Button {
            disabled: !there,
            ..Button::new(
                label,
                Style::Secondary,
                Line::new("kb draft").arg("all").arg(to),
            )
        };
        let (before, after) = (page.page.saturating_sub(1), page.page + 1);
        post = post.with_buttons(vec![
            turn(words.button_previous(), before, page.page > 1),
            turn(words.button_next(), after, page.page < page.pages),
        ]);
    }
    post
}

/// The form that changes one: it holds what there is.
pub fn form(words: Words, draft: &ArticleDraft) -> Form {
    let field = |name, label, size, value: &str, required, min, max| Field {
        name,
        label,
        size,
        value: value.to_owned(),
        placeholder: String::new(),
        required,
        min,
        max,
    };
    Form {
        line: Line::new("kb write")
            .arg(draft.number)
            .version(draft.version),
        title: words.form_write_draft(draft.number),
        fields: vec![
            field(
                "title",
                words.label_draft_title(),
                Size::Short,
                &draft.title,
                true,
                Opening::TITLE_AT_LEAST as u16,
                ArticleDraft::TITLE_AT_MOST,
            ),
            field(
                "summary",
                words.label_draft_summary(),
                Size::Short,
                &draft.summary,
                false,
                0,
                ArticleDraft::SUMMARY_AT_MOST,
            ),
            field(
                "body",
                words.label_draft_body(),
                Size::Paragraph,
                &draft.body,
                true,
                1,
                ArticleDraft::BODY_AT_MOST,
            ),
        ],
    }
}
