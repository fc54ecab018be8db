//! Permissions: real arithmetic, for the bot and for persons alike.

use deskhand::standin::{BOT_PERMISSIONS, Company};
use serde_json::{Value, json};

use crate::harness::{ALL_INTENTS, NO_INTENTS, Rig, intent, text};

const VIEW: u64 = 1 << 10;
const SEND: u64 = 1 << 11;
const MANAGE_ROLES: u64 = 1 << 28;
const MANAGE_CHANNELS: u64 = 1 << 4;
const MANAGE_THREADS: u64 = 1 << 34;
const SEND_IN_THREADS: u64 = 1 << 38;

#[tokio::test]
async fn what_is_denied_in_a_channel_is_refused_there_and_nowhere_else() {
    let rig = Rig::new().await;
    let (general, random) = (rig.channel("general").await, rig.channel("random").await);
    let deny = async |bits: u64| {
        rig.person(
            "ada",
            "admin/permissions",
            json!({"channel": "general", "user": rig.application(), "deny": bits.to_string()}),
        )
        .await;
    };
    let say = json!({"content": "x"});
    let message = rig
        .must(
            "POST",
            &format!("/channels/{general}/messages"),
            say.clone(),
        )
        .await;
    deny(SEND).await;
    rig.refused(
        "POST",
        &format!("/channels/{general}/messages"),
        say.clone(),
        403,
        50013,
    )
    .await;
    rig.must(
        "PATCH",
        &format!("/channels/{general}/messages/{}", text(&message["id"])),
        json!({"content": "own"}),
    )
    .await;
    deny(VIEW).await;
    rig.refused(
        "POST",
        &format!("/channels/{general}/messages"),
        say.clone(),
        403,
        50001,
    )
    .await;
    rig.refused(
        "GET",
        &format!("/channels/{general}/messages"),
        Value::Null,
        403,
        50001,
    )
    .await;
    rig.refused(
        "GET",
        &format!("/channels/{general}"),
        Value::Null,
        403,
        50001,
    )
    .await;
    rig.must("POST", &format!("/channels/{random}/messages"), say)
        .await;
}

#[tokio::test]
async fn threads_ask_for_their_own_right_to_write() {
    let rig = Rig::new().await;
    let general = rig.channel("general").await;
    let thread = rig
        .must(
            "POST",
            &format!("/channels/{general}/threads"),
            json!({"name": "t", "type": 11}),
        )
        .await;
    let path = format!("/channels/{}/messages", text(&thread["id"]));
    let deny = async |bits: u64| {
        rig.person(
            "ada",
            "admin/permissions",
            json!({"channel": "general", "role": "everyone", "deny": bits.to_string()}),
        )
        .await;
        rig.person(
            "ada",
            "admin/permissions",
            json!({"channel": "general", "user": rig.application(), "deny": bits.to_string()}),
        )
        .await;
    };
    deny(SEND).await;
    rig.must("POST", &path, json!({"content": "x"})).await;
    rig.person_cannot("mia", "say", json!({"channel": "general", "content": "x"}))
        .await;
    rig.person("mia", "say", json!({"channel": "t", "content": "x"}))
        .await;
    deny(SEND_IN_THREADS).await;
    rig.refused("POST", &path, json!({"content": "x"}), 403, 50013)
        .await;
    rig.person_cannot("mia", "say", json!({"channel": "t", "content": "x"}))
        .await;
}

#[tokio::test]
async fn roles_are_given_below_ones_own_only() {
    let rig = Rig::new().await;
    let mia = rig.id_of("mia").await;
    let roles = format!("/guilds/{}/roles", rig.guild());
    let low = rig
        .must("POST", &roles, json!({"name": "L1", "permissions": "0"}))
        .await;
    let give = |role: &Value| format!("/guilds/{}/members/{mia}/roles/{}", rig.guild(), text(role));
    rig.must("PUT", &give(&low["id"]), Value::Null).await;
    let own = rig.must("GET", &roles, Value::Null).await;
    let own = own
        .as_array()
        .into_iter()
        .flatten()
        .find(|role| role["managed"] == true)
        .expect("the bot's role")
        .clone();
    assert!(
        own["position"].as_i64() > low["position"].as_i64(),
        "a new role stands below the bot's"
    );
    rig.refused("PUT", &give(&own["id"]), Value::Null, 403, 50013)
        .await;
    rig.refused("PUT", &give(&json!("1")), Value::Null, 404, 10011)
        .await;
    rig.refused("POST", &roles, json!({"permissions": "8"}), 403, 50013)
        .await;
    rig.refused(
        "PATCH",
        &format!("{roles}/{}", text(&own["id"])),
        json!({"name": "x"}),
        403,
        50013,
    )
    .await;
    let high = json!([{"id": low["id"], "position": 9}]);
    rig.refused("PATCH", &roles, high, 403, 50013).await;
    rig.person_cannot("mia", "admin/roles", json!({"user": "tom", "add": ["L1"]}))
        .await;
    rig.person("ada", "admin/roles", json!({"user": "tom", "add": ["L1"]}))
        .await;
    let sentence = rig
        .person_cannot(
            "ada",
            "admin/roles",
            json!({"user": "tom", "add": ["Deskhand"]}),
        )
        .await;
    assert!(
        sentence.contains("50028"),
        "an application's role cannot be given: {sentence}"
    );
}

