//! Over seeds, not on a hand-picked one: planted truths are found, and nothing is found where
//! nothing was planted.

use std::sync::Mutex;
use std::sync::atomic::{AtomicU64, Ordering};

use serde_json::Value as Json;

use crate::support::{Gemba, findings};

/// Seeds of either side; none is the committed sample's.
const SEEDS: u64 = 20;

/// The truths an analysis of today can see.
pub fn visible(truth: &Json) -> impl Iterator<Item = &Json> {
    truth["truths"].as_array().unwrap().iter().filter(|t| t["visible"] == true)
}

/// Whether any finding states the truth: same id, and every argument the same (months within
/// one of each other).
pub fn states(findings: &[Json], truth: &Json) -> bool {
    findings.iter().any(|finding| {
        let args = truth["args"].as_object().unwrap();
        finding["id"] == truth["finding"] && args.iter().all(|(k, v)| argument(finding, k, v))
    })
}

fn argument(finding: &Json, name: &str, wanted: &Json) -> bool {
    let got = &finding["message"]["args"][name]["value"];
    match (month(got), month(wanted)) {
        (Some(a), Some(b)) => (a - b).abs() <= 1,
        _ => got == wanted,
    }
}

fn month(json: &Json) -> Option<i64> {
    let (year, month) = json.as_str()?.split_once('-')?;
    Some(year.parse::<i64>().ok()? * 12 + month.parse::<i64>().ok()?)
}

/// The three reports of a sample company, and its truths.
fn company(seed: u64, scenario: &str) -> (Vec<Json>, Json) {
    let gemba = Gemba::new();
    gemba.run(&format!("sample -o in --seed {seed} --scenario {scenario} --quiet")).exits(0);
    gemba.run("report in -o out --format json --quiet --threads 1").exits(0);
    let reports = gemba.files("out").keys().map(|n| gemba.json(&format!("out/{n}"))).collect();
    (reports, gemba.json("in/truth.json"))
}

/// Runs `work` on every seed, two at a time.
fn over_seeds(work: impl Fn(u64) + Sync) {
    let next = AtomicU64::new(101);
    std::thread::scope(|scope| {
        for _ in 0..2 {
            scope.spawn(|| {
                loop {
                    let seed = next.fetch_add(1, Ordering::Relaxed);
                    if seed > 100 + SEEDS {
                        break;
                    }
                    work(seed);
                }
            });
        }
    });
}

#[test]
fn nine_in_ten_planted_truths_are_stated_over_twenty_seeds() {
    let (planted, missed) = (AtomicU64::new(0), Mutex::new(Vec::new()));
    over_seeds(|seed| {
        let (reports, truth) = company(seed, "planted");
        let stated: Vec<Json> = reports.iter().flat_map(findings).collect();
        for truth in visible(&truth) {
            planted.fetch_add(1, Ordering::Relaxed);
            if !states(&stated, truth) {
                missed.lock().unwrap().push(format!("seed {seed}: {}", truth["id"]));
            }
        }
    });
    let (planted, missed) = (planted.into_inner(), missed.into_inner().unwrap());
    println!("{} of {planted} planted truths stated", planted - missed.len() as u64);
    assert!(planted >= 5 * SEEDS, "{planted}");
    assert!(missed.len() as u64 * 10 <= planted, "missed of {planted}: {missed:?}");
}

#[test]
fn at_most_one_report_in_ten_of_a_null_company_calls_for_action() {
    let (made, acting) = (AtomicU64::new(0), Mutex::new(Vec::new()));
    over_seeds(|seed| {
        for report in company(seed, "null").0 {
            made.fetch_add(1, Ordering::Relaxed);
            let act = findings(&report).into_iter().find(|f| f["grade"] == "act");
            if let Some(finding) = act {
                acting
                    .lock()
                    .unwrap()
                    .push(format!("seed {seed}: {} {}", report["id"], finding["id"]));
            }
        }
    });
    let (made, acting) = (made.into_inner(), acting.into_inner().unwrap());
    println!("{} of {made} reports of null companies call for action", acting.len());
    assert_eq!(made, 3 * SEEDS);
    assert!(acting.len() as u64 * 10 <= made, "of {made}: {acting:?}");
}
