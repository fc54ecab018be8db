//! The people API beyond interactions: what is seen, read, said and heard.

use futures::StreamExt;
use serde_json::json;

use crate::harness::{Rig, text};

#[tokio::test]
async fn a_person_sees_the_world_as_discord_shows_it_to_them() {
    let rig = Rig::new().await;
    let world = rig.sees("mia", "world").await;
    assert_eq!(world["now"], "2026-06-15T09:00:00Z");
    assert_eq!(world["me"]["job"], "Accounts assistant");
    assert_eq!(world["bot"]["online"], false);
    assert_eq!(world["directs"][0]["with"]["name"], "deskhand");
    let _gateway = rig.identify(1).await;
    assert_eq!(rig.sees("mia", "world").await["bot"]["online"], true);
    rig.person(
        "tom",
        "say",
        json!({"channel": "general", "content": format!("<@{}>", rig.id_of("mia").await)}),
    )
    .await;
    rig.person(
        "tom",
        "say",
        json!({"channel": "#general", "content": "and more"}),
    )
    .await;
    let counts = async || {
        let world = rig.sees("mia", "world").await;
        (
            world["channels"][0]["unread"].clone(),
            world["channels"][0]["mentions"].clone(),
        )
    };
    assert_eq!(counts().await, (json!(2), json!(1)));
    rig.person("mia", "channels/general/read", json!({})).await;
    assert_eq!(counts().await, (json!(0), json!(0)));
    let sentence = rig
        .person_cannot(
            "nobody",
            "say",
            json!({"channel": "general", "content": "x"}),
        )
        .await;
    assert!(sentence.contains("GET /people"), "{sentence}");
    let sentence = rig
        .person_cannot("mia", "say", json!({"channel": "secret", "content": "x"}))
        .await;
    assert!(sentence.contains("secret"), "{sentence}");
    let sentence = rig
        .person_cannot(
            "mia",
            "say",
            json!({"channel": "general", "content": "x".repeat(2001)}),
        )
        .await;
    assert!(sentence.contains("2000 or fewer"), "{sentence}");
}

#[tokio::test]
async fn members_come_and_go() {
    let rig = Rig::new().await;
    rig.person("ada", "admin/kick", json!({"user": "mia"}))
        .await;
    assert!(
        !rig.sees("ada", "world").await["people"]
            .to_string()
            .contains("\"mia\"")
    );
    rig.person_cannot(
        "mia",
        "say",
        json!({"channel": "general", "content": "let me in"}),
    )
    .await;
    rig.person_cannot("tom", "admin/join", json!({"name": "mia"}))
        .await;
    rig.person("ada", "admin/join", json!({"name": "mia"}))
        .await;
    rig.person(
        "mia",
        "say",
        json!({"channel": "general", "content": "back"}),
    )
    .await;
    rig.person_cannot("ada", "admin/join", json!({"name": "mia"}))
        .await;
}

#[tokio::test]
async fn events_reach_only_those_whom_they_concern() {
    let rig = Rig::new().await;
    let stream = async |who: &str| {
        let url = format!("{}/people/{who}/events", rig.standin.rest_base());
        let response = reqwest::get(url).await.expect("an answer");
        let mut stream = response
            .bytes_stream()
            .map(|bytes| String::from_utf8_lossy(&bytes.expect("bytes")).into_owned());
        assert!(
            stream
                .next()
                .await
                .is_some_and(|hello| hello.contains("event: hello"))
        );
        stream
    };
    let (mut tom, mut mia) = (stream("tom").await, stream("mia").await);
    let hide = json!({"channel": "random", "user": "tom", "deny": "1024"});
    rig.person("ada", "admin/permissions", hide).await;
    rig.person("mia", "say", json!({"channel": "random", "content": "x"}))
        .await;
    rig.person("mia", "say", json!({"channel": "general", "content": "x"}))
        .await;
    async fn heard(
        stream: &mut (impl futures::Stream<Item = String> + Unpin),
        until: &str,
    ) -> String {
        let mut text = String::new();
        while !text.contains(until) {
            text.push_str(&stream.next().await.expect("more"));
        }
        text
    }
    let general = format!(
        "\"channel\":\"{}\",\"kind\":\"message\"",
        rig.channel("general").await
    );
    let random = rig.channel("random").await;
    assert!(heard(&mut mia, &general).await.contains(&random));
    assert!(!heard(&mut tom, &general).await.contains(&random));
}

#[tokio::test]
async fn the_clock_is_moved_and_told() {
    let rig = Rig::new().await;
    let (_, answer) = rig
        .post("/people/clock", json!({"seconds": 90, "pace": "jump"}))
        .await;
    assert_eq!(answer["now"], "2026-06-15T09:01:30Z");
    assert_eq!(
        rig.post("/people/clock", json!({"seconds": 1, "pace": "crawl"}))
            .await
            .0,
        400
    );
    let said = rig
        .person("mia", "say", json!({"channel": "general", "content": "x"}))
        .await;
    assert_eq!(text(&said["timestamp"]), "2026-06-15T09:01:30.000000+00:00");
    let ms = text(&said["id"])
        .parse::<u64>()
        .map(|id| (id >> 22) + 1_420_070_400_000);
    assert_eq!(ms, Ok(1_781_514_090_000), "an id carries its instant");
}

