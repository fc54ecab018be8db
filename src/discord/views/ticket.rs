//! A ticket, and a page of tickets, as one person may see them.

use crate::desk::Page;
use crate::discord::command::Who;
use crate::discord::line::{Line, MENU};
use crate::discord::plain;
use crate::discord::reply::{Button, Choice, Does, Embed, Post, Select, Style};
use crate::discord::words::Words;
use crate::discord::words::parts::{colour, verb_button, with_long_field};
use crate::domain::ids::{ChannelId, Number};
use crate::domain::people::Actor;
use crate::domain::priority::Priority;
use crate::domain::rules::{Verb, permit};
use crate::domain::ticket::{State, Ticket};
use crate::domain::tier::Tier;
use crate::store::links::Tie;

/// So much of a text is shown with a ticket, in characters; its thread has the rest.
const TEXT: usize = 1500;

/// Discord shows no more of them side by side.
const BUTTONS_IN_A_ROW: usize = 5;

/// So much of a title stands in a list, in characters: two lines on a telephone.
const LISTED_TITLE: usize = 70;

/// A ticket to `viewer`, with what they can do to it. `name` is how a button names it here.
pub fn ticket(
    words: Words,
    ticket: &Ticket,
    viewer: &Actor,
    name: &str,
    belongs: &[(Tie, Number)],
) -> Post {
    let insider = works_here(ticket, viewer);
    let shown = |text: &str| plain::cut(&plain::shown(text), TEXT);
    let mut embed = Embed {
        title: Some(title(words, ticket, viewer)),
        colour: Some(edge(ticket)),
        ..Embed::default()
    };
    let with = match (ticket.assignee, insider) {
        (Some(who), true) => format!("<@{who}> · {}", ticket.tier),
        (Some(who), false) => format!("<@{who}>, {}", words.tier(ticket.tier)),
        (None, true) => format!("{} · {}", words.nobody_yet(), ticket.tier),
        (None, false) => words.tier(ticket.tier),
    };
    let when = |at: jiff::Timestamp| format!("<t:{}:R>", at.as_second());
    embed = embed
        .with_inline_field(words.field_state(), words.state(ticket.state))
        .with_inline_field(words.field_assignee(), with)
        .with_inline_field(words.field_priority(), words.priority(ticket))
        .with_inline_field(words.field_category(), words.category(ticket.category()))
        .with_inline_field(words.field_opened(), when(ticket.opened_at))
        .with_inline_field(words.field_changed(), when(ticket.changed_at));
    let promised = if insider {
        (words.field_clocks(), words.clock_lines(&ticket.clocks))
    } else {
        (words.field_promise(), words.promise(&ticket.clocks))
    };
    if let (name, Some(text)) = promised {
        embed = embed.with_field(name, text);
    }
    if knows(ticket, viewer) {
        if insider {
            embed = embed.with_inline_field(
                words.field_requester(),
                format!(
                    "<@{}> {}",
                    ticket.requester,
                    plain::shown_line(&ticket.requester_name)
                ),
            );
        }
        embed = with_long_field(embed, &words.field_body(), &shown(&ticket.body));
        embed = with_long_field(embed, &words.field_tried(), &shown(&ticket.tried));
    }
    let waits = ticket
        .pending
        .as_ref()
        .filter(|_| insider)
        .map(|pending| words.hand_over_waits(pending.from, pending.to, pending.by, pending.at));
    let staff_thread = ticket.staff_thread.filter(|_| insider);
    let cases = ticket.open_cases().filter(|_| insider).map(|case| {
        let (name, reference) = (
            plain::shown_line(&case.name),
            plain::shown_line(&case.reference),
        );
        if case.missed > 0 {
            words.case_line_late(&name, &reference, case.next_contact, case.missed)
        } else {
            words.case_line(&name, &reference, case.next_contact)
        }
    });
    let lines: Vec<String> = [
        waits,
        ticket.by_direct.then(|| words.ticket_by_direct()),
        ticket.thread.map(|thread| words.ticket_threads(thread)),
        staff_thread.map(|thread| words.ticket_staff_thread(thread)),
    ]
    .into_iter()
    .flatten()
    .chain(cases)
    .chain(ties(words, belongs))
    .collect();
    if !lines.is_empty() {
        embed.description = Some(lines.join("\n"));
    }
    let mut post = Post::embed(embed).with_buttons(buttons(words, ticket, viewer, name));
    let more = more_buttons(words, ticket, viewer, name);
    if more.len() > BUTTONS_IN_A_ROW {
        // A wall of buttons helps nobody: what is done less often stands in one list.
        return post.with_select(menu(words, &more));
    }
    post = post.with_buttons(more);
    post
}

