//! Cards: how a ticket stands in a tier's queue channel.

use super::plain::{quoted, shown_line};
use super::reply::{Button, Embed, Post, Style};
use super::words::Words;
use super::words::parts::{address, colour, verb_button};
use crate::discord::line::Line;
use crate::domain::category::Category;
use crate::domain::ids::{ChannelId, UserId};
use crate::domain::people::House;
use crate::domain::priority::Priority;
use crate::domain::ticket::{State, Ticket};
use crate::domain::tier::Tier;

/// How much of what was tried stands on a card; the thread has all of it.
const TRIED: usize = 400;

/// Whether the ticket still belongs into that tier's queue.
pub fn belongs(ticket: &Ticket, tier: Tier) -> bool {
    ticket.tier == tier && ticket.state.active()
}

/// The card of `ticket` in the queue of `tier`, as it should stand there now.
pub fn draw(words: &Words, ticket: &Ticket, house: &House, tier: Tier) -> Post {
    if !belongs(ticket, tier) {
        return gone(words, ticket, house);
    }
    let title = if ticket.confidential {
        words.card_confidential(ticket.number)
    } else {
        format!("{} · {}", ticket.number, shown_line(&ticket.title))
    };
    let category = Category::from_key(&ticket.category).unwrap_or_else(|| Category::other());
    let mut embed = Embed {
        title: Some(title),
        colour: Some(edge(ticket)),
        ..Embed::default()
    };
    if !ticket.confidential {
        embed = embed.with_inline_field(words.field_requester(), mention(ticket.requester));
    }
    let assignee = match (ticket.assignee, ticket.accept_by) {
        (None, _) => words.nobody_yet(),
        (Some(who), Some(until)) if ticket.state == State::Assigned => {
            words.card_accept_by(who, &format!("<t:{}:R>", until.as_second()))
        }
        (Some(who), _) => mention(who),
    };
    let opened = format!("<t:{}:R>", ticket.opened_at.as_second());
    embed = embed
        .with_inline_field(words.field_category(), words.category(category))
        .with_inline_field(words.field_priority(), words.priority(ticket))
        .with_inline_field(words.field_state(), words.state(ticket.state))
        .with_inline_field(words.field_assignee(), assignee)
        .with_inline_field(words.field_opened(), opened);
    if let Some(clocks) = words.clock_lines(&ticket.clocks) {
        embed = embed.with_field(words.field_clocks(), clocks);
    }
    if !ticket.confidential && !ticket.tried.trim().is_empty() {
        let tried = super::plain::cut(&ticket.tried, TRIED);
        embed = embed.with_field(words.field_tried(), quoted(&tried));
    }
    Post::embed(embed)
        .with_buttons(verbs(words, ticket))
        .with_buttons(links(words, ticket))
}

/// One line with a link, and no buttons: there is nothing to be done here any more.
fn gone(words: &Words, ticket: &Ticket, house: &House) -> Post {
    use crate::domain::people::DeskChannel;
    let number = ticket.number;
    if !ticket.state.active() {
        let state = words.state(ticket.state);
        return Post::text(match ticket.thread.filter(|_| !ticket.confidential) {
            Some(thread) => words.card_ended_in(number, &state, thread),
            None => words.card_ended(number, &state),
        });
    }
    Post::text(match house.channels.get(&DeskChannel::queue(ticket.tier)) {
        Some(queue) => words.card_moved(number, ticket.tier, *queue),
        None => words.card_moved_somewhere(number, ticket.tier),
    })
}

fn verbs(words: &Words, ticket: &Ticket) -> Vec<Button> {
    let number = ticket.number.to_string();
    let button = |label: String, style: Style, path: &str| {
        verb_button(label, style, path, &number, ticket.version)
    };
    let mut buttons = match ticket.state {
        State::New | State::Assigned if ticket.pending.is_some() => vec![
            button(words.button_accept(), Style::Success, "work accept"),
            button(words.button_reject(), Style::Danger, "work reject"),
        ],
        State::New => vec![button(words.button_claim(), Style::Primary, "work claim")],
        State::Assigned => vec![button(words.button_accept(), Style::Success, "work accept")],
        _ => vec![
            button(words.button_escalate(), Style::Secondary, "work escalate"),
            button(words.button_resolve(), Style::Success, "work resolve"),
        ],
    };
    buttons.push(Button::new(
        words.button_show(),
        Style::Secondary,
        Line::new("ticket show").arg(&number),
    ));
    buttons
}

fn links(words: &Words, ticket: &Ticket) -> Vec<Button> {
    let link =
        |label: String, thread: ChannelId| Button::link(label, address(ticket.guild, thread));
    let requester = ticket
        .thread
        .map(|thread| link(words.button_to_thread(), thread));
    let staff = ticket
        .staff_thread
        .map(|thread| link(words.button_to_staff_thread(), thread));
    requester.into_iter().chain(staff).collect()
}

