//! What found nothing, what would have helped, and which articles somebody should look at.

use jiff::SignedDuration;

use crate::harness::story;

const MINUTE: SignedDuration = SignedDuration::from_mins(1);

#[test]
fn what_several_people_asked_and_nothing_answered_becomes_an_article() {
    story(async |desk| {
        for (who, question) in [
            ("tom", "where do I find my payslip"),
            ("ada", "Where can I find my payslip?"),
            ("tom", "where do I find my payslip"),
            ("ada", "the coffee machine on floor 2 is broken"),
            ("ada", "the wifi is slow in the office"),
        ] {
            let line = format!("/ask question:{question}");
            desk.person(who).in_("#help").runs(&line).await;
        }
        let ada = desk.person("ada").in_("#help");
        ada.presses("Not this, other matches").await;
        let mia = desk.person("mia").in_("#help");
        mia.runs("/ask question:how do i find my payslip").await;
        let draft = mia.presses("Open a ticket").await;
        let draft = draft
            .chooses("What is it about?", "Account and password")
            .await;
        let draft = draft.chooses("How many are affected?", "One person").await;
        let draft = draft.chooses("Can you work?", "Yes, it can wait").await;
        let form = draft.presses("Continue").await;
        form.submits(&[("title", "My payslip"), ("body", "I look for it")])
            .await;
        desk.settles().await;
        desk.claims("ravi", "T-0001").await;
        let line = "/work resolve ticket:T-0001 code:answered";
        let form = desk.person("ravi").in_("#l1-queue").runs(line).await;
        let texts = [
            ("done", "Payslips are in the portal below *My documents*."),
            ("why_none", "There is none about pay yet"),
        ];
        form.submits(&texts).await;
        desk.settles().await;

        let ravi = desk.person("ravi").in_("#l1-queue");
        let for_l1 = ravi.runs("/kb gaps").await;
        assert!(
            !for_l1.shown().contains("write an article"),
            "{}",
            for_l1.shown()
        );
        let ivo = desk.person("ivo").in_("#l2-queue");
        let gaps = ivo.runs("/kb gaps").await;
        assert!(gaps.is_private());
        insta::assert_snapshot!(gaps.shown(), @"
        **Deskhand** (bot) · 09:00 (only for Ivo)
          ┌ Asked, and not answered: 3 things
          │ **1. how do i find my payslip**
          │ 3 people, 4 questions · last ⟨2026-06-15 09:00Z R⟩
          │ Became T-0001
          │
          │ **2. the coffee machine on floor 2 is broken**
          │ one person, one question · last ⟨2026-06-15 09:00Z R⟩
          │
          │ **3. the wifi is slow in the office**
          │ one person, one question · last ⟨2026-06-15 09:00Z R⟩ · an article was shown, and it was not it
          └ Questions of 90 days that no article answers today, put together by what they mean. What is answered meanwhile leaves the list by itself.
          [1: write an article] [2: write an article] [3: write an article]
          [1: nothing to write] [2: nothing to write] [3: nothing to write]
          [What would have helped] [How articles do]
        ");
        ivo.presses("1: write an article").await;
        insta::assert_snapshot!(ivo.last_alone(1).await, @"
        **Deskhand** (bot) · 09:00 (only for Ivo)
          [file how-do-i-find-my-payslip.md]
          ┌ Draft D-1 · how do i find my payslip
          │ Account and password · written by @Ivo · last changed ⟨2026-06-15 09:00Z R⟩
          └ This is how the file looks. *Write* changes it.
          [Write] [Ask for a review] [Drop it!] [All drafts]
        ");
        let draft = ivo.runs("/kb draft ticket:D-1").await;
        let (name, text) = draft.file().await;
        insta::assert_snapshot!(format!("{name}\n{text}"), @"
        how-do-i-find-my-payslip.md
        ---
        title: how do i find my payslip
        category: account
        tags:
        - account
        asks:
        - how do i find my payslip
        - where do I find my payslip
        - Where can I find my payslip?
        owner: Ivo
        review_by: 2027-06-15
        ---

        ## What to do

        Payslips are in the portal below *My documents*.
        ");
        let left = ivo.runs("/kb gaps").await;
        insta::assert_snapshot!(left.shown(), @"
        **Deskhand** (bot) · 09:00 (only for Ivo)
          ┌ Asked, and not answered: 2 things
          │ **1. the coffee machine on floor 2 is broken**
          │ one person, one question · last ⟨2026-06-15 09:00Z R⟩
          │
          │ **2. the wifi is slow in the office**
          │ one person, one question · last ⟨2026-06-15 09:00Z R⟩ · an article was shown, and it was not it
          └ Questions of 90 days that no article answers today, put together by what they mean. What is answered meanwhile leaves the list by itself.
          [1: write an article] [2: write an article]
          [1: nothing to write] [2: nothing to write]
          [What would have helped] [How articles do]
        ");
        ivo.presses("2: nothing to write").await;
        ivo.runs("/kb gaps").await;
        let left = ivo.presses("1: nothing to write").await;
        insta::assert_snapshot!(left.shown(), @"
        **Deskhand** (bot) · 09:00 (only for Ivo)
          Nothing is written about *the coffee machine on floor 2 is broken*. It is off the list until somebody asks it again.
        ");
        let none = ivo.runs("/kb gaps").await;
        insta::assert_snapshot!(none.shown(), @"
        **Deskhand** (bot) · 09:00 (only for Ivo)
          Nothing waits: every question of the last 90 days found an article, is being written about, or was looked at.
          [What would have helped] [How articles do]
        ");
    });
}

#[test]
fn a_solved_ticket_that_an_article_answers_is_counted_as_needless_work() {
    story(async |desk| {
        desk.opens("mia", "VPN does not connect").await;
        desk.claims("ravi", "T-0001").await;
        desk.resolves("ravi", "T-0001").await;
        desk.opens("tom", "My chair squeaks").await;
        desk.claims("ravi", "T-0002").await;
        desk.resolves("ravi", "T-0002").await;
        // He read the article before he opened a ticket.
        let tom = desk.person("tom").in_("#help");
        let answer = tom.runs("/ask question:my account is locked").await;
        let draft = answer.presses("Open a ticket").await;
        let draft = draft.chooses("How many are affected?", "One person").await;
        let draft = draft.chooses("Can you work?", "Yes, it can wait").await;
        draft.presses("Continue").await.submits(&[]).await;
        desk.settles().await;
        desk.claims("ravi", "T-0003").await;
        desk.resolves("ravi", "T-0003").await;
        desk.passes(MINUTE * 2).await;
        let looked_back =
            async || desk.database("select count(*) || '' from hindsight").await == "3";
        desk.eventually("all are looked back at", looked_back).await;
        let ivo = desk.person("ivo").in_("#l2-queue");
        let helped = ivo.runs("/kb gaps list:helped").await;
        insta::assert_snapshot!(helped.shown(), @"
        **Deskhand** (bot) · 09:02 (only for Ivo)
          ┌ 1 of 3 solved tickets had an article
          │ **VPN does not connect**
          │ would have answered T-0001
          └ Tickets of 30 days whose first words the knowledge base answers with certainty, although a person did. Whoever was shown the article before is not counted.
          [What found nothing] [How articles do]
        ");
    });
}

#[test]
fn an_article_that_does_not_help_is_told_once_and_everybody_has_one_vote() {
    story(async |desk| {
        for who in ["mia", "tom", "ada"] {
            let person = desk.person(who).in_("#help");
            person.runs("/kb show article:Wi-Fi is slow").await;
            person.presses("Helpful").await;
            let voted = person.presses("Not helpful").await;
            if who == "mia" {
                insta::assert_snapshot!(voted.shown(), @"
                **Deskhand** (bot) · 09:00 (only for Mia)
                  Thank you. Whoever looks after the articles sees that it did not help, not who said so. A ticket brings you a person.
                  [Open a ticket]
                ");
            }
        }
        let twice = desk.person("mia").in_("#help");
        twice
            .runs("/kb vote article:Wi-Fi is slow helpful:no")
            .await;
        desk.passes(MINUTE * 61).await;
        let lena = desk.person("lena").in_("#l2-queue");
        let told = async || lena.transcript().await.contains("needs somebody");
        desk.eventually("somebody is told", told).await;
        desk.passes(MINUTE * 61).await;
        desk.settles().await;
        insta::assert_snapshot!(lena.last(9).await, @"
        **Deskhand** (bot) · 10:01
          ┌ An article needs somebody:
          │ **Wi-Fi is slow**: it did not help three people or more in 30 days
          └ desk·r
          [How articles do]
        ");
        lena.presses("How articles do").await;
        insta::assert_snapshot!(lena.last(1).await, @"
        **Deskhand** (bot) · 10:01
          ┌ An article needs somebody:
          │ **Wi-Fi is slow**: it did not help three people or more in 30 days
          └ desk·r
          [How articles do]
        ");
        insta::assert_snapshot!(lena.last_alone(1).await, @"
        **Deskhand** (bot) · 11:02 (only for Lena)
          [file articles.csv]
          ┌ One of 6 articles needs somebody
          │ **Wi-Fi is slow**: it did not help three people or more in 30 days
          └ The file has every article: how often it answered in 90 days and what came of it, votes, tickets, review date. Solved, as who asked said; perhaps: nothing came after it; not: it did not help, or a ticket followed within a day. These are never added together.
          [What found nothing] [What would have helped]
        ");
        let list = lena.runs("/kb gaps list:articles").await;
        let (_, file) = list.file().await;
        let row = file.lines().find(|line| line.starts_with("network/wifi"));
        assert_eq!(
            row,
            Some("network/wifi-is-slow,Wi-Fi is slow,network,0,0,0,0,0,3,3,0,0,,votes")
        );
    });
}

#[test]
fn a_lead_sees_what_is_wrong_with_the_files_and_reads_them_again() {
    story(async |desk| {
        let nia = desk.person("nia").in_("#leads");
        desk.saves(
            "network/broken.md",
            "---\ntitle: Broken\n---\nTell @everyone.\n",
        );
        let check = nia.runs("/kb check").await;
        let (_, all) = check.file().await;
        let error = all.lines().find(|line| line.contains("error"));
        insta::assert_snapshot!(error.unwrap_or_default(), @r#"network/broken.md:4: error: "@everyone" would call people. Name the role or the person in words."#);
        let read = nia.runs("/kb reload").await;
        insta::assert_snapshot!(read.shown(), @"
        **Deskhand** (bot) · 09:00 (only for Nia)
          The articles are read again: 6 are served. Something is wrong with some files; `/kb check` says what.
        ");
        desk.forgives("a file is left out");
    });
}

#[test]
fn what_was_solved_before_stands_where_the_tiers_work_and_nowhere_else() {
    story(async |desk| {
        desk.opens("mia", "The VPN gateway drops").await;
        desk.claims("ravi", "T-0001").await;
        desk.escalates("ravi", "T-0001").await;
        desk.accepts("ivo", "T-0001").await;
        desk.escalates("ivo", "T-0001").await;
        desk.accepts("noor", "T-0001").await;
        let line = "/work resolve ticket:T-0001 code:fixed article:network/vpn-does-not-connect";
        let form = desk.person("noor").in_("#l3-queue").runs(line).await;
        let texts = [
            ("done", "The gateway has a new certificate."),
            ("lesson", "Look at the certificate's date first."),
        ];
        form.submits(&texts).await;
        desk.settles().await;

        desk.opens("tom", "VPN gateway drops again").await;
        let claimed = desk.claims("ravi", "T-0002").await;
        insta::assert_snapshot!(claimed.shown(), @"
        **Deskhand** (bot) · 09:00 (only for Ravi)
          T-0002 is yours now. Its thread: #T-0002 · VPN gateway drops again
          ┌ Solved before
          │ **T-0001 · The VPN gateway drops**, by @Noor, ⟨2026-06-15 09:00Z R⟩
          │ > The gateway has a new certificate.
          └ What the experts left for next time: Look at the certificate's date first.
          [Escalate] [Resolve] [Go to the thread ↗]
        ");
        desk.escalates("ravi", "T-0002").await;
        desk.settles().await;
        let staff = desk.channel("T-0002 staff · VPN gateway drops again");
        let staff = staff.as_("ivo").transcript().await;
        assert_eq!(staff.matches("Solved before").count(), 1, "{staff}");
        assert!(staff.contains("the certificate's date first"), "{staff}");
        let his = desk.channel("T-0002 · VPN gateway drops again");
        let his = his.as_("tom").transcript().await;
        assert!(!his.contains("certificate"), "{his}");

        let question = "/ask question:the vpn gateway drops";
        let ravi = desk.person("ravi").in_("#help").runs(question).await;
        insta::assert_snapshot!(ravi.shown(), @"
        **Deskhand** (bot) · 09:00 (only for Ravi)
          ┌ VPN does not connect
          │ **Steps**
          │ 1. Quit the VPN client.
          │ 2. Switch Wi-Fi off and on.
          │ 3. Start the client and choose the gateway **Automatic**.
          └ From network/vpn-does-not-connect.md
          ┌ Solved before
          │ **T-0001 · The VPN gateway drops**, by @Noor, ⟨2026-06-15 09:00Z R⟩
          │ > The gateway has a new certificate.
          └ What the experts left for next time: Look at the certificate's date first.
          [Solved it] [One step at a time] [Show the article] [Not this, other matches] [Open a ticket]
        ");
        let tom = desk.person("tom").in_("#help").runs(question).await;
        assert!(!tom.shown().contains("Solved before"), "{}", tom.shown());
    });
}

#[test]
fn outcomes_teach_how_sure_to_be_and_a_lead_can_forget_what_was_learned() {
    story(async |desk| {
        let nia = desk.person("nia").in_("#leads");
        let nothing = nia.runs("/kb check").await;
        insta::assert_snapshot!(nothing.shown(), @r"
        **Deskhand** (bot) · 09:00 (only for Nia)
          [file kb-check.txt]
          ┌ No error, 6 warnings
          │ - accounts/account-locked.md:1: warning: The front matter lacks owner, review\_by.
          │ - accounts/reset-password.md:1: warning: The front matter lacks owner, review\_by.
          │ - mail/out-of-office.md:1: warning: The front matter lacks owner, review\_by.
          │ - network/vpn-does-not-connect.md:1: warning: The front matter lacks owner, review\_by.
          │ - network/wifi-is-slow.md:1: warning: The front matter lacks owner, review\_by.
          │ - printing/printer-prints-nothing.md:1: warning: The front matter lacks owner, review\_by.
          │ How sure I am: what outcomes taught: No answer of the last 180 days has a known outcome. From 20 on I learn from them; until then I am as sure as I was made.
          └ 6 articles are served. A file with an error is served as it was before, or left out.
        ");
        let tom = desk.person("tom").in_("#help");
        for _ in 0..20 {
            tom.runs("/ask question:the wifi is slow in the office")
                .await;
            tom.presses("Not this, other matches").await;
            desk.jumps(MINUTE);
        }
        let learned = nia.runs("/kb check").await;
        insta::assert_snapshot!(learned.shown(), @r"
        **Deskhand** (bot) · 09:20 (only for Nia)
          [file kb-check.txt]
          ┌ No error, 6 warnings
          │ - accounts/account-locked.md:1: warning: The front matter lacks owner, review\_by.
          │ - accounts/reset-password.md:1: warning: The front matter lacks owner, review\_by.
          │ - mail/out-of-office.md:1: warning: The front matter lacks owner, review\_by.
          │ - network/vpn-does-not-connect.md:1: warning: The front matter lacks owner, review\_by.
          │ - network/wifi-is-slow.md:1: warning: The front matter lacks owner, review\_by.
          │ - printing/printer-prints-nothing.md:1: warning: The front matter lacks owner, review\_by.
          │ How sure I am: what outcomes taught: 20 answers of the last 180 days have a known outcome; 0 helped. They help less often than I said, so I am more careful: -0.75 in log-odds, of at most 0.75.
          └ 6 articles are served. A file with an error is served as it was before, or left out.
          [Forget what was learned!]
        ");
        let why = desk.person("ravi").in_("#l1-queue");
        let why = why
            .runs("/kb explain question:the wifi is slow in the office")
            .await;
        assert!(
            why.shown()
                .contains("What outcomes taught moved this by -0.75"),
            "{}",
            why.shown()
        );
        desk.restarts().await;
        let forgotten = nia.presses("Forget what was learned").await;
        insta::assert_snapshot!(forgotten.shown(), @r"
        **Deskhand** (bot) · 09:20 (only for Nia)
          [file kb-check.txt]
          ┌ No error, 6 warnings
          │ - accounts/account-locked.md:1: warning: The front matter lacks owner, review\_by.
          │ - accounts/reset-password.md:1: warning: The front matter lacks owner, review\_by.
          │ - mail/out-of-office.md:1: warning: The front matter lacks owner, review\_by.
          │ - network/vpn-does-not-connect.md:1: warning: The front matter lacks owner, review\_by.
          │ - network/wifi-is-slow.md:1: warning: The front matter lacks owner, review\_by.
          │ - printing/printer-prints-nothing.md:1: warning: The front matter lacks owner, review\_by.
          │ How sure I am: what outcomes taught: No answer of the last 180 days has a known outcome. From 20 on I learn from them; until then I am as sure as I was made. What came before ⟨2026-06-15 09:20Z R⟩ is forgotten.
          └ 6 articles are served. A file with an error is served as it was before, or left out.
        ");
    });
}
