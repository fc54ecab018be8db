//! Rust source as the rules look at it: words and signs with their lines, without comments, texts and test modules.

use std::path::Path;

/// One file of the package.
pub struct Source {
    /// Its path inside the package, with `/` between the parts.
    pub path: String,
    /// Everything in it.
    pub text: String,
    /// Its code, test modules included.
    pub tokens: Vec<Token>,
    /// Its code without what only tests compile.
    pub shipped: Vec<Token>,
}

/// A word or a sign.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Token {
    pub word: String,
    pub line: usize,
}

/// A path such as `crate::kb::Answer`, each branch of a `use` tree on its own.
pub struct NamedPath {
    pub parts: Vec<String>,
    pub line: usize,
}

impl Source {
    pub fn new(path: &str, text: &str) -> Self {
        let tokens = tokens(text);
        let shipped = without_test_code(&tokens);
        Self {
            path: path.to_owned(),
            text: text.to_owned(),
            tokens,
            shipped,
        }
    }

    /// The room that the file belongs to: the first folder, or the file's own name where it lies beside `lib.rs`. The command line
    /// is the room of `main`.
    pub fn room(&self) -> &str {
        let inside = self.path.strip_prefix("src/").unwrap_or(&self.path);
        match inside.split_once('/') {
            Some(("cli", _)) => "main",
            Some((room, _)) => room,
            None => match inside.trim_end_matches(".rs") {
                "logging" => "main",
                room => room,
            },
        }
    }

    /// How many `super` lead from this file to the crate's root.
    pub fn depth(&self) -> usize {
        let inside = self.path.strip_prefix("src/").unwrap_or(&self.path);
        let folders = inside.matches('/').count();
        if inside.ends_with("mod.rs") || inside.ends_with("lib.rs") {
            folders
        } else {
            folders + 1
        }
    }

    /// Every path that shipped code names.
    pub fn paths(&self) -> Vec<NamedPath> {
        let mut found = Vec::new();
        let mut at = 0;
        while at < self.shipped.len() {
            let before = at
                .checked_sub(1)
                .map(|before| self.shipped[before].word.as_str());
            if is_word(&self.shipped[at].word) && before != Some("::") && before != Some(".") {
                at = branches(&self.shipped, at, Vec::new(), &mut found);
            } else {
                at += 1;
            }
        }
        found
    }

    /// The modules that this file declares for tests only, as paths of the files they may lie in.
    pub fn test_modules(&self) -> Vec<String> {
        let folder = if self.path.ends_with("mod.rs")
            || self.path.ends_with("lib.rs")
            || self.path.ends_with("main.rs")
        {
            Path::new(&self.path)
                .parent()
                .map(|folder| folder.display().to_string())
                .unwrap_or_default()
        } else {
            self.path.trim_end_matches(".rs").to_owned()
        };
        let words: Vec<&str> = self
            .tokens
            .iter()
            .map(|token| token.word.as_str())
            .collect();
        words
            .windows(10)
            .filter(|window| {
                window[..8] == ["#", "[", "cfg", "(", "test", ")", "]", "mod"] && window[9] == ";"
            })
            .flat_map(|window| {
                [
                    format!("{folder}/{}.rs", window[8]),
                    format!("{folder}/{}/", window[8]),
                ]
            })
            .collect()
    }
}

/// Reads the branches of the path that begins at `at`; gives the place after it.
fn branches(
    tokens: &[Token],
    mut at: usize,
    mut parts: Vec<String>,
    found: &mut Vec<NamedPath>,
) -> usize {
    let line = tokens[at].line;
    loop {
        match tokens.get(at).map(|token| token.word.as_str()) {
            Some("{") => {
                at += 1;
                while let Some(token) = tokens.get(at) {
                    match token.word.as_str() {
                        "}" => return at + 1,
                        word if is_word(word) || word == "{" => {
                            at = branches(tokens, at, parts.clone(), found)
                        }
                        "*" => {
                            found.push(NamedPath {
                                parts: parts.clone(),
                                line: token.line,
                            });
                            at += 1;
                        }
                        _ => at += 1,
                    }
                }
                return at;
            }
            Some(word) if is_word(word) => {
                parts.push(word.to_owned());
                at += 1;
            }
            _ => break,
        }
        let goes_on = tokens.get(at).is_some_and(|token| token.word == "::")
            && tokens
                .get(at + 1)
                .is_some_and(|token| is_word(&token.word) || token.word == "{");
        if !goes_on {
            break;
        }
        at += 1;
    }
    found.push(NamedPath { parts, line });
    at
}

/// Whether a token is a word, as opposed to a sign.
pub fn is_word(token: &str) -> bool {
    token.starts_with(|c: char| c.is_alphanumeric() || c == '_')
}

