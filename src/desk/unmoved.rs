//! What goes along when nobody takes a ticket and it goes to the next tier by itself, and what is told where many rungs were
//! reached while the desk was away.

use std::collections::BTreeMap;

use jiff::{SignedDuration, SignedDurationRound, Timestamp, Unit};

use super::timing::POSTS_AT_ONCE;
use super::{Desk, Error};
use crate::domain::errand::Errand;
use crate::domain::event::What;
use crate::domain::handover::HandOverTexts;
use crate::domain::ids::{Cause, GuildId, TicketId, UserId};
use crate::domain::notice::{Destination, LadderLine, LadderNotice, Notice};
use crate::domain::roster::Crew;
use crate::domain::rungs::{Leads, PUNCTUAL, Page, While};
use crate::domain::ticket::Ticket;
use crate::store;
use crate::store::timers::Due;

/// What the next tier is asked to do.
const ASKED: &str = "Take it, or send it back with a reason.";
/// What the requester was told by then.
const TOLD: &str =
    "Nothing yet by a person. Their thread says that it went to you, with all that they wrote.";
/// Where nobody has written down anything.
const NOTHING: &str = "Nothing that the desk knows of.";

/// What the desk knows of `ticket`, for a tier that is handed it because nobody took it. It reads as a person's hand-over does,
/// and is kept as one.
pub(super) fn hand_over(ticket: &Ticket, page: &Page) -> HandOverTexts {
    let Page { priority, tier, .. } = page;
    let waited = minutes(page.waited);
    let away = match page.late {
        Some(_) => " The desk was away for a part of that.",
        None => "",
    };
    let before = match &ticket.pending {
        Some(pending) => format!(" (It had come from {}: {})", pending.from, pending.summary),
        None => String::new(),
    };
    let or_nothing = |text: &str| {
        let text = text.trim();
        if text.is_empty() { NOTHING } else { text }.to_owned()
    };
    HandOverTexts {
        summary: format!(
            "Nobody at {tier} has taken it for {waited}, and it is {priority}, so it comes to you by itself.{away} In the requester's words: {}{before}",
            ticket.title
        ),
        tried: or_nothing(&ticket.tried),
        findings: or_nothing(&ticket.body),
        asked: ASKED.to_owned(),
        told: TOLD.to_owned(),
    }
}

fn minutes(waited: SignedDuration) -> String {
    let round = SignedDurationRound::new().smallest(Unit::Minute);
    let minutes = waited.round(round).unwrap_or(waited).as_mins();
    match (minutes / 60, minutes % 60) {
        (0, minutes) => format!("{minutes} minutes"),
        (hours, minutes) => format!("{hours} h {minutes} min"),
    }
}

/// What is told of many rungs, by channel.
#[derive(Default)]
struct Late {
    channels: BTreeMap<String, (Destination, Vec<LadderLine>, Vec<UserId>)>,
}

impl Desk {
    /// Takes the rungs that were reached while the desk was away, where there are many: each is put down for its ticket, and a
    /// channel hears all of them in one post. Returns how many were taken; few are left to be told one by one.
    pub(super) async fn take_late_rungs(&self, now: Timestamp) -> Result<usize, Error> {
        let mut from = self.reader().await?;
        let late = store::timers::late_rungs(&mut from, now - PUNCTUAL).await?;
        drop(from);
        let mut taken = 0;
        for of_guild in late.chunk_by(|one, next| one.0 == next.0) {
            if of_guild.len() > POSTS_AT_ONCE {
                self.take_rungs_of(of_guild, now).await?;
                taken += of_guild.len();
            }
        }
        Ok(taken)
    }

    async fn take_rungs_of(&self, late: &[(GuildId, Due)], now: Timestamp) -> Result<(), Error> {
        let Some(guild) = late.first().map(|(guild, _)| *guild) else {
            return Ok(());
        };
        let mut change = self.0.store.change().await?;
        let mut told = Late::default();
        let crew = store::members::crew(&mut change, guild, TicketId(0), now).await?;
        for (_, timer) in late {
            store::timers::fired(&mut change, *timer, now).await?;
            let Some(mut ticket) = store::tickets::find(&mut change, timer.ticket).await? else {
                continue;
            };
            // Who has how much to do changes with each that is offered.
            let own = if moves(&ticket) {
                Some(store::members::crew(&mut change, guild, ticket.id, now).await?)
            } else {
                None
            };
            let crew = own.as_ref().unwrap_or(&crew);
            let mut happened = ticket.climb(crew, hand_over, now);
            for what in &mut happened {
                if let What::Climbed { page } = what
                    && page.holds != While::Urgent
                {
                    page.digest = true;
                    told.take(&ticket, page, crew);
                }
            }
            let (key, subject) = (timer.kind.key(), timer.subject);
            let cause = Cause::timer(timer.ticket, key, subject, timer.generation);
            self.keep(&mut change, &mut ticket, happened, None, &cause, crew, now)
                .await?;
        }
        let posts = told.posts();
        store::outbox::enqueue(&mut *change, guild, None, None, &posts, now).await?;
        self.commit(change).await
    }
}

/// Whether a rung ahead of it gives it to somebody.
fn moves(ticket: &Ticket) -> bool {
    let Some(run) = &ticket.ladder.run else {
        return false;
    };
    let mut ahead = run.rungs().iter().skip(run.next);
    ahead.any(|rung| rung.raises || rung.reassigns)
}

impl Late {
    fn take(&mut self, ticket: &Ticket, page: &Page, crew: &Crew) {
        let mut places: Vec<(Destination, Vec<UserId>)> = Vec::new();
        for tier in &page.called {
            let call = crew.on_duty(*tier).map(|holder| holder.user).collect();
            places.push((Destination::Queue(*tier), call));
        }
        if let Some(holder) = page.holder.filter(|_| page.holds == While::NoUpdate) {
            places.push((Destination::Queue(ticket.tier), vec![holder]));
        }
        match page.leads {
            Some(Leads::Called) => {
                places.push((Destination::Escalations, Vec::new()));
                places.push((Destination::Leads, crew.leads.clone()));
            }
            Some(Leads::Told) => places.push((Destination::Leads, Vec::new())),
            None => {}
        }
        for (place, call) in places {
            let empty = || (place, Vec::new(), Vec::new());
            let channel = self.channels.entry(format!("{place:?}"));
            let (_, lines, called) = channel.or_insert_with(empty);
            lines.push(LadderLine {
                number: ticket.number,
                page: page.clone(),
            });
            called.extend(call);
        }
    }

    fn posts(self) -> Vec<Errand> {
        let post = |(place, mut lines, mut call): (_, Vec<LadderLine>, Vec<UserId>)| {
            let count = u32::try_from(lines.len()).unwrap_or(u32::MAX);
            let longest = lines.iter().map(|line| line.page.waited).max();
            // The longest waits are read first.
            lines.sort_by_key(|line| (line.page.priority, -line.page.waited, line.number));
            lines.truncate(LadderLine::AT_MOST);
            call.sort_unstable();
            call.dedup();
            let notice = LadderNotice::Many {
                lines,
                count,
                longest: longest.unwrap_or_default(),
                call,
            };
            Errand::Say {
                to: place,
                notice: Notice::Ladder(notice),
                name: None,
            }
        };
        self.channels.into_values().map(post).collect()
    }
}
