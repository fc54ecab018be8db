//! Being on duty: turns, shifts, and who stands in for whom.

use jiff::Timestamp;

use super::Words;
use super::notices::{About, frame, framed, lines, pinging};
use super::parts::{colour, verb_button};
use crate::discord::line::Line;
use crate::discord::plain;
use crate::discord::reply::{Button, Post, Style};
use crate::domain::category::Category;
use crate::domain::ids::{Number, UserId};
use crate::domain::notice::{DutyNotice, Notice, StillOpen};
use crate::domain::roster::Turns;
use crate::domain::tier::Tier;

super::sentences! {
    notice_released_unanswered(from: UserId, number: Number);
    notice_released_off_duty(from: UserId, number: Number);
    notice_released_away(from: UserId, number: Number);
    notice_offer(who: UserId, number: Number);
    notice_offer_until(at: &str, until: Timestamp);
    notice_offer_unskilled(category: &str);
    notice_let_pass(number: Number, tier: Tier, times: u32);
    duty_on();
    duty_on_already();
    duty_off();
    duty_off_already();
    duty_hand_over(count: usize);
    duty_others_stay(count: usize);
    button_hand_all_over();
    duty_nothing_to_hand_over();
    duty_away_choose();
    placeholder_away();
    away_hour();
    away_half_day();
    away_day();
    away_days();
    away_week();
    away_weeks();
    away_month();
    duty_away(until: &str);
    duty_away_deputy(deputy: UserId);
    duty_back();
    duty_notice_back(who: UserId, held: usize);
    duty_notice_back_off_duty(who: UserId, held: usize);
    placeholder_deputy();
    button_back();
    button_away();
    button_on();
    button_off();
    button_shifts();
    duty_show_title();
    duty_tier(tier: Tier, turns: &str, capacity: u32);
    turns_round_robin();
    turns_least_loaded();
    turns_manual();
    duty_person_skills(person: &str, skills: &str);
    duty_person_away(who: UserId, until: &str);
    duty_person_stands_in(away: &str, deputy: UserId);
    duty_people_off(people: &str);
    duty_nobody();
    duty_nobody_holds();
    duty_load_note();
    shifts_title();
    shifts_none();
    shifts_week();
    shift_line(from: &str, until: &str, name: &str, who: UserId);
    shift_rota(name: &str, hours: &str);
    shift_people(people: &str);
    shift_one(people: &str);
    shift_nobody();
    button_new_shift();
    placeholder_change_shift();
    form_shift();
    form_shift_hours();
    label_shift_name();
    placeholder_shift_name();
    label_shift_hours();
    placeholder_shift_hours();
    shift_changed(name: &str);
    shift_who(name: &str);
    placeholder_shift_people();
    button_shift_hours();
    button_shift_end();
    shift_over(name: &str);
    button_swap();
    swap_choose();
    swap_none();
    placeholder_swap_shift();
    swap_who(name: &str, from: &str);
    swap_asked(who: UserId, name: &str, from: &str);
    placeholder_swap_who();
    swap_agreed(name: &str, from: &str, asker: UserId);
    swap_declined(name: &str, from: &str, asker: UserId);
    button_swap_yes();
    button_swap_no();
    duty_notice_began(who: UserId, name: &str, until: &str);
    duty_notice_ended(who: UserId, name: &str);
    duty_notice_swap_asked(other: UserId, asker: UserId, name: &str, from: &str, until: &str);
    duty_notice_swap_agreed(asker: UserId, other: UserId, name: &str, from: &str);
    duty_notice_swap_declined(asker: UserId, other: UserId, name: &str, from: &str);
    config_title();
    config_intro();
    config_changed(tier: Tier, turns: &str, capacity: u32);
    config_skills_of(who: UserId);
    config_skills_none(who: UserId);
    config_skills(who: UserId, skills: &str);
    placeholder_turns(tier: Tier, turns: &str);
    placeholder_skills_who();
    placeholder_skills();
    choice_turns_round_robin(tier: Tier);
    choice_turns_least_loaded(tier: Tier);
    choice_turns_manual(tier: Tier);
    assign_away();
}

/// Day and time, in the reader's zone and language.
pub fn day_and_time(at: Timestamp) -> String {
    format!("<t:{}:F>", at.as_second())
}

/// The time of day, in the reader's zone and language.
pub fn time_of_day(at: Timestamp) -> String {
    format!("<t:{}:t>", at.as_second())
}

impl Words {
    /// How the next person is picked.
    pub fn turns(&self, turns: Turns) -> String {
        match turns {
            Turns::RoundRobin => self.turns_round_robin(),
            Turns::LeastLoaded => self.turns_least_loaded(),
            Turns::Manual => self.turns_manual(),
        }
    }

    /// The same as an entry of the list for that tier.
    pub fn choice_turns(&self, tier: Tier, turns: Turns) -> String {
        match turns {
            Turns::RoundRobin => self.choice_turns_round_robin(tier),
            Turns::LeastLoaded => self.choice_turns_least_loaded(tier),
            Turns::Manual => self.choice_turns_manual(tier),
        }
    }

