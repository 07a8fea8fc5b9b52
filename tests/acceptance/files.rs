//! Every row of the files people really sent is read, or its sheet refused by name.

use std::collections::BTreeMap;

use serde_json::Value as Json;

use super::support::Gemba;
use super::{close, reference, sales, shared};

/// What `gemba check` says of a file or folder of the shared data.
fn checked(input: &str) -> Option<Json> {
    let path = shared()?.join("data").join(input).display().to_string();
    let run = Gemba::new().run_words(&["check", "--format", "json", &path]);
    assert!(!run.stderr.contains("panicked"), "{}", run.stderr);
    Some(serde_json::from_str(&run.stdout).unwrap_or_else(|e| panic!("{e}: {}", run.stderr)))
}

/// Rows of each sheet that became records or were refused by a cell, summed over its tables.
fn records(check: &Json) -> BTreeMap<String, u64> {
    let mut out = BTreeMap::new();
    for sheet in check["account"]["sheets"].as_array().unwrap() {
        let rejected = sheet["rejected"].as_object().unwrap().values();
        let rejected: u64 = rejected.map(|rows| rows.as_u64().unwrap()).sum();
        let name = sheet["source"]["sheet"].as_str().unwrap().to_owned();
        *out.entry(name).or_default() += sheet["used"].as_u64().unwrap() + rejected;
    }
    out
}

/// Whether a sheet is refused by an issue that says what is missing or broken.
fn refused(check: &Json, sheet: &str) -> bool {
    check["issues"].as_array().unwrap().iter().any(|issue| {
        let named = [issue["place"]["sheet"].as_str().unwrap(), ""].contains(&sheet);
        // W130 names its cause itself: a pivot is no table of records.
        let code = issue["code"].as_str().unwrap();
        let cause = issue["args"].as_object().unwrap().values().any(|arg| arg != "");
        named && (code == "W130" || cause && ["W108", "E105", "E122"].contains(&code))
    })
}

#[track_caller]
fn reads_or_refuses(input: &str, expected: &[(&str, u64)]) {
    let Some(check) = checked(input) else { return };
    let records = records(&check);
    for (sheet, rows) in expected {
        let got = records.get(*sheet).copied().unwrap_or(0);
        let refused = got == 0 && refused(&check, sheet);
        assert!(got == *rows || refused, "{input} / {sheet}: {got} rows, {rows} expected");
    }
}

#[track_caller]
fn reads(input: &str, expected: &[(&str, u64)]) {
    let Some(check) = checked(input) else { return };
    let records = records(&check);
    for (sheet, rows) in expected {
        assert_eq!(records.get(*sheet), Some(rows), "{input} / {sheet}");
    }
}

#[test]
#[ignore = "needs the shared data"]
fn every_row_of_the_quirks_is_read_or_its_sheet_refused() {
    reads("quirks/online-retail-ghost-rows", &[("Online Retail", 50_999)]);
    reads("quirks/decimal-comma-tsv", &[("", 1_000)]);
    reads_or_refuses("quirks/csv-named-xls", &[("", 45_211)]);
    let months = [("January", 352), ("February", 303), ("March", 345)];
    reads_or_refuses("quirks/monthly-sheets-schema-drift", &months);
}

#[test]
#[ignore = "needs the shared data"]
fn a_truncated_file_and_a_pivot_are_refused_with_their_cause() {
    for input in ["quirks/online-retail-truncated-zip", "quirks/pivot-export"] {
        let Some(check) = checked(input) else { return };
        assert!(refused(&check, ""), "{input}: {}", check["issues"]);
        assert_eq!(records(&check).values().sum::<u64>(), 0, "{input}");
    }
}

#[test]
#[ignore = "needs the shared data"]
fn sheets_that_repeat_each_other_count_once() {
    let Some(check) = checked("quirks/online-retail-tiny-two-sheets") else { return };
    assert_eq!(records(&check).values().sum::<u64>(), 15, "{}", check["account"]);
}

#[test]
#[ignore = "needs the shared data"]
fn every_row_of_the_tutorial_workbooks_is_read_or_its_sheet_refused() {
    let file = |name: &str| format!("pbpython-excel/{name}.xlsx");
    for (name, rows) in [("sales-jan-2014", 134), ("sales-feb-2014", 108), ("sales-mar-2014", 142)]
    {
        reads(&file(name), &[("Sheet1", rows)]);
    }
    let tabs = [39, 35, 47, 47, 81, 50];
    let names: Vec<String> = (1..=6).map(|n| format!("Sheet{n}")).collect();
    let tabs: Vec<(&str, u64)> = names.iter().map(String::as_str).zip(tabs).collect();
    reads(&file("2018_Sales_Total_Tabs"), &tabs);
    reads(&file("customer-status"), &[("Sheet1", 16)]);
    reads(&file("sample-sales-reps"), &[("sample-salesv4", 1_500)]);
    reads(&file("sample-salesv3"), &[("Sheet1", 1_500)]);
    reads_or_refuses(&file("sales_cleanup"), &[("Sheet1", 6)]);
    reads_or_refuses(&file("sales_transactions"), &[("Sheet1", 12)]);
    reads_or_refuses(&file("salesfunnel"), &[("Sheet1", 17)]);
    reads_or_refuses(&file("sales-estimate"), &[("projections", 12)]);
    reads_or_refuses(&file("shipping_tables"), &[("sales", 9)]);
}

#[test]
#[ignore = "needs the shared data"]
fn every_row_of_the_yearly_sheets_is_read() {
    let years = [("2018 Sales", 4_980), ("2019 Sales", 4_909), ("2020 Sales", 1_000)];
    reads("yearly-sheets-ecom", &years);
    reads("yearly-sheets-ecom", &[("Product_info", 101), ("Customer_info", 801)]);
    let Some((report, _)) = sales("yearly-sheets-ecom") else { return };
    let amount = &reference("quirks.json")["yearly-sheets-ecom/Ecom_Product_Sales_Data_v1.xlsx"];
    let amount = amount["amount"].as_f64().unwrap();
    assert!(report.to_string().contains(&format!("\"{amount:.4}\"")), "the sum of all orders");
}

#[test]
#[ignore = "needs the shared data"]
fn every_row_of_the_pharmacy_complaints_and_incidents_is_read_or_refused() {
    reads("pharmacy-cn-2018", &[("Sheet1", 6_577)]);
    reads("telecom-complaints-bills/Bill.csv", &[("", 9_462)]);
    reads_or_refuses("telecom-complaints-bills/Complaints.csv", &[("", 6_587)]);
    let Some(check) = checked("incident-eventlog-servicenow") else { return };
    let sheet = &check["account"]["sheets"][0];
    assert_eq!(sheet["seen"], 5_999);
    let rows = records(&check).values().sum::<u64>();
    assert!([5_998, 890].contains(&rows), "events or incidents: {rows}");
}

#[test]
#[ignore = "needs the shared data"]
fn a_decimal_comma_is_read_for_what_it_is() {
    let Some((report, _)) = sales("quirks/decimal-comma-tsv") else { return };
    let expected = &reference("quirks.json")["decimal-comma-tsv/global_super_store_orders.tsv"];
    // Money is kept to the ten-thousandth of each row: 1,000 rows differ by 0.05 at most.
    for (metric, column) in [("whale.sales", "sales"), ("whale.total", "profit")] {
        let wanted = expected[column].as_f64().unwrap();
        let got = super::number(&super::metrics(&report)[metric]);
        assert!((got - wanted).abs() < 0.05, "{metric}: {got}, expected {wanted}");
    }
    close(&report, "pyramid.customers", 654.0);
}
