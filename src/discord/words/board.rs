//! The board of the leads.

use jiff::Timestamp;

use crate::domain::ids::{ChannelId, UserId};

super::sentences! {
    board_title();
    board_calm();
    board_soon(count: u32);
    board_late(count: u32);
    board_unclaimed(count: u32);
    board_more(count: u32);
    board_confidential();
    board_clock(clock: &str, at: Timestamp);
    board_opened(at: Timestamp);
    board_with(who: UserId);
    board_with_nobody();
    board_tier_open(count: u32);
    board_tier_unclaimed(count: u32);
    board_tier_user(count: u32);
    board_tier_vendor(count: u32);
    board_tier_soon(count: u32);
    board_tier_late(count: u32);
    choice_board_on();
    choice_board_off();
    board_turned_on(channel: ChannelId);
    board_turned_off();
}
