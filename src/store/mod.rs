//! SQLite, and nothing else knows it: one file per table family, rows on one side and values of the domain on the other.
//!
//! There is one write connection (who waits, waits in order) and a pool of read-only ones. Every change is one
//! transaction that begins with `begin immediate`. To be read in this order: this file, [`Change`], [`batch`], [`tickets`],
//! [`outbox`], [`inbox`], then the rest.

use std::fs::File;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use jiff::Timestamp;
use sqlx::sqlite::{
    SqliteConnectOptions, SqliteConnection, SqliteJournalMode, SqlitePool, SqlitePoolOptions,
    SqliteSynchronous,
};

pub mod article_files;
pub mod articles;
pub mod asks;
pub mod audit;
pub mod batch;
pub mod boards;
pub mod cards;
mod change;
pub mod clocks;
pub mod desk;
pub mod digests;
pub mod direct;
pub mod drafts;
pub mod events;
pub mod files;
pub mod inbox;
pub mod learning;
pub mod lines;
pub mod links;
pub mod lists;
pub mod lives;
pub mod majors;
pub mod members;
pub mod messages;
pub mod outbox;
pub mod problems;
pub mod reminders;
pub mod reports;
pub mod rotas;
pub mod rows;
pub mod suggestions;
pub mod tickets;
pub mod timers;
pub mod vectors;
pub mod vendors;
pub mod walks;

pub use batch::Batch;
pub use change::{Change, Reads, Step};

/// The schema, forward only.
pub static MIGRATIONS: sqlx::migrate::Migrator = sqlx::migrate!();

/// What the database could not do. The rest of the house sees this instead of the database's own errors.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The database did not do it.
    #[error("the database refused")]
    Database(#[source] sqlx::Error),
    /// A row holds what this program cannot have written.
    #[error("table {table} holds a row that cannot be read: {what}")]
    BadRow {
        /// Where.
        table: &'static str,
        /// What is wrong with it.
        what: String,
    },
    /// Another process works on this database.
    #[error(
        "{path} is in use by another Deskhand. Stop that one first, or give this one a database of its own \
         (DESKHAND_DATABASE)"
    )]
    InUse {
        /// The database.
        path: PathBuf,
    },
    /// The file could not be opened or made.
    #[error("cannot open {path}. Check that its folder exists and that this user may write there")]
    Open {
        /// The database.
        path: PathBuf,
        /// What the system said.
        #[source]
        source: std::io::Error,
    },
    /// The file is damaged.
    #[error("{path} is damaged ({report}). Restore it from a backup; nothing was changed")]
    Damaged {
        /// The database.
        path: PathBuf,
        /// The first thing that SQLite found wrong.
        report: String,
    },
    /// The database was made by a newer Deskhand, or its schema could not be brought up to date.
    #[error("the schema could not be brought up to date")]
    Migrate(#[source] sqlx::migrate::MigrateError),
}

impl Error {
    /// Whether the constraint of that name stood against it.
    pub fn is_constraint(&self, name: &str) -> bool {
        matches!(self, Self::Database(sqlx::Error::Database(error)) if error.message().contains(name))
    }
}

impl From<sqlx::Error> for Error {
    fn from(error: sqlx::Error) -> Self {
        Self::Database(error)
    }
}

/// Short for what every function here returns.
pub type Result<T, E = Error> = std::result::Result<T, E>;

/// The write connection, for one statement.
pub type Single = sqlx::pool::PoolConnection<sqlx::Sqlite>;

/// A connection that can only read.
pub type Reader = sqlx::pool::PoolConnection<sqlx::Sqlite>;

/// The database. Cheap to clone.
#[derive(Clone, Debug)]
pub struct Store {
    writer: SqlitePool,
    readers: SqlitePool,
    install: Install,
    /// Where the files lie: in the folder of the database.
    files: PathBuf,
    commits: Arc<AtomicU64>,
    /// Held until the store is closed: as long, a second process cannot take it.
    lock: Arc<Mutex<Option<File>>>,
}

/// What this database is.
#[derive(Clone, Debug)]
pub struct Install {
    /// Part of every nonce.
    pub id: String,
    /// For the hash of who asked.
    pub salt: String,
}

impl Store {
    /// Opens the database at `path`, makes it if it is not there, and brings its schema up to date.
    pub async fn open(path: &Path) -> Result<Self> {
        let lock = lock(path)?;
        let options = SqliteConnectOptions::new()
            .filename(path)
            .create_if_missing(true)
            .foreign_keys(true)
            .busy_timeout(Duration::from_secs(5))
            .journal_mode(SqliteJournalMode::Wal)
            // An acknowledged change survives a power cut (RELIABILITY 2.6); NORMAL would not promise that.
            .synchronous(SqliteSynchronous::Full)
            .pragma("trusted_schema", "off")
            .pragma("cell_size_check", "on")
            .pragma("secure_delete", "on")
            .pragma("journal_size_limit", "67108864")
            .pragma("wal_autocheckpoint", "1000");
        let writer = SqlitePoolOptions::new()
            .max_connections(1)
            // There is no network between us: a ping would only be one more hand-over to the connection's thread.
            .test_before_acquire(false)
            .acquire_timeout(Duration::from_secs(30))
            .idle_timeout(None)
            .max_lifetime(None)
            .connect_with(options.clone())
            .await?;
        let report: String = sqlx::query_scalar("pragma quick_check(1)")
            .fetch_one(&writer)
            .await?;
        if report != "ok" {
            return Err(Error::Damaged {
                path: path.to_owned(),
                report,
            });
        }
        MIGRATIONS.run(&writer).await.map_err(Error::Migrate)?;
        let readers = SqlitePoolOptions::new()
            .max_connections(4)
            .test_before_acquire(false)
            .idle_timeout(None)
            .max_lifetime(None)
            .connect_with(options.pragma("query_only", "on"))
            .await?;
        let install = install(&writer).await?;
        Ok(Self {
            writer,
            readers,
            install,
            files: path.with_file_name("files"),
            commits: Arc::default(),
            lock: Arc::new(Mutex::new(Some(lock))),
        })
    }

