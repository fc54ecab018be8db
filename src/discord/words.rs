//! Every sentence to a person, by language.
//!
//! The sentences stand in `words/en.ftl`, as Project Fluent writes them, and each is said by one function of [`Words`] that
//! has the sentence's name and demands its arguments: the lists in `words/*.rs` make those functions. Another language is
//! one more file, and its line in `FILES`; what it leaves out is said in English.
//!
//! A reply is worded in the asker's language, a notice in the server's: everybody reads a notice, and a person's language
//! is theirs to keep.

use std::sync::LazyLock;

use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource, FluentValue};
use jiff::Timestamp;
use tracing::{error, warn};
use unic_langid::LanguageIdentifier;

use crate::domain::ids::{ChannelId, MajorNumber, Number, ProblemNumber, UserId};
use crate::domain::priority::Priority;
use crate::domain::tier::Tier;

/// Sentences in one language. Cheap to copy.
#[derive(Clone, Copy)]
pub struct Words(&'static Language);

/// The languages, by their tags. English comes first: it has every sentence.
const FILES: &[(&str, &str)] = &[("en", include_str!("words/en.ftl"))];

struct Language {
    tag: &'static str,
    bundle: FluentBundle<FluentResource>,
}

/// A sentence: its name in the file, and what has to be filled in.
pub(super) struct Sentence {
    name: &'static str,
    args: &'static [&'static str],
}

/// Makes one function of [`Words`] for each sentence of the list.
macro_rules! sentences {
    ($($name:ident($($arg:ident: $type:ty),*);)+) => {
        impl super::Words {$(
            #[doc = concat!("Says `", stringify!($name), "`, as it stands in the language's file.")]
            pub fn $name(&self, $($arg: $type),*) -> String {
                self.say(stringify!($name), &[$((stringify!($arg), super::Said::said($arg))),*])
            }
        )+}

        pub(super) const SENTENCES: &[super::Sentence] = &[$(super::Sentence {
            name: stringify!($name),
            args: &[$(stringify!($arg)),*],
        }),+];
    };
}

mod articles;
mod asking;
mod board;
mod cards;
mod circle;
pub mod clocks;
mod course;
mod digest;
pub mod duty;
mod help;
pub mod history;
mod knowledge;
mod learning;
mod lines;
mod links;
mod majors;
mod names;
pub mod notices;
pub mod parts;
mod problems;
mod record;
mod refusals;
pub mod report;
mod setup;
mod threads;
mod tickets;
mod unmoved;
mod vendors;
mod walks;
mod working;

/// The lists of sentences, one for each subject.
const SUBJECTS: &[&[Sentence]] = &[
    names::SENTENCES,
    refusals::SENTENCES,
    report::SENTENCES,
    notices::SENTENCES,
    parts::SENTENCES,
    problems::SENTENCES,
    majors::SENTENCES,
    articles::SENTENCES,
    board::SENTENCES,
    asking::SENTENCES,
    tickets::SENTENCES,
    unmoved::SENTENCES,
    vendors::SENTENCES,
    walks::SENTENCES,
    working::SENTENCES,
    help::SENTENCES,
    cards::SENTENCES,
    circle::SENTENCES,
    clocks::SENTENCES,
    course::SENTENCES,
    digest::SENTENCES,
    duty::SENTENCES,
    history::SENTENCES,
    knowledge::SENTENCES,
    learning::SENTENCES,
    lines::SENTENCES,
    links::SENTENCES,
    record::SENTENCES,
    setup::SENTENCES,
    threads::SENTENCES,
];

static LANGUAGES: LazyLock<Vec<Language>> = LazyLock::new(|| {
    FILES
        .iter()
        .filter_map(|(tag, file)| Language::read(tag, file))
        .collect()
});

impl Words {
    /// The sentences for that locale (Discord's tags, such as `en-GB` or `de`); English where there is no file for it.
    pub fn of(locale: &str) -> Self {
        let main = locale.split('-').next().unwrap_or_default();
        let find = |wanted: &str| {
            LANGUAGES
                .iter()
                .find(|language| language.tag.eq_ignore_ascii_case(wanted))
        };
        Self(find(locale).or_else(|| find(main)).unwrap_or_else(english))
    }

    /// The language's tag.
    pub fn tag(&self) -> &'static str {
        self.0.tag
    }

    fn say(&self, name: &str, args: &[(&'static str, FluentValue<'_>)]) -> String {
        let args: FluentArgs<'_> = args
            .iter()
            .map(|(name, value)| (*name, value.clone()))
            .collect();
        match self
            .0
            .say(name, &args)
            .or_else(|| english().say(name, &args))
        {
            Some(said) => said,
            None => {
                error!(sentence = name, "a sentence is missing in the English file");
                name.to_owned()
            }
        }
    }
}

