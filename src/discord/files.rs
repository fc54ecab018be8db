//! Fetches the files that people attach, from where Discord keeps them and from nowhere else (`SECURITY` A21, A22).
//!
//! What comes is bytes: it is written down under its hash and never opened, unpacked, or run.

use std::path::{Path, PathBuf};
use std::time::Duration;

use data_encoding::HEXLOWER;
use reqwest::Url;
use reqwest::redirect::Policy;
use sha2::{Digest, Sha256};
use tokio::fs::File;
use tokio::io::AsyncWriteExt;

use crate::clock::deadline;
use crate::domain::ids::FileId;

/// How long it may take until something comes, at the beginning and between two pieces.
const PATIENCE: Duration = Duration::from_secs(20);

/// From where files are fetched.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Source {
    /// From Discord.
    Discord,
    /// From one that stands in for it, at this address (`http://127.0.0.1:4000`).
    StandIn(String),
}

/// Discord's own hosts for files.
const HOSTS: [&str; 2] = ["cdn.discordapp.com", "media.discordapp.net"];

impl Source {
    /// Whether `url` lies there. Nothing else is ever asked for: a link that a person could choose would make the desk's
    /// machine knock at doors inside the company.
    pub fn holds(&self, url: &Url) -> bool {
        if !url.username().is_empty() || url.password().is_some() {
            return false;
        }
        match self {
            Self::Discord => {
                let known = url.host_str().is_some_and(|host| HOSTS.contains(&host));
                known && url.scheme() == "https" && url.port_or_known_default() == Some(443)
            }
            Self::StandIn(base) => Url::parse(base).is_ok_and(|base| base.origin() == url.origin()),
        }
    }
}

/// Why there is no file.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NoFile {
    /// It lies elsewhere.
    #[error("it does not lie at Discord, so it is not fetched")]
    Elsewhere,
    /// It is larger than what is kept.
    #[error("it has more than {most} bytes")]
    TooLarge {
        /// So many are kept.
        most: u64,
    },
    /// Discord does not have it any more, or does not give it out.
    #[error("Discord does not give it out (status {status})")]
    Gone {
        /// What it answered.
        status: u16,
    },
    /// It may work another time.
    #[error("{why}")]
    Later {
        /// What happened.
        why: String,
    },
}

/// Fetches files. Cheap to clone.
#[derive(Clone)]
pub struct Fetcher {
    client: reqwest::Client,
    from: Source,
    folder: PathBuf,
}

impl Fetcher {
    /// Fetches into `folder`, which is made when the first file comes.
    ///
    /// # Errors
    /// When the system's certificates cannot be read.
    pub fn new(from: Source, folder: &Path) -> anyhow::Result<Self> {
        let client = reqwest::Client::builder()
            .connect_timeout(Duration::from_secs(5))
            // Where a redirect leads is not for others to say.
            .redirect(Policy::none())
            .build()?;
        Ok(Self {
            client,
            from,
            folder: folder.to_owned(),
        })
    }

    /// Fetches one file of at most `most` bytes: its hash, under which it lies in the folder then, and its size. It is
    /// there whole or not at all.
    ///
    /// # Errors
    /// Why there is no file.
    pub async fn fetch(&self, id: FileId, url: &str, most: u64) -> Result<(String, u64), NoFile> {
        let url = Url::parse(url).map_err(|_| NoFile::Elsewhere)?;
        if !self.from.holds(&url) {
            return Err(NoFile::Elsewhere);
        }
        tokio::fs::create_dir_all(&self.folder)
            .await
            .map_err(|error| later("the folder of files cannot be made", &error))?;
        let part = self.folder.join(format!(".{id}.part"));
        let got = self.write(url, &part, most).await;
        let (sha256, size) = match got {
            Ok(got) => got,
            Err(no) => {
                // What is left of a try is in nobody's way, and the next one writes over it.
                let _ = tokio::fs::remove_file(&part).await;
                return Err(no);
            }
        };
        tokio::fs::rename(&part, self.folder.join(&sha256))
            .await
            .map_err(|error| later("it could not be written", &error))?;
        Ok((sha256, size))
    }

