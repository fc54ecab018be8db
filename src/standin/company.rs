//! Who lives in the first state: a guild, its people and its channels, before any bot has set anything up.

use super::laws::permissions as may;

/// The first state of the world.
#[derive(Clone, Debug)]
pub struct Company {
    /// The guild's name.
    pub name: String,
    /// The bot's name.
    pub bot: String,
    /// What the bot was invited with: permission bits of its own role.
    pub bot_permissions: u64,
    /// Everybody; the first one owns the guild.
    pub people: Vec<Person>,
    /// Text channels, in order.
    pub channels: Vec<Place>,
}

/// Somebody who works here.
#[derive(Clone, Debug)]
pub struct Person {
    /// The name in commands and addresses: lower case, unique.
    pub name: String,
    /// The name that others read.
    pub display_name: String,
    /// What the person does, for the page and for whoever hands out roles.
    pub job: String,
}

/// A text channel.
#[derive(Clone, Debug)]
pub struct Place {
    /// Its name, without `#`.
    pub name: String,
    /// Its topic.
    pub topic: String,
}

/// What a bot needs that sets a server up and works in it, and nothing more.
pub const BOT_PERMISSIONS: u64 = may::VIEW_CHANNEL
    | may::SEND_MESSAGES
    | may::EMBED_LINKS
    | may::ATTACH_FILES
    | may::READ_MESSAGE_HISTORY
    | may::MENTION_EVERYONE
    | may::CREATE_PUBLIC_THREADS
    | may::CREATE_PRIVATE_THREADS
    | may::SEND_MESSAGES_IN_THREADS
    | may::MANAGE_THREADS
    | may::MANAGE_CHANNELS
    | may::MANAGE_ROLES;

impl Company {
    /// A guild with its owner Ada and one channel.
    pub fn small() -> Self {
        Self {
            name: "Small Company".to_owned(),
            bot: "Deskhand".to_owned(),
            bot_permissions: BOT_PERMISSIONS,
            people: vec![person("ada", "Ada", "Owner")],
            channels: vec![place("general", "Everything that has no other place")],
        }
    }

    /// A company with eight employees, two technicians on each tier, a lead, and an admin who owns the guild.
    pub fn believable() -> Self {
        Self {
            name: "Larkfield".to_owned(),
            bot: "Deskhand".to_owned(),
            bot_permissions: BOT_PERMISSIONS,
            people: vec![
                person("ada", "Ada Lindqvist", "Desk admin"),
                person("lena", "Lena Okafor", "IT lead"),
                person("tom", "Tom Barreto", "L1 technician"),
                person("priya", "Priya Nair", "L1 technician"),
                person("jonas", "Jonas Weber", "L2 technician"),
                person("sofia", "Sofia Marchetti", "L2 technician"),
                person("ravi", "Ravi Menon", "L3 technician"),
                person("ingrid", "Ingrid Solberg", "L3 technician"),
                person("mia", "Mia Castellano", "Accounts assistant"),
                person("omar", "Omar Haddad", "Sales representative"),
                person("grace", "Grace Whitfield", "Head of finance"),
                person("kenji", "Kenji Mori", "Product designer"),
                person("nadia", "Nadia Petrova", "Recruiter"),
                person("luis", "Luis Herrera", "Warehouse supervisor"),
                person("chloe", "Chloe Bernard", "Marketing manager"),
                person("sam", "Sam O'Neill", "Trainee"),
            ],
            channels: vec![
                place("general", "Company-wide talk"),
                place("announcements", "News for everybody"),
                place("random", "Lunch, cats, everything else"),
            ],
        }
    }
}

/// Describes a person.
pub fn person(name: &str, display_name: &str, job: &str) -> Person {
    Person {
        name: name.to_owned(),
        display_name: display_name.to_owned(),
        job: job.to_owned(),
    }
}

/// Describes a channel.
pub fn place(name: &str, topic: &str) -> Place {
    Place {
        name: name.to_owned(),
        topic: topic.to_owned(),
    }
}
