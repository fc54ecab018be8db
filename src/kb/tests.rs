//! The room as a whole: a folder in, answers out.

use super::{ArticleId, Kb, Reader, Verdict};
use std::fs;
use std::path::Path;
use tempfile::TempDir;

mod languages;
mod many;
mod names;

/// A small desk's articles: name, front matter, body.
const ARTICLES: [(&str, &str, &str); 8] = [
    (
        "network/vpn",
        "title: Connect to the VPN\ntags: [vpn, remote]\nasks:\n  - vpn does not connect\n  - how do i work from home\naliases: [globalprotect]",
        "Use the VPN to reach the office network from elsewhere.\n\n## Check first\n\n- You are online.\n\n## Steps\n\n\
         1. Open **GlobalProtect**.\n2. Choose **Connect**.\n3. Approve the sign-in on your phone.\n\n## Open a ticket when\n\nThe gateway is unreachable.",
    ),
    (
        "network/wifi",
        "title: Join the office Wi-Fi\nasks: [wifi does not work, no wireless network]",
        "## Steps\n\n1. Choose the network **Office**.\n2. Sign in with your account.",
    ),
    (
        "accounts/reset-password",
        "title: Reset a forgotten password\nsummary: Get a new password by yourself.\nasks: [forgot my password, cannot log in]",
        "## Steps\n\n1. Open the portal.\n2. Choose **Forgotten password**.\n3. Follow the link in the text message.",
    ),
    (
        "accounts/account-locked",
        "title: Unlock an account after too many attempts\nasks: [my account is locked]",
        "Wait 15 minutes, then sign in again.",
    ),
    (
        "printing/paper-jam",
        "title: Clear a paper jam\nasks: [printer is jammed, paper stuck in the printer]",
        "## Steps\n\n1. Open the front cover of the printer.\n2. Pull the paper out slowly.",
    ),
    (
        "printing/add-printer",
        "title: Add a printer\nasks: [how do i install a printer, no printer to choose from]",
        "1. Open the settings.\n2. Choose **Add printer**.",
    ),
    (
        "mail/signature",
        "title: Change the signature of your mail\nasks: [new signature in outlook]",
        "1. Open Outlook's options.\n2. Choose **Signatures**.",
    ),
    (
        "devices/slow",
        "title: The computer is slow\nasks: [laptop very slow, everything hangs]",
        "1. Restart it.\n2. Close programs that you do not need.",
    ),
];

fn desk() -> (TempDir, Kb) {
    let folder = tempfile::tempdir().expect("a folder");
    for (name, front, body) in ARTICLES {
        write(folder.path(), name, &format!("---\n{front}\n---\n{body}\n"));
    }
    let kb = Kb::open(folder.path());
    assert_eq!(kb.len(), ARTICLES.len());
    (folder, kb)
}

fn write(folder: &Path, name: &str, text: &str) {
    let file = folder.join(name).with_extension("md");
    fs::create_dir_all(file.parent().expect("a file lies in a folder")).expect("a folder");
    fs::write(file, text).expect("a file");
}

#[test]
fn answers_what_it_knows() {
    let (_folder, kb) = desk();
    for (question, expected) in [
        ("VPN does not connect", "network/vpn"),
        (
            "Hi team, GlobalProtect won't connect from home\n\nRegards,\nEve",
            "network/vpn",
        ),
        ("wi-fi", "network/wifi"),
        ("the wifi doesn't work", "network/wifi"),
        ("I forgot my password", "accounts/reset-password"),
        ("i forgot my pasword", "accounts/reset-password"),
        ("my account is locked out", "accounts/account-locked"),
        ("Paper stuck in printer!!", "printing/paper-jam"),
        ("how to install printers", "printing/add-printer"),
        ("ＯＵＴＬＯＯＫ signature", "mail/signature"),
    ] {
        let answer = kb.answer(question);
        assert_eq!(answer.verdict, Verdict::Sure, "{question}: {answer:#?}");
        assert_eq!(
            answer.matches[0].article.id.as_str(),
            expected,
            "{question}"
        );
        assert!((answer.confidence - answer.matches[0].confidence).abs() < f64::EPSILON);
    }
}

#[test]
fn only_what_is_no_word_is_taken_for_another() {
    let (_folder, kb) = desk();
    let corrected = |question: &str| kb.answer(question).heard.corrected;
    let slip = [("puwl".to_owned(), "pull".to_owned())];
    assert_eq!(corrected("how do i puwl the paper out"), slip);
    // No article is about one, and it is as near to "pull".
    let heard = kb.answer("how do i keep the bull out").heard;
    assert_eq!(heard.corrected, []);
    assert!(heard.unknown.contains(&"bull".to_owned()), "{heard:?}");
}

