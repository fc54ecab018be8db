//! Registering commands.

use serde_json::{Value, json};

use crate::harness::{Rig, case, text};

fn slash(name: &str, options: Value) -> Value {
    json!({"name": name, "description": "What it does", "options": options})
}

fn option(name: &str, more: Value) -> Value {
    let mut option = json!({"type": 3, "name": name, "description": "What it is"});
    for (key, value) in more.as_object().into_iter().flatten() {
        option[key] = value.clone();
    }
    option
}

#[tokio::test]
async fn commands_that_discord_refuses_are_refused() {
    let rig = Rig::new().await;
    let path = format!(
        "/applications/{}/guilds/{}/commands",
        rig.application(),
        rig.guild()
    );
    let with = |option: Value| slash("ok", json!([option]));
    let many: Vec<Value> = (0..26)
        .map(|n| option(&format!("o{n}"), json!({})))
        .collect();
    let choices: Vec<Value> = (0..26)
        .map(|n| json!({"name": n.to_string(), "value": "x"}))
        .collect();
    let sub = json!({"type": 1, "name": "sub", "description": "x"});
    let group = json!({"type": 2, "name": "g", "description": "x", "options": [sub]});
    let deep = json!({"type": 2, "name": "g", "description": "x", "options": [group]});
    let wordy: Vec<Value> = (0..25)
        .map(|n| {
            let choices: Vec<Value> = (0..4)
                .map(|c| json!({"name": format!("{c}{}", "n".repeat(80)), "value": "v".repeat(20)}))
                .collect();
            option(&format!("o{n}"), json!({"choices": choices}))
        })
        .collect();
    rig.refuses(
        "POST",
        &path,
        vec![
            case(
                "no name",
                json!({"description": "x"}),
                50035,
                "BASE_TYPE_REQUIRED",
            ),
            case(
                "capitals",
                slash("Ticket", json!([])),
                50035,
                "APPLICATION_COMMAND_INVALID_NAME",
            ),
            case(
                "space",
                slash("a b", json!([])),
                50035,
                "APPLICATION_COMMAND_INVALID_NAME",
            ),
            case(
                "33 characters",
                slash(&"a".repeat(33), json!([])),
                50035,
                "name",
            ),
            case("no description", json!({"name": "a"}), 50035, "description"),
            case(
                "101 characters",
                json!({"name": "a", "description": "x".repeat(101)}),
                50035,
                "description",
            ),
            case("26 options", slash("a", json!(many)), 50035, "options"),
            case(
                "two of one name",
                slash("a", json!([option("o", json!({})), option("o", json!({}))])),
                50035,
                "ALREADY_EXISTS",
            ),
            case(
                "required after optional",
                slash(
                    "a",
                    json!([
                        option("o", json!({})),
                        option("p", json!({"required": true}))
                    ]),
                ),
                50035,
                "REQUIRED_INVALID",
            ),
            case(
                "autocomplete with choices",
                with(option(
                    "o",
                    json!({"autocomplete": true, "choices": [{"name": "a", "value": "a"}]}),
                )),
                50035,
                "AUTOCOMPLETE",
            ),
            case(
                "26 choices",
                with(option("o", json!({"choices": choices}))),
                50035,
                "choices",
            ),
            case(
                "choice of another type",
                with(option("o", json!({"choices": [{"name": "a", "value": 1}]}))),
                50035,
                "value",
            ),
            case(
                "capital option",
                with(option("O", json!({}))),
                50035,
                "INVALID_NAME",
            ),
            case(
                "nested too deep",
                slash("a", json!([deep])),
                50035,
                "TYPE_INVALID",
            ),
            case(
                "subcommand beside option",
                slash("a", json!([sub, option("o", json!({}))])),
                50035,
                "mutually exclusive",
            ),
            case(
                "over 8000 characters",
                slash("a", json!(wordy)),
                50035,
                "APPLICATION_COMMAND_TOO_LARGE",
            ),
            case(
                "described context menu",
                json!({"type": 3, "name": "Do it", "description": "x"}),
                50035,
                "DESCRIPTION",
            ),
            case(
                "context menu with options",
                json!({"type": 3, "name": "Do it", "options": [option("o", json!({}))]}),
                50035,
                "OPTIONS",
            ),
        ],
    )
    .await;
    rig.refuses(
        "PUT",
        &path,
        vec![
            case(
                "two of one name",
                json!([slash("a", json!([])), slash("a", json!([]))]),
                50035,
                "DUPLICATE_NAME",
            ),
            case(
                "a fault in the second",
                json!([slash("a", json!([])), slash("B", json!([]))]),
                50035,
                "\"1\"",
            ),
        ],
    )
    .await;
    let list: Vec<Value> = (0..101)
        .map(|n| slash(&format!("c{n}"), json!([])))
        .collect();
    rig.refused("PUT", &path, json!(list), 400, 30032).await;
    rig.refused("PUT", "/applications/1/commands", json!([]), 403, 20012)
        .await;
}

