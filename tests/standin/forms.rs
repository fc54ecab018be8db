//! Forms and choices: what may be opened and offered, and which answers fit which interaction.

use serde_json::{Value, json};

use crate::harness::{case, text};
use crate::interactions::{form, input, message, rig, run};

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