/// Buttons as the entries of one list.
fn menu(words: Words, buttons: &[Button]) -> Select {
    let options = buttons.iter().filter_map(|button| match &button.does {
        Does::Run(line) => Some(Choice {
            label: button.label.clone(),
            value: line.id()?,
            about: crate::discord::commands::find(&line.path)
                .map(|command| command.about.to_owned()),
            chosen: false,
        }),
        Does::Open(_) => None,
    });
    Select {
        line: Line::new(MENU),
        placeholder: words.placeholder_more(),
        options: options.collect(),
        min: 1,
        max: 1,
    }
}

/// What a ticket belongs to, line by line.
pub fn ties(words: Words, ties: &[(Tie, Number)]) -> Vec<String> {
    let numbers = |wanted: Tie| {
        let fit = ties.iter().filter(|(tie, _)| *tie == wanted);
        let all: Vec<String> = fit.map(|(_, number)| number.to_string()).collect();
        (!all.is_empty()).then(|| all.join(", "))
    };
    [
        numbers(Tie::Related).map(|all| words.tie_related(&all)),
        numbers(Tie::SplitFrom).map(|all| words.tie_split_from(&all)),
        numbers(Tie::SplitInto).map(|all| words.tie_split_into(&all)),
        numbers(Tie::Follows).map(|all| words.tie_follows(&all)),
        numbers(Tie::FollowedBy).map(|all| words.tie_followed_by(&all)),
        numbers(Tie::MergedInto).map(|all| words.tie_merged_into(&all)),
        numbers(Tie::Absorbed).map(|all| words.tie_absorbed(&all)),
    ]
    .into_iter()
    .flatten()
    .collect()
}

/// Whether many may have the same trouble: what is confidential is nobody else's, and what is part of one is told of.
fn could_be_major(ticket: &Ticket) -> bool {
    ticket.state.active() && !ticket.confidential && ticket.major.is_none()
}

