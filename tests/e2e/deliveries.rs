//! What was promised is delivered once, in order, whatever Discord does in between.

use jiff::SignedDuration;
use serde_json::{Value, json};

use crate::harness::{Desk, story};

const THREAD: &str = "T-0001 · The VPN is down";
const STAFF: &str = "T-0001 staff · The VPN is down";
const MESSAGES: &str = "POST /channels/{channel_id}/messages";
/// Permission bits of a channel of the desk: to see and read it, to embed, to send in threads; and to send; and what
/// was said before.
const ALL_BUT_SEND: &str = "274877989888";
const SEND: &str = "2048";
const ALL_BUT_HISTORY: &str = "274877926400";
const HISTORY: &str = "65536";
const ALL: &str = "274877991936";
const THREADS: &str = "POST /channels/{channel_id}/threads";
const FROM_CARD: &str = "POST /channels/{channel_id}/messages/{message_id}/threads";

/// A ticket is opened and claimed while Discord fails in some way; a while later everything stands where it belongs, once
/// and in order.
async fn delivered(desk: &Desk, faults: Value) {
    desk.fails(faults).await;
    desk.opens("mia", "The VPN is down").await;
    desk.claims("ravi", "T-0001").await;
    desk.passes(SignedDuration::from_mins(10)).await;
    everything_stands_once(desk).await;
}

async fn everything_stands_once(desk: &Desk) {
    let thread = desk.channel(THREAD).as_("mia").transcript().await;
    let opened = thread.find("the desk has your request");
    let claimed = thread.find("takes care of this now");
    assert!(opened.is_some() && opened < claimed, "{thread}");
    assert_eq!(
        thread.matches("the desk has your request").count(),
        1,
        "{thread}"
    );
    assert_eq!(
        thread.matches("takes care of this now").count(),
        1,
        "{thread}"
    );
    let cards = desk.channel("#l1-queue").as_("ravi").messages().await;
    assert_eq!(cards.len(), 1, "one card: {cards:?}");
    let seen = desk.person("ada").places().await;
    assert_eq!(
        seen.iter().filter(|name| *name == THREAD).count(),
        1,
        "one thread: {seen:?}"
    );
}

#[test]
fn an_error_before_the_write() {
    story(async |desk| {
        let error = json!({"status": 500, "apply": false});
        delivered(desk, json!({"route": MESSAGES, "times": 3, "what": error})).await;
    });
}

#[test]
fn an_error_after_the_write() {
    story(async |desk| {
        let error = json!({"status": 502, "apply": true});
        delivered(desk, json!({"route": MESSAGES, "times": 3, "what": error})).await;
    });
}

#[test]
fn the_connection_is_cut_after_the_write() {
    story(async |desk| {
        let error = json!({"reset": true, "apply": true});
        delivered(desk, json!({"route": MESSAGES, "times": 3, "what": error})).await;
    });
}

#[test]
fn the_answer_comes_too_late() {
    story(async |desk| {
        let slow = json!({"delay_ms": 25_000, "apply": true});
        delivered(desk, json!({"route": MESSAGES, "times": 1, "what": slow})).await;
    });
}

#[test]
fn the_thread_was_made_and_nobody_said_so() {
    story(async |desk| {
        let error = json!({"status": 500, "apply": true});
        delivered(desk, json!({"route": THREADS, "times": 1, "what": error})).await;
        assert_eq!(
            desk.requests("POST", "/channels/{channel_id}/threads")
                .await,
            1,
            "adopted"
        );
    });
}

