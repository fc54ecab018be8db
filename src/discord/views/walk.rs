//! An article's steps, one at a time, and what can be said at each.

use super::{answer, article};
use crate::desk::{Path, Walking};
use crate::discord::line::Line;
use crate::discord::plain;
use crate::discord::reply::{Button, Embed, Post, Style, Upload};
use crate::discord::words::Words;
use crate::discord::words::parts::colour;
use crate::domain::ids::AskId;
use crate::domain::walk::{Stage, Walk};
use crate::kb::{Article, Picture, Steps};

/// The path of all that is pressed here.
pub const PATH: &str = "ask walk";

/// So much of a step is shown, in characters: what an embed holds, less its first line.
const STEP: usize = 3900;

/// So much of a step is told to technicians.
const TOLD: usize = 120;

/// So much of a title stands on a button.
const TITLE: usize = 45;

/// A message has at most so many rows.
const ROWS: usize = 5;

/// The button that begins a walk, where the article has steps: those of the section that is shown, or its first ones.
pub fn begin(
    words: Words,
    ask: AskId,
    article: &Article,
    section: Option<usize>,
) -> Option<Button> {
    let shown = section.filter(|&section| article.steps_of(section).is_some());
    let section = shown.or_else(|| article.first_steps())?;
    Some(Button::new(
        words.button_walk(),
        Style::Primary,
        begins(ask, article, section),
    ))
}

/// The same for an article that was opened by its name.
pub fn begin_by_name(words: Words, article: &Article) -> Option<Button> {
    let section = article.first_steps()?;
    let line = Line::new(PATH)
        .arg("begin-by-name")
        .arg(article::value(&article.id))
        .arg(section);
    Some(Button::new(words.button_walk(), Style::Primary, line))
}

fn begins(ask: AskId, article: &Article, section: usize) -> Line {
    Line::new(PATH)
        .arg("begin")
        .arg(ask)
        .arg(article::value(&article.id))
        .arg(section)
}

/// Where a walk is: the step with its picture, what there is to say once all are done, or what became of the article.
pub fn shown(
    words: Words,
    walking: &Walking,
    picture: Option<Picture>,
    note: Option<String>,
) -> Post {
    let walk = &walking.walk;
    let (found, steps) = match &walking.path {
        Path::Same(found, steps) => (found, steps),
        Path::Changed(found) => return changed(words, walk, found),
        Path::Gone => {
            return Post::text(words.ask_article_gone())
                .with_buttons(vec![answer::open_ticket(words, Some(walk.ask))]);
        }
    };
    let here = usize::try_from(walk.at)
        .ok()
        .and_then(|at| at.checked_sub(1));
    let step = here.and_then(|here| steps.steps.get(here));
    let text = match step {
        Some(step) => {
            let text = plain::cut(&article::to_discord(&step.text), STEP);
            format!("**{}**\n{text}", words.walk_step(walk.at, walk.steps))
        }
        None => words.walk_all_done(walk.steps),
    };
    let mut post = Post::embed(Embed {
        author: note,
        title: Some(found.title.clone()),
        description: Some(text),
        footer: Some(words.ask_source(&article::path(found))),
        colour: Some(colour::OPEN),
        ..Embed::default()
    });
    if let Some(Picture { name, bytes }) = picture {
        post = post.with_file(Upload {
            name,
            bytes: bytes.into(),
            // The step says in words what its picture shows.
            about: step.map(|step| step.plain()),
        });
    }
    let line = |verb: &str| Line::new(PATH).arg(verb).arg(walk.id).arg(walk.at);
    let mut buttons = Vec::new();
    if step.is_some() {
        let label = match walk.at == walk.steps {
            true => words.button_walk_done(),
            false => words.button_walk_next(),
        };
        buttons.push(Button::new(label, Style::Primary, line("done")));
    }
    let fixed = Button::new(words.button_walk_fixed(), Style::Success, line("fixed"));
    let no_help = Button::new(
        words.button_walk_no_help(),
        Style::Secondary,
        line("no-help"),
    );
    buttons.extend([fixed, no_help]);
    if step.is_some() {
        let stuck = Button::new(words.button_walk_stuck(), Style::Secondary, line("stuck"));
        buttons.push(stuck);
    }
    post.with_buttons(buttons)
        .with_buttons(vec![show_article(words, walk, found)])
}

