//! The control charts of the reference cases, drawn as pages from plain two-column files: the
//! page, its table and the workbook have the limits and signals the case expects.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::io::Cursor;

use calamine::{Data, Reader, Xlsx};
use serde_json::Value as Json;

use super::shared;
use super::support::Gemba;

/// The figures of a chart: one vector a column.
struct Page {
    columns: BTreeMap<String, Vec<Option<f64>>>,
    /// Points whose first rule is that of the limits, from 1.
    beyond: Vec<usize>,
    book: BTreeMap<String, Vec<Option<f64>>>,
}

fn case(name: &str) -> Option<Json> {
    let path = shared()?.join("reference/quality/control_chart").join(format!("{name}.json"));
    Some(serde_json::from_slice(&std::fs::read(path).unwrap()).unwrap())
}

fn numbers(json: &Json) -> Vec<f64> {
    json.as_array().unwrap().iter().map(|x| x.as_f64().unwrap()).collect()
}

/// One figure a point, or one for all of them.
fn expected(json: &Json, points: usize) -> Vec<f64> {
    json.as_f64().map_or_else(|| numbers(json), |x| vec![x; points])
}

fn indices(json: &Json) -> Vec<usize> {
    json.as_array().unwrap().iter().map(|i| usize::try_from(i.as_u64().unwrap()).unwrap()).collect()
}

/// A file of columns with their headings.
fn file(headings: &[&str], columns: &[Vec<f64>]) -> String {
    let mut out = headings.join(",") + "\n";
    for row in 0..columns[0].len() {
        let cells: Vec<String> = columns.iter().map(|column| column[row].to_string()).collect();
        writeln!(out, "{}", cells.join(",")).unwrap();
    }
    out
}

fn labels(n: usize) -> Vec<f64> {
    (1..=n).map(|i| i as f64).collect()
}

/// The chart `id` of the page of a file, with parameters where a report needs them.
fn page(text: &str, analysis: &str, id: &str, params: &str) -> Page {
    let own = format!("id = \"own\"\n\n[[analysis]]\nid = \"{analysis}\"\n{params}\n");
    let gemba = Gemba::new().with("data.csv", text).with("reports/own.toml", own);
    let line = if params.is_empty() {
        "report data.csv -o out --report monthly-sigma --lang en --format json,xlsx"
    } else {
        "report data.csv -o out --report own --reports-dir reports --lang en --format json,xlsx"
    };
    gemba.run(line).exits(0);
    let files = gemba.files("out");
    let named = |end: &str| files.iter().find(|(name, _)| name.ends_with(end)).unwrap().1;
    let report: Json = serde_json::from_slice(named(".json")).unwrap();
    let chart = find(&report, id).unwrap_or_else(|| panic!("no chart {id}: {}", report["skipped"]));
    let columns = columns(&chart["table"]);
    let signal = "rule.beyond";
    let at = position(&chart["table"], "signal");
    let rows = chart["table"]["rows"].as_array().unwrap();
    let beyond = (1..).zip(rows).filter(|(_, row)| row["cells"][at].to_string().contains(signal));
    Page { columns, beyond: beyond.map(|(i, _)| i).collect(), book: book(named(".xlsx"), chart) }
}

fn find<'a>(report: &'a Json, id: &str) -> Option<&'a Json> {
    let sections = report["sections"].as_array().unwrap();
    let blocks = sections.iter().flat_map(|s| s["outcome"]["blocks"].as_array().unwrap());
    let charts = blocks.flat_map(|block| match block["block"].as_str() {
        Some("chart") => vec![&block["content"]],
        Some("panels") => block["content"].as_array().unwrap().iter().collect(),
        _ => Vec::new(),
    });
    charts.into_iter().find(|chart| chart["id"] == id)
}

fn position(table: &Json, column: &str) -> usize {
    let columns = table["columns"].as_array().unwrap();
    columns.iter().position(|c| c["id"] == column).unwrap()
}

fn columns(table: &Json) -> BTreeMap<String, Vec<Option<f64>>> {
    let rows = table["rows"].as_array().unwrap();
    let figure = |cell: &Json| {
        let value = &cell["value"]["value"];
        value.as_f64().or_else(|| value["value"].as_f64())
    };
    let all = table["columns"].as_array().unwrap().iter().enumerate();
    all.map(|(at, column)| {
        let id = column["id"].as_str().unwrap().to_owned();
        (id, rows.iter().map(|row| figure(&row["cells"][at])).collect())
    })
    .collect()
}

