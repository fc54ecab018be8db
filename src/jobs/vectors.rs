//! Lets the encoder read the articles while the desk works, and keeps what it made of them, so that it reads nothing twice.

use std::collections::HashMap;
use std::sync::Arc;
use std::time::Duration;

use tokio::sync::watch;
use tokio::task::spawn_blocking;

use crate::clock::{Clock, Stopwatch, pause};
use crate::desk::Desk;
use crate::kb::vectors::Encoder;
use crate::kb::{Article, Kb, Loaded, Unread, Vectors};
use crate::store::vectors::Vectors as Kept;

/// How soon it is seen that the articles were read again.
const LOOK: Duration = Duration::from_millis(300);

/// How many pieces are read in one go: few, so that stopping waits for no more than these.
const AT_ONCE: usize = 4;

/// So many articles are looked up at once among what is kept.
const SHELF: usize = 200;

/// How often the log says how far it is.
const SAID: Duration = Duration::from_secs(30);

/// Reads every article that the encoder does not know, whenever the folder was read again, until `stop` says true. Without
/// an encoder it only waits for that.
pub async fn run(desk: Desk, kept: Option<Kept>, clock: Clock, mut stop: watch::Receiver<bool>) {
    let mut seen: Option<Arc<Loaded>> = None;
    while !*stop.borrow() {
        let loaded = desk.kb().loaded();
        if desk.kb().encoder().is_some()
            && !seen.as_ref().is_some_and(|seen| Arc::ptr_eq(seen, &loaded))
        {
            catch_up(desk.kb(), kept.as_ref(), &clock, &stop).await;
            // What failed is tried again when an article is saved, not at once and for ever.
            seen = Some(loaded);
        }
        tokio::select! {
            () = pause(LOOK) => {}
            _ = stop.changed() => {}
        }
    }
    if let Some(kept) = kept {
        kept.close().await;
    }
}

async fn catch_up(kb: &Kb, kept: Option<&Kept>, clock: &Clock, stop: &watch::Receiver<bool>) {
    let of = kb.clone();
    let unread = spawn_blocking(move || {
        of.let_go();
        of.unread()
    });
    let unread = match unread.await {
        Ok(unread) if unread.is_empty() => return,
        Ok(unread) => unread,
        Err(error) => return failed(&error),
    };
    tracing::info!(
        articles = unread.len(),
        "the encoder reads the articles; until it has read one, that one is found without it"
    );
    let (watch, mut said) = (Stopwatch::start(), Stopwatch::start());
    let read = read(kb, kept, unread, true, clock, Some(stop), |done, total| {
        if said.elapsed() >= SAID {
            said = Stopwatch::start();
            tracing::info!(done, total, "the encoder reads the articles");
        }
    });
    match read.await {
        Ok(count) if !*stop.borrow() => {
            let seconds = watch.elapsed().as_secs();
            tracing::info!(
                read = count,
                seconds,
                "the encoder has read all articles; the others were known to it"
            );
        }
        Ok(_) => {}
        Err(error) => failed(&*error),
    }
}

fn failed(error: &dyn std::error::Error) {
    tracing::error!("the encoder could not read the articles, and questions go without: {error}");
}

/// Has articles read, `quietly` on one core or with all that there are, and tells `progress` how many of them are done, and
/// of how many. Returns how many had to be read; the vectors of the others were kept. What cannot be kept is read again
/// another time.
///
/// # Errors
/// When the encoder fails.
pub async fn read(
    kb: &Kb,
    kept: Option<&Kept>,
    articles: Vec<Arc<Article>>,
    quietly: bool,
    clock: &Clock,
    stop: Option<&watch::Receiver<bool>>,
    mut progress: impl FnMut(usize, usize),
) -> Result<usize, Box<dyn std::error::Error + Send + Sync>> {
    let Some(encoder) = kb.encoder() else {
        return Ok(0);
    };
    let (total, mut done, mut read) = (articles.len(), 0, 0);
    for shelf in articles.chunks(SHELF) {
        let shelf = cut(encoder, shelf.to_vec()).await?;
        let known = look_up(kept, &shelf, clock).await;
        for (mut unread, key) in shelf {
            let before = known.get(&key).and_then(|bytes| Vectors::from_bytes(bytes));
            if let Some(vectors) = before {
                kb.hold(&unread, vectors);
            } else {
                while unread.left() > 0 {
                    if stop.is_some_and(|stop| *stop.borrow()) {
                        return Ok(read);
                    }
                    let encoder = Arc::clone(encoder);
                    unread = spawn_blocking(move || {
                        unread.read(&encoder, AT_ONCE, quietly).map(|()| unread)
                    })
                    .await??;
                }
                if let Some(vectors) = unread.vectors() {
                    keep(kept, &key, &vectors, clock).await;
                    kb.hold(&unread, vectors);
                }
                read += 1;
            }
            done += 1;
            progress(done, total);
        }
    }
    Ok(read)
}

