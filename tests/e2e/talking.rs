//! Staff and requester talk: notes, answers, questions, and what the requester's message does.

use jiff::SignedDuration;

use crate::harness::story;

const THREAD: &str = "T-0001 · The VPN is down";
const STAFF: &str = "T-0001 staff · The VPN is down";

#[test]
fn a_note_is_for_the_staff_alone() {
    story(async |desk| {
        desk.opens("mia", "The VPN is down").await;
        desk.claims("ravi", "T-0001").await;
        let before = desk.channel(THREAD).as_("mia").transcript().await;

        // By the command's option, and by the form that comes when it is left out.
        let line = "/work note ticket:T-0001 text:Her laptop is one of the old batch";
        let noted = desk.person("ravi").in_("#l1-queue").runs(line).await;
        assert!(noted.is_private());
        insta::assert_snapshot!(noted.shown(), @"
        **Deskhand** (bot) · 09:00 (only for Ravi)
          Your note stands in the staff thread of T-0001.
        ");
        // A higher tier advises without taking it.
        let advice = "/work note ticket:T-0001 text:Look at the date of the certificate";
        let advised = desk.person("lena").in_("#l2-queue").runs(advice).await;
        insta::assert_snapshot!(advised.shown(), @"
        **Deskhand** (bot) · 09:00 (only for Lena)
          Your note stands in the staff thread of T-0001.
        ");
        let form = desk.person("ravi").in_(THREAD).runs("/work note").await;
        insta::assert_snapshot!(form.shown(), @"
        Form: Note on T-0001
          For the staff; the requester never reads it *:
        ");
        form.submits(&[("text", "The gateway's log is clean")])
            .await;

        insta::assert_snapshot!(desk.channel(STAFF).as_("ravi").transcript().await, @"
        · Deskhand started this thread from a message of Deskhand · 09:00
        **Deskhand** (bot) · 09:00
          ┌ Note by @Ravi
          │ > Her laptop is one of the old batch
          └ T-0001·e3
        **Deskhand** (bot) · 09:00
          ┌ Note by @Lena
          │ > Look at the date of the certificate
          └ T-0001·e4
        **Deskhand** (bot) · 09:00
          ┌ Note by @Ravi
          │ > The gateway's log is clean
          └ T-0001·e5
        ");
        assert_eq!(
            desk.channel(THREAD).as_("mia").transcript().await,
            before,
            "no word of it reaches the requester"
        );
        assert!(!desk.person("mia").sees(STAFF).await);
        let hers = desk.person("mia").in_(THREAD).runs("/ticket history").await;
        assert!(!hers.shown().contains("batch"), "{}", hers.shown());
        let hers = desk
            .person("mia")
            .in_(THREAD)
            .runs("/work note text:I read along")
            .await;
        insta::assert_snapshot!(hers.shown(), @"
        **Deskhand** (bot) · 09:00 (only for Mia)
          This is for L1, L2, L3 or Lead. Ask a desk admin if you should have that role.
        ");
    });
}

#[test]
fn a_question_waits_for_the_requesters_answer() {
    story(async |desk| {
        desk.opens("mia", "The VPN is down").await;
        desk.claims("ravi", "T-0001").await;

        // Ravi asks by the button under the ticket
        let shown = desk.person("ravi").in_(THREAD).runs("/ticket show").await;
        let form = shown.presses("Ask the requester").await;
        insta::assert_snapshot!(form.shown(), @"
        Form: Ask about T-0001
          Your question; the clock waits for the answer *:
        ");
        let asked = form
            .submits(&[("question", "Which network are you on: home or office?")])
            .await;
        insta::assert_snapshot!(asked.shown(), @"
        **Deskhand** (bot) · 09:00 (only for Ravi)
          The requester of T-0001 is asked, and the clock waits for the answer.
        ");
        assert_eq!(desk.standing().await, "T-0001 waiting_user L1 Ravi");
        insta::assert_snapshot!(desk.channel(THREAD).as_("mia").last(1).await, @"
        **Deskhand** (bot) · 09:00
          @Mia, a question for you. Write the answer here.
          ┌ @Ravi asks
          │ > Which network are you on: home or office?
          └ T-0001·e3
        ");

        // Somebody who only takes part stops no clock
        desk.person("nia").in_(THREAD).says("I read along").await;
        assert_eq!(desk.standing().await, "T-0001 waiting_user L1 Ravi");
        // What the assignee adds does not either
        desk.person("ravi").in_(THREAD).says("Take your time").await;
        assert_eq!(desk.standing().await, "T-0001 waiting_user L1 Ravi");

        // Mia's answer does, and Ravi is called once
        desk.person("mia")
            .in_(THREAD)
            .says("At home, on the Wi-Fi")
            .await;
        desk.comes_to("T-0001 in_progress L1 Ravi").await;
        desk.person("mia")
            .in_(THREAD)
            .says("and on the cable too")
            .await;
        insta::assert_snapshot!(desk.channel(THREAD).as_("ravi").last(3).await, @"
        **Mia** · 09:00
          At home, on the Wi-Fi
        **Deskhand** (bot) · 09:00
          @Ravi, the answer is here.
          -# T-0001·e4
        **Mia** · 09:00
          and on the cable too
        ");
    });
}

#[test]
fn an_answer_by_whom_it_is_offered_to_accepts_it() {
    story(async |desk| {
        desk.opens("mia", "The VPN is down").await;
        desk.claims("ravi", "T-0001").await;
        desk.escalates("ravi", "T-0001").await;
        assert_eq!(desk.standing().await, "T-0001 assigned L2 Ivo");
        let line = "/work reply ticket:T-0001 text:A new certificate is on its way to you";
        let replied = desk.person("ivo").in_("#l2-queue").runs(line).await;
        insta::assert_snapshot!(replied.shown(), @"
        **Deskhand** (bot) · 09:00 (only for Ivo)
          The requester of T-0001 reads your answer in the thread.
        ");
        assert_eq!(desk.standing().await, "T-0001 in_progress L2 Ivo");
        insta::assert_snapshot!(desk.channel(THREAD).as_("mia").last(2).await, @"
        **Deskhand** (bot) · 09:00
          ┌ @Ivo takes care of this now, for the specialists (L2).
          └ T-0001·e6
        **Deskhand** (bot) · 09:00
          @Mia, an answer for you.
          ┌ @Ivo answers
          │ > A new certificate is on its way to you
          └ T-0001·e6
        ");
        // Whoever does not have it cannot answer in its name
        let line = "/work reply ticket:T-0001 text:Or is it?";
        insta::assert_snapshot!(desk.person("lena").in_("#l2-queue").runs(line).await.shown(), @"
        **Deskhand** (bot) · 09:00 (only for Lena)
          You cannot answer T-0001. Whoever works on it can, or a lead.
          ┌ What you typed is not lost; copy it from here and try again.
          └ What do you tell the requester?: > Or is it?
        ");
    });
}

#[test]
fn what_waits_is_taken_up_again() {
    story(async |desk| {
        desk.opens("mia", "The VPN is down").await;
        desk.claims("ravi", "T-0001").await;
        let ravi = desk.person("ravi").in_(THREAD);
        ravi.runs("/work ask-user question:Which network is it?")
            .await;
        let resumed = ravi.runs("/work resume").await;
        insta::assert_snapshot!(resumed.shown(), @"
        **Deskhand** (bot) · 09:00 (only for Ravi)
          T-0001 is in progress again.
          [Escalate] [Resolve] [Go to the thread ↗]
        ");
        assert_eq!(desk.standing().await, "T-0001 in_progress L1 Ravi");
        insta::assert_snapshot!(ravi.runs("/work resume").await.shown(), @"
        **Deskhand** (bot) · 09:00 (only for Ravi)
          T-0001 is *in progress*, by @Ravi, so you cannot resume it. Nothing was done. `/ticket list` shows what waits for somebody.
        ");

        // Given back while Mia owes the answer, it goes on waiting when the next one takes it
        ravi.runs("/work ask-user question:And which browser?")
            .await;
        ravi.runs("/work release reason:My shift ends").await;
        assert_eq!(desk.standing().await, "T-0001 new L1 -");
        desk.claims("sami", "T-0001").await;
        assert_eq!(desk.standing().await, "T-0001 waiting_user L1 Sami");
    });
}

#[test]
fn without_the_message_content_intent_a_message_counts_all_the_same() {
    crate::harness::Given::default()
        .without_intents()
        .story(async |desk| {
            desk.opens("mia", "The VPN is down").await;
            desk.claims("ravi", "T-0001").await;
            let ravi = desk.person("ravi").in_(THREAD);
            ravi.runs("/work ask-user question:Which network is it?")
                .await;
            desk.person("mia").in_(THREAD).says("The one at home").await;
            desk.comes_to("T-0001 in_progress L1 Ravi").await;
        });
}

#[test]
fn more_help_can_be_asked_for_once_a_day() {
    story(async |desk| {
        desk.opens("mia", "The VPN is down").await;
        desk.claims("ravi", "T-0001").await;
        let mia = desk.person("mia").in_(THREAD);
        let shown = mia.runs("/ticket show").await;
        let form = shown.presses("Ask for more help").await;
        insta::assert_snapshot!(form.shown(), @"
        Form: More help with T-0001
          Why is it urgent, or what is stuck? *:
        ");
        let asked = form.submits(&[("reason", "The audit is tomorrow")]).await;
        insta::assert_snapshot!(asked.shown(), @"
        **Deskhand** (bot) · 09:00 (only for Mia)
          Whoever works on T-0001, and the leads, have been told.
        ");
        insta::assert_snapshot!(desk.channel(THREAD).as_("ravi").last(1).await, @"
        **Deskhand** (bot) · 09:00
          @Ravi, please have a look.
          ┌ The requester asks for more help:
          │ > The audit is tomorrow
          └ T-0001·e3
        ");
        insta::assert_snapshot!(desk.channel("#leads").as_("nia").last(1).await, @"
        **Deskhand** (bot) · 09:00
          ┌ The requester of T-0001 asks for more help. It is with @Ravi, at L1.
          │ > The audit is tomorrow
          │ The VPN is down
          └ T-0001·e3
        ");
        let again = mia.runs("/ticket ask-escalation reason:It really is").await;
        insta::assert_snapshot!(again.shown(), @"
        **Deskhand** (bot) · 09:00 (only for Mia)
          You asked for more help with T-0001 a short while ago, and everybody concerned was told. Try again ⟨2026-06-16 09:00Z R⟩.
          ┌ What you typed is not lost; copy it from here and try again.
          └ Why is it urgent, or what is stuck?: > It really is
        ");
        desk.passes(SignedDuration::from_hours(25)).await;
        let again = mia.runs("/ticket ask-escalation reason:It is today").await;
        assert!(
            again.shown().contains("have been told"),
            "{}",
            again.shown()
        );
    });
}
