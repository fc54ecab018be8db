//! An article that is being written, a page of them, and the form that changes one.

use similar::TextDiff;

use super::article;
use crate::desk::{ArticlePage, Decided, Proof};
use crate::discord::line::Line;
use crate::discord::plain;
use crate::discord::reply::{
    Button, Choice, Embed, Field, Form, Post, Select, Size, Style, Upload,
};
use crate::discord::words::Words;
use crate::discord::words::parts::colour;
use crate::domain::article::{ArticleDraft, Stage};
use crate::domain::ticket::Opening;

/// So much of a title stands in a list, in characters.
const LISTED_TITLE: usize = 70;

/// So much of what a draft changes is shown, in characters; the file that goes along holds all of it.
const DIFF: usize = 2800;

/// Lines around a change that stay the same.
const CONTEXT: usize = 2;

/// One, as the file that it would be, with what it changes, and what can be done with it.
pub fn draft(words: Words, proof: &Proof) -> Post {
    let draft = &proof.draft;
    let category = words.category(draft.category());
    let review = draft.asked_by.filter(|_| draft.stage == Stage::Review);
    let mut about = vec![match draft.writers.is_empty() {
        true => category,
        false => words.article_draft_about(&category, &writers(draft), draft.changed_at),
    }];
    about.extend(review.map(|by| words.article_draft_review(by)));
    if proof.is_outdated() {
        about.push(words.article_draft_outdated());
    }
    if !proof.faults.is_empty() {
        about.push(words.article_draft_faults());
        about.extend(
            proof
                .faults
                .iter()
                .map(|fault| format!("- {}", plain::shown(fault))),
        );
    }
    about.push(words.article_draft_file());
    let post = Post::embed(Embed {
        title: Some(titled(words, draft)),
        description: Some(about.join("\n")),
        colour: Some(match review {
            Some(_) => colour::WAITS,
            None => colour::OPEN,
        }),
        ..Embed::default()
    });
    let name = proof.path.rsplit('/').next().unwrap_or(&proof.path);
    below(words, proof, post)
        .with_file(Upload {
            name: name.to_owned(),
            bytes: proof.text.clone().into_bytes().into(),
            about: None,
        })
        .with_buttons(buttons(words, draft))
}

fn titled(words: Words, draft: &ArticleDraft) -> String {
    let title = plain::shown_line(&draft.title);
    match (draft.ticket, &draft.base) {
        (Some((_, number)), _) => words.article_draft_title(number, &title),
        (None, Some(_)) => words.article_draft_change(&draft.name().to_string(), &title),
        (None, None) => words.article_draft_named(&draft.name().to_string(), &title),
    }
}

/// What there is to read: what it changes of an article or of what was read before; of a new one that waits to be read, the
/// text as Discord shows it.
fn below(words: Words, proof: &Proof, post: Post) -> Post {
    let draft = &proof.draft;
    let (title, text) = match (&draft.base, &draft.reviewed) {
        (Some(_), _) => {
            let now = proof.now.as_deref().unwrap_or_default();
            (
                words.article_draft_diff(),
                difference(words, now, &proof.text),
            )
        }
        (None, Some(reviewed)) => (
            words.article_draft_diff_since(),
            difference(words, reviewed, &proof.text),
        ),
        (None, None) if draft.stage == Stage::Review => {
            let body = article::to_discord(&draft.body);
            (draft.title.clone(), plain::cut(&body, DIFF))
        }
        (None, None) => return post,
    };
    post.with_embed(Embed {
        title: Some(title),
        description: Some(text),
        colour: Some(colour::QUIET),
        ..Embed::default()
    })
}

/// What is other in `new` than in `old`, line by line, as Discord colours it.
fn difference(words: Words, old: &str, new: &str) -> String {
    let lines = TextDiff::from_lines(old, new);
    let all = lines
        .unified_diff()
        .context_radius(CONTEXT)
        .to_string()
        // Three of them would end the block.
        .replace("```", "'''");
    if all.is_empty() {
        return words.article_draft_same();
    }
    let mut shown = String::new();
    for line in all.split_inclusive('\n') {
        if shown.chars().count() + line.chars().count() > DIFF {
            return format!("```diff\n{shown}```\n{}", words.article_draft_diff_more());
        }
        shown.push_str(line);
    }
    format!("```diff\n{shown}```")
}

fn buttons(words: Words, draft: &ArticleDraft) -> Vec<Button> {
    let line = |path| Line::new(path).arg(draft.name()).version(draft.version);
    let write = |style| Button::new(words.button_write_draft(), style, line("kb write"));
    let mut buttons = match draft.stage {
        Stage::Review => vec![
            Button::new(
                words.button_approve_article(),
                Style::Success,
                line("kb approve"),
            ),
            Button::new(
                words.button_send_back(),
                Style::Secondary,
                line("kb send-back"),
            ),
            write(Style::Secondary),
        ],
        _ => vec![
            write(Style::Primary),
            Button::new(words.button_ask_review(), Style::Success, line("kb review")),
        ],
    };
    buttons.extend([
        Button::new(words.button_drop_draft(), Style::Danger, line("kb drop")),
        Button::new(
            words.button_drafts(),
            Style::Secondary,
            Line::new("kb draft").arg("all"),
        ),
    ]);
    buttons
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
            let (name, title) = (draft.name().to_string(), plain::shown_line(&title(draft)));
            let line = words.article_drafts_line(&name, &title, &writers(draft), draft.changed_at);
            match draft.stage {
                Stage::Review => format!("{line} · {}", words.article_drafts_review()),
                _ => line,
            }
        })
        .collect();
    let options = page.drafts.iter().map(|draft| Choice {
        label: format!("{} · {}", draft.name(), title(draft)),
        value: draft.name().to_string(),
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
            .arg(draft.name())
            .version(draft.version),
        title: words.form_write_draft(&draft.name().to_string()),
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

/// What became of a decision about a file: `done` says it where it is written.
pub fn decided(words: Words, decided: &Decided, done: String) -> Post {
    Post::text(match &decided.fault {
        None => done,
        Some(fault) => words.article_not_written_yet(&decided.path, &plain::shown_line(fault)),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_changes_is_shown_line_by_line_and_never_leaves_its_block() {
        let words = Words::of("en");
        let old = "a\nb\nc\nd\ne\nf\n";
        assert_eq!(
            difference(words, old, "a\nb\nc\nd\ne\n```\n"),
            "```diff\n@@ -4,3 +4,3 @@\n d\n e\n-f\n+'''\n```"
        );
        assert_eq!(difference(words, old, old), "It changes nothing yet.");
        let long = "word\n".repeat(2000);
        let shown = difference(words, old, &long);
        assert!(shown.chars().count() < 3000, "{}", shown.chars().count());
        assert!(shown.ends_with("The file has all of it."), "{shown}");
        assert_eq!(shown.matches("```").count(), 2);
    }
}
