//! The commands over a real desk, without Discord: what each way in answers, and what it leaves behind.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::atomic::{AtomicU64, Ordering};

use jiff::Timestamp;

use super::find;
use crate::config::Limits;
use crate::desk::redact::Redactor;
use crate::desk::{Desk, Error, SetUpPlan};
use crate::discord::call::{Call, Input, Target};
use crate::discord::connect::Granted;
use crate::discord::files::{Fetcher, Source};
use crate::discord::line::Line;
use crate::discord::reply::{Does, Form, Post, Reply, Row};
use crate::discord::server::Server;
use crate::discord::words::Words;
use crate::domain::ids::{Cause, ChannelId, GuildId, MessageId, Number, UserId};
use crate::domain::people::{Actor, DeskRole, Standing};
use crate::domain::refusal::Refusal;
use crate::domain::roster::{TierRule, Turns};
use crate::domain::ticket::{State, Ticket};
use crate::domain::tier::Tier;
use crate::kb::Kb;
use crate::store::Store;

const GUILD: GuildId = GuildId(1);

/// A desk that is set up, with two articles.
struct Stage {
    desk: Desk,
    now: Timestamp,
    acts: AtomicU64,
    _folder: tempfile::TempDir,
}

#[derive(Clone)]
struct Person<'a> {
    stage: &'a Stage,
    actor: Actor,
    guild: Option<GuildId>,
}

impl Stage {
    async fn new() -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let kb = folder.path().join("kb");
        write(
            &kb,
            "vpn.md",
            "---\ntitle: VPN does not connect\ncategory: network\nasks:\n  - the vpn does not connect\n---\n## Steps\n\n1. Restart the client.\n2. Choose the gateway **Automatic**.\n",
        );
        write(
            &kb,
            "printing/jam.md",
            "---\ntitle: Clear a paper jam\nasks:\n  - paper is stuck in the printer\n---\n## Steps\n\n1. Open the rear door.\n2. Pull the paper out slowly.\n",
        );
        let store = Store::open(&folder.path().join("desk.sqlite"))
            .await
            .expect("a database");
        let desk = Desk::new(store, Kb::open(&kb), Limits::default(), Redactor::new(&[]));
        let now: Timestamp = "2026-06-15T13:00:00Z".parse().expect("an instant");
        desk.guild_seen(GUILD, "Larkfield").await.expect("a server");
        let stage = Self {
            desk,
            now,
            acts: AtomicU64::new(1000),
            _folder: folder,
        };
        let owner = Actor {
            standing: Standing {
                owner: true,
                ..Standing::default()
            },
            ..Actor::member(UserId(1), "Ada")
        };
        stage
            .desk
            .set_up(GUILD, &SetUpPlan::default(), &owner, &stage.cause(), now)
            .await
            .expect("the set-up");
        // What comes in waits for whoever claims it.
        let rule = TierRule {
            turns: Turns::Manual,
            ..TierRule::of(Tier::L1)
        };
        stage
            .desk
            .set_tier_rule(GUILD, &owner, Tier::L1, rule, &stage.cause(), now)
            .await
            .expect("the rule");
        stage
    }

    fn cause(&self) -> Cause {
        Cause::interaction(self.acts.fetch_add(1, Ordering::Relaxed))
    }

    /// Somebody with these roles, whom the desk has met.
    async fn person(&self, id: u64, name: &str, roles: &[DeskRole]) -> Person<'_> {
        let standing: Standing = roles.iter().copied().collect();
        self.desk
            .met(GUILD, UserId(id), name, standing, self.now)
            .await
            .expect("met");
        Person {
            stage: self,
            actor: Actor {
                user: UserId(id),
                name: name.to_owned(),
                standing,
            },
            guild: Some(GUILD),
        }
    }

    async fn ticket(&self, number: i64) -> Ticket {
        let lead = Actor {
            standing: [DeskRole::Lead].into_iter().collect(),
            ..Actor::member(UserId(99), "Lou")
        };
        let (number, now) = (Number(number), self.now);
        self.desk
            .ticket(GUILD, number, &lead, now)
            .await
            .expect("a ticket")
    }
}

