//! What leads are told by themselves, once a day and once a week.

use jiff::SignedDuration;

use crate::harness::{Desk, Given, story};

const HOUR: SignedDuration = SignedDuration::from_hours(1);
const MINUTE: SignedDuration = SignedDuration::from_mins(1);

/// The digests that stand in the leads' channel.
async fn digests(desk: &Desk) -> Vec<String> {
    let leads = desk.channel("#leads").as_("nia");
    let all = leads.messages().await;
    let titles = all
        .iter()
        .filter_map(|one| one["embeds"][0]["title"].as_str());
    let ours = titles.filter(|title| {
        title.starts_with("The day before") || title.starts_with("The week before")
    });
    ours.map(str::to_owned).collect()
}

#[test]
fn each_morning_leads_read_what_is_about_to_be_late_and_what_was_done() {
    Given::default().with_digests().story(async |desk| {
        // P4, which nobody answers: it is told once a day.
        desk.opens("mia", "The screen flickers").await;
        desk.claims("ravi", "T-0001").await;
        desk.opens_as(
            "tom",
            "The VPN is down",
            "category:network affected:low can_work:high",
        )
        .await;
        desk.claims("ravi", "T-0002").await;
        desk.passes(HOUR).await;
        desk.resolves("ravi", "T-0002").await;
        // A Monday, ten o'clock. The P4 runs out when the desk has been open for eight hours.
        desk.passes(HOUR * 7).await;
        desk.opens_as(
            "lena",
            "Mail bounces",
            "category:network affected:low can_work:high",
        )
        .await;
        desk.passes(HOUR * 15 - MINUTE).await;
        assert_eq!(digests(desk).await, Vec::<String>::new());
        desk.passes(MINUTE * 2).await;
        let leads = desk.channel("#leads").as_("nia");
        insta::assert_snapshot!(leads.last(1).await, @"
        **Deskhand** (bot) · 08:00
          [file 2026-06-15.png: Day by day over 1 day: 3 opened, 1 solved. Most were opened on 2026-06-15: 3. Open at the end: 2, by age in days: 0–1: 2, 1–3: 0, 3–7: 0, 7–14: 0, 14–30: 0, 30+: 0. Kept in time, the first answer: 50 % (1 of 2). Kept in time, the solution: 100 % (1 of 1). Stays at L1: half within 1 h 0 min, nine of ten within 1 h 0 min (n = 1). Stays at L2: no figure (n = 0). Stays at L3: no figure (n = 0). Most are opened on Mon from 9:00: 2.]
          ┌ The day before: 2026-06-15
          │ **Late: 1**
          │ T-0001 · L1 · P4 · The screen flickers
          │ the first answer: ⟨2026-06-15 17:00Z R⟩ · with @Ravi
          │
          │ **What is least urgent and ran out since yesterday: 1**
          │ **T-0001** · P4 · the first answer · ran out ⟨2026-06-15 17:00Z R⟩
          │ Tickets: **3** opened, **1** solved
          │ Open at the end: **2**; their age: half within 7 h 0 min, the oldest 15 h 0 min
          │ Promises kept: the first answer: **50 %** (1 of 2)
          │ the solution: **100 %** (1 of 1)
          │ Updates missed: 0
          │ How long it took: Until somebody answered: half within 1 h 0 min, nine of ten within 1 h 0 min (n = 1)
          │ Until it was solved: half within 1 h 0 min, nine of ten within 1 h 0 min (n = 1)
          │ Otherwise than the day before that: Opened: **3**, it was 0
          │ Solved: **1**, it was 0
          │ Open at the end: **2**, it was 0
          │ Kept in time, the first answer: **50 %**, it was no figure
          │ Kept in time, the solution: **100 %**, it was no figure
          │ Until somebody answered, half of them: **1 h 0 min**, it was no figure
          │ Until it was solved, half of them: **1 h 0 min**, it was no figure
          └ desk·r
        ");

        // Once, also where the desk is started anew.
        desk.restarts().await;
        desk.passes(MINUTE).await;
        assert_eq!(digests(desk).await.len(), 1);
        desk.passes(HOUR * 24).await;
        insta::assert_snapshot!(leads.last(1).await, @"
        **Deskhand** (bot) · 08:00
          [file 2026-06-16.png: Day by day over 1 day: 0 opened, 0 solved. Open at the end: 2, by age in days: 0–1: 0, 1–3: 2, 3–7: 0, 7–14: 0, 14–30: 0, 30+: 0. Kept in time, the first answer: 0 % (0 of 1). Kept in time, the solution: no figure (n = 0). Stays at L1: no figure (n = 0). Stays at L2: no figure (n = 0). Stays at L3: no figure (n = 0).]
          ┌ The day before: 2026-06-16
          │ **Late: 2**
          │ T-0001 · L1 · P4 · The screen flickers
          │ the first answer: ⟨2026-06-15 17:00Z R⟩ · with @Ravi
          │ T-0003 · L1 · P3 · Mail bounces
          │ the first answer: ⟨2026-06-16 13:00Z R⟩ · with nobody
          │ Tickets: **0** opened, **0** solved
          │ Open at the end: **2**; their age: half within 1 day 7 h, the oldest 1 day 15 h
          │ Promises kept: the first answer: **0 %** (0 of 1)
          │ the solution: no figure (n = 0)
          │ Updates missed: 0
          │ How long it took: Until somebody answered: no figure (n = 0)
          │ Until it was solved: no figure (n = 0)
          │ Otherwise than the day before that: Opened: **0**, it was 3
          │ Solved: **0**, it was 1
          │ Kept in time, the first answer: **0 %**, it was 50 %
          │ Kept in time, the solution: **no figure**, it was 100 %
          │ Until somebody answered, half of them: **no figure**, it was 1 h 0 min
          │ Until it was solved, half of them: **no figure**, it was 1 h 0 min
          └ desk·r
        ");
    });
}

#[test]
fn of_several_that_were_missed_one_comes_and_never_two() {
    Given::default().with_digests().story(async |desk| {
        desk.passes(MINUTE).await;
        // Monday to Friday.
        desk.stops().await;
        desk.jumps(HOUR * 24 * 4);
        desk.starts().await;
        let comes = async || digests(desk).await == ["The day before: 2026-06-18"];
        desk.eventually("the last one comes", comes).await;
        desk.restarts().await;
        desk.passes(MINUTE).await;
        assert_eq!(digests(desk).await.len(), 1);
        let leads = desk.channel("#leads").as_("nia");
        insta::assert_snapshot!(leads.last(1).await, @"
        **Deskhand** (bot) · 09:01
          ┌ The day before: 2026-06-18
          │ Nothing was opened, nothing was solved, and nothing is open.
          └ desk·r
        ");
        desk.passes(HOUR * 72).await;
        assert_eq!(
            digests(desk).await[1..],
            [
                "The day before: 2026-06-19",
                "The day before: 2026-06-20",
                "The day before: 2026-06-21",
                "The week before: 2026-06-15 to 2026-06-21",
            ]
        );
    });
}

#[test]
fn leads_say_when_they_want_it() {
    story(async |desk| {
        let nia = desk.person("nia").in_("#leads");
        insta::assert_snapshot!(nia.runs("/lead digest").await.shown(), @"
        **Deskhand** (bot) · 09:00 (only for Nia)
          The leads' channel reads by itself what the desk did, by the clocks of UTC:
          - each day: off
          - each week: off
        ");
        insta::assert_snapshot!(nia.runs("/lead digest daily:on at:25:00").await.shown(), @"
        **Deskhand** (bot) · 09:00 (only for Nia)
          The option `at` needs a time of the day, such as 08:00 or 17:30. Correct it and try again.
        ");
        insta::assert_snapshot!(nia.runs("/lead digest daily:on at:17:30").await.shown(), @"
        **Deskhand** (bot) · 09:00 (only for Nia)
          The leads' channel reads by itself what the desk did, by the clocks of UTC:
          - each day: at 17:30, of the day before
          - each week: off
        ");
        desk.passes(HOUR * 9).await;
        assert_eq!(digests(desk).await, ["The day before: 2026-06-14"]);
        nia.runs("/lead digest daily:off").await;
        desk.passes(HOUR * 48).await;
        assert_eq!(digests(desk).await.len(), 1);
        let ravi = desk.person("ravi").in_("#l1-queue");
        insta::assert_snapshot!(ravi.runs("/lead digest daily:off").await.shown(), @"
        **Deskhand** (bot) · 18:00 (only for Ravi)
          This is for Lead or Desk admin. Ask a desk admin if you should have that role.
        ");
    });
}
