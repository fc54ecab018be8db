//! What the desk promises, as admins set it: by select and form, by file, and for what is open already.

use jiff::SignedDuration;

use crate::harness::{Desk, Given, story};

const HOUR: SignedDuration = SignedDuration::from_hours(1);

/// Somebody opens a ticket of an ordinary urgency (P3).
async fn opens_p3(desk: &Desk, who: &str, title: &str, category: &str) {
    let choices = format!("category:{category} affected:low can_work:high");
    desk.opens_as(who, title, &choices).await;
}

/// The clocks of a ticket, as Ravi reads them.
async fn clocks(desk: &Desk, number: &str) -> String {
    let line = format!("/sla show ticket:{number}");
    let shown = desk.person("ravi").in_("#l1-queue").runs(&line).await;
    shown.shown().to_owned()
}

#[test]
fn an_admin_changes_what_is_promised_and_what_is_open_keeps_what_it_had() {
    story(async |desk| {
        opens_p3(desk, "mia", "The VPN is down", "network").await;
        let no = desk.person("mia").in_("#help").runs("/sla policy").await;
        insta::assert_snapshot!(no.shown(), @"
        **Deskhand** (bot) · 09:00 (only for Mia)
          This is for L1, L2, L3, Lead or Desk admin. Ask a desk admin if you should have that role.
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
          │ New tickets are promised this; those that are open keep what they were opened with (`/sla recalc` is for them).
          └ Version 0 · warns at 75 and 90 per cent of the time
          ⟨See one category …: *All tickets* | Account and password | Access and permissions | Computer and hardware | Software and licences | Network, Wi-Fi and VPN | Mail and calendar | Printing and scanning | Phones | Meetings and rooms | Files and shared drives | Lost data | Security (confidential) | Joiners, leavers, personal (confidential) | Something else⟩
        ");
        let no = desk
            .person("nia")
            .in_("#leads")
            .runs("/sla policy priority:P3")
            .await;
        insta::assert_snapshot!(no.shown(), @"
        **Deskhand** (bot) · 09:00 (only for Nia)
          This is for Desk admin. Ask a desk admin if you should have that role.
        ");

        let ada = desk.person("ada").in_("#general");
        let list = ada.runs("/sla policy").await;
        insta::assert_snapshot!(list.shown(), @"
        **Deskhand** (bot) · 09:00 (only for Ada)
          ┌ What the desk promises
          │ **P1** · first answer 15 min · update every 30 min · solution 4 h · calendar always
          │ **P2** · first answer 30 min · update every 4 h · solution 8 h · calendar always
          │ **P3** · first answer 4 h · update 8 h after their message · solution 24 h · calendar business
          │ **P4** · first answer 8 h · update 24 h after their message · solution 80 h · calendar business
          │ New tickets are promised this; those that are open keep what they were opened with (`/sla recalc` is for them).
          └ Version 0 · warns at 75 and 90 per cent of the time
          ⟨See one category …: *All tickets* | Account and password | Access and permissions | Computer and hardware | Software and licences | Network, Wi-Fi and VPN | Mail and calendar | Printing and scanning | Phones | Meetings and rooms | Files and shared drives | Lost data | Security (confidential) | Joiners, leavers, personal (confidential) | Something else⟩
          ⟨Change what is promised for …: P1 | P2 | P3 | P4⟩
          ⟨Warn at …: 50 per cent of the time | *75 per cent of the time* | *90 per cent of the time*⟩
        ");
        let form = list.chooses("Change what is promised for …", "P3").await;
        insta::assert_snapshot!(form.shown(), @"
        Form: P3: what is promised
          Until the first answer: 4 h
          Until the next update: 8 h after their message
          Until it is solved: 24 h
          Calendar in whose hours that counts *: business
        ");
        let typed = [("first", "2 days"), ("update", "every 2 h")];
        let no = form.submits(&typed).await;
        insta::assert_snapshot!(no.shown(), @"
        **Deskhand** (bot) · 09:00 (only for Ada)
          “2 days” is no time for the first answer. Write hours and minutes, such as `4 h` or `1 h 30 min`, or `none` for no promise; an update can be `every 30 min`. Days are not taken: one may have 24 hours, or those of a working day.
          ┌ What you typed is not lost; copy it from here and try again.
          │ Until the first answer: > 2 days
          │ Until the next update: > every 2 h
          │ Until it is solved: > 24 h
          └ Calendar in whose hours that counts: > business
        ");
        let form = ada.runs("/sla policy priority:P3").await;
        let no = form.submits(&[("calendar", "nights")]).await;
        insta::assert_snapshot!(no.shown(), @"
        **Deskhand** (bot) · 09:00 (only for Ada)
          There is no calendar “nights”. `/sla calendar` shows those that there are, and makes new ones.
          ┌ What you typed is not lost; copy it from here and try again.
          │ Until the first answer: > 4 h
          │ Until the next update: > 8 h after their message
          │ Until it is solved: > 24 h
          └ Calendar in whose hours that counts: > nights
        ");
        let form = list.chooses("Change what is promised for …", "P3").await;
        let typed = [
            ("first", "2h"),
            ("update", "every 90 min"),
            ("solution", "none"),
        ];
        let set = form.submits(&typed).await;
        insta::assert_snapshot!(set.shown(), @"
        **Deskhand** (bot) · 09:00 (only for Ada)
          From now on, version 1 holds for whatever is opened.
          ┌ What the desk promises
          │ **P1** · first answer 15 min · update every 30 min · solution 4 h · calendar always
          │ **P2** · first answer 30 min · update every 4 h · solution 8 h · calendar always
          │ **P3** · first answer 2 h · update every 1 h 30 min · solution none · calendar business
          │ **P4** · first answer 8 h · update 24 h after their message · solution 80 h · calendar business
          │ New tickets are promised this; those that are open keep what they were opened with (`/sla recalc` is for them).
          └ Version 1 · warns at 75 and 90 per cent of the time
          ⟨See one category …: *All tickets* | Account and password | Access and permissions | Computer and hardware | Software and licences | Network, Wi-Fi and VPN | Mail and calendar | Printing and scanning | Phones | Meetings and rooms | Files and shared drives | Lost data | Security (confidential) | Joiners, leavers, personal (confidential) | Something else⟩
          ⟨Change what is promised for …: P1 | P2 | P3 | P4⟩
          ⟨Warn at …: 50 per cent of the time | *75 per cent of the time* | *90 per cent of the time*⟩
        ");

        opens_p3(desk, "tom", "No Wi-Fi", "network").await;
        insta::assert_snapshot!(clocks(desk, "T-0001").await, @"
        **Deskhand** (bot) · 09:00 (only for Ravi)
          ┌ What is promised for T-0001
          │ The first answer: runs out ⟨2026-06-15 13:00Z f⟩ (⟨2026-06-15 13:00Z R⟩); 4 h 0 min of open time left
          │ The next update: nobody waits for one
          │ The solution: runs out ⟨2026-06-17 17:00Z f⟩ (⟨2026-06-17 17:00Z R⟩); 24 h 0 min of open time left
          └ Policy 0, P3, calendar business
        ");
        insta::assert_snapshot!(clocks(desk, "T-0002").await, @"
        **Deskhand** (bot) · 09:00 (only for Ravi)
          ┌ What is promised for T-0002
          │ The first answer: runs out ⟨2026-06-15 11:00Z f⟩ (⟨2026-06-15 11:00Z R⟩); 2 h 0 min of open time left
          │ The next update: nobody waits for one
          │ The solution: nothing is promised
          └ Policy 1, P3, calendar business
        ");
        let audit = "select action || ' ' || outcome || ' ' || coalesce(reason, '') from audit where action = 'policy'";
        insta::assert_snapshot!(desk.database(audit).await, @"policy done version 1");
        // The same again is no other version
        let form = ada.runs("/sla policy priority:P3").await;
        let same = form.submits(&[]).await;
        assert!(same.shown().contains("nothing changed"), "{}", same.shown());
    });
}

#[test]
fn a_category_is_promised_otherwise_and_the_same_again_and_warnings_are_chosen() {
    story(async |desk| {
        let ada = desk.person("ada").in_("#general");
        let list = ada.runs("/sla policy").await;
        let mail = list.chooses("See one category …", "email").await;
        let form = mail.chooses("Change what is promised for …", "P3").await;
        let set = form
            .submits(&[("first", "30 min"), ("calendar", "always")])
            .await;
        insta::assert_snapshot!(set.shown(), @"
        **Deskhand** (bot) · 09:00 (only for Ada)
          From now on, version 1 holds for whatever is opened.
          ┌ What the desk promises for “Mail and calendar”
          │ **P1** · first answer 15 min · update every 30 min · solution 4 h · calendar always
          │ **P2** · first answer 30 min · update every 4 h · solution 8 h · calendar always
          │ **P3** · first answer 30 min · update 8 h after their message · solution 24 h · calendar always
          │ **P4** · first answer 8 h · update 24 h after their message · solution 80 h · calendar business
          │ The same as for all other tickets: P1, P2 and P4
          │ New tickets are promised this; those that are open keep what they were opened with (`/sla recalc` is for them).
          └ Version 1 · warns at 75 and 90 per cent of the time
          ⟨See one category …: All tickets | Account and password | Access and permissions | Computer and hardware | Software and licences | Network, Wi-Fi and VPN | *Mail and calendar* | Printing and scanning | Phones | Meetings and rooms | Files and shared drives | Lost data | Security (confidential) | Joiners, leavers, personal (confidential) | Something else⟩
          ⟨Change what is promised for …: P1 | P2 | P3 | P4⟩
          [Promise the same as for all others]
        ");
        opens_p3(desk, "mia", "No mail comes", "email").await;
        opens_p3(desk, "tom", "No Wi-Fi", "network").await;
        insta::assert_snapshot!(clocks(desk, "T-0001").await, @"
        **Deskhand** (bot) · 09:00 (only for Ravi)
          ┌ What is promised for T-0001
          │ The first answer: runs out ⟨2026-06-15 09:30Z f⟩ (⟨2026-06-15 09:30Z R⟩); 30 min of open time left
          │ The next update: nobody waits for one
          │ The solution: runs out ⟨2026-06-16 09:00Z f⟩ (⟨2026-06-16 09:00Z R⟩); 24 h 0 min of open time left
          └ Policy 1, P3, calendar always
        ");
        assert!(clocks(desk, "T-0002").await.contains("calendar business"));

        let list = ada.runs("/sla policy").await;
        assert!(
            list.shown()
                .contains("Promised otherwise: Mail and calendar"),
            "{}",
            list.shown()
        );
        let warns = list.chooses("Warn at …", "50").await;
        assert!(
            warns.shown().contains("warns at 50 per cent"),
            "{}",
            warns.shown()
        );
        let mail = ada.runs("/sla policy category:email").await;
        let usual = mail.presses("Promise the same as for all others").await;
        insta::assert_snapshot!(usual.shown(), @"
        **Deskhand** (bot) · 09:00 (only for Ada)
          From now on, version 3 holds for whatever is opened.
          ┌ What the desk promises for “Mail and calendar”
          │ **P1** · first answer 15 min · update every 30 min · solution 4 h · calendar always
          │ **P2** · first answer 30 min · update every 4 h · solution 8 h · calendar always
          │ **P3** · first answer 4 h · update 8 h after their message · solution 24 h · calendar business
          │ **P4** · first answer 8 h · update 24 h after their message · solution 80 h · calendar business
          │ New tickets are promised this; those that are open keep what they were opened with (`/sla recalc` is for them).
          └ Version 3 · warns at 50 per cent of the time
          ⟨See one category …: All tickets | Account and password | Access and permissions | Computer and hardware | Software and licences | Network, Wi-Fi and VPN | *Mail and calendar* | Printing and scanning | Phones | Meetings and rooms | Files and shared drives | Lost data | Security (confidential) | Joiners, leavers, personal (confidential) | Something else⟩
          ⟨Change what is promised for …: P1 | P2 | P3 | P4⟩
        ");

        // Half of Mia's half hour warns nobody: it was promised before; half of Sami's four hours does
        opens_p3(desk, "sami", "No sound", "hardware").await;
        desk.claims("ravi", "T-0003").await;
        desk.passes(HOUR * 2).await;
        let told = desk.channel("#l1-queue").as_("ravi").last(1).await;
        assert!(
            told.contains("50 % of the time for the first answer of T-0003"),
            "{told}"
        );
        let all = desk.channel("#l1-queue").as_("ravi").transcript().await;
        assert!(
            !all.contains("50 % of the time for the first answer of T-0001"),
            "{all}"
        );
    });
}

#[test]
fn what_is_open_is_promised_what_is_new_once_an_admin_has_seen_what_moves() {
    story(async |desk| {
        opens_p3(desk, "mia", "The VPN is down", "network").await;
        opens_p3(desk, "tom", "No Wi-Fi", "network").await;
        opens_p3(desk, "sami", "No sound", "hardware").await;
        desk.claims("ravi", "T-0003").await;
        // The first answer to Mia and Tom is an hour late; Sami has his
        desk.passes(HOUR).await;
        desk.person("ravi")
            .in_("T-0003 · No sound")
            .runs("/work reply text:Which headset is it?")
            .await;
        desk.passes(HOUR * 4).await;
        let ada = desk.person("ada").in_("#general");
        let none = ada.runs("/sla recalc").await;
        insta::assert_snapshot!(none.shown(), @"
        **Deskhand** (bot) · 14:00 (only for Ada)
          Version 0 holds for every open ticket already. Nothing moves.
        ");
        let no = desk.person("nia").in_("#leads").runs("/sla recalc").await;
        assert!(
            no.shown().contains("This is for Desk admin"),
            "{}",
            no.shown()
        );

        let longer = [("first", "6 h"), ("solution", "30 h")];
        ada.runs("/sla policy priority:P3")
            .await
            .submits(&longer)
            .await;
        let preview = ada.runs("/sla recalc").await;
        insta::assert_snapshot!(preview.shown(), @"
        **Deskhand** (bot) · 14:00 (only for Ada)
          ┌ What moves if open tickets are promised this
          │ Version 1 would hold for 3 open tickets that were opened with another. 3 dues move by it:
          │ **T-0001** · the solution: ⟨2026-06-17 17:00Z f⟩ → ⟨2026-06-18 15:00Z f⟩
          │ **T-0002** · the solution: ⟨2026-06-17 17:00Z f⟩ → ⟨2026-06-18 15:00Z f⟩
          └ **T-0003** · the solution: ⟨2026-06-17 17:00Z f⟩ → ⟨2026-06-18 15:00Z f⟩
          [Apply it to open tickets]
        ");
        // It was only looked at
        assert!(clocks(desk, "T-0001").await.contains("Policy 0"));
        let shorter = [("solution", "4 h")];
        ada.runs("/sla policy priority:P3")
            .await
            .submits(&shorter)
            .await;
        let again = preview.presses("Apply it to open tickets").await;
        insta::assert_snapshot!(again.shown(), @"
        **Deskhand** (bot) · 14:00 (only for Ada)
          Somebody changed what is promised since you looked. This is what moves now.
          ┌ What moves if open tickets are promised this
          │ Version 2 would hold for 3 open tickets that were opened with another. 3 dues move by it:
          │ **T-0001** · the solution: ⟨2026-06-17 17:00Z f⟩ → ⟨2026-06-15 13:00Z f⟩
          │ **T-0002** · the solution: ⟨2026-06-17 17:00Z f⟩ → ⟨2026-06-15 13:00Z f⟩
          │ **T-0003** · the solution: ⟨2026-06-17 17:00Z f⟩ → ⟨2026-06-15 13:00Z f⟩
          └ 3 of these times would have run out already, counted from when the ticket was opened. That is put down as missed, and only a lead can waive it.
          [Apply it to open tickets]
        ");
        let done = again.presses("Apply it to open tickets").await;
        insta::assert_snapshot!(done.shown(), @"
        **Deskhand** (bot) · 14:00 (only for Ada)
          Version 2 now holds for 3 more open tickets. 3 dues moved; each ticket's history says from when to when. What ran out before stays so.
        ");
        desk.settles().await;
        insta::assert_snapshot!(clocks(desk, "T-0001").await, @"
        **Deskhand** (bot) · 14:00 (only for Ravi)
          ┌ What is promised for T-0001
          │ The first answer: ran out ⟨2026-06-15 13:00Z f⟩, by what was promised before
          │ The next update: nobody waits for one
          │ The solution: ran out ⟨2026-06-15 13:00Z f⟩; 1 h 0 min of open time over
          └ Policy 2, P3, calendar business
        ");
        insta::assert_snapshot!(clocks(desk, "T-0003").await, @"
        **Deskhand** (bot) · 14:00 (only for Ravi)
          ┌ What is promised for T-0003
          │ The first answer: done in time
          │ The next update: nobody waits for one
          │ The solution: ran out ⟨2026-06-15 13:00Z f⟩; 1 h 0 min of open time over
          └ Policy 2, P3, calendar business
        ");
        let history = desk
            .person("ravi")
            .in_("#l1-queue")
            .runs("/ticket history ticket:T-0001")
            .await;
        insta::assert_snapshot!(history.shown(), @"
        **Deskhand** (bot) · 14:00 (only for Ravi)
          ┌ T-0001: what happened
          │ ⟨2026-06-15 09:00Z f⟩ · opened as P3 by @Mia
          │ ⟨2026-06-15 12:00Z f⟩ · 75 % of the time for the first answer is used up
          │ ⟨2026-06-15 12:36Z f⟩ · 90 % of the time for the first answer is used up
          │ ⟨2026-06-15 13:00Z f⟩ · the time for the first answer ran out at ⟨2026-06-15 13:00Z f⟩
          │ ⟨2026-06-15 14:00Z f⟩ · the time for the solution now runs out at ⟨2026-06-15 13:00Z f⟩
          └ ⟨2026-06-15 14:00Z f⟩ · the time for the solution ran out at ⟨2026-06-15 13:00Z f⟩
        ");
        let none = ada.runs("/sla recalc").await;
        assert!(none.shown().contains("Nothing moves"), "{}", none.shown());
        let audit = "select action || ' ' || outcome || ' ' || coalesce(reason, '') from audit where action = 'recalc' and outcome = 'done'";
        insta::assert_snapshot!(desk.database(audit).await, @"recalc done version 2, 3 tickets");
    });
}

#[test]
fn who_lost_the_role_stops_no_clock_by_writing() {
    // Discord does not tell of members here: that Ravi's role is gone is first seen at his message
    Given::default().without_intents().story(async |desk| {
        opens_p3(desk, "mia", "The VPN is down", "network").await;
        desk.claims("ravi", "T-0001").await;
        desk.roles("ravi", &[], &["L1"]).await;
        desk.person("ravi")
            .in_("T-0001 · The VPN is down")
            .says("I am on it")
            .await;
        let released = "select cast(count(*) as text) from event where kind = 'released'";
        desk.eventually("the ticket is given back", async || {
            desk.database(released).await == "1"
        })
        .await;
        desk.settles().await;
        let nia = desk.person("nia").in_("#leads");
        let shown = nia.runs("/sla show ticket:T-0001").await;
        insta::assert_snapshot!(shown.shown(), @"
        **Deskhand** (bot) · 09:00 (only for Nia)
          ┌ What is promised for T-0001
          │ The first answer: runs out ⟨2026-06-15 13:00Z f⟩ (⟨2026-06-15 13:00Z R⟩); 4 h 0 min of open time left
          │ The next update: nobody waits for one
          │ The solution: runs out ⟨2026-06-17 17:00Z f⟩ (⟨2026-06-17 17:00Z R⟩); 24 h 0 min of open time left
          └ Policy 0, P3, calendar business
        ");
        let history = nia.runs("/ticket history ticket:T-0001").await;
        insta::assert_snapshot!(history.shown(), @"
        **Deskhand** (bot) · 09:00 (only for Nia)
          ┌ T-0001: what happened
          │ ⟨2026-06-15 09:00Z f⟩ · opened as P3 by @Mia
          │ ⟨2026-06-15 09:00Z f⟩ · @Ravi takes it
          └ ⟨2026-06-15 09:00Z f⟩ · @Ravi does not have it any more
        ");
    });
}

const FILE: &str = r#"
[calendars.business]
hours = "Mon-Fri 08:00-16:00 UTC"
holidays = ["2026-12-24", "2026-12-25"]

[calendars.nights]
hours = "Mon-Sun 22:00-06:00 UTC"

[promises]
P1 = { calendar = "always", first = "10 min", update = "every 30 min", solution = "4 h" }
P2 = { calendar = "always", first = "30 min", update = "every 4 h", solution = "8 h" }
P3 = { calendar = "business", first = "4 h", update = "8 h after their message", solution = "24 h" }
P4 = { calendar = "business", first = "8 h", update = "24 h after their message", solution = "none" }

[categories.network.P3]
calendar = "nights"
"#;

#[test]
fn a_file_is_shown_as_what_it_changes_and_taken_whole_or_not_at_all() {
    story(async |desk| {
        opens_p3(desk, "mia", "No sound", "hardware").await;
        let ada = desk.person("ada").in_("#general");
        let give = async |text: &str| {
            let file = ("promises.toml", "text/plain", text.as_bytes());
            ada.runs_with("/sla policy", "file", file).await
        };
        let bad = FILE.replace("10 min", "10 days").replace("UTC", "Utopia");
        let no = give(&bad).await;
        insta::assert_snapshot!(no.shown(), @r#"
        **Deskhand** (bot) · 09:00 (only for Ada)
          3 things are wrong with that file, so nothing of it was taken. Mend it and attach it again; `deskhand sla check` says the same on your machine.
          ┌ Line 3: tz: there is no time zone "Utopia": write an IANA name, such as Europe/Berlin or UTC
          │ Line 7: tz: there is no time zone "Utopia": write an IANA name, such as Europe/Berlin or UTC
          └ Line 10: "10 days" is no target: write hours and minutes, such as "4 h" or "1 h 30 min", or "none"
        "#);
        let large = give(&"#".repeat(300 * 1024)).await;
        insta::assert_snapshot!(large.shown(), @"
        **Deskhand** (bot) · 09:00 (only for Ada)
          That file is too large: at most 256 KiB are read. Nothing was done.
        ");
        let preview = give(FILE).await;
        insta::assert_snapshot!(preview.shown(), @"
        **Deskhand** (bot) · 09:00 (only for Ada)
          ┌ What this file changes
          │ Calendar **business**: Mon-Fri 09:00-17:00 UTC → Mon-Fri 08:00-16:00 UTC
          │ Calendar **business**, days of its own: 0 → 2
          │ New calendar **nights**: Mon-Sun 22:00-06:00 UTC
          │ **P1** · first answer 15 min → 10 min
          │ **P4** · solution 80 h → none
          │ **P1, Network, Wi-Fi and VPN** · first answer 15 min → 10 min
          │ **P3, Network, Wi-Fi and VPN** · calendar business → nights
          │ **P4, Network, Wi-Fi and VPN** · solution 80 h → none
          │ One due of an open ticket moves by it:
          │ **T-0001** · the solution: ⟨2026-06-17 17:00Z f⟩ → ⟨2026-06-18 09:00Z f⟩
          └ Calendars hold at once, for open tickets too; promises hold for new tickets.
          [Apply all of it]
        ");
        let no = desk
            .person("nia")
            .in_("#leads")
            .runs_with(
                "/sla policy",
                "file",
                ("a.toml", "text/plain", FILE.as_bytes()),
            )
            .await;
        assert!(
            no.shown().contains("This is for Desk admin"),
            "{}",
            no.shown()
        );
        // Something else holds by now: it has to be looked at again, and nothing of it was done
        ada.runs("/sla holidays add:2026-12-31").await;
        let stale = preview.presses("Apply all of it").await;
        insta::assert_snapshot!(stale.shown(), @"
        **Deskhand** (bot) · 09:00 (only for Ada)
          Somebody changed what is promised, or when the desk is open, since you looked. Give the file again and see what it changes now.
        ");
        let hours = ada.runs("/sla calendar").await;
        assert!(!hours.shown().contains("nights"), "{}", hours.shown());

        let preview = give(FILE).await;
        let done = preview.presses("Apply all of it").await;
        insta::assert_snapshot!(done.shown(), @"
        **Deskhand** (bot) · 09:00 (only for Ada)
          Done: version 1 holds for whatever is opened. 2 calendars are others now; dues of open tickets that moved by it: 1.
          ┌ What the desk promises
          │ **P1** · first answer 10 min · update every 30 min · solution 4 h · calendar always
          │ **P2** · first answer 30 min · update every 4 h · solution 8 h · calendar always
          │ **P3** · first answer 4 h · update 8 h after their message · solution 24 h · calendar business
          │ **P4** · first answer 8 h · update 24 h after their message · solution none · calendar business
          │ Promised otherwise: Network, Wi-Fi and VPN
          │ New tickets are promised this; those that are open keep what they were opened with (`/sla recalc` is for them).
          └ Version 1 · warns at 75 and 90 per cent of the time
          ⟨See one category …: *All tickets* | Account and password | Access and permissions | Computer and hardware | Software and licences | Network, Wi-Fi and VPN | Mail and calendar | Printing and scanning | Phones | Meetings and rooms | Files and shared drives | Lost data | Security (confidential) | Joiners, leavers, personal (confidential) | Something else⟩
          ⟨Change what is promised for …: P1 | P2 | P3 | P4⟩
          ⟨Warn at …: 50 per cent of the time | *75 per cent of the time* | *90 per cent of the time*⟩
        ");
        let hours = ada.runs("/sla calendar").await;
        insta::assert_snapshot!(hours.shown(), @"
        **Deskhand** (bot) · 09:00 (only for Ada)
          ┌ When the desk is open
          │ **always**: 24/7
          │ **business**: Mon-Fri 08:00-16:00 UTC
          │ Closed on 2 days beside that: see `/sla holidays`.
          └ **nights**: Mon-Sun 22:00-06:00 UTC
        ");
        let nothing = give(FILE).await;
        insta::assert_snapshot!(nothing.shown(), @"
        **Deskhand** (bot) · 09:00 (only for Ada)
          All that stands in that file holds already. Nothing was changed.
        ");
        let audit =
            "select coalesce(reason, '') from audit where action = 'policy' and outcome = 'done'";
        insta::assert_snapshot!(desk.database(audit).await, @"version 1, 2 calendars, by file");
    });
}

const HOLIDAYS: &str = "BEGIN:VCALENDAR
VERSION:2.0
BEGIN:VEVENT
SUMMARY:Founders\\, and **friends**
DTSTART;VALUE=DATE:20260616
DTEND;VALUE=DATE:20260618
END:VEVENT
BEGIN:VEVENT
SUMMARY:New Year
DTSTART;VALUE=DATE:20200101
RRULE:FREQ=YEARLY
END:VEVENT
BEGIN:VEVENT
SUMMARY:Planning
DTSTART:20260701T090000Z
END:VEVENT
END:VCALENDAR
";

#[test]
fn holidays_come_from_a_file_once_an_admin_has_seen_which_days_it_closes() {
    story(async |desk| {
        opens_p3(desk, "mia", "No sound", "hardware").await;
        let ada = desk.person("ada").in_("#general");
        let give = async |text: &str| {
            let text = text.replace('\n', "\r\n");
            let file = ("holidays.ics", "text/calendar", text.as_bytes());
            ada.runs_with("/sla holidays", "file", file).await
        };
        let no = give(&HOLIDAYS.replace("FREQ=YEARLY", "FREQ=DAILY")).await;
        insta::assert_snapshot!(no.shown(), @r#"
        **Deskhand** (bot) · 09:00 (only for Ada)
          Something is wrong with that file, so nothing of it was taken. Mend it and attach it again; `deskhand sla check` says the same on your machine.
          ┌ Line 11: the rule "FREQ=DAILY" is not understood: only FREQ=YEARLY is
        "#);
        let file = ("a.ics", "text/calendar", HOLIDAYS.as_bytes());
        let nia = desk.person("nia").in_("#leads");
        let no = nia.runs_with("/sla holidays", "file", file).await;
        assert!(
            no.shown().contains("This is for Desk admin"),
            "{}",
            no.shown()
        );
        let preview = give(HOLIDAYS).await;
        insta::assert_snapshot!(preview.shown(), @r"
        **Deskhand** (bot) · 09:00 (only for Ada)
          ┌ business: what this file closes
          │ 8 days more are closed by it.
          │ One due of an open ticket moves by it:
          │ **T-0001** · the solution: ⟨2026-06-17 17:00Z f⟩ → ⟨2026-06-19 17:00Z f⟩
          │ One event at a time of day is passed over: it closes no day.
          │ 2026-01-01 · New Year
          │ 2026-06-16 · Founders, and \*\*friends\*\*
          │ 2026-06-17 · Founders, and \*\*friends\*\*
          │ 2027-01-01 · New Year
          │ 2028-01-01 · New Year
          │ 2029-01-01 · New Year
          │ 2030-01-01 · New Year
          │ 2031-01-01 · New Year
          └ What comes every year is written down for this year and the next 5.
          [Close on these days]
        ");
        let clocks_before = clocks(desk, "T-0001").await;
        assert!(
            clocks_before.contains("2026-06-17 17:00Z"),
            "{clocks_before}"
        );
        let done = preview.presses("Close on these days").await;
        insta::assert_snapshot!(done.shown(), @"
        **Deskhand** (bot) · 09:00 (only for Ada)
          Done: the desk is closed on those days; `/sla holidays` shows all of them. One promise moves by it; its card says until when.
        ");
        insta::assert_snapshot!(clocks(desk, "T-0001").await, @"
        **Deskhand** (bot) · 09:00 (only for Ravi)
          ┌ What is promised for T-0001
          │ The first answer: runs out ⟨2026-06-15 13:00Z f⟩ (⟨2026-06-15 13:00Z R⟩); 4 h 0 min of open time left
          │ The next update: nobody waits for one
          │ The solution: runs out ⟨2026-06-19 17:00Z f⟩ (⟨2026-06-19 17:00Z R⟩); 24 h 0 min of open time left
          └ Policy 0, P3, calendar business
        ");
        let days = ada.runs("/sla holidays").await;
        insta::assert_snapshot!(days.shown(), @"
        **Deskhand** (bot) · 09:00 (only for Ada)
          ┌ business: closed on these days
          │ 2026-01-01
          │ 2026-06-16
          │ 2026-06-17
          │ 2027-01-01
          │ 2028-01-01
          │ 2029-01-01
          │ 2030-01-01
          └ 2031-01-01
        ");
        let again = give(HOLIDAYS).await;
        insta::assert_snapshot!(again.shown(), @"
        **Deskhand** (bot) · 09:00 (only for Ada)
          The desk is closed on all of these days already. Nothing was changed.
        ");
        let audit =
            "select coalesce(reason, '') from audit where action = 'policy' and outcome = 'done'";
        insta::assert_snapshot!(desk.database(audit).await, @"version 0, 1 calendars, by file");
    });
}
