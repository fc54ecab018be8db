//! What people do, and what they see. Each act waits for the bot's answer, and then until everybody has heard of it.

use std::time::Duration;

use serde_json::{Value, json};

use super::{Desk, escaped};

/// Somebody in a place: a channel (`#help`), a thread by its name, or the direct message with the bot (`@bot`).
#[derive(Clone)]
pub struct Person<'d> {
    desk: &'d Desk,
    name: String,
    place: String,
}

/// What came of an act: a message, a form, or choices.
pub struct Answer<'d> {
    person: Person<'d>,
    raw: Value,
    shown: String,
}

impl<'d> Person<'d> {
    pub(super) fn new(desk: &'d Desk, name: &str) -> Self {
        Self {
            desk,
            name: name.to_owned(),
            place: "@bot".to_owned(),
        }
    }

    /// Goes to a place.
    pub fn in_(&self, place: &str) -> Self {
        Self {
            place: place.to_owned(),
            ..self.clone()
        }
    }

    /// Types a slash command.
    pub async fn runs(&self, line: &str) -> Answer<'d> {
        self.act("run", json!({"channel": self.place, "line": line}))
            .await
    }

    /// Types a slash command that Discord's client does not let through; gives its sentence.
    pub async fn cannot_run(&self, line: &str) -> String {
        let body = json!({"channel": self.place, "line": line});
        self.cannot("run", body).await
    }

    /// Uses a message command on the newest message that contains `words`.
    pub async fn runs_on(&self, words: &str, command: &str) -> Answer<'d> {
        let found = self
            .newest(|message| text_of(message).contains(words))
            .await;
        let found = found.unwrap_or_else(|| panic!("{} sees no message with {words}", self.name));
        let body = json!({"channel": self.place, "command": command, "target": found["id"]});
        self.act("run", body).await
    }

    /// Asks for completion: the choices for what was typed into `option`.
    pub async fn completes(&self, command: &str, option: &str, typed: &str) -> Vec<String> {
        let body = json!({
            "channel": self.place, "command": command, "options": {option: typed}, "focused": option,
        });
        let answer = self.act("complete", body).await;
        let choices = answer.raw["choices"]
            .as_array()
            .cloned()
            .unwrap_or_default();
        let name = |choice: Value| choice["name"].as_str().unwrap_or_default().to_owned();
        choices.into_iter().map(name).collect()
    }

    /// Presses a button of the newest message here that has it.
    pub async fn presses(&self, button: &str) -> Answer<'d> {
        let message = self.message_with(button).await;
        self.act("press", json!({"message": message, "button": button}))
            .await
    }

    /// Presses a button of a certain message, which need not be the newest; or chooses the menu's entry of that name, which
    /// stands for a button.
    pub async fn presses_on(&self, message: &str, button: &str) -> Answer<'d> {
        let shown = self.newest(|one| one["id"] == message).await;
        let shown = shown.unwrap_or_default();
        if !buttons(&shown).any(|label| label == button)
            && let Some((select, value)) = entry(&shown, button)
        {
            let body = json!({"message": message, "select": select, "values": [value]});
            return self.act("choose", body).await;
        }
        self.act("press", json!({"message": message, "button": button}))
            .await
    }

    /// The id of the newest message here that has a button.
    pub async fn message_with(&self, button: &str) -> String {
        let has = |message: &Value| buttons(message).any(|label| label == button);
        let Some(found) = self.newest(has).await else {
            let seen = self.transcript().await;
            panic!(
                "{} sees no button {button} in {}:\n{seen}",
                self.name, self.place
            );
        };
        found["id"].as_str().expect("an id").to_owned()
    }

    /// Writes a message, and returns its id.
    pub async fn says(&self, text: &str) -> String {
        let body = json!({"channel": self.place, "content": text});
        let path = format!("/people/{}/say", self.name);
        let said = self.desk.people.post(&path, &body).await;
        let said = said.unwrap_or_else(|no| panic!("{} cannot say that: {no}", self.name));
        said["id"].as_str().expect("an id").to_owned()
    }

    /// Writes a message with files, each a name, a type, and what is in it; returns the message's id.
    pub async fn posts(&self, text: &str, files: &[(&str, &str, &[u8])]) -> String {
        let files: Vec<Value> = files.iter().map(file).collect();
        let body = json!({"channel": self.place, "content": text, "files": files});
        let path = format!("/people/{}/say", self.name);
        let said = self.desk.people.post(&path, &body).await;
        let said = said.unwrap_or_else(|no| panic!("{} cannot post that: {no}", self.name));
        said["id"].as_str().expect("an id").to_owned()
    }

    /// Changes a message of theirs.
    pub async fn edits(&self, message: &str, text: &str) {
        let body = json!({"message": message, "content": text});
        let path = format!("/people/{}/edit", self.name);
        let edited = self.desk.people.post(&path, &body).await;
        edited.unwrap_or_else(|no| panic!("{} cannot edit that: {no}", self.name));
    }

    /// Deletes a message.
    pub async fn deletes(&self, message: &str) {
        let path = format!("/people/{}/admin/delete", self.name);
        let body = json!({"message": message});
        let gone = self.desk.people.post(&path, &body).await;
        gone.unwrap_or_else(|no| panic!("{} cannot delete that: {no}", self.name));
    }

    /// Types a slash command with a file in one of its options.
    pub async fn runs_with(
        &self,
        line: &str,
        option: &str,
        given: (&str, &str, &[u8]),
    ) -> Answer<'d> {
        let body = json!({"channel": self.place, "line": line, "files": {option: file(&given)}});
        self.act("run", body).await
    }

    /// Tries to write a message; gives Discord's no.
    pub async fn cannot_say(&self, text: &str) -> String {
        let body = json!({"channel": self.place, "content": text});
        let path = format!("/people/{}/say", self.name);
        let said = self.desk.people.post(&path, &body).await;
        said.expect_err("Discord does not let that through")
    }

    /// Writes a message and waits until the bot has written one after it.
    pub async fn says_and_hears(&self, text: &str) -> Answer<'d> {
        let id = self.says(text).await;
        let said: u64 = id.parse().expect("a number");
        for _ in 0..500 {
            let answer = self.newest(|one| {
                let later = number(&one["id"]) > said;
                later && one["author"]["bot"] == true && one["loading"] != true
            });
            if let Some(message) = answer.await {
                let raw = json!({"state": "answered", "message": message, "form": null});
                return Answer::new(self.clone(), raw).await;
            }
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
        panic!("the bot said nothing to {}'s {text}", self.name);
    }

    /// What stands in this place, as this person sees it. Which messages were edited is left out: how often a card is
    /// drawn on the way to what it shows in the end depends on who was faster.
    pub async fn transcript(&self) -> String {
        let text = self.desk.people.transcript(&self.name, &self.place).await;
        let text = text.unwrap_or_else(|no| panic!("{} in {}: {no}", self.name, self.place));
        without_row_numbers(&text.replace(" (edited)\n", "\n"))
    }

    /// The last messages that everybody here reads. The bot's answer to an act and what it says to all are on their way at the
    /// same time, so either may stand last.
    pub async fn last(&self, count: usize) -> String {
        self.newest_of(count, |message| !only_for_one(message))
            .await
    }

    /// The last messages that this person alone reads.
    pub async fn last_alone(&self, count: usize) -> String {
        self.newest_of(count, only_for_one).await
    }

    async fn newest_of(&self, count: usize, fits: impl Fn(&str) -> bool) -> String {
        let mut all = messages(&self.transcript().await);
        all.retain(|message| fits(message));
        all[all.len().saturating_sub(count)..].concat()
    }

    /// Whether this person sees such a place.
    pub async fn sees(&self, place: &str) -> bool {
        self.places().await.iter().any(|seen| seen == place)
    }

    /// All channels and threads that this person sees, by name.
    pub async fn places(&self) -> Vec<String> {
        let world = self.world().await;
        let all = ["channels", "threads"].into_iter();
        all.flat_map(|kind| world[kind].as_array().cloned().unwrap_or_default())
            .filter_map(|place| place["name"].as_str().map(str::to_owned))
            .collect()
    }

    /// What this person's client knows.
    pub async fn world(&self) -> Value {
        let path = format!("/people/{}/world", self.name);
        self.desk.people.get(&path).await.expect("a world")
    }

    /// How often this person is pinged in this place.
    pub async fn pings(&self) -> u64 {
        let world = self.world().await;
        let wanted = self.place.trim_start_matches('#');
        ["channels", "threads", "directs"]
            .into_iter()
            .flat_map(|kind| world[kind].as_array().cloned().unwrap_or_default())
            .filter(|place| place["name"] == wanted)
            .filter_map(|place| place["mentions"].as_u64())
            .sum()
    }

    /// The messages of this place as the API gives them, oldest first.
    pub async fn messages(&self) -> Vec<Value> {
        let place = escaped(&self.place);
        let path = format!("/people/{}/channels/{place}/messages?limit=200", self.name);
        let found = self.desk.people.get(&path).await;
        let found = found.unwrap_or_else(|no| panic!("{} in {}: {no}", self.name, self.place));
        found.as_array().cloned().unwrap_or_default()
    }

    async fn newest(&self, fits: impl Fn(&Value) -> bool) -> Option<Value> {
        let mut all = self.messages().await;
        all.reverse();
        all.into_iter().find(fits)
    }

    async fn act(&self, what: &str, body: Value) -> Answer<'d> {
        let done = self.desk.people.act(&self.name, what, &body).await;
        let raw = done.unwrap_or_else(|no| panic!("{} cannot {what} {body}: {no}", self.name));
        assert_eq!(
            raw["state"], "answered",
            "{} did {what} {body} and got no answer: {raw}",
            self.name
        );
        if self.desk.app.read().await.is_some() {
            self.desk.settles().await;
        }
        Answer::new(self.clone(), raw).await
    }

    async fn cannot(&self, what: &str, body: Value) -> String {
        let done = self.desk.people.act(&self.name, what, &body).await;
        done.expect_err("Discord's client does not let that through")
    }
}

