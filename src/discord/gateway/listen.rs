//! What people write to the bot directly: about a ticket that has no thread, or else a question.

use std::sync::Arc;

use super::answer::{Sent, give};
use super::front::{Front, reference, sentence};
use super::read::{Asker, Wanted};
use crate::desk::Error;
use crate::discord::heard::Said;
use crate::discord::words::Words;
use crate::domain::ids::MessageId;
use crate::domain::ticket::State;

impl Front {
    /// Takes a direct message for what it is. Not broken off when the desk stops.
    pub(super) fn begin_to_listen(
        self: &Arc<Self>,
        asker: Asker,
        wanted: Wanted,
        said: Said,
        answers: Option<MessageId>,
    ) {
        let front = Arc::clone(self);
        self.runtime.spawn(async move {
            let words = Words::of(&asker.locale);
            let text = match front.listen(&asker, said, answers, words).await {
                Ok(Some(text)) => text,
                Ok(None) => return front.take(asker, wanted).await,
                Err(error) => {
                    let reference = reference(&asker);
                    tracing::error!(
                        reference,
                        user.id = asker.user.0,
                        ?error,
                        "a direct message could not be passed on"
                    );
                    words.failed(&reference)
                }
            };
            let reply = sentence(text, &asker);
            give(&front.discord, &asker, Sent::Nothing, &reply).await;
        });
    }

    /// Passes a direct message on, and gives the answer to it; none where it is about no ticket. A message cannot be asked
    /// to come again, so that it waits for its turn.
    async fn listen(
        &self,
        asker: &Asker,
        said: Said,
        answers: Option<MessageId>,
        words: Words,
    ) -> Result<Option<String>, Error> {
        let _permit = self.permits.acquire().await;
        let Some(ticket) = self.desk.talked_about(asker.user, answers).await? else {
            return Ok(None);
        };
        let now = self.discord.clock().now();
        self.desk
            .written_directly(&ticket, said.written, now)
            .await?;
        Ok(Some(match ticket.state {
            State::Resolved => words.nobody_waits(ticket.number),
            _ => words.passed_on(ticket.number),
        }))
    }
}
