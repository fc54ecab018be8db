//! The escalation channel: what is posted there, what waits for the morning, and that it is never flooded.

use jiff::SignedDuration;

use deskhand::config::Limits;

use crate::harness::{Desk, Given, story};

const MINUTE: SignedDuration = SignedDuration::from_mins(1);
const HOUR: SignedDuration = SignedDuration::from_hours(1);

/// Mia has a bad morning.
const NO_LIMITS: Limits = Limits {
    asks_per_minute: None,
    guild_asks_per_minute: None,
    openings_per_10_minutes: None,
    openings_per_day: None,
    open_tickets_max: None,
    file_megabytes: None,
};

impl Desk {
    /// A ticket that is handed over at once, by whoever is free to.
    async fn is_handed_over(&self, number: &str) {
        let title = format!("The VPN drops in room {number}");
        self.opens_as("mia", &title, "category:network affected:low can_work:high")
            .await;
        self.claims("ravi", number).await;
        self.escalates("ravi", number).await;
    }

    async fn escalations(&self) -> String {
        self.channel("#escalations").as_("nia").transcript().await
    }

    async fn posts(&self) -> usize {
        let there = self.channel("#escalations").as_("nia");
        there.messages().await.len()
    }
}

#[test]
fn ten_lines_are_posted_one_by_one_and_what_comes_beyond_stands_in_one_message_that_is_kept_current()
 {
    Given::default().limits(NO_LIMITS).story(async |desk| {
        for number in 1..=13 {
            desk.is_handed_over(&format!("T-{number:04}")).await;
        }
        desk.settles().await;
        assert_eq!(desk.posts().await, 11);
        let there = desk.channel("#escalations").as_("nia");
        insta::assert_snapshot!(there.last(1).await, @"
        **Deskhand** (bot) · 09:00
          ┌ Lines together: 3
          │ • T-0011 · L1 → L2 · P3 · sent by @Ravi ⟨2026-06-15 09:00Z R⟩ · ticket less than a minute old · Offered to nobody alone. · Staff thread: #T-0011 staff · The VPN drops in room T-0011
          │ • T-0012 · L1 → L2 · P3 · sent by @Ravi ⟨2026-06-15 09:00Z R⟩ · ticket less than a minute old · Offered to nobody alone. · Staff thread: #T-0012 staff · The VPN drops in room T-0012
          │ • T-0013 · L1 → L2 · P3 · sent by @Ravi ⟨2026-06-15 09:00Z R⟩ · ticket less than a minute old · Offered to nobody alone. · Staff thread: #T-0013 staff · The VPN drops in room T-0013
          └ 3 hand-overs wait for somebody. · lines·1
        ");
        desk.passes(MINUTE * 4).await;
        // One that stands alone, and one that stands with others.
        desk.accepts("ivo", "T-0001").await;
        desk.accepts("ivo", "T-0011").await;
        desk.accepts("lena", "T-0012").await;
        desk.settles().await;
        insta::assert_snapshot!(there.last(1).await, @"
        **Deskhand** (bot) · 09:00
          ┌ Lines together: 3
          │ • T-0013 · L1 → L2 · P3 · sent by @Ravi ⟨2026-06-15 09:00Z R⟩ · ticket less than a minute old · Offered to nobody alone. · Staff thread: #T-0013 staff · The VPN drops in room T-0013
          │ • T-0011 · L1 → L2 · P3 · sent by @Ravi ⟨2026-06-15 09:00Z R⟩ · ticket less than a minute old · Taken by @Ivo after 4 min. · Staff thread: #T-0011 staff · The VPN drops in room T-0011
          │ • T-0012 · L1 → L2 · P3 · sent by @Ravi ⟨2026-06-15 09:00Z R⟩ · ticket less than a minute old · Taken by @Lena after 4 min. · Staff thread: #T-0012 staff · The VPN drops in room T-0012
          └ One hand-over waits for somebody. · lines·1
        ");
        assert!(desk.escalations().await.contains("after 4 min"));
        assert_eq!(desk.posts().await, 11);
        // After a while it is quiet enough again.
        desk.passes(MINUTE * 11).await;
        desk.is_handed_over("T-0014").await;
        desk.settles().await;
        assert_eq!(desk.posts().await, 12);
    });
}

#[test]
fn what_waits_for_the_morning_comes_when_the_quiet_hours_are_changed() {
    story(async |desk| {
        let nia = desk.person("nia").in_("#leads");
        nia.runs("/lead escalations quiet:08:30-12:00").await;
        desk.opens("mia", "The VPN is down").await;
        desk.claims("ravi", "T-0001").await;
        desk.escalates("ravi", "T-0001").await;
        let lines = desk.channel("#escalations").as_("nia");
        assert_eq!(lines.messages().await.len(), 0);
        // Later than they said first, and not at both times.
        nia.runs("/lead escalations quiet:08:30-13:00").await;
        desk.passes(SignedDuration::from_mins(185)).await;
        assert_eq!(lines.messages().await.len(), 0);
        nia.runs("/lead escalations quiet:off").await;
        desk.settles().await;
        let shown = lines.transcript().await;
        assert!(shown.contains("T-0001"), "{shown}");
        desk.passes(SignedDuration::from_mins(120)).await;
        assert_eq!(lines.messages().await.len(), 1);
    });
}

#[test]
fn in_quiet_hours_lines_wait_for_the_morning_and_a_p1_does_not() {
    story(async |desk| {
        let nia = desk.person("nia").in_("#leads");
        insta::assert_snapshot!(nia.runs("/lead escalations").await.shown(), @"
        **Deskhand** (bot) · 09:00 (only for Nia)
          In the escalation channel stands every line.
          There are no quiet hours.
          Ten lines within ten minutes are posted one by one; what comes beyond stands together in one message that is kept current.
        ");
        insta::assert_snapshot!(nia.runs("/lead escalations quiet:10-12").await.shown(), @"
        **Deskhand** (bot) · 09:00 (only for Nia)
          The option `quiet` needs two times of the day, such as 22:00-06:00, or the word off. Correct it and try again.
        ");
        insta::assert_snapshot!(nia.runs("/lead escalations quiet:09:30-11:00").await.shown(), @"
        **Deskhand** (bot) · 09:00 (only for Nia)
          In the escalation channel stands every line.
          From 09:30 to 11:00, by the clocks of UTC, nothing is posted but P1; the rest comes together at 11:00.
          Ten lines within ten minutes are posted one by one; what comes beyond stands together in one message that is kept current.
        ");
        desk.passes(MINUTE * 45).await;
        desk.is_handed_over("T-0001").await;
        desk.passes(MINUTE * 5).await;
        desk.is_handed_over("T-0002").await;
        desk.opens_as(
            "tom",
            "The whole site is offline",
            "category:network affected:high can_work:high",
        )
        .await;
        desk.claims("sami", "T-0003").await;
        desk.escalates("sami", "T-0003").await;
        desk.settles().await;
        desk.accepts("ivo", "T-0003").await;
        desk.resolves("ivo", "T-0003").await;
        desk.settles().await;
        // The P1 alone, as it always was.
        insta::assert_snapshot!(desk.escalations().await, @"
        **Deskhand** (bot) · 09:50
          ┌ T-0003 · L1 → L2 · P1 · sent by @Sami ⟨2026-06-15 09:50Z R⟩ · ticket less than a minute old
          │ > Mia's VPN stays on connecting since this morning, at home and in the office
          │ Taken by @Ivo after less than a minute.
          │ Staff thread: #T-0003 staff · The whole site is offline
          └ T-0003
        ");
        // What was answered meanwhile is known in the morning, also where the desk was started anew in between.
        desk.restarts().await;
        desk.passes(MINUTE * 4).await;
        desk.accepts("ivo", "T-0002").await;
        desk.accepts("lena", "T-0002").await;
        desk.passes(HOUR + MINUTE * 7).await;
        let there = desk.channel("#escalations").as_("nia");
        insta::assert_snapshot!(there.last(1).await, @"
        **Deskhand** (bot) · 11:00
          ┌ Lines together: 2
          │ • T-0001 · L1 → L2 · P3 · sent by @Ravi ⟨2026-06-15 09:45Z R⟩ · ticket less than a minute old · Offered to @Ivo. · Staff thread: #T-0001 staff · The VPN drops in room T-0001
          │ • T-0002 · L1 → L2 · P3 · sent by @Ravi ⟨2026-06-15 09:50Z R⟩ · ticket less than a minute old · Taken by @Lena after 4 min. · Staff thread: #T-0002 staff · The VPN drops in room T-0002
          └ One hand-over waits for somebody. · lines·1
        ");
        assert_eq!(desk.posts().await, 2);
    });
}

#[test]
fn leads_read_only_what_is_urgent_enough_for_them() {
    story(async |desk| {
        let nia = desk.person("nia").in_("#leads");
        insta::assert_snapshot!(nia.runs("/lead escalations from:P2").await.shown(), @"
        **Deskhand** (bot) · 09:00 (only for Nia)
          In the escalation channel stands every line about P2 and what is more urgent; the rest is in the tickets' histories.
          There are no quiet hours.
          Ten lines within ten minutes are posted one by one; what comes beyond stands together in one message that is kept current.
        ");
        desk.is_handed_over("T-0001").await;
        desk.passes(MINUTE * 4).await;
        desk.accepts("ivo", "T-0001").await;
        desk.accepts("lena", "T-0001").await;
        desk.settles().await;
        assert_eq!(desk.posts().await, 0);
        desk.opens_as(
            "tom",
            "The whole team is offline",
            "category:network affected:medium can_work:high",
        )
        .await;
        desk.claims("ravi", "T-0002").await;
        desk.escalates("ravi", "T-0002").await;
        desk.settles().await;
        assert_eq!(desk.posts().await, 1);
        insta::assert_snapshot!(nia.runs("/admin config").await.shown(), @"
        **Deskhand** (bot) · 09:04 (only for Nia)
          This is for Desk admin. Ask a desk admin if you should have that role.
        ");
        let ada = desk.person("ada").in_("#leads");
        insta::assert_snapshot!(ada.runs("/admin config").await.shown(), @"
        **Deskhand** (bot) · 09:04 (only for Ada)
          ┌ How tickets find somebody
          │ L1: nobody is asked, whoever can takes one, up to 12 units each.
          │ L2: the least busy first, up to 8 units each.
          │ L3: the least busy first, up to 5 units each.
          │
          │ In the escalation channel stands every line about P2 and what is more urgent; the rest is in the tickets' histories.
          │ There are no quiet hours.
          │ Ten lines within ten minutes are posted one by one; what comes beyond stands together in one message that is kept current.
          │ The leads' channel reads by itself what the desk did, by the clocks of UTC:
          │ - each day: off
          │ - each week: off
          │
          └ Choose below how the next person is picked at each tier, and whom to put down for which categories. How much each can have is typed: `/admin config tier:L1 capacity:12`.
          ⟨L1: nobody is asked, whoever can takes one: L1: everybody in turn | L1: the least busy first | *L1: nobody is asked*⟩
          ⟨L2: the least busy first: L2: everybody in turn | *L2: the least busy first* | L2: nobody is asked⟩
          ⟨L3: the least busy first: L3: everybody in turn | *L3: the least busy first* | L3: nobody is asked⟩
          ⟨Whom to put down for categories: people⟩
        ");
    });
}
