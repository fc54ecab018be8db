//! What the desk promises, as staff read it, and as admins change it.

use std::collections::BTreeMap;

mod steps;

use crate::desk::{DueMove, PlanFault, PlanPreview};
use crate::discord::line::Line;
use crate::discord::plain;
use crate::discord::reply::{Button, Choice, Embed, Post, Select, Style};
use crate::discord::words::Words;
use crate::discord::words::history::moment;
use crate::discord::words::parts::colour;
use crate::domain::calendar::{Hours, IcalDays, IcalFault, YEARS_AHEAD};
use crate::domain::category::Category;
use crate::domain::clocks::{Book, Terms, WARNINGS, show_target, show_update};
use crate::domain::priority::Priority;
use crate::domain::vendor::show_hours;

/// Stands for all tickets where a category could stand.
pub const ALL: &str = "all";

const PATH: &str = "sla policy";

/// So many dues that would move stand in one answer.
const MOVES: usize = 15;

/// What is promised for tickets of `category`, or for all. Whoever `may_set` it gets the selects for that.
pub fn policy(
    words: Words,
    version: i64,
    book: &Book,
    category: Option<&Category>,
    may_set: bool,
) -> Post {
    let key = category.map_or(ALL, |category| category.key);
    let mut lines: Vec<String> = book
        .terms(key)
        .iter()
        .map(|(priority, terms)| line(words, *priority, terms))
        .collect();
    let own = book.categories.get(key);
    if let Some(own) = own {
        let others = Priority::ALL
            .into_iter()
            .filter(|one| !own.contains_key(one));
        let others: Vec<String> = others.map(|one| one.to_string()).collect();
        if !others.is_empty() {
            lines.push(words.policy_as_all(&words.all_of(&others)));
        }
    } else if category.is_none() && !book.categories.is_empty() {
        lines.push(words.policy_own(&words.categories(book.categories.keys())));
    }
    if category.is_none() {
        lines.extend(steps::steps(words, &book.ladders));
    }
    lines.push(words.policy_note());
    let percents: Vec<String> = book.warn.iter().map(ToString::to_string).collect();
    let mut post = Post::embed(Embed {
        title: Some(match category {
            Some(category) => words.policy_title_of(&words.category(category)),
            None => words.policy_title(),
        }),
        description: Some(lines.join("\n")),
        footer: Some(if percents.is_empty() {
            words.policy_warns_not(version)
        } else {
            words.policy_warns(version, &words.all_of(&percents))
        }),
        colour: Some(colour::QUIET),
        ..Embed::default()
    });
    post = post.with_select(see(words, key));
    if !may_set {
        return post;
    }
    post = post.with_select(change(words, key));
    if category.is_none() {
        post = post.with_select(warn(words, book));
    }
    let usual = own.map(|_| {
        let line = Line::new(PATH).arg(key).arg("usual");
        Button::new(words.button_policy_usual(), Style::Secondary, line)
    });
    post.with_buttons(usual.into_iter().collect())
}

/// What is promised for one priority, in one line.
pub fn line(words: Words, priority: Priority, terms: &Terms) -> String {
    words.policy_line(
        priority,
        &show_target(terms.first_response),
        &show_update(terms),
        &show_target(terms.resolution),
        &plain::shown_line(&terms.calendar),
    )
}

fn see(words: Words, key: &str) -> Select {
    let all = Choice {
        label: words.choice_policy_all(),
        value: ALL.to_owned(),
        about: None,
        chosen: key == ALL,
    };
    let categories = Category::ALL.iter().map(|category| Choice {
        label: words.category(category),
        value: category.key.to_owned(),
        about: None,
        chosen: category.key == key,
    });
    Select {
        line: Line::new(PATH).arg("see"),
        placeholder: words.placeholder_policy_category(),
        options: std::iter::once(all).chain(categories).collect(),
        min: 1,
        max: 1,
    }
}

fn change(words: Words, key: &str) -> Select {
    let options = Priority::ALL.map(|priority| Choice {
        label: priority.to_string(),
        value: priority.to_string(),
        about: None,
        chosen: false,
    });
    Select {
        line: Line::new(PATH).arg(key).arg("change"),
        placeholder: words.placeholder_policy_change(),
        options: options.into(),
        min: 1,
        max: 1,
    }
}

