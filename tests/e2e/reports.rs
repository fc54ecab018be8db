//! Reports for the leads.

use jiff::SignedDuration;

use crate::harness::story;

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
          [file last_30.png]
          ┌ What the desk did, 2026-05-17 to 2026-06-15
          │ Days and hours are those of UTC. Times to answer and to solve count while the desk has promised to be there. What was withdrawn or merged is left out.
          │ Tickets: **2** opened, **1** solved
          │ Open at the end: **1**, half of them for less than 1 h 0 min, the oldest for 1 h 0 min
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
          [file today.png]
          ┌ What the desk did, 2026-06-15 to 2026-06-15
          │ Only Printing and scanning. Days and hours are those of UTC. Times to answer and to solve count while the desk has promised to be there. What was withdrawn or merged is left out.
          │ Tickets: **1** opened, **0** solved
          │ Open at the end: **1**, half of them for less than 1 h 0 min, the oldest for 1 h 0 min
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

        let ravi = desk.person("ravi").in_("#l1-queue");
        insta::assert_snapshot!(ravi.runs("/report").await.shown(), @"
        **Deskhand** (bot) · 15:00 (only for Ravi)
          This is for Lead or Desk admin. Ask a desk admin if you should have that role.
        ");
    });
}
