//! The gateway: identify, intents, heartbeats, resume, close codes, compression.

use std::io::Read;

use deskhand::standin::Company;
use serde_json::{Value, json};
use tokio_tungstenite::tungstenite::Message;

use crate::harness::{NO_INTENTS, Rig, intent, text};

#[tokio::test]
async fn who_identifies_wrongly_is_closed_with_the_codes_that_discord_uses() {
    let rig = Rig::with(Company::small(), NO_INTENTS).await;
    let token = rig.standin.token();
    let with =
        |token: &str, intents: Value| json!({"token": token, "intents": intents, "properties": {}});
    let cases = [
        ("a wrong token", 2, with("wrong", json!(1)), 4004),
        ("no intents", 2, with(&token, Value::Null), 4013),
        (
            "an unknown intent",
            2,
            with(&token, json!(1_u64 << 30)),
            4013,
        ),
        (
            "members, not granted",
            2,
            with(&token, json!(intent::MEMBERS)),
            4014,
        ),
        (
            "content, not granted",
            2,
            with(&token, json!(intent::CONTENT)),
            4014,
        ),
        (
            "a shard that is none",
            2,
            json!({"token": token, "intents": 1, "shard": [1, 1]}),
            4010,
        ),
        (
            "a resume with a wrong token",
            6,
            json!({"token": "wrong", "session_id": "x", "seq": 1}),
            4004,
        ),
        (
            "a request before identifying",
            8,
            json!({"guild_id": rig.guild(), "query": "", "limit": 0}),
            4003,
        ),
        ("an unknown opcode", 99, json!({}), 4001),
    ];
    for (name, op, data, code) in cases {
        let mut gateway = rig.dial("").await;
        gateway.say(op, data).await;
        assert_eq!(gateway.close_code().await, Some(code), "{name}");
    }
    let mut gateway = rig.dial("").await;
    gateway.say_text("this is not JSON").await;
    assert_eq!(gateway.close_code().await, Some(4002));
    let mut gateway = rig.identify(1).await;
    gateway.say(3, json!({"status": "x".repeat(4096)})).await;
    assert_eq!(
        gateway.close_code().await,
        Some(4002),
        "payloads are at most 4096 bytes"
    );
    let mut gateway = rig.identify(1).await;
    gateway.say(2, with(&token, json!(1))).await;
    assert_eq!(gateway.close_code().await, Some(4005));
    let mut gateway = rig.identify(1).await;
    for _ in 0..120 {
        gateway.say(3, json!({"since": {"secs_since_epoch": 1, "nanos_since_epoch": 0}, "status": "online"})).await;
    }
    assert_eq!(
        gateway.close_code().await,
        Some(4008),
        "121 payloads within a minute"
    );
}

#[tokio::test]
async fn both_forms_of_the_token_are_taken_and_heartbeats_are_answered() {
    let rig = Rig::new().await;
    for token in [rig.standin.token(), format!("Bot {}", rig.standin.token())] {
        let mut gateway = rig.dial("").await;
        gateway.say(1, Value::Null).await;
        assert_eq!(gateway.next().await["op"], 11);
        gateway
            .say(2, json!({"token": token, "intents": 1, "properties": {}}))
            .await;
        let ready = gateway.event("READY").await;
        assert_eq!(ready["application"]["id"], json!(rig.application()));
        assert_eq!(
            ready["guilds"],
            json!([{"id": rig.guild(), "unavailable": true}])
        );
        let guild = gateway.event("GUILD_CREATE").await;
        assert_eq!(
            guild["members"].as_array().map(Vec::len),
            Some(1),
            "without presences only the bot itself is listed"
        );
        assert_eq!(guild["member_count"], 17);
    }
}

#[tokio::test]
async fn intents_decide_what_a_session_hears() {
    let rig = Rig::new().await;
    let mut all = rig
        .identify(intent::GUILDS | intent::MEMBERS | intent::MESSAGES)
        .await;
    let mut few = rig.identify(intent::GUILDS).await;
    rig.person("mia", "say", json!({"channel": "general", "content": "x"}))
        .await;
    rig.person("ada", "admin/join", json!({"name": "newcomer"}))
        .await;
    rig.must(
        "POST",
        &format!("/guilds/{}/roles", rig.guild()),
        json!({"name": "L1"}),
    )
    .await;
    let names =
        |heard: Vec<(String, Value)>| heard.into_iter().map(|(name, _)| name).collect::<Vec<_>>();
    let end = "GUILD_ROLE_CREATE";
    assert_eq!(
        names(all.events_until(end).await),
        [
            "MESSAGE_CREATE",
            "GUILD_MEMBER_ADD",
            "GUILD_ROLE_UPDATE",
            end
        ]
    );
    assert_eq!(
        names(few.events_until(end).await),
        ["GUILD_ROLE_UPDATE", end]
    );
}

