//! What is kept of the talk around a ticket, and who reads it.

use std::num::NonZeroU32;

use deskhand::config::Limits;
use jiff::SignedDuration;
use serde_json::json;

use crate::harness::{Desk, Given, story};

const THREAD: &str = "T-0001 · The VPN is down";
const STAFF: &str = "T-0001 staff · The VPN is down";

/// A picture of one point, of the kind that browsers show.
const PICTURE: &[u8] = &[
    0x89, b'P', b'N', b'G', b'\r', b'\n', 0x1a, b'\n', 0, 0, 0, 13, b'I', b'H', b'D', b'R', 0, 0,
    0, 1, 0, 0, 0, 1, 8, 4, 0, 0, 0, 0xb5, 0x1c, 0x0c, 0x02, 0, 0, 0, 0x0b, b'I', b'D', b'A', b'T',
    0x78, 0xda, 0x63, 0x64, 0x60, 0, 0, 0, 6, 0, 2, 0x30, 0x81, 0xd0, 0x2f, 0, 0, 0, 0, b'I', b'E',
    b'N', b'D', 0xae, 0x42, 0x60, 0x82,
];

async fn minutes(desk: &Desk, minutes: i64) {
    desk.passes(SignedDuration::from_mins(minutes)).await;
}

/// Somebody gets the transcript as Markdown. People's ids are the stand-in's affair.
async fn read(desk: &Desk, who: &str) -> String {
    let line = "/ticket transcript ticket:T-0001 form:markdown";
    let answer = desk.person(who).in_("#general").runs(line).await;
    assert!(answer.is_private());
    without_ids(&answer.file().await.1)
}

fn without_ids(text: &str) -> String {
    let lines = text.lines().map(|line| match line.split_once(", ") {
        Some((name, rest)) if rest.ends_with(" on Discord") => format!("{name}, ⟨id⟩ on Discord"),
        _ => line.to_owned(),
    });
    lines.collect::<Vec<_>>().join("\n")
}

async fn kept(desk: &Desk, what: &'static str, expected: &str) {
    desk.eventually("what was said is kept", async || {
        desk.database(what).await == expected
    })
    .await;
    desk.settles().await;
}

const MESSAGES: &str = "select cast(count(*) as text) from message_version";
const FILES: &str = "select coalesce(group_concat(state, ' '), '') from file";

