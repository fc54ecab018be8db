//! A ticket's transcript: what happened to it and what was written about it, as one file to be kept or passed on.
//!
//! Pure functions from the desk's record to bytes. What may be in it was decided before, by who asked: here nothing is
//! left out but what would not fit. To be read in this order: this file (what stands in it, in which order), `markdown`,
//! `html`.

mod html;
mod markdown;
mod more;

use std::collections::BTreeMap;

use jiff::Timestamp;

use super::plain;
use super::reply::Upload;
use super::words::Words;
use crate::desk::Record;
use crate::domain::category::Category;
use crate::domain::event::{Event, ReleaseReason, What};
use crate::domain::ids::UserId;
use crate::domain::record::{FileState, KeptFile, Room, Said, picture};
use crate::domain::ticket::ArticleNote;

/// Discord takes files of ten mebibytes from a bot; a little is left for what goes with it.
pub const LARGEST: usize = 10 * 1024 * 1024 - 64 * 1024;
/// A picture grows by a third when it is written as text, so larger ones cannot fit.
pub const LARGEST_PICTURE: u64 = 7 * 1024 * 1024;

/// In which form it is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// Plain text with marks.
    Markdown,
    /// One page that needs nothing beside it.
    Html,
}

impl Form {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Html, Self::Markdown];

    /// How a command names it.
    pub fn key(self) -> &'static str {
        match self {
            Self::Markdown => "markdown",
            Self::Html => "html",
        }
    }

    /// The form of that name.
    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|form| form.key() == key)
    }
}

/// The bytes of pictures, by their hashes.
pub type Pictures = BTreeMap<String, Vec<u8>>;

/// Whether a file may turn out to be a picture that is shown: worth being read.
pub fn may_be_picture(file: &KeptFile) -> bool {
    let kind = file.media_type.as_deref().unwrap_or_default();
    file.state == FileState::Kept
        && file.size <= LARGEST_PICTURE
        && ["image/png", "image/jpeg", "image/gif", "image/webp"]
            .iter()
            .any(|known| kind.starts_with(known))
}

/// Writes the transcript, for whoever `reader` is called. `pictures` are shown as far as they fit; `now` is when it is
/// written.
pub fn write(
    words: Words,
    record: &Record,
    form: Form,
    pictures: &Pictures,
    reader: &str,
    now: Timestamp,
) -> Upload {
    let sheet = sheet(words, record, reader, now);
    let (text, ending) = match form {
        Form::Markdown => (markdown::write(words, &sheet, LARGEST), "md"),
        Form::Html => (html::write(words, &sheet, pictures, LARGEST), "html"),
    };
    let number = record.ticket.number;
    let name = if record.staff {
        words.transcript_file_staff(number)
    } else {
        words.transcript_file(number)
    };
    Upload {
        name: format!("{name}.{ending}"),
        bytes: text.into_bytes().into(),
        about: None,
    }
}

/// All that stands in a transcript, in order, in plain text that nothing has been done to yet.
struct Sheet<'a> {
    title: String,
    lang: &'static str,
    /// What the reader should know first.
    remarks: Vec<String>,
    /// What the ticket is now: pairs of name and value.
    facts: Vec<(String, String)>,
    /// The request's own words: pairs of name and text.
    request: Vec<(String, String)>,
    /// What happened and what was said.
    entries: Vec<Entry<'a>>,
    people: Vec<String>,
}

/// One thing that happened or was said.
struct Entry<'a> {
    at: Timestamp,
    kind: Kind,
    /// Who, or what happened.
    head: String,
    /// Only the staff's version has it.
    staff: bool,
    texts: Vec<Text>,
    files: Vec<&'a KeptFile>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    /// Somebody wrote it in a thread.
    Message,
    /// It happened to the ticket.
    Event,
}

/// A text, and what it is.
struct Text {
    label: Option<String>,
    text: String,
    /// It says so no more.
    past: bool,
    /// It is a remark of the desk's, and not somebody's words.
    remark: bool,
}

