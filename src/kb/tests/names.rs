//! The list of other names, as a folder holds it.

use super::{desk, write};
use crate::kb::{Kb, Reader, Verdict};

fn first(kb: &Kb, question: &str) -> Option<String> {
    let answer = kb.answer(question);
    let found = answer
        .matches
        .first()
        .filter(|_| answer.verdict == Verdict::Sure)?;
    Some(found.article.id.to_string())
}

#[test]
fn other_names_hold_for_every_question_and_are_told() {
    let (folder, kb) = desk();
    assert_eq!(first(&kb, "my zorgon is jammed"), None);
    write(
        folder.path(),
        "aliases",
        "# Other names\n\nzorgon = printer\nlarkpass = password, passphrase\noutlook = mail\n",
    );
    kb.reload();
    assert_eq!(
        (kb.len(), kb.aliases()),
        (super::ARTICLES.len(), 3),
        "the list is no article"
    );
    for (question, expected) in [
        ("my zorgon is jammed", "printing/paper-jam"),
        ("my zorgonn is jammed", "printing/paper-jam"),
        ("i forgot my larkpass", "accounts/reset-password"),
        ("VPN does not connect", "network/vpn"),
        ("new signature in outlook", "mail/signature"),
    ] {
        assert_eq!(
            first(&kb, question).as_deref(),
            Some(expected),
            "{question}"
        );
    }
    let heard = kb.answer("my zorgon is jammed").heard;
    assert_eq!(heard.aliases, [("zorgon".to_owned(), "printer".to_owned())]);
    assert_eq!(heard.unknown, [""; 0]);
    assert_eq!(heard.corrected, []);
    let found = kb.search(Reader::EVERYBODY, "larkpass", 3);
    assert_eq!(found[0].article.id.as_str(), "accounts/reset-password");
}

#[test]
fn a_name_that_articles_have_is_looked_for_first() {
    let (folder, kb) = desk();
    let before = kb.answer("paper stuck in the printer");
    write(folder.path(), "aliases", "printer = signature\n");
    kb.reload();
    let now = kb.answer("paper stuck in the printer");
    assert_eq!(now.verdict, Verdict::Sure);
    assert_eq!(now.matches[0].article.id, before.matches[0].article.id);
    assert_eq!(
        now.heard.aliases,
        [("printer".to_owned(), "signature".to_owned())]
    );
    assert!((0.0..=1.0).contains(&now.confidence));
}

#[test]
fn a_broken_list_keeps_its_last_good_version() {
    let (folder, kb) = desk();
    write(folder.path(), "aliases", "zorgon = printer\nsplat : jam\n");
    let loaded = kb.reload();
    // Nothing good is known yet, so the good lines hold.
    assert!(!loaded.kept_aliases && loaded.is_degraded());
    assert_eq!(
        loaded.findings[0].to_string(),
        "aliases.md:2: error: This is no alias. Write it as \"vpn = globalprotect\", or begin the line with \">\" if it is for people."
    );
    assert!(first(&kb, "my zorgon is jammed").is_some());
    write(
        folder.path(),
        "aliases",
        "zorgon = printer\nlarkpass = password\n",
    );
    assert!(!kb.reload().is_degraded());
    write(
        folder.path(),
        "aliases",
        "zorgon printer\nlarkpass = password\n",
    );
    let loaded = kb.reload();
    assert!(loaded.kept_aliases && loaded.is_degraded());
    assert!(first(&kb, "my zorgon is jammed").is_some());
    std::fs::remove_file(folder.path().join("aliases.md")).expect("it was there");
    assert!(
        kb.is_outdated() || kb.is_outdated(),
        "a list that is gone is noticed"
    );
    assert!(!kb.reload().is_degraded());
    assert_eq!(first(&kb, "my zorgon is jammed"), None);
}