/// Centre and limits of a chart as the workbook's cells hold them: the first table whose columns
/// are headed so and that has as many rows.
fn book(bytes: &[u8], chart: &Json) -> BTreeMap<String, Vec<Option<f64>>> {
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(bytes.to_vec())).unwrap();
    let title = chart["title"]["key"].as_str().unwrap_or_default().to_owned();
    let rows = chart["table"]["rows"].as_array().unwrap().len();
    let headings = [("center", "Center line"), ("ucl", "UCL"), ("lcl", "LCL")];
    for sheet in book.sheet_names() {
        let range = book.worksheet_range(&sheet).unwrap();
        let cell = |row: usize, col: usize| range.get((row, col)).cloned().unwrap_or(Data::Empty);
        for row in 0..range.height() {
            let at = |heading: &str| {
                (0..range.width()).find(|&col| cell(row, col) == Data::String(heading.to_owned()))
            };
            let found = headings.map(|(_, heading)| at(heading));
            let whole = (1..=rows).all(|down| {
                found[0].is_some_and(|col| !matches!(cell(row + down, col), Data::String(_)))
            });
            if found.iter().all(Option::is_some) && whole {
                let read = |col: usize| {
                    (1..=rows).map(|down| cell(row + down, col).as_f64()).collect::<Vec<_>>()
                };
                let columns = headings.iter().zip(found);
                return columns
                    .map(|((id, _), col)| ((*id).to_owned(), read(col.unwrap())))
                    .collect();
            }
        }
    }
    panic!("the workbook has no table of {title}");
}

#[track_caller]
fn near(what: &str, got: &[Option<f64>], wanted: &[f64]) {
    assert_eq!(got.len(), wanted.len(), "{what}");
    for (i, (got, wanted)) in got.iter().zip(wanted).enumerate() {
        let Some(got) = got else { panic!("{what} {i} is absent") };
        let close = (got - wanted).abs() <= 1e-9 * wanted.abs().max(1e-3);
        assert!(close, "{what} {i}: {got}, expected {wanted}");
    }
}

impl Page {
    /// Centre, upper and lower limit of page and workbook.
    #[track_caller]
    fn has(&self, wanted: [&Json; 3]) {
        let points = self.columns["center"].len();
        for (id, wanted) in ["center", "ucl", "lcl"].into_iter().zip(wanted) {
            let wanted = expected(wanted, points);
            let wanted = if wanted.len() == points { wanted } else { vec![wanted[0]; points] };
            near(id, &self.columns[id], &wanted);
            near(&format!("workbook {id}"), &self.book[id], &wanted);
        }
    }

    #[track_caller]
    fn signals(&self, wanted: &Json) {
        assert_eq!(self.beyond, indices(wanted));
    }
}

#[test]
#[ignore = "needs the shared data"]
fn individuals_have_their_limits_and_signals() {
    for (name, headings) in [
        ("imr_nile", ["Year", "Flow (m³/s)"]),
        ("imr_nist_flowrate", ["Sample", "Flow rate"]),
        ("imr_sixsigma_pb1", ["樣本", "直徑（mm）"]),
    ] {
        let Some(case) = case(name) else { return };
        let x = numbers(&case["inputs"]["x"]);
        let order = (0..x.len()).map(|i| (1871 + i) as f64).collect();
        let page =
            page(&file(&headings, &[order, x.clone()]), "capability", "capability.chart_0", "");
        let wanted = &case["expected"]["i_chart"];
        page.has([&wanted["center"], &wanted["ucl"], &wanted["lcl"]]);
        page.signals(&wanted["beyond_limits"]);
        let median = "params = { estimator = \"median_moving_range\" }";
        let own = self::page(
            &file(&headings, &[labels(x.len()), x]),
            "capability",
            "capability.chart_0",
            median,
        );
        let wanted = &case["expected"]["i_chart_median_mr"];
        own.has([&wanted["center"], &wanted["ucl"], &wanted["lcl"]]);
    }
}

#[test]
#[ignore = "needs the shared data"]
fn moving_ranges_have_their_limits() {
    let Some(case) = case("imr_nile") else { return };
    let x = numbers(&case["inputs"]["x"]);
    let text = file(&["Sample", "Flow"], &[labels(x.len()), x]);
    let page = page(&text, "capability", "capability.spread_0", "");
    let wanted = &case["expected"]["mr_chart"];
    let ranges = numbers(&case["expected"]["moving_ranges"]);
    near("moving range", &page.columns["spread"][1..], &ranges);
    let ucl = wanted["ucl"].as_f64().unwrap();
    near("ucl", &page.columns["ucl"][1..], &vec![ucl; ranges.len()]);
}

fn grouped(groups: &Json) -> String {
    let groups: Vec<Vec<f64>> = groups.as_array().unwrap().iter().map(numbers).collect();
    let label = (1..).zip(&groups).flat_map(|(i, group)| group.iter().map(move |_| f64::from(i)));
    file(&["Sample", "Diameter"], &[label.collect(), groups.concat()])
}

#[test]
#[ignore = "needs the shared data"]
fn subgroups_have_their_limits_and_signals() {
    for (name, kind) in [
        ("xbar_pistonrings", "r"),
        ("xbar_sixsigma_pb2", "r"),
        ("xbar_s_unequal_montgomery_t6_4", "s"),
        ("xbar_s_unequal_pistonrings", "s"),
    ] {
        let Some(case) = case(name) else { return };
        let text = grouped(&case["inputs"]["subgroups"]);
        let means = &case["expected"][format!("xbar_from_{kind}bar")];
        let page = page(&text, "capability", "capability.chart_0", "");
        page.has([&means["center"], &means["ucl"], &means["lcl"]]);
        page.signals(&means["beyond_limits"]);
        let spread = self::page(&text, "capability", "capability.spread_0", "");
        let wanted = &case["expected"][format!("{kind}_chart")];
        let points = spread.columns["center"].len();
        near("center", &spread.columns["center"], &expected(&wanted["center"], points));
        near("ucl", &spread.columns["ucl"], &expected(&wanted["ucl"], points));
    }
}

