//! Whatever people write, nobody is pinged by it (`SECURITY` A01 to A04). The oracle reads the ledger after every story;
//! this one gives it something to find.

use serde_json::Value;

use crate::harness::{HAND_OVER, story};

/// All ways to ping, and to hide that one does.
const BAIT: &str =
    "@everyone @here <@&1> <@2> @\u{200b}everyone @ever\u{202e}yone [bank](https://evil.example)";

#[test]
fn no_text_pings_or_pretends() {
    story(async |desk| {
        let mia = desk.person("mia").in_("#help");
        let title = format!("Down {BAIT}");
        let title: String = title.chars().take(90).collect();
        let form = mia
            .runs("/ticket open category:network affected:low can_work:medium")
            .await;
        form.submits(&[("title", &title), ("body", BAIT), ("tried", BAIT)])
            .await;
        desk.claims("ravi", "T-0001").await;
        let bait = format!("{BAIT} {BAIT}");
        let texts: Vec<(&str, &str)> = HAND_OVER
            .iter()
            .map(|(name, _)| (*name, bait.as_str()))
            .collect();
        let line = "/work escalate ticket:T-0001";
        let form = desk.person("ravi").in_("#general").runs(line).await;
        form.submits(&texts).await;
        desk.rejects("ivo", "T-0001", &bait).await;
        desk.accepts("ravi", "T-0001").await;
        let line = "/work resolve ticket:T-0001 code:fixed";
        let form = desk.person("ravi").in_("#general").runs(line).await;
        form.submits(&[("done", &bait), ("why_none", &bait)]).await;

        insta::assert_snapshot!(desk.channel("#escalations").as_("nia").transcript().await, @r"
        **Deskhand** (bot) · 09:00
          ┌ T-0001 · L1 → L2 · P4 · sent by @Ravi ⟨2026-06-15 09:00Z R⟩ · ticket less than a minute old
          │ > \@everyone \@here \@deleted-role \@unknown-user \@everyone \@everyone \[bank\](<https://evil.example>) \@everyone \@here \@deleted-role \@unknown-user \@everyone \@everyone \[bank\](<https://evil.example>)
          │ Sent back by @Ivo after less than a minute.
          │ Staff thread: #T-0001 staff · Down @everyone @here <@&1> <@2> @everyone @everyone [bank](https://evil.example)
          └ T-0001
        **Deskhand** (bot) · 09:00
          ┌ T-0001 · sent back L2 → L1 by @Ivo
          │ Down \@everyone \@here \@deleted-role \@unknown-user \@everyone \@everyone \[bank\](<https://evil.example>)
          │ > \@everyone \@here \@deleted-role \@unknown-user \@everyone \@everyone \[bank\](<https://evil.example>) \@everyone \@here \@deleted-role \@unknown-user \@everyone \@everyone \[bank\](<https://evil.example>)
          └ T-0001·e6
        ");
        for who in ["tom", "nia", "kai", "lena"] {
            let world = desk.person(who).world().await;
            let all = ["channels", "threads", "directs"].into_iter();
            let pings: u64 = all
                .flat_map(|kind| world[kind].as_array().cloned().unwrap_or_default())
                .filter_map(|place| place["mentions"].as_u64())
                .sum();
            assert_eq!(pings, 0, "{who} is not called");
        }
        for body in desk.everything_said().await {
            let text = body.to_string();
            for hidden in ['\u{200b}', '\u{202e}'] {
                assert!(!text.contains(hidden), "{text}");
            }
            // In a form's field nothing is a link.
            assert!(
                body["type"] == 9 || !text.contains("](https://evil.example)"),
                "{text}"
            );
        }
    });
}

#[test]
fn a_name_pings_nobody_either() {
    story(async |desk| {
        desk.admin(
            "ada",
            "rename",
            serde_json::json!({"user": "mia", "name": "@everyone <@&1>"}),
        )
        .await;
        desk.opens("mia", "The VPN is down").await;
        insta::assert_snapshot!(desk.channel("#l1-queue").as_("ravi").transcript().await, @"
        **Deskhand** (bot) · 09:00
          ┌ T-0001 · The VPN is down
          │ Requester: @@everyone <@&1>
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

impl crate::harness::Desk {
    /// The body of every message that the bot has sent or changed.
    async fn everything_said(&self) -> Vec<Value> {
        let mut ledger = self.ledger().await;
        // The name of a thread is shown as it is: nothing in it is a link or calls anybody.
        ledger.retain(|line| line["method"] != "GET" && !line["body"]["name"].is_string());
        ledger.iter_mut().map(|line| line["body"].take()).collect()
    }
}
