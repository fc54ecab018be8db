//! The world: one guild with its people, roles, channels, threads, messages, commands and interactions.
//!
//! It knows the laws and the wire's shapes, but neither HTTP nor WebSocket: whoever acts (the REST handlers for the bot, the
//! people API for persons) calls a verb here, and the verb leaves behind what the gateway must say (`Dispatch`) and what the
//! page must look at again (`Change`). Read `objects`, then `standing` (who may do what), then the verbs.

pub mod channels;
pub mod commands;
pub mod interactions;
pub mod members;
pub mod messages;
pub mod objects;
pub mod posting;
pub mod reading;
pub mod roles;
pub mod standing;
mod thread_members;
pub mod threads;

use std::collections::{BTreeMap, HashMap};

use jiff::{SignedDuration, Timestamp};
use serde_json::Value;

use crate::clock::Clock;
use crate::standin::company::Company;
use crate::standin::ids::{Id, Kind, Mint};
use crate::standin::laws::{Refused, permissions};
use crate::standin::wire;
use objects::{
    Application, Attachment, Channel, Command, Guild, Interaction, Member, Message, ReadMarks,
    Role, User, channel_type,
};

/// Which privileged intents the application was granted in the developer portal.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct GrantedIntents {
    /// Server members.
    pub members: bool,
    /// Message content.
    pub message_content: bool,
}

/// Something for the gateway to say to the bot.
#[derive(Clone, Debug)]
pub struct Dispatch {
    /// The event's name.
    pub name: &'static str,
    /// Its payload.
    pub payload: Value,
    /// It is said to sessions that have one of these intents; 0 for everybody.
    pub intents: u64,
    /// Whether content must be taken out for a session without the message content intent.
    pub content_is_private: bool,
}

/// Something for the page to look at again.
#[derive(Clone, Debug)]
pub struct Change {
    /// What kind of thing changed.
    pub kind: &'static str,
    /// Where.
    pub channel: Option<Id>,
    /// Which message.
    pub message: Option<Id>,
    /// The only person whom it concerns.
    pub only_for: Option<Id>,
}

/// Everything there is.
pub struct World {
    pub(super) clock: Clock,
    pub(super) mint: Mint,
    /// Where files are served.
    pub(super) base: String,
    /// The guild.
    pub guild: Guild,
    /// The application.
    pub application: Application,
    /// Everybody, also those who left.
    pub users: BTreeMap<Id, User>,
    /// Who is in the guild.
    pub members: BTreeMap<Id, Member>,
    /// The roles, `@everyone` among them.
    pub roles: BTreeMap<Id, Role>,
    /// Channels, threads and direct messages.
    pub channels: BTreeMap<Id, Channel>,
    /// Messages by channel and id, so that a channel's are a range.
    pub messages: BTreeMap<(Id, Id), Message>,
    /// The channel of each message.
    pub(super) places: HashMap<Id, Id>,
    /// Registered commands.
    pub commands: BTreeMap<Id, Command>,
    /// When commands were created, for the daily limit.
    pub(super) command_creations: Vec<Timestamp>,
    /// Interactions.
    pub interactions: HashMap<Id, Interaction>,
    pub(super) tokens: HashMap<String, Id>,
    /// Nonces of messages that were sent with `enforce_nonce`.
    pub(super) nonces: HashMap<(Id, Id, String), Message>,
    /// Files that were given to commands, and hang on no message.
    pub uploads: BTreeMap<Id, Attachment>,
    /// How far everybody has read.
    pub(super) read: ReadMarks,
    /// When quiet threads were last looked for.
    pub(super) swept_at: Timestamp,
    /// How often the bot identified.
    pub identifies: usize,
    pub(super) dispatches: Vec<Dispatch>,
    pub(super) changes: Vec<Change>,
}

/// An instant before every test and run, at which the first state was created.
const FOUNDED: &str = "2024-01-15T09:00:00Z";

impl World {
    /// The first state.
    pub fn new(clock: Clock, company: &Company, intents: GrantedIntents, base: String) -> Self {
        let founded: Timestamp = FOUNDED.parse().expect("the constant is a valid instant");
        let mut mint = Mint::default();
        let guild_id = mint.next(Kind::Place, founded);
        let bot = mint.next(Kind::User, founded);
        let guild = Guild {
            id: guild_id,
            name: company.name.clone(),
            owner: bot,
            most_threads: threads::MOST_ACTIVE,
        };
        let application = Application {
            id: bot,
            bot,
            name: company.bot.clone(),
            token: token_of(bot),
            members_intent: intents.members,
            content_intent: intents.message_content,
            invited_with: company.bot_permissions,
        };
        let mut world = Self {
            clock,
            mint,
            base,
            guild,
            application,
            users: BTreeMap::new(),
            members: BTreeMap::new(),
            roles: BTreeMap::new(),
            channels: BTreeMap::new(),
            messages: BTreeMap::new(),
            places: HashMap::new(),
            commands: BTreeMap::new(),
            command_creations: Vec::new(),
            interactions: HashMap::new(),
            tokens: HashMap::new(),
            nonces: HashMap::new(),
            uploads: BTreeMap::new(),
            read: HashMap::new(),
            swept_at: founded,
            identifies: 0,
            dispatches: Vec::new(),
            changes: Vec::new(),
        };
        world.settle(company, founded, bot);
        world
    }

