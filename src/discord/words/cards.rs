//! Cards in the queue channels.

use crate::domain::ids::{ChannelId, Number};
use crate::domain::tier::Tier;

super::sentences! {
    card_confidential(number: Number);
    card_moved(number: Number, tier: Tier, queue: ChannelId);
    card_moved_somewhere(number: Number, tier: Tier);
    card_ended(number: Number, state: &str);
    card_ended_in(number: Number, state: &str, thread: ChannelId);
}
