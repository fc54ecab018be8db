//! `ask --batch` and `kb eval`: many questions at once, for programs and for those who write articles.

use std::fmt::Write as _;
use std::io::{BufRead, Write};
use std::process::ExitCode;
use std::time::Duration;

use anyhow::{Context, bail};
use deskhand::clock::Stopwatch;
use deskhand::kb::Kb;
use deskhand::kb::measure::{
    Abstention, Asked, Figures, Miss, Reply, figures, misses, misspell, read, reply,
};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::arguments::Eval;
use super::terminal;

/// So many misses are printed for a person; as JSON all of them.
const MISSES_SHOWN: usize = 40;

/// A question of a program.
#[derive(Deserialize)]
struct Line {
    id: Value,
    q: String,
}

/// Answers questions one by one, a line in and a line out, until there are no more.
///
/// # Errors
/// At the first line that is no question, and when nobody reads the answers any more.
pub fn batch(kb: &Kb, questions: impl BufRead, answers: &mut impl Write) -> anyhow::Result<()> {
    for (number, line) in questions.lines().enumerate() {
        let line = line?;
        if line.trim().is_empty() {
            continue;
        }
        let line: Line = serde_json::from_str(&line)
            .with_context(|| format!("line {} is no question", number + 1))?;
        let answer = kb.answer(&line.q);
        let reply = reply(&answer);
        let text = answer
            .matches
            .first()
            .map(|first| first.extract.text.as_str());
        let found: Vec<Value> = reply
            .found
            .iter()
            .map(|found| json!({ "file": found.file, "section": found.section }))
            .collect();
        let out = json!({
            "id": line.id,
            "results": found,
            "confidence": reply.confidence,
            "answer": reply.answered,
            "text": text,
            "encoder": encoder(kb),
        });
        writeln!(answers, "{out}")?;
        answers.flush()?;
    }
    Ok(())
}

/// The encoder that helps: none where none was added.
fn encoder(kb: &Kb) -> &'static str {
    kb.encoder().map_or("none", |encoder| encoder.name())
}

/// Everything that `kb eval` found out.
#[derive(Serialize)]
struct Report {
    articles: usize,
    encoder: &'static str,
    #[serde(flatten)]
    figures: Figures,
    misspelt: Option<Misspelt>,
    latency_ms: Latency,
    misses: Vec<Miss>,
}

/// The same questions, misspelt.
#[derive(Serialize)]
struct Misspelt {
    share: f64,
    seed: u64,
    /// The share of first places that was lost, set by set.
    lost: std::collections::BTreeMap<String, f64>,
    #[serde(flatten)]
    figures: Figures,
}

/// How long one question took, in milliseconds.
#[derive(Serialize)]
struct Latency {
    p50: f64,
    p95: f64,
}

/// Asks every question, prints the figures, and judges them by the floors that were given.
///
/// # Errors
/// When the question file cannot be read or used.
pub fn eval(kb: &Kb, options: &Eval) -> anyhow::Result<ExitCode> {
    let file = options.questions.display();
    let text = std::fs::read_to_string(&options.questions)
        .with_context(|| format!("cannot read {file}"))?;
    let asked = read(&text).with_context(|| format!("{file} is not usable"))?;
    if asked.is_empty() {
        bail!("{file} holds no question");
    }
    let (replies, mut times) = ask_all(kb, &asked);
    let counted = figures(&asked, &replies);
    let misspelt = options.typos.map(|share| {
        let mut misspelt = asked.clone();
        for asked in &mut misspelt {
            asked.text = misspell(&asked.text, share, options.seed);
        }
        let figures = figures(&misspelt, &ask_all(kb, &misspelt).0);
        let lost = counted
            .reach
            .iter()
            .filter_map(|(set, clean)| {
                Some((set.clone(), clean.first - figures.reach.get(set)?.first))
            })
            .collect();
        Misspelt {
            share,
            seed: options.seed,
            lost,
            figures,
        }
    });
    times.sort_unstable();
    let report = Report {
        articles: kb.len(),
        encoder: encoder(kb),
        misses: misses(&asked, &replies),
        figures: counted,
        misspelt,
        latency_ms: Latency {
            p50: quantile(&times, 0.50),
            p95: quantile(&times, 0.95),
        },
    };
    let values = serde_json::to_value(&report).context("the figures cannot be written")?;
    let verdicts = below(&values, &options.floors)?;
    let printed = if options.json {
        format!("{values:#}\n")
    } else {
        table(&report)
    };
    terminal::print(&printed)?;
    for verdict in &verdicts {
        eprintln!("{verdict}");
    }
    Ok(if verdicts.is_empty() {
        ExitCode::SUCCESS
    } else {
        ExitCode::from(super::FAILED)
    })
}

