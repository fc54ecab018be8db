//! What happens by itself as a desk has set it: its own steps, and many of them at once after an outage.

use jiff::SignedDuration;

use crate::harness::{Desk, Given, story};

const P1: &str = "category:network affected:high can_work:high";
const P2: &str = "category:network affected:high can_work:medium";
const MINUTE: SignedDuration = SignedDuration::from_mins(1);

/// A desk of which nobody said that tickets wait to be claimed.
#[track_caller]
fn in_turn(body: impl AsyncFnOnce(&Desk)) {
    Given::default().in_turn().story(body);
}

const STEPS: &str = r#"
[[escalation.P2]]
while = "unclaimed"
after = "20 min"
call = ["L1", "L2"]
leads = "called"
every = "10 min"
times = 1

[[escalation.P2]]
while = "unclaimed"
after = "45 min"
tiers = ["L1"]
raise = true

[[escalation.P2]]
while = "no update"
after = "3 h"
leads = "told"

[[escalation.P2]]
while = "clock 50 %"
leads = "told"
"#;

async fn give(desk: &Desk, text: &str) -> String {
    let file = ("steps.toml", "text/plain", text.as_bytes());
    let ada = desk.person("ada").in_("#general");
    let preview = ada.runs_with("/sla policy", "file", file).await;
    let shown = preview.shown().to_owned();
    if shown.contains("[Apply all of it]") {
        preview.presses("Apply all of it").await;
    }
    shown
}

