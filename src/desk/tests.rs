//! The desk over a real database file.

mod asking;
mod causes;
mod opening;
mod safety;
mod unmoved;
mod way;

use std::collections::BTreeMap;
use std::num::NonZeroU32;
use std::path::Path;

use jiff::{SignedDuration, Timestamp};

use super::*;
use crate::domain::category::Category;
use crate::domain::errand::{Errand, ThreadKind};
use crate::domain::handover::HandOverTexts;
use crate::domain::ids::{ChannelId, Number, RoleId};
use crate::domain::people::{DeskChannel, DeskRole, Standing};
use crate::domain::priority::{Impact, Urgency};
use crate::domain::refusal::Limit;
use crate::domain::roster::{Duty, TierRule, Turns};
use crate::domain::rules::Verb;
use crate::domain::ticket::{ArticleNote, Code, Ending, EscalateChoice, Opening};
use crate::domain::tier::{Tier, TierSet};
use crate::store::asks::Outcome;

const GUILD: GuildId = GuildId(100);
const MIA: UserId = UserId(1);
const RAVI: UserId = UserId(11);
const IVO: UserId = UserId(21);
const LENA: UserId = UserId(22);

fn now() -> Timestamp {
    "2026-06-15T09:00:00Z".parse().expect("a valid instant")
}

fn cause(id: u64) -> Cause {
    Cause::interaction(id)
}

fn no_limits() -> Limits {
    Limits {
        asks_per_minute: None,
        guild_asks_per_minute: None,
        openings_per_10_minutes: None,
        openings_per_day: None,
        open_tickets_max: None,
        file_megabytes: None,
    }
}

async fn desk_at(folder: &Path, limits: Limits) -> Desk {
    let articles = folder.join("kb");
    std::fs::create_dir_all(&articles).expect("a folder");
    std::fs::write(
        articles.join("vpn.md"),
        "---\ntitle: VPN does not connect\nasks: [my vpn does not connect]\n---\n## Steps\n\n1. Restart the VPN client.\n2. Try another network.\n",
    )
    .expect("an article");
    let store = Store::open(&folder.join("desk.sqlite"))
        .await
        .expect("a database");
    let desk = Desk::new(
        store,
        Kb::open(&articles),
        limits,
        Redactor::new(&["the-token-itself"]),
    );
    desk.guild_seen(GUILD, "Larkfield").await.expect("seen");
    let plan = SetUpPlan {
        roles: vec![(DeskRole::L1, Planned::Map(RoleId(201)))],
        channels: vec![(DeskChannel::QueueL1, Planned::Map(ChannelId(301)))],
    };
    let owner = Actor {
        user: UserId(90),
        name: "Ada".into(),
        standing: Standing {
            owner: true,
            ..Standing::default()
        },
    };
    desk.set_up(GUILD, &plan, &owner, &cause(1), now())
        .await
        .expect("set up");
    // What waits for L1 waits until somebody takes it.
    let rule = TierRule {
        turns: Turns::Manual,
        ..TierRule::of(Tier::L1)
    };
    desk.set_tier_rule(GUILD, &owner, Tier::L1, rule, &cause(2), now())
        .await
        .expect("set");
    for (user, tier) in [(RAVI, Tier::L1), (IVO, Tier::L2), (LENA, Tier::L2)] {
        desk.met(GUILD, user, "X", holds(tier), now())
            .await
            .expect("met");
    }
    desk
}

async fn desk(limits: Limits) -> (tempfile::TempDir, Desk) {
    let folder = tempfile::tempdir().expect("a folder");
    let desk = desk_at(folder.path(), limits).await;
    (folder, desk)
}

fn holds(tier: Tier) -> Standing {
    Standing {
        tiers: TierSet::NONE.with(tier),
        ..Standing::default()
    }
}

fn technician(user: UserId, tier: Tier) -> Actor {
    Actor {
        user,
        name: "X".into(),
        standing: holds(tier),
    }
}

fn opening(title: &str) -> Opening {
    Opening {
        guild: GUILD,
        requester: MIA,
        requester_name: "Mia".into(),
        title: title.into(),
        body: "It says 809".into(),
        tried: String::new(),
        category: Category::from_key("network").expect("known"),
        impact: Impact::Low,
        urgency: Urgency::Medium,
        ask: None,
    }
}

async fn open(desk: &Desk, title: &str, id: u64) -> Result<Ticket, Error> {
    desk.open(
        opening(title),
        &Actor::member(MIA, "Mia"),
        &cause(id),
        now(),
    )
    .await
}

fn texts() -> HandOverTexts {
    HandOverTexts {
        summary: "VPN login fails for one person with error 809".into(),
        tried: "restart".into(),
        findings: "IKE blocked".into(),
        asked: "check the gateway".into(),
        told: "somebody calls back".into(),
    }
}

fn refused<T: std::fmt::Debug>(result: Result<T, Error>) -> Refusal {
    match result {
        Err(Error::Refused(refusal)) => refusal,
        other => panic!("not refused: {other:?}"),
    }
}

async fn waiting(desk: &Desk) -> u32 {
    let mut from = desk.store().reader().await.expect("a reader");
    store::outbox::waiting(&mut from).await.expect("a count")
}
