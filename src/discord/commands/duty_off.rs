//! `/duty off`: nothing new is offered to the asker; what is urgent and theirs must be handed over.

use futures::FutureExt;

use crate::desk::Error;
use crate::discord::call::Call;
use crate::discord::command::{Answers, Command, Kind, Place, Who};
use crate::discord::plain;
use crate::discord::reply::{Embed, Post, Reply, Style};
use crate::discord::words::parts::{colour, verb_button};
use crate::domain::roster::Duty;

/// `/duty off`
pub const COMMAND: Command = Command {
    path: "duty off",
    kind: Kind::Slash,
    about: "Go off duty; urgent tickets of yours are listed, to be handed over",
    who: Who::TechniciansAndLeads,
    place: Place::Server,
    answers: Answers::Now,
    options: &[],
    run: |call| run(call).boxed(),
};

async fn run(call: &Call) -> Result<Reply, Error> {
    let words = call.words;
    let guild = call.guild()?;
    let change = call
        .desk
        .set_duty(guild, &call.actor, Duty::Off, &call.cause, call.now)
        .await?;
    let post = Post::text(if change.already {
        words.duty_off_already()
    } else {
        words.duty_off()
    });
    if change.to_hand_over.is_empty() {
        return Ok(Reply::Say(post));
    }
    let lines: Vec<String> = change
        .to_hand_over
        .iter()
        .map(|ticket| {
            let title = plain::shown_line(&ticket.title);
            let thread = ticket
                .thread
                .map_or_else(String::new, |thread| format!(" <#{thread}>"));
            let title = words.ticket_title(ticket.number, &title);
            format!("**{}** {title}{thread}", ticket.priority)
        })
        .collect();
    let buttons = change
        .to_hand_over
        .iter()
        .map(|ticket| {
            let number = ticket.number.to_string();
            let label = words.button_escalate_one(ticket.number);
            verb_button(
                label,
                Style::Primary,
                "work escalate",
                &number,
                ticket.version,
            )
        })
        .take(5)
        .collect();
    Ok(Reply::Say(
        post.with_embed(Embed {
            title: Some(words.duty_hand_over(lines.len())),
            description: Some(lines.join("\n")),
            colour: Some(colour::URGENT),
            ..Embed::default()
        })
        .with_buttons(buttons),
    ))
}
