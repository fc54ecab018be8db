//! `/ticket open`: three choices, then a form, then a ticket.
//!
//! A form takes texts only, so what is chosen comes first: by the command's options, which open the form at once, or by
//! the selects of a draft. A draft also carries what was asked at L0, and what was typed into a form that was refused.

use futures::FutureExt;

use super::similar;
use crate::desk::{Draft, DraftKind, Error, Walking};
use crate::discord::call::{Call, Input};
use crate::discord::command::{Answers, Command, Kind, Opt, OptKind, Place, Who};
use crate::discord::line::Line;
use crate::discord::plain;
use crate::discord::reply::{Button, Post, Reply, Style};
use crate::discord::views::current;
use crate::discord::views::draft::{self, CHOICES};
use crate::discord::views::kept::kept;
use crate::discord::views::ticket::thread_buttons;
use crate::discord::views::walk;
use crate::discord::words::Words;
use crate::domain::category::Category;
use crate::domain::ids::{AskId, DraftId, GuildId, UserId};
use crate::domain::priority::{Impact, Urgency};
use crate::domain::record::Attachment;
use crate::domain::refusal::{Expected, Refusal};
use crate::domain::ticket::{Opening, Ticket};
use crate::kb::Verdict;

/// `/ticket open [category] [affected] [can_work] [file]`
pub const COMMAND: Command = Command {
    path: "ticket open",
    kind: Kind::Slash,
    about: "Open a ticket: a person helps",
    who: Who::Everybody,
    place: Place::Server,
    answers: Answers::Form,
    options: &[
        Opt {
            name: CHOICES[0],
            about: "What is it about?",
            kind: OptKind::Choice(|| {
                let words = Words::of("en");
                let all = Category::ALL.iter();
                all.map(|category| (category.key, words.category(category)))
                    .collect()
            }),
            required: false,
        },
        Opt {
            name: CHOICES[1],
            about: "How many are affected?",
            kind: OptKind::Choice(|| {
                let words = Words::of("en");
                let all = Impact::ALL.into_iter();
                all.map(|impact| (impact.key(), words.impact(impact)))
                    .collect()
            }),
            required: false,
        },
        Opt {
            name: CHOICES[2],
            about: "Can you work?",
            kind: OptKind::Choice(|| {
                let words = Words::of("en");
                let all = Urgency::ALL.into_iter().rev();
                all.map(|urgency| (urgency.key(), words.urgency(urgency)))
                    .collect()
            }),
            required: false,
        },
        Opt {
            name: FOR,
            about: "Whose trouble it is, when it is not your own (technicians and leads)",
            kind: OptKind::Person,
            required: false,
        },
        Opt {
            name: "file",
            about: "A screenshot, a log: it goes along with the ticket",
            kind: OptKind::File,
            required: false,
        },
    ],
    run: |call| run(call).boxed(),
};

/// For whom, where somebody of the staff opens it.
const FOR: &str = "for";

/// How many of the articles that were shown are named to the technicians, by how sure the answer was.
fn shown(verdict: Verdict) -> usize {
    match verdict {
        Verdict::Sure => 1,
        Verdict::Maybe => 3,
        Verdict::Unknown | Verdict::SmallTalk | Verdict::Empty => 0,
    }
}

async fn run(call: &Call) -> Result<Reply, Error> {
    match &call.input {
        Input::Command { .. } => typed(call).await,
        Input::Choose { .. } => chosen(call).await,
        Input::Submit { .. } => submitted(call).await,
        Input::Press { args, .. } => match args.first().map(String::as_str) {
            None => begin(call, Draft::default()).await,
            Some(arg) => match (arg.strip_prefix('a'), draft::id_of(arg)) {
                (_, Some(id)) => pressed(call, id).await,
                (Some(ask), None) => {
                    let ask = ask.parse().map_err(|_| Refusal::StaleButton)?;
                    let draft = from_answer(call, ask).await?;
                    begin(call, draft).await
                }
                (None, None) => Err(Refusal::StaleButton.into()),
            },
        },
        _ => Err(Refusal::StaleButton.into()),
    }
}

/// Keeps a draft and shows its selects.
pub(super) async fn begin(call: &Call, draft: Draft) -> Result<Reply, Error> {
    let guild = which_desk(call, draft.guild).await?;
    let draft = Draft {
        guild: Some(guild),
        kind: DraftKind::Open,
        ..draft
    };
    let id = call
        .desk
        .keep_draft(call.actor.user, &draft, call.now)
        .await?;
    Ok(Reply::Say(drafted(call, id, &draft, None).await?))
}

