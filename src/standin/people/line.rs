//! Reads a slash command as somebody types it: `/ticket open category:network impact:"one person"`.

use serde_json::{Value, json};

use crate::standin::laws::commands::option;
use crate::standin::world::objects::Command;

/// A line that was understood.
#[derive(PartialEq, Debug)]
pub struct Line {
    /// The command with its subcommands.
    pub command: String,
    /// The options by name, in the order in which they were typed.
    pub options: Vec<(String, Value)>,
}

/// A command, or one of its subcommands, that can be run.
pub struct Leaf<'c> {
    /// The command.
    pub command: &'c Command,
    /// The subcommands on the way, with their option types.
    pub path: Vec<(&'c str, i64)>,
    /// Its options.
    pub options: &'c [Value],
}

fn options_of(definition: &Value) -> &[Value] {
    definition["options"].as_array().map_or(&[], Vec::as_slice)
}

fn is_nested(one: &Value) -> bool {
    matches!(
        one["type"].as_i64(),
        Some(option::SUBCOMMAND | option::GROUP)
    )
}

/// Finds what a path of names means.
pub fn find<'c>(path: &[&str], commands: &[&'c Command]) -> Result<Leaf<'c>, String> {
    let Some((first, rest)) = path.split_first() else {
        return Err("Name a command.".to_owned());
    };
    let command = commands.iter().find(|command| command.name == *first);
    let command: &'c Command =
        command.ok_or_else(|| format!("There is no command /{first} here that you may use."))?;
    let mut leaf = Leaf {
        command,
        path: Vec::new(),
        options: options_of(&command.definition),
    };
    for name in rest {
        let inner = leaf
            .options
            .iter()
            .find(|one| is_nested(one) && one["name"] == **name);
        let inner = inner.ok_or_else(|| {
            format!(
                "/{} has no subcommand {name}.",
                path[..=leaf.path.len()].join(" ")
            )
        })?;
        let name = inner["name"].as_str().unwrap_or_default();
        leaf.path
            .push((name, inner["type"].as_i64().unwrap_or(option::SUBCOMMAND)));
        leaf.options = options_of(inner);
    }
    if leaf.options.iter().any(is_nested) {
        let names: Vec<&str> = leaf
            .options
            .iter()
            .filter_map(|one| one["name"].as_str())
            .collect();
        return Err(format!(
            "/{} needs a subcommand: {}.",
            path.join(" "),
            names.join(", ")
        ));
    }
    Ok(leaf)
}

/// Reads a line against the commands that can be used.
pub fn read(text: &str, commands: &[&Command]) -> Result<Line, String> {
    let Some(text) = text.trim().strip_prefix('/') else {
        return Err("A command begins with a slash.".to_owned());
    };
    let mut path: Vec<&str> = Vec::new();
    let mut rest = text.trim_start();
    // The path goes on as long as words name subcommands.
    loop {
        let (word, after) = rest.split_once(char::is_whitespace).unwrap_or((rest, ""));
        let mut longer = path.clone();
        longer.push(word);
        let known = path.is_empty() || names_subcommand(&longer, commands);
        if word.is_empty() || !known {
            break;
        }
        path = longer;
        rest = after.trim_start();
    }
    let leaf = find(&path, commands)?;
    let names: Vec<&str> = leaf
        .options
        .iter()
        .filter_map(|one| one["name"].as_str())
        .collect();
    let options = read_options(rest, &names).map_err(|problem| {
        let listed = if names.is_empty() {
            "none".to_owned()
        } else {
            names.join(", ")
        };
        format!(
            "{problem} /{} takes these options: {listed}.",
            path.join(" ")
        )
    })?;
    Ok(Line {
        command: path.join(" "),
        options,
    })
}

fn names_subcommand(path: &[&str], commands: &[&Command]) -> bool {
    let Some(command) = commands
        .iter()
        .find(|command| path.first() == Some(&command.name.as_str()))
    else {
        return false;
    };
    let mut options = options_of(&command.definition);
    for name in &path[1..] {
        match options
            .iter()
            .find(|one| is_nested(one) && one["name"] == **name)
        {
            Some(inner) => options = options_of(inner),
            None => return false,
        }
    }
    true
}