#[test]
fn says_when_it_does_not_know() {
    let (_folder, kb) = desk();
    for (question, verdict) in [
        (
            "what time does the canteen open on fridays",
            Verdict::Unknown,
        ),
        ("who won the match yesterday", Verdict::Unknown),
        (
            "please order a taxi to the airport for my customer",
            Verdict::Unknown,
        ),
        ("Wie wird das Wetter morgen in Köln?", Verdict::Unknown),
        ("明日の天気は", Verdict::Unknown),
        ("printer", Verdict::Maybe),
        ("hello", Verdict::SmallTalk),
        ("thanks a lot", Verdict::SmallTalk),
        ("", Verdict::Empty),
        ("can you do it", Verdict::Empty),
    ] {
        let answer = kb.answer(question);
        assert_eq!(answer.verdict, verdict, "{question}: {answer:#?}");
    }
}

#[test]
fn shows_the_steps() {
    let (_folder, kb) = desk();
    let answer = kb.answer("vpn does not connect");
    let extract = &answer.matches[0].extract;
    assert_eq!(extract.heading.as_deref(), Some("Steps"));
    assert_eq!(
        extract.text,
        "1. Open **GlobalProtect**.\n2. Choose **Connect**.\n3. Approve the sign-in on your phone."
    );
    assert!(!extract.goes_on);
}

#[test]
fn shows_the_steps_also_when_another_section_sounds_more_like_the_question() {
    let (_folder, kb) = desk();
    let answer = kb.answer("vpn gateway unreachable from elsewhere");
    let found = &answer.matches[0];
    assert_eq!(found.article.id.as_str(), "network/vpn");
    assert_eq!(found.extract.heading.as_deref(), Some("Steps"));
}

#[test]
fn gives_the_same_answer_every_time() {
    let (folder, kb) = desk();
    let other = Kb::open(folder.path());
    for question in [
        "printer",
        "password account",
        "open",
        "choose the network",
        "sign in",
    ] {
        let first = kb.answer(question);
        assert_eq!(first, kb.answer(question));
        assert_eq!(first, other.answer(question));
        assert!(first.matches.len() <= 10);
        assert!(first.matches.is_sorted_by(|a, b| a.score >= b.score));
        for found in &first.matches {
            assert!((0.0..=1.0).contains(&found.confidence));
        }
    }
}

#[test]
fn searches_for_bare_words() {
    let (_folder, kb) = desk();
    let found = kb.search(Reader::ALL, "printer", 5);
    let names: Vec<&str> = found
        .iter()
        .map(|found| found.article.id.as_str())
        .collect();
    assert_eq!(names.len(), 2, "{names:?}");
    assert!(names.iter().all(|name| name.starts_with("printing/")));
    assert_eq!(kb.search(Reader::ALL, "printer", 1).len(), 1);
    assert_eq!(kb.search(Reader::ALL, "printer", 0).len(), 0);
    assert_eq!(kb.search(Reader::ALL, "", 5).len(), 0);
    assert_eq!(kb.search(Reader::ALL, "NEAR(\"* OR title:x", 5).len(), 0);
}

#[test]
fn finds_articles_by_name() {
    let (_folder, kb) = desk();
    let id = ArticleId::new("network/vpn");
    let article = kb.article(&id).expect("it is served");
    assert_eq!(article.title, "Connect to the VPN");
    assert_eq!(
        article.body.lines().next(),
        Some("Use the VPN to reach the office network from elsewhere.")
    );
    assert_eq!(kb.article(&ArticleId::new("../network/vpn")), None);
    assert!(kb.articles().is_sorted_by(|a, b| a.id < b.id));
}

#[test]
fn a_broken_file_keeps_its_last_good_version() {
    let (folder, kb) = desk();
    let before = kb.answer("vpn does not connect");
    write(folder.path(), "network/vpn", "---\ntitle: [\n---\n");
    write(folder.path(), "network/new", "no front matter");
    let loaded = kb.reload();
    assert_eq!(loaded.served, ARTICLES.len());
    assert_eq!(loaded.kept, [ArticleId::new("network/vpn")]);
    assert_eq!(loaded.left_out, [Path::new("network/new.md")]);
    assert!(loaded.is_degraded());
    assert_eq!(kb.answer("vpn does not connect"), before);

    write(
        folder.path(),
        "network/vpn",
        "---\ntitle: Connect with Tunnel\n---\nOpen Tunnel.\n",
    );
    fs::remove_file(folder.path().join("network/new.md")).expect("it was there");
    let loaded = kb.reload();
    assert!(!loaded.is_degraded(), "{loaded:#?}");
    let article = kb
        .article(&ArticleId::new("network/vpn"))
        .expect("it is served");
    assert_eq!(article.title, "Connect with Tunnel");
}

