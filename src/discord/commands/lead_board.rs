//! `/lead board`: the live board in the leads' channel, on or off.

use futures::FutureExt;

use crate::desk::Error;
use crate::discord::call::Call;
use crate::discord::command::{Answers, Command, Kind, Opt, OptKind, Place, Who};
use crate::discord::reply::{Post, Reply};
use crate::discord::words::Words;
use crate::domain::people::DeskChannel;
use crate::domain::refusal::{Expected, Refusal};

/// `/lead board <to>`
pub const COMMAND: Command = Command {
    path: "lead board",
    kind: Kind::Slash,
    about: "Have the live board in the leads' channel posted anew, or turn it off",
    who: Who::Leads,
    place: Place::Server,
    answers: Answers::Now,
    options: &[Opt {
        name: "to",
        about: "What is to be done with it",
        kind: OptKind::Choice(|| {
            let words = Words::of("en");
            vec![
                ("on", words.choice_board_on()),
                ("off", words.choice_board_off()),
            ]
        }),
        required: true,
    }],
    run: |call| run(call).boxed(),
};

async fn run(call: &Call) -> Result<Reply, Error> {
    let guild = call.guild()?;
    let on = match call.option("to") {
        Some("on") => true,
        Some("off") => false,
        _ => {
            let (field, expected) = ("to".to_owned(), Expected::OneOfTheChoices);
            return Err(Refusal::BadInput { field, expected }.into());
        }
    };
    let desk = &call.desk;
    let house = desk.house(guild).await?;
    let channel = house.channels.get(&DeskChannel::Leads);
    let channel = *channel.ok_or(Refusal::NotSetUp)?;
    desk.set_board(guild, &call.actor, on, call.now).await?;
    let text = if on {
        call.words.board_turned_on(channel)
    } else {
        call.words.board_turned_off()
    };
    Ok(Reply::Say(Post::text(text)))
}