fn write(folder: &Path, name: &str, text: &str) {
    let path = folder.join(name);
    std::fs::create_dir_all(path.parent().expect("a folder")).expect("made");
    std::fs::write(path, text).expect("written");
}

impl Person<'_> {
    fn in_direct_message(&self) -> Self {
        let actor = Actor::member(self.actor.user, &self.actor.name);
        Self {
            stage: self.stage,
            actor,
            guild: None,
        }
    }

    async fn does(&self, path: &str, input: Input) -> Result<Reply, Error> {
        let stage = self.stage;
        let house = match self.guild {
            Some(guild) => stage.desk.house(guild).await.expect("a house"),
            None => Default::default(),
        };
        let call = Call {
            desk: stage.desk.clone(),
            actor: self.actor.clone(),
            guild: self.guild,
            house,
            channel: ChannelId(5),
            words: Words::of("en"),
            cause: stage.cause(),
            now: stage.now,
            input,
            server: Server::new(None, self.guild, UserId(7), Granted::default()),
            fetcher: Fetcher::new(Source::Discord, std::path::Path::new("files"))
                .expect("a client"),
        };
        let command = find(path).expect("a command of that path");
        (command.run)(&call).await
    }

    async fn runs(&self, path: &str, options: &[(&str, &str)]) -> Result<Reply, Error> {
        let options = owned(options);
        self.does(
            path,
            Input::Command {
                options,
                files: BTreeMap::new(),
            },
        )
        .await
    }

    /// Presses the button with that label.
    async fn presses(&self, post: &Post, label: &str) -> Result<Reply, Error> {
        let Line {
            path,
            args,
            version,
        } = button(post, label);
        self.does(&path, Input::Press { args, version }).await
    }

    /// Chooses the entry that begins so, in the select that offers it.
    async fn chooses(&self, post: &Post, label: &str) -> Result<Reply, Error> {
        let selects = post.rows.iter().filter_map(|row| match row {
            Row::Select(select) => Some(select),
            Row::Buttons(_) | Row::People(_) => None,
        });
        let (line, value) = selects
            .flat_map(|select| select.options.iter().map(move |choice| (select, choice)))
            .find(|(_, choice)| choice.label.starts_with(label))
            .map(|(select, choice)| (through_discord(&select.line), choice.value.clone()))
            .unwrap_or_else(|| panic!("no select offers {label} in {post:?}"));
        let input = Input::Choose {
            args: line.args,
            version: line.version,
            values: vec![value],
        };
        self.does(&line.path, input).await
    }

    async fn submits(&self, form: &Form, fields: &[(&str, &str)]) -> Result<Reply, Error> {
        let line = through_discord(&form.line);
        for (name, _) in fields {
            assert!(
                form.fields.iter().any(|field| field.name == *name),
                "{name}"
            );
        }
        // Discord sends every field, with what stood in it.
        let mut typed: BTreeMap<String, String> = form
            .fields
            .iter()
            .map(|field| (field.name.to_owned(), field.value.clone()))
            .collect();
        typed.extend(owned(fields));
        let input = Input::Submit {
            args: line.args,
            version: line.version,
            fields: typed,
        };
        self.does(&line.path, input).await
    }

    async fn says(&self, text: &str, mention: bool) -> Result<Reply, Error> {
        let message = message(self.actor.user, &self.actor.name, text);
        self.does("ask", Input::Said { message, mention }).await
    }

    /// Opens a ticket by the command's options.
    async fn opens(&self, title: &str, affected: &str, can_work: &str) -> Post {
        let options = [
            ("category", "network"),
            ("affected", affected),
            ("can_work", can_work),
        ];
        let form = form(self.runs("ticket open", &options).await);
        let fields = [("title", title), ("body", "Since nine."), ("tried", "")];
        said(self.submits(&form, &fields).await)
    }
}

