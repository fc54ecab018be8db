//! Cards: how a ticket stands in a tier's queue channel.

use super::plain::{quoted, shown_line};
use super::reply::{Button, Embed, Post, Style};
use super::words::Words;
use super::words::parts::{address, colour, verb_button};
use crate::desk::House;
use crate::discord::line::Line;
use crate::domain::category::Category;
use crate::domain::ids::{ChannelId, UserId};
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
    let assignee = ticket.assignee.map_or_else(|| words.nobody_yet(), mention);
    let opened = format!("<t:{}:R>", ticket.opened_at.as_second());
    embed = embed
        .with_inline_field(words.field_category(), words.category(category))
        .with_inline_field(words.field_priority(), words.priority(ticket))
        .with_inline_field(words.field_state(), words.state(ticket.state))
        .with_inline_field(words.field_assignee(), assignee)
        .with_inline_field(words.field_opened(), opened);
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