    /// Fetches a text of at most `most` bytes, and keeps nothing of it.
    ///
    /// # Errors
    /// Why there is no file.
    pub async fn text(&self, url: &str, most: u64) -> Result<Vec<u8>, NoFile> {
        let url = Url::parse(url).map_err(|_| NoFile::Elsewhere)?;
        if !self.from.holds(&url) {
            return Err(NoFile::Elsewhere);
        }
        let mut answer = self.ask(url, most).await?;
        let mut bytes = Vec::new();
        while let Some(piece) = next(&mut answer).await? {
            bytes.extend_from_slice(piece.as_ref());
            if u64::try_from(bytes.len()).unwrap_or(u64::MAX) > most {
                return Err(NoFile::TooLarge { most });
            }
        }
        Ok(bytes)
    }

    async fn write(&self, url: Url, part: &Path, most: u64) -> Result<(String, u64), NoFile> {
        let mut answer = self.ask(url, most).await?;
        let mut file = File::create(part)
            .await
            .map_err(|error| later("it could not be written", &error))?;
        let (mut hash, mut size) = (Sha256::new(), 0_u64);
        while let Some(piece) = next(&mut answer).await? {
            let piece = piece.as_ref();
            size += u64::try_from(piece.len()).unwrap_or(most);
            if size > most {
                return Err(NoFile::TooLarge { most });
            }
            hash.update(piece);
            file.write_all(piece)
                .await
                .map_err(|error| later("it could not be written", &error))?;
        }
        // What the database says is kept must survive a power cut.
        file.sync_all()
            .await
            .map_err(|error| later("it could not be written", &error))?;
        Ok((HEXLOWER.encode(&hash.finalize()), size))
    }

    /// Asks for a file; what comes says that it is there, and not that it is too large.
    async fn ask(&self, url: Url, most: u64) -> Result<reqwest::Response, NoFile> {
        let asked = self.client.get(url).send();
        let answer = deadline(PATIENCE, asked)
            .await
            .ok_or_else(slow)?
            .map_err(broken)?;
        match answer.status().as_u16() {
            200 => {}
            status @ (408 | 429 | 500..) => {
                return Err(NoFile::Later {
                    why: format!("status {status}"),
                });
            }
            status => return Err(NoFile::Gone { status }),
        }
        if answer.content_length().is_some_and(|length| length > most) {
            return Err(NoFile::TooLarge { most });
        }
        Ok(answer)
    }
}

/// The next piece of what comes.
async fn next(answer: &mut reqwest::Response) -> Result<Option<impl AsRef<[u8]>>, NoFile> {
    let piece = deadline(PATIENCE, answer.chunk()).await;
    piece.ok_or_else(slow)?.map_err(broken)
}

fn slow() -> NoFile {
    NoFile::Later {
        why: format!("nothing came within {PATIENCE:?}"),
    }
}

/// The address stays out of every error: it opens the file for whoever has it.
fn broken(error: reqwest::Error) -> NoFile {
    NoFile::Later {
        why: error.without_url().to_string(),
    }
}