#[tokio::test]
async fn commands_keep_their_ids_and_count_as_created_once() {
    let rig = Rig::new().await;
    let scope = format!(
        "/applications/{}/guilds/{}/commands",
        rig.application(),
        rig.guild()
    );
    let (status, created) = rig.call("POST", &scope, slash("ask", json!([]))).await;
    assert_eq!(status, 201);
    let (status, again) = rig.call("POST", &scope, slash("ask", json!([]))).await;
    assert_eq!(
        (status, &again["id"], &again["version"]),
        (200, &created["id"], &created["version"])
    );
    let menu = json!({"type": 3, "name": "Ask Deskhand"});
    let list = rig
        .register(json!([
            slash("ask", json!([option("q", json!({"required": true}))])),
            menu
        ]))
        .await;
    assert_eq!(list[0]["id"], created["id"]);
    assert_ne!(
        list[0]["version"], created["version"],
        "a changed command has a new version"
    );
    rig.must(
        "DELETE",
        &format!("{scope}/{}", text(&created["id"])),
        Value::Null,
    )
    .await;
    rig.refused(
        "GET",
        &format!("{scope}/{}", text(&created["id"])),
        Value::Null,
        404,
        10063,
    )
    .await;
    for round in 0..2 {
        // 199 more are allowed today: 1 + 1 + 198 = 200.
        let list: Vec<Value> = (0..99)
            .map(|n| slash(&format!("r{round}-{n}"), json!([])))
            .collect();
        rig.register(json!(list)).await;
    }
    rig.refused("POST", &scope, slash("one-too-many", json!([])), 400, 30034)
        .await;
    rig.advance(24 * 60 * 60 + 1);
    rig.must("POST", &scope, slash("tomorrow", json!([]))).await;
}

#[tokio::test]
async fn people_are_offered_what_they_may_use_where_they_are() {
    let rig = Rig::new().await;
    rig.register(json!([
        slash("ask", json!([])),
        {"name": "manage", "description": "x", "default_member_permissions": "32"},
        {"name": "nobody", "description": "x", "default_member_permissions": "0"},
    ]))
    .await;
    let global = format!("/applications/{}/commands", rig.application());
    rig.must(
        "PUT",
        &global,
        json!([
            {"name": "anywhere", "description": "x"},
            {"name": "direct", "description": "x", "contexts": [1]},
        ]),
    )
    .await;
    let offered = async |who: &str, place: &str| {
        let list = rig.sees(who, &format!("commands?channel={place}")).await;
        let names: Vec<&str> = list
            .as_array()
            .into_iter()
            .flatten()
            .map(|one| text(&one["name"]))
            .collect();
        names.join(" ")
    };
    assert_eq!(offered("mia", "general").await, "ask anywhere");
    assert_eq!(
        offered("ada", "general").await,
        "ask manage nobody anywhere"
    );
    assert_eq!(offered("mia", "@bot").await, "anywhere direct");
    let sentence = rig
        .person_cannot(
            "mia",
            "run",
            json!({"channel": "general", "line": "/manage"}),
        )
        .await;
    assert!(sentence.contains("/manage"), "{sentence}");
}

#[tokio::test]
async fn typed_options_are_checked_as_the_client_checks_them() {
    let rig = Rig::new().await;
    rig.register(json!([slash(
        "set",
        json!([
            option("title", json!({"required": true, "min_length": 3, "max_length": 10})),
            {"type": 4, "name": "count", "description": "x", "min_value": 1, "max_value": 9},
            {"type": 6, "name": "who", "description": "x"},
            {"type": 5, "name": "sure", "description": "x"},
            {"type": 7, "name": "where", "description": "x", "channel_types": [0]},
            option("kind", json!({"choices": [{"name": "One person", "value": "one"}]})),
        ])
    )]))
    .await;
    for (line, part) in [
        ("/set", "title is required"),
        ("/set title:ab", "At least 3"),
        ("/set title:abcdefghijk", "At most 10"),
        ("/set title:abc count:many", "whole number"),
        ("/set title:abc count:10", "at most 9"),
        ("/set title:abc who:@nobody", "Nobody"),
        ("/set title:abc sure:perhaps", "true nor false"),
        ("/set title:abc where:#nowhere", "no channel"),
        ("/set title:abc kind:two", "none of the choices"),
        ("/set colour:red", "no option colour"),
    ] {
        let sentence = rig
            .person_cannot("mia", "run", json!({"channel": "general", "line": line}))
            .await;
        assert!(sentence.contains(part), "{line}: {sentence}");
    }
    let mut gateway = rig.identify(1).await;
    let line = "/set title:a thing count:3 who:@tom sure:true where:#random kind:One person";
    rig.person("mia", "run", json!({"channel": "general", "line": line}))
        .await;
    let heard = gateway.event("INTERACTION_CREATE").await;
    let values: Vec<&Value> = heard["data"]["options"]
        .as_array()
        .into_iter()
        .flatten()
        .map(|one| &one["value"])
        .collect();
    let tom = json!(rig.id_of("tom").await);
    let random = json!(rig.channel("random").await);
    assert_eq!(
        values,
        [
            &json!("a thing"),
            &json!(3),
            &tom,
            &json!(true),
            &random,
            &json!("one")
        ]
    );
    assert_eq!(
        heard["data"]["resolved"]["users"][text(&tom)]["username"],
        "tom"
    );
    assert!(heard["data"]["resolved"]["members"][text(&tom)]["roles"].is_array());
}
