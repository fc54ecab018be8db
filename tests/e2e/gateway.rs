//! The connection breaks, and nothing is lost or done twice.

use std::time::Duration;

use serde_json::json;

use crate::harness::{Desk, story};

/// After the connection has broken in some way, the desk hears again and says nothing twice.
async fn goes_on(desk: &Desk, fault: serde_json::Value) {
    desk.opens("mia", "The VPN is down").await;
    desk.fails(fault).await;
    desk.is_heard().await;
    desk.claims("ravi", "T-0001").await;
    assert_eq!(desk.standing().await, "T-0001 in_progress L1 Ravi");
    let thread = desk
        .channel("T-0001 · The VPN is down")
        .as_("mia")
        .transcript()
        .await;
    assert_eq!(
        thread.matches("takes care of this now").count(),
        1,
        "{thread}"
    );
    assert_eq!(
        thread.matches("the desk has your request").count(),
        1,
        "{thread}"
    );
}

impl Desk {
    /// Waits until the bot is there again. Who types in the meantime is heard when it is.
    async fn is_heard(&self) {
        // serenity spins on a close without a code until our own watch ends that, which takes most of a minute.
        for _ in 0..700 {
            if self.person("ada").world().await["bot"]["online"] == true {
                return;
            }
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
        panic!("the bot did not come back");
    }
}

#[test]
fn discord_asks_to_reconnect() {
    story(async |desk| goes_on(desk, json!({"gateway": "reconnect"})).await);
}

#[test]
fn the_line_drops() {
    story(async |desk| goes_on(desk, json!({"gateway": "drop"})).await);
}

#[test]
fn the_connection_is_closed_with_a_code() {
    story(async |desk| goes_on(desk, json!({"gateway": "close", "code": 4000})).await);
}

#[test]
fn the_connection_is_closed_without_a_code() {
    story(async |desk| goes_on(desk, json!({"gateway": "close_without_code"})).await);
}

#[test]
fn the_session_is_invalid() {
    story(async |desk| {
        goes_on(
            desk,
            json!({"gateway": "invalid_session", "resumable": false}),
        )
        .await;
    });
}

#[test]
fn every_event_comes_twice() {
    story(async |desk| {
        desk.fails(json!({"gateway": "duplicate_events", "times": 1000}))
            .await;
        // The second answer to one interaction is refused, and that is as good as an answer.
        desk.forgives("Interaction has already been acknowledged");

        desk.opens("mia", "The VPN is down").await;
        desk.claims("ravi", "T-0001").await;
        desk.escalates("ravi", "T-0001").await;
        desk.accepts("ivo", "T-0001").await;
        desk.resolves("ivo", "T-0001").await;

        assert_eq!(desk.standing().await, "T-0001 resolved L2 Ivo");
        let kinds = desk.database("select kind from event order by seq").await;
        insta::assert_snapshot!(kinds, @r"
        opened
        claimed
        escalated
        offered
        accepted
        resolved
        ");
        let queues = ["#l1-queue", "#l2-queue", "#escalations"];
        for queue in queues {
            assert_eq!(
                desk.channel(queue).as_("nia").messages().await.len(),
                1,
                "{queue}"
            );
        }
    });
}

#[test]
fn what_people_do_while_the_bot_is_away_is_heard_when_it_resumes() {
    story(async |desk| {
        desk.opens("mia", "The VPN is down").await;
        let mia = desk.person("mia").in_("@bot");
        desk.fails(json!({"gateway": "drop"})).await;
        let answer = mia.says_and_hears("the vpn does not connect").await;
        assert!(answer.shown().contains("VPN does not connect"));
    });
}
