//! `/vendor open`: asks an outside company; the ticket waits for it.

use futures::FutureExt;

use super::vendor::{NAME, SPAN, after, by_form, field};
use super::work::{TEXT, TICKET, line, may, refusal, typed};
use crate::desk::{Error, NewCase};
use crate::discord::call::{Call, Input};
use crate::discord::command::{Answers, Command, Kind, Opt, OptKind, Place, Who};
use crate::discord::plain;
use crate::discord::reply::{Choice, Form, Post, Reply, Select, Size};
use crate::discord::views::kept::kept;
use crate::domain::rules::Verb;
use crate::domain::ticket::Ticket;

/// Stands in the ids of its own selects and forms too.
const PATH: &str = "vendor open";

/// `/vendor open [ticket] [vendor] [reference] [text] [in]`
pub const COMMAND: Command = Command {
    path: PATH,
    kind: Kind::Slash,
    about: "Ask a vendor about a ticket; it waits for them, reminders included",
    who: Who::TechniciansAndLeads,
    place: Place::Server,
    answers: Answers::Form,
    options: &[
        TICKET,
        Opt {
            name: "vendor",
            about: "Which one; a list comes when you leave it out",
            kind: OptKind::Suggested { max: 100 },
            required: false,
        },
        Opt {
            name: "reference",
            about: "How the vendor calls the case; a form asks when you leave it out",
            kind: OptKind::Text { min: 1, max: NAME },
            required: false,
        },
        Opt {
            name: "text",
            about: "What is asked of them",
            kind: OptKind::Text { min: 1, max: TEXT },
            required: false,
        },
        Opt {
            name: "in",
            about: "When they are to be heard of: 4h, 2d; as agreed when you leave it out",
            kind: OptKind::Text { min: 1, max: SPAN },
            required: false,
        },
    ],
    run: |call| run(call).boxed(),
};

async fn run(call: &Call) -> Result<Reply, Error> {
    let words = call.words;
    if let Input::Complete { typed, .. } = &call.input {
        return suggest(call, typed).await;
    }
    let ticket = call.ticket().await?;
    let vendor = match &call.input {
        Input::Choose { values, .. } => values.first().map(String::as_str),
        Input::Submit { .. } => call.arg(1),
        _ => call.option("vendor"),
    };
    let Some(vendor) = vendor else {
        may(call, Verb::Vendor, &ticket)?;
        return ask_which(call, &ticket).await;
    };
    let text = |name: &str| {
        if by_form(call) {
            typed(call, name)
        } else {
            call.option(name).unwrap_or_default().to_owned()
        }
    };
    let (reference, status, again) = (text("reference"), text("text"), text("in"));
    if !by_form(call) && (reference.is_empty() || status.is_empty()) {
        may(call, Verb::Vendor, &ticket)?;
        return Ok(Reply::Form(form(call, &ticket, vendor)));
    }
    let opened = match after(call, &again) {
        Ok(next_contact) => {
            let new = NewCase {
                vendor: vendor.to_owned(),
                reference: reference.clone(),
                status: status.clone(),
                next_contact,
            };
            let (guild, by, cause) = (call.guild()?, &call.actor, &call.cause);
            let desk = &call.desk;
            desk.open_case(ticket.id, guild, by, new, cause, call.now)
                .await
        }
        Err(refusal) => Err(refusal.into()),
    };
    match opened {
        Ok(ticket) => {
            let case = ticket.cases.last();
            let (name, at) = case.map_or_else(
                || (vendor.to_owned(), call.now),
                |case| (case.name.clone(), case.next_contact),
            );
            let text = words.case_opened(ticket.number, &plain::shown_line(&name), at);
            Ok(Reply::Say(Post::text(text)))
        }
        Err(error) => {
            let refusal = call.changed(&ticket, refusal(error)?);
            let texts = [
                (words.label_reference(), reference.as_str()),
                (words.label_case_asked(), &status),
            ];
            let post = kept(words, &refusal, words.not_done_kept(), &texts);
            Ok(Reply::Say(post))
        }
    }
}

async fn suggest(call: &Call, typed: &str) -> Result<Reply, Error> {
    let typed = typed.trim().to_lowercase();
    let vendors = call.desk.vendors(call.guild()?).await?;
    let fitting = vendors
        .into_iter()
        .filter(|vendor| !vendor.retired && vendor.name.to_lowercase().contains(&typed))
        .take(25)
        .map(|vendor| {
            let shown = plain::cut(&plain::one_line(&vendor.name), 100);
            (plain::cut(&vendor.name, 100), shown)
        });
    Ok(Reply::Choices(fitting.collect()))
}

async fn ask_which(call: &Call, ticket: &Ticket) -> Result<Reply, Error> {
    let words = call.words;
    let vendors = call.desk.vendors(call.guild()?).await?;
    let options: Vec<Choice> = vendors
        .into_iter()
        .filter(|vendor| !vendor.retired)
        .take(25)
        .map(|vendor| Choice {
            label: plain::cut(&plain::one_line(&vendor.name), 100),
            value: plain::cut(&vendor.name, 100),
            about: Some(plain::cut(&plain::one_line(&vendor.contact), 100)),
            chosen: false,
        })
        .collect();
    if options.is_empty() {
        return Ok(Reply::Say(Post::text(words.vendors_none())));
    }
    let select = Select {
        line: line(call, PATH, ticket),
        placeholder: words.placeholder_vendor(),
        options,
        min: 1,
        max: 1,
    };
    let post = Post::text(words.case_which_vendor(ticket.number)).with_select(select);
    Ok(Reply::Say(post))
}

fn form(call: &Call, ticket: &Ticket, vendor: &str) -> Form {
    let words = call.words;
    Form {
        // A name that is too long for a button is cut, and then known by its beginning no more: names have 60 at most.
        line: line(call, PATH, ticket).arg(plain::cut(vendor, 60)),
        title: words.form_case(ticket.number),
        fields: vec![
            field(
                "reference",
                words.label_reference(),
                String::new(),
                Size::Short,
                true,
                NAME,
            ),
            field(
                "text",
                words.label_case_asked(),
                words.placeholder_case_asked(),
                Size::Paragraph,
                true,
                TEXT,
            ),
            field(
                "in",
                words.label_case_in(),
                words.placeholder_case_in(),
                Size::Short,
                false,
                SPAN,
            ),
        ],
    }
}
