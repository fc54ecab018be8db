//! A message to be sent or changed, read from a request body.

use std::sync::Arc;

use serde_json::{Value, json};

use super::components::Walk;
use super::form::{Form, join, length};
use super::{Refused, embeds};
use crate::standin::ids::Id;
use crate::standin::world::objects::flag;

/// A file that came with a request.
#[derive(Clone, Debug)]
pub struct Upload {
    /// The number in its field name, `files[n]`.
    pub number: u64,
    /// Its name.
    pub filename: String,
    /// The media type that the sender gave.
    pub media_type: Option<String>,
    /// What it shows.
    pub description: Option<String>,
    /// Its content.
    pub bytes: Arc<[u8]>,
}

/// What a request wants a message to be. `None` leaves a part as it is.
#[derive(Clone, Default, Debug)]
pub struct Draft {
    /// The text, trimmed.
    pub content: Option<String>,
    /// Embeds, checked.
    pub embeds: Option<Vec<Value>>,
    /// Components, checked.
    pub components: Option<Vec<Value>>,
    /// New files.
    pub files: Vec<Upload>,
    /// Which earlier files stay.
    pub keep: Option<Vec<Id>>,
    /// Whom it may notify.
    pub mentions: Option<AllowedMentions>,
    /// Flags.
    pub flags: Option<u64>,
    /// What the sender gave to recognise it.
    pub nonce: Option<Value>,
    /// Whether a second one with this nonce is the first one.
    pub enforce_nonce: bool,
    /// Read aloud.
    pub tts: bool,
    /// The message that it answers, and whether that must exist.
    pub reply_to: Option<(Id, bool)>,
}

/// Whom a message may notify.
#[derive(Clone, Default, PartialEq, Eq, Debug)]
pub struct AllowedMentions {
    /// Everyone and everybody here.
    pub everyone: bool,
    /// Every user, or these.
    pub users: Listed,
    /// Every role, or these.
    pub roles: Listed,
    /// The author of the message that is answered.
    pub replied_user: bool,
}

/// All, or a list.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Listed {
    /// All.
    All,
    /// Only these.
    Only(Vec<Id>),
}

impl Default for Listed {
    fn default() -> Self {
        Self::Only(Vec::new())
    }
}

impl Listed {
    /// Whether an id is among them.
    pub fn has(&self, id: Id) -> bool {
        match self {
            Self::All => true,
            Self::Only(list) => list.contains(&id),
        }
    }
}

impl AllowedMentions {
    /// What a message in a channel may do when it says nothing.
    pub fn of_messages() -> Self {
        Self {
            everyone: true,
            users: Listed::All,
            roles: Listed::All,
            replied_user: true,
        }
    }

    /// What an answer to an interaction may do when it says nothing: mention users only.
    pub fn of_interactions() -> Self {
        Self {
            everyone: false,
            users: Listed::All,
            roles: Listed::default(),
            replied_user: true,
        }
    }
}

/// The largest file, in bytes, and the most files of one message.
pub const LARGEST_FILE: usize = 10 * 1024 * 1024;
const MOST_FILES: usize = 10;

impl Draft {
    /// Reads a body. `layout` says whether the message that is changed has the layout components' flag already.
    ///
    /// # Errors
    /// 50035 with every fault; 40005 for a file that is too large.
    pub fn read(body: &Value, files: Vec<Upload>, at: &str, layout: bool) -> Result<Self, Refused> {
        let mut form = Form::default();
        let draft = Self::read_into(&mut form, body, files, at, layout)?;
        form.finish()?;
        Ok(draft)
    }

    fn read_into(
        form: &mut Form,
        body: &Value,
        files: Vec<Upload>,
        at: &str,
        layout: bool,
    ) -> Result<Self, Refused> {
        let given = |key: &str| body.get(key).is_some();
        let flags = form
            .integer(body, "flags", at, 0, i64::from(u32::MAX))
            .and_then(|flags| u64::try_from(flags).ok());
        let layout = layout || flags.unwrap_or(0) & flag::COMPONENTS_V2 != 0;
        let mut draft = Self {
            flags,
            ..Self::default()
        };
        if given("content") {
            let text = form
                .text(body, "content", at, length(0, usize::MAX))
                .unwrap_or_default();
            let text = text.trim();
            form.check_length(&join(at, "content"), text, length(0, 2000));
            draft.content = Some(text.to_owned());
        }
        if given("embeds") {
            let list = form.list(body, "embeds", at, 10).unwrap_or(&[]);
            draft.embeds = Some(embeds::check(form, list, &join(at, "embeds")));
        }
        if given("components") {
            let list = form.list(body, "components", at, usize::MAX).unwrap_or(&[]);
            draft.components = Some(Walk::new(form).message(list, &join(at, "components"), layout));
        }
        if layout {
            for (key, used) in [
                (
                    "content",
                    draft.content.as_ref().is_some_and(|text| !text.is_empty()),
                ),
                (
                    "embeds",
                    draft.embeds.as_ref().is_some_and(|list| !list.is_empty()),
                ),
            ] {
                if used {
                    let message = "The 'content', 'embeds', 'stickers' and 'poll' fields cannot be used with MessageFlags.IS_COMPONENTS_V2";
                    form.fault(
                        &join(at, key),
                        "MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2",
                        message,
                    );
                }
            }
        }
        draft.mentions = allowed_mentions(form, body, at);
        draft.tts = form.boolean(body, "tts", at).unwrap_or(false);
        draft.nonce = nonce(form, body, at);
        draft.enforce_nonce = form.boolean(body, "enforce_nonce", at).unwrap_or(false);
        if let Some(reference) = body
            .get("message_reference")
            .filter(|reference| reference.is_object())
        {
            let at = join(at, "message_reference");
            match form.id(reference, "message_id", &at) {
                Some(id) => {
                    let must_exist = form
                        .boolean(reference, "fail_if_not_exists", &at)
                        .unwrap_or(true);
                    draft.reply_to = Some((id, must_exist));
                }
                None => form.required(&join(&at, "message_id")),
            }
        }
        draft.attach(form, body, files, at)?;
        Ok(draft)
    }

