//! Threads: who may start, see, join, write, archive and lock.

use serde_json::{Value, json};

use crate::harness::{Rig, case, intent, text};

fn private(name: &str) -> Value {
    json!({"name": name, "type": 12, "invitable": false, "auto_archive_duration": 1440})
}

#[tokio::test]
async fn threads_that_discord_refuses_are_refused() {
    let rig = Rig::new().await;
    let general = rig.channel("general").await;
    let path = format!("/channels/{general}/threads");
    rig.refuses(
        "POST",
        &path,
        vec![
            case("no name", json!({"type": 12}), 50035, "BASE_TYPE_REQUIRED"),
            case("long name", private(&"n".repeat(101)), 50035, "name"),
            case(
                "odd time",
                json!({"name": "x", "type": 12, "auto_archive_duration": 61}),
                50035,
                "auto_archive_duration",
            ),
            case("odd type", json!({"name": "x", "type": 13}), 50035, "type"),
        ],
    )
    .await;
    let thread = rig.must("POST", &path, private("T-0001")).await;
    let id = text(&thread["id"]);
    rig.refused(
        "POST",
        &format!("/channels/{id}/threads"),
        private("inside"),
        400,
        50024,
    )
    .await;
    let message = rig
        .must(
            "POST",
            &format!("/channels/{general}/messages"),
            json!({"content": "card"}),
        )
        .await;
    let from = format!(
        "/channels/{general}/messages/{}/threads",
        text(&message["id"])
    );
    let started = rig.must("POST", &from, json!({"name": "staff"})).await;
    assert_eq!(
        (&started["id"], &started["type"]),
        (&message["id"], &json!(11))
    );
    rig.refused("POST", &from, json!({"name": "again"}), 400, 160004)
        .await;
    let read = rig
        .must(
            "GET",
            &format!("/channels/{general}/messages/{}", text(&message["id"])),
            Value::Null,
        )
        .await;
    assert_eq!(
        (
            read["flags"].as_u64().unwrap_or(0) & 32,
            &read["thread"]["id"]
        ),
        (32, &message["id"])
    );
    rig.refused(
        "PUT",
        &format!(
            "/channels/{general}/thread-members/{}",
            rig.id_of("mia").await
        ),
        Value::Null,
        400,
        50024,
    )
    .await;
    rig.refused(
        "PUT",
        &format!("/channels/{id}/thread-members/1"),
        Value::Null,
        404,
        10007,
    )
    .await;
}

#[tokio::test]
async fn a_private_thread_is_seen_by_its_members_and_by_those_who_manage_threads() {
    let rig = Rig::new().await;
    let general = rig.channel("general").await;
    let thread = rig
        .must(
            "POST",
            &format!("/channels/{general}/threads"),
            private("T-0001"),
        )
        .await;
    let id = text(&thread["id"]).to_owned();
    let threads = async |who: &str| {
        rig.sees(who, "world").await["threads"]
            .as_array()
            .map_or(0, Vec::len)
    };
    assert_eq!(
        (threads("mia").await, threads("ada").await),
        (0, 1),
        "the owner may manage threads"
    );
    rig.person_cannot("mia", "say", json!({"channel": "T-0001", "content": "x"}))
        .await;
    let mia = rig.id_of("mia").await;
    rig.must(
        "PUT",
        &format!("/channels/{id}/thread-members/{mia}"),
        Value::Null,
    )
    .await;
    assert_eq!(threads("mia").await, 1);
    rig.person(
        "mia",
        "say",
        json!({"channel": "T-0001", "content": format!("<@{}> look", rig.id_of("tom").await)}),
    )
    .await;
    assert_eq!(
        threads("tom").await,
        0,
        "in a thread that is not invitable a member's mention adds nobody"
    );
    let content = format!("<@{}> look", rig.id_of("tom").await);
    rig.must(
        "POST",
        &format!("/channels/{id}/messages"),
        json!({"content": content}),
    )
    .await;
    assert_eq!(threads("tom").await, 1, "a moderator's mention does");
    let members = rig
        .must(
            "GET",
            &format!("/channels/{id}/thread-members"),
            Value::Null,
        )
        .await;
    assert_eq!(members.as_array().map(Vec::len), Some(3));
    rig.must(
        "DELETE",
        &format!("/channels/{id}/thread-members/{mia}"),
        Value::Null,
    )
    .await;
    assert_eq!(threads("mia").await, 0);
    rig.refused(
        "GET",
        &format!("/channels/{id}/thread-members/{mia}"),
        Value::Null,
        404,
        10007,
    )
    .await;
}

