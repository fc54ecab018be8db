//! Interactions: one first answer, in time, of a fitting kind.

use serde_json::{Value, json};

use crate::harness::{Gateway, Rig, intent, text};

/// A rig with a command `/do` and a session that hears of it.
pub async fn rig() -> (Rig, Gateway) {
    let rig = Rig::new().await;
    let complete = json!({"type": 3, "name": "q", "description": "x", "autocomplete": true});
    rig.register(json!([
        {"name": "do", "description": "x", "options": [complete]},
        {"type": 3, "name": "Look at it"},
        {"type": 2, "name": "Look at them"},
    ]))
    .await;
    let gateway = rig
        .identify(intent::GUILDS | intent::MESSAGES | intent::CONTENT)
        .await;
    (rig, gateway)
}

pub async fn run(rig: &Rig, gateway: &mut Gateway) -> Value {
    rig.person("mia", "run", json!({"channel": "general", "line": "/do"}))
        .await;
    gateway.event("INTERACTION_CREATE").await
}

pub fn message(content: &str) -> Value {
    json!({"type": 4, "data": {"content": content}})
}

pub fn form(components: Value) -> Value {
    json!({"type": 9, "data": {"title": "Form", "custom_id": "f", "components": components}})
}

pub fn input(id: &str) -> Value {
    json!({"type": 1, "components": [{"type": 4, "custom_id": id, "label": "Words", "style": 1}]})
}

fn webhook(rig: &Rig, interaction: &Value) -> String {
    format!(
        "/webhooks/{}/{}",
        rig.application(),
        text(&interaction["token"])
    )
}

#[tokio::test]
async fn an_interaction_is_answered_once_and_within_three_seconds() {
    let (rig, mut gateway) = rig().await;
    let interaction = run(&rig, &mut gateway).await;
    assert_eq!(rig.answer(&interaction, message("first")).await.0, 204);
    let (status, answer) = rig.answer(&interaction, message("second")).await;
    assert_eq!((status, &answer["code"]), (400, &json!(40060)));
    let late = run(&rig, &mut gateway).await;
    rig.advance(3);
    let (status, answer) = rig.answer(&late, message("late")).await;
    assert_eq!((status, &answer["code"]), (404, &json!(10062)));
    let stranger = json!({"id": interaction["id"], "token": "guessed"});
    assert_eq!(rig.answer(&stranger, message("x")).await.1["code"], 10062);
    let seen = rig
        .sees("mia", &format!("interactions/{}", text(&late["id"])))
        .await;
    assert_eq!(
        (text(&seen["state"]), text(&seen["failure"])),
        ("failed", "The application did not respond")
    );
}

#[tokio::test]
async fn a_token_opens_its_webhook_after_the_first_answer_and_for_fifteen_minutes() {
    let (rig, mut gateway) = rig().await;
    let interaction = run(&rig, &mut gateway).await;
    let hook = webhook(&rig, &interaction);
    rig.refused("POST", &hook, json!({"content": "too early"}), 404, 10015)
        .await;
    rig.refused(
        "POST",
        "/webhooks/1/guessed",
        json!({"content": "x"}),
        404,
        10015,
    )
    .await;
    rig.answer(&interaction, message("first")).await;
    let followed = rig
        .must("POST", &hook, json!({"content": "second", "flags": 64}))
        .await;
    let path = format!("{hook}/messages/{}", text(&followed["id"]));
    assert_eq!(
        rig.must("PATCH", &path, json!({"content": "third"})).await["content"],
        "third"
    );
    let general = rig.channel("general").await;
    rig.refused(
        "GET",
        &format!("/channels/{general}/messages/{}", text(&followed["id"])),
        Value::Null,
        404,
        10008,
    )
    .await;
    rig.must("DELETE", &path, Value::Null).await;
    rig.refused("GET", &path, Value::Null, 404, 10008).await;
    // A percent-encoded `@original`, as discord.js sends it.
    let original = format!("{hook}/messages/%40original");
    assert_eq!(
        rig.must("GET", &original, Value::Null).await["content"],
        "first"
    );
    rig.advance(15 * 60);
    rig.refused("PATCH", &original, json!({"content": "x"}), 401, 50027)
        .await;
    rig.refused("POST", &hook, json!({"content": "x"}), 401, 50027)
        .await;
}

