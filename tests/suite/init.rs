//! `gemba init`: settings written from the files as they are.

use crate::support::{Gemba, repository};

const ORDERS: &str = "Order ID,Order Date,Customer Name,Amount (USD),Colour\n\
    1,2026-01-05,Ann,100,red\n2,2026-02-05,Bob,200,blue\n3,2026-03-05,Ann,300,red\n";

/// The report without the hash of its settings.
fn report(gemba: &Gemba, words: &[&str]) -> Vec<(String, serde_json::Value)> {
    gemba.run_words(words);
    let files = gemba.files("out");
    assert!(!files.is_empty(), "{words:?} wrote nothing");
    let without = |(name, bytes): (String, Vec<u8>)| {
        let mut report: serde_json::Value = serde_json::from_slice(&bytes).unwrap();
        report["provenance"]["settings"].take();
        (name, report)
    };
    files.into_iter().map(without).collect()
}

#[test]
fn every_sheet_and_column_is_named_with_how_it_was_told() {
    let gemba = Gemba::new().with("in/orders.csv", ORDERS).with("in/notes.csv", "a,b\n1,2\n");
    gemba.run("init in").exits(0).says("gemba.toml");
    let text = gemba.text("gemba.toml");
    for part in [
        "#:schema",
        "file = \"orders.csv\"",
        "table = \"orders\"",
        "\"Order ID\" = \"order_id\"  # own name",
        "\"Amount (USD)\" = \"amount\"",
        "# \"Colour\" = \"ignore\"",
        "# currency = \"USD\"",
        "# period = \"2026-01..2026-03\"",
        "# file = \"notes.csv\"",
        "W108",
    ] {
        assert!(text.contains(part), "{part} is not in:\n{text}");
    }
}

#[test]
fn what_it_writes_is_read_and_changes_no_figure() {
    let sample = repository("sample-data").display().to_string();
    let gemba = Gemba::new().with("in/orders.csv", ORDERS);
    for input in [sample.as_str(), "in"] {
        let words = ["report", input, "--format", "json", "-o", "out"];
        let before = report(&gemba, &words);
        gemba.run_words(&["init", input, "-o", "own.toml", "--force"]).exits(0);
        gemba.run_words(&["check", input, "-c", "own.toml"]);
        let after = report(&gemba, &[&words[..], &["-c", "own.toml"]].concat());
        assert_eq!(before.len(), after.len());
        for ((name, before), (_, after)) in before.iter().zip(&after) {
            assert!(before == after, "{name} differs with the settings written for {input}");
        }
    }
}

#[test]
fn it_never_replaces_a_file_unless_told() {
    let gemba =
        Gemba::new().with("in/orders.csv", ORDERS).with("gemba.toml", "currency = \"EUR\"\n");
    gemba.run("init in").exits(2).says("gemba.toml").says("--force");
    assert_eq!(gemba.text("gemba.toml"), "currency = \"EUR\"\n");
    gemba.run("init in --force").exits(0);
    assert!(gemba.text("gemba.toml").contains("[[map]]"));
}

#[test]
fn the_same_files_give_the_same_bytes_in_each_language() {
    let gemba = Gemba::new().with("in/orders.csv", ORDERS);
    for (lang, word) in [("en", "own name"), ("zh-Hant", "欄位本名"), ("zh-Hans", "字段本名")]
    {
        gemba.run(&format!("init in -o a.toml --force --lang {lang}")).exits(0);
        gemba.run(&format!("init in -o b.toml --force --lang {lang}")).exits(0);
        assert_eq!(gemba.read("a.toml"), gemba.read("b.toml"));
        let text = gemba.text("a.toml");
        assert!(text.contains(word) && !text.contains('⟦'), "{lang}: {text}");
    }
}

#[test]
fn nothing_to_read_is_refused() {
    Gemba::new().with("in/a.csv", "").run("init in").exits(1);
}