fn warn(words: Words, book: &Book) -> Select {
    let options = WARNINGS.map(|percent| Choice {
        label: words.choice_policy_warn(percent),
        value: percent.to_string(),
        about: None,
        chosen: book.warn.contains(&percent),
    });
    Select {
        line: Line::new(PATH).arg("warn"),
        placeholder: words.placeholder_policy_warn(),
        options: options.into(),
        min: 0,
        max: 3,
    }
}

/// So many characters of lines stand in one answer.
const LINES: usize = 3500;

/// What is wrong with a file of calendars and promises.
pub fn plan_faults(words: Words, faults: &[PlanFault]) -> Post {
    let lines = faults.iter().map(|fault| {
        let what = plain::shown_line(&plain::cut(&plain::one_line(&fault.what), 300));
        words.plan_fault(fault.line, &what)
    });
    Post::text(words.plan_bad(faults.len())).with_embed(Embed {
        description: Some(fitting(words, lines.collect())),
        colour: Some(colour::WAITS),
        ..Embed::default()
    })
}

/// What a file would change, with a button that does it.
pub fn plan(words: Words, preview: &PlanPreview) -> Post {
    let Some(id) = preview.id else {
        return Post::text(words.plan_nothing());
    };
    let mut lines = Vec::new();
    for (name, before, after) in &preview.calendars {
        let name = plain::shown_line(name);
        let hours = |hours: &Hours| plain::shown_line(&plain::cut(&show_hours(hours), 300));
        lines.push(match before {
            None => words.plan_calendar_new(&name, &hours(after)),
            Some(before) => words.plan_calendar(&name, &hours(before), &hours(after)),
        });
        let days = |hours: Option<&Hours>| {
            hours.map_or(0, |hours| hours.holidays.len() + hours.overrides.len())
        };
        let (was, is) = (days(before.as_ref()), days(Some(after)));
        if was > 0 || is > 0 {
            lines.push(words.plan_days(&name, was, is));
        }
    }
    let (before, after) = (&preview.before, &preview.after);
    if before.warn != after.warn {
        let shown = |percents: &[u32]| {
            let all: Vec<String> = percents.iter().map(ToString::to_string).collect();
            if all.is_empty() {
                show_target(None)
            } else {
                all.join(", ")
            }
        };
        lines.push(words.plan_warn(&shown(&before.warn), &shown(&after.warn)));
    }
    lines.extend(terms_changed(
        words,
        None,
        &before.priorities,
        &after.priorities,
    ));
    for category in Category::ALL {
        let own = |book: &Book| book.categories.contains_key(category.key);
        if own(before) || own(after) {
            let (before, after) = (before.terms(category.key), after.terms(category.key));
            lines.extend(terms_changed(words, Some(category), &before, &after));
        }
    }
    lines.extend(steps::changed(words, &before.ladders, &after.ladders));
    if !preview.calendars.is_empty() {
        lines.extend(moves(words, &preview.moves));
        lines.push(words.plan_calendars_note());
    }
    let line = Line::new(PATH).arg("file").arg(id);
    Post::embed(Embed {
        title: Some(words.plan_title()),
        description: Some(fitting(words, lines)),
        colour: Some(colour::WAITS),
        ..Embed::default()
    })
    .with_buttons(vec![Button::new(words.button_plan(), Style::Primary, line)])
}

/// The first of the dues that calendars would move, and how many there are.
fn moves(words: Words, moves: &[DueMove]) -> Vec<String> {
    let mut lines = vec![words.plan_moves(moves.len())];
    lines.extend(moves.iter().take(MOVES).map(|one| due_move(words, one)));
    if moves.len() > MOVES {
        lines.push(words.recalc_more(moves.len() - MOVES));
    }
    lines
}

/// A due that moves, in one line.
pub fn due_move(words: Words, one: &DueMove) -> String {
    let due = |due: Option<_>| due.map_or_else(|| words.recalc_no_due(), moment);
    words.recalc_line(
        one.number,
        &words.clock(one.clock),
        &due(one.was),
        &due(one.due),
    )
}

