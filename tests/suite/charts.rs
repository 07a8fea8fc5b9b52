//! Control charts of small public-domain files: no dates, no configuration, right pages.

use super::chart_page::{draw, file};

fn order(n: usize) -> Vec<f64> {
    (1..=n).map(|i| i as f64).collect()
}

/// NIST/SEMATECH e-Handbook 6.3.2.2, with the exact d₂.
#[test]
fn flow_rates_have_the_handbooks_limits() {
    let x = vec![49.6, 47.6, 49.9, 51.3, 47.8, 51.2, 52.6, 52.4, 53.6, 52.1];
    for headings in [["Batch", "Flow rate"], ["樣本", "流量（l/min）"], ["序号", "流量"]]
    {
        let text = file(&headings, &[order(10), x.clone()]);
        let page = draw(&text, "capability", "capability.chart_0", "");
        page.lines([
            ("center", &[50.81; 10]),
            ("ucl", &[55.802_411_680_050_6; 10]),
            ("lcl", &[45.817_588_319_949_4; 10]),
        ]);
        assert!(page.beyond.is_empty());
    }
}

/// NIST/SEMATECH e-Handbook 6.3.3.1: 16 ± 3 · 4 defects on a wafer, the 24th beyond.
#[test]
fn wafers_have_the_handbooks_limits() {
    let defects = [
        16, 14, 28, 16, 12, 20, 10, 12, 10, 17, 19, 17, 14, 16, 15, 13, 14, 16, 11, 20, 11, 19, 16,
        31, 13,
    ];
    let defects: Vec<f64> = defects.into_iter().map(f64::from).collect();
    let text = file(&["Sample", "Defects"], &[order(25), defects]);
    let page = draw(&text, "samples", "samples.chart_0", "");
    page.lines([("center", &[16.0; 25]), ("ucl", &[28.0; 25]), ("lcl", &[4.0; 25])]);
    assert_eq!(page.beyond, [24]);
}

/// Constructed: 213 of 1,000 cans in the first 20 samples, one wild sample after them.
#[test]
fn a_frozen_np_chart_comes_from_its_baseline() {
    let cans =
        [12, 8, 10, 9, 14, 10, 7, 11, 12, 10, 8, 10, 13, 11, 9, 12, 10, 14, 11, 12, 25, 13, 9, 6];
    let cans: Vec<f64> = cans.into_iter().map(f64::from).collect();
    let text = file(&["Sample", "Defective", "Size"], &[order(24), cans, vec![50.0; 24]]);
    let params = "params = { chart = \"np\", baseline_points = 20 }";
    let page = draw(&text, "samples", "samples.chart_0", params);
    // 213 of 1000: 10.65 ± 3 √(10.65 · 0.787).
    let half = 3.0 * (10.65_f64 * 0.787).sqrt();
    page.lines([
        ("center", &[10.65; 24]),
        ("ucl", &[10.65 + half; 24]),
        ("lcl", &[10.65 - half; 24]),
    ]);
    assert_eq!(page.beyond, [21]);
}
