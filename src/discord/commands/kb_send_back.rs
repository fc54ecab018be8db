//! The button that sends a draft back to its writers, and its form.

use futures::FutureExt;

use super::kb_draft::named;
use super::work::{TEXT, refusal, typed};
use crate::desk::Error;
use crate::discord::call::{Call, Input};
use crate::discord::command::{Answers, Command, Kind, Place, Who};
use crate::discord::line::Line;
use crate::discord::reply::{Field, Form, Post, Reply, Size};
use crate::discord::views::kept::kept;

/// Stands in the ids of its own forms too.
const PATH: &str = "kb send-back";

/// The button.
pub const COMMAND: Command = Command {
    path: PATH,
    kind: Kind::ButtonOnly,
    about: "Send the draft of an article back to those who write at it",
    who: Who::SeniorsAndLeads,
    place: Place::Server,
    answers: Answers::Form,
    options: &[],
    run: |call| run(call).boxed(),
};

async fn run(call: &Call) -> Result<Reply, Error> {
    let words = call.words;
    let (guild, name) = (call.guild()?, named(call)?);
    if !matches!(call.input, Input::Submit { .. }) {
        return Ok(Reply::Form(Form {
            line: Line::new(PATH).arg(name),
            title: words.form_send_back(),
            fields: vec![Field {
                name: "reason",
                label: words.label_send_back(),
                size: Size::Paragraph,
                value: String::new(),
                placeholder: String::new(),
                required: true,
                min: 1,
                max: TEXT,
            }],
        }));
    }
    let reason = typed(call, "reason");
    let (by, cause) = (&call.actor, &call.cause);
    let sent = call
        .desk
        .send_back((guild, name), by, &reason, cause, call.now)
        .await;
    Ok(Reply::Say(match sent {
        Ok(draft) => Post::text(match draft.asked_by {
            Some(who) => words.draft_sent_back(who),
            None => words.draft_written(),
        }),
        Err(error) => {
            let texts = [(words.label_send_back(), reason.as_str())];
            kept(words, &refusal(error)?, words.not_done_kept(), &texts)
        }
    }))
}