impl<'d> Answer<'d> {
    async fn new(person: Person<'d>, raw: Value) -> Self {
        let mut answer = Self {
            person,
            raw,
            shown: String::new(),
        };
        answer.shown = match &answer.raw {
            raw if raw["form"].is_object() => form(&raw["form"]),
            raw if raw["message"].is_object() => answer.message().await,
            _ => String::new(),
        };
        answer
    }

    /// The answer as the person reads it: the message, or the form.
    pub fn shown(&self) -> &str {
        &self.shown
    }

    /// The message's id.
    pub fn id(&self) -> &str {
        self.raw["message"]["id"].as_str().expect("a message")
    }

    /// The file that hangs on the answer: its name, and what is in it.
    pub async fn file(&self) -> (String, String) {
        let file = &self.raw["message"]["attachments"][0];
        let name = file["filename"].as_str().expect("a file").to_owned();
        let url = file["url"].as_str().expect("an address");
        let path = url.find("/attachments/").map(|start| &url[start..]);
        let text = self.person.desk.people.text(path.expect("a path")).await;
        (name, text.expect("the file"))
    }

    /// Whether only the person sees it.
    pub fn is_private(&self) -> bool {
        self.raw["message"]["ephemeral"] == true
    }

    /// The message as it stands now.
    pub async fn message(&self) -> String {
        let place = self.raw["message"]["channel_id"].as_str().expect("a place");
        let there = self.person.in_(place);
        let (all, transcript) = (there.messages().await, there.transcript().await);
        let index = all
            .iter()
            .position(|one| one["id"] == self.raw["message"]["id"]);
        let index = index.expect("the message stands where it was said");
        messages(&transcript)[index].clone()
    }

