//! What `gemba.toml` says of sheets and columns, and what is said of it.

use crate::support::{Gemba, repository};

const ORDERS: &str =
    "Beleg,Wann,Customer ID,Betrag,Region\n1,2026-01-05,C1,100,N\n2,2026-02-05,C2,200,S\n";

fn check(gemba: &Gemba) -> serde_json::Value {
    let run = gemba.run("check in --format json");
    serde_json::from_str(&run.stdout).unwrap()
}

/// The columns of the first sheet: heading → column.
fn columns(check: &serde_json::Value) -> Vec<(String, String)> {
    let all = check["mapping"][0]["columns"].as_array().unwrap().iter();
    let text = |value: &serde_json::Value| value.as_str().unwrap().to_owned();
    all.map(|c| (text(&c["header"]), text(&c["col"]))).collect()
}

#[test]
fn a_mapped_heading_is_read_and_an_ignored_one_is_not() {
    let gemba = Gemba::new().with("in/a.csv", ORDERS).with(
        "gemba.toml",
        "[[map]]\nfile = \"*.csv\"\ntable = \"orders\"\n\
         columns = { \"Wann\" = \"date\", \"Betrag\" = \"amount\", \"@A\" = \"order_id\", \
         \"Region\" = \"ignore\" }\n",
    );
    let check = check(&gemba);
    let found = columns(&check);
    let has = |heading: &str, col: &str| found.contains(&(heading.to_owned(), col.to_owned()));
    assert!(
        has("Beleg", "order_id") && has("Wann", "date") && has("Betrag", "amount"),
        "{found:?}"
    );
    assert!(!found.iter().any(|(heading, _)| heading == "Region"), "{found:?}");
    assert_eq!(check["account"]["sheets"][0]["used"], 2);
}

#[test]
fn a_mapping_of_what_is_not_there_is_named() {
    let settings = "[[map]]\ntable = \"orders\"\ncolumns = { \"Wann\" = \"date\", \"Betrag\" = \
                    \"amount\", \"Rabatt\" = \"discount\", \"Beleg\" = \"csat\" }\n";
    let gemba = Gemba::new().with("in/a.csv", ORDERS).with("gemba.toml", settings);
    gemba.run("check in").says("W127").says("Rabatt").says("Beleg");
}

#[test]
fn a_mapping_that_fits_no_sheet_is_named() {
    let rule = |file: &str, sheet: &str| format!("[[map]]\nfile = {file:?}\nsheet = {sheet:?}\n");
    let unused = |rules: &str| {
        let gemba = Gemba::new().with("in/a.csv", ORDERS).with("in/b.xlsx", "PK\u{3}\u{4}torn");
        let check = check(&gemba.with("gemba.toml", rules));
        let all = check["issues"].as_array().unwrap().iter();
        let named = all.filter(|issue| issue["code"] == "W140");
        named.map(|issue| issue["args"].clone()).collect::<Vec<_>>()
    };
    let typo = rule("2026-*.cvs", "*") + &rule("a.csv", "Sales");
    let expected = [("2026-*.cvs", "*"), ("a.csv", "Sales")];
    let expected = expected.map(|(f, s)| serde_json::json!({"file": f, "sheet": s}));
    assert_eq!(unused(&typo), expected);
    // What the torn workbook held is not known.
    let fit = rule("*", "*") + &rule("?.csv", "*") + &rule("b.xlsx", "Sales");
    assert!(unused(&fit).is_empty(), "{:?}", unused(&fit));
}

#[test]
fn the_row_of_the_headings_may_be_named() {
    let text = format!("Order ID,Order Date,Customer ID,Sales\n\n{ORDERS}");
    let settings = "[[map]]\ntable = \"orders\"\nheader_row = 3\n\
                    columns = { \"Wann\" = \"date\", \"Betrag\" = \"amount\" }\n";
    let gemba = Gemba::new().with("in/a.csv", text).with("gemba.toml", settings);
    let check = check(&gemba);
    assert_eq!(check["mapping"][0]["header_row"], 3, "{check:#}");
    assert_eq!(check["account"]["sheets"][0]["used"], 2);
}

