//! The driver of the suite: a run of gemba on a folder of its own, in sentences.
#![allow(dead_code, reason = "each binary uses its part")]
#![expect(
    clippy::unwrap_used,
    clippy::disallowed_methods,
    unreachable_pub,
    reason = "test support, shared by several binaries"
)]

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use tempfile::TempDir;

/// A folder of its own, and the program.
pub struct Gemba {
    dir: TempDir,
}

/// What a run left behind.
pub struct Ran {
    pub code: i32,
    pub stdout: String,
    pub stderr: String,
}

impl Gemba {
    pub fn new() -> Self {
        Self { dir: tempfile::tempdir().unwrap() }
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.dir.path().join(name)
    }

    /// Puts a file into the folder.
    pub fn with(self, name: &str, bytes: impl AsRef<[u8]>) -> Self {
        let path = self.path(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
        self
    }

    /// Runs gemba with the words of a line, in the folder.
    pub fn run(&self, line: &str) -> Ran {
        let words: Vec<&str> = line.split_whitespace().collect();
        self.run_words(&words)
    }

    pub fn run_words(&self, words: &[&str]) -> Ran {
        let program = env!("CARGO_BIN_EXE_gemba");
        let output = Command::new(program).args(words).current_dir(self.dir.path()).output();
        Ran::from(output.unwrap())
    }

    /// The bytes of a file a run wrote.
    pub fn read(&self, name: &str) -> Vec<u8> {
        fs::read(self.path(name)).unwrap()
    }

    pub fn text(&self, name: &str) -> String {
        String::from_utf8(self.read(name)).unwrap()
    }

    pub fn json(&self, name: &str) -> serde_json::Value {
        serde_json::from_slice(&self.read(name)).unwrap()
    }

    /// Every file of a folder, by name, but the protocol of the run.
    pub fn files(&self, folder: &str) -> BTreeMap<String, Vec<u8>> {
        let folder = self.path(folder);
        let entries = fs::read_dir(&folder).map(|e| e.map(|e| e.unwrap()).collect::<Vec<_>>());
        let name = |path: &Path| path.file_name().unwrap().to_string_lossy().into_owned();
        entries
            .unwrap_or_default()
            .iter()
            .filter(|entry| entry.file_name() != "run.json")
            .map(|entry| (name(&entry.path()), fs::read(entry.path()).unwrap()))
            .collect()
    }
}

impl From<Output> for Ran {
    fn from(output: Output) -> Self {
        Self {
            code: output.status.code().unwrap_or(-1),
            stdout: String::from_utf8_lossy(&output.stdout).into_owned(),
            stderr: String::from_utf8_lossy(&output.stderr).into_owned(),
        }
    }
}

impl Ran {
    #[track_caller]
    pub fn exits(self, code: i32) -> Self {
        assert_eq!(self.code, code, "stdout:\n{}\nstderr:\n{}", self.stdout, self.stderr);
        assert!(!self.stderr.contains("panicked"), "{}", self.stderr);
        self
    }

    #[track_caller]
    pub fn says(self, text: &str) -> Self {
        let all = format!("{}{}", self.stdout, self.stderr);
        assert!(all.contains(text), "{text:?} is not in:\n{all}");
        self
    }
}

/// A file of the repository.
pub fn repository(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(name)
}

/// Every metric of a report's sections: id → value as JSON.
pub fn metrics(report: &serde_json::Value) -> BTreeMap<String, serde_json::Value> {
    let sections = report["sections"].as_array().unwrap();
    let all = sections.iter().flat_map(|s| s["outcome"]["metrics"].as_array().unwrap());
    all.map(|m| (m["id"].as_str().unwrap().to_owned(), m.clone())).collect()
}

/// Every finding of a report's sections.
pub fn findings(report: &serde_json::Value) -> Vec<serde_json::Value> {
    let sections = report["sections"].as_array().unwrap();
    sections.iter().flat_map(|s| s["outcome"]["findings"].as_array().unwrap().clone()).collect()
}