    /// Presses a button of the answer.
    pub async fn presses(&self, button: &str) -> Answer<'d> {
        self.person.presses_on(self.id(), button).await
    }

    /// Chooses in a select of the answer.
    pub async fn chooses(&self, select: &str, value: &str) -> Answer<'d> {
        let body = json!({"message": self.id(), "select": select, "values": [value]});
        self.person.act("choose", body).await
    }

    /// Fills in the form and sends it; fields that are not named stay as they are.
    pub async fn submits(&self, fields: &[(&str, &str)]) -> Answer<'d> {
        self.person.act("submit", self.filled(fields)).await
    }

    /// Tries to send the form; gives the sentence with which Discord's client refuses.
    pub async fn cannot_submit(&self, fields: &[(&str, &str)]) -> String {
        self.person.cannot("submit", self.filled(fields)).await
    }

    fn filled(&self, fields: &[(&str, &str)]) -> Value {
        let form = &self.raw["form"]["interaction"];
        assert!(form.is_string(), "there is no form, but:\n{}", self.shown);
        let fields: serde_json::Map<String, Value> = fields
            .iter()
            .map(|(name, text)| ((*name).to_owned(), json!(text)))
            .collect();
        json!({"form": form, "fields": fields})
    }
}

/// A file as the stand-in takes it.
fn file((name, kind, bytes): &(&str, &str, &[u8])) -> Value {
    let base64 = data_encoding::BASE64.encode(bytes);
    json!({"name": name, "type": kind, "base64": base64})
}

