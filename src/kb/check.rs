//! What `deskhand kb check` reports.

use super::article::Article;
use super::finding::{Finding, Kind, Severity};
use super::folder;
use jiff::civil::Date;
use std::path::Path;

/// Looks through a folder of articles as a reviewer would, and reports what is wrong, file by file and line by line.
///
/// `today` decides which review dates have passed.
pub fn check(folder: &Path, today: Date) -> Vec<Finding> {
    let mut contents = folder::read(folder);
    folder::refuse_duplicates(&mut contents, |_| false);
    let mut findings = contents.findings;
    for file in &contents.files {
        if let Some(article) = &file.article {
            findings.extend(overdue(&file.path, article, today));
        }
    }
    findings.sort();
    findings
}

fn overdue(path: &Path, article: &Article, today: Date) -> Option<Finding> {
    let due = article.review_by.filter(|&due| due < today)?;
    Some(Finding {
        path: path.to_owned(),
        line: None,
        severity: Severity::Warning,
        kind: Kind::ReviewDue,
        message: format!(
            "The article was to be reviewed by {due}. Read it again and set a new date."
        ),
    })
}
