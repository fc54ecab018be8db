//! Major incidents: what everybody reads, what those who work on them read, and why not.

use jiff::Timestamp;

use super::Words;
use super::notices::{About, frame, framed, lines, pinging};
use super::parts::{colour, verb_button, with_long_field};
use crate::discord::line::Line;
use crate::discord::plain;
use crate::discord::reply::{Button, Embed, Post, Style};
use crate::domain::category::Category;
use crate::domain::ids::{MajorId, MajorNumber, Number, UserId};
use crate::domain::major::{MajorRefusal, MajorState};
use crate::domain::notice::MajorNotice;

super::sentences! {
    refusal_major_unknown();
    refusal_major_which();
    refusal_major_running_already(major: MajorNumber);
    refusal_major_not_now(major: MajorNumber, state: &str);
    refusal_major_confidential();
    refusal_major_part_already(ticket: Number);
    refusal_major_no_part(ticket: Number);
    refusal_major_stays_up(ticket: Number);
    major_running();
    major_resolved();
    major_closed();
    major_title(major: MajorNumber, title: &str);
    major_banner(title: &str);
    major_banner_over(title: &str);
    major_since(since: Timestamp, updated: Timestamp);
    major_roles(commander: UserId, communicator: UserId, scribe: UserId);
    major_declared(major: MajorNumber);
    major_updated(major: MajorNumber);
    major_staffed(major: MajorNumber);
    major_joined(ticket: Number, major: MajorNumber);
    major_left(ticket: Number, major: MajorNumber);
    major_over(major: MajorNumber);
    major_reviewed(major: MajorNumber);
    major_subscribed();
    button_tell_me();
    button_declare_major();
    button_major_update();
    button_major_resolve();
    button_major_review();
    button_major_join(major: MajorNumber);
    button_major_leave(major: MajorNumber);
    form_major();
    form_major_update(major: MajorNumber);
    form_major_resolve(major: MajorNumber);
    form_major_review(major: MajorNumber);
    label_major_title();
    placeholder_major_title();
    label_major_status();
    placeholder_major_status();
    label_major_cause();
    label_major_timeline();
    label_major_actions();
    placeholder_major_actions();
    field_major_cause();
    field_major_timeline();
    field_major_actions();
    notice_major_line(major: MajorNumber, title: &str, by: UserId);
    notice_major_joined(title: &str);
    notice_major_joined_next();
    notice_major_news(title: &str);
    notice_major_over(title: &str);
    notice_major_over_next();
    notice_major_over_direct();
    notice_major_ask(major: MajorNumber, title: &str, ticket: Number);
    notice_major_ask_line(who: UserId);
    notice_major_update_owed(who: UserId, updated: Timestamp, major: MajorNumber, title: &str);
    notice_major_review_wanted(who: UserId, major: MajorNumber, title: &str);
    notice_major_review_owed(major: MajorNumber, title: &str, since: Timestamp, who: UserId);
    notice_major_reviewed(major: MajorNumber, title: &str);
}

impl Words {
    /// Why something was not done with a major incident.
    pub(super) fn major_refusal(&self, refusal: &MajorRefusal) -> String {
        match *refusal {
            MajorRefusal::Unknown => self.refusal_major_unknown(),
            MajorRefusal::Which => self.refusal_major_which(),
            MajorRefusal::RunningAlready { number } => self.refusal_major_running_already(number),
            MajorRefusal::NotNow { number, state } => {
                self.refusal_major_not_now(number, &self.major_state(state))
            }
            MajorRefusal::Confidential => self.refusal_major_confidential(),
            MajorRefusal::PartAlready { ticket } => self.refusal_major_part_already(ticket),
            MajorRefusal::NoPart { ticket } => self.refusal_major_no_part(ticket),
            MajorRefusal::StaysUp { ticket } => self.refusal_major_stays_up(ticket),
        }
    }

    /// A major incident's state, in a word.
    pub fn major_state(&self, state: MajorState) -> String {
        match state {
            MajorState::Running => self.major_running(),
            MajorState::Resolved => self.major_resolved(),
            MajorState::Closed => self.major_closed(),
        }
    }

    /// The button by which somebody asks to be told.
    pub fn tell_me(&self, major: MajorId) -> Button {
        let line = Line::new("major tell-me").arg(major);
        Button::new(self.button_tell_me(), Style::Primary, line)
    }

    /// What is wrong and where it stands, as everybody reads it.
    pub fn banner(
        &self,
        title: &str,
        status: &str,
        times: (Timestamp, Timestamp),
        over: bool,
    ) -> Embed {
        let title = plain::shown_line(title);
        Embed {
            title: Some(if over {
                self.major_banner_over(&title)
            } else {
                self.major_banner(&title)
            }),
            description: Some(format!(
                "{}\n{}",
                plain::quoted(status),
                self.major_since(times.0, times.1)
            )),
            colour: Some(if over { colour::DONE } else { colour::URGENT }),
            ..Embed::default()
        }
    }

