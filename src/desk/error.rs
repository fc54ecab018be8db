//! An expected no, or a failure.

use crate::domain::refusal::Refusal;
use crate::store;

/// Why the desk did not do it.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// An expected no. It becomes a sentence.
    #[error("refused: {0:?}")]
    Refused(Refusal),
    /// Something broke. It is logged once, with the whole chain, under a reference that the person also reads.
    #[error(transparent)]
    Failed(#[from] anyhow::Error),
}

impl From<Refusal> for Error {
    fn from(refusal: Refusal) -> Self {
        Self::Refused(refusal)
    }
}

impl From<store::Error> for Error {
    fn from(error: store::Error) -> Self {
        Self::Failed(anyhow::Error::new(error))
    }
}
