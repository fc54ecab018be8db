//! One thing that a person did, on its way to the command that it means.

use std::collections::BTreeMap;

use jiff::Timestamp;

use super::files::{Fetcher, NoFile};
use super::server::Server;
use super::words::Words;
use crate::desk::{Desk, Error};
use crate::domain::ids::{Cause, ChannelId, GuildId, MessageId, Number, TicketId, UserId};
use crate::domain::people::{Actor, House};
use crate::domain::record::Attachment;
use crate::domain::refusal::{Expected, Refusal};
use crate::domain::ticket::Ticket;
use crate::kb::Reader;

/// The largest text that a command reads of a file, in KiB.
const LARGEST_TEXT_KIB: u32 = 256;

/// One thing that a person did, with everything that a command may know and use.
pub struct Call {
    /// The desk.
    pub desk: Desk,
    /// Who did it, with the standing that this very payload gave them.
    pub actor: Actor,
    /// On which server; none in a direct message.
    pub guild: Option<GuildId>,
    /// What the desk has on that server; empty in a direct message and before the set-up.
    pub house: House,
    /// In which channel or thread.
    pub channel: ChannelId,
    /// Sentences in the asker's language.
    pub words: Words,
    /// By what the inbox knows it.
    pub cause: Cause,
    /// When.
    pub now: Timestamp,
    /// What was put in.
    pub input: Input,
    /// What is known of the server.
    pub server: Server,
    /// Fetches what a command reads of a file.
    pub fetcher: Fetcher,
}

/// What was put in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Input {
    /// A command that was typed.
    Command {
        /// What was filled in.
        options: Options,
        /// The files that were given, by the options' names.
        files: BTreeMap<String, Attachment>,
    },
    /// A command from a message's menu.
    OnMessage {
        /// The message.
        message: Target,
    },
    /// A button.
    Press {
        /// What its line is about.
        args: Vec<String>,
        /// The ticket's version when it was drawn.
        version: Option<i64>,
    },
    /// A select.
    Choose {
        /// What its line is about.
        args: Vec<String>,
        /// The ticket's version when it was drawn.
        version: Option<i64>,
        /// What was chosen. Not trusted to be among what was offered.
        values: Vec<String>,
    },
    /// A form.
    Submit {
        /// What its line is about.
        args: Vec<String>,
        /// The ticket's version when it was drawn.
        version: Option<i64>,
        /// What was typed, by the fields' names.
        fields: BTreeMap<String, String>,
    },
    /// An option that is being typed: what could go into it?
    Complete {
        /// Which option.
        option: String,
        /// What was typed so far.
        typed: String,
        /// What the other options hold.
        options: Options,
    },
    /// A direct message, or a message that mentions the bot.
    Said {
        /// The message.
        message: Target,
        /// Whether it stands on a server, where everybody reads it.
        mention: bool,
    },
}

impl Input {
    /// The texts that somebody typed to be kept or passed on.
    pub fn typed(&self) -> Vec<&str> {
        match self {
            // People, roles and channels are there as numbers.
            Self::Command { options, .. } => options
                .values()
                .map(String::as_str)
                .filter(|value| !value.bytes().all(|byte| byte.is_ascii_digit()))
                .collect(),
            Self::Submit { fields, .. } => fields.values().map(String::as_str).collect(),
            Self::Said { message, .. } => vec![message.content.as_str()],
            Self::OnMessage { .. }
            | Self::Press { .. }
            | Self::Choose { .. }
            | Self::Complete { .. } => Vec::new(),
        }
    }
}

/// What was filled in, by the options' names: texts and choices as they are, roles and channels as their ids.
pub type Options = BTreeMap<String, String>;

/// A message that something is done with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Target {
    /// Its id.
    pub id: MessageId,
    /// Who wrote it.
    pub author: UserId,
    /// Their name: hostile text.
    pub author_name: String,
    /// Whether that is a bot.
    pub author_is_bot: bool,
    /// What it says, without the bot's mention: hostile text.
    pub content: String,
    /// Where it stands.
    pub link: String,
}

impl Call {
    /// What was filled into that option; `None` when it is empty.
    pub fn option(&self, name: &str) -> Option<&str> {
        let (Input::Command { options, .. } | Input::Complete { options, .. }) = &self.input else {
            return None;
        };
        filled(options.get(name))
    }

    /// The file that was given in that option.
    pub fn file(&self, name: &str) -> Option<&Attachment> {
        match &self.input {
            Input::Command { files, .. } => files.get(name),
            _ => None,
        }
    }

