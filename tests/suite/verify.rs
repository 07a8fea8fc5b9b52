//! `gemba verify`: the program against certified and published figures, and the checker itself:
//! a figure that is wrong must be called wrong.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use serde_json::{Value, json};

use crate::support::{Gemba, repository};

/// Every case file of the repository.
fn case_files() -> Vec<PathBuf> {
    let folder = repository("tests/reference");
    let mut files: Vec<PathBuf> = fs::read_dir(folder)
        .unwrap()
        .flat_map(|family| fs::read_dir(family.unwrap().path()).unwrap())
        .map(|file| file.unwrap().path())
        .collect();
    files.sort();
    files
}

fn read(path: &Path) -> Value {
    serde_json::from_slice(&fs::read(path).unwrap()).unwrap()
}

/// Statuses by case name, of a JSON verification.
fn statuses(stdout: &str) -> Vec<(String, String)> {
    let all: Value = serde_json::from_str(stdout).unwrap();
    let text = |case: &Value, key: &str| case[key].as_str().unwrap().to_owned();
    let cases = all["cases"].as_array().unwrap();
    cases.iter().map(|case| (text(case, "id"), text(case, "status"))).collect()
}

#[test]
fn every_case_the_program_carries_passes() {
    let ran = Gemba::new().run("verify --format json");
    let failed: Vec<_> =
        statuses(&ran.stdout).into_iter().filter(|(_, status)| status != "pass").collect();
    assert!(failed.is_empty(), "{failed:?}");
    ran.exits(0);
}

#[test]
fn the_program_carries_every_case_of_the_repository() {
    let ran = Gemba::new().run("verify --format json");
    let carried: BTreeSet<String> = statuses(&ran.stdout).into_iter().map(|(id, _)| id).collect();
    let kept: BTreeSet<String> =
        case_files().iter().map(|path| read(path)["id"].as_str().unwrap().to_owned()).collect();
    assert_eq!(carried, kept);
}

/// Numbers, truth values and empty lists under `value` with their paths, as `a.b[0]`, in order.
fn leaves<'a>(value: &'a mut Value, path: &str, out: &mut Vec<(String, &'a mut Value)>) {
    let branches = match value {
        Value::Object(map) => !map.is_empty(),
        Value::Array(list) => !list.is_empty(),
        Value::Null | Value::String(_) => return,
        Value::Number(_) | Value::Bool(_) => false,
    };
    if !branches {
        out.push((path.to_owned(), value));
        return;
    }
    match value {
        Value::Object(map) => {
            for (key, value) in map {
                let dot = if path.is_empty() { "" } else { "." };
                leaves(value, &format!("{path}{dot}{key}"), out);
            }
        }
        Value::Array(list) => {
            for (i, value) in list.iter_mut().enumerate() {
                leaves(value, &format!("{path}[{i}]"), out);
            }
        }
        _ => {}
    }
}

/// Paths of the figures of each case that are judged, not only shown.
fn judged(stdout: &str) -> BTreeSet<(String, String)> {
    let all: Value = serde_json::from_str(stdout).unwrap();
    let cases = all["cases"].as_array().unwrap().iter();
    let figures = cases.flat_map(|case| {
        let figures = case["figures"].as_array().unwrap().iter();
        figures.filter(|figure| figure["verdict"] == "pass").map(|figure| {
            let text = |value: &Value| value.as_str().unwrap().to_owned();
            (text(&case["id"]), text(&figure["path"]))
        })
    });
    figures.collect()
}

/// Alters the judged figure that lies `at` (0 to 1) of the way through what the case expects.
fn altered(case: &mut Value, judged: &BTreeSet<(String, String)>, at: f64) {
    let id = case["id"].as_str().unwrap().to_owned();
    let mut figures = Vec::new();
    leaves(&mut case["expected"], "", &mut figures);
    figures.retain(|(path, _)| judged.contains(&(id.clone(), path.clone())));
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        clippy::cast_precision_loss,
        reason = "a case has few figures"
    )]
    let nth = ((figures.len() - 1) as f64 * at).round() as usize;
    let figure = &mut *figures[nth].1;
    *figure = match (figure.as_bool(), figure.as_f64()) {
        (Some(said), _) => json!(!said),
        (None, Some(number)) => json!(number * 1.25 + 0.75),
        (None, None) => json!([1]),
    };
}

#[test]
fn a_case_whose_expected_figure_was_altered_misses() {
    let judged = judged(&Gemba::new().run("verify --format json").stdout);
    for at in [0.0, 0.2, 0.4, 0.6, 0.8, 1.0] {
        let mut gemba = Gemba::new();
        for path in case_files() {
            let mut case = read(&path);
            altered(&mut case, &judged, at);
            let name = path.file_name().unwrap().to_string_lossy().into_owned();
            gemba = gemba.with(&format!("cases/{name}"), case.to_string());
        }
        let ran = gemba.run("verify --cases cases --format json");
        let kept: Vec<_> =
            statuses(&ran.stdout).into_iter().filter(|(_, status)| status != "miss").collect();
        assert!(kept.is_empty(), "altered at {at}, and still: {kept:?}");
        ran.exits(1);
    }
}

#[test]
fn what_no_procedure_computes_is_named() {
    let unknown = json!({"id": "tea", "procedure": "tea.leaves", "expected": {"luck": 1}});
    let ran = Gemba::new().with("cases/tea.json", unknown.to_string()).run("verify --cases cases");
    ran.exits(0).says("NOT COVERED  tea").says("tea.leaves").says("1 not covered");
}

#[test]
fn inputs_a_procedure_cannot_read_are_a_miss_with_the_reason() {
    let wrong = json!({"id": "c", "procedure": "interval.poisson", "expected": {"cases": []},
        "inputs": {"x": ["many"], "exposure": [1]}});
    let ran = Gemba::new().with("cases/c.json", wrong.to_string()).run("verify --cases cases");
    ran.exits(1).says("MISS").says("cannot be read");
}

#[test]
fn a_folder_without_cases_is_no_success() {
    let gemba = Gemba::new().with("cases/readme.txt", "nothing here");
    gemba.run("verify --cases cases").exits(2).says("no reference case");
    gemba.run("verify --cases nowhere").exits(2).says("nowhere");
    let gemba = gemba.with("cases/bad.json", "{\"id\": 1}");
    gemba.run("verify --cases cases").exits(2).says("bad.json");
}

#[test]
fn the_summary_speaks_three_languages() {
    let gemba = Gemba::new();
    gemba.run("verify --only interval --summary").says("PASS").says("passed");
    gemba.run("verify --only interval --summary --lang zh-Hant").says("通過").says("個案例");
    gemba.run("verify --only interval --summary --lang zh-Hans").says("通过").says("个案例");
}
