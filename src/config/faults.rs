//! What is wrong with the settings, said so that a person can mend it without reading code.

use std::fmt;

/// Everything that is wrong with the settings, in the order of the table of settings. Never empty.
#[derive(Debug, thiserror::Error)]
pub struct Faults(pub Vec<Fault>);

/// One thing that is wrong with one setting. None of its texts holds a secret.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// The setting's name, or the file's when the file as a whole is at fault.
    pub setting: String,
    /// What was found.
    pub found: String,
    /// What would have been right.
    pub expected: String,
    /// What the person does next.
    pub remedy: String,
}

impl fmt::Display for Faults {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0.len() {
            1 => writeln!(f, "one setting needs your attention.")?,
            n => writeln!(f, "{n} settings need your attention.")?,
        }
        for fault in &self.0 {
            writeln!(f)?;
            writeln!(f, "{}", fault.setting)?;
            writeln!(f, "  found      {}", fault.found)?;
            writeln!(f, "  expected   {}", fault.expected)?;
            writeln!(f, "  what to do {}", fault.remedy)?;
        }
        Ok(())
    }
}
