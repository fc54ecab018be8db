//! What each channel of the desk is for, in permissions: what the bot needs there, and who else may see and write.

use super::permissions::{Overwrite, Permissions as P, Whom};
use crate::domain::ids::{GuildId, UserId};
use crate::domain::people::{DeskChannel, DeskRole, House};

/// What the bot needs in every channel of the desk.
const TO_SPEAK: P = P::VIEW_CHANNEL
    .and(P::SEND_MESSAGES)
    .and(P::EMBED_LINKS)
    .and(P::READ_MESSAGE_HISTORY);

/// What the bot needs on top where threads hang.
const FOR_THREADS: P = P::SEND_MESSAGES_IN_THREADS.and(P::MANAGE_THREADS);

/// What the bot needs where the threads of requesters hang: it shows there which files came with a request.
const FOR_TICKETS: P = TO_SPEAK
    .and(FOR_THREADS)
    .and(P::CREATE_PRIVATE_THREADS)
    .and(P::ATTACH_FILES);

/// What a person needs who reads along.
const TO_READ: P = P::VIEW_CHANNEL.and(P::READ_MESSAGE_HISTORY);

/// What a person needs who works in threads.
const TO_WORK: P = TO_READ
    .and(P::SEND_MESSAGES_IN_THREADS)
    .and(P::USE_APPLICATION_COMMANDS);

/// What starts a thread.
const TO_START: P = P::CREATE_PUBLIC_THREADS.and(P::CREATE_PRIVATE_THREADS);

/// What the bot needs in that channel.
pub fn bot_needs(channel: DeskChannel) -> P {
    match channel {
        DeskChannel::Help | DeskChannel::Escalations | DeskChannel::Leads => TO_SPEAK,
        DeskChannel::Tickets | DeskChannel::Confidential => FOR_TICKETS,
        DeskChannel::QueueL1 | DeskChannel::QueueL2 | DeskChannel::QueueL3 => {
            TO_SPEAK.and(FOR_THREADS).and(P::CREATE_PUBLIC_THREADS)
        }
    }
}

/// Whether everybody on the server may see that channel. Nothing of a ticket stands in those that they may.
pub fn open_to_all(channel: DeskChannel) -> bool {
    match channel {
        // Requesters reach their private threads only through a parent that they see; the parents stay empty.
        DeskChannel::Help | DeskChannel::Tickets | DeskChannel::Confidential => true,
        DeskChannel::QueueL1
        | DeskChannel::QueueL2
        | DeskChannel::QueueL3
        | DeskChannel::Escalations
        | DeskChannel::Leads => false,
    }
}

/// Who of the desk is granted something in that channel, what, and what is denied to them there.
fn staff(channel: DeskChannel) -> (&'static [DeskRole], P, P) {
    use DeskRole::{Admin, L1, L2, L3, Lead};
    match channel {
        DeskChannel::Help => (&[], P::NONE, P::NONE),
        // Leads see every private thread of this parent, whoever claimed the ticket (`DOMAIN` 1.7).
        DeskChannel::Tickets => (&[Lead], TO_WORK.and(P::MANAGE_THREADS), P::NONE),
        // Not even by a permission that the role has elsewhere: only who was added sees a confidential thread.
        DeskChannel::Confidential => (&[L1, L2, L3, Lead, Admin], P::NONE, P::MANAGE_THREADS),
        DeskChannel::QueueL1 => (&[L1, L2, L3, Lead], TO_WORK.and(P::SEND_MESSAGES), TO_START),
        DeskChannel::QueueL2 => (&[L2, L3, Lead], TO_WORK.and(P::SEND_MESSAGES), TO_START),
        DeskChannel::QueueL3 => (&[L3, Lead], TO_WORK.and(P::SEND_MESSAGES), TO_START),
        // Only the desk itself writes here.
        DeskChannel::Escalations => {
            let writing = P::SEND_MESSAGES
                .and(P::SEND_MESSAGES_IN_THREADS)
                .and(TO_START);
            (&[L1, L2, L3, Lead], TO_READ, writing)
        }
        DeskChannel::Leads => (&[Lead], TO_WORK.and(P::SEND_MESSAGES), P::NONE),
    }
}