/// Everything else that is open to `by` now: to whoever works on it, to its requester, and to both the history.
fn more_buttons(words: Words, ticket: &Ticket, by: &Actor, name: &str) -> Vec<Button> {
    let own = ticket.requester == by.user;
    let button = |label, path| verb_button(label, Style::Secondary, path, name, ticket.version);
    let may = |verb| permit(verb, ticket, by).is_ok();
    let held = ticket.assignee.is_some();
    let answered =
        ticket.replied_at.is_some() || !matches!(ticket.state, State::New | State::Assigned);
    let all = [
        (
            own && may(Verb::Confirm),
            words.button_confirm(),
            "ticket confirm",
        ),
        (
            may(Verb::Reopen),
            if own {
                words.button_reopen()
            } else {
                words.button_open_again()
            },
            "ticket reopen",
        ),
        (
            own && may(Verb::AskEscalation),
            words.button_ask_escalation(),
            "ticket ask-escalation",
        ),
        (
            may(Verb::Cancel) && !(own && answered),
            if own {
                words.button_withdraw()
            } else {
                words.button_end()
            },
            "ticket cancel",
        ),
        (
            !own && may(Verb::AskUser),
            words.button_ask_user(),
            "work ask-user",
        ),
        (!own && may(Verb::Reply), words.button_reply(), "work reply"),
        (
            !own && may(Verb::Resume),
            words.button_resume(),
            "work resume",
        ),
        (!own && may(Verb::Note), words.button_note(), "work note"),
        (
            !own && may(Verb::Reassess),
            words.button_reassess(),
            "work impact",
        ),
        (
            !own && held && may(Verb::Release),
            words.button_release(),
            "work release",
        ),
        (
            !own && may(Verb::Assign),
            words.button_assign(),
            "work assign",
        ),
        (
            !own && ticket.tier > Tier::L1 && may(Verb::Deescalate),
            words.button_deescalate(),
            "work deescalate",
        ),
        (
            !own && may(Verb::Note),
            words.button_hand_overs(),
            "work handover",
        ),
        (
            own && may(Verb::FollowUp),
            words.button_follow_up(),
            "ticket reopen",
        ),
        (!own && may(Verb::Link), words.button_merge(), "link merge"),
        (!own && may(Verb::Link), words.button_split(), "link split"),
        (
            !own && may(Verb::Link),
            words.button_relate(),
            "link relate",
        ),
        (may(Verb::Unmerge), words.button_unmerge(), "link unmerge"),
        (
            !own && could_be_major(ticket) && Who::SeniorsAndLeads.includes(by.standing),
            words.button_declare_major(),
            "major declare",
        ),
        (
            may(Verb::Override),
            words.button_priority(),
            "lead priority",
        ),
        (may(Verb::Extend), words.button_extend(), "lead extend"),
        (
            may(Verb::Waive) && ticket.clocks.breaches.iter().any(|breach| !breach.waived),
            words.button_waive(),
            "lead waive",
        ),
        (
            !own && may(Verb::Vendor),
            words.button_vendor(),
            "vendor open",
        ),
        (
            !own && may(Verb::Vendor) && ticket.open_cases().next().is_some(),
            words.button_vendor_update(),
            "vendor update",
        ),
        (
            !own && may(Verb::Vendor) && ticket.open_cases().next().is_some(),
            words.button_vendor_close(),
            "vendor close",
        ),
        (
            may(Verb::AskApproval) && ticket.category().approval,
            words.button_ask_approval(),
            "work ask-approval",
        ),
        (may(Verb::People), words.button_people(), "work people"),
        (
            !own && may(Verb::Note),
            if ticket.watchers.contains(&by.user) {
                words.button_unwatch()
            } else {
                words.button_watch()
            },
            "work watch",
        ),
        (
            !own && may(Verb::Note),
            words.button_remind(),
            "work remind",
        ),
        (true, words.button_history(), "ticket history"),
        (
            may(Verb::Transcript),
            words.button_transcript(),
            "ticket transcript",
        ),
    ];
    all.into_iter()
        .filter(|(fits, ..)| *fits)
        .map(|(_, label, path)| button(label, path))
        .collect()
}

/// A page of tickets; `turns` is the line of the list's buttons, to which the page is added. Each ticket can be shown by
/// choosing it.
pub fn list(words: Words, title: String, turns: &Line, page: &Page, viewer: &Actor) -> Post {
    let lines: Vec<String> = page
        .tickets
        .iter()
        .map(|ticket| {
            let title = plain::cut(&self::title(words, ticket, viewer), LISTED_TITLE);
            let line = words.list_line(
                &words.state(ticket.state),
                ticket.priority,
                ticket.opened_at,
            );
            format!("**{title}**\n{line}")
        })
        .collect();
    let mut post = Post::embed(Embed {
        title: Some(title),
        description: Some(lines.join("\n")),
        footer: Some(words.list_page(page.page, page.pages, page.total)),
        colour: Some(colour::QUIET),
        ..Embed::default()
    });
    let options: Vec<Choice> = page
        .tickets
        .iter()
        .map(|ticket| Choice {
            label: plain::cut(&label(words, ticket, viewer), 100),
            value: ticket.number.to_string(),
            about: Some(words.state(ticket.state)),
            chosen: false,
        })
        .collect();
    if !options.is_empty() {
        post = post.with_select(Select {
            line: Line::new("ticket show"),
            placeholder: words.placeholder_show_one(),
            options,
            min: 1,
            max: 1,
        });
    }
    let turn = |label, page: u32, there: bool| Button {
        disabled: !there,
        ..Button::new(label, Style::Secondary, turns.clone().arg(page))
    };
    if page.pages > 1 {
        post = post.with_buttons(vec![
            turn(
                words.button_previous(),
                page.page.saturating_sub(1),
                page.page > 1,
            ),
            turn(words.button_next(), page.page + 1, page.page < page.pages),
        ]);
    }
    post
}

