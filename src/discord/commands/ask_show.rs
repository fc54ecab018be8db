//! "Show the article" under an answer.

use futures::FutureExt;

use crate::desk::Error;
use crate::discord::call::Call;
use crate::discord::command::{Answers, Command, Kind, Place, Who};
use crate::discord::line::Line;
use crate::discord::reply::{Button, Post, Reply, Style};
use crate::discord::views::{answer, article, walk};
use crate::domain::refusal::Refusal;

/// The button.
pub const COMMAND: Command = Command {
    path: "ask show",
    kind: Kind::ButtonOnly,
    about: "Read the whole article",
    who: Who::Everybody,
    place: Place::Anywhere,
    answers: Answers::Now,
    options: &[],
    run: |call| run(call).boxed(),
};

async fn run(call: &Call) -> Result<Reply, Error> {
    let (Some(ask), Some(named)) = (call.arg(0).and_then(|arg| arg.parse().ok()), call.arg(1))
    else {
        return Err(Refusal::StaleButton.into());
    };
    let words = call.words;
    let asked = call.desk.asked(ask, call.actor.user, call.reader()).await?;
    let Some(found) = article::find(call.desk.kb(), call.reader(), named) else {
        return Ok(Reply::Say(
            Post::text(words.ask_article_gone())
                .with_buttons(vec![answer::open_ticket(words, Some(asked.id))]),
        ));
    };
    let solved = Line::new("ask solved").arg(ask).arg(named);
    let mut buttons = vec![Button::new(words.button_solved(), Style::Success, solved)];
    buttons.extend(walk::begin(words, asked.id, &found, None));
    buttons.push(answer::open_ticket(words, Some(ask)));
    let pictures = call.desk.pictures(&found).await;
    let post = article::with_pictures(words, article::whole(words, &found), pictures);
    Ok(Reply::Say(post.with_buttons(buttons)))
}
