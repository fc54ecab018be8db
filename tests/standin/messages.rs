//! Messages: what may be in them, who may change them, what comes twice.

use serde_json::{Value, json};

use crate::harness::{Rig, case, text};

fn row(components: Value) -> Value {
    json!({"components": [{"type": 1, "components": components}]})
}

fn button(id: &str) -> Value {
    json!({"type": 2, "style": 1, "label": "x", "custom_id": id})
}

fn select(options: usize) -> Value {
    let options: Vec<Value> = (0..options)
        .map(|n| json!({"label": "x", "value": n.to_string()}))
        .collect();
    json!({"type": 3, "custom_id": "s", "options": options})
}

#[tokio::test]
async fn messages_that_discord_refuses_are_refused_with_its_codes() {
    let rig = Rig::new().await;
    let path = format!("/channels/{}/messages", rig.channel("general").await);
    let long = |count: usize| "ü".repeat(count);
    let field = |name: usize, value: usize| json!({"name": long(name), "value": long(value)});
    let fields: Vec<Value> = (0..26).map(|_| field(1, 1)).collect();
    let buttons: Vec<Value> = (0..6).map(|n| button(&n.to_string())).collect();
    let rows: Vec<Value> = (0..6)
        .map(|n| json!({"type": 1, "components": [button(&n.to_string())]}))
        .collect();
    let embed = |embed: Value| json!({"embeds": [embed]});
    let big = json!({"description": long(3001)});
    rig.refuses("POST", &path, vec![
        case("nothing", json!({}), 50006, "empty"),
        case("white space", json!({"content": " \n "}), 50006, "empty"),
        case("content", json!({"content": long(2001)}), 50035, "content"),
        case("embeds", json!({"embeds": vec![json!({"title": "x"}); 11]}), 50035, "embeds"),
        case("title", embed(json!({"title": long(257)})), 50035, "title"),
        case("description", embed(json!({"description": long(4097)})), 50035, "description"),
        case("fields", embed(json!({"fields": fields})), 50035, "fields"),
        case("field name", embed(json!({"fields": [field(257, 1)]})), 50035, "name"),
        case("field value", embed(json!({"fields": [field(1, 1025)]})), 50035, "value"),
        case("empty field value", embed(json!({"fields": [field(1, 0)]})), 50035, "BASE_TYPE_REQUIRED"),
        case("footer", embed(json!({"footer": {"text": long(2049)}})), 50035, "footer"),
        case("author", embed(json!({"author": {"name": long(257)}})), 50035, "author"),
        case("sum of embeds", json!({"embeds": [big, big]}), 50035, "MAX_EMBED_SIZE_EXCEEDED"),
        case("embed link", embed(json!({"title": "x", "url": "ftp://x"})), 50035, "URL_TYPE_INVALID_URL"),
        case("six rows", json!({"components": rows}), 50035, "BASE_TYPE_BAD_LENGTH"),
        case("six buttons", row(json!(buttons)), 50035, "components"),
        case("empty row", row(json!([])), 50035, "BASE_TYPE_BAD_LENGTH"),
        case("one id twice", row(json!([button("a"), button("a")])), 50035, "COMPONENT_CUSTOM_ID_DUPLICATED"),
        case("a word for an emoji", row(json!([{"type": 2, "style": 1, "custom_id": "a", "emoji": {"name": "smile"}}])), 50035, "INVALID_EMOJI"),
        case("long id", row(json!([button(&long(101))])), 50035, "custom_id"),
        case("no id", row(json!([{"type": 2, "style": 1, "label": "x"}])), 50035, "BASE_TYPE_REQUIRED"),
        case("long label", row(json!([{"type": 2, "style": 1, "label": long(81), "custom_id": "a"}])), 50035, "label"),
        case("no label", row(json!([{"type": 2, "style": 1, "custom_id": "a"}])), 50035, "BUTTON_COMPONENT_INVALID"),
        case("link without url", row(json!([{"type": 2, "style": 5, "label": "x"}])), 50035, "url"),
        case("link with id", row(json!([{"type": 2, "style": 5, "label": "x", "url": "https://x.y", "custom_id": "a"}])), 50035, "MUTUALLY_EXCLUSIVE"),
        case("no options", row(json!([select(0)])), 50035, "options"),
        case("26 options", row(json!([select(26)])), 50035, "options"),
        case("select and button", row(json!([select(1), button("a")])), 50035, "WIDTH"),
        case("text input", row(json!([{"type": 4, "custom_id": "a", "style": 1, "label": "x"}])), 50035, "UNION_TYPE_CHOICES"),
        case("bare button", json!({"components": [button("a")]}), 50035, "UNION_TYPE_CHOICES"),
        case("layout without its flag", json!({"components": [{"type": 10, "content": "x"}]}), 50035, "UNION_TYPE_CHOICES"),
        case("layout with content", json!({"flags": 32768, "content": "x", "components": [{"type": 10, "content": "x"}]}), 50035, "COMPONENTS_V2"),
        case("nonce", json!({"content": "x", "nonce": long(26)}), 50035, "nonce"),
        case("parse and users", json!({"content": "x", "allowed_mentions": {"parse": ["users"], "users": ["1"]}}), 50035, "PARSE_EXCLUSIVE"),
        case("parse of a stranger", json!({"content": "x", "allowed_mentions": {"parse": ["friends"]}}), 50035, "BASE_TYPE_CHOICES"),
        case("reply to nothing", json!({"content": "x", "message_reference": {"message_id": "1"}}), 50035, "REPLIES_UNKNOWN_MESSAGE"),
    ])
    .await;
    let whole = json!({"content": long(2000), "embeds": [{"title": long(256), "description": long(4096), "fields": [field(256, 1024)]}],
        "components": [{"type": 1, "components": buttons[..5]}, {"type": 1, "components": [select(25)]}], "nonce": long(25)});
    let sent = rig.must("POST", &path, whole).await;
    assert_eq!(
        sent["components"][1]["components"][0]["min_values"], 1,
        "defaults are filled in"
    );
    assert_eq!(
        sent["components"][0]["components"][4]["id"], 6,
        "components are numbered"
    );
}

