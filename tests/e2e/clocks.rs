//! What the desk promises: who is warned, who hears that it ran out, and what a requester reads of it.

use jiff::SignedDuration;

use crate::harness::{Desk, story};

const HOUR: SignedDuration = SignedDuration::from_hours(1);

/// Somebody opens a ticket of an ordinary urgency (P3).
async fn opens_p3(desk: &Desk, who: &str, title: &str) {
    desk.opens_as(who, title, "category:network affected:low can_work:high")
        .await;
}

#[test]
fn nobody_answers_and_each_hears_of_it_in_turn() {
    story(async |desk| {
        opens_p3(desk, "mia", "The VPN is down").await;
        insta::assert_snapshot!(desk.channel("T-0001 · The VPN is down").as_("mia").last(1).await, @"
        **Deskhand** (bot) · 09:00
          @Mia, the desk has your request.
          ┌ T-0001 · The VPN is down
          │ Next, first contact (L1) looks at it, and you read here who takes it.
          │ Add whatever helps in the meantime: a screenshot, an error message word for word, what you tried.
          │ You hear from us by ⟨2026-06-15 13:00Z f⟩.
          │ What happens: It stays on connecting since nine.
          └ T-0001·e1
        ");
        insta::assert_snapshot!(desk.channel("#l1-queue").as_("ravi").last(1).await, @"
        **Deskhand** (bot) · 09:00
          ┌ T-0001 · The VPN is down
          │ Requester: @Mia
          │ About: Network, Wi-Fi and VPN
          │ Priority: P3 · one person · work stops
          │ State: in the queue
          │ With: nobody yet
          │ Opened: ⟨2026-06-15 09:00Z R⟩
          │ Promised: the first answer: ⟨2026-06-15 13:00Z f⟩ (⟨2026-06-15 13:00Z R⟩)
          │ the solution: ⟨2026-06-17 17:00Z f⟩ (⟨2026-06-17 17:00Z R⟩)
          └ T-0001·L1
          [Claim] [Show]
          [Go to the thread ↗]
        ");
        desk.claims("ravi", "T-0001").await;

        // Three quarters of four hours
        desk.passes(HOUR * 3).await;
        insta::assert_snapshot!(desk.channel("#l1-queue").as_("ravi").last(1).await, @"
        **Deskhand** (bot) · 12:00
          @Ravi, T-0001 runs out soon.
          ┌ 75 % of the time for the first answer of T-0001 is used up: it runs out ⟨2026-06-15 13:00Z R⟩.
          │ The VPN is down
          └ T-0001·e3
        ");
        assert!(
            !desk
                .channel("#leads")
                .as_("nia")
                .transcript()
                .await
                .contains("T-0001")
        );
        desk.passes(HOUR).await;
        // In time to the instant is in time
        assert!(
            !desk
                .channel("#escalations")
                .as_("nia")
                .transcript()
                .await
                .contains("T-0001")
        );
        desk.passes(SignedDuration::from_secs(1)).await;
        insta::assert_snapshot!(desk.channel("#escalations").as_("nia").last(1).await, @"
        **Deskhand** (bot) · 13:00
          ┌ **T-0001** · P3 · the time for the first answer ran out ⟨2026-06-15 13:00Z R⟩
          │ with @Ravi · opened 4 h 0 min before
          │ The VPN is down
          └ T-0001·e5
        ");
        insta::assert_snapshot!(desk.channel("#leads").as_("nia").last(1).await, @"
        **Deskhand** (bot) · 13:00
          ┌ **T-0001** · P3 · the time for the first answer ran out ⟨2026-06-15 13:00Z R⟩
          │ with @Ravi · opened 4 h 0 min before
          │ The VPN is down
          └ T-0001·e5
        ");
        insta::assert_snapshot!(desk.channel("#l1-queue").as_("ravi").last(2).await, @"
        **Deskhand** (bot) · 12:00
          @Ravi, T-0001 runs out soon.
          ┌ 75 % of the time for the first answer of T-0001 is used up: it runs out ⟨2026-06-15 13:00Z R⟩.
          │ The VPN is down
          └ T-0001·e3
        **Deskhand** (bot) · 12:36
          @Ravi, T-0001 runs out soon.
          ┌ 90 % of the time for the first answer of T-0001 is used up: it runs out ⟨2026-06-15 13:00Z R⟩.
          │ The VPN is down
          └ T-0001·e4
        ");
        let hers = desk
            .person("mia")
            .in_("#help")
            .runs("/ticket show ticket:T-0001")
            .await;
        assert!(hers.shown().contains("We are late"), "{}", hers.shown());

        // He answers, and the clock of the solution goes on
        desk.person("ravi")
            .in_("T-0001 · The VPN is down")
            .runs("/work reply text:I look at it now")
            .await;
        let shown = desk
            .person("ravi")
            .in_("#l1-queue")
            .runs("/sla show ticket:T-0001")
            .await;
        insta::assert_snapshot!(shown.shown(), @"
        **Deskhand** (bot) · 13:00 (only for Ravi)
          ┌ What is promised for T-0001
          │ The first answer: ran out ⟨2026-06-15 13:00Z f⟩, and was done after that
          │ The next update: nobody waits for one
          │ The solution: runs out ⟨2026-06-17 17:00Z f⟩ (⟨2026-06-17 17:00Z R⟩); 19 h 59 min of open time left
          └ Policy 0, P3, calendar business
        ");
        let history = desk
            .person("ravi")
            .in_("#l1-queue")
            .runs("/ticket history ticket:T-0001")
            .await;
        insta::assert_snapshot!(history.shown(), @"
        **Deskhand** (bot) · 13:00 (only for Ravi)
          ┌ T-0001: what happened
          │ ⟨2026-06-15 09:00Z f⟩ · opened as P3 by @Mia
          │ ⟨2026-06-15 09:00Z f⟩ · @Ravi takes it
          │ ⟨2026-06-15 12:00Z f⟩ · 75 % of the time for the first answer is used up
          │ ⟨2026-06-15 12:36Z f⟩ · 90 % of the time for the first answer is used up
          │ ⟨2026-06-15 13:00Z f⟩ · the time for the first answer ran out at ⟨2026-06-15 13:00Z f⟩
          └ ⟨2026-06-15 13:00Z f⟩ · @Ravi answers
        ");

        // A lead does not count it, and says why
        let form = desk
            .person("nia")
            .in_("#leads")
            .runs("/lead waive ticket:T-0001")
            .await;
        let waived = form
            .submits(&[("reason", "The power was off in the whole house")])
            .await;
        insta::assert_snapshot!(waived.shown(), @"
        **Deskhand** (bot) · 13:00 (only for Nia)
          What ran out on T-0001 is not counted any more. It is in the audit with your reason.
        ");
        insta::assert_snapshot!(desk.channel("#escalations").as_("nia").last(1).await, @"
        **Deskhand** (bot) · 13:00
          ┌ @Nia does not count that the time for the first answer of T-0001 ran out.
          │ > The power was off in the whole house
          └ T-0001·e7
        ");
        let again = desk
            .person("nia")
            .in_("#leads")
            .runs("/lead waive ticket:T-0001 reason:Twice")
            .await;
        insta::assert_snapshot!(again.shown(), @"
        **Deskhand** (bot) · 13:00 (only for Nia)
          No clock of T-0001 ran out, or every one that did is waived already. There is nothing to do.
          ┌ What you typed is not lost; copy it from here and try again.
          └ Why does it not count?: > Twice
        ");
        let shown = desk
            .person("ravi")
            .in_("#l1-queue")
            .runs("/sla show ticket:T-0001")
            .await;
        assert!(
            shown.shown().contains("a lead does not count it"),
            "{}",
            shown.shown()
        );
    });
}

#[test]
fn a_friday_evening_is_followed_by_monday_and_the_requester_reads_when_we_open() {
    story(async |desk| {
        desk.passes(HOUR * (4 * 24 + 9)).await;
        opens_p3(desk, "mia", "The VPN is down").await;
        insta::assert_snapshot!(desk.channel("T-0001 · The VPN is down").as_("mia").last(1).await, @"
        **Deskhand** (bot) · 18:00
          @Mia, the desk has your request.
          ┌ T-0001 · The VPN is down
          │ Next, first contact (L1) looks at it, and you read here who takes it.
          │ Add whatever helps in the meantime: a screenshot, an error message word for word, what you tried.
          │ We are closed now and open at ⟨2026-06-22 09:00Z f⟩. You hear from us by ⟨2026-06-22 13:00Z f⟩.
          │ What happens: It stays on connecting since nine.
          └ T-0001·e1
        ");
        desk.passes(HOUR * 48).await;
        assert!(
            !desk
                .channel("#escalations")
                .as_("nia")
                .transcript()
                .await
                .contains("T-0001")
        );
        desk.passes(HOUR * 19).await;
        let shown = desk
            .person("ravi")
            .in_("#l1-queue")
            .runs("/sla show ticket:T-0001")
            .await;
        insta::assert_snapshot!(shown.shown(), @"
        **Deskhand** (bot) · 13:00 (only for Ravi)
          ┌ What is promised for T-0001
          │ The first answer: runs out ⟨2026-06-22 13:00Z f⟩ (⟨2026-06-22 13:00Z R⟩); less than a minute of open time left
          │ The next update: nobody waits for one
          │ The solution: runs out ⟨2026-06-24 17:00Z f⟩ (⟨2026-06-24 17:00Z R⟩); 20 h 0 min of open time left
          └ Policy 0, P3, calendar business
        ");
        // It runs out while the desk is down
        desk.stops().await;
        desk.jumps(HOUR * 2);
        desk.starts().await;
        let breached = "select cast(count(*) as text) from event where kind = 'clock_breached'";
        desk.eventually("the breach is put down", async || {
            desk.database(breached).await == "1"
        })
        .await;
        desk.settles().await;
        insta::assert_snapshot!(desk.channel("#escalations").as_("nia").transcript().await, @"
        **Deskhand** (bot) · 15:00
          ┌ **T-0001** · P3 · the time for the first answer ran out ⟨2026-06-22 13:00Z R⟩
          │ nobody has it · opened 2 days 21 h before
          │ Noticed 2 h 0 min late: the desk was away.
          │ The VPN is down
          └ T-0001·e4
        ");
    });
}

#[test]
fn waiting_for_the_requester_holds_the_solution_and_their_message_begins_the_next_update() {
    story(async |desk| {
        opens_p3(desk, "mia", "The VPN is down").await;
        desk.claims("ravi", "T-0001").await;
        let thread = "T-0001 · The VPN is down";
        desk.person("ravi")
            .in_(thread)
            .runs("/work ask-user question:Which room?")
            .await;
        desk.passes(HOUR * 3).await;
        let shown = desk.person("ravi").in_(thread).runs("/sla show").await;
        insta::assert_snapshot!(shown.shown(), @"
        **Deskhand** (bot) · 12:00 (only for Ravi)
          ┌ What is promised for T-0001
          │ The first answer: done in time
          │ The next update: nobody waits for one
          │ The solution: paused; 24 h 0 min of open time left
          └ Policy 0, P3, calendar business
        ");
        desk.person("mia").in_(thread).says("Room 4").await;
        let state = "select state from ticket";
        desk.eventually("the desk hears her", async || {
            desk.database(state).await == "in_progress"
        })
        .await;
        desk.passes(HOUR).await;
        let shown = desk.person("ravi").in_(thread).runs("/sla show").await;
        insta::assert_snapshot!(shown.shown(), @"
        **Deskhand** (bot) · 13:00 (only for Ravi)
          ┌ What is promised for T-0001
          │ The first answer: done in time
          │ The next update: runs out ⟨2026-06-16 12:00Z f⟩ (⟨2026-06-16 12:00Z R⟩); 7 h 0 min of open time left
          │ The solution: runs out ⟨2026-06-18 12:00Z f⟩ (⟨2026-06-18 12:00Z R⟩); 23 h 0 min of open time left
          └ Policy 0, P3, calendar business
        ");
        let hers = desk.person("mia").in_(thread).runs("/ticket show").await;
        assert!(
            hers.shown().contains("You hear how it goes by"),
            "{}",
            hers.shown()
        );
        // What he writes in the thread is an answer, and the next one begins anew
        desk.person("ravi").in_(thread).says("I am on my way").await;
        let replies = "select cast(count(*) as text) from event where kind = 'replied'";
        desk.eventually("the desk hears him", async || {
            desk.database(replies).await == "1"
        })
        .await;
        let shown = desk.person("ravi").in_(thread).runs("/sla show").await;
        assert!(
            shown.shown().contains("nobody waits for one"),
            "{}",
            shown.shown()
        );
    });
}

#[test]
fn what_is_least_urgent_is_told_to_the_leads_once_a_day() {
    story(async |desk| {
        desk.opens("mia", "The VPN is down").await;
        desk.opens("tom", "The badge is lost").await;
        desk.passes(HOUR * 8 + SignedDuration::from_secs(1)).await;
        insta::assert_snapshot!(desk.channel("#escalations").as_("nia").last(1).await, @"
        **Deskhand** (bot) · 17:00
          ┌ **T-0002** · P4 · the time for the first answer ran out ⟨2026-06-15 17:00Z R⟩
          │ nobody has it · opened 8 h 0 min before
          │ The badge is lost
          └ T-0002·e2
        ");
        assert!(
            !desk
                .channel("#leads")
                .as_("nia")
                .transcript()
                .await
                .contains("T-0001")
        );
        desk.passes(HOUR * 16).await;
        insta::assert_snapshot!(desk.channel("#leads").as_("nia").last(1).await, @"
        **Deskhand** (bot) · 09:00
          ┌ What is least urgent and ran out since yesterday: 2
          │ **T-0001** · P4 · the first answer · ran out ⟨2026-06-15 17:00Z R⟩
          │ **T-0002** · P4 · the first answer · ran out ⟨2026-06-15 17:00Z R⟩
          └ desk·r
        ");
    });
}

#[test]
fn after_an_outage_over_a_week_end_many_breaches_are_one_post_with_their_true_times() {
    story(async |desk| {
        desk.passes(HOUR * (4 * 24 + 7)).await;
        for number in 1..=12 {
            let who = ["mia", "tom", "sami", "noor"][number % 4];
            opens_p3(desk, who, &format!("Trouble number {number}")).await;
        }
        // The machine sleeps over the week-end
        desk.jumps(HOUR * (3 * 24 - 1));
        let breached = "select cast(count(*) as text) from event where kind = 'clock_breached'";
        desk.eventually("the breaches are put down", async || {
            desk.database(breached).await == "12"
        })
        .await;
        desk.settles().await;
        insta::assert_snapshot!(desk.channel("#escalations").as_("nia").last(1).await, @"
        **Deskhand** (bot) · 15:00
          ┌ While the desk was away, the time of 12 promises ran out or nearly did. The oldest 3 h 0 min ago.
          │ **T-0001** · P3 · the first answer · ran out ⟨2026-06-22 12:00Z R⟩
          │ **T-0002** · P3 · the first answer · ran out ⟨2026-06-22 12:00Z R⟩
          │ **T-0003** · P3 · the first answer · ran out ⟨2026-06-22 12:00Z R⟩
          │ **T-0004** · P3 · the first answer · ran out ⟨2026-06-22 12:00Z R⟩
          │ **T-0005** · P3 · the first answer · ran out ⟨2026-06-22 12:00Z R⟩
          │ **T-0006** · P3 · the first answer · ran out ⟨2026-06-22 12:00Z R⟩
          │ **T-0007** · P3 · the first answer · ran out ⟨2026-06-22 12:00Z R⟩
          │ **T-0008** · P3 · the first answer · ran out ⟨2026-06-22 12:00Z R⟩
          │ **T-0009** · P3 · the first answer · ran out ⟨2026-06-22 12:00Z R⟩
          │ **T-0010** · P3 · the first answer · ran out ⟨2026-06-22 12:00Z R⟩
          │ **T-0011** · P3 · the first answer · ran out ⟨2026-06-22 12:00Z R⟩
          │ **T-0012** · P3 · the first answer · ran out ⟨2026-06-22 12:00Z R⟩
          └ desk·r
        ");
        let all = desk.channel("#escalations").as_("nia").transcript().await;
        assert_eq!(all.matches("Deskhand").count(), 1, "{all}");
        let at =
            "select distinct json_extract(body, '$.at') from event where kind = 'clock_breached'";
        insta::assert_snapshot!(desk.database(at).await, @"2026-06-22T12:00:00Z");
    });
}

#[test]
fn a_holiday_that_is_added_today_moves_what_runs_from_now_on_and_it_is_put_down() {
    story(async |desk| {
        opens_p3(desk, "mia", "The VPN is down").await;
        desk.passes(HOUR).await;
        let line = "/sla holidays add:2026-06-15";
        let no = desk.person("nia").in_("#leads").runs(line).await;
        insta::assert_snapshot!(no.shown(), @"
        **Deskhand** (bot) · 10:00 (only for Nia)
          This is for Desk admin. Ask a desk admin if you should have that role.
        ");
        let no = desk
            .person("ada")
            .in_("#general")
            .runs("/sla holidays add:15.06.2026")
            .await;
        insta::assert_snapshot!(no.shown(), @r#"
        **Deskhand** (bot) · 10:00 (only for Ada)
          These hours cannot be: holidays: there is no date "15.06.2026": write it as 2026-12-24. Write `24/7`, or days, times and a time zone: `Mon-Fri 09:00-17:00 Europe/Berlin`.
        "#);
        let done = desk.person("ada").in_("#general").runs(line).await;
        insta::assert_snapshot!(done.shown(), @"
        **Deskhand** (bot) · 10:00 (only for Ada)
          From now on **business** is closed on one day of its own. 2 promises move by it; their cards say until when.
        ");
        desk.settles().await;
        let history = desk
            .person("ravi")
            .in_("#l1-queue")
            .runs("/ticket history ticket:T-0001")
            .await;
        insta::assert_snapshot!(history.shown(), @"
        **Deskhand** (bot) · 10:00 (only for Ravi)
          ┌ T-0001: what happened
          │ ⟨2026-06-15 09:00Z f⟩ · opened as P3 by @Mia
          │ ⟨2026-06-15 10:00Z f⟩ · the time for the first answer now runs out at ⟨2026-06-16 12:00Z f⟩
          └ ⟨2026-06-15 10:00Z f⟩ · the time for the solution now runs out at ⟨2026-06-18 16:00Z f⟩
        ");
        // An hour was counted before; Tuesday's first three are left
        desk.passes(HOUR * 26).await;
        let before = desk.channel("#escalations").as_("nia").transcript().await;
        assert!(!before.contains("T-0001"), "{before}");
        desk.passes(SignedDuration::from_secs(1)).await;
        insta::assert_snapshot!(desk.channel("#escalations").as_("nia").transcript().await, @"
        **Deskhand** (bot) · 12:00
          ┌ **T-0001** · P3 · the time for the first answer ran out ⟨2026-06-16 12:00Z R⟩
          │ nobody has it · opened 1 day 3 h before
          │ The VPN is down
          └ T-0001·e6
        ");
        let back = desk
            .person("ada")
            .in_("#general")
            .runs("/sla holidays remove:2026-06-15")
            .await;
        insta::assert_snapshot!(back.shown(), @"
        **Deskhand** (bot) · 12:00 (only for Ada)
          From now on **business** is closed on 0 days of its own. No promise moves by it.
        ");
    });
}

#[test]
fn the_desk_keeps_its_hours_when_the_clocks_are_set_back() {
    story(async |desk| {
        let line = "/sla calendar hours:Mon-Fri 09:00-17:00 Europe/Berlin";
        let set = desk.person("ada").in_("#general").runs(line).await;
        insta::assert_snapshot!(set.shown(), @"
        **Deskhand** (bot) · 09:00 (only for Ada)
          From now on **business** is Mon-Fri 09:00-17:00 Europe/Berlin. No promise moves by it.
        ");
        // Friday, four in the afternoon of Berlin's summer; the night to Sunday is an hour longer
        desk.passes(HOUR * (130 * 24 + 5)).await;
        opens_p3(desk, "mia", "The VPN is down").await;
        let hers = desk
            .channel("T-0001 · The VPN is down")
            .as_("mia")
            .last(1)
            .await;
        assert!(
            hers.contains("You hear from us by ⟨2026-10-26 11:00Z f⟩"),
            "{hers}"
        );
        let hours = desk.person("mia").in_("#help").runs("/sla calendar").await;
        insta::assert_snapshot!(hours.shown(), @"
        **Deskhand** (bot) · 14:00 (only for Mia)
          ┌ When the desk is open
          │ **always**: 24/7
          └ **business**: Mon-Fri 09:00-17:00 Europe/Berlin
        ");
        // Day and night an hour is an hour, also the one that comes twice: half an hour before it a P2 comes
        desk.passes(HOUR * 33 + HOUR / 2).await;
        let choices = "category:network affected:high can_work:medium";
        desk.opens_as("tom", "Nobody can print", choices).await;
        desk.claims("ravi", "T-0002").await;
        desk.passes(HOUR * 48).await;
        insta::assert_snapshot!(desk.channel("#escalations").as_("nia").transcript().await, @"
        **Deskhand** (bot) · 00:00
          ┌ **T-0002** · P2 · the time for the first answer ran out ⟨2026-10-25 00:00Z R⟩
          │ with @Ravi · opened 30 min before
          │ Nobody can print
          └ T-0002·e5
        **Deskhand** (bot) · 07:30
          ┌ **T-0002** · P2 · the time for the solution ran out ⟨2026-10-25 07:30Z R⟩
          │ with @Ravi · opened 8 h 0 min before
          │ Nobody can print
          └ T-0002·e8
        **Deskhand** (bot) · 11:00
          ┌ **T-0001** · P3 · the time for the first answer ran out ⟨2026-10-26 11:00Z R⟩
          │ nobody has it · opened 2 days 21 h before
          │ The VPN is down
          └ T-0001·e4
        ");
    });
}