fn message(author: UserId, name: &str, content: &str) -> Target {
    Target {
        id: MessageId(3),
        author,
        author_name: name.to_owned(),
        author_is_bot: false,
        content: content.to_owned(),
        link: "https://discord.com/channels/1/2/3".to_owned(),
    }
}

fn owned(pairs: &[(&str, &str)]) -> BTreeMap<String, String> {
    let pairs = pairs.iter();
    pairs
        .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()))
        .collect()
}

fn through_discord(line: &Line) -> Line {
    Line::parse(&line.id().expect("a line that fits")).expect("a line")
}

fn button(post: &Post, label: &str) -> Line {
    post.rows
        .iter()
        .filter_map(|row| match row {
            Row::Buttons(buttons) => Some(buttons),
            Row::Select(_) | Row::People(_) => None,
        })
        .flatten()
        .find_map(|button| match &button.does {
            Does::Run(line) if button.label == label => Some(through_discord(line)),
            _ => None,
        })
        .unwrap_or_else(|| panic!("no button {label} in {post:?}"))
}

fn said(reply: Result<Reply, Error>) -> Post {
    match reply {
        Ok(Reply::Say(post) | Reply::SayOpenly(post) | Reply::Update(post)) => post,
        other => panic!("no message: {other:?}"),
    }
}

fn form(reply: Result<Reply, Error>) -> Form {
    match reply {
        Ok(Reply::Form(form)) => form,
        other => panic!("no form: {other:?}"),
    }
}

fn refused(reply: Result<Reply, Error>) -> Refusal {
    match reply {
        Err(Error::Refused(refusal)) => refusal,
        other => panic!("not refused: {other:?}"),
    }
}

fn whole(post: &Post) -> String {
    format!("{post:?}")
}

const TEXTS: [(&str, &str); 4] = [
    (
        "summary",
        "The VPN fails for the whole finance floor since nine",
    ),
    ("findings", "The gateway answers, the login does not"),
    ("asked", "Look at the gateway's log"),
    ("told", "A specialist takes over"),
];

#[tokio::test]
async fn the_whole_story_from_a_question_to_a_resolved_ticket() {
    let stage = Stage::new().await;
    let emma = stage.person(10, "Emma", &[]).await;
    let lena = stage.person(11, "Lena", &[DeskRole::L1]).await;
    let sam = stage.person(12, "Sam", &[DeskRole::L2]).await;

    let question = [("question", "the vpn does not connect")];
    let answer = said(emma.runs("ask", &question).await);
    assert_eq!(
        answer.embeds[0].title.as_deref(),
        Some("VPN does not connect")
    );
    assert!(whole(&answer).contains("1. Restart the client."));
    assert_eq!(answer.embeds[0].footer.as_deref(), Some("From vpn.md"));

    // The question and the article that was shown travel along.
    let draft = said(emma.presses(&answer, "Open a ticket").await);
    let missing = said(emma.presses(&draft, "Continue").await);
    assert_eq!(
        missing.text,
        "One thing first: choose how many are affected and whether you can work."
    );
    let draft = said(emma.chooses(&missing, "A team").await);
    let draft = said(emma.chooses(&draft, "No, work stops").await);
    let filled = form(emma.presses(&draft, "Continue").await);
    assert_eq!(filled.fields[0].value, "the vpn does not connect");
    let opened = said(emma.submits(&filled, &[]).await);
    assert!(opened.text.starts_with("T-0001 is open."), "{opened:?}");
    let ticket = stage.ticket(1).await;
    assert!(
        ticket.tried.contains("VPN does not connect"),
        "{}",
        ticket.tried
    );
    assert_eq!(ticket.category, "network");

    let shown = said(lena.runs("ticket show", &[("ticket", "1")]).await);
    let claimed = said(lena.presses(&shown, "Claim").await);
    assert!(claimed.text.starts_with("T-0001 is yours now."));
    let hand_over = form(lena.presses(&claimed, "Escalate").await);
    assert!(hand_over.fields[1].value.contains("VPN does not connect"));
    let over = said(lena.submits(&hand_over, &TEXTS).await);
    assert!(
        over.text.contains("handed over to L2 and offered to <@12>"),
        "{}",
        over.text
    );

    let shown = said(sam.runs("ticket show", &[("ticket", "T-0001")]).await);
    let accepted = said(sam.presses(&shown, "Accept").await);
    let draft = said(sam.presses(&accepted, "Resolve").await);
    let draft = said(sam.chooses(&draft, "Fixed").await);
    let draft = said(sam.chooses(&draft, "VPN does not connect").await);
    let resolution = form(sam.presses(&draft, "Continue").await);
    assert_eq!(resolution.fields.len(), 1);
    let done = [("done", "The certificate was renewed, sign in again.")];
    let resolved = said(sam.submits(&resolution, &done).await);
    assert!(resolved.text.starts_with("T-0001 is resolved."));
    let ticket = stage.ticket(1).await;
    assert_eq!((ticket.state, ticket.tier), (State::Resolved, Tier::L2));
    let listed = said(emma.runs("ticket list", &[]).await);
    assert!(whole(&listed).contains("T-0001 · the vpn does not connect"));
}