#[tokio::test]
async fn unknown_things_and_wrong_tokens_have_their_codes() {
    let rig = Rig::new().await;
    let general = rig.channel("general").await;
    let say = json!({"content": "x"});
    rig.refused("POST", "/channels/1/messages", say.clone(), 404, 10003)
        .await;
    rig.refused("GET", "/guilds/1", Value::Null, 404, 10004)
        .await;
    rig.refused(
        "GET",
        &format!("/channels/{general}/messages/1"),
        Value::Null,
        404,
        10008,
    )
    .await;
    rig.refused(
        "GET",
        &format!("/guilds/{}/members/1", rig.guild()),
        Value::Null,
        404,
        10013,
    )
    .await;
    rig.refused("GET", "/users/1", Value::Null, 404, 10013)
        .await;
    rig.refused(
        "DELETE",
        &format!("/guilds/{}/roles/1", rig.guild()),
        Value::Null,
        404,
        10011,
    )
    .await;
    rig.refused("GET", "/channels/general", Value::Null, 400, 50035)
        .await;
    rig.refused(
        "POST",
        "/users/@me/channels",
        json!({"recipient_id": rig.application()}),
        400,
        50033,
    )
    .await;
    let (status, answer) = rig
        .request(
            "GET",
            "/api/v10/users/@me",
            Value::Null,
            Some("Bot nonsense"),
        )
        .await;
    assert_eq!(
        (status, answer),
        (401, json!({"message": "401: Unauthorized", "code": 0}))
    );
    assert_eq!(
        rig.request("GET", "/api/v10/users/@me", Value::Null, None)
            .await
            .0,
        401
    );
    assert_eq!(
        rig.call(
            "GET",
            &format!("/guilds/{}/emojis", rig.guild()),
            Value::Null
        )
        .await
        .0,
        501
    );
    let lines = rig.ledger().await;
    let unserved: Vec<&Value> = lines
        .iter()
        .filter(|line| line["route"].is_null())
        .collect();
    assert_eq!(
        unserved.len(),
        1,
        "a route that the stand-in lacks stands in the ledger without a template"
    );
}

#[tokio::test]
async fn a_message_is_changed_by_its_author_only_and_never_emptied() {
    let rig = Rig::new().await;
    let general = rig.channel("general").await;
    let hers = rig
        .person(
            "mia",
            "say",
            json!({"channel": "general", "content": "mine"}),
        )
        .await;
    let hers = format!("/channels/{general}/messages/{}", text(&hers["id"]));
    rig.refused("PATCH", &hers, json!({"content": "yours"}), 403, 50005)
        .await;
    let own = rig
        .must(
            "POST",
            &format!("/channels/{general}/messages"),
            json!({"content": "a"}),
        )
        .await;
    let own = format!("/channels/{general}/messages/{}", text(&own["id"]));
    rig.refused("PATCH", &own, json!({"content": ""}), 400, 50006)
        .await;
    let edited = rig.must("PATCH", &own, json!({"content": "b"})).await;
    assert_eq!(
        (
            text(&edited["content"]),
            edited["edited_timestamp"].is_string()
        ),
        ("b", true)
    );
    rig.must("DELETE", &own, Value::Null).await;
    rig.refused("DELETE", &own, Value::Null, 404, 10008).await;
    rig.refused("DELETE", &hers, Value::Null, 403, 50013).await;
    let allow = json!({"role": "Deskhand", "allow": (1_u64 << 13).to_string()});
    rig.person("ada", "admin/permissions", allow).await;
    rig.must("DELETE", &hers, Value::Null).await;
}

