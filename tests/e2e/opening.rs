//! Opening a ticket: by options, by a draft, from an answer, from somebody's message.

use crate::harness::{Desk, Given, story};

#[test]
fn with_all_options_the_form_opens_at_once() {
    story(async |desk| {
        let mia = desk.person("mia").in_("#help");

        let form = mia
            .runs("/ticket open category:network affected:low can_work:medium")
            .await;
        insta::assert_snapshot!(form.shown(), @r"
        Form: Open a ticket
          What is it, in one line? *:
          What happens? *:
          What did you try? (optional):
        ");
        let opened = form
            .submits(&[
                ("title", "The VPN is down"),
                ("body", "It stays on connecting since nine."),
                ("tried", "Restarted the laptop"),
            ])
            .await;

        assert!(opened.is_private());
        insta::assert_snapshot!(opened.shown(), @r"
        **Deskhand** (bot) · 09:00 (only for Mia)
          T-0001 is open.
          Your thread opens in a moment; you get a mention there.
          Next, first contact (L1) looks at it. You read in the thread who takes it.
          [Show]
        ");
        let thread = mia.in_("T-0001 · The VPN is down");
        insta::assert_snapshot!(thread.transcript().await, @"
        · Deskhand added Mia to the thread · 09:00
        **Deskhand** (bot) · 09:00
          @Mia, the desk has your request.
          ┌ T-0001 · The VPN is down
          │ Next, first contact (L1) looks at it, and you read here who takes it.
          │ Add whatever helps in the meantime: a screenshot, an error message word for word, what you tried.
          │ You hear from us by ⟨2026-06-15 17:00Z f⟩.
          │ What happens: It stays on connecting since nine.
          │ Tried so far: Restarted the laptop
          └ T-0001·e1
        ");
        assert_eq!(
            thread.pings().await,
            2,
            "added to the thread, and greeted there once"
        );
        insta::assert_snapshot!(desk.channel("#l1-queue").as_("ravi").transcript().await, @"
        **Deskhand** (bot) · 09:00
          ┌ T-0001 · The VPN is down
          │ Requester: @Mia
          │ About: Network, Wi-Fi and VPN
          │ Priority: P4 · one person · there is a workaround
          │ State: in the queue
          │ With: nobody yet
          │ Opened: ⟨2026-06-15 09:00Z R⟩
          │ Promised: the first answer: ⟨2026-06-15 17:00Z f⟩ (⟨2026-06-15 17:00Z R⟩)
          │ the solution: ⟨2026-06-26 17:00Z f⟩ (⟨2026-06-26 17:00Z R⟩)
          │ Tried so far: > Restarted the laptop
          └ T-0001·L1
          [Claim] [Show]
          [Go to the thread ↗]
        ");
    });
}

#[test]
fn the_thread_is_private() {
    story(async |desk| {
        desk.opens("mia", "The VPN is down").await;
        let thread = "T-0001 · The VPN is down";
        assert!(desk.person("mia").sees(thread).await);
        assert!(desk.person("nia").sees(thread).await, "leads see it");
        assert!(!desk.person("tom").sees(thread).await);
        assert!(
            !desk.person("ravi").sees(thread).await,
            "technicians work from the card"
        );
        for queue in ["l1-queue", "escalations", "leads"] {
            assert!(
                !desk.person("mia").sees(queue).await,
                "{queue} is not for everybody"
            );
        }
    });
}

#[test]
fn without_options_a_draft_asks_first() {
    story(async |desk| {
        let mia = desk.person("mia").in_("#help");

        let draft = mia.runs("/ticket open").await;
        assert!(draft.is_private());
        insta::assert_snapshot!(draft.shown(), @r"
        **Deskhand** (bot) · 09:00 (only for Mia)
          ┌ A new ticket
          └ Three choices, then a short form.
          ⟨What is it about?: Account and password | Access and permissions | Computer and hardware | Software and licences | Network, Wi-Fi and VPN | Mail and calendar | Printing and scanning | Phones | Meetings and rooms | Files and shared drives | Lost data | Security (confidential) | Joiners, leavers, personal (confidential) | Something else⟩
          ⟨How many are affected?: One person | A team, several people | A whole site, everybody, or a critical service⟩
          ⟨Can you work?: No, work stops | Yes, with a workaround | Yes, it can wait⟩
          [Continue] [Cancel]
        ");

        // Continue too early says what is missing, and what was chosen stays chosen.
        let draft = draft
            .chooses("What is it about?", "Printing and scanning")
            .await;
        let early = draft.presses("Continue").await;
        insta::assert_snapshot!(early.shown(), @r"
        **Deskhand** (bot) · 09:00 (only for Mia)
          One thing first: choose how many are affected and whether you can work.
          ┌ A new ticket
          └ Three choices, then a short form.
          ⟨What is it about?: Account and password | Access and permissions | Computer and hardware | Software and licences | Network, Wi-Fi and VPN | Mail and calendar | *Printing and scanning* | Phones | Meetings and rooms | Files and shared drives | Lost data | Security (confidential) | Joiners, leavers, personal (confidential) | Something else⟩
          ⟨How many are affected?: One person | A team, several people | A whole site, everybody, or a critical service⟩
          ⟨Can you work?: No, work stops | Yes, with a workaround | Yes, it can wait⟩
          [Continue] [Cancel]
        ");

        let draft = early
            .chooses("How many are affected?", "A team, several people")
            .await;
        let draft = draft
            .chooses("Can you work?", "Yes, with a workaround")
            .await;
        let form = draft.presses("Continue").await;
        let opened = form
            .submits(&[
                ("title", "The printer is dead"),
                ("body", "No light, no sound."),
            ])
            .await;
        insta::assert_snapshot!(opened.shown(), @r"
        **Deskhand** (bot) · 09:00 (only for Mia)
          T-0001 is open.
          Your thread opens in a moment; you get a mention there.
          Next, first contact (L1) looks at it. You read in the thread who takes it.
          [Show]
        ");
        insta::assert_snapshot!(desk.channel("#l1-queue").as_("ravi").transcript().await, @"
        **Deskhand** (bot) · 09:00
          ┌ T-0001 · The printer is dead
          │ Requester: @Mia
          │ About: Printing and scanning
          │ Priority: P3 · a team · there is a workaround
          │ State: in the queue
          │ With: nobody yet
          │ Opened: ⟨2026-06-15 09:00Z R⟩
          │ Promised: the first answer: ⟨2026-06-15 13:00Z f⟩ (⟨2026-06-15 13:00Z R⟩)
          │ the solution: ⟨2026-06-17 17:00Z f⟩ (⟨2026-06-17 17:00Z R⟩)
          └ T-0001·L1
          [Claim] [Show]
          [Go to the thread ↗]
        ");
    });
}

#[test]
fn a_draft_can_be_dropped() {
    story(async |desk| {
        let draft = desk.person("mia").in_("#help").runs("/ticket open").await;
        let dropped = draft.presses("Cancel").await;
        insta::assert_snapshot!(dropped.shown(), @r"
        **Deskhand** (bot) · 09:00 (only for Mia)
          Nothing was opened. Ask or open a ticket whenever you like.
        ");
        assert_eq!(desk.numbers().await, "");
    });
}

#[test]
fn from_an_answer_the_question_and_the_articles_travel_along() {
    story(async |desk| {
        let mia = desk.person("mia").in_("#help");
        let answer = mia.runs("/ask question:the vpn does not connect").await;

        let draft = answer.presses("Open a ticket").await;
        insta::assert_snapshot!(draft.shown(), @r"
        **Deskhand** (bot) · 09:00 (only for Mia)
          ┌ A new ticket
          └ About: the vpn does not connect
          ⟨What is it about?: Account and password | Access and permissions | Computer and hardware | Software and licences | *Network, Wi-Fi and VPN* | Mail and calendar | Printing and scanning | Phones | Meetings and rooms | Files and shared drives | Lost data | Security (confidential) | Joiners, leavers, personal (confidential) | Something else⟩
          ⟨How many are affected?: One person | A team, several people | A whole site, everybody, or a critical service⟩
          ⟨Can you work?: No, work stops | Yes, with a workaround | Yes, it can wait⟩
          [Continue] [Cancel]
        ");
        let draft = draft.chooses("How many are affected?", "One person").await;
        let draft = draft.chooses("Can you work?", "No, work stops").await;
        let form = draft.presses("Continue").await;
        insta::assert_snapshot!(form.shown(), @r"
        Form: Open a ticket
          What is it, in one line? *: the vpn does not connect
          What happens? *: the vpn does not connect
          What did you try? (optional): Read already: VPN does not connect (network/vpn-does-not-connect)
        ");
        form.submits(&[]).await;

        insta::assert_snapshot!(desk.channel("#l1-queue").as_("ravi").transcript().await, @"
        **Deskhand** (bot) · 09:00
          ┌ T-0001 · the vpn does not connect
          │ Requester: @Mia
          │ About: Network, Wi-Fi and VPN
          │ Priority: P3 · one person · work stops
          │ State: in the queue
          │ With: nobody yet
          │ Opened: ⟨2026-06-15 09:00Z R⟩
          │ Promised: the first answer: ⟨2026-06-15 13:00Z f⟩ (⟨2026-06-15 13:00Z R⟩)
          │ the solution: ⟨2026-06-17 17:00Z f⟩ (⟨2026-06-17 17:00Z R⟩)
          │ Tried so far: > Read already: VPN does not connect (network/vpn-does-not-connect)
          └ T-0001·L1
          [Claim] [Show]
          [Go to the thread ↗]
        ");
        assert_eq!(
            desk.outcomes().await,
            "none",
            "a ticket says that the answer did not help"
        );
    });
}

#[test]
fn from_somebody_s_message() {
    story(async |desk| {
        let (mia, tom) = (
            desk.person("mia").in_("#general"),
            desk.person("tom").in_("#general"),
        );
        tom.says("My screen flickers whenever I plug in the dock")
            .await;

        let draft = mia.runs_on("My screen flickers", "Open a ticket").await;
        assert!(draft.is_private());
        let draft = draft
            .chooses("What is it about?", "Computer and hardware")
            .await;
        let draft = draft.chooses("How many are affected?", "One person").await;
        let draft = draft.chooses("Can you work?", "Yes, it can wait").await;
        let form = draft.presses("Continue").await;

        insta::assert_snapshot!(form.shown(), @r"
        Form: Open a ticket
          What is it, in one line? *: My screen flickers whenever I plug in the dock
          What happens? *: Tom wrote in https://discord.com/channels/1196378239795331073/1196378239795724289/1516004337255055363
        > My screen flickers whenever I plug in the dock
          What did you try? (optional):
        ");
        form.submits(&[]).await;
        assert_eq!(desk.numbers().await, "T-0001");
    });
}

#[test]
fn the_same_words_twice_are_one_ticket() {
    story(async |desk| {
        desk.opens("mia", "The VPN is down").await;
        let again = desk.opens("mia", "The VPN is down").await;
        insta::assert_snapshot!(again.shown(), @r"
        **Deskhand** (bot) · 09:00 (only for Mia)
          You opened T-0001 with the same words a moment ago, so there is no second one. Add what is new in its thread.
          ┌ What you typed is kept: change what is needed, and Continue opens the form with it.
          │ What is it, in one line?: > The VPN is down
          └ What happens?: > It stays on connecting since nine.
        ");
        assert_eq!(desk.numbers().await, "T-0001");

        // Somebody else may have the same trouble.
        desk.opens("tom", "The VPN is down").await;
        assert_eq!(desk.numbers().await, "T-0001\nT-0002");
    });
}

#[test]
fn more_tickets_than_one_person_may_open_keep_what_was_typed() {
    story(async |desk| {
        for number in 1..=3 {
            desk.opens("mia", &format!("Trouble number {number}")).await;
        }

        let refused = desk.opens("mia", "Trouble number 4").await;

        assert!(refused.is_private());
        insta::assert_snapshot!(refused.shown(), @r"
        **Deskhand** (bot) · 09:00 (only for Mia)
          You can open 3 tickets in ten minutes. Try again ⟨2026-06-15 09:10Z R⟩.
          ┌ A new ticket
          └ About: Trouble number 4
          ┌ What you typed is kept: change what is needed, and Continue opens the form with it.
          │ What is it, in one line?: > Trouble number 4
          └ What happens?: > It stays on connecting since nine.
          ⟨What is it about?: Account and password | Access and permissions | Computer and hardware | Software and licences | *Network, Wi-Fi and VPN* | Mail and calendar | Printing and scanning | Phones | Meetings and rooms | Files and shared drives | Lost data | Security (confidential) | Joiners, leavers, personal (confidential) | Something else⟩
          ⟨How many are affected?: *One person* | A team, several people | A whole site, everybody, or a critical service⟩
          ⟨Can you work?: No, work stops | *Yes, with a workaround* | Yes, it can wait⟩
          [Continue] [Cancel]
        ");
        insta::assert_snapshot!(desk.channel("#leads").as_("nia").transcript().await, @r"
        **Deskhand** (bot) · 09:00
          @Ada, the set-up is done as far as it goes.
          -# desk·r
        **Deskhand** (bot) · 09:00
          ┌ @Mia runs into a limit again and again: tickets in ten minutes. Have a look whether something is wrong.
          └ desk·r
        ");
        assert_eq!(desk.numbers().await, "T-0001\nT-0002\nT-0003");

        // What was typed is still in the form, ten minutes later.
        desk.passes(jiff::SignedDuration::from_mins(10)).await;
        let form = refused.presses("Continue").await;
        assert!(form.shown().contains("Trouble number 4"));
        form.submits(&[]).await;
        assert_eq!(desk.numbers().await, "T-0001\nT-0002\nT-0003\nT-0004");
    });
}

#[test]
fn a_title_that_says_nothing_does_not_leave_the_client() {
    story(async |desk| {
        let form = desk
            .person("mia")
            .in_("#help")
            .runs("/ticket open category:network affected:low can_work:low")
            .await;
        let no = form
            .cannot_submit(&[("title", "VPN"), ("body", "It is down")])
            .await;
        insta::assert_snapshot!(no, @"What is it, in one line?: At least 5 characters are needed.");
    });
}

#[test]
fn without_the_privileged_intents_too() {
    Given::default().without_intents().story(async |desk| {
        let answer = desk
            .person("mia")
            .in_("@bot")
            .says_and_hears("the vpn does not connect")
            .await;
        assert!(answer.shown().contains("VPN does not connect"));
        let opened = desk.opens("mia", "The VPN is down").await;
        assert!(opened.shown().contains("T-0001 is open"));
        desk.person("ravi").in_("#l1-queue").presses("Claim").await;
        assert!(desk.person("ravi").sees("T-0001 · The VPN is down").await);
    });
}

impl Desk {
    /// The numbers of all tickets.
    pub async fn numbers(&self) -> String {
        self.database("select printf('T-%04d', number) from ticket order by number")
            .await
    }

    /// Waits until every ticket stands so: for what nobody is answered about, such as a message in a thread.
    pub async fn comes_to(&self, standing: &str) {
        let what = format!("it comes to {standing}");
        self.eventually(&what, async || self.standing().await == standing)
            .await;
        self.settles().await;
    }

    /// Where a ticket stands: state, tier, and by name who has it.
    pub async fn standing(&self) -> String {
        self.database(
            "select printf('T-%04d %s L%d %s', number, state, ticket.tier, coalesce(name, '-'))
             from ticket left join member on member.guild = ticket.guild and member.user = assignee
             order by number",
        )
        .await
    }
}

#[test]
fn a_technician_opens_a_ticket_for_somebody_else() {
    story(async |desk| {
        let ravi = desk.person("ravi").in_("#l1-queue");
        let line = "/ticket open category:network affected:low can_work:medium for:@Tom";
        let draft = ravi.runs(line).await;
        insta::assert_snapshot!(draft.shown(), @"
        **Deskhand** (bot) · 09:00 (only for Ravi)
          ┌ A new ticket
          │ For @Tom
          └ Three choices, then a short form.
          ⟨What is it about?: Account and password | Access and permissions | Computer and hardware | Software and licences | *Network, Wi-Fi and VPN* | Mail and calendar | Printing and scanning | Phones | Meetings and rooms | Files and shared drives | Lost data | Security (confidential) | Joiners, leavers, personal (confidential) | Something else⟩
          ⟨How many are affected?: *One person* | A team, several people | A whole site, everybody, or a critical service⟩
          ⟨Can you work?: No, work stops | *Yes, with a workaround* | Yes, it can wait⟩
          [Continue] [Cancel]
        ");
        let form = draft.presses("Continue").await;
        let texts = [
            ("title", "Tom's dock is dead"),
            ("body", "He called me about it"),
        ];
        let opened = form.submits(&texts).await;
        insta::assert_snapshot!(opened.shown(), @"
        **Deskhand** (bot) · 09:00 (only for Ravi)
          T-0001 is open for @Tom, who is called in its thread.
          [Claim]
        ");
        insta::assert_snapshot!(
            desk.channel("T-0001 · Tom's dock is dead").as_("tom").transcript().await, @"
        · Deskhand added Tom to the thread · 09:00
        **Deskhand** (bot) · 09:00
          @Tom, @Ravi opened this ticket for you.
          ┌ T-0001 · Tom's dock is dead
          │ Next, first contact (L1) looks at it, and you read here who takes it.
          │ Add whatever helps in the meantime: a screenshot, an error message word for word, what you tried.
          │ You hear from us by ⟨2026-06-15 17:00Z f⟩.
          │ What happens: He called me about it
          └ T-0001·e1
        ");
        let no = desk
            .person("mia")
            .in_("#help")
            .runs("/ticket open for:@Tom")
            .await;
        insta::assert_snapshot!(no.shown(), @"
        **Deskhand** (bot) · 09:00 (only for Mia)
          Only technicians and leads open tickets for somebody else. Leave `for` out to open one for yourself.
        ");
    });
}

#[test]
fn a_message_of_somebody_else_becomes_their_ticket_or_ones_own() {
    story(async |desk| {
        desk.person("tom")
            .in_("#help")
            .says("My screen flickers all day")
            .await;
        let asked = desk.person("ravi").in_("#help");
        let asked = asked.runs_on("screen flickers", "Open a ticket").await;
        insta::assert_snapshot!(asked.shown(), @"
        **Deskhand** (bot) · 09:00 (only for Ravi)
          Whose ticket is it? Tom wrote the message.
          [For Tom] [For me]
        ");
        asked.presses("For Tom").await;
        insta::assert_snapshot!(asked.message().await, @"
        **Deskhand** (bot) · 09:00 (only for Ravi)
          ┌ A new ticket
          │ For @Tom
          └ About: My screen flickers all day
          ⟨What is it about?: Account and password | Access and permissions | Computer and hardware | Software and licences | Network, Wi-Fi and VPN | Mail and calendar | Printing and scanning | Phones | Meetings and rooms | Files and shared drives | Lost data | Security (confidential) | Joiners, leavers, personal (confidential) | Something else⟩
          ⟨How many are affected?: One person | A team, several people | A whole site, everybody, or a critical service⟩
          ⟨Can you work?: No, work stops | Yes, with a workaround | Yes, it can wait⟩
          [Continue] [Cancel]
        ");
        // A member is not asked: theirs quotes it
        let own = desk.person("mia").in_("#help");
        let own = own.runs_on("screen flickers", "Open a ticket").await;
        insta::assert_snapshot!(own.shown(), @"
        **Deskhand** (bot) · 09:00 (only for Mia)
          ┌ A new ticket
          └ About: My screen flickers all day
          ⟨What is it about?: Account and password | Access and permissions | Computer and hardware | Software and licences | Network, Wi-Fi and VPN | Mail and calendar | Printing and scanning | Phones | Meetings and rooms | Files and shared drives | Lost data | Security (confidential) | Joiners, leavers, personal (confidential) | Something else⟩
          ⟨How many are affected?: One person | A team, several people | A whole site, everybody, or a critical service⟩
          ⟨Can you work?: No, work stops | Yes, with a workaround | Yes, it can wait⟩
          [Continue] [Cancel]
        ");
    });
}

#[test]
fn an_open_ticket_that_looks_the_same_is_shown_first() {
    story(async |desk| {
        desk.opens("mia", "The VPN is down").await;
        desk.claims("ravi", "T-0001").await;
        let line = "/ticket open category:network affected:low can_work:medium";
        let form = desk.person("mia").in_("#help").runs(line).await;
        let again = [("title", "VPN is down!"), ("body", "Now on the cable too")];
        let shown = form.submits(&again).await;
        insta::assert_snapshot!(shown.shown(), @"
        **Deskhand** (bot) · 09:00 (only for Mia)
          You have a ticket that looks like this one. Add to it, so that nobody does the same work twice, or open another.
          **T-0001** · The VPN is down
          [Add to T-0001] [Open anyway]
        ");
        shown.presses("Add to T-0001").await;
        insta::assert_snapshot!(shown.message().await, @"
        **Deskhand** (bot) · 09:00 (only for Mia)
          Your text stands in T-0001, and whoever works on it is told.
          [Go to the thread ↗]
        ");
        insta::assert_snapshot!(
            desk.channel("T-0001 · The VPN is down").as_("ravi").last(1).await, @"
        **Deskhand** (bot) · 09:00
          @Ravi, there is more to this.
          ┌ @Mia adds
          │ > VPN is down!
          │ >
          │ > Now on the cable too
          └ T-0001·e3
        ");
        assert_eq!(
            desk.database("select cast(count(*) as text) from ticket")
                .await,
            "1"
        );

        // or another one all the same
        let form = desk.person("mia").in_("#help").runs(line).await;
        let shown = form.submits(&again).await;
        shown.presses("Open anyway").await;
        assert!(shown.message().await.contains("T-0002"));
        assert_eq!(
            desk.database("select cast(count(*) as text) from ticket")
                .await,
            "2"
        );
    });
}
