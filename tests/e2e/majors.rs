//! Major incidents: one status for all, told once; their tickets call nobody; a review ends them.

use jiff::SignedDuration;

use crate::harness::{Desk, story};

const STAFF: &str = "T-0001 staff · VPN does not connect";
const THREAD: &str = "T-0001 · VPN does not connect";

impl Desk {
    /// An L2 declares MI-0001.
    async fn has_an_incident(&self) {
        let line = "/major declare category:network title:Nobody reaches the VPN status:We look for the cause.";
        self.person("ivo").in_("#general").runs(line).await;
    }

    async fn says_what_is_new(&self, status: &str) {
        let line = format!("/major update status:{status}");
        self.person("ivo").in_("#general").runs(&line).await;
    }
}

fn seconds(seconds: i64) -> SignedDuration {
    SignedDuration::from_secs(seconds)
}

#[test]
fn it_is_declared_and_announced_once() {
    story(async |desk| {
        let ivo = desk.person("ivo").in_("#general");
        let line = "/major declare category:network title:Nobody reaches the VPN status:We look for the cause. commander:@noor";
        insta::assert_snapshot!(ivo.runs(line).await.shown(), @"
        **Deskhand** (bot) · 09:00 (only for Ivo)
          MI-0001 is declared. Everybody reads your status in the help channel; its card and its thread are in the queue of L2. The next update is due in 30 minutes.
        ");
        insta::assert_snapshot!(desk.person("mia").in_("#help").transcript().await, @"
        **Deskhand** (bot) · 09:00
          ┌ Right now: Nobody reaches the VPN
          │ > We look for the cause.
          │ Since ⟨2026-06-15 09:00Z R⟩, last update ⟨2026-06-15 09:00Z R⟩
          └ desk·r
          [Tell me when it is over]
        ");
        insta::assert_snapshot!(desk.person("lena").in_("#l2-queue").transcript().await, @"
        **Deskhand** (bot) · 09:00
          ┌ MI-0001 · Nobody reaches the VPN
          │ > We look for the cause.
          │ Since ⟨2026-06-15 09:00Z R⟩, last update ⟨2026-06-15 09:00Z R⟩
          │ Commander @Noor · communicator @Ivo · scribe @Ivo
          │ State: running
          │ About: Network, Wi-Fi and VPN
          └ desk·r
          [Post an update] [It is over]
        ");
        insta::assert_snapshot!(desk.person("nia").in_("#escalations").transcript().await, @"
        **Deskhand** (bot) · 09:00
          ┌ MI-0001 · Nobody reaches the VPN · a major incident, declared; @Noor commands. Its card is in the queue of L2.
          └ desk·r
        ");
        assert!(
            desk.person("lena")
                .sees("MI-0001 · Nobody reaches the VPN")
                .await
        );
        let room = desk.person("lena").in_("MI-0001 · Nobody reaches the VPN");
        room.says("I look at the gateway").await;

        insta::assert_snapshot!(ivo.runs(line).await.shown(), @"
        **Deskhand** (bot) · 09:00 (only for Ivo)
          MI-0001 is about the same and still runs. Post an update there with `/major update`.
          ┌ What you typed is not lost; copy it from here and try again.
          │ What is wrong? Everybody reads this.: > Nobody reaches the VPN
          └ Where does it stand? Everybody reads this.: > We look for the cause.
        ");
        let form = desk
            .person("lena")
            .in_("#l2-queue")
            .presses("Post an update")
            .await;
        insta::assert_snapshot!(form.shown(), @"
        Form: Update of MI-0001
          Where does it stand? Everybody reads this. *:
        ");
        let said = form
            .submits(&[("status", "The gateway is being replaced.")])
            .await;
        insta::assert_snapshot!(said.shown(), @"
        **Deskhand** (bot) · 09:00 (only for Lena)
          The update of MI-0001 goes out in a few seconds, once to everybody concerned. Another one before that takes its place.
        ");
        insta::assert_snapshot!(desk.person("mia").in_("#help").transcript().await, @"
        **Deskhand** (bot) · 09:00
          ┌ Right now: Nobody reaches the VPN
          │ > The gateway is being replaced.
          └ Since ⟨2026-06-15 09:00Z R⟩, last update ⟨2026-06-15 09:00Z R⟩
          [Tell me when it is over]
        ");
        insta::assert_snapshot!(desk.person("lena").in_("#l2-queue").transcript().await, @"
        **Deskhand** (bot) · 09:00
          ┌ MI-0001 · Nobody reaches the VPN
          │ > The gateway is being replaced.
          │ Since ⟨2026-06-15 09:00Z R⟩, last update ⟨2026-06-15 09:00Z R⟩
          │ Commander @Noor · communicator @Ivo · scribe @Ivo
          │ State: running
          └ About: Network, Wi-Fi and VPN
          [Post an update] [It is over]
        **Deskhand** (bot) · 09:00 (only for Lena)
          The update of MI-0001 goes out in a few seconds, once to everybody concerned. Another one before that takes its place.
        ");
    });
}

#[test]
fn one_broadcast_reaches_everybody_once() {
    story(async |desk| {
        desk.has_an_incident().await;
        let tom = desk.person("tom");
        let told = tom.in_("#help").presses("Tell me when it is over").await;
        insta::assert_snapshot!(told.shown(), @"
        **Deskhand** (bot) · 09:00 (only for Tom)
          You hear from me with each update, and when it is over. You need no ticket for that.
        ");
        desk.person("mia")
            .in_("#help")
            .presses("Tell me when it is over")
            .await;
        desk.opens("mia", "VPN does not connect").await;

        desk.says_what_is_new("The gatewy is broken.").await;
        desk.says_what_is_new("The gateway is broken. Next news at ten.")
            .await;
        desk.passes(seconds(15)).await;

        insta::assert_snapshot!(desk.person("mia").in_(THREAD).transcript().await, @"
        · Deskhand added Mia to the thread · 09:00
        **Deskhand** (bot) · 09:00
          @Mia, the desk has your request.
          ┌ T-0001 · VPN does not connect
          │ Next, first contact (L1) looks at it, and you read here who takes it.
          │ Add whatever helps in the meantime: a screenshot, an error message word for word, what you tried.
          │ You hear from us by ⟨2026-06-15 17:00Z f⟩.
          │ What happens: It stays on connecting since nine.
          └ T-0001·e2
        **Deskhand** (bot) · 09:00
          ┌ Others have this too: Nobody reaches the VPN. Where it stands:
          │ > We look for the cause.
          │ You do not have to do anything. Each update comes here; whatever helps is welcome all the same.
          └ desk·r
        **Deskhand** (bot) · 09:00
          ┌ News about Nobody reaches the VPN:
          │ > The gateway is broken. Next news at ten.
          └ desk·r
        ");
        insta::assert_snapshot!(tom.transcript().await, @"
        **Deskhand** (bot) · 09:00
          ┌ News about Nobody reaches the VPN:
          │ > The gateway is broken. Next news at ten.
          └ desk·r
        ");
        assert_eq!(
            desk.person("mia").transcript().await,
            "",
            "she reads it in her thread"
        );
    });
}

#[test]
fn a_broadcast_survives_the_end_of_the_process() {
    story(async |desk| {
        desk.has_an_incident().await;
        desk.opens("mia", "VPN does not connect").await;
        desk.says_what_is_new("The gateway is broken.").await;
        desk.stops().await;
        desk.jumps(seconds(60));
        desk.starts().await;
        desk.settles().await;
        let thread = desk.person("mia").in_(THREAD).transcript().await;
        assert_eq!(
            thread.matches("The gateway is broken.").count(),
            1,
            "{thread}"
        );
    });
}

#[test]
fn who_asks_reads_the_status_first_and_can_open_a_ticket_all_the_same() {
    story(async |desk| {
        desk.has_an_incident().await;
        let tom = desk.person("tom").in_("#help");
        let answer = tom.runs("/ask question:the vpn does not connect").await;
        insta::assert_snapshot!(answer.shown(), @"
        **Deskhand** (bot) · 09:00 (only for Tom)
          ┌ Right now: Nobody reaches the VPN
          │ > We look for the cause.
          └ Since ⟨2026-06-15 09:00Z R⟩, last update ⟨2026-06-15 09:00Z R⟩
          ┌ VPN does not connect
          │ **Steps**
          │ 1. Quit the VPN client.
          │ 2. Switch Wi-Fi off and on.
          │ 3. Start the client and choose the gateway **Automatic**.
          └ From network/vpn-does-not-connect.md
          [Tell me when it is over]
          [Solved it] [One step at a time] [Show the article] [Not this, other matches] [Open a ticket]
        ");
        insta::assert_snapshot!(answer.presses("Tell me when it is over").await.shown(), @"
        **Deskhand** (bot) · 09:00 (only for Tom)
          You hear from me with each update, and when it is over. You need no ticket for that.
        ");
        let other = tom.runs("/ask question:i forgot my password").await;
        assert!(!other.shown().contains("Right now"), "{}", other.shown());
        let draft = tom.runs("/ticket open category:network").await;
        insta::assert_snapshot!(draft.shown(), @"
        **Deskhand** (bot) · 09:00 (only for Tom)
          ┌ Right now: Nobody reaches the VPN
          │ > We look for the cause.
          └ Since ⟨2026-06-15 09:00Z R⟩, last update ⟨2026-06-15 09:00Z R⟩
          ┌ A new ticket
          └ Three choices, then a short form.
          [Tell me when it is over]
          ⟨What is it about?: Account and password | Access and permissions | Computer and hardware | Software and licences | *Network, Wi-Fi and VPN* | Mail and calendar | Printing and scanning | Phones | Meetings and rooms | Files and shared drives | Lost data | Security (confidential) | Joiners, leavers, personal (confidential) | Something else⟩
          ⟨How many are affected?: One person | A team, several people | A whole site, everybody, or a critical service⟩
          ⟨Can you work?: No, work stops | Yes, with a workaround | Yes, it can wait⟩
          [Continue] [Cancel]
        ");
        let opened = desk.opens("tom", "VPN does not connect").await;
        insta::assert_snapshot!(opened.shown(), @"
        **Deskhand** (bot) · 09:00 (only for Tom)
          T-0001 is open.
          Your thread opens in a moment; you get a mention there.
          Next, first contact (L1) looks at it. You read in the thread who takes it.
          ┌ Right now: Nobody reaches the VPN
          │ > We look for the cause.
          └ Since ⟨2026-06-15 09:00Z R⟩, last update ⟨2026-06-15 09:00Z R⟩
          [Show]
        ");
    });
}

#[test]
fn its_tickets_call_nobody() {
    story(async |desk| {
        desk.has_an_incident().await;
        let urgent = "category:network affected:high can_work:high";
        desk.opens_as("mia", "VPN does not connect", urgent).await;
        for (who, place) in [("ravi", "#l1-queue"), ("nia", "#leads")] {
            let seen = desk.person(who).in_(place).transcript().await;
            assert!(
                !seen.contains("Whoever claims") && !seen.contains("is called"),
                "{seen}"
            );
        }
        desk.claims("ravi", "T-0001").await;
        let handed = desk.escalates("ravi", "T-0001").await;
        insta::assert_snapshot!(handed.shown(), @"
        **Deskhand** (bot) · 09:00 (only for Ravi)
          T-0001 is handed over to L2. Nobody alone is asked there; whoever is free takes it.
          Your hand-over is in the staff thread, and the requester knows that nothing has to be told twice.
          [Go to the thread ↗]
        ");
        assert_eq!(desk.person("lena").in_("#l2-queue").pings().await, 0);
        desk.accepts("ivo", "T-0001").await;
        let form = desk
            .person("ivo")
            .in_("#general")
            .runs("/work deescalate ticket:T-0001")
            .await;
        let no = form
            .submits(&[
                ("reason", "Nothing to do here"),
                ("remaining", "Tell Mia when it works again"),
            ])
            .await;
        insta::assert_snapshot!(no.shown(), @"
        **Deskhand** (bot) · 09:00 (only for Ivo)
          T-0001 is part of a major incident that still runs, so it stays where it is. Hand it down when that is over.
          ┌ What you typed is not lost; copy it from here and try again.
          │ Why can a lower tier do it?: > Nothing to do here
          └ What is left to do? (at least 20 characters): > Tell Mia when it works again
        ");
        // What people say to each other goes its way.
        let line = "/work reply ticket:T-0001 text:We are at it.";
        desk.person("ivo").in_("#general").runs(line).await;
        assert!(
            desk.person("mia")
                .in_(THREAD)
                .transcript()
                .await
                .contains("We are at it.")
        );
        // One about something else calls as ever.
        let other = "category:email affected:high can_work:high";
        desk.opens_as("tom", "No mail arrives", other).await;
        assert!(
            desk.person("nia")
                .in_("#leads")
                .transcript()
                .await
                .contains("T-0002 is P1")
        );
    });
}

#[test]
fn a_ticket_is_taken_in_and_out_by_hand() {
    story(async |desk| {
        desk.opens("mia", "VPN does not connect").await;
        desk.has_an_incident().await;
        let lena = desk.person("lena").in_("#general");
        let shown = lena.runs("/ticket show ticket:T-0001").await;
        let joined = shown.presses("Part of MI-0001").await;
        insta::assert_snapshot!(joined.shown(), @"
        **Deskhand** (bot) · 09:00 (only for Lena)
          T-0001 is part of MI-0001. As long as that runs, nobody is called for the ticket, and its requester reads each update.
        ");
        insta::assert_snapshot!(shown.presses("Part of MI-0001").await.shown(), @"
        **Deskhand** (bot) · 09:00 (only for Lena)
          T-0001 is part of an incident already. Nothing was done.
        ");
        insta::assert_snapshot!(desk.person("mia").in_(THREAD).last(1).await, @"
        **Deskhand** (bot) · 09:00
          ┌ Others have this too: Nobody reaches the VPN. Where it stands:
          │ > We look for the cause.
          │ You do not have to do anything. Each update comes here; whatever helps is welcome all the same.
          └ desk·r
        ");
        let shown = lena.runs("/ticket show ticket:T-0001").await;
        insta::assert_snapshot!(shown.presses("Not part of MI-0001").await.shown(), @"
        **Deskhand** (bot) · 09:00 (only for Lena)
          T-0001 is no part of MI-0001 any more.
        ");
        let line = "/major update ticket:T-0001";
        insta::assert_snapshot!(lena.runs(line).await.shown(), @"
        **Deskhand** (bot) · 09:00 (only for Lena)
          T-0001 is part of MI-0001. As long as that runs, nobody is called for the ticket, and its requester reads each update.
        ");
        let history = lena.runs("/ticket history ticket:T-0001").await;
        insta::assert_snapshot!(history.shown(), @"
        **Deskhand** (bot) · 09:00 (only for Lena)
          ┌ T-0001: what happened
          │ ⟨2026-06-15 09:00Z f⟩ · opened as P4 by @Mia
          │ ⟨2026-06-15 09:00Z f⟩ · it is part of MI-0001
          │ ⟨2026-06-15 09:00Z f⟩ · it is no part of MI-0001
          └ ⟨2026-06-15 09:00Z f⟩ · it is part of MI-0001
        ");
        let ravi = desk
            .person("ravi")
            .in_("#general")
            .runs("/ticket show ticket:T-0001")
            .await;
        assert!(!ravi.shown().contains("MI-0001"), "{}", ravi.shown());
    });
}

#[test]
fn what_is_refused_is_audited() {
    story(async |desk| {
        let ivo = desk.person("ivo").in_("#general");
        insta::assert_snapshot!(ivo.runs("/major update status:Anything").await.shown(), @"
        **Deskhand** (bot) · 09:00 (only for Ivo)
          It is not clear which incident you mean: none runs, or several do. Name it in the option `incident`, for example MI-0001.
        ");
        desk.has_an_incident().await;
        let ravi = desk.person("ravi").in_("#general");
        insta::assert_snapshot!(ravi.runs("/major resolve status:It works").await.shown(), @"
        **Deskhand** (bot) · 09:00 (only for Ravi)
          This is for L2, L3 or Lead. Ask a desk admin if you should have that role.
        ");
        insta::assert_snapshot!(ivo.runs("/major update incident:MI-0007").await.shown(), @"
        **Deskhand** (bot) · 09:00 (only for Ivo)
          There is no such incident here. Look at the number on its card.
        ");
        let secret = "category:security affected:low can_work:medium";
        desk.opens_as("mia", "Somebody reads my mail", secret).await;
        desk.claims("ivo", "T-0001").await;
        insta::assert_snapshot!(ivo.runs("/major update ticket:T-0001").await.shown(), @"
        **Deskhand** (bot) · 09:00 (only for Ivo)
          Everybody reads about a major incident, so nothing confidential can be part of it. Keep it in its own thread.
        ");
        let audit = desk
            .database(
                "select action || ' ' || outcome from audit where outcome <> 'done' order by id",
            )
            .await;
        insta::assert_snapshot!(audit, @"
        major resolve role_needed
        major_part major_confidential
        ");
    });
}

#[test]
fn the_end_is_told_and_the_review_is_owed() {
    story(async |desk| {
        desk.has_an_incident().await;
        desk.person("tom")
            .in_("#help")
            .presses("Tell me when it is over")
            .await;
        desk.opens("mia", "VPN does not connect").await;
        desk.claims("ravi", "T-0001").await;
        let ivo = desk.person("ivo").in_("#general");
        let over = ivo
            .runs("/major resolve status:The gateway was replaced. The VPN works again.")
            .await;
        insta::assert_snapshot!(over.shown(), @"
        **Deskhand** (bot) · 09:00 (only for Ivo)
          MI-0001 is over, and everybody concerned is told. Whoever works on one of its tickets is asked whether that is solved too. The review is owed now.
          [Write the review]
        ");
        desk.passes(seconds(15)).await;
        insta::assert_snapshot!(desk.person("mia").in_(THREAD).last(1).await, @"
        **Deskhand** (bot) · 09:00
          ┌ Nobody reaches the VPN is over:
          │ > The gateway was replaced. The VPN works again.
          │ Somebody looks whether it is solved for you too. If it is not, say so here.
          └ desk·r
        ");
        insta::assert_snapshot!(desk.person("tom").transcript().await, @"
        **Deskhand** (bot) · 09:00
          ┌ Nobody reaches the VPN is over:
          │ > The gateway was replaced. The VPN works again.
          │ If it is still there for you, open a ticket, and a person helps.
          └ desk·r
        ");
        insta::assert_snapshot!(desk.person("ravi").in_(STAFF).last(1).await, @"
        **Deskhand** (bot) · 09:00
          @Ravi, a question for you.
          ┌ MI-0001 · Nobody reaches the VPN is over. Is T-0001 solved by it? If it is not, go on as usual.
          └ desk·r
          [Resolve]
        ");
        insta::assert_snapshot!(desk.person("mia").in_("#help").transcript().await, @"
        **Deskhand** (bot) · 09:00
          ┌ Over: Nobody reaches the VPN
          │ > The gateway was replaced. The VPN works again.
          └ Since ⟨2026-06-15 09:00Z R⟩, last update ⟨2026-06-15 09:00Z R⟩
        **Deskhand** (bot) · 09:00 (only for Mia)
          T-0001 is open.
          Your thread opens in a moment; you get a mention there.
          Next, first contact (L1) looks at it. You read in the thread who takes it.
          ┌ Right now: Nobody reaches the VPN
          │ > We look for the cause.
          └ Since ⟨2026-06-15 09:00Z R⟩, last update ⟨2026-06-15 09:00Z R⟩
          [Show]
        ");
        let leads = desk.person("nia").in_("#leads");
        let room = desk.person("ivo").in_("#l2-queue");
        insta::assert_snapshot!(room.last(1).await, @"
        **Deskhand** (bot) · 09:00
          @Ivo, MI-0001 · Nobody reaches the VPN is over. Write its review: the cause, the timeline, and the actions with their owners. It closes with that.
          -# desk·r
          [Write the review]
        ");
        assert_eq!(
            desk.database("select state from ticket").await,
            "in_progress"
        );
        assert_eq!(
            desk.database("select coalesce(cast(major as text), '-') from ticket")
                .await,
            "-"
        );

        let form = room.presses("Write the review").await;
        insta::assert_snapshot!(form.shown(), @"
        Form: Review of MI-0001
          Why did it happen? *:
          What happened when? *:
          What is done about it, and by whom? *:
        ");
        let written = form
            .submits(&[
                ("cause", "The certificate of the gateway had expired."),
                (
                    "timeline",
                    "09:00 first ticket; 09:30 found; 10:00 replaced.",
                ),
                ("actions", "Ivo: a reminder a month before it expires."),
            ])
            .await;
        insta::assert_snapshot!(written.shown(), @"
        **Deskhand** (bot) · 09:00 (only for Ivo)
          MI-0001 is closed. The leads read the review.
        ");
        insta::assert_snapshot!(leads.last(1).await, @"
        **Deskhand** (bot) · 09:00
          ┌ MI-0001 · Nobody reaches the VPN was reviewed.
          │ Cause: The certificate of the gateway had expired.
          │ Timeline: 09:00 first ticket; 09:30 found; 10:00 replaced.
          │ Actions: Ivo: a reminder a month before it expires.
          └ desk·r
        ");
        insta::assert_snapshot!(room.presses("Write the review").await.shown(), @"
        **Deskhand** (bot) · 09:00 (only for Ivo)
          MI-0001 is closed, so that cannot be done now. Nothing was changed. If it is back, declare another one.
        ");
    });
}

#[test]
fn an_update_is_owed_every_half_hour() {
    story(async |desk| {
        desk.has_an_incident().await;
        let room = desk.person("ivo").in_("#l2-queue");
        desk.passes(SignedDuration::from_mins(29)).await;
        assert_eq!(room.pings().await, 0);
        desk.passes(SignedDuration::from_mins(1)).await;
        insta::assert_snapshot!(room.last(1).await, @"
        **Deskhand** (bot) · 09:30
          @Ivo, everybody waits for an update of MI-0001 · Nobody reaches the VPN: the last one was ⟨2026-06-15 09:00Z R⟩. Nothing new is worth saying too.
          -# desk·r
          [Post an update] [It is over]
        ");
        assert_eq!(room.pings().await, 1);
        desk.says_what_is_new("The gateway is being replaced.")
            .await;
        desk.passes(SignedDuration::from_mins(29)).await;
        assert_eq!(room.pings().await, 1, "the half hour begins anew");
        desk.passes(SignedDuration::from_mins(31)).await;
        assert_eq!(room.pings().await, 3, "after 30 minutes, and after 60");
    });
}

#[test]
fn a_missing_review_is_asked_for_after_five_business_days_and_then_daily() {
    story(async |desk| {
        desk.has_an_incident().await;
        desk.person("ivo")
            .in_("#general")
            .runs("/major resolve status:It works again.")
            .await;
        let leads = desk.person("nia").in_("#leads");
        let owed = async || leads.transcript().await.matches("is missing").count();
        // From Monday on, five business days end on the next Monday.
        desk.passes(SignedDuration::from_hours(24 * 7 - 1)).await;
        assert_eq!(owed().await, 0);
        desk.passes(SignedDuration::from_hours(1)).await;
        insta::assert_snapshot!(leads.last(1).await, @"
        **Deskhand** (bot) · 09:00
          ┌ The review of MI-0001 · Nobody reaches the VPN is missing. It was over ⟨2026-06-15 09:00Z R⟩, and @Ivo owes it. It does not close without.
          └ desk·r
          [Write the review]
        ");
        desk.passes(SignedDuration::from_hours(48)).await;
        assert_eq!(owed().await, 3);
    });
}

#[test]
fn a_crowd_becomes_an_incident() {
    story(async |desk| {
        for who in ["mia", "tom", "kai", "noor", "lena"] {
            desk.opens(who, "VPN does not connect").await;
        }
        let leads = desk.person("nia").in_("#leads");
        let form = leads.presses("Declare a major incident").await;
        insta::assert_snapshot!(form.shown(), @"
        Form: Declare a major incident
          What is wrong? Everybody reads this. *: VPN does not connect
          Where does it stand? Everybody reads this. *:
        ");
        let declared = form
            .submits(&[
                ("title", "Nobody reaches the VPN"),
                ("status", "We look for the cause."),
            ])
            .await;
        insta::assert_snapshot!(declared.shown(), @"
        **Deskhand** (bot) · 09:00 (only for Nia)
          MI-0001 is declared. Everybody reads your status in the help channel; its card and its thread are in the queue of L2. The next update is due in 30 minutes.
        ");
        insta::assert_snapshot!(desk.person("mia").in_(THREAD).last(1).await, @"
        **Deskhand** (bot) · 09:00
          ┌ Others have this too: Nobody reaches the VPN. Where it stands:
          │ > We look for the cause.
          │ You do not have to do anything. Each update comes here; whatever helps is welcome all the same.
          └ desk·r
        ");
        let parts = desk
            .database("select cast(count(*) as text) from ticket where major = 1")
            .await;
        assert_eq!(parts, "5");
    });
}

#[test]
fn it_is_declared_from_a_ticket_by_mouse() {
    story(async |desk| {
        desk.opens("mia", "The VPN is down").await;
        let shown = |who| {
            let person = desk.person(who).in_("#l1-queue");
            async move { person.runs("/ticket show ticket:T-0001").await }
        };
        let ravi = shown("ravi").await;
        assert!(!ravi.shown().contains("Declare a major incident"));
        let form = shown("nia").await.presses("Declare a major incident").await;
        insta::assert_snapshot!(form.shown(), @"
        Form: Declare a major incident
          What is wrong? Everybody reads this. *: The VPN is down
          Where does it stand? Everybody reads this. *:
        ");
        let declared = form.submits(&[("status", "We look for the cause.")]).await;
        insta::assert_snapshot!(declared.shown(), @"
        **Deskhand** (bot) · 09:00 (only for Nia)
          MI-0001 is declared. Everybody reads your status in the help channel; its card and its thread are in the queue of L2. The next update is due in 30 minutes.
        ");
        let parts = "select printf('T-%04d %d', number, major) from ticket";
        assert_eq!(desk.database(parts).await, "T-0001 1");
        let nia = shown("nia").await;
        assert!(!nia.shown().contains("Declare a major incident"));
    });
}