#[tokio::test]
async fn direct_messages_need_a_common_guild_and_an_open_door() {
    let rig = Rig::new().await;
    let mia = rig.id_of("mia").await;
    let direct = rig
        .must("POST", "/users/@me/channels", json!({"recipient_id": mia}))
        .await;
    let path = format!("/channels/{}/messages", text(&direct["id"]));
    let say = json!({"content": "psst"});
    rig.must("POST", &path, say.clone()).await;
    rig.person("mia", "privacy", json!({"direct_messages": false}))
        .await;
    rig.refused("POST", &path, say.clone(), 403, 50007).await;
    rig.person("mia", "privacy", json!({"direct_messages": true}))
        .await;
    rig.person("mia", "admin/kick", json!({"user": "mia"}))
        .await;
    rig.refused("POST", &path, say.clone(), 403, 50278).await;
    rig.person("ada", "admin/join", json!({"name": "mia"}))
        .await;
    rig.must("POST", &path, say).await;
}

#[tokio::test]
async fn files_come_and_go_with_their_message() {
    let rig = Rig::new().await;
    let general = rig.channel("general").await;
    let post = async |size: usize| {
        let file = reqwest::multipart::Part::bytes(vec![b'x'; size])
            .file_name("printer log.txt")
            .mime_str("text/plain")
            .expect("a media type");
        let payload = json!({"content": "", "attachments": [{"id": 0, "description": "the log"}]});
        let form = reqwest::multipart::Form::new()
            .text("payload_json", payload.to_string())
            .part("files[0]", file);
        let url = format!(
            "{}/api/v10/channels/{general}/messages",
            rig.standin.rest_base()
        );
        let token = format!("Bot {}", rig.standin.token());
        let request = reqwest::Client::new()
            .post(url)
            .header("authorization", token);
        let response = request.multipart(form).send().await.expect("an answer");
        (
            response.status().as_u16(),
            response.json::<Value>().await.expect("JSON"),
        )
    };
    let deny = |bits: u64| json!({"channel": "general", "user": rig.application(), "deny": bits.to_string()});
    rig.person("ada", "admin/permissions", deny(1 << 15)).await;
    assert_eq!(
        post(10).await.1["code"],
        50013,
        "without the permission to attach files"
    );
    rig.person("ada", "admin/permissions", deny(0)).await;
    let (status, sent) = post(10).await;
    let file = &sent["attachments"][0];
    assert_eq!(
        (status, text(&file["filename"]), &file["size"]),
        (200, "printer_log.txt", &json!(10))
    );
    assert_eq!(text(&file["description"]), "the log");
    let read = reqwest::get(text(&file["url"])).await.expect("an answer");
    assert_eq!(read.text().await.expect("text"), "x".repeat(10));
    let path = format!("/channels/{general}/messages/{}", text(&sent["id"]));
    let emptied = rig.call("PATCH", &path, json!({"attachments": []})).await;
    assert_eq!(emptied.1["code"], 50006, "nothing would be left");
    let edited = rig
        .must(
            "PATCH",
            &path,
            json!({"attachments": [], "content": "gone"}),
        )
        .await;
    assert_eq!(edited["attachments"], json!([]));
    assert_eq!(post(10 * 1024 * 1024 + 1).await.1["code"], 40005);
}

