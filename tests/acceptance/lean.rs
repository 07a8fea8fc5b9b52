//! Real event logs give the figures counted by hand.

use serde_json::Value as Json;

use super::support::{Gemba, metrics};
use super::{close, reference, shared};

/// `gemba report --report lean` of a file of the shared data.
fn lean(input: &str) -> Option<Json> {
    let data = shared()?.join("data").join(input).display().to_string();
    let gemba = Gemba::new();
    let words = ["report", &data, "-o", "out", "--report", "lean", "--format", "json"];
    gemba.run_words(&words).exits(0);
    let (name, _) = gemba.files("out").pop_first().unwrap();
    Some(gemba.json(&format!("out/{name}")))
}

/// The rows of a table anywhere in a report, as (column, value) pairs.
fn rows(report: &Json, id: &str) -> Vec<Vec<(String, Json)>> {
    let table = find(report, id).unwrap_or_else(|| panic!("no table {id}"));
    let columns: Vec<&str> =
        table["columns"].as_array().unwrap().iter().map(|c| c["id"].as_str().unwrap()).collect();
    let named = |row: &Json| -> Vec<(String, Json)> {
        let cells = row["cells"].as_array().unwrap().iter();
        columns
            .iter()
            .zip(cells)
            .map(|(c, cell)| ((*c).to_owned(), cell["value"].clone()))
            .collect()
    };
    table["rows"].as_array().unwrap().iter().map(named).collect()
}

fn find<'a>(json: &'a Json, id: &str) -> Option<&'a Json> {
    match json {
        Json::Object(map)
            if map.get("id").is_some_and(|own| own == id) && map.contains_key("rows") =>
        {
            Some(json)
        }
        Json::Object(map) => map.values().find_map(|value| find(value, id)),
        Json::Array(items) => items.iter().find_map(|value| find(value, id)),
        _ => None,
    }
}

fn cell(row: &[(String, Json)], column: &str) -> f64 {
    let value = &row.iter().find(|(own, _)| own == column).unwrap().1["value"];
    value.as_f64().or_else(|| value["value"].as_f64()).unwrap_or_else(|| panic!("{value}"))
}

fn text(row: &[(String, Json)], column: &str) -> String {
    row.iter().find(|(own, _)| own == column).unwrap().1["value"].as_str().unwrap().to_owned()
}

#[test]
#[ignore = "needs the shared data"]
fn the_help_desk_flows_as_its_reference_says() {
    let Some(report) = lean("helpdesk-eventlog/helpdesk.csv") else { return };
    let expected = reference("helpdesk.json");
    let cycle = &expected["cycle_days"];
    let millis = |days: &str| cycle[days].as_f64().unwrap() * 86_400_000.0;
    let cases = expected["cases"].as_f64().unwrap();
    close(&report, "lead_time_median", millis("median"));
    close(&report, "variants", expected["variants"].as_f64().unwrap());
    close(&report, "variants_for_most", expected["variants_for_80pct"].as_f64().unwrap());
    close(&report, "rework_share", expected["rework_cases"].as_f64().unwrap() / cases);
    close(&report, "open_cases", 0.0);
    close(&report, "littles_law_gap", 0.0);
    assert_eq!(metrics(&report)["lead_time_median"]["n"], expected["cases"]);
    let percentiles = rows(&report, "flow.quantiles");
    // P10, P25, P75, P90, then mean, standard deviation and longest, to the millisecond.
    let wanted = ["p10", "p25", "p75", "p90", "mean", "sd", "max"].map(millis);
    for (row, wanted) in [0, 1, 3, 5, 7, 8, 9].into_iter().zip(wanted) {
        let got = cell(&percentiles[row], "finished_only");
        assert!((got - wanted).abs() <= 0.5, "row {row}: {got}, expected {wanted}");
    }
}

#[test]
#[ignore = "needs the shared data"]
fn the_help_desk_takes_the_ways_its_reference_says() {
    let Some(report) = lean("helpdesk-eventlog/helpdesk.csv") else { return };
    let expected = reference("helpdesk.json");
    let paths = rows(&report, "variants.by_path");
    for (row, top) in paths.iter().zip(expected["top_variants"].as_array().unwrap()) {
        assert_eq!(text(row, "path").replace(" → ", ">"), top[0].as_str().unwrap());
        assert!((cell(row, "cases") - top[1].as_f64().unwrap()).abs() < 0.5);
    }
    let edges = rows(&report, "variants.transitions");
    let slowest = expected["bottleneck_edges_total_wait_h"].as_array().unwrap();
    for (row, edge) in edges.iter().zip(slowest) {
        assert_eq!(format!("{}>{}", text(row, "from"), text(row, "to")), edge[0].as_str().unwrap());
        let wanted = [1, 2, 3, 4].map(|at| edge[at].as_f64().unwrap());
        let median = cell(row, "median") / 3_600_000.0;
        let got = [cell(row, "n"), cell(row, "mean_hours"), median, cell(row, "total_hours")];
        for (got, wanted) in got.into_iter().zip(wanted) {
            assert!((got - wanted).abs() <= 0.005, "{}: {got}, expected {wanted}", edge[0]);
        }
    }
}
