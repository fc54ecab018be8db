use super::*;
use serde_json::json;

fn api() -> Api {
    Api::new("token", reqwest::Client::new(), Some("http://127.0.0.1:9"))
}

#[test]
fn an_answer_is_read_for_what_it_means() {
    let body = |json: Value| json.to_string().into_bytes();
    let none = HeaderMap::new();
    let api = api();
    assert_eq!(api.read(204, &none, b"", false), Ok(Value::Null));
    assert_eq!(
        api.read(
            429,
            &none,
            &body(json!({"message": "slow", "retry_after": 0.5})),
            false
        ),
        Err(Trouble::Limited {
            after: Duration::from_millis(500)
        })
    );
    assert_eq!(api.gate.left(), Duration::ZERO);
    let fault = json!({
        "code": 50035, "message": "Invalid Form Body",
        "errors": {"embeds": {"0": {"title": {"_errors": [{"code": "X", "message": "too long"}]}}}}
    });
    assert_eq!(
        api.read(400, &none, &body(fault), false),
        Err(Trouble::Refused {
            status: 400,
            code: 50035,
            said: "Invalid Form Body (embeds.0.title: too long)".to_owned()
        })
    );
    assert!(matches!(
        api.read(502, &none, b"<html>", false),
        Err(Trouble::Unknown { .. })
    ));
}

#[test]
fn only_a_401_about_the_token_itself_ends_everything() {
    let none = HeaderMap::new();
    let api = api();
    let expired = json!({"code": 50027, "message": "Invalid Webhook Token"}).to_string();
    assert!(matches!(
        api.read(401, &none, expired.as_bytes(), true),
        Err(Trouble::Refused { code: 50027, .. })
    ));
    assert!(!api.unauthorized());
    let refused = json!({"code": 0, "message": "401: Unauthorized"}).to_string();
    assert_eq!(
        api.read(401, &none, refused.as_bytes(), false),
        Err(Trouble::Unauthorized)
    );
    assert!(api.unauthorized());
}

#[test]
fn no_more_goes_out_in_a_second_than_discord_takes() {
    let pace = Pace::default();
    let turns = std::iter::from_fn(|| pace.turn().is_none().then_some(()));
    assert_eq!(turns.take(1000).count(), AT_MOST);
    let wait = pace.turn().expect("a wait");
    assert!(
        wait > Duration::from_millis(500) && wait <= A_SECOND,
        "{wait:?}"
    );
}

#[test]
fn a_global_limit_closes_the_gate_and_an_edge_ban_closes_it_for_longer_each_time() {
    let api = api();
    let mut headers = HeaderMap::new();
    headers.insert("x-ratelimit-global", HeaderValue::from_static("true"));
    headers.insert("retry-after", HeaderValue::from_static("3"));
    let limited = api.read(429, &headers, b"", false);
    assert_eq!(
        limited,
        Err(Trouble::Limited {
            after: Duration::from_secs(3)
        })
    );
    assert!(api.gate.left() > Duration::from_secs(2));
    let none = HeaderMap::new();
    for minutes in [1, 2, 4, 8, 15, 15] {
        assert_eq!(
            api.read(429, &none, b"<html>banned</html>", false),
            Err(Trouble::Limited {
                after: Duration::from_secs(60 * minutes)
            })
        );
    }
}

#[test]
fn a_reason_is_encoded_and_cut_between_letters() {
    let headers = audit_log_reason("T-0042: für Ömer");
    assert_eq!(
        headers["x-audit-log-reason"],
        "T%2D0042%3A%20f%C3%BCr%20%C3%96mer"
    );
    let long = audit_log_reason(&"ü".repeat(200));
    assert_eq!(long["x-audit-log-reason"].len(), 510);
}

#[test]
fn an_error_never_shows_an_address() {
    let error = std::io::Error::other(
        "error sending request for url (https://x/interactions/1/secret/callback): reset",
    );
    assert_eq!(chain(&error), "error sending request: reset");
}