    /// The names of these categories; empty where there are none.
    pub fn categories<'a>(&self, keys: impl IntoIterator<Item = &'a String>) -> String {
        let known = keys.into_iter().filter_map(|key| Category::from_key(key));
        let names: Vec<String> = known.map(|category| self.category(category)).collect();
        names.join(", ")
    }

    /// Whose turn it is, and when it is nobody's.
    pub(super) fn turns_notice(&self, notice: &Notice, about: About<'_>) -> Post {
        let number = about.number();
        match notice {
            Notice::Offer {
                to,
                until,
                unskilled,
            } => {
                let until = until.map(|at| self.notice_offer_until(&day_and_time(at), at));
                let missing = about
                    .ticket
                    .filter(|_| *unskilled)
                    .map(|ticket| self.notice_offer_unskilled(&self.category(ticket.category())));
                let text = lines([about.title(), until, missing]);
                let version = about.ticket.map_or(0, |ticket| ticket.version);
                let name = number.to_string();
                let button = |label, style, path| verb_button(label, style, path, &name, version);
                pinging(self.notice_offer(*to, number), [*to])
                    .with_embed(frame(text, colour::WAITS))
                    .with_buttons(vec![
                        button(self.button_accept(), Style::Success, "work accept"),
                        button(self.button_release(), Style::Secondary, "work release"),
                    ])
            }
            Notice::SkillMissing { category } => {
                let category = Category::from_key(category).unwrap_or(Category::other());
                let text = self.notice_offer_unskilled(&self.category(category));
                let number = number.to_string();
                framed(lines([Some(number), Some(text)]), colour::WAITS)
            }
            Notice::LetPass { tier, times } => self.leads_notice(
                self.notice_let_pass(number, *tier, *times),
                colour::WAITS,
                about,
            ),
            _ => Post::default(),
        }
    }

    /// What people are told of their shifts.
    pub(super) fn duty_notice(&self, notice: &DutyNotice) -> Post {
        match notice {
            DutyNotice::Began { user, name, until } => {
                let until = time_of_day(*until);
                let line = self.duty_notice_began(*user, &plain::shown_line(name), &until);
                pinging(line, [*user])
            }
            DutyNotice::Back {
                user,
                on_duty,
                held,
            } => {
                let line = if *on_duty {
                    self.duty_notice_back(*user, *held)
                } else {
                    self.duty_notice_back_off_duty(*user, *held)
                };
                pinging(line, [*user])
            }
            DutyNotice::Ended {
                user,
                name,
                urgent,
                others,
            } => {
                let line = self.duty_notice_ended(*user, &plain::shown_line(name));
                let post = pinging(line, [*user]);
                self.with_hand_over_list(post, urgent, *others)
            }
            DutyNotice::SwapAsked {
                swap,
                asker,
                other,
                name,
                from,
                until,
            } => {
                let (from, until) = (day_and_time(*from), time_of_day(*until));
                let name = plain::shown_line(name);
                let line = self.duty_notice_swap_asked(*other, *asker, &name, &from, &until);
                let answer = |label, style, said| {
                    let line = Line::new("duty swap").arg(format!("s{swap}")).arg(said);
                    Button::new(label, style, line)
                };
                pinging(line, [*other]).with_buttons(vec![
                    answer(self.button_swap_yes(), Style::Success, "yes"),
                    answer(self.button_swap_no(), Style::Secondary, "no"),
                ])
            }
            DutyNotice::SwapAnswered {
                asker,
                other,
                name,
                from,
                agreed,
            } => {
                let (name, from) = (plain::shown_line(name), day_and_time(*from));
                let line = if *agreed {
                    self.duty_notice_swap_agreed(*asker, *other, &name, &from)
                } else {
                    self.duty_notice_swap_declined(*asker, *other, &name, &from)
                };
                pinging(line, [*asker])
            }
        }
    }

    /// The message with what must be handed over, and how; and how much stays.
    pub fn with_hand_over_list(&self, mut post: Post, urgent: &[StillOpen], others: usize) -> Post {
        if others > 0 {
            post.text = format!("{}\n{}", post.text, self.duty_others_stay(others));
        }
        if urgent.is_empty() {
            return post;
        }
        let listed: Vec<String> = urgent
            .iter()
            .map(|ticket| {
                let thread = ticket
                    .thread
                    .map_or_else(String::new, |thread| format!(" <#{thread}>"));
                let title = match &ticket.title {
                    Some(title) => self.ticket_title(ticket.number, &plain::shown_line(title)),
                    None => self.ticket_hidden(ticket.number),
                };
                format!("**{}** {title}{thread}", ticket.priority)
            })
            .collect();
        let mut embed = frame(listed.join("\n"), colour::URGENT);
        embed.title = Some(self.duty_hand_over(urgent.len()));
        let all = Button::new(
            self.button_hand_all_over(),
            Style::Primary,
            Line::new("duty hand-over"),
        );
        let single = urgent.iter().map(|ticket| {
            let line = Line::new("work escalate").arg(ticket.number);
            let label = self.button_escalate_one(ticket.number);
            Button::new(label, Style::Secondary, line)
        });
        post.with_embed(embed)
            .with_buttons(std::iter::once(all).chain(single).take(5).collect())
    }
}
