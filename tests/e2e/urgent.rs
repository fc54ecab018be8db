//! P1: nobody alone, everybody at once.

use crate::harness::{HAND_OVER, story};

const P1: &str = "category:network affected:high can_work:high";

#[test]
fn everybody_on_duty_is_called_and_the_leads_are_told() {
    story(async |desk| {
        desk.opens_as("mia", "The whole site is offline", P1).await;

        let queue = desk.channel("#l1-queue");
        let seen = queue.as_("ravi").messages().await;
        assert_eq!(seen.len(), 2, "the card, and the call");
        let call = desk.person("ravi").in_("#l1-queue").messages().await;
        let call = call.iter().find(|one| {
            one["mentions"]
                .as_array()
                .is_some_and(|all| !all.is_empty())
        });
        insta::assert_snapshot!(
            call.and_then(|one| one["content"].as_str()).unwrap_or_default().replace(|c: char| c.is_ascii_digit(), ""),
            @"<@> <@>: T- is P. Whoever claims it first has it."
        );
        assert_eq!(queue.as_("ravi").pings().await, 1);
        assert_eq!(queue.as_("sami").pings().await, 1);
        insta::assert_snapshot!(desk.channel("#leads").as_("nia").transcript().await, @r"
        **Deskhand** (bot) · 09:00
          @Ada, the set-up is done as far as it goes.
          -# desk·r
        **Deskhand** (bot) · 09:00
          ┌ T-0001 is P1, at L1. Everybody on duty there is called.
          │ The whole site is offline
          └ T-0001·e1
        ");

        desk.person("sami").in_("#l1-queue").presses("Claim").await;
        assert_eq!(desk.standing().await, "T-0001 in_progress L1 Sami");
    });
}

#[test]
fn only_those_on_duty_are_called() {
    story(async |desk| {
        desk.person("sami").in_("#general").runs("/duty on").await;
        desk.opens_as("mia", "The whole site is offline", P1).await;
        assert_eq!(desk.channel("#l1-queue").as_("sami").pings().await, 1);
        assert_eq!(desk.channel("#l1-queue").as_("ravi").pings().await, 0);
    });
}

#[test]
fn a_p1_is_handed_over_to_all_of_the_next_tier() {
    story(async |desk| {
        desk.opens_as("mia", "The whole site is offline", P1).await;
        desk.claims("ravi", "T-0001").await;
        desk.escalates("ravi", "T-0001").await;

        assert_eq!(
            desk.standing().await,
            "T-0001 new L2 -",
            "nobody alone is asked"
        );
        // Once as it was opened, and once as it came to them
        assert_eq!(desk.channel("#l2-queue").as_("ivo").pings().await, 2);
        assert_eq!(desk.channel("#l2-queue").as_("lena").pings().await, 2);

        desk.person("lena").in_("#l2-queue").presses("Accept").await;
        assert_eq!(desk.standing().await, "T-0001 in_progress L2 Lena");
    });
}

#[test]
fn a_p1_may_skip_a_tier() {
    story(async |desk| {
        desk.opens_as("mia", "The whole site is offline", P1).await;
        desk.claims("ravi", "T-0001").await;
        let line = "/work escalate ticket:T-0001 to:l3";
        let form = desk.person("ravi").in_("#general").runs(line).await;
        form.submits(HAND_OVER).await;
        assert_eq!(desk.standing().await, "T-0001 new L3 -");
    });
}
