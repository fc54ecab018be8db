//! A problem, a page of problems, and what can be linked to what.

use std::sync::Arc;

use super::ticket::{knows, works_here};
use crate::desk::{ProblemPage, ProblemShown};
use crate::discord::command::Who;
use crate::discord::line::Line;
use crate::discord::plain;
use crate::discord::reply::{Button, Choice, Embed, Field, Form, Post, Select, Size, Style};
use crate::discord::words::Words;
use crate::discord::words::parts::{colour, with_long_field};
use crate::domain::ids::ProblemNumber;
use crate::domain::people::Actor;
use crate::domain::problem::{Beginning, Problem, ProblemState};
use crate::domain::ticket::Ticket;
use crate::kb::Article;
use crate::store::problems::Counted;

/// The longest account of what is known, in characters.
pub const KNOWN: u16 = 1500;
/// The longest workaround, in characters: it stands above an answer.
pub const WORKAROUND: u16 = 1000;
/// What happened last, as lines below a problem.
const LAST: usize = 8;
/// So much of a title stands in a list, in characters.
const LISTED_TITLE: usize = 70;

/// A problem to somebody of the staff, with what they can do to it. `articles` may help meanwhile.
pub fn problem(
    words: Words,
    shown: &ProblemShown,
    viewer: &Actor,
    articles: &[Arc<Article>],
) -> Post {
    let Counted {
        problem,
        tickets,
        people,
    } = &shown.counted;
    let mut embed = Embed {
        title: Some(title(words, problem)),
        description: Some(format!(
            "{}\n{}",
            words.problem_owner(problem.owner),
            words.problem_counts(*tickets, *people)
        )),
        colour: Some(edge(problem.state)),
        ..Embed::default()
    }
    .with_inline_field(words.field_state(), words.problem_state(problem.state))
    .with_inline_field(words.field_category(), words.category(problem.category()));
    embed = with_long_field(embed, &words.field_known(), &plain::shown(&problem.known));
    if let Some(workaround) = &problem.workaround {
        embed = with_long_field(
            embed,
            &words.field_workaround(),
            &words.workaround(workaround),
        );
    }
    let mut incidents: Vec<String> = shown
        .incidents
        .iter()
        .map(|ticket| incident(words, ticket, viewer))
        .collect();
    if incidents.is_empty() {
        incidents.push(words.problem_no_incidents());
    }
    let listed = u32::try_from(shown.incidents.len()).unwrap_or(u32::MAX);
    if *tickets > listed {
        incidents.push(words.problem_more_incidents(*tickets - listed));
    }
    embed = with_long_field(embed, &words.field_incidents(), &incidents.join("\n"));
    let events = &shown.events[shown.events.len().saturating_sub(LAST)..];
    let happened: Vec<String> = events
        .iter()
        .map(|event| words.problem_happened(event, problem.owner))
        .collect();
    embed = with_long_field(embed, &words.field_happened(), &happened.join("\n"));
    let mut post = Post::embed(embed);
    let seen: Vec<Choice> = shown
        .incidents
        .iter()
        .filter(|ticket| knows(ticket, viewer))
        .map(|ticket| Choice {
            label: if ticket.confidential {
                words.problem_incident_hidden(ticket.number)
            } else {
                let title = plain::cut(&plain::one_line(&ticket.title), 80);
                words.ticket_title(ticket.number, &title)
            },
            value: ticket.number.to_string(),
            about: Some(words.state(ticket.state)),
            chosen: false,
        })
        .collect();
    if !seen.is_empty() {
        post = post.with_select(select(
            Line::new("ticket show"),
            words.placeholder_show_one(),
            seen,
        ));
    }
    if Who::SeniorsAndLeads.includes(viewer.standing) && problem.state != ProblemState::Closed {
        post = with_next_steps(words, post, problem, articles);
    }
    post.with_buttons(vec![Button::new(
        words.button_problems(),
        Style::Secondary,
        Line::new("problem list").arg("running"),
    )])
}

