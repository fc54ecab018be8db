//! Secrets leave a text before anything is stored, logged, sent or copied (`SECURITY` 3.5).
//!
//! `patterns` says what to look for, `checks` what must be true of a match, `labels` how to read the value after
//! a label such as "password:" (`link` finds where it may begin, `words` knows what is no password), `view` how a
//! text broken over lines is read. This file runs them and cuts.

mod checks;
mod kind;
mod labels;
mod link;
mod patterns;
mod view;
mod words;

#[cfg(test)]
mod tests;

use std::fmt;
use std::ops::Range;
use std::sync::Arc;

use regex::{Regex, RegexBuilder, RegexSet, RegexSetBuilder};

pub use kind::SecretKind;
use patterns::{PATTERNS, Reach};
use view::View;

/// No pattern may compile to more than this, in bytes.
const PATTERN_LIMIT: usize = 1 << 20;

/// All patterns together, and the cache of the pass that tries them all, in bytes.
const SET_LIMIT: usize = 8 << 20;

/// Configured secrets shorter than this, in bytes, are not looked for: they would cut ordinary words to pieces.
const SHORTEST_OWN_SECRET: usize = 6;

/// A token is read over at most this many line breaks until it is complete.
const MOST_BREAKS: usize = 24;

/// How often a text is looked through again after a cut. What remains next to a cut may itself be a secret.
const MOST_ROUNDS: usize = 8;

/// The work allowed for each byte of a text, in bytes walked (see [`Redactor::redact`]).
const WORK_PER_BYTE: usize = 100;

/// What secrets were found in a text, and the text without them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Redacted {
    /// The text; `[redacted:kind]` stands for each secret.
    pub text: String,
    /// What was found, without repeats, in the order of the first hit. Empty when the text is unchanged.
    pub kinds: Vec<SecretKind>,
}

/// Finds secrets and cuts them out. Compiled once; clones share it.
#[derive(Clone)]
pub struct Redactor(Arc<Compiled>);

struct Compiled {
    /// One pass of this tells which patterns occur at all; most messages have none.
    any: RegexSet,
    /// In the order of [`PATTERNS`].
    each: Vec<Regex>,
    /// The end of a private key, after its opening line.
    key_ends: Regex,
    own: Vec<String>,
}

/// A secret, as a range of the original text.
struct Hit {
    range: Range<usize>,
    kind: SecretKind,
    /// Among equals the lower one names the hit.
    rank: usize,
}

/// Counts the bytes walked. Each pattern runs in linear time, but the number of its matches and of those that fail
/// their check is up to the writer of the text, so the whole is bounded too.
struct Work {
    walked: usize,
    allowed: usize,
}

impl Work {
    fn for_text(text: &str) -> Self {
        Work {
            walked: 0,
            allowed: (text.len() + 64) * WORK_PER_BYTE,
        }
    }

    fn walk(&mut self, bytes: usize) -> Result<(), TooMuchWork> {
        self.walked += bytes;
        if self.walked > self.allowed {
            return Err(TooMuchWork);
        }
        Ok(())
    }
}

/// A text needed more work than its length allows.
struct TooMuchWork;

impl Redactor {
    /// Compiles the patterns. `own_secrets` (the bot's token, every configured secret) are matched literally; those
    /// shorter than six bytes are ignored.
    pub fn new(own_secrets: &[&str]) -> Self {
        let compile = |pattern: &str| {
            RegexBuilder::new(pattern)
                .size_limit(PATTERN_LIMIT)
                .build()
                .expect("the patterns are constants, and a test compiles each of them")
        };
        let any = RegexSetBuilder::new(PATTERNS.iter().map(|pattern| pattern.regex))
            .size_limit(SET_LIMIT)
            .dfa_size_limit(SET_LIMIT)
            .build()
            .expect("the patterns are constants, and a test compiles them together");
        let mut own: Vec<String> = own_secrets
            .iter()
            .map(|secret| secret.trim())
            .flat_map(|secret| [secret.to_owned(), secret.replace(['\r', '\n'], "")])
            .filter(|secret| secret.len() >= SHORTEST_OWN_SECRET)
            .collect();
        own.sort();
        own.dedup();
        Self(Arc::new(Compiled {
            any,
            each: PATTERNS
                .iter()
                .map(|pattern| compile(pattern.regex))
                .collect(),
            key_ends: compile(patterns::KEY_ENDS),
            own,
        }))
    }

    /// Cuts every secret out of `text`. The result redacts to itself.
    ///
    /// The work is bounded by a multiple of the length. A text made to need more is replaced as a whole, by
    /// `[redacted:unscanned]`: better nothing than a secret that was not looked for.
    pub fn redact(&self, text: &str) -> Redacted {
        self.0.redact(text, &mut Work::for_text(text))
    }
}

impl fmt::Debug for Redactor {
    /// Shows nothing of the secrets it holds.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Redactor(***)")
    }
}

