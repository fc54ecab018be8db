//! What the desk promises, as admins set it: by select and form, by file, and for what is open already.

use jiff::SignedDuration;

use crate::harness::{Desk, story};

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
          │ New tickets are promised this; those that are open keep what they were opened with.
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
          │ New tickets are promised this; those that are open keep what they were opened with.
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
          │ New tickets are promised this; those that are open keep what they were opened with.
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
          │ New tickets are promised this; those that are open keep what they were opened with.
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
          │ New tickets are promised this; those that are open keep what they were opened with.
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
