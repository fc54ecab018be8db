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
          [Solved it] [Show the article] [Not this, other matches] [Open a ticket]
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
          [Solved it] [Show the article] [Not this, other matches] [Open a ticket]
        ");
    });
}
