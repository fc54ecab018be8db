//! What serenity hears, handed over to the desk's own tasks.

use std::sync::Arc;
use std::sync::atomic::Ordering;

use serenity::all::{
    ChunkGuildFilter, ConnectionStage, Context, Event, EventHandler, Guild, GuildChannel,
    GuildMemberUpdateEvent, GuildMembersChunkEvent, Interaction, Member, Message,
    MessageUpdateEvent, PartialGuildChannel, RawEventHandler, Ready, ResumedEvent,
    ShardStageUpdateEvent, UnavailableGuild, User,
};

use super::front::{Front, name_of, roles_of};
use super::read;
use crate::desk::Error;
use crate::discord::heard::{self, shown_name};
use crate::domain::ids::{ChannelId, GuildId, MessageId, RoleId, UserId};

/// Events that the desk cannot do without: one of them that serenity cannot read is an error.
const RELIED_ON: &[&str] = &[
    "INTERACTION_CREATE",
    "MESSAGE_CREATE",
    "MESSAGE_UPDATE",
    "MESSAGE_DELETE",
    "MESSAGE_DELETE_BULK",
    "READY",
    "RESUMED",
    "GUILD_CREATE",
    "GUILD_DELETE",
    "GUILD_MEMBER_UPDATE",
    "GUILD_MEMBER_REMOVE",
    "GUILD_MEMBERS_CHUNK",
    "CHANNEL_CREATE",
    "CHANNEL_UPDATE",
    "CHANNEL_DELETE",
    "THREAD_DELETE",
    "GUILD_ROLE_CREATE",
    "GUILD_ROLE_UPDATE",
    "GUILD_ROLE_DELETE",
];

/// The handle that serenity gets.
pub(super) struct Ears(pub(super) Arc<Front>);

#[serenity::async_trait]
impl EventHandler for Ears {
    async fn ready(&self, _: Context, ready: Ready) {
        self.0
            .begin(|front| async move { front.began(&ready).await });
    }

    async fn resume(&self, _: Context, _: ResumedEvent) {
        tracing::info!("the session with Discord was resumed; nothing was missed");
    }

    async fn shard_stage_update(&self, _: Context, event: ShardStageUpdateEvent) {
        tracing::debug!(stage = %event.new, "the session with Discord");
        if event.new == ConnectionStage::Identifying {
            self.0.identifies.count();
        }
    }

    async fn guild_create(&self, context: Context, guild: Guild, _: Option<bool>) {
        if self.0.discord.hears_of_members() {
            context
                .shard
                .chunk_guild(guild.id, None, false, ChunkGuildFilter::None, None);
        }
        self.0.begin(|front| async move {
            front.complete();
            let id = GuildId(guild.id.get());
            log("a server", front.desk.guild_seen(id, &guild.name).await);
            front.look_after_commands(Some(id)).await;
        });
    }

    async fn guild_delete(&self, _: Context, guild: UnavailableGuild, _: Option<Guild>) {
        self.0.begin(|front| async move {
            front.complete();
            if !guild.unavailable {
                let id = GuildId(guild.id.get());
                tracing::warn!(
                    guild.id = id.0,
                    "the bot was removed from a server; what is known of it is kept"
                );
                // The commands went with it, and are registered again when the bot comes back.
                front.registered.lock().await.remove(&Some(id));
            }
        });
    }

    async fn guild_members_chunk(&self, _: Context, chunk: GuildMembersChunkEvent) {
        if chunk.chunk_index + 1 >= chunk.chunk_count {
            let guild = GuildId(chunk.guild_id.get());
            self.0.begin(|front| async move {
                log("the members", front.met_everybody(guild).await);
            });
        }
    }

    async fn guild_member_addition(&self, _: Context, member: Member) {
        self.0.begin(|front| async move {
            let (guild, user) = (GuildId(member.guild_id.get()), UserId(member.user.id.get()));
            let met = front
                .met(guild, user, &name_of(&member), &roles_of(&member))
                .await;
            log("a new member", met);
        });
    }