    fn attach(
        &mut self,
        form: &mut Form,
        body: &Value,
        files: Vec<Upload>,
        at: &str,
    ) -> Result<(), Refused> {
        if files.len() > MOST_FILES {
            form.fault(
                &join(at, "attachments"),
                "BASE_TYPE_MAX_LENGTH",
                "Must be 10 or fewer in length.",
            );
        }
        if files.iter().any(|file| file.bytes.len() > LARGEST_FILE) {
            let status = axum::http::StatusCode::PAYLOAD_TOO_LARGE;
            return Err(Refused::new(status, 40005, "Request entity too large"));
        }
        self.files = files;
        let Some(list) = form.list(body, "attachments", at, MOST_FILES) else {
            return Ok(());
        };
        let mut keep = Vec::new();
        for (index, one) in list.iter().enumerate() {
            let at = join(&join(at, "attachments"), &index.to_string());
            let description = form.text(one, "description", &at, length(0, 1024));
            let filename = form.text(one, "filename", &at, length(0, 1024));
            let Some(id) = one["id"]
                .as_u64()
                .or_else(|| one["id"].as_str()?.parse().ok())
            else {
                form.required(&join(&at, "id"));
                continue;
            };
            match self.files.iter_mut().find(|file| file.number == id) {
                Some(file) => {
                    file.description = description;
                    file.filename = filename.unwrap_or(std::mem::take(&mut file.filename));
                }
                None => keep.push(Id(id)),
            }
        }
        self.keep = Some(keep);
        Ok(())
    }

    /// Whether a new message of this draft would have nothing in it.
    pub fn is_empty(&self) -> bool {
        self.content.as_ref().is_none_or(String::is_empty)
            && self.embeds.as_ref().is_none_or(Vec::is_empty)
            && self.components.as_ref().is_none_or(Vec::is_empty)
            && self.files.is_empty()
    }
}

fn nonce(form: &mut Form, body: &Value, at: &str) -> Option<Value> {
    match body.get("nonce") {
        Some(Value::String(text)) => {
            form.check_length(&join(at, "nonce"), text, length(0, 25));
            Some(json!(text))
        }
        Some(Value::Number(number)) => Some(json!(number)),
        _ => None,
    }
}

fn allowed_mentions(form: &mut Form, body: &Value, at: &str) -> Option<AllowedMentions> {
    let given = body
        .get("allowed_mentions")
        .filter(|given| given.is_object())?;
    let at = join(at, "allowed_mentions");
    let parse: Vec<&str> = form
        .list(given, "parse", &at, 1000)
        .unwrap_or(&[])
        .iter()
        .filter_map(Value::as_str)
        .collect();
    for (index, kind) in parse.iter().enumerate() {
        if !["users", "roles", "everyone"].contains(kind) {
            form.choices(
                &format!("{at}.parse.{index}"),
                "'users', 'roles', 'everyone'",
            );
        }
    }
    let mut listed = |key: &str| {
        let list = form.list(given, key, &at, 100).unwrap_or(&[]);
        let ids: Vec<Id> = list.iter().filter_map(Id::from_json).collect();
        if parse.contains(&key) {
            if !ids.is_empty() {
                let message =
                    format!("parse:[\"{key}\"] and {key}: [ids...] are mutually exclusive.");
                form.fault(&at, "MESSAGE_ALLOWED_MENTIONS_PARSE_EXCLUSIVE", &message);
            }
            Listed::All
        } else {
            Listed::Only(ids)
        }
    };
    let (users, roles) = (listed("users"), listed("roles"));
    let replied_user = form.boolean(given, "replied_user", &at).unwrap_or(false);
    Some(AllowedMentions {
        everyone: parse.contains(&"everyone"),
        users,
        roles,
        replied_user,
    })
}
