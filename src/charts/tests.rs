//! What every drawing owes its reader, held for ordinary and for nasty charts.
#![expect(clippy::unwrap_used, reason = "tests")]

use std::sync::mpsc;
use std::thread;
use std::time::Duration;

use proptest::prelude::*;

use super::canvas::Size;
use super::draft::{Draft, known};
use super::fixtures::{self, quality};
use super::plot::MANY;
use super::{draw, narrow, panel, sparkline, svg};
use crate::report::edition::Chart;
use crate::report::{ChartKind, Format, MarkKind, Role};

const KINDS: [ChartKind; 13] = [
    ChartKind::Control,
    ChartKind::Pareto,
    ChartKind::Stages,
    ChartKind::FunnelPlot,
    ChartKind::Survival,
    ChartKind::Whale,
    ChartKind::Pyramid,
    ChartKind::Bars,
    ChartKind::Line,
    ChartKind::Histogram,
    ChartKind::Probability,
    ChartKind::Intervals,
    ChartKind::ValueStream,
];
const ROLES: [Role; 8] = [
    Role::Value,
    Role::Other,
    Role::Center,
    Role::Limit,
    Role::Warning,
    Role::Bound,
    Role::Cumulative,
    Role::Target,
];

/// Parses, names itself, gives every point a tooltip, and has only figures for coordinates.
fn check(chart: &Chart) -> String {
    whole(&panel(chart));
    whole(&svg(chart))
}

fn whole(picture: &str) -> String {
    let document = roxmltree::Document::parse(picture).unwrap();
    let root = document.root_element();
    let ids: Vec<&str> = root.attribute("aria-labelledby").unwrap().split(' ').collect();
    for (id, tag) in ids.iter().zip(["title", "desc"]) {
        assert!(root.children().any(|n| n.has_tag_name(tag) && n.attribute("id") == Some(id)));
    }
    for node in document.descendants().filter(roxmltree::Node::is_element) {
        for attribute in node.attributes() {
            let text = attribute.value().to_ascii_lowercase();
            assert!(!text.contains("nan") && !text.contains("inf"), "{attribute:?}");
            let paint = ["fill", "stroke"].contains(&attribute.name());
            assert!(!paint || text == "none" || text.starts_with("var(--"), "{attribute:?}");
        }
        if node.attribute("class").is_some_and(|c| c.split(' ').any(|c| c == "pt")) {
            let title = node.children().find(|n| n.has_tag_name("title"));
            assert!(title.and_then(|t| t.text()).is_some_and(|t| !t.is_empty()));
            assert_eq!(node.attribute("tabindex"), Some("-1"));
        }
    }
    picture.to_owned()
}

/// No words lie on other words or leave the sheet, on a page or beside another chart.
fn words_stand_apart(chart: &Chart) {
    for size in [Size::PAGE, Size::PANEL] {
        stand_apart(chart, size);
    }
}

fn stand_apart(chart: &Chart, size: Size) {
    let (sheet, Size { width, height }) = draw(chart, size);
    for (i, a) in sheet.words.iter().enumerate() {
        let [left, top, right, bottom] = a.bounds;
        let on_sheet =
            left >= -1.0 && top >= -1.0 && right <= width + 1.0 && bottom <= height + 1.0;
        assert!(on_sheet, "{} leaves {}: {:?}", a.text, chart.id, a.bounds);
        for b in sheet.words.iter().skip(i + 1) {
            let apart = right <= b.bounds[0]
                || b.bounds[2] <= left
                || bottom <= b.bounds[1]
                || b.bounds[3] <= top;
            assert!(apart, "{} lies on {} in {}", a.text, b.text, chart.id);
        }
    }
}

#[test]
fn ordinary_charts_are_whole_small_and_the_same_twice() {
    for chart in fixtures::all(false).iter().chain(&fixtures::all(true)) {
        let picture = check(chart);
        assert!(picture.len() < 40_000, "{} {}", chart.id, picture.len());
        let many = chart.table.rows.len() > MANY;
        assert!(many || picture.contains("class=\"pt"), "{}", chart.id);
        assert_eq!(picture, svg(chart));
        words_stand_apart(chart);
    }
}