/// Reads `name:value` pairs. A value goes on to the next known name, or is put in quotation marks.
fn read_options(mut rest: &str, names: &[&str]) -> Result<Vec<(String, Value)>, String> {
    let mut options: Vec<(String, Value)> = Vec::new();
    while !rest.is_empty() {
        let Some((name, after)) = split_name(rest) else {
            return Err(format!("{rest:?} is not an option: write name:value."));
        };
        if !names.contains(&name) {
            return Err(format!("There is no option {name}."));
        }
        if options.iter().any(|(known, _)| known == name) {
            return Err(format!("The option {name} is there twice."));
        }
        let after = after.trim_start();
        let (value, remaining) = match after.strip_prefix('"') {
            Some(quoted) => read_quoted(quoted)?,
            None => read_plain(after, names),
        };
        options.push((name.to_owned(), json!(value)));
        rest = remaining.trim_start();
    }
    Ok(options)
}

fn split_name(text: &str) -> Option<(&str, &str)> {
    let (name, after) = text.split_once(':')?;
    (!name.is_empty() && !name.contains(char::is_whitespace)).then_some((name, after))
}

fn read_quoted(text: &str) -> Result<(String, &str), String> {
    let mut value = String::new();
    let mut characters = text.char_indices();
    while let Some((at, character)) = characters.next() {
        match character {
            '"' => return Ok((value, &text[at + 1..])),
            '\\' => value.extend(characters.next().map(|(_, escaped)| escaped)),
            other => value.push(other),
        }
    }
    Err("A quotation mark is not closed.".to_owned())
}

fn read_plain<'t>(text: &'t str, names: &[&str]) -> (String, &'t str) {
    let starts = text
        .char_indices()
        .filter(|(_, character)| character.is_whitespace())
        .map(|(at, _)| at);
    for at in starts {
        let next = text[at..].trim_start();
        if split_name(next).is_some_and(|(name, _)| names.contains(&name)) {
            return (text[..at].trim_end().to_owned(), next);
        }
    }
    (text.trim_end().to_owned(), "")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::standin::ids::Id;

    fn command() -> Command {
        let text = |name: &str| json!({"type": 3, "name": name, "description": "x"});
        let definition = json!({"name": "ticket", "options": [
            {"type": 1, "name": "open", "description": "x", "options": [text("title"), text("impact")]},
            {"type": 2, "name": "tag", "description": "x", "options": [
                {"type": 1, "name": "add", "description": "x", "options": [text("tag")]},
            ]},
        ]});
        Command {
            id: Id(1),
            guild: None,
            kind: 1,
            name: "ticket".to_owned(),
            definition,
        }
    }

    fn options(text: &str) -> Vec<(String, String)> {
        let line = read(text, &[&command()]).expect(text);
        line.options
            .into_iter()
            .map(|(name, value)| (name, value.as_str().unwrap_or_default().to_owned()))
            .collect()
    }

    #[test]
    fn values_run_to_the_next_known_name_or_the_closing_mark() {
        let pair = |name: &str, value: &str| (name.to_owned(), value.to_owned());
        assert_eq!(
            options("/ticket open title:Printer on fire impact:all"),
            [pair("title", "Printer on fire"), pair("impact", "all")]
        );
        assert_eq!(
            options(r#"/ticket open title: "say \"hi\" impact:no" impact:1"#),
            [pair("title", r#"say "hi" impact:no"#), pair("impact", "1")]
        );
        assert_eq!(
            options("/ticket open title:see http://x at 10:30"),
            [pair("title", "see http://x at 10:30")]
        );
        assert_eq!(options("/ticket tag add tag:vpn"), [pair("tag", "vpn")]);
        assert!(options("/ticket open").is_empty());
    }

    #[test]
    fn what_does_not_exist_is_refused_by_name() {
        let no = |text: &str| read(text, &[&command()]).expect_err(text);
        assert!(no("/tickets open").contains("/tickets"));
        assert!(no("/ticket").contains("subcommand: open, tag"));
        assert!(no("/ticket close").contains("subcommand"));
        assert!(no("/ticket open colour:red").contains("colour"));
        assert!(no("/ticket open title:a title:b").contains("twice"));
        assert!(no("/ticket open just words").contains("name:value"));
        assert!(no("ticket open").contains("slash"));
        assert!(no("/ticket open title:\"a").contains("not closed"));
    }
}
