//! What is known of a trouble already, above everything else that is said of it.

use super::article;
use crate::desk::Current;
use crate::discord::line::Line;
use crate::discord::plain;
use crate::discord::reply::{Button, Embed, Post, Row, Style};
use crate::discord::words::Words;
use crate::discord::words::parts::colour;
use crate::domain::problem::{Problem, Workaround};
use crate::kb::{Kb, Reader};

/// So much of an article stands in a workaround, in characters.
const ARTICLE: usize = 1200;

/// `post` with what is known above it, and what can be done about that in the first row.
pub fn above(words: Words, current: &Current, kb: &Kb, post: Post) -> Post {
    let mut post = told(words, current, kb, post);
    let mut buttons = Vec::new();
    if let Some(major) = &current.incident {
        buttons.push(words.tell_me(major.id));
    }
    if let Some(problem) = &current.error {
        buttons.push(Button::new(
            words.button_me_too(),
            Style::Primary,
            Line::new("problem me-too").arg(problem.id),
        ));
    }
    if !buttons.is_empty() {
        post.rows.insert(0, Row::Buttons(buttons));
    }
    post
}

/// `post` with what is known above it, for somebody who has a ticket about it.
pub fn told(words: Words, current: &Current, kb: &Kb, mut post: Post) -> Post {
    let mut embeds = Vec::new();
    if let Some(major) = &current.incident {
        let times = (major.declared_at, major.updated_at);
        embeds.push(words.banner(&major.title, &major.status, times, false));
    }
    if let Some(problem) = &current.error {
        embeds.push(error(words, problem, kb));
    }
    embeds.append(&mut post.embeds);
    post.embeds = embeds;
    post
}

fn error(words: Words, problem: &Problem, kb: &Kb) -> Embed {
    let helps = match &problem.workaround {
        Some(Workaround::Article { id, title }) => match article::find(kb, Reader::EVERYBODY, id) {
            Some(found) => {
                let text = plain::cut(&article::to_discord(&found.body), ARTICLE);
                format!("**{}**\n{text}", found.title)
            }
            None => plain::shown_line(title),
        },
        Some(Workaround::Text { text }) => plain::quoted(text),
        None => String::new(),
    };
    Embed {
        title: Some(words.problem_known(&plain::shown_line(&problem.title))),
        description: Some(format!("{}\n{helps}", words.problem_known_helps())),
        colour: Some(colour::WAITS),
        ..Embed::default()
    }
}