/// A transcript without the numbers of the rows by which the desk finds what it said: which row comes first of two that are
/// written at the same time is nobody's promise.
fn without_row_numbers(text: &str) -> String {
    let parts: Vec<&str> = text.split("desk·r").collect();
    let digits = |part: &&str| {
        part.trim_start_matches(|c: char| c.is_ascii_digit())
            .to_owned()
    };
    let rest = parts.iter().skip(1).map(digits);
    std::iter::once(parts[0].to_owned())
        .chain(rest)
        .collect::<Vec<_>>()
        .join("desk·r")
}

/// Whether a message of a transcript says in its heading that one person alone reads it.
fn only_for_one(message: &str) -> bool {
    let heading = message.lines().next().unwrap_or_default();
    heading.contains(" (only for ")
}

/// A transcript, message by message.
fn messages(transcript: &str) -> Vec<String> {
    let mut all: Vec<String> = Vec::new();
    for line in transcript.lines() {
        match all
            .last_mut()
            .filter(|_| line.starts_with("  ") || line.is_empty())
        {
            Some(last) => last.push_str(&format!("{line}\n")),
            None => all.push(format!("{line}\n")),
        }
    }
    all
}

/// A form as plain text: its title, and for each field its label, what stands in it, and how long it may be.
fn form(form: &Value) -> String {
    let mut lines = vec![format!(
        "Form: {}",
        form["title"].as_str().unwrap_or_default()
    )];
    for field in form["fields"].as_array().into_iter().flatten() {
        let text = |key: &str| field[key].as_str().unwrap_or_default().to_owned();
        let must = if field["required"] == false { "" } else { " *" };
        lines.push(
            format!("  {}{must}: {}", text("label"), text("value"))
                .trim_end()
                .to_owned(),
        );
    }
    lines.join("\n")
}

fn buttons(message: &Value) -> impl Iterator<Item = &str> {
    let rows = message["components"].as_array().into_iter().flatten();
    rows.flat_map(|row| row["components"].as_array().into_iter().flatten())
        .filter_map(|one| one["label"].as_str())
}

/// The menu of a message that has an entry of that name, and the entry's value.
fn entry(message: &Value, name: &str) -> Option<(Value, Value)> {
    let rows = message["components"].as_array().into_iter().flatten();
    rows.flat_map(|row| row["components"].as_array().into_iter().flatten())
        .filter(|one| one["custom_id"] == "menu")
        .find_map(|select| {
            let options = select["options"].as_array()?;
            let option = options.iter().find(|option| option["label"] == name)?;
            Some((select["placeholder"].clone(), option["value"].clone()))
        })
}

fn text_of(message: &Value) -> String {
    format!("{}{}", message["content"], message["embeds"])
}

fn number(id: &Value) -> u64 {
    id.as_str()
        .and_then(|id| id.parse().ok())
        .unwrap_or_default()
}
