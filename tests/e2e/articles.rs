//! An article is begun out of what was solved.

use crate::harness::{DONE, Desk, story};

const TITLE: &str = "The VPN is down";

/// Ivo of the second tier has it, and ends it with a new article.
async fn ends_with_a_draft(desk: &Desk) {
    desk.opens("mia", TITLE).await;
    desk.claims("ivo", "T-0001").await;
    let form = desk
        .person("ivo")
        .in_("#l1-queue")
        .runs("/work resolve ticket:T-0001 code:fixed article:+")
        .await;
    form.submits(&[("done", DONE)]).await;
    desk.settles().await;
}

#[test]
fn whoever_resolves_it_begins_an_article_with_what_was_done() {
    story(async |desk| {
        desk.opens("mia", TITLE).await;
        desk.claims("ivo", "T-0001").await;
        let draft = desk.person("ivo").in_("#l1-queue").presses("Resolve").await;
        let draft = draft
            .chooses("How did it end?", "Fixed: the cause is gone")
            .await;
        let draft = draft
            .chooses("Which article answers it?", "Draft a new one")
            .await;
        let form = draft.presses("Continue").await;
        insta::assert_snapshot!(form.shown(), @"
        Form: Resolve T-0001
          What was done? The requester reads this. *:
        ");
        form.submits(&[("done", DONE)]).await;
        desk.settles().await;

        let thread = desk.channel("T-0001 · The VPN is down");
        insta::assert_snapshot!(thread.as_("mia").last(1).await, @"
        **Deskhand** (bot) · 09:00
          @Mia
          ┌ T-0001 is resolved
          │ > The certificate was renewed; connect again and it works.
          │ Solved for you too? *All good* closes it. *Still broken* opens it again, until ⟨2026-06-20 09:00Z R⟩.
          │ How it ended: @Ivo · Fixed: the cause is gone
          └ T-0001·e3
          [All good] [Still broken]
        ");
        let staff = desk.channel("T-0001 staff · The VPN is down");
        insta::assert_snapshot!(staff.as_("ivo").transcript().await, @"
        · Deskhand started this thread from a message of Deskhand · 09:00
        **Deskhand** (bot) · 09:00
          ┌ T-0001 is resolved
          │ > The certificate was renewed; connect again and it works.
          │ A new article is begun out of this.
          │ How it ended: @Ivo · Fixed: the cause is gone
          └ T-0001·e3
        **Deskhand** (bot) · 09:00
          ┌ @Ivo began an article with what was done. It is a draft: nobody else reads it before it is published.
          └ T-0001·e3
          [Read the draft]
        ");

        let lena = desk.person("lena").in_("T-0001 staff · The VPN is down");
        lena.presses("Read the draft").await;
        insta::assert_snapshot!(lena.last_alone(1).await, @"
        **Deskhand** (bot) · 09:00 (only for Lena)
          [file the-vpn-is-down.md]
          ┌ Draft out of T-0001 · The VPN is down
          │ Network, Wi-Fi and VPN · written by @Ivo · last changed ⟨2026-06-15 09:00Z R⟩
          └ This is how the file looks. *Write* changes it.
          [Write] [Ask for a review] [Drop it!] [All drafts]
        ");
        let read = lena.runs("/kb draft ticket:T-0001").await;
        assert!(read.is_private());
        let (name, text) = read.file().await;
        insta::assert_snapshot!(format!("{name}\n{text}"), @"
        the-vpn-is-down.md
        ---
        title: The VPN is down
        summary: The certificate was renewed; connect again and it works.
        category: network
        tags:
        - network
        asks:
        - The VPN is down
        owner: Ivo
        review_by: 2027-06-15
        sources:
        - T-0001
        ---

        ## When this helps

        > It stays on connecting since nine.

        ## What to do

        The certificate was renewed; connect again and it works.
        ");
    });
}

#[test]
fn a_draft_is_written_at_by_several_and_nobody_overwrites_the_other() {
    story(async |desk| {
        ends_with_a_draft(desk).await;
        let all = desk.person("lena").in_("#l2-queue").runs("/kb draft").await;
        insta::assert_snapshot!(all.shown(), @"
        **Deskhand** (bot) · 09:00 (only for Lena)
          ┌ Articles that are being written: 1
          └ T-0001 · The VPN is down · @Ivo, ⟨2026-06-15 09:00Z R⟩
          ⟨Read one of them: T-0001 · The VPN is down⟩
        ");
        all.chooses("Read one of them", "T-0001 · The VPN is down")
            .await;
        let lena = desk.person("lena").in_("#l2-queue");
        let form = lena.presses("Write").await;
        insta::assert_snapshot!(form.shown(), @"
        Form: Draft T-0001
          Title: the words people search for *: The VPN is down
          Summary: what it helps with: The certificate was renewed; connect again and it works.
          Text, in Markdown *: ## When this helps

        > It stays on connecting since nine.

        ## What to do

        The certificate was renewed; connect again and it works.
        ");
        let meanwhile = lena.presses("Write").await;
        let written = form
            .submits(&[
                ("title", "VPN stays on *connecting*: the certificate is too old"),
                ("summary", "When the VPN client never gets past connecting"),
                ("body", "## What to do\n\n1. Renew the certificate.\n2. Connect again.\n\nThe password is Xk9#mPq2vL!7"),
            ])
            .await;
        insta::assert_snapshot!(written.shown(), @"
        **Deskhand** (bot) · 09:00 (only for Lena)
          The draft is saved.
          [Read the draft]
        ");
        let read = lena.runs("/kb draft ticket:T-0001").await;
        let (name, text) = read.file().await;
        insta::assert_snapshot!(format!("{name}\n{text}"), @"
        vpn-stays-on-connecting-the-certificate-is-too-old.md
        ---
        title: 'VPN stays on *connecting*: the certificate is too old'
        summary: When the VPN client never gets past connecting
        category: network
        tags:
        - network
        asks:
        - 'VPN stays on *connecting*: the certificate is too old'
        owner: Lena
        review_by: 2027-06-15
        sources:
        - T-0001
        ---

        ## What to do

        1. Renew the certificate.
        2. Connect again.

        The password is [redacted:password]
        ");
        let late = meanwhile
            .submits(&[
                ("title", "Something else"),
                ("body", "Written at the same time"),
            ])
            .await;
        insta::assert_snapshot!(late.shown(), @"
        **Deskhand** (bot) · 09:00 (only for Lena)
          @Lena wrote at this draft meanwhile. Nothing was overwritten: open it again, and put in what you wrote.
          ┌ What you typed is not lost; copy it from here and try again.
          │ Title: the words people search for: > Something else
          │ Summary: what it helps with: > The certificate was renewed; connect again and it works.
          └ Text, in Markdown: > Written at the same time
        ");
        let dropped = read.presses("Drop it").await;
        insta::assert_snapshot!(dropped.shown(), @"
        **Deskhand** (bot) · 09:00 (only for Lena)
          The draft T-0001 is dropped. One out of a ticket begins anew when that is resolved again with *Draft a new one*.
        ");
        let none = desk.person("lena").in_("#l2-queue").runs("/kb draft").await;
        insta::assert_snapshot!(none.shown(), @"
        **Deskhand** (bot) · 09:00 (only for Lena)
          No article is being written. One begins when a ticket is resolved: choose *Draft a new one*.
        ");
        let gone = desk
            .person("lena")
            .in_("#l2-queue")
            .runs("/kb draft ticket:T-0001")
            .await;
        insta::assert_snapshot!(gone.shown(), @"
        **Deskhand** (bot) · 09:00 (only for Lena)
          There is no draft T-0001, or not any more. `/kb draft` lists all that is being written.
        ");
    });
}

#[test]
fn first_contact_begins_no_article_and_nobody_does_out_of_a_confidential_ticket() {
    story(async |desk| {
        desk.opens("mia", TITLE).await;
        desk.claims("ravi", "T-0001").await;
        let draft = desk
            .person("ravi")
            .in_("#l1-queue")
            .presses("Resolve")
            .await;
        assert!(
            !draft.shown().contains("Draft a new one"),
            "{}",
            draft.shown()
        );
        let form = desk
            .person("ravi")
            .in_("#l1-queue")
            .runs("/work resolve ticket:T-0001 code:fixed article:+")
            .await;
        let refused = form.submits(&[("done", DONE)]).await;
        insta::assert_snapshot!(refused.shown(), @"
        **Deskhand** (bot) · 09:00 (only for Ravi)
          L2, L3 and the leads begin articles. Say why none fits, and what one should say: they read it.
          ┌ What you typed is not lost; copy it from here and try again.
          └ How it ended: > The certificate was renewed; connect again and it works.
        ");
        let command = desk.person("ravi").in_("#l1-queue").runs("/kb draft").await;
        insta::assert_snapshot!(command.shown(), @"
        **Deskhand** (bot) · 09:00 (only for Ravi)
          This is for L2, L3 or Lead. Ask a desk admin if you should have that role.
        ");

        desk.opens_as(
            "mia",
            "Somebody reads my mail",
            "category:security affected:low can_work:medium",
        )
        .await;
        desk.claims("ivo", "T-0002").await;
        let form = desk
            .person("ivo")
            .in_("#l2-queue")
            .runs("/work resolve ticket:T-0002 code:fixed article:+")
            .await;
        let refused = form.submits(&[("done", DONE)]).await;
        insta::assert_snapshot!(refused.shown(), @"
        **Deskhand** (bot) · 09:00 (only for Ivo)
          T-0002 is confidential, and an article is for everybody. Say why none fits instead.
          ┌ What you typed is not lost; copy it from here and try again.
          └ How it ended: > The certificate was renewed; connect again and it works.
        ");
    });
}

#[test]
fn the_suggestions_of_an_article_begin_with_a_new_one_for_those_who_write() {
    story(async |desk| {
        desk.opens("mia", TITLE).await;
        desk.claims("ivo", "T-0001").await;
        let ivo = desk.person("ivo").in_("T-0001 · The VPN is down");
        let offered = ivo.completes("work resolve", "article", "").await;
        assert_eq!(
            offered.first().map(String::as_str),
            Some("Draft a new one"),
            "{offered:?}"
        );
        let offered = ivo.completes("work resolve", "article", "vpn").await;
        assert!(
            !offered.contains(&"Draft a new one".to_owned()),
            "{offered:?}"
        );
    });
}
