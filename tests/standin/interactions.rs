//! Interactions: one first answer, in time, of a fitting kind.

use serde_json::{Value, json};

use crate::harness::{Gateway, Rig, case, intent, text};

/// A rig with a command `/do` and a session that hears of it.
async fn rig() -> (Rig, Gateway) {
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

async fn run(rig: &Rig, gateway: &mut Gateway) -> Value {
    rig.person("mia", "run", json!({"channel": "general", "line": "/do"}))
        .await;
    gateway.event("INTERACTION_CREATE").await
}

fn message(content: &str) -> Value {
    json!({"type": 4, "data": {"content": content}})
}

fn form(components: Value) -> Value {
    json!({"type": 9, "data": {"title": "Form", "custom_id": "f", "components": components}})
}

fn input(id: &str) -> Value {
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
async fn answers_must_fit_the_interaction() {
    let (rig, mut gateway) = rig().await;
    let kinds = |answer: &(u16, Value)| (answer.0, answer.1["code"].as_u64().unwrap_or(0));
    let command = run(&rig, &mut gateway).await;
    for kind in [6, 7, 8, 10] {
        let answer = rig
            .answer(
                &command,
                json!({"type": kind, "data": {"content": "x", "choices": []}}),
            )
            .await;
        assert_eq!(kinds(&answer), (400, 50035), "{kind}");
    }
    assert_eq!(
        rig.answer(&command, form(json!([input("a")]))).await.0,
        204,
        "a refused answer leaves the first one open"
    );
    rig.person(
        "mia",
        "submit",
        json!({"form": command["id"], "fields": {"Words": "hello"}}),
    )
    .await;
    let sent = gateway.event("INTERACTION_CREATE").await;
    assert_eq!(
        sent["data"]["components"][0]["components"][0]["value"],
        "hello"
    );
    assert_eq!(
        kinds(&rig.answer(&sent, form(json!([input("a")]))).await),
        (400, 50035),
        "a form cannot answer a form"
    );
    assert_eq!(
        kinds(
            &rig.answer(&sent, json!({"type": 7, "data": {"content": "x"}}))
                .await
        ),
        (400, 50035),
        "no message to change"
    );
    assert_eq!(rig.answer(&sent, message("thanks")).await.0, 204);
    let sentence = rig
        .person_cannot(
            "mia",
            "submit",
            json!({"form": command["id"], "fields": {"Words": "again"}}),
        )
        .await;
    assert!(sentence.contains("sent already"), "{sentence}");
    let deferred = run(&rig, &mut gateway).await;
    rig.answer(&deferred, json!({"type": 5})).await;
    assert_eq!(
        kinds(&rig.answer(&deferred, form(json!([input("a")]))).await),
        (400, 40060),
        "a form cannot follow a deferral"
    );
}

#[tokio::test]
async fn forms_and_choices_have_their_limits() {
    let (rig, mut gateway) = rig().await;
    let interaction = run(&rig, &mut gateway).await;
    let path = format!(
        "/interactions/{}/{}/callback",
        text(&interaction["id"]),
        text(&interaction["token"])
    );
    let titled = |title: &str, id: &str| json!({"type": 9, "data": {"title": title, "custom_id": id, "components": [input("a")]}});
    let field = |more: Value| {
        let mut field = input("a");
        for (key, value) in more.as_object().into_iter().flatten() {
            field["components"][0][key] = value.clone();
        }
        form(json!([field]))
    };
    let six: Vec<Value> = (0..6).map(|n| input(&n.to_string())).collect();
    let button =
        json!({"type": 1, "components": [{"type": 2, "style": 1, "label": "x", "custom_id": "b"}]});
    rig.refuses(
        "POST",
        &path,
        vec![
            case("title", titled(&"t".repeat(46), "f"), 50035, "title"),
            case(
                "custom id",
                titled("t", &"i".repeat(101)),
                50035,
                "custom_id",
            ),
            case("empty", form(json!([])), 50035, "components"),
            case("six fields", form(json!(six)), 50035, "components"),
            case("button", form(json!([button])), 50035, "UNION_TYPE_CHOICES"),
            case(
                "one id twice",
                form(json!([input("a"), input("a")])),
                50035,
                "DUPLICATED",
            ),
            case(
                "label",
                field(json!({"label": "l".repeat(46)})),
                50035,
                "label",
            ),
            case(
                "placeholder",
                field(json!({"placeholder": "p".repeat(101)})),
                50035,
                "placeholder",
            ),
            case(
                "value",
                field(json!({"value": "v".repeat(4001)})),
                50035,
                "value",
            ),
            case("style", field(json!({"style": 3})), 50035, "style"),
            case(
                "lengths",
                field(json!({"min_length": 5, "max_length": 4})),
                50035,
                "MIN_LENGTH",
            ),
        ],
    )
    .await;
    let asked =
        json!({"channel": "general", "command": "do", "focused": "q", "options": {"q": "pri"}});
    let choices = |count: usize| -> Value {
        (0..count)
            .map(|n| json!({"name": n.to_string(), "value": "v"}))
            .collect()
    };
    let completing = rig.person("mia", "complete?wait_ms=1", asked.clone());
    let (_, heard) = tokio::join!(completing, gateway.event("INTERACTION_CREATE"));
    assert_eq!(
        (
            heard["type"].as_u64(),
            &heard["data"]["options"][0]["focused"]
        ),
        (Some(4), &json!(true))
    );
    let offer = |choices: Value| json!({"type": 8, "data": {"choices": choices}});
    assert_eq!(
        rig.answer(&heard, offer(choices(26))).await.1["code"],
        50035
    );
    assert_eq!(
        rig.answer(&heard, json!({"type": 5})).await.1["code"],
        50035,
        "completion cannot be deferred"
    );
    assert_eq!(rig.answer(&heard, offer(choices(25))).await.0, 204);
    let seen = rig
        .sees("mia", &format!("interactions/{}", text(&heard["id"])))
        .await;
    assert_eq!(seen["choices"].as_array().map(Vec::len), Some(25));
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

#[tokio::test]
async fn a_form_that_a_button_opened_may_change_the_buttons_message() {
    let (rig, mut gateway) = rig().await;
    let general = rig.channel("general").await;
    let components = json!([{"type": 1, "components": [{"type": 2, "style": 1, "label": "Fill", "custom_id": "fill"}]}]);
    let card = rig
        .must(
            "POST",
            &format!("/channels/{general}/messages"),
            json!({"content": "card", "components": components}),
        )
        .await;
    rig.person(
        "tom",
        "press",
        json!({"message": card["id"], "button": "Fill"}),
    )
    .await;
    let pressed = gateway.event("INTERACTION_CREATE").await;
    let mut optional = input("note");
    optional["components"][0]["required"] = json!(false);
    optional["components"][0]["value"] = json!("kept");
    rig.answer(&pressed, form(json!([input("a"), optional])))
        .await;
    for (fields, part) in [
        (json!({}), "required"),
        (json!({"Else": "x", "a": "x"}), "no field Else"),
    ] {
        let sentence = rig
            .person_cannot(
                "tom",
                "submit",
                json!({"form": pressed["id"], "fields": fields}),
            )
            .await;
        assert!(sentence.contains(part), "{sentence}");
    }
    rig.person_cannot(
        "mia",
        "submit",
        json!({"form": pressed["id"], "fields": {"a": "x"}}),
    )
    .await;
    rig.person(
        "tom",
        "submit",
        json!({"form": pressed["id"], "fields": {"a": "x"}}),
    )
    .await;
    let sent = gateway.event("INTERACTION_CREATE").await;
    assert_eq!(
        (&sent["type"], &sent["message"]["id"]),
        (&json!(5), &card["id"])
    );
    assert_eq!(
        sent["data"]["components"][1]["components"][0]["value"], "kept",
        "what was prefilled is sent"
    );
    assert_eq!(
        rig.answer(&sent, json!({"type": 7, "data": {"content": "filled"}}))
            .await
            .0,
        204
    );
    let read = rig
        .must(
            "GET",
            &format!("/channels/{general}/messages/{}", text(&card["id"])),
            Value::Null,
        )
        .await;
    assert_eq!(read["content"], "filled");
}
