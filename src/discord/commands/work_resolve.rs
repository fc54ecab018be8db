//! `/work resolve`: ends a ticket, with how, what was done, and which article answers it.

use std::sync::Arc;

use futures::FutureExt;

use super::work::{self, TICKET, may};
use crate::desk::{Draft, DraftKind, Error};
use crate::discord::call::{Call, Input};
use crate::discord::command::{Answers, Command, Kind, Opt, OptKind, Place, Who};
use crate::discord::line::Line;
use crate::discord::plain;
use crate::discord::reply::{Post, Reply};
use crate::discord::views::article;
use crate::discord::views::draft;
use crate::discord::views::kept::kept;
use crate::discord::views::resolution::{self, DRAFT_ONE, NONE_FITS};
use crate::discord::words::Words;
use crate::domain::ids::DraftId;
use crate::domain::refusal::{Expected, Refusal};
use crate::domain::rules::Verb;
use crate::domain::ticket::{ArticleNote, Code, Ending, Ticket};
use crate::kb::Article;

/// Stands in the ids of its own buttons and forms too.
const PATH: &str = "work resolve";

/// `/work resolve [ticket] [code] [article] [reason]`
pub const COMMAND: Command = Command {
    path: PATH,
    kind: Kind::Slash,
    about: "Resolve a ticket: how it ended, what was done, which article answers it",
    who: Who::TechniciansAndLeads,
    place: Place::Server,
    answers: Answers::Form,
    options: &[
        TICKET,
        Opt {
            name: "code",
            about: "How it ended; you are asked when you leave it out",
            kind: OptKind::Choice(|| {
                let words = Words::of("en");
                let all = Code::ALL.into_iter();
                all.map(|code| (code.key(), words.code(code))).collect()
            }),
            required: false,
        },
        Opt {
            name: "article",
            about: "The article that answers it: type a word of its title",
            kind: OptKind::Suggested { max: 100 },
            required: false,
        },
        Opt {
            name: "reason",
            about: "Why you resolve it for somebody else: a lead says so",
            kind: OptKind::Text { min: 1, max: 300 },
            required: false,
        },
    ],
    run: |call| run(call).boxed(),
};

/// So many articles stand in a select, beside "None fits".
const OFFERED: usize = 20;

async fn run(call: &Call) -> Result<Reply, Error> {
    if let Input::Complete { option, typed, .. } = &call.input {
        return Ok(Reply::Choices(match option.as_str() {
            "article" => with_draft(call, typed, suggest(call, typed).await).await,
            _ => Vec::new(),
        }));
    }
    if let Some(id) = call.arg(0).and_then(draft::id_of) {
        let draft = call.desk.draft(id, call.actor.user).await?;
        let (DraftKind::Resolve, Some(ticket)) = (draft.kind, draft.ticket) else {
            return Err(Refusal::StaleButton.into());
        };
        let ticket = call
            .desk
            .ticket_by_id(ticket, &call.actor, call.now)
            .await?;
        return match &call.input {
            Input::Choose { .. } => chosen(call, id, draft, &ticket).await,
            Input::Press { .. } => pressed(call, id, &draft, &ticket).await,
            Input::Submit { .. } => submitted(call, &draft, &ticket, true).await,
            _ => Err(Refusal::StaleButton.into()),
        };
    }
    let ticket = call.ticket().await?;
    match &call.input {
        Input::Submit { args, .. } => {
            let draft = of_line(args)?;
            submitted(call, &draft, &ticket, false).await
        }
        Input::Command { .. } | Input::Press { .. } => begin(call, &ticket).await,
        _ => Err(Refusal::StaleButton.into()),
    }
}

/// With a code the form opens at once, and its line carries the choices; else a draft asks.
async fn begin(call: &Call, ticket: &Ticket) -> Result<Reply, Error> {
    let permit = may(call, Verb::Resolve, ticket)?;
    let code = call
        .option("code")
        .map(|key| {
            Code::from_key(key).ok_or_else(|| Refusal::BadInput {
                field: "code".to_owned(),
                expected: Expected::OneOfTheChoices,
            })
        })
        .transpose()?;
    let article = match call.option("article") {
        Some(DRAFT_ONE) => Some(DRAFT_ONE.to_owned()),
        Some(typed) => Some(find_typed(call, typed)?.id.as_str().to_owned()),
        None => None,
    };
    let draft = Draft {
        guild: Some(ticket.guild),
        kind: DraftKind::Resolve,
        ticket: Some(ticket.id),
        code,
        article,
        ..Draft::default()
    };
    if let Some(code) = code {
        let named = draft.article.as_deref().map_or_else(
            || NONE_FITS.to_owned(),
            |id| match id {
                DRAFT_ONE => id.to_owned(),
                id => article::value(&crate::kb::ArticleId::new(id)),
            },
        );
        let line = Line::new(PATH)
            .arg(call.name_of(ticket.id, ticket.number))
            .arg(code.key())
            .arg(named)
            .version(ticket.version);
        let reason = call.option("reason").unwrap_or_default();
        return Ok(Reply::Form(resolution::form(
            call.words, line, &draft, ticket, permit, reason,
        )));
    }
    let id = call
        .desk
        .keep_draft(call.actor.user, &draft, call.now)
        .await?;
    let post = choices(call, id, &draft, ticket, None).await;
    Ok(Reply::Say(post))
}