#[test]
#[ignore = "needs the shared data"]
fn piston_rings_made_later_are_judged_by_the_frozen_limits() {
    let Some(case) = case("xbar_pistonrings") else { return };
    let mut groups = case["inputs"]["subgroups"].as_array().unwrap().clone();
    groups.extend(case["inputs"]["phase2_subgroups"].as_array().unwrap().clone());
    let text = grouped(&Json::Array(groups));
    let params = "params = { baseline_points = 25, rules = [\"beyond\"] }";
    let page = page(&text, "capability", "capability.chart_0", params);
    let means = &case["expected"]["xbar_from_rbar"];
    page.has([&means["center"], &means["ucl"], &means["lcl"]]);
    assert_eq!(page.beyond, [37, 38, 39]);
}

/// Counted samples: by theory where the counts vary as chance has them, else Laney's.
fn counted(name: &str, headings: &[&str], params: &str) {
    let Some(case) = case(name) else { return };
    let counts = numbers(&case["inputs"]["counts"]);
    let mut columns = vec![labels(counts.len()), counts];
    if !case["inputs"]["sizes"].is_null() {
        columns.push(numbers(&case["inputs"]["sizes"]));
    }
    let page = page(&file(headings, &columns), "samples", "samples.chart_0", params);
    let wanted = &case["expected"];
    let p = wanted["overdispersion"]["p_value_upper"].as_f64().unwrap();
    if p >= 0.01 {
        page.has([&wanted["center"], &wanted["ucl"], &wanted["lcl"]]);
        page.signals(&wanted["beyond_limits"]);
        return;
    }
    let points = page.columns["center"].len();
    for (id, of) in [("ucl", "ucl_theory"), ("lcl", "lcl_theory")] {
        near(of, &page.columns[of], &expected(&wanted[id], points));
    }
    if wanted["laney"]["ucl"].is_null() {
        return;
    }
    let laney = &wanted["laney"];
    page.has([&wanted["center"], &laney["ucl"], &laney["lcl"]]);
    if !laney["beyond_limits"].is_null() {
        page.signals(&laney["beyond_limits"]);
    }
}

#[test]
#[ignore = "needs the shared data"]
fn counts_have_their_limits_and_signals() {
    let defective = ["Sample", "Defective", "Size"];
    for name in ["p_orangejuice", "p_orangejuice2", "p_sixsigma_pb3_stockouts"] {
        counted(name, &defective, "");
    }
    counted("p_laney_nhs_accidents", &["Sample", "Defective", "Sample size"], "");
    counted("np_orangejuice", &defective, "params = { chart = \"np\" }");
    for name in ["u_dyedcloth", "u_laney_complaints", "u_laney_hospital_uti", "u_pcmanufact"] {
        counted(name, &["Sample", "Defects", "Size"], "");
    }
    counted("c_circuit", &["Sample", "Defects"], "");
    counted("c_sixsigma_pb4_orders", &["樣本", "缺點數"], "");
}

#[test]
#[ignore = "needs the shared data"]
fn rare_events_have_their_limits_and_signals() {
    let Some(g) = case("g_cabg_readmission") else { return };
    let x = numbers(&g["inputs"]["x"]);
    let text = file(&["Case", "Cases between"], &[labels(x.len()), x]);
    let wanted = &g["expected"];
    let page = |params| self::page(&text, "samples", "samples.chart_0", params);
    page("").has([&wanted["median_theoretical"], &wanted["ucl_prob"], &wanted["lcl_prob"]]);
    let sigma = page("params = { estimator = \"sigma\" }");
    sigma.has([&wanted["mean"], &wanted["ucl_3sigma"], &wanted["lcl_3sigma"]]);
    sigma.signals(&wanted["beyond_3sigma"]);

    let Some(t) = case("t_montgomery_valve") else { return };
    let x = numbers(&t["inputs"]["x"]);
    let text = file(&["Case", "Hours between"], &[labels(x.len()), x]);
    let page = |params| self::page(&text, "samples", "samples.chart_0", params);
    let nelson = &t["expected"]["transform_nelson"];
    let drawn = page("");
    drawn.has([&nelson["center"], &nelson["ucl"], &nelson["lcl"]]);
    drawn.signals(&nelson["beyond_limits"]);
    let law = &t["expected"]["exponential_limits"];
    page("params = { estimator = \"exponential\" }").has([
        &law["median"],
        &law["ucl"],
        &law["lcl"],
    ]);
    let law = &t["expected"]["weibull_mle"];
    let wanted = [&law["center_median"], &law["ucl"], &law["lcl"]];
    page("params = { estimator = \"weibull\" }").has(wanted);
}
