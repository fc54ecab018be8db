//! What the tiers have of each other: leave for a change, and lessons.

use crate::harness::story;

const ACCESS: &str = "category:access affected:low can_work:medium";
const STAFF: &str = "T-0001 staff · Please open the payroll folder";

#[test]
fn what_the_experts_end_teaches_the_tiers_below() {
    story(async |desk| {
        desk.opens("mia", "The VPN is down").await;
        desk.claims("ravi", "T-0001").await;
        desk.escalates("ravi", "T-0001").await;
        desk.accepts("ivo", "T-0001").await;
        desk.escalates("ivo", "T-0001").await;
        desk.accepts("noor", "T-0001").await;
        let line = "/work resolve ticket:T-0001 code:fixed article:network/vpn-does-not-connect";
        let form = desk.person("noor").in_("#l3-queue").runs(line).await;
        insta::assert_snapshot!(form.shown(), @"
        Form: Resolve T-0001
          What was done? The requester reads this. *:
          A lesson for the tiers below *:
        ");
        let texts = [
            ("done", "The gateway has a new certificate."),
            (
                "lesson",
                "Look at the certificate's date first: `show cert` on the gateway.",
            ),
        ];
        form.submits(&texts).await;
        insta::assert_snapshot!(desk.channel("#l1-queue").as_("ravi").last(1).await, @r"
        **Deskhand** (bot) · 09:00
          ┌ A lesson from T-0001 · The VPN is down
          │ @Noor solved what was handed up, and leaves this for the tiers below.
          │ How it ended: The gateway has a new certificate.
          │ What you can do next time: Look at the certificate's date first: \`show cert\` on the gateway.
          └ T-0001·e9
        ");
        assert!(
            desk.channel("#l2-queue")
                .as_("ivo")
                .last(1)
                .await
                .contains("A lesson from T-0001")
        );
        assert!(
            !desk
                .channel("#l3-queue")
                .as_("noor")
                .transcript()
                .await
                .contains("A lesson from"),
            "who gave it does not need it"
        );
        insta::assert_snapshot!(
            desk.channel("T-0001 staff · The VPN is down").as_("ravi").last(1).await, @"
        **Deskhand** (bot) · 09:00
          ┌ T-0001 is resolved
          │ > The gateway has a new certificate.
          │ More about it: VPN does not connect
          │ How it ended: @Noor · Fixed: the cause is gone
          └ T-0001·e9
        ");
        let hers = desk
            .channel("T-0001 · The VPN is down")
            .as_("mia")
            .transcript()
            .await;
        assert!(!hers.contains("show cert"), "{hers}");
        let hers = desk
            .person("mia")
            .in_("#help")
            .runs("/ticket history ticket:T-0001")
            .await;
        assert!(!hers.shown().contains("show cert"));
    });
}

#[test]
fn l2_changes_rights_only_with_the_word_of_l3_or_a_lead() {
    story(async |desk| {
        desk.opens_as("mia", "Please open the payroll folder", ACCESS)
            .await;
        desk.claims("ravi", "T-0001").await;
        desk.escalates("ravi", "T-0001").await;
        desk.accepts("ivo", "T-0001").await;
        let no = desk.resolves("ivo", "T-0001").await;
        insta::assert_snapshot!(no.shown(), @"
        **Deskhand** (bot) · 09:00 (only for Ivo)
          T-0001 is about rights, and L2 changes those with the word of L3 or of a lead. Ask for it first: *Ask for leave* in `/ticket show`.
          ┌ What you typed is not lost; copy it from here and try again.
          └ How it ended: > The certificate was renewed; connect again and it works.
        ");

        let shown = desk
            .person("ivo")
            .in_("#l2-queue")
            .runs("/ticket show ticket:T-0001")
            .await;
        let form = shown.presses("Ask for leave").await;
        insta::assert_snapshot!(form.shown(), @"
        Form: Leave for a change in T-0001
          What is to be changed, and why *:
        ");
        let asked = form
            .submits(&[("change", "Add Mia to the payroll group")])
            .await;
        insta::assert_snapshot!(asked.shown(), @"
        **Deskhand** (bot) · 09:00 (only for Ivo)
          L3 is asked. The answer comes in the staff thread of T-0001.
        ");
        insta::assert_snapshot!(desk.channel(STAFF).as_("kai").last(1).await, @"
        **Deskhand** (bot) · 09:00
          @Noor, @Kai, T-0001 waits for your word: approve the change or decline it.
          ┌ @Ivo asks for leave to make a change for T-0001
          │ > Add Mia to the payroll group
          └ T-0001·e6
          [Approve] [Decline]
        ");

        // Ivo cannot answer it himself, nor can L1
        for who in ["ivo", "ravi"] {
            let no = desk.person(who).in_(STAFF).presses("Approve").await;
            assert!(
                no.shown().contains("cannot") || no.shown().contains("No ticket"),
                "{}",
                no.shown()
            );
        }
        let form = desk.person("kai").in_(STAFF).presses("Decline").await;
        form.submits(&[("reason", "Her manager has to say so first")])
            .await;
        insta::assert_snapshot!(desk.channel(STAFF).as_("ivo").last(1).await, @"
        **Deskhand** (bot) · 09:00
          @Ivo, here is the answer.
          ┌ @Kai does not give leave for the change.
          │ > Her manager has to say so first
          └ T-0001·e7
        ");
        let no = desk.resolves("ivo", "T-0001").await;
        assert!(no.shown().contains("with the word of L3"), "{}", no.shown());

        // asked again, and a lead agrees
        let shown = desk
            .person("ivo")
            .in_("#l2-queue")
            .runs("/ticket show ticket:T-0001")
            .await;
        let form = shown.presses("Ask for leave").await;
        form.submits(&[("change", "Her manager wrote to me: add Mia")])
            .await;
        let yes = desk.person("nia").in_(STAFF).presses("Approve").await;
        insta::assert_snapshot!(yes.shown(), @"
        **Deskhand** (bot) · 09:00 (only for Nia)
          You gave leave for the change in T-0001.
        ");
        let twice = desk.person("kai").in_(STAFF).presses("Approve").await;
        insta::assert_snapshot!(twice.shown(), @"
        **Deskhand** (bot) · 09:00 (only for Kai)
          Nobody waits for leave in T-0001, or it was answered already. `/ticket history` shows by whom.
        ");
        let done = desk.resolves("ivo", "T-0001").await;
        insta::assert_snapshot!(done.shown(), @"
        **Deskhand** (bot) · 09:00 (only for Ivo)
          T-0001 is resolved. The requester reads what you wrote in the thread.
          [Go to the thread ↗] [Go to the staff thread ↗]
        ");
        let history = desk.person("ivo").in_("#l2-queue");
        let history = history.runs("/ticket history ticket:T-0001").await;
        insta::assert_snapshot!(history.shown(), @"
        **Deskhand** (bot) · 09:00 (only for Ivo)
          ┌ T-0001: what happened
          │ ⟨2026-06-15 09:00Z f⟩ · opened as P4 by @Mia
          │ ⟨2026-06-15 09:00Z f⟩ · @Ravi takes it
          │ ⟨2026-06-15 09:00Z f⟩ · @Ravi hands it over L1 → L2: Mia's VPN stays on connecting since this morning, at home and in the office
          │ ⟨2026-06-15 09:00Z f⟩ · offered to @Ivo
          │ ⟨2026-06-15 09:00Z f⟩ · @Ivo accepts it
          │ ⟨2026-06-15 09:00Z f⟩ · @Ivo asks for leave: Add Mia to the payroll group
          │ ⟨2026-06-15 09:00Z f⟩ · @Kai does not give leave: Her manager has to say so first
          │ ⟨2026-06-15 09:00Z f⟩ · @Ivo asks for leave: Her manager wrote to me: add Mia
          │ ⟨2026-06-15 09:00Z f⟩ · @Nia gives leave
          └ ⟨2026-06-15 09:00Z f⟩ · @Ivo resolves it: The certificate was renewed; connect again and it works.
        ");
    });
}
