//! The id of a button, select or form: a command line such as `work claim|T-0042|v7`.

use std::fmt;

use crate::domain::refusal::Refusal;

/// A command line: which command, its arguments, and the ticket's version when it was drawn.
///
/// It goes to Discord and comes back from whoever presses, so nothing in it is trusted: it names things, and grants
/// nothing (`SECURITY` 3.1).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// The command's path.
    pub path: String,
    /// What it is about: a ticket (`T-0042` on a server, `#17` in a direct message), a draft, an ask.
    pub args: Vec<String>,
    /// The ticket's version when the button was drawn.
    pub version: Option<i64>,
}

/// The path of a select whose entries are lines themselves: to choose one is to press the button that it stands for.
pub const MENU: &str = "menu";

/// Discord's limit for a `custom_id`, in characters.
const AT_MOST: usize = 100;

impl Line {
    /// The line of a command without arguments.
    pub fn new(path: &str) -> Self {
        Self {
            path: path.to_owned(),
            args: Vec::new(),
            version: None,
        }
    }

    /// The same with one more argument.
    #[must_use]
    pub fn arg(mut self, arg: impl fmt::Display) -> Self {
        self.args.push(arg.to_string());
        self
    }

    /// The same, drawn for that version of its ticket.
    #[must_use]
    pub fn version(mut self, version: i64) -> Self {
        self.version = Some(version);
        self
    }

    /// The id that goes to Discord, or `None` when it would be longer than Discord allows.
    pub fn id(&self) -> Option<String> {
        let id = self.to_string();
        (id.chars().count() <= AT_MOST).then_some(id)
    }

    /// Reads an id that came from Discord. Whatever this program cannot have drawn is a stale button.
    pub fn parse(id: &str) -> Result<Self, Refusal> {
        if id.chars().count() > AT_MOST {
            return Err(Refusal::StaleButton);
        }
        let mut parts: Vec<&str> = id.split('|').collect();
        let version = match parts.as_slice() {
            [_, .., last] => read_version(last),
            _ => None,
        };
        if version.is_some() {
            parts.pop();
        }
        let mut parts = parts.into_iter();
        let path = parts.next().unwrap_or_default();
        let known = |c: char| c.is_ascii_alphanumeric() || c == ' ' || c == '-';
        if path.is_empty() || !path.chars().all(known) {
            return Err(Refusal::StaleButton);
        }
        let args = parts
            .map(unescape)
            .collect::<Option<Vec<_>>>()
            .ok_or(Refusal::StaleButton)?;
        Ok(Self {
            path: path.to_owned(),
            args,
            version,
        })
    }
}

impl fmt::Display for Line {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.path)?;
        for (place, arg) in self.args.iter().enumerate() {
            let last = place + 1 == self.args.len() && self.version.is_none();
            write!(f, "|{}", escape(arg, last && read_version(arg).is_some()))?;
        }
        match self.version {
            Some(version) => write!(f, "|v{version}"),
            None => Ok(()),
        }
    }
}

/// `v7`, and nothing that is not written exactly like that.
fn read_version(part: &str) -> Option<i64> {
    let digits = part.strip_prefix('v')?;
    let version: i64 = digits.parse().ok()?;
    (version >= 0 && version.to_string() == digits).then_some(version)
}

/// The separator and the escape sign are written as `%7C` and `%25`. An argument that would be read as a version has its
/// first letter written that way too.
fn escape(arg: &str, like_a_version: bool) -> String {
    let escaped = arg.replace('%', "%25").replace('|', "%7C");
    if like_a_version {
        format!("%76{}", &escaped[1..])
    } else {
        escaped
    }
}

fn unescape(part: &str) -> Option<String> {
    let mut pieces = part.split('%');
    let mut arg = pieces.next().unwrap_or_default().to_owned();
    for piece in pieces {
        let sign = match piece.get(..2)? {
            "25" => '%',
            "7C" => '|',
            "76" => 'v',
            _ => return None,
        };
        arg.push(sign);
        arg.push_str(&piece[2..]);
    }
    Some(arg)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_comes_back_as_it_went() {
        let lines = [
            (Line::new("ask"), "ask"),
            (
                Line::new("work claim").arg("T-0042").version(7),
                "work claim|T-0042|v7",
            ),
            (Line::new("ticket open").arg("D-12"), "ticket open|D-12"),
            (
                Line::new("work accept").arg("#17").version(0),
                "work accept|#17|v0",
            ),
            (Line::new("ask show").arg(""), "ask show|"),
            (Line::new("ask show").arg("a|b%c"), "ask show|a%7Cb%25c"),
            (Line::new("ask show").arg("v7"), "ask show|%767"),
            (Line::new("ask show").arg("v7").version(8), "ask show|v7|v8"),
            (Line::new("ask show").arg("v07"), "ask show|v07"),
            (Line::new("ask show").arg("naïve 🙂"), "ask show|naïve 🙂"),
        ];
        for (line, id) in lines {
            assert_eq!(line.id().as_deref(), Some(id));
            assert_eq!(Line::parse(id), Ok(line), "{id}");
        }
    }

    #[test]
    fn what_the_desk_cannot_have_drawn_is_stale() {
        let long = "é".repeat(101);
        for id in [
            "",
            "|T-0042",
            "|v7",
            "work/claim|T-0042",
            "work claim|%",
            "work claim|%zz",
            "work claim|%é",
            "ask\n|1",
            "a\u{202e}sk",
            &long,
        ] {
            assert_eq!(Line::parse(id), Err(Refusal::StaleButton), "{id:?}");
        }
    }

    #[test]
    fn odd_versions_are_arguments_and_a_long_line_has_no_id() {
        for odd in ["v", "v-1", "v+1", "v01", "v99999999999999999999"] {
            let line = Line::parse(&format!("ask|{odd}")).expect("a line");
            assert_eq!((line.args, line.version), (vec![odd.to_owned()], None));
        }
        assert_eq!(Line::new("ask").arg("x".repeat(97)).id(), None);
        assert!(Line::new("ask").arg("x".repeat(96)).id().is_some());
    }
}