/// The draft, below what is known of its trouble already.
async fn drafted(
    call: &Call,
    id: DraftId,
    draft: &Draft,
    note: Option<String>,
) -> Result<Post, Error> {
    let category = draft::category(draft);
    let known = call
        .desk
        .current(draft.guild, &draft.title, category)
        .await?;
    let post = draft::opening(call.words, id, draft, note);
    Ok(current::above(call.words, &known, call.desk.kb(), post))
}

/// The command itself: with all three options the form opens at once, and its line carries them.
async fn typed(call: &Call) -> Result<Reply, Error> {
    call.guild()?;
    let mut draft = Draft::default();
    for name in CHOICES {
        if let Some(value) = call.option(name) {
            choose(&mut draft, name, value)?;
        }
    }
    if let Some(whom) = call.option(FOR) {
        if !call.actor.standing.staff() {
            return Err(Refusal::OnlyForYourself.into());
        }
        let whom = UserId(whom.parse().map_err(|_| Refusal::StaleButton)?);
        draft.requester = named(call, whom);
    }
    if let Some(file) = call.file("file") {
        return with_file(call, draft, file).await;
    }
    match (&draft.category, draft.impact, draft.urgency) {
        // Whose trouble it is does not go into a button, which anybody could have made.
        (Some(category), Some(impact), Some(urgency)) if draft.requester.is_none() => {
            let line = Line::new("ticket open")
                .arg("form")
                .arg(category)
                .arg(impact.key())
                .arg(urgency.key());
            Ok(Reply::Form(draft::form(call.words, line, &draft)))
        }
        _ => begin(call, draft).await,
    }
}

/// A file goes into a draft at once: Discord's link to it expires, and the form may stay open for long.
async fn with_file(call: &Call, draft: Draft, file: &Attachment) -> Result<Reply, Error> {
    let draft = Draft {
        guild: Some(call.guild()?),
        kind: DraftKind::Open,
        file: Some(file.name.clone()),
        ..draft
    };
    let user = call.actor.user;
    let id = call.desk.keep_draft(user, &draft, call.now).await?;
    call.desk.give(id, file, user, call.now).await?;
    Ok(match draft::missing(call.words, &draft) {
        Some(_) => Reply::Say(draft::opening(call.words, id, &draft, None)),
        None => {
            let line = Line::new("ticket open").arg(draft::named(id));
            Reply::Form(draft::form(call.words, line, &draft))
        }
    })
}

/// One of the draft's selects.
async fn chosen(call: &Call) -> Result<Reply, Error> {
    let (Some(id), Some(name), Some(value)) = (
        call.arg(0).and_then(draft::id_of),
        call.arg(1),
        call.values().first(),
    ) else {
        return Err(Refusal::StaleButton.into());
    };
    let mut draft = own_draft(call, id).await?;
    choose(&mut draft, name, value)?;
    call.desk
        .change_draft(id, call.actor.user, &draft, call.now)
        .await?;
    Ok(Reply::Update(drafted(call, id, &draft, None).await?))
}

/// Continue or Cancel under a draft.
async fn pressed(call: &Call, id: DraftId) -> Result<Reply, Error> {
    let words = call.words;
    let draft = own_draft(call, id).await?;
    match call.arg(1) {
        Some("anyway") => anyway(call, id, draft).await,
        Some("add") => similar::add(call, id, &draft).await,
        Some("split") => similar::split(call, &draft).await,
        Some(whose @ ("author" | "me")) => {
            let requester = draft.author.clone().filter(|_| whose == "author");
            let draft = Draft {
                requester,
                author: None,
                within: None,
                ..draft
            };
            let user = call.actor.user;
            call.desk.change_draft(id, user, &draft, call.now).await?;
            Ok(Reply::Update(draft::opening(words, id, &draft, None)))
        }
        Some("go") => Ok(match draft::missing(words, &draft) {
            Some(missing) => Reply::Update(drafted(call, id, &draft, Some(missing)).await?),
            None => {
                let line = Line::new("ticket open").arg(draft::named(id));
                Reply::Form(draft::form(words, line, &draft))
            }
        }),
        Some("cancel") => Ok(Reply::Update(Post::text(words.draft_cancelled()))),
        _ => Err(Refusal::StaleButton.into()),
    }
}

/// The form: opens the ticket, or keeps what was typed and says why not.
async fn submitted(call: &Call) -> Result<Reply, Error> {
    let id = call.arg(0).and_then(draft::id_of);
    let draft = match id {
        Some(id) => own_draft(call, id).await?,
        None => of_line(call)?,
    };
    let text = |name: &str| call.field(name).unwrap_or_default().to_owned();
    let draft = Draft {
        title: text("title"),
        body: text("body"),
        tried: text("tried"),
        ..draft
    };
    let opening = opening(call, &draft).await?;
    if !draft.anyway {
        let alike = call.desk.similar(&opening, call.now).await?;
        if !alike.is_empty() {
            return similar::offer(call, id, draft, &alike).await;
        }
    }
    open(call, id, draft, opening).await
}

