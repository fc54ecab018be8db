//! Writing articles: what is saved in their folder is answered from at once, and a slip does no harm.

use crate::harness::story;

const NEW: &str = "---
title: Ask for a shared mailbox
summary: Get a mailbox that a team reads together.
asks:
  - we need a shared mailbox for the team
---
1. Agree on a name.
2. Open a ticket with the name and the members.
";

const QUESTION: &str = "/ask question:we need a shared mailbox for our team";

#[test]
fn a_saved_article_is_answered_from_and_a_broken_one_stays_as_it_was() {
    story(async |desk| {
        let mia = desk.person("mia").in_("#help");
        let ada = desk.person("ada").in_("#general");

        desk.saves("mail/shared-mailbox.md", NEW);
        desk.eventually("the new article is read", async || {
            desk.articles().await.served == 7
        })
        .await;
        let answer = mia.runs(QUESTION).await;
        insta::assert_snapshot!(answer.shown(), @"
        **Deskhand** (bot) · 09:00 (only for Mia)
          ┌ Ask for a shared mailbox
          │ 1. Agree on a name.
          │ 2. Open a ticket with the name and the members.
          └ From mail/shared-mailbox.md
          [Solved it] [One step at a time] [Show the article] [Not this, other matches] [Open a ticket]
        ");

        desk.saves("mail/shared-mailbox.md", "---\ntitle: [Ask\n---\n");
        desk.eventually("the slip is noticed", async || {
            desk.articles().await.kept.len() == 1
        })
        .await;
        assert_eq!(mia.runs(QUESTION).await.shown(), answer.shown());
        let check = ada.runs("/setup check").await;
        insta::assert_snapshot!(check.shown(), @"
        **Deskhand** (bot) · 09:00 (only for Ada)
          ┌ How the desk is set up
          │ One thing needs you:
          │ What is wrong: - 1 article is shown as it was before: its file is broken now. The log says which, and so does deskhand kb check.
          │ Roles and channels: L1: @L1 · L2: @L2 · L3: @L3 · Lead: @Lead · Desk admin: @Desk admin
          │ #help #tickets #tickets-confidential #l1-queue #l2-queue #l3-queue #escalations #leads
          └ 7 articles are served.
        ");

        desk.saves(
            "mail/shared-mailbox.md",
            &NEW.replace("title: Ask for", "title: Get"),
        );
        desk.eventually("it is mended", async || {
            desk.articles().await.kept.is_empty()
        })
        .await;
        let mended = mia.runs(QUESTION).await;
        insta::assert_snapshot!(mended.shown(), @"
        **Deskhand** (bot) · 09:00 (only for Mia)
          ┌ Get a shared mailbox
          │ 1. Agree on a name.
          │ 2. Open a ticket with the name and the members.
          └ From mail/shared-mailbox.md
          [Solved it] [One step at a time] [Show the article] [Not this, other matches] [Open a ticket]
        ");
    });
}

#[test]
fn anybody_looks_for_articles_and_reads_them() {
    story(async |desk| {
        let mia = desk.person("mia").in_("#help");

        let found = mia.runs("/kb search words:password").await;
        assert!(found.is_private());
        insta::assert_snapshot!(found.shown(), @"
        **Deskhand** (bot) · 09:00 (only for Mia)
          ┌ These have your words
          │ **Reset your password**
          │ Choose a new password when you forgot the old one.
          │
          │ **Your account is locked**
          └ Wait, or have it unlocked.
          [Reset your password]
          [Your account is locked]
          [Open a ticket]
        ");
        let article = found.presses("Your account is locked").await;
        insta::assert_snapshot!(article.shown(), @"
        **Deskhand** (bot) · 09:00 (only for Mia)
          ┌ Your account is locked
          │ 1. Wait 15 minutes.
          │ 2. Sign in once, slowly.
          └ From accounts/account-locked.md
          [One step at a time] [Open a ticket] [Helpful] [Not helpful]
        ");

        let nothing = mia.runs("/kb search words:bicycle").await;
        insta::assert_snapshot!(nothing.shown(), @"
        **Deskhand** (bot) · 09:00 (only for Mia)
          No article has these words. Ask in a whole sentence with `/ask`, or open a ticket.
          [Open a ticket]
        ");

        let shown = mia.runs("/kb show article:wi-fi is slow").await;
        assert!(shown.is_private());
        insta::assert_snapshot!(shown.shown(), @"
        **Deskhand** (bot) · 09:00 (only for Mia)
          ┌ Wi-Fi is slow
          │ 1. Move closer to an access point.
          │ 2. Choose the network **Office 5 GHz**.
          │ 3. Restart Wi-Fi on the laptop.
          └ From network/wifi-is-slow.md
          [One step at a time] [Open a ticket] [Helpful] [Not helpful]
        ");
        let unknown = mia.runs("/kb show article:bicycle").await;
        insta::assert_snapshot!(unknown.shown(), @"
        **Deskhand** (bot) · 09:00 (only for Mia)
          There is no article “bicycle”. Type a word of its title and choose from the list.
        ");
    });
}

#[test]
fn technicians_see_why_a_question_is_answered_so() {
    story(async |desk| {
        let question = "/kb explain question:the prnter prints zyxwv nothing";
        let why = desk.person("ravi").in_("#l1-queue").runs(question).await;
        assert!(why.is_private());
        insta::assert_snapshot!(why.shown(), @"
        **Deskhand** (bot) · 09:00 (only for Ravi)
          ┌ Why I answer as I do
          │ I show the first of these articles.
          │
          │ **The printer prints nothing** · English
          │ 99 % sure · words 0.54 · name 0.73 · meaning 0.86 · lead 3.87
          │ Words that articles have: prints, nothing
          │ Words I read as others: “prnter” as “printer”
          │ Words that no article has: zyxwv
          └ Words: how well its text fits. Name: how close the question is to its title, or to a question it lists. Meaning: how alike they are in meaning. Each is at most 1. Lead: how far it is ahead of the best other article.
        ");

        let refused = desk.person("mia").in_("#help").runs(question).await;
        insta::assert_snapshot!(refused.shown(), @"
        **Deskhand** (bot) · 09:00 (only for Mia)
          This is for L1, L2, L3 or Lead. Ask a desk admin if you should have that role.
        ");
    });
}

const INNER: &str = "---
title: Restart the VPN gateway
summary: Bring the gateway back when nobody can connect.
asks:
  - restart the vpn gateway
tier: L2
---
1. Sign in to the gateway.
2. Restart the service.
";

#[test]
fn an_article_for_technicians_is_kept_from_everybody_else() {
    story(async |desk| {
        desk.saves("network/gateway.md", INNER);
        desk.eventually("the new article is read", async || {
            desk.articles().await.served == 7
        })
        .await;
        let ivo = desk.person("ivo").in_("#l2-queue");
        let answer = ivo.runs("/ask question:restart the vpn gateway").await;
        insta::assert_snapshot!(answer.shown(), @"
        **Deskhand** (bot) · 09:00 (only for Ivo)
          ┌ Restart the VPN gateway
          │ 1. Sign in to the gateway.
          │ 2. Restart the service.
          └ From network/gateway.md
          [Solved it] [One step at a time] [Show the article] [Not this, other matches] [Open a ticket]
        ");
        let suggested = ivo.completes("kb show", "article", "gateway").await;
        insta::assert_snapshot!(suggested.join("\n"), @"
        Restart the VPN gateway
        VPN does not connect
        ");

        for (name, place) in [("mia", "#help"), ("ravi", "#l1-queue")] {
            let person = desk.person(name).in_(place);
            for command in ["kb show", "kb search"] {
                let option = if command == "kb show" {
                    "article"
                } else {
                    "words"
                };
                for typed in ["", "gateway"] {
                    let suggested = person.completes(command, option, typed).await.join("\n");
                    assert!(!suggested.contains("gateway"), "{name}: {suggested}");
                }
            }
            for command in [
                "/ask question:restart the vpn gateway",
                "/kb search words:gateway",
                "/kb search words:network/gateway",
                "/kb show article:network/gateway",
                "/kb show article:restart the vpn gateway",
            ] {
                let answer = person.runs(command).await;
                let said = answer.shown();
                let kept = !said.contains("Bring the gateway back") && !said.contains("Sign in");
                assert!(kept, "{name} reads it by {command}:\n{said}");
            }
        }
    });
}

#[test]
fn who_asked_does_not_read_that_an_article_for_technicians_solved_it() {
    story(async |desk| {
        desk.saves("network/gateway.md", INNER);
        desk.eventually("the new article is read", async || {
            desk.articles().await.served == 7
        })
        .await;
        desk.opens("mia", "The VPN is down").await;
        desk.claims("ravi", "T-0001").await;
        desk.escalates("ravi", "T-0001").await;
        desk.accepts("ivo", "T-0001").await;
        let ivo = desk.person("ivo").in_("#l2-queue");
        let line = "/work resolve ticket:T-0001 code:fixed article:network/gateway";
        let form = ivo.runs(line).await;
        form.submits(&[("done", "The gateway hung; it runs again.")])
            .await;
        desk.settles().await;
        let staff = desk.channel("T-0001 staff · The VPN is down");
        let staff = staff.as_("ivo").last(1).await;
        assert!(staff.contains("Restart the VPN gateway"), "{staff}");
        let mia = desk.channel("T-0001 · The VPN is down").as_("mia");
        let read = mia.transcript().await;
        assert!(
            read.contains("it runs again") && !read.contains("Restart the VPN"),
            "{read}"
        );
        let line = "/ticket transcript ticket:T-0001 form:markdown";
        let record = desk.person("mia").in_("#help").runs(line).await;
        let (_, record) = record.file().await;
        assert!(
            record.contains("it runs again") && !record.contains("Restart the VPN"),
            "{record}"
        );
    });
}
