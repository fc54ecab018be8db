//! Every route once, and the ledger of it held to Discord's OpenAPI document in both directions.

use serde_json::{Value, json};

use crate::harness::{Rig, intent, text};
use crate::openapi;

#[tokio::test]
async fn every_request_and_answer_keeps_to_discords_document() {
    let Some(document) = openapi::document() else {
        return;
    };
    let rig = Rig::new().await;
    use_every_route(&rig).await;
    let ledger = rig.ledger().await;
    let (_, faults) = rig.request("GET", "/faults", Value::Null, None).await;
    for route in faults["routes"].as_array().into_iter().flatten() {
        let used = |line: &Value| {
            *route
                == format!(
                    "{} {}",
                    text(&line["method"]),
                    line["route"].as_str().unwrap_or_default()
                )
        };
        assert!(ledger.iter().any(used), "{route} was not used");
    }
    let found = openapi::violations(&document, &ledger);
    assert!(
        found.is_empty(),
        "{} of {} lines:\n{}",
        found.len(),
        ledger.len(),
        found.join("\n")
    );
}

#[tokio::test]
async fn the_check_finds_what_is_wrong() {
    let Some(document) = openapi::document() else {
        return;
    };
    let line = |body: Value, answer: Value| json!({"seq": 7, "method": "POST", "path": "/x", "route": "/channels/{channel_id}/typing", "body": body, "status": 200, "answer": answer, "faulty": false});
    let sent = json!({"seq": 8, "method": "POST", "path": "/x", "route": "/channels/{channel_id}/messages",
        "body": {"content": "x", "nonce": "n".repeat(26)}, "status": 200, "answer": {"id": "1"}, "faulty": false});
    let unserved = json!({"seq": 9, "method": "GET", "path": "/nowhere", "route": null});
    let found = openapi::violations(
        &document,
        &[line(Value::Null, json!(["x"])), sent, unserved],
    )
    .join("\n");
    for part in [
        "7: POST",
        "8: POST /channels/{channel_id}/messages (200): request",
        "8: POST /channels/{channel_id}/messages (200): answer",
        "9: GET",
    ] {
        assert!(found.contains(part), "{part} is not in\n{found}");
    }
}

async fn use_every_route(rig: &Rig) {
    let nothing = Value::Null;
    let (application, guild) = (rig.application(), rig.guild());
    let scopes = [
        format!("/applications/{application}/commands"),
        format!("/applications/{application}/guilds/{guild}/commands"),
    ];
    for path in [
        "/gateway",
        "/gateway/bot",
        "/applications/@me",
        "/oauth2/applications/@me",
        "/users/@me",
        "/users/@me/guilds?with_counts=true",
    ] {
        rig.must("GET", path, nothing.clone()).await;
    }
    for scope in &scopes {
        use_commands(rig, scope).await;
    }
    let mia = rig.id_of("mia").await;
    for path in [
        format!("/applications/{application}"),
        format!("/users/{mia}"),
        format!("/guilds/{guild}?with_counts=true"),
        format!("/guilds/{guild}/channels"),
        format!("/guilds/{guild}/members?limit=1000"),
        format!("/guilds/{guild}/members/search?query=mi"),
        format!("/guilds/{guild}/members/{mia}"),
        format!("/users/@me/guilds/{guild}/member"),
        format!("/guilds/{guild}/roles"),
    ] {
        rig.must("GET", &path, nothing.clone()).await;
    }
    use_roles(rig, &mia).await;
    use_channels(rig, &mia).await;
    use_interactions(rig).await;
    rig.person(
        "ada",
        "admin/permissions",
        json!({"role": "Deskhand", "allow": "2"}),
    )
    .await;
    rig.must("DELETE", &format!("/guilds/{guild}/members/{mia}"), nothing)
        .await;
}

