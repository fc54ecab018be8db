//! What a person did, read from Discord's event: who asked, which command is meant, and what was put in.
//!
//! Every way to a command meets here: typed, chosen from a message's menu, pressed, chosen, submitted, written to the bot.

use std::collections::BTreeMap;

use serenity::all::{
    ActionRowComponent, CommandData, CommandDataOption, CommandDataOptionValue,
    CommandDataResolved, CommandInteraction, CommandType, ComponentInteraction,
    ComponentInteractionDataKind, Interaction, Member, Message, ModalInteraction, User,
};

use crate::discord::call::{Input, Options, Target};
use crate::discord::command::{Command, Kind};
use crate::discord::commands::find;
use crate::discord::heard::{attachment, shown_name};
use crate::discord::line::{Line, MENU};
use crate::domain::ids::{Cause, ChannelId, GuildId, MessageId, RoleId, UserId};
use crate::domain::record::Attachment;
use crate::domain::refusal::Refusal;

/// Who asked, and how they are answered.
#[derive(Clone, Debug)]
pub(super) struct Asker {
    /// Who.
    pub user: UserId,
    /// Their display name.
    pub name: String,
    /// Their roles, as this very payload gives them.
    pub roles: Vec<RoleId>,
    /// Whether they have Discord's Administrator permission.
    pub administrator: bool,
    /// On which server.
    pub guild: Option<GuildId>,
    /// Where.
    pub channel: ChannelId,
    /// Their language.
    pub locale: String,
    /// By what the inbox knows it.
    pub cause: Cause,
    /// How they are answered.
    pub way: Way,
}

/// How somebody is answered.
#[derive(Clone, Debug)]
pub(super) enum Way {
    /// An interaction, by its id and its token, which is secret for a quarter of an hour.
    Interaction { id: u64, token: String, from: From },
    /// A message that was written to the bot.
    Message { id: MessageId },
}

/// What an interaction comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum From {
    /// A command.
    Command,
    /// An option that is being typed.
    Typing,
    /// A button or a select: there is a message that can be replaced. A form that a button opened too.
    Message,
    /// A form that a command opened.
    Form,
}

