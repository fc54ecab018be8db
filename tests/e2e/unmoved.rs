//! What happens by itself while nobody takes a ticket.

use jiff::SignedDuration;

use crate::harness::{Desk, Given, story};

const P1: &str = "category:network affected:high can_work:high";
const P2: &str = "category:network affected:high can_work:medium";
const MINUTE: SignedDuration = SignedDuration::from_mins(1);

async fn reached(desk: &Desk) -> String {
    desk.database(
        "select coalesce(group_concat(
             ((at - (select opened_at from ticket)) / 60000) || ':' || (body ->> '$.page.rung') || '.' || (body ->> '$.page.repeat'), ' '
         ), '') from event where kind = 'climbed'",
    )
    .await
}

#[test]
fn a_p1_that_nobody_takes_climbs_to_the_top_and_ends_there() {
    story(async |desk| {
        desk.opens_as("mia", "The whole site is offline", P1).await;
        // First contact and diagnosis are called at once
        for (who, queue) in [
            ("ravi", "#l1-queue"),
            ("sami", "#l1-queue"),
            ("ivo", "#l2-queue"),
        ] {
            assert_eq!(desk.channel(queue).as_(who).pings().await, 1, "{who}");
        }
        assert_eq!(desk.channel("#l3-queue").as_("noor").pings().await, 0);
        desk.passes(MINUTE * 5).await;
        assert_eq!(desk.channel("#l2-queue").as_("ivo").pings().await, 2);
        desk.passes(MINUTE * 5).await;
        assert_eq!(desk.channel("#l3-queue").as_("noor").pings().await, 1);
        insta::assert_snapshot!(desk.channel("#escalations").as_("nia").transcript().await, @"
        **Deskhand** (bot) · 09:05
          ┌ **T-0001** · P1 · nobody at L1 has taken it for 5 min
          │ Everybody on duty at L2 is called.
          │ The whole site is offline
          └ T-0001·e2
        **Deskhand** (bot) · 09:10
          ┌ **T-0001** · P1 · nobody at L1 has taken it for 10 min
          │ Everybody on duty at L3 is called.
          │ The whole site is offline
          └ T-0001·e3
        ");
        insta::assert_snapshot!(desk.channel("#leads").as_("nia").transcript().await, @"
        **Deskhand** (bot) · 09:00
          @Ada, the set-up is done as far as it goes.
          -# desk·r
        **Deskhand** (bot) · 09:00
          ┌ T-0001 is P1, at L1. Everybody on duty there is called.
          │ The whole site is offline
          └ T-0001·e1
        **Deskhand** (bot) · 09:05
          @Nia: nobody takes T-0001.
          ┌ **T-0001** · P1 · nobody at L1 has taken it for 5 min
          │ Everybody on duty at L2 is called.
          │ The whole site is offline
          └ T-0001·e2
        **Deskhand** (bot) · 09:10
          @Nia: nobody takes T-0001.
          ┌ **T-0001** · P1 · nobody at L1 has taken it for 10 min
          │ Everybody on duty at L3 is called.
          │ The whole site is offline
          └ T-0001·e3
        ");
        insta::assert_snapshot!(desk.channel("#l3-queue").as_("noor").transcript().await, @"
        **Deskhand** (bot) · 09:10
          @Noor @Kai: T-0001 is P1. Whoever claims it first has it.
          ┌ The whole site is offline
          └ T-0001·e3
        ");
        // Nine times more, and never again
        desk.passes(MINUTE * (24 * 60)).await;
        insta::assert_snapshot!(reached(desk).await, @"5:1.0 10:2.0 25:2.1 40:2.2 55:2.3 70:2.4 85:2.5 100:2.6 115:2.7 130:2.8 145:2.9");
        assert_eq!(desk.channel("#l3-queue").as_("noor").pings().await, 10);
        let lines = desk.channel("#escalations").as_("nia").transcript().await;
        let last: Vec<&str> = lines
            .lines()
            .filter(|line| line.contains("nobody at"))
            .collect();
        insta::assert_snapshot!(last.join("\n"), @"
        ┌ **T-0001** · P1 · nobody at L1 has taken it for 5 min
        ┌ **T-0001** · P1 · nobody at L1 has taken it for 10 min
        ┌ **T-0001** · P1 · nobody at L1 has taken it for 25 min
        ┌ **T-0001** · P1 · nobody at L1 has taken it for 40 min
        ┌ **T-0001** · P1 · nobody at L1 has taken it for 55 min
        ┌ **T-0001** · P1 · nobody at L1 has taken it for 1 h 10 min
        ┌ **T-0001** · P1 · nobody at L1 has taken it for 1 h 25 min
        ┌ **T-0001** · P1 · nobody at L1 has taken it for 1 h 40 min
        ┌ **T-0001** · P1 · nobody at L1 has taken it for 1 h 55 min
        ┌ **T-0001** · P1 · nobody at L1 has taken it for 2 h 10 min
        ┌ **T-0001** · P1 · nobody at L1 has taken it for 2 h 25 min
        ");
        assert_eq!(lines.matches("Nobody is called again by itself").count(), 1);
    });
}

#[test]
fn a_claim_ends_it() {
    story(async |desk| {
        desk.opens_as("mia", "The whole site is offline", P1).await;
        desk.passes(MINUTE * 6).await;
        desk.claims("ivo", "T-0001").await;
        desk.passes(MINUTE * 300).await;
        insta::assert_snapshot!(reached(desk).await, @"5:1.0");
        // Given back, it begins anew, and whoever is there is called again
        let ivo = desk.person("ivo").in_("#l2-queue");
        ivo.runs("/work release ticket:T-0001 reason:I am called to another site")
            .await;
        assert_eq!(desk.standing().await, "T-0001 new L1 -");
        desk.passes(MINUTE * 5).await;
        insta::assert_snapshot!(reached(desk).await, @"5:1.0 311:1.0");
    });
}

#[test]
fn a_p2_that_nobody_takes_goes_up_by_itself_and_says_what_is_known() {
    story(async |desk| {
        desk.opens_as("mia", "The whole floor has no VPN", P2).await;
        desk.passes(MINUTE * 15).await;
        insta::assert_snapshot!(desk.channel("#leads").as_("nia").last(1).await, @"
        **Deskhand** (bot) · 09:15
          ┌ **T-0001** · P2 · nobody at L1 has taken it for 15 min
          │ The whole floor has no VPN
          └ T-0001·e2
        ");
        desk.passes(MINUTE * 15).await;
        assert_eq!(desk.standing().await, "T-0001 assigned L2 Ivo");
        insta::assert_snapshot!(desk.channel("#escalations").as_("nia").transcript().await, @"
        **Deskhand** (bot) · 09:30
          ┌ T-0001 · L1 → L2 · P2 · sent by Deskhand ⟨2026-06-15 09:30Z R⟩ · ticket 30 min old
          │ > Nobody at L1 has taken it for 30 minutes, and it is P2, so it comes to you by itself. In the requester's words: The whole floor has no VPN
          │ Offered to @Ivo.
          │ Staff thread: #T-0001 staff · The whole floor has no VPN
          └ T-0001
        ");
        insta::assert_snapshot!(desk.channel("T-0001 staff · The whole floor has no VPN").as_("ivo").transcript().await, @"
        · Deskhand started this thread from a message of Deskhand · 09:30
        **Deskhand** (bot) · 09:30
          @Ivo, this hand-over is offered to you: accept it, or send it back with a reason.
          ┌ Hand-over L1 → L2 · T-0001
          │ Sent by Deskhand
          │ What this is about: Nobody at L1 has taken it for 30 minutes, and it is P2, so it comes to you by itself. In the requester's words: The whole floor has no VPN
          │ Tried so far: Nothing that the desk knows of.
          │ Findings: It stays on connecting since nine.
          │ What is asked of the next tier: Take it, or send it back with a reason.
          │ What the requester was told: Nothing yet by a person. Their thread says that it went to you, with all that they wrote.
          └ T-0001·e7
          [Accept] [Send back]
        ");
        insta::assert_snapshot!(desk.channel("T-0001 · The whole floor has no VPN").as_("mia").last(1).await, @"
        **Deskhand** (bot) · 09:30
          ┌ This goes to the specialists (L2). Everything that you wrote goes along, so you do not have to tell it twice.
          └ T-0001·e7
        ");
        let ivo = desk.person("ivo").in_("#l2-queue");
        let history = ivo.runs("/ticket history ticket:T-0001").await;
        insta::assert_snapshot!(history.shown(), @"
        **Deskhand** (bot) · 09:30 (only for Ivo)
          ┌ T-0001: what happened
          │ ⟨2026-06-15 09:00Z f⟩ · opened as P2 by @Mia
          │ ⟨2026-06-15 09:15Z f⟩ · nobody has taken it for 15 min
          │ ⟨2026-06-15 09:22Z f⟩ · 75 % of the time for the first answer is used up
          │ ⟨2026-06-15 09:27Z f⟩ · 90 % of the time for the first answer is used up
          │ ⟨2026-06-15 09:30Z f⟩ · nobody has taken it for 30 min
          │ ⟨2026-06-15 09:30Z f⟩ · Deskhand hands it over L1 → L2: Nobody at L1 has taken it for 30 minutes, and it is P2, so it comes to you by itself. In the requester's words: The whole floor has no VPN
          └ ⟨2026-06-15 09:30Z f⟩ · offered to @Ivo
        ");
        let chain = ivo.runs("/work handover ticket:T-0001").await;
        insta::assert_snapshot!(chain.shown(), @"
        **Deskhand** (bot) · 09:30 (only for Ivo)
          ┌ T-0001: its hand-overs
          │ L1 for 30 min
          │ L2 since ⟨2026-06-15 09:30Z R⟩, @Ivo
          │ L1 → L2: ⟨2026-06-15 09:30Z f⟩, by Deskhand
          │ not answered yet
          │ What this is about: Nobody at L1 has taken it for 30 minutes, and it is P2, so it comes to you by itself. In the requester's words: The whole floor has no VPN
          │ Tried so far: Nothing that the desk knows of.
          │ Findings: It stays on connecting since nine.
          │ What is asked of the next tier: Take it, or send it back with a reason.
          └ What the requester was told: Nothing yet by a person. Their thread says that it went to you, with all that they wrote.
        ");
        // Who gets it can send it back, and then a lead is not needed yet
        desk.rejects("ivo", "T-0001", "The first tier can look at the switch")
            .await;
        assert_eq!(desk.standing().await, "T-0001 new L1 -");
    });
}

#[test]
fn nobody_is_on_duty_and_the_next_is_called_at_once() {
    story(async |desk| {
        for who in ["noor", "kai"] {
            desk.person(who).in_("#general").runs("/duty on").await;
        }
        desk.opens_as("mia", "The whole site is offline", P1).await;
        desk.passes(SignedDuration::ZERO).await;
        assert_eq!(desk.channel("#l3-queue").as_("noor").pings().await, 1);
        insta::assert_snapshot!(desk.channel("#leads").as_("nia").transcript().await, @"
        **Deskhand** (bot) · 09:00
          @Ada, the set-up is done as far as it goes.
          -# desk·r
        **Deskhand** (bot) · 09:00
          ┌ T-0001 is P1, at L1. Everybody on duty there is called.
          │ The whole site is offline
          └ T-0001·e1
        **Deskhand** (bot) · 09:00
          @Nia: nobody takes T-0001.
          ┌ **T-0001** · P1 · nobody at L1 has taken it for less than a minute
          │ Everybody on duty at L3 is called.
          │ Nobody is on duty at L1 and L2, so this comes at once.
          │ The whole site is offline
          └ T-0001·e2
        ");
        // And a P2 that can go nowhere but past the second tier
        desk.claims("noor", "T-0001").await;
        desk.opens_as("tom", "Nobody can print", P2).await;
        desk.passes(MINUTE * 30).await;
        insta::assert_snapshot!(
            desk.database("select group_concat(number || ' ' || state || ' L' || tier, ', ') from ticket").await,
            @"1 in_progress L1, 2 assigned L3"
        );
    });
}

#[test]
fn nobody_above_is_on_duty_and_the_leads_hear_why_it_stays() {
    story(async |desk| {
        desk.person("ravi").in_("#general").runs("/duty on").await;
        desk.opens_as("mia", "The whole floor has no VPN", P2).await;
        desk.passes(MINUTE * 120).await;
        assert_eq!(desk.standing().await, "T-0001 new L1 -");
        insta::assert_snapshot!(desk.channel("#leads").as_("nia").transcript().await, @"
        **Deskhand** (bot) · 09:00
          @Ada, the set-up is done as far as it goes.
          -# desk·r
        **Deskhand** (bot) · 09:15
          ┌ **T-0001** · P2 · nobody at L1 has taken it for 15 min
          │ The whole floor has no VPN
          └ T-0001·e2
        **Deskhand** (bot) · 09:22
          @Nia: look at T-0001.
          ┌ 75 % of the time for the first answer of T-0001 is used up: it runs out ⟨2026-06-15 09:30Z R⟩.
          │ The whole floor has no VPN
          └ T-0001·e3
        **Deskhand** (bot) · 09:30
          @Nia: nobody takes T-0001.
          ┌ **T-0001** · P2 · nobody at L1 has taken it for 30 min
          │ It was to go up a tier now, and nobody above is on duty.
          │ Nobody is called again by itself. Find somebody, or take it.
          │ The whole floor has no VPN
          └ T-0001·e5
        **Deskhand** (bot) · 09:30
          @Nia: look at T-0001.
          ┌ **T-0001** · P2 · the time for the first answer ran out ⟨2026-06-15 09:30Z R⟩
          │ nobody has it · opened 30 min before
          │ The whole floor has no VPN
          └ T-0001·e6
        ");
    });
}

#[test]
fn after_an_outage_each_ticket_is_told_once_at_its_highest_step() {
    story(async |desk| {
        desk.opens_as("mia", "The whole site is offline", P1).await;
        desk.opens_as("tom", "Nobody can print", P2).await;
        desk.passes(MINUTE * 6).await;
        desk.stops().await;
        desk.jumps(MINUTE * 100);
        desk.starts().await;
        desk.passes(SignedDuration::ZERO).await;
        insta::assert_snapshot!(reached(desk).await, @"5:1.0 106:2.6 106:1.0");
        insta::assert_snapshot!(desk.channel("#escalations").as_("nia").transcript().await, @"
        **Deskhand** (bot) · 09:05
          ┌ **T-0001** · P1 · nobody at L1 has taken it for 5 min
          │ Everybody on duty at L2 is called.
          │ The whole site is offline
          └ T-0001·e2
        **Deskhand** (bot) · 10:46
          ┌ **T-0001** · P1 · the time for the first answer ran out ⟨2026-06-15 09:15Z R⟩
          │ nobody has it · opened 1 h 46 min before
          │ Noticed 1 h 31 min late: the desk was away.
          │ The whole site is offline
          └ T-0001·e3
        **Deskhand** (bot) · 10:46
          ┌ **T-0002** · P2 · the time for the first answer ran out ⟨2026-06-15 09:30Z R⟩
          │ nobody has it · opened 1 h 46 min before
          │ Noticed 1 h 16 min late: the desk was away.
          │ Nobody can print
          │ Staff thread: #T-0002 staff · Nobody can print
          └ T-0002·e2
        **Deskhand** (bot) · 10:46
          ┌ **T-0001** · P1 · nobody at L1 has taken it for 1 h 46 min
          │ Everybody on duty at L3 is called.
          │ Noticed 6 min late: the desk was away.
          │ The whole site is offline
          └ T-0001·e4
        **Deskhand** (bot) · 10:46
          ┌ T-0002 · L1 → L2 · P2 · sent by Deskhand ⟨2026-06-15 10:46Z R⟩ · ticket 1 h 46 min old
          │ > Nobody at L1 has taken it for 1 h 46 min, and it is P2, so it comes to you by itself. The desk was away for a part of that. In the requester's words: Nobody can print
          │ Offered to @Ivo.
          │ Staff thread: #T-0002 staff · Nobody can print
          └ T-0002
        ");
        // What comes after it comes at its time
        desk.passes(MINUTE * 9).await;
        insta::assert_snapshot!(reached(desk).await, @"5:1.0 106:2.6 115:2.7 106:1.0");
    });
}

#[test]
fn a_slip_of_the_hand_calls_nobody() {
    Given::default().story(async |desk| {
        desk.opens("mia", "The VPN is down").await;
        let nia = desk.person("nia").in_("#leads");
        nia.runs("/lead priority ticket:T-0001 to:P1 reason:The board waits")
            .await;
        desk.passes(SignedDuration::from_secs(9)).await;
        nia.runs("/lead priority ticket:T-0001 to:matrix reason:The wrong ticket")
            .await;
        desk.passes(MINUTE * 60).await;
        assert_eq!(desk.channel("#l1-queue").as_("ravi").pings().await, 0);
        nia.runs("/lead priority ticket:T-0001 to:P1 reason:The board waits")
            .await;
        desk.passes(SignedDuration::from_secs(9)).await;
        assert_eq!(desk.channel("#l1-queue").as_("ravi").pings().await, 0);
        desk.passes(SignedDuration::from_secs(1)).await;
        assert_eq!(desk.channel("#l1-queue").as_("ravi").pings().await, 1);
    });
}