/// One of the draft's selects.
async fn chosen(
    call: &Call,
    id: DraftId,
    mut draft: Draft,
    ticket: &Ticket,
) -> Result<Reply, Error> {
    let value = call.values().first().ok_or(Refusal::StaleButton)?;
    match call.arg(1) {
        Some("code") => {
            draft.code = Some(Code::from_key(value).ok_or(Refusal::StaleButton)?);
        }
        Some("article") if value == NONE_FITS => draft.article = Some(String::new()),
        Some("article") if value == DRAFT_ONE => draft.article = Some(DRAFT_ONE.to_owned()),
        Some("article") => {
            let found =
                article::find(call.desk.kb(), call.reader(), value).ok_or(Refusal::StaleButton)?;
            draft.article = Some(found.id.as_str().to_owned());
        }
        _ => return Err(Refusal::StaleButton.into()),
    }
    call.desk
        .change_draft(id, call.actor.user, &draft, call.now)
        .await?;
    Ok(Reply::Update(choices(call, id, &draft, ticket, None).await))
}

/// Continue or Cancel under a draft.
async fn pressed(call: &Call, id: DraftId, draft: &Draft, ticket: &Ticket) -> Result<Reply, Error> {
    let words = call.words;
    match call.arg(1) {
        Some("cancel") => Ok(Reply::Update(Post::text(
            words.resolve_cancelled(ticket.number),
        ))),
        Some("go") => {
            let permit = may(call, Verb::Resolve, ticket)?;
            if let Some(missing) = resolution::missing(words, draft) {
                let post = choices(call, id, draft, ticket, Some(missing)).await;
                return Ok(Reply::Update(post));
            }
            let line = resolution::line(id, ticket);
            Ok(Reply::Form(resolution::form(
                words, line, draft, ticket, permit, "",
            )))
        }
        _ => Err(Refusal::StaleButton.into()),
    }
}

async fn submitted(
    call: &Call,
    draft: &Draft,
    ticket: &Ticket,
    drafted: bool,
) -> Result<Reply, Error> {
    let words = call.words;
    let code = draft.code.ok_or(Refusal::StaleButton)?;
    let (done, why_none, reason) = (
        work::typed(call, "done"),
        work::typed(call, "why_none"),
        call.field("reason").map(str::to_owned),
    );
    let article = match draft.article.as_deref().filter(|id| !id.is_empty()) {
        Some(DRAFT_ONE) => ArticleNote::Draft,
        Some(named) => ArticleNote::Linked {
            id: article::find(call.desk.kb(), call.reader(), named)
                .map_or_else(|| named.to_owned(), |found| found.id.as_str().to_owned()),
            title: String::new(),
            internal: false,
        },
        None => ArticleNote::None {
            reason: why_none.clone(),
        },
    };
    let lesson = call.field("lesson").map(str::to_owned);
    let ending = Ending {
        code,
        text: done.clone(),
        article,
        lesson: lesson.clone(),
        reason: reason.clone(),
    };
    let (by, cause) = (&call.actor, &call.cause);
    let post = match call
        .desk
        .resolve(ticket.id, by, ending, cause, call.now)
        .await
    {
        Ok(resolved) => work::done(call, &resolved, words.resolved(resolved.number)),
        Err(error) => {
            let refusal = call.changed(ticket, work::refusal(error)?);
            let texts = [
                (words.field_done(), done.as_str()),
                (words.label_why_none(), &why_none),
                (words.label_lesson(), lesson.as_deref().unwrap_or_default()),
                (words.field_reason(), reason.as_deref().unwrap_or_default()),
            ];
            // The draft stays where it is, so that it can be gone on with.
            return Ok(Reply::Say(kept(
                words,
                &refusal,
                words.not_done_kept(),
                &texts,
            )));
        }
    };
    Ok(if drafted {
        Reply::Update(post)
    } else {
        Reply::Say(post)
    })
}

