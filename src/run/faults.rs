//! A fault of gemba's own: one clear message and exit code 70.

use std::panic::{self, AssertUnwindSafe, PanicHookInfo};
use std::sync::Mutex;

use super::terminal::Terminal;
use super::{Exit, Failure};

/// Where the last panic was. Panics of the workbook readers are caught by intake and become
/// issues, so nothing is printed before it is known that a panic ended the run.
static LAST: Mutex<Option<String>> = Mutex::new(None);

/// Runs `work`; a panic in it ends the run as an internal error that names its place.
pub(super) fn caught(work: impl FnOnce() -> Exit) -> Exit {
    panic::set_hook(Box::new(remember));
    panic::catch_unwind(AssertUnwindSafe(work)).unwrap_or_else(|_| {
        let place = LAST.lock().ok().and_then(|mut last| last.take()).unwrap_or_default();
        let text = format!("internal error: {place}");
        let hint = "this is a fault of gemba; please report it with the command line";
        Terminal::new(false).error(&Failure::new(Exit::Internal, text, hint));
        Exit::Internal
    })
}

fn remember(info: &PanicHookInfo<'_>) {
    if let Ok(mut last) = LAST.lock() {
        *last = Some(info.to_string());
    }
}
