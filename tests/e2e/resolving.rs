//! Resolving, and what becomes of a resolved ticket.

use jiff::SignedDuration;

use crate::harness::{DONE, story};

const THREAD: &str = "T-0001 · The VPN is down";

#[test]
fn by_button_a_draft_asks_how_it_ended() {
    story(async |desk| {
        desk.opens("mia", "The VPN is down").await;
        desk.person("ravi").in_("#l1-queue").presses("Claim").await;

        let draft = desk
            .person("ravi")
            .in_("#l1-queue")
            .presses("Resolve")
            .await;
        assert!(draft.is_private());
        insta::assert_snapshot!(draft.shown(), @r"
        **Deskhand** (bot) · 09:00 (only for Ravi)
          ┌ Resolve T-0001
          └ How did it end, and which article answers it?
          ⟨How did it end?: Fixed: the cause is gone | Workaround: work goes on, the cause remains | Answered: something was explained | Provided: a right, a licence, a device | No fault found | Declined: it will not be done⟩
          ⟨Which article answers it?: VPN does not connect | None fits⟩
          [Continue] [Cancel]
        ");
        let early = draft.presses("Continue").await;
        insta::assert_snapshot!(early.shown(), @r"
        **Deskhand** (bot) · 09:00 (only for Ravi)
          One thing first: choose how it ended and an article, or that none fits.
          ┌ Resolve T-0001
          └ How did it end, and which article answers it?
          ⟨How did it end?: Fixed: the cause is gone | Workaround: work goes on, the cause remains | Answered: something was explained | Provided: a right, a licence, a device | No fault found | Declined: it will not be done⟩
          ⟨Which article answers it?: VPN does not connect | None fits⟩
          [Continue] [Cancel]
        ");
        let draft = early
            .chooses("How did it end?", "Fixed: the cause is gone")
            .await;
        let draft = draft
            .chooses("Which article answers it?", "VPN does not connect")
            .await;
        let form = draft.presses("Continue").await;
        insta::assert_snapshot!(form.shown(), @r"
        Form: Resolve T-0001
          What was done? The requester reads this. *:
        ");
        let resolved = form.submits(&[("done", DONE)]).await;

        insta::assert_snapshot!(resolved.shown(), @r"
        **Deskhand** (bot) · 09:00 (only for Ravi)
          T-0001 is resolved. The requester reads what you wrote in the thread.
          [Go to the thread ↗]
        ");
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
        insta::assert_snapshot!(desk.channel("#l1-queue").as_("ravi").last_alone(1).await, @r"
        **Deskhand** (bot) · 09:00 (only for Ravi)
          T-0001 is resolved. The requester reads what you wrote in the thread.
          [Go to the thread ↗]
        ");
    });
}

#[test]
fn without_an_article_one_says_why() {
    story(async |desk| {
        desk.opens("mia", "The VPN is down").await;
        desk.claims("ravi", "T-0001").await;
        let ravi = desk.person("ravi").in_(THREAD);
        let form = ravi.runs("/work resolve code:workaround").await;
        insta::assert_snapshot!(form.shown(), @r"
        Form: Resolve T-0001
          What was done? The requester reads this. *:
          Why does no article fit? *:
        ");
        let resolved = form
            .submits(&[
                ("done", DONE),
                ("why_none", "Nobody has written one about certificates"),
            ])
            .await;
        assert!(resolved.shown().contains("T-0001 is resolved"));
        // The requester reads what was done, not why the desk lacks an article.
        let read = desk.channel(THREAD).as_("mia").last(1).await;
        assert!(!read.contains("certificates"), "{read}");
    });
}

#[test]
fn a_lead_resolves_for_somebody_else_with_a_reason() {
    story(async |desk| {
        desk.opens("mia", "The VPN is down").await;
        desk.claims("ravi", "T-0001").await;
        let nia = desk.person("nia").in_(THREAD);
        let form = nia
            .runs("/work resolve code:fixed article:network/vpn-does-not-connect")
            .await;
        insta::assert_snapshot!(form.shown(), @r"
        Form: Resolve T-0001
          What was done? The requester reads this. *:
          Why do you resolve it for somebody else? *:
        ");
        form.submits(&[("done", DONE), ("reason", "Ravi is ill today")])
            .await;
        assert_eq!(desk.standing().await, "T-0001 resolved L1 Ravi");
    });
}

#[test]
fn articles_are_found_by_a_word_of_their_title() {
    story(async |desk| {
        desk.opens("mia", "The VPN is down").await;
        desk.claims("ravi", "T-0001").await;
        let ravi = desk.person("ravi").in_(THREAD);
        let found = ravi.completes("work resolve", "article", "vpn").await;
        assert_eq!(
            found.first().map(String::as_str),
            Some("VPN does not connect")
        );
        let refused = ravi.runs("/work resolve code:fixed article:nonsense").await;
        insta::assert_snapshot!(refused.shown(), @r"
        **Deskhand** (bot) · 09:00 (only for Ravi)
          There is no article “nonsense”. Type a word of its title and choose from the list.
        ");
    });
}

#[test]
fn who_does_not_have_it_does_not_resolve_it() {
    story(async |desk| {
        desk.opens("mia", "The VPN is down").await;
        let unclaimed = desk
            .person("ravi")
            .in_("#l1-queue")
            .runs("/work resolve ticket:T-0001 code:fixed")
            .await;
        insta::assert_snapshot!(unclaimed.shown(), @r"
        **Deskhand** (bot) · 09:00 (only for Ravi)
          You cannot resolve T-0001. Whoever works on it can, or a lead.
        ");
        desk.claims("ravi", "T-0001").await;
        let colleague = desk
            .person("sami")
            .in_("#l1-queue")
            .runs("/work resolve ticket:T-0001 code:fixed")
            .await;
        insta::assert_snapshot!(colleague.shown(), @r"
        **Deskhand** (bot) · 09:00 (only for Sami)
          You cannot resolve T-0001. Whoever works on it can, or a lead.
        ");
    });
}

#[test]
fn five_days_later_it_is_closed_and_after_seven_its_thread_is_locked() {
    story(async |desk| {
        desk.opens("mia", "The VPN is down").await;
        desk.claims("ravi", "T-0001").await;
        desk.resolves("ravi", "T-0001").await;

        desk.passes(SignedDuration::from_hours(5 * 24) - SignedDuration::from_secs(1))
            .await;
        assert_eq!(desk.standing().await, "T-0001 resolved L1 Ravi");
        desk.passes(SignedDuration::from_secs(1)).await;

        assert_eq!(desk.standing().await, "T-0001 closed L1 Ravi");
        insta::assert_snapshot!(desk.channel(THREAD).as_("mia").last(1).await, @"
        **Deskhand** (bot) · 09:00
          ┌ T-0001 is closed. If the trouble comes back, `/ticket reopen` opens a follow-up that knows all of this.
          └ T-0001·e5
        ");
        // Nobody can press a button in a locked thread, so it waits for the rating as long as one counts.
        desk.person("mia").in_(THREAD).says("Thank you").await;
        desk.passes(SignedDuration::from_hours(2 * 24)).await;
        insta::assert_snapshot!(
            desk.person("mia").in_(THREAD).cannot_say("It is broken again").await,
            @"Thread is archived (code 50083)"
        );
    });
}

#[test]
fn a_ticket_is_closed_once_although_the_desk_was_down() {
    story(async |desk| {
        desk.opens("mia", "The VPN is down").await;
        desk.claims("ravi", "T-0001").await;
        desk.resolves("ravi", "T-0001").await;
        desk.stops().await;
        desk.jumps(SignedDuration::from_hours(30 * 24));
        desk.starts().await;
        desk.eventually("the ticket is closed", async || {
            desk.standing().await == "T-0001 closed L1 Ravi"
        })
        .await;
        desk.settles().await;
        let thread = desk.channel(THREAD).as_("mia").transcript().await;
        assert_eq!(thread.matches("T-0001 is closed").count(), 1, "{thread}");
    });
}
