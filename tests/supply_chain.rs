//! What other people's code comes with ours: from where, under which licence, and how much of it ships. Read from
//! `Cargo.lock` by cargo itself, so no other tool is needed.

use std::collections::{BTreeMap, BTreeSet};
use std::process::Command;

use serde_json::Value;

/// Licences that ask for no more than to be named. An expression with `OR` is fine if one of its sides is.
const LICENCES: [&str; 14] = [
    "MIT",
    "MIT-0",
    "Apache-2.0",
    "Apache-2.0 WITH LLVM-exception",
    "BSD-2-Clause",
    "BSD-3-Clause",
    "0BSD",
    "ISC",
    "Zlib",
    "Unicode-3.0",
    "CC0-1.0",
    "CDLA-Permissive-2.0",
    // Of fonts, which may go along with any program.
    "OFL-1.1",
    "Ubuntu-font-1.0",
];
/// Crates of which there must be one version: two runtimes, two HTTP clients or two databases do not see each other.
const ONCE: [&str; 5] = ["tokio", "reqwest", "sqlx", "serde", "serenity"];
/// Crates that must not come at all, each with its reason.
const NEVER: [(&str, &str); 3] = [
    (
        "openssl-sys",
        "TLS is rustls; OpenSSL would have to be installed and patched apart",
    ),
    ("native-tls", "TLS is rustls"),
    ("libloading", "nothing is loaded at run time"),
];
/// How many crates may ship in the binary or take part in building it.
const SHIPPED_MAX: usize = 350;

#[test]
fn every_crate_comes_from_the_registry_under_a_licence_that_we_accept() {
    let metadata = metadata();
    let mut faults = Vec::new();
    // Cargo's own registry is the one from which the runtime comes; everything else has to come from there too.
    let registry = packages(&metadata)
        .iter()
        .find(|package| package["name"] == "tokio")
        .and_then(|package| package["source"].as_str())
        .expect("the runtime has a source");
    assert!(registry.starts_with("registry+"), "{registry}");
    for package in packages(&metadata) {
        let name = text(package, "name");
        match package["source"].as_str() {
            None => assert_eq!(name, "deskhand", "{name} comes from a folder"),
            Some(source) if source == registry => {}
            Some(source) => faults.push(format!("{name} comes from {source}")),
        }
        let licence = package["license"].as_str().unwrap_or("no licence");
        if !accepted(licence) {
            faults.push(format!("{name} is under {licence}"));
        }
    }
    assert!(faults.is_empty(), "{faults:#?}");
}

#[test]
fn nothing_comes_twice_that_must_come_once_and_nothing_unwanted_comes() {
    let metadata = metadata();
    let mut versions: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for package in packages(&metadata) {
        versions
            .entry(text(package, "name"))
            .or_default()
            .insert(text(package, "version"));
    }
    for name in ONCE {
        assert_eq!(
            versions.get(name).map(BTreeSet::len),
            Some(1),
            "{name}: {:?}",
            versions.get(name)
        );
    }
    for (name, reason) in NEVER {
        assert!(
            !versions.contains_key(name),
            "{name} must not come: {reason}"
        );
    }
}

#[test]
fn what_ships_is_not_more_than_can_be_looked_after() {
    let tree = cargo(&[
        "tree",
        "--edges",
        "normal,build",
        "--prefix",
        "none",
        "--format",
        "{p}",
    ]);
    let crates: BTreeSet<&str> = tree
        .lines()
        .map(|line| line.trim_end_matches(" (*)"))
        .filter(|line| !line.is_empty())
        .collect();
    assert!(
        crates.len() > 50,
        "cargo tree printed {} crates",
        crates.len()
    );
    assert!(
        crates.len() <= SHIPPED_MAX,
        "{} crates ship, and {SHIPPED_MAX} may",
        crates.len()
    );
}

#[test]
fn every_direct_dependency_has_its_reason_beside_it() {
    let manifest = include_str!("../Cargo.toml");
    let mut section = "";
    for line in manifest.lines() {
        if line.starts_with('[') {
            section = line;
        } else if section.ends_with("dependencies]") && line.contains('=') {
            let reason = line
                .split_once("# ")
                .map_or("", |(_, reason)| reason.trim());
            assert!(!reason.is_empty(), "{line}: a reason is missing");
        }
    }
}

#[test]
fn licence_expressions_are_read_rightly() {
    for fine in [
        "MIT",
        "MIT/Apache-2.0",
        "GPL-2.0-only OR Apache-2.0",
        "(MIT OR Apache-2.0) AND Unicode-3.0",
        "ISC AND (Apache-2.0 OR ISC) AND MIT",
        "Apache-2.0 WITH LLVM-exception OR MIT",
        "MIT AND (GPL-3.0 OR (Zlib AND ISC))",
    ] {
        assert!(accepted(fine), "{fine}");
    }
    for not_fine in [
        "GPL-3.0",
        "MIT AND GPL-3.0",
        "(MIT OR ISC) AND MPL-2.0",
        "no licence",
        "",
        "MIT WITH surprises",
        "(MIT",
    ] {
        assert!(!accepted(not_fine), "{not_fine}");
    }
}

/// Whether the terms of an SPDX expression can be met. Old manifests write `/` for `OR`.
fn accepted(expression: &str) -> bool {
    let spaced = expression
        .replace('/', " OR ")
        .replace('(', " ( ")
        .replace(')', " ) ");
    let words: Vec<&str> = spaced.split_whitespace().collect();
    let mut rest = words.as_slice();
    either(&mut rest) && rest.is_empty()
}

/// `a OR b`, where `AND` binds tighter. All of it is read, whatever is found.
fn either(words: &mut &[&str]) -> bool {
    let mut fine = both(words);
    while let ["OR", rest @ ..] = *words {
        *words = rest;
        fine |= both(words);
    }
    fine
}

fn both(words: &mut &[&str]) -> bool {
    let mut fine = one(words);
    while let ["AND", rest @ ..] = *words {
        *words = rest;
        fine &= one(words);
    }
    fine
}

fn one(words: &mut &[&str]) -> bool {
    match *words {
        ["(", rest @ ..] => {
            *words = rest;
            let fine = either(words);
            match *words {
                [")", rest @ ..] => {
                    *words = rest;
                    fine
                }
                _ => false,
            }
        }
        [licence, "WITH", exception, rest @ ..] => {
            *words = rest;
            LICENCES.contains(&format!("{licence} WITH {exception}").as_str())
        }
        [licence, rest @ ..] => {
            *words = rest;
            LICENCES.contains(licence)
        }
        [] => false,
    }
}

fn metadata() -> Value {
    serde_json::from_str(&cargo(&["metadata", "--format-version", "1"])).expect("cargo prints JSON")
}

fn packages(metadata: &Value) -> &[Value] {
    metadata["packages"].as_array().expect("a list of packages")
}

fn text<'a>(package: &'a Value, key: &str) -> &'a str {
    package[key].as_str().expect("a text")
}

fn cargo(arguments: &[&str]) -> String {
    let output = Command::new(env!("CARGO"))
        .args(arguments)
        .arg("--locked")
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .output()
        .expect("cargo starts");
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    String::from_utf8(output.stdout).expect("cargo prints UTF-8")
}
