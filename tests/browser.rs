//! Pages in a browser: silent, off the network, usable by keyboard, and never wider than a phone.
//!
//! `GEMBA_HTML_DIR=folder cargo test --test browser -- --ignored` looks at pages already made;
//! without it the sample company's reports are made first.
#![expect(clippy::disallowed_methods, reason = "tests read and write their own files")]

#[path = "support/chromium.rs"]
mod chromium;

use std::error::Error;
use std::path::{Path, PathBuf};
use std::process::Command;

/// A folder of pages to look at instead of the sample's.
const FOLDER: &str = "GEMBA_HTML_DIR";
/// Widths of a phone, a tablet and a desk, in px.
const WIDTHS: [u32; 3] = [360, 768, 1440];

/// Pages to look at, and the folder that goes when they do.
struct Pages {
    paths: Vec<PathBuf>,
    _own: tempfile::TempDir,
}

fn pages() -> Result<Pages, Box<dyn Error>> {
    let own = tempfile::tempdir()?;
    let folder = match std::env::var_os(FOLDER) {
        Some(folder) => PathBuf::from(folder),
        None => sample(own.path())?,
    };
    let mut paths = Vec::new();
    for entry in std::fs::read_dir(folder)? {
        let path = entry?.path();
        if path.extension().is_some_and(|extension| extension == "html") {
            paths.push(path);
        }
    }
    paths.sort();
    assert!(!paths.is_empty(), "no page to look at");
    Ok(Pages { paths, _own: own })
}

/// Every shipped report of a small sample company, in every language.
fn sample(own: &Path) -> Result<PathBuf, Box<dyn Error>> {
    let (company, reports) = (own.join("company"), own.join("reports"));
    gemba(&["sample", "--rows", "3000", "--quiet", "-o"], &[&company])?;
    gemba(&["report", "--format", "html", "--quiet", "-o"], &[&reports, &company])?;
    Ok(reports)
}

fn gemba(words: &[&str], paths: &[&Path]) -> Result<(), Box<dyn Error>> {
    let output = Command::new(env!("CARGO_BIN_EXE_gemba")).args(words).args(paths).output()?;
    // Rows refused in the sample are planted there.
    match output.status.code() {
        Some(0 | 3) => Ok(()),
        _ => Err(String::from_utf8_lossy(&output.stderr).into_owned().into()),
    }
}

#[test]
#[ignore = "needs Chromium"]
fn pages_are_silent_ask_for_nothing_and_behave_at_every_width() -> Result<(), Box<dyn Error>> {
    let pages = pages()?;
    let mut visits = Vec::new();
    for page in &pages.paths {
        let address = format!("file://{}", page.canonicalize()?.display());
        visits.extend(WIDTHS.map(|width| (address.clone(), width)));
    }
    let own = tempfile::tempdir()?;
    let path = own.path().join("probe.html");
    let probe = include_str!("support/probe.html");
    std::fs::write(&path, probe.replace("VISITS", &serde_json::to_string(&visits)?))?;
    let visit = chromium::visit(&path, 1600)?;
    let title = visit.dom.split("<title>").nth(1).and_then(|rest| rest.split("</title>").next());
    assert_eq!(title, Some("behaves"), "{}", title.unwrap_or("no answer"));
    assert!(visit.console.is_empty(), "{:?}", visit.console);
    assert!(visit.requests.is_empty(), "{:?}", visit.requests);
    Ok(())
}
