//! Reading the folder of articles from disk: whatever lies in it, without following anything out of it.

use super::aliases;
use super::article::{self, Article, LARGEST_FILE, Notes, Reading};
use super::finding::{Finding, Kind, Severity};
use super::unsafe_text::RelativeLink;
use super::words::fold;
use std::collections::{HashMap, HashSet};
use std::fs::{self, File};
use std::hash::{DefaultHasher, Hash, Hasher};
use std::io::{self, Read};
use std::path::{Component, Path, PathBuf};

/// What a folder holds.
#[derive(Debug, Default)]
pub(super) struct Contents {
    /// One entry a file that is, or should be, an article; in the order of their paths.
    pub files: Vec<Found>,
    /// Other names for things, if there is a list of them.
    pub aliases: Option<aliases::Found>,
    /// What is to be said about the folder, its files and its articles.
    pub findings: Vec<Finding>,
}

/// A file and what could be read from it.
#[derive(Debug)]
pub(super) struct Found {
    /// Relative to the folder.
    pub path: PathBuf,
    /// None if an error among the findings forbids serving it, or it is retired.
    pub article: Option<Article>,
    /// It is not to be served any more.
    pub retired: bool,
    /// The line on which its review date stands.
    pub review_line: Option<u32>,
}

/// Deeper folders than this are a mistake, or a mount that contains itself.
const DEEPEST: usize = 16;

/// More files than this are not a knowledge base.
const MOST_FILES: usize = 200_000;

/// Reads every article in the folder. Never fails: what cannot be read becomes a finding.
pub(super) fn read(folder: &Path) -> Contents {
    let root = match folder.canonicalize() {
        Ok(root) => root,
        Err(error) => return unreadable(&error),
    };
    let mut walk = Walk::new(&root);
    if let Err(error) = walk.enter(Path::new(""), 0) {
        return unreadable(&error);
    }
    let (paths, names, mut findings) = walk.finish();
    let aliases = names.then(|| aliases::find(&root, &mut findings));
    let mut files = Vec::with_capacity(paths.len());
    for (of_some, said) in read_files(&root, &paths) {
        files.extend(of_some);
        findings.extend(said);
    }
    if files.is_empty() {
        findings.push(of_folder(
            "The folder holds no article. Put Markdown files (.md) into it.".to_owned(),
        ));
    }
    Contents {
        files,
        aliases,
        findings,
    }
}

/// Reads files, in their order, on as many processors as there are: parsing takes longer than the disk does.
fn read_files(root: &Path, paths: &[PathBuf]) -> Vec<(Vec<Found>, Vec<Finding>)> {
    let threads = std::thread::available_parallelism().map_or(1, usize::from);
    let some = paths.len().div_ceil(threads).max(1);
    let read_some = |paths: &[PathBuf]| {
        let mut findings = Vec::new();
        let read = |path: &PathBuf| {
            let reading = read_file(root, path);
            findings.extend(reading.findings);
            Found {
                path: path.clone(),
                article: reading.article,
                retired: reading.retired,
                review_line: reading.review_line,
            }
        };
        let files: Vec<Found> = paths.iter().map(read).collect();
        (files, findings)
    };
    std::thread::scope(|scope| {
        let reading: Vec<_> = paths
            .chunks(some)
            .map(|paths| scope.spawn(move || read_some(paths)))
            .collect();
        reading
            .into_iter()
            .map(|one| match one.join() {
                Ok(read) => read,
                Err(panic) => std::panic::resume_unwind(panic),
            })
            .collect()
    })
}

/// What the files of a folder look like from outside: their names, how long they are and when they were written. As long
/// as it stays the same, nothing was saved.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Look(u64);

impl Look {
    /// Looks at a folder; one that cannot be read looks like none.
    pub fn at(folder: &Path) -> Look {
        let Ok(root) = folder.canonicalize() else {
            return Look::default();
        };
        let mut walk = Walk::new(&root);
        if walk.enter(Path::new(""), 0).is_err() {
            return Look::default();
        }
        let (mut paths, names, _) = walk.finish();
        paths.extend(names.then(|| PathBuf::from(aliases::FILE)));
        let mut hasher = DefaultHasher::new();
        for path in paths {
            let written = fs::metadata(root.join(&path)).ok();
            let written = written.map(|file| (file.len(), file.modified().ok()));
            (path, written).hash(&mut hasher);
        }
        Look(hasher.finish())
    }
}