#[tokio::test]
async fn an_answer_can_be_settled_read_whole_and_exchanged() {
    let stage = Stage::new().await;
    let emma = stage.person(10, "Emma", &[]).await;
    let noah = stage.person(13, "Noah", &[]).await;
    let ask = async |text: &str| said(emma.says(text, false).await);

    let answer = ask("the vpn does not connect").await;
    let article = said(emma.presses(&answer, "Show the article").await);
    assert!(whole(&article).contains("**Steps**"));
    let solved = said(emma.presses(&article, "Solved it").await);
    assert_eq!(solved.text, "Good to hear. If it comes back, ask again.");
    // Somebody else's button is worth nothing (A08).
    assert_eq!(
        refused(noah.presses(&answer, "Solved it").await),
        Refusal::StaleButton
    );
    let others = said(emma.presses(&answer, "Not this, other matches").await);
    button(&others, "Open a ticket");

    let hello = ask("hello").await;
    assert!(hello.text.starts_with("Hello"));
    let unknown = ask("how do I grow tomatoes on the moon").await;
    button(&unknown, "Open a ticket");
    assert_eq!(
        refused(emma.says("  ", false).await),
        Refusal::EmptyQuestion
    );
}

#[tokio::test]
async fn a_public_answer_shows_a_title_and_the_presser_alone_sees_the_steps() {
    let stage = Stage::new().await;
    let emma = stage.person(10, "Emma", &[]).await;
    let noah = stage.person(13, "Noah", &[]).await;
    let public = emma.says("the vpn does not connect", true).await;
    assert!(matches!(public, Ok(Reply::SayOpenly(_))));
    let public = said(public);
    assert!(!whole(&public).contains("Restart the client"));
    for person in [&emma, &noah] {
        let shown = person.presses(&public, "Show me").await;
        assert!(matches!(shown, Ok(Reply::Say(_))));
        let shown = said(shown);
        assert!(whole(&shown).contains("Restart the client"));
        // What they say of it counts as their own.
        said(person.presses(&shown, "Solved it").await);
    }
}