fn later(what: &str, error: &std::io::Error) -> NoFile {
    NoFile::Later {
        why: format!("{what}: {error}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_is_fetched_from_anywhere_else() {
        let url = |text: &str| Url::parse(text).expect("an address");
        let cases = [
            (
                "https://cdn.discordapp.com/attachments/1/2/a.png?ex=1",
                true,
            ),
            ("https://media.discordapp.net/attachments/1/2/a.png", true),
            ("https://CDN.discordapp.com/a", true),
            ("http://cdn.discordapp.com/a", false),
            ("https://cdn.discordapp.com:8443/a", false),
            ("https://cdn.discordapp.com.evil.example/a", false),
            ("https://evil.example/cdn.discordapp.com", false),
            ("https://user@cdn.discordapp.com/a", false),
            ("https://cdn.discordapp.com@evil.example/a", false),
            ("https://cdn.discordapp.com./a", false),
            ("https://169.254.169.254/latest", false),
            ("file:///etc/passwd", false),
        ];
        for (text, held) in cases {
            assert_eq!(Source::Discord.holds(&url(text)), held, "{text}");
        }
        let stand_in = Source::StandIn("http://127.0.0.1:4000".to_owned());
        assert!(stand_in.holds(&url("http://127.0.0.1:4000/attachments/1/2/a.png")));
        assert!(!stand_in.holds(&url("http://127.0.0.1:4001/attachments/1/2/a.png")));
        assert!(!stand_in.holds(&url("https://cdn.discordapp.com/a")));
    }

    /// A server on this machine that gives each caller the next of these answers, as they stand.
    async fn server(answers: Vec<&'static str>) -> String {
        let listener = tokio::net::TcpListener::bind(("127.0.0.1", 0))
            .await
            .expect("a port");
        let address = listener.local_addr().expect("an address");
        tokio::spawn(async move {
            for answer in answers {
                let (mut caller, _) = listener.accept().await.expect("a caller");
                let mut asked = [0; 4096];
                let _ = tokio::io::AsyncReadExt::read(&mut caller, &mut asked).await;
                caller.write_all(answer.as_bytes()).await.expect("sent");
            }
        });
        format!("http://{address}")
    }

    #[tokio::test]
    async fn a_file_is_there_whole_or_not_at_all() {
        let base = server(vec![
            "HTTP/1.1 302 Found\r\nlocation: http://169.254.169.254/\r\ncontent-length: 0\r\nconnection: close\r\n\r\n",
            "HTTP/1.1 200 OK\r\ncontent-length: 9\r\nconnection: close\r\n\r\n123456789",
            "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\nconnection: close\r\n\r\n9\r\n123456789\r\n0\r\n\r\n",
            "HTTP/1.1 200 OK\r\ncontent-length: 5\r\nconnection: close\r\n\r\n123",
            "HTTP/1.1 503 Service Unavailable\r\ncontent-length: 0\r\nconnection: close\r\n\r\n",
            "HTTP/1.1 404 Not Found\r\ncontent-length: 0\r\nconnection: close\r\n\r\n",
            "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\nconnection: close\r\n\r\n9\r\n123456789\r\n0\r\n\r\n",
            "HTTP/1.1 200 OK\r\ncontent-length: 5\r\nconnection: close\r\n\r\n12345",
            "HTTP/1.1 200 OK\r\ncontent-length: 5\r\nconnection: close\r\n\r\n12345",
        ])
        .await;
        let folder = tempfile::tempdir().expect("a folder");
        let into = folder.path().join("files");
        let fetcher = Fetcher::new(Source::StandIn(base.clone()), &into).expect("a client");
        let fetch = async || {
            let url = format!("{base}/attachments/1/2/a.txt");
            fetcher.fetch(FileId(2), &url, 8).await
        };
        assert_eq!(fetch().await, Err(NoFile::Gone { status: 302 }));
        assert_eq!(
            fetch().await,
            Err(NoFile::TooLarge { most: 8 }),
            "announced"
        );
        assert_eq!(
            fetch().await,
            Err(NoFile::TooLarge { most: 8 }),
            "on the way"
        );
        assert!(
            matches!(fetch().await, Err(NoFile::Later { .. })),
            "cut off"
        );
        assert!(matches!(fetch().await, Err(NoFile::Later { .. })), "busy");
        assert_eq!(fetch().await, Err(NoFile::Gone { status: 404 }));
        let names = || {
            let entries = std::fs::read_dir(&into).expect("the folder");
            let name =
                |entry: std::io::Result<std::fs::DirEntry>| entry.expect("an entry").file_name();
            entries.map(name).collect::<Vec<_>>()
        };
        assert!(names().is_empty(), "nothing is left of what did not come");
        let text = async || {
            let url = format!("{base}/attachments/1/2/a.txt");
            fetcher.text(&url, 8).await
        };
        assert_eq!(text().await, Err(NoFile::TooLarge { most: 8 }));
        assert_eq!(text().await, Ok(b"12345".to_vec()));
        assert!(names().is_empty(), "what is only read is not kept");
        let elsewhere = fetcher.text("https://evil.example/a", 8).await;
        assert_eq!(elsewhere, Err(NoFile::Elsewhere));
        let elsewhere = fetcher.fetch(FileId(2), "https://evil.example/a", 8).await;
        assert_eq!(elsewhere, Err(NoFile::Elsewhere));
        let (sha256, size) = fetch().await.expect("a file");
        assert_eq!(
            (sha256.as_str(), size),
            (
                "5994471abb01112afcc18159f6cc74b4f511b99806da59b3caf5a9c173cacfc5",
                5
            )
        );
        assert_eq!(names(), [sha256.as_str()]);
    }
}
