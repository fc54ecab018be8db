//! `/sla recalc`: open tickets are promised what new ones are: first what would move, then, by button, it moves.

use futures::FutureExt;

use crate::desk::{Error, Recalc};
use crate::discord::call::{Call, Input};
use crate::discord::command::{Answers, Command, Kind, Place, Who};
use crate::discord::line::Line;
use crate::discord::reply::{Button, Embed, Post, Reply, Style};
use crate::discord::views::policy::due_move;
use crate::discord::words::Words;
use crate::discord::words::parts::colour;

/// Stands in the id of its own button too.
const PATH: &str = "sla recalc";

/// So many dues stand in one answer.
const SHOWN: usize = 20;

/// `/sla recalc`
pub const COMMAND: Command = Command {
    path: PATH,
    kind: Kind::Slash,
    about: "Promise open tickets what new ones are promised; first you see which dues move",
    who: Who::Admins,
    place: Place::Server,
    answers: Answers::Now,
    options: &[],
    run: |call| run(call).boxed(),
};

async fn run(call: &Call) -> Result<Reply, Error> {
    let words = call.words;
    let (guild, by, desk) = (call.guild()?, &call.actor, &call.desk);
    let preview = desk.recalc_preview(guild, by, call.now).await?;
    let (Input::Press { .. }, Some(version)) = (&call.input, call.arg(0)) else {
        return Ok(Reply::Say(shown(words, &preview)));
    };
    // Somebody changed what is promised since this was drawn: what moves now was not looked at.
    if version != preview.version.to_string() {
        let mut post = shown(words, &preview);
        post.text = words.recalc_changed();
        return Ok(Reply::Update(post));
    }
    let done = desk.recalc(guild, by, call.now).await?;
    let text = words.recalc_done(done.version, done.tickets, done.moves.len());
    Ok(Reply::Update(Post::text(text)))
}

fn shown(words: Words, preview: &Recalc) -> Post {
    if preview.tickets == 0 {
        return Post::text(words.recalc_none(preview.version));
    }
    let moves = preview.moves.len();
    let mut lines = vec![words.recalc_head(preview.version, preview.tickets, moves)];
    let listed = preview.moves.iter().take(SHOWN);
    lines.extend(listed.map(|one| due_move(words, one)));
    if moves > SHOWN {
        lines.push(words.recalc_more(moves - SHOWN));
    }
    if preview.late > 0 {
        lines.push(words.recalc_late(preview.late));
    }
    let line = Line::new(PATH).arg(preview.version);
    Post::embed(Embed {
        title: Some(words.recalc_title()),
        description: Some(lines.join("\n")),
        colour: Some(colour::WAITS),
        ..Embed::default()
    })
    .with_buttons(vec![Button::new(
        words.button_recalc(),
        Style::Primary,
        line,
    )])
}
