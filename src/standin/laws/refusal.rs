//! A no, as Discord says it.

use axum::http::StatusCode;
use serde_json::{Value, json};

/// A refused request: the HTTP status, Discord's code and sentence, and the faults of single fields for code 50035.
#[derive(Clone, Debug)]
pub struct Refused {
    /// The HTTP status.
    pub status: StatusCode,
    /// Discord's JSON error code; 0 where Discord has none.
    pub code: u32,
    /// Discord's sentence.
    pub message: String,
    /// The faults, nested by field, for an invalid form.
    pub errors: Option<Value>,
}

impl Refused {
    /// A refusal without single fields.
    pub fn new(status: StatusCode, code: u32, message: &str) -> Self {
        Self {
            status,
            code,
            message: message.to_owned(),
            errors: None,
        }
    }

    /// An invalid form with one fault. `path` is dotted: `embeds.0.title`.
    pub fn field(path: &str, code: &str, message: &str) -> Self {
        let mut form = super::form::Form::default();
        form.fault(path, code, message);
        form.refusal()
    }

    /// What goes over the wire.
    pub fn body(&self) -> Value {
        let mut body = json!({"message": self.message, "code": self.code});
        if let Some(errors) = &self.errors {
            body["errors"] = errors.clone();
        }
        body
    }

    /// One sentence for a person: Discord's, with the faults of the fields.
    pub fn sentence(&self) -> String {
        let mut faults = Vec::new();
        if let Some(errors) = &self.errors {
            collect(errors, String::new(), &mut faults);
        }
        if faults.is_empty() {
            format!("{} (code {})", self.message, self.code)
        } else {
            format!(
                "{} (code {}): {}",
                self.message,
                self.code,
                faults.join("; ")
            )
        }
    }
}

fn collect(errors: &Value, path: String, faults: &mut Vec<String>) {
    let Some(fields) = errors.as_object() else {
        return;
    };
    for (key, value) in fields {
        if key == "_errors" {
            for fault in value.as_array().into_iter().flatten() {
                faults.push(format!(
                    "{path}: {}",
                    fault["message"].as_str().unwrap_or_default()
                ));
            }
        } else {
            let deeper = if path.is_empty() {
                key.clone()
            } else {
                format!("{path}.{key}")
            };
            collect(value, deeper, faults);
        }
    }
}

macro_rules! refusals {
    ($($(#[$doc:meta])* $name:ident => $status:ident, $code:literal, $message:literal;)*) => {
        impl Refused {
            $($(#[$doc])* pub fn $name() -> Self { Self::new(StatusCode::$status, $code, $message) })*
        }
    };
}

refusals! {
    /// No token, or one that nobody has.
    unauthorised => UNAUTHORIZED, 0, "401: Unauthorized";
    /// The application of the path is not the one of the token.
    not_your_application => FORBIDDEN, 20012, "You are not authorized to perform this action on this application";
    /// A route that the stand-in knows by path, not by method.
    method_not_allowed => METHOD_NOT_ALLOWED, 0, "405: Method Not Allowed";
    /// A body that is not JSON.
    not_json => BAD_REQUEST, 50109, "The request body contains invalid JSON.";
    /// No such application.
    unknown_application => NOT_FOUND, 10002, "Unknown Application";
    /// No such channel or thread.
    unknown_channel => NOT_FOUND, 10003, "Unknown Channel";
    /// No such guild.
    unknown_guild => NOT_FOUND, 10004, "Unknown Guild";
    /// Nobody of that id in the guild.
    unknown_member => NOT_FOUND, 10007, "Unknown Member";
    /// No such message, or one that this caller cannot fetch.
    unknown_message => NOT_FOUND, 10008, "Unknown Message";
    /// No permission overwrite of that id.
    unknown_overwrite => NOT_FOUND, 10009, "Unknown Overwrite";
    /// No such role.
    unknown_role => NOT_FOUND, 10011, "Unknown Role";
    /// Nobody of that id at all.
    unknown_user => NOT_FOUND, 10013, "Unknown User";
    /// No such webhook, or an interaction that was not answered yet.
    unknown_webhook => NOT_FOUND, 10015, "Unknown Webhook";
    /// No such interaction, or one whose three seconds are over.
    unknown_interaction => NOT_FOUND, 10062, "Unknown interaction";
    /// No such command.
    unknown_command => NOT_FOUND, 10063, "Unknown application command";
    /// The interaction has its first answer.
    already_acknowledged => BAD_REQUEST, 40060, "Interaction has already been acknowledged.";
    /// The channel or guild is out of sight.
    missing_access => FORBIDDEN, 50001, "Missing Access";
    /// Only the author may.
    not_the_author => FORBIDDEN, 50005, "Cannot edit a message authored by another user";
    /// A message without anything in it.
    empty_message => BAD_REQUEST, 50006, "Cannot send an empty message";
    /// The person takes no direct messages from this one.
    closed_to_direct_messages => FORBIDDEN, 50007, "Cannot send messages to this user";
    /// A category, for instance, holds no messages.
    not_a_text_channel => BAD_REQUEST, 50008, "Cannot send messages in a non-text channel";
    /// Seen, but not allowed.
    missing_permissions => FORBIDDEN, 50013, "Missing Permissions";
    /// A system message cannot be changed so.
    system_message => FORBIDDEN, 50021, "Cannot execute action on a system message";
    /// Threads, direct messages and channels differ in what can be done to them.
    wrong_channel_type => BAD_REQUEST, 50024, "Cannot execute action on this channel type";
    /// The interaction's fifteen minutes are over.
    invalid_webhook_token => UNAUTHORIZED, 50027, "Invalid Webhook Token";
    /// The role cannot be given, taken or changed.
    invalid_role => BAD_REQUEST, 50028, "Invalid role";
    /// One cannot write to oneself.
    invalid_recipient => BAD_REQUEST, 50033, "Invalid Recipient(s)";
    /// The thread is archived, or locked for this caller.
    archived_thread => BAD_REQUEST, 50083, "Thread is archived";
    /// A thread starts from this message already.
    thread_exists => BAD_REQUEST, 160004, "A thread has already been created for this message";
    /// The thread is locked.
    locked_thread => BAD_REQUEST, 160005, "Thread is locked";
    /// The two are in no guild together.
    no_mutual_guild => FORBIDDEN, 50278, "Cannot send messages to this user due to having no mutual guilds";
    /// As many active threads as a guild may have.
    too_many_threads => BAD_REQUEST, 160006, "Maximum number of active threads reached";
    /// As many channels as a guild may have.
    too_many_channels => BAD_REQUEST, 30013, "Maximum number of guild channels reached (500)";
    /// As many roles as a guild may have.
    too_many_roles => BAD_REQUEST, 30005, "Maximum number of guild roles reached (250)";
    /// As many commands of this kind as a scope may have.
    too_many_commands => BAD_REQUEST, 30032, "Maximum number of application commands reached";
    /// As many members as a thread may have.
    too_many_thread_members => BAD_REQUEST, 30033, "Maximum number of thread participants has been reached (1000)";
    /// As many commands as may be created in a day.
    too_many_command_creations => BAD_REQUEST, 30034, "Max number of daily application command creates has been reached (200)";
}
