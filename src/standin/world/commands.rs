//! Registering commands.

use serde_json::json;

use super::World;
use super::objects::Command;
use crate::standin::ids::{Id, Kind};
use crate::standin::laws::Refused;
use crate::standin::laws::commands::Checked;

/// As many commands of each type as a scope may have: slash, user, message.
const MOST: [usize; 3] = [100, 15, 15];
/// As many commands as may be created in a guild (or globally) within a day.
const MOST_CREATIONS: usize = 200;
const DAY: i64 = 24 * 60 * 60;

impl World {
    /// The commands of a scope.
    pub fn commands_of(&self, guild: Option<Id>) -> impl Iterator<Item = &Command> {
        self.commands
            .values()
            .filter(move |command| command.guild == guild)
    }

    /// Registers a command, or replaces the one of the same name and type. The second value says whether it is new.
    ///
    /// # Errors
    /// 30032, 30034.
    pub fn register(&mut self, guild: Option<Id>, checked: Checked) -> Result<(Id, bool), Refused> {
        let known = self
            .commands_of(guild)
            .find(|command| command.kind == checked.kind && command.name == checked.name)
            .map(|command| command.id);
        if let Some(id) = known {
            self.redefine(id, checked);
            return Ok((id, false));
        }
        let alike = self
            .commands_of(guild)
            .filter(|command| command.kind == checked.kind)
            .count();
        let most = MOST
            .get(usize::from(checked.kind) - 1)
            .copied()
            .unwrap_or(0);
        if alike >= most {
            return Err(Refused::too_many_commands());
        }
        let now = self.now();
        self.command_creations
            .retain(|at| now.duration_since(*at).as_secs() < DAY);
        if self.command_creations.len() >= MOST_CREATIONS {
            return Err(Refused::too_many_command_creations());
        }
        self.command_creations.push(now);
        let id = self.next_id(Kind::Command);
        let command = Command {
            id,
            guild,
            kind: checked.kind,
            name: checked.name.clone(),
            definition: serde_json::Value::Null,
        };
        self.commands.insert(id, command);
        self.redefine(id, checked);
        Ok((id, true))
    }

    /// Gives a command a new definition; it keeps its id. A definition that is the same keeps its version too.
    pub fn redefine(&mut self, id: Id, checked: Checked) {
        let Some(command) = self.commands.get(&id) else {
            return;
        };
        let guild = command.guild;
        let mut definition = checked.definition;
        definition.insert("id".to_owned(), json!(id));
        definition.insert("application_id".to_owned(), json!(self.application.id));
        if let Some(guild) = guild {
            definition.insert("guild_id".to_owned(), json!(guild));
            // Contexts and installation types are for global commands.
            definition.remove("contexts");
            definition.remove("integration_types");
            definition.insert("contexts".to_owned(), serde_json::Value::Null);
            definition.insert("integration_types".to_owned(), json!([0]));
        } else {
            let in_direct = definition["contexts"]
                .as_array()
                .is_none_or(|list| list.contains(&json!(1)));
            definition.insert("dm_permission".to_owned(), json!(in_direct));
        }
        let version = command.definition.get("version").cloned();
        definition.insert(
            "version".to_owned(),
            version.clone().unwrap_or(serde_json::Value::Null),
        );
        let unchanged = version.is_some()
            && command.definition == serde_json::Value::Object(definition.clone());
        if !unchanged {
            let version = self.next_id(Kind::Command);
            definition.insert("version".to_owned(), json!(version));
        }
        if let Some(command) = self.commands.get_mut(&id) {
            command.kind = checked.kind;
            command.name = checked.name;
            command.definition = serde_json::Value::Object(definition);
        }
        self.changed("commands", None);
    }

    /// Replaces all commands of a scope: those of the same name and type keep their ids, the others go.
    ///
    /// # Errors
    /// 30032, 30034, 50035 for two of one name.
    pub fn replace_commands(
        &mut self,
        guild: Option<Id>,
        list: Vec<Checked>,
    ) -> Result<Vec<Id>, Refused> {
        for (index, one) in list.iter().enumerate() {
            if list[..index]
                .iter()
                .any(|other| other.kind == one.kind && other.name == one.name)
            {
                let message = "Application command names must be unique";
                return Err(Refused::field(
                    &index.to_string(),
                    "APPLICATION_COMMANDS_DUPLICATE_NAME",
                    message,
                ));
            }
            let alike = list.iter().filter(|other| other.kind == one.kind).count();
            if alike > MOST.get(usize::from(one.kind) - 1).copied().unwrap_or(0) {
                return Err(Refused::too_many_commands());
            }
        }
        let gone: Vec<Id> = self
            .commands_of(guild)
            .filter(|old| {
                !list
                    .iter()
                    .any(|new| new.kind == old.kind && new.name == old.name)
            })
            .map(|old| old.id)
            .collect();
        for id in gone {
            self.commands.remove(&id);
        }
        self.changed("commands", None);
        list.into_iter()
            .map(|checked| Ok(self.register(guild, checked)?.0))
            .collect()
    }
}