async fn use_commands(rig: &Rig, scope: &str) {
    let option = |kind: u64, name: &str| json!({"type": kind, "name": name, "description": "x"});
    let mut options: Vec<Value> = [
        (3, "text"),
        (4, "count"),
        (5, "sure"),
        (6, "who"),
        (7, "place"),
        (8, "role"),
        (9, "any"),
        (10, "number"),
        (11, "file"),
    ]
    .into_iter()
    .map(|(kind, name)| option(kind, name))
    .collect();
    options[0]["choices"] = json!([{"name": "A", "value": "a", "name_localizations": {"de": "B"}}]);
    options[1]["autocomplete"] = json!(true);
    options[4]["channel_types"] = json!([0, 11]);
    let sub = json!({"type": 1, "name": "sub", "description": "x", "options": options});
    let group = json!({"type": 2, "name": "group", "description": "x", "options": [sub]});
    let nested = json!({"name": "nested", "description": "x", "options": [sub, group], "default_member_permissions": "32",
        "description_localizations": {"de": "Beschreibung"}});
    let menu =
        json!({"type": 3, "name": "Ask Deskhand", "contexts": [0], "integration_types": [0]});
    let created = rig.must("POST", scope, nested.clone()).await;
    rig.must("POST", scope, nested.clone()).await;
    let path = format!("{scope}/{}", text(&created["id"]));
    rig.must("GET", &path, Value::Null).await;
    rig.must("PATCH", &path, json!({"description": "new"}))
        .await;
    rig.must("PUT", scope, json!([nested, menu])).await;
    rig.must("GET", scope, Value::Null).await;
    rig.must(
        "GET",
        &format!("{scope}?with_localizations=true"),
        Value::Null,
    )
    .await;
    rig.must("DELETE", &path, Value::Null).await;
    rig.refused(
        "POST",
        scope,
        json!({"name": "Wrong", "description": ""}),
        400,
        50035,
    )
    .await;
}

async fn use_roles(rig: &Rig, mia: &str) {
    let roles = format!("/guilds/{}/roles", rig.guild());
    let role = rig
        .must(
            "POST",
            &roles,
            json!({"name": "L1", "permissions": "1024", "color": 255, "mentionable": true}),
        )
        .await;
    let path = format!("{roles}/{}", text(&role["id"]));
    rig.must("GET", &path, Value::Null).await;
    rig.must("PATCH", &path, json!({"name": "L2", "hoist": true}))
        .await;
    rig.must("PATCH", &roles, json!([{"id": role["id"], "position": 1}]))
        .await;
    let member = format!(
        "/guilds/{}/members/{mia}/roles/{}",
        rig.guild(),
        text(&role["id"])
    );
    rig.must("PUT", &member, Value::Null).await;
    rig.must("DELETE", &member, Value::Null).await;
    rig.must(
        "PATCH",
        &format!("/guilds/{}/members/{mia}", rig.guild()),
        json!({"roles": [role["id"]]}),
    )
    .await;
    rig.must(
        "PATCH",
        &format!("/guilds/{}/members/@me", rig.guild()),
        json!({"nick": "Desk"}),
    )
    .await;
    rig.must("DELETE", &path, Value::Null).await;
}

async fn use_channels(rig: &Rig, mia: &str) {
    let nothing = Value::Null;
    let channels = format!("/guilds/{}/channels", rig.guild());
    let category = rig
        .must("POST", &channels, json!({"name": "Desk", "type": 4}))
        .await;
    let overwrites = json!([{"id": rig.guild(), "type": 0, "deny": "1024"}, {"id": rig.application(), "type": 1, "allow": "1024"}]);
    let made = json!({"name": "queue", "type": 0, "topic": "x", "parent_id": category["id"], "permission_overwrites": overwrites});
    let queue = rig.must("POST", &channels, made).await;
    let path = format!("/channels/{}", text(&queue["id"]));
    rig.must("GET", &path, nothing.clone()).await;
    rig.must("PATCH", &path, json!({"topic": "y"})).await;
    let overwrite = format!("{path}/permissions/{mia}");
    rig.must(
        "PUT",
        &overwrite,
        json!({"type": 1, "allow": "1024", "deny": "0"}),
    )
    .await;
    rig.must("DELETE", &overwrite, nothing.clone()).await;
    rig.must("POST", &format!("{path}/typing"), nothing.clone())
        .await;
    let messages = format!("{path}/messages");
    let whole = json!({"content": "x", "embeds": [{"title": "t", "description": "d", "color": 1, "timestamp": "2026-06-15T09:00:00Z",
        "fields": [{"name": "a", "value": "b"}], "footer": {"text": "f"}, "author": {"name": "n"}, "image": {"url": "https://example.com/a.png"}}],
        "components": [
            {"type": 1, "components": [{"type": 2, "style": 1, "label": "x", "custom_id": "a", "emoji": {"name": "✅"}}, {"type": 2, "style": 5, "label": "y", "url": "https://example.com"}]},
            {"type": 1, "components": [{"type": 3, "custom_id": "b", "options": [{"label": "A", "value": "a", "description": "d", "default": true}]}]},
            {"type": 1, "components": [{"type": 5, "custom_id": "c"}]},
            {"type": 1, "components": [{"type": 8, "custom_id": "d", "channel_types": [0]}]},
        ], "nonce": "n", "enforce_nonce": true, "allowed_mentions": {"parse": []}});
    let card = rig.must("POST", &messages, whole).await;
    let at = format!("{messages}/{}", text(&card["id"]));
    rig.must(
        "POST",
        &messages,
        json!({"content": "reply", "message_reference": {"message_id": card["id"]}}),
    )
    .await;
    let layout = json!({"flags": 32768, "components": [{"type": 17, "accent_color": 1, "components": [{"type": 10, "content": "x"}, {"type": 14},
        {"type": 9, "components": [{"type": 10, "content": "y"}], "accessory": {"type": 2, "style": 1, "label": "z", "custom_id": "e"}}]}]});
    rig.must("POST", &messages, layout).await;
    rig.must("GET", &messages, nothing.clone()).await;
    rig.must("GET", &at, nothing.clone()).await;
    rig.must("PATCH", &at, json!({"content": "y", "components": []}))
        .await;
    use_threads(rig, &path, &at, mia).await;
    rig.must("GET", &messages, nothing.clone()).await;
    let pin = format!("{messages}/pins/{}", text(&card["id"]));
    let allow = json!({"role": "Deskhand", "allow": (1_u64 << 51).to_string()});
    rig.refused("PUT", &pin, nothing.clone(), 403, 50013).await;
    rig.person("ada", "admin/permissions", allow).await;
    rig.must("PUT", &pin, nothing.clone()).await;
    rig.must("DELETE", &pin, nothing.clone()).await;
    rig.must("DELETE", &at, nothing.clone()).await;
    rig.refused("DELETE", &at, nothing.clone(), 404, 10008)
        .await;
    rig.must("DELETE", &path, nothing.clone()).await;
    let direct = rig
        .must("POST", "/users/@me/channels", json!({"recipient_id": mia}))
        .await;
    rig.must(
        "GET",
        &format!("/channels/{}", text(&direct["id"])),
        nothing,
    )
    .await;
    rig.must(
        "POST",
        &format!("/channels/{}/messages", text(&direct["id"])),
        json!({"content": "psst"}),
    )
    .await;
}

