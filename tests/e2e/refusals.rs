//! What the desk says no to, and that a no changes nothing.

use serde_json::json;

use crate::harness::story;

const THREAD: &str = "T-0001 · The VPN is down";

#[test]
fn who_is_not_on_the_desk_works_on_no_ticket() {
    story(async |desk| {
        desk.opens("mia", "The VPN is down").await;
        // Administrators see every channel and so every card.
        let ada = desk.person("ada").in_("#l1-queue").presses("Claim").await;
        insta::assert_snapshot!(ada.shown(), @r"
        **Deskhand** (bot) · 09:00 (only for Ada)
          This is for L1, L2, L3 or Lead. Ask a desk admin if you should have that role.
        ");
        let tom = desk.claims("tom", "T-0001").await;
        insta::assert_snapshot!(tom.shown(), @r"
        **Deskhand** (bot) · 09:00 (only for Tom)
          This is for L1, L2, L3 or Lead. Ask a desk admin if you should have that role.
        ");
        assert_eq!(desk.standing().await, "T-0001 new L1 -");
    });
}

#[test]
fn a_lower_tier_does_not_take_from_a_higher_one() {
    story(async |desk| {
        desk.opens("mia", "The VPN is down").await;
        desk.claims("ravi", "T-0001").await;
        desk.escalates("ravi", "T-0001").await;
        let refused = desk.accepts("sami", "T-0001").await;
        insta::assert_snapshot!(refused.shown(), @r"
        **Deskhand** (bot) · 09:00 (only for Sami)
          No ticket T-0001 that you can see. Check the number, or find yours with `/ticket list`.
        ");
        // A higher tier may help out below.
        desk.opens("tom", "The printer is dead").await;
        desk.claims("kai", "T-0002").await;
        assert_eq!(
            desk.standing().await,
            "T-0001 assigned L2 Ivo\nT-0002 in_progress L1 Kai"
        );
    });
}

#[test]
fn nobody_works_on_their_own_request() {
    story(async |desk| {
        desk.opens("ravi", "My own laptop is slow").await;
        let refused = desk.claims("ravi", "T-0001").await;
        insta::assert_snapshot!(refused.shown(), @r"
        **Deskhand** (bot) · 09:00 (only for Ravi)
          T-0001 is your own request, and nobody works on their own. Leave it to a colleague.
        ");
        assert_eq!(desk.standing().await, "T-0001 new L1 -");
    });
}

#[test]
fn of_two_claims_at_once_one_wins() {
    story(async |desk| {
        desk.opens("mia", "The VPN is down").await;
        let (ravi, sami) = (
            desk.person("ravi").in_("#l1-queue"),
            desk.person("sami").in_("#l1-queue"),
        );
        let card = ravi.message_with("Claim").await;

        let (his, hers) = tokio::join!(
            ravi.presses_on(&card, "Claim"),
            sami.presses_on(&card, "Claim")
        );

        let won = |answer: &str| answer.contains("T-0001 is yours now");
        assert!(
            won(his.shown()) != won(hers.shown()),
            "{}\n{}",
            his.shown(),
            hers.shown()
        );
        let (winner, lost) = if won(his.shown()) {
            ("Ravi", hers)
        } else {
            ("Sami", his)
        };
        assert_eq!(
            desk.standing().await,
            format!("T-0001 in_progress L1 {winner}")
        );
        let told = lost.shown().replace(winner, "the winner");
        assert!(
            told.contains("*in progress*, by @the winner") && told.contains("Nothing was done."),
            "{told}"
        );
        let thread = desk.channel(THREAD).as_("mia").transcript().await;
        assert_eq!(
            thread.matches("takes care of this now").count(),
            1,
            "{thread}"
        );
    });
}

#[test]
fn an_old_button_does_nothing() {
    story(async |desk| {
        desk.opens("mia", "The VPN is down").await;
        let ravi = desk.person("ravi").in_("#l1-queue");
        // Shown to Ravi alone, and not drawn again when the ticket changes.
        let shown = ravi.runs("/ticket show ticket:T-0001").await;
        desk.claims("sami", "T-0001").await;
        let refused = shown.presses("Claim").await;
        insta::assert_snapshot!(refused.shown(), @r"
        **Deskhand** (bot) · 09:00 (only for Ravi)
          Changed meanwhile: now *in progress*, by @Sami. Nothing was done. See where it stands with `/ticket show T-0001`.
        ");
        assert_eq!(desk.standing().await, "T-0001 in_progress L1 Sami");
    });
}

#[test]
fn the_roles_of_the_press_count() {
    story(async |desk| {
        desk.opens("mia", "The VPN is down").await;
        let ravi = desk.person("ravi").in_("#general");
        let shown = ravi.runs("/ticket show ticket:T-0001").await;
        desk.roles("ravi", &[], &["L1"]).await;
        let refused = shown.presses("Claim").await;
        insta::assert_snapshot!(refused.shown(), @r"
        **Deskhand** (bot) · 09:00 (only for Ravi)
          This is for L1, L2, L3 or Lead. Ask a desk admin if you should have that role.
        ");
        assert_eq!(desk.standing().await, "T-0001 new L1 -");
    });
}

#[test]
fn a_role_that_is_lost_while_a_form_is_open_is_lost() {
    story(async |desk| {
        desk.opens("mia", "The VPN is down").await;
        desk.claims("ravi", "T-0001").await;
        let form = desk
            .person("ravi")
            .in_("#general")
            .runs("/work escalate ticket:T-0001")
            .await;
        desk.roles("ravi", &[], &["L1"]).await;
        let refused = form.submits(crate::harness::HAND_OVER).await;
        assert!(
            !refused.shown().contains("is handed over"),
            "{}",
            refused.shown()
        );
        assert!(!desk.standing().await.contains("L2"));
    });
}

#[test]
fn what_one_may_not_see_looks_like_what_is_not_there() {
    story(async |desk| {
        desk.opens("mia", "The VPN is down").await;
        let tom = desk.person("tom").in_("#help");
        let hidden = tom.runs("/ticket show ticket:T-0001").await;
        let absent = tom.runs("/ticket show ticket:T-0099").await;
        insta::assert_snapshot!(hidden.shown(), @r"
        **Deskhand** (bot) · 09:00 (only for Tom)
          No ticket T-0001 that you can see. Check the number, or find yours with `/ticket list`.
        ");
        assert_eq!(hidden.shown().replace("T-0001", "T-0099"), absent.shown());
        assert!(
            tom.completes("ticket show", "ticket", "T-")
                .await
                .is_empty()
        );
        let mia = desk.person("mia").in_("#help");
        assert_eq!(
            mia.completes("ticket show", "ticket", "T-").await,
            ["T-0001 · The VPN is down"]
        );
    });
}

#[test]
fn guessing_numbers_ends_and_the_leads_hear_of_it() {
    story(async |desk| {
        desk.opens("mia", "The VPN is down").await;
        desk.opens("tom", "The printer is dead").await;
        let tom = desk.person("tom").in_("#help");
        for number in 100..110 {
            tom.runs(&format!("/ticket show ticket:T-0{number}")).await;
        }
        insta::assert_snapshot!(desk.channel("#leads").as_("nia").last(1).await, @r"
        **Deskhand** (bot) · 09:00
          ┌ @Tom runs into a limit again and again: tickets asked for that they cannot see. Have a look whether something is wrong.
          └ desk·r
        ");
        let own = tom.runs("/ticket show ticket:T-0002").await;
        assert!(
            own.shown().contains("The printer is dead"),
            "one's own stays open"
        );
    });
}

#[test]
fn a_made_up_number_and_no_number_at_all() {
    story(async |desk| {
        let ravi = desk.person("ravi").in_("#general");
        let nonsense = ravi.runs("/work claim ticket:nonsense").await;
        insta::assert_snapshot!(nonsense.shown(), @r"
        **Deskhand** (bot) · 09:00 (only for Ravi)
          The option `ticket` needs a ticket's number, for example T-0042. Correct it and try again.
        ");
        let none = ravi.runs("/work claim").await;
        insta::assert_snapshot!(none.shown(), @r"
        **Deskhand** (bot) · 09:00 (only for Ravi)
          This is not a ticket's thread, so it is not clear which ticket you mean. Name it in the option `ticket`, for example T-0042.
        ");
    });
}

#[test]
fn a_command_of_the_server_s_is_not_there_in_a_direct_message() {
    story(async |desk| {
        let no = desk
            .person("mia")
            .in_("@bot")
            .cannot_run("/ticket open")
            .await;
        insta::assert_snapshot!(no, @"There is no command /ticket here that you may use.");
    });
}

#[test]
fn who_left_has_nothing_any_more() {
    story(async |desk| {
        desk.opens("mia", "The VPN is down").await;
        desk.claims("ravi", "T-0001").await;
        desk.admin("ada", "kick", json!({"user": "ravi"})).await;
        desk.eventually("the ticket is free again", async || {
            desk.standing().await == "T-0001 new L1 -"
        })
        .await;
        desk.settles().await;
        insta::assert_snapshot!(desk.channel("#l1-queue").as_("sami").transcript().await, @"
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
          └ T-0001·L1
          [Claim] [Show]
          [Go to the thread ↗]
        ");
    });
}