/// Opens it, or keeps what was typed and says why not.
async fn open(
    call: &Call,
    id: Option<DraftId>,
    draft: Draft,
    opening: Opening,
) -> Result<Reply, Error> {
    let words = call.words;
    let (refusal, post) = match call
        .desk
        .open_with(opening, id, &call.actor, &call.cause, call.now)
        .await
    {
        Ok(ticket) => {
            let about = Some(ticket.category());
            let known = call
                .desk
                .current(Some(ticket.guild), &ticket.title, about)
                .await?;
            let post = opened(call, &ticket, draft.file.as_deref());
            (None, current::told(words, &known, call.desk.kb(), post))
        }
        Err(Error::Refused(refusal)) => {
            let texts = [
                (words.label_title(), draft.title.as_str()),
                (words.label_body(), &draft.body),
                (words.label_tried(), &draft.tried),
            ];
            let post = kept(words, &refusal, words.draft_kept(), &texts);
            (Some(refusal), post)
        }
        Err(error) => return Err(error),
    };
    // The same ticket again is no loss, and there is nothing to go on with.
    if refusal.is_none_or(|refusal| matches!(refusal, Refusal::AlreadyOpened { .. })) {
        return Ok(if id.is_some() {
            Reply::Update(post)
        } else {
            Reply::Say(post)
        });
    }
    let user = call.actor.user;
    let (id, draft, known) = match id {
        Some(id) => {
            call.desk.change_draft(id, user, &draft, call.now).await?;
            (id, draft, true)
        }
        None => (
            call.desk.keep_draft(user, &draft, call.now).await?,
            draft,
            false,
        ),
    };
    let mut again = draft::opening(words, id, &draft, Some(post.text));
    again.embeds.extend(post.embeds);
    Ok(if known {
        Reply::Update(again)
    } else {
        Reply::Say(again)
    })
}

/// What the draft opens.
async fn opening(call: &Call, draft: &Draft) -> Result<Opening, Error> {
    let (Some(category), Some(impact), Some(urgency)) =
        (draft::category(draft), draft.impact, draft.urgency)
    else {
        return Err(Refusal::StaleButton.into());
    };
    let (requester, requester_name) = draft
        .requester
        .clone()
        .unwrap_or_else(|| (call.actor.user, call.actor.name.clone()));
    Ok(Opening {
        guild: which_desk(call, draft.guild).await?,
        requester,
        requester_name,
        title: draft.title.clone(),
        body: draft.body.clone(),
        tried: draft.tried.clone(),
        category,
        impact,
        urgency,
        ask: draft.ask,
    })
}

/// Another ticket all the same.
async fn anyway(call: &Call, id: DraftId, draft: Draft) -> Result<Reply, Error> {
    let draft = Draft {
        anyway: true,
        ..draft
    };
    let opening = opening(call, &draft).await?;
    open(call, Some(id), draft, opening).await
}

/// Somebody on the server with the name that they have there.
fn named(call: &Call, whom: UserId) -> Option<(UserId, String)> {
    let name = call.server.name_of(whom).unwrap_or_default();
    (whom != call.actor.user).then_some((whom, name))
}

fn opened(call: &Call, ticket: &Ticket, file: Option<&str>) -> Post {
    let words = call.words;
    if ticket.requester != call.actor.user {
        let text = words.opened_for(ticket.number, ticket.requester);
        return super::work::done(call, ticket, text);
    }
    let mut lines = vec![
        words.opened(ticket.number),
        match ticket.thread {
            Some(thread) => words.opened_thread(thread),
            None => words.opened_thread_soon(),
        },
        words.opened_next(&words.tier(ticket.tier)),
    ];
    if ticket.confidential {
        lines.push(words.opened_confidential());
    }
    if let Some(file) = file {
        lines.push(words.opened_file(&plain::shown_line(file)));
    }
    let name = call.name_of(ticket.id, ticket.number);
    let show = Button::new(
        words.button_show(),
        Style::Secondary,
        Line::new("ticket show").arg(name),
    );
    let mut buttons = thread_buttons(words, ticket, &call.actor);
    buttons.push(show);
    Post::text(lines.join("\n")).with_buttons(buttons)
}

