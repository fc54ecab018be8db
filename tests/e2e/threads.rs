//! Where a ticket is talked about: when a thread was deleted (`RELIABILITY` F27), and when Discord has no room for another
//! one (F29).

use jiff::SignedDuration;
use serde_json::json;

use crate::harness::{Desk, Given, story};

const VPN: &str = "T-0001 · The VPN is down";
const PRINTER: &str = "T-0002 · The printer is dead";
const MAXIMUM: &str = "Maximum number of active threads reached";

impl Desk {
    /// From now on so many threads may be active on the server.
    async fn has_room_for(&self, threads: u64) {
        self.fails(json!({ "threads": threads })).await;
    }

    /// What people said about tickets, as it is kept.
    async fn told_directly(&self) -> String {
        self.database(
            "select coalesce(group_concat(text, ' / '), '') from (
                 select v.text from message m join message_version v on v.message = m.id order by m.id
             )",
        )
        .await
    }

    /// Which threads are active, by their names.
    async fn active_threads(&self) -> Vec<String> {
        let world = self.person("ada").world().await;
        let threads = world["threads"].as_array().cloned().unwrap_or_default();
        let active = threads.iter().filter(|one| one["archived"] != true);
        let mut names: Vec<String> = active
            .map(|one| one["name"].as_str().unwrap_or_default().to_owned())
            .collect();
        names.sort();
        names
    }
}

