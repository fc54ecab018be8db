//! Failures on demand, and rate limits.

use serde_json::{Value, json};

use crate::harness::{Rig, intent, text};

async fn script(rig: &Rig, rule: Value) {
    let (status, answer) = rig.post("/faults", rule.clone()).await;
    assert_eq!(status, 204, "{rule}: {answer}");
}

#[tokio::test]
async fn a_request_fails_before_or_after_its_write() {
    let rig = Rig::new().await;
    let path = format!("/channels/{}/messages", rig.channel("general").await);
    let route = "POST /channels/{channel_id}/messages";
    let say = json!({"content": "x"});
    let count = async || {
        rig.sees("mia", "channels/general/messages")
            .await
            .as_array()
            .map_or(0, Vec::len)
    };
    script(&rig, json!({"route": route, "what": {"status": 500}})).await;
    assert_eq!(
        (rig.call("POST", &path, say.clone()).await.0, count().await),
        (500, 0),
        "before"
    );
    script(&rig, json!({"route": route, "after": 1, "what": {"status": 502, "apply": true, "body": {"odd": 1}, "headers": {"x-odd": "1"}}})).await;
    assert_eq!(
        (rig.call("POST", &path, say.clone()).await.0, count().await),
        (200, 1),
        "the first passes"
    );
    assert_eq!(
        (rig.call("POST", &path, say.clone()).await, count().await),
        ((502, json!({"odd": 1})), 2),
        "after"
    );
    script(&rig, json!({"route": route, "what": {"rate_limit": {"retry_after": 0.5, "global": true, "scope": "global"}}})).await;
    let (status, answer) = rig.call("POST", &path, say.clone()).await;
    assert_eq!(
        (status, answer),
        (
            429,
            json!({"message": "You are being rate limited.", "retry_after": 0.5, "global": true})
        )
    );
    script(&rig, json!({"route": route, "what": {"html": 429}})).await;
    assert!(text(&rig.call("POST", &path, say.clone()).await.1).starts_with("<html>"));
    script(
        &rig,
        json!({"route": route, "what": {"reset": true, "apply": true}}),
    )
    .await;
    let url = format!("{}/api/v10{path}", rig.standin.rest_base());
    let token = format!("Bot {}", rig.standin.token());
    let cut = reqwest::Client::new()
        .post(url)
        .header("authorization", token)
        .json(&say)
        .send()
        .await;
    assert!(cut.is_err(), "the connection is cut instead of an answer");
    assert_eq!(count().await, 3);
    let faulty = rig
        .ledger()
        .await
        .into_iter()
        .filter(|line| line["faulty"] == true)
        .count();
    assert_eq!(faulty, 5);
    let started = deskhand::clock::Stopwatch::start();
    script(&rig, json!({"route": route, "what": {"delay_ms": 300}})).await;
    assert_eq!(
        (rig.call("POST", &path, say).await.0, count().await),
        (200, 4)
    );
    assert!(started.elapsed() >= std::time::Duration::from_millis(300));
    for wrong in [
        json!({"route": "POST /nowhere", "what": {"status": 500}}),
        json!({"times": 1}),
        json!({"route": route}),
    ] {
        assert_eq!(rig.post("/faults", wrong).await.0, 400);
    }
}

#[tokio::test]
async fn the_gateway_fails_on_demand() {
    let rig = Rig::new().await;
    let intents = intent::GUILDS | intent::MESSAGES;
    for (fault, code) in [
        (json!({"gateway": "close", "code": 4009}), Some(4009)),
        (json!({"gateway": "close_without_code"}), None),
    ] {
        let mut gateway = rig.identify(intents).await;
        script(&rig, fault).await;
        assert_eq!(gateway.close_code().await, code);
    }
    let mut gateway = rig.identify(intents).await;
    script(&rig, json!({"gateway": "reconnect"})).await;
    assert_eq!(gateway.next().await["op"], 7);
    script(
        &rig,
        json!({"gateway": "invalid_session", "resumable": true}),
    )
    .await;
    assert_eq!(gateway.next().await, json!({"op": 9, "d": true}));
    script(&rig, json!({"gateway": "duplicate_events"})).await;
    rig.person(
        "mia",
        "say",
        json!({"channel": "general", "content": "twice"}),
    )
    .await;
    let (first, second) = (gateway.next().await, gateway.next().await);
    assert_eq!(
        (&first["d"]["id"], &second["t"]),
        (&second["d"]["id"], &json!("MESSAGE_CREATE"))
    );
    assert_eq!(second["s"].as_u64(), first["s"].as_u64().map(|seq| seq + 1));
    script(&rig, json!({"gateway": "no_ack"})).await;
    gateway.say(1, json!(1)).await;
    gateway.say(1, json!(2)).await;
    assert_eq!(gateway.next().await["op"], 11, "one of two is answered");
    script(&rig, json!({"gateway": "refuse_identify", "code": 4014})).await;
    let mut refused = rig.dial("").await;
    refused
        .say(2, json!({"token": rig.standin.token(), "intents": 1}))
        .await;
    assert_eq!(refused.close_code().await, Some(4014));
    script(&rig, json!({"gateway": "drop"})).await;
    let gone = tokio::spawn(async move { gateway.frame().await });
    assert!(
        gone.await.is_err(),
        "no close frame, no end of stream: the connection is reset"
    );
}

#[tokio::test]
async fn buckets_are_enforced_with_discords_headers() {
    let rig = Rig::new().await;
    script(&rig, json!({"limits": "on"})).await;
    let general = rig.channel("general").await;
    let url = format!(
        "{}/api/v10/channels/{general}/messages",
        rig.standin.rest_base()
    );
    let client = reqwest::Client::new();
    let token = format!("Bot {}", rig.standin.token());
    for left in (0..5).rev() {
        let response = client
            .post(&url)
            .header("authorization", &token)
            .json(&json!({"content": "x"}))
            .send()
            .await
            .expect("an answer");
        let header = |name: &str| {
            response
                .headers()
                .get(name)
                .and_then(|value| value.to_str().ok())
                .unwrap_or_default()
                .to_owned()
        };
        assert_eq!(
            (
                response.status().as_u16(),
                header("x-ratelimit-limit"),
                header("x-ratelimit-remaining")
            ),
            (200, "5".to_owned(), left.to_string())
        );
        assert!(
            !header("x-ratelimit-bucket").is_empty() && !header("x-ratelimit-reset").is_empty()
        );
    }
    let response = client
        .post(&url)
        .header("authorization", &token)
        .json(&json!({"content": "x"}))
        .send()
        .await
        .expect("an answer");
    assert_eq!(response.status().as_u16(), 429);
    assert_eq!(
        response
            .headers()
            .get("x-ratelimit-scope")
            .map(|scope| scope.as_bytes()),
        Some(&b"user"[..])
    );
    let body: Value = response.json().await.expect("JSON");
    assert_eq!(
        (body["code"].is_null(), body["global"].as_bool()),
        (true, Some(false)),
        "a 429 has no code"
    );
    let other = format!("/channels/{}/messages", rig.channel("random").await);
    rig.must(
        "POST",
        &other,
        json!({"content": "another channel is another bucket"}),
    )
    .await;
}