/// A draft that grows out of an answer: the question, and what was shown. Whoever presses under an answer that is not
/// theirs, or is no longer kept, opens a ticket from nothing.
pub(super) async fn from_answer(call: &Call, ask: AskId) -> Result<Draft, Error> {
    let asked = match call.desk.asked(ask, call.actor.user, call.reader()).await {
        Ok(asked) => asked,
        Err(Error::Refused(Refusal::StaleButton)) => return Ok(Draft::default()),
        Err(error) => return Err(error),
    };
    let (user, reader) = (call.actor.user, call.reader());
    let walking = call.desk.walk_of_ask(ask, user, reader).await?;
    let at_most = usize::from(draft::TRIED);
    let followed = walking
        .as_ref()
        .and_then(|walking| Some((walk::tried(call.words, walking, at_most)?, &walking.walk)));
    let answer = &asked.answer;
    let seen: Vec<String> = answer
        .matches
        .iter()
        .take(shown(answer.verdict))
        // What was followed step by step is told with its steps.
        .filter(|found| {
            let named = found.article.id.as_str();
            followed
                .as_ref()
                .is_none_or(|(_, walk)| walk.article != named)
        })
        .map(|found| format!("{} ({})", found.article.title, found.article.id))
        .collect();
    let first = answer.matches.first().filter(|_| !seen.is_empty());
    let walked = walking.as_ref().and_then(Walking::article);
    let category = walked
        .or(first.map(|found| &found.article))
        .and_then(|article| article.category.as_deref())
        .and_then(Category::from_key)
        .map(|category| category.key.to_owned());
    let mut tried: Vec<String> = followed.into_iter().map(|(tried, _)| tried).collect();
    if !seen.is_empty() {
        tried.push(call.words.seen_articles(&seen.join("; ")));
    }
    let tried = plain::cut(&tried.join("\n"), at_most);
    let small_talk = answer.verdict == Verdict::SmallTalk;
    let question = if small_talk { "" } else { &asked.question };
    Ok(Draft {
        guild: asked.guild,
        category,
        title: draft::title_of(question),
        body: plain::cut(question, usize::from(draft::BODY)),
        tried,
        ask: Some(ask),
        ..Draft::default()
    })
}

/// At which desk: this server's, the one that the draft is for, or the only one there is.
pub(super) async fn which_desk(call: &Call, drafted: Option<GuildId>) -> Result<GuildId, Error> {
    if call.guild.is_some() {
        return call.guild();
    }
    if let Some(guild) = drafted {
        return Ok(guild);
    }
    match call.desk.desks().await?.as_slice() {
        [] => Err(Refusal::NotSetUp.into()),
        [(only, _)] => Ok(*only),
        _ => Err(Refusal::WhichDesk.into()),
    }
}

async fn own_draft(call: &Call, id: DraftId) -> Result<Draft, Error> {
    let draft = call.desk.draft(id, call.actor.user).await?;
    if draft.kind == DraftKind::Open {
        Ok(draft)
    } else {
        Err(Refusal::StaleButton.into())
    }
}

/// What a form's own line carries, where no draft was kept.
fn of_line(call: &Call) -> Result<Draft, Refusal> {
    if call.arg(0) != Some("form") {
        return Err(Refusal::StaleButton);
    }
    let mut draft = Draft::default();
    for (place, name) in (1..).zip(CHOICES) {
        let value = call.arg(place).ok_or(Refusal::StaleButton)?;
        choose(&mut draft, name, value).map_err(|_| Refusal::StaleButton)?;
    }
    Ok(draft)
}

/// Puts one choice into the draft.
fn choose(draft: &mut Draft, name: &str, value: &str) -> Result<(), Refusal> {
    let known = match name {
        "category" => {
            draft.category = Category::from_key(value).map(|category| category.key.to_owned());
            draft.category.is_some()
        }
        "affected" => {
            draft.impact = Impact::from_key(value);
            draft.impact.is_some()
        }
        "can_work" => {
            draft.urgency = Urgency::from_key(value);
            draft.urgency.is_some()
        }
        _ => return Err(Refusal::StaleButton),
    };
    if known {
        Ok(())
    } else {
        Err(Refusal::BadInput {
            field: name.to_owned(),
            expected: Expected::OneOfTheChoices,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_is_offered_can_be_chosen() {
        let mut draft = Draft::default();
        for (name, value) in [
            ("category", "network"),
            ("affected", "low"),
            ("can_work", "high"),
        ] {
            assert_eq!(choose(&mut draft, name, value), Ok(()));
        }
        assert_eq!(draft::missing(Words::of("en"), &draft), None);
        assert!(matches!(
            choose(&mut draft, "affected", "everybody"),
            Err(Refusal::BadInput { .. })
        ));
        assert_eq!(
            choose(&mut draft, "priority", "P1"),
            Err(Refusal::StaleButton)
        );
    }
}
