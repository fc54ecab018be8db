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
        insta::assert_snapshot!(card, @"");
        assert!(
            !card.contains("Somebody reads my mail") && !card.contains("Mia"),
            "{card}"
        );

        desk.person("ravi").in_("#l1-queue").presses("Claim").await;
        assert!(
            desk.person("ravi").sees(THREAD).await,
            "whoever works on it is invited"
        );
        insta::assert_snapshot!(desk.channel(THREAD).as_("mia").transcript().await, @"");
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
        insta::assert_snapshot!(line, @"");
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
        insta::assert_snapshot!(desk.channel(STAFF).as_("ivo").transcript().await, @"");
    });
}

#[test]
fn a_lead_cannot_look_it_up() {
    story(async |desk| {
        desk.opens_in_confidence().await;
        desk.claims("ravi", "T-0001").await;
        let nia = desk.person("nia").in_("#leads");
        let shown = nia.runs("/ticket show ticket:T-0001").await;
        insta::assert_snapshot!(shown.shown(), @"");
        let list = nia.runs("/ticket list which:active").await;
        assert!(
            !list.shown().contains("Somebody reads my mail"),
            "{}",
            list.shown()
        );
    });
}
