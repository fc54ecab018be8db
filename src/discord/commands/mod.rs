//! What people can ask of the desk: one file each, and one word in the list below.
//!
//! A new command: copy a file that only reads (`help` is the shortest), change its `COMMAND` and its `run`, add its word
//! to the list and a story to the end-to-end tests. Registration, the gate, `/help` and the README's table follow.

use super::command::Command;

macro_rules! commands {
    ($($name:ident),* $(,)?) => {
        $(mod $name;)*

        /// All commands, in the order in which `/help` shows them.
        pub static COMMANDS: &[&Command] = &[$(&$name::COMMAND),*];
    };
}

commands! {}

/// What the first words of commands of two words are about, for the list that Discord shows.
pub const GROUPS: &[(&str, &str)] = &[
    (
        "ticket",
        "Ask the help desk to look at something, and see how it is going",
    ),
    ("work", "Work on tickets"),
    ("duty", "Say whether you are at work for the desk"),
    ("setup", "Set the desk up on this server"),
];

/// The command of that path.
pub fn find(path: &str) -> Option<&'static Command> {
    COMMANDS
        .iter()
        .copied()
        .find(|command| command.path == path)
}