#[tokio::test]
async fn a_nonce_that_is_enforced_gives_the_first_message_back_for_a_few_minutes() {
    let rig = Rig::new().await;
    let path = format!("/channels/{}/messages", rig.channel("general").await);
    let say = |content: &str, enforce: bool| json!({"content": content, "nonce": "n1", "enforce_nonce": enforce});
    let first = rig.must("POST", &path, say("one", true)).await;
    let second = rig.must("POST", &path, say("two", true)).await;
    assert_eq!(
        (&second["id"], text(&second["content"])),
        (&first["id"], "one")
    );
    rig.must(
        "DELETE",
        &format!("{path}/{}", text(&first["id"])),
        Value::Null,
    )
    .await;
    let third = rig.must("POST", &path, say("three", true)).await;
    assert_eq!(
        third["id"], first["id"],
        "a deleted message is not made again"
    );
    assert_ne!(
        rig.must("POST", &path, say("free", false)).await["id"],
        first["id"]
    );
    rig.advance(181);
    assert_ne!(
        rig.must("POST", &path, say("later", true)).await["id"],
        first["id"]
    );
}

#[tokio::test]
async fn history_is_paged_as_discord_pages_it() {
    let rig = Rig::new().await;
    let path = format!("/channels/{}/messages", rig.channel("general").await);
    let mut ids = Vec::new();
    for n in 0..6 {
        ids.push(
            text(
                &rig.must("POST", &path, json!({"content": n.to_string()}))
                    .await["id"],
            )
            .to_owned(),
        );
    }
    let contents = async |query: &str| -> String {
        let list = rig
            .must("GET", &format!("{path}{query}"), Value::Null)
            .await;
        list.as_array()
            .into_iter()
            .flatten()
            .map(|one| text(&one["content"]))
            .collect()
    };
    assert_eq!(contents("").await, "543210");
    assert_eq!(contents("?limit=2").await, "54");
    assert_eq!(contents(&format!("?before={}&limit=2", ids[3])).await, "21");
    assert_eq!(contents(&format!("?after={}&limit=2", ids[1])).await, "32");
    assert_eq!(
        contents(&format!("?around={}&limit=3", ids[2])).await,
        "321"
    );
    rig.refused("GET", &format!("{path}?limit=101"), Value::Null, 400, 50035)
        .await;
    rig.refused("GET", &format!("{path}?limit=0"), Value::Null, 400, 50035)
        .await;
}

#[tokio::test]
async fn only_allowed_mentions_notify() {
    let rig = Rig::new().await;
    let path = format!("/channels/{}/messages", rig.channel("general").await);
    let mia = rig.id_of("mia").await;
    let role = rig
        .must(
            "POST",
            &format!("/guilds/{}/roles", rig.guild()),
            json!({"name": "L1"}),
        )
        .await;
    let content = format!("<@{mia}> <@&{}> @everyone", text(&role["id"]));
    let notified = async |allowed: Value| {
        let mut body = json!({"content": content});
        if !allowed.is_null() {
            body["allowed_mentions"] = allowed;
        }
        let sent = rig.must("POST", &path, body).await;
        let count = |key: &str| sent[key].as_array().map_or(0, Vec::len);
        (
            count("mentions"),
            count("mention_roles"),
            sent["mention_everyone"] == true,
        )
    };
    assert_eq!(
        notified(Value::Null).await,
        (1, 1, true),
        "unsaid, everything"
    );
    assert_eq!(notified(json!({"parse": []})).await, (0, 0, false));
    assert_eq!(notified(json!({"parse": ["users"]})).await, (1, 0, false));
    assert_eq!(
        notified(json!({"roles": [role["id"]]})).await,
        (0, 1, false)
    );
    assert_eq!(notified(json!({"users": ["1"]})).await, (0, 0, false));
    let unread = |world: &Value| world["channels"][0]["mentions"].clone();
    assert_eq!(
        unread(&rig.sees("mia", "world").await),
        2,
        "@everyone in the first, her name in the third"
    );
    assert_eq!(unread(&rig.sees("tom", "world").await), 1);
}

#[tokio::test]
async fn a_role_that_may_not_be_mentioned_is_not() {
    let rig = Rig::new().await;
    let role = rig
        .must(
            "POST",
            &format!("/guilds/{}/roles", rig.guild()),
            json!({"name": "L1"}),
        )
        .await;
    let content = format!("<@&{}> @here", text(&role["id"]));
    let said = rig
        .person(
            "mia",
            "say",
            json!({"channel": "general", "content": content}),
        )
        .await;
    assert_eq!(
        (&said["mention_roles"], &said["mention_everyone"]),
        (&json!([]), &json!(false))
    );
    let path = format!("/guilds/{}/roles/{}", rig.guild(), text(&role["id"]));
    rig.must("PATCH", &path, json!({"mentionable": true})).await;
    let said = rig
        .person(
            "mia",
            "say",
            json!({"channel": "general", "content": content}),
        )
        .await;
    assert_eq!(said["mention_roles"], json!([role["id"]]));
}
