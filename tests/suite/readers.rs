//! Two independent readers of `xlsx`: a report has the same bytes whichever read it.

use std::collections::BTreeMap;
use std::io::{Cursor, Read as _};

use crate::support::{Gemba, repository};

/// What a run with this reader wrote: by name, the text of every file and of every part of a
/// workbook, without what names the reader and the settings.
fn written(reader: &str) -> BTreeMap<String, String> {
    let sample = repository("sample-data").display().to_string();
    let settings = format!("[read]\nreader = \"{reader}\"\n");
    let gemba = Gemba::new().with("gemba.toml", settings);
    gemba.run_words(&["report", &sample, "-o", "out", "--lang", "en"]).exits(0);
    let protocol = gemba.json("out/run.json");
    let named = |file: &&serde_json::Value| file["reader"] == "xlsx (calamine)";
    let inputs = protocol["provenance"]["inputs"].as_array().unwrap();
    let books = inputs.iter().filter(|file| file["name"].as_str().unwrap().ends_with(".xlsx"));
    let general = books.clone().filter(named).count();
    assert!(
        if reader == "general" { general == books.count() } else { general == 0 },
        "{inputs:?}"
    );
    let hash = protocol["provenance"]["settings"].as_str().unwrap();
    let same = |text: String| {
        let text = text.replace("xlsx (calamine)", "xlsx");
        let text = text.replace(hash, "settings").replace(&hash[..12], "settings");
        let text = text.replace(&format!("\"{reader}\""), "\"reader\"");
        text.replace(&format!(">{reader}<"), ">reader<")
    };
    let texts = gemba.files("out").into_iter().flat_map(|(name, bytes)| parts(&name, bytes));
    texts.map(|(name, text)| (name, same(text))).collect()
}

fn parts(name: &str, bytes: Vec<u8>) -> Vec<(String, String)> {
    if !name.ends_with(".xlsx") {
        return vec![(name.to_owned(), String::from_utf8(bytes).unwrap())];
    }
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    let count = archive.len();
    let part = |at| {
        let (mut part, mut text) = (archive.by_index(at).unwrap(), String::new());
        part.read_to_string(&mut text).unwrap();
        (format!("{name}/{}", part.name().unwrap()), text)
    };
    let mut parts: Vec<_> = (0..count).map(part).collect();
    // Its texts are among the shared ones; its columns are as wide as the name of the reader.
    let (_, book) = parts.iter().find(|(name, _)| name.ends_with("/workbook.xml")).unwrap();
    let at = book.split("<sheet ").position(|sheet| sheet.contains("name=\"Audit\"")).unwrap();
    parts.retain(|(name, _)| !name.ends_with(&format!("/sheet{at}.xml")));
    parts
}

#[test]
fn a_report_is_the_same_whichever_reader_read_it() {
    let (own, general) = (written("auto"), written("general"));
    assert!(own.len() > 100, "{:?}", own.keys());
    assert!(own.keys().eq(general.keys()));
    for (name, text) in &own {
        let at = text.bytes().zip(general[name].bytes()).position(|(a, b)| a != b);
        let around = |text: &str, at: usize| {
            String::from_utf8_lossy(&text.as_bytes()[at.saturating_sub(60)..][..120]).into_owned()
        };
        let differ = at.map(|at| (around(text, at), around(&general[name], at)));
        assert!(*text == general[name], "{name}: {differ:?}");
    }
}

#[test]
fn a_reader_that_is_none_is_named_with_what_can_be() {
    let gemba = Gemba::new().with("gemba.toml", "[read]\nreader = \"genral\"\n");
    gemba.run("check x").exits(2).says("line 2").says("reader").says("general");
}
