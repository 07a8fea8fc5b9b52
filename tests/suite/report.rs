//! The README's main job on the committed sample.

use std::collections::BTreeSet;

use crate::support::{Gemba, Ran, findings, repository};

fn report(gemba: &Gemba, more: &[&str]) -> Ran {
    let sample = repository("sample-data").display().to_string();
    gemba.run_words(&[&["report", &sample, "-o", "out"], more].concat())
}

#[test]
fn six_reports_in_three_languages_as_page_workbook_and_data() {
    let gemba = Gemba::new();
    report(&gemba, &[]).exits(0).says("Written").says("monthly-sigma");
    let files = gemba.files("out");
    assert_eq!(files.len(), 6 * (3 + 3 + 1), "{:?}", files.keys());
    for (name, bytes) in &files {
        let text = String::from_utf8_lossy(bytes);
        assert!(!bytes.is_empty(), "{name}");
        assert!(!text.contains('⟦'), "{name}: a word is missing");
        if name.ends_with(".html") {
            assert!(bytes.len() < 1_500_000, "{name}: {} bytes", bytes.len());
            let page = text.split("<script").next().unwrap();
            for bad in ["NaN", "∞", "Infinity", "undefined"] {
                assert!(!page.contains(bad), "{name}: {bad}");
            }
        }
    }
}

#[test]
fn the_same_input_gives_the_same_bytes_on_any_number_of_threads() {
    let (a, b) = (Gemba::new(), Gemba::new());
    report(&a, &["--threads", "1"]).exits(0);
    report(&b, &["--threads", "8"]).exits(0);
    assert_eq!(a.files("out"), b.files("out"));
}

#[test]
fn every_row_is_accounted_for() {
    let gemba = Gemba::new();
    report(&gemba, &["--report", "sales", "--format", "json"]).exits(0);
    let (name, _) = gemba.files("out").pop_first().unwrap();
    let report = gemba.json(&format!("out/{name}"));
    for sheet in report["account"]["sheets"].as_array().unwrap() {
        let n = |key: &str| sheet[key].as_u64().unwrap();
        let sum = |key: &str| -> u64 {
            sheet[key].as_object().unwrap().values().map(|v| v.as_u64().unwrap()).sum()
        };
        let out =
            n("header") + n("title") + n("blank") + n("used") + sum("rejected") + sum("ignored");
        assert_eq!(n("seen"), out, "{sheet}");
    }
}

#[test]
fn the_report_fits_its_published_schema() {
    let schema: serde_json::Value =
        serde_json::from_slice(&std::fs::read(repository("docs/report.schema.json")).unwrap())
            .unwrap();
    let printed: serde_json::Value =
        serde_json::from_str(&Gemba::new().run("schema").exits(0).stdout).unwrap();
    assert_eq!(schema, printed, "docs/report.schema.json is not what `gemba schema` prints");
    let validator = jsonschema::validator_for(&schema).unwrap();
    let gemba = Gemba::new();
    report(&gemba, &["--format", "json"]).exits(0);
    for name in gemba.files("out").keys() {
        let report = gemba.json(&format!("out/{name}"));
        let errors: Vec<String> =
            validator.iter_errors(&report).map(|e| e.to_string()).take(3).collect();
        assert!(errors.is_empty(), "{name}: {errors:?}");
    }
}

#[test]
fn the_planted_truths_in_sight_are_stated() {
    let gemba = Gemba::new();
    report(&gemba, &["--format", "json"]).exits(0);
    let truth: serde_json::Value =
        serde_json::from_slice(&std::fs::read(repository("sample-data/truth.json")).unwrap())
            .unwrap();
    let stated: Vec<serde_json::Value> = gemba
        .files("out")
        .keys()
        .flat_map(|name| findings(&gemba.json(&format!("out/{name}"))))
        .collect();
    let missed: BTreeSet<String> = crate::seeds::visible(&truth)
        .filter(|t| !crate::seeds::states(&stated, t))
        .map(|t| t["id"].to_string())
        .collect();
    assert!(missed.is_empty(), "not stated: {missed:?}");
}

#[test]
fn the_protocol_names_what_was_read_and_written_and_how_it_ended() {
    let csv = "Order ID,Order Date,Customer ID,Sales\n1,2026-01-05,C1,100\n2,someday,C1,7\n\
               3,2026-02-05,C2,50\n4,2026-02-06,C2,50\n5,2026-02-07,C2,50\n";
    let gemba = Gemba::new().with("in/orders.csv", csv);
    let line = "report in -o out --report sales --format json --fail-on no_such>1";
    gemba.run(line).exits(4);
    let protocol = gemba.json("out/run.json");
    let provenance = &protocol["provenance"];
    assert_eq!(protocol["exit_code"], 4);
    assert_eq!(protocol["inputs"][0]["path"], "in/orders.csv");
    assert_eq!(protocol["inputs"][0]["errors"], 1);
    assert_eq!(protocol["inputs"][0]["sheets"][0]["used"], 4);
    assert_eq!(provenance["inputs"][0]["sha256"], sha256(csv.as_bytes()));
    assert_eq!(provenance["reading"]["limits.sheets"], "1000");
    let (name, bytes) = gemba.files("out").pop_first().unwrap();
    assert_eq!(protocol["outputs"][0]["name"], name);
    assert_eq!(protocol["outputs"][0]["sha256"], sha256(&bytes));
    assert_eq!(gemba.json(&format!("out/{name}"))["provenance"], *provenance);
    let first = gemba.read("out/run.json");
    gemba.run(line).exits(4);
    assert!(first == gemba.read("out/run.json"), "the same run gives another protocol");
}

fn sha256(bytes: &[u8]) -> String {
    use sha2::Digest as _;
    let mut out = String::new();
    for byte in sha2::Sha256::digest(bytes) {
        out.push_str(&format!("{byte:02x}"));
    }
    out
}

#[test]
fn a_report_of_ones_own_needs_no_compiling() {
    let own = "id = \"mine\"\n[words.en]\ntitle = \"Mine\"\nsubtitle = \"For me\"\n[[analysis]]\nid = \"pareto\"\n";
    let gemba = Gemba::new().with("own/mine.toml", own);
    let words = ["--reports-dir", "own", "--report", "mine", "--lang", "en", "--format", "html"];
    report(&gemba, &words).exits(0).says("Mine");
    assert!(gemba.files("out").keys().all(|name| name.starts_with("mine-")));
}
