//! What the desk promises, as staff read it, and as admins change it.

use crate::discord::line::Line;
use crate::discord::plain;
use crate::discord::reply::{Button, Choice, Embed, Post, Select, Style};
use crate::discord::words::Words;
use crate::discord::words::parts::colour;
use crate::domain::category::Category;
use crate::domain::clocks::{Book, Terms, WARNINGS, show_target, show_update};
use crate::domain::priority::Priority;

/// Stands for all tickets where a category could stand.
pub const ALL: &str = "all";

const PATH: &str = "sla policy";

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