impl Text {
    fn words(label: Option<String>, text: &str) -> Self {
        Self {
            label,
            text: text.to_owned(),
            past: false,
            remark: false,
        }
    }
}

/// An instant as it is read anywhere.
fn instant(at: Timestamp) -> String {
    at.strftime("%Y-%m-%d %H:%M").to_string()
}

/// What somebody is called; their id where nobody knows.
fn name_of(record: &Record, user: UserId) -> String {
    record
        .names
        .get(&user)
        .map_or_else(|| user.to_string(), |name| plain::one_line(name))
}

fn sheet<'a>(words: Words, record: &'a Record, reader: &str, now: Timestamp) -> Sheet<'a> {
    let ticket = &record.ticket;
    let mut remarks = vec![
        if record.staff {
            words.record_for_staff()
        } else {
            words.record_for_requester()
        },
        words.record_written(&instant(now), &plain::one_line(reader)),
    ];
    let unread = |said: &&Said| said.versions.iter().any(|version| version.text.is_none());
    match record.messages.iter().filter(unread).count() {
        0 => {}
        count => remarks.push(words.record_unread(count)),
    }
    let name = |user| name_of(record, user);
    let with = ticket.assignee.map_or_else(|| words.nobody_yet(), name);
    let facts = vec![
        (words.field_state(), words.state(ticket.state)),
        (words.field_requester(), name(ticket.requester)),
        (
            words.field_assignee(),
            format!("{with} · {}", words.tier(ticket.tier)),
        ),
        (words.field_priority(), words.priority(ticket)),
        (words.field_category(), words.category(ticket.category())),
        (words.field_opened(), instant(ticket.opened_at)),
        (words.field_changed(), instant(ticket.changed_at)),
    ];
    let mut request = vec![(words.field_body(), ticket.body.clone())];
    if !ticket.tried.trim().is_empty() {
        request.push((words.field_tried(), ticket.tried.clone()));
    }
    let mut entries: Vec<Entry<'a>> = record
        .events
        .iter()
        .filter_map(|event| of_event(words, record, event))
        .chain(
            record
                .messages
                .iter()
                .filter_map(|said| of_message(words, record, said)),
        )
        .chain(of_request(words, record))
        .collect();
    // What has the same instant stays as it is: what happened before what was said about it.
    entries.sort_by_key(|entry| entry.at);
    for entry in &mut entries {
        for text in &mut entry.texts {
            text.text = named(record, &text.text);
        }
    }
    Sheet {
        title: words.record_title(ticket.number, &plain::one_line(&ticket.title)),
        lang: words.tag(),
        remarks,
        facts,
        request,
        entries,
        people: people(words, record),
    }
}

/// Everybody who did or said something, with their ids: names can be taken on by others (`SECURITY` A38).
fn people(words: Words, record: &Record) -> Vec<String> {
    let mut seen = vec![record.ticket.requester];
    let by = record.events.iter().filter_map(|event| event.by);
    let authors = record.messages.iter().filter_map(|said| said.author);
    for user in by.chain(authors).chain(record.ticket.assignee) {
        if !seen.contains(&user) {
            seen.push(user);
        }
    }
    seen.into_iter()
        .map(|user| words.record_person(&name_of(record, user), &user.to_string()))
        .collect()
}

/// Mentions as people read them: outside of Discord nobody knows an id.
fn named(record: &Record, text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(start) = rest.find("<@") {
        let (before, tag) = rest.split_at(start);
        out.push_str(before);
        let inner = tag[2..].split('>').next().unwrap_or_default();
        let id = inner.strip_prefix('!').unwrap_or(inner);
        let known = id
            .parse()
            .ok()
            .filter(|_| tag[2..].contains('>'))
            .map(UserId)
            .filter(|user| record.names.contains_key(user));
        match known {
            Some(user) => {
                out.push('@');
                out.push_str(&name_of(record, user));
                rest = &tag[inner.len() + 3..];
            }
            None => {
                out.push_str("<@");
                rest = &tag[2..];
            }
        }
    }
    out.push_str(rest);
    out
}

