//! Folders as they are met, and folders that mean harm.

use super::*;
use std::os::unix::fs::symlink;
use std::os::unix::net::UnixListener;

fn write(folder: &Path, path: &str, text: impl AsRef<[u8]>) {
    let file = folder.join(path);
    let parent = file.parent().expect("a file lies in a folder");
    fs::create_dir_all(parent).expect("a folder");
    fs::write(file, text).expect("a file");
}

fn article(title: &str, body: &str) -> String {
    format!("---\ntitle: {title}\n---\n{body}\n")
}

/// The names of what is served, and what is said about the rest.
fn look(folder: &Path) -> (Vec<String>, Vec<String>) {
    let mut contents = read(folder);
    refuse_duplicates(&mut contents, |_| false);
    let served = contents
        .files
        .iter()
        .filter_map(|file| file.article.as_ref());
    let errors = contents
        .findings
        .iter()
        .filter(|finding| finding.is_error());
    (
        served.map(|article| article.id.to_string()).collect(),
        errors.map(Finding::to_string).collect(),
    )
}

#[test]
fn reads_subfolders_and_skips_what_is_no_article() {
    let folder = tempfile::tempdir().expect("a folder");
    let root = folder.path();
    write(root, "vpn.md", article("VPN", ""));
    write(root, "network/wifi.slow.md", article("Wi-Fi", ""));
    write(root, "README.md", "no front matter");
    write(root, "network/readme.md", "no front matter");
    write(root, ".hidden.md", "x");
    write(root, ".git/a.md", "x");
    write(root, "picture.png", [0xff, 0xd8, 0]);
    let (served, errors) = look(root);
    assert_eq!(served, ["network/wifi.slow", "vpn"]);
    assert_eq!(errors, [""; 0]);
}

#[test]
fn says_when_there_is_nothing() {
    let folder = tempfile::tempdir().expect("a folder");
    for path in [folder.path().join("missing"), folder.path().to_owned()] {
        let (served, errors) = look(&path);
        assert_eq!(served, [""; 0]);
        assert_eq!(errors.len(), 1, "{errors:?}");
        assert!(errors[0].starts_with(".: error: The folder "), "{errors:?}");
    }
    write(folder.path(), "file", "x");
    assert_eq!(look(&folder.path().join("file")).1.len(), 1);
}

#[test]
fn leaves_out_what_cannot_be_read_and_serves_the_rest() {
    let folder = tempfile::tempdir().expect("a folder");
    let root = folder.path();
    write(root, "good.md", article("Good", "text"));
    write(root, "latin1.md", b"---\ntitle: x\n---\ncaf\xe9\n");
    write(
        root,
        "binary.md",
        (0..=255).cycle().take(4_000).collect::<Vec<u8>>(),
    );
    write(root, "nul.md", article("Nul", "a\0b"));
    write(root, "plain.md", "# No front matter\n");
    write(root, "SHOUT.MD", article("Shout", ""));
    write(root, "empty.md", "");
    let big = File::create(root.join("big.md")).expect("a file");
    big.set_len(50 * 1024 * 1024).expect("a sparse file");
    let _socket = UnixListener::bind(root.join("socket.md")).expect("a socket");
    let (served, errors) = look(root);
    assert_eq!(served, ["good"]);
    for name in [
        "latin1.md:4: ",
        "binary.md:",
        "nul.md:4: ",
        "plain.md:1: ",
        "SHOUT.MD: ",
        "empty.md:1: ",
        "big.md: ",
        "socket.md: ",
    ] {
        assert!(
            errors.iter().any(|error| error.starts_with(name)),
            "nothing about {name}: {errors:#?}"
        );
    }
}

#[test]
fn follows_no_link_out_of_the_folder_and_into_no_loop() {
    let outside = tempfile::tempdir().expect("a folder");
    write(outside.path(), "secret.md", article("Secret", ""));
    let folder = tempfile::tempdir().expect("a folder");
    let root = folder.path();
    write(root, "good.md", article("Good", ""));
    write(root, ".hidden/mounted.md", article("Mounted", ""));
    symlink(outside.path().join("secret.md"), root.join("out.md")).expect("a link");
    symlink(outside.path(), root.join("elsewhere")).expect("a link");
    symlink(root, root.join("loop")).expect("a link");
    symlink("self.md", root.join("self.md")).expect("a link");
    symlink("gone.md", root.join("dead.md")).expect("a link");
    symlink("good.md", root.join("again.md")).expect("a link");
    symlink(".hidden/mounted.md", root.join("mounted.md")).expect("a link");
    let (served, errors) = look(root);
    assert_eq!(served, ["good", "mounted"]);
    let about: Vec<&str> = errors
        .iter()
        .filter_map(|error| error.split(':').next())
        .collect();
    assert_eq!(about, ["dead.md", "elsewhere", "out.md", "self.md"]);
}

#[test]
fn looks_links_up() {
    let folder = tempfile::tempdir().expect("a folder");
    let root = folder.path();
    write(root, "a b.md", article("Target", ""));
    write(root, "deep/x.png", "");
    for (link, said) in [
        ("a%20b.md", None),
        ("a%20b.md#steps", None),
        ("./deep/x.png", None),
        ("deep/../a%20b.md", None),
        ("gone.md", Some((Kind::DeadLink, Severity::Warning))),
        ("deep/gone.png", Some((Kind::DeadLink, Severity::Warning))),
        ("../a.md", Some((Kind::UnsafeLink, Severity::Error))),
        ("deep/../../a.md", Some((Kind::UnsafeLink, Severity::Error))),
        ("%2e%2e/a.md", Some((Kind::UnsafeLink, Severity::Error))),
        ("/etc/hosts", Some((Kind::UnsafeLink, Severity::Error))),
    ] {
        write(
            root,
            "from.md",
            article("From", &format!("\n[here]({link})")),
        );
        let contents = read(root);
        let found = contents
            .findings
            .iter()
            .find(|finding| finding.line == Some(5))
            .map(|finding| (finding.kind, finding.severity));
        assert_eq!(found, said, "{link}");
    }
}

#[test]
fn gives_each_title_to_one_article() {
    let folder = tempfile::tempdir().expect("a folder");
    let root = folder.path();
    write(root, "a.md", article("Reset it", ""));
    write(root, "b.md", article("RESET IT", ""));
    write(root, "c.md", article("Another", ""));
    let (served, errors) = look(root);
    assert_eq!(served, ["a", "c"]);
    assert_eq!(
        errors,
        ["b.md: error: The title \"RESET IT\" is already that of a.md. Give each article its own."]
    );
    let mut contents = read(root);
    refuse_duplicates(&mut contents, |article| article.id.as_str() == "b");
    assert!(contents.files[0].article.is_none());
    assert!(contents.files[1].article.is_some());
}

#[test]
fn reads_percent_signs_as_they_are_meant() {
    for (written, read) in [
        ("a%20b", "a b"),
        ("100%", "100%"),
        ("%zz%41", "%zzA"),
        ("%e4%bd%a0", "你"),
        ("%", "%"),
    ] {
        assert_eq!(decode_percent(written), read);
    }
}
