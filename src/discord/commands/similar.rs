//! Before another ticket is opened: one that is open already may be about the same, or be the one to split it off from.

use crate::desk::{Draft, Error, Similar};
use crate::discord::call::Call;
use crate::discord::line::Line;
use crate::discord::plain;
use crate::discord::reply::{Button, Post, Reply, Style};
use crate::discord::views::draft;
use crate::discord::views::ticket::thread_buttons;
use crate::domain::ids::DraftId;
use crate::domain::refusal::Refusal;
use crate::domain::rules::Verb;

/// Shows the open tickets that look like it: to add to one, or to open another all the same (`DOMAIN` 1.10).
pub(super) async fn offer(
    call: &Call,
    id: Option<DraftId>,
    draft: Draft,
    alike: &[Similar],
) -> Result<Reply, Error> {
    let (words, user) = (call.words, call.actor.user);
    let kept = match id {
        Some(id) => {
            call.desk.change_draft(id, user, &draft, call.now).await?;
            id
        }
        None => call.desk.keep_draft(user, &draft, call.now).await?,
    };
    let titles: Vec<String> = alike
        .iter()
        .map(|one| words.similar_line(one.number, &plain::shown_line(&one.title)))
        .collect();
    let line = Line::new("ticket open").arg(draft::named(kept));
    let own = draft.requester.is_none();
    let mut buttons: Vec<Button> = alike
        .iter()
        .filter(|_| own)
        .map(|one| {
            let name = call.name_of(one.id, one.number);
            let line = line.clone().arg("add").arg(name);
            Button::new(words.button_add_to(one.number), Style::Primary, line)
        })
        .collect();
    buttons.push(Button::new(
        words.button_open_anyway(),
        Style::Secondary,
        line.arg("anyway"),
    ));
    let post = Post::text(words.similar_found(&titles.join("\n"))).with_buttons(buttons);
    Ok(if id.is_some() {
        Reply::Update(post)
    } else {
        Reply::Say(post)
    })
}

/// What was typed and given goes to the ticket that is open already.
pub(super) async fn add(call: &Call, id: DraftId, draft: &Draft) -> Result<Reply, Error> {
    let named = call.arg(2).ok_or(Refusal::StaleButton)?;
    let (desk, by) = (&call.desk, &call.actor);
    let ticket = match named.strip_prefix('#') {
        Some(id) => {
            let id = id.parse().map_err(|_| Refusal::StaleButton)?;
            desk.ticket_by_id(id, by, call.now).await?
        }
        None => {
            let number = named.parse().map_err(|_| Refusal::StaleButton)?;
            let guild = super::ticket_open::which_desk(call, draft.guild).await?;
            desk.ticket(guild, number, by, call.now).await?
        }
    };
    let text = [&draft.title, &draft.body, &draft.tried]
        .into_iter()
        .filter(|text| !text.trim().is_empty())
        .cloned()
        .collect::<Vec<_>>()
        .join("\n\n");
    let added = desk
        .add_to(ticket.id, id, by, &text, &call.cause, call.now)
        .await?;
    let ways = thread_buttons(call.words, &added, by);
    let mut text = call.words.added_to(added.number);
    if let Some(file) = &draft.file {
        let file = call.words.opened_file(&plain::shown_line(file));
        text = format!("{text}\n{file}");
    }
    Ok(Reply::Update(Post::text(text).with_buttons(ways)))
}

/// The message is a matter too many in the thread where it stands.
pub(super) async fn split(call: &Call, draft: &Draft) -> Result<Reply, Error> {
    let within = draft.within.ok_or(Refusal::StaleButton)?;
    let (by, now) = (&call.actor, call.now);
    let ticket = call.desk.ticket_by_id(within, by, now).await?;
    super::work::may(call, Verb::Link, &ticket)?;
    let form = super::link_split::form(call, &ticket, &draft.title, &draft.body);
    Ok(Reply::Form(form))
}