    /// The text in the file of that option, if one was given.
    pub async fn text_of(&self, name: &str) -> Result<Option<String>, Error> {
        let Some(file) = self.file(name) else {
            return Ok(None);
        };
        let most = u64::from(LARGEST_TEXT_KIB) * 1024;
        let bytes = match self.fetcher.text(&file.url, most).await {
            Ok(bytes) => bytes,
            Err(NoFile::TooLarge { .. }) => {
                let kilobytes = LARGEST_TEXT_KIB;
                return Err(Refusal::FileTooLarge { kilobytes }.into());
            }
            Err(no) => {
                tracing::info!(%no, "a file that a command was given could not be read");
                return Err(Refusal::FileNotRead.into());
            }
        };
        let text = String::from_utf8(bytes).map_err(|_| Refusal::FileNoText)?;
        Ok(Some(text))
    }

    /// What was typed into that field of the form; `None` when it is empty.
    pub fn field(&self, name: &str) -> Option<&str> {
        let Input::Submit { fields, .. } = &self.input else {
            return None;
        };
        filled(fields.get(name))
    }

    /// The line's argument at that place, counted from 0.
    pub fn arg(&self, place: usize) -> Option<&str> {
        let (Input::Press { args, .. } | Input::Choose { args, .. } | Input::Submit { args, .. }) =
            &self.input
        else {
            return None;
        };
        args.get(place).map(String::as_str)
    }

    /// What was chosen in the select; empty for anything else.
    pub fn values(&self) -> &[String] {
        match &self.input {
            Input::Choose { values, .. } => values,
            _ => &[],
        }
    }

    /// The message that the command is about.
    pub fn target(&self) -> Option<&Target> {
        match &self.input {
            Input::OnMessage { message } | Input::Said { message, .. } => Some(message),
            _ => None,
        }
    }

    /// Which articles are for whoever asks.
    pub fn reader(&self) -> Reader {
        Reader::of(self.actor.standing)
    }

    /// The server, where the desk is set up on it.
    pub fn guild(&self) -> Result<GuildId, Error> {
        let guild = self.guild.ok_or(Refusal::ServerOnly)?;
        if self.house.set_up {
            Ok(guild)
        } else {
            Err(Refusal::NotSetUp.into())
        }
    }

    /// The ticket that is meant: the option `ticket`, else the one on the button, else the one whose thread this is.
    /// One that the asker may not see looks like one that does not exist.
    pub async fn ticket(&self) -> Result<Ticket, Error> {
        if let Some(typed) = self.option("ticket") {
            let number: Number = typed.parse().map_err(|_| Refusal::BadInput {
                field: "ticket".to_owned(),
                expected: Expected::TicketNumber,
            })?;
            return self.ticket_of(number).await;
        }
        if let Some(arg) = self.arg(0) {
            if let Some(id) = arg.strip_prefix('#').and_then(|id| id.parse().ok()) {
                return self.desk.ticket_by_id(id, &self.actor, self.now).await;
            }
            if let Ok(number) = arg.parse() {
                return self.ticket_of(number).await;
            }
        }
        match self.desk.ticket_in(self.channel).await? {
            Some((id, _)) => self.desk.ticket_by_id(id, &self.actor, self.now).await,
            None => Err(Refusal::WhichTicket.into()),
        }
    }

    async fn ticket_of(&self, number: Number) -> Result<Ticket, Error> {
        let guild = self.guild()?;
        self.desk.ticket(guild, number, &self.actor, self.now).await
    }

    /// How a button about that ticket names it here: by its number on a server, by its id in a direct message.
    pub fn name_of(&self, id: TicketId, number: Number) -> String {
        match self.guild {
            Some(_) => number.to_string(),
            None => format!("#{id}"),
        }
    }

    /// A refusal to somebody who pressed a button that was drawn for an earlier state of the ticket says so.
    pub fn changed(&self, ticket: &Ticket, refusal: Refusal) -> Refusal {
        let (Input::Press { version, .. }
        | Input::Choose { version, .. }
        | Input::Submit { version, .. }) = &self.input
        else {
            return refusal;
        };
        let outdated = version.is_some_and(|version| version < ticket.version);
        let by_state = matches!(
            refusal,
            Refusal::WrongState { .. }
                | Refusal::NotAllowed { .. }
                | Refusal::OfferedToAnother { .. }
        );
        if outdated && by_state {
            Refusal::ChangedMeanwhile {
                number: ticket.number,
                state: ticket.state,
                assignee: ticket.assignee,
                tier: ticket.tier,
            }
        } else {
            refusal
        }
    }
}

fn filled(text: Option<&String>) -> Option<&str> {
    text.map(|text| text.trim()).filter(|text| !text.is_empty())
}
