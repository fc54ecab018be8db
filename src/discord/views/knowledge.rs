//! What the knowledge base holds, and why it answers as it does.

use super::answer::open_ticket;
use super::article;
use crate::discord::line::Line;
use crate::discord::plain;
use crate::discord::reply::{Button, Embed, Post, Style};
use crate::discord::words::Words;
use crate::discord::words::parts::colour;
use crate::kb::{Answer, Match, Verdict};

/// So many articles are shown of those that were found: each has a row of its own, and a message has five.
pub const SHOWN: usize = 4;

/// So many articles are told apart.
const EXPLAINED: usize = 5;

/// So many characters of a list of words are shown.
const WORDS: usize = 300;

/// The articles that have some words.
pub fn found(words: Words, found: &[Match]) -> Post {
    if found.is_empty() {
        return Post::text(words.kb_search_nothing()).with_buttons(vec![open_ticket(words, None)]);
    }
    let lines: Vec<String> = found
        .iter()
        .map(|found| match &found.article.summary {
            Some(summary) => format!("**{}**\n{summary}", found.article.title),
            None => format!("**{}**", found.article.title),
        })
        .collect();
    let mut post = Post::embed(Embed {
        title: Some(words.kb_search_found()),
        description: Some(lines.join("\n\n")),
        colour: Some(colour::QUIET),
        ..Embed::default()
    });
    for found in found {
        let line = Line::new("kb show").arg(article::value(&found.article.id));
        post = post.with_buttons(vec![Button::new(
            found.article.title.clone(),
            Style::Secondary,
            line,
        )]);
    }
    post.with_buttons(vec![open_ticket(words, None)])
}

/// What the figures mean.
fn legend(words: Words, answer: &Answer) -> String {
    let mut matches = answer.matches.iter();
    if matches.any(|found| found.evidence.nearness.is_some()) {
        format!(
            "{} {}",
            words.kb_explain_legend(),
            words.kb_explain_sense_legend()
        )
    } else {
        words.kb_explain_legend()
    }
}

/// What was made of a question's words, and what speaks for each article that was found.
pub fn explained(words: Words, answer: &Answer) -> Post {
    let verdict = match answer.verdict {
        Verdict::Sure => words.kb_explain_sure(),
        Verdict::Maybe => words.kb_explain_maybe(),
        Verdict::Unknown => words.kb_explain_unknown(),
        Verdict::SmallTalk => words.kb_explain_small_talk(),
        Verdict::Empty => words.kb_explain_empty(),
    };
    let lines = answer.matches.iter().take(EXPLAINED).map(|found| {
        let why = &found.evidence;
        let two = |value: f32| format!("{value:.2}");
        let line = words.kb_explain_article(
            &words.kb_explain_named(&found.article.title, found.article.language.name()),
            &format!("{:.0}", found.confidence * 100.0),
            &two(why.fit),
            &two(why.echo),
            &why.likeness.map_or("–".to_owned(), two),
            &two(why.lead),
        );
        match why.nearness {
            Some(near) => {
                let sense = words.kb_explain_sense(&two(near.cosine), &two(near.ahead));
                format!("{line} · {sense}")
            }
            None => line,
        }
    });
    let mut text = vec![verdict];
    text.extend(lines);
    if answer.leaning != 0.0 {
        text.push(words.kb_explain_leaning(&format!("{:+.2}", answer.leaning)));
    }
    let heard = &answer.heard;
    let read: Vec<String> = heard
        .corrected
        .iter()
        .map(|(typed, meant)| words.ask_read_pair(typed, meant))
        .collect();
    let renamed: Vec<String> = heard
        .aliases
        .iter()
        .map(|(name, other)| words.kb_explain_alias(name, other))
        .collect();
    let list = |all: &[String]| plain::cut(&plain::shown_line(&all.join(", ")), WORDS);
    Post::embed(
        Embed {
            title: Some(words.kb_explain_title()),
            description: Some(text.join("\n\n")),
            footer: (!answer.matches.is_empty()).then(|| legend(words, answer)),
            colour: Some(colour::QUIET),
            ..Embed::default()
        }
        .with_field(words.kb_explain_known(), list(&heard.known))
        .with_field(words.kb_explain_read(), list(&read))
        .with_field(words.kb_explain_aliases(), list(&renamed))
        .with_field(words.kb_explain_strange(), list(&heard.unknown)),
    )
}