#[tokio::test]
async fn a_follow_up_straight_after_a_deferral_is_the_answer_and_stays_ephemeral() {
    let (rig, mut gateway) = rig().await;
    let interaction = run(&rig, &mut gateway).await;
    rig.answer(&interaction, json!({"type": 5, "data": {"flags": 64}}))
        .await;
    let seen = rig
        .sees("mia", &format!("interactions/{}", text(&interaction["id"])))
        .await;
    assert_eq!(
        (text(&seen["state"]), &seen["message"]["loading"]),
        ("deferred", &json!(true))
    );
    let hook = webhook(&rig, &interaction);
    let filled = rig.must("POST", &hook, json!({"content": "here"})).await;
    assert_eq!(
        (
            filled["flags"].as_u64().unwrap_or(0) & 64,
            text(&filled["content"])
        ),
        (64, "here")
    );
    let original = rig
        .must("GET", &format!("{hook}/messages/@original"), Value::Null)
        .await;
    assert_eq!(original["id"], filled["id"]);
    let public = rig
        .must("POST", &hook, json!({"content": "and more"}))
        .await;
    assert_ne!(public["id"], filled["id"]);
    assert_eq!(
        rig.sees("tom", "channels/general/messages")
            .await
            .as_array()
            .map(Vec::len),
        Some(1),
        "only the public one"
    );
    assert_eq!(
        rig.sees("mia", "channels/general/messages")
            .await
            .as_array()
            .map(Vec::len),
        Some(2)
    );
}

#[tokio::test]
async fn with_response_tells_what_became_of_the_answer() {
    let (rig, mut gateway) = rig().await;
    for asked in ["true", "True", "1"] {
        let interaction = run(&rig, &mut gateway).await;
        let path = format!(
            "/interactions/{}/{}/callback?with_response={asked}",
            text(&interaction["id"]),
            text(&interaction["token"])
        );
        let answer = rig.must("POST", &path, message("hello")).await;
        assert_eq!(answer["resource"]["message"]["content"], "hello");
        assert_eq!(
            answer["interaction"]["response_message_id"],
            answer["resource"]["message"]["id"]
        );
        assert_eq!(
            answer["resource"]["message"]["interaction_metadata"]["id"],
            interaction["id"]
        );
    }
}