#[tokio::test]
async fn a_ticket_can_be_opened_from_a_direct_message_and_from_a_message_of_somebody_elses() {
    let stage = Stage::new().await;
    let emma = stage.person(10, "Emma", &[]).await;
    let direct = emma.in_direct_message();
    let answer = said(
        direct
            .says("how do I grow tomatoes on the moon", false)
            .await,
    );
    let draft = said(direct.presses(&answer, "Open a ticket").await);
    let draft = said(direct.chooses(&draft, "Something else").await);
    let draft = said(direct.chooses(&draft, "One person").await);
    assert!(draft.rows.len() == 4);
    assert!(matches!(
        direct.runs("ticket list", &[]).await,
        Err(Error::Refused(Refusal::ServerOnly))
    ));

    let target = message(UserId(13), "Noah", "The *beamer* is dark");
    let draft = said(
        emma.does("Open a ticket", Input::OnMessage { message: target })
            .await,
    );
    assert!(
        whole(&draft).contains("About: The \\\\*beamer\\\\* is dark"),
        "{draft:?}"
    );
    let draft = said(emma.chooses(&draft, "Meetings and rooms").await);
    let cancelled = said(emma.presses(&draft, "Cancel").await);
    assert!(cancelled.text.starts_with("Nothing was opened."));
    // A draft is its owner's.
    let noah = stage.person(13, "Noah", &[]).await;
    assert_eq!(
        refused(noah.presses(&draft, "Continue").await),
        Refusal::StaleButton
    );
}

#[tokio::test]
async fn what_was_typed_survives_a_refusal() {
    let stage = Stage::new().await;
    let emma = stage.person(10, "Emma", &[]).await;
    for title in ["First trouble", "Second trouble", "Third trouble"] {
        let opened = emma.opens(title, "low", "low").await;
        assert!(opened.text.contains("is open."));
    }
    let refused = emma.opens("Fourth *trouble*", "low", "low").await;
    assert!(
        refused
            .text
            .starts_with("You can open 3 tickets in ten minutes.")
    );
    assert!(whole(&refused).contains("Fourth"));
    let again = form(emma.presses(&refused, "Continue").await);
    assert_eq!(again.fields[0].value, "Fourth *trouble*");
    assert_eq!(again.fields[1].value, "Since nine.");

    // The same words again are no second ticket, and there is nothing to go on with.
    let twice = emma.opens("Third trouble", "low", "low").await;
    assert!(
        twice
            .text
            .starts_with("You opened T-0003 with the same words")
    );
    assert!(twice.rows.is_empty());

    let lena = stage.person(11, "Lena", &[DeskRole::L1]).await;
    stage.person(12, "Sam", &[DeskRole::L2]).await;
    said(lena.runs("work claim", &[("ticket", "1")]).await);
    let hand_over = form(lena.runs("work escalate", &[("ticket", "1")]).await);
    let mut texts = TEXTS.to_vec();
    texts[0].1 = "Too short";
    texts.push(("tried", "Everything"));
    let kept = said(lena.submits(&hand_over, &texts).await);
    assert!(kept.text.starts_with("The summary has 9 characters"));
    assert!(whole(&kept).contains("> Look at the gateway"));
}

#[tokio::test]
async fn old_buttons_say_what_changed_and_typed_commands_what_to_do() {
    let stage = Stage::new().await;
    let emma = stage.person(10, "Emma", &[]).await;
    let lena = stage.person(11, "Lena", &[DeskRole::L1]).await;
    let finn = stage.person(14, "Finn", &[DeskRole::L1]).await;
    emma.opens("VPN fails for us", "medium", "medium").await;
    let card = said(finn.runs("ticket show", &[("ticket", "1")]).await);
    said(lena.presses(&card, "Claim").await);
    let words = Words::of("en");
    assert!(
        words
            .refusal(&refused(finn.presses(&card, "Claim").await))
            .starts_with("Changed meanwhile: now *in progress*, by <@11>. Nothing was done.")
    );
    let typed = refused(finn.runs("work claim", &[("ticket", "T-0001")]).await);
    assert!(matches!(typed, Refusal::WrongState { .. }), "{typed:?}");
    // Who may not see it is told that there is none, whatever they try (A11).
    let noah = stage.person(13, "Noah", &[]).await;
    for path in ["ticket show", "work claim", "work resolve"] {
        let refusal = refused(noah.runs(path, &[("ticket", "T-0001")]).await);
        assert_eq!(refusal, Refusal::NoSuchTicket { number: Number(1) });
    }
    // A requester sees it, and cannot work on it.
    let shown = said(emma.runs("ticket show", &[("ticket", "1")]).await);
    assert!(!whole(&shown).contains("work claim"));
    assert!(whole(&shown).contains("first contact (L1)"));
}

