//! The file `.env`: settings that somebody wrote down, next to the program.

use std::collections::HashMap;
use std::path::{Path, PathBuf};

use super::{Fault, SETTINGS, Setting, fault_of_mode};

/// The settings found in a `.env` file; none when there is no file.
pub(super) struct DotEnv {
    path: PathBuf,
    values: HashMap<String, String>,
}

/// Reads the file at `path`. Its lines may hold secrets, so a fault names the number of a line, never its text.
pub(super) fn read(path: &Path) -> (DotEnv, Vec<Fault>) {
    let mut file = DotEnv {
        path: path.to_owned(),
        values: HashMap::new(),
    };
    let mut faults = Vec::new();
    let text = match std::fs::read_to_string(path) {
        Ok(text) => text,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return (file, faults),
        Err(error) => {
            faults.push(Fault {
                setting: path.display().to_string(),
                found: format!("a file that cannot be read ({error})"),
                expected: "a text file in UTF-8 that the user who runs Deskhand may read"
                    .to_owned(),
                remedy: "mend the file, or move it away and set the environment instead".to_owned(),
            });
            return (file, faults);
        }
    };
    // The parser takes space at the end of a line for a value that goes on in the next one, and a byte order mark for a
    // part of the first name.
    let text: String = text
        .trim_start_matches('\u{feff}')
        .lines()
        .flat_map(|line| [line.trim_end(), "\n"])
        .collect();
    for entry in dotenvy::from_read_iter(text.as_bytes()) {
        match entry {
            Ok((name, value)) => {
                if is_unknown(&name) {
                    faults.push(Fault {
                        setting: name.clone(),
                        found: format!(
                            "a line in {} for a setting that does not exist",
                            path.display()
                        ),
                        expected: "the name of a setting, as .env.example lists them".to_owned(),
                        remedy: format!("write {}, or delete the line", nearest(&name).name),
                    });
                }
                file.values.entry(name).or_insert(value);
            }
            Err(dotenvy::Error::LineParse(line, _)) => {
                let begin = line.lines().next().unwrap_or_default().trim();
                let number = text
                    .lines()
                    .position(|other| other.trim().starts_with(begin));
                let place =
                    number.map_or_else(String::new, |number| format!(" in line {}", number + 1));
                faults.push(Fault {
                    setting: path.display().to_string(),
                    found: format!("something{place} that is not a setting"),
                    expected:
                        "lines of the form NAME=value, with quotes around a value that holds spaces"
                            .to_owned(),
                    remedy: "mend the line; it is not repeated here, since it may hold a secret"
                        .to_owned(),
                });
            }
            // The text is in memory already: what is left are variables of the environment that are not Unicode.
            Err(_) => faults.push(Fault {
                setting: path.display().to_string(),
                found: "a line that cannot be read".to_owned(),
                expected: "lines of the form NAME=value".to_owned(),
                remedy: "compare the file with .env.example".to_owned(),
            }),
        }
    }
    (file, faults)
}

impl DotEnv {
    /// The value written for `name`.
    pub(super) fn value(&self, name: &str) -> Option<String> {
        self.values.get(name).cloned()
    }

    /// The fault of holding a secret while others than the owner may read the file.
    pub(super) fn fault_of_open_secrets(&self) -> Option<Fault> {
        let secret = SETTINGS.iter().find(|setting| {
            setting.secret
                && self
                    .values
                    .get(setting.name)
                    .is_some_and(|value| !value.trim().is_empty())
        })?;
        let (found, remedy) = fault_of_mode(&self.path)?;
        Some(Fault {
            setting: secret.name.to_owned(),
            found,
            expected: "a file that only its owner may read (mode 0600), since it holds a secret"
                .to_owned(),
            remedy,
        })
    }
}

/// Whether `name` is one of ours by its beginning, but no setting. A misspelt setting would otherwise do nothing, and
/// nobody would notice.
fn is_unknown(name: &str) -> bool {
    name.starts_with("DESKHAND_") && SETTINGS.iter().all(|setting| setting.name != name)
}

/// The setting whose name has most letters in common with `name`, counted from both ends.
fn nearest(name: &str) -> &'static Setting {
    let alike = |setting: &&&'static Setting| {
        let from_start = setting
            .name
            .bytes()
            .zip(name.bytes())
            .take_while(|(a, b)| a == b)
            .count();
        let from_end = setting
            .name
            .bytes()
            .rev()
            .zip(name.bytes().rev())
            .take_while(|(a, b)| a == b)
            .count();
        from_start + from_end
    };
    SETTINGS
        .iter()
        .max_by_key(alike)
        .expect("the table of settings is not empty")
}
