//! The board of the leads: one message that stays current.

use jiff::SignedDuration;

use crate::harness::{Desk, Given};

const HOUR: SignedDuration = SignedDuration::from_hours(1);
const LOOKED_AT_AGAIN: SignedDuration = SignedDuration::from_secs(20);

impl Desk {
    async fn leads_read(&self) -> String {
        self.channel("#leads").as_("nia").transcript().await
    }

    /// Waits until the leads read that on their board.
    async fn board_says(&self, text: &str) {
        let what = format!("the board says {text:?}");
        self.eventually(&what, async || self.leads_read().await.contains(text))
            .await;
        self.settles().await;
    }
}

#[test]
fn one_message_shows_what_can_still_be_helped_and_then_what_is_late() {
    Given::default().with_board().story(async |desk| {
        desk.passes(LOOKED_AT_AGAIN).await;
        desk.board_says("somebody has everything").await;
        desk.opens_as(
            "mia",
            "The VPN is down",
            "category:network affected:low can_work:high",
        )
        .await;
        desk.opens_as(
            "tom",
            "My contract was read by others",
            "category:security affected:low can_work:low",
        )
        .await;
        desk.passes(LOOKED_AT_AGAIN).await;
        desk.board_says("not taken").await;
        insta::assert_snapshot!(desk.leads_read().await, @"
        **Deskhand** (bot) · 09:00
          @Ada, the set-up is done as far as it goes.
          -# desk·r
        **Deskhand** (bot) · 09:00
          ┌ The desk now
          │ **Nobody has taken it yet: 2**
          │ T-0001 · L1 · P3 · The VPN is down
          │ opened ⟨2026-06-15 09:00Z R⟩ · with nobody
          │ T-0002 · L1 · P2 · confidential
          │ opened ⟨2026-06-15 09:00Z R⟩ · with nobody
          │ L1: **2 open** · 2 not taken
          │ At work: @Ravi (0 of 12), @Sami (0 of 12)
          │ L2: Nothing open
          │ At work: @Ivo (0 of 8), @Lena (0 of 8)
          │ L3: Nothing open
          └ At work: @Noor (0 of 5), @Kai (0 of 5)
        ");

        desk.claims("ravi", "T-0001").await;
        desk.passes(HOUR * 3).await;
        desk.board_says("about to be late").await;
        insta::assert_snapshot!(desk.leads_read().await, @"
        **Deskhand** (bot) · 09:00
          @Ada, the set-up is done as far as it goes.
          -# desk·r
        **Deskhand** (bot) · 09:00
          ┌ The desk now
          │ **About to be late: 1**
          │ T-0001 · L1 · P3 · The VPN is down
          │ the first answer: ⟨2026-06-15 13:00Z R⟩ · with @Ravi
          │
          │ **Late: 1**
          │ T-0002 · L3 · P2 · confidential
          │ the first answer: ⟨2026-06-15 09:30Z R⟩ · with nobody
          │
          │ **Nobody has taken it yet: 1**
          │ T-0002 · L3 · P2 · confidential
          │ opened ⟨2026-06-15 09:00Z R⟩ · with nobody
          │ L1: **1 open** · **1 about to be late**
          │ At work: @Ravi (2 of 12), @Sami (0 of 12)
          │ L2: Nothing open
          │ At work: @Ivo (0 of 8), @Lena (0 of 8)
          │ L3: **1 open** · **1 late** · 1 not taken
          └ At work: @Noor (0 of 5), @Kai (0 of 5)
        **Deskhand** (bot) · 09:15
          ┌ **T-0002** · P2 · nobody at L1 has taken it for 15 min
          └ T-0002·e2
        **Deskhand** (bot) · 09:22
          @Nia: look at T-0002.
          ┌ 75 % of the time for the first answer of T-0002 is used up: it runs out ⟨2026-06-15 09:30Z R⟩.
          └ T-0002·e3
        **Deskhand** (bot) · 09:30
          @Nia: look at T-0002.
          ┌ **T-0002** · P2 · the time for the first answer ran out ⟨2026-06-15 09:30Z R⟩
          │ with @Ivo · opened 30 min before
          └ T-0002·e8
        **Deskhand** (bot) · 09:45
          ┌ **T-0002** · P2 · nobody at L2 has taken it for 15 min
          └ T-0002·e9
        **Deskhand** (bot) · 10:15
          ┌ **T-0002** · P2 · nobody at L3 has taken it for 15 min
          └ T-0002·e15
        **Deskhand** (bot) · 10:30
          @Nia: nobody takes T-0002.
          ┌ **T-0002** · P2 · nobody at L3 has taken it for 30 min
          │ Nobody is called again by itself. Find somebody, or take it.
          └ T-0002·e18
        **Deskhand** (bot) · 10:30
          ┌ T-0002 waits at L3, and nobody on duty there can be offered it. Find somebody, or take it.
          └ T-0002·e19
        ");

        desk.passes(HOUR).await;
        desk.board_says("Late: ").await;
        insta::assert_snapshot!(desk.leads_read().await, @"
        **Deskhand** (bot) · 09:00
          @Ada, the set-up is done as far as it goes.
          -# desk·r
        **Deskhand** (bot) · 09:00
          ┌ The desk now
          │ **Late: 2**
          │ T-0002 · L3 · P2 · confidential
          │ the first answer: ⟨2026-06-15 09:30Z R⟩ · with nobody
          │ T-0001 · L1 · P3 · The VPN is down
          │ the first answer: ⟨2026-06-15 13:00Z R⟩ · with @Ravi
          │
          │ **Nobody has taken it yet: 1**
          │ T-0002 · L3 · P2 · confidential
          │ opened ⟨2026-06-15 09:00Z R⟩ · with nobody
          │ L1: **1 open** · **1 late**
          │ At work: @Ravi (2 of 12), @Sami (0 of 12)
          │ L2: Nothing open
          │ At work: @Ivo (0 of 8), @Lena (0 of 8)
          │ L3: **1 open** · **1 late** · 1 not taken
          └ At work: @Noor (0 of 5), @Kai (0 of 5)
        **Deskhand** (bot) · 09:15
          ┌ **T-0002** · P2 · nobody at L1 has taken it for 15 min
          └ T-0002·e2
        **Deskhand** (bot) · 09:22
          @Nia: look at T-0002.
          ┌ 75 % of the time for the first answer of T-0002 is used up: it runs out ⟨2026-06-15 09:30Z R⟩.
          └ T-0002·e3
        **Deskhand** (bot) · 09:30
          @Nia: look at T-0002.
          ┌ **T-0002** · P2 · the time for the first answer ran out ⟨2026-06-15 09:30Z R⟩
          │ with @Ivo · opened 30 min before
          └ T-0002·e8
        **Deskhand** (bot) · 09:45
          ┌ **T-0002** · P2 · nobody at L2 has taken it for 15 min
          └ T-0002·e9
        **Deskhand** (bot) · 10:15
          ┌ **T-0002** · P2 · nobody at L3 has taken it for 15 min
          └ T-0002·e15
        **Deskhand** (bot) · 10:30
          @Nia: nobody takes T-0002.
          ┌ **T-0002** · P2 · nobody at L3 has taken it for 30 min
          │ Nobody is called again by itself. Find somebody, or take it.
          └ T-0002·e18
        **Deskhand** (bot) · 10:30
          ┌ T-0002 waits at L3, and nobody on duty there can be offered it. Find somebody, or take it.
          └ T-0002·e19
        **Deskhand** (bot) · 13:00
          ┌ **T-0001** · P3 · the time for the first answer ran out ⟨2026-06-15 13:00Z R⟩
          │ with @Ravi · opened 4 h 0 min before
          │ The VPN is down
          └ T-0001·e5
        ");
        let boards = desk.leads_read().await.matches("The desk now").count();
        assert_eq!(boards, 1, "it is the same message all the time");
    });
}

#[test]
fn a_board_that_somebody_deleted_comes_back_and_leads_can_do_without() {
    Given::default().with_board().story(async |desk| {
        desk.passes(LOOKED_AT_AGAIN).await;
        desk.board_says("The desk now").await;
        let leads = desk.channel("#leads").as_("nia");
        let board = leads.messages().await.pop().expect("the board");
        let id = board["id"].as_str().expect("an id");
        desk.channel("#leads").as_("ada").deletes(id).await;
        // It is tried to change what is gone: only that tells.
        desk.forgives("Unknown Message");
        desk.opens("mia", "The VPN is down").await;
        desk.passes(LOOKED_AT_AGAIN).await;
        desk.board_says("not taken").await;

        insta::assert_snapshot!(leads.runs("/lead board to:off").await.message().await, @"
        **Deskhand** (bot) · 09:00 (only for Nia)
          There is no board any more. What was posted last stays as it is; you can delete it.
        ");
        desk.claims("ravi", "T-0001").await;
        desk.passes(LOOKED_AT_AGAIN).await;
        assert!(
            desk.leads_read().await.contains("not taken"),
            "nobody touches it any more"
        );
        insta::assert_snapshot!(leads.runs("/lead board to:on").await.message().await, @"
        **Deskhand** (bot) · 09:01 (only for Nia)
          The board stands in #leads in a moment, and stays current. Pin it there, and it is found at once.
        ");
        desk.passes(LOOKED_AT_AGAIN).await;
        desk.board_says("somebody has everything").await;
    });
}