async fn use_threads(rig: &Rig, channel: &str, message: &str, mia: &str) {
    let nothing = Value::Null;
    let from = rig
        .must(
            "POST",
            &format!("{message}/threads"),
            json!({"name": "staff", "auto_archive_duration": 1440}),
        )
        .await;
    let private = rig
        .must(
            "POST",
            &format!("{channel}/threads"),
            json!({"name": "T-0001", "type": 12, "invitable": false}),
        )
        .await;
    rig.must(
        "POST",
        &format!("{channel}/threads"),
        json!({"name": "open", "type": 11}),
    )
    .await;
    let path = format!("/channels/{}", text(&private["id"]));
    rig.refused(
        "PUT",
        &format!("{path}/thread-members/{mia}"),
        nothing.clone(),
        403,
        50001,
    )
    .await;
    rig.must(
        "PUT",
        &format!("{channel}/permissions/{mia}"),
        json!({"type": 1, "allow": "1024", "deny": "0"}),
    )
    .await;
    rig.must(
        "PUT",
        &format!("{path}/thread-members/{mia}"),
        nothing.clone(),
    )
    .await;
    rig.must(
        "PUT",
        &format!("{path}/thread-members/@me"),
        nothing.clone(),
    )
    .await;
    rig.must(
        "GET",
        &format!("{path}/thread-members/{mia}?with_member=true"),
        nothing.clone(),
    )
    .await;
    rig.must("GET", &format!("{path}/thread-members"), nothing.clone())
        .await;
    rig.must("POST", &format!("{path}/messages"), json!({"content": "x"}))
        .await;
    rig.must("GET", &format!("{path}/messages"), nothing.clone())
        .await;
    rig.must(
        "GET",
        &format!("/guilds/{}/threads/active", rig.guild()),
        nothing.clone(),
    )
    .await;
    rig.must("GET", &path, nothing.clone()).await;
    rig.must(
        "DELETE",
        &format!("{path}/thread-members/{mia}"),
        nothing.clone(),
    )
    .await;
    rig.must("PATCH", &path, json!({"archived": true, "locked": true}))
        .await;
    rig.must(
        "PATCH",
        &format!("/channels/{}", text(&from["id"])),
        json!({"name": "staff 2", "archived": true}),
    )
    .await;
    for list in [
        "threads/archived/private",
        "threads/archived/public",
        "users/@me/threads/archived/private",
    ] {
        rig.must("GET", &format!("{channel}/{list}?limit=5"), nothing.clone())
            .await;
    }
    rig.must("PATCH", &path, json!({"archived": false})).await;
    rig.must("DELETE", &format!("{path}/thread-members/@me"), nothing)
        .await;
}