#[test]
fn an_admin_sets_the_steps_by_a_file_and_tickets_that_are_opened_then_go_by_them() {
    story(async |desk| {
        desk.opens_as("tom", "Nobody can print", P2).await;
        let bad = STEPS.replace("times = 1", "times = 0");
        let bad = bad.replace("\"no update\"", "\"silence\"");
        insta::assert_snapshot!(give(desk, &bad).await, @r#"
        **Deskhand** (bot) · 09:00 (only for Ada)
          2 things are wrong with that file, so nothing of it was taken. Mend it and attach it again; `deskhand sla check` says the same on your machine.
          ┌ Line 8: times is a number from 1 to 50: how often it is done again
          └ Line 17: "silence" is nothing that a step waits for: write "unclaimed", "unaccepted", "no update", "clock 75 %" (or 50, or 90), or "breached"
        "#);
        insta::assert_snapshot!(give(desk, STEPS).await, @"
        **Deskhand** (bot) · 09:00 (only for Ada)
          ┌ What this file changes
          │ **P2** · a clock at 50 per cent: the leads are told
          │ **P2** · not taken for 20 min: everybody on duty at L1 and L2 is called · the leads are called · again every 10 min, once
          │ **P2, L1** · not taken for 45 min: it goes up a tier
          └ **P2** · no word to the requester for 3 h: whoever has it is reminded · the leads are told
          [Apply all of it]
        ");
        let read = desk
            .person("ravi")
            .in_("#l1-queue")
            .runs("/sla policy")
            .await;
        insta::assert_snapshot!(read.shown(), @"
        **Deskhand** (bot) · 09:00 (only for Ravi)
          ┌ What the desk promises
          │ **P1** · first answer 15 min · update every 30 min · solution 4 h · calendar always
          │ **P2** · first answer 30 min · update every 4 h · solution 8 h · calendar always
          │ **P3** · first answer 4 h · update 8 h after their message · solution 24 h · calendar business
          │ **P4** · first answer 8 h · update 24 h after their message · solution 80 h · calendar business
          │ **P2** · a clock at 50 per cent: the leads are told
          │ **P2** · not taken for 20 min: everybody on duty at L1 and L2 is called · the leads are called · again every 10 min, once
          │ **P2, L1** · not taken for 45 min: it goes up a tier
          │ **P2** · no word to the requester for 3 h: whoever has it is reminded · the leads are told
          │ New tickets are promised this; those that are open keep what they were opened with (`/sla recalc` is for them).
          └ Version 1 · warns at 75 and 90 per cent of the time
          ⟨See one category …: *All tickets* | Account and password | Access and permissions | Computer and hardware | Software and licences | Network, Wi-Fi and VPN | Mail and calendar | Printing and scanning | Phones | Meetings and rooms | Files and shared drives | Lost data | Security (confidential) | Joiners, leavers, personal (confidential) | Something else⟩
        ");
        desk.opens_as("mia", "The site is slow", P2).await;
        // The first keeps the steps with which it was opened
        desk.passes(MINUTE * 15).await;
        let leads = desk.channel("#leads").as_("nia").last(2).await;
        assert!(
            leads.contains("**T-0001** · P2 · nobody at L1 has taken it for 15 min"),
            "{leads}"
        );
        desk.claims("sami", "T-0001").await;
        desk.passes(MINUTE * 15).await;
        insta::assert_snapshot!(desk.channel("#escalations").as_("nia").transcript().await, @"
        **Deskhand** (bot) · 09:20
          ┌ **T-0002** · P2 · nobody at L1 has taken it for 20 min
          │ Everybody on duty at L1 and L2 is called.
          │ The site is slow
          └ T-0002·e3
        **Deskhand** (bot) · 09:30
          ┌ **T-0002** · P2 · nobody at L1 has taken it for 30 min
          │ Everybody on duty at L1 and L2 is called.
          │ The site is slow
          └ T-0002·e6
        ");
        insta::assert_snapshot!(desk.channel("#leads").as_("nia").last(3).await, @"
        **Deskhand** (bot) · 09:20
          @Nia: nobody takes T-0002.
          ┌ **T-0002** · P2 · nobody at L1 has taken it for 20 min
          │ Everybody on duty at L1 and L2 is called.
          │ The site is slow
          └ T-0002·e3
        **Deskhand** (bot) · 09:22
          @Nia: look at T-0001.
          ┌ 75 % of the time for the first answer of T-0001 is used up: it runs out ⟨2026-06-15 09:30Z R⟩.
          │ Nobody can print
          └ T-0001·e4
        **Deskhand** (bot) · 09:30
          @Nia: nobody takes T-0002.
          ┌ **T-0002** · P2 · nobody at L1 has taken it for 30 min
          │ Everybody on duty at L1 and L2 is called.
          │ The site is slow
          └ T-0002·e6
        ");
        desk.passes(MINUTE * 15).await;
        insta::assert_snapshot!(desk.channel("#escalations").as_("nia").last(1).await, @"
        **Deskhand** (bot) · 09:45
          ┌ T-0002 · L1 → L2 · P2 · sent by Deskhand ⟨2026-06-15 09:45Z R⟩ · ticket 45 min old
          │ > Nobody at L1 has taken it for 45 minutes, and it is P2, so it comes to you by itself. In the requester's words: The site is slow
          │ Offered to @Ivo.
          │ Staff thread: #T-0002 staff · The site is slow
          └ T-0002
        ");
        // Half of eight hours, and three hours without a word
        desk.person("ivo")
            .in_("#l2-queue")
            .runs("/work accept ticket:T-0002")
            .await;
        desk.passes(MINUTE * 170).await;
        let staff = "T-0002 staff · The site is slow";
        let silent = desk.channel(staff).as_("ivo").transcript().await;
        assert!(!silent.contains("has heard nothing"), "{silent}");
        desk.passes(MINUTE * 10).await;
        insta::assert_snapshot!(desk.channel(staff).as_("ivo").last(1).await, @"
        **Deskhand** (bot) · 12:45
          @Ivo, the requester of T-0002 has heard nothing for 3 h 0 min. Write to them, even if it is only that you are at it.
          -# T-0002·e12
        ");
        insta::assert_snapshot!(desk.channel("#leads").as_("nia").last(2).await, @"
        **Deskhand** (bot) · 09:30
          @Nia: look at T-0001.
          ┌ **T-0001** · P2 · the time for the first answer ran out ⟨2026-06-15 09:30Z R⟩
          │ with @Sami · opened 30 min before
          │ Nobody can print
          └ T-0001·e6
        **Deskhand** (bot) · 12:45
          ┌ **T-0002** · P2 · @Ivo has it, and its requester has heard nothing for 3 h 0 min
          │ The site is slow
          │ Staff thread: #T-0002 staff · The site is slow
          └ T-0002·e12
        ");
        // A word begins it anew
        desk.person("ivo")
            .in_("T-0002 · The site is slow")
            .runs("/work reply text:We are at it")
            .await;
        desk.passes(MINUTE * 180).await;
        let history = desk
            .person("ivo")
            .in_("#l2-queue")
            .runs("/ticket history ticket:T-0002")
            .await;
        insta::assert_snapshot!(history.shown(), @"
        **Deskhand** (bot) · 15:45 (only for Ivo)
          ┌ T-0002: what happened
          │ ⟨2026-06-15 15:00Z f⟩ · 75 % of the time for the solution is used up
          │ ⟨2026-06-15 15:45Z f⟩ · 75 % of the time for the next update is used up
          │ ⟨2026-06-15 15:45Z f⟩ · the requester has heard nothing for 3 h 0 min
          └ Page 2 of 2
          [Back] (Next)
        ");
        // The same file again, and then the usual steps
        assert!(give(desk, STEPS).await.contains("Nothing was changed"));
        let usual = "[[escalation.P3]]\nwhile = \"breached\"\nleads = \"called\"\n";
        insta::assert_snapshot!(give(desk, usual).await, @"
        **Deskhand** (bot) · 15:45 (only for Ada)
          ┌ What this file changes
          │ **P2** · the usual steps again
          └ **P3** · a clock ran out: the leads are called
          [Apply all of it]
        ");
    });
}

#[test]
fn who_is_offered_it_and_does_not_accept_is_passed_over_by_a_step() {
    in_turn(async |desk| {
        give(
            desk,
            "[[escalation.P4]]\nwhile = \"unaccepted\"\nafter = \"20 min\"\nreassign = true\n\n[[escalation.P4]]\nwhile = \"unaccepted\"\nafter = \"40 min\"\nleads = \"told\"\n",
        )
        .await;
        desk.opens("mia", "A new mouse").await;
        let offered = "select group_concat(kind, ' ') from (select kind from event order by seq)";
        let before = desk.database(offered).await;
        assert_eq!(before, "opened offered", "{before}");
        desk.passes(MINUTE * 20).await;
        insta::assert_snapshot!(desk.database(offered).await, @"opened offered climbed released offered");
        insta::assert_snapshot!(desk.channel("#l1-queue").as_("ravi").transcript().await, @"
        **Deskhand** (bot) · 09:00
          @Ravi: it is your turn with T-0001. Accept it, or give it back so that the next one is asked.
          ┌ A new mouse
          │ Accept it by ⟨2026-06-15 13:00Z F⟩, ⟨2026-06-15 13:00Z R⟩. After that it goes to the next.
          └ T-0001·e2
          [Accept] [Give back]
        **Deskhand** (bot) · 09:00
          ┌ T-0001 · A new mouse
          │ Requester: @Mia
          │ About: Network, Wi-Fi and VPN
          │ Priority: P4 · one person · there is a workaround
          │ State: offered
          │ With: @Sami, to accept ⟨2026-06-15 13:20Z R⟩
          │ Opened: ⟨2026-06-15 09:00Z R⟩
          │ Promised: the first answer: ⟨2026-06-15 17:00Z f⟩ (⟨2026-06-15 17:00Z R⟩)
          │ the solution: ⟨2026-06-26 17:00Z f⟩ (⟨2026-06-26 17:00Z R⟩)
          └ T-0001·L1
          [Accept] [Show]
          [Go to the thread ↗]
        **Deskhand** (bot) · 09:20
          @Sami, it is offered to you.
          ┌ @Ravi did not accept T-0001 in time.
          └ T-0001·e5
        ");
        desk.passes(MINUTE * 20).await;
        let leads = desk.channel("#leads").as_("nia").last(1).await;
        assert!(leads.contains("has taken it for 40 min"), "{leads}");
    });
}

#[test]
fn what_becomes_a_p1_while_somebody_has_it_calls_everybody_after_a_moment() {
    story(async |desk| {
        desk.opens("mia", "The VPN is down").await;
        desk.claims("ravi", "T-0001").await;
        let nia = desk.person("nia").in_("#leads");
        let up = "/lead priority ticket:T-0001 to:P1 reason:The board waits";
        nia.runs(up).await;
        desk.passes(SignedDuration::from_secs(9)).await;
        nia.runs("/lead priority ticket:T-0001 to:matrix reason:The wrong ticket")
            .await;
        desk.passes(MINUTE).await;
        assert_eq!(desk.channel("#l1-queue").as_("sami").pings().await, 0);
        nia.runs(up).await;
        // A question meanwhile changes nothing about that
        desk.person("ravi")
            .in_("T-0001 · The VPN is down")
            .runs("/work ask-user question:Since when?")
            .await;
        desk.passes(SignedDuration::from_secs(10)).await;
        assert_eq!(desk.channel("#l1-queue").as_("sami").pings().await, 1);
        let leads = desk.channel("#leads").as_("nia").last(1).await;
        assert!(leads.contains("T-0001 is P1, at L1"), "{leads}");
        desk.passes(MINUTE * 120).await;
        assert_eq!(desk.channel("#l1-queue").as_("sami").pings().await, 1);
    });
}

#[test]
fn many_that_nobody_took_during_an_outage_are_one_post_in_each_channel() {
    story(async |desk| {
        for place in 0..12 {
            let kind = if place % 3 == 0 { P1 } else { P2 };
            let who = ["mia", "tom", "sami", "noor"][place % 4];
            desk.opens_as(who, &format!("Outage {place}"), kind).await;
        }
        desk.stops().await;
        desk.jumps(MINUTE * 26);
        desk.starts().await;
        desk.passes(SignedDuration::ZERO).await;
        insta::assert_snapshot!(desk.channel("#escalations").as_("nia").last(1).await, @"
        **Deskhand** (bot) · 09:26
          ┌ While the desk was away, nobody moved 4 tickets, the longest for 26 min.
          │ **T-0001** · P1 · L1 · not taken for 26 min
          │ **T-0004** · P1 · L1 · not taken for 26 min
          │ **T-0007** · P1 · L1 · not taken for 26 min
          │ **T-0010** · P1 · L1 · not taken for 26 min
          └ desk·r
        ");
        let leads = desk.channel("#leads").as_("nia").transcript().await;
        assert!(
            leads.contains("nobody moved 12 tickets, the longest for 26 min"),
            "{leads}"
        );
        assert_eq!(leads.matches("nobody moved").count(), 1, "{leads}");
        assert!(!leads.contains("has taken it for"), "{leads}");
        insta::assert_snapshot!(desk.channel("#l3-queue").as_("noor").transcript().await, @"
        **Deskhand** (bot) · 09:26
          @Noor @Kai: see what waits here.
          ┌ While the desk was away, nobody moved 4 tickets, the longest for 26 min.
          │ **T-0001** · P1 · L1 · not taken for 26 min
          │ **T-0004** · P1 · L1 · not taken for 26 min
          │ **T-0007** · P1 · L1 · not taken for 26 min
          │ **T-0010** · P1 · L1 · not taken for 26 min
          └ desk·r
        ");
        let twice =
            "select cast(count(*) as text) from (select ticket, body ->> '$.page.rung' from event
             where kind = 'climbed' group by ticket having count(*) > 1)";
        assert_eq!(desk.database(twice).await, "0");
        // What comes after it comes at its time, one by one
        desk.passes(MINUTE * 4).await;
        let next = "select cast(count(*) as text) from event where kind = 'climbed'";
        insta::assert_snapshot!(desk.database(next).await, @"20");
    });
}

#[test]
fn an_offer_stands_longer_where_the_desk_closes_and_the_card_says_until_when() {
    in_turn(async |desk| {
        desk.opens("mia", "A new mouse").await;
        let card = desk.channel("#l1-queue").as_("ravi").transcript().await;
        insta::assert_snapshot!(card, @"
        **Deskhand** (bot) · 09:00
          @Ravi: it is your turn with T-0001. Accept it, or give it back so that the next one is asked.
          ┌ A new mouse
          │ Accept it by ⟨2026-06-15 13:00Z F⟩, ⟨2026-06-15 13:00Z R⟩. After that it goes to the next.
          └ T-0001·e2
          [Accept] [Give back]
        **Deskhand** (bot) · 09:00
          ┌ T-0001 · A new mouse
          │ Requester: @Mia
          │ About: Network, Wi-Fi and VPN
          │ Priority: P4 · one person · there is a workaround
          │ State: offered
          │ With: @Ravi, to accept ⟨2026-06-15 13:00Z R⟩
          │ Opened: ⟨2026-06-15 09:00Z R⟩
          │ Promised: the first answer: ⟨2026-06-15 17:00Z f⟩ (⟨2026-06-15 17:00Z R⟩)
          │ the solution: ⟨2026-06-26 17:00Z f⟩ (⟨2026-06-26 17:00Z R⟩)
          └ T-0001·L1
          [Accept] [Show]
          [Go to the thread ↗]
        ");
        desk.passes(MINUTE * 60).await;
        desk.person("ada")
            .in_("#general")
            .runs("/sla holidays add:2026-06-15")
            .await;
        desk.settles().await;
        let card = desk.channel("#l1-queue").as_("ravi").transcript().await;
        assert!(card.contains("to accept ⟨2026-06-16 12:00Z R⟩"), "{card}");
        let released = "select cast(count(*) as text) from event where kind = 'released'";
        desk.passes(MINUTE * 60 * 26 - SignedDuration::from_secs(1))
            .await;
        assert_eq!(desk.database(released).await, "0");
        desk.passes(SignedDuration::from_secs(1)).await;
        assert_eq!(desk.database(released).await, "1");
    });
}

#[test]
fn who_was_away_is_back_by_themselves_and_reads_what_is_with_them() {
    story(async |desk| {
        desk.opens_as("mia", "The site is slow", P2).await;
        desk.claims("ravi", "T-0001").await;
        let away = desk
            .person("ravi")
            .in_("#l1-queue")
            .runs("/duty away until:2h")
            .await;
        assert!(away.shown().contains("away"), "{}", away.shown());
        desk.passes(MINUTE * 119).await;
        let before = desk.channel("#l1-queue").as_("ravi").transcript().await;
        assert!(!before.contains("is back"), "{before}");
        desk.passes(MINUTE).await;
        let after = desk.channel("#l1-queue").as_("ravi").last(1).await;
        assert!(
            after.contains("@Ravi is back and on duty. One ticket is with them."),
            "{after}"
        );
        desk.passes(MINUTE * 60).await;
        let all = desk.channel("#l1-queue").as_("ravi").transcript().await;
        assert_eq!(all.matches("is back").count(), 1, "{all}");
    });
}

#[test]
fn a_p2_that_ran_out_unseen_mentions_the_leads_whatever_is_done_to_it_next() {
    story(async |desk| {
        desk.opens_as("mia", "The site is slow", P2).await;
        desk.claims("ravi", "T-0001").await;
        // The timers stand still, and a note finds what ran out
        desk.jumps(MINUTE * 31);
        desk.person("ravi")
            .in_("#l1-queue")
            .runs("/work note ticket:T-0001 text:Looking")
            .await;
        desk.settles().await;
        let leads = desk.channel("#leads").as_("nia").last(1).await;
        assert!(
            leads.contains("@Nia") && leads.contains("ran out"),
            "{leads}"
        );
    });
}
