//! What `deskhand kb check` reports.

use super::finding::{Finding, Kind, Severity};
use super::folder::{self, Found};
use jiff::civil::Date;
use std::path::Path;

/// Looks through a folder of articles as a reviewer would, and reports what is wrong, file by file and line by line.
///
/// `today` decides which review dates have passed.
pub fn check(folder: &Path, today: Date) -> Vec<Finding> {
    let mut contents = folder::read(folder);
    folder::refuse_duplicates(&mut contents, |_| false);
    let mut findings = contents.findings;
    findings.extend(
        contents
            .files
            .iter()
            .filter_map(|file| overdue(file, today)),
    );
    findings.sort();
    findings
}

fn overdue(file: &Found, today: Date) -> Option<Finding> {
    let due = file
        .article
        .as_ref()?
        .review_by
        .filter(|&due| due < today)?;
    Some(Finding {
        path: file.path.clone(),
        line: file.review_line,
        severity: Severity::Warning,
        kind: Kind::ReviewDue,
        message: format!(
            "The article was to be reviewed by {due}. Read it again and set a new date."
        ),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn reports_in_the_order_of_files_and_lines() {
        let folder = tempfile::tempdir().expect("a folder");
        let complete = "summary: s\ntags: [t]\nasks: [q]\nowner: o\nreview_by: 2026-06-30\n";
        std::fs::write(
            folder.path().join("a.md"),
            format!("---\ntitle: A\n{complete}---\nText.\n\n[gone](gone.md)\n"),
        )
        .expect("a file");
        std::fs::write(
            folder.path().join("b.md"),
            "---\ntitle: B\nauthor: me\n---\ntell @everyone\n",
        )
        .expect("a file");
        let report = |today| -> Vec<String> {
            let findings = check(folder.path(), today);
            findings.iter().map(Finding::to_string).collect()
        };
        let rest = [
            "a.md:11: warning: The link leads to nothing: there is no file \"gone.md\" here.",
            "b.md:1: warning: The front matter lacks summary, tags, asks, owner, review_by.",
            "b.md:3: warning: Nothing reads the key \"author\". The keys are title, language, summary, tags, asks, aliases, tier, category, owner, review_by, sources, retired.",
            "b.md:5: error: \"@everyone\" would call people. Name the role or the person in words.",
        ];
        assert_eq!(report(date(2026, 6, 30)), rest);
        let late = report(date(2026, 7, 1));
        assert_eq!(
            late[0],
            "a.md:7: warning: The article was to be reviewed by 2026-06-30. Read it again and set a new date."
        );
        assert_eq!(late[1..], rest);
    }
}
