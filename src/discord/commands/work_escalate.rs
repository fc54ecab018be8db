//! `/work escalate`: hands a ticket over to a higher tier, with the five texts that keep anybody from asking twice.

use futures::FutureExt;

use super::work::{self, TICKET, done, may};
use crate::desk::{Draft, DraftKind, Error};
use crate::discord::call::{Call, Input};
use crate::discord::command::{Answers, Command, Kind, Opt, OptKind, Place, Who};
use crate::discord::line::Line;
use crate::discord::plain;
use crate::discord::reply::{Field, Form, Reply, Size};
use crate::discord::views::draft;
use crate::discord::views::kept::kept;
use crate::discord::words::Words;
use crate::domain::event::{Event, What};
use crate::domain::handover::HandOverTexts;
use crate::domain::people::DeskRole;
use crate::domain::priority::Impact;
use crate::domain::refusal::{Expected, Refusal};
use crate::domain::rules::Verb;
use crate::domain::ticket::{EscalateChoice, State, Ticket};
use crate::domain::tier::Tier;

/// Stands in the ids of its own buttons and forms too.
const PATH: &str = "work escalate";

/// `/work escalate [ticket] [impact] [to] [reason]`
pub const COMMAND: Command = Command {
    path: PATH,
    kind: Kind::Slash,
    about: "Hand a ticket over to the next tier; a form asks what goes along",
    who: Who::TechniciansAndLeads,
    place: Place::Server,
    answers: Answers::Form,
    options: &[
        TICKET,
        Opt {
            name: "impact",
            about: "How many are affected, where that is more or less than before",
            kind: OptKind::Choice(|| {
                let words = Words::of("en");
                let all = Impact::ALL.into_iter();
                all.map(|impact| (impact.key(), words.impact(impact)))
                    .collect()
            }),
            required: false,
        },
        Opt {
            name: "to",
            about: "A tier beyond the next one: for P1, for P2 by L2, or by a lead",
            kind: OptKind::Choice(|| {
                let above = [Tier::L2, Tier::L3].into_iter();
                above
                    .map(|tier| (DeskRole::of_tier(tier).key(), tier.to_string()))
                    .collect()
            }),
            required: false,
        },
        Opt {
            name: "reason",
            about: "Why a tier is passed over: a lead says so",
            kind: OptKind::Text { min: 1, max: 300 },
            required: false,
        },
    ],
    run: |call| run(call).boxed(),
};

/// The longest texts, in characters: together they fit into one message.
const SUMMARY: u16 = 600;
const TRIED: u16 = 1500;
const FINDINGS: u16 = 1500;
const ASKED: u16 = 900;
const TOLD: u16 = 600;

async fn run(call: &Call) -> Result<Reply, Error> {
    let ticket = call.ticket().await?;
    match &call.input {
        Input::Submit { args, .. } => submitted(call, &ticket, args).await,
        Input::Command { .. } | Input::Press { .. } => {
            may(call, Verb::Escalate, &ticket)?;
            let chosen = from_options(call)?;
            let earlier = call.desk.events(&ticket).await?;
            let mut line = Line::new(PATH)
                .arg(call.name_of(ticket.id, ticket.number))
                .version(ticket.version);
            if let Some(impact) = chosen.impact {
                line = line.arg(format!("i={}", impact.key()));
            }
            if let Some(to) = chosen.to {
                line = line.arg(format!("t={}", to.level()));
            }
            if let Some(reason) = &chosen.reason {
                // A line has no room for a sentence, so that it is kept, and the line names it.
                let kept = Draft {
                    kind: DraftKind::Escalate,
                    ticket: Some(ticket.id),
                    body: reason.clone(),
                    ..Draft::default()
                };
                let (user, now) = (call.actor.user, call.now);
                let id = call.desk.keep_draft(user, &kept, now).await?;
                line = line.arg(draft::named(id));
            }
            let tried = tried(call.words, &ticket, &earlier);
            Ok(Reply::Form(form(call.words, line, &ticket, tried)))
        }
        _ => Err(Refusal::StaleButton.into()),
    }
}

