//! What the world is made of.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use jiff::Timestamp;
use serde_json::Value;

use crate::standin::ids::Id;
use crate::standin::laws::permissions::Overwrite;

/// The guild.
#[derive(Clone, Debug)]
pub struct Guild {
    /// Its id, which is also that of the role `@everyone`.
    pub id: Id,
    /// Its name.
    pub name: String,
    /// Who owns it and may everything.
    pub owner: Id,
    /// So many threads may be active at the same time.
    pub most_threads: usize,
}

/// The application and its bot.
#[derive(Clone, Debug)]
pub struct Application {
    /// The application's id.
    pub id: Id,
    /// Its bot user; the same number as the application's, as for every application since 2016.
    pub bot: Id,
    /// Its name.
    pub name: String,
    /// The bot's token.
    pub token: String,
    /// Whether it was granted the privileged intent for members.
    pub members_intent: bool,
    /// Whether it was granted the privileged intent for message content.
    pub content_intent: bool,
    /// The permissions in the link by which it comes into the guild.
    pub invited_with: u64,
}

/// A person or a bot.
#[derive(Clone, Debug)]
pub struct User {
    /// The id.
    pub id: Id,
    /// The unique name.
    pub name: String,
    /// The name that others read.
    pub display_name: String,
    /// What the person does.
    pub job: String,
    /// Whether this is a bot.
    pub bot: bool,
    /// Whether this person takes direct messages.
    pub takes_direct_messages: bool,
}

/// Somebody in the guild.
#[derive(Clone, Debug)]
pub struct Member {
    /// The roles, without `@everyone`.
    pub roles: BTreeSet<Id>,
    /// When they joined.
    pub joined_at: Timestamp,
    /// The name here, if it differs.
    pub nick: Option<String>,
}

/// A role.
#[derive(Clone, Debug)]
pub struct Role {
    /// The id.
    pub id: Id,
    /// The name.
    pub name: String,
    /// Permission bits.
    pub permissions: u64,
    /// Its rank: higher may change lower. `@everyone` has 0.
    pub position: i64,
    /// The colour, as a number.
    pub colour: i64,
    /// Whether its members are listed apart.
    pub hoist: bool,
    /// Whether everybody may mention it.
    pub mentionable: bool,
    /// Whether it belongs to this application and cannot be given.
    pub managed_by: Option<Id>,
}

/// Discord's channel types, as far as the stand-in has them.
pub mod channel_type {
    /// A text channel.
    pub const TEXT: u8 = 0;
    /// A direct message.
    pub const DIRECT: u8 = 1;
    /// A voice channel.
    pub const VOICE: u8 = 2;
    /// A category.
    pub const CATEGORY: u8 = 4;
    /// An announcement channel.
    pub const ANNOUNCEMENT: u8 = 5;
    /// A public thread.
    pub const PUBLIC_THREAD: u8 = 11;
    /// A private thread.
    pub const PRIVATE_THREAD: u8 = 12;
}

/// A channel, a thread or a direct message.
#[derive(Clone, Debug)]
pub struct Channel {
    /// The id.
    pub id: Id,
    /// One of [`channel_type`].
    pub kind: u8,
    /// The name; empty for a direct message.
    pub name: String,
    /// The topic.
    pub topic: Option<String>,
    /// The category of a channel, the channel of a thread.
    pub parent: Option<Id>,
    /// Its place in the list.
    pub position: i64,
    /// Whether it is age-restricted.
    pub nsfw: bool,
    /// Seconds between two messages of one person.
    pub slow_mode: i64,
    /// Permission overwrites by role or member.
    pub overwrites: BTreeMap<Id, (OverwriteOf, Overwrite)>,
    /// The last message, even if it was deleted.
    pub last_message: Option<Id>,
    /// What only a thread has.
    pub thread: Option<Thread>,
    /// The two of a direct message.
    pub recipients: Vec<Id>,
}

/// Whom an overwrite is about.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum OverwriteOf {
    /// A role.
    Role = 0,
    /// A member.
    Member = 1,
}

/// What a thread has beyond a channel.
#[derive(Clone, Debug)]
pub struct Thread {
    /// Who started it.
    pub owner: Id,
    /// Whether it is out of the list.
    pub archived: bool,
    /// Whether only moderators may write in it or take it out of the archive.
    pub locked: bool,
    /// Whether members may add others.
    pub invitable: bool,
    /// Minutes of silence after which it is archived.
    pub auto_archive: i64,
    /// When `archived` last changed.
    pub archive_changed_at: Timestamp,
    /// When it was started.
    pub created_at: Timestamp,
    /// When somebody last wrote, or it was taken out of the archive.
    pub active_at: Timestamp,
    /// Who is in it, since when.
    pub members: BTreeMap<Id, Timestamp>,
    /// Messages in it, without the first one and deleted ones.
    pub message_count: i64,
    /// Messages ever sent in it.
    pub total_sent: i64,
}

/// Message flags.
pub mod flag {
    /// No link previews.
    pub const SUPPRESS_EMBEDS: u64 = 1 << 2;
    /// A thread starts here.
    pub const HAS_THREAD: u64 = 1 << 5;
    /// Only one person sees it.
    pub const EPHEMERAL: u64 = 1 << 6;
    /// "is thinking…"
    pub const LOADING: u64 = 1 << 7;
    /// No notification.
    pub const SUPPRESS_NOTIFICATIONS: u64 = 1 << 12;
    /// Everything is a component.
    pub const COMPONENTS_V2: u64 = 1 << 15;
}

