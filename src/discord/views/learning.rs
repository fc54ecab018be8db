//! What the desk learns, as those see it who write: what found nothing, what would have helped, and how articles do.

use super::article;
use crate::desk::{ArticleState, GapPage, Helped, Leaning};
use crate::discord::line::Line;
use crate::discord::plain;
use crate::discord::reply::{Button, Embed, Post, Style, Upload};
use crate::discord::words::Words;
use crate::discord::words::parts::colour;
use crate::domain::category::Category;
use crate::domain::learning::{Gap, Outcomes};
use crate::kb::{AT_LEAST, FARTHEST, Finding};

/// So much of a question is shown, in characters.
const QUESTION: usize = 140;
/// So many tickets are named.
const TICKETS: usize = 6;
/// So many articles are listed; the file has all of them.
const ARTICLES: usize = 12;
/// So many findings are listed; the file has all of them.
const FINDINGS: usize = 12;

/// Which list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum List {
    /// Questions that found nothing.
    Nothing,
    /// Articles that would have answered solved tickets.
    Helped,
    /// How articles do, and which somebody should look at.
    Articles,
}

impl List {
    /// Every one.
    pub const ALL: [Self; 3] = [Self::Nothing, Self::Helped, Self::Articles];

    /// How an option names it.
    pub fn key(self) -> &'static str {
        match self {
            Self::Nothing => "nothing",
            Self::Helped => "helped",
            Self::Articles => "articles",
        }
    }

    /// The list of that key.
    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|list| list.key() == key)
    }

    /// How people call it.
    pub fn named(self, words: Words) -> String {
        match self {
            Self::Nothing => words.list_nothing(),
            Self::Helped => words.list_helped(),
            Self::Articles => words.list_articles(),
        }
    }
}

/// The ways to the other lists.
fn others(words: Words, shown: List) -> Vec<Button> {
    let others = List::ALL.into_iter().filter(|list| *list != shown);
    others
        .map(|list| {
            let line = Line::new("kb gaps").arg(list.key()).arg(1);
            Button::new(list.named(words), Style::Secondary, line)
        })
        .collect()
}

/// A page of what found nothing; with the ways to write about it for whoever `writes`.
pub fn gaps(words: Words, page: &GapPage, writes: bool) -> Post {
    if page.total == 0 {
        return Post::text(words.gaps_none()).with_buttons(others(words, List::Nothing));
    }
    let lines: Vec<String> = (1..)
        .zip(&page.gaps)
        .map(|(place, gap)| line(words, place, gap))
        .collect();
    let mut post = Post::embed(Embed {
        title: Some(words.gaps_title(page.total)),
        description: Some(lines.join("\n\n")),
        footer: Some(words.gaps_legend()),
        colour: Some(colour::WAITS),
        ..Embed::default()
    });
    if writes {
        let row = |label: fn(Words, usize) -> String, style, path: &str| {
            let gaps = (1..).zip(&page.gaps);
            gaps.map(|(place, gap)| {
                let line = Line::new(path).arg(gap.key());
                Button::new(label(words, place), style, line)
            })
            .collect::<Vec<_>>()
        };
        let write = |words: Words, place| words.button_write_about(place);
        let leave = |words: Words, place| words.button_leave(place);
        post = post
            .with_buttons(row(write, Style::Primary, "kb write-about"))
            .with_buttons(row(leave, Style::Secondary, "kb leave"));
    }
    let turn = |label, to: usize, there: bool| Button {
        disabled: !there,
        ..Button::new(
            label,
            Style::Secondary,
            Line::new("kb gaps").arg(List::Nothing.key()).arg(to),
        )
    };
    let mut last = Vec::new();
    if page.pages > 1 {
        last.push(turn(words.button_previous(), page.page - 1, page.page > 1));
        last.push(turn(
            words.button_next(),
            page.page + 1,
            page.page < page.pages,
        ));
    }
    last.extend(others(words, List::Nothing));
    post.with_buttons(last)
}