    async fn guild_member_update(
        &self,
        _: Context,
        _: Option<Member>,
        _: Option<Member>,
        event: GuildMemberUpdateEvent,
    ) {
        self.0.begin(|front| async move {
            let (guild, user) = (GuildId(event.guild_id.get()), UserId(event.user.id.get()));
            let name = event
                .nick
                .clone()
                .unwrap_or_else(|| shown_name(&event.user));
            let roles: Vec<RoleId> = event.roles.iter().map(|role| RoleId(role.get())).collect();
            log("a member", front.met(guild, user, &name, &roles).await);
        });
    }

    async fn guild_member_removal(
        &self,
        _: Context,
        guild: serenity::all::GuildId,
        user: User,
        _: Option<Member>,
    ) {
        self.0.begin(|front| async move {
            let now = front.discord.clock().now();
            let (guild, user) = (GuildId(guild.get()), UserId(user.id.get()));
            log("who left", front.desk.gone(guild, user, now).await);
        });
    }

    async fn thread_delete(
        &self,
        _: Context,
        thread: PartialGuildChannel,
        _: Option<GuildChannel>,
    ) {
        self.0
            .begin(|front| async move { front.lost(ChannelId(thread.id.get())).await });
    }

    async fn message(&self, context: Context, message: Message) {
        let locale = message.guild_id.and_then(|guild| {
            context
                .cache
                .guild(guild)
                .map(|guild| guild.preferred_locale.clone())
        });
        let locale = locale.as_deref().unwrap_or("en");
        let asked = read::message(&message, self.0.discord.bot(), locale);
        let readable = self.0.discord.granted().message_content || message.guild_id.is_none();
        let said = heard::said(&message, readable);
        match (asked, said) {
            (Some((asker, wanted)), Some(said)) if message.guild_id.is_none() => {
                let answers = message.message_reference.as_ref();
                let answers = answers.and_then(|first| Some(MessageId(first.message_id?.get())));
                self.0.begin_to_listen(asker, wanted, said, answers);
            }
            (asked, said) => {
                if let Some((asker, wanted)) = asked {
                    self.0.begin_to_take(asker, wanted);
                }
                if let Some(said) = said.filter(|_| message.guild_id.is_some()) {
                    self.0.begin_to_hear(said);
                }
            }
        }
    }

    async fn message_update(
        &self,
        _: Context,
        _: Option<Message>,
        _: Option<Message>,
        event: MessageUpdateEvent,
    ) {
        let readable = self.0.discord.granted().message_content;
        if let Some(said) = heard::edited(&event, readable) {
            self.0.begin_to_change(said);
        }
    }

    async fn message_delete(
        &self,
        _: Context,
        channel: serenity::all::ChannelId,
        message: serenity::all::MessageId,
        _: Option<serenity::all::GuildId>,
    ) {
        self.forgets(channel, &[message]);
    }

    async fn message_delete_bulk(
        &self,
        _: Context,
        channel: serenity::all::ChannelId,
        messages: Vec<serenity::all::MessageId>,
        _: Option<serenity::all::GuildId>,
    ) {
        self.forgets(channel, &messages);
    }

    async fn interaction_create(&self, _: Context, interaction: Interaction) {
        if let Some((asker, wanted)) = read::interaction(&interaction) {
            self.0.begin_to_take(asker, wanted);
        }
    }
}

#[serenity::async_trait]
impl RawEventHandler for Ears {
    async fn raw_event(&self, _: Context, event: Event) {
        self.0.events.fetch_add(1, Ordering::Relaxed);
        // serenity turns what it cannot read into this, without a word.
        if let Event::Unknown(unknown) = event
            && RELIED_ON.contains(&unknown.kind.as_str())
        {
            let unreadable = self.0.unreadable.fetch_add(1, Ordering::Relaxed) + 1;
            tracing::error!(
                kind = unknown.kind,
                unreadable,
                "an event that the desk relies on cannot be read"
            );
        }
    }
}

impl Ears {
    fn forgets(&self, channel: serenity::all::ChannelId, messages: &[serenity::all::MessageId]) {
        let messages = messages.iter().filter_map(|message| {
            let id = message.get();
            Some((MessageId(id), heard::sent_at(id)?))
        });
        self.0
            .begin_to_forget(ChannelId(channel.get()), messages.collect());
    }
}

fn log(what: &str, result: Result<(), Error>) {
    if let Err(error) = result {
        tracing::error!(?error, "{what} could not be remembered");
    }
}
