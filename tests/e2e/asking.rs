//! Asking: the knowledge base answers the asker alone, and what became of it is recorded.

use crate::harness::{Desk, story};

#[test]
fn a_question_that_an_article_answers() {
    story(async |desk| {
        let mia = desk.person("mia").in_("#help");

        let answer = mia.runs("/ask question:the vpn does not connect").await;

        assert!(answer.is_private());
        insta::assert_snapshot!(answer.shown(), @"
        **Deskhand** (bot) · 09:00 (only for Mia)
          ┌ VPN does not connect
          │ **Steps**
          │ 1. Quit the VPN client.
          │ 2. Switch Wi-Fi off and on.
          │ 3. Start the client and choose the gateway **Automatic**.
          └ From network/vpn-does-not-connect.md
          [Solved it] [One step at a time] [Show the article] [Not this, other matches] [Open a ticket]
        ");
        assert_eq!(desk.outcomes().await, "possible");

        let solved = answer.presses("Solved it").await;

        insta::assert_snapshot!(solved.shown(), @r"
        **Deskhand** (bot) · 09:00 (only for Mia)
          Good to hear. If it comes back, ask again.
        ");
        assert_eq!(desk.outcomes().await, "confirmed");
    });
}

#[test]
fn the_whole_article_on_demand() {
    story(async |desk| {
        let mia = desk.person("mia").in_("#help");
        let answer = mia.runs("/ask question:the vpn does not connect").await;

        let article = answer.presses("Show the article").await;

        assert!(article.is_private());
        insta::assert_snapshot!(article.shown(), @"
        **Deskhand** (bot) · 09:00 (only for Mia)
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
          └ From network/vpn-does-not-connect.md
          [Solved it] [One step at a time] [Open a ticket]
        ");
    });
}

#[test]
fn not_this_but_another() {
    story(async |desk| {
        let mia = desk.person("mia").in_("#help");
        let answer = mia.runs("/ask question:i forgot my password").await;

        let others = answer.presses("Not this, other matches").await;

        insta::assert_snapshot!(others.shown(), @r"
        **Deskhand** (bot) · 09:00 (only for Mia)
          ┌ These come next. If none of them fits, open a ticket, and a person helps.
          │ **Your account is locked**
          └ Wait, or have it unlocked.
          [Your account is locked]
          [Open a ticket]
        ");
        assert_eq!(desk.outcomes().await, "none");
    });
}

#[test]
fn a_question_that_could_mean_several() {
    story(async |desk| {
        let mia = desk.person("mia").in_("#help");

        let answer = mia.runs("/ask question:something about my password").await;
        insta::assert_snapshot!(answer.shown(), @r"
        **Deskhand** (bot) · 09:00 (only for Mia)
          ┌ Did you mean one of these?
          │ **Reset your password**
          │ Choose a new password when you forgot the old one.
          │
          │ **Your account is locked**
          └ Wait, or have it unlocked.
          [Reset your password]
          [Your account is locked]
          [Open a ticket]
        ");

        let picked = answer.presses("Reset your password").await;
        insta::assert_snapshot!(picked.shown(), @"
        **Deskhand** (bot) · 09:00 (only for Mia)
          ┌ Reset your password
          │ 1. Open the sign-in page and choose **Forgot password**.
          │ 2. Confirm with your phone.
          │ 3. Choose a new password of at least 14 characters.
          └ From accounts/reset-password.md
          [Solved it] [One step at a time] [Show the article] [Not this, other matches] [Open a ticket]
        ");
    });
}

#[test]
fn a_word_that_is_misspelt() {
    story(async |desk| {
        let mia = desk.person("mia").in_("#help");

        let answer = mia.runs("/ask question:the prnter prints notihng").await;

        insta::assert_snapshot!(answer.shown(), @"
        **Deskhand** (bot) · 09:00 (only for Mia)
          ┌ I read “prnter” as “printer”, “notihng” as “nothing”.
          │ The printer prints nothing
          │ 1. Cancel all print jobs.
          │ 2. Switch the printer off, wait ten seconds, and switch it on.
          │ 3. Print a test page.
          └ From printing/printer-prints-nothing.md
          [Solved it] [One step at a time] [Show the article] [Not this, other matches] [Open a ticket]
        ");
    });
}

#[test]
fn a_question_that_nobody_has_written_about() {
    story(async |desk| {
        let mia = desk.person("mia").in_("#help");
        let answer = mia
            .runs("/ask question:the coffee machine leaks oil on my bicycle")
            .await;
        insta::assert_snapshot!(answer.shown(), @r"
        **Deskhand** (bot) · 09:00 (only for Mia)
          I don't know this one. Open a ticket, and a person helps; what you wrote goes along.
          [Open a ticket]
        ");
        assert_eq!(desk.outcomes().await, "none");
    });
}

#[test]
fn a_greeting_and_nothing_at_all() {
    story(async |desk| {
        let mia = desk.person("mia").in_("#help");
        let hello = mia.runs("/ask question:hello").await;
        insta::assert_snapshot!(hello.shown(), @r"
        **Deskhand** (bot) · 09:00 (only for Mia)
          Hello, this is the help desk. Tell me what does not work, for example “the VPN does not connect”, and I look for the steps. When I don't know them, you can open a ticket.
          [Open a ticket]
        ");
        let nothing = mia.runs("/ask question:???").await;
        insta::assert_snapshot!(nothing.shown(), @r"
        **Deskhand** (bot) · 09:00 (only for Mia)
          There is nothing in that to look for. Tell me what does not work, in your own words.
        ");
    });
}

#[test]
fn a_direct_message_is_a_question() {
    story(async |desk| {
        let mia = desk.person("mia").in_("@bot");

        let answer = mia.says_and_hears("the vpn does not connect").await;
        insta::assert_snapshot!(answer.shown(), @"
        **Deskhand** (bot) · 09:00
          ┌ VPN does not connect
          │ **Steps**
          │ 1. Quit the VPN client.
          │ 2. Switch Wi-Fi off and on.
          │ 3. Start the client and choose the gateway **Automatic**.
          └ From network/vpn-does-not-connect.md
          [Solved it] [One step at a time] [Show the article] [Not this, other matches] [Open a ticket]
        ");

        let solved = answer.presses("Solved it").await;
        insta::assert_snapshot!(solved.shown(), @r"
        **Deskhand** (bot) · 09:00
          Good to hear. If it comes back, ask again.
        ");
        assert_eq!(desk.outcomes().await, "confirmed");
    });
}

#[test]
fn a_ticket_is_opened_from_a_direct_message() {
    story(async |desk| {
        let mia = desk.person("mia").in_("@bot");
        let answer = mia.says_and_hears("the coffee machine leaks oil").await;

        let draft = answer.presses("Open a ticket").await;
        let draft = draft.chooses("What is it about?", "Something else").await;
        let draft = draft.chooses("How many are affected?", "One person").await;
        let draft = draft.chooses("Can you work?", "Yes, it can wait").await;
        let opened = draft.presses("Continue").await.submits(&[]).await;

        insta::assert_snapshot!(opened.shown(), @r"
        **Deskhand** (bot) · 09:00
          T-0001 is open.
          Your thread opens in a moment; you get a mention there.
          Next, first contact (L1) looks at it. You read in the thread who takes it.
          [Show]
        ");
        assert!(mia.sees("T-0001 · the coffee machine leaks oil").await);
    });
}

#[test]
fn a_mention_gets_a_title_in_public_and_the_steps_in_private() {
    story(async |desk| {
        let (mia, tom) = (
            desk.person("mia").in_("#general"),
            desk.person("tom").in_("#general"),
        );

        let answer = mia
            .says_and_hears(&desk.mention("the vpn does not connect"))
            .await;
        assert!(!answer.is_private());
        insta::assert_snapshot!(answer.shown(), @r"
        **Deskhand** (bot) · 09:00
          ┌ VPN does not connect
          └ Press the button, and you alone see the steps.
          [Show me]
        ");

        let his = tom.presses("Show me").await;
        assert!(his.is_private());
        insta::assert_snapshot!(his.shown(), @"
        **Deskhand** (bot) · 09:00 (only for Tom)
          ┌ VPN does not connect
          │ **Steps**
          │ 1. Quit the VPN client.
          │ 2. Switch Wi-Fi off and on.
          │ 3. Start the client and choose the gateway **Automatic**.
          └ From network/vpn-does-not-connect.md
          [Solved it] [One step at a time] [Show the article] [Not this, other matches] [Open a ticket]
        ");
        let hers = mia.presses("Show me").await;
        assert!(hers.is_private());
        // Nobody sees what the other was shown.
        insta::assert_snapshot!(desk.channel("#general").as_("ivo").transcript().await, @r"
        **Mia** · 09:00
          @Deskhand the vpn does not connect
        **Deskhand** (bot) · 09:00
          ┌ VPN does not connect
          └ Press the button, and you alone see the steps.
          [Show me]
        ");
    });
}

#[test]
fn a_mention_that_no_article_answers() {
    story(async |desk| {
        let mia = desk.person("mia").in_("#general");
        let answer = mia
            .says_and_hears(&desk.mention("the coffee machine leaks oil"))
            .await;
        insta::assert_snapshot!(answer.shown(), @r"
        **Deskhand** (bot) · 09:00
          I don't know this one. Open a ticket, and a person helps; only you and the desk read it.
          [Open a ticket]
        ");
    });
}

#[test]
fn the_message_command_answers_whoever_uses_it() {
    story(async |desk| {
        let (mia, tom) = (
            desk.person("mia").in_("#general"),
            desk.person("tom").in_("#general"),
        );
        tom.says("Does anybody know why the printer prints nothing?")
            .await;

        let answer = mia
            .runs_on("the printer prints nothing", "Ask Deskhand")
            .await;

        assert!(answer.is_private());
        insta::assert_snapshot!(answer.shown(), @"
        **Deskhand** (bot) · 09:00 (only for Mia)
          ┌ The printer prints nothing
          │ 1. Cancel all print jobs.
          │ 2. Switch the printer off, wait ten seconds, and switch it on.
          │ 3. Print a test page.
          └ From printing/printer-prints-nothing.md
          [Solved it] [One step at a time] [Show the article] [Not this, other matches] [Open a ticket]
        ");
    });
}

#[test]
fn somebody_else_s_button_is_not_one_s_own() {
    story(async |desk| {
        let (mia, tom) = (
            desk.person("mia").in_("#general"),
            desk.person("tom").in_("#general"),
        );
        let answer = mia
            .says_and_hears(&desk.mention("the vpn does not connect"))
            .await;
        // The public message belongs to nobody; what is settled on it counts for the one who settles it.
        let his = tom.presses_on(answer.id(), "Show me").await;
        his.presses("Solved it").await;
        assert_eq!(desk.outcomes().await, "possible\nconfirmed");
    });
}

#[test]
fn more_questions_in_a_minute_than_one_person_has() {
    story(async |desk| {
        let mia = desk.person("mia").in_("#help");
        for _ in 0..10 {
            mia.runs("/ask question:the vpn does not connect").await;
        }
        let refused = mia.runs("/ask question:the vpn does not connect").await;
        insta::assert_snapshot!(refused.shown(), @r"
        **Deskhand** (bot) · 09:00 (only for Mia)
          You can ask 10 questions in a minute. Try again ⟨2026-06-15 09:01Z R⟩.
        ");
        insta::assert_snapshot!(desk.channel("#leads").as_("nia").last(1).await, @r"
        **Deskhand** (bot) · 09:00
          ┌ @Mia runs into a limit again and again: questions in a minute. Have a look whether something is wrong.
          └ desk·r
        ");

        desk.passes(jiff::SignedDuration::from_mins(1)).await;
        let again = mia.runs("/ask question:the vpn does not connect").await;
        assert!(again.shown().contains("VPN does not connect"));
    });
}

impl Desk {
    /// What became of the questions, one line each.
    pub async fn outcomes(&self) -> String {
        self.database("select outcome from ask order by id").await
    }

    /// A message that mentions the bot.
    pub fn mention(&self, text: &str) -> String {
        format!("<@{}> {text}", self.stand_in().application_id())
    }
}
