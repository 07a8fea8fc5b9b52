//! The architecture as tests: who may import whom, which crate has its door where, and sizes.
//! The table is the one of docs/architecture.md; change both together.
#![expect(clippy::unwrap_used, clippy::panic, clippy::disallowed_methods, reason = "a test")]

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

/// Room → the rooms it may import besides itself.
const MAY_IMPORT: &[(&str, &[&str])] = &[
    ("units", &[]),
    ("stats", &[]),
    ("settings", &["units", "records"]),
    ("records", &["units"]),
    ("report", &["units", "records"]),
    ("dataset", &["units", "records"]),
    ("intake", &["units", "records", "settings", "dataset"]),
    ("analyses", &["dataset", "stats", "report", "records", "units"]),
    ("i18n", &["report", "records", "units"]),
    ("charts", &["report", "units"]),
    ("render", &["report", "charts", "units"]),
    ("deliver", &["render", "settings"]),
    ("sample", &["units"]),
    ("verify", &["stats"]),
];

/// Foreign crate → the rooms that hold its door.
const DOORS: &[(&str, &[&str])] = &[
    ("statrs", &["stats"]),
    ("libm", &["stats"]),
    ("clap", &["settings", "run"]),
    ("toml", &["settings", "intake", "dataset"]),
    ("calamine", &["intake"]),
    ("zip", &["intake"]),
    ("memchr", &["intake"]),
    ("hashbrown", &["dataset"]),
    ("foldhash", &["intake"]),
    ("encoding_rs", &["intake"]),
    ("chardetng", &["intake"]),
    ("parquet", &["intake"]),
    ("postcard", &["intake"]),
    ("rlimit", &["intake"]),
    ("plotters", &["charts"]),
    ("plotters_backend", &["charts"]),
    ("minijinja", &["render"]),
    ("rust_xlsxwriter", &["render", "sample"]),
    ("rand_chacha", &["sample", "stats"]),
    ("tempfile", &["deliver"]),
    ("anstream", &["run"]),
    ("indicatif", &["run"]),
    ("jiff", &["units"]),
];

const MAX_FILE: usize = 400;
const MAX_FUNCTION: usize = 60;

struct Source {
    path: PathBuf,
    room: String,
    text: String,
}

impl Source {
    /// The text outside `#[cfg(test)]` modules and test files.
    fn product(&self) -> &str {
        self.text.split("#[cfg(test)]").next().unwrap_or_default()
    }

    fn is_test(&self) -> bool {
        let name = self.path.file_stem().unwrap().to_string_lossy().into_owned();
        let inside = self.path.components().any(|part| part.as_os_str() == "tests");
        let names = ["tests", "testing", "fixture", "fixtures"];
        inside || names.contains(&name.as_str()) || name.ends_with("_tests")
    }
}

fn sources() -> Vec<Source> {
    let src = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut out = Vec::new();
    collect(&src, &src, &mut out);
    assert!(out.len() > 30, "the walk lost its way");
    out.sort_by(|a, b| a.path.cmp(&b.path));
    out
}

fn collect(src: &Path, folder: &Path, out: &mut Vec<Source>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            collect(src, &path, out);
        } else if path.extension().is_some_and(|e| e == "rs") {
            let text = fs::read_to_string(&path).unwrap();
            let path = path.strip_prefix(src).unwrap().to_owned();
            let room = path.components().next().unwrap().as_os_str().to_string_lossy().into_owned();
            out.push(Source { path, room, text });
        }
    }
}

/// Names that follow `prefix` where it stands as a path segment of its own.
fn after<'a>(text: &'a str, prefix: &'a str) -> impl Iterator<Item = &'a str> {
    text.match_indices(prefix).filter_map(move |(at, _)| {
        let before = text[..at].chars().next_back();
        let own = before.is_none_or(|c| !c.is_alphanumeric() && c != '_' && c != ':');
        let rest = &text[at + prefix.len()..];
        let end = rest.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(rest.len());
        own.then_some(&rest[..end])
    })
}

/// Rooms named by `crate::room` and `crate::{a, b::c}`.
fn imported_rooms(text: &str) -> Vec<String> {
    let mut rooms: Vec<String> = after(text, "crate::").map(str::to_owned).collect();
    for (at, _) in text.match_indices("crate::{") {
        let rest = &text[at + "crate::{".len()..];
        let mut depth = 0_i32;
        let mut word = String::new();
        for c in rest.chars() {
            match c {
                '{' => depth += 1,
                '}' if depth == 0 => break,
                '}' => depth -= 1,
                ',' if depth == 0 => rooms.push(std::mem::take(&mut word)),
                c if depth == 0 && !c.is_whitespace() => word.push(c),
                _ => {}
            }
        }
        rooms.push(word);
    }
    rooms.retain(|room| !room.is_empty());
    rooms.iter().map(|room| room.split("::").next().unwrap().to_owned()).collect()
}