fn from_options(call: &Call) -> Result<EscalateChoice, Refusal> {
    let unknown = |field: &str| Refusal::BadInput {
        field: field.to_owned(),
        expected: Expected::OneOfTheChoices,
    };
    let impact = call
        .option("impact")
        .map(|key| Impact::from_key(key).ok_or_else(|| unknown("impact")))
        .transpose()?;
    let to = call
        .option("to")
        .map(|key| {
            DeskRole::from_key(key)
                .and_then(DeskRole::tier)
                .ok_or_else(|| unknown("to"))
        })
        .transpose()?;
    Ok(EscalateChoice {
        impact,
        to,
        reason: call.option("reason").map(str::to_owned),
    })
}

/// What the form's line carries from the command's options.
async fn from_line(call: &Call, ticket: &Ticket, args: &[String]) -> Result<EscalateChoice, Error> {
    let mut choice = EscalateChoice::default();
    for arg in args.iter().skip(1) {
        if let Some(key) = arg.strip_prefix("i=") {
            choice.impact = Some(Impact::from_key(key).ok_or(Refusal::StaleButton)?);
        } else if let Some(level) = arg.strip_prefix("t=") {
            let tier = level.parse().ok().and_then(Tier::from_level);
            choice.to = Some(tier.ok_or(Refusal::StaleButton)?);
        } else {
            let id = draft::id_of(arg).ok_or(Refusal::StaleButton)?;
            let kept = call.desk.draft(id, call.actor.user).await?;
            if kept.kind != DraftKind::Escalate || kept.ticket != Some(ticket.id) {
                return Err(Refusal::StaleButton.into());
            }
            choice.reason = Some(kept.body);
        }
    }
    Ok(choice)
}

async fn submitted(call: &Call, ticket: &Ticket, args: &[String]) -> Result<Reply, Error> {
    let words = call.words;
    let text = |name: &str| work::typed(call, name);
    let texts = HandOverTexts {
        summary: text("summary"),
        tried: text("tried"),
        findings: text("findings"),
        asked: text("asked"),
        told: text("told"),
    };
    let choice = from_line(call, ticket, args).await;
    let escalated = match choice {
        Ok(choice) => {
            let (by, cause) = (&call.actor, &call.cause);
            call.desk
                .escalate(ticket.id, by, texts.clone(), choice, cause, call.now)
                .await
        }
        Err(error) => Err(error),
    };
    let escalated = match escalated {
        Ok(escalated) => escalated,
        Err(error) => {
            let refusal = call.changed(ticket, work::refusal(error)?);
            let texts = [
                (words.field_summary(), texts.summary.as_str()),
                (words.field_tried(), &texts.tried),
                (words.field_findings(), &texts.findings),
                (words.field_asked(), &texts.asked),
                (words.field_told(), &texts.told),
            ];
            return Ok(Reply::Say(kept(
                words,
                &refusal,
                words.not_done_kept(),
                &texts,
            )));
        }
    };
    let first = match escalated
        .assignee
        .filter(|_| escalated.state == State::Assigned)
    {
        Some(who) => words.escalated_offered(escalated.number, escalated.tier, who),
        None => words.escalated_open(escalated.number, escalated.tier),
    };
    let text = format!("{first}\n{}", words.escalated_next());
    Ok(Reply::Say(done(call, &escalated, text)))
}

/// What was tried so far: by the requester, and at each tier that handed the ticket over.
fn tried(words: Words, ticket: &Ticket, events: &[Event]) -> String {
    let mut parts = Vec::new();
    if !ticket.tried.trim().is_empty() {
        let who = words.tried_by_requester();
        parts.push(format!("{who}: {}", ticket.tried.trim()));
    }
    for event in events {
        if let What::Escalated { hand_over, .. } = &event.what {
            let text = &hand_over.texts.tried;
            // The form is filled in with what was tried before, so a later hand-over mostly holds the earlier ones.
            parts.retain(|part| !text.contains(part.as_str()));
            let by = plain::one_line(&hand_over.by_name);
            let who = words.tried_at_tier(hand_over.from, &by);
            parts.push(format!("{who}: {text}"));
        }
    }
    plain::cut(&parts.join("\n"), usize::from(TRIED))
}

