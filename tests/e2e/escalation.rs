//! The way of a ticket through the tiers, and who reads what on the way.

use crate::harness::{HAND_OVER, story};

const THREAD: &str = "T-0001 · The VPN is down";
const STAFF: &str = "T-0001 staff · The VPN is down";

#[test]
fn a_ticket_is_claimed_handed_over_accepted_and_resolved() {
    story(async |desk| {
        // Given a ticket that Ravi works on
        desk.opens("mia", "The VPN is down").await;
        desk.person("ravi").in_("#l1-queue").presses("Claim").await;

        // When he hands it over, from within its thread
        let ravi = desk.person("ravi").in_(THREAD);
        let form = ravi.runs("/work escalate").await;
        insta::assert_snapshot!(form.shown(), @"");
        let escalated = form.submits(HAND_OVER).await;

        // Then he reads what happens next, and everybody else what they are to know
        assert!(escalated.is_private());
        insta::assert_snapshot!(escalated.shown(), @"");
        insta::assert_snapshot!(desk.channel("#escalations").as_("nia").transcript().await, @"");
        insta::assert_snapshot!(desk.channel("#l1-queue").as_("ravi").transcript().await, @"");
        insta::assert_snapshot!(desk.channel("#l2-queue").as_("ivo").transcript().await, @"");
        insta::assert_snapshot!(desk.channel(STAFF).as_("ivo").transcript().await, @"");
        assert_eq!(
            desk.channel(STAFF).as_("ivo").pings().await,
            1,
            "who is asked is called"
        );

        // When Ivo accepts, after a quarter of an hour
        desk.passes(jiff::SignedDuration::from_mins(15)).await;
        let accepted = desk.person("ivo").in_(STAFF).presses("Accept").await;

        // Then he is in the thread, and the line in the escalation channel says so
        insta::assert_snapshot!(accepted.shown(), @"");
        assert!(desk.person("ivo").sees(THREAD).await);
        insta::assert_snapshot!(desk.channel("#escalations").as_("nia").transcript().await, @"");

        // When he resolves it
        desk.resolves("ivo", "T-0001").await;

        // Then Mia has read a whole story and no note of the staff's
        insta::assert_snapshot!(desk.channel(THREAD).as_("mia").transcript().await, @"");
        assert!(!desk.person("mia").sees(STAFF).await);
        insta::assert_snapshot!(desk.channel("#l2-queue").as_("ivo").transcript().await, @"");
        insta::assert_snapshot!(desk.channel(STAFF).as_("ivo").last(1).await, @"");
    });
}

#[test]
fn a_card_s_button_is_the_command_pressed_with_a_finger() {
    story(async |desk| {
        desk.opens("mia", "The VPN is down").await;
        desk.person("ravi").in_("#l1-queue").presses("Claim").await;
        let form = desk
            .person("ravi")
            .in_("#l1-queue")
            .presses("Escalate")
            .await;
        form.submits(HAND_OVER).await;
        desk.person("ivo").in_("#l2-queue").presses("Accept").await;
        assert_eq!(desk.standing().await, "T-0001 in_progress L2 Ivo");
    });
}

#[test]
fn impact_can_be_corrected_on_the_way() {
    story(async |desk| {
        desk.opens("mia", "The VPN is down").await;
        desk.claims("ravi", "T-0001").await;
        let form = desk
            .person("ravi")
            .in_(THREAD)
            .runs("/work escalate impact:medium")
            .await;
        form.submits(HAND_OVER).await;
        assert_eq!(
            desk.database("select printf('P%d', priority) from ticket")
                .await,
            "P3"
        );
    });
}

#[test]
fn a_hand_over_that_says_too_little_is_refused_before_it_leaves() {
    story(async |desk| {
        desk.opens("mia", "The VPN is down").await;
        desk.claims("ravi", "T-0001").await;
        let form = desk.person("ravi").in_(THREAD).runs("/work escalate").await;
        let mut texts = HAND_OVER.to_vec();
        texts[0] = ("summary", "VPN down");
        insta::assert_snapshot!(form.cannot_submit(&texts).await, @"");

        // Spaces are no summary either, and what was typed comes back.
        texts[0] = (
            "summary",
            "VPN                                         down",
        );
        let refused = form.submits(&texts).await;
        insta::assert_snapshot!(refused.shown(), @"");
        assert_eq!(desk.standing().await, "T-0001 in_progress L1 Ravi");
    });
}

