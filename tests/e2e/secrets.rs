//! What nobody else should have is left out, and whoever typed it is told so, alone.

use crate::harness::story;

#[test]
fn who_types_a_password_into_a_form_hears_what_to_do_about_it() {
    story(async |desk| {
        let mia = desk.person("mia").in_("#help");
        let form = mia
            .runs("/ticket open category:network affected:low can_work:medium")
            .await;
        form.submits(&[
            ("title", "The VPN is down"),
            (
                "body",
                "It asks for mine, password: Spring!2026x, and stays on connecting.",
            ),
        ])
        .await;
        desk.settles().await;
        insta::assert_snapshot!(mia.last_alone(2).await, @"
        **Deskhand** (bot) · 09:00 (only for Mia)
          T-0001 is open.
          Your thread opens in a moment; you get a mention there.
          Next, first contact (L1) looks at it. You read in the thread who takes it.
          [Show]
        **Deskhand** (bot) · 09:00 (only for Mia)
          **Left out of what you wrote: password.** The desk keeps nothing of it and passes it on to nobody. If it is in use, change it all the same: what was typed into a chat is no longer a secret.
        ");
        assert!(
            !desk
                .channel("#help")
                .as_("tom")
                .transcript()
                .await
                .contains("Left out")
        );
        assert!(
            mia.in_("#T-0001 · The VPN is down")
                .transcript()
                .await
                .contains("redacted:password")
        );
    });
}

#[test]
fn technicians_are_told_too_and_a_number_that_names_a_person_is_no_card() {
    story(async |desk| {
        desk.opens("mia", "The VPN is down").await;
        desk.claims("ravi", "T-0001").await;
        let ravi = desk.person("ravi").in_("#l1-queue");
        ravi.runs("/work note ticket:T-0001 text:Her password: Spring!2026x works")
            .await;
        insta::assert_snapshot!(ravi.last_alone(1).await, @"
        **Deskhand** (bot) · 09:00 (only for Ravi)
          **Left out of what you wrote: password.** The desk keeps nothing of it and passes it on to nobody. If it is in use, change it all the same: what was typed into a chat is no longer a secret.
        ");
        ravi.runs("/work assign ticket:T-0001 to:@sami").await;
        assert!(!ravi.last_alone(1).await.contains("Left out"));
    });
}

#[test]
fn who_posts_a_password_in_a_thread_is_asked_directly_to_take_it_away() {
    story(async |desk| {
        desk.opens("mia", "The VPN is down").await;
        let mia = desk.person("mia").in_("#T-0001 · The VPN is down");
        let message = mia.says("Try it yourself, password: Spring!2026x").await;
        let told = async || mia.in_("@bot").transcript().await.contains("nobody else");
        desk.eventually("she is told", told).await;
        let told = mia.in_("@bot").transcript().await.replace(&message, "ID");
        let link = told
            .split_once("](")
            .and_then(|(_, rest)| rest.split_once(')'));
        let (address, told) = link.expect("a link");
        assert!(address.ends_with("/ID"), "{address}");
        insta::assert_snapshot!(told, @"
        about T-0001 has something in it that nobody else should have: **password**. The desk left it out of its own copy; Discord still shows it. Edit or delete your message, and if it is in use, change it now.
         -# desk·r
        ");
        // Saying it another way is no news
        mia.edits(&message, "Try it, the password: Spring!2026x")
            .await;
        mia.says("Thank you").await;
        let kept = "select cast(count(*) as text) from message_version where text = 'Thank you'";
        let read = async || desk.database(kept).await == "1";
        desk.eventually("all of it is kept", read).await;
        desk.settles().await;
        let told = mia.in_("@bot").transcript().await;
        assert_eq!(told.matches("Edit or delete your message").count(), 1);
    });
}

#[test]
fn who_takes_no_direct_messages_reads_it_in_the_thread() {
    story(async |desk| {
        desk.forgives("Cannot send messages to this user");
        desk.takes_no_direct_messages("mia").await;
        desk.opens("mia", "The VPN is down").await;
        let mia = desk.person("mia").in_("#T-0001 · The VPN is down");
        mia.says("Try it yourself, password: Spring!2026x").await;
        let told = async || mia.last(1).await.contains("nobody else");
        desk.eventually("she reads it there", told).await;
    });
}

#[test]
fn a_question_with_a_password_is_answered_and_its_asker_told() {
    story(async |desk| {
        let mia = desk.person("mia").in_("#help");
        mia.runs("/ask question:My VPN password: Spring!2026x is not taken")
            .await;
        insta::assert_snapshot!(mia.last_alone(1).await, @"
        **Deskhand** (bot) · 09:00 (only for Mia)
          **Left out of what you wrote: password.** The desk keeps nothing of it and passes it on to nobody. If it is in use, change it all the same: what was typed into a chat is no longer a secret.
        ");
        let words = desk.mention("my VPN password: Spring!2026x is not taken");
        mia.in_("#general").says_and_hears(&words).await;
        let told = async || !mia.in_("@bot").transcript().await.is_empty();
        desk.eventually("she is told alone", told).await;
        insta::assert_snapshot!(mia.in_("@bot").last(1).await, @"
        **Deskhand** (bot) · 09:00
          What you wrote to me has something in it that nobody else should have: **password**. The desk left it out of its own copy; Discord still shows it. Edit or delete your message, and if it is in use, change it now.
        ");
    });
}
