//! How a ticket ends early, for good, or not after all.

use jiff::SignedDuration;

use crate::harness::story;

const THREAD: &str = "T-0001 · The VPN is down";

#[test]
fn the_requester_agrees_and_it_closes() {
    story(async |desk| {
        desk.opens("mia", "The VPN is down").await;
        desk.claims("ravi", "T-0001").await;
        desk.resolves("ravi", "T-0001").await;
        insta::assert_snapshot!(desk.channel(THREAD).as_("mia").last(1).await, @"
        **Deskhand** (bot) · 09:00
          @Mia
          ┌ T-0001 is resolved
          │ > The certificate was renewed; connect again and it works.
          │ More about it: VPN does not connect
          │ Is it? *All good* closes it. *Still broken* opens it again, until ⟨2026-06-20 09:00Z R⟩.
          │ How it ended: @Ravi · Fixed: the cause is gone
          └ T-0001·e3
          [All good] [Still broken]
        ");
        // Nobody agrees for somebody else
        let ravi = desk.person("ravi").in_(THREAD);
        insta::assert_snapshot!(ravi.presses("All good").await.shown(), @"
        **Deskhand** (bot) · 09:00 (only for Ravi)
          You cannot confirm T-0001. Only its requester can.
        ");
        let confirmed = desk.person("mia").in_(THREAD).presses("All good").await;
        insta::assert_snapshot!(confirmed.shown(), @"
        **Deskhand** (bot) · 09:00 (only for Mia)
          Thank you. T-0001 is closed.
        ");
        assert_eq!(desk.standing().await, "T-0001 closed L1 Ravi");
    });
}

#[test]
fn thanks_does_not_reopen_but_still_broken_does() {
    story(async |desk| {
        desk.opens("mia", "The VPN is down").await;
        desk.claims("ravi", "T-0001").await;
        desk.resolves("ravi", "T-0001").await;
        let mia = desk.person("mia").in_(THREAD);
        mia.says("thanks!").await;
        desk.eventually("she is asked once", async || {
            mia.last(1).await.contains("still broken?")
        })
        .await;
        mia.says("you are the best").await;
        assert_eq!(desk.standing().await, "T-0001 resolved L1 Ravi");
        insta::assert_snapshot!(mia.last(3).await, @"
        **Mia** · 09:00
          thanks!
        **Deskhand** (bot) · 09:00
          @Mia, this is resolved, so nobody is waiting for messages here. Is something still broken?
          -# desk·r
          [All good] [Still broken]
        **Mia** · 09:00
          you are the best
        ");

        let form = mia.presses("Still broken").await;
        insta::assert_snapshot!(form.shown(), @"
        Form: Open T-0001 again
          What is still broken? *:
        ");
        let again = form
            .submits(&[("reason", "It broke again after lunch")])
            .await;
        insta::assert_snapshot!(again.shown(), @"
        **Deskhand** (bot) · 09:00 (only for Mia)
          T-0001 is open again, with @Ravi.
        ");
        assert_eq!(desk.standing().await, "T-0001 in_progress L1 Ravi");
        insta::assert_snapshot!(desk.channel(THREAD).as_("ravi").last(1).await, @"
        **Deskhand** (bot) · 09:00
          @Ravi, it is with you again.
          ┌ @Mia says that it is not solved yet:
          │ > It broke again after lunch
          └ T-0001·e4
        ");

        // The second time the leads hear of it, and who is off duty does not get it back
        desk.resolves("ravi", "T-0001").await;
        desk.person("sami").in_("#l1-queue").runs("/duty on").await;
        desk.person("ravi").in_("#l1-queue").runs("/duty off").await;
        let again = mia.runs("/ticket reopen reason:And again").await;
        insta::assert_snapshot!(again.shown(), @"
        **Deskhand** (bot) · 09:00 (only for Mia)
          T-0001 is open again. The next free person takes it.
        ");
        assert_eq!(desk.standing().await, "T-0001 new L1 -");
        insta::assert_snapshot!(desk.channel("#leads").as_("nia").last(1).await, @"
        **Deskhand** (bot) · 09:00
          ┌ T-0001 was reopened, the 2. time. Have a look at why it does not stay solved.
          │ The VPN is down
          └ T-0001·e6
        ");
    });
}

#[test]
fn after_the_window_nothing_is_reopened() {
    story(async |desk| {
        desk.opens("mia", "The VPN is down").await;
        desk.claims("ravi", "T-0001").await;
        desk.resolves("ravi", "T-0001").await;
        desk.passes(SignedDuration::from_hours(24 * 6)).await;
        assert_eq!(desk.standing().await, "T-0001 closed L1 Ravi");
        let line = "/ticket reopen ticket:T-0001 reason:It is back";
        insta::assert_snapshot!(desk.person("mia").in_("#help").runs(line).await.shown(), @"
        **Deskhand** (bot) · 09:00 (only for Mia)
          T-0001 is *closed*, so you cannot reopen it. Nothing was done. If the trouble is back, open a new ticket and name this one.
          ┌ What you typed is not lost; copy it from here and try again.
          └ What is still broken?: > It is back
        ");
    });
}

#[test]
fn a_ticket_that_nobody_answered_can_be_withdrawn() {
    story(async |desk| {
        desk.opens("mia", "The VPN is down").await;
        let mia = desk.person("mia").in_(THREAD);
        let form = mia.runs("/ticket show").await.presses("Withdraw").await;
        insta::assert_snapshot!(form.shown(), @"
        Form: Withdraw T-0001
          Why? (optional):
        ");
        let gone = form.submits(&[("reason", "")]).await;
        insta::assert_snapshot!(gone.shown(), @"
        **Deskhand** (bot) · 09:00 (only for Mia)
          T-0001 is withdrawn.
        ");
        assert_eq!(desk.standing().await, "T-0001 cancelled L1 -");
        insta::assert_snapshot!(desk.channel(THREAD).as_("mia").last(1).await, @"
        **Deskhand** (bot) · 09:00
          ┌ @Mia withdrew this. Nothing more happens with it.
          └ T-0001·e2
        ");
        insta::assert_snapshot!(desk.channel("#l1-queue").as_("ravi").last(1).await, @"
        **Deskhand** (bot) · 09:00
          T-0001 is cancelled, see #T-0001 · The VPN is down.
          -# T-0001·L1
        ");
    });
}

#[test]
fn once_somebody_works_on_it_only_a_lead_ends_it_with_a_reason() {
    story(async |desk| {
        desk.opens("mia", "The VPN is down").await;
        desk.claims("ravi", "T-0001").await;
        let line = "/ticket cancel ticket:T-0001 reason:Never mind";
        insta::assert_snapshot!(desk.person("mia").in_(THREAD).runs(line).await.shown(), @"
        **Deskhand** (bot) · 09:00 (only for Mia)
          T-0001 is *in progress*, by @Ravi, so you cannot cancel it. Nothing was done. Somebody works on it already: say in the thread that you do not need it any more.
          ┌ What you typed is not lost; copy it from here and try again.
          └ Why? (optional): > Never mind
        ");
        insta::assert_snapshot!(desk.person("ravi").in_(THREAD).runs(line).await.shown(), @"
        **Deskhand** (bot) · 09:00 (only for Ravi)
          You cannot cancel T-0001. Its requester can, or a lead.
          ┌ What you typed is not lost; copy it from here and try again.
          └ Why? The requester reads your reason.: > Never mind
        ");
        let line = "/ticket cancel ticket:T-0001 reason:This is a test of the new starters";
        let ended = desk.person("nia").in_("#l1-queue").runs(line).await;
        insta::assert_snapshot!(ended.shown(), @"
        **Deskhand** (bot) · 09:00 (only for Nia)
          T-0001 is ended. The requester reads your reason in the thread.
        ");
        assert_eq!(desk.standing().await, "T-0001 cancelled L1 -");
        insta::assert_snapshot!(desk.channel(THREAD).as_("mia").last(1).await, @"
        **Deskhand** (bot) · 09:00
          ┌ @Nia ends this without a solution:
          │ > This is a test of the new starters
          └ T-0001·e3
        ");
    });
}
