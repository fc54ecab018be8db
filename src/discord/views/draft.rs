//! A ticket that is being opened, and one that is being resolved: what is chosen before the form can open.

use crate::desk::Draft;
use crate::discord::line::Line;
use crate::discord::plain;
use crate::discord::reply::{Button, Choice, Embed, Field, Form, Post, Select, Size, Style};
use crate::discord::words::Words;
use crate::discord::words::parts::colour;
use crate::domain::category::Category;
use crate::domain::ids::DraftId;
use crate::domain::priority::{Impact, Urgency};
use crate::domain::ticket::Opening;

/// The longest account of what happens that a form takes, in characters: all of it fits into one message.
pub const BODY: u16 = 2000;
/// The longest account of what was tried.
pub const TRIED: u16 = 1000;
/// The longest title.
const TITLE: u16 = Opening::TITLE_AT_MOST as u16;

/// What a draft's selects ask for.
pub const CHOICES: [&str; 3] = ["category", "affected", "can_work"];

/// The draft with its three selects. `note` stands above it: what is missing, or why it was refused.
pub fn opening(words: Words, id: DraftId, draft: &Draft, note: Option<String>) -> Post {
    let line = Line::new("ticket open").arg(named(id));
    let about = if draft.title.is_empty() {
        words.draft_intro()
    } else {
        words.draft_about(&plain::shown_line(&draft.title))
    };
    let about = match &draft.requester {
        Some((whom, _)) => format!("{}\n{about}", words.draft_for(*whom)),
        None => about,
    };
    let embed = Embed {
        title: Some(words.draft_title()),
        description: Some(about),
        colour: Some(colour::OPEN),
        footer: draft
            .file
            .as_ref()
            .map(|name| words.draft_file(&plain::one_line(name))),
        ..Embed::default()
    };
    let select = |key: &str, placeholder, options| Select {
        line: line.clone().arg(key),
        placeholder,
        options,
        min: 1,
        max: 1,
    };
    let [categories, impacts, urgencies] = answers(
        words,
        draft.category.as_deref(),
        draft.impact,
        draft.urgency,
    );
    let [category, affected, can_work] = CHOICES;
    Post {
        text: note.unwrap_or_default(),
        ..Post::embed(embed)
    }
    .with_select(select(category, words.placeholder_category(), categories))
    .with_select(select(affected, words.placeholder_impact(), impacts))
    .with_select(select(can_work, words.placeholder_urgency(), urgencies))
    .with_buttons(go_on(words, &line))
}

/// What can be answered to the three questions, with what is answered already: category, impact, urgency.
pub fn answers(
    words: Words,
    category: Option<&str>,
    impact: Option<Impact>,
    urgency: Option<Urgency>,
) -> [Vec<Choice>; 3] {
    let choice = |label, value: &str, chosen| Choice {
        label,
        value: value.to_owned(),
        about: None,
        chosen,
    };
    let categories = Category::ALL
        .iter()
        .map(|one| choice(words.category(one), one.key, category == Some(one.key)));
    let impacts = Impact::ALL
        .iter()
        .map(|one| choice(words.impact(*one), one.key(), impact == Some(*one)));
    let urgencies = Urgency::ALL
        .iter()
        .rev()
        .map(|one| choice(words.urgency(*one), one.key(), urgency == Some(*one)));
    [categories.collect(), impacts.collect(), urgencies.collect()]
}

/// Continue and Cancel.
pub fn go_on(words: Words, line: &Line) -> Vec<Button> {
    vec![
        Button::new(
            words.button_continue(),
            Style::Primary,
            line.clone().arg("go"),
        ),
        Button::new(
            words.button_cancel(),
            Style::Secondary,
            line.clone().arg("cancel"),
        ),
    ]
}

/// What still has to be chosen, as a sentence; nothing when the form can open.
pub fn missing(words: Words, draft: &Draft) -> Option<String> {
    let missing: Vec<String> = [
        category(draft).is_none().then(|| words.missing_category()),
        draft.impact.is_none().then(|| words.missing_impact()),
        draft.urgency.is_none().then(|| words.missing_urgency()),
    ]
    .into_iter()
    .flatten()
    .collect();
    (!missing.is_empty()).then(|| words.draft_missing(&words.all_of(&missing)))
}