/// Reports articles that bear the title of one before them, and takes them out.
pub(super) fn refuse_duplicates(contents: &mut Contents, preferred: impl Fn(&Article) -> bool) {
    let mut first: HashMap<String, usize> = HashMap::new();
    for round in [true, false] {
        for at in 0..contents.files.len() {
            let Some(article) = &contents.files[at].article else {
                continue;
            };
            if preferred(article) != round {
                continue;
            }
            let holder = *first.entry(fold(&article.title).into_owned()).or_insert(at);
            if holder == at {
                continue;
            }
            contents.findings.push(Finding {
                path: contents.files[at].path.clone(),
                line: None,
                severity: Severity::Error,
                kind: Kind::DuplicateTitle,
                message: format!(
                    "The title \"{}\" is already that of {}. Give each article its own.",
                    article.title,
                    contents.files[holder].path.display()
                ),
            });
            contents.files[at].article = None;
        }
    }
}

fn unreadable(error: &io::Error) -> Contents {
    Contents {
        findings: vec![of_folder(format!(
            "The folder of articles cannot be read ({error}). Create it, or correct its path."
        ))],
        ..Contents::default()
    }
}

fn of_folder(message: String) -> Finding {
    Finding {
        path: PathBuf::from("."),
        line: None,
        severity: Severity::Error,
        kind: Kind::Folder,
        message,
    }
}

struct Walk<'a> {
    root: &'a Path,
    files: Vec<PathBuf>,
    links: Vec<PathBuf>,
    /// Whether there is a list of other names.
    names: bool,
    findings: Vec<Finding>,
}

impl Walk<'_> {
    fn new(root: &Path) -> Walk<'_> {
        Walk {
            root,
            files: Vec::new(),
            links: Vec::new(),
            names: false,
            findings: Vec::new(),
        }
    }

    /// Collects the articles of one directory and those below it. Symbolic links to directories are never entered, so
    /// that no loop can arise.
    fn enter(&mut self, directory: &Path, depth: usize) -> io::Result<()> {
        for entry in fs::read_dir(self.root.join(directory))? {
            let entry = entry?;
            let name = entry.file_name();
            let path = directory.join(&name);
            if name.as_encoded_bytes().starts_with(b".") {
                continue;
            }
            let kind = entry.file_type()?;
            if kind.is_dir() {
                if depth + 1 >= DEEPEST {
                    self.report(
                        &path,
                        Kind::File,
                        "The folders are nested too deeply. Move this one up.",
                    );
                } else if let Err(error) = self.enter(&path, depth + 1) {
                    self.report(
                        &path,
                        Kind::File,
                        &format!("This folder cannot be read: {error}."),
                    );
                }
            } else if kind.is_symlink() {
                self.links.push(path);
            } else if path == Path::new(aliases::FILE) {
                self.names = true;
            } else if is_misnamed(&path) {
                self.report(&path, Kind::File, "Only files whose names end in .md are articles. Write the ending in small letters.");
            } else if is_article(&path) {
                if self.files.len() >= MOST_FILES {
                    self.report(&path, Kind::File, "The folder holds too many files; this one and those after it are left out.");
                    return Ok(());
                }
                self.files.push(path);
            }
        }
        Ok(())
    }

    /// Adds the symbolic links that lead to a file of this folder which is not met under its own name.
    fn finish(mut self) -> (Vec<PathBuf>, bool, Vec<Finding>) {
        self.links.sort();
        let mut met: HashSet<PathBuf> =
            self.files.iter().map(|path| self.root.join(path)).collect();
        for path in std::mem::take(&mut self.links) {
            match self.root.join(&path).canonicalize() {
                Ok(target) if !target.starts_with(self.root) => {
                    self.report(&path, Kind::File, "This symbolic link leads out of the folder. Replace it by the file itself.");
                }
                Ok(target) if target.is_file() && path == Path::new(aliases::FILE) => {
                    self.names = true;
                }
                Ok(target) if target.is_file() && is_article(&path) => {
                    if met.insert(target) {
                        self.files.push(path);
                    }
                }
                // A link to a folder inside: its articles are met under their own names.
                Ok(_) => {}
                Err(_) => {
                    self.report(
                        &path,
                        Kind::File,
                        "This symbolic link leads to nothing, or to itself. Delete it.",
                    );
                }
            }
        }
        self.files.sort();
        self.findings.sort();
        (self.files, self.names, self.findings)
    }

    fn report(&mut self, path: &Path, kind: Kind, message: &str) {
        self.findings.push(error(path, kind, message));
    }
}

