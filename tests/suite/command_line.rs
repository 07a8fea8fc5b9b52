//! What the command line promises: exit codes, hints, help.

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
fn explain_has_a_page_for_metrics_findings_and_codes() {
    let gemba = Gemba::new();
    for id in ["dpmo", "z_st", "win_rate", "defects.rise", "E203"] {
        gemba.run(&format!("explain {id}")).exits(0).says(id);
    }
    gemba.run("explain E203 --lang zh-Hant").exits(0).says("日期");
    gemba.run("explain dpmoo").exits(2).says("dpmo");
    gemba.run("explain --all --lang zh-Hans").exits(0).says("置信区间");
    let all = gemba.run("explain --all --format json").exits(0);
    let pages: Vec<serde_json::Value> = serde_json::from_str(&all.stdout).unwrap();
    assert!(pages.len() > 50, "{}", pages.len());
    assert!(!all.stdout.contains('⟦'), "a word is missing");
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