#[tokio::test]
async fn archived_threads_are_read_only_until_somebody_writes_and_locked_ones_stay_shut() {
    let rig = Rig::new().await;
    let general = rig.channel("general").await;
    let thread = rig
        .must(
            "POST",
            &format!("/channels/{general}/threads"),
            private("T-0001"),
        )
        .await;
    let path = format!("/channels/{}", text(&thread["id"]));
    let mia = rig.id_of("mia").await;
    rig.must("PUT", &format!("{path}/thread-members/{mia}"), Value::Null)
        .await;
    let components = json!([{"type": 1, "components": [{"type": 2, "style": 1, "label": "Go", "custom_id": "go"}]}]);
    let message = rig
        .must(
            "POST",
            &format!("{path}/messages"),
            json!({"content": "x", "components": components}),
        )
        .await;
    let at = format!("{path}/messages/{}", text(&message["id"]));
    rig.must("PATCH", &path, json!({"archived": true})).await;
    rig.refused("PATCH", &at, json!({"content": "y"}), 400, 50083)
        .await;
    rig.refused("DELETE", &at, Value::Null, 400, 50083).await;
    rig.refused(
        "PUT",
        &format!("{path}/thread-members/{}", rig.id_of("tom").await),
        Value::Null,
        400,
        50083,
    )
    .await;
    rig.refused("PATCH", &path, json!({"name": "new"}), 400, 50083)
        .await;
    rig.person(
        "mia",
        "say",
        json!({"channel": "T-0001", "content": "it is back"}),
    )
    .await;
    assert_eq!(
        rig.must("GET", &path, Value::Null).await["thread_metadata"]["archived"],
        false,
        "a message wakes it"
    );
    rig.must("PATCH", &path, json!({"archived": true, "locked": true}))
        .await;
    let sentence = rig
        .person_cannot(
            "mia",
            "say",
            json!({"channel": "T-0001", "content": "let me in"}),
        )
        .await;
    assert!(sentence.contains("50083"), "{sentence}");
    let sentence = rig
        .person_cannot(
            "ada",
            "press",
            json!({"message": message["id"], "button": "Go"}),
        )
        .await;
    assert!(sentence.contains("locked"), "{sentence}");
    rig.must(
        "POST",
        &format!("{path}/messages"),
        json!({"content": "managers may"}),
    )
    .await;
    rig.must("PATCH", &path, json!({"archived": false})).await;
    let sentence = rig
        .person_cannot(
            "mia",
            "say",
            json!({"channel": "T-0001", "content": "still locked"}),
        )
        .await;
    assert!(sentence.contains("160005"), "{sentence}");
}

#[tokio::test]
async fn a_quiet_thread_archives_itself_on_the_desks_clock() {
    let rig = Rig::new().await;
    let general = rig.channel("general").await;
    let mut gateway = rig.identify(intent::GUILDS).await;
    let thread = rig
        .must(
            "POST",
            &format!("/channels/{general}/threads"),
            private("T-0001"),
        )
        .await;
    let path = format!("/channels/{}", text(&thread["id"]));
    let active = format!("/guilds/{}/threads/active", rig.guild());
    rig.advance(1440 * 60 - 1);
    assert_eq!(
        rig.must("GET", &active, Value::Null).await["threads"]
            .as_array()
            .map(Vec::len),
        Some(1)
    );
    rig.advance(1);
    assert_eq!(
        rig.must("GET", &active, Value::Null).await["threads"]
            .as_array()
            .map(Vec::len),
        Some(0)
    );
    assert_eq!(
        gateway.event("THREAD_UPDATE").await["thread_metadata"]["archived"],
        true
    );
    let list = rig
        .must(
            "GET",
            &format!("/channels/{general}/threads/archived/private?limit=10"),
            Value::Null,
        )
        .await;
    assert_eq!(
        (&list["threads"][0]["id"], &list["has_more"]),
        (&thread["id"], &json!(false))
    );
    assert_eq!(list["members"][0]["user_id"], json!(rig.application()));
    let public = rig
        .must(
            "GET",
            &format!("/channels/{general}/threads/archived/public"),
            Value::Null,
        )
        .await;
    assert_eq!(public["threads"], json!([]));
    assert_eq!(
        rig.must("PATCH", &path, json!({"archived": false})).await["thread_metadata"]["archived"],
        false
    );
}

