//! A draft on its way into the knowledge base, and an article's way out of it.

use jiff::SignedDuration;

use crate::harness::{DONE, Desk, story};

const TITLE: &str = "The VPN is down";

/// Ivo of the second tier ends it with a new article, and makes one of it that helps.
async fn writes_an_article(desk: &Desk) {
    desk.opens("mia", TITLE).await;
    desk.claims("ivo", "T-0001").await;
    let ivo = desk.person("ivo").in_("#l1-queue");
    let line = "/work resolve ticket:T-0001 code:fixed article:+";
    ivo.runs(line).await.submits(&[("done", DONE)]).await;
    desk.settles().await;
    ivo.runs("/kb draft ticket:T-0001").await;
    let form = ivo.presses("Write").await;
    let texts = [
        ("title", "VPN certificate is out of date"),
        ("summary", "Renew the certificate of the VPN client."),
        (
            "body",
            "1. Open the VPN client.\n2. Choose **Renew certificate**.",
        ),
    ];
    form.submits(&texts).await;
}

#[test]
fn a_second_person_reads_it_and_from_then_on_it_answers() {
    story(async |desk| {
        writes_an_article(desk).await;
        let ivo = desk.person("ivo").in_("#l1-queue");
        ivo.runs("/kb draft ticket:T-0001").await;
        let asked = ivo.presses("Ask for a review").await;
        insta::assert_snapshot!(asked.shown(), @"
        **Deskhand** (bot) · 09:00 (only for Ivo)
          A second person is asked to read it. Nobody is answered with it before they approve.
        ");
        desk.settles().await;
        let lena = desk.person("lena").in_("#l2-queue");
        insta::assert_snapshot!(lena.last(1).await, @"
        **Deskhand** (bot) · 09:00
          ┌ @Ivo wrote an article and asks that a second person reads it: *VPN certificate is out of date*
          └ desk·r
          [Read the draft]
        ");
        ivo.runs("/kb draft ticket:T-0001").await;
        let no = ivo.presses("Approve and publish").await;
        insta::assert_snapshot!(no.shown(), @"
        **Deskhand** (bot) · 09:00 (only for Ivo)
          You wrote at it, so somebody else decides: a second pair of eyes is the point.
        ");

        let read = lena.presses("Read the draft").await;
        insta::assert_snapshot!(read.shown(), @"
        **Deskhand** (bot) · 09:00
          ┌ @Ivo wrote an article and asks that a second person reads it: *VPN certificate is out of date*
          └ desk·r
          [Read the draft]
        ");
        let form = lena.presses("Send back").await;
        let back = form.submits(&[("reason", "Where is the button?")]).await;
        insta::assert_snapshot!(back.shown(), @"
        **Deskhand** (bot) · 09:00 (only for Lena)
          It went back, and @Ivo reads why.
        ");
        desk.settles().await;
        insta::assert_snapshot!(desk.person("ivo").last(1).await, @"
        **Deskhand** (bot) · 09:00
          ┌ @Lena read your draft *VPN certificate is out of date* and sent it back:
          │ > Where is the button?
          └ desk·r
          [Read the draft]
        ");

        ivo.runs("/kb draft ticket:T-0001").await;
        let form = ivo.presses("Write").await;
        let texts = [
            ("title", "VPN certificate is out of date"),
            ("summary", "Renew the certificate of the VPN client."),
            (
                "body",
                "1. Open the VPN client.\n2. Choose **Renew certificate** below the gear.",
            ),
        ];
        form.submits(&texts).await;
        ivo.runs("/kb draft ticket:T-0001").await;
        ivo.presses("Ask for a review").await;
        desk.settles().await;
        let read = lena.runs("/kb approve draft:T-0001").await;
        insta::assert_snapshot!(read.shown(), @"
        **Deskhand** (bot) · 09:00 (only for Lena)
          [file vpn-certificate-is-out-of-date.md]
          ┌ Draft out of T-0001 · VPN certificate is out of date
          │ Network, Wi-Fi and VPN · written by @Ivo · last changed ⟨2026-06-15 09:00Z R⟩
          │ It waits for somebody who has not written at it: @Ivo asked.
          └ This is how the file looks. *Write* changes it.
          ┌ What is new since it was sent back
          │ ```diff
          │ @@ -14,3 +14,3 @@
          │
          │  1. Open the VPN client.
          │ -2. Choose **Renew certificate**.
          │ +2. Choose **Renew certificate** below the gear.
          └ ```
          [Approve and publish] [Send back] [Write] [Drop it!] [All drafts]
        ");
        let published = lena.presses("Approve and publish").await;
        insta::assert_snapshot!(published.shown(), @"
        **Deskhand** (bot) · 09:00 (only for Lena)
          Published: *VPN certificate is out of date* stands in `network/vpn-certificate-is-out-of-date.md`, and answers from now on. Where the articles are kept in Git, the file waits to be committed.
        ");
        desk.settles().await;
        insta::assert_snapshot!(desk.person("ravi").in_("#l1-queue").last(1).await, @"
        **Deskhand** (bot) · 09:00
          ┌ In the knowledge base now: *VPN certificate is out of date*. Written by @Ivo, approved by @Lena.
          │ It comes from T-0001.
          │ File: `network/vpn-certificate-is-out-of-date.md`
          └ desk·r
          [Show the article]
        ");

        let path = desk
            .folder()
            .join("kb/network/vpn-certificate-is-out-of-date.md");
        let file = std::fs::read_to_string(path).expect("a file that Git sees");
        insta::assert_snapshot!(file, @"
        ---
        title: VPN certificate is out of date
        summary: Renew the certificate of the VPN client.
        category: network
        tags:
        - network
        asks:
        - VPN certificate is out of date
        owner: Ivo
        review_by: 2027-06-15
        sources:
        - T-0001
        ---

        1. Open the VPN client.
        2. Choose **Renew certificate** below the gear.
        ");
        let tom = desk.person("tom").in_("#help");
        let answer = tom
            .runs("/ask question:my vpn certificate is out of date")
            .await;
        assert!(
            answer.shown().contains("below the gear"),
            "{}",
            answer.shown()
        );
        let gone = lena.runs("/kb approve draft:T-0001").await;
        insta::assert_snapshot!(gone.shown(), @"
        **Deskhand** (bot) · 09:00 (only for Lena)
          There is no draft T-0001, or not any more. `/kb draft` lists all that is being written.
        ");
    });
}

#[test]
fn what_the_knowledge_base_would_not_take_is_said_before_anybody_reads_it() {
    story(async |desk| {
        writes_an_article(desk).await;
        let ivo = desk.person("ivo").in_("#l1-queue");
        ivo.runs("/kb draft ticket:T-0001").await;
        let form = ivo.presses("Write").await;
        let texts = [
            ("title", "Wi-Fi is slow"),
            ("body", "Tell @everyone, or [click](javascript:alert)."),
        ];
        form.submits(&texts).await;
        let shown = ivo.runs("/kb draft ticket:T-0001").await;
        insta::assert_snapshot!(shown.shown(), @r#"
        **Deskhand** (bot) · 09:00 (only for Ivo)
          [file wi-fi-is-slow.md]
          ┌ Draft out of T-0001 · Wi-Fi is slow
          │ Network, Wi-Fi and VPN · written by @Ivo · last changed ⟨2026-06-15 09:00Z R⟩
          │ **The knowledge base would not take it yet:**
          │ - Line 15: "\@everyone" would call people. Name the role or the person in words.
          └ This is how the file looks. *Write* changes it.
          [Write] [Ask for a review] [Drop it!] [All drafts]
        "#);
        let no = ivo.presses("Ask for a review").await;
        insta::assert_snapshot!(no.shown(), @r#"
        **Deskhand** (bot) · 09:00 (only for Ivo)
          The knowledge base would not take this article:
          Line 15: "\@everyone" would call people. Name the role or the person in words.
          Press *Write* and mend it; nothing is lost.
        "#);
    });
}

#[test]
fn an_article_is_changed_line_by_line_and_a_change_of_the_file_meanwhile_is_not_overwritten() {
    story(async |desk| {
        let lena = desk.person("lena").in_("#l2-queue");
        let shown = lena.runs("/kb draft article:Wi-Fi is slow").await;
        insta::assert_snapshot!(shown.shown(), @"
        **Deskhand** (bot) · 09:00 (only for Lena)
          [file wifi-is-slow.md]
          ┌ Change D-1 of Wi-Fi is slow
          │ Network, Wi-Fi and VPN
          └ This is how the file looks. *Write* changes it.
          ┌ What it changes, line by line
          └ It changes nothing yet.
          [Write] [Ask for a review] [Drop it!] [All drafts]
        ");
        let form = lena.presses("Write").await;
        let body = "1. Move closer to an access point.\n2. Choose the network **Office 6 GHz**.\n3. Restart Wi-Fi on the laptop.";
        let texts = [
            ("title", "Wi-Fi is slow"),
            ("summary", "Get the office Wi-Fi back to speed."),
            ("body", body),
        ];
        form.submits(&texts).await;
        lena.runs("/kb draft article:Wi-Fi is slow").await;
        lena.presses("Ask for a review").await;
        desk.settles().await;

        let noor = desk.person("noor").in_("#l2-queue");
        noor.presses("Read the draft").await;
        insta::assert_snapshot!(noor.last_alone(1).await, @"
        **Deskhand** (bot) · 09:00 (only for Noor)
          [file wifi-is-slow.md]
          ┌ Change D-1 of Wi-Fi is slow
          │ Network, Wi-Fi and VPN · written by @Lena · last changed ⟨2026-06-15 09:00Z R⟩
          │ It waits for somebody who has not written at it: @Lena asked.
          └ This is how the file looks. *Write* changes it.
          ┌ What it changes, line by line
          │ ```diff
          │ @@ -7,6 +7,8 @@
          │    - wireless drops in the meeting room
          │  category: network
          │ +owner: Lena
          │ +review_by: 2027-06-15
          │  ---
          │  1. Move closer to an access point.
          │ -2. Choose the network **Office 5 GHz**.
          │ +2. Choose the network **Office 6 GHz**.
          │  3. Restart Wi-Fi on the laptop.
          └ ```
          [Approve and publish] [Send back] [Write] [Drop it!] [All drafts]
        ");
        let path = desk.folder().join("kb/network/wifi-is-slow.md");
        let file = std::fs::read_to_string(&path).expect("a file");
        let newer = file.replace("Restart Wi-Fi", "Switch Wi-Fi off and on");
        desk.saves("network/wifi-is-slow.md", &newer);
        let no = noor.presses("Approve and publish").await;
        insta::assert_snapshot!(no.shown(), @"
        **Deskhand** (bot) · 09:00 (only for Noor)
          The file of *Wi-Fi is slow* was changed since somebody wrote at this draft. Press *Write*, put in what is new, and ask for a review again. Nothing was published.
        ");
        assert_eq!(std::fs::read_to_string(&path).expect("a file"), newer);

        let shown = lena.runs("/kb draft article:Wi-Fi is slow").await;
        assert!(
            shown.shown().contains("-3. Switch Wi-Fi off and on"),
            "{}",
            shown.shown()
        );
        let form = lena.presses("Write").await;
        let body = body.replace("Restart Wi-Fi", "Switch Wi-Fi off and on");
        form.submits(&[("title", "Wi-Fi is slow"), ("body", &body)])
            .await;
        lena.runs("/kb draft article:Wi-Fi is slow").await;
        lena.presses("Ask for a review").await;
        desk.settles().await;
        noor.presses("Read the draft").await;
        noor.presses("Approve and publish").await;
        desk.settles().await;
        let file = std::fs::read_to_string(&path).expect("a file");
        insta::assert_snapshot!(file, @"
        ---
        title: Wi-Fi is slow
        summary: Get the office Wi-Fi back to speed.
        tags: [wifi, wireless, slow]
        asks:
          - the wifi is slow in the office
          - wireless drops in the meeting room
        category: network
        owner: Lena
        review_by: 2027-06-15
        ---
        1. Move closer to an access point.
        2. Choose the network **Office 6 GHz**.
        3. Switch Wi-Fi off and on on the laptop.
        ");
    });
}

#[test]
fn what_is_wrong_is_retired_with_a_reason_and_can_be_brought_back() {
    story(async |desk| {
        let ask = async || {
            let tom = desk.person("tom").in_("#help");
            let answer = tom
                .runs("/ask question:the wifi is slow in the office")
                .await;
            answer.shown().contains("Office 5 GHz")
        };
        assert!(ask().await);
        let lena = desk.person("lena").in_("#l2-queue");
        let line = "/kb retire article:Wi-Fi is slow reason:There is no such network any more";
        let retired = lena.runs(line).await;
        insta::assert_snapshot!(retired.shown(), @"
        **Deskhand** (bot) · 09:00 (only for Lena)
          Retired: nobody is answered with *Wi-Fi is slow* any more. `network/wifi-is-slow.md` stays, and says why.
          [Bring it back]
        ");
        desk.settles().await;
        insta::assert_snapshot!(desk.person("ravi").in_("#l1-queue").last(1).await, @"
        **Deskhand** (bot) · 09:00
          ┌ *Wi-Fi is slow* is retired by @Lena: nobody is answered with it any more.
          │ > There is no such network any more
          │ File: `network/wifi-is-slow.md`
          └ desk·r
          [Bring it back]
        ");
        assert!(!ask().await);
        let path = desk.folder().join("kb/network/wifi-is-slow.md");
        let file = std::fs::read_to_string(&path).expect("it stays");
        assert!(
            file.contains("\nretired: There is no such network any more\n---\n"),
            "{file}"
        );
        let back = lena.presses("Bring it back").await;
        insta::assert_snapshot!(back.shown(), @"
        **Deskhand** (bot) · 09:00 (only for Lena)
          *Wi-Fi is slow* is back, and answers again.
        ");
        assert!(ask().await);
        let no = desk
            .person("ravi")
            .in_("#l1-queue")
            .presses("Bring it back")
            .await;
        insta::assert_snapshot!(no.shown(), @"
        **Deskhand** (bot) · 09:00 (only for Ravi)
          This is for L2, L3 or Lead. Ask a desk admin if you should have that role.
        ");
    });
}

#[test]
fn what_cannot_be_written_is_told_and_written_as_soon_as_it_can_be() {
    story(async |desk| {
        desk.forgives("could not be written");
        writes_an_article(desk).await;
        let ivo = desk.person("ivo").in_("#l1-queue");
        ivo.runs("/kb draft ticket:T-0001").await;
        ivo.presses("Ask for a review").await;
        desk.settles().await;
        let folder = desk.folder().join("kb/network");
        // Something stands where the new file would be written.
        let in_the_way = folder.join(".vpn-certificate-is-out-of-date.md.new");
        std::fs::create_dir(&in_the_way).expect("a folder");
        let lena = desk.person("lena").in_("#l2-queue");
        lena.presses("Read the draft").await;
        let not_yet = lena.presses("Approve and publish").await;
        insta::assert_snapshot!(not_yet.shown(), @"
        **Deskhand** (bot) · 09:00 (only for Lena)
          It is decided, but `network/vpn-certificate-is-out-of-date.md` could not be written: Is a directory (os error 21). I try again by myself, and the leads are told. Nothing is lost.
        ");
        desk.settles().await;
        insta::assert_snapshot!(desk.person("nia").in_("#leads").last(1).await, @"
        **Deskhand** (bot) · 09:00
          ┌ *VPN certificate is out of date* is decided on, but `network/vpn-certificate-is-out-of-date.md` could not be written: Is a directory (os error 21). I try again every minute. See that the folder of articles can be written to.
          └ desk·r
        ");
        desk.restarts().await;
        desk.settles().await;
        let told = desk.person("nia").in_("#leads").transcript().await;
        assert_eq!(told.matches("could not be written").count(), 1, "{told}");
        std::fs::remove_dir(&in_the_way).expect("out of the way");
        desk.passes(SignedDuration::from_mins(2)).await;
        let file = folder.join("vpn-certificate-is-out-of-date.md");
        desk.eventually("the file is written", async || file.exists())
            .await;
        let ravi = desk.person("ravi").in_("#l1-queue");
        let heard = async || ravi.last(1).await.contains("In the knowledge base now");
        desk.eventually("the first tier hears of it", heard).await;
    });
}