/// The overwrites with which that channel works: the bot's first, so that it never locks itself out.
pub fn overwrites(
    channel: DeskChannel,
    guild: GuildId,
    house: &House,
    bot: UserId,
) -> Vec<Overwrite> {
    let mut all = vec![Overwrite {
        whom: Whom::Member(bot.0),
        allow: bot_needs(channel),
        deny: P::NONE,
    }];
    let (roles, allow, deny) = staff(channel);
    for id in roles.iter().filter_map(|role| house.roles.get(role)) {
        all.push(Overwrite {
            whom: Whom::Role(id.0),
            allow,
            deny,
        });
    }
    let everybody = Whom::Role(guild.0);
    all.push(match channel {
        DeskChannel::Help => Overwrite {
            whom: everybody,
            allow: TO_READ,
            deny: P::NONE,
        },
        // Seen by all, written in by nobody: what is said is said in private threads.
        DeskChannel::Tickets | DeskChannel::Confidential => Overwrite {
            whom: everybody,
            allow: TO_WORK,
            deny: P::SEND_MESSAGES.and(TO_START),
        },
        DeskChannel::QueueL1
        | DeskChannel::QueueL2
        | DeskChannel::QueueL3
        | DeskChannel::Escalations
        | DeskChannel::Leads => Overwrite {
            whom: everybody,
            allow: P::NONE,
            deny: P::VIEW_CHANNEL,
        },
    });
    all
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;
    use crate::discord::permissions::{Holder, in_channel};
    use crate::domain::ids::RoleId;

    const GUILD: GuildId = GuildId(1);
    const BOT: UserId = UserId(9);

    fn house() -> House {
        let roles: BTreeMap<DeskRole, RoleId> = DeskRole::ALL
            .into_iter()
            .zip(10..)
            .map(|(role, id)| (role, RoleId(id)))
            .collect();
        House {
            roles,
            ..House::default()
        }
    }

    fn may(channel: DeskChannel, roles: &[DeskRole], user: UserId) -> P {
        let house = house();
        let held: Vec<u64> = roles.iter().map(|role| house.roles[role].0).collect();
        let holder = Holder {
            user: user.0,
            roles: &held,
            owner: false,
        };
        let base = P::VIEW_CHANNEL
            .and(P::SEND_MESSAGES)
            .and(P::SEND_MESSAGES_IN_THREADS)
            .and(TO_START);
        in_channel(
            base,
            holder,
            GUILD.0,
            &overwrites(channel, GUILD, &house, BOT),
        )
    }

    #[test]
    fn the_bot_has_what_it_needs_in_every_channel_and_asks_for_nothing_else() {
        for channel in DeskChannel::ALL {
            assert!(
                may(channel, &[], BOT).contains(bot_needs(channel)),
                "{channel:?}"
            );
            assert!(
                P::working().contains(bot_needs(channel)),
                "{channel:?}: the link does not ask for it"
            );
        }
    }

    #[test]
    fn employees_see_nothing_of_the_desks_inner_channels() {
        for channel in DeskChannel::ALL {
            let sees = may(channel, &[], UserId(50)).contains(P::VIEW_CHANNEL);
            assert_eq!(sees, open_to_all(channel), "{channel:?}");
        }
    }

    #[test]
    fn a_tier_sees_its_queue_and_the_lower_ones() {
        use DeskChannel::{QueueL1, QueueL2, QueueL3};
        let sees = |role, channel| may(channel, &[role], UserId(50)).contains(P::VIEW_CHANNEL);
        let queues = [QueueL1, QueueL2, QueueL3];
        assert_eq!(
            queues.map(|queue| sees(DeskRole::L1, queue)),
            [true, false, false]
        );
        assert_eq!(
            queues.map(|queue| sees(DeskRole::L2, queue)),
            [true, true, false]
        );
        assert_eq!(
            queues.map(|queue| sees(DeskRole::L3, queue)),
            [true, true, true]
        );
        assert_eq!(
            queues.map(|queue| sees(DeskRole::Lead, queue)),
            [true, true, true]
        );
    }

    #[test]
    fn leads_see_all_threads_but_confidential_ones() {
        let manages =
            |channel| may(channel, &[DeskRole::Lead], UserId(50)).contains(P::MANAGE_THREADS);
        assert!(manages(DeskChannel::Tickets));
        for role in DeskRole::ALL {
            let confidential = may(DeskChannel::Confidential, &[role], UserId(50));
            assert!(!confidential.contains(P::MANAGE_THREADS), "{role}");
        }
    }

    #[test]
    fn only_the_desk_writes_among_the_escalations() {
        for role in DeskRole::ALL {
            let may = may(DeskChannel::Escalations, &[role], UserId(50));
            assert!(!may.contains(P::SEND_MESSAGES), "{role}");
            assert_eq!(
                may.contains(P::VIEW_CHANNEL),
                role != DeskRole::Admin,
                "{role}"
            );
        }
        assert!(may(DeskChannel::Escalations, &[], BOT).contains(P::SEND_MESSAGES));
    }

    #[test]
    fn nobody_writes_beside_the_threads_of_tickets() {
        for channel in [DeskChannel::Tickets, DeskChannel::Confidential] {
            let mia = may(channel, &[], UserId(50));
            assert!(mia.contains(P::SEND_MESSAGES_IN_THREADS) && !mia.contains(P::SEND_MESSAGES));
        }
    }
}
