//! `/ticket transcript`: the whole conversation as one file.

use futures::FutureExt;

use super::work::TICKET;
use crate::desk::{Error, Record};
use crate::discord::call::Call;
use crate::discord::command::{Answers, Command, Kind, Opt, OptKind, Place, Who};
use crate::discord::line::Line;
use crate::discord::reply::{Button, Post, Reply, Style};
use crate::discord::transcript::{self, Form, Pictures};
use crate::discord::words::Words;
use crate::domain::refusal::{Expected, Refusal};

/// `/ticket transcript [ticket] [form]`
pub const COMMAND: Command = Command {
    path: "ticket transcript",
    kind: Kind::Slash,
    about: "Get all that was said and done about a ticket, as one file",
    who: Who::Everybody,
    place: Place::Server,
    answers: Answers::Deferred,
    options: &[
        TICKET,
        Opt {
            name: "form",
            about: "How it is written; a page where you leave it out",
            kind: OptKind::Choice(|| {
                let words = Words::of("en");
                Form::ALL
                    .into_iter()
                    .map(|form| (form.key(), named(words, form)))
                    .collect()
            }),
            required: false,
        },
    ],
    run: |call| run(call).boxed(),
};

fn named(words: Words, form: Form) -> String {
    match form {
        Form::Markdown => words.form_markdown(),
        Form::Html => words.form_html(),
    }
}

async fn run(call: &Call) -> Result<Reply, Error> {
    let ticket = call.ticket().await?;
    let form = match call.option("form").or_else(|| call.arg(1)) {
        Some(key) => Form::from_key(key).ok_or_else(|| Refusal::BadInput {
            field: "form".to_owned(),
            expected: Expected::OneOfTheChoices,
        })?,
        None => Form::Html,
    };
    let record = call.desk.record(&ticket, &call.actor, call.now).await?;
    let pictures = match form {
        Form::Html => pictures(call, &record).await,
        Form::Markdown => Pictures::new(),
    };
    let words = call.words;
    let file = transcript::write(words, &record, form, &pictures, &call.actor.name, call.now);
    let mut text = words.transcript_ready(ticket.number);
    if record.staff {
        text = format!("{text} {}", words.transcript_ready_staff());
    }
    let (label, other) = match form {
        Form::Html => (words.button_as_markdown(), Form::Markdown),
        Form::Markdown => (words.button_as_html(), Form::Html),
    };
    let line = Line::new("ticket transcript")
        .arg(call.name_of(ticket.id, ticket.number))
        .arg(other.key());
    let button = Button::new(label, Style::Secondary, line);
    Ok(Reply::Say(
        Post::text(text).with_file(file).with_buttons(vec![button]),
    ))
}

/// The pictures among the files, as long as they can all be in one page.
async fn pictures(call: &Call, record: &Record) -> Pictures {
    let mut pictures = Pictures::new();
    let mut left = transcript::LARGEST_PICTURE;
    for file in record
        .files
        .iter()
        .filter(|file| transcript::may_be_picture(file))
    {
        let Some(sha256) = &file.sha256 else { continue };
        if pictures.contains_key(sha256) {
            continue;
        }
        if let Some(bytes) = call.desk.file(sha256, left).await {
            left -= u64::try_from(bytes.len()).unwrap_or(left);
            pictures.insert(sha256.clone(), bytes);
        }
    }
    pictures
}
