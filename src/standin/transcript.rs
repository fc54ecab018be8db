//! A channel as plain text, made to be compared: the same on every run.

use jiff::Timestamp;
use serde_json::{Value, json};

use super::ids::Id;
use super::laws::components::kind;
use super::world::World;
use super::world::objects::{Message, flag, message_type};

/// Writes messages, oldest first.
pub fn write<'w>(world: &'w World, messages: impl Iterator<Item = &'w Message>) -> String {
    let mut lines = Vec::new();
    for message in messages {
        write_message(world, message, &mut lines);
    }
    lines.push(String::new());
    lines.join("\n")
}

fn write_message(world: &World, message: &Message, lines: &mut Vec<String>) {
    let author = world.name_of(message.author);
    if let Some(sentence) = system_sentence(world, message) {
        lines.push(format!("· {author} {sentence} · {}", time(message.sent_at)));
        return;
    }
    let bot = if world
        .users
        .get(&message.author)
        .is_some_and(|user| user.bot)
    {
        " (bot)"
    } else {
        ""
    };
    let mut head = format!("**{author}**{bot} · {}", time(message.sent_at));
    if let Some(only) = message.only_for {
        head.push_str(&format!(" (only for {})", world.name_of(only)));
    }
    if message.edited_at.is_some() {
        head.push_str(" (edited)");
    }
    lines.push(head);
    let mut indent = |text: String| lines.push(format!("  {text}").trim_end().to_owned());
    if message.kind == message_type::REPLY
        && message.author != world.application.bot
        && let Some(answered) = message
            .reference
            .and_then(|(channel, id)| world.messages.get(&(channel, id?)))
    {
        indent(format!("↳ {}", world.name_of(answered.author)));
    }
    if message.is(flag::LOADING) {
        indent("… is thinking".to_owned());
    }
    for line in spoken(world, &message.content).lines() {
        indent(line.to_owned());
    }
    for file in &message.attachments {
        indent(match &file.description {
            Some(description) => format!("[file {}: {description}]", file.filename),
            None => format!("[file {}]", file.filename),
        });
    }
    for embed in &message.embeds {
        embed_lines(world, embed).into_iter().for_each(&mut indent);
    }
    component_lines(world, &message.components)
        .into_iter()
        .for_each(&mut indent);
}

/// What Discord's client says about a message that nobody wrote.
fn system_sentence(world: &World, message: &Message) -> Option<String> {
    let about = message
        .mentions
        .first()
        .map(|&id| world.name_of(id))
        .unwrap_or_default();
    match message.kind {
        message_type::RECIPIENT_ADD => Some(format!("added {about} to the thread")),
        message_type::RECIPIENT_REMOVE => Some(format!("removed {about} from the thread")),
        message_type::NAME_CHANGE => Some(format!("changed the name to {}", message.content)),
        message_type::THREAD_CREATED => Some(format!("started a thread: {}", message.content)),
        message_type::THREAD_STARTER => {
            let first = message
                .reference
                .and_then(|(channel, id)| world.messages.get(&(channel, id?)));
            Some(match first {
                Some(first) => format!(
                    "started this thread from a message of {}",
                    world.name_of(first.author)
                ),
                None => "started this thread from a message that is gone".to_owned(),
            })
        }
        _ => None,
    }
}

fn time(at: Timestamp) -> String {
    at.strftime("%H:%M").to_string()
}

fn embed_lines(world: &World, embed: &Value) -> Vec<String> {
    let mut inside = Vec::new();
    let mut add = |text: &Value, prefix: &str| {
        if let Some(text) = text.as_str() {
            inside.extend(
                spoken(world, &format!("{prefix}{text}"))
                    .lines()
                    .map(str::to_owned),
            );
        }
    };
    add(&embed["author"]["name"], "");
    add(&embed["title"], "");
    add(&embed["description"], "");
    for field in embed["fields"].as_array().into_iter().flatten() {
        let name = field["name"].as_str().unwrap_or_default();
        add(&field["value"], &format!("{name}: "));
    }
    add(&embed["footer"]["text"], "");
    let last = inside.len().saturating_sub(1);
    let edge = |index: usize| match index {
        0 => '┌',
        index if index == last => '└',
        _ => '│',
    };
    inside
        .into_iter()
        .enumerate()
        .map(|(index, line)| format!("{} {line}", edge(index)))
        .collect()
}

