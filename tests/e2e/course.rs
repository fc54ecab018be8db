//! Beside the way up: back to the queue, to a colleague, down a tier, and the chain of hand-overs.

use jiff::SignedDuration;

use crate::harness::story;

const THREAD: &str = "T-0001 · The VPN is down";
const STAFF: &str = "T-0001 staff · The VPN is down";

#[test]
fn what_is_given_back_waits_for_the_next_with_the_reason() {
    story(async |desk| {
        desk.opens("mia", "The VPN is down").await;
        desk.claims("ravi", "T-0001").await;
        let shown = desk.person("ravi").in_(THREAD).runs("/ticket show").await;
        let form = shown.presses("Give back").await;
        insta::assert_snapshot!(form.shown(), @"
        Form: Give T-0001 back
          Why? *:
        ");
        let released = form
            .submits(&[("reason", "My shift ends; ask Mia for the log")])
            .await;
        insta::assert_snapshot!(released.shown(), @"
        **Deskhand** (bot) · 09:00 (only for Ravi)
          T-0001 is back in the queue of L1.
        ");
        assert_eq!(desk.standing().await, "T-0001 new L1 -");
        insta::assert_snapshot!(desk.channel("#l1-queue").as_("sami").last(1).await, @"
        **Deskhand** (bot) · 09:00
          It waits in the queue.
          ┌ @Ravi gives T-0001 back:
          │ > My shift ends; ask Mia for the log
          └ T-0001·e3
        ");
        // Nobody but its holder gives it back
        let line = "/work release ticket:T-0001 reason:no";
        insta::assert_snapshot!(desk.person("sami").in_("#l1-queue").runs(line).await.shown(), @"
        **Deskhand** (bot) · 09:00 (only for Sami)
          You cannot give back T-0001. Whoever works on it can, or a lead.
          ┌ What you typed is not lost; copy it from here and try again.
          └ Why?: > no
        ");

        // At L2 it goes to the next in turn, not to the one who gave it back
        desk.claims("ravi", "T-0001").await;
        desk.escalates("ravi", "T-0001").await;
        desk.accepts("ivo", "T-0001").await;
        let line = "/work release ticket:T-0001 reason:I am on leave from noon";
        insta::assert_snapshot!(desk.person("ivo").in_(STAFF).runs(line).await.shown(), @"
        **Deskhand** (bot) · 09:00 (only for Ivo)
          T-0001 is offered to @Lena now.
        ");
        assert_eq!(desk.standing().await, "T-0001 assigned L2 Lena");
        insta::assert_snapshot!(desk.channel(STAFF).as_("lena").last(1).await, @"
        **Deskhand** (bot) · 09:00
          @Lena, it is offered to you.
          ┌ @Ivo gives T-0001 back:
          │ > I am on leave from noon
          └ T-0001·e9
        ");
    });
}

#[test]
fn a_lead_gives_it_to_somebody_by_name_by_list_or_in_turn() {
    story(async |desk| {
        desk.opens("mia", "The VPN is down").await;
        let nia = desk.person("nia").in_("#l1-queue");
        let given = nia.runs("/work assign ticket:T-0001 to:@Sami").await;
        insta::assert_snapshot!(given.shown(), @"
        **Deskhand** (bot) · 09:00 (only for Nia)
          T-0001 is offered to @Sami.
        ");
        assert_eq!(desk.standing().await, "T-0001 assigned L1 Sami");
        insta::assert_snapshot!(desk.channel("#l1-queue").as_("sami").last(1).await, @"
        **Deskhand** (bot) · 09:00
          @Sami, T-0001 is given to you.
          ┌ @Nia gives T-0001 to @Sami.
          └ T-0001·e3
        ");
        desk.accepts("sami", "T-0001").await;

        // From a list, with everybody's load; taking it from who works on it needs a reason
        let list = nia
            .runs("/ticket show ticket:T-0001")
            .await
            .presses("Assign")
            .await;
        insta::assert_snapshot!(list.shown(), @"
        **Deskhand** (bot) · 09:00 (only for Nia)
          Who takes T-0001? The least busy come first.
          ⟨Who takes it?: Whoever's turn it is | Ravi⟩
        ");
        let form = list.chooses("Who takes it?", "Ravi").await;
        insta::assert_snapshot!(form.shown(), @"
        Form: Give T-0001 to somebody
          Why do you take it from somebody? *:
        ");
        form.submits(&[("reason", "Sami is at the dentist")]).await;
        assert_eq!(desk.standing().await, "T-0001 assigned L1 Ravi");
        insta::assert_snapshot!(desk.channel("#l1-queue").as_("ravi").last(1).await, @"
        **Deskhand** (bot) · 09:00
          @Ravi, T-0001 is given to you.
          ┌ @Nia gives T-0001 from @Sami to @Ravi.
          │ > Sami is at the dentist
          └ T-0001·e6
        ");

        // In turn, and refusals
        let list = nia.runs("/work assign ticket:T-0001").await;
        list.chooses("Who takes it?", "Whoever's turn it is").await;
        assert_eq!(desk.standing().await, "T-0001 assigned L1 Sami");
        let refused = [
            ("nia", "/work assign ticket:T-0001 to:@Mia"),
            ("nia", "/work assign ticket:T-0001 to:@Ivo"),
            ("nia", "/work assign ticket:T-0001 to:@Sami"),
            ("ravi", "/work assign ticket:T-0001 to:@Ravi"),
        ];
        let mut sentences = Vec::new();
        for (who, line) in refused {
            let answer = desk.person(who).in_("#l1-queue").runs(line).await;
            sentences.push(answer.shown().to_owned());
        }
        insta::assert_snapshot!(sentences.join("\n"), @"
        **Deskhand** (bot) · 09:00 (only for Nia)
          T-0001 is @Mia's own request, and nobody works on their own. Name somebody else.

        **Deskhand** (bot) · 09:00 (only for Nia)
          @Ivo is not known to hold L1. Name somebody of that tier; who is new to the role shows up with their first command.

        **Deskhand** (bot) · 09:00 (only for Nia)
          @Sami has T-0001 already. Nothing was done.

        **Deskhand** (bot) · 09:00 (only for Ravi)
          You cannot assign T-0001. Whoever works on it can, or a lead.
        ");
        assert_eq!(desk.standing().await, "T-0001 assigned L1 Sami");
    });
}

#[test]
fn down_a_tier_with_what_is_left_to_do() {
    story(async |desk| {
        desk.opens("mia", "The VPN is down").await;
        desk.claims("ravi", "T-0001").await;
        desk.escalates("ravi", "T-0001").await;
        desk.accepts("ivo", "T-0001").await;
        let form = desk.person("ivo").in_(STAFF).runs("/work deescalate").await;
        insta::assert_snapshot!(form.shown(), @"
        Form: Hand T-0001 down
          Why can a lower tier do it? *:
          What is left to do? (at least 20 characters) *:
        ");
        let down = form
            .submits(&[
                ("reason", "The certificate is renewed"),
                (
                    "remaining",
                    "Install it on her laptop, article VPN certificate",
                ),
            ])
            .await;
        insta::assert_snapshot!(down.shown(), @"
        **Deskhand** (bot) · 09:00 (only for Ivo)
          T-0001 is handed down to L1 and offered to @Ravi.
        ");
        assert_eq!(desk.standing().await, "T-0001 assigned L1 Ravi");
        insta::assert_snapshot!(desk.channel(STAFF).as_("ravi").last(1).await, @"
        **Deskhand** (bot) · 09:00
          @Ravi, it is offered to you.
          ┌ @Ivo hands this down from L2 to L1:
          │ > The certificate is renewed
          │ What is left to do: Install it on her laptop, article VPN certificate
          └ T-0001·e7
        ");
        insta::assert_snapshot!(desk.channel(THREAD).as_("mia").last(1).await, @"
        **Deskhand** (bot) · 09:00
          ┌ This is with first contact (L1) again, who know your request. You do not have to do anything.
          └ T-0001·e7
        ");
        // L1 has nothing below
        desk.accepts("ravi", "T-0001").await;
        let line = "/work deescalate ticket:T-0001";
        insta::assert_snapshot!(desk.person("ravi").in_(STAFF).runs(line).await.shown(), @"
        **Deskhand** (bot) · 09:00 (only for Ravi)
          You cannot de-escalate T-0001. Whoever works on it can, or a lead.
        ");
    });
}

#[test]
fn the_chain_shows_who_when_and_how_long() {
    story(async |desk| {
        desk.opens("mia", "The VPN is down").await;
        let none = desk.person("ravi").in_("#l1-queue");
        let none = none.runs("/work handover ticket:T-0001").await;
        insta::assert_snapshot!(none.shown(), @"
        **Deskhand** (bot) · 09:00 (only for Ravi)
          T-0001 has not been handed over: it is with L1, where it was opened ⟨2026-06-15 09:00Z R⟩.
        ");
        desk.claims("ravi", "T-0001").await;
        desk.passes(SignedDuration::from_mins(40)).await;
        desk.escalates("ravi", "T-0001").await;
        desk.passes(SignedDuration::from_mins(5)).await;
        desk.accepts("ivo", "T-0001").await;
        desk.passes(SignedDuration::from_hours(3)).await;
        desk.escalates("ivo", "T-0001").await;
        let chain = desk.person("noor").in_(STAFF).runs("/work handover").await;
        insta::assert_snapshot!(chain.shown(), @"
        **Deskhand** (bot) · 12:45 (only for Noor)
          ┌ T-0001: its hand-overs
          │ L1 for 40 min
          │ L2 for 3 h 5 min
          │ L3 since ⟨2026-06-15 12:45Z R⟩, @Noor
          │ L2 → L3: ⟨2026-06-15 12:45Z f⟩, by @Ivo
          │ not answered yet
          │ What this is about: Mia's VPN stays on connecting since this morning, at home and in the office
          │ Tried so far: Restarted the client, switched Wi-Fi off and on
          │ Findings: The gateway answers, the login does not: probably the certificate
          │ What is asked of the next tier: Look at the gateway's log for mia and renew the certificate
          │ What the requester was told: A specialist takes over today
          └ Page 2 of 2
          [Back] (Next)
        ");
        let first = chain.presses("Back").await;
        insta::assert_snapshot!(first.shown(), @"
        **Deskhand** (bot) · 12:45 (only for Noor)
          ┌ T-0001: its hand-overs
          │ L1 for 40 min
          │ L2 for 3 h 5 min
          │ L3 since ⟨2026-06-15 12:45Z R⟩, @Noor
          │ L1 → L2: ⟨2026-06-15 09:40Z f⟩, by @Ravi
          │ accepted by @Ivo after 5 min
          │ What this is about: Mia's VPN stays on connecting since this morning, at home and in the office
          │ Tried so far: Restarted the client, switched Wi-Fi off and on
          │ Findings: The gateway answers, the login does not: probably the certificate
          │ What is asked of the next tier: Look at the gateway's log for mia and renew the certificate
          │ What the requester was told: A specialist takes over today
          └ Page 1 of 2
          (Back) [Next]
        ");

        let hers = desk.person("mia").in_(THREAD).runs("/ticket history").await;
        insta::assert_snapshot!(hers.shown(), @"
        **Deskhand** (bot) · 12:45 (only for Mia)
          ┌ T-0001: what happened
          │ ⟨2026-06-15 09:00Z f⟩ · opened as P4 by @Mia
          │ ⟨2026-06-15 09:00Z f⟩ · @Ravi takes it
          │ ⟨2026-06-15 09:40Z f⟩ · it goes first contact (L1) → the specialists (L2)
          │ ⟨2026-06-15 09:45Z f⟩ · @Ivo accepts it
          └ ⟨2026-06-15 12:45Z f⟩ · it goes the specialists (L2) → the experts (L3)
        ");
        let his = desk.person("noor").in_(STAFF).runs("/ticket history").await;
        insta::assert_snapshot!(his.shown(), @"
        **Deskhand** (bot) · 12:45 (only for Noor)
          ┌ T-0001: what happened
          │ ⟨2026-06-15 09:00Z f⟩ · opened as P4 by @Mia
          │ ⟨2026-06-15 09:00Z f⟩ · @Ravi takes it
          │ ⟨2026-06-15 09:40Z f⟩ · @Ravi hands it over L1 → L2: Mia's VPN stays on connecting since this morning, at home and in the office
          │ ⟨2026-06-15 09:40Z f⟩ · offered to @Ivo
          │ ⟨2026-06-15 09:45Z f⟩ · @Ivo accepts it
          │ ⟨2026-06-15 12:45Z f⟩ · @Ivo hands it over L2 → L3: Mia's VPN stays on connecting since this morning, at home and in the office
          └ ⟨2026-06-15 12:45Z f⟩ · offered to @Noor
        ");
    });
}