#[tokio::test]
async fn channels_are_made_and_shut_within_ones_own_rights() {
    let rig = Rig::new().await;
    let channels = format!("/guilds/{}/channels", rig.guild());
    let overwrite = |id: &str, kind: u64, allow: u64, deny: u64| json!({"id": id, "type": kind, "allow": allow.to_string(), "deny": deny.to_string()});
    let bot = rig.application();
    let hidden = [
        overwrite(&rig.guild(), 0, 0, VIEW),
        overwrite(&bot, 1, VIEW, 0),
    ];
    let queue = rig
        .must(
            "POST",
            &channels,
            json!({"name": "L1 Queue", "permission_overwrites": hidden}),
        )
        .await;
    assert_eq!(
        queue["name"], "l1-queue",
        "text channels have no capitals and no spaces"
    );
    let seen = rig.sees("mia", "world").await;
    assert!(!seen.to_string().contains("l1-queue"));
    let more = [overwrite(&bot, 1, 1 << 5, 0)];
    rig.refused(
        "POST",
        &channels,
        json!({"name": "x", "permission_overwrites": more}),
        403,
        50013,
    )
    .await;
    let roles = [overwrite(&bot, 1, MANAGE_ROLES, 0)];
    rig.refused(
        "POST",
        &channels,
        json!({"name": "x", "permission_overwrites": roles}),
        403,
        50013,
    )
    .await;
    let path = format!(
        "/channels/{}/permissions/{}",
        text(&queue["id"]),
        rig.id_of("mia").await
    );
    rig.must("PUT", &path, json!({"type": 1, "allow": VIEW.to_string()}))
        .await;
    assert!(
        rig.sees("mia", "world")
            .await
            .to_string()
            .contains("l1-queue")
    );
    rig.must("DELETE", &path, Value::Null).await;
    rig.refused("DELETE", &path, Value::Null, 404, 10009).await;
    rig.refused(
        "POST",
        &channels,
        json!({"name": "x", "parent_id": queue["id"]}),
        400,
        50035,
    )
    .await;
    rig.must(
        "DELETE",
        &format!("/channels/{}", text(&queue["id"])),
        Value::Null,
    )
    .await;
    rig.refused(
        "GET",
        &format!("/channels/{}", text(&queue["id"])),
        Value::Null,
        404,
        10003,
    )
    .await;
}

#[tokio::test]
async fn a_bot_that_was_given_less_may_less() {
    let company = Company {
        bot_permissions: BOT_PERMISSIONS & !(MANAGE_CHANNELS | MANAGE_ROLES | MANAGE_THREADS),
        ..Company::small()
    };
    let rig = Rig::with(company, ALL_INTENTS).await;
    let guild = rig.guild();
    rig.refused(
        "POST",
        &format!("/guilds/{guild}/channels"),
        json!({"name": "x"}),
        403,
        50013,
    )
    .await;
    rig.refused(
        "POST",
        &format!("/guilds/{guild}/roles"),
        json!({"name": "x"}),
        403,
        50013,
    )
    .await;
    let general = rig.channel("general").await;
    rig.refused(
        "PATCH",
        &format!("/channels/{general}"),
        json!({"name": "x"}),
        403,
        50013,
    )
    .await;
    let thread = rig
        .must(
            "POST",
            &format!("/channels/{general}/threads"),
            json!({"name": "t", "type": 12}),
        )
        .await;
    let path = format!("/channels/{}", text(&thread["id"]));
    rig.must("PATCH", &path, json!({"archived": true})).await;
    rig.refused("PATCH", &path, json!({"locked": true}), 403, 50013)
        .await;
    rig.refused("DELETE", &path, Value::Null, 403, 50013).await;
    rig.refused(
        "GET",
        &format!("/channels/{general}/threads/archived/private"),
        Value::Null,
        403,
        50013,
    )
    .await;
    let own = rig
        .must(
            "GET",
            &format!("/channels/{general}/users/@me/threads/archived/private"),
            Value::Null,
        )
        .await;
    assert_eq!(own["threads"][0]["id"], thread["id"]);
}

#[tokio::test]
async fn without_the_privileged_intents_members_are_not_listed_and_content_is_not_read() {
    let rig = Rig::with(Company::believable(), NO_INTENTS).await;
    rig.refused(
        "GET",
        &format!("/guilds/{}/members?limit=100", rig.guild()),
        Value::Null,
        403,
        50001,
    )
    .await;
    let flags = rig.must("GET", "/applications/@me", Value::Null).await["flags"].clone();
    assert_eq!(flags, 0);
    let general = rig.channel("general").await;
    let mut gateway = rig
        .identify(intent::GUILDS | intent::MESSAGES | intent::DIRECT)
        .await;
    let said = rig
        .person(
            "mia",
            "say",
            json!({"channel": "general", "content": "my password is hunter2"}),
        )
        .await;
    assert_eq!(gateway.event("MESSAGE_CREATE").await["content"], "");
    let read = rig
        .must(
            "GET",
            &format!("/channels/{general}/messages/{}", text(&said["id"])),
            Value::Null,
        )
        .await;
    assert_eq!(read["content"], "");
    let mention = format!("<@{}> help", rig.application());
    rig.person(
        "mia",
        "say",
        json!({"channel": "general", "content": mention}),
    )
    .await;
    assert_eq!(
        text(&gateway.event("MESSAGE_CREATE").await["content"]),
        mention,
        "a mention is read"
    );
    rig.person(
        "mia",
        "say",
        json!({"channel": "@bot", "content": "directly"}),
    )
    .await;
    assert_eq!(gateway.event("MESSAGE_CREATE").await["content"], "directly");
    rig.must(
        "POST",
        &format!("/channels/{general}/messages"),
        json!({"content": "own"}),
    )
    .await;
    assert_eq!(gateway.event("MESSAGE_CREATE").await["content"], "own");
    let granted = Rig::new()
        .await
        .must("GET", "/applications/@me", Value::Null)
        .await["flags"]
        .clone();
    assert_eq!(granted, (1 << 15) | (1 << 19));
}
