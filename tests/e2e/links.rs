//! Tickets that belong together: merged, parted, split, related, followed up.

use jiff::SignedDuration;

use crate::harness::story;

const FIRST: &str = "T-0001 · The VPN is down";
const SECOND: &str = "T-0002 · No connection from home";

#[test]
fn two_tickets_of_one_person_become_one_and_nothing_said_is_lost() {
    story(async |desk| {
        desk.opens("mia", "The VPN is down").await;
        desk.opens_as(
            "mia",
            "No connection from home",
            "category:network affected:medium can_work:medium",
        )
        .await;
        desk.claims("ravi", "T-0001").await;
        desk.claims("ravi", "T-0002").await;

        // Ravi merges with the mouse, from the ticket
        let shown = desk.person("ravi").in_(SECOND).runs("/ticket show").await;
        let form = shown.presses("Merge").await;
        insta::assert_snapshot!(form.shown(), @"
        Form: Merge T-0002
          Into which ticket *:
        ");
        let merged = form.submits(&[("into", "T-0001")]).await;
        insta::assert_snapshot!(merged.shown(), @"
        **Deskhand** (bot) · 09:00 (only for Ravi)
          T-0002 is merged into T-0001.
          Nobody new reads the thread of T-0001.
        ");
        insta::assert_snapshot!(desk.channel(SECOND).as_("mia").last(1).await, @"
        **Deskhand** (bot) · 09:00
          ┌ @Ravi merged this into T-0001. It goes on there; what is written here in the next 24 hours is copied.
          └ T-0002·e3
          [Go to the thread ↗]
        ");
        insta::assert_snapshot!(desk.channel(FIRST).as_("mia").last(1).await, @"
        **Deskhand** (bot) · 09:00
          ┌ @Ravi merged T-0002 of @Mia into this ticket.
          └ T-0001·e3
        ");
        insta::assert_snapshot!(desk.standing().await, @"
        T-0001 in_progress L1 Ravi
        T-0002 merged L1 -
        ");

        // What Mia still writes in the old thread is said where it goes on, once
        desk.person("mia")
            .in_(SECOND)
            .says("It is the same at the office")
            .await;
        desk.eventually("the message is copied", async || {
            desk.channel(FIRST)
                .as_("mia")
                .last(1)
                .await
                .contains("at the office")
        })
        .await;
        insta::assert_snapshot!(desk.channel(FIRST).as_("ravi").last(1).await, @"
        **Deskhand** (bot) · 09:00
          ┌ @Mia wrote in T-0002, which was merged into this
          │ > It is the same at the office
          └ desk·r
        ");
        let shown = desk.person("ravi").in_(FIRST).runs("/ticket show").await;
        assert!(
            shown.shown().contains("Merged into this: T-0002"),
            "{}",
            shown.shown()
        );
        let history = desk.person("mia").in_(FIRST).runs("/ticket history").await;
        insta::assert_snapshot!(history.shown(), @"
        **Deskhand** (bot) · 09:00 (only for Mia)
          ┌ T-0001: what happened
          │ ⟨2026-06-15 09:00Z f⟩ · opened as P4 by @Mia
          │ ⟨2026-06-15 09:00Z f⟩ · @Ravi takes it
          └ ⟨2026-06-15 09:00Z f⟩ · @Ravi merges T-0002 into it
        ");

        // A day later the old thread is locked
        desk.passes(SignedDuration::from_hours(25)).await;
        let no = desk.person("mia").in_(SECOND).cannot_say("hello?").await;
        insta::assert_snapshot!(no, @"Thread is archived (code 50083)");
    });
}

#[test]
fn two_peoples_tickets_are_merged_by_a_lead_alone_who_sees_who_will_read_what() {
    story(async |desk| {
        desk.opens("mia", "The VPN is down").await;
        desk.opens("tom", "No connection from home").await;
        desk.claims("ravi", "T-0001").await;
        desk.claims("ravi", "T-0002").await;
        let no = desk.person("ravi").in_("#l1-queue");
        let no = no.runs("/link merge ticket:T-0002 into:T-0001").await;
        insta::assert_snapshot!(no.shown(), @"
        **Deskhand** (bot) · 09:00 (only for Ravi)
          You cannot merge another person's ticket into or out of T-0002. A lead can.
        ");

        let nia = desk.person("nia").in_("#leads");
        let sure = nia.runs("/link merge ticket:T-0002 into:T-0001").await;
        insta::assert_snapshot!(sure.shown(), @"
        **Deskhand** (bot) · 09:00 (only for Nia)
          T-0002 is @Tom's and T-0001 is @Mia's. Merged, @Tom reads everything in the thread of T-0001, what was said before included. A problem or a related ticket keeps them apart.
          [Merge all the same!]
        ");
        let form = sure.presses("Merge all the same").await;
        insta::assert_snapshot!(form.shown(), @"
        Form: Merge T-0002
          Why, although they are two people's *:
        ");
        assert!(!desk.person("tom").sees(FIRST).await);
        let merged = form.submits(&[("reason", "One outage, one team")]).await;
        insta::assert_snapshot!(merged.shown(), @"
        **Deskhand** (bot) · 09:00 (only for Nia)
          T-0002 is merged into T-0001.
          Who reads the thread of T-0001 from now on: @Tom.
        ");
        assert!(desk.person("tom").sees(FIRST).await);

        // and parts them again within a day
        let form = nia.runs("/link unmerge ticket:T-0002").await;
        let parted = form.submits(&[("reason", "Tom has another line")]).await;
        insta::assert_snapshot!(parted.shown(), @"
        **Deskhand** (bot) · 09:00 (only for Nia)
          T-0002 is a ticket of its own again.
        ");
        insta::assert_snapshot!(desk.standing().await, @"
        T-0001 in_progress L1 Ravi
        T-0002 in_progress L1 Ravi
        ");
        insta::assert_snapshot!(desk.channel(SECOND).as_("tom").last(1).await, @"
        **Deskhand** (bot) · 09:00
          ┌ @Nia parted this from T-0001 again. It goes on here.
          │ > Tom has another line
          └ T-0002·e4
        ");

        // After a day it stays
        nia.runs("/link merge ticket:T-0002 into:T-0001 reason:Again")
            .await;
        desk.passes(SignedDuration::from_hours(24)).await;
        let late = nia.runs("/link unmerge ticket:T-0002 reason:No").await;
        insta::assert_snapshot!(late.shown(), @"
        **Deskhand** (bot) · 09:00 (only for Nia)
          T-0002 was merged more than 24 hours ago, and that stays. Open a new ticket for what is left.
          ┌ What you typed is not lost; copy it from here and try again.
          └ Why they are two matters: > No
        ");
        insta::assert_snapshot!(
            desk.database("select group_concat(action || ' ' || outcome || coalesce(' ' || reason, ''), x'0a') from audit where action in ('merge', 'unmerge')").await,
            @"
        merge done One outage, one team
        unmerge done Tom has another line
        merge done Again
        unmerge merge_settled
        "
        );
    });
}

#[test]
fn what_cannot_be_merged_is_refused_and_nothing_changes() {
    story(async |desk| {
        desk.opens("mia", "The VPN is down").await;
        desk.opens("mia", "No connection from home").await;
        desk.opens_as(
            "mia",
            "Somebody read my mail",
            "category:security affected:low can_work:medium",
        )
        .await;
        desk.claims("ravi", "T-0001").await;
        desk.claims("ravi", "T-0002").await;
        desk.claims("ravi", "T-0003").await;
        desk.resolves("ravi", "T-0002").await;
        let ravi = desk.person("ravi").in_("#l1-queue");
        let mut said = String::new();
        for line in [
            "/link merge ticket:T-0001 into:T-0001",
            "/link merge ticket:T-0001 into:T-0003",
            "/link merge ticket:T-0001 into:T-0099",
            "/link merge ticket:T-0001 into:VPN",
            "/link merge ticket:T-0002 into:T-0001",
            "/link relate ticket:T-0001 other:T-0001",
        ] {
            said += ravi.runs(line).await.shown();
        }
        insta::assert_snapshot!(said, @"
        **Deskhand** (bot) · 09:00 (only for Ravi)
          T-0001 is that ticket. Name another one.
        **Deskhand** (bot) · 09:00 (only for Ravi)
          T-0001 and T-0003 cannot be merged: one of them is confidential and the other is not. Relate them instead: `/link relate`.
        **Deskhand** (bot) · 09:00 (only for Ravi)
          No ticket T-0099 that you can see. Check the number, or find yours with `/ticket list`.
        **Deskhand** (bot) · 09:00 (only for Ravi)
          The option `ticket` needs a ticket's number, for example T-0042. Correct it and try again.
        **Deskhand** (bot) · 09:00 (only for Ravi)
          T-0002 is *resolved*, by @Ravi, so you cannot merge, split or relate it. Nothing was done. If it is not solved, reopen it.
        **Deskhand** (bot) · 09:00 (only for Ravi)
          T-0001 is that ticket. Name another one.
        ");
        assert_eq!(
            desk.database("select group_concat(state, ' ') from ticket")
                .await,
            "in_progress resolved in_progress"
        );
        // Into a resolved one within its window: it is open again
        let merged = ravi.runs("/link merge ticket:T-0001 into:T-0002").await;
        insta::assert_snapshot!(merged.shown(), @"
        **Deskhand** (bot) · 09:00 (only for Ravi)
          T-0001 is merged into T-0002.
          Nobody new reads the thread of T-0002.
        ");
        insta::assert_snapshot!(desk.standing().await, @"
        T-0001 merged L1 -
        T-0002 in_progress L1 Ravi
        T-0003 in_progress L1 Ravi
        ");
    });
}

#[test]
fn a_matter_too_many_is_split_off_and_related_tickets_know_each_other() {
    story(async |desk| {
        desk.opens("mia", "The VPN is down").await;
        desk.claims("ravi", "T-0001").await;
        desk.person("mia")
            .in_(FIRST)
            .says("And the printer on floor 3 jams since Friday")
            .await;

        // From the message itself: whose ticket is it?
        let asked = desk.person("ravi").in_(FIRST);
        let asked = asked.runs_on("printer on floor 3", "Open a ticket").await;
        insta::assert_snapshot!(asked.shown(), @"
        **Deskhand** (bot) · 09:00 (only for Ravi)
          Whose ticket is it? Mia wrote the message.
          [For Mia] [For me] [Split off T-0001]
        ");
        let form = asked.presses("Split off T-0001").await;
        insta::assert_snapshot!(form.shown(), @"
        Form: Split a matter off T-0001
          What is it, in one line? *: And the printer on floor 3 jams since Friday
          What happens? *: Mia wrote in https://discord.com/channels/1196378239795331073/1516004337254924298/1516004337255055370
        > And the printer on floor 3 jams since Friday
        ");
        let split = form.submits(&[("title", "Printer on floor 3 jams")]).await;
        insta::assert_snapshot!(split.shown(), @"
        **Deskhand** (bot) · 09:00 (only for Ravi)
          T-0002 is split off from T-0001, for the same requester.
          [Claim]
        ");
        insta::assert_snapshot!(
            desk.channel("T-0002 · Printer on floor 3 jams").as_("mia").transcript().await, @r"
        · Deskhand added Mia to the thread · 09:00
        **Deskhand** (bot) · 09:00
          @Mia, @Ravi opened this ticket for you.
          ┌ T-0002 · Printer on floor 3 jams
          │ Next, first contact (L1) looks at it, and you read here who takes it.
          │ Add whatever helps in the meantime: a screenshot, an error message word for word, what you tried.
          │ You hear from us by ⟨2026-06-15 17:00Z f⟩.
          │ What happens: Mia wrote in <https://discord.com/channels/1196378239795331073/1516004337254924298/1516004337255055370>
          │ \> And the printer on floor 3 jams since Friday
          └ T-0002·e2
        **Deskhand** (bot) · 09:00
          ┌ This was part of T-0001. What was said there need not be told again.
          └ T-0002·e2
        ");
        insta::assert_snapshot!(desk.channel(FIRST).as_("mia").last(1).await, @"
        **Deskhand** (bot) · 09:00
          ┌ @Ravi made one matter of this a ticket of its own: T-0002.
          └ T-0001·e3
        ");

        let ravi = desk.person("ravi").in_("#l1-queue");
        desk.opens("tom", "Toner is empty").await;
        desk.claims("ravi", "T-0002").await;
        let related = ravi.runs("/link relate ticket:T-0002 other:T-0003").await;
        insta::assert_snapshot!(related.shown(), @"
        **Deskhand** (bot) · 09:00 (only for Ravi)
          T-0002 and T-0003 are related. The same command ends it.
        ");
        let shown = ravi.runs("/ticket show ticket:T-0002").await;
        assert!(
            shown.shown().contains("Related: T-0003"),
            "{}",
            shown.shown()
        );
        assert!(
            shown.shown().contains("Split off from T-0001"),
            "{}",
            shown.shown()
        );
        // Mia hears nothing of Tom's
        let hers = desk
            .person("mia")
            .in_("#help")
            .runs("/ticket show ticket:T-0002")
            .await;
        assert!(!hers.shown().contains("T-0003"), "{}", hers.shown());
        let over = ravi.runs("/link relate ticket:T-0002 other:T-0003").await;
        insta::assert_snapshot!(over.shown(), @"
        **Deskhand** (bot) · 09:00 (only for Ravi)
          T-0002 and T-0003 are no longer related.
        ");
    });
}

#[test]
fn a_closed_ticket_is_followed_up_and_never_goes_back() {
    story(async |desk| {
        desk.opens("mia", "The VPN is down").await;
        desk.claims("ravi", "T-0001").await;
        desk.resolves("ravi", "T-0001").await;
        desk.person("mia").in_(FIRST).runs("/ticket confirm").await;
        desk.passes(SignedDuration::from_hours(24 * 8)).await;

        let shown = desk
            .person("mia")
            .in_("#help")
            .runs("/ticket show ticket:T-0001")
            .await;
        let form = shown.presses("Not solved after all").await;
        insta::assert_snapshot!(form.shown(), @"
        Form: Follow up on T-0001
          What is still broken? *:
        ");
        let followed = form
            .submits(&[("reason", "It is down again since the update")])
            .await;
        insta::assert_snapshot!(followed.shown(), @"
        **Deskhand** (bot) · 09:00 (only for Mia)
          T-0002 follows T-0001, which is closed. Everything said there goes along.
        ");
        insta::assert_snapshot!(
            desk.channel("T-0002 · The VPN is down").as_("mia").transcript().await, @"
        · Deskhand added Mia to the thread · 09:00
        **Deskhand** (bot) · 09:00
          @Mia, the desk has your request.
          ┌ T-0002 · The VPN is down
          │ Next, first contact (L1) looks at it, and you read here who takes it.
          │ Add whatever helps in the meantime: a screenshot, an error message word for word, what you tried.
          │ You hear from us by ⟨2026-06-23 17:00Z f⟩.
          │ What happens: It is down again since the update
          └ T-0002·e2
        **Deskhand** (bot) · 09:00
          ┌ This follows T-0001, which is closed. What was said there need not be told again.
          └ T-0002·e2
        ");
        assert_eq!(
            desk.database("select group_concat(state, ' ') from ticket")
                .await,
            "closed new"
        );
        let shown = desk
            .person("ravi")
            .in_("#l1-queue")
            .runs("/ticket show ticket:T-0002")
            .await;
        assert!(
            shown.shown().contains("Follows T-0001"),
            "{}",
            shown.shown()
        );
    });
}
