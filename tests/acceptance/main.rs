//! Acceptance on real files nobody here wrote, kept outside the repository.
//!
//! `GEMBA_SHARED` names the folder that holds `data/` and `reference/`. Without it every test
//! here is skipped, saying so; `.ci/run` sets it where the folder stands beside the project.
#![expect(
    clippy::cast_precision_loss,
    clippy::unwrap_used,
    clippy::disallowed_methods,
    clippy::print_stderr,
    clippy::panic,
    reason = "tests"
)]

#[path = "../support/chart_page.rs"]
mod chart_page;
mod charts;
mod desk;
mod files;
mod lean;
mod retail;
#[path = "../support/gemba.rs"]
mod support;

use std::path::PathBuf;

use serde_json::Value as Json;
use support::{Gemba, findings, metrics};

fn shared() -> Option<PathBuf> {
    let folder = std::env::var_os("GEMBA_SHARED").map(PathBuf::from).filter(|p| p.is_dir());
    if folder.is_none() {
        eprintln!("skipped: GEMBA_SHARED names no folder with data/ and reference/");
    }
    folder
}

fn sales(input: &str) -> Option<(Json, String)> {
    let data = shared()?.join("data").join(input);
    let gemba = Gemba::new();
    let words = [
        "report",
        &data.display().to_string(),
        "-o",
        "out",
        "--report",
        "sales",
        "--format",
        "json",
    ];
    let run = gemba.run_words(&words).exits(0);
    let (name, _) = gemba.files("out").pop_first().unwrap();
    Some((gemba.json(&format!("out/{name}")), run.stdout))
}

fn reference(name: &str) -> Json {
    let path = shared().unwrap().join("reference/sales").join(name);
    serde_json::from_slice(&std::fs::read(path).unwrap()).unwrap()
}

fn number(json: &Json) -> f64 {
    let value = &json["value"];
    let inner = if value["value"].is_object() { &value["value"]["value"] } else { &value["value"] };
    inner.as_f64().or_else(|| inner.as_str()?.parse().ok()).unwrap_or_else(|| panic!("{json}"))
}

#[track_caller]
fn close(report: &Json, id: &str, wanted: f64) {
    let all = metrics(report);
    let metric = all.get(id).unwrap_or_else(|| panic!("{id} is not among {:?}", all.keys()));
    let got = number(metric);
    assert!((got - wanted).abs() <= 1e-9 * wanted.abs().max(1.0), "{id}: {got}, expected {wanted}");
}

fn finding<'a>(all: &'a [Json], id: &str) -> &'a Json {
    let ids: Vec<&Json> = all.iter().map(|f| &f["id"]).collect();
    all.iter().find(|f| f["id"] == id).unwrap_or_else(|| panic!("{id} is not among {ids:?}"))
}

#[test]
#[ignore = "needs the shared data"]
fn superstore_is_read_without_configuration() {
    let Some((report, _)) = sales("superstore-us/Sample - Superstore.xls") else { return };
    let expected = reference("superstore_us.json");
    let whale = &expected["whale_profit_by_customer"];
    let at = |x: &str| whale["cum_pct_at_customer_pct"][x].as_f64().unwrap() / 100.0;
    close(&report, "whale.top20", at("20"));
    close(&report, "whale.top80", at("80"));
    close(&report, "whale.losing", whale["negative_customers"].as_f64().unwrap() / 793.0);
    close(&report, "whale.sales", 2_297_200.860_3);
    close(&report, "whale.total", 286_397.021_7);
    let used: Vec<u64> = report["account"]["sheets"]
        .as_array()
        .unwrap()
        .iter()
        .map(|s| s["used"].as_u64().unwrap())
        .collect();
    assert_eq!(used, [9_994, 296, 4], "orders, returns, people");
}

#[test]
#[ignore = "needs the shared data"]
fn the_crm_pipeline_gives_its_reference_figures_and_warnings() {
    let Some((report, _)) = sales("crm-sales-opportunities") else { return };
    let expected = reference("crm_pipeline.json");
    close(&report, "win_rate", expected["overall"]["win_rate_count"].as_f64().unwrap());
    close(&report, "sales_cycle_median", 60.0);
    let all = findings(&report);
    let same = finding(&all, "reps.homogeneous");
    let p = same["p_value"].as_f64().unwrap();
    assert!((p - expected["agent_homogeneity"]["p_value"].as_f64().unwrap()).abs() < 1e-9, "{p}");
    finding(&all, "cycle.left_truncated");
    finding(&all, "win_rate.lost_value_zero");
    let text = report.to_string();
    assert!(text.contains("\"W301\"") && text.contains("GTXPro") && text.contains("GTX Pro"));
    assert!(!all.iter().any(|f| f["id"] == "reps.worse" || f["id"] == "reps.better"));
}

#[test]
#[ignore = "needs the shared data"]
fn dates_written_either_way_give_the_same_metrics() {
    let Some((american, _)) = sales("crm-sales-opportunities") else { return };
    let Some((iso, _)) = sales("crm-sales-opportunities/iso-dates-variant") else { return };
    let bytes = |report: &Json| serde_json::to_vec(&metrics(report)).unwrap();
    assert_eq!(bytes(&american), bytes(&iso));
}

#[test]
#[ignore = "needs the shared data"]
fn chinese_headers_and_a_call_log_are_recognised_or_what_is_missing_is_said() {
    let Some((pharmacy, _)) = sales("pharmacy-cn-2018") else { return };
    let sheet = &pharmacy["account"]["sheets"][0];
    assert_eq!(sheet["kind"], "orders");
    assert_eq!(sheet["rejected"]["E204"], 23, "2018-02-29 does not exist");
    let missing = pharmacy["skipped"].to_string();
    assert!(missing.contains("profit"), "{missing}");
    let Some((calls, said)) = sales("call-centre-phonenow") else { return };
    assert_eq!(calls["account"]["sheets"][0]["kind"], "calls");
    assert_eq!(calls["account"]["sheets"][0]["used"], 5_000);
    assert!(said.contains("Not computable"), "{said}");
}

#[test]
fn a_log_of_changes_counts_every_incident_once() {
    use gemba::records::{Col, TableKind};
    let Some(shared) = shared() else { return };
    let path = shared.join("data/incident-eventlog-servicenow/incident_event_log.csv");
    let mut read = gemba::intake::read(&[path], &gemba::intake::Options::default(), &());
    let logs = gemba::dataset::one_row_a_case(&mut read.tables);
    let wanted = reference("incident_log.json");
    let seen: Vec<_> = logs.iter().map(|log| (log.rows, log.cases)).collect();
    assert_eq!(seen, [(wanted["rows"].as_u64().unwrap(), wanted["incidents"].as_u64().unwrap())]);
    let tickets = &read.tables[&TableKind::Tickets];
    let flags = || (0..tickets.len()).filter_map(|row| tickets.flag(Col::SlaMet, row));
    let met = flags().filter(|met| *met).count() as u64;
    let sla = &wanted["made_sla"];
    assert_eq!(
        (met, flags().count() as u64),
        (sla["k"].as_u64().unwrap(), sla["n"].as_u64().unwrap())
    );
}
