//! What must hold at the end of every story, and what one would ask next when something does not.

use std::sync::LazyLock;

use deskhand::store;
use serde_json::Value;
use tracing::Level;

use super::log::Line;
use super::{Desk, openapi};

/// Everybody has heard what they are to hear, and nothing was asked of Discord that it does not know, refuses, or that
/// could ping somebody by what people write.
pub async fn holds(desk: &Desk) {
    if desk.app.read().await.is_some() {
        desk.settles().await;
        if !desk.leaves_work.get() {
            // What Discord told last, such as a role that was taken away, may still be on its way to the outbox.
            desk.eventually("no errand waits although the story is over", async || {
                desk.settles().await;
                waiting(desk).await == 0
            })
            .await;
        }
    }
    let forgiven = desk.forgiven.borrow().clone();
    let token = desk.stand_in.token();
    let ledger = desk.ledger().await;
    let faults: Vec<String> = ledger
        .iter()
        .filter_map(|line| {
            let fault = fault_of(line, &token)?;
            let text = format!("{fault}: {}", short(line));
            let meant = forgiven.iter().any(|forgiven| text.contains(forgiven));
            (!meant).then_some(text)
        })
        .collect();
    assert!(faults.is_empty(), "{}", faults.join("\n"));
    if let Some(document) = document() {
        let breaches = openapi::violations(document, &ledger);
        assert!(breaches.is_empty(), "{}", breaches.join("\n"));
    }
}

/// Discord's OpenAPI document, read once.
fn document() -> Option<&'static Value> {
    static DOCUMENT: LazyLock<Option<Value>> = LazyLock::new(openapi::document);
    DOCUMENT.as_ref()
}

/// Nothing in the log says that somebody must act.
pub fn nobody_must_act(lines: &[Line], forgiven: &[&'static str]) -> Vec<String> {
    lines
        .iter()
        .filter(|line| line.level == Level::ERROR)
        .filter(|line| !forgiven.iter().any(|forgiven| line.text.contains(forgiven)))
        .map(|line| line.text.clone())
        .collect()
}

async fn waiting(desk: &Desk) -> u32 {
    let app = desk.app.read().await;
    let store = app.as_ref().expect("the desk runs").desk().store();
    let mut from = store.reader().await.expect("a reader");
    store::outbox::waiting(&mut from).await.expect("the outbox")
}

/// What is wrong with a request, if something is.
fn fault_of(line: &Value, token: &str) -> Option<&'static str> {
    if line["route"].is_null() {
        return Some("the stand-in does not have this route");
    }
    if line["faulty"] == true {
        return None;
    }
    if line["status"].as_u64().is_none_or(|status| status >= 400) {
        return Some("Discord refuses this");
    }
    if line["body"].to_string().contains(token) {
        return Some("the token is in a message");
    }
    let message = message_of(line)?;
    let mentions = &message["allowed_mentions"];
    let nothing_parsed = mentions["parse"].as_array().is_some_and(Vec::is_empty);
    let no_roles = mentions["roles"].as_array().is_none_or(Vec::is_empty);
    if !nothing_parsed || !no_roles {
        return Some("this message may ping whom people name in their texts");
    }
    let said = &line["answer"];
    if said["mention_everyone"] == true
        || said["mention_roles"]
            .as_array()
            .is_some_and(|roles| !roles.is_empty())
    {
        return Some("this message pings everybody");
    }
    None
}

/// The message that a request posts or edits.
fn message_of(line: &Value) -> Option<&Value> {
    let route = line["route"].as_str()?;
    let body = &line["body"];
    match (line["method"].as_str()?, route) {
        ("POST", "/channels/{channel_id}/messages")
        | ("PATCH", "/channels/{channel_id}/messages/{message_id}") => Some(body),
        ("POST" | "PATCH", _) if route.starts_with("/webhooks/") => Some(body),
        ("POST", _) if route.ends_with("/callback") => {
            let speaks = matches!(body["type"].as_u64(), Some(4 | 7));
            speaks.then_some(&body["data"])
        }
        _ => None,
    }
}

fn short(line: &Value) -> String {
    let cut = |text: String| -> String { text.chars().take(900).collect() };
    format!(
        "{} {} {} {} → {} {}",
        line["seq"],
        line["method"].as_str().unwrap_or_default(),
        line["path"].as_str().unwrap_or_default(),
        cut(line["body"].to_string()),
        line["status"],
        cut(line["answer"].to_string()),
    )
}

/// Prints what stands everywhere, and what was asked of Discord last.
pub async fn explain(desk: &Desk) {
    eprintln!("\n=== where everything stands ===");
    let world = desk.person("ada").world().await;
    for kind in ["channels", "threads"] {
        for place in world[kind].as_array().into_iter().flatten() {
            let id = place["id"].as_str().unwrap_or_default();
            let name = place["name"].as_str().unwrap_or_default();
            print(desk, name, "ada", id).await;
        }
    }
    for person in world["people"].as_array().into_iter().flatten() {
        if person["bot"] == true {
            continue;
        }
        let name = person["name"].as_str().unwrap_or_default();
        print(desk, &format!("{name} and the bot"), name, "@bot").await;
    }
    eprintln!("=== asked of Discord last ===");
    let ledger = desk.ledger().await;
    for line in ledger.iter().rev().take(25).rev() {
        eprintln!("{}", short(line));
    }
}

async fn print(desk: &Desk, name: &str, who: &str, place: &str) {
    let text = desk.people.transcript(who, place).await;
    let text = text.unwrap_or_else(|no| no);
    if !text.trim().is_empty() {
        eprintln!("--- {name}\n{text}");
    }
}
