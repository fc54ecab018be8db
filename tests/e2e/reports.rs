//! Reports for the leads.

use jiff::SignedDuration;

use crate::harness::{Desk, story};

const HOUR: SignedDuration = SignedDuration::from_hours(1);

#[test]
fn a_lead_reads_what_the_desk_did_and_takes_the_figures_along() {
    story(async |desk| {
        desk.opens("mia", "The VPN is down").await;
        desk.claims("ravi", "T-0001").await;
        desk.passes(HOUR).await;
        let line = "/work reply ticket:T-0001 text:A new profile is on its way to you";
        desk.person("ravi").in_("#l1-queue").runs(line).await;
        desk.escalates("ravi", "T-0001").await;
        desk.passes(HOUR).await;
        desk.accepts("ivo", "T-0001").await;
        desk.passes(HOUR * 3).await;
        desk.resolves("ivo", "T-0001").await;
        desk.opens_as(
            "tom",
            "The printer is out of paper",
            "category:printing affected:low can_work:low",
        )
        .await;
        desk.passes(HOUR).await;

        let leads = desk.person("nia").in_("#leads");
        let report = leads.runs("/report").await;
        assert!(report.is_private());
        insta::assert_snapshot!(report.shown(), @"
        **Deskhand** (bot) · 15:00 (only for Nia)
          [file last_30.png: Day by day over 30 days: 2 opened, 1 solved. Most were opened on 2026-06-15: 2. Open at the end: 1, by age in days: 0–1: 1, 1–3: 0, 3–7: 0, 7–14: 0, 14–30: 0, 30+: 0. Kept in time, the first answer: 100 % (1 of 1). Kept in time, the solution: 100 % (1 of 1). Stays at L1: half within 1 h 0 min, nine of ten within 1 h 0 min (n = 1). Stays at L2: half within 4 h 0 min, nine of ten within 4 h 0 min (n = 1). Stays at L3: no figure (n = 0). Most are opened on Mon from 9:00: 1.]
          ┌ What the desk did, 2026-05-17 to 2026-06-15
          │ Days and hours are those of UTC. Times to answer and to solve count while the desk has promised to be there. What was withdrawn or merged is left out.
          │ Tickets: **2** opened, **1** solved
          │ Open at the end: **1**; their age: half within 1 h 0 min, the oldest 1 h 0 min
          │ Promises kept: the first answer: **100 %** (1 of 1)
          │ the solution: **100 %** (1 of 1)
          │ Updates missed: 0
          │ Until somebody answered: half within 1 h 0 min, nine of ten within 1 h 0 min (n = 1)
          │ Until somebody took it: half within less than a minute, nine of ten within 1 h 0 min (n = 2)
          │ Until it was solved: half within 5 h 0 min, nine of ten within 5 h 0 min (n = 1)
          │ By the clock on the wall: half within 5 h 0 min, nine of ten within 5 h 0 min (n = 1)
          │ How well it was solved: Hand-overs sent back: **0 %** (0 of 1)
          │ L1: 2 came, 0 solved here
          │ Handed on upwards: **50 %** (1 of 2)
          │ A stay: half within 1 h 0 min, nine of ten within 1 h 0 min (n = 1)
          │ L2: 1 came, 1 solved here
          │ Handed on upwards: **0 %** (0 of 1)
          │ A stay: half within 4 h 0 min, nine of ten within 4 h 0 min (n = 1)
          │ L3: 0 came, 0 solved here
          │ Waiting for others: 0 % of all the time for the requester, 0 % for a vendor
          │ Satisfied: Four or five of five: no figure (n = 0); answered: **0 %** (0 of 1)
          │ Questions in chat: 0 asked: 0 solved, as who asked said; 0 perhaps; 0 not. Nothing fitted 0 of them.
          └ Messages of the desk: half within 0.0 s, 99 of 100 within 0.0 s (n = 21)
          [As CSV] [As JSON]
        ");
        let of_printing = leads.runs("/report period:today category:printing").await;
        insta::assert_snapshot!(of_printing.shown(), @"
        **Deskhand** (bot) · 15:00 (only for Nia)
          [file today.png: Day by day over 1 day: 1 opened, 0 solved. Most were opened on 2026-06-15: 1. Open at the end: 1, by age in days: 0–1: 1, 1–3: 0, 3–7: 0, 7–14: 0, 14–30: 0, 30+: 0. Kept in time, the first answer: no figure (n = 0). Kept in time, the solution: no figure (n = 0). Stays at L1: no figure (n = 0). Stays at L2: no figure (n = 0). Stays at L3: no figure (n = 0). Most are opened on Mon from 14:00: 1.]
          ┌ What the desk did, 2026-06-15 to 2026-06-15
          │ Only Printing and scanning. Days and hours are those of UTC. Times to answer and to solve count while the desk has promised to be there. What was withdrawn or merged is left out.
          │ Tickets: **1** opened, **0** solved
          │ Open at the end: **1**; their age: half within 1 h 0 min, the oldest 1 h 0 min
          │ Promises kept: the first answer: no figure (n = 0)
          │ the solution: no figure (n = 0)
          │ Updates missed: 0
          │ Until somebody answered: no figure (n = 0)
          │ Until somebody took it: no figure (n = 0)
          │ Until it was solved: no figure (n = 0)
          │ By the clock on the wall: no figure (n = 0)
          │ How well it was solved: no figure (n = 0)
          │ L1: 1 came, 0 solved here
          │ Handed on upwards: **0 %** (0 of 1)
          │ L2: 0 came, 0 solved here
          │ L3: 0 came, 0 solved here
          │ Waiting for others: 0 % of all the time for the requester, 0 % for a vendor
          └ Satisfied: Four or five of five: no figure (n = 0); answered: no figure (n = 0)
          [As CSV] [As JSON]
        ");

        report.presses("As CSV").await;
        let last = leads.messages().await.pop().expect("an answer");
        let name = "deskhand-2026-05-17-2026-06-15.csv";
        assert_eq!(last["attachments"][0]["filename"], name);
        let (same, table) = leads.runs("/report file:csv").await.file().await;
        assert_eq!(same, name);
        let row = |figure: &str| {
            table
                .lines()
                .find(|line| line.starts_with(figure))
                .map(str::to_owned)
        };
        assert_eq!(row("tickets.opened,").as_deref(), Some("tickets.opened,2"));
        assert_eq!(
            row("tickets.taken.median,").as_deref(),
            Some("tickets.taken.median,0")
        );
        assert_eq!(
            row("tickets.resolution_wall.median,").as_deref(),
            Some("tickets.resolution_wall.median,18000")
        );
        let json = leads.runs("/report file:json").await.file().await.1;
        let json: serde_json::Value = serde_json::from_str(&json).expect("JSON");
        assert_eq!(json["tickets"]["tiers"][1]["solved"], 1);
    });
}

/// One more ticket that Ravi takes and solves, within an hour.
async fn ravi_solves(desk: &Desk, number: &str) {
    let title = format!("The VPN is down, as {number} says");
    desk.opens_as("mia", &title, "category:network affected:low can_work:high")
        .await;
    desk.claims("ravi", number).await;
    desk.passes(HOUR).await;
    desk.resolves("ravi", number).await;
}

#[test]
fn of_a_person_no_figure_is_told_that_counts_fewer_than_five() {
    story(async |desk| {
        for number in ["T-0001", "T-0002", "T-0003", "T-0004"] {
            ravi_solves(desk, number).await;
        }
        let leads = desk.person("nia").in_("#leads");
        let few = leads.runs("/report person:@Ravi").await;
        insta::assert_snapshot!(few.shown(), @"
        **Deskhand** (bot) · 13:00 (only for Nia)
          [file last_30.png: Kept in time, the first answer: not told: fewer than 5. Kept in time, the solution: not told: fewer than 5. Taken: not told: fewer than 5. First answer: not told: fewer than 5. Solved: not told: fewer than 5.]
          ┌ What one person did, 2026-05-17 to 2026-06-15
          │ @Ravi: what they did counts for them, and what ran out in their hands. Days are those of UTC. A figure that counts fewer than 5 is not told: it would say more about one ticket than about a person.
          │ Tickets: Took first: not told: fewer than 5; solved: not told: fewer than 5
          │ In their hands at the end: not told: fewer than 5
          │ Promises kept: the first answer: not told: fewer than 5
          │ the solution: not told: fewer than 5
          │ Until somebody answered: not told: fewer than 5
          │ Until somebody took it: not told: fewer than 5
          │ Until it was solved: not told: fewer than 5
          │ By the clock on the wall: not told: fewer than 5
          │ How well it was solved: By first contact alone: not told: fewer than 5
          │ With one message before the solution at most: not told: fewer than 5
          │ Opened again: not told: fewer than 5
          │ Hand-overs sent back: not told: fewer than 5
          │ Waiting for others: not told: fewer than 5
          └ Satisfied: Four or five of five: not told: fewer than 5; answered: not told: fewer than 5
          [As CSV] [As JSON]
        ");
        // Neither do the files say more, nor the picture, which is that of somebody who did nothing at all.
        let csv = leads
            .runs("/report person:@Ravi file:csv")
            .await
            .file()
            .await
            .1;
        insta::assert_snapshot!(csv.replace('\r', ""), @"
        figure,value
        category,
        from,2026-05-17
        opened_in,
        person,1196378239795462148
        tickets.answered,fewer than 5
        tickets.backlog,fewer than 5
        tickets.bounced,fewer than 5
        tickets.first_contact,fewer than 5
        tickets.first_response,fewer than 5
        tickets.one_touch,fewer than 5
        tickets.promises.first_response,fewer than 5
        tickets.promises.resolution,fewer than 5
        tickets.reopened,fewer than 5
        tickets.resolution,fewer than 5
        tickets.resolution_wall,fewer than 5
        tickets.satisfied,fewer than 5
        tickets.solved,fewer than 5
        tickets.taken,fewer than 5
        tickets.took,fewer than 5
        tickets.waited_requester,fewer than 5
        tickets.waited_vendor,fewer than 5
        tier,
        until,2026-06-15
        zone,UTC
        ");
        let json = leads
            .runs("/report person:@Ravi file:json")
            .await
            .file()
            .await
            .1;
        let json: serde_json::Value = serde_json::from_str(&json).expect("JSON");
        let told = json["tickets"].to_string().replace("fewer than 5", "");
        assert!(!told.contains(|c: char| c.is_ascii_digit()), "{told}");
        let nothing = leads.runs("/report person:@Sami").await;
        assert_eq!(few.file().await, nothing.file().await);

        ravi_solves(desk, "T-0005").await;
        let five = leads.runs("/report person:@Ravi").await;
        insta::assert_snapshot!(five.shown(), @"
        **Deskhand** (bot) · 14:00 (only for Nia)
          [file last_30.png: Kept in time, the first answer: 100 % (5 of 5). Kept in time, the solution: 100 % (5 of 5). Taken: half within less than a minute, nine of ten within less than a minute (n = 5). First answer: half within 1 h 0 min, nine of ten within 1 h 0 min (n = 5). Solved: half within 1 h 0 min, nine of ten within 1 h 0 min (n = 5).]
          ┌ What one person did, 2026-05-17 to 2026-06-15
          │ @Ravi: what they did counts for them, and what ran out in their hands. Days are those of UTC. A figure that counts fewer than 5 is not told: it would say more about one ticket than about a person.
          │ Tickets: Took first: **5**; solved: **5**
          │ In their hands at the end: not told: fewer than 5
          │ Promises kept: the first answer: **100 %** (5 of 5)
          │ the solution: **100 %** (5 of 5)
          │ Until somebody answered: half within 1 h 0 min, nine of ten within 1 h 0 min (n = 5)
          │ Until somebody took it: half within less than a minute, nine of ten within less than a minute (n = 5)
          │ Until it was solved: half within 1 h 0 min, nine of ten within 1 h 0 min (n = 5)
          │ By the clock on the wall: half within 1 h 0 min, nine of ten within 1 h 0 min (n = 5)
          │ How well it was solved: By first contact alone: not told: fewer than 5
          │ With one message before the solution at most: not told: fewer than 5
          │ Opened again: not told: fewer than 5
          │ Hand-overs sent back: not told: fewer than 5
          │ Waiting for others: 0 % of all the time for the requester, 0 % for a vendor
          └ Satisfied: Four or five of five: not told: fewer than 5; answered: not told: fewer than 5
          [As CSV] [As JSON]
        ");
        assert_ne!(five.file().await, nothing.file().await);
        five.presses("As JSON").await;
        let last = leads.messages().await.pop().expect("an answer");
        assert!(
            last["attachments"][0]["filename"]
                .as_str()
                .is_some_and(|name| name.ends_with(".json"))
        );

        // A technician reads the same of themselves, and of nobody else.
        let ravi = desk.person("ravi").in_("#l1-queue");
        let own = ravi.runs("/report").await;
        assert_eq!(own.shown().replace("Ravi)", "Nia)"), five.shown());
        insta::assert_snapshot!(ravi.runs("/report person:@Sami").await.shown(), @"
        **Deskhand** (bot) · 14:00 (only for Ravi)
          This is for Lead or Desk admin. Ask a desk admin if you should have that role.
        ");
        let mia = desk.person("mia").in_("#help");
        insta::assert_snapshot!(mia.runs("/report").await.shown(), @"
        **Deskhand** (bot) · 14:00 (only for Mia)
          This is for L1, L2, L3, Lead or Desk admin. Ask a desk admin if you should have that role.
        ");
    });
}

#[test]
fn a_report_can_be_limited_to_a_tier_and_to_the_hours_in_which_the_desk_is_open() {
    story(async |desk| {
        ravi_solves(desk, "T-0001").await;
        desk.opens_as(
            "tom",
            "The VPN drops",
            "category:network affected:low can_work:high",
        )
        .await;
        desk.claims("ravi", "T-0002").await;
        desk.escalates("ravi", "T-0002").await;
        desk.passes(HOUR / 2).await;
        desk.accepts("ivo", "T-0002").await;
        desk.passes(HOUR * 7).await;
        desk.opens_as(
            "lena",
            "Nothing prints",
            "category:printing affected:low can_work:low",
        )
        .await;

        let leads = desk.person("nia").in_("#leads");
        insta::assert_snapshot!(leads.runs("/report period:today tier:L2").await.shown(), @"
        **Deskhand** (bot) · 17:30 (only for Nia)
          [file today.png: Day by day over 1 day: 1 opened, 0 solved. Most were opened on 2026-06-15: 1. Open at the end: 1, by age in days: 0–1: 1, 1–3: 0, 3–7: 0, 7–14: 0, 14–30: 0, 30+: 0. Kept in time, the first answer: 0 % (0 of 1). Kept in time, the solution: no figure (n = 0). Stays at L2: no figure (n = 0). Most are opened on Mon from 10:00: 1.]
          ┌ What the desk did, 2026-06-15 to 2026-06-15
          │ Only L2: what was done counts where it was done; what is open, or ran out, where it was then. Days and hours are those of UTC. Times to answer and to solve count while the desk has promised to be there. What was withdrawn or merged is left out.
          │ Tickets: **1** came there first, **0** solved
          │ Open at the end: **1**; their age: half within 7 h 30 min, the oldest 7 h 30 min
          │ Promises kept: the first answer: **0 %** (0 of 1)
          │ the solution: no figure (n = 0)
          │ Until somebody answered: no figure (n = 0)
          │ Until somebody took it: half within 30 min, nine of ten within 30 min (n = 1)
          │ Until it was solved: no figure (n = 0)
          │ By the clock on the wall: no figure (n = 0)
          │ How well it was solved: no figure (n = 0)
          │ L2: 1 came, 0 solved here
          │ Handed on upwards: **0 %** (0 of 1)
          │ Waiting for others: 0 % of all the time for the requester, 0 % for a vendor
          └ Satisfied: Four or five of five: no figure (n = 0); answered: no figure (n = 0)
          [As CSV] [As JSON]
        ");
        let closed = leads.runs("/report period:today hours:closed").await;
        insta::assert_snapshot!(closed.shown(), @"
        **Deskhand** (bot) · 17:30 (only for Nia)
          [file today.png: Day by day over 1 day: 1 opened, 0 solved. Most were opened on 2026-06-15: 1. Open at the end: 1, by age in days: 0–1: 1, 1–3: 0, 3–7: 0, 7–14: 0, 14–30: 0, 30+: 0. Kept in time, the first answer: no figure (n = 0). Kept in time, the solution: no figure (n = 0). Stays at L1: no figure (n = 0). Stays at L2: no figure (n = 0). Stays at L3: no figure (n = 0). Most are opened on Mon from 17:00: 1.]
          ┌ What the desk did, 2026-06-15 to 2026-06-15
          │ Only what was opened while the desk was closed. Days and hours are those of UTC. Times to answer and to solve count while the desk has promised to be there. What was withdrawn or merged is left out.
          │ Tickets: **1** opened, **0** solved
          │ Open at the end: **1**; their age: half within less than a minute, the oldest less than a minute
          │ Promises kept: the first answer: no figure (n = 0)
          │ the solution: no figure (n = 0)
          │ Updates missed: 0
          │ Until somebody answered: no figure (n = 0)
          │ Until somebody took it: no figure (n = 0)
          │ Until it was solved: no figure (n = 0)
          │ By the clock on the wall: no figure (n = 0)
          │ How well it was solved: no figure (n = 0)
          │ L1: 1 came, 0 solved here
          │ Handed on upwards: **0 %** (0 of 1)
          │ L2: 0 came, 0 solved here
          │ L3: 0 came, 0 solved here
          │ Waiting for others: 0 % of all the time for the requester, 0 % for a vendor
          └ Satisfied: Four or five of five: no figure (n = 0); answered: no figure (n = 0)
          [As CSV] [As JSON]
        ");
        let office = leads
            .runs("/report period:today hours:office file:json")
            .await;
        let json: serde_json::Value = serde_json::from_str(&office.file().await.1).expect("JSON");
        assert_eq!(
            (&json["tickets"]["opened"], &json["opened_in"]),
            (&2.into(), &"office_hours".into())
        );
    });
}
