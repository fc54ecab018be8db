//! Interactions: begun by a person, answered by the application, within their deadlines.

use serde_json::Value;

use super::objects::{Answered, Began, Interaction, flag, message_type};
use super::{Change, World};
use crate::standin::ids::{Id, Kind};
use crate::standin::laws::Refused;
use crate::standin::laws::message::{AllowedMentions, Draft};
use crate::standin::wire;

/// Seconds for the first answer, and for edits and follow-ups.
const FIRST_ANSWER: i64 = 3;
const TOKEN_LIFE: i64 = 15 * 60;

/// What a person did.
#[derive(Clone, Debug)]
pub struct Beginning {
    /// How it began.
    pub began: Began,
    /// Who did it.
    pub by: Id,
    /// Where.
    pub channel: Id,
    /// The command's whole name; empty for a component.
    pub command: String,
    /// 1 slash, 2 user, 3 message; 0 for others.
    pub command_kind: u8,
    /// The message of the component.
    pub message: Option<(Id, Id)>,
    /// The interaction that opened the form.
    pub opened_by: Option<Id>,
    /// The target of a context menu command.
    pub target: Option<Id>,
    /// What the application gets to know.
    pub data: Value,
}

/// The first answer to an interaction.
#[derive(Clone, Debug)]
pub enum Answer {
    /// A message.
    Message(Draft),
    /// A message will follow.
    Deferred {
        /// For the person only.
        ephemeral: bool,
    },
    /// The component's message may be changed later.
    DeferredUpdate,
    /// The component's message is changed.
    Update(Draft),
    /// Choices for an option.
    Choices(Vec<Value>),
    /// A form.
    Form(Value),
}

/// Where an interaction stands, for the person who waits.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Standing {
    /// No answer yet.
    Pending,
    /// Answered.
    Answered,
    /// "is thinking…"
    Deferred,
    /// "The application did not respond"
    Failed,
}

impl World {
    /// Begins an interaction and tells the application.
    pub fn begin(&mut self, beginning: Beginning) -> Id {
        let id = self.next_id(Kind::Interaction);
        // The real tokens are long, opaque and contain characters that some libraries percent-encode.
        let token = format!(
            "aW50ZXJhY3Rpb246{}:{}",
            data_encoding::BASE64URL_NOPAD.encode(&id.0.to_be_bytes()),
            "s".repeat(64)
        );
        let interaction = Interaction {
            id,
            token: token.clone(),
            began: beginning.began,
            by: beginning.by,
            channel: beginning.channel,
            at: self.now(),
            command: beginning.command,
            command_kind: beginning.command_kind,
            message: beginning.message,
            opened_by: beginning.opened_by,
            target: beginning.target,
            answered: None,
            original: None,
            waiting: false,
            ephemeral: false,
            followups: Vec::new(),
            form: None,
            choices: None,
        };
        let payload = wire::interaction::create(self, &interaction, &beginning.data);
        self.tokens.insert(token, id);
        self.interactions.insert(id, interaction);
        self.dispatch("INTERACTION_CREATE", 0, payload);
        self.tell_of_interaction(id);
        id
    }

    fn tell_of_interaction(&mut self, id: Id) {
        let Some(interaction) = self.interactions.get(&id) else {
            return;
        };
        let (channel, only_for) = (Some(interaction.channel), Some(interaction.by));
        self.changes.push(Change {
            kind: "interaction",
            channel,
            message: None,
            only_for,
        });
    }

    /// The interaction that may now get its first answer.
    ///
    /// # Errors
    /// 10062 when there is none or its time is over, 40060 when it was answered.
    pub fn answerable(&self, id: Id, token: &str) -> Result<&Interaction, Refused> {
        let interaction = self.interactions.get(&id).filter(|one| one.token == token);
        let interaction = interaction.ok_or_else(Refused::unknown_interaction)?;
        if interaction.answered.is_some() {
            return Err(Refused::already_acknowledged());
        }
        if self.is_older_than(interaction.at, FIRST_ANSWER) {
            return Err(Refused::unknown_interaction());
        }
        Ok(interaction)
    }

