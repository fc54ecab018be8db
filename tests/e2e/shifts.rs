//! Shifts of every week: they begin and end by themselves, and people swap them.

use jiff::SignedDuration;

use crate::harness::{Desk, Given};

#[track_caller]
fn story(body: impl AsyncFnOnce(&Desk)) {
    Given::default().in_turn().story(body);
}

const QUEUE: &str = "#l1-queue";

/// Ravi and Sami take the early shift in turn, week by week, and Ravi has this week.
async fn plans(desk: &Desk) {
    let nia = desk.person("nia").in_("#leads");
    let line = "/duty schedule name:Early hours:Mon-Fri 09:00-13:00 person:@Ravi";
    nia.runs(line).await;
    nia.runs("/duty schedule name:Early person:@Sami").await;
}

/// Shifts are turned by a job of their own: waits until these are on duty, and everybody has heard of it.
async fn turns_to(desk: &Desk, who: &str) {
    let so = async || on_duty(desk).await == who;
    desk.eventually("the shift is turned", so).await;
    desk.settles().await;
}

async fn on_duty(desk: &Desk) -> String {
    desk.database("select coalesce(group_concat(name, ', '), '-') from (select name from member where duty = 'on' order by name)")
        .await
}

#[test]
fn a_lead_plans_a_shift_by_mouse() {
    story(async |desk| {
        let nia = desk.person("nia").in_("#leads");
        let none = nia.runs("/duty schedule").await;
        insta::assert_snapshot!(none.shown(), @"
        **Deskhand** (bot) · 09:00 (only for Nia)
          ┌ Shifts
          └ No shifts are planned. People say themselves when they are on duty.
          [New shift]
        ");
        let form = none.presses("New shift").await;
        insta::assert_snapshot!(form.shown(), @"
        Form: A shift of every week
          What is it called? *:
          Days and times *:
        ");
        let planned = form
            .submits(&[("name", "Early"), ("hours", "Mon-Fri 09:00-13:00")])
            .await;
        insta::assert_snapshot!(planned.shown(), @"
        **Deskhand** (bot) · 09:00 (only for Nia)
          **Early** · Mon-Fri 09:00-13:00 UTC
          Nobody takes it yet.

          Who takes Early? Several people take it in turn, week by week, in the order of this list; the first has this week.
          ⟨Who takes it: Ivo | Kai | Lena | Noor | Ravi | Sami⟩
          [Change the times] [End it!]
        ");
        planned.chooses("Who takes it", "Ravi").await;
        insta::assert_snapshot!(planned.message().await, @"
        **Deskhand** (bot) · 09:00 (only for Nia)
          Early begins and ends by itself from now on.

          **Early** · Mon-Fri 09:00-13:00 UTC
          @Ravi, every week
          [Shifts]
        ");
        turns_to(desk, "Ravi").await;
        insta::assert_snapshot!(desk.channel(QUEUE).as_("ravi").last(1).await, @"
        **Deskhand** (bot) · 09:00
          @Ravi: your shift begins (Early). You are on duty until ⟨2026-06-15 13:00Z t⟩.
          -# desk·r
        ");
        // Others see it, and change nothing
        let sami = desk.person("sami").in_(QUEUE);
        insta::assert_snapshot!(sami.runs("/duty schedule").await.shown(), @"
        **Deskhand** (bot) · 09:00 (only for Sami)
          ┌ Shifts
          │ **Early** · Mon-Fri 09:00-13:00 UTC
          │ @Ravi, every week
          │ The next seven days: ⟨2026-06-15 09:00Z F⟩ – ⟨2026-06-15 13:00Z t⟩ · Early · @Ravi
          │ ⟨2026-06-16 09:00Z F⟩ – ⟨2026-06-16 13:00Z t⟩ · Early · @Ravi
          │ ⟨2026-06-17 09:00Z F⟩ – ⟨2026-06-17 13:00Z t⟩ · Early · @Ravi
          │ ⟨2026-06-18 09:00Z F⟩ – ⟨2026-06-18 13:00Z t⟩ · Early · @Ravi
          │ ⟨2026-06-19 09:00Z F⟩ – ⟨2026-06-19 13:00Z t⟩ · Early · @Ravi
          └ ⟨2026-06-22 09:00Z F⟩ – ⟨2026-06-22 13:00Z t⟩ · Early · @Ravi
          [Swap a shift]
        ");
        let no = sami
            .runs("/duty schedule name:Late hours:Mon 13:00-17:00")
            .await;
        insta::assert_snapshot!(no.shown(), @"
        **Deskhand** (bot) · 09:00 (only for Sami)
          This is for Lead. Ask a desk admin if you should have that role.
        ");
        // The times change, and then it is over
        let listed = nia.runs("/duty schedule").await;
        listed.chooses("Change one of them", "Early").await;
        let form = nia.presses_on(listed.id(), "Change the times").await;
        let bad = form.submits(&[("hours", "Mon-Fri 25:00-26:00")]).await;
        insta::assert_snapshot!(bad.shown(), @r#"
        **Deskhand** (bot) · 09:00 (only for Nia)
          These hours cannot be: weekly.fri: "25:00" is no time of day: write 00:00 to 24:00, with two digits each Write `24/7`, or days, times and a time zone: `Mon-Fri 09:00-17:00 Europe/Berlin`.
          ┌ What you typed is not lost; copy it from here and try again.
          └ Days and times: > Mon-Fri 25:00-26:00
        "#);
        let form = nia.presses_on(listed.id(), "Change the times").await;
        let later = form
            .submits(&[("hours", "Mon-Fri 10:00-13:00 Europe/Berlin")])
            .await;
        insta::assert_snapshot!(later.shown(), @"
        **Deskhand** (bot) · 09:00 (only for Nia)
          Early begins and ends by itself from now on.

          **Early** · Mon-Fri 10:00-13:00 Europe/Berlin
          @Ravi, every week
          [Shifts]
        ");
        nia.presses_on(listed.id(), "End it").await;
        insta::assert_snapshot!(listed.message().await, @"
        **Deskhand** (bot) · 09:00 (only for Nia)
          Early is not planned any more.
        ");
        assert_eq!(on_duty(desk).await, "-");
    });
}

#[test]
fn a_shift_begins_and_ends_at_its_time_and_what_was_offered_goes_on() {
    story(async |desk| {
        plans(desk).await;
        turns_to(desk, "Ravi").await;
        desk.person("sami").in_(QUEUE).runs("/duty on").await;
        // Ravi works on one that is urgent and one that is not, and has not accepted a third
        let urgent = "category:network affected:high can_work:medium";
        desk.opens_as("mia", "The whole floor has no VPN", urgent)
            .await;
        desk.accepts("ravi", "T-0001").await;
        desk.opens("tom", "The printer jams").await;
        let nia = desk.person("nia").in_("#leads");
        nia.runs("/work assign ticket:T-0002 to:@Ravi").await;
        desk.accepts("ravi", "T-0002").await;
        desk.passes(SignedDuration::from_mins(239)).await;
        desk.opens("mia", "No sound in room 4").await;
        nia.runs("/work assign ticket:T-0003 to:@Ravi").await;
        desk.passes(SignedDuration::from_secs(59)).await;
        assert_eq!(on_duty(desk).await, "Ravi, Sami");
        desk.passes(SignedDuration::from_secs(1)).await;
        assert_eq!(on_duty(desk).await, "Sami");
        insta::assert_snapshot!(desk.channel(QUEUE).as_("ravi").last(2).await, @"
        **Deskhand** (bot) · 13:00
          @Ravi: your shift is over (Early). Nothing new is offered to you.
          One other ticket stays with you.
          ┌ One urgent ticket is still with you. Hand it over before you go:
          │ **P2** T-0001 · The whole floor has no VPN #T-0001 · The whole floor has no VPN
          └ desk·r
          [Hand over to the next] [Escalate T-0001]
        **Deskhand** (bot) · 13:00
          @Sami, it is offered to you.
          ┌ T-0003: @Ravi is off duty now.
          └ T-0003·e4
        ");
        insta::assert_snapshot!(
            desk.database("select group_concat(number || ' ' || state || ' ' || (select name from member where user = assignee), ', ') from ticket").await,
            @"1 in_progress Ravi, 2 in_progress Ravi, 3 assigned Sami"
        );
    });
}

#[test]
fn a_shift_that_would_be_turned_during_an_outage_is_turned_once() {
    story(async |desk| {
        plans(desk).await;
        turns_to(desk, "Ravi").await;
        desk.stops().await;
        // Over its end, and into the next one
        desk.jumps(SignedDuration::from_hours(25));
        desk.starts().await;
        turns_to(desk, "Ravi").await;
        desk.restarts().await;
        desk.settles().await;
        let heard = desk.channel(QUEUE).as_("ravi").transcript().await;
        assert_eq!(heard.matches("your shift begins").count(), 1, "{heard}");
        assert_eq!(heard.matches("your shift is over").count(), 0, "{heard}");
        // Tomorrow's end is heard of as ever
        desk.passes(SignedDuration::from_hours(3)).await;
        assert_eq!(on_duty(desk).await, "-");
        let heard = desk.channel(QUEUE).as_("ravi").transcript().await;
        assert_eq!(heard.matches("your shift is over").count(), 1, "{heard}");
    });
}

#[test]
fn over_the_week_end_nobody_is_on_and_then_it_is_the_other_ones_week() {
    story(async |desk| {
        plans(desk).await;
        turns_to(desk, "Ravi").await;
        // To Friday afternoon
        desk.passes(SignedDuration::from_hours(4 * 24 + 5)).await;
        assert_eq!(on_duty(desk).await, "-");
        desk.opens("mia", "The VPN is down").await;
        assert_eq!(desk.standing().await, "T-0001 new L1 -");
        insta::assert_snapshot!(desk.channel("#leads").as_("nia").last(1).await, @"
        **Deskhand** (bot) · 14:00
          ┌ T-0001 waits at L1, and nobody on duty there can be offered it. Find somebody, or take it.
          │ The VPN is down
          └ T-0001·e1
        ");
        desk.passes(SignedDuration::from_hours(2 * 24 + 19)).await;
        assert_eq!(on_duty(desk).await, "Sami");
        insta::assert_snapshot!(desk.channel(QUEUE).as_("sami").last(1).await, @"
        **Deskhand** (bot) · 09:00
          @Sami: your shift begins (Early). You are on duty until ⟨2026-06-22 13:00Z t⟩.
          -# desk·r
        ");
    });
}

#[test]
fn somebody_takes_a_shift_once_they_agree() {
    story(async |desk| {
        plans(desk).await;
        turns_to(desk, "Ravi").await;
        let ravi = desk.person("ravi").in_(QUEUE);
        let which = ravi.runs("/duty swap").await;
        assert!(
            which.shown().contains("2026-06-16 09:00–13:00 · Early"),
            "{}",
            which.shown()
        );
        which
            .chooses("Which shift", "2026-06-16 09:00–13:00 · Early")
            .await;
        insta::assert_snapshot!(which.message().await, @"
        **Deskhand** (bot) · 09:00 (only for Ravi)
          Who should take Early of ⟨2026-06-16 09:00Z F⟩? They are asked, and it is theirs once they agree.
          ⟨Who takes it?: Ivo | Kai | Lena | Noor | Sami⟩
        ");
        which.chooses("Who takes it?", "Ivo").await;
        insta::assert_snapshot!(which.message().await, @"
        **Deskhand** (bot) · 09:00 (only for Ravi)
          @Ivo is asked to take Early of ⟨2026-06-16 09:00Z F⟩. You keep it until they agree.
        ");
        let ivos = desk.channel("#l2-queue");
        insta::assert_snapshot!(ivos.as_("ivo").last(1).await, @"
        **Deskhand** (bot) · 09:00
          @Ivo: @Ravi asks you to take their shift Early, ⟨2026-06-16 09:00Z F⟩ – ⟨2026-06-16 13:00Z t⟩.
          -# desk·r
          [I take it] [No]
        ");
        // It is Ivo who is asked
        let lena = desk
            .person("lena")
            .in_("#l2-queue")
            .presses("I take it")
            .await;
        insta::assert_snapshot!(lena.shown(), @"
        **Deskhand** (bot) · 09:00 (only for Lena)
          @Ivo was asked, and only they can answer.
        ");
        let agreed = desk
            .person("ivo")
            .in_("#l2-queue")
            .presses("I take it")
            .await;
        insta::assert_snapshot!(agreed.shown(), @"
        **Deskhand** (bot) · 09:00 (only for Ivo)
          You take Early of ⟨2026-06-16 09:00Z F⟩ for @Ravi.
        ");
        insta::assert_snapshot!(desk.channel(QUEUE).as_("ravi").last(1).await, @"
        **Deskhand** (bot) · 09:00
          @Ravi: @Ivo takes your shift Early of ⟨2026-06-16 09:00Z F⟩.
          -# desk·r
        ");
        let twice = desk.person("ivo").in_("#l2-queue").presses("No").await;
        insta::assert_snapshot!(twice.shown(), @"
        **Deskhand** (bot) · 09:00 (only for Ivo)
          This button is no longer valid. Start again with the command.
        ");
        desk.passes(SignedDuration::from_hours(24)).await;
        assert_eq!(on_duty(desk).await, "Ivo");
        desk.passes(SignedDuration::from_hours(24)).await;
        assert_eq!(on_duty(desk).await, "Ravi");
        // Sami is asked at once, and says no
        let which = ravi.runs("/duty swap with:@Sami").await;
        which
            .chooses("Which shift", "2026-06-18 09:00–13:00 · Early")
            .await;
        let no = desk.person("sami").in_(QUEUE).presses("No").await;
        insta::assert_snapshot!(no.shown(), @"
        **Deskhand** (bot) · 09:00 (only for Sami)
          You do not take Early of ⟨2026-06-18 09:00Z F⟩. @Ravi keeps it.
        ");
        let none = desk
            .person("noor")
            .in_("#l3-queue")
            .runs("/duty swap")
            .await;
        insta::assert_snapshot!(none.shown(), @"
        **Deskhand** (bot) · 09:00 (only for Noor)
          You have no shift in the next four weeks.
        ");
    });
}
