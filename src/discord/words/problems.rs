//! Problems: what is said of them, to whom, and why not.

use jiff::Timestamp;

use super::Words;
use super::history::moment;
use super::notices::{About, frame, framed, pinging};
use super::parts::{colour, verb_button};
use crate::discord::line::Line;
use crate::discord::plain;
use crate::discord::reply::{Button, Post, Style};
use crate::domain::category::Category;
use crate::domain::ids::{Number, ProblemNumber, UserId};
use crate::domain::notice::ProblemNotice;
use crate::domain::problem::{ProblemEvent, ProblemRefusal, ProblemWhat, Workaround};

super::sentences! {
    refusal_problem_unknown();
    refusal_problem_which();
    refusal_problem_no_way(problem: ProblemNumber, from: &str, to: &str);
    refusal_problem_no_workaround(problem: ProblemNumber);
    refusal_problem_linked_already(problem: ProblemNumber, ticket: Number);
    refusal_problem_not_linked(problem: ProblemNumber, ticket: Number);
    refusal_problem_closed(problem: ProblemNumber);
    refusal_problem_not_current();
    refusal_problem_confidential();
    refusal_problem_nothing();
    refusal_problem_no_owner(who: UserId);
    problem_title(problem: ProblemNumber, title: &str);
    problem_owner(who: UserId);
    problem_counts(tickets: u32, people: u32);
    problem_line(state: &str, counts: &str, changed: Timestamp);
    problem_incident(ticket: Number, title: &str, state: &str);
    problem_incident_hidden(ticket: Number);
    problem_no_incidents();
    problem_more_incidents(count: u32);
    problem_list_running();
    problem_list_all();
    problem_list_empty();
    problem_list_page(page: u32, pages: u32, total: u32);
    problem_choice_running();
    problem_choice_all();
    field_problem();
    field_known();
    field_workaround();
    field_incidents();
    field_happened();
    placeholder_show_problem();
    placeholder_link_problem();
    placeholder_unlink_problem();
    placeholder_workaround();
    button_link_problem();
    button_new_problem();
    button_problems();
    button_problem_note();
    button_problem_workaround();
    button_still_there();
    form_problem();
    form_problem_note(problem: ProblemNumber);
    form_problem_workaround(problem: ProblemNumber);
    label_problem_title();
    placeholder_problem_title();
    label_problem_known();
    placeholder_problem_known();
    label_problem_note();
    label_problem_workaround();
    placeholder_problem_workaround();
    problem_created(problem: ProblemNumber);
    problem_created_ticket(problem: ProblemNumber, tickets: &str);
    problem_linked(ticket: Number, problem: ProblemNumber, title: &str);
    problem_unlinked(ticket: Number, problem: ProblemNumber);
    problem_link_intro(ticket: Number);
    problem_link_none(ticket: Number);
    problem_updated(problem: ProblemNumber, state: &str);
    problem_updated_resolved(problem: ProblemNumber);
    problem_still_there(problem: ProblemNumber, ticket: Number);
    problem_event_opened(by: UserId);
    problem_event_linked(by: UserId, ticket: Number);
    problem_event_unlinked(by: UserId, ticket: Number);
    problem_event_me_too();
    problem_event_moved(by: UserId, from: &str, to: &str);
    problem_event_workaround(by: UserId, text: &str);
    problem_event_noted(by: UserId, text: &str);
    problem_event_passed(from: UserId, to: UserId);
    problem_event_still_there(by: UserId, ticket: Number);
    notice_problem_gone(problem: ProblemNumber, title: &str, ticket: Number);
    notice_problem_gone_line(who: UserId);
    notice_problem_solved(title: &str);
    notice_problem_alike(count: u32, category: &str);
    notice_problem_crowd(count: u32, category: &str);
    button_make_problem();
    button_me_too();
    problem_known(title: &str);
    problem_known_helps();
    problem_me_too(people: u32);
    notice_problem_still_there(by: UserId, ticket: Number, problem: ProblemNumber);
}

/// So much of a text stands in a line of what happened, in characters.
const TEXT: usize = 140;

impl Words {
    /// Why something was not done with a problem.
    pub(super) fn problem_refusal(&self, refusal: &ProblemRefusal) -> String {
        match *refusal {
            ProblemRefusal::Unknown => self.refusal_problem_unknown(),
            ProblemRefusal::Which => self.refusal_problem_which(),
            ProblemRefusal::NoWay { number, from, to } => {
                let (from, to) = (self.problem_state(from), self.problem_state(to));
                self.refusal_problem_no_way(number, &from, &to)
            }
            ProblemRefusal::NoWorkaround { number } => self.refusal_problem_no_workaround(number),
            ProblemRefusal::LinkedAlready { number, ticket } => {
                self.refusal_problem_linked_already(number, ticket)
            }
            ProblemRefusal::NotLinked { number, ticket } => {
                self.refusal_problem_not_linked(number, ticket)
            }
            ProblemRefusal::Closed { number } => self.refusal_problem_closed(number),
            ProblemRefusal::NotCurrent => self.refusal_problem_not_current(),
            ProblemRefusal::Confidential => self.refusal_problem_confidential(),
            ProblemRefusal::Nothing => self.refusal_problem_nothing(),
            ProblemRefusal::NoOwner { who } => self.refusal_problem_no_owner(who),
        }
    }