fn component_lines(world: &World, components: &[Value]) -> Vec<String> {
    let mut lines = Vec::new();
    for one in components {
        let inner = one["components"].as_array().map_or(&[][..], Vec::as_slice);
        match one["type"].as_i64() {
            Some(kind::ROW) => lines.push(inner.iter().map(control).collect::<Vec<_>>().join(" ")),
            Some(kind::TEXT) => {
                lines.extend(
                    spoken(world, one["content"].as_str().unwrap_or_default())
                        .lines()
                        .map(str::to_owned),
                );
            }
            Some(kind::SEPARATOR) => lines.push("---".to_owned()),
            Some(kind::SECTION) => {
                lines.extend(component_lines(world, inner));
                lines.push(control(&one["accessory"]));
            }
            _ => lines.extend(component_lines(world, inner)),
        }
    }
    lines
}

/// A button as `[Label]`, a dangerous one as `[Label!]`, one that cannot be pressed as `(Label)`; a select with what it
/// offers.
fn control(one: &Value) -> String {
    let disabled = one["disabled"] == json!(true);
    if one["type"] == json!(kind::BUTTON) {
        let emoji = one["emoji"]["name"].as_str().unwrap_or_default();
        let label = format!("{emoji} {}", one["label"].as_str().unwrap_or_default());
        let label = label.trim();
        let mark = match one["style"].as_i64() {
            Some(4) => "!",
            Some(5) => " ↗",
            _ => "",
        };
        return if disabled {
            format!("({label}{mark})")
        } else {
            format!("[{label}{mark}]")
        };
    }
    let placeholder = one["placeholder"].as_str().unwrap_or("Make a selection");
    let what = match one["type"].as_i64() {
        Some(kind::USER_SELECT) => "people".to_owned(),
        Some(kind::ROLE_SELECT) => "roles".to_owned(),
        Some(kind::MENTIONABLE_SELECT) => "people and roles".to_owned(),
        Some(kind::CHANNEL_SELECT) => "channels".to_owned(),
        _ => {
            let label = |option: &Value| {
                let label = option["label"].as_str().unwrap_or_default();
                if option["default"] == json!(true) {
                    format!("*{label}*")
                } else {
                    label.to_owned()
                }
            };
            one["options"]
                .as_array()
                .into_iter()
                .flatten()
                .map(label)
                .collect::<Vec<_>>()
                .join(" | ")
        }
    };
    if disabled {
        format!("({placeholder}: {what})")
    } else {
        format!("⟨{placeholder}: {what}⟩")
    }
}

/// A text with its mentions and timestamps as a person reads them.
fn spoken(world: &World, text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(start) = rest.find('<') {
        let (before, tag) = rest.split_at(start);
        out.push_str(before);
        match tag
            .find('>')
            .and_then(|end| Some((end, spoken_tag(world, &tag[1..end])?)))
        {
            Some((end, spoken)) => {
                out.push_str(&spoken);
                rest = &tag[end + 1..];
            }
            None => {
                out.push('<');
                rest = &tag[1..];
            }
        }
    }
    out.push_str(rest);
    out
}

fn spoken_tag(world: &World, tag: &str) -> Option<String> {
    if let Some(role) = tag.strip_prefix("@&") {
        let role = world.roles.get(&Id::parse(role)?);
        return Some(format!(
            "@{}",
            role.map_or("deleted-role", |role| role.name.trim_start_matches('@'))
        ));
    }
    if let Some(user) = tag.strip_prefix("@!").or(tag.strip_prefix('@')) {
        return Some(format!("@{}", world.name_of(Id::parse(user)?)));
    }
    if let Some(channel) = tag.strip_prefix('#') {
        let channel = world.channels.get(&Id::parse(channel)?);
        return Some(format!(
            "#{}",
            channel.map_or("deleted-channel", |channel| channel.name.as_str())
        ));
    }
    if let Some(moment) = tag.strip_prefix("t:") {
        let (seconds, style) = moment.split_once(':').unwrap_or((moment, "f"));
        let at = Timestamp::from_second(seconds.parse().ok()?).ok()?;
        return Some(format!("⟨{} {style}⟩", at.strftime("%Y-%m-%d %H:%MZ")));
    }
    if let Some(command) = tag.strip_prefix('/') {
        return command.rsplit_once(':').map(|(name, _)| format!("/{name}"));
    }
    if let Some(emoji) = tag.strip_prefix("a:").or(tag.strip_prefix(':')) {
        return emoji.split_once(':').map(|(name, _)| format!(":{name}:"));
    }
    None
}
