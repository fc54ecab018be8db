//! While somebody outside owes an answer: vendors and their cases, and requesters who are silent.

use jiff::SignedDuration;

use crate::harness::{Desk, story};

const THREAD: &str = "T-0001 · The VPN is down";
const STAFF: &str = "T-0001 staff · The VPN is down";

/// A lead adds a vendor with the mouse.
async fn has_vendor(desk: &Desk) {
    let list = desk.person("nia").in_("#leads").runs("/vendor list").await;
    let form = list.presses("Add a vendor").await;
    let texts = [
        ("name", "Northline"),
        ("contact", "Support line, extension 4"),
        ("hours", "Mon-Fri 08:00-18:00 Europe/London"),
        ("contract", "C-2231"),
        ("response", "4h"),
    ];
    let kept = form.submits(&texts).await;
    assert!(
        kept.shown().contains("Northline is kept"),
        "{}",
        kept.shown()
    );
}

#[test]
fn a_vendor_is_asked_the_ticket_waits_and_goes_on_when_they_answer() {
    story(async |desk| {
        has_vendor(desk).await;
        desk.opens("mia", "The VPN is down").await;
        desk.claims("ravi", "T-0001").await;

        // With the mouse: the ticket, the vendor, the form
        let shown = desk.person("ravi").in_(THREAD).runs("/ticket show").await;
        let which = shown.presses("Ask a vendor").await;
        insta::assert_snapshot!(which.shown(), @"
        **Deskhand** (bot) · 09:00 (only for Ravi)
          Which vendor is asked about T-0001?
          ⟨Vendor: Northline⟩
        ");
        let form = which.chooses("Vendor", "Northline").await;
        insta::assert_snapshot!(form.shown(), @"
        Form: Ask a vendor about T-0001
          Their case reference *:
          What is asked of them *:
          Heard of in (empty: as agreed):
        ");
        let texts = [
            ("reference", "NL-77"),
            ("text", "The line drops every hour since nine"),
        ];
        let opened = form.submits(&texts).await;
        insta::assert_snapshot!(opened.shown(), @"
        **Deskhand** (bot) · 09:00 (only for Ravi)
          Northline is asked about T-0001, and the ticket waits. They are to be heard of ⟨2026-06-15 13:00Z R⟩; you are reminded then.
        ");
        assert_eq!(desk.standing().await, "T-0001 waiting_vendor L1 Ravi");
        insta::assert_snapshot!(desk.channel(STAFF).as_("ravi").last(1).await, @"
        **Deskhand** (bot) · 09:00
          ┌ @Ravi asks Northline: case NL-77
          │ > The line drops every hour since nine
          │ They are to be heard of ⟨2026-06-15 13:00Z R⟩.
          └ T-0001·e3
          [Vendor answered] [End the vendor's case]
        ");
        insta::assert_snapshot!(desk.channel(THREAD).as_("mia").last(1).await, @"
        **Deskhand** (bot) · 09:00
          ┌ An outside company is asked for help with this. You read here when they have answered.
          └ T-0001·e3
        ");

        let list = desk
            .person("ivo")
            .in_("#l2-queue")
            .runs("/vendor list")
            .await;
        insta::assert_snapshot!(list.shown(), @"
        **Deskhand** (bot) · 09:00 (only for Ivo)
          ┌ With vendors
          └ **T-0001** · Northline, case NL-77 · to be heard of ⟨2026-06-15 13:00Z R⟩
          ┌ Vendors
          │ **Northline** · Support line, extension 4
          └ Mon-Fri 08:00-18:00 Europe/London · answers within 4 h 0 min
          ⟨Show one of them: T-0001 · Northline⟩
        ");

        // They ask for time, then they answer
        desk.passes(SignedDuration::from_hours(1)).await;
        let form = desk
            .person("ravi")
            .in_(STAFF)
            .presses("Vendor answered")
            .await;
        let later = form
            .submits(&[("text", "A technician looks tomorrow"), ("in", "1d")])
            .await;
        insta::assert_snapshot!(later.shown(), @"
        **Deskhand** (bot) · 10:00 (only for Ravi)
          It is put down, and T-0001 goes on waiting.
        ");
        assert_eq!(desk.standing().await, "T-0001 waiting_vendor L1 Ravi");
        let form = desk
            .person("ravi")
            .in_(STAFF)
            .presses("Vendor answered")
            .await;
        let ours = form.submits(&[("text", "They changed the card")]).await;
        insta::assert_snapshot!(ours.shown(), @"
        **Deskhand** (bot) · 10:00 (only for Ravi)
          It is put down, and T-0001 is ours again.
        ");
        assert_eq!(desk.standing().await, "T-0001 in_progress L1 Ravi");
        insta::assert_snapshot!(desk.channel(THREAD).as_("mia").last(1).await, @"
        **Deskhand** (bot) · 10:00
          ┌ The outside company answered, and the work goes on.
          └ T-0001·e5
        ");
        let closed = desk
            .person("ravi")
            .in_(STAFF)
            .runs("/vendor close text:Their card was broken")
            .await;
        insta::assert_snapshot!(closed.shown(), @"
        **Deskhand** (bot) · 10:00 (only for Ravi)
          The vendor's case of T-0001 is closed.
        ");
        insta::assert_snapshot!(desk.channel(STAFF).as_("ravi").last(1).await, @"
        **Deskhand** (bot) · 10:00
          ┌ @Ravi ends case NL-77 with Northline
          │ > Their card was broken
          └ T-0001·e6
        ");

        // The requester reads that we wait, and nothing of the vendor
        let hers = desk.person("mia").in_(THREAD).runs("/ticket history").await;
        insta::assert_snapshot!(hers.shown(), @"
        **Deskhand** (bot) · 10:00 (only for Mia)
          ┌ T-0001: what happened
          │ ⟨2026-06-15 09:00Z f⟩ · opened as P4 by @Mia
          │ ⟨2026-06-15 09:00Z f⟩ · @Ravi takes it
          │ ⟨2026-06-15 09:00Z f⟩ · it waits for an outside company
          └ ⟨2026-06-15 10:00Z f⟩ · the outside company answered
        ");
        let all = desk.channel(THREAD).as_("mia").transcript().await;
        assert!(
            !all.contains("Northline") && !all.contains("NL-77"),
            "{all}"
        );
    });
}

#[test]
fn a_vendor_who_is_late_is_asked_about_and_then_the_lead_is_told() {
    story(async |desk| {
        has_vendor(desk).await;
        desk.opens("mia", "The VPN is down").await;
        desk.claims("ravi", "T-0001").await;
        let line = "/vendor open ticket:T-0001 vendor:Northline reference:NL-77 text:Down";
        desk.person("ravi").in_("#l1-queue").runs(line).await;

        // Four of their hours from ten in London, on a Monday
        desk.passes(SignedDuration::from_mins(4 * 60 - 1)).await;
        assert!(
            !desk
                .channel(STAFF)
                .as_("ravi")
                .last(1)
                .await
                .contains("owes us")
        );
        desk.passes(SignedDuration::from_mins(1)).await;
        insta::assert_snapshot!(desk.channel(STAFF).as_("ravi").last(1).await, @"
        **Deskhand** (bot) · 13:00
          @Ravi, a vendor owes us an answer for T-0001.
          ┌ Northline was to be heard of in case NL-77. Ask them, and put down what they say.
          └ T-0001·e4
        ");
        assert!(
            !desk
                .channel("#leads")
                .as_("nia")
                .transcript()
                .await
                .contains("NL-77")
        );
        desk.passes(SignedDuration::from_hours(24)).await;
        insta::assert_snapshot!(desk.channel("#leads").as_("nia").last(1).await, @"
        **Deskhand** (bot) · 13:00
          ┌ T-0001 waits for Northline (case NL-77), who let 2 dates pass. Somebody has to press them.
          │ The VPN is down
          │ Staff thread: #T-0001 staff · The VPN is down
          └ T-0001·e6
        ");
        let shown = desk
            .person("ravi")
            .in_("#l1-queue")
            .runs("/ticket show ticket:T-0001")
            .await;
        assert!(
            shown.shown().contains("2 dates missed"),
            "{}",
            shown.shown()
        );
        // Solved without them: nobody asks about them any more
        desk.resolves("ravi", "T-0001").await;
        let before = desk.channel(STAFF).as_("ravi").transcript().await;
        desk.passes(SignedDuration::from_hours(48)).await;
        assert!(
            !desk.channel(STAFF).as_("ravi").transcript().await[before.len()..].contains("NL-77")
        );
    });
}

#[test]
fn what_cannot_be_asked_of_a_vendor_is_refused_and_nothing_typed_is_lost() {
    story(async |desk| {
        let none = desk
            .person("ravi")
            .in_("#l1-queue")
            .runs("/vendor list")
            .await;
        insta::assert_snapshot!(none.shown(), @"
        **Deskhand** (bot) · 09:00 (only for Ravi)
          ┌ With vendors
          └ No ticket that you can see waits for a vendor.
          ┌ Vendors
          └ The desk has no vendors yet. Add one; then `/vendor open` can ask it.
        ");
        has_vendor(desk).await;
        desk.opens("mia", "The VPN is down").await;
        desk.opens_as(
            "tom",
            "My account is locked",
            "category:account affected:low can_work:medium",
        )
        .await;
        desk.claims("ravi", "T-0001").await;
        desk.claims("ravi", "T-0002").await;
        let ravi = desk.person("ravi").in_("#l1-queue");
        ravi.runs("/vendor open ticket:T-0001 vendor:Northline reference:NL-77 text:Down")
            .await;
        let mut said = String::new();
        for line in [
            "/vendor open ticket:T-0001 vendor:Northline reference:nl-77 text:Again",
            "/vendor open ticket:T-0001 vendor:Acme reference:A-1 text:Down",
            "/vendor open ticket:T-0001 vendor:Northline reference:NL-78 text:Down in:soon",
            "/vendor open ticket:T-0002 vendor:Northline reference:NL-79 text:Locked",
            "/vendor update ticket:T-0002 text:Done",
            "/vendor update ticket:T-0001 case:NL-99 text:Done",
            "/lead vendor",
        ] {
            said += ravi.runs(line).await.shown();
        }
        insta::assert_snapshot!(said, @"
        **Deskhand** (bot) · 09:00 (only for Ravi)
          That vendor has a case nl-77 already. Update it, or look at the reference again: `/vendor list`.
          ┌ What you typed is not lost; copy it from here and try again.
          │ Their case reference: > nl-77
          └ What is asked of them: > Again
        **Deskhand** (bot) · 09:00 (only for Ravi)
          The desk has no vendor *Acme*. `/vendor list` shows those there are; a lead adds one with `/lead vendor`.
          ┌ What you typed is not lost; copy it from here and try again.
          │ Their case reference: > A-1
          └ What is asked of them: > Down
        **Deskhand** (bot) · 09:00 (only for Ravi)
          The option `in` needs a span of time between a minute and a year, such as 30m, 2h, 3d or 1w. Correct it and try again.
          ┌ What you typed is not lost; copy it from here and try again.
          │ Their case reference: > NL-78
          └ What is asked of them: > Down
        **Deskhand** (bot) · 09:00 (only for Ravi)
          In this category L2 calls vendors. Hand T-0002 over first: `/work escalate`.
          ┌ What you typed is not lost; copy it from here and try again.
          │ Their case reference: > NL-79
          └ What is asked of them: > Locked
        **Deskhand** (bot) · 09:00 (only for Ravi)
          No vendor works on T-0002 now, or not under that reference. `/vendor list` shows the cases; `/vendor open` asks a vendor.
        **Deskhand** (bot) · 09:00 (only for Ravi)
          No vendor works on T-0001 now, or not under that reference. `/vendor list` shows the cases; `/vendor open` asks a vendor.
        **Deskhand** (bot) · 09:00 (only for Ravi)
          This is for Lead. Ask a desk admin if you should have that role.
        ");
        let form = desk.person("nia").in_("#leads").runs("/lead vendor").await;
        let texts = [
            ("name", "Acme"),
            ("contact", "acme.example"),
            ("hours", "weekdays"),
            ("response", "1d"),
        ];
        let no = form.submits(&texts).await;
        insta::assert_snapshot!(no.shown(), @"
        **Deskhand** (bot) · 09:00 (only for Nia)
          The hours cannot be read. Write `24/7`, or days, times and a time zone: `Mon-Fri 09:00-17:00 Europe/Berlin`.
          ┌ What you typed is not lost; copy it from here and try again.
          │ Name: > Acme
          │ How to reach them: > acme.example
          │ Hours and time zone: > weekdays
          └ They answer within, in their hours: > 1d
        ");
        let retired = desk.person("nia").in_("#leads");
        let retired = retired.runs("/lead vendor name:Northline retire:yes").await;
        insta::assert_snapshot!(retired.shown(), @"
        **Deskhand** (bot) · 09:00 (only for Nia)
          Northline is retired: no new cases are opened with it.
        ");
        let no = ravi
            .runs("/vendor open ticket:T-0001 vendor:Northline reference:NL-80 text:x")
            .await;
        assert!(no.shown().contains("no vendor"), "{}", no.shown());
    });
}

#[test]
fn a_silent_requester_is_reminded_twice_and_then_it_ends_by_itself() {
    story(async |desk| {
        desk.opens("mia", "The VPN is down").await;
        desk.claims("ravi", "T-0001").await;
        let ask = "/work ask-user ticket:T-0001 question:Which network are you on?";
        desk.person("ravi").in_("#l1-queue").runs(ask).await;
        // Two and four business days from Monday nine, and five
        desk.passes(SignedDuration::from_hours(32)).await;
        insta::assert_snapshot!(desk.channel(THREAD).as_("mia").last(1).await, @"
        **Deskhand** (bot) · 17:00
          @Mia, the question above still waits for your answer. Write it here; without it nothing can go on.
          -# T-0001·e4
        ");
        desk.passes(SignedDuration::from_hours(48)).await;
        insta::assert_snapshot!(desk.channel(THREAD).as_("mia").last(1).await, @"
        **Deskhand** (bot) · 17:00
          @Mia, the question above still waits for your answer. Without one, this ends by itself tomorrow; you can open it again then.
          -# T-0001·e5
        ");
        assert_eq!(desk.standing().await, "T-0001 waiting_user L1 Ravi");
        desk.passes(SignedDuration::from_hours(24)).await;
        insta::assert_snapshot!(desk.channel(THREAD).as_("mia").last(1).await, @"
        **Deskhand** (bot) · 17:00
          @Mia
          ┌ T-0001 is resolved
          │ > We asked you something and heard nothing, so this ends here. If you still need it, open it again.
          │ Solved for you too? *All good* closes it. *Still broken* opens it again, until ⟨2026-06-24 17:00Z R⟩.
          │ How it ended: No answer: it ended by itself
          └ T-0001·e6
          [All good] [Still broken]
        ");
        assert_eq!(desk.standing().await, "T-0001 resolved L1 Ravi");
    });
}

#[test]
fn an_answer_ends_the_reminders_and_something_urgent_does_not_end_by_itself() {
    story(async |desk| {
        desk.opens("mia", "The VPN is down").await;
        let urgent = "category:network affected:medium can_work:high";
        desk.opens_as("tom", "Nobody can print", urgent).await;
        desk.claims("ravi", "T-0001").await;
        desk.claims("ravi", "T-0002").await;
        for number in ["T-0001", "T-0002"] {
            let ask = format!("/work ask-user ticket:{number} question:Since when?");
            desk.person("ravi").in_("#l1-queue").runs(&ask).await;
        }
        desk.person("mia").in_(THREAD).says("Since nine").await;
        desk.comes_to("T-0001 in_progress L1 Ravi\nT-0002 waiting_user L1 Ravi")
            .await;
        desk.passes(SignedDuration::from_hours(24 * 7)).await;
        assert_eq!(
            desk.standing().await,
            "T-0001 in_progress L1 Ravi\nT-0002 waiting_user L1 Ravi"
        );
        assert!(
            !desk
                .channel(THREAD)
                .as_("mia")
                .transcript()
                .await
                .contains("still waits")
        );
        insta::assert_snapshot!(desk.channel("#leads").as_("nia").last(1).await, @"
        **Deskhand** (bot) · 17:00
          ┌ The requester of T-0002 does not answer, and it is urgent. Find another way to reach them, or end it.
          │ Nobody can print
          └ T-0002·e6
        ");
    });
}