fn english() -> &'static Language {
    LANGUAGES
        .first()
        .expect("the English file is part of the program, and a test reads it")
}

impl Language {
    fn read(tag: &'static str, file: &str) -> Option<Self> {
        let id: LanguageIdentifier = match tag.parse() {
            Ok(id) => id,
            Err(fault) => {
                error!(language = tag, %fault, "no language has this tag");
                return None;
            }
        };
        let (resource, faults) = match FluentResource::try_new(file.to_owned()) {
            Ok(resource) => (resource, Vec::new()),
            Err((resource, faults)) => (resource, faults),
        };
        for fault in faults {
            error!(language = tag, %fault, "a sentence cannot be read");
        }
        let mut bundle = FluentBundle::new_concurrent(vec![id]);
        // The marks that Fluent puts around arguments, for texts of mixed direction, are among the characters that the
        // desk takes out of what people type.
        bundle.set_use_isolating(false);
        if let Err(faults) = bundle.add_resource(resource) {
            error!(
                language = tag,
                ?faults,
                "a sentence stands twice in the file"
            );
        }
        let language = Self { tag, bundle };
        language.rehearse();
        Some(language)
    }

    /// Says every sentence once, so that what is wrong with the file is in the log from the start and not only when
    /// somebody needs the sentence.
    fn rehearse(&self) {
        let mut missing = Vec::new();
        for (name, args) in all_sentences() {
            let args: FluentArgs<'_> = args.iter().map(|arg| (*arg, "")).collect();
            if self.say(&name, &args).is_none() {
                missing.push(name);
            }
        }
        if !missing.is_empty() {
            warn!(
                language = self.tag,
                ?missing,
                "these sentences are said in English"
            );
        }
    }

    fn say(&self, name: &str, args: &FluentArgs<'_>) -> Option<String> {
        let pattern = self.bundle.get_message(name)?.value()?;
        let mut faults = Vec::new();
        let said = self.bundle.format_pattern(pattern, Some(args), &mut faults);
        for fault in faults {
            error!(language = self.tag, sentence = name, %fault, "a sentence cannot be said as it stands");
        }
        Some(said.into_owned())
    }
}

/// All sentences that the program can say, with what each is given.
fn all_sentences() -> impl Iterator<Item = (String, &'static [&'static str])> {
    let by_key = names::by_key().map(|name| (name, [].as_slice()));
    SUBJECTS
        .iter()
        .flat_map(|subject| subject.iter())
        .map(|sentence| (sentence.name.to_owned(), sentence.args))
        .chain(by_key)
}

/// How a value stands in a sentence.
trait Said<'a> {
    fn said(self) -> FluentValue<'a>;
}

impl<'a> Said<'a> for &'a str {
    fn said(self) -> FluentValue<'a> {
        self.into()
    }
}

impl<'a> Said<'a> for &'a String {
    fn said(self) -> FluentValue<'a> {
        self.into()
    }
}

impl Said<'_> for usize {
    fn said(self) -> FluentValue<'static> {
        self.into()
    }
}

impl Said<'_> for u32 {
    fn said(self) -> FluentValue<'static> {
        self.into()
    }
}

impl Said<'_> for i64 {
    fn said(self) -> FluentValue<'static> {
        self.into()
    }
}

impl Said<'_> for Number {
    fn said(self) -> FluentValue<'static> {
        self.to_string().into()
    }
}

impl Said<'_> for ProblemNumber {
    fn said(self) -> FluentValue<'static> {
        self.to_string().into()
    }
}

impl Said<'_> for MajorNumber {
    fn said(self) -> FluentValue<'static> {
        self.to_string().into()
    }
}

impl Said<'_> for Tier {
    fn said(self) -> FluentValue<'static> {
        self.to_string().into()
    }
}

impl Said<'_> for Priority {
    fn said(self) -> FluentValue<'static> {
        self.to_string().into()
    }
}

/// A mention, which Discord draws as the person's present name. Whether it also pings is the message's business.
impl Said<'_> for UserId {
    fn said(self) -> FluentValue<'static> {
        if self == Self::DESK {
            return Self::DESK_NAME.into();
        }
        format!("<@{self}>").into()
    }
}

/// A link to the channel, which Discord draws as its present name.
impl Said<'_> for ChannelId {
    fn said(self) -> FluentValue<'static> {
        format!("<#{self}>").into()
    }
}

/// How long ago or how far ahead it is, in the reader's zone and language; Discord draws it and keeps it right.
impl Said<'_> for Timestamp {
    fn said(self) -> FluentValue<'static> {
        format!("<t:{}:R>", self.as_second()).into()
    }
}

use sentences;

pub use notices::About;

#[cfg(test)]
mod tests;