#[test]
fn two_headings_that_mean_one_column_equally_are_an_error_with_its_cure() {
    let text = "Order ID,Order Date,Customer ID,Amount (USD),Amount (TWD)\n\
                1,2026-01-05,C1,100,3000\n";
    let gemba = Gemba::new().with("in/a.csv", text).with("in/b.csv", "Person,Region\nAnn,North\n");
    let run = gemba.run("check in --format text").exits(3);
    let run = run.says("E125").says("Amount (USD)").says("D1").says("E1");
    assert!(run.stdout.contains("b.csv: People"), "the other sheet is not read: {}", run.stdout);
    for (column, amount) in [("D", "100"), ("E", "3000")] {
        let lines = format!("columns = {{ \"@{column}\" = \"amount\" }}");
        assert!(run.stdout.contains(&lines), "{}", run.stdout);
        let settings = format!("[[map]]\nfile = \"a.csv\"\n{lines}\n");
        let gemba = Gemba::new().with("in/a.csv", text).with("gemba.toml", settings);
        let check = check(&gemba);
        assert!(columns(&check).iter().any(|(_, col)| col == "amount"), "{column} {amount}");
        assert_eq!(check["account"]["sheets"][0]["used"], 1);
    }
}

#[test]
fn what_values_look_like_is_suggested_with_its_line_and_never_used() {
    let text = "Order ID,Foo,Customer ID,Product ID,Quantity,Sales\n\
                1,2026-01-05,C1,P1,1,10\n2,2026-01-06,C2,P2,1,20\n3,2026-01-07,C1,P1,2,30\n";
    let gemba = Gemba::new().with("in/a.csv", text);
    let run = gemba.run("check in").exits(1).says("N128").says("Foo");
    let lines = "[[map]]\nfile = \"a.csv\"\ntable = \"orders\"\ncolumns = { \"@B\" = \"date\" }";
    assert!(run.stdout.contains(lines), "{}", run.stdout);
    let gemba = Gemba::new().with("in/a.csv", text).with("gemba.toml", lines);
    assert_eq!(check(&gemba)["account"]["sheets"][0]["used"], 3);
}

#[test]
fn the_unit_of_a_heading_is_applied_and_said() {
    let text = "訂單編號,訂單日期,客戶編號,金額(萬元)\n1,2026-01-05,C1,1.5\n2,2026-02-05,C2,2\n";
    let gemba = Gemba::new().with("in/a.csv", text);
    gemba.run("check in").exits(0).says("N129").says("萬元").says("10000");
    gemba.run("report in --report sales --lang en --format json -o out");
    let (name, _) = gemba.files("out").pop_first().unwrap();
    assert!(gemba.text(&format!("out/{name}")).contains("15000"), "1.5 萬元 is not 15,000");
}

#[test]
fn a_mistake_in_the_settings_names_line_key_and_the_key_meant() {
    let says = |text: &str, part: &str| {
        let gemba = Gemba::new().with("gemba.toml", text);
        gemba.run("report x").exits(2).says("gemba.toml, line").says(part);
    };
    says("curency = \"TWD\"", "did you mean \"currency\"?");
    says("[[map]]\ntable = \"oders\"", "did you mean \"orders\"?");
    says("\nperiod = \"2026-13\"", "line 2, column 10: period");
    says("languages = [\"fr\"]", "zh-Hant");
    says("reports = [\"monthly\"]", "monthly-sigma");
    says("formats = [\"pdf\"]", "html, xlsx, json");
    says("confidence = 2", "0.9999");
    says("max_reject_share = -1", "max_reject_share");
    says("as_of = \"soon\"", "2026-10-31");
}

#[test]
fn the_settings_fit_their_published_schema() {
    let bytes = std::fs::read(repository("docs/gemba.schema.json")).unwrap();
    let schema: serde_json::Value = serde_json::from_slice(&bytes).unwrap();
    let run = Gemba::new().run("schema config").exits(0);
    let printed: serde_json::Value = serde_json::from_str(&run.stdout).unwrap();
    assert_eq!(schema, printed, "docs/gemba.schema.json is not what `gemba schema config` prints");
    let validator = jsonschema::validator_for(&schema).unwrap();
    let good = serde_json::json!({
        "currency": "TWD",
        "map": [{"file": "a*.xlsx", "table": "orders", "columns": {"Betrag": "amount"}}],
        "read": {"hidden_sheets": "skip", "limits": {"rows": 5}},
    });
    assert!(validator.is_valid(&good));
    for bad in [
        serde_json::json!({"curency": "TWD"}),
        serde_json::json!({"map": [{"table": "oders"}]}),
        serde_json::json!({"map": [{"columns": {"Betrag": "amuont"}}]}),
        serde_json::json!({"confidence": "high"}),
    ] {
        assert!(!validator.is_valid(&bad), "{bad}");
    }
}
