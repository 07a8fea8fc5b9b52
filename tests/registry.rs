//! Tests over the whole registry of analyses: every one, now and later, keeps these promises.
#![expect(clippy::unwrap_used, reason = "a test")]

use std::collections::{BTreeMap, BTreeSet};

use gemba::analyses::{self, Analysis, Ask, analysis};
use gemba::dataset::{Cell, Dataset, Table, TableBuilder};
use gemba::i18n::{self, Catalog};
use gemba::records::{CellKind, Col, Origin, TableKind, spec};
use gemba::report::edition::Lang;
use gemba::report::{Block, Outcome, Value};
use gemba::units::{Day, Money, Period};

fn words(analysis: &dyn Analysis, lang: Lang) -> &'static str {
    let words = analysis.words();
    match lang {
        Lang::En => words.en,
        Lang::ZhHant => words.zh_hant,
        Lang::ZhHans => words.zh_hans,
    }
}

fn catalog(lang: Lang) -> Catalog {
    let texts: Vec<&'static str> = analyses::all().map(|a| words(a, lang)).collect();
    Catalog::new(lang, texts).unwrap()
}

/// What fills the cells of a made-up table.
#[derive(Clone, Copy, Debug)]
enum Fill {
    Equal,
    Varied,
    Huge,
    Missing,
}

fn cell(kind: CellKind, required: bool, fill: Fill, row: i32) -> Cell<'static> {
    const NAMES: [&str; 5] = ["Won", "Lost", "Negotiation", "=A1+1", "<b>五</b>"];
    let day = Day::from_civil(2025, 1, 1).unwrap();
    let (spread, large) = match fill {
        Fill::Missing if !required => return Cell::Missing,
        Fill::Equal | Fill::Missing => (0, false),
        Fill::Varied => (row * 7 % 600, false),
        Fill::Huge => (row * 7 % 600, true),
    };
    let big = i64::from(spread) * if large { 1_000_000_007 } else { 1 };
    match kind {
        CellKind::Category => Cell::Text(NAMES[usize::try_from(spread).unwrap() % NAMES.len()]),
        CellKind::Day => Cell::Day(day.plus(spread)),
        CellKind::Instant | CellKind::Duration => {
            Cell::Millis(i64::from(day.number() + spread) * 86_400_000)
        }
        CellKind::Money => Cell::Money(Money::from_raw(i128::from(big - 300) * 10_000)),
        CellKind::Count => Cell::Count(big),
        CellKind::Number => {
            Cell::Number(if large { f64::from(spread) * 1e200 } else { f64::from(spread) })
        }
        CellKind::Flag => Cell::Flag(spread % 2 == 0),
    }
}

fn table(kind: TableKind, rows: i32, fill: Fill, without: Option<Col>) -> Table {
    let columns: Vec<_> = spec(kind).columns.iter().filter(|c| Some(c.col) != without).collect();
    let cols: Vec<Col> = columns.iter().map(|c| c.col).collect();
    let mut builder = TableBuilder::new(kind, &cols);
    for row in 0..rows {
        let cells: Vec<Cell<'_>> =
            columns.iter().map(|c| cell(c.kind, c.required, fill, row)).collect();
        builder.push(Origin { source: 0, row: u32::try_from(row).unwrap() + 2 }, &cells);
    }
    builder.finish()
}

fn dataset(rows: i32, fill: Fill, without: Option<Col>) -> Dataset {
    let tables: BTreeMap<TableKind, Table> =
        TableKind::ALL.iter().map(|&kind| (kind, table(kind, rows, fill, without))).collect();
    let from = Day::from_civil(2025, 1, 1).unwrap();
    let to = Day::from_civil(2026, 9, 30).unwrap();
    Dataset {
        tables,
        sources: Vec::new(),
        period: Period { from, to },
        as_of: to,
        threads: 2,
        kept: gemba::dataset::Kept::default(),
    }
}