/// Leaves out each item that stands behind `#[cfg(test)]`.
fn without_test_code(tokens: &[Token]) -> Vec<Token> {
    const MARK: [&str; 7] = ["#", "[", "cfg", "(", "test", ")", "]"];
    let mut shipped = Vec::new();
    let mut at = 0;
    while at < tokens.len() {
        if tokens[at..]
            .iter()
            .map(|token| token.word.as_str())
            .take(MARK.len())
            .eq(MARK)
        {
            at = end_of_item(tokens, at + MARK.len());
        } else {
            shipped.push(tokens[at].clone());
            at += 1;
        }
    }
    shipped
}

/// The place after the item that begins at `at`: behind its `;`, or behind the brace that closes it.
fn end_of_item(tokens: &[Token], mut at: usize) -> usize {
    let mut open = 0_usize;
    while at < tokens.len() {
        match tokens[at].word.as_str() {
            "{" | "(" | "[" => open += 1,
            ")" | "]" => open = open.saturating_sub(1),
            "}" => {
                open = open.saturating_sub(1);
                if open == 0 {
                    return at + 1;
                }
            }
            ";" if open == 0 => return at + 1,
            _ => {}
        }
        at += 1;
    }
    at
}

/// Cuts a text into words and signs. `::` is one sign; comments, texts and characters are left out.
fn tokens(text: &str) -> Vec<Token> {
    let chars: Vec<char> = text.chars().collect();
    let mut found = Vec::new();
    let (mut at, mut line) = (0, 1);
    let is_inner = |c: char| c.is_alphanumeric() || c == '_';
    while at < chars.len() {
        let (c, next) = (chars[at], chars.get(at + 1).copied());
        let end = match (c, next) {
            ('/', Some('/')) => end_of_line(&chars, at),
            ('/', Some('*')) => end_of_comment(&chars, at),
            ('"', _) => end_of_text(&chars, at),
            ('r', Some('"' | '#')) if raw_text(&chars, at + 1).is_some() => {
                raw_text(&chars, at + 1).unwrap_or(at + 1)
            }
            ('b' | 'c', Some('r')) if raw_text(&chars, at + 2).is_some() => {
                raw_text(&chars, at + 2).unwrap_or(at + 1)
            }
            ('b' | 'c', Some('"')) => end_of_text(&chars, at + 1),
            ('\'', Some('\\')) => (at + 3..chars.len())
                .find(|&i| chars[i] == '\'')
                .map_or(chars.len(), |i| i + 1),
            ('\'', Some(_)) if chars.get(at + 2) == Some(&'\'') => at + 3,
            // What else begins so is a lifetime: its name is no word of the program.
            ('\'', Some(first)) if is_inner(first) => end_of_word(&chars, at + 1),
            _ if is_inner(c) => {
                let end = end_of_word(&chars, at);
                found.push(Token {
                    word: chars[at..end].iter().collect(),
                    line,
                });
                end
            }
            (':', Some(':')) => {
                found.push(Token {
                    word: "::".to_owned(),
                    line,
                });
                at + 2
            }
            _ => {
                if !c.is_whitespace() {
                    found.push(Token {
                        word: c.to_string(),
                        line,
                    });
                }
                at + 1
            }
        };
        line += chars[at..end].iter().filter(|&&c| c == '\n').count();
        at = end;
    }
    found
}

fn end_of_word(chars: &[char], at: usize) -> usize {
    (at..chars.len())
        .find(|&i| !(chars[i].is_alphanumeric() || chars[i] == '_'))
        .unwrap_or(chars.len())
}

fn end_of_line(chars: &[char], at: usize) -> usize {
    (at..chars.len())
        .find(|&i| chars[i] == '\n')
        .unwrap_or(chars.len())
}

/// Comments nest.
fn end_of_comment(chars: &[char], mut at: usize) -> usize {
    let mut open = 0_usize;
    while at < chars.len() {
        match (chars[at], chars.get(at + 1)) {
            ('/', Some('*')) => {
                open += 1;
                at += 2;
            }
            ('*', Some('/')) => {
                open -= 1;
                at += 2;
                if open == 0 {
                    return at;
                }
            }
            _ => at += 1,
        }
    }
    at
}

/// The place behind the text whose opening quote is at `at`.
fn end_of_text(chars: &[char], mut at: usize) -> usize {
    at += 1;
    while at < chars.len() {
        match chars[at] {
            '\\' => at += 2,
            '"' => return at + 1,
            _ => at += 1,
        }
    }
    chars.len()
}

/// The place behind a raw text whose hashes or quote begin at `at`; `None` if no raw text begins there.
fn raw_text(chars: &[char], at: usize) -> Option<usize> {
    let hashes = chars[at..].iter().take_while(|&&c| c == '#').count();
    if chars.get(at + hashes) != Some(&'"') {
        return None;
    }
    let mut end = at + hashes + 1;
    while end < chars.len() {
        if chars[end] == '"'
            && chars[end + 1..]
                .iter()
                .take(hashes)
                .filter(|&&c| c == '#')
                .count()
                == hashes
        {
            return Some(end + 1 + hashes);
        }
        end += 1;
    }
    Some(chars.len())
}
