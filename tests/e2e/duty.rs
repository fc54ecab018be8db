//! On duty and off.

use crate::harness::story;

#[test]
fn from_the_first_use_on_duty_counts() {
    story(async |desk| {
        let lena = desk.person("lena").in_("#l2-queue");
        insta::assert_snapshot!(lena.runs("/duty on").await.shown(), @r"
        **Deskhand** (bot) · 09:00 (only for Lena)
          You are on duty. New tickets can be offered to you.
        ");
        insta::assert_snapshot!(lena.runs("/duty on").await.shown(), @r"
        **Deskhand** (bot) · 09:00 (only for Lena)
          You are on duty already.
        ");
        // Ivo has not said that he is on duty.
        desk.opens("mia", "The VPN is down").await;
        desk.claims("ravi", "T-0001").await;
        desk.escalates("ravi", "T-0001").await;
        assert_eq!(desk.standing().await, "T-0001 assigned L2 Lena");
    });
}

#[test]
fn who_goes_off_duty_is_shown_what_is_urgent() {
    story(async |desk| {
        let sami = desk.person("sami").in_("#l1-queue");
        sami.runs("/duty on").await;
        desk.opens_as(
            "mia",
            "The whole site is offline",
            "category:network affected:high can_work:high",
        )
        .await;
        desk.claims("sami", "T-0001").await;
        insta::assert_snapshot!(sami.runs("/duty off").await.shown(), @"
        **Deskhand** (bot) · 09:00 (only for Sami)
          You are off duty. Nothing new is offered to you.
          ┌ One urgent ticket is still with you. Hand it over before you go:
          └ **P1** T-0001 · The whole site is offline #T-0001 · The whole site is offline
          [Hand over to the next] [Escalate T-0001]
        ");
        insta::assert_snapshot!(sami.runs("/duty off").await.shown(), @"
        **Deskhand** (bot) · 09:00 (only for Sami)
          You are off duty already.
          ┌ One urgent ticket is still with you. Hand it over before you go:
          └ **P1** T-0001 · The whole site is offline #T-0001 · The whole site is offline
          [Hand over to the next] [Escalate T-0001]
        ");
    });
}

#[test]
fn with_nobody_on_duty_the_leads_hear_that_a_ticket_waits() {
    story(async |desk| {
        for who in ["ivo", "lena"] {
            desk.person(who).in_("#l2-queue").runs("/duty on").await;
            desk.person(who).in_("#l2-queue").runs("/duty off").await;
        }
        desk.opens("mia", "The VPN is down").await;
        desk.claims("ravi", "T-0001").await;
        desk.escalates("ravi", "T-0001").await;
        assert_eq!(desk.standing().await, "T-0001 new L2 -");
        insta::assert_snapshot!(desk.channel("#leads").as_("nia").last(1).await, @"
        **Deskhand** (bot) · 09:00
          ┌ T-0001 waits at L2, and nobody on duty there can be offered it. Find somebody, or take it.
          │ The VPN is down
          │ Staff thread: #T-0001 staff · The VPN is down
          └ T-0001·e3
        ");
    });
}

#[test]
fn duty_is_for_the_desk() {
    story(async |desk| {
        let refused = desk.person("mia").in_("#help").runs("/duty on").await;
        insta::assert_snapshot!(refused.shown(), @r"
        **Deskhand** (bot) · 09:00 (only for Mia)
          This is for L1, L2, L3 or Lead. Ask a desk admin if you should have that role.
        ");
    });
}
