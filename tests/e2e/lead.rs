//! What leads decide against the rule, and how tickets are found.

use jiff::SignedDuration;

use crate::harness::story;

const THREAD: &str = "T-0001 · The VPN is down";

#[test]
fn a_lead_sets_a_priority_with_a_reason_and_lets_the_matrix_decide_again() {
    story(async |desk| {
        desk.opens("mia", "The VPN is down").await;
        desk.claims("ravi", "T-0001").await;
        let no = desk.person("ravi").in_("#l1-queue");
        let no = no
            .runs("/lead priority ticket:T-0001 to:P1 reason:Please")
            .await;
        insta::assert_snapshot!(no.shown(), @"
        **Deskhand** (bot) · 09:00 (only for Ravi)
          This is for Lead. Ask a desk admin if you should have that role.
        ");

        let shown = desk
            .person("nia")
            .in_("#l1-queue")
            .runs("/ticket show ticket:T-0001")
            .await;
        let choose = shown.presses("Set the priority").await;
        insta::assert_snapshot!(choose.shown(), @"
        **Deskhand** (bot) · 09:00 (only for Nia)
          T-0001 is P4 now. Choose what it is to be, whatever impact and urgency say.
          ⟨Priority: P1 | P2 | P3 | P4 | As impact and urgency say⟩
        ");
        let form = choose.chooses("Priority", "P1").await;
        let set = form
            .submits(&[("reason", "The board meets in an hour")])
            .await;
        insta::assert_snapshot!(set.shown(), @"
        **Deskhand** (bot) · 09:00 (only for Nia)
          T-0001 is P1 now, whatever impact and urgency say.
        ");
        // A moment later, as it may have been a slip of the hand
        desk.passes(SignedDuration::from_secs(10)).await;
        insta::assert_snapshot!(desk.channel("#l1-queue").as_("ravi").last(2).await, @"
        **Deskhand** (bot) · 09:00
          ┌ @Nia sets the priority of T-0001 to P1.
          │ > The board meets in an hour
          └ T-0001·e3
        **Deskhand** (bot) · 09:00
          @Ravi @Sami: T-0001 is P1. Whoever claims it first has it.
          ┌ The VPN is down
          └ T-0001·e4
        ");
        insta::assert_snapshot!(desk.channel("#leads").as_("nia").last(1).await, @"
        **Deskhand** (bot) · 09:00
          ┌ T-0001 is P1, at L1. Everybody on duty there is called.
          │ The VPN is down
          └ T-0001·e4
        ");

        // A technician's correction does not undo it
        desk.person("ravi")
            .in_("#l1-queue")
            .runs("/work impact ticket:T-0001 impact:medium")
            .await;
        assert_eq!(
            desk.database("select 'P' || priority from ticket").await,
            "P1"
        );
        let matrix = desk
            .person("nia")
            .in_("#leads")
            .runs("/lead priority ticket:T-0001 to:matrix reason:The meeting is over")
            .await;
        insta::assert_snapshot!(matrix.shown(), @"
        **Deskhand** (bot) · 09:00 (only for Nia)
          Impact and urgency decide again: T-0001 is P3.
        ");
        insta::assert_snapshot!(
            desk.database("select group_concat(outcome || coalesce(' ' || reason, ''), x'0a') from audit where action = 'priority'").await,
            @"
        done The board meets in an hour
        done The meeting is over
        "
        );
    });
}

#[test]
fn a_lead_gives_more_time_for_reopening_once() {
    story(async |desk| {
        desk.opens("mia", "The VPN is down").await;
        desk.claims("ravi", "T-0001").await;
        desk.resolves("ravi", "T-0001").await;
        let nia = desk.person("nia").in_("#leads");
        let longer = nia
            .runs("/lead extend ticket:T-0001 reason:Mia is on leave")
            .await;
        insta::assert_snapshot!(longer.shown(), @"
        **Deskhand** (bot) · 09:00 (only for Nia)
          T-0001 can be opened again until ⟨2026-06-25 09:00Z R⟩.
        ");
        insta::assert_snapshot!(desk.channel(THREAD).as_("mia").last(1).await, @"
        **Deskhand** (bot) · 09:00
          ┌ @Nia gives you more time: until ⟨2026-06-25 09:00Z R⟩ you can open this again.
          └ T-0001·e4
        ");
        let twice = nia
            .runs("/lead extend ticket:T-0001 reason:Still on leave")
            .await;
        insta::assert_snapshot!(twice.shown(), @"
        **Deskhand** (bot) · 09:00 (only for Nia)
          The time for reopening T-0001 was made longer before, and that is possible once. Open a follow-up when it is over.
          ┌ What you typed is not lost; copy it from here and try again.
          └ Why do you resolve it for somebody else?: > Still on leave
        ");
        desk.passes(SignedDuration::from_hours(24 * 9)).await;
        assert_eq!(desk.database("select state from ticket").await, "resolved");
        desk.passes(SignedDuration::from_hours(25)).await;
        assert_eq!(desk.database("select state from ticket").await, "closed");
    });
}

#[test]
fn a_lead_moves_everything_that_somebody_has() {
    story(async |desk| {
        for title in ["The VPN is down", "The printer jams", "No sound in room 4"] {
            desk.opens("mia", title).await;
        }
        for number in ["T-0001", "T-0002"] {
            desk.claims("ravi", number).await;
        }
        let nia = desk.person("nia").in_("#leads");
        let moved = nia
            .runs("/lead move from:@Ravi to:@Sami reason:Ravi is ill")
            .await;
        insta::assert_snapshot!(moved.shown(), @"
        **Deskhand** (bot) · 09:00 (only for Nia)
          2 tickets are offered to @Sami.
        ");
        insta::assert_snapshot!(
            desk.database("select group_concat(number || ' ' || state, ', ') from ticket order by number").await, @"1 assigned, 2 assigned, 3 new");
        let back = nia
            .runs("/lead move from:@Sami reason:Sami is ill too")
            .await;
        insta::assert_snapshot!(back.shown(), @"
        **Deskhand** (bot) · 09:00 (only for Nia)
          2 tickets of @Sami are back in the queue.
        ");
        let nothing = nia.runs("/lead move from:@Sami reason:Once more").await;
        insta::assert_snapshot!(nothing.shown(), @"
        **Deskhand** (bot) · 09:00 (only for Nia)
          @Sami has no tickets.
        ");
        let no = desk.person("ravi").in_("#l1-queue");
        let no = no.runs("/lead move from:@Sami reason:Mine").await;
        insta::assert_snapshot!(no.shown(), @"
        **Deskhand** (bot) · 09:00 (only for Ravi)
          This is for Lead. Ask a desk admin if you should have that role.
        ");
    });
}

#[test]
fn tickets_are_found_by_words_and_filters_as_far_as_the_asker_may_see_them() {
    story(async |desk| {
        for title in ["The VPN is down", "The printer jams", "VPN asks for a code"] {
            desk.opens("mia", title).await;
        }
        desk.opens("tom", "Vpn on my phone").await;
        desk.opens_as(
            "tom",
            "VPN password was stolen",
            "category:security affected:low can_work:medium",
        )
        .await;
        desk.claims("ravi", "T-0003").await;

        // Mia finds her own
        let hers = desk
            .person("mia")
            .in_("#help")
            .runs("/ticket search text:vpn")
            .await;
        insta::assert_snapshot!(hers.shown(), @"
        **Deskhand** (bot) · 09:00 (only for Mia)
          ┌ Search: vpn
          │ **T-0001 · The VPN is down**
          │ in the queue · P4 · ⟨2026-06-15 09:00Z R⟩
          │ **T-0003 · VPN asks for a code**
          │ in progress · P4 · ⟨2026-06-15 09:00Z R⟩
          └ Page 1 of 1 · 2 tickets
          ⟨Show one of them: T-0001 · The VPN is down | T-0003 · VPN asks for a code⟩
        ");
        // Ravi finds everybody's, but no word of the confidential one
        let his = desk.person("ravi").in_("#l1-queue");
        let found = his.runs("/ticket search text:vpn").await;
        insta::assert_snapshot!(found.shown(), @"
        **Deskhand** (bot) · 09:00 (only for Ravi)
          ┌ Search: vpn
          │ **T-0001 · The VPN is down**
          │ in the queue · P4 · ⟨2026-06-15 09:00Z R⟩
          │ **T-0003 · VPN asks for a code**
          │ in progress · P4 · ⟨2026-06-15 09:00Z R⟩
          │ **T-0004 · Vpn on my phone**
          │ in the queue · P4 · ⟨2026-06-15 09:00Z R⟩
          └ Page 1 of 1 · 3 tickets
          ⟨Show one of them: T-0001 · The VPN is down | T-0003 · VPN asks for a code | T-0004 · Vpn on my phone⟩
        ");
        let filtered = his.runs("/ticket search text:vpn state:in_progress").await;
        insta::assert_snapshot!(filtered.shown(), @"
        **Deskhand** (bot) · 09:00 (only for Ravi)
          ┌ Search: vpn
          │ **T-0003 · VPN asks for a code**
          │ in progress · P4 · ⟨2026-06-15 09:00Z R⟩
          └ Page 1 of 1 · 1 ticket
          ⟨Show one of them: T-0003 · VPN asks for a code⟩
        ");
        let by_name = his.runs("/ticket search text:tom phone").await;
        assert!(
            by_name.shown().contains("Vpn on my phone"),
            "{}",
            by_name.shown()
        );
        let nothing = his.runs("/ticket search text:fax").await;
        insta::assert_snapshot!(nothing.shown(), @"
        **Deskhand** (bot) · 09:00 (only for Ravi)
          Nothing that you can see fits. Try fewer words, or leave a filter out.
        ");
        let old = his.runs("/ticket search age:older-7").await;
        assert_eq!(nothing.shown(), old.shown());
        desk.passes(SignedDuration::from_hours(24 * 8)).await;
        let old = his.runs("/ticket search age:older-7 whose:mine").await;
        assert!(old.shown().contains("T-0003"), "{}", old.shown());
    });
}

#[test]
fn a_long_list_is_turned_page_by_page() {
    story(async |desk| {
        for number in 1..=12 {
            let who = if number % 2 == 0 { "mia" } else { "tom" };
            desk.opens(who, &format!("Cable {number} is loose")).await;
            desk.passes(SignedDuration::from_mins(11)).await;
        }
        let found = desk.person("ravi").in_("#l1-queue");
        let found = found.runs("/ticket search text:cable").await;
        assert!(found.shown().contains("Page 1 of 2"), "{}", found.shown());
        found.presses("Next").await;
        let second = found.message().await;
        assert!(
            second.contains("Page 2 of 2") && second.contains("Cable 12"),
            "{second}"
        );
    });
}
