//! What the command line promises: exit codes, hints, help.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use crate::support::{Gemba, repository};

#[test]
fn help_and_version_are_results() {
    let gemba = Gemba::new();
    gemba.run("--help").exits(0).says("report").says("Exit codes");
    gemba.run("--version").exits(0).says(env!("CARGO_PKG_VERSION"));
    gemba.run("report --help").exits(0).says("--as-of").says("Examples");
}

#[test]
fn a_mistake_in_the_line_is_exit_two_and_names_the_fix() {
    let gemba = Gemba::new();
    gemba.run("reprot x").exits(2).says("report");
    gemba.run("report x --lang fr").exits(2).says("zh-Hant");
    gemba.run("report x --report monthly").exits(2).says("monthly-sigma");
    gemba.run("report x --period 2026-13").exits(2).says("2026-10");
    gemba.run("report x --fail-on z=4").exits(2).says("--fail-on");
    gemba.run("sample --scenario odd").exits(2).says("planted, null");
}

#[test]
fn a_mistake_in_the_settings_names_file_line_and_column() {
    let gemba = Gemba::new().with("gemba.toml", "sigma_shift = 1.5\nsigmashift = 2\n");
    gemba.run("report x").exits(2).says("gemba.toml").says("line 2");
}

#[test]
fn check_prints_mapping_and_problems_as_text_and_json() {
    let gemba = Gemba::new();
    let sample = repository("sample-data").display().to_string();
    let text = gemba.run_words(&["check", &sample]);
    assert!(text.stdout.contains("→"), "{}", text.stdout);
    let json = gemba.run_words(&["check", &sample, "--format", "json"]);
    let check: serde_json::Value = serde_json::from_str(&json.stdout).unwrap();
    assert!(check["mapping"].as_array().unwrap().len() > 10);
    assert!(!check["issues"].as_array().unwrap().is_empty());
}

#[test]
fn a_gate_fails_the_run_after_its_reports_were_written() {
    let gemba = Gemba::new();
    let sample = repository("sample-data").display().to_string();
    let words = ["report", &sample, "--report", "monthly-sigma", "--format", "json", "-o", "out"];
    let run = gemba.run_words(&[&words[..], &["--fail-on", "dpmo>1"]].concat());
    run.exits(4).says("dpmo>1");
    assert_eq!(gemba.files("out").len(), 1);
    gemba.run_words(&[&words[..], &["--fail-on", "dpmo>999999"]].concat()).exits(0);
    gemba.run_words(&[&words[..], &["--fail-on", "no_such_metric>1"]].concat()).exits(4);
}

#[test]
fn quiet_prints_nothing_and_no_color_no_escape() {
    let gemba = Gemba::new();
    let sample = repository("sample-data").display().to_string();
    let words = ["report", &sample, "--format", "json", "-o", "out"];
    let loud = gemba.run_words(&words).exits(0);
    assert!(!loud.stdout.contains('\u{1b}'), "colour in a pipe");
    let quiet = gemba.run_words(&[&words[..], &["--quiet"]].concat()).exits(0);
    assert_eq!((quiet.stdout.as_str(), quiet.stderr.as_str()), ("", ""));
}

fn pages(gemba: &Gemba, lang: &str) -> Vec<serde_json::Value> {
    let words = ["explain", "--all", "--format", "json", "--lang", lang];
    serde_json::from_str(&gemba.run_words(&words).exits(0).stdout).unwrap()
}

#[test]
fn a_page_for_figures_findings_methods_and_codes() {
    let gemba = Gemba::new();
    for id in ["dpmo", "z_st", "win_rate", "defects.rise", "E203", "stats.cpk"] {
        gemba.run(&format!("explain {id}")).exits(0).says(id);
    }
    gemba.run("explain cpk").exits(0).says("(stats.cpk)").says("Conventions").says("pooled s");
    gemba.run("explain E203 --lang zh-Hant").exits(0).says("日期");
    gemba.run("explain cpk --lang zh-Hans").exits(0).says("过程能力指数").says("各家惯例");
    assert!(pages(&gemba, "en").len() > 200);
}

#[test]
fn an_unknown_id_gets_the_nearest_page() {
    let gemba = Gemba::new();
    gemba.run("explain dpmoo").exits(2).says("dpmo");
    gemba.run("explain kaplan_meyer").exits(2).says("stats.kaplan_meier");
    gemba.run("explain stats.cpq").exits(2).says("stats.cp");
    gemba.run("explain cpk --docs out").exits(2);
}

#[test]
fn pages_point_to_pages_that_are_there() {
    let gemba = Gemba::new();
    for lang in ["en", "zh-Hant", "zh-Hans"] {
        let all = pages(&gemba, lang);
        let ids: BTreeSet<&str> = all.iter().map(|page| page["id"].as_str().unwrap()).collect();
        for page in &all {
            let text = page.to_string();
            assert!(!text.contains('⟦'), "a word is missing: {text}");
            for (at, _) in text.match_indices("stats.") {
                let part = |c: char| !c.is_ascii_alphanumeric() && c != '_' && c != '.';
                let id = text[at..].split(part).next().unwrap().trim_end_matches('.');
                assert!(ids.contains(id), "{id} in {text}");
            }
        }
    }
}

#[test]
fn docs_metrics_is_what_explain_writes() {
    let gemba = Gemba::new();
    gemba.run("explain --docs out").exits(0);
    let mut shown = BTreeSet::new();
    for folder in ["", "zh-Hant", "zh-Hans"] {
        let written = markdown(&gemba.path("out").join(folder));
        let kept = markdown(&repository("docs/metrics").join(folder));
        assert!(written.len() > 20, "{folder}: {}", written.len());
        assert!(written.keys().eq(kept.keys()), "files of docs/metrics/{folder}");
        for (name, text) in &written {
            assert_eq!(Some(text), kept.get(name), "docs/metrics/{folder}/{name} is out of date");
        }
        let anchors = written.values().flat_map(|text| text.split("<a id=\"").skip(1));
        shown.extend(anchors.map(|rest| rest.split('"').next().unwrap_or_default().to_owned()));
    }
    for page in pages(&gemba, "en").iter().filter(|page| page["reading"] != "") {
        let id = page["id"].as_str().unwrap();
        let code = id.len() == 4 && id[1..].bytes().all(|b| b.is_ascii_digit());
        assert!(code || shown.contains(id), "{id} stands in no chapter");
    }
}

fn markdown(folder: &Path) -> BTreeMap<String, String> {
    let entries = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let pages = entries.filter(|path| path.extension().is_some_and(|e| e == "md"));
    let name = |path: &Path| path.file_name().unwrap().to_string_lossy().into_owned();
    pages.map(|path| (name(&path), fs::read_to_string(&path).unwrap())).collect()
}
