//! Confidential tickets: named people only.

use crate::harness::{Desk, HAND_OVER, story};

const THREAD: &str = "T-0001 · Somebody reads my mail";
const STAFF: &str = "T-0001 staff · Somebody reads my mail";

impl Desk {
    async fn opens_in_confidence(&self) {
        self.opens_as(
            "mia",
            "Somebody reads my mail",
            "category:security affected:low can_work:medium",
        )
        .await;
    }
}

#[test]
fn only_its_people_see_it() {
    story(async |desk| {
        desk.opens_in_confidence().await;

        assert!(desk.person("mia").sees(THREAD).await);
        for who in ["tom", "nia", "ravi", "ivo"] {
            assert!(
                !desk.person(who).sees(THREAD).await,
                "{who} does not see it"
            );
        }
        let card = desk.channel("#l1-queue").as_("ravi").transcript().await;
        insta::assert_snapshot!(card, @"
        **Deskhand** (bot) · 09:00
          ┌ T-0001 · confidential
          │ About: Security (confidential)
          │ Priority: P2 · one person · there is a workaround
          │ State: in the queue
          │ With: nobody yet
          │ Opened: ⟨2026-06-15 09:00Z R⟩
          │ Promised: the first answer: ⟨2026-06-15 09:30Z f⟩ (⟨2026-06-15 09:30Z R⟩)
          │ the solution: ⟨2026-06-15 17:00Z f⟩ (⟨2026-06-15 17:00Z R⟩)
          └ T-0001·L1
          [Claim] [Show]
          [Go to the thread ↗]
        ");
        assert!(
            !card.contains("Somebody reads my mail") && !card.contains("Mia"),
            "{card}"
        );

        desk.person("ravi").in_("#l1-queue").presses("Claim").await;
        assert!(
            desk.person("ravi").sees(THREAD).await,
            "whoever works on it is invited"
        );
        insta::assert_snapshot!(desk.channel(THREAD).as_("mia").transcript().await, @"
        · Deskhand added Mia to the thread · 09:00
        **Deskhand** (bot) · 09:00
          @Mia, the desk has your request.
          ┌ T-0001 · Somebody reads my mail
          │ Next, first contact (L1) looks at it, and you read here who takes it.
          │ Add whatever helps in the meantime: a screenshot, an error message word for word, what you tried.
          │ You hear from us by ⟨2026-06-15 09:30Z f⟩.
          │ What happens: It stays on connecting since nine.
          └ T-0001·e1
        · Deskhand added Ravi to the thread · 09:00
        **Deskhand** (bot) · 09:00
          ┌ @Ravi takes care of this now, for first contact (L1).
          └ T-0001·e2
        ");
    });
}

#[test]
fn the_escalation_channel_reads_no_word_of_it() {
    story(async |desk| {
        desk.opens_in_confidence().await;
        desk.claims("ravi", "T-0001").await;
        let form = desk.person("ravi").in_(THREAD).runs("/work escalate").await;
        form.submits(HAND_OVER).await;

        let line = desk.channel("#escalations").as_("nia").transcript().await;
        insta::assert_snapshot!(line, @"
        **Deskhand** (bot) · 09:00
          ┌ T-0001 · L1 → L2 · P2 · sent by @Ravi ⟨2026-06-15 09:00Z R⟩ · ticket less than a minute old
          │ Offered to @Ivo.
          └ T-0001·e4
        ");
        for text in HAND_OVER
            .iter()
            .map(|(_, text)| text)
            .chain(&["Somebody reads my mail"])
        {
            assert!(!line.contains(text), "{line}");
        }
        assert!(
            !desk.person("nia").sees(STAFF).await,
            "not even leads by their role"
        );
        assert!(
            desk.person("ivo").sees(STAFF).await,
            "who is asked is invited"
        );
        assert!(!desk.person("lena").sees(STAFF).await);
        insta::assert_snapshot!(desk.channel(STAFF).as_("ivo").transcript().await, @r"
        · Deskhand added Ravi to the thread · 09:00
        **Deskhand** (bot) · 09:00
          @Ivo, this hand-over is offered to you: accept it, or send it back with a reason.
          ┌ Hand-over L1 → L2 · T-0001
          │ Sent by @Ravi
          │ What this is about: Mia's VPN stays on connecting since this morning, at home and in the office
          │ Tried so far: Restarted the client, switched Wi-Fi off and on
          │ Findings: The gateway answers, the login does not: probably the certificate
          │ What is asked of the next tier: Look at the gateway's log for mia and renew the certificate
          │ What the requester was told: A specialist takes over today
          └ T-0001·e4
          [Accept] [Send back]
        ");
    });
}

#[test]
fn a_lead_cannot_look_it_up() {
    story(async |desk| {
        desk.opens_in_confidence().await;
        desk.claims("ravi", "T-0001").await;
        let nia = desk.person("nia").in_("#leads");
        let shown = nia.runs("/ticket show ticket:T-0001").await;
        insta::assert_snapshot!(shown.shown(), @r"
        **Deskhand** (bot) · 09:00 (only for Nia)
          No ticket T-0001 that you can see. Check the number, or find yours with `/ticket list`.
        ");
        let list = nia.runs("/ticket list which:active").await;
        assert!(
            !list.shown().contains("Somebody reads my mail"),
            "{}",
            list.shown()
        );
    });
}