#[test]
fn what_is_said_among_the_staff_waits_for_a_thread_that_discord_does_not_open_yet() {
    story(async |desk| {
        let error = json!({"status": 500, "apply": false});
        let rule = json!({"route": FROM_CARD, "times": 4, "what": error});
        desk.fails(rule).await;
        desk.opens("mia", "The VPN is down").await;
        desk.claims("ravi", "T-0001").await;
        desk.escalates("ravi", "T-0001").await;
        desk.accepts("ivo", "T-0001").await;
        let nia = desk.person("nia").in_("#general");
        nia.runs("/lead priority ticket:T-0001 to:P2 reason:The board meets tomorrow")
            .await;
        desk.resolves("ivo", "T-0001").await;
        assert!(!desk.person("ivo").sees(STAFF).await, "Discord has none");
        desk.passes(SignedDuration::from_mins(10)).await;
        insta::assert_snapshot!(desk.channel(STAFF).as_("ivo").transcript().await, @"
        · Deskhand started this thread from a message of Deskhand · 09:00
        **Deskhand** (bot) · 09:00
          @Ivo, this hand-over is offered to you: accept it, or send it back with a reason.
          ┌ Hand-over L1 → L2 · T-0001
          │ Sent by @Ravi
          │ What this is about: Mia's VPN stays on connecting since this morning, at home and in the office
          │ Tried so far: Restarted the client, switched Wi-Fi off and on
          │ Findings: The gateway answers, the login does not: probably the certificate
          │ What is asked of the next tier: Look at the gateway's log for mia and renew the certificate
          │ What the requester was told: A specialist takes over today
          └ T-0001·e4
          [Accept] [Send back]
        **Deskhand** (bot) · 09:00
          ┌ @Ivo accepts this for L2, less than a minute after it was offered.
          └ T-0001·e5
        **Deskhand** (bot) · 09:00
          ┌ @Nia sets the priority of T-0001 to P2.
          │ > The board meets tomorrow
          └ T-0001·e6
        **Deskhand** (bot) · 09:00
          ┌ T-0001 is resolved
          │ > The certificate was renewed; connect again and it works.
          │ More about it: VPN does not connect
          │ How it ended: @Ivo · Fixed: the cause is gone
          └ T-0001·e7
        ");
    });
}

#[test]
fn too_many_requests_on_a_route() {
    story(async |desk| {
        let limit = json!({"rate_limit": {"retry_after": 0.4}});
        delivered(desk, json!({"route": MESSAGES, "times": 2, "what": limit})).await;
    });
}

#[test]
fn too_many_requests_everywhere() {
    story(async |desk| {
        let limit = json!({"rate_limit": {"retry_after": 0.5, "global": true, "scope": "global"}});
        delivered(desk, json!({"route": MESSAGES, "times": 2, "what": limit})).await;
    });
}

#[test]
fn the_edge_in_front_of_discord_has_had_enough() {
    story(async |desk| {
        // For a minute at least, in real time, nothing is sent; answers to people are not among that.
        desk.leaves_work();
        desk.forgives("edge");
        desk.fails(json!({"route": THREADS, "times": 1, "what": {"html": 429}}))
            .await;
        desk.opens("mia", "The VPN is down").await;
        let before = desk.deliveries().await;
        desk.opens("tom", "The printer is dead").await;
        desk.passes(SignedDuration::from_secs(30)).await;
        assert_eq!(desk.deliveries().await, before);
    });
}

impl Desk {
    /// How often anything but an answer to an interaction was sent.
    async fn deliveries(&self) -> usize {
        let ledger = self.ledger().await;
        let sent = |line: &&Value| {
            let route = line["route"].as_str().unwrap_or_default();
            line["method"] != "GET" && !route.starts_with("/interactions")
        };
        ledger.iter().filter(sent).count()
    }
}

#[test]
fn long_after_the_nonce_is_forgotten_the_history_is_read() {
    story(async |desk| {
        // Applied, and the answer lost; then the desk is down for an hour.
        let lost = json!({"route": MESSAGES, "times": 2, "what": {"reset": true, "apply": true}});
        desk.fails(lost).await;
        desk.opens("mia", "The VPN is down").await;
        desk.stops().await;
        desk.jumps(SignedDuration::from_hours(1));
        desk.starts().await;
        desk.claims("ravi", "T-0001").await;
        desk.passes(SignedDuration::from_mins(10)).await;
        everything_stands_once(desk).await;
    });
}

#[test]
fn what_stands_there_twice_after_all_is_counted() {
    story(async |desk| {
        desk.forgives("a message stands there more than once");
        desk.opens("mia", "The VPN is down").await;
        desk.claims("ravi", "T-0001").await;
        // Applied, and the answers lost; then the desk is down for an hour, and comes back to a channel that it may not read.
        let lost = json!({"route": MESSAGES, "times": 5, "what": {"reset": true, "apply": true}});
        desk.fails(lost).await;
        desk.escalates("ravi", "T-0001").await;
        desk.stops().await;
        let unread = json!({"channel": "#escalations", "user": "Deskhand", "allow": ALL_BUT_HISTORY, "deny": HISTORY});
        desk.admin("ada", "permissions", unread).await;
        desk.jumps(SignedDuration::from_hours(1));
        desk.starts().await;
        desk.passes(SignedDuration::from_mins(10)).await;
        let lines = desk
            .channel("#escalations")
            .as_("nia")
            .messages()
            .await
            .len();
        assert_eq!(lines, 2);
        let leads = desk.person("nia").in_("#leads");
        let before = leads.runs("/report period:today").await;
        assert!(
            !before.shown().contains("Said once more"),
            "{}",
            before.shown()
        );

        let granted = json!({"channel": "#escalations", "user": "Deskhand", "allow": ALL});
        desk.admin("ada", "permissions", granted).await;
        desk.passes(SignedDuration::from_mins(70)).await;
        desk.eventually("it was looked", async || {
            desk.database("select cast(sum(copies) as text) from outbox")
                .await
                == "1"
        })
        .await;
        let after = leads.runs("/report period:today").await;
        assert!(
            after
                .shown()
                .contains("Said once more than they should be: 1"),
            "{}",
            after.shown()
        );
    });
}

#[test]
fn a_permission_that_is_missing_is_named_once_and_what_waited_is_delivered() {
    story(async |desk| {
        desk.forgives("Missing Permissions");
        desk.forgives("Missing Access");
        // Sending is denied to the bot in one channel: everything else goes on.
        let denied = json!({"channel": "#escalations", "user": "Deskhand", "allow": ALL_BUT_SEND, "deny": SEND});
        desk.admin("ada", "permissions", denied).await;
        desk.opens("mia", "The VPN is down").await;
        desk.claims("ravi", "T-0001").await;
        desk.escalates("ravi", "T-0001").await;

        assert_eq!(
            desk.channel("#escalations")
                .as_("nia")
                .messages()
                .await
                .len(),
            0
        );
        assert_eq!(
            desk.channel("#l2-queue").as_("ivo").messages().await.len(),
            1
        );
        insta::assert_snapshot!(desk.channel("#leads").as_("nia").transcript().await, @"
        **Deskhand** (bot) · 09:00
          @Ada, the set-up is done as far as it goes.
          -# desk·r
        **Deskhand** (bot) · 09:00
          ┌ I cannot do my work in #escalations. Missing: Send Messages. Grant it in the channel's settings; `/setup check` shows the rest.
          └ desk·r
        ");
        desk.passes(SignedDuration::from_hours(2)).await;
        assert_eq!(
            desk.channel("#leads").as_("nia").messages().await.len(),
            2,
            "the set-up's report and one warning"
        );

        let granted = json!({"channel": "#escalations", "user": "Deskhand", "allow": ALL});
        desk.admin("ada", "permissions", granted).await;
        desk.passes(SignedDuration::from_mins(30)).await;
        assert_eq!(
            desk.channel("#escalations")
                .as_("nia")
                .messages()
                .await
                .len(),
            1
        );
    });
}

#[test]
fn a_card_that_somebody_deleted_is_posted_anew() {
    story(async |desk| {
        desk.opens("mia", "The VPN is down").await;
        let queue = desk.channel("#l1-queue").as_("ravi");
        let card = queue.message_with("Claim").await;
        desk.forgives("Unknown Message");
        desk.admin("ada", "delete", json!({"message": card})).await;
        desk.claims("ravi", "T-0001").await;
        let cards = queue.messages().await;
        assert_eq!(cards.len(), 1);
        assert!(cards[0].to_string().contains("in progress"), "{}", cards[0]);
    });
}

#[test]
fn an_archived_thread_wakes_when_there_is_something_to_say() {
    story(async |desk| {
        desk.opens("mia", "The VPN is down").await;
        desk.forgives("Thread is archived");
        desk.admin(
            "ada",
            "rename",
            json!({"channel": THREAD, "archived": true}),
        )
        .await;
        desk.claims("ravi", "T-0001").await;
        everything_stands_once(desk).await;
    });
}

#[test]
fn a_slow_discord_does_not_keep_anybody_waiting_for_an_answer() {
    story(async |desk| {
        // The answer to the interaction is late; the desk has deferred by then, and edits.
        let slow = json!({"route": "PATCH /channels/{channel_id}/messages/{message_id}", "times": 3, "what": {"delay_ms": 3000}});
        desk.opens("mia", "The VPN is down").await;
        desk.fails(slow).await;
        let claimed = desk.claims("ravi", "T-0001").await;
        assert!(claimed.shown().contains("T-0001 is yours now"));
    });
}