fn with_next_steps(
    words: Words,
    mut post: Post,
    problem: &Problem,
    articles: &[Arc<Article>],
) -> Post {
    let line = || Line::new("problem update").arg(problem.number);
    if !articles.is_empty() {
        let choices = articles.iter().map(|article| Choice {
            label: plain::cut(&article.title, 100),
            value: super::article::value(&article.id),
            about: None,
            chosen: false,
        });
        post = post.with_select(select(
            line().arg("article"),
            words.placeholder_workaround(),
            choices.collect(),
        ));
    }
    let states = problem.state.next().iter().map(|state| {
        let style = match state {
            ProblemState::Resolved => Style::Success,
            _ => Style::Secondary,
        };
        let label = words.problem_state(*state);
        Button::new(capital(&label), style, line().arg("state").arg(state.key()))
    });
    let write = |label, what| Button::new(label, Style::Secondary, line().arg(what));
    post.with_buttons(states.collect()).with_buttons(vec![
        write(words.button_problem_workaround(), "workaround"),
        write(words.button_problem_note(), "note"),
    ])
}

/// A button begins with a capital letter.
fn capital(label: &str) -> String {
    let mut letters = label.chars();
    match letters.next() {
        Some(first) => first.to_uppercase().chain(letters).collect(),
        None => String::new(),
    }
}

fn incident(words: Words, ticket: &Ticket, viewer: &Actor) -> String {
    // A confidential ticket's title stands nowhere but with its own people.
    if ticket.confidential || !knows(ticket, viewer) {
        return words.problem_incident_hidden(ticket.number);
    }
    let title = plain::shown_line(&plain::cut(&ticket.title, LISTED_TITLE));
    words.problem_incident(ticket.number, &title, &words.state(ticket.state))
}

fn title(words: Words, problem: &Problem) -> String {
    words.problem_title(problem.number, &plain::shown_line(&problem.title))
}

fn edge(state: ProblemState) -> u32 {
    match state {
        ProblemState::Open => colour::WAITS,
        ProblemState::Investigating | ProblemState::KnownError => colour::OPEN,
        ProblemState::Resolved => colour::DONE,
        ProblemState::Closed => colour::QUIET,
    }
}

fn select(line: Line, placeholder: String, options: Vec<Choice>) -> Select {
    Select {
        line,
        placeholder,
        options,
        min: 1,
        max: 1,
    }
}

/// Problems to choose from.
pub fn choices<'a>(words: Words, problems: impl IntoIterator<Item = &'a Problem>) -> Vec<Choice> {
    problems
        .into_iter()
        .take(25)
        .map(|problem| Choice {
            label: words.problem_title(
                problem.number,
                &plain::cut(&plain::one_line(&problem.title), 80),
            ),
            value: problem.number.to_string(),
            about: Some(words.problem_state(problem.state)),
            chosen: false,
        })
        .collect()
}

/// A page of problems; `key` is how a button names the list.
pub fn list(words: Words, heading: String, key: &str, page: &ProblemPage) -> Post {
    let lines: Vec<String> = page
        .problems
        .iter()
        .map(|one| {
            let problem = &one.problem;
            let title = plain::cut(&title(words, problem), LISTED_TITLE);
            let line = words.problem_line(
                &words.problem_state(problem.state),
                &words.problem_counts(one.tickets, one.people),
                problem.changed_at,
            );
            format!("**{title}**\n{line}")
        })
        .collect();
    let options = choices(words, page.problems.iter().map(|one| &one.problem));
    let mut post = Post::embed(Embed {
        title: Some(heading),
        description: Some(lines.join("\n")),
        footer: Some(words.problem_list_page(page.page, page.pages, page.total)),
        colour: Some(colour::QUIET),
        ..Embed::default()
    })
    .with_select(select(
        Line::new("problem show"),
        words.placeholder_show_problem(),
        options,
    ));
    if page.pages > 1 {
        let turn = |label, to: u32, there: bool| Button {
            disabled: !there,
            ..Button::new(
                label,
                Style::Secondary,
                Line::new("problem list").arg(key).arg(to),
            )
        };
        post = post.with_buttons(vec![
            turn(
                words.button_previous(),
                page.page.saturating_sub(1),
                page.page > 1,
            ),
            turn(words.button_next(), page.page + 1, page.page < page.pages),
        ]);
    }
    post
}

