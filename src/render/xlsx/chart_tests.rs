//! The native charts of the new kinds, read back from the bytes of a workbook.
#![expect(clippy::unwrap_used, reason = "tests")]

use std::io::{Cursor, Read as _};

use super::xlsx;
use crate::charts::fixtures::quality;
use crate::report::edition::{Block, Chart, Edition, Section};

/// The drawings of a workbook that shows these charts beside each other, as XML.
fn drawings(charts: Vec<Chart>) -> Vec<String> {
    let section = Section {
        id: "a".to_owned(),
        title: "Charts".to_owned(),
        findings: Vec::new(),
        metrics: Vec::new(),
        blocks: vec![Block::Panels(charts)],
        data: Vec::new(),
    };
    let edition = Edition { sections: vec![section], ..Edition::default() };
    let mut book = zip::ZipArchive::new(Cursor::new(xlsx(&edition).unwrap())).unwrap();
    let names: Vec<String> = book.file_names().map(|name| name.unwrap().into_owned()).collect();
    let charts = names.iter().filter(|name| name.starts_with("xl/charts/chart"));
    let mut texts = Vec::new();
    for name in charts {
        let mut text = String::new();
        book.by_name(name).unwrap().read_to_string(&mut text).unwrap();
        texts.push(text);
    }
    texts
}

fn named(mut chart: Chart) -> Chart {
    chart.table.id.clone_from(&chart.id);
    chart
}

fn only(chart: Chart) -> String {
    let mut drawn = drawings(vec![named(chart)]);
    assert_eq!(drawn.len(), 1);
    drawn.remove(0)
}

#[test]
fn a_histogram_is_columns_under_smooth_lines() {
    let xml = only(quality::histogram(false));
    assert_eq!(xml.matches("<c:ser>").count(), 3);
    assert!(xml.contains("<c:barChart>") && xml.contains("<c:lineChart>"));
    assert!(xml.contains("<c:gapWidth val=\"4\"/>"));
    assert_eq!(xml.matches("<c:smooth val=\"1\"/>").count(), 2);
}

#[test]
fn a_probability_plot_is_a_scatter_with_its_band() {
    let xml = only(quality::probability(false));
    assert!(xml.contains("<c:scatterChart>"));
    assert_eq!(xml.matches("<c:ser>").count(), 4);
}

#[test]
fn intervals_reach_from_bound_to_bound_and_no_further() {
    let xml = only(quality::intervals(true));
    let (intervals, lines) = xml.split_once("</c:lineChart>").unwrap();
    assert!(intervals.contains("<c:hiLowLines"));
    assert_eq!(intervals.matches("<c:ser>").count(), 3);
    assert!(!lines.contains("<c:hiLowLines"));
    assert_eq!(lines.matches("<c:ser>").count(), 2, "pooled figure and target");
}

#[test]
fn a_value_stream_is_its_table() {
    let chart = quality::value_stream(false);
    assert!(drawings(vec![named(chart)]).is_empty());
}