async fn use_interactions(rig: &Rig) {
    let completing = json!({"type": 3, "name": "q", "description": "x", "autocomplete": true});
    rig.register(json!([{"name": "do", "description": "x", "options": [completing]}, {"type": 3, "name": "Look"}])).await;
    let mut gateway = rig.identify(intent::GUILDS).await;
    let general = json!({"channel": "general", "line": "/do"});
    let components = json!([{"type": 1, "components": [{"type": 2, "style": 1, "label": "Go", "custom_id": "go"}]}]);
    let form = json!({"type": 9, "data": {"title": "t", "custom_id": "f", "components": [
        {"type": 1, "components": [{"type": 4, "custom_id": "a", "label": "A", "style": 2, "required": false, "placeholder": "p", "max_length": 100}]}]}});
    for answer in [
        json!({"type": 4, "data": {"content": "x", "components": components}}),
        json!({"type": 5, "data": {"flags": 64}}),
        form.clone(),
    ] {
        rig.person("mia", "run", general.clone()).await;
        let heard = gateway.event("INTERACTION_CREATE").await;
        let hook = format!("/webhooks/{}/{}", rig.application(), text(&heard["token"]));
        let path = format!(
            "/interactions/{}/{}/callback?with_response=true",
            text(&heard["id"]),
            text(&heard["token"])
        );
        rig.must("POST", &path, answer.clone()).await;
        rig.refused("POST", &path, answer.clone(), 400, 40060).await;
        if answer["type"] == 9 {
            rig.person("mia", "submit", json!({"form": heard["id"], "fields": {}}))
                .await;
            let sent = gateway.event("INTERACTION_CREATE").await;
            assert_eq!(
                rig.answer(&sent, json!({"type": 4, "data": {"content": "thanks"}}))
                    .await
                    .0,
                204
            );
            let hook = format!("/webhooks/{}/{}", rig.application(), text(&sent["token"]));
            rig.must("GET", &format!("{hook}/messages/@original"), Value::Null)
                .await;
            continue;
        }
        let original = format!("{hook}/messages/@original");
        let edited = rig
            .must(
                "PATCH",
                &original,
                json!({"content": "y", "components": components}),
            )
            .await;
        rig.must("GET", &original, Value::Null).await;
        let followed = rig
            .must("POST", &hook, json!({"content": "more", "flags": 64}))
            .await;
        let at = format!("{hook}/messages/{}", text(&followed["id"]));
        rig.must("PATCH", &at, json!({"content": "z"})).await;
        rig.must("GET", &at, Value::Null).await;
        rig.must("DELETE", &at, Value::Null).await;
        for answer in [
            json!({"type": 6}),
            json!({"type": 7, "data": {"content": "pressed"}}),
            json!({"type": 4, "data": {"content": "new"}}),
        ] {
            rig.person(
                "mia",
                "press",
                json!({"message": edited["id"], "button": "Go"}),
            )
            .await;
            let pressed = gateway.event("INTERACTION_CREATE").await;
            let path = format!(
                "/interactions/{}/{}/callback?with_response=true",
                text(&pressed["id"]),
                text(&pressed["token"])
            );
            rig.must("POST", &path, answer).await;
            let hook = format!(
                "/webhooks/{}/{}",
                rig.application(),
                text(&pressed["token"])
            );
            rig.must("GET", &format!("{hook}/messages/@original"), Value::Null)
                .await;
        }
        rig.must("DELETE", &original, Value::Null).await;
    }
    let asking = rig.person(
        "mia",
        "complete?wait_ms=1",
        json!({"channel": "general", "command": "do", "focused": "q"}),
    );
    let (_, heard) = tokio::join!(asking, gateway.event("INTERACTION_CREATE"));
    assert_eq!(
        rig.answer(
            &heard,
            json!({"type": 8, "data": {"choices": [{"name": "a", "value": "a"}]}})
        )
        .await
        .0,
        204
    );
    let said = rig
        .person("tom", "say", json!({"channel": "general", "content": "x"}))
        .await;
    rig.person(
        "mia",
        "run",
        json!({"channel": "general", "command": "Look", "target": said["id"]}),
    )
    .await;
    let heard = gateway.event("INTERACTION_CREATE").await;
    assert_eq!(
        rig.answer(&heard, json!({"type": 4, "data": {"content": "seen"}}))
            .await
            .0,
        204
    );
    rig.must(
        "GET",
        &format!(
            "/webhooks/{}/{}/messages/@original",
            rig.application(),
            text(&heard["token"])
        ),
        Value::Null,
    )
    .await;
}