    fn settle(&mut self, company: &Company, founded: Timestamp, bot: Id) {
        let everyone = Role {
            id: self.guild.id,
            name: "@everyone".to_owned(),
            permissions: permissions::EVERYONE,
            position: 0,
            colour: 0,
            hoist: false,
            mentionable: false,
            managed_by: None,
        };
        let joined = |roles| Member {
            roles,
            joined_at: founded,
            nick: None,
        };
        self.users.insert(
            bot,
            user(
                bot,
                &company.bot.to_lowercase(),
                &company.bot,
                "Application",
                true,
            ),
        );
        self.roles.insert(everyone.id, everyone);
        self.invite(founded);
        for (index, person) in company.people.iter().enumerate() {
            let id = self.mint.next(Kind::User, founded);
            self.users.insert(
                id,
                user(id, &person.name, &person.display_name, &person.job, false),
            );
            self.members.insert(id, joined([].into()));
            if index == 0 {
                self.guild.owner = id;
            }
        }
        for (index, place) in company.channels.iter().enumerate() {
            let id = self.mint.next(Kind::Channel, founded);
            let mut channel = Channel::empty(id, channel_type::TEXT, &place.name);
            channel.topic = Some(place.topic.clone());
            channel.position = i64::try_from(index).unwrap_or(0);
            self.channels.insert(id, channel);
        }
    }

    /// The present instant of the desk.
    pub fn now(&self) -> Timestamp {
        self.clock.now()
    }

    pub(super) fn next_id(&mut self, kind: Kind) -> Id {
        self.mint.next(kind, self.clock.now())
    }

    /// A channel, thread or direct message.
    ///
    /// # Errors
    /// 10003.
    pub fn channel(&self, id: Id) -> Result<&Channel, Refused> {
        self.channels.get(&id).ok_or_else(Refused::unknown_channel)
    }

    pub(super) fn channel_mut(&mut self, id: Id) -> Result<&mut Channel, Refused> {
        self.channels
            .get_mut(&id)
            .ok_or_else(Refused::unknown_channel)
    }

    /// A message by itself, without knowing its channel.
    pub fn message_anywhere(&self, id: Id) -> Option<&Message> {
        let channel = self.places.get(&id)?;
        self.messages.get(&(*channel, id))
    }

    /// The messages of a channel, oldest first.
    pub fn messages_in(&self, channel: Id) -> impl DoubleEndedIterator<Item = &Message> {
        self.messages
            .range((channel, Id(0))..=(channel, Id(u64::MAX)))
            .map(|(_, message)| message)
    }

    /// How somebody is called: the nickname here, or the display name.
    pub fn name_of(&self, user: Id) -> String {
        let nick = self
            .members
            .get(&user)
            .and_then(|member| member.nick.clone());
        let name = || self.users.get(&user).map(|user| user.display_name.clone());
        nick.or_else(name)
            .unwrap_or_else(|| "unknown-user".to_owned())
    }

    pub(super) fn dispatch(&mut self, name: &'static str, intents: u64, payload: Value) {
        let from_guild = intents & !posting::intent::DIRECT_MESSAGES != 0;
        let bot_is_in = self.members.contains_key(&self.application.bot);
        if from_guild && !bot_is_in && name != "GUILD_DELETE" {
            return;
        }
        self.dispatches.push(Dispatch {
            name,
            payload,
            intents,
            content_is_private: false,
        });
    }

    pub(super) fn changed(&mut self, kind: &'static str, channel: Option<Id>) {
        self.changes.push(Change {
            kind,
            channel,
            message: None,
            only_for: None,
        });
    }

    /// Whether an instant lies at least `seconds` back.
    pub(super) fn is_older_than(&self, at: Timestamp, seconds: i64) -> bool {
        self.now().duration_since(at) >= SignedDuration::from_secs(seconds)
    }

    /// What the gateway says about the guild when a session begins.
    pub fn guild_create(&self) -> Value {
        wire::guild::guild_create(self)
    }
}

impl Channel {
    pub(super) fn empty(id: Id, kind: u8, name: &str) -> Self {
        Self {
            id,
            kind,
            name: name.to_owned(),
            topic: None,
            parent: None,
            position: 0,
            nsfw: false,
            slow_mode: 0,
            overwrites: BTreeMap::new(),
            last_message: None,
            thread: None,
            recipients: Vec::new(),
        }
    }

    /// Whether this is a direct message.
    pub fn is_direct(&self) -> bool {
        self.kind == channel_type::DIRECT
    }

    /// Whether messages can be here at all.
    pub fn holds_messages(&self) -> bool {
        self.kind != channel_type::CATEGORY
    }
}

pub(super) fn user(id: Id, name: &str, display_name: &str, job: &str, bot: bool) -> User {
    User {
        id,
        name: name.to_owned(),
        display_name: display_name.to_owned(),
        job: job.to_owned(),
        bot,
        takes_direct_messages: true,
    }
}

/// A token of the real shape: the id in base 64, a timestamp part and a signature part. It opens nothing but this stand-in.
fn token_of(bot: Id) -> String {
    let id = data_encoding::BASE64_NOPAD.encode(bot.to_string().as_bytes());
    format!("{id}.StndIn.only-good-for-the-stand-in-on-loopback")
}