#[tokio::test]
async fn what_happens_in_a_thread_is_told_in_it() {
    let rig = Rig::new().await;
    let general = rig.channel("general").await;
    let card = rig
        .must(
            "POST",
            &format!("/channels/{general}/messages"),
            json!({"content": "card"}),
        )
        .await;
    let from = format!("/channels/{general}/messages/{}/threads", text(&card["id"]));
    let thread = rig.must("POST", &from, json!({"name": "staff"})).await;
    let path = format!("/channels/{}", text(&thread["id"]));
    rig.must(
        "PUT",
        &format!("{path}/thread-members/{}", rig.id_of("tom").await),
        Value::Null,
    )
    .await;
    rig.must("PATCH", &path, json!({"name": "staff of T-0001"}))
        .await;
    rig.must(
        "POST",
        &format!("{path}/messages"),
        json!({"content": "hello <@&1> at <t:1781514000:R>"}),
    )
    .await;
    let told = rig.sees("tom", "channels/staff of T-0001/transcript").await;
    let expected = "\
· Deskhand started this thread from a message of Deskhand · 09:00
· Deskhand added Tom Barreto to the thread · 09:00
· Deskhand changed the name to staff of T-0001 · 09:00
**Deskhand** (bot) · 09:00
  hello @deleted-role at ⟨2026-06-15 09:00Z R⟩
";
    assert_eq!(text(&told), expected);
}

#[tokio::test]
async fn threads_come_into_sight_with_their_channel() {
    let rig = Rig::new().await;
    let random = rig.channel("random").await;
    let open = json!({"name": "open", "type": 11});
    let thread = rig
        .must("POST", &format!("/channels/{random}/threads"), open)
        .await;
    let mut gateway = rig.identify(intent::GUILDS).await;
    let deny = |bits: u64| json!({"channel": "random", "user": rig.application(), "deny": bits.to_string()});
    rig.person("ada", "admin/permissions", deny(1 << 10)).await;
    rig.refused(
        "GET",
        &format!("/channels/{}", text(&thread["id"])),
        Value::Null,
        403,
        50001,
    )
    .await;
    rig.person("ada", "admin/permissions", deny(0)).await;
    let heard = gateway.events_until("THREAD_LIST_SYNC").await;
    let names: Vec<&str> = heard.iter().map(|(name, _)| name.as_str()).collect();
    assert_eq!(
        names,
        ["CHANNEL_UPDATE", "CHANNEL_UPDATE", "THREAD_LIST_SYNC"]
    );
    let told = &heard[2].1;
    assert_eq!(
        (&told["channel_ids"], &told["threads"][0]["id"]),
        (&json!([random]), &thread["id"])
    );
    assert_eq!(told["members"][0]["user_id"], json!(rig.application()));
}

#[tokio::test]
async fn what_became_of_a_thread_is_said_to_the_bot() {
    let rig = Rig::new().await;
    let general = rig.channel("general").await;
    let mut gateway = rig.identify(intent::GUILDS | intent::MEMBERS).await;
    let thread = rig
        .must(
            "POST",
            &format!("/channels/{general}/threads"),
            private("T-0001"),
        )
        .await;
    let created = gateway.event("THREAD_CREATE").await;
    assert_eq!(
        (&created["id"], &created["newly_created"]),
        (&thread["id"], &json!(true))
    );
    let path = format!("/channels/{}", text(&thread["id"]));
    let mia = rig.id_of("mia").await;
    rig.must("PUT", &format!("{path}/thread-members/{mia}"), Value::Null)
        .await;
    assert_eq!(
        gateway.event("THREAD_MEMBERS_UPDATE").await["added_members"][0]["user_id"],
        json!(mia)
    );
    rig.person("ada", "admin/kick", json!({"user": "mia"}))
        .await;
    assert_eq!(
        gateway.event("GUILD_MEMBER_REMOVE").await["user"]["id"],
        json!(mia)
    );
    assert_eq!(
        gateway.event("THREAD_MEMBERS_UPDATE").await["removed_member_ids"],
        json!([mia])
    );
    rig.must("PATCH", &path, json!({"locked": true})).await;
    assert_eq!(
        gateway.event("THREAD_UPDATE").await["thread_metadata"]["locked"],
        true
    );
    rig.person("ada", "admin/delete", json!({"channel": "T-0001"}))
        .await;
    assert_eq!(
        gateway.event("THREAD_DELETE").await["parent_id"],
        json!(general)
    );
}
