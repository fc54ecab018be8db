//! An article's steps, one at a time: by the asker alone, over a restart, and into the ticket.

use jiff::SignedDuration;

use crate::harness::{Answer, HAND_OVER, Person, story};

const QUESTION: &str = "/ask question:the vpn does not connect";

async fn walks<'d>(mia: &Person<'d>) -> Answer<'d> {
    mia.runs(QUESTION).await.presses("One step at a time").await
}

#[test]
fn steps_are_shown_one_at_a_time_and_the_last_word_counts() {
    story(async |desk| {
        let mia = desk.person("mia").in_("#help");
        let walk = walks(&mia).await;
        assert!(walk.is_private());
        insta::assert_snapshot!(walk.shown(), @"
        **Deskhand** (bot) · 09:00 (only for Mia)
          ┌ VPN does not connect
          │ **Step 1 of 3**
          │ Quit the VPN client.
          └ From network/vpn-does-not-connect.md
          [Done, next] [That fixed it] [Didn't help] [Stuck here]
          [Show the article]
        ");
        let walk = walk.presses("Done, next").await;
        insta::assert_snapshot!(walk.shown(), @"
        **Deskhand** (bot) · 09:00 (only for Mia)
          ┌ VPN does not connect
          │ **Step 2 of 3**
          │ Switch Wi-Fi off and on.
          └ From network/vpn-does-not-connect.md
          [Done, next] [That fixed it] [Didn't help] [Stuck here]
          [Show the article]
        ");
        let walk = walk.presses("Done, next").await;
        insta::assert_snapshot!(walk.shown(), @"
        **Deskhand** (bot) · 09:00 (only for Mia)
          ┌ VPN does not connect
          │ **Step 3 of 3**
          │ Start the client and choose the gateway **Automatic**.
          └ From network/vpn-does-not-connect.md
          [Done] [That fixed it] [Didn't help] [Stuck here]
          [Show the article]
        ");
        let walk = walk.presses("Done").await;
        insta::assert_snapshot!(walk.shown(), @"
        **Deskhand** (bot) · 09:00 (only for Mia)
          ┌ VPN does not connect
          │ Those were all 3 steps. Is it fixed? If not, open a ticket: what you did goes along.
          └ From network/vpn-does-not-connect.md
          [That fixed it] [Didn't help]
          [Show the article]
        ");
        assert_eq!(desk.outcomes().await, "possible");
        let fixed = walk.presses("That fixed it").await;
        insta::assert_snapshot!(fixed.shown(), @"
        **Deskhand** (bot) · 09:00 (only for Mia)
          Good to hear. If it comes back, ask again.
        ");
        assert_eq!(desk.outcomes().await, "confirmed");
    });
}

#[test]
fn who_is_stuck_opens_a_ticket_that_says_what_was_tried_and_so_do_its_hand_overs() {
    story(async |desk| {
        let mia = desk.person("mia").in_("#help");
        let walk = walks(&mia).await.presses("Done, next").await;
        let draft = walk.presses("Stuck here").await;
        insta::assert_snapshot!(draft.shown(), @"
        **Deskhand** (bot) · 09:00 (only for Mia)
          ┌ A new ticket
          └ About: the vpn does not connect
          ⟨What is it about?: Account and password | Access and permissions | Computer and hardware | Software and licences | *Network, Wi-Fi and VPN* | Mail and calendar | Printing and scanning | Phones | Meetings and rooms | Files and shared drives | Lost data | Security (confidential) | Joiners, leavers, personal (confidential) | Something else⟩
          ⟨How many are affected?: One person | A team, several people | A whole site, everybody, or a critical service⟩
          ⟨Can you work?: No, work stops | Yes, with a workaround | Yes, it can wait⟩
          [Continue] [Cancel]
        ");
        assert_eq!(desk.outcomes().await, "none");
        let draft = draft.chooses("How many are affected?", "One person").await;
        let draft = draft.chooses("Can you work?", "Yes, it can wait").await;
        let form = draft.presses("Continue").await;
        insta::assert_snapshot!(form.shown(), @"
        Form: Open a ticket
          What is it, in one line? *: the vpn does not connect
          What happens? *: the vpn does not connect
          What did you try? (optional): Followed “VPN does not connect” (network/vpn-does-not-connect) step by step.
        Done, and not fixed by it: 1 of 3 steps.
        1. Quit the VPN client.
        Stuck at step 2 of 3: Switch Wi-Fi off and on.
        ");
        form.submits(&[]).await;
        desk.settles().await;
        desk.claims("ravi", "T-0001").await;
        let form = desk
            .person("ravi")
            .in_("#general")
            .runs("/work escalate ticket:T-0001")
            .await;
        insta::assert_snapshot!(form.shown(), @"
        Form: Hand T-0001 over
          Summary (at least 30 characters) *:
          What was tried *: By the requester: Followed “VPN does not connect” (network/vpn-does-not-connect) step by step.
        Done, and not fixed by it: 1 of 3 steps.
        1. Quit the VPN client.
        Stuck at step 2 of 3: Switch Wi-Fi off and on.
          Findings *:
          What do you ask of the next tier? *:
          What does the requester know? *:
        ");
        form.submits(HAND_OVER).await;
        desk.settles().await;
        // She got on after all: the walk goes on where it was.
        let on = walk.presses("Done, next").await;
        insta::assert_snapshot!(on.shown(), @"
        **Deskhand** (bot) · 09:00 (only for Mia)
          ┌ VPN does not connect
          │ **Step 3 of 3**
          │ Start the client and choose the gateway **Automatic**.
          └ From network/vpn-does-not-connect.md
          [Done] [That fixed it] [Didn't help] [Stuck here]
          [Show the article]
        ");
    });
}

#[test]
fn an_article_that_was_opened_by_its_name_is_walked_and_what_was_tried_goes_along() {
    story(async |desk| {
        let mia = desk.person("mia").in_("#help");
        let shown = mia
            .runs("/kb show article:network/vpn-does-not-connect")
            .await;
        let walk = shown.presses("One step at a time").await;
        assert!(walk.is_private());
        let walk = walk.presses("Done, next").await;
        assert!(walk.shown().contains("Step 2 of 3"), "{}", walk.shown());
        // Whoever presses it twice is where they were.
        let again = shown.presses("One step at a time").await;
        assert!(again.shown().contains("Step 2 of 3"), "{}", again.shown());
        let kept = desk.database("select count(*) || '' from ask").await;
        assert_eq!(kept, "1");
        let draft = walk.presses("Stuck here").await;
        let draft = draft.chooses("How many are affected?", "One person").await;
        let draft = draft.chooses("Can you work?", "Yes, it can wait").await;
        let form = draft.presses("Continue").await;
        insta::assert_snapshot!(form.shown(), @"
        Form: Open a ticket
          What is it, in one line? *: VPN does not connect
          What happens? *: VPN does not connect
          What did you try? (optional): Followed “VPN does not connect” (network/vpn-does-not-connect) step by step.
        Done, and not fixed by it: 1 of 3 steps.
        1. Quit the VPN client.
        Stuck at step 2 of 3: Switch Wi-Fi off and on.
        ");
        form.submits(&[("What happens?", "It hangs on connecting")])
            .await;
        desk.settles().await;
        // It was no question that reports count, nor one that found nothing.
        let leads = desk.person("nia").in_("#leads");
        let report = leads.runs("/report period:today").await;
        insta::assert_snapshot!(report.shown().lines().filter(|line| line.contains("asked")).collect::<String>(), @"  │ Questions in chat: 0 asked: 0 solved, as who asked said; 0 perhaps; 0 not. Nothing fitted 0 of them.");
        let gaps = desk.person("lena").in_("#general").runs("/kb gaps").await;
        insta::assert_snapshot!(gaps.shown(), @"
        **Deskhand** (bot) · 09:00 (only for Lena)
          Nothing waits: every question of the last 90 days found an article, is being written about, or was looked at.
          [What would have helped] [How articles do]
        ");
    });
}

#[test]
fn a_walk_under_an_answer_stays_that_questions_when_its_article_is_opened_by_name() {
    story(async |desk| {
        let mia = desk.person("mia").in_("#help");
        walks(&mia).await.presses("Done, next").await;
        let shown = mia
            .runs("/kb show article:network/vpn-does-not-connect")
            .await;
        let walk = shown.presses("One step at a time").await;
        assert!(walk.shown().contains("Step 2 of 3"), "{}", walk.shown());
        walk.presses("That fixed it").await;
        let leads = desk.person("nia").in_("#leads");
        let report = leads.runs("/report period:today").await;
        insta::assert_snapshot!(report.shown().lines().filter(|line| line.contains("asked")).collect::<String>(), @"  │ Questions in chat: 1 asked: 1 solved, as who asked said; 0 perhaps; 0 not. Nothing fitted 0 of them.");
    });
}

#[test]
fn an_unfinished_walk_waits_for_a_day_also_over_a_restart() {
    story(async |desk| {
        let mia = desk.person("mia").in_("#help");
        let walk = walks(&mia).await.presses("Done, next").await;
        desk.restarts().await;
        let walk = walk.presses("Done, next").await;
        assert!(walk.shown().contains("Step 3 of 3"), "{}", walk.shown());
        desk.passes(SignedDuration::from_hours(2)).await;
        let other = mia.runs("/ask question:my account is locked").await;
        insta::assert_snapshot!(other.shown(), @"
        **Deskhand** (bot) · 11:00 (only for Mia)
          ┌ Your account is locked
          │ 1. Wait 15 minutes.
          │ 2. Sign in once, slowly.
          └ From accounts/account-locked.md
          [Solved it] [One step at a time] [Show the article] [Not this, other matches] [Open a ticket]
          [Go on: VPN does not connect, step 3 of 3]
        ");
        let on = other
            .presses("Go on: VPN does not connect, step 3 of 3")
            .await;
        assert!(on.is_private());
        insta::assert_snapshot!(on.shown(), @"
        **Deskhand** (bot) · 11:00 (only for Mia)
          ┌ VPN does not connect
          │ **Step 3 of 3**
          │ Start the client and choose the gateway **Automatic**.
          └ From network/vpn-does-not-connect.md
          [Done] [That fixed it] [Didn't help] [Stuck here]
          [Show the article]
        ");
        let ravi = desk.person("ravi").in_("#help");
        let his = ravi.runs("/ask question:my account is locked").await;
        assert!(!his.shown().contains("Go on"), "{}", his.shown());
        desk.passes(SignedDuration::from_hours(24)).await;
        let late = mia.runs("/ask question:my account is locked").await;
        assert!(!late.shown().contains("Go on"), "{}", late.shown());
    });
}

#[test]
fn a_step_that_was_done_is_done_and_an_article_that_changed_says_so() {
    story(async |desk| {
        let mia = desk.person("mia").in_("#help");
        let answer = mia.runs(QUESTION).await;
        let one = answer.presses("One step at a time").await;
        let same = answer.presses("One step at a time").await;
        one.presses("Done, next").await;
        let late = same.presses("Done, next").await;
        insta::assert_snapshot!(late.shown(), @"
        **Deskhand** (bot) · 09:00 (only for Mia)
          ┌ Step 1 was done already. This is where you are.
          │ VPN does not connect
          │ **Step 2 of 3**
          │ Switch Wi-Fi off and on.
          └ From network/vpn-does-not-connect.md
          [Done, next] [That fixed it] [Didn't help] [Stuck here]
          [Show the article]
        ");

        desk.saves(
            "network/vpn-does-not-connect.md",
            "---\ntitle: VPN does not connect\ncategory: network\n---\n1. Restart the laptop.\n2. See ![where the gateway is chosen](gateway.gif).\n",
        );
        desk.saves("network/gateway.gif", "GIF89a and what is in it");
        desk.saves(
            "network/other.md",
            "---\ntitle: Another one\n---\nIt says when the folder is read again.\n",
        );
        desk.eventually("the articles are read again", async || {
            desk.articles().await.served == 7
        })
        .await;
        let changed = late.presses("Done, next").await;
        insta::assert_snapshot!(changed.shown(), @"
        **Deskhand** (bot) · 09:00 (only for Mia)
          “VPN does not connect” was changed while you followed it, so its steps are no longer those that you saw. Read it as it is now, or begin with the new steps.
          [Begin with the new steps] [Show the article] [Open a ticket]
        ");
        changed.presses("Show the article").await;
        // What carries a file comes as a message of its own.
        let whole = desk.person("mia").in_("#help").last_alone(1).await;
        insta::assert_snapshot!(whole, @"
        **Deskhand** (bot) · 09:00 (only for Mia)
          [file gateway.gif: A picture of the article VPN does not connect]
          ┌ VPN does not connect
          │ 1. Restart the laptop.
          │ 2. See where the gateway is chosen.
          └ From network/vpn-does-not-connect.md
          [Solved it] [One step at a time] [Open a ticket]
        ");
        let shown = desk
            .person("mia")
            .in_("#help")
            .runs("/kb show article:network/vpn-does-not-connect")
            .await;
        assert!(
            shown
                .shown()
                .contains("[file gateway.gif: A picture of the article"),
            "{}",
            shown.shown()
        );
        let anew = changed.presses("Begin with the new steps").await;
        let picture = anew.presses("Done, next").await;
        insta::assert_snapshot!(picture.shown(), @"
        **Deskhand** (bot) · 09:00 (only for Mia)
          [file gateway.gif: See where the gateway is chosen.]
          ┌ VPN does not connect
          │ **Step 2 of 2**
          │ See where the gateway is chosen.
          └ From network/vpn-does-not-connect.md
          [Done] [That fixed it] [Didn't help] [Stuck here]
          [Show the article]
        ");
        let text = picture.presses("Done").await;
        assert!(!text.shown().contains("gateway.gif"), "{}", text.shown());

        std::fs::remove_file(desk.folder().join("kb/network/vpn-does-not-connect.md"))
            .expect("it was there");
        desk.eventually("the article is gone", async || {
            desk.articles().await.served == 6
        })
        .await;
        let gone = text.presses("Didn't help").await;
        insta::assert_snapshot!(gone.shown(), @"
        **Deskhand** (bot) · 09:00 (only for Mia)
          ┌ A new ticket
          └ About: the vpn does not connect
          ⟨What is it about?: Account and password | Access and permissions | Computer and hardware | Software and licences | Network, Wi-Fi and VPN | Mail and calendar | Printing and scanning | Phones | Meetings and rooms | Files and shared drives | Lost data | Security (confidential) | Joiners, leavers, personal (confidential) | Something else⟩
          ⟨How many are affected?: One person | A team, several people | A whole site, everybody, or a critical service⟩
          ⟨Can you work?: No, work stops | Yes, with a workaround | Yes, it can wait⟩
          [Continue] [Cancel]
        ");
    });
}

#[test]
fn the_staff_reads_which_step_loses_people_and_which_language_it_is_in() {
    story(async |desk| {
        for who in ["mia", "ada", "lena"] {
            let person = desk.person(who).in_("#help");
            let walk = walks(&person).await.presses("Done, next").await;
            match who {
                "ada" => walk.presses("That fixed it").await,
                _ => walk.presses("Didn't help").await,
            };
        }
        let ravi = desk.person("ravi").in_("#l1-queue");
        let shown = ravi
            .runs("/kb show article:network/vpn-does-not-connect")
            .await;
        insta::assert_snapshot!(shown.shown(), @"
        **Deskhand** (bot) · 09:00 (only for Ravi)
          ┌ VPN does not connect
          │ **Check first**
          │
          │ - Other websites open.
          │
          │ **Steps**
          │
          │ 1. Quit the VPN client.
          │ 2. Switch Wi-Fi off and on.
          │ 3. Start the client and choose the gateway **Automatic**.
          │
          │ **Open a ticket when**
          │
          │ It still stays on connecting. Write down what the client says.
          │ For those who keep it: Taken for English.
          │ Step by step: 3 walked it, and it was fixed for 1. 2 stopped at step 2.
          └ From network/vpn-does-not-connect.md
          [One step at a time] [Open a ticket] [Helpful] [Not helpful]
        ");
        let mia = desk.person("mia").in_("#help");
        let shown = mia
            .runs("/kb show article:network/vpn-does-not-connect")
            .await;
        assert!(!shown.shown().contains("Taken for"), "{}", shown.shown());
    });
}

#[test]
fn an_article_for_technicians_stays_theirs_on_the_way() {
    story(async |desk| {
        desk.saves(
            "network/gateway.md",
            "---\ntitle: Restart the VPN gateway\ntier: L2\nasks: [restart the vpn gateway]\n---\n1. Sign in to the gateway.\n2. Restart the service.\n",
        );
        desk.eventually("the new article is read", async || {
            desk.articles().await.served == 7
        })
        .await;
        let ivo = desk.person("ivo").in_("#help");
        let answer = ivo.runs("/ask question:restart the vpn gateway").await;
        let walk = answer.presses("One step at a time").await;
        desk.roles("ivo", &[], &["L2"]).await;
        let refused = walk.presses("Done, next").await;
        insta::assert_snapshot!(refused.shown(), @"
        **Deskhand** (bot) · 09:00 (only for Ivo)
          That article is no longer there. Ask again, or open a ticket.
          [Open a ticket]
        ");
    });
}

#[test]
fn a_list_of_other_names_is_read_like_an_article() {
    story(async |desk| {
        let mia = desk.person("mia").in_("#help");
        desk.saves("aliases.md", "> For people.\n\nzorgon = printer\n");
        desk.eventually("the list is read", async || {
            let ravi = desk.person("ravi").in_("#l1-queue");
            let why = ravi
                .runs("/kb explain question:the zorgon prints nothing")
                .await;
            why.shown().contains("zorgon”, also")
        })
        .await;
        let ravi = desk.person("ravi").in_("#l1-queue");
        let why = ravi
            .runs("/kb explain question:the zorgon prints nothing")
            .await;
        insta::assert_snapshot!(why.shown(), @"
        **Deskhand** (bot) · 09:00 (only for Ravi)
          ┌ Why I answer as I do
          │ I show the first of these articles.
          │
          │ **The printer prints nothing** · English
          │ 100 % sure · words 0.84 · name 1.00 · meaning 1.00 · lead 3.86
          │ Words that articles have: prints, nothing
          │ Names with other names: “zorgon”, also “printer”
          └ Words: how well its text fits. Name: how close the question is to its title, or to a question it lists. Meaning: how alike they are in meaning. Each is at most 1. Lead: how far it is ahead of the best other article.
        ");
        let answer = mia.runs("/ask question:the zorgon prints nothing").await;
        insta::assert_snapshot!(answer.shown(), @"
        **Deskhand** (bot) · 09:00 (only for Mia)
          ┌ The printer prints nothing
          │ 1. Cancel all print jobs.
          │ 2. Switch the printer off, wait ten seconds, and switch it on.
          │ 3. Print a test page.
          └ From printing/printer-prints-nothing.md
          [Solved it] [One step at a time] [Show the article] [Not this, other matches] [Open a ticket]
        ");
        desk.saves("aliases.md", "zorgon : printer\n");
        desk.eventually("the slip is noticed", async || {
            desk.articles().await.kept_aliases
        })
        .await;
        let again = mia.runs("/ask question:the zorgon prints nothing").await;
        assert_eq!(again.shown(), answer.shown());
        let check = desk
            .person("ada")
            .in_("#general")
            .runs("/setup check")
            .await;
        insta::assert_snapshot!(check.shown(), @"
        **Deskhand** (bot) · 09:00 (only for Ada)
          ┌ How the desk is set up
          │ One thing needs you:
          │ What is wrong: - The list of other names, aliases.md, is broken, so it holds as it was before. The log says where, and so does deskhand kb check.
          │ Roles and channels: L1: @L1 · L2: @L2 · L3: @L3 · Lead: @Lead · Desk admin: @Desk admin
          │ #help #tickets #tickets-confidential #l1-queue #l2-queue #l3-queue #escalations #leads
          └ 6 articles are served.
        ");
    });
}