#[test]
fn a_hand_over_is_sent_back_with_a_reason() {
    story(async |desk| {
        desk.opens("mia", "The VPN is down").await;
        desk.claims("ravi", "T-0001").await;
        desk.escalates("ravi", "T-0001").await;

        let form = desk
            .person("ivo")
            .in_("#l2-queue")
            .presses("Send back")
            .await;
        insta::assert_snapshot!(form.shown(), @"");
        let rejected = form
            .submits(&[("reason", "The account is locked; L1 can unlock it.")])
            .await;

        insta::assert_snapshot!(rejected.shown(), @"");
        assert_eq!(desk.standing().await, "T-0001 assigned L1 Ravi");
        insta::assert_snapshot!(desk.channel(STAFF).as_("ravi").last(1).await, @"");
        insta::assert_snapshot!(desk.channel("#escalations").as_("nia").transcript().await, @"");
        insta::assert_snapshot!(desk.channel(THREAD).as_("mia").last(1).await, @"");
        insta::assert_snapshot!(desk.channel("#l2-queue").as_("ivo").transcript().await, @"");

        desk.person("ravi").in_("#l1-queue").presses("Accept").await;
        assert_eq!(desk.standing().await, "T-0001 in_progress L1 Ravi");
    });
}

#[test]
fn sent_back_twice_the_lead_decides() {
    story(async |desk| {
        desk.opens("mia", "The VPN is down").await;
        desk.claims("ravi", "T-0001").await;
        for _ in 0..2 {
            desk.escalates("ravi", "T-0001").await;
            let offered = desk.standing().await;
            let who = if offered.ends_with("Ivo") {
                "ivo"
            } else {
                "lena"
            };
            desk.rejects(who, "T-0001", "This is not for us, as the last time")
                .await;
            if desk.standing().await.ends_with("Ravi") {
                desk.accepts("ravi", "T-0001").await;
            }
        }

        insta::assert_snapshot!(desk.standing().await, @"");
        insta::assert_snapshot!(desk.channel("#leads").as_("nia").transcript().await, @"");

        // A lead may take it.
        desk.claims("nia", "T-0001").await;
        assert_eq!(desk.standing().await, "T-0001 in_progress L1 Nia");
    });
}

#[test]
fn what_is_offered_to_one_is_not_taken_by_another() {
    story(async |desk| {
        desk.opens("mia", "The VPN is down").await;
        desk.claims("ravi", "T-0001").await;
        desk.escalates("ravi", "T-0001").await;
        assert_eq!(desk.standing().await, "T-0001 assigned L2 Ivo");

        let refused = desk.person("lena").in_("#l2-queue").presses("Accept").await;
        insta::assert_snapshot!(refused.shown(), @"");
        assert_eq!(desk.standing().await, "T-0001 assigned L2 Ivo");
    });
}

#[test]
fn the_load_is_shared() {
    story(async |desk| {
        for (number, who) in [("T-0001", "mia"), ("T-0002", "tom")] {
            desk.opens(who, "The VPN is down").await;
            desk.claims("ravi", number).await;
            desk.escalates("ravi", number).await;
        }
        assert_eq!(
            desk.standing().await,
            "T-0001 assigned L2 Ivo\nT-0002 assigned L2 Lena"
        );
    });
}

#[test]
fn a_tier_that_nobody_holds_is_skipped() {
    story(async |desk| {
        desk.roles("ivo", &[], &["L2"]).await;
        desk.roles("lena", &[], &["L2"]).await;
        desk.eventually("the desk knows that nobody holds L2", async || {
            desk.database("select count(*) || '' from member where tiers & 2")
                .await
                == "0"
        })
        .await;
        desk.opens("mia", "The VPN is down").await;
        desk.claims("ravi", "T-0001").await;
        desk.escalates("ravi", "T-0001").await;
        assert_eq!(desk.standing().await, "T-0001 assigned L3 Noor");
    });
}

#[test]
fn from_l2_to_l3_nothing_is_repeated() {
    story(async |desk| {
        desk.opens("mia", "The VPN is down").await;
        desk.claims("ravi", "T-0001").await;
        desk.escalates("ravi", "T-0001").await;
        desk.accepts("ivo", "T-0001").await;
        let form = desk.person("ivo").in_(STAFF).runs("/work escalate").await;
        insta::assert_snapshot!(form.shown(), @"");
        form.submits(HAND_OVER).await;
        assert_eq!(desk.standing().await, "T-0001 assigned L3 Noor");
        // One staff thread for all tiers: the one that began at the first card.
        let threads = desk
            .requests(
                "POST",
                "/channels/{channel_id}/messages/{message_id}/threads",
            )
            .await;
        assert_eq!(threads, 1);
    });
}

#[test]
fn nobody_skips_a_tier_without_need() {
    story(async |desk| {
        desk.opens("mia", "The VPN is down").await;
        desk.claims("ravi", "T-0001").await;
        let form = desk
            .person("ravi")
            .in_(THREAD)
            .runs("/work escalate to:l3")
            .await;
        let refused = form.submits(HAND_OVER).await;
        insta::assert_snapshot!(refused.shown(), @"");

        // A lead may, with a reason.
        let form = desk
            .person("nia")
            .in_("#leads")
            .runs("/work escalate ticket:T-0001 to:l3 reason:\"The vendor is on the phone\"")
            .await;
        form.submits(HAND_OVER).await;
        assert_eq!(desk.standing().await, "T-0001 assigned L3 Noor");
    });
}