    /// The kinds of answer that fit an interaction.
    pub fn fitting_answers(interaction: &Interaction) -> &'static [i64] {
        match interaction.began {
            Began::Command => &[4, 5, 9],
            Began::Component => &[4, 5, 6, 7, 9],
            Began::Autocomplete => &[8],
            // A form that a component opened may change that component's message.
            Began::Form if interaction.message.is_some() => &[4, 5, 6, 7],
            Began::Form => &[4, 5],
        }
    }

    /// Gives the first answer. [`World::answerable`] was asked before.
    ///
    /// # Errors
    /// 10062, 50006.
    pub fn answer(&mut self, id: Id, answer: Answer) -> Result<(), Refused> {
        let interaction = self
            .interactions
            .get(&id)
            .cloned()
            .ok_or_else(Refused::unknown_interaction)?;
        let mut after = interaction.clone();
        match answer {
            Answer::Message(draft) => {
                if draft.is_empty() {
                    return Err(Refused::empty_message());
                }
                after.answered = Some(Answered::Message);
                after.ephemeral = draft.flags.unwrap_or(0) & flag::EPHEMERAL != 0;
                after.original = Some(self.post_answer(&interaction, draft, false)?);
            }
            Answer::Deferred { ephemeral } => {
                after.answered = Some(Answered::Deferred);
                after.waiting = true;
                after.ephemeral = ephemeral;
                let flags = flag::LOADING | if ephemeral { flag::EPHEMERAL } else { 0 };
                let draft = Draft {
                    flags: Some(flags),
                    ..Draft::default()
                };
                after.original = Some(self.post_answer(&interaction, draft, true)?);
            }
            Answer::DeferredUpdate => {
                after.answered = Some(Answered::DeferredUpdate);
                after.waiting = true;
                after.original = interaction.message;
            }
            Answer::Update(draft) => {
                let (channel, message) =
                    interaction.message.ok_or_else(Refused::unknown_message)?;
                // The message may have been deleted while the application was thinking: it is acknowledged all the same.
                if self.messages.contains_key(&(channel, message)) {
                    self.change_message(
                        channel,
                        message,
                        draft,
                        AllowedMentions::of_interactions(),
                    )?;
                }
                after.answered = Some(Answered::Update);
                after.original = interaction.message;
            }
            Answer::Choices(choices) => {
                after.answered = Some(Answered::Choices);
                after.choices = Some(choices);
            }
            Answer::Form(form) => {
                after.answered = Some(Answered::Form);
                after.form = Some(form);
            }
        }
        self.interactions.insert(id, after);
        self.tell_of_interaction(id);
        Ok(())
    }

    /// Posts an answer or follow-up. The interaction's own permission is enough: the bot may not be able to write there.
    fn post_answer(
        &mut self,
        interaction: &Interaction,
        draft: Draft,
        loading: bool,
    ) -> Result<(Id, Id), Refused> {
        self.channel(interaction.channel)?;
        let kind = match (interaction.began, interaction.command_kind) {
            (Began::Command, 1) => message_type::CHAT_INPUT_COMMAND,
            (Began::Command, _) => message_type::CONTEXT_MENU_COMMAND,
            (Began::Component, _) => message_type::REPLY,
            _ => message_type::DEFAULT,
        };
        let mut message = self.blank_message(interaction.channel, self.application.bot, kind);
        let settable = flag::EPHEMERAL
            | flag::SUPPRESS_EMBEDS
            | flag::SUPPRESS_NOTIFICATIONS
            | flag::COMPONENTS_V2;
        message.flags =
            draft.flags.unwrap_or(0) & (settable | if loading { flag::LOADING } else { 0 });
        message.tts = draft.tts;
        message.interaction = Some(interaction.id);
        if message.is(flag::EPHEMERAL) {
            message.only_for = Some(interaction.by);
        }
        self.fill(&mut message, draft, AllowedMentions::of_interactions());
        if kind == message_type::REPLY {
            message.reference = interaction.message.map(|(channel, id)| (channel, Some(id)));
        }
        if message.shows_nothing() {
            return Err(Refused::empty_message());
        }
        let id = self.publish(message);
        Ok((interaction.channel, id))
    }

    /// The interaction whose token still opens its webhook.
    ///
    /// # Errors
    /// 10015 for an unknown token or one whose interaction has no first answer, 50027 after fifteen minutes.
    pub fn by_token(&self, token: &str) -> Result<&Interaction, Refused> {
        let interaction = self
            .tokens
            .get(token)
            .and_then(|id| self.interactions.get(id));
        let interaction = interaction.ok_or_else(Refused::unknown_webhook)?;
        if self.is_older_than(interaction.at, TOKEN_LIFE) {
            return Err(Refused::invalid_webhook_token());
        }
        if interaction.answered.is_none() {
            return Err(Refused::unknown_webhook());
        }
        Ok(interaction)
    }

    /// Sends a follow-up. Straight after a deferral it becomes the deferred answer, and keeps its ephemeral state.
    ///
    /// # Errors
    /// As [`World::by_token`]; 50006.
    pub fn follow_up(&mut self, token: &str, draft: Draft) -> Result<(Id, Id), Refused> {
        let interaction = self.by_token(token)?.clone();
        if draft.is_empty() {
            return Err(Refused::empty_message());
        }
        let fills_deferred =
            interaction.answered == Some(Answered::Deferred) && interaction.waiting;
        if let Some((channel, id)) = interaction.original.filter(|_| fills_deferred) {
            self.change_message(channel, id, draft, AllowedMentions::of_interactions())?;
            self.settle_interaction(interaction.id);
            return Ok((channel, id));
        }
        let as_reply = Interaction {
            began: Began::Form,
            ..interaction.clone()
        };
        let place = self.post_answer(&as_reply, draft, false)?;
        if let Some(interaction) = self.interactions.get_mut(&interaction.id) {
            interaction.followups.push(place);
        }
        self.settle_interaction(interaction.id);
        Ok(place)
    }

    fn settle_interaction(&mut self, id: Id) {
        if let Some(interaction) = self.interactions.get_mut(&id) {
            interaction.waiting = false;
        }
        self.tell_of_interaction(id);
    }

    /// Finds a message of an interaction: `None` is the original.
    ///
    /// # Errors
    /// As [`World::by_token`]; 10008.
    pub fn webhook_message(&self, token: &str, id: Option<Id>) -> Result<(Id, Id), Refused> {
        let interaction = self.by_token(token)?;
        let place = match id {
            None => interaction.original,
            Some(id) => interaction
                .followups
                .iter()
                .copied()
                .chain(interaction.original)
                .find(|place| place.1 == id),
        };
        place
            .filter(|place| self.messages.contains_key(place))
            .ok_or_else(Refused::unknown_message)
    }

    /// Changes the original answer or a follow-up.
    ///
    /// # Errors
    /// As [`World::webhook_message`]; 50006.
    pub fn edit_webhook_message(
        &mut self,
        token: &str,
        id: Option<Id>,
        draft: Draft,
    ) -> Result<(Id, Id), Refused> {
        let place = self.webhook_message(token, id)?;
        let interaction = self.by_token(token)?;
        let (owner, is_original) = (interaction.id, interaction.original == Some(place));
        self.change_message(place.0, place.1, draft, AllowedMentions::of_interactions())?;
        if is_original {
            self.settle_interaction(owner);
        }
        Ok(place)
    }

    /// Deletes the original answer or a follow-up.
    ///
    /// # Errors
    /// As [`World::webhook_message`].
    pub fn delete_webhook_message(&mut self, token: &str, id: Option<Id>) -> Result<(), Refused> {
        let place = self.webhook_message(token, id)?;
        let interaction = self.by_token(token)?;
        let (owner, is_original) = (interaction.id, interaction.original == Some(place));
        self.remove_message(place.1);
        if is_original {
            self.settle_interaction(owner);
        }
        Ok(())
    }

    /// Where an interaction stands now.
    pub fn standing(&self, interaction: &Interaction) -> Standing {
        match interaction.answered {
            None if self.is_older_than(interaction.at, FIRST_ANSWER) => Standing::Failed,
            None => Standing::Pending,
            Some(Answered::Deferred | Answered::DeferredUpdate) if interaction.waiting => {
                if self.is_older_than(interaction.at, TOKEN_LIFE) {
                    Standing::Failed
                } else {
                    Standing::Deferred
                }
            }
            Some(_) => Standing::Answered,
        }
    }
}
