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
          │ Solved for you too? *All good* closes it. *Still broken* opens it again, until ⟨2026-06-20 09:00Z R⟩.
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
          One more thing, if you like: how did it go?
          [1 · bad] [2] [3 · fair] [4] [5 · good]
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
          T-0002 follows T-0001, which is closed. Everything said there goes along.
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

#[test]
fn who_agrees_is_asked_how_it_went_and_a_bad_answer_goes_to_the_leads() {
    story(async |desk| {
        desk.opens("mia", "The VPN is down").await;
        desk.claims("ravi", "T-0001").await;
        desk.resolves("ravi", "T-0001").await;
        let mia = desk.person("mia").in_(THREAD);
        let confirmed = mia.presses("All good").await;
        insta::assert_snapshot!(confirmed.shown(), @"
        **Deskhand** (bot) · 09:00 (only for Mia)
          Thank you. T-0001 is closed.
          One more thing, if you like: how did it go?
          [1 · bad] [2] [3 · fair] [4] [5 · good]
        ");
        let rated = confirmed.presses("2").await;
        insta::assert_snapshot!(rated.shown(), @"
        **Deskhand** (bot) · 09:00 (only for Mia)
          Thank you. What should have been better? A lead reads it.
          [Say why]
        ");
        let form = rated.presses("Say why").await;
        insta::assert_snapshot!(form.shown(), @"
        Form: How T-0001 went
          What went well, what did not? (optional):
        ");
        let thanks = form
            .submits(&[("comment", "Nobody told me anything for a day")])
            .await;
        insta::assert_snapshot!(thanks.shown(), @"
        **Deskhand** (bot) · 09:00 (only for Mia)
          Thank you for saying so.
        ");
        insta::assert_snapshot!(desk.channel("#leads").as_("nia").last(2).await, @"
        **Deskhand** (bot) · 09:00
          ┌ The requester of T-0001 was not content: 2 of 5.
          │ The VPN is down
          └ T-0001·e6
        **Deskhand** (bot) · 09:00
          ┌ The requester of T-0001 was not content: 2 of 5.
          │ > Nobody told me anything for a day
          │ The VPN is down
          └ T-0001·e7
        ");
        let whole = desk.channel(THREAD).as_("ravi").transcript().await;
        assert!(
            !whole.contains("Nobody told me"),
            "the assignee does not read it: {whole}"
        );
        desk.passes(SignedDuration::from_mins(15)).await;
        assert_eq!(
            mia.cannot_say("One more thing").await,
            "Thread is archived (code 50083)",
            "the thread is locked once it is said"
        );
        // Nobody says it for her.
        let line = "/ticket rate ticket:T-0001 score:5";
        insta::assert_snapshot!(desk.person("ravi").in_("#l1-queue").runs(line).await.shown(), @"
        **Deskhand** (bot) · 09:15 (only for Ravi)
          You cannot rate T-0001. Only its requester can.
        ");
    });
}

#[test]
fn who_says_nothing_is_asked_once_directly_and_the_thread_waits_for_the_answer() {
    story(async |desk| {
        desk.opens("mia", "The VPN is down").await;
        desk.claims("ravi", "T-0001").await;
        desk.resolves("ravi", "T-0001").await;
        desk.passes(SignedDuration::from_hours(2)).await;
        let direct = desk.person("mia").in_("@bot");
        insta::assert_snapshot!(direct.transcript().await, @"
        **Deskhand** (bot) · 10:00
          How did it go with T-0001 · The VPN is down? One press is enough.
          -# T-0001·e4
          [1 · bad] [2] [3 · fair] [4] [5 · good]
        ");
        desk.passes(SignedDuration::from_hours(24 * 5)).await;
        assert_eq!(desk.standing().await, "T-0001 closed L1 Ravi");
        desk.person("mia")
            .in_(THREAD)
            .says("I can still write")
            .await;
        let thanks = direct.presses("5 · good").await;
        insta::assert_snapshot!(thanks.shown(), @"
        **Deskhand** (bot) · 11:00
          Thank you for saying so.
          [Say why]
        ");
        desk.passes(SignedDuration::from_mins(15)).await;
        desk.person("mia")
            .in_(THREAD)
            .cannot_say("Not any more")
            .await;
        assert_eq!(
            direct.transcript().await.matches("How did it go").count(),
            1,
            "asked once"
        );
    });
}
