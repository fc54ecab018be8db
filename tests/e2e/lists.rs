//! Looking at tickets, and finding out what one can do.

use std::num::NonZeroU32;

use deskhand::config::Limits;

use crate::harness::{Given, story};

#[test]
fn a_ticket_as_its_requester_and_its_technician_see_it() {
    story(async |desk| {
        desk.opens("mia", "The VPN is down").await;
        desk.claims("ravi", "T-0001").await;
        let hers = desk
            .person("mia")
            .in_("#help")
            .runs("/ticket show ticket:T-0001")
            .await;
        assert!(hers.is_private());
        insta::assert_snapshot!(hers.shown(), @"
        **Deskhand** (bot) · 09:00 (only for Mia)
          ┌ T-0001 · The VPN is down
          │ Thread: #T-0001 · The VPN is down
          │ State: in progress
          │ With: @Ravi, first contact (L1)
          │ Priority: P4 · one person · there is a workaround
          │ About: Network, Wi-Fi and VPN
          │ Opened: ⟨2026-06-15 09:00Z R⟩
          │ Last change: ⟨2026-06-15 09:00Z R⟩
          │ Until when: You hear from us by ⟨2026-06-15 17:00Z f⟩.
          └ What happens: It stays on connecting since nine.
          [Ask for more help] [People] [History] [Transcript]
          [Go to the thread ↗]
        ");
        let thread = "T-0001 · The VPN is down";
        let his = desk.person("ravi").in_(thread).runs("/ticket show").await;
        assert!(his.is_private());
        insta::assert_snapshot!(his.shown(), @"
        **Deskhand** (bot) · 09:00 (only for Ravi)
          ┌ T-0001 · The VPN is down
          │ Thread: #T-0001 · The VPN is down
          │ State: in progress
          │ With: @Ravi · L1
          │ Priority: P4 · one person · there is a workaround
          │ About: Network, Wi-Fi and VPN
          │ Opened: ⟨2026-06-15 09:00Z R⟩
          │ Last change: ⟨2026-06-15 09:00Z R⟩
          │ Promised: the first answer: ⟨2026-06-15 17:00Z f⟩ (⟨2026-06-15 17:00Z R⟩)
          │ the solution: ⟨2026-06-26 17:00Z f⟩ (⟨2026-06-26 17:00Z R⟩)
          │ Requester: @Mia Mia
          └ What happens: It stays on connecting since nine.
          [Escalate] [Resolve]
          ⟨More: answer, ask, note, give back…: Ask the requester | Answer | Note | Priority | Give back | Hand-overs | Merge | Split | Relate | Ask a vendor | People | Watch | Remind me | History | Transcript⟩
          [Go to the thread ↗] [Link to a problem]
        ");
    });
}

#[test]
fn lists_are_one_s_own_unless_one_is_on_the_desk() {
    story(async |desk| {
        let mia = desk.person("mia").in_("#help");
        let empty = mia.runs("/ticket list").await;
        insta::assert_snapshot!(empty.shown(), @r"
        **Deskhand** (bot) · 09:00 (only for Mia)
          You have no tickets. Open one with `/ticket open`.
          [Open a ticket]
        ");
        desk.opens("mia", "The VPN is down").await;
        desk.opens("tom", "The printer is dead").await;

        let own = mia.runs("/ticket list").await;
        insta::assert_snapshot!(own.shown(), @r"
        **Deskhand** (bot) · 09:00 (only for Mia)
          ┌ Your tickets
          │ **T-0001 · The VPN is down**
          │ in the queue · P4 · ⟨2026-06-15 09:00Z R⟩
          └ Page 1 of 1 · 1 ticket
          ⟨Show one of them: T-0001 · The VPN is down⟩
        ");
        let refused = mia.runs("/ticket list which:l1").await;
        insta::assert_snapshot!(refused.shown(), @r"
        **Deskhand** (bot) · 09:00 (only for Mia)
          This is for L1, L2, L3 or Lead. Ask a desk admin if you should have that role.
        ");
        let queue = desk
            .person("ravi")
            .in_("#l1-queue")
            .runs("/ticket list which:l1")
            .await;
        insta::assert_snapshot!(queue.shown(), @r"
        **Deskhand** (bot) · 09:00 (only for Ravi)
          ┌ Queue of L1
          │ **T-0001 · The VPN is down**
          │ in the queue · P4 · ⟨2026-06-15 09:00Z R⟩
          │ **T-0002 · The printer is dead**
          │ in the queue · P4 · ⟨2026-06-15 09:00Z R⟩
          └ Page 1 of 1 · 2 tickets
          ⟨Show one of them: T-0001 · The VPN is down | T-0002 · The printer is dead⟩
        ");

        let shown = queue
            .chooses("Show one of them", "T-0002 · The printer is dead")
            .await;
        assert!(shown.shown().contains("The printer is dead"));
    });
}

#[test]
fn long_lists_have_pages() {
    let limits = Limits {
        openings_per_10_minutes: NonZeroU32::new(100),
        openings_per_day: NonZeroU32::new(100),
        open_tickets_max: NonZeroU32::new(100),
        ..Limits::default()
    };
    Given::default().limits(limits).story(async |desk| {
        for number in 1..=12 {
            desk.opens("mia", &format!("Trouble number {number}")).await;
        }
        let first = desk.person("mia").in_("#help").runs("/ticket list").await;
        let second = first.presses("Next").await;
        insta::assert_snapshot!(second.shown(), @r"
        **Deskhand** (bot) · 09:00 (only for Mia)
          ┌ Your tickets
          │ **T-0011 · Trouble number 11**
          │ in the queue · P4 · ⟨2026-06-15 09:00Z R⟩
          │ **T-0012 · Trouble number 12**
          │ in the queue · P4 · ⟨2026-06-15 09:00Z R⟩
          └ Page 2 of 2 · 12 tickets
          ⟨Show one of them: T-0011 · Trouble number 11 | T-0012 · Trouble number 12⟩
          [Back] (Next)
        ");
        let back = second.presses("Back").await;
        assert_eq!(back.shown(), first.shown());
    });
}

#[test]
fn help_shows_what_one_can_do_here() {
    story(async |desk| {
        let everybody = desk.person("mia").in_("#help").runs("/help").await;
        insta::assert_snapshot!(everybody.shown(), @"
        **Deskhand** (bot) · 09:00 (only for Mia)
          ┌ What you can do here
          │ Ask first; when nothing fits, open a ticket. Only you see this.
          │ For everybody: `/ask` Ask about anything that does not work; only you see the answer
          │ `/ticket open` Open a ticket: a person helps
          │ `/ticket show` Show a ticket: where it stands and who has it
          │ `/ticket list` List your tickets, or those of a queue
          │ `/ticket search` Find tickets by words, state, priority, tier and age
          │ `/ticket history` Show what happened to a ticket, from the beginning
          │ `/ticket transcript` Get all that was said and done about a ticket, as one file
          │ `/ticket cancel` Withdraw your ticket before somebody answers it
          │ `/ticket confirm` Say that your ticket is solved; it closes
          │ `/ticket reopen` Open a resolved ticket again, or follow up on a closed one
          │ `/ticket rate` Say how it went with your ticket
          │ `/ticket ask-escalation` Ask for more help with your ticket, once a day
          │ `/work people` Show, add or remove who takes part in a ticket
          │ `/kb search` Look for articles by their words; only you see what is found
          │ `/kb show` Read an article; only you see it
          │ …: `/kb vote` Say whether an article helps; your last word counts, and nobody sees whose it is
          │ `/sla calendar` See when the desk is open; admins set it
          │ `/sla holidays` See on which days the desk is closed; admins add days and take them back
          │ `/help` See what you can do here
          │ On a message: its menu → Apps: `Ask Deskhand` Look for the steps that help with what this message says; only you see them
          └ `Open a ticket` Open a ticket that quotes this message
          [Open a ticket]
        ");
        let technician = desk.person("ravi").in_("#help").runs("/help").await;
        insta::assert_snapshot!(technician.shown(), @"
        **Deskhand** (bot) · 09:00 (only for Ravi)
          ┌ What you can do here
          │ Ask first; when nothing fits, open a ticket. Only you see this.
          │ For everybody: `/ask` Ask about anything that does not work; only you see the answer
          │ `/ticket open` Open a ticket: a person helps
          │ `/ticket show` Show a ticket: where it stands and who has it
          │ `/ticket list` List your tickets, or those of a queue
          │ `/ticket search` Find tickets by words, state, priority, tier and age
          │ `/ticket history` Show what happened to a ticket, from the beginning
          │ `/ticket transcript` Get all that was said and done about a ticket, as one file
          │ `/ticket cancel` Withdraw your ticket before somebody answers it
          │ `/ticket confirm` Say that your ticket is solved; it closes
          │ `/ticket reopen` Open a resolved ticket again, or follow up on a closed one
          │ `/ticket rate` Say how it went with your ticket
          │ `/ticket ask-escalation` Ask for more help with your ticket, once a day
          │ `/work people` Show, add or remove who takes part in a ticket
          │ `/kb search` Look for articles by their words; only you see what is found
          │ `/kb show` Read an article; only you see it
          │ …: `/kb vote` Say whether an article helps; your last word counts, and nobody sees whose it is
          │ `/sla calendar` See when the desk is open; admins set it
          │ `/sla holidays` See on which days the desk is closed; admins add days and take them back
          │ `/help` See what you can do here
          │ On a message: its menu → Apps: `Ask Deskhand` Look for the steps that help with what this message says; only you see them
          │ `Open a ticket` Open a ticket that quotes this message
          │ For the desk: `/queue` See every tier at a glance: what waits, and who is at work
          │ `/report` See what the desk did in a period, or you: how fast, how well, and where it waited
          │ `/work claim` Take a ticket out of the queue
          │ `/work accept` Accept a ticket that is offered or handed over
          │ `/work reject` Send a hand-over back to where it came from, with the reason
          │ `/work release` Give a ticket back to the queue, with the reason
          │ `/work assign` Give a ticket to somebody; leave the person out to choose
          │ `/work note` Write a note that only the staff read
          │ `/work reply` Answer the requester; it stands in their thread
          │ `/work ask-user` Ask the requester; the clock waits for the answer
          │ `/work resume` Take a ticket up again that waits for an answer
          │ `/work impact` Correct how many are affected; the priority follows
          │ `/work urgency` Correct whether they can work; the priority follows
          │ `/work category` Correct what a ticket is about
          │ `/work watch` Hear of a ticket's steps without owning it; once more ends it
          │ …: `/work remind` Be reminded of a ticket by direct message
          │ `/work escalate` Hand a ticket over to the next tier; a form asks what goes along
          │ `/work deescalate` Hand a ticket down to a lower tier; a form asks what is left to do
          │ `/work handover` Show a ticket's hand-overs: who, when, how long, and what was said
          │ `/work resolve` Resolve a ticket: how it ended, what was done, which article answers it
          │ `/kb explain` See why a question is answered as it is: what speaks for which article
          │ `/kb gaps` See what people asked that no article answers, and which articles need somebody
          │ `/vendor open` Ask a vendor about a ticket; it waits for them, reminders included
          │ `/vendor update` Put down what a vendor said, and whose turn it is
          │ `/vendor close` End a vendor's case: they are done, or not needed any more
          │ `/vendor list` See which tickets wait for vendors, and the vendors themselves
          │ `/link merge` Merge a ticket into another one about the same matter
          │ `/link split` Make a matter too many a ticket of its own
          │ …: `/link relate` Say that two tickets are related; once more ends it
          │ `/sla show` See what is promised for a ticket, and what is left of it
          │ `/sla policy` See what the desk promises; admins set it
          │ `/problem link` Say that a ticket belongs to a problem, or does not
          │ `/problem list` List the problems, with how many they concern
          │ `/duty on` Go on duty: tickets can be offered to you
          │ `/duty off` Go off duty; urgent tickets of yours are listed, to be handed over
          │ `/duty away` Be away for a while: nothing is offered to you, and somebody can stand in
          │ `/duty show` See who is at work, how much each has to do, and whose shift comes next
          │ `/duty schedule` See the shifts of every week; leads plan them
          └ `/duty swap` Ask somebody to take one of your shifts
          [Open a ticket]
        ");
        let direct = desk.person("mia").in_("@bot").runs("/help").await;
        insta::assert_snapshot!(direct.shown(), @r"
        **Deskhand** (bot) · 09:00
          ┌ What you can do here
          │ Write me what does not work, and I look for the steps.
          │ For everybody: `/ask` Ask about anything that does not work; only you see the answer
          └ `/help` See what you can do here
          [Open a ticket]
        ");
    });
}

#[test]
fn the_queues_at_a_glance() {
    story(async |desk| {
        desk.opens("mia", "The VPN is down").await;
        let urgent = "category:network affected:medium can_work:high";
        desk.opens_as("tom", "The team cannot print", urgent).await;
        desk.claims("ravi", "T-0001").await;
        desk.passes(jiff::SignedDuration::from_mins(20)).await;
        desk.escalates("ravi", "T-0001").await;
        let seen = desk.person("nia").in_("#leads").runs("/queue").await;
        assert!(seen.is_private());
        insta::assert_snapshot!(seen.shown(), @"
        **Deskhand** (bot) · 09:20 (only for Nia)
          ┌ The queues
          │ L1: **1 waits**, open since ⟨2026-06-15 09:00Z R⟩
          │ 0 in progress, 0 waiting for an answer
          │ 1 of all are P1 or P2
          │ At work: @Ravi (0 of 12), @Sami (0 of 12)
          │ L2: **1 waits**, open since ⟨2026-06-15 09:00Z R⟩
          │ 0 in progress, 0 waiting for an answer
          │ At work: @Ivo (1 of 8), @Lena (0 of 8)
          │ L3: Nothing waits
          │ 0 in progress, 0 waiting for an answer
          └ At work: @Noor (0 of 5), @Kai (0 of 5)
          [List L1] [List L2] [List L3] [Look again]
        ");
        let list = seen.presses("List L1").await;
        assert!(
            list.shown().contains("The team cannot print"),
            "{}",
            list.shown()
        );
        let hers = desk.person("mia").in_("#help").runs("/queue").await;
        insta::assert_snapshot!(hers.shown(), @"
        **Deskhand** (bot) · 09:20 (only for Mia)
          This is for L1, L2, L3 or Lead. Ask a desk admin if you should have that role.
        ");
    });
}