/// The draft with its two selects: the articles that may answer the ticket, and the one that was chosen.
async fn choices(
    call: &Call,
    id: DraftId,
    draft: &Draft,
    ticket: &Ticket,
    note: Option<String>,
) -> Post {
    let mut offered = fitting(call, ticket).await;
    let chosen = draft.article.as_deref();
    if let Some(found) = chosen.and_then(|id| article::find(call.desk.kb(), call.reader(), id))
        && !offered.iter().any(|article| article.id == found.id)
    {
        offered.insert(0, found);
    }
    let may_draft = ticket.may_draft(&call.actor);
    resolution::choices(call.words, id, draft, ticket, &offered, may_draft, note)
}

/// The articles that may answer the ticket: those that were shown before it was opened, then those that fit its title.
async fn fitting(call: &Call, ticket: &Ticket) -> Vec<Arc<Article>> {
    let mut fitting: Vec<Arc<Article>> = Vec::new();
    if let Some(ask) = ticket.ask
        && let Ok(asked) = call.desk.asked(ask, ticket.requester, call.reader()).await
    {
        let shown = asked.answer.matches.into_iter().take(3);
        fitting.extend(shown.map(|found| found.article));
    }
    for found in call.desk.kb().search(call.reader(), &ticket.title, OFFERED) {
        if !fitting.iter().any(|article| article.id == found.article.id) {
            fitting.push(found.article);
        }
    }
    fitting.truncate(OFFERED);
    fitting
}

/// What could go into the option `article`: what fits the ticket before anything is typed, then what fits the words,
/// by title and by content.
pub(super) async fn suggest(call: &Call, typed: &str) -> Vec<(String, String)> {
    let kb = call.desk.kb();
    let typed = typed.trim().to_lowercase();
    let mut found: Vec<Arc<Article>> = Vec::new();
    if typed.is_empty() {
        if let Ok(ticket) = call.ticket().await {
            found = fitting(call, &ticket).await;
        }
    } else {
        let articles = kb.articles().into_iter();
        found.extend(articles.filter(|article| article.title.to_lowercase().contains(&typed)));
        found.extend(
            kb.search(call.reader(), &typed, OFFERED)
                .into_iter()
                .map(|found| found.article),
        );
    }
    if found.is_empty() {
        found = kb.articles();
    }
    let mut choices: Vec<(String, String)> = Vec::new();
    found.retain(|article| call.reader().may_read(article));
    for article in found {
        let value = article::value(&article.id);
        if !choices.iter().any(|(known, _)| *known == value) {
            choices.push((value, plain::cut(&article.title, 100)));
        }
    }
    choices.truncate(25);
    choices
}

/// The same, with a new one first, where nothing was typed and `call`'s actor may begin it.
async fn with_draft(
    call: &Call,
    typed: &str,
    mut choices: Vec<(String, String)>,
) -> Vec<(String, String)> {
    let ticket = call.ticket().await;
    if typed.trim().is_empty() && ticket.is_ok_and(|ticket| ticket.may_draft(&call.actor)) {
        choices.truncate(24);
        choices.insert(0, (DRAFT_ONE.to_owned(), call.words.choice_draft()));
    }
    choices
}

/// The article that was typed: one of the suggestions, or a title as it stands.
pub(super) fn find_typed(call: &Call, typed: &str) -> Result<Arc<Article>, Refusal> {
    let kb = call.desk.kb();
    let by_title = || {
        let wanted = typed.to_lowercase();
        let mut articles = kb.articles().into_iter();
        articles.find(|article| {
            article.title.to_lowercase() == wanted && call.reader().may_read(article)
        })
    };
    article::find(kb, call.reader(), typed)
        .or_else(by_title)
        .ok_or_else(|| Refusal::NoSuchArticle {
            typed: typed.to_owned(),
        })
}

/// What a form's own line carries, where no draft was kept: the ticket, the code, and the article.
fn of_line(args: &[String]) -> Result<Draft, Refusal> {
    let [_, code, article] = args else {
        return Err(Refusal::StaleButton);
    };
    Ok(Draft {
        kind: DraftKind::Resolve,
        code: Some(Code::from_key(code).ok_or(Refusal::StaleButton)?),
        article: Some(article.clone()).filter(|article| article != NONE_FITS),
        ..Draft::default()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn args(parts: [&str; 3]) -> Vec<String> {
        parts.map(str::to_owned).to_vec()
    }

    #[test]
    fn a_line_gives_its_choices_back_and_nothing_that_was_not_offered() {
        let draft = of_line(&args(["T-0042", "fixed", "network/vpn"])).expect("a draft");
        assert_eq!(draft.code, Some(Code::Fixed));
        assert_eq!(draft.article.as_deref(), Some("network/vpn"));
        let draft = of_line(&args(["T-0042", "declined", NONE_FITS])).expect("a draft");
        assert_eq!(draft.article, None);
        assert_eq!(
            of_line(&args(["T-0042", "no_response", "-"])),
            Err(Refusal::StaleButton)
        );
        assert_eq!(of_line(&[]), Err(Refusal::StaleButton));
    }
}
