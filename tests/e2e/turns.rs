//! Whose turn it is: offers, the time to accept them, who is away, and who knows what.

use jiff::SignedDuration;
use serde_json::json;

use crate::harness::{Desk, Given};

/// A desk of which nobody said that tickets wait to be claimed.
#[track_caller]
fn story(body: impl AsyncFnOnce(&Desk)) {
    Given::default().in_turn().story(body);
}

const QUEUE: &str = "#l1-queue";

#[test]
fn a_ticket_is_offered_in_turn_and_accepted_with_one_press() {
    story(async |desk| {
        desk.opens("mia", "The VPN is down").await;
        assert_eq!(desk.standing().await, "T-0001 assigned L1 Ravi");
        insta::assert_snapshot!(desk.channel(QUEUE).as_("ravi").last(2).await, @"
        **Deskhand** (bot) · 09:00
          @Ravi: it is your turn with T-0001. Accept it, or give it back so that the next one is asked.
          ┌ The VPN is down
          │ Accept it by ⟨2026-06-15 13:00Z F⟩, ⟨2026-06-15 13:00Z R⟩. After that it goes to the next.
          └ T-0001·e2
          [Accept] [Give back]
        **Deskhand** (bot) · 09:00
          ┌ T-0001 · The VPN is down
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
        assert_eq!(desk.channel(QUEUE).as_("ravi").pings().await, 1);
        assert_eq!(desk.channel(QUEUE).as_("sami").pings().await, 0);
        // It is not Sami's
        let not_his = desk.claims("sami", "T-0001").await;
        insta::assert_snapshot!(not_his.shown(), @"
        **Deskhand** (bot) · 09:00 (only for Sami)
          T-0001 is *offered* to @Ravi, so you cannot claim it. Nothing was done. If that is you, accept it; if not, it comes back when they do not accept it in time.
        ");
        desk.person("ravi").in_(QUEUE).presses("Accept").await;
        assert_eq!(desk.standing().await, "T-0001 in_progress L1 Ravi");
        desk.opens("tom", "The printer jams").await;
        desk.opens("nia", "The VPN asks for a code").await;
        insta::assert_snapshot!(
            desk.database("select group_concat(number || ' ' || state || ' ' || (select name from member where user = assignee), ', ') from ticket").await,
            @"1 in_progress Ravi, 2 assigned Sami, 3 assigned Ravi"
        );
    });
}

#[test]
fn three_let_it_pass_and_then_the_leads_decide() {
    story(async |desk| {
        // Nobody above them is there to whom it could go
        for who in ["ravi", "sami"] {
            desk.person(who).in_(QUEUE).runs("/duty on").await;
        }
        let urgent = "category:network affected:high can_work:medium";
        desk.opens_as("mia", "The whole floor has no VPN", urgent)
            .await;
        assert_eq!(desk.standing().await, "T-0001 assigned L1 Ravi");
        desk.passes(SignedDuration::from_secs(15 * 60 - 1)).await;
        assert_eq!(desk.standing().await, "T-0001 assigned L1 Ravi");
        desk.passes(SignedDuration::from_secs(1)).await;
        assert_eq!(desk.standing().await, "T-0001 assigned L1 Sami");
        insta::assert_snapshot!(desk.channel(QUEUE).as_("sami").last(1).await, @"
        **Deskhand** (bot) · 09:15
          @Sami, it is offered to you.
          ┌ @Ravi did not accept T-0001 in time.
          └ T-0001·e5
        ");
        // Both let it pass, and nobody else is there
        desk.passes(SignedDuration::from_mins(15)).await;
        assert_eq!(desk.standing().await, "T-0001 new L1 -");
        insta::assert_snapshot!(desk.channel("#leads").as_("nia").last(1).await, @"
        **Deskhand** (bot) · 09:30
          ┌ T-0001 waits at L1, and nobody on duty there can be offered it. Find somebody, or take it.
          │ The whole floor has no VPN
          └ T-0001·e9
        ");
        // Nobody is asked any more by itself; whoever can takes it
        desk.passes(SignedDuration::from_hours(5)).await;
        assert_eq!(desk.standing().await, "T-0001 new L1 -");
        desk.claims("ravi", "T-0001").await;
        assert_eq!(desk.standing().await, "T-0001 in_progress L1 Ravi");
    });
}

#[test]
fn after_three_a_fourth_is_not_asked() {
    story(async |desk| {
        for who in ["tom", "kai"] {
            desk.roles(who, &["L1"], &[]).await;
        }
        desk.eventually("everybody is known", async || {
            let known = desk
                .database("select count(*) || '' from member where tiers & 1")
                .await;
            known == "4"
        })
        .await;
        let usual = "category:network affected:low can_work:high";
        desk.opens_as("mia", "The whole floor has no VPN", usual)
            .await;
        desk.passes(SignedDuration::from_secs(180 * 60 - 1)).await;
        assert!(desk.standing().await.starts_with("T-0001 assigned L1"));
        desk.passes(SignedDuration::from_secs(1)).await;
        assert_eq!(desk.standing().await, "T-0001 new L1 -");
        insta::assert_snapshot!(desk.channel("#leads").as_("nia").last(1).await, @"
        **Deskhand** (bot) · 12:00
          ┌ T-0001 was offered to 3 people at L1, and none accepted it in time. Nobody else is asked by itself. Find somebody, or take it.
          │ The whole floor has no VPN
          └ T-0001·e8
        ");
        insta::assert_snapshot!(
            desk.database("select group_concat(kind, ' ') from event").await,
            @"opened offered released offered released offered clock_warned released"
        );
        let ravi = desk.person("ravi").in_(QUEUE);
        let history = ravi.runs("/ticket history ticket:T-0001").await;
        insta::assert_snapshot!(history.shown(), @"
        **Deskhand** (bot) · 12:00 (only for Ravi)
          ┌ T-0001: what happened
          │ ⟨2026-06-15 09:00Z f⟩ · opened as P3 by @Mia
          │ ⟨2026-06-15 09:00Z f⟩ · offered to @Ravi
          │ ⟨2026-06-15 10:00Z f⟩ · @Ravi did not accept it in time
          │ ⟨2026-06-15 10:00Z f⟩ · offered to @Sami
          │ ⟨2026-06-15 11:00Z f⟩ · @Sami did not accept it in time
          │ ⟨2026-06-15 11:00Z f⟩ · offered to @Kai
          │ ⟨2026-06-15 12:00Z f⟩ · 75 % of the time for the first answer is used up
          └ ⟨2026-06-15 12:00Z f⟩ · @Kai did not accept it in time
        ");
        // A lead decides, and everything begins anew
        let nia = desk.person("nia").in_("#leads");
        nia.runs("/work assign ticket:T-0001 to:@Tom").await;
        desk.passes(SignedDuration::from_hours(1)).await;
        assert_eq!(desk.database("select tries || '' from ticket").await, "1");
    });
}

#[test]
fn an_offer_stands_over_the_week_end() {
    story(async |desk| {
        // To Friday, half past four
        desk.passes(SignedDuration::from_mins((4 * 24 + 7) * 60 + 30))
            .await;
        desk.opens("mia", "The VPN is down").await;
        insta::assert_snapshot!(desk.channel(QUEUE).as_("ravi").last(2).await, @"
        **Deskhand** (bot) · 16:30
          @Ravi: it is your turn with T-0001. Accept it, or give it back so that the next one is asked.
          ┌ The VPN is down
          │ Accept it by ⟨2026-06-22 12:30Z F⟩, ⟨2026-06-22 12:30Z R⟩. After that it goes to the next.
          └ T-0001·e2
          [Accept] [Give back]
        **Deskhand** (bot) · 16:30
          ┌ T-0001 · The VPN is down
          │ Requester: @Mia
          │ About: Network, Wi-Fi and VPN
          │ Priority: P4 · one person · there is a workaround
          │ State: offered
          │ With: @Ravi, to accept ⟨2026-06-22 12:30Z R⟩
          │ Opened: ⟨2026-06-19 16:30Z R⟩
          │ Promised: the first answer: ⟨2026-06-22 16:30Z f⟩ (⟨2026-06-22 16:30Z R⟩)
          │ the solution: ⟨2026-07-03 16:30Z f⟩ (⟨2026-07-03 16:30Z R⟩)
          └ T-0001·L1
          [Accept] [Show]
          [Go to the thread ↗]
        ");
        // Half an hour of it was on Friday: the rest ends on Monday, half past twelve
        desk.passes(SignedDuration::from_secs((2 * 24 + 20) * 3600 - 1))
            .await;
        assert_eq!(desk.standing().await, "T-0001 assigned L1 Ravi");
        desk.passes(SignedDuration::from_secs(1)).await;
        assert_eq!(desk.standing().await, "T-0001 assigned L1 Sami");
    });
}

#[test]
fn who_is_away_is_passed_over_and_somebody_stands_in() {
    story(async |desk| {
        desk.opens("mia", "The VPN is down").await;
        desk.accepts("ravi", "T-0001").await;
        desk.resolves("ravi", "T-0001").await;
        let ravi = desk.person("ravi").in_(QUEUE);
        let choose = ravi.runs("/duty away").await;
        insta::assert_snapshot!(choose.shown(), @"
        **Deskhand** (bot) · 09:00 (only for Ravi)
          For how long are you away? Nothing is offered to you meanwhile. Choose here, or type it: `/duty away until:2026-08-01`.
          ⟨How long?: An hour | Four hours | A day | Three days | A week | Two weeks | Four weeks⟩
        ");
        choose.chooses("How long?", "Three days").await;
        insta::assert_snapshot!(choose.message().await, @"
        **Deskhand** (bot) · 09:00 (only for Ravi)
          You are away until ⟨2026-06-18 09:00Z F⟩. Nothing new is offered to you.
          ⟨Who stands in for you?: people⟩
          [I am back]
        ");
        let line = "/duty away until:2026-06-19 deputy:@Sami";
        insta::assert_snapshot!(ravi.runs(line).await.shown(), @"
        **Deskhand** (bot) · 09:00 (only for Ravi)
          You are away until ⟨2026-06-20 00:00Z F⟩. Nothing new is offered to you.
          @Sami stands in: what would come back to you goes to them.
          [I am back]
        ");
        // What is Ravi's comes back to Sami
        let again = "/ticket reopen ticket:T-0001 reason:It is down again";
        desk.person("mia").in_("#help").runs(again).await;
        assert_eq!(desk.standing().await, "T-0001 in_progress L1 Sami");
        desk.opens("tom", "The printer jams").await;
        insta::assert_snapshot!(
            desk.database("select group_concat(number || ' ' || (select name from member where user = assignee), ', ') from ticket").await,
            @"1 Sami, 2 Sami"
        );
        let shown = desk.person("nia").in_("#leads").runs("/duty show").await;
        insta::assert_snapshot!(shown.shown(), @"
        **Deskhand** (bot) · 09:00 (only for Nia)
          ┌ Who is at work
          │ L1 · everybody in turn · up to 12 units each: @Sami (2 of 12)
          │ @Ravi is away until ⟨2026-06-20 00:00Z F⟩; @Sami stands in
          │ L2 · the least busy first · up to 8 units each: @Ivo (0 of 8)
          │ @Lena (0 of 8)
          │ L3 · the least busy first · up to 5 units each: @Noor (0 of 5)
          │ @Kai (0 of 5)
          └ Load in units: P1 8, P2 4, P3 2, P4 1; a quarter while it waits for somebody else.
          [Go on duty] [Go off duty] [I am away] [Shifts] [Look again]
        ");
        // Until Friday has passed he is away, and then he is there again
        desk.passes(SignedDuration::from_hours(4 * 24 + 15)).await;
        let shown = desk.person("nia").in_("#leads").runs("/duty show").await;
        assert!(!shown.shown().contains("away until"), "{}", shown.shown());
    });
}

#[test]
fn what_cannot_be_is_said_when_somebody_goes_away() {
    story(async |desk| {
        let ravi = desk.person("ravi").in_(QUEUE);
        for (line, said) in [
            ("/duty away until:yesterday", "Until when?"),
            ("/duty away until:2026-06-01", "Until when?"),
            ("/duty away until:2h deputy:@Mia", "cannot take your place"),
            ("/duty away until:2h deputy:@Ravi", "cannot take your place"),
        ] {
            let answer = ravi.runs(line).await;
            assert!(answer.shown().contains(said), "{line}: {}", answer.shown());
        }
        assert_eq!(
            desk.database("select count(*) || '' from member where away_until is not null")
                .await,
            "0"
        );
    });
}

#[test]
fn a_ticket_goes_to_who_knows_about_it_and_the_post_says_when_nobody_there_does() {
    story(async |desk| {
        let ada = desk.person("ada").in_("#general");
        let config = ada.runs("/admin config").await;
        insta::assert_snapshot!(config.shown(), @"
        **Deskhand** (bot) · 09:00 (only for Ada)
          ┌ How tickets find somebody
          │ L1: everybody in turn, up to 12 units each.
          │ L2: the least busy first, up to 8 units each.
          │ L3: the least busy first, up to 5 units each.
          │
          │ In the escalation channel stands every line.
          │ There are no quiet hours.
          │ Ten lines within ten minutes are posted one by one; what comes beyond stands together in one message that is kept current.
          │ The leads' channel reads by itself what the desk did, by the clocks of UTC:
          │ - each day: off
          │ - each week: off
          │
          └ Choose below how the next person is picked at each tier, and whom to put down for which categories. How much each can have is typed: `/admin config tier:L1 capacity:12`.
          ⟨L1: everybody in turn: *L1: everybody in turn* | L1: the least busy first | L1: nobody is asked⟩
          ⟨L2: the least busy first: L2: everybody in turn | *L2: the least busy first* | L2: nobody is asked⟩
          ⟨L3: the least busy first: L3: everybody in turn | *L3: the least busy first* | L3: nobody is asked⟩
          ⟨Whom to put down for categories: people⟩
        ");
        let who = ada.runs("/admin config person:@Sami").await;
        insta::assert_snapshot!(who.shown(), @"
        **Deskhand** (bot) · 09:00 (only for Ada)
          What is @Sami put down for? A ticket of that category goes to those who are put down for it and on duty.
          ⟨Which categories: Account and password | Access and permissions | Computer and hardware | Software and licences | Network, Wi-Fi and VPN | Mail and calendar | Printing and scanning | Phones | Meetings and rooms | Files and shared drives | Lost data | Security (confidential) | Joiners, leavers, personal (confidential) | Something else⟩
        ");
        who.chooses("Which categories", "Network, Wi-Fi and VPN")
            .await;
        insta::assert_snapshot!(who.message().await, @"
        **Deskhand** (bot) · 09:00 (only for Ada)
          @Sami is put down for: Network, Wi-Fi and VPN.
        ");
        // Twice in a row: the others do not know about it
        desk.opens("mia", "The VPN is down").await;
        assert_eq!(desk.standing().await, "T-0001 assigned L1 Sami");
        desk.opens("tom", "Wi-Fi is slow upstairs").await;
        assert_eq!(
            desk.database("select group_concat(assignee = (select user from member where name = 'Sami')) from ticket").await,
            "1,1"
        );
        // He goes: what he has not accepted goes on, to who is there
        desk.person("ravi").in_(QUEUE).runs("/duty on").await;
        desk.person("sami").in_(QUEUE).runs("/duty on").await;
        desk.person("sami").in_(QUEUE).runs("/duty off").await;
        insta::assert_snapshot!(desk.channel(QUEUE).as_("ravi").last(2).await, @"
        **Deskhand** (bot) · 09:00
          @Ravi, it is offered to you.
          ┌ T-0001: @Sami is off duty now.
          └ T-0001·e4
        **Deskhand** (bot) · 09:00
          @Ravi, it is offered to you.
          ┌ T-0002: @Sami is off duty now.
          └ T-0002·e4
        ");
        desk.opens("mia", "No network in room 4").await;
        insta::assert_snapshot!(desk.channel(QUEUE).as_("ravi").last(2).await, @"
        **Deskhand** (bot) · 09:00
          @Ravi: it is your turn with T-0003. Accept it, or give it back so that the next one is asked.
          ┌ No network in room 4
          │ Accept it by ⟨2026-06-15 13:00Z F⟩, ⟨2026-06-15 13:00Z R⟩. After that it goes to the next.
          │ Nobody who is put down for Network, Wi-Fi and VPN is on duty, so it goes to whoever is.
          └ T-0003·e2
          [Accept] [Give back]
        **Deskhand** (bot) · 09:00
          ┌ T-0003 · No network in room 4
          │ Requester: @Mia
          │ About: Network, Wi-Fi and VPN
          │ Priority: P4 · one person · there is a workaround
          │ State: offered
          │ With: @Ravi, to accept ⟨2026-06-15 13:00Z R⟩
          │ Opened: ⟨2026-06-15 09:00Z R⟩
          │ Promised: the first answer: ⟨2026-06-15 17:00Z f⟩ (⟨2026-06-15 17:00Z R⟩)
          │ the solution: ⟨2026-06-26 17:00Z f⟩ (⟨2026-06-26 17:00Z R⟩)
          └ T-0003·L1
          [Accept] [Show]
          [Go to the thread ↗]
        ");
    });
}

#[test]
fn an_admin_says_how_a_tier_is_worked() {
    story(async |desk| {
        let ada = desk.person("ada").in_("#general");
        let config = ada.runs("/admin config").await;
        config
            .chooses("L1: everybody in turn", "L1: nobody is asked")
            .await;
        insta::assert_snapshot!(config.message().await, @"
        **Deskhand** (bot) · 09:00 (only for Ada)
          ┌ How tickets find somebody
          │ L1: nobody is asked, whoever can takes one, up to 12 units each.
          │ L2: the least busy first, up to 8 units each.
          │ L3: the least busy first, up to 5 units each.
          │
          │ In the escalation channel stands every line.
          │ There are no quiet hours.
          │ Ten lines within ten minutes are posted one by one; what comes beyond stands together in one message that is kept current.
          │ The leads' channel reads by itself what the desk did, by the clocks of UTC:
          │ - each day: off
          │ - each week: off
          │
          └ Choose below how the next person is picked at each tier, and whom to put down for which categories. How much each can have is typed: `/admin config tier:L1 capacity:12`.
          ⟨L1: nobody is asked, whoever can takes one: L1: everybody in turn | L1: the least busy first | *L1: nobody is asked*⟩
          ⟨L2: the least busy first: L2: everybody in turn | *L2: the least busy first* | L2: nobody is asked⟩
          ⟨L3: the least busy first: L3: everybody in turn | *L3: the least busy first* | L3: nobody is asked⟩
          ⟨Whom to put down for categories: people⟩
        ");
        desk.opens("mia", "The VPN is down").await;
        assert_eq!(desk.standing().await, "T-0001 new L1 -");
        let set = ada
            .runs("/admin config tier:L1 turns:least_loaded capacity:1")
            .await;
        insta::assert_snapshot!(set.shown(), @"
        **Deskhand** (bot) · 09:00 (only for Ada)
          L1: the least busy first, up to one unit each.
        ");
        desk.claims("ravi", "T-0001").await;
        desk.opens("tom", "The printer jams").await;
        desk.opens("mia", "No sound in room 4").await;
        // Both are full
        insta::assert_snapshot!(
            desk.database("select group_concat(number || ' ' || state, ', ') from ticket").await,
            @"1 in_progress, 2 assigned, 3 new"
        );
        insta::assert_snapshot!(desk.channel("#leads").as_("nia").last(1).await, @"
        **Deskhand** (bot) · 09:00
          ┌ T-0003 waits at L1, and nobody on duty there can be offered it. Find somebody, or take it.
          │ No sound in room 4
          └ T-0003·e1
        ");
        for (line, said) in [
            ("/admin config tier:L1 capacity:0", "from 1 to 99"),
            ("/admin config tier:L1 capacity:x", "from 1 to 99"),
            ("/admin config person:@Mia", "not known to hold a role"),
        ] {
            let answer = ada.runs(line).await;
            assert!(answer.shown().contains(said), "{line}: {}", answer.shown());
        }
        let no = desk.person("nia").in_("#leads").runs("/admin config").await;
        insta::assert_snapshot!(no.shown(), @"
        **Deskhand** (bot) · 09:00 (only for Nia)
          This is for Desk admin. Ask a desk admin if you should have that role.
        ");
    });
}

#[test]
fn what_is_urgent_is_handed_over_with_one_press() {
    story(async |desk| {
        for (who, title) in [
            ("mia", "The whole floor has no VPN"),
            ("tom", "Nobody can print"),
        ] {
            desk.opens_as(who, title, "category:network affected:high can_work:medium")
                .await;
        }
        desk.accepts("ravi", "T-0001").await;
        desk.accepts("sami", "T-0002").await;
        for who in ["ravi", "sami"] {
            desk.person(who).in_(QUEUE).runs("/duty on").await;
        }
        let off = desk.person("ravi").in_(QUEUE).runs("/duty off").await;
        insta::assert_snapshot!(off.shown(), @"
        **Deskhand** (bot) · 09:00 (only for Ravi)
          You are off duty. Nothing new is offered to you.
          ┌ One urgent ticket is still with you. Hand it over before you go:
          └ **P2** T-0001 · The whole floor has no VPN #T-0001 · The whole floor has no VPN
          [Hand over to the next] [Escalate T-0001]
        ");
        let gone = off.presses("Hand over to the next").await;
        insta::assert_snapshot!(gone.shown(), @"
        **Deskhand** (bot) · 09:00 (only for Ravi)
          T-0001 is offered to @Sami now.
        ");
        insta::assert_snapshot!(
            desk.database("select group_concat(number || ' ' || state || ' ' || (select name from member where user = assignee), ', ') from ticket").await,
            @"1 assigned Sami, 2 in_progress Sami"
        );
        let nothing = off.presses("Hand over to the next").await;
        insta::assert_snapshot!(nothing.shown(), @"
        **Deskhand** (bot) · 09:00 (only for Ravi)
          Nothing urgent is with you.
        ");
    });
}

#[test]
fn a_lead_moves_what_a_whole_crew_has() {
    story(async |desk| {
        desk.opens("mia", "The VPN is down").await;
        desk.opens("tom", "The printer jams").await;
        desk.accepts("ravi", "T-0001").await;
        let nia = desk.person("nia").in_("#leads");
        let whose = nia.runs("/lead move reason:Training").await;
        insta::assert_snapshot!(whose.shown(), @"
        **Deskhand** (bot) · 09:00 (only for Nia)
          Whose tickets? Name one person, or one tier whose crew's tickets are all moved.
        ");
        desk.person("ravi").in_(QUEUE).runs("/duty on").await;
        let moved = nia
            .runs("/lead move reason:Training tier:L1 to:@Ravi")
            .await;
        insta::assert_snapshot!(moved.shown(), @"
        **Deskhand** (bot) · 09:00 (only for Nia)
          One ticket is offered to @Ravi.
        ");
        insta::assert_snapshot!(
            desk.database("select group_concat(number || ' ' || state || ' ' || (select name from member where user = assignee), ', ') from ticket").await,
            @"1 in_progress Ravi, 2 assigned Ravi"
        );
        let back = nia.runs("/lead move reason:Fire drill tier:L1").await;
        insta::assert_snapshot!(back.shown(), @"
        **Deskhand** (bot) · 09:00 (only for Nia)
          2 tickets at L1 are back in the queue.
        ");
    });
}

#[test]
fn who_loses_the_role_or_leaves_gives_back_what_they_have_and_were_offered() {
    story(async |desk| {
        desk.opens("mia", "The VPN is down").await;
        desk.roles("ravi", &[], &["L1"]).await;
        desk.eventually("it goes to the next", async || {
            desk.standing().await == "T-0001 assigned L1 Sami"
        })
        .await;
        desk.settles().await;
        insta::assert_snapshot!(desk.channel(QUEUE).as_("sami").last(1).await, @"
        **Deskhand** (bot) · 09:00
          @Sami: it is your turn with T-0001. Accept it, or give it back so that the next one is asked.
          ┌ The VPN is down
          │ Accept it by ⟨2026-06-15 13:00Z F⟩, ⟨2026-06-15 13:00Z R⟩. After that it goes to the next.
          └ T-0001·e4
          [Accept] [Give back]
        ");
        desk.accepts("sami", "T-0001").await;
        desk.admin("ada", "kick", json!({"user": "sami"})).await;
        desk.eventually("nobody is left", async || {
            desk.standing().await == "T-0001 new L1 -"
        })
        .await;
        desk.settles().await;
        insta::assert_snapshot!(desk.channel("#leads").as_("nia").last(1).await, @"
        **Deskhand** (bot) · 09:00
          ┌ T-0001 waits at L1, and nobody on duty there can be offered it. Find somebody, or take it.
          │ The VPN is down
          └ T-0001·e6
        ");
    });
}

#[test]
fn who_stands_in_takes_what_is_urgent() {
    story(async |desk| {
        let urgent = "category:network affected:high can_work:medium";
        desk.opens_as("mia", "The whole floor has no VPN", urgent)
            .await;
        desk.accepts("ravi", "T-0001").await;
        // Not yet accepted: it goes at once, to who stands in
        desk.opens_as("tom", "Nobody can print", urgent).await;
        let nia = desk.person("nia").in_("#leads");
        nia.runs("/work assign ticket:T-0002 to:@Ravi").await;
        let ravi = desk.person("ravi").in_(QUEUE);
        let away = ravi.runs("/duty away until:3d deputy:@Sami").await;
        insta::assert_snapshot!(away.shown(), @"
        **Deskhand** (bot) · 09:00 (only for Ravi)
          You are away until ⟨2026-06-18 09:00Z F⟩. Nothing new is offered to you.
          @Sami stands in: what would come back to you goes to them.
          ┌ One urgent ticket is still with you. Hand it over before you go:
          └ **P2** T-0001 · The whole floor has no VPN #T-0001 · The whole floor has no VPN
          [Hand over to the next] [Escalate T-0001]
          [I am back]
        ");
        insta::assert_snapshot!(desk.channel(QUEUE).as_("sami").last(1).await, @"
        **Deskhand** (bot) · 09:00
          @Sami, it is offered to you.
          ┌ T-0002: @Ravi is away now.
          └ T-0002·e6
        ");
        let gone = away.presses("Hand over to the next").await;
        insta::assert_snapshot!(gone.shown(), @"
        **Deskhand** (bot) · 09:00 (only for Ravi)
          T-0001 is offered to @Sami now.
        ");
        insta::assert_snapshot!(
            desk.database("select group_concat(number || ' ' || state || ' ' || (select name from member where user = assignee), ', ') from ticket").await,
            @"1 assigned Sami, 2 assigned Sami"
        );
        let back = away.presses("I am back").await;
        insta::assert_snapshot!(back.message().await, @"
        **Deskhand** (bot) · 09:00 (only for Ravi)
          Welcome back. You are not away any more.
        ");
    });
}
