//! An article that is being written: out of a solved ticket, out of questions that found nothing, or to change one that is there
//! (`DOMAIN` 1.15).

use std::fmt;
use std::str::FromStr;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::category::Category;
use super::ids::{ArticleDraftId, GuildId, NotAnId, Number, TicketId, UserId};
use super::refusal::Refusal;
use super::ticket::Ticket;

/// How far it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Stage {
    /// It is being written.
    Draft,
    /// A second person is asked to read it.
    Review,
    /// A second person approved it, and its file is to be written.
    Approved,
    /// Its file is written.
    Published,
    /// Nothing comes of it.
    Dropped,
}

impl Stage {
    /// How the table keeps it.
    pub fn key(self) -> &'static str {
        match self {
            Self::Draft => "draft",
            Self::Review => "review",
            Self::Approved => "approved",
            Self::Published => "published",
            Self::Dropped => "dropped",
        }
    }

    /// Every one.
    pub const ALL: [Self; 5] = [
        Self::Draft,
        Self::Review,
        Self::Approved,
        Self::Published,
        Self::Dropped,
    ];

    /// The stage of that key.
    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|stage| stage.key() == key)
    }
}

/// Why a file of the knowledge base is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FileKind {
    /// A draft was approved.
    Published,
    /// The article is wrong, and nobody is to be answered with it any more.
    Retired,
    /// It is right after all.
    Restored,
}

impl FileKind {
    /// How the table keeps it.
    pub fn key(self) -> &'static str {
        match self {
            Self::Published => "published",
            Self::Retired => "retired",
            Self::Restored => "restored",
        }
    }

    /// The kind of that key.
    pub fn from_key(key: &str) -> Option<Self> {
        [Self::Published, Self::Retired, Self::Restored]
            .into_iter()
            .find(|kind| kind.key() == key)
    }
}

/// How people name a draft: by the ticket that it is written out of, or by a number of its own. Prints as `T-0042` or `D-7`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum DraftName {
    /// By its ticket.
    Of(Number),
    /// By its own number.
    Own(ArticleDraftId),
}

impl fmt::Display for DraftName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Of(number) => number.fmt(f),
            Self::Own(id) => write!(f, "D-{id}"),
        }
    }
}

impl FromStr for DraftName {
    type Err = NotAnId;

    /// Reads what stands on buttons and what people type.
    fn from_str(text: &str) -> Result<Self, NotAnId> {
        let text = text.trim();
        match text.strip_prefix(['D', 'd']) {
            Some(rest) => rest.trim_start_matches('-').parse().map(Self::Own),
            None => text.parse().map(Self::Of),
        }
    }
}

