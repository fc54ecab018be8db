//! Problems: what stands behind several tickets, what helps meanwhile, and who hears of the end.

use crate::harness::{Desk, story};

impl Desk {
    /// An L2 opens PRB-0001, of a ticket of Mia's.
    async fn has_a_problem(&self) {
        self.opens("mia", "VPN drops all the time").await;
        let ivo = self.person("ivo").in_("#general");
        let form = ivo.runs("/problem create ticket:T-0001").await;
        form.submits(&[
            ("title", "The VPN gateway drops connections"),
            ("known", "Since the update of Sunday night"),
        ])
        .await;
    }

    async fn is_a_known_error(&self) {
        self.has_a_problem().await;
        let line = "/problem update problem:PRB-0001 state:known_error workaround:Choose the gateway North by hand.";
        self.person("ivo").in_("#general").runs(line).await;
    }
}

#[test]
fn a_problem_is_opened_from_a_ticket_and_shown_with_it() {
    story(async |desk| {
        desk.opens("mia", "VPN drops all the time").await;
        let ivo = desk.person("ivo").in_("#general");

        let ticket = ivo.runs("/ticket show ticket:T-0001").await;
        let ways = ticket.presses("Link to a problem").await;
        insta::assert_snapshot!(ways.shown(), @"
        **Deskhand** (bot) · 09:00 (only for Ivo)
          Which problem is behind T-0001?
          [Open a new problem]
        ");
        let form = ways.presses("Open a new problem").await;
        insta::assert_snapshot!(form.shown(), @"
        Form: Open a problem
          What is wrong? Everybody can read this. *: VPN drops all the time
          What is known so far? For the staff.:
        ");
        let opened = form
            .submits(&[
                ("title", "The VPN gateway drops connections"),
                ("known", "Since the update of Sunday night"),
            ])
            .await;
        insta::assert_snapshot!(opened.shown(), @"
        **Deskhand** (bot) · 09:00 (only for Ivo)
          PRB-0001 is open, and you look after it. Linked to it: T-0001.
          [Show]
        ");
        insta::assert_snapshot!(opened.presses("Show").await.shown(), @"
        **Deskhand** (bot) · 09:00 (only for Ivo)
          ┌ PRB-0001 · The VPN gateway drops connections
          │ @Ivo looks after it
          │ 1 ticket, nobody said “me too”
          │ State: open
          │ About: Network, Wi-Fi and VPN
          │ What is known: Since the update of Sunday night
          │ Its tickets: T-0001 · VPN drops all the time · in the queue
          │ What happened: ⟨2026-06-15 09:00Z f⟩ · opened by @Ivo
          └ ⟨2026-06-15 09:00Z f⟩ · @Ivo links T-0001
          ⟨Show one of them: T-0001 · VPN drops all the time⟩
          ⟨An article that helps meanwhile: VPN does not connect | Wi-Fi is slow⟩
          [Being looked into] [Known error] [Resolved]
          [Write what helps] [Write a note]
          [All problems]
        ");

        let ticket = desk
            .person("ravi")
            .in_("#general")
            .runs("/ticket show ticket:T-0001")
            .await;
        insta::assert_snapshot!(ticket.shown(), @"
        **Deskhand** (bot) · 09:00 (only for Ravi)
          ┌ T-0001 · VPN drops all the time
          │ Thread: #T-0001 · VPN drops all the time
          │ State: in the queue
          │ With: nobody yet · L1
          │ Priority: P4 · one person · there is a workaround
          │ About: Network, Wi-Fi and VPN
          │ Opened: ⟨2026-06-15 09:00Z R⟩
          │ Last change: ⟨2026-06-15 09:00Z R⟩
          │ Promised: the first answer: ⟨2026-06-15 17:00Z f⟩ (⟨2026-06-15 17:00Z R⟩)
          │ the solution: ⟨2026-06-26 17:00Z f⟩ (⟨2026-06-26 17:00Z R⟩)
          │ Requester: @Mia Mia
          │ What happens: It stays on connecting since nine.
          └ Problem: PRB-0001 · The VPN gateway drops connections · open
          [Claim]
          [Note] [Hand-overs] [Watch] [Remind me] [History]
          [Go to the thread ↗] [Link to a problem]
        ");
        let history = desk
            .person("ravi")
            .in_("#general")
            .runs("/ticket history ticket:T-0001")
            .await;
        insta::assert_snapshot!(history.shown(), @"
        **Deskhand** (bot) · 09:00 (only for Ravi)
          ┌ T-0001: what happened
          │ ⟨2026-06-15 09:00Z f⟩ · opened as P4 by @Mia
          └ ⟨2026-06-15 09:00Z f⟩ · @Ivo links it to PRB-0001
        ");
        let mia = desk.person("mia").in_("#help");
        let own = mia.runs("/ticket show ticket:T-0001").await;
        assert!(
            !own.shown().contains("PRB") && !own.shown().contains("Link"),
            "{}",
            own.shown()
        );
        let own = mia.runs("/ticket history ticket:T-0001").await;
        assert!(!own.shown().contains("PRB"), "{}", own.shown());
    });
}

#[test]
fn the_first_tier_links_and_takes_a_link_away() {
    story(async |desk| {
        desk.has_a_problem().await;
        desk.opens("tom", "VPN loses its connection").await;
        let ravi = desk.person("ravi").in_("#general");

        let ticket = ravi.runs("/ticket show ticket:T-0002").await;
        let ways = ticket.presses("Link to a problem").await;
        insta::assert_snapshot!(ways.shown(), @"
        **Deskhand** (bot) · 09:00 (only for Ravi)
          Which problem is behind T-0002?
          ⟨Which problem is behind it?: PRB-0001 · The VPN gateway drops connections⟩
        ");
        let linked = ways
            .chooses("Which problem is behind it?", "PRB-0001")
            .await;
        insta::assert_snapshot!(linked.shown(), @"
        **Deskhand** (bot) · 09:00 (only for Ravi)
          T-0002 is linked to PRB-0001 · The VPN gateway drops connections.
          [Show]
        ");

        let line = "/problem link problem:PRB-0001 ticket:T-0002";
        insta::assert_snapshot!(ravi.runs(line).await.shown(), @"
        **Deskhand** (bot) · 09:00 (only for Ravi)
          T-0002 is linked to PRB-0001 already. Nothing was done.
        ");
        let offered = ravi.completes("problem link", "problem", "gate").await;
        insta::assert_snapshot!(offered.join("\n"), @"PRB-0001 · The VPN gateway drops connections");
        let list = ravi.runs("/problem list").await;
        insta::assert_snapshot!(list.shown(), @"
        **Deskhand** (bot) · 09:00 (only for Ravi)
          ┌ Problems
          │ **PRB-0001 · The VPN gateway drops connections**
          │ open · 2 tickets, nobody said “me too” · ⟨2026-06-15 09:00Z R⟩
          └ Page 1 of 1 · 1 problem
          ⟨Show one of them: PRB-0001 · The VPN gateway drops connections⟩
        ");
        let shown = list.chooses("Show one of them", "PRB-0001").await;
        insta::assert_snapshot!(shown.shown(), @"
        **Deskhand** (bot) · 09:00 (only for Ravi)
          ┌ PRB-0001 · The VPN gateway drops connections
          │ @Ivo looks after it
          │ 2 tickets, nobody said “me too”
          │ State: open
          │ About: Network, Wi-Fi and VPN
          │ What is known: Since the update of Sunday night
          │ Its tickets: T-0002 · VPN loses its connection · in the queue
          │ T-0001 · VPN drops all the time · in the queue
          │ What happened: ⟨2026-06-15 09:00Z f⟩ · opened by @Ivo
          │ ⟨2026-06-15 09:00Z f⟩ · @Ivo links T-0001
          └ ⟨2026-06-15 09:00Z f⟩ · @Ravi links T-0002
          ⟨Show one of them: T-0002 · VPN loses its connection | T-0001 · VPN drops all the time⟩
          [All problems]
        ");

        let away = ravi.runs(&format!("{line} remove:yes")).await;
        insta::assert_snapshot!(away.shown(), @"
        **Deskhand** (bot) · 09:00 (only for Ravi)
          T-0002 is no longer linked to PRB-0001.
          [Show]
        ");
        insta::assert_snapshot!(ravi.runs(&format!("{line} remove:yes")).await.shown(), @"
        **Deskhand** (bot) · 09:00 (only for Ravi)
          T-0002 is not linked to PRB-0001. Nothing was done.
        ");
        let history = ravi.runs("/ticket history ticket:T-0002").await;
        insta::assert_snapshot!(history.shown(), @"
        **Deskhand** (bot) · 09:00 (only for Ravi)
          ┌ T-0002: what happened
          │ ⟨2026-06-15 09:00Z f⟩ · opened as P4 by @Tom
          │ ⟨2026-06-15 09:00Z f⟩ · @Ravi links it to PRB-0001
          └ ⟨2026-06-15 09:00Z f⟩ · @Ravi takes it from PRB-0001
        ");
    });
}

#[test]
fn what_is_refused_is_audited() {
    story(async |desk| {
        desk.has_a_problem().await;
        let ravi = desk.person("ravi").in_("#general");
        insta::assert_snapshot!(ravi.runs("/problem create").await.shown(), @"
        **Deskhand** (bot) · 09:00 (only for Ravi)
          This is for L2, L3 or Lead. Ask a desk admin if you should have that role.
        ");
        let line = "/problem update problem:PRB-0001 state:resolved";
        insta::assert_snapshot!(ravi.runs(line).await.shown(), @"
        **Deskhand** (bot) · 09:00 (only for Ravi)
          This is for L2, L3 or Lead. Ask a desk admin if you should have that role.
        ");
        let mia = desk.person("mia").in_("#help");
        insta::assert_snapshot!(mia.runs("/problem list").await.shown(), @"
        **Deskhand** (bot) · 09:00 (only for Mia)
          This is for L1, L2, L3 or Lead. Ask a desk admin if you should have that role.
        ");
        let ivo = desk.person("ivo").in_("#general");
        let known = "/problem update problem:PRB-0001 state:known_error";
        insta::assert_snapshot!(ivo.runs(known).await.shown(), @"
        **Deskhand** (bot) · 09:00 (only for Ivo)
          PRB-0001 has no workaround yet, and a known error is one that people can get around. Name an article, or write what helps, and try again.
        ");
        let closed = "/problem update problem:PRB-0001 state:closed";
        insta::assert_snapshot!(ivo.runs(closed).await.shown(), @"
        **Deskhand** (bot) · 09:00 (only for Ivo)
          PRB-0001 is *open*, and from there it cannot become *closed*. Nothing was done. `/problem list` shows where it can go.
        ");
        insta::assert_snapshot!(ivo.runs("/problem update problem:PRB-0007").await.shown(), @"
        **Deskhand** (bot) · 09:00 (only for Ivo)
          There is no such problem here. `/problem list` shows those that there are.
        ");
        let same = "/problem update problem:PRB-0001 state:open";
        insta::assert_snapshot!(ivo.runs(same).await.shown(), @"
        **Deskhand** (bot) · 09:00 (only for Ivo)
          That would change nothing. Say what is new: a state, a workaround, a note, or another owner.
        ");
        let secret = "/problem create title:Somebody reads mail category:security";
        insta::assert_snapshot!(ivo.runs(secret).await.shown(), @"
        **Deskhand** (bot) · 09:00 (only for Ivo)
          A problem can be read by everybody who asks, so it cannot be about a confidential subject. Choose another category.
          ┌ What you typed is not lost; copy it from here and try again.
          └ What is wrong? Everybody can read this.: > Somebody reads mail
        ");
        let audit = desk
            .database(
                "select action || ' ' || outcome from audit where outcome <> 'done' order by id",
            )
            .await;
        insta::assert_snapshot!(audit, @"
        problem create role_needed
        problem update role_needed
        problem list role_needed
        problem_update problem_no_workaround
        problem_update problem_no_way
        problem_update problem_nothing
        problem_create problem_confidential
        ");
    });
}

#[test]
fn a_confidential_ticket_is_a_number_and_nothing_else() {
    story(async |desk| {
        let choices = "category:security affected:low can_work:medium";
        desk.opens_as("mia", "Somebody reads my mail", choices)
            .await;
        desk.claims("ivo", "T-0001").await;
        let nia = desk.person("nia").in_("#general");
        let line = "/problem create title:Mail rules forward everything ticket:T-0001";
        insta::assert_snapshot!(nia.runs(line).await.shown(), @"
        **Deskhand** (bot) · 09:00 (only for Nia)
          No ticket T-0001 that you can see. Check the number, or find yours with `/ticket list`.
        ");
        let ivo = desk.person("ivo").in_("#general");
        let opened = ivo.runs(line).await;
        insta::assert_snapshot!(opened.presses("Show").await.shown(), @"
        **Deskhand** (bot) · 09:00 (only for Ivo)
          ┌ PRB-0001 · Mail rules forward everything
          │ @Ivo looks after it
          │ 1 ticket, nobody said “me too”
          │ State: open
          │ About: Something else
          │ Its tickets: T-0001 · confidential
          │ What happened: ⟨2026-06-15 09:00Z f⟩ · opened by @Ivo
          └ ⟨2026-06-15 09:00Z f⟩ · @Ivo links T-0001
          ⟨Show one of them: T-0001 · confidential⟩
          ⟨An article that helps meanwhile: Set an out of office reply⟩
          [Being looked into] [Known error] [Resolved]
          [Write what helps] [Write a note]
          [All problems]
        ");
    });
}

#[test]
fn a_problem_lives_by_its_buttons() {
    story(async |desk| {
        desk.has_a_problem().await;
        let ivo = desk.person("ivo").in_("#general");
        let list = ivo.runs("/problem list").await;
        let shown = list.chooses("Show one of them", "PRB-0001").await;
        let moved = shown.presses("Being looked into").await;
        insta::assert_snapshot!(moved.shown(), @"
        **Deskhand** (bot) · 09:00 (only for Ivo)
          PRB-0001 is up to date: *being looked into*.
          ┌ PRB-0001 · The VPN gateway drops connections
          │ @Ivo looks after it
          │ 1 ticket, nobody said “me too”
          │ State: being looked into
          │ About: Network, Wi-Fi and VPN
          │ What is known: Since the update of Sunday night
          │ Its tickets: T-0001 · VPN drops all the time · in the queue
          │ What happened: ⟨2026-06-15 09:00Z f⟩ · opened by @Ivo
          │ ⟨2026-06-15 09:00Z f⟩ · @Ivo links T-0001
          └ ⟨2026-06-15 09:00Z f⟩ · @Ivo: open → being looked into
          ⟨Show one of them: T-0001 · VPN drops all the time⟩
          ⟨An article that helps meanwhile: VPN does not connect | Wi-Fi is slow⟩
          [Known error] [Resolved]
          [Write what helps] [Write a note]
          [All problems]
        ");
        let with = moved
            .chooses(
                "An article that helps meanwhile",
                "network/vpn-does-not-connect",
            )
            .await;
        let known = with.presses("Known error").await;
        insta::assert_snapshot!(known.shown(), @"
        **Deskhand** (bot) · 09:00 (only for Ivo)
          PRB-0001 is up to date: *known error*.
          ┌ PRB-0001 · The VPN gateway drops connections
          │ @Ivo looks after it
          │ 1 ticket, nobody said “me too”
          │ State: known error
          │ About: Network, Wi-Fi and VPN
          │ What is known: Since the update of Sunday night
          │ What helps meanwhile: VPN does not connect
          │ Its tickets: T-0001 · VPN drops all the time · in the queue
          │ What happened: ⟨2026-06-15 09:00Z f⟩ · opened by @Ivo
          │ ⟨2026-06-15 09:00Z f⟩ · @Ivo links T-0001
          │ ⟨2026-06-15 09:00Z f⟩ · @Ivo: open → being looked into
          │ ⟨2026-06-15 09:00Z f⟩ · @Ivo says what helps: VPN does not connect
          └ ⟨2026-06-15 09:00Z f⟩ · @Ivo: being looked into → known error
          ⟨Show one of them: T-0001 · VPN drops all the time⟩
          ⟨An article that helps meanwhile: VPN does not connect | Wi-Fi is slow⟩
          [Being looked into] [Resolved]
          [Write what helps] [Write a note]
          [All problems]
        ");
        let form = known.presses("Write a note").await;
        insta::assert_snapshot!(form.shown(), @"
        Form: Note on PRB-0001
          What was found out? For the staff. *:
        ");
        let noted = form
            .submits(&[("text", "The certificate of the gateway is too old")])
            .await;
        let form = noted.presses("Write what helps").await;
        form.submits(&[("text", "Choose the gateway North by hand")])
            .await;
        let owner = "/problem update problem:PRB-0001 owner:@noor";
        insta::assert_snapshot!(ivo.runs(owner).await.shown(), @"
        **Deskhand** (bot) · 09:00 (only for Ivo)
          PRB-0001 is up to date: *known error*.
          ┌ PRB-0001 · The VPN gateway drops connections
          │ @Noor looks after it
          │ 1 ticket, nobody said “me too”
          │ State: known error
          │ About: Network, Wi-Fi and VPN
          │ What is known: Since the update of Sunday night
          │ What helps meanwhile: Choose the gateway North by hand
          │ Its tickets: T-0001 · VPN drops all the time · in the queue
          │ What happened: ⟨2026-06-15 09:00Z f⟩ · opened by @Ivo
          │ ⟨2026-06-15 09:00Z f⟩ · @Ivo links T-0001
          │ ⟨2026-06-15 09:00Z f⟩ · @Ivo: open → being looked into
          │ ⟨2026-06-15 09:00Z f⟩ · @Ivo says what helps: VPN does not connect
          │ ⟨2026-06-15 09:00Z f⟩ · @Ivo: being looked into → known error
          │ ⟨2026-06-15 09:00Z f⟩ · @Ivo notes: The certificate of the gateway is too old
          │ ⟨2026-06-15 09:00Z f⟩ · @Ivo says what helps: Choose the gateway North by hand
          └ ⟨2026-06-15 09:00Z f⟩ · @Ivo hands it to @Noor
          ⟨Show one of them: T-0001 · VPN drops all the time⟩
          ⟨An article that helps meanwhile: VPN does not connect | Wi-Fi is slow⟩
          [Being looked into] [Resolved]
          [Write what helps] [Write a note]
          [All problems]
        ");
        let owner = "/problem update problem:PRB-0001 owner:@ravi";
        insta::assert_snapshot!(ivo.runs(owner).await.shown(), @"
        **Deskhand** (bot) · 09:00 (only for Ivo)
          @Ravi is not known to hold L2, L3, or Lead, and only those look after problems. Name somebody else.
        ");
    });
}

#[test]
fn the_end_asks_and_resolves_nothing_by_itself() {
    story(async |desk| {
        desk.is_a_known_error().await;
        desk.claims("ravi", "T-0001").await;
        let ivo = desk.person("ivo").in_("#general");
        let resolved = ivo
            .runs("/problem update problem:PRB-0001 state:resolved")
            .await;
        insta::assert_snapshot!(resolved.shown(), @"
        **Deskhand** (bot) · 09:00 (only for Ivo)
          PRB-0001 is resolved. Whoever works on one of its tickets is asked whether it is solved there too, and who said “me too” is told.
          ┌ PRB-0001 · The VPN gateway drops connections
          │ @Ivo looks after it
          │ 1 ticket, nobody said “me too”
          │ State: resolved
          │ About: Network, Wi-Fi and VPN
          │ What is known: Since the update of Sunday night
          │ What helps meanwhile: Choose the gateway North by hand.
          │ Its tickets: T-0001 · VPN drops all the time · in progress
          │ What happened: ⟨2026-06-15 09:00Z f⟩ · opened by @Ivo
          │ ⟨2026-06-15 09:00Z f⟩ · @Ivo links T-0001
          │ ⟨2026-06-15 09:00Z f⟩ · @Ivo says what helps: Choose the gateway North by hand.
          │ ⟨2026-06-15 09:00Z f⟩ · @Ivo: open → known error
          └ ⟨2026-06-15 09:00Z f⟩ · @Ivo: known error → resolved
          ⟨Show one of them: T-0001 · VPN drops all the time⟩
          ⟨An article that helps meanwhile: VPN does not connect | Wi-Fi is slow⟩
          [Being looked into] [Closed]
          [Write what helps] [Write a note]
          [All problems]
        ");

        let staff = desk
            .person("ravi")
            .in_("T-0001 staff · VPN drops all the time");
        insta::assert_snapshot!(staff.transcript().await, @"
        · Deskhand started this thread from a message of Deskhand · 09:00
        **Deskhand** (bot) · 09:00
          @Ravi, a question for you.
          ┌ PRB-0001 · The VPN gateway drops connections is resolved. Is T-0001 solved by it?
          └ desk·r
          [Resolve] [Still there]
        ");
        let still = staff.presses("Still there").await;
        insta::assert_snapshot!(still.shown(), @"
        **Deskhand** (bot) · 09:00 (only for Ravi)
          Noted. Whoever looks after PRB-0001 is told that T-0001 is still there.
        ");
        insta::assert_snapshot!(desk.person("ivo").transcript().await, @"
        **Deskhand** (bot) · 09:00
          ┌ @Ravi says that T-0001 is still there, although PRB-0001 is resolved. Have another look.
          └ desk·r
        ");
        let state = desk.database("select state from ticket").await;
        assert_eq!(state, "in_progress", "nothing was resolved by itself");
        assert!(
            staff
                .presses("Resolve")
                .await
                .shown()
                .contains("How did it end")
        );
    });
}

#[test]
fn who_asks_about_a_known_error_reads_what_helps_first() {
    story(async |desk| {
        desk.is_a_known_error().await;
        let tom = desk.person("tom").in_("#help");

        let answer = tom
            .runs("/ask question:my vpn connection drops again and again")
            .await;
        insta::assert_snapshot!(answer.shown(), @"
        **Deskhand** (bot) · 09:00 (only for Tom)
          ┌ This is known: The VPN gateway drops connections
          │ Somebody works on the cause. Until it is gone, this helps:
          └ > Choose the gateway North by hand.
          ┌ VPN does not connect
          │ **Steps**
          │ 1. Quit the VPN client.
          │ 2. Switch Wi-Fi off and on.
          │ 3. Start the client and choose the gateway **Automatic**.
          └ From network/vpn-does-not-connect.md
          [Me too]
          [Solved it] [One step at a time] [Show the article] [Not this, other matches] [Open a ticket]
        ");
        let me_too = answer.presses("Me too").await;
        insta::assert_snapshot!(me_too.shown(), @"
        **Deskhand** (bot) · 09:00 (only for Tom)
          Noted: you are the first who says so. You need no ticket: I tell you when it is solved.
        ");
        let again = answer.presses("Me too").await;
        insta::assert_snapshot!(again.shown(), @"
        **Deskhand** (bot) · 09:00 (only for Tom)
          Noted: you are the first who says so. You need no ticket: I tell you when it is solved.
        ");
        let other = tom.runs("/ask question:i forgot my password").await;
        assert!(
            !other.shown().contains("This is known"),
            "{}",
            other.shown()
        );
        let draft = answer.presses("Open a ticket").await;
        insta::assert_snapshot!(draft.shown(), @"
        **Deskhand** (bot) · 09:00 (only for Tom)
          ┌ This is known: The VPN gateway drops connections
          │ Somebody works on the cause. Until it is gone, this helps:
          └ > Choose the gateway North by hand.
          ┌ A new ticket
          └ About: my vpn connection drops again and again
          [Me too]
          ⟨What is it about?: Account and password | Access and permissions | Computer and hardware | Software and licences | *Network, Wi-Fi and VPN* | Mail and calendar | Printing and scanning | Phones | Meetings and rooms | Files and shared drives | Lost data | Security (confidential) | Joiners, leavers, personal (confidential) | Something else⟩
          ⟨How many are affected?: One person | A team, several people | A whole site, everybody, or a critical service⟩
          ⟨Can you work?: No, work stops | Yes, with a workaround | Yes, it can wait⟩
          [Continue] [Cancel]
        ");
        let opened = desk.opens("tom", "VPN connection drops").await;
        insta::assert_snapshot!(opened.shown(), @"
        **Deskhand** (bot) · 09:00 (only for Tom)
          T-0002 is open.
          Your thread opens in a moment; you get a mention there.
          Next, first contact (L1) looks at it. You read in the thread who takes it.
          ┌ This is known: The VPN gateway drops connections
          │ Somebody works on the cause. Until it is gone, this helps:
          └ > Choose the gateway North by hand.
          [Show]
        ");
        let shown = desk
            .person("ivo")
            .in_("#general")
            .runs("/problem list")
            .await;
        insta::assert_snapshot!(shown.shown(), @"
        **Deskhand** (bot) · 09:00 (only for Ivo)
          ┌ Problems
          │ **PRB-0001 · The VPN gateway drops connections**
          │ known error · 1 ticket, 1 person said “me too” · ⟨2026-06-15 09:00Z R⟩
          └ Page 1 of 1 · 1 problem
          ⟨Show one of them: PRB-0001 · The VPN gateway drops connections⟩
        ");

        let line = "/problem update problem:PRB-0001 state:resolved";
        desk.person("ivo").in_("#general").runs(line).await;
        insta::assert_snapshot!(tom.in_("@bot").transcript().await, @"
        **Deskhand** (bot) · 09:00
          ┌ Something that you have too is solved: The VPN gateway drops connections. If it is still there for you, open a ticket, and a person helps.
          └ desk·r
        ");
        insta::assert_snapshot!(answer.presses("Me too").await.shown(), @"
        **Deskhand** (bot) · 09:00 (only for Tom)
          This is not a known error any more. If you still have it, open a ticket, and a person helps.
        ");
    });
}

#[test]
fn an_article_helps_until_it_is_solved() {
    story(async |desk| {
        desk.has_a_problem().await;
        let line =
            "/problem update problem:PRB-0001 state:known_error article:network/wifi-is-slow";
        desk.person("ivo").in_("#general").runs(line).await;
        let answer = desk
            .person("tom")
            .in_("#help")
            .runs("/ask question:the vpn gateway drops my connection")
            .await;
        insta::assert_snapshot!(answer.shown(), @"
        **Deskhand** (bot) · 09:00 (only for Tom)
          ┌ This is known: The VPN gateway drops connections
          │ Somebody works on the cause. Until it is gone, this helps:
          │ **Wi-Fi is slow**
          │ 1. Move closer to an access point.
          │ 2. Choose the network **Office 5 GHz**.
          └ 3. Restart Wi-Fi on the laptop.
          ┌ VPN does not connect
          │ **Steps**
          │ 1. Quit the VPN client.
          │ 2. Switch Wi-Fi off and on.
          │ 3. Start the client and choose the gateway **Automatic**.
          └ From network/vpn-does-not-connect.md
          [Me too]
          [Solved it] [One step at a time] [Show the article] [Not this, other matches] [Open a ticket]
        ");
    });
}

#[test]
fn a_closed_direct_message_is_no_trouble() {
    story(async |desk| {
        desk.is_a_known_error().await;
        let tom = desk.person("tom").in_("#help");
        let answer = tom.runs("/ask question:my vpn connection drops").await;
        answer.presses("Me too").await;
        desk.takes_no_direct_messages("tom").await;
        // Discord's refusal is what this is about.
        desk.forgives("50007");
        let line = "/problem update problem:PRB-0001 state:resolved";
        desk.person("ivo").in_("#general").runs(line).await;
    });
}

#[test]
fn three_that_read_alike_are_shown_to_the_leads_once() {
    story(async |desk| {
        desk.opens("mia", "VPN drops all the time").await;
        desk.opens("tom", "VPN drops since this morning").await;
        desk.opens("tom", "The printer prints blank pages").await;
        let leads = desk.person("nia").in_("#leads");
        assert!(!leads.transcript().await.contains("read alike"));
        desk.opens("kai", "My VPN drops").await;
        insta::assert_snapshot!(leads.last(1).await, @"
        **Deskhand** (bot) · 09:00
          ┌ 3 tickets about *Network, Wi-Fi and VPN* in seven days read alike. Is there one cause behind them?
          │ T-0004 · My VPN drops
          │ T-0002 · VPN drops since this morning
          │ T-0001 · VPN drops all the time
          └ desk·r
          [Make it a problem]
        ");
        desk.opens("noor", "VPN drops every hour").await;
        assert_eq!(leads.transcript().await.matches("read alike").count(), 1);

        let form = leads.presses("Make it a problem").await;
        insta::assert_snapshot!(form.shown(), @"
        Form: Open a problem
          What is wrong? Everybody can read this. *: My VPN drops
          What is known so far? For the staff.:
        ");
        let opened = form
            .submits(&[("title", "The VPN gateway drops connections")])
            .await;
        insta::assert_snapshot!(opened.shown(), @"
        **Deskhand** (bot) · 09:00 (only for Nia)
          PRB-0001 is open, and you look after it. Linked to it: T-0004, T-0002 and T-0001.
          [Show]
        ");

        desk.opens("lena", "VPN drops in the office").await;
        insta::assert_snapshot!(leads.last(1).await, @"
        **Deskhand** (bot) · 09:00
          ┌ 5 tickets about *Network, Wi-Fi and VPN* in one day read alike. This may be a major incident.
          │ T-0006 · VPN drops in the office
          │ T-0005 · VPN drops every hour
          │ T-0004 · My VPN drops
          │ T-0002 · VPN drops since this morning
          │ T-0001 · VPN drops all the time
          └ desk·r
          [Declare a major incident!]
        ");
        assert_eq!(leads.transcript().await.matches("read alike").count(), 2);
        desk.opens("ivo", "VPN drops at home").await;
        assert_eq!(leads.transcript().await.matches("read alike").count(), 2);
    });
}

#[test]
fn confidential_tickets_are_no_crowd() {
    story(async |desk| {
        for who in ["mia", "tom", "kai"] {
            let choices = "category:security affected:low can_work:medium";
            desk.opens_as(who, "Somebody reads my mail", choices).await;
        }
        let leads = desk.person("nia").in_("#leads");
        assert!(!leads.transcript().await.contains("read alike"));
    });
}
