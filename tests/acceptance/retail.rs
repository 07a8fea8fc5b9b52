//! Half a million orders of one workbook, against figures computed elsewhere.
//!
//! `GEMBA_RETAIL` names the workbook; `.ci/retail` writes it from the shared Parquet file.

use super::support::Gemba;
use super::{close, reference};

/// An unoptimised reader may take longer than the limits allow.
const PATIENCE: &str = "[read.limits]\ncpu_seconds = 1200\nwall_seconds = 3600\n";

#[test]
#[ignore = "needs the shared data"]
fn half_a_million_orders_give_their_reference_figures() {
    let Some(path) = std::env::var_os("GEMBA_RETAIL") else {
        eprintln!("skipped: GEMBA_RETAIL names no workbook");
        return;
    };
    let path = path.to_string_lossy();
    let gemba = Gemba::new().with("gemba.toml", PATIENCE);
    let words = [
        "report",
        &path,
        "-o",
        "out",
        "--report",
        "sales",
        "--format",
        "json",
        "--max-reject-share",
        "1",
    ];
    gemba.run_words(&words).exits(0);
    let (name, _) = gemba.files("out").pop_first().unwrap();
    let report = gemba.json(&format!("out/{name}"));
    let expected = reference("online_retail_II_2009_2010.json");

    let sheet = &report["account"]["sheets"][0];
    let missing = expected["quality"]["missing_customer"].as_u64().unwrap();
    assert_eq!(sheet["rejected"]["E207"].as_u64(), Some(missing), "orders without a customer");
    let rows = expected["rows"].as_u64().unwrap();
    assert_eq!(sheet["used"].as_u64(), Some(rows - missing));

    let customers = &expected["net_by_customer"];
    close(&report, "pyramid.customers", customers["customers"].as_f64().unwrap());
    let share = customers["whale"]["cum_pct_at_customer_pct"]["20"].as_f64().unwrap();
    close(&report, "pyramid.top20", share / 100.0);
    let total = format!("\"{:.4}\"", customers["total"].as_f64().unwrap());
    assert!(report.to_string().contains(&total), "{total} is nowhere in the report");
}