#[test]
fn no_room_imports_what_the_table_does_not_list() {
    let table: BTreeMap<&str, &[&str]> = MAY_IMPORT.iter().copied().collect();
    let mut wrong = Vec::new();
    for source in sources().iter().filter(|s| !s.is_test()) {
        let Some(allowed) = table.get(source.room.as_str()) else { continue };
        for room in imported_rooms(source.product()) {
            let fine = room == source.room || allowed.contains(&room.as_str());
            if table.contains_key(room.as_str()) && !fine || room == "run" {
                wrong.push(format!("{}: crate::{room}", source.path.display()));
            }
        }
    }
    assert!(wrong.is_empty(), "not in the import table:\n{}", wrong.join("\n"));
}

#[test]
fn no_analysis_imports_another() {
    let mut wrong = Vec::new();
    for source in sources().iter().filter(|s| s.room == "analyses" && !s.is_test()) {
        let parts: Vec<_> = source.path.iter().map(|p| p.to_string_lossy().into_owned()).collect();
        let [_, wing, room, _, ..] = parts.as_slice() else { continue };
        let own = format!("{wing}::{room}");
        for (at, _) in source.text.match_indices("crate::analyses::") {
            let rest = &source.text[at + "crate::analyses::".len()..];
            let trunk = rest.starts_with("analysis") || rest.starts_with("charting");
            let shared = trunk || rest.starts_with(&own);
            let item = rest.starts_with('{') || rest.starts_with(char::is_uppercase);
            if !shared && !item {
                wrong.push(source.path.display().to_string());
            }
        }
    }
    assert!(wrong.is_empty(), "an analysis leans on another:\n{}", wrong.join("\n"));
}

#[test]
fn every_foreign_crate_is_used_through_its_door() {
    let mut wrong = Vec::new();
    for source in sources().iter().filter(|s| !s.is_test()) {
        for (krate, rooms) in DOORS {
            let used = after(source.product(), &format!("{krate}::")).next().is_some();
            if used && !rooms.contains(&source.room.as_str()) {
                wrong.push(format!("{}: {krate}", source.path.display()));
            }
        }
    }
    assert!(wrong.is_empty(), "past the door:\n{}", wrong.join("\n"));
}

#[test]
fn files_and_functions_stay_small() {
    let mut wrong = Vec::new();
    for source in &sources() {
        let lines = source.text.lines().count();
        if lines > MAX_FILE {
            wrong.push(format!("{}: {lines} lines", source.path.display()));
        }
        for (line, length) in functions(&source.text) {
            if length > MAX_FUNCTION {
                wrong.push(format!(
                    "{}:{line}: a function of {length} lines",
                    source.path.display()
                ));
            }
        }
    }
    assert!(wrong.is_empty(), "too long:\n{}", wrong.join("\n"));
}

/// First line and length of each function, told by rustfmt's indentation.
fn functions(text: &str) -> Vec<(usize, usize)> {
    let lines: Vec<&str> = text.lines().collect();
    let mut out = Vec::new();
    for (i, line) in lines.iter().enumerate() {
        let code = line.trim_start();
        let is_fn =
            ["fn ", "pub fn ", "pub(super) fn ", "pub(crate) fn ", "const fn ", "pub const fn "]
                .iter()
                .any(|start| code.starts_with(start));
        if !is_fn || code.ends_with(';') || code.ends_with('}') {
            continue;
        }
        let close = format!("{}}}", " ".repeat(line.len() - code.len()));
        let end = lines[i..].iter().position(|l| *l == close);
        out.push((i + 1, end.map_or(1, |end| end + 1)));
    }
    out
}

#[test]
fn the_project_speaks_of_itself_alone() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut wrong = Vec::new();
    for name in [
        "README.md",
        "CHANGELOG.md",
        "CONTRIBUTING.md",
        "docs/architecture.md",
        "docs/dependencies.md",
    ] {
        let text =
            fs::read_to_string(root.join(name)).unwrap_or_else(|_| panic!("{name} is missing"));
        for path in ["/home/", "/root/", "/tmp/", "C:\\Users"] {
            if text.contains(path) {
                wrong.push(format!("{name}: {path}"));
            }
        }
    }
    assert!(wrong.is_empty(), "paths of a machine:\n{}", wrong.join("\n"));
}