#[test]
fn a_file_that_is_gone_is_gone_but_a_folder_is_not() {
    let (folder, kb) = desk();
    fs::remove_file(folder.path().join("network/vpn.md")).expect("it was there");
    assert_eq!(kb.reload().served, ARTICLES.len() - 1);
    assert_eq!(kb.article(&ArticleId::new("network/vpn")), None);

    let away = folder.path().with_extension("away");
    fs::rename(folder.path(), &away).expect("it can be renamed");
    let loaded = kb.reload();
    assert!(loaded.kept_all && loaded.is_degraded());
    assert_eq!(loaded.served, ARTICLES.len() - 1);
    fs::create_dir(folder.path()).expect("a folder");
    assert!(kb.reload().kept_all);
    assert_eq!(kb.answer("I forgot my password").verdict, Verdict::Sure);
    fs::remove_dir_all(&away).expect("it was there");
}

#[test]
fn a_title_stays_with_the_article_that_had_it() {
    let (folder, kb) = desk();
    write(
        folder.path(),
        "a-copy",
        "---\ntitle: connect to the vpn\n---\nText.\n",
    );
    let loaded = kb.reload();
    assert_eq!(loaded.left_out, [Path::new("a-copy.md")]);
    assert!(kb.article(&ArticleId::new("network/vpn")).is_some());
}

#[test]
fn starts_without_a_folder_and_fills_up_later() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("kb");
    let kb = Kb::open(&path);
    assert!(kb.is_empty() && kb.loaded().is_degraded() && !kb.loaded().kept_all);
    assert_eq!(kb.answer("vpn").verdict, Verdict::Unknown);
    write(&path, "vpn", "---\ntitle: VPN\n---\nConnect.\n");
    assert_eq!(kb.reload().served, 1);
    assert_eq!(kb.answer("vpn").matches.len(), 1);
}

#[test]
fn an_article_for_technicians_is_kept_from_others() {
    let (folder, kb) = desk();
    write(
        folder.path(),
        "network/gateway",
        "---\ntitle: Restart the VPN gateway\nasks: [restart the vpn gateway]\ntier: L2\n---\n1. Sign in to the gateway.\n",
    );
    kb.reload();
    let id = "network/gateway";
    let found = |reader| {
        let answer = kb.answer_to(reader, "restart the vpn gateway");
        let in_search = kb.search(reader, "gateway", 10);
        let all = answer.matches.iter().chain(&in_search);
        let met = all.filter(|found| found.article.id.as_str() == id).count();
        (answer.verdict == Verdict::Sure && met > 0, met)
    };
    assert_eq!(found(Reader::ALL), (true, 2));
    assert_eq!(found(Reader::EVERYBODY), (false, 0));
}

#[test]
fn notices_what_is_saved_once_nobody_saves_any_more() {
    let (folder, kb) = desk();
    assert!(!kb.is_outdated(), "it was just read");
    write(folder.path(), "network/new", "---\ntitle: New\n---\nNew.\n");
    assert!(!kb.is_outdated(), "somebody may still be writing");
    assert!(kb.is_outdated());
    assert!(kb.is_outdated(), "it stays so until it is read");
    kb.reload();
    assert!(!kb.is_outdated());
    // The same length, and the same name.
    write(folder.path(), "network/new", "---\ntitle: Old\n---\nNew.\n");
    assert!(!kb.is_outdated() && kb.is_outdated());
    kb.reload();
    fs::remove_file(folder.path().join("network/new.md")).expect("it was there");
    assert!(!kb.is_outdated() && kb.is_outdated());
    // What is no article changes nothing.
    kb.reload();
    fs::write(folder.path().join("notes.txt"), "notes").expect("a file");
    assert!(!kb.is_outdated() && !kb.is_outdated());
    fs::remove_dir_all(folder.path()).expect("it was there");
    assert!(!kb.is_outdated() && kb.is_outdated());
    kb.reload();
    assert!(!kb.is_outdated() && !kb.is_outdated());
    assert_eq!(kb.len(), ARTICLES.len());
}

#[test]
fn is_read_again_while_it_answers() {
    let (folder, kb) = desk();
    std::thread::scope(|scope| {
        let asking = scope.spawn(|| {
            for _ in 0..200 {
                assert_eq!(kb.answer("I forgot my password").verdict, Verdict::Sure);
            }
        });
        for round in 0..5 {
            write(
                folder.path(),
                "network/vpn",
                &format!("---\ntitle: VPN {round}\n---\n"),
            );
            kb.reload();
        }
        asking.join().expect("every question was answered");
    });
}