#[tokio::test]
async fn the_bot_hears_nothing_from_channels_that_it_does_not_see() {
    let rig = Rig::new().await;
    let mut gateway = rig.identify(intent::GUILDS | intent::MESSAGES).await;
    let hide =
        json!({"channel": "random", "user": rig.application(), "deny": (1_u64 << 10).to_string()});
    rig.person("ada", "admin/permissions", hide).await;
    rig.person(
        "mia",
        "say",
        json!({"channel": "random", "content": "hidden"}),
    )
    .await;
    rig.person(
        "mia",
        "say",
        json!({"channel": "general", "content": "shown"}),
    )
    .await;
    let heard = gateway.events_until("MESSAGE_CREATE").await;
    assert_eq!(
        heard
            .last()
            .map(|(_, event)| text(&event["content"]).to_owned())
            .as_deref(),
        Some(""),
        "no content intent"
    );
    let places: Vec<&Value> = heard
        .iter()
        .filter(|(name, _)| name == "MESSAGE_CREATE")
        .map(|(_, event)| &event["channel_id"])
        .collect();
    assert_eq!(places, [&json!(rig.channel("general").await)]);
}

#[tokio::test]
async fn a_bot_that_was_removed_hears_it_and_comes_back_with_a_role_that_stands_lowest() {
    let rig = Rig::new().await;
    let role = rig
        .must(
            "POST",
            &format!("/guilds/{}/roles", rig.guild()),
            json!({"name": "L1"}),
        )
        .await;
    let mut gateway = rig.identify(intent::GUILDS | intent::MESSAGES).await;
    rig.person("ada", "admin/kick", json!({"user": "Deskhand"}))
        .await;
    assert_eq!(
        gateway.event("GUILD_DELETE").await,
        json!({"id": rig.guild()})
    );
    rig.refused(
        "GET",
        &format!("/guilds/{}", rig.guild()),
        Value::Null,
        403,
        50001,
    )
    .await;
    assert_eq!(
        rig.must("GET", "/users/@me/guilds", Value::Null).await,
        json!([])
    );
    rig.person(
        "ada",
        "say",
        json!({"channel": "general", "content": "unheard"}),
    )
    .await;
    rig.person("ada", "admin/join", json!({"name": "deskhand"}))
        .await;
    let guild = gateway.next().await;
    assert_eq!(guild["t"], "GUILD_CREATE");
    let position = |wanted: &dyn Fn(&Value) -> bool| {
        let roles = guild["d"]["roles"].as_array().into_iter().flatten();
        roles
            .filter(|role| wanted(role))
            .find_map(|role| role["position"].as_i64())
    };
    let own = position(&|role| role["managed"] == true);
    assert!(own < position(&|other| other["id"] == role["id"]));
    let path = format!("/guilds/{}/roles/{}", rig.guild(), text(&role["id"]));
    rig.refused("DELETE", &path, Value::Null, 403, 50013).await;
}

#[tokio::test]
async fn a_farewell_is_answered_and_ends_the_session() {
    let rig = Rig::new().await;
    let mut gateway = rig.dial("").await;
    gateway
        .say(
            2,
            json!({"token": rig.standin.token(), "intents": 1, "properties": {}}),
        )
        .await;
    let session = gateway.event("READY").await["session_id"].clone();
    gateway.say_goodbye().await;
    assert_eq!(
        gateway.close_code().await,
        Some(1000),
        "the close frame comes back"
    );
    let mut again = rig.dial("").await;
    again
        .say(
            6,
            json!({"token": rig.standin.token(), "session_id": session, "seq": 1}),
        )
        .await;
    assert_eq!(again.next().await["op"], 9);
}

#[tokio::test]
async fn a_session_is_taken_up_where_it_was_left() {
    let rig = Rig::new().await;
    let mut gateway = rig.dial("").await;
    let intents = intent::GUILDS | intent::MESSAGES | intent::CONTENT;
    gateway
        .say(
            2,
            json!({"token": rig.standin.token(), "intents": intents, "properties": {}}),
        )
        .await;
    let ready = gateway.next().await;
    let session = ready["d"]["session_id"].clone();
    assert_eq!(ready["s"], 1);
    assert_eq!(gateway.next().await["s"], 2);
    gateway.vanish();
    for word in ["one", "two"] {
        rig.person("mia", "say", json!({"channel": "general", "content": word}))
            .await;
    }
    let resume =
        |seq: u64| json!({"token": rig.standin.token(), "session_id": session, "seq": seq});
    let mut again = rig.dial("").await;
    again.say(6, resume(2)).await;
    let heard: Vec<(String, Value)> = again.events_until("RESUMED").await;
    let words: Vec<&str> = heard[..2]
        .iter()
        .map(|(_, event)| text(&event["content"]))
        .collect();
    assert_eq!(words, ["one", "two"]);
    again.vanish();
    let mut ahead = rig.dial("").await;
    ahead.say(6, resume(99)).await;
    assert_eq!(
        ahead.close_code().await,
        Some(4007),
        "a sequence that is yet to come"
    );
    let mut stranger = rig.dial("").await;
    stranger
        .say(
            6,
            json!({"token": rig.standin.token(), "session_id": "x", "seq": 1}),
        )
        .await;
    let invalid = json!({"op": 9, "s": null, "t": null, "d": false});
    assert_eq!(stranger.next().await, invalid);
}

