//! What `ask`, `kb check` and `sla check` print, and how texts of others are made safe to print.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::io::{IsTerminal, Write as _};
use std::path::Path;
use std::sync::Arc;

use deskhand::desk::{Plan, PlanFault};
use deskhand::domain::calendar::{IcalDays, IcalFault};
use deskhand::kb::{Answer, Article, Finding, Kb, Match, Verdict};

/// How many files are named of those in a language.
const NAMED: usize = 5;

/// How many articles are named under an answer.
const OTHERS: usize = 3;

/// Prints to standard output. A reader that has gone away, such as `head`, is no failure.
pub fn print(text: &str) -> anyhow::Result<()> {
    match std::io::stdout().lock().write_all(text.as_bytes()) {
        Err(error) if error.kind() != std::io::ErrorKind::BrokenPipe => Err(error.into()),
        _ => Ok(()),
    }
}

/// An answer, laid out for a person: the title, the piece of the article that matters, where it stands, how sure the
/// desk is, and what else may be meant.
pub fn answer(kb: &Kb, answer: &Answer) -> String {
    let Some(first) = answer
        .matches
        .first()
        .filter(|_| answer.verdict != Verdict::Unknown)
    else {
        return abstention(kb, answer);
    };
    let mut text = String::new();
    line(&mut text, &emphasised(&visible(&first.article.title)));
    line(
        &mut text,
        &format!("{} · {}", source(kb.folder(), first), certainty(answer)),
    );
    let read: Vec<String> = answer
        .heard
        .corrected
        .iter()
        .map(|(typed, meant)| format!("“{typed}” as “{meant}”"))
        .collect();
    if !read.is_empty() {
        line(&mut text, &visible(&format!("I read {}.", read.join(", "))));
    }
    line(&mut text, "");
    if let Some(heading) = &first.extract.heading {
        line(&mut text, &format!("  {}", emphasised(&visible(heading))));
    }
    for part in first.extract.text.trim_end().lines() {
        line(&mut text, format!("  {}", visible(part)).trim_end());
    }
    if first.extract.goes_on {
        line(&mut text, "  …");
    }
    others(
        &mut text,
        kb.folder(),
        "Perhaps you mean:",
        answer.matches.iter().skip(1),
    );
    text
}

/// Why a question is answered as it is: what was made of its words, and what speaks for each of the articles found.
pub fn explanation(kb: &Kb, answer: &Answer) -> String {
    let mut text = String::new();
    let band = match answer.verdict {
        Verdict::Sure => "the first article is shown",
        Verdict::Maybe => "the asker is asked which of the first three is meant",
        Verdict::Unknown => "the desk says that it does not know this, and offers a ticket",
        Verdict::SmallTalk => "small talk: nothing is searched for",
        Verdict::Empty => "nothing to search for",
    };
    line(
        &mut text,
        &format!("{band} (confidence {:.2})", answer.confidence),
    );
    let corrected: Vec<String> = answer
        .heard
        .corrected
        .iter()
        .map(|(typed, meant)| format!("{typed} (taken for {meant})"))
        .collect();
    let renamed: Vec<String> = answer
        .heard
        .aliases
        .iter()
        .map(|(name, other)| format!("{name} (also {other})"))
        .collect();
    for (what, words) in [
        ("known words", &answer.heard.known),
        ("corrected", &corrected),
        ("other names", &renamed),
        ("unknown", &answer.heard.unknown),
    ] {
        if !words.is_empty() {
            line(
                &mut text,
                &format!("{what}: {}", visible(&words.join(", "))),
            );
        }
    }
    if answer.matches.is_empty() {
        return text;
    }
    line(&mut text, "");
    let mut matches = answer.matches.iter();
    let with_sense = matches.any(|found| found.evidence.nearness.is_some());
    let sense = if with_sense { "   sense   ahead" } else { "" };
    line(
        &mut text,
        &format!("confidence   words    name  meaning    lead{sense}  in  article"),
    );
    for found in &answer.matches {
        let why = &found.evidence;
        line(
            &mut text,
            &format!(
                "{:>10.2} {:>7.2} {:>7.2} {:>8} {:>7.2}{}  {}  {}",
                found.confidence,
                why.fit,
                why.echo,
                why.likeness
                    .map_or("–".to_owned(), |likeness| format!("{likeness:.2}")),
                why.lead,
                match why.nearness {
                    Some(near) => format!(" {:>7.2} {:>7.2}", near.cosine, near.ahead),
                    None if with_sense => format!(" {:>7} {:>7}", "–", "–"),
                    None => String::new(),
                },
                found.article.language.code(),
                source(kb.folder(), found)
            ),
        );
    }
    line(&mut text, "");
    for said in [
        "words    how well the article fits the words, as a share of the best that could be had",
        "name     how much the question has in common with its title, or with a question it lists",
        "meaning  how alike the question and its likest piece are in meaning, up to 1",
        "lead     how far it is ahead of the best other article, or behind it, words and meaning together",
        "in       the language that the article is taken for",
    ] {
        line(&mut text, said);
    }
    if with_sense {
        line(
            &mut text,
            "sense    how near the encoder takes its nearest piece to be, up to 1; – where it has not read the article yet",
        );
        line(
            &mut text,
            "ahead    by how much that is more than the nearest other article's, or less",
        );
    }
    text
}

