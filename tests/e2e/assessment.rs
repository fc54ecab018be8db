//! How much a ticket matters, corrected by those who know better: nobody sets a priority, it follows.

use jiff::SignedDuration;

use crate::harness::story;

const THREAD: &str = "T-0001 · The VPN is down";

#[test]
fn the_priority_follows_from_what_is_corrected() {
    story(async |desk| {
        desk.opens("mia", "The VPN is down").await;
        desk.claims("ravi", "T-0001").await;
        let shown = desk.person("ravi").in_(THREAD).runs("/ticket show").await;
        let asked = shown.presses("Priority").await;
        insta::assert_snapshot!(asked.shown(), @"
        **Deskhand** (bot) · 09:00 (only for Ravi)
          T-0001: what is it about, and how much does it matter? The priority follows.
          ⟨What is it about?: Account and password | Access and permissions | Computer and hardware | Software and licences | *Network, Wi-Fi and VPN* | Mail and calendar | Printing and scanning | Phones | Meetings and rooms | Files and shared drives | Lost data | Security (confidential) | Joiners, leavers, personal (confidential) | Something else⟩
          ⟨How many are affected?: *One person* | A team, several people | A whole site, everybody, or a critical service⟩
          ⟨Can you work?: No, work stops | *Yes, with a workaround* | Yes, it can wait⟩
        ");
        let wider = asked
            .chooses("How many are affected?", "A team, several people")
            .await;
        insta::assert_snapshot!(wider.shown(), @"
        **Deskhand** (bot) · 09:00 (only for Ravi)
          T-0001 is P3 now.
        ");
        // A P1 calls everybody
        let line = "/work impact ticket:T-0001 impact:high";
        desk.person("nia").in_("#l1-queue").runs(line).await;
        let line = "/work urgency ticket:T-0001 urgency:high";
        let urgent = desk.person("nia").in_("#l1-queue").runs(line).await;
        insta::assert_snapshot!(urgent.shown(), @"
        **Deskhand** (bot) · 09:00 (only for Nia)
          T-0001 is P1 now.
        ");
        // A moment later, as it may have been a slip of the hand
        desk.passes(SignedDuration::from_secs(10)).await;
        insta::assert_snapshot!(desk.channel("#leads").as_("nia").last(1).await, @"
        **Deskhand** (bot) · 09:00
          ┌ T-0001 is P1, at L1. Everybody on duty there is called.
          │ The VPN is down
          └ T-0001·e6
        ");
        let same = desk.person("nia").in_("#l1-queue").runs(line).await;
        insta::assert_snapshot!(same.shown(), @"
        **Deskhand** (bot) · 09:00 (only for Nia)
          T-0001 stays P1.
        ");
        let line = "/work category ticket:T-0001 category:hardware";
        let about = desk.person("ravi").in_(THREAD).runs(line).await;
        insta::assert_snapshot!(about.shown(), @"
        **Deskhand** (bot) · 09:00 (only for Ravi)
          T-0001 is about Computer and hardware now, and P1.
        ");
        let card = desk.channel("#l1-queue").as_("ravi").transcript().await;
        assert!(card.contains("Priority: P1"), "the card follows: {card}");
    });
}

#[test]
fn what_leads_have_read_does_not_become_confidential_and_others_correct_nothing() {
    story(async |desk| {
        desk.opens("mia", "The VPN is down").await;
        desk.claims("ravi", "T-0001").await;
        let mut sentences = Vec::new();
        for (who, line) in [
            ("ravi", "/work category ticket:T-0001 category:security"),
            ("sami", "/work impact ticket:T-0001 impact:high"),
            ("mia", "/work urgency ticket:T-0001 urgency:high"),
        ] {
            let answer = desk.person(who).in_("#general").runs(line).await;
            sentences.push(answer.shown().to_owned());
        }
        insta::assert_snapshot!(sentences.join("\n"), @"
        **Deskhand** (bot) · 09:00 (only for Ravi)
          T-0001 cannot become confidential: leads can read its thread already. Open a new ticket about this, and end this one.

        **Deskhand** (bot) · 09:00 (only for Sami)
          You cannot reassess T-0001. Whoever works on it can, or a lead.

        **Deskhand** (bot) · 09:00 (only for Mia)
          This is for L1, L2, L3 or Lead. Ask a desk admin if you should have that role.
        ");
        let changed = desk
            .database("select printf('%d %s', priority, category) from ticket")
            .await;
        assert_eq!(changed, "4 network", "nothing was changed");
    });
}
