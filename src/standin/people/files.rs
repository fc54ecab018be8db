//! Files that a person brings along: with a message, or in a command's option.

use std::sync::Arc;

use data_encoding::BASE64;
use serde::Deserialize;

use super::Wrong;
use crate::standin::laws::message::{LARGEST_FILE, Upload};

/// A file as the people API takes it.
#[derive(Deserialize)]
pub(super) struct Given {
    /// What it is called.
    name: String,
    /// Its media type, where the sender knows one.
    #[serde(rename = "type")]
    media_type: Option<String>,
    /// What is in it, in base64.
    base64: String,
}

impl Given {
    /// Reads it; `number` is its place among the files of a message.
    pub(super) fn read(&self, number: usize) -> Result<Upload, Wrong> {
        let bytes = BASE64
            .decode(self.base64.as_bytes())
            .map_err(|_| Wrong::because(format!("{} is not in base64.", self.name)))?;
        if bytes.len() > LARGEST_FILE {
            return Err(Wrong::because(format!(
                "{} is larger than the 10 MB that Discord takes.",
                self.name
            )));
        }
        Ok(Upload {
            number: number as u64,
            filename: self.name.clone(),
            media_type: self.media_type.clone().filter(|kind| !kind.is_empty()),
            description: None,
            bytes: Arc::from(bytes),
        })
    }
}

/// Reads all of them.
pub(super) fn read(files: &[Given]) -> Result<Vec<Upload>, Wrong> {
    let numbered = files.iter().enumerate();
    numbered.map(|(number, file)| file.read(number)).collect()
}