#[tokio::test]
async fn a_hand_over_can_be_sent_back_and_a_lead_gives_reasons() {
    let stage = Stage::new().await;
    let emma = stage.person(10, "Emma", &[]).await;
    let lena = stage.person(11, "Lena", &[DeskRole::L1]).await;
    let sam = stage.person(12, "Sam", &[DeskRole::L2]).await;
    let ida = stage.person(15, "Ida", &[DeskRole::L3]).await;
    let lou = stage.person(16, "Lou", &[DeskRole::Lead]).await;
    emma.opens("VPN fails for us", "medium", "medium").await;
    said(lena.runs("work claim", &[("ticket", "1")]).await);
    let hand_over = form(lena.runs("work escalate", &[("ticket", "1")]).await);
    let mut texts = TEXTS.to_vec();
    texts.push(("tried", "Restart"));
    said(lena.submits(&hand_over, &texts).await);

    let shown = said(sam.runs("ticket show", &[("ticket", "1")]).await);
    let reason = form(sam.presses(&shown, "Send back").await);
    let back = said(
        sam.submits(&reason, &[("reason", "The log is missing")])
            .await,
    );
    assert!(
        back.text.contains("back with L1 and offered to <@11>"),
        "{}",
        back.text
    );

    // A lead passes L2 over, and the reason goes past the form.
    let options = [
        ("ticket", "1"),
        ("to", "l3"),
        ("impact", "low"),
        (
            "reason",
            "Nobody at L2 knows this gateway, and finance waits",
        ),
    ];
    let skip = form(lou.runs("work escalate", &options).await);
    assert!(skip.fields[1].value.contains("Restart"));
    said(lou.submits(&skip, &TEXTS).await);
    let ticket = stage.ticket(1).await;
    assert_eq!(ticket.tier, Tier::L3);
    assert_eq!(ticket.impact, crate::domain::priority::Impact::Low);

    said(ida.runs("work accept", &[("ticket", "1")]).await);
    let options = [("ticket", "1"), ("code", "workaround")];
    let resolution = form(lou.runs("work resolve", &options).await);
    let names: Vec<&str> = resolution.fields.iter().map(|field| field.name).collect();
    assert_eq!(names, ["done", "why_none", "lesson", "reason"]);
    let fields = [
        ("done", "Use the other gateway until tomorrow."),
        ("why_none", "There is none yet"),
        ("lesson", "Look at the other gateway first."),
        ("reason", "Ida is away"),
    ];
    said(lou.submits(&resolution, &fields).await);
    assert_eq!(stage.ticket(1).await.state, State::Resolved);
}

#[tokio::test]
async fn articles_are_suggested_and_others_are_refused() {
    let stage = Stage::new().await;
    let emma = stage.person(10, "Emma", &[]).await;
    let lena = stage.person(11, "Lena", &[DeskRole::L1]).await;
    emma.opens("Paper is stuck in the printer", "low", "low")
        .await;
    said(lena.runs("work claim", &[("ticket", "1")]).await);
    let complete = async |typed: &str| {
        let input = Input::Complete {
            option: "article".to_owned(),
            typed: typed.to_owned(),
            options: owned(&[("ticket", "1")]),
        };
        match lena.does("work resolve", input).await {
            Ok(Reply::Choices(choices)) => choices,
            other => panic!("no choices: {other:?}"),
        }
    };
    assert_eq!(complete("").await[0].0, "printing/jam");
    assert_eq!(
        complete("VPN").await[0],
        ("vpn".to_owned(), "VPN does not connect".to_owned())
    );
    let with = |article| [("ticket", "1"), ("code", "fixed"), ("article", article)];
    assert!(matches!(
        refused(lena.runs("work resolve", &with("no such thing")).await),
        Refusal::NoSuchArticle { .. }
    ));
    let resolution = form(lena.runs("work resolve", &with("clear a paper jam")).await);
    let done = [("done", "The paper is out, and it prints again.")];
    said(lena.submits(&resolution, &done).await);
    assert_eq!(stage.ticket(1).await.state, State::Resolved);
}