#[tokio::test]
async fn components_reach_the_application_with_their_message() {
    let (rig, mut gateway) = rig().await;
    let interaction = run(&rig, &mut gateway).await;
    let components = json!([
        {"type": 1, "components": [
            {"type": 2, "style": 1, "label": "Go", "custom_id": "go"},
            {"type": 2, "style": 2, "label": "Stop", "custom_id": "stop", "disabled": true},
            {"type": 2, "style": 5, "label": "Read", "url": "https://example.com"},
        ]},
        {"type": 1, "components": [{"type": 3, "custom_id": "pick", "placeholder": "Pick", "max_values": 2,
            "options": [{"label": "A", "value": "a"}, {"label": "B", "value": "b"}, {"label": "C", "value": "c"}]}]},
        {"type": 1, "components": [{"type": 5, "custom_id": "who", "placeholder": "Who"}]},
    ]);
    rig.answer(
        &interaction,
        json!({"type": 4, "data": {"content": "x", "flags": 64, "components": components}}),
    )
    .await;
    let seen = rig.sees("mia", "channels/general/messages").await;
    let id = seen[0]["id"].clone();
    for (what, body, part) in [
        (
            "press",
            json!({"message": id, "button": "Stop"}),
            "disabled",
        ),
        ("press", json!({"message": id, "button": "Read"}), "opens"),
        (
            "press",
            json!({"message": id, "button": "Back"}),
            "no button",
        ),
        (
            "choose",
            json!({"message": id, "select": "Pick", "values": ["A", "B", "C"]}),
            "between 1 and 2",
        ),
        (
            "choose",
            json!({"message": id, "select": "Pick", "values": ["D"]}),
            "none of",
        ),
    ] {
        let sentence = rig.person_cannot("mia", what, body).await;
        assert!(sentence.contains(part), "{sentence}");
    }
    rig.person_cannot("tom", "press", json!({"message": id, "button": "Go"}))
        .await;
    rig.person(
        "mia",
        "choose",
        json!({"message": id, "select": "Pick", "values": ["C", "a"]}),
    )
    .await;
    let chosen = gateway.event("INTERACTION_CREATE").await;
    assert_eq!(
        (&chosen["data"]["values"], &chosen["message"]["id"]),
        (&json!(["c", "a"]), &id)
    );
    assert_eq!(rig.answer(&chosen, json!({"type": 6})).await.0, 204);
    rig.person(
        "mia",
        "choose",
        json!({"message": id, "select": "who", "values": ["@tom"]}),
    )
    .await;
    let who = gateway.event("INTERACTION_CREATE").await;
    assert!(
        who["data"]["resolved"]["users"]
            .as_object()
            .is_some_and(|users| users.len() == 1),
        "{who}"
    );
    rig.person("mia", "press", json!({"message": id, "button": "Go"}))
        .await;
    let pressed = gateway.event("INTERACTION_CREATE").await;
    rig.answer(
        &pressed,
        json!({"type": 7, "data": {"content": "went", "components": []}}),
    )
    .await;
    let seen = rig.sees("mia", "channels/general/messages").await;
    assert_eq!(
        (
            text(&seen[0]["content"]),
            &seen[0]["components"],
            &seen[0]["ephemeral"]
        ),
        ("went", &json!([]), &json!(true))
    );
}

#[tokio::test]
async fn context_menus_carry_their_target() {
    let (rig, mut gateway) = rig().await;
    let said = rig
        .person(
            "tom",
            "say",
            json!({"channel": "general", "content": "printer on fire"}),
        )
        .await;
    let body = json!({"channel": "general", "command": "Look at it", "target": said["id"]});
    rig.person("mia", "run", body).await;
    let heard = gateway.event("INTERACTION_CREATE").await;
    let target = &heard["data"]["resolved"]["messages"][text(&said["id"])];
    assert_eq!(
        (&heard["data"]["target_id"], text(&target["content"])),
        (&said["id"], "printer on fire")
    );
    rig.person(
        "mia",
        "run",
        json!({"channel": "general", "command": "Look at them", "target": "@tom"}),
    )
    .await;
    let heard = gateway.event("INTERACTION_CREATE").await;
    assert_eq!(
        heard["data"]["resolved"]["users"][text(&heard["data"]["target_id"])]["username"],
        "tom"
    );
    assert_eq!(
        (
            &heard["context"],
            heard["member"]["permissions"].is_string()
        ),
        (&json!(0), true)
    );
}

#[tokio::test]
async fn in_a_direct_message_there_is_a_user_and_no_guild() {
    let (rig, mut gateway) = rig().await;
    let global = format!("/applications/{}/commands", rig.application());
    rig.must(
        "PUT",
        &global,
        json!([{"name": "anywhere", "description": "x"}]),
    )
    .await;
    let sentence = rig
        .person_cannot("mia", "run", json!({"channel": "@bot", "line": "/do"}))
        .await;
    assert!(
        sentence.contains("/do"),
        "a guild's command is not offered there: {sentence}"
    );
    rig.person(
        "mia",
        "run",
        json!({"channel": "@bot", "line": "/anywhere"}),
    )
    .await;
    let heard = gateway.event("INTERACTION_CREATE").await;
    assert_eq!(
        (&heard["context"], text(&heard["user"]["username"])),
        (&json!(1), "mia")
    );
    assert!(heard.get("member").is_none() && heard.get("guild_id").is_none());
    assert_eq!(
        rig.answer(&heard, json!({"type": 4, "data": {"content": "hello"}}))
            .await
            .0,
        204
    );
    assert_eq!(
        rig.sees("mia", "channels/@bot/messages").await[0]["content"],
        "hello"
    );
}