fn of_message<'a>(words: Words, record: &'a Record, said: &'a Said) -> Option<Entry<'a>> {
    // Of whom nothing is known but that something of theirs was deleted, there is nothing to say.
    let author = said.author?;
    let by = match plain::one_line(&said.author_name) {
        name if name.is_empty() => name_of(record, author),
        name => name,
    };
    let mut texts = Vec::new();
    if said.deleted_at.is_some() {
        texts.push(Text {
            remark: true,
            ..Text::words(None, &words.record_deleted(&by))
        });
    }
    let last = said.versions.len().saturating_sub(1);
    for (place, version) in said.versions.iter().enumerate().rev() {
        let label = match (place == last, last) {
            (true, 0) => None,
            (true, _) => Some(words.record_now()),
            (false, _) => Some(words.record_before(&instant(version.at))),
        };
        let text = match &version.text {
            // A file without a word.
            Some(text) if text.is_empty() && last == 0 => continue,
            Some(text) => Text {
                past: place != last,
                ..Text::words(label, text)
            },
            None => Text {
                past: place != last,
                remark: true,
                ..Text::words(label, &words.record_not_readable())
            },
        };
        texts.push(text);
    }
    Some(Entry {
        at: said.sent_at,
        kind: Kind::Message,
        head: by,
        staff: said.room == Room::Staff,
        texts,
        files: record
            .files
            .iter()
            .filter(|file| file.message == Some(said.id))
            .collect(),
    })
}

/// The files that came with the request itself.
fn of_request<'a>(words: Words, record: &'a Record) -> Option<Entry<'a>> {
    let files: Vec<&KeptFile> = record
        .files
        .iter()
        .filter(|file| file.message.is_none())
        .collect();
    let first = files.first()?;
    Some(Entry {
        at: record.ticket.opened_at,
        kind: Kind::Event,
        head: words.record_gave(&name_of(record, first.owner)),
        staff: false,
        texts: Vec::new(),
        files,
    })
}

