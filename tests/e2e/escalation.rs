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
        insta::assert_snapshot!(form.shown(), @r"
        Form: Hand T-0001 over
          Summary (at least 30 characters) *:
          What was tried *:
          Findings *:
          What do you ask of the next tier? *:
          What does the requester know? *:
        ");
        let escalated = form.submits(HAND_OVER).await;

        // Then he reads what happens next, and everybody else what they are to know
        assert!(escalated.is_private());
        insta::assert_snapshot!(escalated.shown(), @r"
        **Deskhand** (bot) · 09:00 (only for Ravi)
          T-0001 is handed over to L2 and offered to @Ivo.
          Your hand-over is in the staff thread, and the requester knows that nothing has to be told twice.
          [Go to the thread ↗]
        ");
        insta::assert_snapshot!(desk.channel("#escalations").as_("nia").transcript().await, @"
        **Deskhand** (bot) · 09:00
          ┌ T-0001 · L1 → L2 · P4 · sent by @Ravi ⟨2026-06-15 09:00Z R⟩ · ticket less than a minute old
          │ > Mia's VPN stays on connecting since this morning, at home and in the office
          │ Offered to @Ivo.
          │ Staff thread: #T-0001 staff · The VPN is down
          └ T-0001
        ");
        insta::assert_snapshot!(desk.channel("#l1-queue").as_("ravi").transcript().await, @r"
        **Deskhand** (bot) · 09:00
          T-0001 is with L2 now, see #l2-queue.
          -# T-0001·L1
        **Deskhand** (bot) · 09:00 (only for Ravi)
          T-0001 is yours now. Its thread: #T-0001 · The VPN is down
          [Escalate] [Resolve] [Go to the thread ↗]
        ");
        insta::assert_snapshot!(desk.channel("#l2-queue").as_("ivo").transcript().await, @"
        **Deskhand** (bot) · 09:00
          ┌ T-0001 · The VPN is down
          │ Requester: @Mia
          │ About: Network, Wi-Fi and VPN
          │ Priority: P4 · one person · there is a workaround
          │ State: offered
          │ With: @Ivo, to accept ⟨2026-06-15 13:00Z R⟩
          │ Opened: ⟨2026-06-15 09:00Z R⟩
          │ Promised: the first answer: ⟨2026-06-15 17:00Z f⟩ (⟨2026-06-15 17:00Z R⟩)
          │ the solution: ⟨2026-06-26 17:00Z f⟩ (⟨2026-06-26 17:00Z R⟩)
          └ T-0001·L2
          [Accept] [Send back!] [Show]
          [Go to the thread ↗] [Go to the staff thread ↗]
        ");
        insta::assert_snapshot!(desk.channel(STAFF).as_("ivo").transcript().await, @r"
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
        ");
        assert_eq!(
            desk.channel(STAFF).as_("ivo").pings().await,
            1,
            "who is asked is called"
        );

        // When Ivo accepts, after a quarter of an hour
        desk.passes(jiff::SignedDuration::from_mins(15)).await;
        let accepted = desk.person("ivo").in_(STAFF).presses("Accept").await;

        // Then he is in the thread, and the line in the escalation channel says so
        insta::assert_snapshot!(accepted.shown(), @r"
        **Deskhand** (bot) · 09:15 (only for Ivo)
          You accepted T-0001. Its thread: #T-0001 · The VPN is down
          [Escalate] [Resolve] [Go to the thread ↗] [Go to the staff thread ↗]
        ");
        assert!(desk.person("ivo").sees(THREAD).await);
        insta::assert_snapshot!(desk.channel("#escalations").as_("nia").transcript().await, @r"
        **Deskhand** (bot) · 09:00
          ┌ T-0001 · L1 → L2 · P4 · sent by @Ravi ⟨2026-06-15 09:00Z R⟩ · ticket less than a minute old
          │ > Mia's VPN stays on connecting since this morning, at home and in the office
          │ Taken by @Ivo after 15 min.
          │ Staff thread: #T-0001 staff · The VPN is down
          └ T-0001
        ");

        // When he resolves it
        desk.resolves("ivo", "T-0001").await;

        // Then Mia has read a whole story and no note of the staff's
        insta::assert_snapshot!(desk.channel(THREAD).as_("mia").transcript().await, @"
        · Deskhand added Mia to the thread · 09:00
        **Deskhand** (bot) · 09:00
          @Mia, the desk has your request.
          ┌ T-0001 · The VPN is down
          │ Next, first contact (L1) looks at it, and you read here who takes it.
          │ Add whatever helps in the meantime: a screenshot, an error message word for word, what you tried.
          │ You hear from us by ⟨2026-06-15 17:00Z f⟩.
          │ What happens: It stays on connecting since nine.
          └ T-0001·e1
        · Deskhand added Ravi to the thread · 09:00
        **Deskhand** (bot) · 09:00
          ┌ @Ravi takes care of this now, for first contact (L1).
          └ T-0001·e2
        **Deskhand** (bot) · 09:00
          ┌ This goes to the specialists (L2). Everything that you wrote goes along, so you do not have to tell it twice.
          └ T-0001·e4
        · Deskhand added Ivo to the thread · 09:15
        **Deskhand** (bot) · 09:15
          ┌ @Ivo takes care of this now, for the specialists (L2).
          └ T-0001·e5
        **Deskhand** (bot) · 09:15
          @Mia
          ┌ T-0001 is resolved
          │ > The certificate was renewed; connect again and it works.
          │ More about it: VPN does not connect
          │ Solved for you too? *All good* closes it. *Still broken* opens it again, until ⟨2026-06-20 09:15Z R⟩.
          │ How it ended: @Ivo · Fixed: the cause is gone
          └ T-0001·e6
          [All good] [Still broken]
        ");
        assert!(!desk.person("mia").sees(STAFF).await);
        insta::assert_snapshot!(desk.channel("#l2-queue").as_("ivo").transcript().await, @r"
        **Deskhand** (bot) · 09:00
          T-0001 is resolved, see #T-0001 · The VPN is down.
          -# T-0001·L2
        ");
        insta::assert_snapshot!(desk.channel(STAFF).as_("ivo").last(1).await, @r"
        **Deskhand** (bot) · 09:15
          ┌ T-0001 is resolved
          │ > The certificate was renewed; connect again and it works.
          │ More about it: VPN does not connect
          │ How it ended: @Ivo · Fixed: the cause is gone
          └ T-0001·e6
        ");
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
        insta::assert_snapshot!(form.cannot_submit(&texts).await, @"Summary (at least 30 characters): At least 30 characters are needed.");

        // Spaces are no summary either, and what was typed comes back.
        let spaces = format!("VPN down{}", " ".repeat(40));
        texts[0] = ("summary", &spaces);
        let refused = form.submits(&texts).await;
        insta::assert_snapshot!(refused.shown(), @r"
        **Deskhand** (bot) · 09:00 (only for Ravi)
          The summary has 8 characters, and the next tier needs at least 30 to understand it. Say a little more and send it again.
          ┌ What you typed is not lost; copy it from here and try again.
          │ What this is about: > VPN down
          │ Tried so far: > Restarted the client, switched Wi-Fi off and on
          │ Findings: > The gateway answers, the login does not: probably the certificate
          │ What is asked of the next tier: > Look at the gateway's log for mia and renew the certificate
          └ What the requester was told: > A specialist takes over today
        ");
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
        insta::assert_snapshot!(form.shown(), @r"
        Form: Send T-0001 back
          Why? *:
        ");
        let rejected = form
            .submits(&[("reason", "The account is locked; L1 can unlock it.")])
            .await;

        insta::assert_snapshot!(rejected.shown(), @r"
        **Deskhand** (bot) · 09:00 (only for Ivo)
          T-0001 is back with L1 and offered to @Ravi. They read your reason in the staff thread.
        ");
        assert_eq!(desk.standing().await, "T-0001 assigned L1 Ravi");
        insta::assert_snapshot!(desk.channel(STAFF).as_("ravi").last(1).await, @r"
        **Deskhand** (bot) · 09:00
          @Ravi, it is with you again.
          ┌ @Ivo sends this back from L2 to L1.
          │ > The account is locked; L1 can unlock it.
          └ T-0001·e6
        ");
        insta::assert_snapshot!(desk.channel("#escalations").as_("nia").transcript().await, @r"
        **Deskhand** (bot) · 09:00
          ┌ T-0001 · L1 → L2 · P4 · sent by @Ravi ⟨2026-06-15 09:00Z R⟩ · ticket less than a minute old
          │ > Mia's VPN stays on connecting since this morning, at home and in the office
          │ Sent back by @Ivo after less than a minute.
          │ Staff thread: #T-0001 staff · The VPN is down
          └ T-0001
        **Deskhand** (bot) · 09:00
          ┌ T-0001 · sent back L2 → L1 by @Ivo
          │ The VPN is down
          │ > The account is locked; L1 can unlock it.
          └ T-0001·e6
        ");
        insta::assert_snapshot!(desk.channel(THREAD).as_("mia").last(1).await, @r"
        **Deskhand** (bot) · 09:00
          ┌ This is with first contact (L1) again, who know your request. You do not have to do anything.
          └ T-0001·e6
        ");
        insta::assert_snapshot!(desk.channel("#l2-queue").as_("ivo").transcript().await, @r"
        **Deskhand** (bot) · 09:00
          T-0001 is with L1 now, see #l1-queue.
          -# T-0001·L2
        **Deskhand** (bot) · 09:00 (only for Ivo)
          T-0001 is back with L1 and offered to @Ravi. They read your reason in the staff thread.
        ");

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

        insta::assert_snapshot!(desk.standing().await, @"T-0001 new L1 -");
        insta::assert_snapshot!(desk.channel("#leads").as_("nia").transcript().await, @r"
        **Deskhand** (bot) · 09:00
          @Ada, the set-up is done as far as it goes.
          -# desk·r
        **Deskhand** (bot) · 09:00
          ┌ T-0001 was sent back 2 times, last from L2 to L1. Decide where it goes: nothing is offered by itself any more.
          │ The VPN is down
          │ Staff thread: #T-0001 staff · The VPN is down
          └ T-0001·e10
        ");

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
        insta::assert_snapshot!(refused.shown(), @r"
        **Deskhand** (bot) · 09:00 (only for Lena)
          T-0001 is offered to @Ivo. Wait for their answer, or ask a lead to take it.
        ");
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
        insta::assert_snapshot!(form.shown(), @r"
        Form: Hand T-0001 over
          Summary (at least 30 characters) *:
          What was tried *: At L1, by Ravi: Restarted the client, switched Wi-Fi off and on
          Findings *:
          What do you ask of the next tier? *:
          What does the requester know? *:
        ");
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
        insta::assert_snapshot!(refused.shown(), @r"
        **Deskhand** (bot) · 09:00 (only for Ravi)
          The next tier is L2, and only urgent tickets pass it over. Escalate to L2, or ask a lead.
          ┌ What you typed is not lost; copy it from here and try again.
          │ What this is about: > Mia's VPN stays on connecting since this morning, at home and in the office
          │ Tried so far: > Restarted the client, switched Wi-Fi off and on
          │ Findings: > The gateway answers, the login does not: probably the certificate
          │ What is asked of the next tier: > Look at the gateway's log for mia and renew the certificate
          └ What the requester was told: > A specialist takes over today
        ");

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
