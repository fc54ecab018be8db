//! "Open a ticket" in a message's menu: a ticket that quotes the message.

use futures::FutureExt;

use super::ticket_open::begin;
use crate::desk::{Draft, Error};
use crate::discord::call::{Call, Target};
use crate::discord::command::{Answers, Command, Kind, Place, Who};
use crate::discord::line::Line;
use crate::discord::plain;
use crate::discord::reply::{Button, Post, Reply, Style};
use crate::discord::views::draft;
use crate::discord::words::Words;
use crate::domain::ids::UserId;
use crate::domain::refusal::Refusal;
use crate::domain::rules::{Verb, permit};

/// So much of a name stands on a button, in characters.
const NAME: usize = 40;

/// The menu.
pub const COMMAND: Command = Command {
    path: "Open a ticket",
    kind: Kind::OnMessage,
    about: "Open a ticket that quotes this message",
    who: Who::Everybody,
    place: Place::Server,
    answers: Answers::Now,
    options: &[],
    run: |call| run(call).boxed(),
};

async fn run(call: &Call) -> Result<Reply, Error> {
    let message = call.target().ok_or(Refusal::StaleButton)?;
    let mut draft = Draft {
        title: draft::title_of(&message.content),
        body: quote(call.words, message, call.actor.user),
        ..Draft::default()
    };
    let foreign = message.author != call.actor.user && !message.author_is_bot;
    if !foreign || !call.actor.standing.staff() {
        return begin(call, draft).await;
    }
    draft.guild = Some(call.guild()?);
    draft.author = Some((message.author, message.author_name.clone()));
    if let Some((id, _)) = call.desk.ticket_in(call.channel).await? {
        let ticket = call.desk.ticket_by_id(id, &call.actor, call.now).await;
        let splits = ticket.is_ok_and(|ticket| permit(Verb::Link, &ticket, &call.actor).is_ok());
        draft.within = splits.then_some(id);
    }
    ask_for_whom(call, &draft, &message.author_name).await
}

/// A technician opens it for who wrote the message, or for themselves; in a ticket's thread it can be split off.
async fn ask_for_whom(call: &Call, draft: &Draft, author: &str) -> Result<Reply, Error> {
    let words = call.words;
    let user = call.actor.user;
    let id = call.desk.keep_draft(user, draft, call.now).await?;
    let line = Line::new("ticket open").arg(draft::named(id));
    let name = plain::cut(&plain::one_line(author), NAME);
    let mut buttons = vec![
        Button::new(
            words.button_for_author(&name),
            Style::Primary,
            line.clone().arg("author"),
        ),
        Button::new(
            words.button_for_me(),
            Style::Secondary,
            line.clone().arg("me"),
        ),
    ];
    if draft.within.is_some()
        && let Some((_, number)) = call.desk.ticket_in(call.channel).await?
    {
        let split = line.arg("split");
        let label = words.button_split_off(number);
        buttons.push(Button::new(label, Style::Secondary, split));
    }
    let text = words.for_whom(&plain::shown_line(author));
    Ok(Reply::Say(Post::text(text).with_buttons(buttons)))
}

/// The message, with where it stands and, where it is not the asker's own, who wrote it.
fn quote(words: Words, message: &Target, by: UserId) -> String {
    let most = usize::from(draft::BODY);
    if message.author == by {
        let source = words.quoted_own(&message.link);
        let room = most - source.chars().count().min(most) - 2;
        let content = plain::cut(&message.content, room);
        return format!("{content}\n\n{source}").trim().to_owned();
    }
    let author = plain::cut(&plain::one_line(&message.author_name), 80);
    let source = words.quoted_other(&author, &message.link);
    let content = plain::cut(
        &message.content,
        most - source.chars().count().min(most) - 2,
    );
    let quoted: Vec<String> = content.lines().map(|line| format!("> {line}")).collect();
    plain::cut(&format!("{source}\n{}", quoted.join("\n")), most)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::ids::MessageId;

    fn message(content: &str) -> Target {
        Target {
            id: MessageId(3),
            author: UserId(1),
            author_name: "Emma\nthe @everyone".to_owned(),
            author_is_bot: false,
            content: content.to_owned(),
            link: "https://discord.com/channels/1/2/3".to_owned(),
        }
    }

    #[test]
    fn an_own_message_is_taken_over_and_anothers_is_quoted_with_its_author() {
        let words = Words::of("en");
        assert_eq!(
            quote(words, &message("The printer\nis on fire"), UserId(1)),
            "The printer\nis on fire\n\nFrom my message https://discord.com/channels/1/2/3"
        );
        assert_eq!(
            quote(words, &message("The printer\nis on fire"), UserId(2)),
            "Emma the @everyone wrote in https://discord.com/channels/1/2/3\n> The printer\n> is on fire"
        );
    }

    #[test]
    fn a_long_message_leaves_room_for_where_it_stands() {
        let words = Words::of("en");
        for by in [UserId(1), UserId(2)] {
            let body = quote(words, &message(&"a line of text\n".repeat(400)), by);
            assert!(body.chars().count() <= usize::from(draft::BODY));
            assert!(body.contains("https://discord.com/channels/1/2/3"));
        }
    }
}