#[test]
fn a_signal_has_its_own_shape_and_says_why() {
    let picture = check(&fixtures::control(false));
    let document = roxmltree::Document::parse(&picture).unwrap();
    let signals: Vec<_> = document
        .descendants()
        .filter(|n| n.attribute("class").is_some_and(|c| c.contains("signal")))
        .collect();
    assert_eq!(signals.len(), 2);
    for signal in signals {
        assert!(signal.has_tag_name("g") && signal.children().any(|n| n.has_tag_name("path")));
        assert!(signal.first_element_child().unwrap().text().unwrap().contains("limit"));
    }
}

#[test]
fn a_gap_is_never_a_point() {
    let mut figures = known(&[3.0, 4.0, 5.0]);
    figures.extend([None, Some(4.5)]);
    for kind in KINDS {
        let chart = Draft::new(kind, "gap", "y")
            .scale("x", Format::Count, &[1.0, 2.0, 3.0, 4.0, 5.0])
            .series(Role::Value, "v", Format::Number(1), &figures)
            .0;
        // A step of unknown time is still a step.
        let points = if kind == ChartKind::ValueStream { 5 } else { 4 };
        assert_eq!(check(&chart).matches("class=\"pt\"").count(), points, "{kind:?}");
    }
}

#[test]
fn words_from_data_are_escaped() {
    for kind in KINDS {
        let mut chart = nasty(kind, &known(&[1.0, 2.0]));
        let text = "</title><script>\"&\u{0}\u{ffff}'";
        for words in [&mut chart.title, &mut chart.describe, &mut chart.y_label, &mut chart.id] {
            text.clone_into(words);
        }
        chart.table.rows[0].cells[0].text = text.to_owned();
        assert!(!check(&chart).contains("<script"), "{kind:?}");
    }
}

#[test]
fn ids_of_charts_do_not_meet() {
    let id = |id: &str| super::safe_id(id);
    let all = [id("a.b"), id("a-b"), id("a_b"), id("a b"), id("a..b")];
    for (i, a) in all.iter().enumerate() {
        assert!(all.iter().skip(i + 1).all(|b| a != b));
    }
}

#[test]
fn nothing_to_draw_is_said_in_words() {
    for kind in KINDS {
        for figures in [vec![], vec![None, None], known(&[f64::NAN, f64::INFINITY])] {
            let picture = check(&nasty(kind, &figures));
            assert!(picture.contains("Nothing to draw yet."), "{kind:?}");
        }
    }
    assert_eq!(sparkline(&[]), "");
    assert_eq!(sparkline(&[None, Some(f64::NAN)]), "");
}

#[test]
fn a_long_series_is_one_line_and_its_signals() {
    let figures: Vec<f64> = (0..5000).map(|i| f64::from(i * 7919 % 1000)).collect();
    let chart = Draft::new(ChartKind::Control, "long", "y")
        .scale("x", Format::Count, &figures)
        .series(Role::Value, "v", Format::Number(1), &known(&figures))
        .signals(&[(17, "high")])
        .0;
    let picture = check(&chart);
    assert_eq!(picture.matches("class=\"pt").count(), 1);
    assert!(picture.len() < 60_000, "{}", picture.len());
}