impl Compiled {
    fn redact(&self, text: &str, work: &mut Work) -> Redacted {
        let mut redacted = Redacted {
            text: text.to_owned(),
            kinds: Vec::new(),
        };
        for _ in 0..MOST_ROUNDS {
            let Ok(hits) = self.find(&redacted.text, work) else {
                return Redacted {
                    text: SecretKind::Unscanned.mark(),
                    kinds: vec![SecretKind::Unscanned],
                };
            };
            if hits.is_empty() {
                break;
            }
            cut(&mut redacted, &hits);
        }
        redacted
    }

    /// Every secret in `text`, without overlaps, in the order of the text.
    fn find(&self, text: &str, work: &mut Work) -> Result<Vec<Hit>, TooMuchWork> {
        let mut hits = Vec::new();
        self.find_in(&View::plain(text), &mut hits, work)?;
        if let Some(joined) = View::joined(text) {
            self.find_in(&joined, &mut hits, work)?;
        }
        Ok(without_overlaps(hits))
    }

    fn find_in(
        &self,
        view: &View<'_>,
        hits: &mut Vec<Hit>,
        work: &mut Work,
    ) -> Result<(), TooMuchWork> {
        let text: &str = &view.text;
        for own in &self.own {
            work.walk(text.len())?;
            hits.extend(text.match_indices(own.as_str()).map(|(at, _)| Hit {
                range: view.origin(at..at + own.len()),
                kind: SecretKind::OwnSecret,
                rank: 0,
            }));
        }
        work.walk(text.len())?;
        for index in self.any.matches(text) {
            let pattern = &PATTERNS[index];
            if view.is_joined() && !pattern.reach.crosses_lines() {
                continue;
            }
            let regex = &self.each[index];
            let mut from = 0;
            while let Some(found) = regex.find_at(text, from) {
                let found = found.range();
                work.walk(found.end - from)?;
                let whole = match pattern.reach {
                    Reach::Token { .. } => settle(view, regex, found.clone()),
                    Reach::Number | Reach::Label { .. } => found.clone(),
                    Reach::Key => self.whole_key(text, found.clone(), work)?,
                };
                let may_begin = pattern.reach.begins_anywhere() || view.may_begin(whole.start, "");
                let secret = if may_begin {
                    work.walk(whole.len() + pattern.reach.looks_ahead())?;
                    (pattern.check)(view, whole)
                } else {
                    None
                };
                let Some(secret) = secret else {
                    from = pattern.reach.resume(view, &found, may_begin);
                    continue;
                };
                work.walk(secret.len())?;
                from = secret.end;
                // What the joined view finds within one line, the plain view has found as well.
                if !view.is_joined() || view.seams_in(&secret).next().is_some() {
                    hits.push(Hit {
                        range: view.origin(secret),
                        kind: pattern.kind,
                        rank: index + 1,
                    });
                }
            }
        }
        Ok(())
    }

    /// From an opening line to the end of the key, or of the text when the key has no end there.
    fn whole_key(
        &self,
        text: &str,
        opening: Range<usize>,
        work: &mut Work,
    ) -> Result<Range<usize>, TooMuchWork> {
        let end = self
            .key_ends
            .find_at(text, opening.end)
            .map_or(text.len(), |found| found.end());
        work.walk(end - opening.end)?;
        Ok(opening.start..end)
    }
}

/// Where a token that was matched over line breaks really ends. The next line may begin with an ordinary word made of
/// the same characters: the token goes on over a break only while it is incomplete, or while what follows looks random.
fn settle(view: &View<'_>, regex: &Regex, matched: Range<usize>) -> Range<usize> {
    let is_complete = |end: usize| {
        let part = &view.text[matched.start..end];
        regex
            .find(part)
            .is_some_and(|found| found.range() == (0..part.len()))
    };
    let Some(complete) = view
        .seams_in(&matched)
        .take(MOST_BREAKS)
        .find(|&seam| is_complete(seam))
    else {
        return matched;
    };
    matched.start..labels::end_over_breaks(view, complete..matched.end)
}

/// Resolves overlaps: the earliest hit names the place, among those the longest, among those the most specific. The cut
/// covers all of them, so that nothing of the others remains.
fn without_overlaps(mut hits: Vec<Hit>) -> Vec<Hit> {
    hits.sort_by_key(|hit| (hit.range.start, std::cmp::Reverse(hit.range.end), hit.rank));
    let mut kept: Vec<Hit> = Vec::new();
    for hit in hits {
        match kept.last_mut() {
            Some(last) if hit.range.start < last.range.end => {
                last.range.end = last.range.end.max(hit.range.end);
            }
            _ => kept.push(hit),
        }
    }
    kept
}

/// Replaces each hit by its mark.
fn cut(redacted: &mut Redacted, hits: &[Hit]) {
    let mut text = String::with_capacity(redacted.text.len());
    let mut copied = 0;
    for hit in hits {
        text.push_str(&redacted.text[copied..hit.range.start]);
        text.push_str(&hit.kind.mark());
        copied = hit.range.end;
        if !redacted.kinds.contains(&hit.kind) {
            redacted.kinds.push(hit.kind);
        }
    }
    text.push_str(&redacted.text[copied..]);
    redacted.text = text;
}
