//! The control charts of the reference cases, drawn as pages from plain two-column files: the
//! page, its table and the workbook have the limits and signals the case expects.

use serde_json::Value as Json;

use super::chart_page::{Page, draw, file, near};
use super::shared;

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

fn labels(n: usize) -> Vec<f64> {
    (1..=n).map(|i| i as f64).collect()
}

/// Centre, upper and lower limit of page and workbook.
#[track_caller]
fn has(page: &Page, wanted: [&Json; 3]) {
    let points = page.columns["center"].len();
    let [center, ucl, lcl] = wanted.map(|wanted| {
        let wanted = expected(wanted, points);
        if wanted.len() == points { wanted } else { vec![wanted[0]; points] }
    });
    page.lines([("center", &center), ("ucl", &ucl), ("lcl", &lcl)]);
}

#[track_caller]
fn signals(page: &Page, wanted: &Json) {
    assert_eq!(page.beyond, indices(wanted));
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
            draw(&file(&headings, &[order, x.clone()]), "capability", "capability.chart_0", "");
        let wanted = &case["expected"]["i_chart"];
        has(&page, [&wanted["center"], &wanted["ucl"], &wanted["lcl"]]);
        signals(&page, &wanted["beyond_limits"]);
        let median = "params = { estimator = \"median_moving_range\" }";
        let own = draw(
            &file(&headings, &[labels(x.len()), x]),
            "capability",
            "capability.chart_0",
            median,
        );
        let wanted = &case["expected"]["i_chart_median_mr"];
        has(&own, [&wanted["center"], &wanted["ucl"], &wanted["lcl"]]);
    }
}

#[test]
#[ignore = "needs the shared data"]
fn moving_ranges_have_their_limits() {
    let Some(case) = case("imr_nile") else { return };
    let x = numbers(&case["inputs"]["x"]);
    let text = file(&["Sample", "Flow"], &[labels(x.len()), x]);
    let page = draw(&text, "capability", "capability.spread_0", "");
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
        let page = draw(&text, "capability", "capability.chart_0", "");
        has(&page, [&means["center"], &means["ucl"], &means["lcl"]]);
        signals(&page, &means["beyond_limits"]);
        let spread = draw(&text, "capability", "capability.spread_0", "");
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
    let page = draw(&text, "capability", "capability.chart_0", params);
    let means = &case["expected"]["xbar_from_rbar"];
    has(&page, [&means["center"], &means["ucl"], &means["lcl"]]);
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
    let page = draw(&file(headings, &columns), "samples", "samples.chart_0", params);
    let wanted = &case["expected"];
    let p = wanted["overdispersion"]["p_value_upper"].as_f64().unwrap();
    if p >= 0.01 {
        has(&page, [&wanted["center"], &wanted["ucl"], &wanted["lcl"]]);
        signals(&page, &wanted["beyond_limits"]);
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
    has(&page, [&wanted["center"], &laney["ucl"], &laney["lcl"]]);
    if !laney["beyond_limits"].is_null() {
        signals(&page, &laney["beyond_limits"]);
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
    let page = |params| draw(&text, "samples", "samples.chart_0", params);
    let quantiles = [&wanted["median_theoretical"], &wanted["ucl_prob"], &wanted["lcl_prob"]];
    has(&page(""), quantiles);
    let sigma = page("params = { estimator = \"sigma\" }");
    has(&sigma, [&wanted["mean"], &wanted["ucl_3sigma"], &wanted["lcl_3sigma"]]);
    signals(&sigma, &wanted["beyond_3sigma"]);

    let Some(t) = case("t_montgomery_valve") else { return };
    let x = numbers(&t["inputs"]["x"]);
    let text = file(&["Case", "Hours between"], &[labels(x.len()), x]);
    let page = |params| draw(&text, "samples", "samples.chart_0", params);
    let nelson = &t["expected"]["transform_nelson"];
    let drawn = page("");
    has(&drawn, [&nelson["center"], &nelson["ucl"], &nelson["lcl"]]);
    signals(&drawn, &nelson["beyond_limits"]);
    let law = &t["expected"]["exponential_limits"];
    let wanted = [&law["median"], &law["ucl"], &law["lcl"]];
    has(&page("params = { estimator = \"exponential\" }"), wanted);
    let law = &t["expected"]["weibull_mle"];
    let wanted = [&law["center_median"], &law["ucl"], &law["lcl"]];
    has(&page("params = { estimator = \"weibull\" }"), wanted);
}