/// What somebody wants: a command and what goes into it, or why that cannot be told.
pub(super) type Wanted = Result<(&'static Command, Input), Refusal>;

/// Reads an interaction; `None` for what the bot has no part in.
pub(super) fn interaction(interaction: &Interaction) -> Option<(Asker, Wanted)> {
    match interaction {
        Interaction::Command(command) => {
            let asker = of_command(command, From::Command);
            Some((asker, typed(&command.data)))
        }
        Interaction::Autocomplete(command) => Some((
            of_command(command, From::Typing),
            being_typed(&command.data),
        )),
        Interaction::Component(component) => {
            let asker = Asker::new(
                &component.user,
                component.member.as_ref(),
                component.guild_id.map(|id| id.get()),
                component.channel_id.get(),
                &component.locale,
                (component.id.get(), &component.token, From::Message),
            );
            Some((asker, pressed(component)))
        }
        Interaction::Modal(form) => {
            let from = if form.message.is_some() {
                From::Message
            } else {
                From::Form
            };
            let asker = Asker::new(
                &form.user,
                form.member.as_ref(),
                form.guild_id.map(|id| id.get()),
                form.channel_id.get(),
                &form.locale,
                (form.id.get(), &form.token, from),
            );
            Some((asker, submitted(form)))
        }
        _ => None,
    }
}

/// Reads a message; `None` unless it is written to the bot: directly, or by its name on a server.
pub(super) fn message(message: &Message, bot: UserId, locale: &str) -> Option<(Asker, Wanted)> {
    if message.author.bot || message.webhook_id.is_some() {
        return None;
    }
    let names = [format!("<@{bot}>"), format!("<@!{bot}>")];
    let mention = message.guild_id.is_some();
    // An answer to one of the bot's messages pings it too, and is not meant for it.
    if mention
        && !names
            .iter()
            .any(|name| message.content.contains(name.as_str()))
    {
        return None;
    }
    let content = names.iter().fold(message.content.clone(), |content, name| {
        content.replace(name.as_str(), " ")
    });
    let guild = message.guild_id.map(|id| GuildId(id.get()));
    let member = message.member.as_deref();
    let asker = Asker {
        user: UserId(message.author.id.get()),
        name: member
            .and_then(|member| member.nick.clone())
            .unwrap_or_else(|| shown_name(&message.author)),
        roles: member.map_or_else(Vec::new, |member| {
            member.roles.iter().map(|role| RoleId(role.get())).collect()
        }),
        administrator: false,
        guild,
        channel: ChannelId(message.channel_id.get()),
        locale: locale.to_owned(),
        cause: Cause::message(MessageId(message.id.get()), "ask"),
        way: Way::Message {
            id: MessageId(message.id.get()),
        },
    };
    let target = Target {
        content: content.trim().to_owned(),
        ..target(message, guild)
    };
    let input = Input::Said {
        message: target,
        mention,
    };
    Some((
        asker,
        find("ask")
            .map(|command| (command, input))
            .ok_or(Refusal::StaleButton),
    ))
}

impl Asker {
    fn new(
        user: &User,
        member: Option<&Member>,
        guild: Option<u64>,
        channel: u64,
        locale: &str,
        (id, token, from): (u64, &str, From),
    ) -> Self {
        let permissions = member.and_then(|member| member.permissions);
        Self {
            user: UserId(user.id.get()),
            name: member
                .and_then(|member| member.nick.clone())
                .unwrap_or_else(|| shown_name(user)),
            roles: member.map_or_else(Vec::new, |member| {
                member.roles.iter().map(|role| RoleId(role.get())).collect()
            }),
            administrator: permissions.is_some_and(serenity::all::Permissions::administrator),
            guild: guild.map(GuildId),
            channel: ChannelId(channel),
            locale: locale.to_owned(),
            cause: Cause::interaction(id),
            way: Way::Interaction {
                id,
                token: token.to_owned(),
                from,
            },
        }
    }
}

fn of_command(command: &CommandInteraction, from: From) -> Asker {
    Asker::new(
        &command.user,
        command.member.as_deref(),
        command.guild_id.map(|id| id.get()),
        command.channel_id.get(),
        &command.locale,
        (command.id.get(), &command.token, from),
    )
}

/// The whole path of a typed command, and what stands in its options.
fn path(data: &CommandData) -> (String, &[CommandDataOption]) {
    let mut path = data.name.clone();
    let mut options: &[CommandDataOption] = &data.options;
    while let [CommandDataOption { name, value, .. }] = options {
        let (CommandDataOptionValue::SubCommand(inner)
        | CommandDataOptionValue::SubCommandGroup(inner)) = value
        else {
            break;
        };
        path.push(' ');
        path.push_str(name);
        options = inner;
    }
    (path, options)
}

fn options(given: &[CommandDataOption]) -> Options {
    given
        .iter()
        .filter_map(|option| {
            let value = match &option.value {
                CommandDataOptionValue::String(text) => text.clone(),
                CommandDataOptionValue::User(id) => id.to_string(),
                CommandDataOptionValue::Role(id) => id.to_string(),
                CommandDataOptionValue::Channel(id) => id.to_string(),
                _ => return None,
            };
            Some((option.name.clone(), value))
        })
        .collect()
}

fn typed(data: &CommandData) -> Wanted {
    if data.kind == CommandType::Message {
        let command = find(&data.name).filter(|command| command.kind == Kind::OnMessage);
        let message = data.resolved.messages.values().next();
        let (command, message) = command.zip(message).ok_or(Refusal::StaleButton)?;
        let guild = data.guild_id.map(|id| GuildId(id.get()));
        return Ok((
            command,
            Input::OnMessage {
                message: target(message, guild),
            },
        ));
    }
    let (path, given) = path(data);
    let command = find(&path).filter(|command| command.kind == Kind::Slash);
    let command = command.ok_or(Refusal::StaleButton)?;
    no_bots(&data.resolved)?;
    Ok((
        command,
        Input::Command {
            options: options(given),
            files: files(data, given),
        },
    ))
}

/// The files that were given, by the options' names.
fn files(data: &CommandData, given: &[CommandDataOption]) -> BTreeMap<String, Attachment> {
    given
        .iter()
        .filter_map(|option| match &option.value {
            CommandDataOptionValue::Attachment(id) => {
                let file = data.resolved.attachments.get(id)?;
                Some((option.name.clone(), attachment(file)))
            }
            _ => None,
        })
        .collect()
}

fn being_typed(data: &CommandData) -> Wanted {
    let (path, given) = path(data);
    let command = find(&path).ok_or(Refusal::StaleButton)?;
    let focused = given.iter().find_map(|option| match &option.value {
        CommandDataOptionValue::Autocomplete { value, .. } => {
            Some((option.name.clone(), value.clone()))
        }
        _ => None,
    });
    let (option, typed) = focused.ok_or(Refusal::StaleButton)?;
    Ok((
        command,
        Input::Complete {
            option,
            typed,
            options: options(given),
        },
    ))
}

/// Discord offers bots where a person is to be chosen, and nothing on the desk is for them.
fn no_bots(named: &CommandDataResolved) -> Result<(), Refusal> {
    match named.users.values().find(|user| user.bot) {
        Some(bot) => Err(Refusal::IsBot {
            who: UserId(bot.id.get()),
        }),
        None => Ok(()),
    }
}

fn pressed(component: &ComponentInteraction) -> Wanted {
    let mut line = Line::parse(&component.data.custom_id)?;
    let mut kind = component.data.kind.clone();
    // An entry of a menu stands for a button, whose line is its value.
    if line.path == MENU
        && let ComponentInteractionDataKind::StringSelect { values } = &kind
    {
        line = Line::parse(values.first().ok_or(Refusal::StaleButton)?)?;
        kind = ComponentInteractionDataKind::Button;
    }
    let command = find(&line.path).ok_or(Refusal::StaleButton)?;
    no_bots(&component.data.resolved)?;
    let (args, version) = (line.args, line.version);
    let input = match kind {
        ComponentInteractionDataKind::StringSelect { values } => Input::Choose {
            args,
            version,
            values,
        },
        ComponentInteractionDataKind::UserSelect { values } => Input::Choose {
            args,
            version,
            values: values.iter().map(ToString::to_string).collect(),
        },
        ComponentInteractionDataKind::Button => Input::Press { args, version },
        _ => return Err(Refusal::StaleButton),
    };
    Ok((command, input))
}

fn submitted(form: &ModalInteraction) -> Wanted {
    let line = Line::parse(&form.data.custom_id)?;
    let command = find(&line.path).ok_or(Refusal::StaleButton)?;
    let fields: BTreeMap<String, String> = form
        .data
        .components
        .iter()
        .flat_map(|row| &row.components)
        .filter_map(|component| match component {
            ActionRowComponent::InputText(input) => Some((
                input.custom_id.clone(),
                input.value.clone().unwrap_or_default(),
            )),
            _ => None,
        })
        .collect();
    Ok((
        command,
        Input::Submit {
            args: line.args,
            version: line.version,
            fields,
        },
    ))
}

fn target(message: &Message, guild: Option<GuildId>) -> Target {
    let place = guild.map_or_else(|| "@me".to_owned(), |guild| guild.to_string());
    Target {
        id: MessageId(message.id.get()),
        author: UserId(message.author.id.get()),
        author_name: shown_name(&message.author),
        author_is_bot: message.author.bot,
        content: message.content.clone(),
        link: format!(
            "https://discord.com/channels/{place}/{}/{}",
            message.channel_id, message.id
        ),
    }
}
