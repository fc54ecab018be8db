//! The button that opens a draft of an article to write at it, and its form.

use futures::FutureExt;

use super::kb_draft::meant;
use super::work::{refusal, typed};
use crate::desk::{ArticleTexts, Error};
use crate::discord::call::{Call, Input};
use crate::discord::command::{Answers, Command, Kind, Place, Who};
use crate::discord::line::Line;
use crate::discord::reply::{Button, Post, Reply, Style};
use crate::discord::views::article_draft;
use crate::discord::views::kept::kept;
use crate::domain::refusal::Refusal;

/// The button.
pub const COMMAND: Command = Command {
    path: "kb write",
    kind: Kind::ButtonOnly,
    about: "Write at the draft of an article",
    who: Who::SeniorsAndLeads,
    place: Place::Server,
    answers: Answers::Form,
    options: &[],
    run: |call| run(call).boxed(),
};

async fn run(call: &Call) -> Result<Reply, Error> {
    let words = call.words;
    let (guild, name) = (call.guild()?, meant(call)?.ok_or(Refusal::StaleButton)?);
    let Input::Submit { version, .. } = &call.input else {
        let draft = call.desk.article_draft(guild, name).await?;
        return Ok(Reply::Form(article_draft::form(words, &draft)));
    };
    let texts = ArticleTexts {
        title: typed(call, "title"),
        summary: typed(call, "summary"),
        body: typed(call, "body"),
    };
    let (by, cause) = (&call.actor, &call.cause);
    let seen = version.unwrap_or_default();
    let written = call
        .desk
        .write_article((guild, name), by, &texts, seen, cause, call.now)
        .await;
    Ok(Reply::Say(match written {
        Ok(draft) => Post::text(words.draft_written()).with_buttons(vec![Button::new(
            words.button_read_draft(),
            Style::Secondary,
            Line::new("kb draft").arg(draft.name()),
        )]),
        Err(error) => {
            let texts = [
                (words.label_draft_title(), texts.title.as_str()),
                (words.label_draft_summary(), &texts.summary),
                (words.label_draft_body(), &texts.body),
            ];
            kept(words, &refusal(error)?, words.not_done_kept(), &texts)
        }
    }))
}