#[tokio::test]
async fn reset_closes_with_a_resumable_code_and_then_the_session_is_gone() {
    let rig = Rig::new().await;
    rig.must(
        "POST",
        &format!("/guilds/{}/roles", rig.guild()),
        json!({"name": "L1"}),
    )
    .await;
    let mut gateway = rig.dial("").await;
    gateway
        .say(
            2,
            json!({"token": rig.standin.token(), "intents": 1, "properties": {}}),
        )
        .await;
    let session = gateway.event("READY").await["session_id"].clone();
    assert_eq!(rig.post("/reset", Value::Null).await.0, 204);
    assert_eq!(gateway.close_code().await, Some(4000));
    let mut again = rig.dial("").await;
    again
        .say(
            6,
            json!({"token": rig.standin.token(), "session_id": session, "seq": 1}),
        )
        .await;
    assert_eq!(again.next().await["op"], 9);
    let roles = rig
        .must(
            "GET",
            &format!("/guilds/{}/roles", rig.guild()),
            Value::Null,
        )
        .await;
    assert_eq!(
        roles.as_array().map(Vec::len),
        Some(2),
        "the first state has two roles"
    );
    assert_eq!(rig.ledger().await.len(), 1);
}

#[tokio::test]
async fn members_are_asked_for_in_chunks_and_all_of_them_only_with_the_intent() {
    let rig = Rig::new().await;
    let mut gateway = rig.identify(intent::GUILDS | intent::MEMBERS).await;
    gateway
        .say(
            8,
            json!({"guild_id": rig.guild(), "query": "", "limit": 0, "nonce": "n"}),
        )
        .await;
    let chunk = gateway.event("GUILD_MEMBERS_CHUNK").await;
    assert_eq!(
        (
            chunk["members"].as_array().map(Vec::len),
            &chunk["chunk_count"],
            &chunk["nonce"]
        ),
        (Some(17), &json!(1), &json!("n"))
    );
    let mut gateway = rig.identify(intent::GUILDS).await;
    let tom = rig.id_of("tom").await;
    gateway
        .say(8, json!({"guild_id": rig.guild(), "user_ids": [tom, "1"]}))
        .await;
    let chunk = gateway.event("GUILD_MEMBERS_CHUNK").await;
    assert_eq!(
        (&chunk["members"][0]["user"]["id"], &chunk["not_found"]),
        (&json!(tom), &json!(["1"]))
    );
    gateway
        .say(8, json!({"guild_id": rig.guild(), "query": "", "limit": 0}))
        .await;
    assert_eq!(gateway.close_code().await, Some(4014));
}

#[tokio::test]
async fn both_compressions_inflate_to_the_payloads() {
    let rig = Rig::new().await;
    let identify = |compress: bool| json!({"token": rig.standin.token(), "intents": 1, "compress": compress, "properties": {}});
    let mut gateway = rig.dial("").await;
    gateway.say(2, identify(true)).await;
    assert_eq!(
        gateway.next().await["t"],
        "READY",
        "a small payload stays text"
    );
    let mut inflated = String::new();
    let Message::Binary(bytes) = gateway.frame().await else {
        panic!("a guild is large enough to be compressed")
    };
    flate2::read::ZlibDecoder::new(bytes.as_ref())
        .read_to_string(&mut inflated)
        .expect("zlib");
    assert!(inflated.contains("\"GUILD_CREATE\""));

    let (url, mut inflate) = (
        format!("{}?v=10&compress=zlib-stream", rig.standin.gateway_url()),
        flate2::Decompress::new(true),
    );
    let (mut socket, _) = tokio_tungstenite::connect_async(url)
        .await
        .expect("a WebSocket");
    let mut next = async |socket: &mut tokio_tungstenite::WebSocketStream<_>| -> Value {
        use futures::StreamExt;
        let frame = socket
            .next()
            .await
            .expect("a frame")
            .expect("an open connection");
        let Message::Binary(bytes) = frame else {
            panic!("{frame:?} is not binary")
        };
        assert!(bytes.ends_with(&[0, 0, 0xFF, 0xFF]));
        let mut out = Vec::with_capacity(1 << 20);
        inflate
            .decompress_vec(&bytes, &mut out, flate2::FlushDecompress::Sync)
            .expect("zlib");
        serde_json::from_slice(&out).expect("JSON")
    };
    assert_eq!(next(&mut socket).await["op"], 10);
    use futures::SinkExt;
    let say = json!({"op": 2, "d": identify(false)}).to_string();
    socket
        .send(Message::text(say))
        .await
        .expect("an open connection");
    assert_eq!(next(&mut socket).await["t"], "READY");
    assert_eq!(next(&mut socket).await["t"], "GUILD_CREATE");
}
