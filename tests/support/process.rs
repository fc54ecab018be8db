//! The real program as a process of its own. It is stopped by its own id only.

use std::path::Path;
use std::process::{ExitStatus, Stdio};
use std::time::Duration;

use tokio::process::{Child, Command};

/// A running `deskhand run`.
pub struct Process(Child);

impl Process {
    /// Starts the program at `program` with these settings and no others; its log goes to `log`, after what is there.
    pub fn start(
        program: &str,
        arguments: &[&str],
        settings: &[(&str, String)],
        log: &Path,
    ) -> Self {
        let file = || {
            let options = std::fs::File::options().create(true).append(true).open(log);
            options.expect("a file for the log")
        };
        let folder = log.parent().expect("the log has a folder");
        let child = Command::new(program)
            .args(arguments)
            .env_clear()
            .envs(settings.iter().map(|(name, value)| (*name, value)))
            // A `.env` that lies about must not change what is tested.
            .current_dir(folder)
            .stdin(Stdio::null())
            .stdout(file())
            .stderr(file())
            .kill_on_drop(true)
            .spawn();
        Self(child.expect("the program can be started"))
    }

    /// The process' id.
    pub fn id(&self) -> u32 {
        self.0.id().expect("it runs")
    }

    /// Ends it at once, as a power cut does, and waits until it is gone.
    pub async fn kill(mut self) {
        self.0.kill().await.expect("it can be killed");
    }

    /// Tells it to stop, as a service manager does, and waits at most `limit`.
    pub async fn stops_within(mut self, limit: Duration) -> Option<ExitStatus> {
        let told = Command::new("kill")
            .args(["-TERM", &self.id().to_string()])
            .status();
        assert!(told.await.expect("kill can be run").success());
        let ended = tokio::time::timeout(limit, self.0.wait()).await.ok()?;
        Some(ended.expect("its end can be waited for"))
    }
}