    /// A notice about a problem.
    pub(super) fn problem_notice(&self, notice: &ProblemNotice, about: About<'_>) -> Post {
        match notice {
            ProblemNotice::Gone {
                problem,
                number,
                title,
                to,
            } => {
                let Some(ticket) = about.ticket else {
                    return Post::default();
                };
                let title = plain::shown_line(title);
                let text = self.notice_problem_gone(*number, &title, ticket.number);
                let line = to.map(|who| self.notice_problem_gone_line(who));
                let named = ticket.number.to_string();
                let resolve = verb_button(
                    self.button_resolve(),
                    Style::Success,
                    "work resolve",
                    &named,
                    ticket.version,
                );
                let still = Line::new("problem still-there").arg(&named).arg(problem);
                pinging(line.unwrap_or_default(), *to)
                    .with_embed(frame(text, colour::DONE))
                    .with_buttons(vec![
                        resolve,
                        Button::new(self.button_still_there(), Style::Secondary, still),
                    ])
            }
            ProblemNotice::Solved { title } => framed(
                self.notice_problem_solved(&plain::shown_line(title)),
                colour::DONE,
            ),
            ProblemNotice::Alike {
                suggestion,
                category,
                count,
                today,
                crowd,
                explained,
                tickets,
            } => {
                let about = Category::from_key(category).unwrap_or(Category::other());
                let about = self.category(about);
                let text = if *crowd {
                    self.notice_problem_crowd(*today, &about)
                } else {
                    self.notice_problem_alike(*count, &about)
                };
                let named = tickets
                    .iter()
                    .map(|(number, title)| self.ticket_title(*number, &plain::shown_line(title)));
                let lines: Vec<String> = std::iter::once(text).chain(named).collect();
                let named = format!("s{suggestion}");
                let problem = Line::new("problem create").arg(&named);
                let problem = (!explained)
                    .then(|| Button::new(self.button_make_problem(), Style::Primary, problem));
                let major = Line::new("major declare").arg(&named);
                let major =
                    crowd.then(|| Button::new(self.button_declare_major(), Style::Danger, major));
                framed(lines.join("\n"), colour::WAITS)
                    .with_buttons(problem.into_iter().chain(major).collect())
            }
            ProblemNotice::StillThere { number, ticket, by } => framed(
                self.notice_problem_still_there(*by, *ticket, *number),
                colour::WAITS,
            ),
        }
    }

    /// What helps meanwhile, as one line: an article's title, or the text.
    pub fn workaround(&self, workaround: &Workaround) -> String {
        match workaround {
            Workaround::Article { title, .. } => plain::shown_line(title),
            Workaround::Text { text } => plain::shown(text),
        }
    }

    /// One thing that happened to a problem, as a line.
    pub fn problem_happened(&self, event: &ProblemEvent, owner: UserId) -> String {
        let by = event.by.unwrap_or(owner);
        let short = |text: &str| plain::shown_line(&plain::cut(&plain::one_line(text), TEXT));
        let text = match &event.what {
            ProblemWhat::Opened => self.problem_event_opened(by),
            ProblemWhat::Linked { ticket } => self.problem_event_linked(by, *ticket),
            ProblemWhat::Unlinked { ticket } => self.problem_event_unlinked(by, *ticket),
            // Who it is, is theirs: the number is what counts.
            ProblemWhat::MeToo => self.problem_event_me_too(),
            ProblemWhat::Moved { from, to } => {
                let (from, to) = (self.problem_state(*from), self.problem_state(*to));
                self.problem_event_moved(by, &from, &to)
            }
            ProblemWhat::WorkaroundFound { workaround } => {
                let text = match workaround {
                    Workaround::Article { title, .. } => short(title),
                    Workaround::Text { text } => short(text),
                };
                self.problem_event_workaround(by, &text)
            }
            ProblemWhat::Noted { text } => self.problem_event_noted(by, &short(text)),
            ProblemWhat::Passed { from, to } => self.problem_event_passed(*from, *to),
            ProblemWhat::StillThere { ticket } => self.problem_event_still_there(by, *ticket),
        };
        self.history_line(&moment(event.at), &text)
    }
}