fn changed(words: Words, walk: &Walk, found: &Article) -> Post {
    let again = found.first_steps().map(|section| {
        let line = begins(walk.ask, found, section);
        Button::new(words.button_walk_again(), Style::Primary, line)
    });
    let mut buttons: Vec<Button> = again.into_iter().collect();
    buttons.push(show_article(words, walk, found));
    buttons.push(answer::open_ticket(words, Some(walk.ask)));
    Post::text(words.walk_changed(&found.title)).with_buttons(buttons)
}

fn show_article(words: Words, walk: &Walk, found: &Article) -> Button {
    let line = Line::new("ask show")
        .arg(walk.ask)
        .arg(article::value(&found.id));
    Button::new(words.button_show_article(), Style::Secondary, line)
}

/// `post` with the way back to an unfinished walk in a row of its own, where there is room for one.
pub fn with_unfinished(words: Words, unfinished: Option<&Walking>, post: Post) -> Post {
    let Some(Walking {
        walk,
        path: Path::Same(found, _),
    }) = unfinished
    else {
        return post;
    };
    if post.rows.len() >= ROWS {
        return post;
    }
    let title = plain::cut(&found.title, TITLE);
    let label = words.button_walk_resume(&title, walk.at, walk.steps);
    let line = Line::new(PATH).arg("on").arg(walk.id);
    post.with_buttons(vec![Button::new(label, Style::Secondary, line)])
}

/// What was tried on a walk and where it stopped, for those who help next; at most `at_most` characters. None where
/// nothing was.
pub fn tried(words: Words, walking: &Walking, at_most: usize) -> Option<String> {
    let walk = &walking.walk;
    if walk.done() == 0 && walk.stage == Stage::Open {
        return None;
    }
    let (title, steps) = match &walking.path {
        Path::Same(found, steps) => (found.title.as_str(), Some(steps)),
        Path::Changed(found) => (found.title.as_str(), None),
        Path::Gone => (walk.article.as_str(), None),
    };
    let said = |list: bool| {
        let mut lines = vec![words.walk_tried(title, &walk.article)];
        lines.extend(told(words, walk, steps, list));
        lines.join("\n")
    };
    let whole = said(true);
    Some(match whole.chars().count() <= at_most {
        true => whole,
        // Technicians find the article's steps by their numbers too.
        false => plain::cut(&said(false), at_most),
    })
}

fn told(words: Words, walk: &Walk, steps: Option<&Steps>, list: bool) -> Vec<String> {
    let done = walk.done();
    let text_of = |step: u32| {
        let at = usize::try_from(step)
            .ok()
            .and_then(|step| step.checked_sub(1));
        let step = at.and_then(|at| steps?.steps.get(at));
        step.map(|step| plain::cut(&step.plain(), TOLD))
            .unwrap_or_default()
    };
    let mut lines = Vec::new();
    if done == walk.steps {
        lines.push(words.walk_tried_all(walk.steps));
    } else if done > 0 {
        lines.push(words.walk_tried_through(done, walk.steps));
    }
    if list && steps.is_some() {
        lines.extend((1..=done).map(|step| format!("{step}. {}", text_of(step))));
    }
    if !walk.is_done() {
        let (step, text) = (walk.at, text_of(walk.at));
        lines.push(match walk.stage {
            Stage::Stuck => words.walk_tried_stuck(step, walk.steps, &text),
            Stage::Open | Stage::Fixed | Stage::NoHelp => {
                words.walk_tried_stopped(step, walk.steps, &text)
            }
        });
        // Nothing is quoted from steps that say something else by now.
        if let Some(last) = lines.last_mut().filter(|_| text.is_empty()) {
            *last = last.trim_end_matches([' ', ':']).to_owned();
        }
    }
    lines
}