/// The category that was chosen, if it is one.
pub fn category(draft: &Draft) -> Option<&'static Category> {
    Category::from_key(draft.category.as_deref()?)
}

/// The form, with everything in it that is known already.
pub fn form(words: Words, line: Line, draft: &Draft) -> Form {
    let long_enough = draft.title.chars().count() >= Opening::TITLE_AT_LEAST;
    let field = |name, label, size, value: &str, placeholder, required, min, max: u16| Field {
        name,
        label,
        size,
        value: plain::cut(value, usize::from(max)),
        placeholder,
        required,
        min,
        max,
    };
    Form {
        line,
        title: words.form_open(),
        fields: vec![
            field(
                "title",
                words.label_title(),
                Size::Short,
                // Discord refuses a form whose text is shorter than it demands.
                if long_enough { &draft.title } else { "" },
                words.placeholder_title(),
                true,
                Opening::TITLE_AT_LEAST as u16,
                TITLE,
            ),
            field(
                "body",
                words.label_body(),
                Size::Paragraph,
                &draft.body,
                words.placeholder_body(),
                true,
                0,
                BODY,
            ),
            field(
                "tried",
                words.label_tried(),
                Size::Paragraph,
                &draft.tried,
                words.placeholder_tried(),
                false,
                0,
                TRIED,
            ),
        ],
    }
}

/// A text as one line that serves as a title.
pub fn title_of(text: &str) -> String {
    let line = text.lines().find(|line| !line.trim().is_empty());
    plain::cut(
        &plain::one_line(line.unwrap_or_default()),
        Opening::TITLE_AT_MOST,
    )
}

/// How a button names a draft.
pub fn named(id: DraftId) -> String {
    format!("D-{id}")
}

/// The draft that a button names.
pub fn id_of(arg: &str) -> Option<DraftId> {
    arg.strip_prefix("D-")?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_missing_is_named_and_nothing_else() {
        let words = Words::of("en");
        let mut draft = Draft {
            urgency: Some(Urgency::High),
            ..Draft::default()
        };
        assert_eq!(
            missing(words, &draft).as_deref(),
            Some("One thing first: choose what it is about and how many are affected.")
        );
        draft.category = Some("no longer known".to_owned());
        draft.impact = Some(Impact::Low);
        assert_eq!(
            missing(words, &draft).as_deref(),
            Some("One thing first: choose what it is about.")
        );
        draft.category = Some("network".to_owned());
        assert_eq!(missing(words, &draft), None);
    }

    #[test]
    fn what_was_chosen_stays_chosen() {
        let words = Words::of("en");
        let draft = Draft {
            category: Some("email".to_owned()),
            impact: Some(Impact::Medium),
            ..Draft::default()
        };
        let post = opening(words, DraftId(7), &draft, None);
        let chosen: Vec<&str> = post
            .rows
            .iter()
            .filter_map(|row| match row {
                crate::discord::reply::Row::Select(select) => Some(&select.options),
                _ => None,
            })
            .flatten()
            .filter(|choice| choice.chosen)
            .map(|choice| choice.value.as_str())
            .collect();
        assert_eq!(chosen, ["email", "medium"]);
    }

    #[test]
    fn a_form_holds_what_is_known_and_nothing_that_discord_refuses() {
        let words = Words::of("en");
        let draft = Draft {
            title: "VPN".to_owned(),
            body: "x".repeat(5000),
            ..Draft::default()
        };
        let form = form(words, Line::new("ticket open"), &draft);
        assert_eq!(form.fields[0].value, "");
        assert_eq!(form.fields[1].value.chars().count(), usize::from(BODY));
    }

    #[test]
    fn a_title_is_the_first_line_that_says_anything() {
        assert_eq!(
            title_of("\n  \nThe VPN   is down\nsince nine"),
            "The VPN is down"
        );
        assert_eq!(title_of(&"é".repeat(200)).chars().count(), 100);
        assert_eq!(title_of(""), "");
    }

    #[test]
    fn a_draft_comes_back_by_its_name() {
        assert_eq!(id_of(&named(DraftId(12))), Some(DraftId(12)));
        for other in ["12", "D-", "D-x", "a12", "T-0042"] {
            assert_eq!(id_of(other), None, "{other}");
        }
    }
}
