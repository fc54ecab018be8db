//! What the commands that work on tickets have in common.

use crate::desk::Error;
use crate::discord::call::{Call, Input};
use crate::discord::command::{Opt, OptKind};
use crate::discord::line::Line;
use crate::discord::reply::{Field, Form, Post, Reply, Select, Size};
use crate::discord::views::draft::answers;
use crate::discord::views::kept::kept;
use crate::discord::views::ticket::{buttons, thread_buttons};
use crate::domain::priority::{Impact, Urgency};
use crate::domain::refusal::{Expected, Refusal};
use crate::domain::rules::{Permit, Verb, permit};
use crate::domain::ticket::Ticket;

/// The option that every one of them has.
pub(super) const TICKET: Opt = Opt {
    name: "ticket",
    about: "Its number, for example T-0042; in its thread you can leave it out",
    kind: OptKind::Ticket,
    required: false,
};

/// A refusal of the desk's as whoever pressed an old button should read it. A failure stays what it is.
pub(super) fn reworded(call: &Call, ticket: &Ticket, error: Error) -> Error {
    match error {
        Error::Refused(refusal) => call.changed(ticket, refusal).into(),
        failed => failed,
    }
}

/// Whether the asker may do that now: asked before a form opens, so that nobody types for nothing. The desk asks again.
pub(super) fn may(call: &Call, verb: Verb, ticket: &Ticket) -> Result<Permit, Error> {
    permit(verb, ticket, &call.actor).map_err(|refusal| call.changed(ticket, refusal).into())
}

/// A command's line about that ticket, as it is drawn here and now.
pub(super) fn line(call: &Call, path: &str, ticket: &Ticket) -> Line {
    Line::new(path)
        .arg(call.name_of(ticket.id, ticket.number))
        .version(ticket.version)
}

/// What was done, and what can be done next.
pub(super) fn done(call: &Call, ticket: &Ticket, text: String) -> Post {
    let name = call.name_of(ticket.id, ticket.number);
    let mut next = buttons(call.words, ticket, &call.actor, &name);
    next.extend(thread_buttons(call.words, ticket, &call.actor));
    Post::text(text).with_buttons(next)
}

/// `post` to whoever took `ticket`, with what was solved before and reads like it.
pub(super) async fn with_solved_before(
    call: &Call,
    ticket: &Ticket,
    post: Post,
) -> Result<Post, Error> {
    if call.guild.is_none() || ticket.confidential {
        return Ok(post);
    }
    let (desk, category) = (&call.desk, Some(ticket.category.as_str()));
    let before = desk
        .solved_before(
            ticket.guild,
            &ticket.title,
            category,
            Some(ticket.id),
            call.now,
        )
        .await?;
    Ok(match before.is_empty() {
        true => post,
        false => post.with_embed(call.words.solved_before(&before)),
    })
}

/// What whoever took the ticket reads about its thread.
pub(super) fn way_in(call: &Call, ticket: &Ticket) -> String {
    match ticket.thread {
        _ if ticket.by_direct => call.words.talk_is_direct(ticket.requester),
        Some(thread) => call.words.go_to_thread(thread),
        None => call.words.thread_comes(),
    }
}

/// A text of a form that was sent; an empty one where there is none.
pub(super) fn typed(call: &Call, name: &str) -> String {
    call.field(name).unwrap_or_default().to_owned()
}

/// The longest text that somebody writes on a ticket by command, in characters: it fits into one message with a frame.
pub(super) const TEXT: u16 = 1500;
/// The longest reason, in characters.
pub(super) const REASON: u16 = 500;

/// One text that a command needs: by its option, or by a form where that is left out.
pub(super) struct Wanted {
    /// For which verb: asked before the form opens.
    pub verb: Verb,
    /// The option's and the field's name.
    pub name: &'static str,
    /// What stands above the form.
    pub title: String,
    /// What stands above the text.
    pub label: String,
    /// What stands there as long as it is empty.
    pub placeholder: String,
    /// Whether it can be left empty.
    pub required: bool,
    /// The longest text, in characters.
    pub max: u16,
}

/// The text that was wanted, or the form that asks for it.
pub(super) enum Given {
    /// It is there.
    Text(String),
    /// It is to be typed.
    Form(Reply),
}

