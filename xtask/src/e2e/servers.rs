//! The servers' process: started, and stopped however this process ends.

use std::io::{BufRead as _, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::mpsc;
use std::thread;
use std::time::{Duration, Instant};

use clientwright_cli::report::Failure;

const START_WITHIN: Duration = Duration::from_secs(480);
const STOP_WITHIN: Duration = Duration::from_secs(5);

/// Running servers. They end when their standard input does: when this is dropped, and also when this process is killed.
pub(super) struct Servers {
    child: Child,
    whereabouts: String,
}

impl Servers {
    /// Starts the servers of `folder` with the document to serve, and waits until they listen.
    pub(super) fn start(folder: &Path, document: &Path) -> Result<Self, Failure> {
        Self::spawn(Command::new("node").arg("servers.mjs").arg(document).current_dir(folder))
    }

    /// Starts a command that prints the addresses of its servers in its first line of output.
    pub(super) fn spawn(command: &mut Command) -> Result<Self, Failure> {
        let failed = |why: &str| Failure::Other(format!("the servers did not start: {why}"));
        let child =
            command.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().map_err(|error| failed(&error.to_string()))?;
        let mut servers = Servers { child, whereabouts: String::new() };
        let output = servers.child.stdout.take().ok_or_else(|| failed("no standard output"))?;
        let (sender, first_line) = mpsc::channel();
        thread::spawn(move || {
            let mut line = String::new();
            if BufReader::new(output).read_line(&mut line).is_ok() {
                let _ = sender.send(line);
            }
        });
        let line =
            first_line.recv_timeout(START_WITHIN).map_err(|_| failed("no word from them within eight minutes"))?;
        servers.whereabouts = line.trim().to_owned();
        if servers.whereabouts.is_empty() { Err(failed("they ended")) } else { Ok(servers) }
    }

    /// The addresses and the clients that they accept, as JSON.
    pub(super) fn whereabouts(&self) -> &str {
        &self.whereabouts
    }

    /// Returns the URL of the authorization server.
    pub(super) fn issuer(&self) -> Result<String, Failure> {
        #[derive(serde::Deserialize)]
        struct Issuer {
            issuer: String,
        }
        let known = serde_json::from_str::<Issuer>(&self.whereabouts);
        known.map(|it| it.issuer).map_err(|error| Failure::Other(format!("the servers name no issuer: {error}")))
    }
}

impl Drop for Servers {
    fn drop(&mut self) {
        drop(self.child.stdin.take());
        let deadline = Instant::now() + STOP_WITHIN;
        while Instant::now() < deadline {
            if matches!(self.child.try_wait(), Ok(Some(_))) {
                return;
            }
            thread::sleep(Duration::from_millis(20));
        }
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
