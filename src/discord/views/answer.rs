//! What the knowledge base has to say to a question, with what can be done about it.

use super::{article, current, walk};
use crate::desk::Asked;
use crate::discord::line::Line;
use crate::discord::reply::{Button, Embed, Post, Style};
use crate::discord::words::Words;
use crate::discord::words::parts::colour;
use crate::domain::ids::AskId;
use crate::kb::{Heard, Kb, Match, Verdict};

/// So many articles are offered when it is not clear which is meant.
const OFFERED: usize = 3;

/// So many corrected words are told: a message in a language that no article is in has more, and guessed worse.
const CORRECTED: usize = 3;

/// The answer to the asker; what is known of the trouble already comes first.
pub fn answer(words: Words, asked: &Asked, kb: &Kb) -> Post {
    let post = with_corrections(words, &asked.answer.heard, of_articles(words, asked));
    current::above(words, &asked.current, kb, post)
}

/// The answer with the words in it that were taken for others, so that nobody wonders what was answered.
fn with_corrections(words: Words, heard: &Heard, mut post: Post) -> Post {
    let pairs: Vec<String> = heard
        .corrected
        .iter()
        .take(CORRECTED)
        .map(|(typed, meant)| words.ask_read_pair(typed, meant))
        .collect();
    if pairs.is_empty() {
        return post;
    }
    let said = Some(words.ask_read(&pairs.join(", ")));
    match post.embeds.first_mut() {
        Some(first) => first.author = said,
        None => post.embeds.push(Embed {
            author: said,
            colour: Some(colour::QUIET),
            ..Embed::default()
        }),
    }
    post
}

fn of_articles(words: Words, asked: &Asked) -> Post {
    let matches = &asked.answer.matches;
    match (asked.answer.verdict, matches.first()) {
        (Verdict::Sure, Some(first)) => found(words, asked.id, first),
        (Verdict::Maybe, Some(_)) => offer(words, asked.id, words.ask_did_you_mean(), matches),
        (Verdict::SmallTalk, _) => Post::text(words.ask_small_talk())
            .with_buttons(vec![open_ticket(words, Some(asked.id))]),
        (Verdict::Empty, _) => Post::text(words.ask_empty()),
        (Verdict::Unknown | Verdict::Sure | Verdict::Maybe, _) => {
            Post::text(words.ask_unknown()).with_buttons(vec![open_ticket(words, Some(asked.id))])
        }
    }
}

/// One article: the steps that matter, where they come from, and what to do next.
pub fn found(words: Words, ask: AskId, found: &Match) -> Post {
    let article = &found.article;
    let extract = &found.extract;
    let mut text = article::to_discord(&extract.text);
    if let Some(heading) = extract
        .heading
        .as_deref()
        .filter(|heading| *heading != article.title)
    {
        text = format!("**{heading}**\n{text}");
    }
    if extract.goes_on {
        text = format!("{text}\n\n*{}*", words.ask_goes_on());
    }
    let line = |path| Line::new(path).arg(ask).arg(article::value(&article.id));
    let solved = Button::new(words.button_solved(), Style::Success, line("ask solved"));
    let mut buttons = vec![solved];
    buttons.extend(walk::begin(words, ask, article, Some(extract.section)));
    buttons.extend([
        Button::new(
            words.button_show_article(),
            Style::Secondary,
            line("ask show"),
        ),
        Button::new(words.button_others(), Style::Secondary, line("ask others")),
        open_ticket(words, Some(ask)),
    ]);
    Post::embed(Embed {
        title: Some(article.title.clone()),
        description: Some(text),
        footer: Some(words.ask_source(&article::path(article))),
        colour: Some(colour::OPEN),
        ..Embed::default()
    })
    .with_buttons(buttons)
}

/// Up to three articles to choose from, after `sentence`.
pub fn offer<'a>(
    words: Words,
    ask: AskId,
    sentence: String,
    matches: impl IntoIterator<Item = &'a Match>,
) -> Post {
    let offered: Vec<&Match> = matches.into_iter().take(OFFERED).collect();
    let lines: Vec<String> = offered
        .iter()
        .map(|found| match &found.article.summary {
            Some(summary) => format!("**{}**\n{summary}", found.article.title),
            None => format!("**{}**", found.article.title),
        })
        .collect();
    let mut post = Post::embed(Embed {
        title: Some(sentence),
        description: Some(lines.join("\n\n")),
        colour: Some(colour::QUIET),
        ..Embed::default()
    });
    // Titles are long, so each stands in a row of its own: on a telephone they would be cut side by side.
    for found in offered {
        let value = article::value(&found.article.id);
        post = post.with_buttons(vec![Button::new(
            found.article.title.clone(),
            Style::Primary,
            Line::new("ask pick").arg(ask).arg(value),
        )]);
    }
    post.with_buttons(vec![open_ticket(words, Some(ask))])
}

/// What everybody in a channel sees of an answer: no more than a title, and the way to the rest.
pub fn in_public(words: Words, asked: &Asked) -> Post {
    let show_me = |first: &Match| {
        let line = Line::new("ask me")
            .arg(asked.id)
            .arg(article::value(&first.article.id));
        vec![Button::new(words.button_show_me(), Style::Primary, line)]
    };
    match (asked.answer.verdict, asked.answer.matches.first()) {
        (Verdict::Sure, Some(first)) => Post::embed(Embed {
            title: Some(first.article.title.clone()),
            description: Some(words.ask_public()),
            colour: Some(colour::OPEN),
            ..Embed::default()
        })
        .with_buttons(show_me(first)),
        (Verdict::Maybe, Some(first)) => {
            Post::text(words.ask_public_maybe()).with_buttons(show_me(first))
        }
        (Verdict::SmallTalk, _) => Post::text(words.ask_small_talk()),
        (Verdict::Empty, _) => Post::text(words.ask_empty()),
        (Verdict::Unknown | Verdict::Sure | Verdict::Maybe, _) => {
            Post::text(words.ask_public_unknown())
                .with_buttons(vec![open_ticket(words, Some(asked.id))])
        }
    }
}

/// The way to a person. The question, where there was one, goes along.
pub fn open_ticket(words: Words, ask: Option<AskId>) -> Button {
    let line = Line::new("ticket open");
    let line = match ask {
        Some(ask) => line.arg(format!("a{ask}")),
        None => line,
    };
    Button::new(words.button_open_ticket(), Style::Secondary, line)
}