/// The ways to a ticket's threads that lie open to `viewer`, as buttons.
pub fn thread_buttons(words: Words, ticket: &Ticket, viewer: &Actor) -> Vec<Button> {
    let staff_thread = ticket.staff_thread.filter(|_| works_here(ticket, viewer));
    let link = |label, thread: ChannelId| {
        let address = crate::discord::words::parts::address(ticket.guild, thread);
        Button::link(label, address)
    };
    [
        ticket
            .thread
            .map(|thread| link(words.button_to_thread(), thread)),
        staff_thread.map(|thread| link(words.button_to_staff_thread(), thread)),
    ]
    .into_iter()
    .flatten()
    .collect()
}

/// The verbs that are open to `by` now, as buttons.
pub fn buttons(words: Words, ticket: &Ticket, by: &Actor, name: &str) -> Vec<Button> {
    let button = |label, style, path| verb_button(label, style, path, name, ticket.version);
    let handed_over = ticket.pending.is_some() || ticket.state == State::Assigned;
    let verbs = [
        (Verb::Claim, !handed_over),
        (Verb::Accept, handed_over),
        (Verb::Reject, ticket.pending.is_some()),
        (Verb::Escalate, ticket.assignee.is_some()),
        (Verb::Resolve, true),
    ];
    verbs
        .into_iter()
        .filter(|(verb, fits)| {
            *fits && ticket.requester != by.user && permit(*verb, ticket, by).is_ok()
        })
        .map(|(verb, _)| match verb {
            Verb::Accept => button(words.button_accept(), Style::Primary, "work accept"),
            Verb::Reject => button(words.button_reject(), Style::Secondary, "work reject"),
            Verb::Escalate => button(words.button_escalate(), Style::Secondary, "work escalate"),
            Verb::Resolve => button(words.button_resolve(), Style::Success, "work resolve"),
            _ => button(words.button_claim(), Style::Primary, "work claim"),
        })
        .collect()
}

/// Whether `viewer` is told what the desk says among itself about that ticket: nobody is about an own one.
pub fn works_here(ticket: &Ticket, viewer: &Actor) -> bool {
    viewer.standing.staff() && ticket.requester != viewer.user
}

/// Whether `viewer` may read what it is about: a confidential ticket tells it to named people only.
pub(super) fn knows(ticket: &Ticket, viewer: &Actor) -> bool {
    !ticket.confidential
        || ticket.requester == viewer.user
        || ticket.assignee == Some(viewer.user)
        || ticket.participants.contains(&viewer.user)
}

fn title(words: Words, ticket: &Ticket, viewer: &Actor) -> String {
    if knows(ticket, viewer) {
        words.ticket_title(ticket.number, &plain::shown_line(&ticket.title))
    } else {
        words.ticket_hidden(ticket.number)
    }
}

/// The title where Discord obeys no Markdown.
fn label(words: Words, ticket: &Ticket, viewer: &Actor) -> String {
    if knows(ticket, viewer) {
        words.ticket_title(ticket.number, &plain::one_line(&ticket.title))
    } else {
        words.ticket_hidden(ticket.number)
    }
}

fn edge(ticket: &Ticket) -> u32 {
    match (ticket.state, ticket.priority) {
        (State::Resolved, _) => colour::DONE,
        (State::Closed | State::Cancelled | State::Merged, _) => colour::QUIET,
        (_, Priority::P1) => colour::URGENT,
        (State::New | State::Assigned, _) => colour::WAITS,
        (State::InProgress | State::WaitingUser | State::WaitingVendor, _) => colour::OPEN,
    }
}