#[test]
fn the_thread_that_has_been_quiet_for_longest_makes_room() {
    story(async |desk| {
        desk.forgives(MAXIMUM);
        // Two tickets wait: Mia's since nine, Tom's since ten. Sami opens a third.
        desk.opens("mia", "The VPN is down").await;
        desk.claims("ravi", "T-0001").await;
        let ravi = desk.person("ravi").in_("#general");
        ravi.runs("/work ask-user ticket:T-0001 question:Which Wi-Fi is it?")
            .await;
        desk.passes(SignedDuration::from_hours(1)).await;
        desk.opens("tom", "The printer is dead").await;
        desk.claims("ravi", "T-0002").await;
        ravi.runs("/work ask-user ticket:T-0002 question:Which floor is it on?")
            .await;
        desk.settles().await;
        desk.has_room_for(2).await;
        desk.opens("sami", "The phone is mute").await;
        desk.settles().await;
        let phone = "T-0003 · The phone is mute";
        assert_eq!(desk.active_threads().await, [PRINTER, phone]);
        insta::assert_snapshot!(desk.channel("#leads").as_("nia").last(1).await, @"
        **Deskhand** (bot) · 09:00
          @Ada, the set-up is done as far as it goes.
          -# desk·r
        ");

        // Mia answers: her thread is awake again, and Discord makes no exception for people.
        desk.has_room_for(3).await;
        desk.person("mia").in_(VPN).says("The one at home").await;
        desk.eventually("it goes on", async || {
            desk.standing().await.contains("T-0001 in_progress")
        })
        .await;
        assert_eq!(desk.active_threads().await, [VPN, PRINTER, phone]);

        // The printer's thread rests now, and wakes when something is to be said in it: another one makes room.
        desk.resolves("ravi", "T-0001").await;
        desk.admin(
            "ada",
            "rename",
            json!({"channel": PRINTER, "archived": true}),
        )
        .await;
        desk.has_room_for(2).await;
        desk.forgives("Thread is archived");
        ravi.runs("/work reply ticket:T-0002 text:Somebody comes at noon")
            .await;
        desk.settles().await;
        assert_eq!(desk.active_threads().await, [PRINTER, phone]);
        insta::assert_snapshot!(desk.channel(PRINTER).as_("tom").last(1).await, @"
        **Deskhand** (bot) · 10:00
          @Tom, an answer for you.
          ┌ @Ravi answers
          │ > Somebody comes at noon
          └ T-0002·e4
        ");
    });
}

#[test]
fn where_no_thread_may_rest_the_talk_goes_by_direct_message() {
    story(async |desk| {
        desk.forgives(MAXIMUM);
        desk.opens("mia", "The VPN is down").await;
        desk.settles().await;
        desk.has_room_for(1).await;
        desk.opens("tom", "The printer is dead").await;
        desk.settles().await;
        assert_eq!(desk.active_threads().await, [VPN]);
        let tom = desk.person("tom").in_("@bot");
        insta::assert_snapshot!(tom.transcript().await, @"
        **Deskhand** (bot) · 09:00
          T-0002 · The printer is dead
          ┌ The server has no room for another thread just now, so we talk about T-0002 here. Write here: it reaches those who work on it, and their answers come here.
          └ T-0002·d18
        **Deskhand** (bot) · 09:00
          @Tom, the desk has your request.
          ┌ T-0002 · The printer is dead
          │ Next, first contact (L1) looks at it, and you read here who takes it.
          │ Add whatever helps in the meantime: a screenshot, an error message word for word, what you tried.
          │ You hear from us by ⟨2026-06-15 17:00Z f⟩.
          │ What happens: It stays on connecting since nine.
          └ T-0002·e1
        ");
        insta::assert_snapshot!(desk.channel("#leads").as_("nia").last(1).await, @"
        **Deskhand** (bot) · 09:00
          ┌ The server has as many active threads as Discord allows, and no waiting or resolved ticket whose thread could rest. The talk about T-0002 goes by direct message for now.
          │ Archive threads that nobody needs, of the desk or of other channels. What waits is tried again every 20 minutes.
          └ desk·r
        ");

        // Nobody has it yet: what Tom writes stands in the queue. Then it reaches whoever has it.
        insta::assert_snapshot!(tom.says_and_hears("It is the one on floor 3").await.shown(), @"
        **Deskhand** (bot) · 09:00
          Passed on to those who work on T-0002. Something new? `/ask` asks me.
        ");
        desk.settles().await;
        insta::assert_snapshot!(desk.channel("#l1-queue").as_("ravi").last(1).await, @"
        **Deskhand** (bot) · 09:00
          @Tom wrote by direct message about T-0002:
          ┌ > It is the one on floor 3
          │ There is no thread for this ticket. `/work reply` answers.
          └ desk·r
        ");
        insta::assert_snapshot!(desk.claims("ravi", "T-0002").await.shown(), @"
        **Deskhand** (bot) · 09:00 (only for Ravi)
          T-0002 is yours now. There was no room for a thread: `/work reply` reaches @Tom by direct message, and what they write there comes to you.
          [Escalate] [Resolve]
        ");
        let ravi = desk.person("ravi").in_("#general");
        ravi.runs("/work ask-user ticket:T-0002 question:Does its light blink?")
            .await;
        desk.settles().await;
        tom.says_and_hears("Yes, red").await;
        desk.settles().await;
        assert!(desk.standing().await.contains("T-0002 in_progress L1 Ravi"));
        insta::assert_snapshot!(desk.person("ravi").in_("@bot").transcript().await, @"
        **Deskhand** (bot) · 09:00
          @Tom wrote by direct message about T-0002:
          ┌ > Yes, red
          │ There is no thread for this ticket. `/work reply` answers.
          └ desk·r
        ");
        insta::assert_snapshot!(ravi.runs("/ticket show ticket:T-0002").await.shown(), @"
        **Deskhand** (bot) · 09:00 (only for Ravi)
          ┌ T-0002 · The printer is dead
          │ No thread: the talk goes by direct message.
          │ State: in progress
          │ With: @Ravi · L1
          │ Priority: P4 · one person · there is a workaround
          │ About: Network, Wi-Fi and VPN
          │ Opened: ⟨2026-06-15 09:00Z R⟩
          │ Last change: ⟨2026-06-15 09:00Z R⟩
          │ Promised: the next update: ⟨2026-06-17 17:00Z f⟩ (⟨2026-06-17 17:00Z R⟩)
          │ the solution: ⟨2026-06-26 17:00Z f⟩ (⟨2026-06-26 17:00Z R⟩)
          │ Requester: @Tom Tom
          └ What happens: It stays on connecting since nine.
          [Escalate] [Resolve]
          ⟨More: answer, ask, note, give back…: Ask the requester | Answer | Note | Priority | Give back | Hand-overs | Merge | Split | Relate | Ask a vendor | People | Watch | Remind me | History | Transcript⟩
          [Link to a problem]
        ");
        // What is taken back is gone from the record too.
        let slip = tom.says("my password is on the sticker").await;
        desk.eventually("it is kept", async || {
            desk.told_directly().await.contains("sticker")
        })
        .await;
        tom.deletes(&slip).await;

        // Resolved: Tom agrees where he reads it, without any role and outside the server.
        desk.resolves("ravi", "T-0002").await;
        desk.settles().await;
        insta::assert_snapshot!(tom.last(1).await, @"
        **Deskhand** (bot) · 09:00
          @Tom
          ┌ T-0002 is resolved
          │ > The certificate was renewed; connect again and it works.
          │ More about it: VPN does not connect
          │ Solved for you too? *All good* closes it. *Still broken* opens it again, until ⟨2026-06-20 09:00Z R⟩.
          │ How it ended: @Ravi · Fixed: the cause is gone
          └ T-0002·e5
          [All good] [Still broken]
        ");
        insta::assert_snapshot!(tom.says_and_hears("thanks").await.shown(), @"
        **Deskhand** (bot) · 09:00
          T-0002 is resolved, so nobody waits for messages about it. Something new? `/ask` asks me.
        ");
        desk.settles().await;
        let closed = tom.presses("All good").await;
        assert!(
            closed.shown().contains("T-0002 is closed"),
            "{}",
            closed.shown()
        );
        desk.settles().await;
        insta::assert_snapshot!(desk.person("tom").in_("#help").runs("/ticket history ticket:T-0002").await.shown(), @"
        **Deskhand** (bot) · 09:00 (only for Tom)
          ┌ T-0002: what happened
          │ ⟨2026-06-15 09:00Z f⟩ · opened as P4 by @Tom
          │ ⟨2026-06-15 09:00Z f⟩ · @Ravi takes it
          │ ⟨2026-06-15 09:00Z f⟩ · @Ravi asks: Does its light blink?
          │ ⟨2026-06-15 09:00Z f⟩ · the answer comes
          │ ⟨2026-06-15 09:00Z f⟩ · @Ravi resolves it: The certificate was renewed; connect again and it works.
          └ ⟨2026-06-15 09:00Z f⟩ · @Tom agrees that it is solved; closed
        ");
        assert_eq!(
            desk.told_directly().await,
            "It is the one on floor 3 / Yes, red / thanks"
        );
        // Nothing of his is talked about any more: he asks.
        let asked = tom.says_and_hears("My VPN does not connect").await;
        assert!(asked.shown().contains("VPN"), "{}", asked.shown());
    });
}

#[test]
fn with_two_tickets_an_answer_goes_to_the_one_that_it_answers() {
    story(async |desk| {
        desk.forgives(MAXIMUM);
        desk.has_room_for(0).await;
        desk.opens("mia", "The VPN is down").await;
        desk.settles().await;
        desk.opens("mia", "My chair squeaks").await;
        desk.settles().await;
        let mia = desk.person("mia").in_("@bot");
        let last = mia.says_and_hears("I mean the chair").await;
        assert!(last.shown().contains("on T-0002"), "{}", last.shown());
        desk.claims("ravi", "T-0001").await;
        desk.settles().await;
        let last = mia.says_and_hears("Thank you, Ravi").await;
        assert!(last.shown().contains("on T-0001"), "{}", last.shown());
    });
}

#[test]
fn who_takes_no_direct_messages_is_called_and_gets_a_thread_when_there_is_room() {
    story(async |desk| {
        desk.forgives(MAXIMUM);
        desk.forgives("Cannot send messages to this user");
        desk.has_room_for(0).await;
        desk.takes_no_direct_messages("mia").await;
        desk.opens("mia", "The VPN is down").await;
        desk.eventually("she is called", async || {
            let help = desk.person("mia").in_("#help").transcript().await;
            help.contains("allow direct messages")
        })
        .await;
        insta::assert_snapshot!(desk.channel("#help").as_("mia").last(1).await, @"
        **Deskhand** (bot) · 09:00
          @Mia, I have your request, but I can neither open a thread for it nor write to you directly. Please allow direct messages from this server: then I write to you there.
          -# desk·r
        ");
        insta::assert_snapshot!(desk.channel("#leads").as_("nia").last(1).await, @"
        **Deskhand** (bot) · 09:00
          ┌ The server has as many active threads as Discord allows, and no waiting or resolved ticket whose thread could rest. T-0001 has no thread, and its requester takes no direct messages: call them, or meet them.
          │ Archive threads that nobody needs, of the desk or of other channels. What waits is tried again every 20 minutes.
          └ desk·r
        ");
        desk.passes(SignedDuration::from_hours(1)).await;
        let leads = desk.channel("#leads").as_("nia").transcript().await;
        assert_eq!(leads.matches("T-0001 has no thread").count(), 1, "{leads}");

        desk.has_room_for(5).await;
        desk.passes(SignedDuration::from_mins(30)).await;
        assert_eq!(desk.active_threads().await, [VPN]);
        let thread = desk.channel(VPN).as_("mia").transcript().await;
        assert!(thread.contains("the desk has your request"), "{thread}");
    });
}

#[test]
fn who_closes_the_door_later_is_met_in_a_thread_when_there_is_room() {
    story(async |desk| {
        desk.forgives(MAXIMUM);
        desk.forgives("Cannot send messages to this user");
        desk.has_room_for(0).await;
        desk.opens("mia", "The VPN is down").await;
        desk.settles().await;
        desk.takes_no_direct_messages("mia").await;
        desk.has_room_for(5).await;
        desk.claims("ravi", "T-0001").await;
        desk.settles().await;
        assert!(desk.person("ravi").sees(VPN).await);
        insta::assert_snapshot!(desk.channel(VPN).as_("mia").transcript().await, @"
        · Deskhand added Mia to the thread · 09:00
        · Deskhand added Ravi to the thread · 09:00
        **Deskhand** (bot) · 09:00
          ┌ @Ravi takes care of this now, for first contact (L1).
          └ T-0001·e2
        ");
    });
}

#[test]
fn a_staff_thread_waits_for_room_and_the_leads_are_told() {
    story(async |desk| {
        desk.forgives(MAXIMUM);
        desk.opens("mia", "The VPN is down").await;
        desk.claims("ravi", "T-0001").await;
        desk.settles().await;
        desk.has_room_for(1).await;
        desk.escalates("ravi", "T-0001").await;
        desk.eventually("the leads are told", async || {
            let leads = desk.person("nia").in_("#leads").transcript().await;
            leads.contains("no staff thread")
        })
        .await;
        insta::assert_snapshot!(desk.channel("#leads").as_("nia").last(1).await, @"
        **Deskhand** (bot) · 09:00
          ┌ The server has as many active threads as Discord allows, and no waiting or resolved ticket whose thread could rest. T-0001 has no staff thread yet.
          │ Archive threads that nobody needs, of the desk or of other channels. What waits is tried again every 20 minutes.
          └ desk·r
        ");
        desk.has_room_for(5).await;
        desk.passes(SignedDuration::from_mins(30)).await;
        let staff = "T-0001 staff · The VPN is down";
        assert_eq!(desk.active_threads().await, [staff, VPN]);
    });
}

const STAFF: &str = "T-0001 staff · The VPN is down";

/// A ticket about which much was said, in both of its threads.
async fn much_was_said(desk: &Desk) {
    desk.opens("mia", "The VPN is down").await;
    desk.claims("ravi", "T-0001").await;
    desk.settles().await;
    let (mia, ravi) = (desk.person("mia").in_(VPN), desk.person("ravi").in_(VPN));
    mia.says("It began after the update").await;
    ravi.says("Thank you, I look at it").await;
    ravi.runs("/work note text:She is in a hurry: the board meets at noon")
        .await;
    desk.passes(SignedDuration::from_mins(1)).await;
    ravi.runs("/work ask-user question:Which Wi-Fi is it?")
        .await;
    desk.passes(SignedDuration::from_mins(1)).await;
    mia.says("The one at home").await;
    desk.eventually("it goes on", async || {
        desk.standing().await.contains("in_progress")
    })
    .await;
    desk.escalates("ravi", "T-0001").await;
    desk.settles().await;
    let long = format!("/work note text:{}", "The log is long. ".repeat(40));
    desk.person("ivo").in_(STAFF).runs(&long).await;
    desk.settles().await;
    desk.forgives("Unknown Channel");
    desk.forgives("a ticket's thread");
}

#[test]
fn a_deleted_thread_comes_back_with_what_was_said_and_no_word_of_the_staff() {
    story(async |desk| {
        much_was_said(desk).await;
        desk.admin("ada", "delete", json!({"channel": VPN})).await;
        desk.eventually("the thread is there again", async || {
            desk.person("mia").sees(VPN).await && desk.person("ivo").sees(VPN).await
        })
        .await;
        desk.settles().await;
        insta::assert_snapshot!(desk.channel(VPN).as_("mia").transcript().await, @"
        · Deskhand added Mia to the thread · 09:02
        · Deskhand added Ivo to the thread · 09:02
        **Deskhand** (bot) · 09:02
          @Mia, the desk has your request.
          ┌ T-0001 · The VPN is down
          │ Next, the specialists (L2) looks at it, and you read here who takes it.
          │ Add whatever helps in the meantime: a screenshot, an error message word for word, what you tried.
          │ You hear how it goes by ⟨2026-06-18 09:02Z f⟩.
          │ What happens: It stays on connecting since nine.
          └ T-0001·e9
        **Deskhand** (bot) · 09:02
          ┌ T-0001 has a new thread
          │ The one before it was deleted. `/ticket history` says everything that happened.
          │ Where it stands: offered, the specialists (L2), with @Ivo.
          │ **What was said last**
          │ @Mia, ⟨2026-06-15 09:00Z R⟩
          │ > It began after the update
          │ @Ravi, ⟨2026-06-15 09:00Z R⟩
          │ > Thank you, I look at it
          │ @Ravi asked ⟨2026-06-15 09:01Z R⟩
          │ > Which Wi-Fi is it?
          │ @Mia, ⟨2026-06-15 09:02Z R⟩
          │ > The one at home
          └ T-0001·e9
        ");
    });
}

#[test]
fn a_deleted_staff_thread_comes_back_with_notes_and_hand_overs() {
    story(async |desk| {
        much_was_said(desk).await;
        desk.admin("ada", "delete", json!({"channel": STAFF})).await;
        desk.eventually("the thread is there again", async || {
            desk.person("ivo").sees(STAFF).await
        })
        .await;
        desk.settles().await;
        insta::assert_snapshot!(desk.channel(STAFF).as_("ivo").last(1).await, @"
        **Deskhand** (bot) · 09:02
          ┌ T-0001 has a new thread
          │ The one before it was deleted. `/ticket history` says everything that happened.
          │ Where it stands: offered, the specialists (L2), with @Ivo.
          │ **What was said last**
          │ A note of @Ravi, ⟨2026-06-15 09:00Z R⟩
          │ > She is in a hurry: the board meets at noon
          │ @Ravi handed it over from L1 to L2 ⟨2026-06-15 09:02Z R⟩
          │ > Mia's VPN stays on connecting since this morning, at home and in the office
          │ A note of @Ivo, ⟨2026-06-15 09:02Z R⟩
          │ > The log is long. The log is long. The log is long. The log is long. The log is long. The log is long. The log is long. The log is long. The log is long. The log is long. The log is long. The log is long. The log is long…
          │ It goes on: `/ticket transcript` has all of it.
          └ T-0001·e9
        ");
    });
}

#[test]
fn what_the_desk_may_not_read_it_cannot_say_again() {
    Given::default().without_intents().story(async |desk| {
        much_was_said(desk).await;
        desk.admin("ada", "delete", json!({"channel": VPN})).await;
        desk.passes(SignedDuration::from_hours(1)).await;
        desk.eventually("the thread is there again", async || {
            desk.person("mia").sees(VPN).await
        })
        .await;
        desk.settles().await;
        insta::assert_snapshot!(desk.channel(VPN).as_("mia").last(1).await, @"
        **Deskhand** (bot) · 10:02
          ┌ T-0001 has a new thread
          │ The one before it was deleted. `/ticket history` says everything that happened.
          │ Where it stands: in progress, first contact (L1), with @Ravi.
          │ **What was said last**
          │ @Ravi asked ⟨2026-06-15 09:01Z R⟩
          │ > Which Wi-Fi is it?
          │ Messages that are lost, because I may not read what people write here: 3.
          └ T-0001·e7
        ");
    });
}