fn edge(ticket: &Ticket) -> u32 {
    match (ticket.priority, ticket.state) {
        (Priority::P1, _) => colour::URGENT,
        (_, State::New | State::Assigned) => colour::WAITS,
        _ => colour::OPEN,
    }
}

fn mention(user: UserId) -> String {
    format!("<@{user}>")
}

#[cfg(test)]
mod tests {
    use jiff::{SignedDuration, Timestamp};

    use super::*;
    use crate::discord::reply::{Does, Row};
    use crate::domain::ids::{GuildId, Number, RoleId, TicketId};
    use crate::domain::people::{DeskChannel, DeskRole};
    use crate::domain::priority::{Impact, Urgency};
    use crate::domain::ticket::{Opening, PendingHandOver};

    fn ticket(category: &str) -> Ticket {
        let opening = Opening {
            guild: GuildId(1),
            requester: UserId(50),
            requester_name: "Mia".into(),
            title: "VPN *down*".into(),
            body: "Nothing connects".into(),
            tried: "VPN does not connect".into(),
            category: Category::from_key(category).expect("a category"),
            impact: Impact::Medium,
            urgency: Urgency::Medium,
            ask: None,
        };
        Ticket::open(opening, TicketId(1), Number(42), Timestamp::UNIX_EPOCH).0
    }

    fn house() -> House {
        House {
            roles: DeskRole::ALL.into_iter().zip((10..).map(RoleId)).collect(),
            channels: DeskChannel::ALL
                .into_iter()
                .zip((20..).map(ChannelId))
                .collect(),
            set_up: true,
        }
    }

    fn buttons(post: &Post) -> Vec<String> {
        let rows = post.rows.iter().flat_map(|row| match row {
            Row::Buttons(buttons) => buttons.as_slice(),
            Row::Select(_) | Row::People(_) => &[],
        });
        let lines = rows.filter_map(|button| match &button.does {
            Does::Run(line) => line.id(),
            Does::Open(_) => None,
        });
        lines.collect()
    }

    #[test]
    fn a_card_offers_what_can_be_done_next() {
        let words = Words::of("en");
        let pending = PendingHandOver {
            from: Tier::L1,
            to: Tier::L2,
            by: UserId(60),
            at: Timestamp::UNIX_EPOCH + SignedDuration::from_mins(5),
            seq: 4,
            offered: None,
            summary: "It is down".into(),
        };
        let rows = [
            (
                State::New,
                false,
                vec!["work claim|T-0042|v1", "ticket show|T-0042"],
            ),
            (
                State::New,
                true,
                vec![
                    "work accept|T-0042|v1",
                    "work reject|T-0042|v1",
                    "ticket show|T-0042",
                ],
            ),
            (
                State::Assigned,
                true,
                vec![
                    "work accept|T-0042|v1",
                    "work reject|T-0042|v1",
                    "ticket show|T-0042",
                ],
            ),
            (
                State::InProgress,
                false,
                vec![
                    "work escalate|T-0042|v1",
                    "work resolve|T-0042|v1",
                    "ticket show|T-0042",
                ],
            ),
            (State::Resolved, false, vec![]),
        ];
        for (state, handed_over, expected) in rows {
            let mut ticket = ticket("network");
            (ticket.state, ticket.version) = (state, 1);
            ticket.pending = handed_over.then(|| pending.clone());
            assert_eq!(
                buttons(&draw(&words, &ticket, &house(), Tier::L1)),
                expected,
                "{state:?} {handed_over}"
            );
        }
    }

    #[test]
    fn a_confidential_card_names_nobody_but_who_has_it() {
        let mut ticket = ticket("security");
        (ticket.state, ticket.assignee) = (State::InProgress, Some(UserId(60)));
        let drawn = format!("{:?}", draw(&Words::of("en"), &ticket, &house(), Tier::L1));
        for hidden in ["VPN", "<@50>", "Mia", "does not connect"] {
            assert!(!drawn.contains(hidden), "{hidden} in {drawn}");
        }
        assert!(drawn.contains("<@60>") && drawn.contains("T-0042"));
    }

    #[test]
    fn a_card_that_was_left_behind_leads_on_and_offers_nothing() {
        let mut ticket = ticket("network");
        ticket.tier = Tier::L2;
        let left = draw(&Words::of("en"), &ticket, &house(), Tier::L1);
        assert!(left.embeds.is_empty() && buttons(&left).is_empty());
        assert!(
            left.text.contains("T-0042") && left.text.contains("<#24>"),
            "{}",
            left.text
        );
        assert!(!belongs(&ticket, Tier::L1) && belongs(&ticket, Tier::L2));
    }
}