/// Pieces of which odd files and odd questions are made.
const PIECES: [&str; 44] = [
    "---\n",
    "---",
    "title: x\n",
    "title: ",
    "tags: [a, b]\n",
    "asks:\n  - why\n",
    "tier: L1\n",
    "# ",
    "## Steps\n",
    "\n",
    "\n\n",
    "\r\n",
    "1. open\n",
    "- ",
    "  - nested\n",
    "    ",
    "\t",
    "> ",
    "```\n",
    "`",
    "**",
    "[a](b.md)",
    "[",
    "](",
    ")",
    "![",
    "<b>",
    "<!-- ",
    "&amp;",
    "\\",
    "| a | b |\n| - | - |\n",
    "\u{0}",
    "\u{202e}",
    "\u{200b}",
    "\u{feff}",
    "é",
    "漢字",
    "🙂",
    "ß",
    "@everyone",
    "printer ",
    "password ",
    "reset your password in the portal. ",
    "::::",
];

/// A generator of which the same seed always gives the same (xorshift).
struct Chance(u64);

impl Chance {
    fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % limit as u64).expect("it is below a usize")
    }

    fn text(&mut self, most: usize) -> String {
        let count = self.below(most);
        (0..count)
            .map(|_| PIECES[self.below(PIECES.len())])
            .collect()
    }
}

fn fold_blanks(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[test]
fn withstands_whatever_files_and_questions_hold() {
    let mut chance = Chance(0x0dd5_eed5);
    let folder = tempfile::tempdir().expect("a folder");
    for number in 0..400 {
        let mut text = chance.text(60);
        if number % 2 == 0 {
            // Without harmful characters and with a title of its own, so that many are served.
            text.retain(|c| !matches!(c, '\0' | '\u{202e}' | '@'));
            text = format!("---\ntitle: odd {number}\n---\n{text}");
        }
        let cut = (0..=text.len().min(chance.below(4_000)))
            .rev()
            .find(|&at| text.is_char_boundary(at))
            .unwrap_or(0);
        write(folder.path(), &format!("odd-{number}"), &text[..cut]);
    }
    let kb = Kb::open(folder.path());
    assert!(kb.len() > 50, "only {} are served", kb.len());
    for finding in &kb.loaded().findings {
        let text = fs::read_to_string(folder.path().join(&finding.path)).unwrap_or_default();
        let lines = text.split('\n').count();
        assert!(
            finding
                .line
                .is_none_or(|line| line >= 1 && line as usize <= lines),
            "{finding}"
        );
    }
    for article in kb.articles() {
        let body = fold_blanks(&article.body);
        for section in &article.sections {
            assert!(body.contains(&fold_blanks(&section.text)), "{}", article.id);
        }
    }
    for _ in 0..300 {
        let question = chance.text(40);
        for found in kb.answer(&question).matches {
            let extract = fold_blanks(&found.extract.text);
            assert!(
                fold_blanks(&found.article.body).contains(&extract),
                "{}",
                found.article.id
            );
            assert!(found.extract.text.chars().count() <= super::extract::LONGEST_EXTRACT);
        }
    }
}

#[test]
fn reads_endless_files_in_bearable_time() {
    let folder = tempfile::tempdir().expect("a folder");
    let line_of = |piece: &str| format!("{}\n", piece.repeat(3_900 / piece.len()));
    let mut nested = String::new();
    for depth in 0..900 {
        nested.push_str(&format!("{}- a\n", "  ".repeat(depth)));
    }
    let mut number = 0;
    for piece in [
        "[", "![", "<", "> ", "- ", "`", "*a ", "[a](b", "<a ", "&#x", "|", "~~", "a **b_ ",
    ] {
        number += 1;
        let text = line_of(piece).repeat(40);
        write(
            folder.path(),
            &format!("endless-{number}"),
            &format!("---\ntitle: e{number}\n---\n{text}"),
        );
    }
    let links: String = (0..20_000)
        .map(|at| format!("- [link {at}](to-{at}.md)\n"))
        .collect();
    write(
        folder.path(),
        "links",
        &format!("---\ntitle: links\n---\n{links}"),
    );
    write(
        folder.path(),
        "nested",
        &format!("---\ntitle: nested\n---\n{nested}"),
    );
    let begun = std::time::Instant::now();
    let kb = Kb::open(folder.path());
    let taken = begun.elapsed();
    assert!(taken.as_secs() < 60, "it took {taken:?}");
    assert!(kb.len() + kb.loaded().left_out.len() == 15);
    kb.answer("link");
}
