//! The clocks of a ticket, as staff read them.

use jiff::SignedDuration;

use crate::discord::reply::{Embed, Post};
use crate::discord::words::Words;
use crate::discord::words::history::moment;
use crate::discord::words::parts::colour;
use crate::domain::clocks::{Book, Clock, ClockKind, Reading, Status};
use crate::domain::ticket::Ticket;

/// All clocks of `ticket`: until when each runs, what is left of it in open time, and what ran out.
pub fn clocks(words: Words, ticket: &Ticket, reading: &Reading, book: &Book) -> Post {
    let mut embed = Embed {
        title: Some(words.sla_title(ticket.number)),
        colour: Some(colour::QUIET),
        ..Embed::default()
    };
    for clock in ClockKind::ALL {
        let named = words.clock(clock);
        let mut name = named.chars();
        let first = name.next().map(|first| first.to_uppercase().to_string());
        let name = format!("{}{}", first.unwrap_or_default(), name.as_str());
        let text = stands(words, ticket, clock, reading.clocks.of(clock));
        embed = embed.with_field(name, text);
    }
    if reading.clocks.updates_missed > 0 {
        embed.description = Some(words.sla_missed(reading.clocks.updates_missed));
    }
    let terms = book.terms(&ticket.category);
    let calendar = terms
        .get(&ticket.priority)
        .map_or("", |terms| terms.calendar.as_str());
    embed.footer = Some(words.sla_policy(ticket.clocks.policy, ticket.priority, calendar));
    Post::embed(embed)
}

/// A day of open time is not a day: hours say how much it is.
fn open_time(words: Words, time: SignedDuration) -> String {
    match time.as_hours() {
        hours if hours > 0 => words.duration_hours(hours, time.as_mins() % 60),
        _ => words.duration(time),
    }
}

fn stands(words: Words, ticket: &Ticket, kind: ClockKind, clock: &Clock) -> String {
    let left = |less: bool| {
        let left = clock.remaining.unwrap_or_default();
        open_time(words, if less { -left } else { left })
    };
    let breach = ticket.clocks.breach(kind);
    let ran_out = breach.map(|breach| breach.at).or(clock.breached_at);
    match (clock.status, clock.due) {
        (_, _) if breach.is_some_and(|breach| breach.waived) && ran_out == clock.breached_at => {
            words.sla_waived(&ran_out.map(moment).unwrap_or_default())
        }
        (Status::Running, Some(due)) => words.sla_running(&moment(due), due, &left(false)),
        // It ran out by what was promised then, which was less.
        (Status::Breached, Some(due)) if clock.remaining.is_some_and(|left| left.is_positive()) => {
            words.sla_late_before(&moment(due))
        }
        (Status::Breached, Some(due)) => words.sla_late(&moment(due), &left(true)),
        (Status::Breached, None) => words.sla_late_ended(&ran_out.map(moment).unwrap_or_default()),
        (Status::Paused, _) => words.sla_paused(&left(false)),
        (Status::Met, _) => words.sla_met(),
        (status, _) => words.clock_status(status),
    }
}
