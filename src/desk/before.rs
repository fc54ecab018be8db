//! What was solved before and reads alike: whoever works on a ticket need not find it out again.

use jiff::{SignedDuration, Timestamp};

use super::current::alike;
use super::{Desk, Error};
use crate::domain::category::Category;
use crate::domain::errand::Errand;
use crate::domain::ids::{GuildId, TicketId};
use crate::domain::notice::{Before, Destination, Notice};
use crate::domain::ticket::Ticket;
use crate::kb::likeness;
use crate::store::{self, Change};

/// What was solved longer ago helps nobody.
const LOOKED_AT: SignedDuration = SignedDuration::from_hours(24 * 365);
/// So many are named.
const NAMED: usize = 2;
/// So much counts a lesson of the experts more than how alike the words are.
const LESSON: f64 = 0.1;

impl Desk {
    /// What was solved before on `guild` and reads like `text`: the likest first. No confidential tickets.
    pub async fn solved_before(
        &self,
        guild: GuildId,
        text: &str,
        category: Option<&str>,
        except: Option<TicketId>,
        now: Timestamp,
    ) -> Result<Vec<Before>, Error> {
        let mut from = self.reader().await?;
        let solved = store::learning::solved(&mut from, guild, except, now - LOOKED_AT).await?;
        drop(from);
        Ok(likest(solved, text, category))
    }

    /// The staff thread of `ticket` is there: what was solved before stands in it, and what is known to be wrong.
    pub async fn tell_solved_before(
        &self,
        change: &mut Change,
        ticket: &Ticket,
        now: Timestamp,
    ) -> Result<(), Error> {
        if ticket.confidential {
            return Ok(());
        }
        let (guild, since) = (ticket.guild, now - LOOKED_AT);
        let solved = store::learning::solved(change, guild, Some(ticket.id), since).await?;
        let before = likest(solved, &ticket.title, Some(&ticket.category));
        let category = Category::from_key(&ticket.category);
        let current = self.current(Some(guild), &ticket.title, category).await?;
        let known = current.error.and_then(|error| {
            let helps = error.workaround?;
            Some((error.number, error.title, helps))
        });
        if before.is_empty() && known.is_none() {
            return Ok(());
        }
        let tell = Errand::Say {
            to: Destination::StaffThread,
            notice: Notice::SolvedBefore { before, known },
            name: None,
        };
        store::outbox::enqueue(change, guild, Some(ticket.id), None, &[tell], now).await?;
        Ok(())
    }
}

/// Those that read like `text`, the likest first.
fn likest(solved: Vec<(String, Before)>, text: &str, category: Option<&str>) -> Vec<Before> {
    let mut found: Vec<(f64, Before)> = solved
        .into_iter()
        .filter(|(of, before)| alike(&before.title, text, category == Some(of)))
        .map(|(_, before)| {
            let lesson = if before.lesson.is_some() { LESSON } else { 0.0 };
            (likeness(&before.title, text) + lesson, before)
        })
        .collect();
    found.sort_by(|(one, first), (other, second)| {
        other.total_cmp(one).then(second.number.cmp(&first.number))
    });
    found
        .into_iter()
        .take(NAMED)
        .map(|(_, before)| before)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::ids::{Number, UserId};

    #[test]
    fn the_likest_are_named_and_a_lesson_decides_between_equals() {
        let before = |number, title: &str, lesson: Option<&str>| Before {
            number: Number(number),
            title: title.into(),
            by: UserId(7),
            at: Timestamp::UNIX_EPOCH,
            done: "The certificate was renewed.".into(),
            lesson: lesson.map(str::to_owned),
        };
        let solved = vec![
            (
                "network".to_owned(),
                before(1, "VPN does not connect", None),
            ),
            (
                "network".to_owned(),
                before(2, "VPN does not connect", Some("Look at the date")),
            ),
            (
                "network".to_owned(),
                before(3, "VPN does not connect", None),
            ),
            (
                "printing".to_owned(),
                before(4, "The printer prints nothing", None),
            ),
        ];
        let found = likest(solved, "the VPN does not connect any more", Some("network"));
        let numbers: Vec<Number> = found.iter().map(|one| one.number).collect();
        assert_eq!(numbers, [Number(2), Number(3)]);
    }
}
