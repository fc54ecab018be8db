//! `/problem create`: several tickets have one cause, and somebody looks after it.

use futures::FutureExt;

use super::work::{TICKET, typed, unknown};
use crate::desk::Error;
use crate::discord::call::{Call, Input};
use crate::discord::command::{Answers, Command, Kind, Opt, OptKind, Place, Who};
use crate::discord::line::Line;
use crate::discord::plain;
use crate::discord::reply::{Button, Post, Reply, Style};
use crate::discord::views::kept::kept;
use crate::discord::views::problem;
use crate::discord::words::Words;
use crate::domain::category::Category;
use crate::domain::ids::{SuggestionId, TicketId};
use crate::domain::problem::Beginning;
use crate::domain::refusal::Refusal;
use crate::domain::ticket::Ticket;

/// Stands in the ids of its own form too.
const PATH: &str = "problem create";

/// How a line says that there is no ticket.
const NONE: &str = "-";

/// `/problem create [title] [known] [category] [ticket]`
pub const COMMAND: Command = Command {
    path: PATH,
    kind: Kind::Slash,
    about: "Open a problem: the cause behind several tickets",
    who: Who::SeniorsAndLeads,
    place: Place::Server,
    answers: Answers::Form,
    options: &[
        Opt {
            name: "title",
            about: "What is wrong, in one line; everybody can read it. A form asks when you leave it out",
            kind: OptKind::Text {
                min: Beginning::TITLE_AT_LEAST as u16,
                max: Beginning::TITLE_AT_MOST as u16,
            },
            required: false,
        },
        Opt {
            name: "known",
            about: "What is known so far; for the staff",
            kind: OptKind::Text {
                min: 1,
                max: problem::KNOWN,
            },
            required: false,
        },
        Opt {
            name: "category",
            about: "What it is about; the ticket's, when you leave it out",
            kind: OptKind::Choice(|| {
                let words = Words::of("en");
                let all = Category::ALL.iter();
                all.map(|category| (category.key, words.category(category)))
                    .collect()
            }),
            required: false,
        },
        Opt {
            about: "Its first ticket; in a ticket's thread that one, when you leave it out",
            ..TICKET
        },
    ],
    run: |call| run(call).boxed(),
};

async fn run(call: &Call) -> Result<Reply, Error> {
    if let Some(id) = call.arg(0).and_then(|arg| arg.strip_prefix('s')) {
        return of_crowd(call, id.parse().map_err(|_| Refusal::StaleButton)?).await;
    }
    let ticket = first_ticket(call).await?;
    match &call.input {
        Input::Submit { .. } => {
            let category = call.arg(1).and_then(Category::from_key);
            let category = category.ok_or(Refusal::StaleButton)?;
            let (title, known) = (typed(call, "title"), typed(call, "known"));
            let tickets: Vec<Ticket> = ticket.into_iter().collect();
            create(call, &tickets, category, &title, &known).await
        }
        Input::Command { .. } | Input::Press { .. } => {
            let category = chosen(call, ticket.as_ref())?;
            match call.option("title") {
                Some(title) => {
                    let known = call.option("known").unwrap_or_default();
                    let tickets: Vec<Ticket> = ticket.into_iter().collect();
                    create(call, &tickets, category, title, known).await
                }
                None => {
                    let named = ticket.as_ref().map(|ticket| ticket.number.to_string());
                    let line = Line::new(PATH)
                        .arg(named.as_deref().unwrap_or(NONE))
                        .arg(category.key);
                    // What a confidential ticket says goes nowhere by itself.
                    let open = ticket.as_ref().filter(|ticket| !ticket.confidential);
                    let title = open.map_or("", |ticket| &ticket.title);
                    let known = call.option("known").unwrap_or_default();
                    let title = plain::one_line(title);
                    Ok(Reply::Form(problem::form(call.words, line, &title, known)))
                }
            }
        }
        _ => Err(Refusal::StaleButton.into()),
    }
}

/// The ticket that was named, or whose thread this is; none where there is none.
async fn first_ticket(call: &Call) -> Result<Option<Ticket>, Error> {
    if call.arg(0) == Some(NONE) {
        return Ok(None);
    }
    match call.ticket().await {
        Ok(ticket) => Ok(Some(ticket)),
        Err(Error::Refused(Refusal::WhichTicket)) => Ok(None),
        Err(error) => Err(error),
    }
}

fn chosen(call: &Call, ticket: Option<&Ticket>) -> Result<&'static Category, Error> {
    match call.option("category") {
        Some(key) => Category::from_key(key).ok_or_else(|| unknown("category").into()),
        None => Ok(ticket
            .map(Ticket::category)
            .filter(|category| !category.confidential)
            .unwrap_or(Category::other())),
    }
}

/// Tickets that the leads were told of: the form begins with the first one's title, and links them all.
async fn of_crowd(call: &Call, id: SuggestionId) -> Result<Reply, Error> {
    let (suggestion, tickets) = call.desk.suggestion(call.guild()?, id).await?;
    match &call.input {
        Input::Press { .. } => {
            let title = tickets.first().map_or("", |ticket| &ticket.title);
            let line = Line::new(PATH).arg(format!("s{id}"));
            let form = problem::form(call.words, line, &plain::one_line(title), "");
            Ok(Reply::Form(form))
        }
        Input::Submit { .. } => {
            let category = Category::from_key(&suggestion.category).unwrap_or(Category::other());
            let (title, known) = (typed(call, "title"), typed(call, "known"));
            create(call, &tickets, category, &title, &known).await
        }
        _ => Err(Refusal::StaleButton.into()),
    }
}

async fn create(
    call: &Call,
    tickets: &[Ticket],
    category: &'static Category,
    title: &str,
    known: &str,
) -> Result<Reply, Error> {
    let words = call.words;
    let beginning = Beginning {
        guild: call.guild()?,
        title: title.to_owned(),
        known: known.to_owned(),
        category,
    };
    let ids: Vec<TicketId> = tickets.iter().map(|ticket| ticket.id).collect();
    let opened = call
        .desk
        .open_problem(beginning, &ids, &call.actor, &call.cause, call.now)
        .await;
    let problem = match opened {
        Ok(problem) => problem,
        Err(error) => {
            let texts = [
                (words.label_problem_title(), title),
                (words.label_problem_known(), known),
            ];
            let refusal = super::work::refusal(error)?;
            let post = kept(words, &refusal, words.not_done_kept(), &texts);
            return Ok(Reply::Say(post));
        }
    };
    let numbers: Vec<String> = tickets
        .iter()
        .map(|ticket| ticket.number.to_string())
        .collect();
    let text = if numbers.is_empty() {
        words.problem_created(problem.number)
    } else {
        words.problem_created_ticket(problem.number, &words.all_of(&numbers))
    };
    let show = Button::new(
        words.button_show(),
        Style::Secondary,
        Line::new("problem show").arg(problem.number),
    );
    Ok(Reply::Say(Post::text(text).with_buttons(vec![show])))
}
