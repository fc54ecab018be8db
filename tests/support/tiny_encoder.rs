//! An encoder small enough to be made by a test: it knows a few words, and a text means the sum of its words. Its files have
//! the form of a real one's, an ONNX model and a vocabulary, and are written here by hand.

use std::fs;
use std::path::Path;

/// Words with what they mean: each of the three numbers is a subject.
pub const WORDS: &[(&str, [f32; 3])] = &[
    ("wifi", [1.0, 0.0, 0.0]),
    ("wireless", [1.0, 0.0, 0.0]),
    ("vpn", [0.6, 0.8, 0.0]),
    ("printer", [0.0, 1.0, 0.0]),
    ("paper", [0.0, 1.0, 0.1]),
    ("mail", [0.0, 0.0, 1.0]),
    ("holiday", [0.0, 0.1, 1.0]),
];

/// What comes before the words in the vocabulary. It means nothing.
const SPECIAL: [&str; 4] = ["[PAD]", "[UNK]", "[CLS]", "[SEP]"];

/// Writes `model.onnx` and `vocab.txt` into a folder, which is made, and returns the model's bytes.
pub fn write(folder: &Path, words: &[(&str, [f32; 3])]) -> Vec<u8> {
    fs::create_dir_all(folder).expect("the folder is made");
    let model = model(words);
    fs::write(folder.join("model.onnx"), &model).expect("the model is written");
    fs::write(folder.join("vocab.txt"), vocabulary(words)).expect("the vocabulary is written");
    model
}

/// The vocabulary, a token a line.
pub fn vocabulary(words: &[(&str, [f32; 3])]) -> String {
    let words = words.iter().map(|(word, _)| *word);
    SPECIAL
        .into_iter()
        .chain(words)
        .map(|token| format!("{token}\n"))
        .collect()
}

/// The model: each token's row, and to each the sum of all rows, so that the first token's state is the text's.
pub fn model(words: &[(&str, [f32; 3])]) -> Vec<u8> {
    let nothing = [[0.0_f32; 3]; SPECIAL.len()];
    let rows = nothing.iter().chain(words.iter().map(|(_, row)| row));
    let bytes: Vec<u8> = rows
        .clone()
        .flatten()
        .flat_map(|x| x.to_le_bytes())
        .collect();
    let count = rows.count() as u64;
    let graph = [
        node("Gather", &["rows", "input_ids"], "states", &[]),
        node(
            "ReduceSum",
            &["states", "axes"],
            "sum",
            &whole("keepdims", 1),
        ),
        node("Add", &["states", "sum"], "last_hidden_state", &[]),
        text(2, "tiny"),
        part(5, &constant("rows", &[count, 3], 1, &bytes)),
        part(5, &constant("axes", &[1], 7, &1_i64.to_le_bytes())),
        part(11, &value("input_ids", 7, &["batch", "length"])),
        part(11, &value("attention_mask", 7, &["batch", "length"])),
        part(11, &value("token_type_ids", 7, &["batch", "length"])),
        part(
            12,
            &value("last_hidden_state", 1, &["batch", "length", "width"]),
        ),
    ]
    .concat();
    [
        number(1, 8),
        part(7, &graph),
        part(8, &[text(1, ""), number(2, 13)].concat()),
    ]
    .concat()
}

fn node(kind: &str, inputs: &[&str], output: &str, attribute: &[u8]) -> Vec<u8> {
    let inputs: Vec<u8> = inputs.iter().flat_map(|input| text(1, input)).collect();
    let node = [
        inputs,
        text(2, output),
        text(3, output),
        text(4, kind),
        attribute.to_vec(),
    ];
    part(1, &node.concat())
}

/// An attribute of a node that is a whole number.
fn whole(name: &str, value: u64) -> Vec<u8> {
    part(
        5,
        &[text(1, name), number(3, value), number(20, 2)].concat(),
    )
}

fn constant(name: &str, shape: &[u64], kind: u64, bytes: &[u8]) -> Vec<u8> {
    let shape: Vec<u8> = shape.iter().flat_map(|&size| number(1, size)).collect();
    [shape, number(2, kind), text(8, name), part(9, bytes)].concat()
}

fn value(name: &str, kind: u64, shape: &[&str]) -> Vec<u8> {
    let sizes = shape.iter().flat_map(|size| part(1, &text(2, size)));
    let shape: Vec<u8> = sizes.collect();
    let tensor = part(1, &[number(1, kind), part(2, &shape)].concat());
    [text(1, name), part(2, &tensor)].concat()
}

/// A field that holds a number.
fn number(field: u64, value: u64) -> Vec<u8> {
    [varint(field << 3), varint(value)].concat()
}

/// A field that holds a text.
fn text(field: u64, text: &str) -> Vec<u8> {
    part(field, text.as_bytes())
}

/// A field that holds bytes, or a message of its own.
fn part(field: u64, bytes: &[u8]) -> Vec<u8> {
    let head = [varint(field << 3 | 2), varint(bytes.len() as u64)].concat();
    [head, bytes.to_vec()].concat()
}

/// Seven bits at a time, the lowest first.
fn varint(mut value: u64) -> Vec<u8> {
    let mut bytes = Vec::new();
    while value >= 128 {
        bytes.push((value % 128) as u8 | 128);
        value /= 128;
    }
    bytes.push(value as u8);
    bytes
}
