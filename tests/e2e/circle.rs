//! Who takes part in a ticket without owning it: people who are added, staff who watch, and reminders.

use jiff::SignedDuration;

use crate::harness::story;

const THREAD: &str = "T-0001 · The VPN is down";

#[test]
fn a_requester_adds_a_colleague_who_reads_and_writes_and_leaves_again() {
    story(async |desk| {
        desk.opens("mia", "The VPN is down").await;
        assert!(!desk.person("tom").sees(THREAD).await);

        // Mia adds Tom with the mouse, from the ticket
        let shown = desk.person("mia").in_(THREAD).runs("/ticket show").await;
        let people = shown.presses("People").await;
        insta::assert_snapshot!(people.shown(), @"
        **Deskhand** (bot) · 09:00 (only for Mia)
          **Who takes part in T-0001**
          @Mia asked for help. Beside them: nobody else so far
          ⟨Add somebody: people⟩
        ");
        let added = people.chooses("Add somebody", "tom").await;
        insta::assert_snapshot!(added.shown(), @"
        **Deskhand** (bot) · 09:00 (only for Mia)
          @Tom takes part in T-0001 now and is called in its thread.
        ");
        insta::assert_snapshot!(desk.channel(THREAD).as_("tom").last(1).await, @"
        **Deskhand** (bot) · 09:00
          @Tom, you were added to this ticket.
          ┌ Added by @Mia. You can read what was said before, and write here.
          └ T-0001·e2
        ");
        desk.person("tom")
            .in_(THREAD)
            .says("It fails for me too")
            .await;

        // Tom decides nothing: he cannot withdraw it, nor add others
        let no = desk.person("tom").in_(THREAD).runs("/ticket cancel").await;
        insta::assert_snapshot!(no.shown(), @"
        **Deskhand** (bot) · 09:00 (only for Tom)
          You cannot cancel T-0001. Its requester can, or a lead.
        ");
        let no = desk
            .person("tom")
            .in_(THREAD)
            .runs("/work people add:@Sami")
            .await;
        insta::assert_snapshot!(no.shown(), @"
        **Deskhand** (bot) · 09:00 (only for Tom)
          You cannot change who takes part in T-0001. Whoever works on it can, or a lead.
        ");
        // but he sees how it stands
        let shown = desk.person("tom").in_(THREAD).runs("/ticket show").await;
        assert!(shown.shown().contains("The VPN is down"));

        let twice = desk
            .person("mia")
            .in_(THREAD)
            .runs("/work people add:@Tom")
            .await;
        insta::assert_snapshot!(twice.shown(), @"
        **Deskhand** (bot) · 09:00 (only for Mia)
          @Tom takes part in T-0001 already.
        ");

        // and out again
        let people = desk.person("mia").in_(THREAD).runs("/work people").await;
        let removed = people.chooses("Take somebody out", "Tom").await;
        insta::assert_snapshot!(removed.shown(), @"
        **Deskhand** (bot) · 09:00 (only for Mia)
          @Tom no longer takes part in T-0001.
        ");
        assert!(!desk.person("tom").sees(THREAD).await);
        let no = desk
            .person("mia")
            .in_(THREAD)
            .runs("/work people remove:@Tom")
            .await;
        insta::assert_snapshot!(no.shown(), @"
        **Deskhand** (bot) · 09:00 (only for Mia)
          @Tom does not take part in T-0001. `/work people` shows who does.
        ");
        insta::assert_snapshot!(desk.channel(THREAD).as_("mia").last(1).await, @"· Deskhand removed Tom from the thread · 09:00");
    });
}

#[test]
fn who_watches_hears_of_each_step_and_not_of_their_own() {
    story(async |desk| {
        desk.opens("mia", "The VPN is down").await;
        desk.claims("ravi", "T-0001").await;
        // The staff thread is there before anybody is told of a step
        desk.person("ravi")
            .in_("#l1-queue")
            .runs("/work note ticket:T-0001 text:It is the gateway")
            .await;
        desk.settles().await;
        let watching = desk
            .person("sami")
            .in_("#l1-queue")
            .runs("/work watch ticket:T-0001")
            .await;
        insta::assert_snapshot!(watching.shown(), @"
        **Deskhand** (bot) · 09:00 (only for Sami)
          You watch T-0001 and hear of its steps by direct message. The same command ends it.
        ");
        desk.person("nia")
            .in_("#l1-queue")
            .runs("/work watch ticket:T-0001")
            .await;

        desk.escalates("ravi", "T-0001").await;
        desk.accepts("ivo", "T-0001").await;
        insta::assert_snapshot!(desk.channel("@bot").as_("sami").transcript().await, @"
        **Deskhand** (bot) · 09:00
          ┌ T-0001, which you watch, is now *offered* to @Ivo. Last step by @Ravi.
          └ T-0001·e7
          [Go to the staff thread ↗]
        **Deskhand** (bot) · 09:00
          ┌ T-0001, which you watch, is now *in progress*, by @Ivo. Last step by @Ivo.
          └ T-0001·e8
          [Go to the staff thread ↗]
        ");
        assert_eq!(desk.person("ravi").pings().await, 0);

        // A note, an answer and a message move nothing
        desk.person("ivo")
            .in_("#l2-queue")
            .runs("/work note ticket:T-0001 text:Looking at the certificate")
            .await;
        // Sami has heard enough
        let over = desk
            .person("sami")
            .in_("#l1-queue")
            .runs("/work watch ticket:T-0001")
            .await;
        insta::assert_snapshot!(over.shown(), @"
        **Deskhand** (bot) · 09:00 (only for Sami)
          You no longer watch T-0001.
        ");
        desk.resolves("ivo", "T-0001").await;
        insta::assert_snapshot!(desk.channel("@bot").as_("sami").last(1).await, @"
        **Deskhand** (bot) · 09:00
          ┌ T-0001, which you watch, is now *in progress*, by @Ivo. Last step by @Ivo.
          └ T-0001·e8
          [Go to the staff thread ↗]
        ");
        insta::assert_snapshot!(desk.channel("@bot").as_("nia").last(1).await, @"
        **Deskhand** (bot) · 09:00
          ┌ T-0001, which you watch, is now *resolved*, by @Ivo. Last step by @Ivo.
          └ T-0001·e11
          [Go to the staff thread ↗]
        ");
    });
}

#[test]
fn a_member_cannot_watch_and_l1_cannot_watch_what_l2_has() {
    story(async |desk| {
        desk.opens("mia", "The VPN is down").await;
        desk.claims("ravi", "T-0001").await;
        desk.escalates("ravi", "T-0001").await;
        desk.accepts("ivo", "T-0001").await;
        for who in ["mia", "sami"] {
            let no = desk
                .person(who)
                .in_("#help")
                .runs("/work watch ticket:T-0001")
                .await;
            assert!(no.is_private());
        }
        let no = desk.person("sami").in_("#l1-queue");
        let no = no.runs("/work watch ticket:T-0001").await;
        insta::assert_snapshot!(no.shown(), @"
        **Deskhand** (bot) · 09:00 (only for Sami)
          No ticket T-0001 that you can see. Check the number, or find yours with `/ticket list`.
        ");
    });
}

#[test]
fn a_reminder_comes_when_it_is_due_also_after_a_restart() {
    story(async |desk| {
        desk.opens("mia", "The VPN is down").await;
        desk.claims("ravi", "T-0001").await;
        let ravi = desk.person("ravi").in_("#l1-queue");
        let set = ravi
            .runs("/work remind ticket:T-0001 in:2h text:Whether the new cable arrived")
            .await;
        insta::assert_snapshot!(set.shown(), @"
        **Deskhand** (bot) · 09:00 (only for Ravi)
          I will remind you of T-0001 ⟨2026-06-15 11:00Z R⟩.
        ");
        let form = ravi.runs("/work remind ticket:T-0001").await;
        insta::assert_snapshot!(form.shown(), @"
        Form: Remind me of T-0001
          After how long *:
          Of what:
        ");
        let wrong = form
            .submits(&[("in", "soon"), ("text", "Ask Mia again")])
            .await;
        insta::assert_snapshot!(wrong.shown(), @"
        **Deskhand** (bot) · 09:00 (only for Ravi)
          The option `in` needs a span of time between a minute and a year, such as 30m, 2h, 3d or 1w. Correct it and try again.
          ┌ What you typed is not lost; copy it from here and try again.
          └ Of what: > Ask Mia again
        ");
        let form = ravi.runs("/work remind ticket:T-0001").await;
        form.submits(&[("in", "3 hours"), ("text", "")]).await;

        desk.stops().await;
        desk.jumps(SignedDuration::from_mins(119));
        desk.starts().await;
        desk.passes(SignedDuration::from_mins(1)).await;
        insta::assert_snapshot!(desk.channel("@bot").as_("ravi").transcript().await, @"
        **Deskhand** (bot) · 11:00
          @Ravi, you wanted to be reminded of T-0001.
          ┌ > Whether the new cable arrived
          └ desk·r
        ");
        desk.passes(SignedDuration::from_hours(1)).await;
        insta::assert_snapshot!(desk.channel("@bot").as_("ravi").last(1).await, @"
        **Deskhand** (bot) · 12:00
          @Ravi, you wanted to be reminded of T-0001.
          -# desk·r
        ");
        desk.passes(SignedDuration::from_hours(5)).await;
        assert_eq!(
            desk.database("select cast(count(*) as text) from timer where kind = 'remind' and fired_at is not null")
                .await,
            "2",
            "each fired once"
        );
    });
}

#[test]
fn a_bot_takes_no_part() {
    story(async |desk| {
        desk.opens("mia", "The VPN is down").await;
        let mia = desk.person("mia").in_(THREAD);
        let people = mia.runs("/ticket show").await.presses("People").await;
        let no = people.chooses("Add somebody", "Deskhand").await;
        insta::assert_snapshot!(no.shown(), @"
        **Deskhand** (bot) · 09:00 (only for Mia)
          @Deskhand is a bot. Choose a person.
        ");
        let ravi = desk.person("ravi").in_("#l1-queue");
        let no = ravi.runs("/work people ticket:T-0001 add:@Deskhand").await;
        insta::assert_snapshot!(no.shown(), @"
        **Deskhand** (bot) · 09:00 (only for Ravi)
          @Deskhand is a bot. Choose a person.
        ");
    });
}
