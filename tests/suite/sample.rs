//! The sample company: the committed files are what the program writes.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use crate::support::{Gemba, repository};

/// Files of a folder of the repository, without its subfolders and its README.
fn committed(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let entries = fs::read_dir(folder).into_iter().flatten().map(Result::unwrap);
    let files = entries.filter(|entry| entry.path().is_file());
    let pair = |entry: fs::DirEntry| {
        (entry.file_name().to_string_lossy().into_owned(), fs::read(entry.path()).unwrap())
    };
    files.map(pair).filter(|(name, _)| name != "README.md").collect()
}

/// Compares a folder with what it should hold; `GEMBA_BLESS=1` writes it instead.
fn holds(folder: &Path, wanted: &BTreeMap<String, Vec<u8>>) {
    if std::env::var_os("GEMBA_BLESS").is_some() {
        fs::create_dir_all(folder).unwrap();
        for (name, bytes) in wanted {
            fs::write(folder.join(name), bytes).unwrap();
        }
    }
    let committed = committed(folder);
    assert!(committed.keys().eq(wanted.keys()), "{:?}\n{:?}", committed.keys(), wanted.keys());
    for (name, bytes) in wanted {
        assert!(committed[name] == *bytes, "{name} differs; GEMBA_BLESS=1 writes it anew");
    }
}

#[test]
fn the_committed_sample_is_what_gemba_sample_writes() {
    let gemba = Gemba::new();
    gemba.run("sample -o in").exits(0).says("truth.json");
    let files = gemba.files("in");
    let size: usize = files.values().map(Vec::len).sum();
    assert!(size < 3_000_000, "{size} bytes");
    holds(&repository("sample-data"), &files);
}

#[test]
fn the_committed_broken_files_are_what_the_program_breaks() {
    let files = gemba::sample::broken().unwrap();
    let files = files.into_iter().map(|file| (file.name, file.bytes)).collect();
    holds(&repository("sample-data/broken"), &files);
}

#[test]
fn every_problem_of_the_sample_is_one_that_was_planted() {
    let gemba = Gemba::new();
    let sample = repository("sample-data").display().to_string();
    let run = gemba.run_words(&["check", &sample, "--format", "json"]);
    let check: serde_json::Value = serde_json::from_str(&run.stdout).unwrap();
    let truth = fs::read(repository("sample-data/truth.json")).unwrap();
    let truth: serde_json::Value = serde_json::from_slice(&truth).unwrap();
    let planted = truth["bad_cells"].as_array().unwrap();
    let errors = check["issues"].as_array().unwrap().iter();
    let errors: Vec<_> = errors.filter(|i| i["code"].as_str().unwrap().starts_with('E')).collect();
    assert_eq!(errors.len(), planted.len(), "{errors:?}");
    for cell in planted {
        let same = |issue: &&&serde_json::Value| {
            issue["place"]["file"] == cell["file"] && issue["place"]["cell"] == cell["cell"]
        };
        assert!(errors.iter().any(|issue| same(&issue)), "{cell} was not reported");
    }
}
