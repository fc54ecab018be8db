//! An article that is being written out of a solved ticket (`DOMAIN` 1.15).

use jiff::Timestamp;

use super::category::Category;
use super::ids::{GuildId, Number, TicketId, UserId};
use super::ticket::Ticket;

/// How far it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stage {
    /// It is being written.
    Draft,
    /// Nothing comes of it.
    Dropped,
}

impl Stage {
    /// How the table keeps it.
    pub fn key(self) -> &'static str {
        match self {
            Self::Draft => "draft",
            Self::Dropped => "dropped",
        }
    }

    /// The stage of that key.
    pub fn from_key(key: &str) -> Option<Self> {
        [Self::Draft, Self::Dropped]
            .into_iter()
            .find(|stage| stage.key() == key)
    }
}

/// The draft of an article. Its texts are Markdown that people typed: hostile until somebody has read it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ArticleDraft {
    /// The ticket that it comes from: each has one draft at most.
    pub ticket: TicketId,
    /// That ticket's number.
    pub number: Number,
    /// That ticket's category, by its key.
    pub category: String,
    /// Its desk.
    pub guild: GuildId,
    /// One line.
    pub title: String,
    /// One line: what it helps with.
    pub summary: String,
    /// Everything else, in Markdown.
    pub body: String,
    /// Everybody who wrote at it, the last of them last.
    pub writers: Vec<UserId>,
    /// Who keeps it up: the name of who wrote last, as far as it is known.
    pub owner: String,
    /// How far it is.
    pub stage: Stage,
    /// Counts what people changed.
    pub version: i64,
    /// When it was begun.
    pub begun_at: Timestamp,
    /// When it was last changed.
    pub changed_at: Timestamp,
}

impl ArticleDraft {
    /// The longest title, in characters.
    pub const TITLE_AT_MOST: u16 = 100;
    /// The longest summary, in characters.
    pub const SUMMARY_AT_MOST: u16 = 300;
    /// The longest body, in characters: as much as a form's field takes.
    pub const BODY_AT_MOST: u16 = 4000;

    /// What `ticket` teaches, as `by` ended it with `done`: the trouble in its requester's words, what helps, and what did not.
    /// Who the requester is does not stand in it.
    pub fn of_resolution(ticket: &Ticket, done: &str, by: UserId, now: Timestamp) -> Self {
        let quoted: Vec<String> = ticket
            .body
            .lines()
            .map(|line| format!("> {line}").trim_end().to_owned())
            .collect();
        let part = |heading: &str, text: &str| {
            let text = text.trim();
            (!text.is_empty()).then(|| format!("## {heading}\n\n{text}\n"))
        };
        let parts = [
            part("When this helps", &quoted.join("\n")),
            part("What to do", done),
            part("What did not help", &ticket.tried),
        ];
        let body: Vec<String> = parts.into_iter().flatten().collect();
        Self {
            ticket: ticket.id,
            number: ticket.number,
            category: ticket.category.clone(),
            guild: ticket.guild,
            title: cut(&ticket.title, Self::TITLE_AT_MOST),
            summary: cut(
                done.lines().next().unwrap_or_default(),
                Self::SUMMARY_AT_MOST,
            ),
            body: cut(&body.join("\n"), Self::BODY_AT_MOST),
            writers: vec![by],
            owner: String::new(),
            stage: Stage::Draft,
            version: 0,
            begun_at: now,
            changed_at: now,
        }
    }

    /// What it is about, or *other* where the category is not known any more.
    pub fn category(&self) -> &'static Category {
        Category::from_key(&self.category).unwrap_or(Category::other())
    }
}

fn cut(text: &str, at_most: u16) -> String {
    text.trim().chars().take(usize::from(at_most)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::priority::{Impact, Urgency};
    use crate::domain::ticket::Opening;

    fn ticket(body: &str, tried: &str) -> Ticket {
        let opening = Opening {
            guild: GuildId(7),
            requester: UserId(1),
            requester_name: "Mia".into(),
            title: "VPN fails with 809".into(),
            body: body.into(),
            tried: tried.into(),
            category: Category::from_key("network").expect("known"),
            impact: Impact::Low,
            urgency: Urgency::Low,
            ask: None,
        };
        let now = "2026-06-15T09:00:00Z".parse().expect("a valid instant");
        Ticket::open(opening, TicketId(1), Number(42), now).0
    }

    fn draft(body: &str, tried: &str, done: &str) -> ArticleDraft {
        let ticket = ticket(body, tried);
        ArticleDraft::of_resolution(&ticket, done, UserId(21), ticket.opened_at)
    }

    #[test]
    fn it_says_when_it_helps_what_to_do_and_what_did_not_help_and_not_whose_trouble_it_was() {
        let draft = draft(
            "It says 809.\n\nSince noon.",
            "a restart",
            "Port 4500 was shut.\nIt is open now.",
        );
        assert_eq!(
            draft.body,
            "## When this helps\n\n> It says 809.\n>\n> Since noon.\n\n## What to do\n\nPort 4500 was shut.\nIt is open \
             now.\n\n## What did not help\n\na restart"
        );
        assert_eq!(draft.summary, "Port 4500 was shut.");
        assert!(!format!("{draft:?}").contains("Mia"));
    }

    #[test]
    fn what_was_not_said_has_no_heading_and_no_text_is_longer_than_its_field() {
        let draft = draft("", " ", &"long ".repeat(2000));
        assert!(draft.body.starts_with("## What to do\n"), "{}", draft.body);
        assert_eq!(draft.body.chars().count(), 4000);
        assert!(draft.summary.chars().count() <= 300);
    }

    #[test]
    fn a_stage_comes_back_from_its_key() {
        for stage in [Stage::Draft, Stage::Dropped] {
            assert_eq!(Stage::from_key(stage.key()), Some(stage));
        }
        assert_eq!(Stage::from_key("published"), None);
    }
}