/// A ticket and the problems that it can be linked to, or taken from.
pub fn link(
    words: Words,
    ticket: &Ticket,
    open: &[Problem],
    linked: &[Problem],
    viewer: &Actor,
) -> Post {
    let senior = Who::SeniorsAndLeads.includes(viewer.standing);
    let line = |what| Line::new("problem link").arg(ticket.number).arg(what);
    let text = if open.is_empty() && linked.is_empty() && !senior {
        words.problem_link_none(ticket.number)
    } else {
        words.problem_link_intro(ticket.number)
    };
    let mut post = Post::text(text);
    if !open.is_empty() {
        let placeholder = words.placeholder_link_problem();
        post = post.with_select(select(line("to"), placeholder, choices(words, open)));
    }
    if !linked.is_empty() {
        let placeholder = words.placeholder_unlink_problem();
        post = post.with_select(select(line("from"), placeholder, choices(words, linked)));
    }
    if senior {
        post = post.with_buttons(vec![Button::new(
            words.button_new_problem(),
            Style::Primary,
            Line::new("problem create").arg(ticket.number),
        )]);
    }
    post
}

/// What a ticket shows of its problems to those who work on it, and the way to link one.
pub fn of_ticket(
    words: Words,
    mut post: Post,
    ticket: &Ticket,
    problems: &[Problem],
    viewer: &Actor,
) -> (Post, Option<Button>) {
    if !works_here(ticket, viewer) {
        return (post, None);
    }
    let lines: Vec<String> = problems
        .iter()
        .map(|problem| {
            format!(
                "{} · {}",
                title(words, problem),
                words.problem_state(problem.state)
            )
        })
        .collect();
    if let Some(embed) = post.embeds.pop() {
        post.embeds
            .push(embed.with_field(words.field_problem(), lines.join("\n")));
    }
    let link = Button::new(
        words.button_link_problem(),
        Style::Secondary,
        Line::new("problem link").arg(ticket.number),
    );
    (post, Some(link))
}

/// The form that opens a problem, with what is known already.
pub fn form(words: Words, line: Line, title: &str, known: &str) -> Form {
    let long_enough = title.chars().count() >= Beginning::TITLE_AT_LEAST;
    Form {
        line,
        title: words.form_problem(),
        fields: vec![
            Field {
                name: "title",
                label: words.label_problem_title(),
                size: Size::Short,
                value: if long_enough {
                    plain::cut(title, Beginning::TITLE_AT_MOST)
                } else {
                    String::new()
                },
                placeholder: words.placeholder_problem_title(),
                required: true,
                min: u16::try_from(Beginning::TITLE_AT_LEAST).unwrap_or(1),
                max: u16::try_from(Beginning::TITLE_AT_MOST).unwrap_or(100),
            },
            Field {
                name: "known",
                label: words.label_problem_known(),
                size: Size::Paragraph,
                value: plain::cut(known, usize::from(KNOWN)),
                placeholder: words.placeholder_problem_known(),
                required: false,
                min: 0,
                max: KNOWN,
            },
        ],
    }
}

/// The form for a note, or for a workaround.
pub fn text_form(words: Words, number: ProblemNumber, what: &str, value: &str) -> Form {
    let note = what == "note";
    Form {
        line: Line::new("problem update").arg(number).arg(what),
        title: if note {
            words.form_problem_note(number)
        } else {
            words.form_problem_workaround(number)
        },
        fields: vec![Field {
            name: "text",
            label: if note {
                words.label_problem_note()
            } else {
                words.label_problem_workaround()
            },
            size: Size::Paragraph,
            value: value.to_owned(),
            placeholder: if note {
                String::new()
            } else {
                words.placeholder_problem_workaround()
            },
            required: true,
            min: 1,
            max: if note { KNOWN } else { WORKAROUND },
        }],
    }
}
