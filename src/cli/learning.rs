//! `kb learn`: makes a table of what words mean, and says whether it is worth having.

use std::fmt::Write as _;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use anyhow::{Context, bail};
use data_encoding::HEXLOWER;
use deskhand::kb::Kb;
use deskhand::kb::measure::{Asked, Figures, figures, read, reply};
use deskhand::kb::vectors::{Encoder, MODEL, Progress, VOCABULARY, learn};
use serde::Deserialize;
use sha2::{Digest, Sha256};

use super::arguments::Learn;
use super::progress::Bar;
use super::terminal;

/// A question; what else stands in its line is not read.
#[derive(Deserialize)]
struct Line {
    q: String,
}

/// Makes the table, measures it if that is wanted, and writes it, with an account of how it was made beside it.
///
/// # Errors
/// When a file cannot be read, used or written.
pub fn make(options: &Learn, folder: &Path) -> anyhow::Result<()> {
    let (questions, digest) = questions(&options.questions, options.limit)?;
    let measured = options.measure.as_deref().map(asked).transpose()?;
    let encoder = Encoder::open(&options.encoder)?;
    let mut bar = Bar::new();
    let table = learn(&encoder, &questions, |progress| match progress {
        Progress::Encoding(done, total) => bar.show("encoding", done, total),
        Progress::Solving(done, total) => bar.show("solving", done, total),
    })?;
    bar.finish();
    let bytes = table.write();
    std::fs::write(&options.out, &bytes)
        .with_context(|| format!("cannot write {}", options.out.display()))?;
    let mut account = account(options, questions.len(), &digest, &bytes)?;
    if let Some(asked) = measured {
        let none = figures_of(&Kb::open_with(folder, None), &asked);
        let before = figures_of(&Kb::open(folder), &asked);
        let after = figures_of(&Kb::open_with(folder, Some(Arc::new(table))), &asked);
        account.push_str(&compared(&none, &before, &after));
    }
    let beside = beside(&options.out);
    std::fs::write(&beside, &account)
        .with_context(|| format!("cannot write {}", beside.display()))?;
    terminal::print(&account)
}

/// The file that says how a table was made.
fn beside(table: &Path) -> PathBuf {
    let mut name = table.as_os_str().to_owned();
    name.push(".txt");
    PathBuf::from(name)
}

/// The questions of a file, which may be packed by gzip, and the file's digest.
fn questions(path: &Path, limit: Option<usize>) -> anyhow::Result<(Vec<String>, String)> {
    let bytes = std::fs::read(path).with_context(|| format!("cannot read {}", path.display()))?;
    let digest = HEXLOWER.encode(&Sha256::digest(&bytes));
    let mut text = String::new();
    if bytes.starts_with(&[0x1f, 0x8b]) {
        flate2::read::GzDecoder::new(bytes.as_slice()).read_to_string(&mut text)
    } else {
        bytes.as_slice().read_to_string(&mut text)
    }
    .with_context(|| format!("cannot read {}", path.display()))?;
    let lines = text.lines().enumerate();
    let questions = lines
        .filter(|(_, line)| !line.trim().is_empty())
        .take(limit.unwrap_or(usize::MAX))
        .map(|(number, line)| {
            let line: Line = serde_json::from_str(line)
                .with_context(|| format!("line {} is no question", number + 1))?;
            Ok(line.q)
        })
        .collect::<anyhow::Result<Vec<String>>>()?;
    if questions.is_empty() {
        bail!("{} holds no question", path.display());
    }
    Ok((questions, digest))
}

fn asked(path: &Path) -> anyhow::Result<Vec<Asked>> {
    let file = path.display();
    let text = std::fs::read_to_string(path).with_context(|| format!("cannot read {file}"))?;
    read(&text).with_context(|| format!("{file} is not usable"))
}

fn figures_of(kb: &Kb, asked: &[Asked]) -> Figures {
    let replies: Vec<_> = asked
        .iter()
        .map(|asked| reply(&kb.answer(&asked.text)))
        .collect();
    figures(asked, &replies)
}

/// What went in and what came out, by digest, so that it can be made again.
fn account(options: &Learn, count: usize, digest: &str, table: &[u8]) -> anyhow::Result<String> {
    let of_file = |name: &str| -> anyhow::Result<String> {
        let path = options.encoder.join(name);
        let bytes =
            std::fs::read(&path).with_context(|| format!("cannot read {}", path.display()))?;
        Ok(HEXLOWER.encode(&Sha256::digest(&bytes)))
    };
    let name = |path: &Path| {
        let name = path.file_name().unwrap_or(path.as_os_str());
        terminal::visible(&name.to_string_lossy())
    };
    let mut text = String::new();
    let limit = options
        .limit
        .map(|limit| format!(" --limit {limit}"))
        .unwrap_or_default();
    for (what, value) in [
        (
            "command",
            format!(
                "deskhand {} kb learn {} --encoder DIR --out {}{limit}",
                env!("CARGO_PKG_VERSION"),
                name(&options.questions),
                name(&options.out)
            ),
        ),
        ("questions", format!("{count}, sha256 of the file {digest}")),
        ("encoder's model", format!("sha256 {}", of_file(MODEL)?)),
        ("its vocabulary", format!("sha256 {}", of_file(VOCABULARY)?)),
        ("seed", "none: nothing is left to chance".to_owned()),
        (
            "table",
            format!(
                "{} bytes, sha256 {}",
                table.len(),
                HEXLOWER.encode(&Sha256::digest(table))
            ),
        ),
    ] {
        // Writing to a String cannot fail.
        let _ = writeln!(text, "{what:<16} {value}");
    }
    Ok(text)
}

/// What it is worth: without a table, with the one in use, and with the new one.
fn compared(none: &Figures, before: &Figures, after: &Figures) -> String {
    let mut text = format!(
        "\n{:<54}{:>9}{:>9}{:>9}\n",
        "Measured", "no table", "built-in", "this"
    );
    let mut line = |what: &str, of: &dyn Fn(&Figures) -> Option<f64>| {
        let shown = |figures| of(figures).map_or("–".to_owned(), |value| format!("{value:.3}"));
        // Writing to a String cannot fail.
        let _ = writeln!(
            text,
            "{what:<54}{:>9}{:>9}{:>9}",
            shown(none),
            shown(before),
            shown(after)
        );
    };
    for set in after.reach.keys() {
        line(&format!("{set}: the right article first"), &|figures| {
            figures.reach.get(set).map(|reach| reach.first)
        });
        line(&format!("{set}: among the first three"), &|figures| {
            figures.reach.get(set).map(|reach| reach.top3)
        });
    }
    line(
        "told apart: in scope from out of scope (AUROC)",
        &|figures| figures.auroc,
    );
    line(
        "answered rightly where 5 % out of scope are answered",
        &|figures| figures.right_at_5,
    );
    text
}