#[test]
fn the_requester_and_the_staff_read_their_own_version_of_a_whole_life() {
    story(async |desk| {
        desk.opens("mia", "The VPN is down").await;
        minutes(desk, 1).await;
        desk.claims("ravi", "T-0001").await;
        let said = desk
            .person("mia")
            .in_(THREAD)
            .says("It says *809*.\nHelp <b>me</b>, my password: hunter2hunter2")
            .await;
        kept(desk, MESSAGES, "1").await;
        minutes(desk, 1).await;
        desk.person("mia")
            .in_(THREAD)
            .edits(&said, "It says 809.")
            .await;
        kept(desk, MESSAGES, "2").await;
        desk.person("ravi")
            .in_(THREAD)
            .runs("/work note text:She is on the old batch")
            .await;
        desk.person("ravi")
            .in_(STAFF)
            .says("Who knows the old batch?")
            .await;
        kept(desk, MESSAGES, "3").await;
        minutes(desk, 1).await;
        desk.escalates("ravi", "T-0001").await;
        desk.accepts("ivo", "T-0001").await;
        desk.person("mia")
            .in_(THREAD)
            .posts("Here it is", &[("screen.png", "image/png", PICTURE)])
            .await;
        kept(desk, FILES, "kept").await;
        let oops = desk.person("mia").in_(THREAD).says("my secret plan").await;
        kept(desk, MESSAGES, "5").await;
        minutes(desk, 1).await;
        desk.person("mia").in_(THREAD).deletes(&oops).await;
        kept(desk, MESSAGES, "4").await;
        let line = "/work reply ticket:T-0001 text:A new certificate is on its way to you";
        desk.person("ivo").in_("#l2-queue").runs(line).await;
        minutes(desk, 1).await;
        desk.resolves("ivo", "T-0001").await;

        let hers = read(desk, "mia").await;
        insta::assert_snapshot!(hers, @r"
        # T-0001 · The VPN is down

        This is the requester's version: what the staff say among themselves is not in it.

        Written on 2026-06-15 09:05 for Mia. All times are UTC.

        - **State:** resolved
        - **Requester:** Mia
        - **With:** Ivo · the specialists (L2)
        - **Priority:** P4 · one person · there is a workaround
        - **About:** Network, Wi-Fi and VPN
        - **Opened:** 2026-06-15 09:00
        - **Last change:** 2026-06-15 09:05

        ## The request

        **What happens**

        > It stays on connecting since nine.

        ## What happened

        2026-06-15 09:00 · Mia opened this as P4

        2026-06-15 09:01 · Ravi took this

        2026-06-15 09:01 · **Mia**

        *edited*

        > It says 809.

        *before, since 2026-06-15 09:01*

        > It says \*809\*.\
        > Help \<b>me\</b>, my password: \[redacted:password\]

        2026-06-15 09:03 · From first contact (L1) to the specialists (L2)

        2026-06-15 09:03 · Ivo accepted this

        2026-06-15 09:03 · **Mia**

        > Here it is

        - screen.png · 68 bytes · kept
          SHA-256 63ef318d96b5d0d0ceba6e04a4e622b1158335cdc67c49e27839132c6f655058

        2026-06-15 09:03 · **Mia**

        *Mia wrote something here and deleted it; its words are not kept.*

        2026-06-15 09:04 · Ivo answered

        > A new certificate is on its way to you

        2026-06-15 09:05 · Ivo resolved this · Fixed: the cause is gone

        > The certificate was renewed; connect again and it works.

        *Article*

        > VPN does not connect

        ## Who is who

        - Mia, ⟨id⟩ on Discord
        - Ravi, ⟨id⟩ on Discord
        - Ivo, ⟨id⟩ on Discord
        ");
        let theirs = read(desk, "ivo").await;
        insta::assert_snapshot!(theirs, @r"
        # T-0001 · The VPN is down

        This is the staff's version. It holds notes that the requester must not read, so do not pass it on.

        Written on 2026-06-15 09:05 for Ivo. All times are UTC.

        - **State:** resolved
        - **Requester:** Mia
        - **With:** Ivo · the specialists (L2)
        - **Priority:** P4 · one person · there is a workaround
        - **About:** Network, Wi-Fi and VPN
        - **Opened:** 2026-06-15 09:00
        - **Last change:** 2026-06-15 09:05

        ## The request

        **What happens**

        > It stays on connecting since nine.

        ## What happened

        2026-06-15 09:00 · Mia opened this as P4

        2026-06-15 09:01 · Ravi took this

        2026-06-15 09:01 · **Mia**

        *edited*

        > It says 809.

        *before, since 2026-06-15 09:01*

        > It says \*809\*.\
        > Help \<b>me\</b>, my password: \[redacted:password\]

        2026-06-15 09:02 · Note by Ravi · *staff only*

        > She is on the old batch

        2026-06-15 09:02 · **Ravi** · *staff only*

        > Who knows the old batch?

        2026-06-15 09:03 · Ravi handed this over, L1 → L2 · *staff only*

        *What this is about*

        > Mia's VPN stays on connecting since this morning, at home and in the office

        *Tried so far*

        > Restarted the client, switched Wi-Fi off and on

        *Findings*

        > The gateway answers, the login does not: probably the certificate

        *What is asked of the next tier*

        > Look at the gateway's log for mia and renew the certificate

        *What the requester was told*

        > A specialist takes over today

        2026-06-15 09:03 · Offered to Ivo · *staff only*

        2026-06-15 09:03 · Ivo accepted this

        2026-06-15 09:03 · **Mia**

        > Here it is

        - screen.png · 68 bytes · kept
          SHA-256 63ef318d96b5d0d0ceba6e04a4e622b1158335cdc67c49e27839132c6f655058

        2026-06-15 09:03 · **Mia**

        *Mia wrote something here and deleted it; its words are not kept.*

        2026-06-15 09:04 · Ivo answered

        > A new certificate is on its way to you

        2026-06-15 09:05 · Ivo resolved this · Fixed: the cause is gone

        > The certificate was renewed; connect again and it works.

        *Article*

        > VPN does not connect

        ## Who is who

        - Mia, ⟨id⟩ on Discord
        - Ravi, ⟨id⟩ on Discord
        - Ivo, ⟨id⟩ on Discord
        ");
        for word in [
            "batch",
            "gateway answers",
            "Look at the gateway",
            "staff only",
        ] {
            assert!(!hers.contains(word), "{word} is for the staff alone");
            assert!(theirs.contains(word), "the staff read {word}");
        }
        for version in [&hers, &theirs] {
            assert!(!version.contains("secret plan"), "what is deleted is gone");
            assert!(!version.contains("hunter2"), "secrets are not kept");
        }
        let page = "/ticket transcript ticket:T-0001";
        let page = desk.person("mia").in_(THREAD).runs(page).await;
        let (name, page) = page.file().await;
        assert_eq!(name, "T-0001-transcript.html");
        assert!(
            page.contains("src=\"data:image/png;base64,iVBORw0KGgo"),
            "{page}"
        );
        assert!(!page.contains("batch"), "no note in hers");
        assert!(
            !page.contains("http://") && !page.contains("<script"),
            "{page}"
        );
    });
}

#[test]
fn only_requester_assignee_and_lead_read_it_and_that_is_put_down() {
    story(async |desk| {
        desk.opens("mia", "The VPN is down").await;
        desk.claims("ravi", "T-0001").await;
        let line = "/ticket transcript ticket:T-0001";
        let answer = async |who: &str| {
            let answer = desk.person(who).in_("#general").runs(line).await;
            answer.shown().to_owned()
        };
        insta::assert_snapshot!(answer("tom").await, @"
        **Deskhand** (bot) · 09:00 (only for Tom)
          No ticket T-0001 that you can see. Check the number, or find yours with `/ticket list`.
        ");
        insta::assert_snapshot!(answer("lena").await, @"
        **Deskhand** (bot) · 09:00 (only for Lena)
          You cannot read the transcript of T-0001. Whoever works on it can, or a lead.
        ");
        insta::assert_snapshot!(answer("sami").await, @"
        **Deskhand** (bot) · 09:00 (only for Sami)
          You cannot read the transcript of T-0001. Whoever works on it can, or a lead.
        ");
        insta::assert_snapshot!(answer("nia").await, @"
        **Deskhand** (bot) · 09:00 (only for Nia)
          Here is T-0001 from its beginning. Only you see this. It is the staff's version, so keep it from the requester.
          [file T-0001-transcript-staff.html]
          [As Markdown]
        ");
        let shown = desk.person("ravi").in_(THREAD).runs("/ticket show").await;
        shown.presses("Transcript").await;
        let here = desk.person("ravi").in_(THREAD);
        insta::assert_snapshot!(here.last_alone(1).await, @"
        **Deskhand** (bot) · 09:00 (only for Ravi)
          Here is T-0001 from its beginning. Only you see this. It is the staff's version, so keep it from the requester.
          [file T-0001-transcript-staff.html]
          [As Markdown]
        ");
        here.presses("As Markdown").await;
        let last = here.messages().await.pop().expect("an answer");
        assert_eq!(
            last["attachments"][0]["filename"],
            "T-0001-transcript-staff.md"
        );
        let audit = "select action || ' ' || outcome from audit where action in ('transcript', 'view') order by id";
        insta::assert_snapshot!(desk.database(audit).await, @"
        view no_such_ticket
        transcript not_allowed
        transcript not_allowed
        transcript done
        transcript done
        transcript done
        ");
    });
}

#[test]
fn without_the_message_content_intent_it_says_what_is_missing() {
    Given::default().without_intents().story(async |desk| {
        desk.opens("mia", "The VPN is down").await;
        desk.claims("ravi", "T-0001").await;
        let mia = desk.person("mia").in_(THREAD);
        mia.posts("Here it is", &[("screen.png", "image/png", PICTURE)])
            .await;
        kept(desk, MESSAGES, "1").await;
        let hers = read(desk, "mia").await;
        let course = hers.split("## What happened").nth(1).unwrap_or_default();
        insta::assert_snapshot!(course, @"


        2026-06-15 09:00 · Mia opened this as P4

        2026-06-15 09:00 · Ravi took this

        2026-06-15 09:00 · **Mia**

        *The desk may not read this.*

        ## Who is who

        - Mia, ⟨id⟩ on Discord
        - Ravi, ⟨id⟩ on Discord
        ");
        assert!(
            hers.contains("One message stands here without its text"),
            "{hers}"
        );
        assert_eq!(desk.files(), Vec::<String>::new());
    });
}

#[test]
fn a_file_given_with_the_command_is_in_the_thread_and_in_the_transcript() {
    story(async |desk| {
        let line = "/ticket open category:network affected:low can_work:medium";
        let file = ("screen shot.png", "image/png", PICTURE);
        let form = desk
            .person("mia")
            .in_("#help")
            .runs_with(line, "file", file)
            .await;
        kept(desk, FILES, "kept").await;
        let fields = [
            ("title", "The VPN is down"),
            ("body", "It stays on connecting"),
        ];
        let opened = form.submits(&fields).await;
        insta::assert_snapshot!(opened.shown(), @r"
        **Deskhand** (bot) · 09:00 (only for Mia)
          T-0001 is open.
          Your thread opens in a moment; you get a mention there.
          Next, first contact (L1) looks at it. You read in the thread who takes it.
          Your file screen\_shot.png goes along and shows up in the thread.
          [Show]
        ");
        insta::assert_snapshot!(desk.channel(THREAD).as_("mia").transcript().await, @r"
        · Deskhand added Mia to the thread · 09:00
        **Deskhand** (bot) · 09:00
          @Mia, the desk has your request.
          ┌ T-0001 · The VPN is down
          │ Next, first contact (L1) looks at it, and you read here who takes it.
          │ Add whatever helps in the meantime: a screenshot, an error message word for word, what you tried.
          │ You hear from us by ⟨2026-06-15 17:00Z f⟩.
          │ What happens: It stays on connecting
          └ T-0001·e1
        **Deskhand** (bot) · 09:00
          [file screen_shot.png]
          ┌ @Mia sent this along: screen\_shot.png (68 bytes)
          └ desk·r
        ");
        let hers = read(desk, "mia").await;
        let course = hers.split("## What happened").nth(1).unwrap_or_default();
        insta::assert_snapshot!(course, @r"


        2026-06-15 09:00 · Mia opened this as P4

        2026-06-15 09:00 · Mia gave a file with the request

        - screen\_shot.png · 68 bytes · kept
          SHA-256 63ef318d96b5d0d0ceba6e04a4e622b1158335cdc67c49e27839132c6f655058

        ## Who is who

        - Mia, ⟨id⟩ on Discord
        ");

        // Without the three answers the draft carries it
        let draft = desk
            .person("tom")
            .in_("#help")
            .runs_with("/ticket open", "file", file)
            .await;
        insta::assert_snapshot!(draft.shown(), @"
        **Deskhand** (bot) · 09:00 (only for Tom)
          ┌ A new ticket
          │ Three choices, then a short form.
          └ With the file screen_shot.png
          ⟨What is it about?: Account and password | Access and permissions | Computer and hardware | Software and licences | Network, Wi-Fi and VPN | Mail and calendar | Printing and scanning | Phones | Meetings and rooms | Files and shared drives | Lost data | Security (confidential) | Joiners, leavers, personal (confidential) | Something else⟩
          ⟨How many are affected?: One person | A team, several people | A whole site, everybody, or a critical service⟩
          ⟨Can you work?: No, work stops | Yes, with a workaround | Yes, it can wait⟩
          [Continue] [Cancel]
        ");
        // The same bytes are kept once; a draft that is not gone on with gives its file back
        kept(desk, FILES, "kept kept").await;
        assert_eq!(desk.files().len(), 1);
        desk.passes(SignedDuration::from_hours(25)).await;
        desk.person("mia").in_("#help").runs("/ticket open").await;
        desk.person("mia")
            .in_(THREAD)
            .posts("and more", &[("a.txt", "text/plain", b"a")])
            .await;
        kept(desk, FILES, "kept removed kept").await;
        assert_eq!(desk.files().len(), 2);
    });
}

#[test]
fn what_is_too_large_is_named_and_not_fetched() {
    let limits = Limits {
        file_megabytes: NonZeroU32::new(1),
        ..Limits::default()
    };
    Given::default().limits(limits).story(async |desk| {
        desk.opens("mia", "The VPN is down").await;
        let mia = desk.person("mia").in_(THREAD);
        let large = vec![b'x'; 1024 * 1024 + 1];
        mia.posts("The log", &[("log.txt", "text/plain", &large)])
            .await;
        kept(desk, FILES, "too_large").await;
        let hers = read(desk, "mia").await;
        let course = hers.split("## What happened").nth(1).unwrap_or_default();
        insta::assert_snapshot!(course, @"


        2026-06-15 09:00 · Mia opened this as P4

        2026-06-15 09:00 · **Mia**

        > The log

        - log.txt · 1.0 MB · too large to be kept

        ## Who is who

        - Mia, ⟨id⟩ on Discord
        ");

        // With the command, its owner is told
        let line = "/ticket open category:network affected:low can_work:medium";
        let form = desk.person("tom").in_("#help");
        let form = form
            .runs_with(line, "file", ("log.txt", "text/plain", &large))
            .await;
        form.submits(&[("title", "Printer"), ("body", "It prints nothing")])
            .await;
        insta::assert_snapshot!(desk.channel("T-0002 · Printer").as_("tom").last(1).await, @"
        **Deskhand** (bot) · 09:00
          @Tom, one thing is missing. Post it here, or say where it is.
          ┌ Your file log.txt could not be kept: it is too large, or it was gone.
          └ desk·r
        ");
        assert_eq!(desk.files(), Vec::<String>::new());
    });
}

#[test]
fn a_file_that_lies_elsewhere_is_not_asked_for() {
    let given = Given::default().files_from("http://127.0.0.1:9");
    given.story(async |desk| {
        desk.opens("mia", "The VPN is down").await;
        let mia = desk.person("mia").in_(THREAD);
        mia.posts("Look", &[("screen.png", "image/png", PICTURE)])
            .await;
        kept(desk, FILES, "refused").await;
        let hers = read(desk, "mia").await;
        assert!(
            hers.contains("screen.png · 68 bytes · does not lie at Discord, so it was not fetched"),
            "{hers}"
        );
        assert_eq!(desk.files(), Vec::<String>::new());
    });
}

#[test]
fn a_file_is_fetched_after_a_restart_and_after_trouble() {
    story(async |desk| {
        desk.opens("mia", "The VPN is down").await;
        let mia = desk.person("mia").in_(THREAD);
        desk.fails(json!({"files": 3})).await;
        mia.posts("Here it is", &[("screen.png", "image/png", PICTURE)])
            .await;
        kept(desk, FILES, "waiting").await;
        desk.stops().await;
        desk.starts().await;
        desk.passes(SignedDuration::from_mins(2)).await;
        kept(desk, FILES, "kept").await;
        assert_eq!(desk.files().len(), 1);
    });
}

#[test]
fn replayed_events_change_nothing_and_what_was_missed_is_read_later() {
    story(async |desk| {
        desk.opens("mia", "The VPN is down").await;
        let mia = desk.person("mia").in_(THREAD);
        desk.fails(json!({"gateway": "duplicate_events", "times": 99}))
            .await;
        let said = mia.posts("First", &[("a.txt", "text/plain", b"a")]).await;
        kept(desk, MESSAGES, "1").await;
        minutes(desk, 1).await;
        mia.edits(&said, "First, edited").await;
        kept(desk, MESSAGES, "2").await;
        kept(desk, FILES, "kept").await;
        let faults = format!("{}/faults", desk.stand_in().rest_base());
        let cleared = reqwest::Client::new().delete(faults).send().await;
        assert!(cleared.is_ok_and(|answer| answer.status().is_success()));

        // What is written while the desk is down is read when it is up again
        desk.stops().await;
        minutes_without_desk(desk, 1);
        mia.says("Are you there?").await;
        desk.starts().await;
        kept(desk, MESSAGES, "3").await;
        let hers = read(desk, "mia").await;
        let course = hers.split("## What happened").nth(1).unwrap_or_default();
        insta::assert_snapshot!(course, @"


        2026-06-15 09:00 · Mia opened this as P4

        2026-06-15 09:00 · **Mia**

        *edited*

        > First, edited

        *before, since 2026-06-15 09:00*

        > First

        - a.txt · 1 byte · kept
          SHA-256 ca978112ca1bbdcafac231b39a23dc4da786eff8147c4e72b9807785afee48bb

        2026-06-15 09:02 · **Mia**

        > Are you there?

        ## Who is who

        - Mia, ⟨id⟩ on Discord
        ");
    });
}

fn minutes_without_desk(desk: &Desk, minutes: i64) {
    desk.jumps(SignedDuration::from_mins(minutes));
}

#[test]
fn what_is_added_to_an_open_ticket_takes_its_file_along() {
    story(async |desk| {
        desk.opens("mia", "The VPN is down").await;
        let line = "/ticket open category:network affected:low can_work:medium";
        let file = ("log.txt", "text/plain", b"no route to host".as_slice());
        let form = desk
            .person("mia")
            .in_("#help")
            .runs_with(line, "file", file)
            .await;
        kept(desk, FILES, "kept").await;
        let again = [("title", "VPN is down!"), ("body", "Here is the log")];
        let shown = form.submits(&again).await;
        shown.presses("Add to T-0001").await;
        insta::assert_snapshot!(shown.message().await, @"
        **Deskhand** (bot) · 09:00 (only for Mia)
          Your text stands in T-0001, and whoever works on it is told.
          Your file log.txt goes along and shows up in the thread.
          [Go to the thread ↗]
        ");
        desk.settles().await;
        insta::assert_snapshot!(desk.channel("T-0001 · The VPN is down").as_("mia").last(2).await, @"
        **Deskhand** (bot) · 09:00
          ┌ @Mia adds
          │ > VPN is down!
          │ >
          │ > Here is the log
          └ T-0001·e2
        **Deskhand** (bot) · 09:00
          [file log.txt]
          ┌ @Mia sent this along: log.txt (16 bytes)
          └ desk·r
        ");
        let of = "select printf('T-%04d', number) from file join ticket on ticket.id = file.ticket";
        assert_eq!(desk.database(of).await, "T-0001");
        // The draft is done with; its file is not taken back with it.
        desk.passes(SignedDuration::from_hours(48)).await;
        assert_eq!(desk.files().len(), 1);
    });
}