fn line(words: Words, place: usize, gap: &Gap) -> String {
    let name = plain::shown_line(&plain::cut(&plain::one_line(gap.name()), QUESTION));
    let last = gap.questions.iter().map(|one| one.at).max();
    let mut text = words.gap_line(place, &name, gap.people, gap.questions.len());
    if let Some(last) = last {
        text = format!("{text} · {}", words.gap_last(last));
    }
    if gap.questions.iter().all(|one| !one.found_nothing) {
        text = format!("{text} · {}", words.gap_wrong_answer());
    }
    let tickets = gap.tickets();
    if !tickets.is_empty() {
        let named: Vec<String> = tickets
            .iter()
            .take(TICKETS)
            .map(ToString::to_string)
            .collect();
        text = format!(
            "{text}\n{}",
            words.gap_tickets(&named.join(", "), tickets.len())
        );
    }
    text
}

/// The articles that would have answered solved tickets.
pub fn helped(words: Words, helped: &Helped) -> Post {
    let buttons = others(words, List::Helped);
    if helped.articles.is_empty() {
        return Post::text(words.helped_none(helped.tickets)).with_buttons(buttons);
    }
    let lines: Vec<String> = helped
        .articles
        .iter()
        .take(ARTICLES)
        .map(|(article, tickets)| {
            let named: Vec<String> = tickets
                .iter()
                .take(TICKETS)
                .map(ToString::to_string)
                .collect();
            words.helped_line(&article.title, tickets.len(), &named.join(", "))
        })
        .collect();
    let part: usize = helped
        .articles
        .iter()
        .map(|(_, tickets)| tickets.len())
        .sum();
    Post::embed(Embed {
        title: Some(words.helped_title(part, helped.tickets)),
        description: Some(lines.join("\n\n")),
        footer: Some(words.helped_legend()),
        colour: Some(colour::OPEN),
        ..Embed::default()
    })
    .with_buttons(buttons)
}

/// How articles do: what became of questions by category, what somebody should look at, and a file with all of it.
pub fn articles(words: Words, states: &[ArticleState]) -> Post {
    let flagged: Vec<&ArticleState> = states
        .iter()
        .filter(|state| !state.flags.is_empty())
        .collect();
    let lines: Vec<String> = flagged
        .iter()
        .take(ARTICLES)
        .map(|state| {
            let why: Vec<String> = state.flags.iter().map(|flag| words.flag(*flag)).collect();
            words.flagged_line(&state.article.title, &why.join("; "))
        })
        .collect();
    let description = match lines.is_empty() {
        true => words.flagged_none(),
        false => lines.join("\n"),
    };
    let by_category: Vec<String> = Category::ALL
        .iter()
        .filter_map(|category| {
            let of = states
                .iter()
                .filter(|state| state.article.category.as_deref() == Some(category.key));
            let sum = of.fold(Outcomes::default(), |sum, state| sum.and(state.outcomes));
            (sum.shown() > 0).then(|| {
                words.deflection_line(
                    &words.category(category),
                    sum.shown(),
                    sum.confirmed,
                    sum.possible,
                    sum.none,
                )
            })
        })
        .collect();
    let mut embed = Embed {
        title: Some(words.flagged_title(flagged.len(), states.len())),
        description: Some(description),
        footer: Some(words.flagged_legend()),
        colour: Some(match flagged.is_empty() {
            true => colour::DONE,
            false => colour::WAITS,
        }),
        ..Embed::default()
    };
    if !by_category.is_empty() {
        embed = embed.with_field(words.field_deflection(), by_category.join("\n"));
    }
    Post::embed(embed)
        .with_file(Upload {
            name: "articles.csv".to_owned(),
            bytes: csv(states).into_bytes().into(),
            about: None,
        })
        .with_buttons(others(words, List::Articles))
}