/// What is wrong with a file of promises, one a line, or what it says.
pub fn promises(file: &Path, read: &Result<Plan, Vec<PlanFault>>) -> String {
    let mut text = String::new();
    let file = visible(&file.to_string_lossy());
    match read {
        Ok(plan) => {
            let calendars = counted(plan.calendars.len(), "calendar", "calendars");
            let promises = match &plan.book {
                None => "no promises".to_owned(),
                Some(book) if book.categories.is_empty() => "promises for all tickets".to_owned(),
                Some(book) => {
                    let own = counted(book.categories.len(), "category", "categories");
                    format!("promises for all tickets, others for {own}")
                }
            };
            line(
                &mut text,
                &format!("{file}: {calendars}, {promises}; nothing to mend."),
            );
        }
        Err(faults) => refused(&mut text, &file, faults),
    }
    text
}

/// What is wrong with a file of holidays, or which days it closes, one a line.
pub fn holidays(file: &Path, read: &Result<IcalDays, IcalFault>) -> String {
    let mut text = String::new();
    let file = visible(&file.to_string_lossy());
    match read {
        Ok(read) => {
            for (day, name) in &read.days {
                line(&mut text, format!("{day} {}", visible(name)).trim_end());
            }
            let days = counted(read.days.len(), "day is", "days are");
            line(
                &mut text,
                &format!("{file}: {days} closed by it; nothing to mend."),
            );
        }
        Err(fault) => {
            let fault = PlanFault {
                line: fault.line,
                column: 1,
                what: fault.what.clone(),
            };
            refused(&mut text, &file, &[fault]);
        }
    }
    text
}

fn refused(text: &mut String, file: &str, faults: &[PlanFault]) {
    for fault in faults {
        line(text, &format!("{file}:{fault}"));
    }
    line(text, "");
    let errors = counted(faults.len(), "error", "errors");
    line(
        text,
        &format!("{file}: {errors}. Nothing of such a file is taken."),
    );
}

/// The findings of a check, one a line, how many there are, and which languages the articles are taken for.
pub fn findings(folder: &Path, findings: &[Finding], kb: &Kb) -> String {
    let articles = kb.articles();
    let mut text = String::new();
    for finding in findings {
        line(&mut text, &finding.to_string());
    }
    let errors = findings.iter().filter(|finding| finding.is_error()).count();
    let warnings = findings.len() - errors;
    if !findings.is_empty() {
        line(&mut text, "");
    }
    let folder = visible(&folder.to_string_lossy());
    let served = counted(articles.len(), "article", "articles");
    let verdict = match (errors, warnings) {
        (0, 0) => "nothing to mend.".to_owned(),
        (0, _) => format!("{}, no errors.", counted(warnings, "warning", "warnings")),
        _ => format!(
            "{}, {}. An article with an error is left out.",
            counted(errors, "error", "errors"),
            counted(warnings, "warning", "warnings")
        ),
    };
    line(
        &mut text,
        &format!("{folder}: {served} can be served; {verdict}"),
    );
    languages(&mut text, &articles);
    if kb.aliases() > 0 {
        let things = counted(kb.aliases(), "thing has", "things have");
        line(
            &mut text,
            &format!("Other names: {things} some, in aliases.md."),
        );
    }
    text
}