#[test]
fn ids_are_unique_and_their_words_begin_with_them() {
    let mut seen = BTreeSet::new();
    for analysis in analyses::all() {
        assert!(seen.insert(analysis.id()), "{} stands twice", analysis.id());
        let own = Catalog::new(Lang::En, [words(analysis, Lang::En)]).unwrap();
        assert!(
            own.get(&format!("{}.title", analysis.id())).is_some(),
            "{} has no title",
            analysis.id()
        );
    }
    assert!(seen.len() >= 9);
}

#[test]
fn needs_name_columns_the_tables_have() {
    for analysis in analyses::all() {
        for need in analysis.needs() {
            for &col in need.cols {
                assert!(spec(need.table).column(col).is_some(), "{}: {col:?}", analysis.id());
            }
        }
    }
}

#[test]
fn every_language_has_the_same_keys_and_names_the_same_values() {
    let english = catalog(Lang::En);
    for lang in [Lang::ZhHant, Lang::ZhHans] {
        let other = catalog(lang);
        let keys = |c: &Catalog| c.keys().map(str::to_owned).collect::<BTreeSet<_>>();
        let (a, b) = (keys(&english), keys(&other));
        let missing: Vec<_> = a.symmetric_difference(&b).collect();
        assert!(missing.is_empty(), "{lang:?}: {missing:?}");
        for key in &a {
            let names = |c: &Catalog| placeholders(c.get(key).unwrap_or_default());
            assert_eq!(names(&english), names(&other), "{lang:?}: {key}");
        }
    }
}

/// Word files are read by a reader of our own: it must read what TOML says.
#[test]
fn words_are_what_toml_reads() {
    const SHARED: [&str; 3] = [
        include_str!("../src/i18n/words/records.en.toml"),
        include_str!("../src/i18n/words/records.zh-Hant.toml"),
        include_str!("../src/i18n/words/records.zh-Hans.toml"),
    ];
    for (lang, shared) in Lang::ALL.into_iter().zip(SHARED) {
        let catalog = catalog(lang);
        for text in analyses::all().map(|a| words(a, lang)).chain([shared]) {
            for (key, value) in toml::from_str::<toml::Table>(text).unwrap() {
                same_words(&catalog, &key, &value);
            }
        }
    }
}

fn same_words(catalog: &Catalog, key: &str, value: &toml::Value) {
    match value {
        toml::Value::Table(table) => {
            for (name, value) in table {
                same_words(catalog, &format!("{key}.{name}"), value);
            }
        }
        word => assert_eq!(catalog.get(key), word.as_str(), "{key}"),
    }
}

fn placeholders(text: &str) -> BTreeSet<String> {
    let parts = text.split('{').skip(1);
    let names = parts.filter_map(|part| part.split_once('}')).map(|(name, _)| name);
    names.map(|name| name.split(':').next().unwrap_or(name).to_owned()).collect()
}

#[test]
fn no_data_whatever_makes_an_analysis_panic_or_print_infinity() {
    for fill in [Fill::Equal, Fill::Varied, Fill::Huge, Fill::Missing] {
        for rows in [0, 1, 2, 40, 700] {
            let data = dataset(rows, fill, None);
            for analysis in analyses::all() {
                if let Ok(outcome) = analysis::run(analysis, &data, &Ask::default()) {
                    finite(analysis.id(), &outcome);
                }
            }
        }
    }
}

#[test]
fn a_missing_column_skips_or_survives() {
    for &col in Col::ALL {
        let data = dataset(60, Fill::Varied, Some(col));
        for analysis in analyses::all() {
            match analysis::run(analysis, &data, &Ask::default()) {
                Ok(outcome) => finite(analysis.id(), &outcome),
                Err(skipped) => {
                    let said = !skipped.missing.is_empty() || skipped.reason.is_some();
                    assert!(said, "{} is skipped without a reason", analysis.id());
                }
            }
        }
    }
}

/// No value anywhere in an outcome is NaN or infinite. JSON writes such floats as null, so a
/// quantity whose value became null betrays one.
fn finite(id: &str, outcome: &Outcome) {
    let json = serde_json::to_value(outcome).unwrap();
    walk(id, &json);
}