/// Message types.
pub mod message_type {
    /// An ordinary message.
    pub const DEFAULT: u8 = 0;
    /// "added … to the thread"
    pub const RECIPIENT_ADD: u8 = 1;
    /// "removed … from the thread"
    pub const RECIPIENT_REMOVE: u8 = 2;
    /// "changed the name"
    pub const NAME_CHANGE: u8 = 4;
    /// "started a thread"
    pub const THREAD_CREATED: u8 = 18;
    /// A reply.
    pub const REPLY: u8 = 19;
    /// The answer to a slash command.
    pub const CHAT_INPUT_COMMAND: u8 = 20;
    /// The first message of a thread that starts from a message.
    pub const THREAD_STARTER: u8 = 21;
    /// The answer to a context menu command.
    pub const CONTEXT_MENU_COMMAND: u8 = 23;
}

/// A message.
#[derive(Clone, Debug)]
pub struct Message {
    /// The id.
    pub id: Id,
    /// Where it is.
    pub channel: Id,
    /// Who wrote it.
    pub author: Id,
    /// One of [`message_type`].
    pub kind: u8,
    /// The text.
    pub content: String,
    /// Embeds, as they go over the wire.
    pub embeds: Vec<Value>,
    /// Components, as they go over the wire.
    pub components: Vec<Value>,
    /// Files.
    pub attachments: Vec<Attachment>,
    /// People it mentions (and, but for silent ones, notifies).
    pub mentions: Vec<Id>,
    /// Roles it mentions.
    pub mention_roles: Vec<Id>,
    /// Whether it mentions everyone.
    pub mention_everyone: bool,
    /// A set of [`flag`]s.
    pub flags: u64,
    /// When it was sent.
    pub sent_at: Timestamp,
    /// When it was last edited.
    pub edited_at: Option<Timestamp>,
    /// Read aloud.
    pub tts: bool,
    /// Pinned.
    pub pinned: bool,
    /// What the sender gave to recognise it.
    pub nonce: Option<Value>,
    /// The message or thread that it refers to.
    pub reference: Option<(Id, Option<Id>)>,
    /// The interaction that it answers.
    pub interaction: Option<Id>,
    /// The only one who sees it.
    pub only_for: Option<Id>,
    /// Its rank within a thread.
    pub position: Option<i64>,
}

impl Message {
    /// Whether a flag is set.
    pub fn is(&self, flag: u64) -> bool {
        self.flags & flag != 0
    }
}

/// A file of a message.
#[derive(Clone, Debug)]
pub struct Attachment {
    /// The id.
    pub id: Id,
    /// The file's name.
    pub filename: String,
    /// What it shows, for those who do not see it.
    pub description: Option<String>,
    /// The media type that the sender gave.
    pub media_type: Option<String>,
    /// The content.
    pub bytes: std::sync::Arc<[u8]>,
}

/// A registered application command, as it goes over the wire.
#[derive(Clone, Debug)]
pub struct Command {
    /// The id.
    pub id: Id,
    /// The guild, or `None` for a global one.
    pub guild: Option<Id>,
    /// 1 slash, 2 user, 3 message.
    pub kind: u8,
    /// The name.
    pub name: String,
    /// The whole definition, with Discord's defaults.
    pub definition: Value,
}

/// How an interaction began.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Began {
    /// A command of some kind.
    Command = 2,
    /// A button or a select.
    Component = 3,
    /// Completion of an option.
    Autocomplete = 4,
    /// A form was sent.
    Form = 5,
}

/// How an interaction was first answered.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Answered {
    /// With a message (4).
    Message = 4,
    /// "is thinking…" (5).
    Deferred = 5,
    /// Acknowledged, an edit may follow (6).
    DeferredUpdate = 6,
    /// By changing the message of the component (7).
    Update = 7,
    /// With choices (8).
    Choices = 8,
    /// With a form (9).
    Form = 9,
}

/// Something that a person did and the application answers.
#[derive(Clone, Debug)]
pub struct Interaction {
    /// The id.
    pub id: Id,
    /// Its token, good for fifteen minutes once it was answered.
    pub token: String,
    /// How it began.
    pub began: Began,
    /// Who did it.
    pub by: Id,
    /// Where.
    pub channel: Id,
    /// When.
    pub at: Timestamp,
    /// The name of the command that began the whole chain; empty for a component.
    pub command: String,
    /// 1 slash, 2 user, 3 message; 0 for others.
    pub command_kind: u8,
    /// The message whose component was used, also for a form that a component opened.
    pub message: Option<(Id, Id)>,
    /// The interaction that opened the form.
    pub opened_by: Option<Id>,
    /// The target of a context menu command.
    pub target: Option<Id>,
    /// The first answer.
    pub answered: Option<Answered>,
    /// The message that `@original` means.
    pub original: Option<(Id, Id)>,
    /// Whether the deferral still waits for its edit.
    pub waiting: bool,
    /// Whether the deferral was for this person's eyes only.
    pub ephemeral: bool,
    /// Messages sent later.
    pub followups: Vec<(Id, Id)>,
    /// The form that was opened, as the application gave it.
    pub form: Option<Value>,
    /// The choices that were offered.
    pub choices: Option<Vec<Value>>,
}

/// How far each person has read each channel.
pub type ReadMarks = HashMap<(Id, Id), Id>;
