//! The invariants of the house, kept by reading the source. `rules` says what holds; this file holds it against `src/`.

mod rules;
mod source;

use std::fs;
use std::path::Path;

use rules::RULES;
use source::Source;

#[test]
fn the_house_keeps_its_rules() {
    let files = files_that_ship();
    assert!(files.len() > 5, "src/ was not found");
    let mut breaches = Vec::new();
    for rule in RULES {
        for file in &files {
            for (line, what) in (rule.breaches)(file) {
                breaches.push(format!(
                    "{}:{line}: {what}\n    the rule: {}",
                    file.path, rule.says
                ));
            }
        }
    }
    assert!(breaches.is_empty(), "\n{}\n", breaches.join("\n"));
}

#[test]
fn each_rule_can_be_broken() {
    for rule in RULES {
        assert!(!rule.broken_by.is_empty(), "{}", rule.says);
        for (path, text) in rule.broken_by {
            let breaches = (rule.breaches)(&Source::new(path, text));
            assert!(
                !breaches.is_empty(),
                "not noticed in {path}: {text}\n    the rule: {}",
                rule.says
            );
        }
    }
}

#[test]
fn no_rule_cries_wolf() {
    for rule in RULES {
        assert!(!rule.kept_by.is_empty(), "{}", rule.says);
        for (path, text) in rule.kept_by {
            let breaches = (rule.breaches)(&Source::new(path, text));
            assert!(
                breaches.is_empty(),
                "in {path}: {text}\n    {breaches:?}\n    the rule: {}",
                rule.says
            );
        }
    }
}

#[test]
fn source_is_read_as_the_compiler_reads_it() {
    let text = r##"
        /* a /* nested */ comment */ use a::{b, c::{self, d}, e::*};
        fn f<'long>(x: &'long str) -> char { let _ = ("text \" use x::y;", r#"raw " use x::z;"#, b"bytes", '"', '\'', 'x'); g::h() }
        #[cfg(test)]
        mod tests { fn t() { only::tests(); } }
        #[cfg(test)]
        mod more;
        fn last() { k::l() }
    "##;
    let source = Source::new("src/kb/mod.rs", text);
    let paths: Vec<_> = source
        .paths()
        .iter()
        .map(|path| (path.parts.join("::"), path.line))
        .collect();
    let long: Vec<_> = paths
        .iter()
        .filter(|(path, _)| path.contains("::"))
        .map(|(path, line)| (path.as_str(), *line))
        .collect();
    assert_eq!(
        long,
        [
            ("a::b", 2),
            ("a::c::self", 2),
            ("a::c::d", 2),
            ("a::e", 2),
            ("g::h", 3),
            ("k::l", 8)
        ]
    );
    assert_eq!(source.test_modules(), ["src/kb/more.rs", "src/kb/more/"]);
}

/// Every file under `src/`, but for those that only tests compile.
fn files_that_ship() -> Vec<Source> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut files = Vec::new();
    gather(root, &root.join("src"), &mut files);
    let only_tests: Vec<String> = files.iter().flat_map(Source::test_modules).collect();
    let is_for_tests = |file: &Source| {
        only_tests.iter().any(|place| {
            file.path == *place || (place.ends_with('/') && file.path.starts_with(place))
        })
    };
    files.retain(|file| !is_for_tests(file));
    files.sort_by(|a, b| a.path.cmp(&b.path));
    files
}

fn gather(root: &Path, folder: &Path, files: &mut Vec<Source>) {
    for entry in fs::read_dir(folder).expect("a folder of the package") {
        let path = entry.expect("an entry of the folder").path();
        if path.is_dir() {
            gather(root, &path, files);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            let inside = path.strip_prefix(root).expect("a path inside the package");
            let inside = inside
                .components()
                .map(|part| part.as_os_str().to_string_lossy())
                .collect::<Vec<_>>()
                .join("/");
            let text = fs::read_to_string(&path).expect("a source file in UTF-8");
            files.push(Source::new(&inside, &text));
        }
    }
}