pub(super) fn error(path: &Path, kind: Kind, message: &str) -> Finding {
    Finding {
        path: path.to_owned(),
        line: None,
        severity: Severity::Error,
        kind,
        message: message.to_owned(),
    }
}

/// A Markdown file but for the ending's letters. Were it taken, "vpn.md" and "vpn.MD" would have one name.
fn is_misnamed(path: &Path) -> bool {
    path.extension()
        .is_some_and(|ending| ending.eq_ignore_ascii_case("md") && ending != "md")
}

/// A Markdown file, unless it explains the folder to those who write.
fn is_article(path: &Path) -> bool {
    let is_markdown = path.extension().is_some_and(|ending| ending == "md");
    let is_readme = path
        .file_stem()
        .is_some_and(|name| name.eq_ignore_ascii_case("readme"));
    is_markdown && !is_readme
}

fn read_file(root: &Path, path: &Path) -> Reading {
    let broken = |message: &str| Reading {
        findings: vec![error(path, Kind::File, message)],
        ..Reading::default()
    };
    match read_bytes(&root.join(path)) {
        Ok(Some(bytes)) => judge(root, path, &bytes),
        Ok(None) => broken("This is no regular file. Delete it."),
        Err(failure) => broken(&format!("The file cannot be read: {failure}.")),
    }
}

/// What becomes of a file of the folder `root` at `path` that holds these bytes.
pub(super) fn judge(root: &Path, path: &Path, bytes: &[u8]) -> Reading {
    let mut reading = article::read(path, bytes);
    let mut notes = Notes::new(path);
    if !reading.retired {
        for link in &reading.links {
            follow(root, path, link, &mut notes);
        }
    }
    reading.findings.extend(notes.into_findings());
    reading.findings.sort();
    if reading.findings.iter().any(Finding::is_error) {
        reading.article = None;
    }
    reading
}

/// At most one byte more than an article may have, however long the file is or grows. None for a pipe or a device,
/// which might never end.
pub(super) fn read_bytes(path: &Path) -> io::Result<Option<Vec<u8>>> {
    if !fs::metadata(path)?.is_file() {
        return Ok(None);
    }
    let mut bytes = Vec::new();
    File::open(path)?
        .take(LARGEST_FILE + 1)
        .read_to_end(&mut bytes)?;
    Ok(Some(bytes))
}

/// Looks whether a link inside the knowledge base leads to a file of it.
fn follow(root: &Path, from: &Path, link: &RelativeLink, notes: &mut Notes) {
    if written(&link.target).is_empty() {
        return;
    }
    let outside = "The link leads out of the folder of articles. Link to an article, or to an address that begins with https://.";
    let Some(path) = resolved(from, &link.target) else {
        notes.error(Some(link.line), Kind::UnsafeLink, outside);
        return;
    };
    match root.join(&path).canonicalize() {
        Ok(target) if target.starts_with(root) => {}
        Ok(_) => notes.error(Some(link.line), Kind::UnsafeLink, outside),
        Err(_) => notes.warning(
            Some(link.line),
            Kind::DeadLink,
            format!(
                "The link leads to nothing: there is no file \"{}\" here.",
                path.display()
            ),
        ),
    }
}

/// What a link's target names, without the part of the page and with its signs in clear.
fn written(target: &str) -> String {
    let end = target.find(['#', '?']).unwrap_or(target.len());
    decode_percent(&target[..end])
}

/// Where in the folder the target of a link in the file `from` leads, by its words alone; none if that is out of it.
pub(super) fn resolved(from: &Path, target: &str) -> Option<PathBuf> {
    let mut path = from.parent().unwrap_or(Path::new("")).to_owned();
    for part in Path::new(&written(target)).components() {
        let inside = match part {
            Component::Normal(name) => {
                path.push(name);
                true
            }
            Component::CurDir => true,
            Component::ParentDir => path.pop(),
            Component::RootDir | Component::Prefix(_) => false,
        };
        if !inside {
            return None;
        }
    }
    Some(path)
}

fn decode_percent(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((&first, tail)) = rest.split_first() {
        let pair = tail
            .get(..2)
            .and_then(|pair| std::str::from_utf8(pair).ok());
        let code = pair.and_then(|pair| u8::from_str_radix(pair, 16).ok());
        match code {
            Some(code) if first == b'%' => {
                bytes.push(code);
                rest = &tail[2..];
            }
            _ => {
                bytes.push(first);
                rest = tail;
            }
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

#[cfg(test)]
mod tests;