/// Cuts articles into pieces, each with the key that its vectors are kept under.
async fn cut(
    encoder: &Arc<Encoder>,
    articles: Vec<Arc<Article>>,
) -> Result<Vec<(Unread, String)>, tokio::task::JoinError> {
    let encoder = Arc::clone(encoder);
    let cut = move || {
        let articles = articles.into_iter().map(|article| {
            let unread = Unread::new(article);
            let key = unread.key(&encoder);
            (unread, key)
        });
        articles.collect()
    };
    spawn_blocking(cut).await
}

async fn look_up(
    kept: Option<&Kept>,
    shelf: &[(Unread, String)],
    clock: &Clock,
) -> HashMap<String, Vec<u8>> {
    let Some(kept) = kept else {
        return HashMap::new();
    };
    let keys: Vec<String> = shelf.iter().map(|(_, key)| key.clone()).collect();
    kept.find(&keys, clock.now()).await.unwrap_or_else(|error| {
        tracing::warn!(error = ?error, "what the encoder read before cannot be looked up");
        HashMap::new()
    })
}

async fn keep(kept: Option<&Kept>, key: &str, vectors: &Vectors, clock: &Clock) {
    let Some(kept) = kept else {
        return;
    };
    if let Err(error) = kept.keep(key, &vectors.to_bytes(), clock.now()).await {
        tracing::warn!(error = ?error, "what the encoder read cannot be kept, and is read again after a restart");
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tiny_encoder::{WORDS, write};
    use std::path::Path;

    fn clock() -> Clock {
        Clock::frozen_at("2026-06-15T09:00:00Z".parse().expect("a valid instant"))
    }

    /// Three articles.
    fn write_articles(folder: &Path) {
        std::fs::create_dir(folder.join("kb")).expect("made");
        write(&folder.join("encoder"), WORDS);
        for (id, text) in [("a", "paper"), ("b", "mail holiday"), ("c", "wireless")] {
            write_article(folder, id, text);
        }
    }

    fn write_article(folder: &Path, id: &str, text: &str) {
        let text = format!("---\ntitle: {id}\n---\nnetwork {text}\n");
        std::fs::write(folder.join(format!("kb/{id}.md")), text).expect("written");
    }

    /// The articles, and an encoder that has read none of them.
    fn open(folder: &Path) -> Kb {
        let encoder = Encoder::open(&folder.join("encoder")).expect("an encoder");
        Kb::open_with(&folder.join("kb"), None).with_encoder(Arc::new(encoder))
    }

    async fn kept(folder: &Path) -> Kept {
        let path = folder.join("vectors.sqlite");
        Kept::open(&path, clock().now()).await.expect("opened")
    }

    #[tokio::test]
    async fn nothing_is_read_twice_not_even_after_a_restart() {
        let folder = tempfile::tempdir().expect("a folder");
        let clock = clock();
        write_articles(folder.path());
        let kept = kept(folder.path()).await;
        for (restart, wanted) in [3, 0, 1].into_iter().enumerate() {
            if restart == 2 {
                write_article(folder.path(), "a", "printer");
            }
            let kb = open(folder.path());
            let mut told = Vec::new();
            let count = read(
                &kb,
                Some(&kept),
                kb.unread(),
                true,
                &clock,
                None,
                |done, of| {
                    told.push((done, of));
                },
            );
            assert_eq!(count.await.expect("it reads"), wanted, "{restart}");
            assert_eq!(told, [(1, 3), (2, 3), (3, 3)]);
            assert!(kb.unread().is_empty());
            let found = kb.answer("network wifi");
            assert_eq!(found.matches[0].article.id.as_str(), "c");
        }
        kept.close().await;
    }

    #[tokio::test]
    async fn it_stops_when_it_is_told_to_and_works_where_nothing_can_be_kept() {
        let folder = tempfile::tempdir().expect("a folder");
        let clock = clock();
        write_articles(folder.path());
        let kb = open(folder.path());
        let (stop, stopped) = watch::channel(true);
        let count = read(
            &kb,
            None,
            kb.unread(),
            true,
            &clock,
            Some(&stopped),
            |_, _| {},
        );
        assert_eq!(count.await.expect("no failure"), 0);
        assert_eq!(kb.unread().len(), 3);
        stop.send_replace(false);
        let closed = kept(folder.path()).await;
        closed.close().await;
        let count = read(
            &kb,
            Some(&closed),
            kb.unread(),
            false,
            &clock,
            Some(&stopped),
            |_, _| {},
        );
        assert_eq!(count.await.expect("no failure"), 3);
        assert!(kb.unread().is_empty());
    }
}