/// Which languages articles are taken for: the files are named but those of the language that most are in.
fn languages(text: &mut String, articles: &[Arc<Article>]) {
    let mut by_language: BTreeMap<&str, Vec<String>> = BTreeMap::new();
    for article in articles {
        let files = by_language.entry(article.language.name()).or_default();
        files.push(visible(&format!("{}.md", article.id)));
    }
    let mut by_language: Vec<_> = by_language.into_iter().collect();
    by_language.sort_by_key(|(_, files)| std::cmp::Reverse(files.len()));
    let told: Vec<String> = by_language
        .iter()
        .enumerate()
        .map(|(place, (language, files))| match place {
            0 => format!("{language} {}", files.len()),
            _ => {
                let more = if files.len() > NAMED { ", …" } else { "" };
                let named: Vec<&str> = files.iter().take(NAMED).map(String::as_str).collect();
                format!("{language} {} ({}{more})", files.len(), named.join(", "))
            }
        })
        .collect();
    if !told.is_empty() {
        line(text, &format!("Taken for: {}.", told.join(", ")));
    }
}

/// What is said when there is no answer.
fn abstention(kb: &Kb, answer: &Answer) -> String {
    let mut text = String::new();
    match answer.verdict {
        Verdict::Empty => line(
            &mut text,
            "Ask something: deskhand ask \"my screen stays black\"",
        ),
        Verdict::SmallTalk => line(
            &mut text,
            "Hello. Ask about something that does not work, or something that you need: deskhand ask \"my screen stays black\"",
        ),
        _ if kb.is_empty() => line(
            &mut text,
            "There is no article to answer from. Run `deskhand kb check` to see why.",
        ),
        _ => {
            line(
                &mut text,
                "No article answers this. In chat, the desk would say so and offer a ticket.",
            );
            others(
                &mut text,
                kb.folder(),
                "The nearest articles, none of them near:",
                answer.matches.iter(),
            );
        }
    }
    text
}

fn others<'a>(
    text: &mut String,
    folder: &Path,
    heading: &str,
    matches: impl Iterator<Item = &'a Match>,
) {
    let others: Vec<&Match> = matches.take(OTHERS).collect();
    let Some(width) = others
        .iter()
        .map(|other| visible(&other.article.title).chars().count())
        .max()
    else {
        return;
    };
    line(text, "");
    line(text, heading);
    for other in others {
        line(
            text,
            &format!(
                "  {:<width$}  {}",
                visible(&other.article.title),
                source(folder, other)
            ),
        );
    }
}

/// How sure the desk is, in words.
fn certainty(answer: &Answer) -> &'static str {
    match answer.verdict {
        Verdict::Sure if answer.confidence >= 0.85 => "this fits well",
        Verdict::Sure => "this should fit",
        _ => "this may fit; in chat, the desk would ask which article you mean",
    }
}

/// The path of the article's file.
fn source(folder: &Path, found: &Match) -> String {
    visible(
        &folder
            .join(format!("{}.md", found.article.id))
            .to_string_lossy(),
    )
}

fn counted(number: usize, one: &str, many: &str) -> String {
    format!("{number} {}", if number == 1 { one } else { many })
}

/// Titles stand out on a terminal.
fn emphasised(text: &str) -> String {
    let plain = std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty())
        || !std::io::stdout().is_terminal();
    if plain {
        text.to_owned()
    } else {
        format!("\u{1b}[1m{text}\u{1b}[0m")
    }
}

/// A text without what could steer the terminal: an article is somebody else's text.
pub fn visible(text: &str) -> String {
    text.chars().filter(|c| !c.is_control()).collect()
}

fn line(text: &mut String, added: &str) {
    // Writing to a String cannot fail.
    let _ = writeln!(text, "{added}");
}
