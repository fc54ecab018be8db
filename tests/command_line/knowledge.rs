//! Questions and articles at the terminal: `ask` and `kb`.

use std::fs;

use serde_json::{Value, json};

use super::{deskhand, deskhand_told, empty_folder, small_knowledge_base};

#[test]
fn ask_prints_title_steps_source_and_how_sure_it_is() {
    let folder = small_knowledge_base();
    let ran = deskhand(folder.path(), &[], &["ask", "the vpn does not connect"]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    let lines: Vec<&str> = ran.stdout.lines().collect();
    assert_eq!(lines[0], "Connect to the VPN", "{}", ran.stdout);
    assert!(
        lines[1].starts_with("kb/network/vpn.md · this "),
        "{}",
        ran.stdout
    );
    assert!(
        lines.contains(&"  2. Choose the gateway **Automatic**."),
        "{}",
        ran.stdout
    );
    assert!(
        !ran.stdout.contains('\u{1b}'),
        "no colours where there is no terminal"
    );
}

#[test]
fn ask_says_which_words_it_took_for_others() {
    let folder = small_knowledge_base();
    let ran = deskhand(folder.path(), &[], &["ask", "the vpn does not conncet"]);
    let said = "\nI read “conncet” as “connect”.\n";
    assert!(ran.stdout.contains(said), "{}", ran.stdout);
}

#[test]
fn ask_takes_a_question_without_quotes_and_abstains_where_nothing_fits() {
    let folder = small_knowledge_base();
    let ran = deskhand(
        folder.path(),
        &[],
        &["ask", "the", "vpn", "does", "not", "connect"],
    );
    assert!(
        ran.stdout.starts_with("Connect to the VPN\n"),
        "{}",
        ran.stdout
    );
    let ran = deskhand(
        folder.path(),
        &[],
        &["ask", "who won the football championship in 1954"],
    );
    assert_eq!(ran.code, 0);
    assert!(
        ran.stdout.starts_with("No article answers this."),
        "{}",
        ran.stdout
    );
}

#[test]
fn kb_check_counts_and_exits_with_1_only_for_errors() {
    let folder = small_knowledge_base();
    let ran = deskhand(folder.path(), &[], &["kb", "check"]);
    assert_eq!(
        (ran.code, ran.stdout.as_str()),
        (
            0,
            "kb: 3 articles can be served; nothing to mend.\nTaken for: English 3.\n"
        )
    );

    fs::write(
        folder.path().join("kb/bare.md"),
        "---\ntitle: Only a title\n---\nText.\n",
    )
    .expect("written");
    let ran = deskhand(folder.path(), &[], &["kb", "check"]);
    assert_eq!(ran.code, 0, "{}", ran.stdout);
    assert!(
        ran.stdout.contains("bare.md") && ran.stdout.contains(": warning: "),
        "{}",
        ran.stdout
    );
    assert!(
        ran.stdout
            .ends_with(", no errors.\nTaken for: English 4.\n"),
        "{}",
        ran.stdout
    );

    fs::write(folder.path().join("kb/broken.md"), "no front matter\n").expect("written");
    let ran = deskhand(folder.path(), &[], &["kb", "check"]);
    assert_eq!(ran.code, 1, "{}", ran.stdout);
    assert!(
        ran.stdout.contains("broken.md") && ran.stdout.contains(": error: "),
        "{}",
        ran.stdout
    );
    assert!(
        ran.stdout.contains("4 articles can be served; 1 error"),
        "{}",
        ran.stdout
    );
}

#[test]
fn kb_check_says_which_languages_it_met_and_what_is_wrong_with_the_other_names() {
    let folder = small_knowledge_base();
    fs::write(
        folder.path().join("kb/drucker.md"),
        "---\ntitle: Der Drucker druckt nichts\n---\nLöschen Sie alle Druckaufträge und schalten Sie ihn aus.\n",
    )
    .expect("written");
    let aliases = folder.path().join("kb/aliases.md");
    fs::write(&aliases, "# Other names\n\nzorgon = printer\n").expect("written");
    let ran = deskhand(folder.path(), &[], &["kb", "check"]);
    assert_eq!(ran.code, 0, "{}", ran.stdout);
    assert!(
        ran.stdout.ends_with(
            "Taken for: English 3, German 1 (drucker.md).\nOther names: 1 thing has some, in aliases.md.\n"
        ),
        "{}",
        ran.stdout
    );
    let ran = deskhand(
        folder.path(),
        &[],
        &["kb", "explain", "the zorgon is jammed"],
    );
    assert!(
        ran.stdout.contains("other names: zorgon (also printer)\n"),
        "{}",
        ran.stdout
    );
    fs::write(&aliases, "zorgon = printer\n\nvpn : tunnel\n").expect("written");
    let ran = deskhand(folder.path(), &[], &["kb", "check"]);
    assert_eq!(ran.code, 1, "{}", ran.stdout);
    assert!(
        ran.stdout
            .contains("aliases.md:3: error: This is no alias."),
        "{}",
        ran.stdout
    );
}

#[test]
fn a_broken_article_is_logged_as_json_on_request_and_the_rest_answers() {
    let folder = small_knowledge_base();
    fs::write(folder.path().join("kb/broken.md"), "no front matter\n").expect("written");
    let ran = deskhand(
        folder.path(),
        &[("DESKHAND_LOG_FORMAT", "json")],
        &["ask", "the vpn does not connect"],
    );
    assert!(
        ran.stdout.starts_with("Connect to the VPN\n"),
        "{}",
        ran.stdout
    );
    let line: Value =
        serde_json::from_str(ran.stderr.lines().next().expect("a log line")).expect("JSON");
    assert_eq!(
        (&line["level"], &line["kb.left_out"]),
        (&"WARN".into(), &1.into()),
        "{line}"
    );
}

#[test]
fn ask_in_a_batch_answers_each_line_alone_and_in_order() {
    let folder = small_knowledge_base();
    let ran = deskhand_told(
        folder.path(),
        &[],
        &["ask", "--batch", "--kb", "kb"],
        "{\"id\":\"a\",\"q\":\"the vpn does not connect\"}\n\n{\"id\":2,\"q\":\"hello\"}\n{\"id\":3,\"q\":\"football\"}\n",
    );
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    let lines: Vec<Value> = ran
        .stdout
        .lines()
        .map(|line| serde_json::from_str(line).expect("JSON"))
        .collect();
    assert_eq!(lines.len(), 3);
    let [known, talk, unknown] = [&lines[0], &lines[1], &lines[2]];
    assert_eq!(known["id"], "a");
    assert_eq!(
        known["results"][0],
        json!({ "file": "network/vpn.md", "section": "Steps" })
    );
    assert_eq!(known["answer"], true);
    assert_eq!(known["encoder"], "none");
    let confidence = known["confidence"].as_f64().expect("a number");
    assert!((0.5..=1.0).contains(&confidence), "{confidence}");
    let text = known["text"].as_str().expect("an extract");
    assert!(text.starts_with("1. Open the VPN client."), "{text}");
    assert_eq!(
        (&talk["id"], &talk["results"], &talk["answer"]),
        (&json!(2), &json!([]), &json!(false))
    );
    assert_eq!(
        (&unknown["id"], &unknown["answer"]),
        (&json!(3), &json!(false))
    );
}

#[test]
fn ask_in_a_batch_names_the_line_that_is_no_question_and_takes_no_question_beside_it() {
    let folder = small_knowledge_base();
    let told = "{\"id\":1,\"q\":\"vpn\"}\nvpn\n";
    let ran = deskhand_told(folder.path(), &[], &["ask", "--batch"], told);
    assert_eq!(ran.code, 1);
    assert_eq!(ran.stdout.lines().count(), 1);
    assert!(
        ran.stderr.contains("line 2 is no question"),
        "{}",
        ran.stderr
    );
    assert_eq!(
        deskhand(folder.path(), &[], &["ask", "--batch", "vpn"]).code,
        2
    );
}

/// Four questions about the small knowledge base, of which one asks for an article that it answers with another.
const QUESTIONS: &str = "{\"id\":\"q1\",\"q\":\"the vpn does not connect\",\"gold\":\"vpn.md\",\"set\":\"chat\"}\n\
    {\"id\":\"q2\",\"q\":\"the printer is jammed\",\"gold\":\"jam.md\",\"set\":\"chat\"}\n\
    {\"id\":\"q3\",\"q\":\"connect to the vpn\",\"gold\":\"away.md\",\"set\":\"chat\"}\n\
    {\"id\":\"q4\",\"q\":\"who won the football championship\",\"gold\":null,\"set\":\"far\"}\n";

#[test]
fn kb_eval_prints_figures_and_misses_for_people_and_for_programs() {
    let folder = small_knowledge_base();
    fs::write(folder.path().join("q.jsonl"), QUESTIONS).expect("the questions are written");
    let ran = deskhand(
        folder.path(),
        &[],
        &["kb", "eval", "q.jsonl", "--typos", "0.5"],
    );
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    for part in [
        "4 questions, 3 articles, encoder: none",
        "lost when misspelt",
        "  chat                           3   0.667",
        "  far                            1   1.000     0.000",
        "Another article came first:\n  q3 (chat): connect to the vpn\n      away.md is right: not found; first: network/vpn.md",
    ] {
        assert!(
            ran.stdout.contains(part),
            "{part} is missing from:\n{}",
            ran.stdout
        );
    }
    let ran = deskhand(folder.path(), &[], &["kb", "eval", "q.jsonl", "--json"]);
    let report: Value = serde_json::from_str(&ran.stdout).expect("JSON");
    assert_eq!(report["reach"]["chat"]["questions"], 3);
    assert_eq!(report["right_at_5"], json!(2.0 / 3.0));
    assert_eq!(report["misses"][0]["id"], "q3");
    assert_eq!(report["misspelt"], Value::Null);
}

#[test]
fn kb_eval_fails_below_a_floor_and_where_there_is_nothing_to_measure() {
    let folder = small_knowledge_base();
    fs::write(folder.path().join("q.jsonl"), QUESTIONS).expect("the questions are written");
    fs::write(folder.path().join("none.jsonl"), "\n").expect("a file without a question");
    let eval = |arguments: &[&str]| {
        let all = [&["kb", "eval"], arguments].concat();
        deskhand(folder.path(), &[], &all)
    };
    let first = "reach.chat.first";
    assert_eq!(
        eval(&["q.jsonl", "--floor", &format!("{first}=0.66")]).code,
        0
    );
    let ran = eval(&["q.jsonl", "--floor", &format!("{first}=0.67")]);
    assert_eq!(ran.code, 1);
    assert!(
        ran.stderr
            .contains("reach.chat.first is 0.6667, below 0.67"),
        "{}",
        ran.stderr
    );
    for (arguments, why) in [
        (&["q.jsonl", "--floor", "beauty=1"][..], "no figure beauty"),
        (&["none.jsonl"], "holds no question"),
        (&["gone.jsonl"], "cannot read gone.jsonl"),
    ] {
        let ran = eval(arguments);
        assert_eq!(ran.code, 1, "{arguments:?}");
        assert!(ran.stderr.contains(why), "{why}: {}", ran.stderr);
    }
    assert_eq!(eval(&["q.jsonl", "--typos", "30"]).code, 2);
    assert_eq!(eval(&["q.jsonl", "--floor", "first"]).code, 2);
}

#[test]
fn kb_explain_tells_what_was_made_of_each_word_and_what_speaks_for_each_article() {
    let folder = small_knowledge_base();
    let ran = deskhand(
        folder.path(),
        &[],
        &["kb", "explain", "the prinetr is jammed zyx"],
    );
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    for part in [
        "(confidence 0.",
        "known words: jammed\n",
        "corrected: prinetr (taken for printer)\n",
        "unknown: zyx\n",
        "confidence   words    name  meaning    lead  in  article\n",
        "  en  kb/printing/jam.md\n",
        "meaning  how alike the question",
    ] {
        assert!(
            ran.stdout.contains(part),
            "{part} is missing from:\n{}",
            ran.stdout
        );
    }
    let ran = deskhand(folder.path(), &[], &["kb", "explain", "hello"]);
    assert_eq!(
        ran.stdout,
        "small talk: nothing is searched for (confidence 0.00)\n"
    );
}

#[test]
fn kb_learn_says_what_is_missing_and_a_file_that_is_no_table_is_refused() {
    let folder = small_knowledge_base();
    fs::write(folder.path().join("q.jsonl"), "{\"q\":\"vpn\"}\n").expect("written");
    fs::write(folder.path().join("broken.jsonl"), "vpn\n").expect("written");
    fs::write(folder.path().join("a.table"), "no table").expect("written");
    fs::create_dir(folder.path().join("encoder")).expect("made");
    for (questions, why) in [
        ("q.jsonl", "cannot read encoder/vocab.txt"),
        ("broken.jsonl", "line 1 is no question"),
        ("gone.jsonl", "cannot read gone.jsonl"),
    ] {
        let ran = deskhand(
            folder.path(),
            &[],
            &[
                "kb",
                "learn",
                questions,
                "--encoder",
                "encoder",
                "--out",
                "w.table",
            ],
        );
        assert_eq!(ran.code, 1, "{questions}");
        assert!(ran.stderr.contains(why), "{why}: {}", ran.stderr);
        assert!(!folder.path().join("w.table").exists());
    }
    // Where nothing is measured, no articles are needed.
    let encoder = folder.path().join("encoder");
    let encoder = encoder.to_str().expect("a path in UTF-8");
    let learn = ["kb", "learn", "q.jsonl", "--encoder", encoder, "--out", "w"];
    let elsewhere = empty_folder();
    fs::copy(
        folder.path().join("q.jsonl"),
        elsewhere.path().join("q.jsonl"),
    )
    .expect("copied");
    let ran = deskhand(elsewhere.path(), &[], &learn);
    assert!(ran.stderr.contains("vocab.txt"), "{}", ran.stderr);
    let ran = deskhand(
        folder.path(),
        &[("DESKHAND_TABLE", "a.table")],
        &["ask", "vpn"],
    );
    assert_eq!(ran.code, 1);
    assert!(
        ran.stderr
            .contains("the table a.table cannot be used: it is no table of this version"),
        "{}",
        ran.stderr
    );
}