/// A chart in which one set of figures plays every part.
fn nasty(kind: ChartKind, figures: &[Option<f64>]) -> Chart {
    let rows: Vec<f64> = figures.iter().map(|v| v.unwrap_or(f64::NAN)).collect();
    let mut draft = Draft::new(kind, "nasty", "y").scale("x", Format::Number(1), &rows);
    for role in ROLES {
        draft = draft.series(role, "series", Format::Share, figures);
        draft = draft.series(role, "系列", Format::Number(0), figures);
    }
    draft
        .signals(&[(0, "why"), (3, "why")])
        .mark(0, MarkKind::Event, "event")
        .mark(1, MarkKind::Read, "read")
        .mark(2, MarkKind::BaselineEnd, "end")
        .mark(9999, MarkKind::Event, "nowhere")
        .reference(f64::NAN, Role::Limit, "nowhere")
        .reference(1e7, Role::Limit, "limit")
        .reference(0.0, Role::Target, "")
        .0
}

#[test]
fn nasty_figures_are_drawn_within_five_seconds() {
    let sets: Vec<Vec<f64>> = vec![
        vec![0.0],
        vec![5.0; 9],
        vec![-3.0, -2.0, -8.0],
        vec![1e300, -1e300, 1.0],
        vec![f64::MIN, f64::MAX],
        vec![f64::NAN, 1.0, f64::INFINITY, f64::NEG_INFINITY, 2.0],
        vec![5e-324, 0.0, 1e-310],
        vec![1e15, 1e15 + 0.125],
        vec![1e99, 1e-99],
        (0..3000).map(|i| f64::from(i % 13)).collect(),
    ];
    for kind in KINDS {
        let (done, wait) = mpsc::channel();
        let sets = sets.clone();
        thread::spawn(move || {
            for set in sets {
                let _ = svg(&nasty(kind, &known(&set)));
                let _ = sparkline(&known(&set));
            }
            let _ = done.send(());
        });
        assert!(wait.recv_timeout(Duration::from_secs(5)).is_ok(), "{kind:?} hung or panicked");
    }
}

#[test]
fn a_stage_is_read_with_the_share_beside_its_count() {
    assert!(check(&fixtures::stages(false)).contains(">512 · 61.0%<"));
}

#[test]
fn an_outlier_is_named_and_the_others_are_not() {
    let picture = check(&fixtures::funnel_plot(true));
    let document = roxmltree::Document::parse(&picture).unwrap();
    let texts: Vec<_> = (document.descendants())
        .filter(|n| n.has_tag_name("text"))
        .filter_map(|n| n.text())
        .collect();
    assert!(["陳美玲", "黃志明", "林雅惠"].iter().all(|name| texts.contains(name)));
    assert!(!texts.contains(&"王小明"));
}

#[test]
fn a_histogram_has_a_line_and_words_for_each_reference() {
    let picture = check(&quality::histogram(false));
    for words in ["Lower limit 48.50", "Target 50.00", "Mean 49.90", "Upper limit 51.50"] {
        assert!(picture.contains(&format!(">{words}<")), "{words}");
    }
    // The limits stand where their figures do: as far apart as fifteen classes are wide.
    let document = roxmltree::Document::parse(&picture).unwrap();
    let number = |node: &roxmltree::Node<'_, '_>, name| {
        node.attribute(name).and_then(|text| text.parse::<f64>().ok())
    };
    let bars: Vec<f64> = (document.descendants())
        .filter(|n| n.has_tag_name("rect") && n.attribute("class").is_some())
        .filter_map(|n| number(&n, "x"))
        .collect();
    assert_eq!(bars.len(), 17);
    let class = (bars[16] - bars[0]) / 16.0;
    let texts = document.descendants().filter(|n| n.has_tag_name("text"));
    let at: Vec<f64> = texts
        .filter(|n| n.text().is_some_and(|t| t.contains("limit ")))
        .filter_map(|n| number(&n, "x"))
        .collect();
    assert_eq!(at.len(), 2);
    assert!(((at[0] - at[1]).abs() - 15.0 * class).abs() < 9.0, "{at:?} {class}");
}

#[test]
fn an_interval_beyond_the_scale_ends_in_an_arrow() {
    let picture = check(&quality::intervals(true));
    // The group of few cases reaches so far that the others would be pressed flat.
    assert_eq!(picture.matches("fill=\"var(--value)\"").count(), 5 + 1);
    assert!(picture.contains("25.0% (1.0% – 49.0%)"));
    assert!(picture.contains("全體 4.9%"));
}