fn ask_all(kb: &Kb, asked: &[Asked]) -> (Vec<Reply>, Vec<Duration>) {
    asked
        .iter()
        .map(|asked| {
            let watch = Stopwatch::start();
            let answer = kb.answer(&asked.text);
            let took = watch.elapsed();
            (reply(&answer), took)
        })
        .unzip()
}

/// In milliseconds; of sorted times.
fn quantile(times: &[Duration], share: f64) -> f64 {
    let at = (share * times.len() as f64) as usize;
    times
        .get(at.min(times.len().saturating_sub(1)))
        .map_or(0.0, |took| took.as_secs_f64() * 1000.0)
}

/// The floors that are not reached, each as a sentence.
fn below(values: &Value, floors: &[(String, f64)]) -> anyhow::Result<Vec<String>> {
    let mut verdicts = Vec::new();
    for (figure, least) in floors {
        let value = figure
            .split('.')
            .try_fold(values, |value, name| value.get(name))
            .and_then(Value::as_f64)
            .with_context(|| format!("there is no figure {figure}; --json shows all of them"))?;
        if value < *least {
            verdicts.push(format!("{figure} is {value:.4}, below {least}"));
        }
    }
    Ok(verdicts)
}

/// The figures for a person.
fn table(report: &Report) -> String {
    let mut text = String::new();
    let figures = &report.figures;
    let mut line = |words: String| {
        // Writing to a String cannot fail.
        let _ = writeln!(text, "{words}");
    };
    line(format!(
        "{} questions, {} articles, encoder: {}",
        figures.questions, report.articles, report.encoder
    ));
    line(String::new());
    line(format!(
        "{:<28}{:>6} {:>7} {:>7} {:>7}{}",
        "An article answers",
        "asked",
        "first",
        "top 3",
        "top 10",
        if report.misspelt.is_some() {
            "   lost when misspelt"
        } else {
            ""
        }
    ));
    for (set, reach) in &figures.reach {
        let lost = report
            .misspelt
            .as_ref()
            .and_then(|misspelt| misspelt.lost.get(set));
        line(format!(
            "  {set:<26}{:>6} {:>7.3} {:>7.3} {:>7.3}{}",
            reach.questions,
            reach.first,
            reach.top3,
            reach.top10,
            lost.map(|lost| format!("   {lost:.3}")).unwrap_or_default(),
        ));
    }
    if !figures.abstention.is_empty() {
        line(String::new());
        line(format!(
            "{:<28}{:>6} {:>7} {:>9}",
            "No article answers", "asked", "AUROC", "answered"
        ));
        for (
            set,
            Abstention {
                questions,
                auroc,
                answered,
            },
        ) in &figures.abstention
        {
            line(format!(
                "  {set:<26}{questions:>6} {:>7} {answered:>9.3}",
                or_dash(*auroc)
            ));
        }
    }
    line(String::new());
    let decision = &figures.decision;
    for (what, value) in [
        (
            "told apart: in scope from out of scope (AUROC)",
            figures.auroc,
        ),
        (
            "answered rightly where 5 % out of scope are answered",
            figures.right_at_5,
        ),
        ("own decision: in scope, answered rightly", decision.right),
        ("own decision: in scope, answered wrongly", decision.wrong),
        (
            "own decision: out of scope, answered",
            decision.out_of_scope_answered,
        ),
        ("calibration error", Some(figures.calibration_error)),
        ("the section that was asked for", figures.section_right),
    ] {
        line(format!("{what:<54}{:>7}", or_dash(value)));
    }
    line(format!(
        "{:<54}{:>7.3} / {:.3} ms",
        "one question, p50 / p95", report.latency_ms.p50, report.latency_ms.p95
    ));
    if !report.misses.is_empty() {
        line(String::new());
        line("Another article came first:".to_owned());
    }
    for miss in report.misses.iter().take(MISSES_SHOWN) {
        let question: String = miss.question.chars().take(90).collect();
        let place = miss
            .place
            .map_or("not found".to_owned(), |place| format!("place {place}"));
        line(format!(
            "  {} ({}): {}",
            miss.id,
            miss.set,
            terminal::visible(&question)
        ));
        line(format!(
            "      {} is right: {place}; first: {}",
            terminal::visible(&miss.right),
            terminal::visible(miss.found.first().map_or("nothing", String::as_str))
        ));
    }
    if report.misses.len() > MISSES_SHOWN {
        line(format!(
            "  … and {} more; --json lists them all",
            report.misses.len() - MISSES_SHOWN
        ));
    }
    text
}

fn or_dash(value: Option<f64>) -> String {
    value.map_or("–".to_owned(), |value| format!("{value:.3}"))
}