fn form(words: Words, line: Line, ticket: &Ticket, tried: String) -> Form {
    let field = |name, label, placeholder, value, min, max| Field {
        name,
        label,
        size: Size::Paragraph,
        value,
        placeholder,
        required: true,
        min,
        max,
    };
    let empty = String::new;
    Form {
        line,
        title: words.form_escalate(ticket.number),
        fields: vec![
            field(
                "summary",
                words.label_summary(),
                words.placeholder_summary(),
                empty(),
                HandOverTexts::SUMMARY_AT_LEAST as u16,
                SUMMARY,
            ),
            field(
                "tried",
                words.label_what_tried(),
                words.placeholder_what_tried(),
                tried,
                1,
                TRIED,
            ),
            field(
                "findings",
                words.label_findings(),
                words.placeholder_findings(),
                empty(),
                1,
                FINDINGS,
            ),
            field(
                "asked",
                words.label_asked(),
                words.placeholder_asked(),
                empty(),
                1,
                ASKED,
            ),
            field(
                "told",
                words.label_told(),
                words.placeholder_told(),
                empty(),
                1,
                TOLD,
            ),
        ],
    }
}

#[cfg(test)]
mod tests {
    use jiff::Timestamp;

    use super::*;
    use crate::domain::category::Category;
    use crate::domain::handover::HandOver;
    use crate::domain::ids::{GuildId, Number, TicketId, UserId};
    use crate::domain::priority::Urgency;
    use crate::domain::ticket::Opening;

    fn ticket(tried: &str) -> Ticket {
        let opening = Opening {
            guild: GuildId(1),
            requester: UserId(2),
            requester_name: "Emma".to_owned(),
            title: "VPN fails".to_owned(),
            body: "Since nine".to_owned(),
            tried: tried.to_owned(),
            category: Category::other(),
            impact: Impact::Low,
            urgency: Urgency::Low,
            ask: None,
        };
        Ticket::open(opening, TicketId(1), Number(42), Timestamp::UNIX_EPOCH).0
    }

    fn handed_over(seq: i64, from: Tier, to: Tier, tried: &str) -> Event {
        let texts = HandOverTexts {
            summary: "The VPN fails for the whole finance floor".to_owned(),
            tried: tried.to_owned(),
            findings: "None".to_owned(),
            asked: "Look".to_owned(),
            told: "Wait".to_owned(),
        };
        let hand_over = HandOver {
            from,
            to,
            by: UserId(3),
            by_name: "Lena".to_owned(),
            texts,
        };
        Event {
            seq,
            at: Timestamp::UNIX_EPOCH,
            by: Some(UserId(3)),
            what: What::Escalated {
                hand_over,
                reason: None,
            },
        }
    }

    #[test]
    fn what_was_tried_is_carried_on_and_not_repeated() {
        let words = Words::of("en");
        let ticket = ticket("Restarted");
        assert_eq!(tried(words, &ticket, &[]), "By the requester: Restarted");
        let first = "By the requester: Restarted\nOther network";
        let second = "At L1, by Lena: By the requester: Restarted\nOther network\nNew profile";
        let events = [handed_over(2, Tier::L1, Tier::L2, first)];
        assert_eq!(
            tried(words, &ticket, &events),
            "At L1, by Lena: By the requester: Restarted\nOther network"
        );
        let events = [
            handed_over(2, Tier::L1, Tier::L2, first),
            handed_over(4, Tier::L2, Tier::L3, second),
        ];
        assert_eq!(
            tried(words, &ticket, &events),
            format!("At L2, by Lena: {second}")
        );
    }

    #[test]
    fn the_form_asks_for_exactly_the_five_texts_of_a_hand_over() {
        let words = Words::of("en");
        let ticket = ticket(&"tried ".repeat(900));
        let filled = tried(words, &ticket, &[]);
        let form = form(words, Line::new(PATH), &ticket, filled);
        let names: Vec<&str> = form.fields.iter().map(|field| field.name).collect();
        assert_eq!(names, ["summary", "tried", "findings", "asked", "told"]);
        assert!(form.fields[1].value.chars().count() <= usize::from(TRIED));
        let whole: u16 = form.fields.iter().map(|field| field.max).sum();
        assert!(whole <= 5200);
    }
}