/// All of it for a spreadsheet; no cell begins a formula (`SECURITY` A27).
fn csv(states: &[ArticleState]) -> String {
    let mut text = String::from(
        "article,title,category,answered,confirmed,possible,none,helpful,not_helpful,let_down_30_days,tickets_solved,tickets_reopened,review_by,flags\r\n",
    );
    for state in states {
        let article = &state.article;
        let flags: Vec<&str> = state.flags.iter().map(|flag| flag.key()).collect();
        let cells = [
            super::export::cell(article.id.as_str()),
            super::export::cell(&article.title),
            super::export::cell(article.category.as_deref().unwrap_or_default()),
            state.outcomes.shown().to_string(),
            state.outcomes.confirmed.to_string(),
            state.outcomes.possible.to_string(),
            state.outcomes.none.to_string(),
            state.votes.helpful.to_string(),
            state.votes.not.to_string(),
            state.let_down.to_string(),
            state.reopened.1.to_string(),
            state.reopened.0.to_string(),
            article
                .review_by
                .map(|by| by.to_string())
                .unwrap_or_default(),
            flags.join(" "),
        ];
        text.push_str(&cells.join(","));
        text.push_str("\r\n");
    }
    text
}

/// The argument of the button that forgets what was learned.
pub const FORGET: &str = "forget";

/// What is wrong with the files of the knowledge base, and what outcomes taught about how sure to be.
pub fn findings(words: Words, (served, findings): (usize, &[Finding]), leaning: &Leaning) -> Post {
    let errors = findings.iter().filter(|finding| finding.is_error()).count();
    let lines: Vec<String> = findings
        .iter()
        .take(FINDINGS)
        .map(|finding| format!("- {}", plain::shown_line(&finding.to_string())))
        .collect();
    let (title, text, colour) = match findings.is_empty() {
        true => (words.kb_check_fine(), String::new(), colour::DONE),
        false => (
            words.kb_check_title(errors, findings.len() - errors),
            plain::cut(&lines.join("\n"), 3800),
            match errors {
                0 => colour::WAITS,
                _ => colour::URGENT,
            },
        ),
    };
    let mut post = Post::embed(
        Embed {
            title: Some(title),
            description: Some(text),
            footer: Some(words.kb_check_served(served)),
            colour: Some(colour),
            ..Embed::default()
        }
        .with_field(words.field_leaning(), learned(words, leaning)),
    );
    if !findings.is_empty() {
        let all: Vec<String> = findings.iter().map(ToString::to_string).collect();
        post = post.with_file(Upload {
            name: "kb-check.txt".to_owned(),
            bytes: all.join("\n").into_bytes().into(),
            about: None,
        });
    }
    if leaning.outcomes > 0 {
        let line = Line::new("kb check").arg(FORGET);
        let forget = Button::new(words.button_forget_learned(), Style::Danger, line);
        post = post.with_buttons(vec![forget]);
    }
    post
}

/// What was learned, in words: what an answer just good enough to be shown became.
fn learned(words: Words, leaning: &Leaning) -> String {
    let known = words.leaning_known(leaning.outcomes, leaning.helped);
    let text = if leaning.outcomes < AT_LEAST {
        words.leaning_few(AT_LEAST)
    } else {
        let by = format!("{:+.2}", leaning.by);
        let most = format!("{FARTHEST:.2}");
        match leaning.by {
            by_much if by_much > 0.05 => words.leaning_surer(&by, &most),
            by_much if by_much < -0.05 => words.leaning_careful(&by, &most),
            _ => words.leaning_none(&by, &most),
        }
    };
    let reset = leaning.reset.map(|at| words.leaning_reset(at));
    [Some(known), Some(text), reset]
        .into_iter()
        .flatten()
        .collect::<Vec<_>>()
        .join(" ")
}

/// The two votes on an article.
pub fn votes(words: Words, article: &crate::kb::Article) -> [Button; 2] {
    let line = |vote: &str| {
        Line::new("kb vote")
            .arg(article::value(&article.id))
            .arg(vote)
    };
    [
        Button::new(words.button_helpful(), Style::Secondary, line("yes")),
        Button::new(words.button_not_helpful(), Style::Secondary, line("no")),
    ]
}