    /// How many changes were committed: what was read before the last one may be out of date. What was kept by
    /// [`Store::single`] does not count.
    pub fn commits(&self) -> u64 {
        self.commits.load(Ordering::SeqCst)
    }

    /// The write connection for a single statement, which is a change of its own: it takes one hand-over to SQLite's thread
    /// where a change takes three and more. It waits its turn.
    pub async fn single(&self) -> Result<Single> {
        Ok(self.writer.acquire().await?)
    }

    /// A connection that can only read. It never waits for a change.
    pub async fn reader(&self) -> Result<Reader> {
        Ok(self.readers.acquire().await?)
    }

    /// What this database is.
    pub fn install(&self) -> &Install {
        &self.install
    }

    /// The folder of the files that people gave, each under the hash of what is in it. It is made with the first of them.
    pub fn files(&self) -> &Path {
        &self.files
    }

    /// Finishes what is under way and closes the file.
    pub async fn close(&self) {
        self.readers.close().await;
        self.writer.close().await;
        // Whoever still holds a clone finds the pools closed; the file is free for the next.
        *self.lock.lock().unwrap_or_else(PoisonError::into_inner) = None;
    }
}

/// Takes the lock file beside the database, so that a second process refuses to start instead of sending everything
/// twice. The system releases it when the process ends, however it ends.
fn lock(path: &Path) -> Result<File> {
    let mut name = path.as_os_str().to_owned();
    name.push(".lock");
    let open = |source| Error::Open {
        path: path.to_owned(),
        source,
    };
    if let Some(folder) = path
        .parent()
        .filter(|folder| !folder.as_os_str().is_empty())
    {
        std::fs::create_dir_all(folder).map_err(open)?;
    }
    let file = File::options()
        .create(true)
        .truncate(false)
        .write(true)
        .open(&name)
        .map_err(open)?;
    match file.try_lock() {
        Ok(()) => Ok(file),
        Err(std::fs::TryLockError::WouldBlock) => Err(Error::InUse {
            path: path.to_owned(),
        }),
        Err(std::fs::TryLockError::Error(source)) => Err(open(source)),
    }
}

async fn install(writer: &SqlitePool) -> Result<Install> {
    sqlx::query(
        "insert into install (only_one, id, salt)
         values (1, lower(hex(randomblob(3))), lower(hex(randomblob(16))))
         on conflict do nothing",
    )
    .execute(writer)
    .await?;
    let (id, salt) = sqlx::query_as("select id, salt from install")
        .fetch_one(writer)
        .await?;
    Ok(Install { id, salt })
}

/// Milliseconds, as the tables keep instants.
fn ms(at: Timestamp) -> i64 {
    at.as_millisecond()
}

/// One connection, of a change or of the readers.
type Connection = SqliteConnection;

#[cfg(test)]
mod samples {
    //! Rows that the tests of this room begin with.

    use jiff::Timestamp;

    use super::{Connection, desk, members, tickets};
    use crate::domain::category::Category;
    use crate::domain::ids::{GuildId, Number, TicketId, UserId};
    use crate::domain::people::Standing;
    use crate::domain::priority::{Impact, Urgency};
    use crate::domain::ticket::{Opening, Ticket};
    use crate::domain::tier::{Tier, TierSet};

    pub const GUILD: GuildId = GuildId(100);
    pub const MIA: UserId = UserId(1);
    pub const RAVI: UserId = UserId(11);

    pub fn now() -> Timestamp {
        "2026-06-15T09:00:00Z".parse().expect("a valid instant")
    }

    /// A guild with one technician.
    pub async fn guild(change: &mut Connection) {
        desk::guild_seen(change, GUILD, "Larkfield")
            .await
            .expect("seen");
        let standing = Standing {
            tiers: TierSet::NONE.with(Tier::L1),
            ..Standing::default()
        };
        members::remember(change, GUILD, RAVI, "Ravi", standing, now())
            .await
            .expect("remembered");
    }

    /// A ticket of Mia's, saved.
    pub async fn ticket(change: &mut Connection, title: &str) -> Ticket {
        let (id, number): (TicketId, Number) =
            tickets::next(change, GUILD).await.expect("a number");
        let opening = Opening {
            guild: GUILD,
            requester: MIA,
            requester_name: "Mia".into(),
            title: title.into(),
            body: "It says 809".into(),
            tried: "restart".into(),
            category: Category::from_key("network").expect("known"),
            impact: Impact::Low,
            urgency: Urgency::Medium,
            ask: None,
        };
        let (mut ticket, happened) = Ticket::open(opening, id, number, now());
        ticket.record(happened, Some(MIA), now());
        tickets::save(change, &ticket, None).await.expect("saved");
        ticket
    }
}
