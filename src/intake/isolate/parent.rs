//! The parent of a reading process: hands it the file, gathers its answer, and ends it in time.

use std::fs::File;
use std::io::{self, BufReader, Read as _};
use std::path::Path;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::mpsc::{RecvTimeoutError, channel};
use std::sync::{Mutex, PoisonError};
use std::thread;
use std::time::Duration;

use super::wire::{Message, Order, receive};
use crate::intake::sink::{Shelf, Sink as _};
use crate::intake::trouble::Trouble;
use crate::intake::{Options, Read};
use crate::settings::Limits;

/// What a reading process may say of its death.
const LAST_WORDS: u64 = 4096;

/// Reads a file in a process of its own.
///
/// # Errors
/// Why the process could not be started, or what ended it before its answer was whole; `out` then
/// holds no more than the file's name, size and hash.
pub(in crate::intake) fn read_apart(
    program: &Path,
    file: File,
    name: &str,
    options: &Options,
    out: &mut Read,
) -> Result<(), Trouble> {
    let failed = |e: io::Error| Trouble::Unreadable(e.to_string());
    let order = Order { name: name.to_owned(), options: options.clone() };
    let order = serde_json::to_string(&order).map_err(|e| failed(e.into()))?;
    let mut child = Command::new(program)
        .args(["read-file", &order])
        .stdin(file)
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .map_err(failed)?;
    let answer = child.stdout.take();
    let words = child.stderr.take();
    let limits = &options.read.limits;
    let (read, late) = watched(child, limits, |child| {
        let gathered = answer.map_or(Ok(false), |pipe| gather(BufReader::new(pipe), out));
        let mut last = String::new();
        if let Some(words) = words {
            // What cannot be read of the last words only makes the reason less precise.
            drop(words.take(LAST_WORDS).read_to_string(&mut last));
        }
        Ending { whole: gathered.unwrap_or(false), status: wait(child), last }
    });
    if read.whole {
        return Ok(());
    }
    Err(if late {
        Trouble::OverLimit("wall_seconds", limits.wall_seconds)
    } else {
        read.why(limits)
    })
}

/// How a reading process ended.
struct Ending {
    whole: bool,
    status: Option<ExitStatus>,
    last: String,
}

impl Ending {
    /// What ended the process before its answer was whole.
    fn why(&self, limits: &Limits) -> Trouble {
        if self.last.contains("memory allocation of") {
            return Trouble::OverLimit("memory", limits.memory);
        }
        match self.status.and_then(signal) {
            Some(SIGXCPU | SIGKILL) => Trouble::OverLimit("cpu_seconds", limits.cpu_seconds),
            _ => Trouble::Failed(String::new()),
        }
    }
}

const SIGKILL: i32 = 9;
const SIGXCPU: i32 = 24;

#[cfg(unix)]
fn signal(status: ExitStatus) -> Option<i32> {
    std::os::unix::process::ExitStatusExt::signal(&status)
}

#[cfg(not(unix))]
fn signal(_: ExitStatus) -> Option<i32> {
    None
}

/// Takes the answer in; whether it was whole.
fn gather(mut pipe: impl io::Read, out: &mut Read) -> io::Result<bool> {
    let shelf = Shelf::default();
    while let Some(message) = receive(&mut pipe)? {
        match message {
            Message::Opened(input) => out.inputs = vec![input],
            Message::Rows(rows) => shelf.rows(rows),
            Message::Keep => shelf.keep(),
            Message::Discard => shelf.discard(),
            Message::Done(rest) => {
                let inputs = std::mem::take(&mut out.inputs);
                *out = Read { tables: shelf.into_tables(), inputs, ..*rest };
                return Ok(true);
            }
        }
    }
    Ok(false)
}

/// Does `work` with a process; whether the process had to be ended because its time was up.
fn watched<T>(child: Child, limits: &Limits, work: impl FnOnce(&Mutex<Child>) -> T) -> (T, bool) {
    let patience = Duration::from_secs(limits.wall_seconds);
    let child = Mutex::new(child);
    let watched = &child;
    let (done, still_at_it) = channel::<()>();
    thread::scope(|scope| {
        let watch = scope.spawn(move || {
            let late = still_at_it.recv_timeout(patience) == Err(RecvTimeoutError::Timeout);
            if late {
                let mut child = watched.lock().unwrap_or_else(PoisonError::into_inner);
                // It may have ended by itself in the meantime.
                drop(child.kill());
            }
            late
        });
        let result = work(watched);
        drop(done);
        (result, watch.join().unwrap_or(false))
    })
}

/// Waits for the end of a process that closed its answer.
fn wait(child: &Mutex<Child>) -> Option<ExitStatus> {
    loop {
        let ended = child.lock().unwrap_or_else(PoisonError::into_inner).try_wait();
        match ended {
            Ok(None) => thread::sleep(Duration::from_millis(1)),
            other => return other.ok().flatten(),
        }
    }
}
