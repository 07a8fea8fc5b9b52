//! Tickets and complaints people really wrote, read without configuration, against figures
//! computed elsewhere.

use serde_json::Value as Json;

use super::support::{Gemba, metrics};
use super::{close, number, reference, shared};

const HOUR: f64 = 3_600_000.0;

/// The monthly sigma report on a file or folder of the shared data.
fn monthly(input: &str) -> Option<Json> {
    let data = shared()?.join("data").join(input).display().to_string();
    let gemba = Gemba::new();
    let words = ["report", &data, "-o", "out", "--report", "monthly-sigma", "--format", "json"];
    gemba.run_words(&words).exits(0);
    let (name, _) = gemba.files("out").pop_first().unwrap();
    Some(gemba.json(&format!("out/{name}")))
}

/// A table of the report, shown or behind a chart.
fn table<'r>(report: &'r Json, id: &str) -> &'r Json {
    let sections = report["sections"].as_array().unwrap().iter();
    let blocks = sections.flat_map(|s| s["outcome"]["blocks"].as_array().unwrap());
    let tables = blocks.map(|block| match block["block"].as_str() {
        Some("chart") => &block["content"]["table"],
        _ => &block["content"],
    });
    tables.into_iter().find(|t| t["id"] == id).unwrap_or_else(|| panic!("no table {id}"))
}

/// The rows of a table: first cell as text, the others by column.
fn rows(table: &Json) -> Vec<(String, impl Fn(&str) -> f64)> {
    let columns: Vec<&str> =
        table["columns"].as_array().unwrap().iter().map(|c| c["id"].as_str().unwrap()).collect();
    let row = |row: &Json| {
        let cells = row["cells"].as_array().unwrap().clone();
        let first = &cells[0]["value"]["value"];
        let name = first.as_str().or_else(|| first["key"].as_str());
        let name = name.map_or_else(|| number(&cells[0]).to_string(), str::to_owned);
        let columns: Vec<String> = columns.iter().map(|c| (*c).to_owned()).collect();
        let cell = move |id: &str| {
            let at = columns.iter().position(|c| c == id).unwrap_or_else(|| panic!("{id}"));
            if cells[at]["value"].is_null() { f64::NAN } else { number(&cells[at]) }
        };
        (name, cell)
    };
    table["rows"].as_array().unwrap().iter().map(row).collect()
}

#[track_caller]
fn near(got: f64, wanted: &Json, what: &str) {
    let wanted = wanted.as_f64().unwrap_or_else(|| panic!("no reference for {what}"));
    assert!((got - wanted).abs() <= 1e-9 * wanted.abs().max(1.0), "{what}: {got}, not {wanted}");
}

/// The distribution of closed cases only, in hours, whatever unit the table is in.
#[track_caller]
fn closed_only(report: &Json, clock: &str, hours_a_unit: f64, wanted: &Json) {
    let all = rows(table(report, "tickets.closed_only"));
    let (_, row) = all.iter().find(|(name, _)| name.ends_with(clock)).unwrap();
    near(row("ended"), &wanted["n"], "n");
    for figure in ["mean", "sd", "min", "p10", "p25", "median", "p75", "p90", "max"] {
        near(row(figure) * hours_a_unit, &wanted[figure], figure);
    }
}

#[test]
#[ignore = "needs the shared data"]
fn incidents_count_once_whatever_their_updates() {
    let Some(report) = monthly("incident-eventlog-servicenow") else { return };
    let wanted = reference("incident_log.json");
    for (metric, key) in [
        ("ticket_sla", "made_sla"),
        ("ticket_reopened", "reopened"),
        ("ticket_reassigned", "reassigned"),
    ] {
        close(&report, metric, wanted[key]["rate"].as_f64().unwrap());
        assert_eq!(metrics(&report)[metric]["n"], wanted["incidents"]);
    }
    close(&report, "ticket_first_contact", wanted["fcr_proxy"]["rate"].as_f64().unwrap());
    let interval = &metrics(&report)["ticket_sla"]["interval"];
    near(interval["low"]["value"].as_f64().unwrap(), &wanted["made_sla"]["ci95"][0], "low");
    near(interval["high"]["value"].as_f64().unwrap(), &wanted["made_sla"]["ci95"][1], "high");
    closed_only(&report, "resolve", 24.0, &wanted["hours_to_resolve"]);
    closed_only(&report, "close", 24.0, &wanted["hours_to_close"]);
    close(
        &report,
        "ticket_resolve_closed_only",
        wanted["hours_to_resolve"]["median"].as_f64().unwrap() * HOUR,
    );
    for (name, row) in rows(table(&report, "tickets.by_priority")) {
        let group = &wanted["by_priority"][&name];
        near(row("cases"), &group["n"], &name);
        near(row("share"), &group["sla"], &name);
        near(row("closed_median") * 24.0, &group["median_h"], &name);
    }
    let groups = rows(table(&report, "tickets.by_team"));
    for (name, row) in groups.iter().take(10) {
        near(row("cases"), &wanted["top_groups"][name], name);
    }
}

