//! What becomes of a line for the escalation channel, when it is about to be posted.

use jiff::Timestamp;

use super::{Desk, Error};
use crate::domain::errand::Errand;
use crate::domain::ids::GuildId;
use crate::domain::lines::{LineRules, Way, is_line};
use crate::domain::notice::{Destination, Notice};
use crate::domain::people::Actor;
use crate::domain::ticket::Ticket;
use crate::store;
use crate::store::lines::Line;
use crate::store::outbox::Waiting;

/// By what the message with these lines is amended.
fn name(gathering: i64) -> String {
    format!("lines:{gathering}")
}

impl Desk {
    /// Whether `row` is no message of its own: a line that is held back, left out, or goes into a message with others, or that
    /// stands in one and says something else now. Then it is done by this.
    pub async fn gathers(
        &self,
        row: &Waiting,
        ticket: Option<&Ticket>,
        now: Timestamp,
    ) -> Result<bool, Error> {
        if row.attempts > 0 {
            // It may have been posted.
            return Ok(false);
        }
        match &row.errand {
            Errand::Say {
                to: Destination::Escalations,
                notice,
                name,
            } if is_line(notice) => {
                let line = Line {
                    row: row.id,
                    guild: row.guild,
                    ticket: row.ticket,
                    name: name.as_deref(),
                };
                self.gathers_line(&line, notice, ticket, now).await
            }
            Errand::Amend {
                to: Destination::Escalations,
                notice,
                name,
            }
            | Errand::SayAgain {
                to: Destination::Escalations,
                notice,
                name,
            } if is_line(notice) => {
                let mut change = self.0.store.change().await?;
                let Some(gathering) = store::lines::amend(&mut change, name, notice).await? else {
                    return Ok(false);
                };
                self.say_gathered(&mut change, row.guild, gathering, None, now)
                    .await?;
                store::outbox::delivered(&mut change, row.id, None, now).await?;
                self.commit(change).await?;
                Ok(true)
            }
            _ => Ok(false),
        }
    }

    async fn gathers_line(
        &self,
        line: &Line<'_>,
        notice: &Notice,
        ticket: Option<&Ticket>,
        now: Timestamp,
    ) -> Result<bool, Error> {
        let zone = self.zone_of(line.guild, now).await?;
        let mut change = self.0.store.change().await?;
        let rules = store::lines::rules(&mut change, line.guild).await?;
        let lately = store::lines::lately(&mut change, line.guild, now).await?;
        let priority = ticket.map(|ticket| ticket.priority);
        let held_until = match rules.way(priority, lately, &zone, now) {
            Way::Alone => {
                store::lines::alone(&mut change, line, now).await?;
                change.commit().await?;
                return Ok(false);
            }
            Way::LeftOut => {
                store::outbox::delivered(&mut change, line.row, None, now).await?;
                self.commit(change).await?;
                return Ok(true);
            }
            Way::Together => None,
            Way::Held(until) => Some(until),
        };
        let gathered = store::lines::gather(&mut change, line, notice, held_until, now).await?;
        let (gathering, new) = gathered;
        let begun = new.then_some(held_until.unwrap_or(now));
        self.say_gathered(&mut change, line.guild, gathering, begun, now)
            .await?;
        store::outbox::delivered(&mut change, line.row, None, now).await?;
        self.commit(change).await?;
        Ok(true)
    }

    /// The message with these lines is said at `begun`, or says what it does now: once, however many lines came meanwhile.
    async fn say_gathered(
        &self,
        change: &mut store::Change,
        guild: GuildId,
        gathering: i64,
        begun: Option<Timestamp>,
        now: Timestamp,
    ) -> Result<(), Error> {
        let (to, notice) = (Destination::Escalations, Notice::Lines { gathering });
        let name = name(gathering);
        if begun.is_none() && store::lines::on_its_way(change, &name).await? {
            return Ok(());
        }
        let errand = match begun {
            Some(_) => Errand::Say {
                to,
                notice,
                name: Some(name),
            },
            None => Errand::Amend { to, name, notice },
        };
        let due = begun.unwrap_or(now);
        store::outbox::enqueue(&mut **change, guild, None, None, &[errand], due).await?;
        Ok(())
    }

    /// The lines that a message gathers, each with its ticket: what nobody has taken first, then the most urgent.
    pub async fn gathered(&self, gathering: i64) -> Result<Vec<(Ticket, Notice)>, Error> {
        let mut from = self.reader().await?;
        let lines = store::lines::gathered(&mut from, gathering).await?;
        let mut all = Vec::new();
        for (ticket, notice) in lines {
            let Some(ticket) = ticket else { continue };
            if let Some(ticket) = store::tickets::find(&mut from, ticket).await? {
                all.push((ticket, notice));
            }
        }
        all.sort_by_key(|(ticket, notice)| (answered(notice), ticket.priority));
        Ok(all)
    }

    /// What the desk of `guild` wants to read in its escalation channel.
    pub async fn line_rules(&self, guild: GuildId) -> Result<LineRules, Error> {
        let mut from = self.reader().await?;
        Ok(store::lines::rules(&mut from, guild).await?)
    }

    /// From now on it wants to read that.
    pub async fn set_line_rules(
        &self,
        guild: GuildId,
        by: &Actor,
        rules: LineRules,
        now: Timestamp,
    ) -> Result<(), Error> {
        let zone = self.zone_of(guild, now).await?;
        let mut change = self.0.store.change().await?;
        store::lines::put_rules(&mut change, guild, &rules).await?;
        // What is held back already is read at the new end, or now where these hours are not quiet any more.
        let until = rules.quiet_until(&zone, now).unwrap_or(now);
        for gathering in store::lines::hold_until(&mut change, guild, until, now).await? {
            store::outbox::due_then(&mut change, &name(gathering), until).await?;
        }
        let said = format!("from {}, quiet {:?}", rules.lowest, rules.quiet);
        let line = store::audit::Line {
            guild: Some(guild),
            actor: by.user,
            action: "escalations",
            ticket: None,
            outcome: "done",
            reason: Some(&said),
        };
        store::audit::put(&mut change, &line, now).await?;
        self.commit(change).await
    }
}

/// Whether somebody took it or sent it back.
fn answered(notice: &Notice) -> bool {
    use crate::domain::notice::Answer;
    matches!(
        notice,
        Notice::EscalationLine {
            answer: Answer::Taken { .. } | Answer::Returned { .. },
            ..
        }
    )
}