fn walk(id: &str, json: &serde_json::Value) {
    match json {
        serde_json::Value::Object(map) => {
            let null = map.get("value").is_some_and(serde_json::Value::is_null);
            assert!(!(map.contains_key("unit") && null), "{id}: a value is not finite: {json}");
            let decimals = map.contains_key("decimals") && null;
            assert!(!decimals, "{id}: a number is not finite: {json}");
            map.values().for_each(|v| walk(id, v));
        }
        serde_json::Value::Array(items) => items.iter().for_each(|v| walk(id, v)),
        _ => {}
    }
}

#[test]
fn whatever_is_shown_has_its_page() {
    let english = catalog(Lang::En);
    let data = dataset(700, Fill::Varied, None);
    for analysis in analyses::all() {
        let Ok(outcome) = analysis::run(analysis, &data, &Ask::default()) else { continue };
        let metrics = outcome.metrics.iter().map(|m| m.id.clone());
        let findings = outcome.findings.iter().map(|f| f.id.clone());
        for id in metrics.chain(findings) {
            assert!(i18n::explain(&id, &english).is_some(), "{}: {id} has no page", analysis.id());
        }
    }
}

#[test]
fn table_ids_are_unique_within_an_outcome_and_rows_fit_their_columns() {
    let data = dataset(700, Fill::Varied, None);
    for analysis in analyses::all() {
        let Ok(outcome) = analysis::run(analysis, &data, &Ask::default()) else { continue };
        let mut ids = BTreeSet::new();
        for table in tables(&outcome) {
            assert!(ids.insert(table.id.clone()), "{}: {} stands twice", analysis.id(), table.id);
            for row in &table.rows {
                assert_eq!(row.cells.len(), table.columns.len(), "{}", table.id);
            }
        }
    }
}

fn tables(outcome: &Outcome) -> Vec<&gemba::report::Table> {
    let shown = outcome.blocks.iter().flat_map(Block::tables);
    shown.chain(&outcome.data).collect()
}

/// Rows of these stand in the order in which things happened, unless they are dated apart.
const IN_ORDER: [&str; 1] = ["samples"];

#[test]
fn the_order_of_rows_changes_no_figure() {
    let data = dataset(700, Fill::Varied, None);
    let mut turned = data.clone();
    for table in turned.tables.values_mut() {
        *table = reversed(table);
    }
    for analysis in analyses::all().filter(|analysis| !IN_ORDER.contains(&analysis.id())) {
        let run = |data| analysis::run(analysis, data, &Ask::default()).map(|o| o.metrics);
        assert_eq!(run(&data), run(&turned), "{}", analysis.id());
    }
}

fn reversed(table: &Table) -> Table {
    let cols: Vec<Col> = table.cols().collect();
    let mut builder = TableBuilder::new(table.kind(), &cols);
    for row in (0..table.len()).rev() {
        let cells: Vec<Cell<'_>> = cols.iter().map(|&col| read(table, col, row)).collect();
        builder.push(table.origins()[row], &cells);
    }
    builder.finish()
}

fn read(table: &Table, col: Col, row: usize) -> Cell<'_> {
    match spec(table.kind()).column(col).unwrap().kind {
        CellKind::Category => table.text(col, row).map_or(Cell::Missing, Cell::Text),
        CellKind::Day => table.day(col, row).map_or(Cell::Missing, Cell::Day),
        CellKind::Instant | CellKind::Duration => {
            table.count(col, row).map_or(Cell::Missing, Cell::Millis)
        }
        CellKind::Money => table.money(col, row).map_or(Cell::Missing, Cell::Money),
        CellKind::Count => table.count(col, row).map_or(Cell::Missing, Cell::Count),
        CellKind::Number => table.number(col, row).map_or(Cell::Missing, Cell::Number),
        CellKind::Flag => table.flag(col, row).map_or(Cell::Missing, Cell::Flag),
    }
}

#[test]
fn values_know_their_own_finiteness() {
    assert_eq!(Value::number(f64::INFINITY, 2), None);
    assert_eq!(Value::share(f64::NAN), None);
}