/// What `call` gives for `wanted`.
pub(super) fn given(
    call: &Call,
    path: &str,
    ticket: &Ticket,
    wanted: &Wanted,
) -> Result<Given, Error> {
    match (&call.input, call.option(wanted.name)) {
        (Input::Submit { .. }, _) => Ok(Given::Text(typed(call, wanted.name))),
        (_, Some(text)) => Ok(Given::Text(text.to_owned())),
        (_, None) => {
            may(call, wanted.verb, ticket)?;
            Ok(Given::Form(Reply::Form(Form {
                line: line(call, path, ticket),
                title: wanted.title.clone(),
                fields: vec![Field {
                    name: wanted.name,
                    label: wanted.label.clone(),
                    size: Size::Paragraph,
                    value: String::new(),
                    placeholder: wanted.placeholder.clone(),
                    required: wanted.required,
                    min: u16::from(wanted.required),
                    max: wanted.max,
                }],
            })))
        }
    }
}

/// A command that needs one text: the form that asks for it; or `act` with it, and what `told` says of the ticket then; or why
/// not, with the text.
pub(super) async fn with_text<Act>(
    call: &Call,
    path: &str,
    ticket: &Ticket,
    wanted: &Wanted,
    act: impl FnOnce(String) -> Act,
    told: impl FnOnce(&Ticket) -> String,
) -> Result<Reply, Error>
where
    Act: Future<Output = Result<Ticket, Error>>,
{
    let text = match given(call, path, ticket, wanted)? {
        Given::Text(text) => text,
        Given::Form(form) => return Ok(form),
    };
    match act(text.clone()).await {
        Ok(ticket) => Ok(Reply::Say(Post::text(told(&ticket)))),
        Err(error) => not_done(call, ticket, error, wanted, &text),
    }
}

/// Why not, and what was typed for `wanted`, so that it is not lost.
pub(super) fn not_done(
    call: &Call,
    ticket: &Ticket,
    error: Error,
    wanted: &Wanted,
    text: &str,
) -> Result<Reply, Error> {
    let refusal = call.changed(ticket, refusal(error)?);
    Ok(Reply::Say(kept(
        call.words,
        &refusal,
        call.words.not_done_kept(),
        &[(wanted.label.clone(), text)],
    )))
}

/// The refusal of `error`; a failure is passed on.
pub(super) fn refusal(error: Error) -> Result<Refusal, Error> {
    match error {
        Error::Refused(refusal) => Ok(refusal),
        failed => Err(failed),
    }
}

/// What was chosen for `name`, by option or by select; nothing when the choices are to be shown.
pub(super) fn assessed(call: &Call, name: &str) -> Option<String> {
    let chosen = call.option(name).map(str::to_owned);
    chosen.or_else(|| call.values().first().cloned())
}

/// A value that nobody offered.
pub(super) fn unknown(field: &str) -> Refusal {
    Refusal::BadInput {
        field: field.to_owned(),
        expected: Expected::OneOfTheChoices,
    }
}

/// The three questions behind a ticket's place in the queue, each as a select with its present answer.
pub(super) fn choices(call: &Call, ticket: &Ticket) -> Result<Reply, Error> {
    may(call, Verb::Reassess, ticket)?;
    let words = call.words;
    let [categories, impacts, urgencies] = answers(
        words,
        Some(&ticket.category),
        Some(ticket.impact),
        Some(ticket.urgency),
    );
    let select = |path, placeholder, options| Select {
        line: line(call, path, ticket),
        placeholder,
        options,
        min: 1,
        max: 1,
    };
    let post = Post::text(words.reassess_intro(ticket.number))
        .with_select(select(
            "work category",
            words.placeholder_category(),
            categories,
        ))
        .with_select(select("work impact", words.placeholder_impact(), impacts))
        .with_select(select(
            "work urgency",
            words.placeholder_urgency(),
            urgencies,
        ));
    Ok(Reply::Say(post))
}

/// Corrects impact or urgency and says what the priority is.
pub(super) async fn reassess(
    call: &Call,
    ticket: &Ticket,
    assessment: (Option<Impact>, Option<Urgency>),
) -> Result<Reply, Error> {
    let changed = call
        .desk
        .reassess(ticket.id, &call.actor, assessment, &call.cause, call.now)
        .await
        .map_err(|error| reworded(call, ticket, error))?;
    let (number, priority) = (changed.number, changed.priority);
    let text = if priority == ticket.priority {
        call.words.reassessed_same(number, priority)
    } else {
        call.words.reassessed(number, priority)
    };
    Ok(Reply::Say(Post::text(text)))
}
