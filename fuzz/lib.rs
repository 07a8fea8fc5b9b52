//! What the targets and their seeds share.

mod wrap;

use std::path::PathBuf;
use std::sync::LazyLock;

use gemba::intake::{self, Options};
use tempfile::TempDir;

pub use wrap::{BETWEEN, PARTS, wrap};

/// Lets a caught panic be: calamine panics on some bytes, and intake makes that an issue.
/// What is not caught still ends the run. libFuzzer's own hook ends it at either.
pub fn allow_caught_panics() {
    drop(std::panic::take_hook());
}

/// Holds both readers to the same cells. Only cargo-fuzz builds the library with its comparison.
///
/// # Panics
/// They read different ones.
#[cfg(fuzzing)]
pub fn hold_alike(bytes: &[u8]) {
    use std::{collections::BTreeMap, sync::Mutex};
    static SEEN: Mutex<(u64, BTreeMap<String, u64>)> = Mutex::new((0, BTreeMap::new()));
    let verdicts = intake::both_readers(bytes);
    let different = verdicts.iter().find(|(_, verdict)| verdict.starts_with("different"));
    assert!(different.is_none(), "{different:?}");
    let (runs, seen) = &mut *SEEN.lock().expect("one thread");
    *runs += 1;
    for (_, verdict) in verdicts {
        let word = verdict.split(':').next().unwrap_or_default();
        *seen.entry(word.to_owned()).or_default() += 1;
    }
    if runs.is_multiple_of(1 << 17) {
        eprintln!("{runs} runs, sheets: {seen:?}");
    }
}

/// Reads the bytes of a workbook as the program would, in this process.
pub fn read(bytes: &[u8]) {
    static FILE: LazyLock<(TempDir, PathBuf)> = LazyLock::new(|| {
        let folder = tempfile::tempdir().expect("a folder for the input");
        let path = folder.path().join("input.xlsx");
        (folder, path)
    });
    std::fs::write(&FILE.1, bytes).expect("the input is written");
    drop(intake::read(std::slice::from_ref(&FILE.1), &Options::default(), &()));
}