    /// A notice about a major incident.
    pub(super) fn major_notice(&self, notice: &MajorNotice, about: About<'_>) -> Post {
        match notice {
            MajorNotice::Announcement {
                major,
                title,
                status,
                since,
                updated,
                over,
            } => {
                let post = Post::embed(self.banner(title, status, (*since, *updated), *over));
                let tell_me = (!over).then(|| self.tell_me(*major));
                post.with_buttons(tell_me.into_iter().collect())
            }
            MajorNotice::Card { .. } => self.major_card(notice),
            MajorNotice::Line { number, title, by } => framed(
                self.notice_major_line(*number, &plain::shown_line(title), *by),
                colour::URGENT,
            ),
            MajorNotice::Joined { title, status } => framed(
                lines([
                    Some(self.notice_major_joined(&plain::shown_line(title))),
                    Some(plain::quoted(status)),
                    Some(self.notice_major_joined_next()),
                ]),
                colour::WAITS,
            ),
            MajorNotice::News {
                title,
                status,
                over,
            } => {
                let title = plain::shown_line(title);
                let directly = matches!(about.to, crate::domain::notice::Destination::Direct(_));
                let next = match (over, directly) {
                    (true, true) => Some(self.notice_major_over_direct()),
                    (true, false) => Some(self.notice_major_over_next()),
                    (false, _) => None,
                };
                let first = if *over {
                    self.notice_major_over(&title)
                } else {
                    self.notice_major_news(&title)
                };
                let edge = if *over { colour::DONE } else { colour::WAITS };
                framed(
                    lines([Some(first), Some(plain::quoted(status)), next]),
                    edge,
                )
            }
            MajorNotice::Over { number, title, to } => {
                let Some(ticket) = about.ticket else {
                    return Post::default();
                };
                let title = plain::shown_line(title);
                let text = self.notice_major_ask(*number, &title, ticket.number);
                let line = to.map(|who| self.notice_major_ask_line(who));
                let resolve = verb_button(
                    self.button_resolve(),
                    Style::Success,
                    "work resolve",
                    &ticket.number.to_string(),
                    ticket.version,
                );
                pinging(line.unwrap_or_default(), *to)
                    .with_embed(frame(text, colour::DONE))
                    .with_buttons(vec![resolve])
            }
            MajorNotice::UpdateOwed {
                number,
                title,
                communicator,
                updated,
            } => {
                let title = plain::shown_line(title);
                let text = self.notice_major_update_owed(*communicator, *updated, *number, &title);
                pinging(text, [*communicator]).with_buttons(self.major_buttons(*number))
            }
            MajorNotice::ReviewWanted {
                number,
                title,
                commander,
            } => {
                let title = plain::shown_line(title);
                let text = self.notice_major_review_wanted(*commander, *number, &title);
                pinging(text, [*commander]).with_buttons(vec![self.review_button(*number)])
            }
            MajorNotice::ReviewOwed {
                number,
                title,
                commander,
                since,
            } => {
                let title = plain::shown_line(title);
                framed(
                    self.notice_major_review_owed(*number, &title, *since, *commander),
                    colour::WAITS,
                )
                .with_buttons(vec![self.review_button(*number)])
            }
            MajorNotice::Reviewed {
                number,
                title,
                review,
            } => {
                let title = self.notice_major_reviewed(*number, &plain::shown_line(title));
                let mut embed = frame(title, colour::QUIET);
                for (name, text) in [
                    (self.field_major_cause(), &review.cause),
                    (self.field_major_timeline(), &review.timeline),
                    (self.field_major_actions(), &review.actions),
                ] {
                    embed = with_long_field(embed, &name, &plain::shown(text));
                }
                Post::embed(embed)
            }
        }
    }

    fn major_card(&self, notice: &MajorNotice) -> Post {
        let MajorNotice::Card {
            number,
            title,
            category,
            status,
            roles,
            state,
            since,
            updated,
        } = notice
        else {
            return Post::default();
        };
        let about = Category::from_key(category).unwrap_or(Category::other());
        let text = lines([
            Some(plain::quoted(status)),
            Some(self.major_since(*since, *updated)),
            Some(self.major_roles(roles.commander, roles.communicator, roles.scribe)),
        ]);
        let edge = match state {
            MajorState::Running => colour::URGENT,
            MajorState::Resolved => colour::WAITS,
            MajorState::Closed => colour::QUIET,
        };
        let embed = Embed {
            title: Some(self.major_title(*number, &plain::shown_line(title))),
            ..frame(text, edge)
        };
        let embed = embed
            .with_inline_field(self.field_state(), self.major_state(*state))
            .with_inline_field(self.field_category(), self.category(about));
        Post::embed(embed).with_buttons(match state {
            MajorState::Running => self.major_buttons(*number),
            MajorState::Resolved => vec![self.review_button(*number)],
            MajorState::Closed => Vec::new(),
        })
    }

    fn major_buttons(&self, number: MajorNumber) -> Vec<Button> {
        let line = |path| Line::new(path).arg(number);
        vec![
            Button::new(
                self.button_major_update(),
                Style::Primary,
                line("major update"),
            ),
            Button::new(
                self.button_major_resolve(),
                Style::Success,
                line("major resolve"),
            ),
        ]
    }

    /// The button that opens the form of the review.
    pub fn review_button(&self, number: MajorNumber) -> Button {
        let line = Line::new("major review").arg(number);
        Button::new(self.button_major_review(), Style::Primary, line)
    }
}