#[tokio::test]
async fn a_transcript_draws_what_a_person_sees() {
    let rig = Rig::new().await;
    let path = format!("/channels/{}/messages", rig.channel("general").await);
    let body = json!({
        "content": format!("Hello <@{}> in <#{}>\nsecond line", rig.id_of("mia").await, rig.channel("random").await),
        "embeds": [{"title": "Title", "description": "one\ntwo", "fields": [{"name": "Tier", "value": "L1"}], "footer": {"text": "T-0001"}}],
        "components": [
            {"type": 1, "components": [
                {"type": 2, "style": 1, "label": "Claim", "custom_id": "a"},
                {"type": 2, "style": 4, "label": "Close", "custom_id": "b"},
                {"type": 2, "style": 2, "label": "Later", "custom_id": "c", "disabled": true},
                {"type": 2, "style": 5, "label": "Read", "url": "https://example.com"},
            ]},
            {"type": 1, "components": [{"type": 3, "custom_id": "d", "placeholder": "Impact", "options": [
                {"label": "One", "value": "1"}, {"label": "Many", "value": "2", "default": true}]}]},
        ],
    });
    rig.must("POST", &path, body).await;
    let shown = rig.sees("mia", "channels/general/transcript").await;
    let expected = "\
**Deskhand** (bot) · 09:00
  Hello @Mia Castellano in #random
  second line
  ┌ Title
  │ one
  │ two
  │ Tier: L1
  └ T-0001
  [Claim] [Close!] (Later) [Read ↗]
  ⟨Impact: One | *Many*⟩
";
    assert_eq!(text(&shown), expected);
}

#[tokio::test]
async fn people_bring_files_along_and_take_them_back() {
    let rig = Rig::new().await;
    let file = json!({"name": "a b.txt", "type": "text/plain", "base64": "aGVsbG8="});
    let said = rig
        .person(
            "mia",
            "say",
            json!({"channel": "general", "files": [file, file]}),
        )
        .await;
    let files = &said["attachments"];
    assert_eq!(text(&files[0]["filename"]), "a_b.txt");
    let read = reqwest::get(text(&files[0]["url"]))
        .await
        .expect("an answer");
    let header = |name: &str| {
        read.headers()
            .get(name)
            .map(|value| value.to_str().expect("text").to_owned())
    };
    assert_eq!(header("content-type").as_deref(), Some("text/plain"));
    assert_eq!(
        header("content-security-policy").as_deref(),
        Some("sandbox"),
        "what somebody uploads is no page of the stand-in's"
    );
    assert_eq!(read.text().await.expect("text"), "hello");
    let edit =
        json!({"message": said["id"], "content": "one is enough", "files": [files[1]["id"]]});
    let edited = rig.person("mia", "edit", edit).await;
    assert_eq!(edited["attachments"].as_array().map(Vec::len), Some(1));
    assert_eq!(text(&edited["content"]), "one is enough");
    let others = json!({"message": said["id"], "content": "mine now"});
    rig.person_cannot("tom", "edit", others).await;
    for wrong in [
        json!({"name": "a", "base64": "no base64!"}),
        json!({"name": "a", "base64": data_encoding::BASE64.encode(&vec![0; 10 * 1024 * 1024 + 1])}),
    ] {
        let body = json!({"channel": "general", "files": [wrong]});
        rig.person_cannot("mia", "say", body).await;
    }
}

#[tokio::test]
async fn a_command_takes_a_file_in_its_option() {
    let rig = Rig::new().await;
    let mut gateway = rig.identify(1).await;
    let option = json!({"type": 11, "name": "file", "description": "x", "required": true});
    rig.register(json!([{"name": "send", "description": "x", "options": [option]}]))
        .await;
    let sentence = rig
        .person_cannot(
            "mia",
            "run",
            json!({"channel": "general", "line": "/send file:a.txt"}),
        )
        .await;
    assert!(sentence.contains("`files`"), "{sentence}");
    let file = json!({"name": "a.txt", "type": "text/plain", "base64": "aGVsbG8="});
    rig.person(
        "mia",
        "run",
        json!({"channel": "general", "line": "/send", "files": {"file": file}}),
    )
    .await;
    let event = gateway.event("INTERACTION_CREATE").await;
    let data = &event["data"];
    let given = &data["resolved"]["attachments"][text(&data["options"][0]["value"])];
    assert_eq!(given["size"], 5);
    assert_eq!(given["ephemeral"], true);
    let read = reqwest::get(text(&given["url"])).await.expect("an answer");
    assert_eq!(read.text().await.expect("text"), "hello");
}