fn of_event<'a>(words: Words, record: &'a Record, event: &Event) -> Option<Entry<'a>> {
    let by = name_of(record, event.by.unwrap_or(record.ticket.requester));
    let by = by.as_str();
    let name = |user| name_of(record, user);
    let mut texts: Vec<(Option<String>, &str)> = Vec::new();
    let mut staff = false;
    let head = match &event.what {
        What::Opened { priority, .. } => words.record_opened(by, *priority),
        What::Claimed { .. } => words.record_claimed(by),
        What::Offered { to, .. } => {
            staff = true;
            words.record_offered(&name(*to))
        }
        What::Accepted { .. } => words.record_accepted(by),
        What::Escalated { hand_over, .. } if !record.staff => {
            words.record_moved(&words.tier(hand_over.from), &words.tier(hand_over.to))
        }
        What::Escalated { hand_over, reason } => {
            staff = true;
            let over = &hand_over.texts;
            texts = vec![
                (Some(words.field_summary()), &over.summary),
                (Some(words.field_tried()), &over.tried),
                (Some(words.field_findings()), &over.findings),
                (Some(words.field_asked()), &over.asked),
                (Some(words.field_told()), &over.told),
                (
                    Some(words.field_reason()),
                    reason.as_deref().unwrap_or_default(),
                ),
            ];
            let by = if hand_over.by == UserId::DESK {
                UserId::DESK_NAME
            } else {
                by
            };
            words.record_escalated(by, hand_over.from, hand_over.to)
        }
        What::Rejected { from, to, .. } | What::Deescalated { from, to, .. } if !record.staff => {
            words.record_moved_back(&words.tier(*from), &words.tier(*to))
        }
        What::Rejected {
            from, to, reason, ..
        } => {
            staff = true;
            texts.push((Some(words.field_reason()), reason));
            words.record_rejected(by, *from, *to)
        }
        What::Deescalated {
            from,
            to,
            reason,
            remaining,
        } => {
            staff = true;
            texts.push((Some(words.field_reason()), reason));
            texts.push((Some(words.record_remaining()), remaining));
            words.record_deescalated(by, *from, *to)
        }
        What::Reassessed {
            priority_was,
            priority,
            ..
        } => words.record_reassessed(by, *priority_was, *priority),
        What::Recategorised { category, .. } => {
            let category = Category::from_key(category).unwrap_or(Category::other());
            words.record_recategorised(by, &words.category(category))
        }
        What::Released { from, reason, text } => {
            staff = true;
            texts.push((None, text.as_deref().unwrap_or_default()));
            match reason {
                ReleaseReason::GivenBack => words.record_given_back(&name(*from)),
                ReleaseReason::Unanswered => words.record_unanswered(&name(*from)),
                ReleaseReason::OffDuty | ReleaseReason::Away => words.record_off_duty(&name(*from)),
                ReleaseReason::LostRole | ReleaseReason::Left => {
                    words.record_released(&name(*from))
                }
            }
        }
        What::Assigned { to, reason, .. } => {
            staff = true;
            texts.push((None, reason.as_deref().unwrap_or_default()));
            words.record_assigned(by, &name(*to))
        }
        What::Noted { text } => {
            staff = true;
            texts.push((None, text));
            words.record_noted(by)
        }
        // What was written in the thread stands there.
        What::Replied { text: None } | What::RatingAsked | What::Locked => return None,
        What::Replied { text: Some(text) } => {
            texts.push((None, text));
            words.record_replied(by)
        }
        What::Asked { text } => {
            texts.push((None, text));
            words.record_asked(by)
        }
        What::Resumed if event.by == Some(record.ticket.requester) => words.record_answered(by),
        What::Resumed => words.record_resumed(by),
        What::EscalationAsked { reason } => {
            texts.push((None, reason));
            words.record_escalation_asked(by)
        }
        What::Cancelled { reason } => {
            texts.push((None, reason.as_deref().unwrap_or_default()));
            words.record_cancelled(by)
        }
        What::Resolved {
            code,
            text,
            article,
            lesson,
            reason,
        } => {
            texts.push((None, text));
            match article {
                ArticleNote::Linked { title, .. } => {
                    texts.push((Some(words.record_article()), title));
                }
                // What became of it stands in the knowledge base.
                ArticleNote::Draft => {}
                ArticleNote::None { reason } => {
                    texts.push((Some(words.record_no_article()), reason));
                }
            }
            texts.push((
                Some(words.field_reason()),
                reason.as_deref().unwrap_or_default(),
            ));
            texts.push((
                Some(words.field_lesson()),
                lesson.as_deref().unwrap_or_default(),
            ));
            if event.by.is_none() {
                words.record_resolved_itself()
            } else {
                words.record_resolved(by, &words.code(*code))
            }
        }
        What::Reopened { reason, .. } => {
            texts.push((None, reason));
            words.record_reopened(by)
        }
        // What the requester thinks of it is for them and for the leads.
        What::Rated { .. } if record.staff => return None,
        What::Rated { score, comment, .. } => {
            texts.push((None, comment.as_deref().unwrap_or_default()));
            words.record_rated(by, u32::from(score.number()))
        }
        What::Closed if event.by.is_some() => words.record_confirmed(by),
        What::Closed => words.record_closed(),
        _ => {
            let more = more::of_event(words, record, event, by)?;
            staff = more.staff;
            texts.extend(more.texts);
            more.head
        }
    };
    Some(Entry {
        at: event.at,
        kind: Kind::Event,
        head,
        staff,
        texts: texts
            .into_iter()
            .filter(|(_, text)| !text.trim().is_empty())
            .map(|(label, text)| Text::words(label, text))
            .collect(),
        files: Vec::new(),
    })
}

/// A file in one line: what it is called, how large it is, and what became of it.
fn file_line(words: Words, file: &KeptFile) -> String {
    let mut parts = Vec::new();
    if file.state != FileState::Removed {
        parts.push(plain::one_line(&file.name));
        parts.push(words.size(file.size));
    }
    parts.push(words.file_state(file.state));
    parts.join(" · ")
}

#[cfg(test)]
mod tests;
