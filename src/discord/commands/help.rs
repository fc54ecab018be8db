//! `/help`: what the asker can do here, made from the list of commands.

use futures::FutureExt;

use super::COMMANDS;
use crate::desk::Error;
use crate::discord::call::Call;
use crate::discord::command::{Answers, Command, Kind, Place, Who};
use crate::discord::reply::{Embed, Post, Reply};
use crate::discord::views::answer;
use crate::discord::words::parts::{colour, with_long_field};

/// `/help`
pub const COMMAND: Command = Command {
    path: "help",
    kind: Kind::Slash,
    about: "See what you can do here",
    who: Who::Everybody,
    place: Place::Anywhere,
    answers: Answers::Now,
    options: &[],
    run: |call| run(call).boxed(),
};

async fn run(call: &Call) -> Result<Reply, Error> {
    let words = call.words;
    let open = |command: &Command| {
        (call.guild.is_some() || command.place == Place::Anywhere)
            && command.who.includes(call.actor.standing)
    };
    let lines = |fits: fn(&Command) -> bool| -> String {
        COMMANDS
            .iter()
            .filter(|command| fits(command) && open(command))
            .map(|command| format!("`{}` {}", command.shown(), command.about))
            .collect::<Vec<_>>()
            .join("\n")
    };
    let intro = match call.guild {
        Some(_) => words.help_intro(),
        None => words.help_direct(),
    };
    let mut embed = Embed {
        title: Some(words.help_title()),
        description: Some(intro),
        colour: Some(colour::OPEN),
        ..Embed::default()
    };
    for (name, text) in [
        (
            words.help_everybody(),
            lines(|command| command.kind == Kind::Slash && command.who == Who::Everybody),
        ),
        (
            words.help_on_message(),
            lines(|command| command.kind == Kind::OnMessage),
        ),
        (
            words.help_staff(),
            lines(|command| {
                command.kind == Kind::Slash
                    && matches!(
                        command.who,
                        Who::Technicians
                            | Who::TechniciansAndLeads
                            | Who::SeniorsAndLeads
                            | Who::Staff
                            | Who::Leads
                            | Who::LeadsAndAdmins
                    )
            }),
        ),
        (
            words.help_admins(),
            lines(|command| command.kind == Kind::Slash && command.who == Who::Admins),
        ),
    ] {
        embed = with_long_field(embed, &name, &text);
    }
    Ok(Reply::Say(
        Post::embed(embed).with_buttons(vec![answer::open_ticket(words, None)]),
    ))
}