/// What is wrong with a file of holidays.
pub fn ical_fault(words: Words, fault: &IcalFault) -> Post {
    let what = plain::shown_line(&plain::cut(&plain::one_line(&fault.what), 300));
    Post::text(words.holidays_file_bad()).with_embed(Embed {
        description: Some(words.plan_fault(fault.line, &what)),
        colour: Some(colour::WAITS),
        ..Embed::default()
    })
}

/// Which days an iCalendar file would close in the calendar of that name, with a button that does it.
pub fn closed_days(words: Words, name: &str, read: &IcalDays, preview: &PlanPreview) -> Post {
    let Some((id, (_, before, after))) = preview.id.zip(preview.calendars.first()) else {
        return Post::text(words.holidays_file_known());
    };
    let was: &[String] = before.as_ref().map_or(&[], |hours| &hours.holidays);
    let mut lines = moves(words, &preview.moves);
    let mut known = 0;
    if read.passed_over > 0 {
        lines.push(words.holidays_file_passed(read.passed_over));
    }
    let of_file = |day: &String| read.days.get(&day.parse().ok()?);
    let named = |day: &String| {
        let name = of_file(day);
        let name = name.map(|name| plain::shown_line(&plain::cut(&plain::one_line(name), 80)));
        name.filter(|name| !name.is_empty())
    };
    let mut days = Vec::new();
    for day in &after.holidays {
        if was.contains(day) {
            known += usize::from(of_file(day).is_some());
            continue;
        }
        days.push(match named(day) {
            Some(name) => format!("{day} · {name}"),
            None => day.clone(),
        });
    }
    let opened = was.iter().filter(|day| !after.holidays.contains(*day));
    lines.extend(opened.map(|day| words.holidays_file_open(&plain::shown_line(day))));
    lines.insert(0, words.holidays_file_head(days.len(), known));
    lines.extend(days);
    let line = Line::new("sla holidays").arg("file").arg(id);
    let button = Button::new(words.button_holidays_file(), Style::Primary, line);
    Post::embed(Embed {
        title: Some(words.holidays_file_title(&plain::shown_line(name))),
        description: Some(fitting(words, lines)),
        footer: Some(words.holidays_file_years(YEARS_AHEAD.unsigned_abs().into())),
        colour: Some(colour::WAITS),
        ..Embed::default()
    })
    .with_buttons(vec![button])
}

type AllTerms = BTreeMap<Priority, Terms>;

fn terms_changed(
    words: Words,
    category: Option<&Category>,
    before: &AllTerms,
    after: &AllTerms,
) -> Vec<String> {
    let mut lines = Vec::new();
    for (priority, is) in after {
        let was = before.get(priority);
        if was == Some(is) {
            continue;
        }
        let written = |terms: &Terms| {
            [
                show_target(terms.first_response),
                show_update(terms),
                show_target(terms.resolution),
                plain::shown_line(&terms.calendar),
            ]
        };
        let labels = [
            words.plan_first(),
            words.plan_update(),
            words.plan_solution(),
            words.plan_calendar_of(),
        ];
        let was = was.map(written).unwrap_or_default();
        let pairs = was.iter().zip(written(is)).zip(labels);
        let parts: Vec<String> = pairs
            .filter(|((was, is), _)| *was != is)
            .map(|((was, is), label)| format!("{label} {was} → {is}"))
            .collect();
        let of = match category {
            Some(category) => format!("{priority}, {}", words.category(category)),
            None => priority.to_string(),
        };
        lines.push(words.plan_terms(&of, &parts.join(" · ")));
    }
    lines
}

/// As many lines as fit, and how many more there are.
fn fitting(words: Words, lines: Vec<String>) -> String {
    let (count, mut length) = (lines.len(), 0);
    let mut shown: Vec<String> = Vec::new();
    for line in lines {
        length += line.chars().count() + 1;
        if length > LINES {
            break;
        }
        shown.push(line);
    }
    if shown.len() < count {
        shown.push(words.recalc_more(count - shown.len()));
    }
    shown.join("\n")
}