/// The draft of an article. Its texts are Markdown that people typed: hostile until somebody has read it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ArticleDraft {
    /// Its number; none yet before it is kept.
    pub id: ArticleDraftId,
    /// The ticket that it comes from, with its number: each has one draft at most that is not published.
    pub ticket: Option<(TicketId, Number)>,
    /// The article that it changes, or that it became: its name in the knowledge base.
    pub article: Option<String>,
    /// The whole file of the article that it changes, as it was when somebody last wrote at the draft.
    pub base: Option<String>,
    /// The file that it would have been when it was last sent back: what is new since then is shown.
    pub reviewed: Option<String>,
    /// Questions that it is to answer, in the words of those who asked.
    pub asks: Vec<String>,
    /// Its category, by its key.
    pub category: String,
    /// Its desk.
    pub guild: GuildId,
    /// One line.
    pub title: String,
    /// One line: what it helps with.
    pub summary: String,
    /// Everything else, in Markdown.
    pub body: String,
    /// Everybody who wrote at it, the last of them last: none of them may be the one who approves it.
    pub writers: Vec<UserId>,
    /// Who asked that somebody reads it.
    pub asked_by: Option<UserId>,
    /// Who approved it.
    pub approved_by: Option<UserId>,
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
            ticket: Some((ticket.id, ticket.number)),
            title: cut(&ticket.title, Self::TITLE_AT_MOST),
            summary: cut(
                done.lines().next().unwrap_or_default(),
                Self::SUMMARY_AT_MOST,
            ),
            body: cut(&body.join("\n"), Self::BODY_AT_MOST),
            ..Self::empty(ticket.guild, &ticket.category, by, now)
        }
    }

    /// One that is to answer `asks`, which found nothing; `solutions` are what their tickets were solved with.
    pub fn of_questions(
        guild: GuildId,
        category: &str,
        asks: &[String],
        solutions: &[String],
        by: UserId,
        now: Timestamp,
    ) -> Self {
        let first = asks.first().map(String::as_str).unwrap_or_default();
        let title: Vec<&str> = first.split_whitespace().collect();
        let done: Vec<String> = solutions
            .iter()
            .map(|done| done.trim().to_owned())
            .filter(|done| !done.is_empty())
            .collect();
        let body = format!("## What to do\n\n{}", done.join("\n\n"));
        Self {
            asks: asks.to_vec(),
            title: cut(&title.join(" "), Self::TITLE_AT_MOST),
            body: cut(&body, Self::BODY_AT_MOST),
            ..Self::empty(guild, category, by, now)
        }
    }

    /// One in which nothing stands yet.
    pub fn empty(guild: GuildId, category: &str, by: UserId, now: Timestamp) -> Self {
        Self {
            id: ArticleDraftId(0),
            ticket: None,
            article: None,
            base: None,
            reviewed: None,
            asks: Vec::new(),
            category: category.to_owned(),
            guild,
            title: String::new(),
            summary: String::new(),
            body: String::new(),
            writers: vec![by],
            asked_by: None,
            approved_by: None,
            owner: String::new(),
            stage: Stage::Draft,
            version: 0,
            begun_at: now,
            changed_at: now,
        }
    }

    /// How people name it.
    pub fn name(&self) -> DraftName {
        match self.ticket {
            Some((_, number)) => DraftName::Of(number),
            None => DraftName::Own(self.id),
        }
    }

    /// It goes to a second person, who reads it.
    pub fn ask_review(&mut self, by: UserId) -> Result<(), Refusal> {
        if self.stage != Stage::Draft {
            return Err(self.elsewhere());
        }
        self.stage = Stage::Review;
        self.asked_by = Some(by);
        Ok(())
    }

    /// It goes back to those who write at it. `file` is what it would have been.
    pub fn send_back(&mut self, file: String) -> Result<(), Refusal> {
        if self.stage != Stage::Review {
            return Err(self.elsewhere());
        }
        self.stage = Stage::Draft;
        self.reviewed = Some(file);
        Ok(())
    }

    /// A second person has read it, and found it good.
    pub fn approve(&mut self, by: UserId) -> Result<(), Refusal> {
        if self.stage != Stage::Review {
            return Err(self.elsewhere());
        }
        if self.writers.contains(&by) {
            return Err(Refusal::OwnDraft);
        }
        self.stage = Stage::Approved;
        self.approved_by = Some(by);
        Ok(())
    }

    /// Why nothing can be done with it at its stage.
    fn elsewhere(&self) -> Refusal {
        Refusal::DraftElsewhere {
            name: self.name(),
            stage: self.stage,
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
        for stage in Stage::ALL {
            assert_eq!(Stage::from_key(stage.key()), Some(stage));
        }
        assert_eq!(Stage::from_key("retired"), None);
    }

    #[test]
    fn a_second_person_approves_what_was_asked_for_and_nobody_twice() {
        let mut draft = draft("It says 809.", "", "Port 4500 is open.");
        let name = DraftName::Of(Number(42));
        let at = |stage| Err(Refusal::DraftElsewhere { name, stage });
        let (writer, second) = (UserId(21), UserId(22));
        assert_eq!(draft.approve(second), at(Stage::Draft));
        assert_eq!(draft.ask_review(writer), Ok(()));
        assert_eq!(draft.ask_review(writer), at(Stage::Review));
        assert_eq!(draft.approve(writer), Err(Refusal::OwnDraft));
        assert_eq!(draft.send_back("as it was".into()), Ok(()));
        assert_eq!(draft.stage, Stage::Draft);
        draft.ask_review(writer).expect("asked again");
        assert_eq!(draft.approve(second), Ok(()));
        assert_eq!(draft.approve(second), at(Stage::Approved));
    }

    #[test]
    fn a_draft_is_named_by_its_ticket_or_by_its_own_number() {
        for (typed, name, shown) in [
            ("T-0042", DraftName::Of(Number(42)), "T-0042"),
            ("d-7", DraftName::Own(ArticleDraftId(7)), "D-7"),
            (" D7 ", DraftName::Own(ArticleDraftId(7)), "D-7"),
        ] {
            assert_eq!(typed.parse(), Ok(name), "{typed}");
            assert_eq!(name.to_string(), shown);
        }
        assert_eq!("D-x".parse::<DraftName>(), Err(NotAnId));
    }

    #[test]
    fn what_questions_begin_says_what_solved_their_tickets() {
        let asks = ["where is  my\npayslip".to_owned(), "payslip?".to_owned()];
        let done = [" It is in the portal. ".to_owned(), String::new()];
        let (guild, by) = (GuildId(7), UserId(21));
        let now = "2026-06-15T09:00:00Z".parse().expect("a valid instant");
        let draft = ArticleDraft::of_questions(guild, "other", &asks, &done, by, now);
        assert_eq!(draft.title, "where is my payslip");
        assert_eq!(draft.body, "## What to do\n\nIt is in the portal.");
        assert_eq!(draft.asks, asks);
    }
}
