//! What a command answers, as data. `post` makes Discord's messages of it.

use std::sync::Arc;

use jiff::Timestamp;

use crate::discord::line::Line;
use crate::domain::ids::UserId;

/// A command's answer to the person who asked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reply {
    /// A message that only the asker sees; in a direct message, a message.
    Say(Post),
    /// A message that everybody in the channel sees.
    SayOpenly(Post),
    /// Takes the place of the message that the button is on; where there is none, the same as [`Reply::Say`].
    Update(Post),
    /// A form. Only from a command that answers by [`Answers::Form`](super::command::Answers::Form), and never to a form.
    Form(Form),
    /// What could go into the option that is being typed: pairs of the value and the label, at most 25.
    Choices(Vec<(String, String)>),
    /// Nothing to say: the button is acknowledged, and the message stays.
    Nothing,
}

/// A message.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Post {
    /// What stands above the embeds.
    pub text: String,
    /// Framed parts; the only place for text that people typed.
    pub embeds: Vec<Embed>,
    /// Buttons and selects, at most five rows.
    pub rows: Vec<Row>,
    /// Who may be pinged by it. Nobody else ever is, whatever the text says.
    pub mentions: Vec<UserId>,
    /// By what the desk finds this message again (`T-0042·e45`); shown small, at its end.
    pub footer_ref: Option<String>,
    /// A file that hangs on it. Discord takes ten mebibytes.
    pub file: Option<Upload>,
}

/// A file that is sent. Cheap to clone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Upload {
    /// What it is called.
    pub name: String,
    /// What is in it.
    pub bytes: Arc<[u8]>,
    /// What a picture shows, in words, for those who do not see it; at most 1,024 characters.
    pub about: Option<String>,
}

impl Post {
    /// A message of one sentence or a few.
    pub fn text(text: impl Into<String>) -> Self {
        Self {
            text: text.into(),
            ..Self::default()
        }
    }

    /// A message of one embed.
    pub fn embed(embed: Embed) -> Self {
        Self {
            embeds: vec![embed],
            ..Self::default()
        }
    }

    /// The same with one more embed.
    #[must_use]
    pub fn with_embed(mut self, embed: Embed) -> Self {
        self.embeds.push(embed);
        self
    }

    /// The same with a row of buttons; no row where there are none.
    #[must_use]
    pub fn with_buttons(mut self, buttons: Vec<Button>) -> Self {
        if !buttons.is_empty() {
            self.rows.push(Row::Buttons(buttons));
        }
        self
    }

    /// The same with a select in a row of its own.
    #[must_use]
    pub fn with_select(mut self, select: Select) -> Self {
        self.rows.push(Row::Select(select));
        self
    }

    /// The same with a row that holds a list of everybody.
    #[must_use]
    pub fn with_people(mut self, select: PeopleSelect) -> Self {
        self.rows.push(Row::People(select));
        self
    }

    /// The same with a file.
    #[must_use]
    pub fn with_file(mut self, file: Upload) -> Self {
        self.file = Some(file);
        self
    }

    /// The same, and these people may be pinged by it.
    #[must_use]
    pub fn pinging(mut self, users: impl IntoIterator<Item = UserId>) -> Self {
        self.mentions.extend(users);
        self
    }
}

/// A framed part of a message. Text that people typed goes in through [`plain`](super::plain).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Embed {
    /// Small, above the title.
    pub author: Option<String>,
    /// Large.
    pub title: Option<String>,
    /// Where the title leads.
    pub url: Option<String>,
    /// The text.
    pub description: Option<String>,
    /// Pairs below the text.
    pub fields: Vec<EmbedField>,
    /// Small, at the end.
    pub footer: Option<String>,
    /// The colour of its edge, as `0xRRGGBB`.
    pub colour: Option<u32>,
    /// An instant beside the footer, drawn in the reader's zone.
    pub at: Option<Timestamp>,
}

impl Embed {
    /// The same with one more field; left out when its value is empty, which Discord refuses.
    #[must_use]
    pub fn with_field(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.push_field(name.into(), value.into(), false);
        self
    }

    /// The same with one more field that stands beside its neighbours.
    #[must_use]
    pub fn with_inline_field(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.push_field(name.into(), value.into(), true);
        self
    }

    fn push_field(&mut self, name: String, value: String, inline: bool) {
        if !value.trim().is_empty() {
            self.fields.push(EmbedField {
                name,
                value,
                inline,
            });
        }
    }
}

/// One pair in an embed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EmbedField {
    /// What it is.
    pub name: String,
    /// What it says.
    pub value: String,
    /// Whether it stands beside its neighbours.
    pub inline: bool,
}

/// One row below a message.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Row {
    /// At most five buttons.
    Buttons(Vec<Button>),
    /// One select.
    Select(Select),
    /// Everybody on the server, to choose one from.
    People(PeopleSelect),
}

/// A button.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Button {
    /// What stands on it; at most 80 characters.
    pub label: String,
    /// How it looks.
    pub style: Style,
    /// What it does.
    pub does: Does,
    /// Whether it can only be looked at.
    pub disabled: bool,
}

impl Button {
    /// A button that runs a command.
    pub fn new(label: impl Into<String>, style: Style, line: Line) -> Self {
        Self {
            label: label.into(),
            style,
            does: Does::Run(line),
            disabled: false,
        }
    }

    /// A button that leads to a page.
    pub fn link(label: impl Into<String>, url: impl Into<String>) -> Self {
        Self {
            label: label.into(),
            style: Style::Secondary,
            does: Does::Open(url.into()),
            disabled: false,
        }
    }
}

/// What a button does.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Does {
    /// Runs this command line.
    Run(Line),
    /// Opens this address.
    Open(String),
}

/// How a button looks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Style {
    /// The one that is meant to be pressed.
    Primary,
    /// Any other.
    Secondary,
    /// A good end.
    Success,
    /// Takes something away.
    Danger,
}

/// Everybody on the server, to choose one from: Discord's client knows them and searches among them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PeopleSelect {
    /// The command line that gets the id of who was chosen.
    pub line: Line,
    /// What stands there as long as nobody is chosen.
    pub placeholder: String,
}

/// A list to choose from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Select {
    /// The command line that gets what was chosen.
    pub line: Line,
    /// What stands there as long as nothing is chosen.
    pub placeholder: String,
    /// What can be chosen; at most 25.
    pub options: Vec<Choice>,
    /// How many at least.
    pub min: u8,
    /// How many at most.
    pub max: u8,
}

/// One entry of a select.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Choice {
    /// What people read.
    pub label: String,
    /// What the command gets.
    pub value: String,
    /// A second line.
    pub about: Option<String>,
    /// Whether it is chosen already.
    pub chosen: bool,
}

/// A form: one to five texts, nothing else.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Form {
    /// The command line that gets what was typed.
    pub line: Line,
    /// At most 45 characters.
    pub title: String,
    /// The texts.
    pub fields: Vec<Field>,
}

/// One text of a form.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Field {
    /// By what the command finds it.
    pub name: &'static str,
    /// What stands above it; at most 45 characters.
    pub label: String,
    /// One line or several.
    pub size: Size,
    /// What stands in it already.
    pub value: String,
    /// What stands there as long as it is empty; at most 100 characters.
    pub placeholder: String,
    /// Whether it has to be filled in.
    pub required: bool,
    /// Characters at least; 0 for none.
    pub min: u16,
    /// Characters at most; Discord allows 4000.
    pub max: u16,
}

/// How large a text of a form is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Size {
    /// One line.
    Short,
    /// Several lines.
    Paragraph,
}
