//! `/kb reload`: reads the files of the knowledge base again, now.

use futures::FutureExt;

use crate::desk::Error;
use crate::discord::call::Call;
use crate::discord::command::{Answers, Command, Kind, Place, Who};
use crate::discord::reply::{Post, Reply};

/// `/kb reload`
pub const COMMAND: Command = Command {
    path: "kb reload",
    kind: Kind::Slash,
    about: "Read the articles again; what is saved is read within a second anyway",
    who: Who::LeadsAndAdmins,
    place: Place::Server,
    answers: Answers::Deferred,
    options: &[],
    run: |call| run(call).boxed(),
};

async fn run(call: &Call) -> Result<Reply, Error> {
    let words = call.words;
    let loaded = call.desk.reload_articles().await?;
    Ok(Reply::Say(Post::text(match loaded.is_degraded() {
        true => words.kb_reloaded_with_faults(loaded.served),
        false => words.kb_reloaded(loaded.served),
    })))
}