#[tokio::test]
async fn going_off_duty_lists_what_is_urgent() {
    let stage = Stage::new().await;
    let emma = stage.person(10, "Emma", &[]).await;
    let lena = stage.person(11, "Lena", &[DeskRole::L1]).await;
    emma.opens("Nobody can work on our floor", "high", "high")
        .await;
    said(lena.runs("work claim", &[("ticket", "1")]).await);
    let on = said(lena.runs("duty on", &[]).await);
    assert_eq!(
        on.text,
        "You are on duty. New tickets can be offered to you."
    );
    let off = said(lena.runs("duty off", &[]).await);
    assert!(
        whole(&off).contains("One urgent ticket is still with you."),
        "{off:?}"
    );
    button(&off, "Escalate T-0001");
    let again = said(lena.runs("duty off", &[]).await);
    assert_eq!(again.text, "You are off duty already.");
}

#[tokio::test]
async fn lists_turn_their_pages_and_help_shows_what_is_open() {
    let stage = Stage::new().await;
    let lena = stage.person(11, "Lena", &[DeskRole::L1]).await;
    for id in 20..32 {
        let member = stage.person(id, "Member", &[]).await;
        member
            .opens(&format!("Trouble of {id}"), "low", "low")
            .await;
    }
    let member = stage.person(20, "Member", &[]).await;
    let first = said(lena.runs("ticket list", &[("which", "l1")]).await);
    assert!(whole(&first).contains("Page 1 of 2 · 12 tickets"));
    let second = lena.presses(&first, "Next").await;
    assert!(matches!(second, Ok(Reply::Update(_))));
    let second = said(second);
    assert!(whole(&second).contains("Page 2 of 2"));
    let shown = said(lena.chooses(&second, "T-0012").await);
    button(&shown, "Claim");
    assert!(matches!(
        refused(member.runs("ticket list", &[("which", "l1")]).await),
        Refusal::RoleNeeded { .. }
    ));

    let help = whole(&said(lena.runs("help", &[]).await));
    assert!(help.contains("`/work claim`") && !help.contains("/setup"));
    let help = whole(&said(member.runs("help", &[]).await));
    assert!(help.contains("`/ticket open`") && !help.contains("/work claim"));
    let help = whole(&said(member.in_direct_message().runs("help", &[]).await));
    assert!(help.contains("`/ask`") && !help.contains("/ticket"));
}

#[tokio::test]
async fn forged_lines_are_stale() {
    let stage = Stage::new().await;
    let emma = stage.person(10, "Emma", &[]).await;
    for id in [
        "ask solved",
        "ask solved|x",
        "ask show|1",
        "ask show|99|vpn",
        "ask me|x|vpn",
        "ask walk",
        "ask walk|begin|x|vpn|0",
        "ask walk|begin|99|vpn|0",
        "ask walk|on|x",
        "ask walk|done|99|1",
        "ask walk|done|1|x",
        "ask walk|stuck|99|1",
        "ticket open|D-99|go",
        "ticket open|zzz",
        "ticket open|a",
        "ticket list|nothing|1",
        "work resolve|D-99|go",
    ] {
        let line = Line::parse(id).expect("a line");
        let input = Input::Press {
            args: line.args,
            version: line.version,
        };
        assert_eq!(
            refused(emma.does(&line.path, input).await),
            Refusal::StaleButton,
            "{id}"
        );
    }
}
