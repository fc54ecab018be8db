//! With and without the privileged intents.

use serde_json::json;

use crate::harness::{Given, SetUp, story};

#[test]
fn with_the_members_intent_a_lost_role_releases_at_once() {
    story(async |desk| {
        desk.opens("mia", "The VPN is down").await;
        desk.claims("ravi", "T-0001").await;
        desk.escalates("ravi", "T-0001").await;
        assert_eq!(desk.standing().await, "T-0001 assigned L2 Ivo");

        desk.roles("ivo", &[], &["L2"]).await;

        desk.eventually("Lena is asked instead", async || {
            desk.standing().await == "T-0001 assigned L2 Lena"
        })
        .await;
        desk.settles().await;
        let staff = desk.channel("T-0001 staff · The VPN is down").as_("lena");
        insta::assert_snapshot!(staff.last(1).await, @r"
        **Deskhand** (bot) · 09:00
          @Lena, it is offered to you.
          ┌ @Ivo no longer holds the role for this ticket, so it is free again.
          └ T-0001·e6
        ");
    });
}

#[test]
fn without_it_those_it_has_met_are_known() {
    Given::default().without_intents().story(async |desk| {
        // Nobody of L2 has shown themselves yet.
        desk.opens("mia", "The VPN is down").await;
        desk.claims("ravi", "T-0001").await;
        desk.person("lena").in_("#l2-queue").runs("/help").await;
        desk.escalates("ravi", "T-0001").await;
        assert_eq!(desk.standing().await, "T-0001 assigned L2 Lena");
    });
}

#[test]
fn without_it_a_lost_role_shows_before_somebody_is_asked() {
    Given::default().without_intents().story(async |desk| {
        for who in ["ivo", "lena"] {
            desk.person(who).in_("#l2-queue").runs("/help").await;
        }
        desk.opens("mia", "The VPN is down").await;
        desk.claims("ravi", "T-0001").await;
        desk.roles("ivo", &[], &["L2"]).await;
        desk.escalates("ravi", "T-0001").await;
        assert_eq!(desk.standing().await, "T-0001 assigned L2 Lena");
        let staff = desk.channel("T-0001 staff · The VPN is down");
        assert_eq!(staff.as_("lena").pings().await, 1, "Lena is asked, once");
        let read = staff.as_("lena").transcript().await;
        assert!(!read.contains("@Ivo, this hand-over"), "{read}");
    });
}

#[test]
fn refused_intents_are_left_out_and_named() {
    // The developer portal says yes, and the gateway says no: it was switched off a moment ago.
    Given::default().set_up(SetUp::Down).story(async |desk| {
        desk.forgives("Disallowed");
        desk.forgives("switch on");
        desk.fails(json!({"gateway": "refuse_identify", "code": 4014, "times": 1}))
            .await;
        desk.starts().await;
        desk.commands_are_there().await;
        desk.person("ada").in_("#general").runs("/setup run").await;
        assert!(desk.person("mia").sees("help").await);
    });
}

#[test]
fn a_refused_token_ends_the_bot_with_a_sentence() {
    Given::default().set_up(SetUp::Down).story(async |desk| {
        desk.forgives("InvalidAuthentication");
        desk.forgives("4004");
        desk.fails(json!({"gateway": "refuse_identify", "code": 4004, "times": 5}))
            .await;
        desk.launches().await;
        insta::assert_snapshot!(desk.ends().await, @"Discord's gateway does not accept the token (4004). Copy it again from the developer portal: your application, Bot, Reset Token.");
    });
}
