//! A page as Chromium sees it: its document after the script ran, what the console said, and
//! every address it asked for.

use std::io;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

/// Hosts the browser itself calls, whatever page it shows.
const ITS_OWN: &[&str] = &["google.com", "googleapis.com", "gstatic.com"];

/// One visit.
pub(crate) struct Visit {
    /// The document, serialised.
    pub(crate) dom: String,
    /// Lines of the console.
    pub(crate) console: Vec<String>,
    /// Addresses on the network asked for by the page.
    pub(crate) requests: Vec<String>,
}

/// Opens a page without a network, with a window of that width.
pub(crate) fn visit(page: &Path, width: u32) -> io::Result<Visit> {
    let own = tempfile::tempdir()?;
    let log = own.path().join("net.json");
    let output = run(page, width, own.path(), &log)?;
    let dom = String::from_utf8_lossy(&output.stdout).into_owned();
    if !output.status.success() || dom.is_empty() {
        return Err(io::Error::other(String::from_utf8_lossy(&output.stderr).into_owned()));
    }
    let said = String::from_utf8_lossy(&output.stderr);
    let console = said.lines().filter(|line| line.contains(":CONSOLE")).map(str::to_owned);
    let console = console.collect();
    Ok(Visit { dom, console, requests: requests(&std::fs::read_to_string(log)?) })
}

fn run(page: &Path, width: u32, own: &Path, log: &Path) -> io::Result<Output> {
    let page: PathBuf = page.canonicalize()?;
    Command::new("chromium")
        .args(["--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"])
        .args(["--disable-background-networking", "--disable-component-update"])
        .args(["--disable-sync", "--allow-file-access-from-files"])
        .args(["--host-resolver-rules=MAP * ~NOTFOUND", "--enable-logging=stderr", "--v=0"])
        .args(["--virtual-time-budget=600000", "--dump-dom"])
        .arg(format!("--window-size={width},2000"))
        .arg(format!("--user-data-dir={}", own.join("profile").display()))
        .arg(format!("--log-net-log={}", log.display()))
        .arg(format!("file://{}", page.display()))
        .output()
}

/// Addresses in a network log, without those the browser calls of its own.
fn requests(log: &str) -> Vec<String> {
    let mut out: Vec<String> = log
        .split("\"url\":\"")
        .skip(1)
        .filter_map(|rest| rest.split('"').next())
        .filter(|url| url.starts_with("http") || url.starts_with("ws"))
        .filter(|url| !ITS_OWN.iter().any(|host| of_host(url, host)))
        .map(str::to_owned)
        .collect();
    out.sort();
    out.dedup();
    out
}

fn of_host(url: &str, host: &str) -> bool {
    let name = url.split("://").nth(1).and_then(|rest| rest.split(['/', ':']).next());
    name.is_some_and(|name| name == host || name.ends_with(&format!(".{host}")))
}