#[test]
#[ignore = "needs the shared data"]
fn requests_still_open_count_with_their_time_so_far() {
    let Some(report) = monthly("nyc-311-animals") else { return };
    let wanted = reference("nyc311_animals.json");
    let km = &wanted["km_hours"];
    close(&report, "ticket_close_median", km["median_tol"].as_f64().unwrap() * HOUR);
    close(
        &report,
        "ticket_close_closed_only",
        wanted["hours_closed_only"]["median"].as_f64().unwrap() * HOUR,
    );
    let open = wanted["status"]["In Progress"].as_f64().unwrap();
    close(&report, "ticket_backlog", open);
    closed_only(&report, "close", 1.0, &wanted["hours_closed_only"]);
    let times = rows(table(&report, "tickets.times"));
    let (_, row) = times.first().unwrap();
    near(row("cases"), &km["n"], "cases");
    near(row("ended"), &km["events"], "events");
    near(row("p25"), &km["p25"], "p25");
    near(row("p75"), &km["p75"], "p75");
    near(row("median_low"), &km["median_ci"][0], "low");
    near(row("median_high"), &km["median_ci"][1], "high");
    let mut read = 0;
    for (name, row) in rows(table(&report, "tickets.readings")) {
        let at = &km["S_at"][&name];
        if at.is_number() {
            near(row("running"), at, &name);
            read += 1;
        }
    }
    assert_eq!(read, 5);
    for (name, row) in rows(table(&report, "tickets.by_region")) {
        near(row("cases"), &wanted["by_borough"][&name]["n"], &name);
        near(row("closed_median"), &wanted["by_borough"][&name]["median_h_closed"], &name);
    }
    for (name, row) in rows(table(&report, "tickets.by_ticket_type")) {
        near(row("cases"), &wanted["by_type"][&name]["n"], &name);
    }
    let descriptors = rows(table(&report, "tickets.by_category"));
    for (name, row) in descriptors.iter().filter(|(name, _)| name != "N/A") {
        near(row("cases"), &wanted["by_descriptor"][name], name);
    }
}

#[test]
#[ignore = "needs the shared data"]
fn complaints_whose_state_and_promise_share_a_cell_are_read() {
    let Some(report) = monthly("telecom-complaints-bills") else { return };
    let wanted = reference("telecom_complaints.json");
    assert_eq!(metrics(&report)["ticket_sla"]["n"], wanted["complaints"]);
    let raw = &wanted["sla_folded"];
    let of = |state: &str| raw[state].as_f64().unwrap();
    let in_time = of("closedin sla") + of("openin sla");
    close(&report, "ticket_sla", in_time / wanted["complaints"].as_f64().unwrap());
    close(&report, "ticket_backlog", of("openin sla") + of("openout of sla"));
    for (name, row) in rows(table(&report, "tickets.by_priority")) {
        let group = &wanted["in_sla_rate_by_severity"][&name];
        near(row("n"), &group["n"], &name);
        near(row("kept"), &group["in_sla"], &name);
    }
    for (name, row) in rows(table(&report, "tickets.by_category")) {
        near(row("cases"), &wanted["type_raw"][&name], &name);
    }
    let types = wanted["pareto_type_top10"].as_array().unwrap();
    for (name, row) in rows(table(&report, "tickets.by_ticket_type")) {
        let line = types.iter().find(|line| line[0] == name.as_str()).unwrap();
        near(row("cases"), &line[1], &name);
    }
    let repeat = &wanted["repeat"]["share_of_complaints_from_repeaters"];
    close(&report, "ticket_repeat", repeat.as_f64().unwrap());
    close(
        &report,
        "ticket_per_thousand",
        wanted["complaints_per_1000_customers"].as_f64().unwrap(),
    );
    let silent = wanted["silent_dissatisfied_by_seed_rule"].as_f64().unwrap();
    close(&report, "silent_dissatisfied", silent);
    assert_eq!(metrics(&report)["silent_dissatisfied"]["n"], wanted["join"]["complaint_customers"]);
}

#[test]
#[ignore = "needs the shared data"]
fn complainers_are_looked_up_among_the_billed_customers() {
    let Some(shared) = shared() else { return };
    let data = shared.join("data/telecom-complaints-bills").display().to_string();
    let run = Gemba::new().run_words(&["check", "--format", "json", &data]);
    let check: Json = serde_json::from_str(&run.stdout).unwrap();
    let join = &reference("telecom_complaints.json")["join"];
    let keys = &check["keys"][0];
    assert_eq!(keys["keys"], join["complaint_customers"]);
    assert_eq!(keys["keys_matched"], join["complainers_in_bill"]);
    let named = |of: &Json| of.as_u64().unwrap();
    let complaints = named(&reference("telecom_complaints.json")["complaints"]);
    assert_eq!(complaints - named(&keys["rows"]), named(&join["complaints_without_customer"]));
    let issues = check["issues"].as_array().unwrap();
    let pasted =
        issues.iter().filter(|i| i["code"] == "W230").map(|i| named(&i["rows"])).sum::<u64>();
    let bills = named(&reference("telecom_complaints.json")["bills"]);
    assert_eq!(bills - pasted, named(&join["bill_rows_after_exact_dedupe"]));
}