#[test]
fn a_value_stream_has_a_box_a_step_and_its_totals() {
    let chart = quality::value_stream(false);
    for picture in [check(&chart), narrow(&chart).unwrap()] {
        assert_eq!(picture.matches("<g class=\"pt").count(), 7);
        assert_eq!(picture.matches(">I<").count(), 6, "no triangle where nothing waits");
        for total in ["Wait before, min 1075", "Processing, min 119", "Cycle efficiency 10.0%"] {
            assert!(picture.contains(&total.replace(' ', "\u{a0}")), "{total}");
        }
    }
    assert!(narrow(&quality::histogram(false)).is_none());
    let mut chart = chart;
    chart.table.rows.pop();
    assert!(check(&chart).contains("Wait\u{a0}before,\u{a0}min\u{a0}1,075 · Processing"));
    chart.table.rows[3].cells[2].value = None;
    assert!(!check(&chart).contains("Processing,\u{a0}min\u{a0}"), "no sum of what is unknown");
}

#[test]
fn the_label_of_a_stepped_limit_names_its_last_level() {
    let picture = check(&quality::phases(120)(false));
    assert!(picture.contains(">Mean\u{20}2.5<") || picture.contains(">Mean 2.5<"));
    assert_eq!(picture.matches("stroke-dasharray=\"2 3\"").count(), 4, "every event has its line");
}

#[test]
fn rows_beyond_the_most_are_counted() {
    let figures: Vec<f64> = (0..90).map(f64::from).collect();
    let chart = Draft::new(ChartKind::Stages, "many", "")
        .names("n", &figures.iter().map(|i| format!("name {i}")).collect::<Vec<_>>())
        .series(Role::Value, "v", Format::Count, &known(&figures))
        .0;
    assert!(check(&chart).contains("… +30"));
    words_stand_apart(&chart);
}

fn figure() -> impl Strategy<Value = Option<f64>> {
    prop_oneof![
        4 => (-1e6..1e6_f64).prop_map(Some),
        1 => any::<f64>().prop_map(Some),
        1 => Just(None),
        1 => (0.0..1.0_f64).prop_map(Some),
    ]
}

/// A chart of shares with a name for every row and long words everywhere.
fn named(kind: ChartKind, names: &[String]) -> Chart {
    let share = |i: usize| Some(super::plot::nth(i % 7 + 1) / 7.0);
    let figures: Vec<Option<f64>> = (0..names.len()).map(share).collect();
    Draft::new(kind, "names", "What is measured")
        .names("Name", names)
        .series(Role::Value, "First series of figures", Format::Share, &figures)
        .series(Role::Other, "第二組數字", Format::Share, &figures)
        .series(Role::Target, "Target", Format::Share, &figures)
        .mark(2, MarkKind::Event, "An event with quite a long description of what happened")
        .mark(4, MarkKind::Event, "更換供應商")
        .0
}

#[test]
fn the_words_of_an_event_keep_off_the_figures_of_the_axis() {
    let mut names = vec![String::new(); 12];
    names.push("f".to_owned());
    words_stand_apart(&named(ChartKind::Pareto, &names));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(60))]

    #[test]
    fn any_figures_give_a_picture(figures in prop::collection::vec(figure(), 0..40), kind in 0..13_usize) {
        check(&nasty(KINDS[kind], &figures));
        let spark = sparkline(&figures);
        prop_assert!(spark.is_empty() || roxmltree::Document::parse(&spark).is_ok());
    }

    #[test]
    fn names_of_any_length_stand_apart(
        names in prop::collection::vec("[A-Za-z 品質管理客戶]{0,40}", 1..70),
        kind in 0..13_usize,
    ) {
        let chart = named(KINDS[kind], &names);
        check(&chart);
        words_stand_apart(&chart);
    }
}
