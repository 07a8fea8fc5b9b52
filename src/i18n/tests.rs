#![expect(clippy::unwrap_used, reason = "tests")]

use std::collections::BTreeSet;

use super::template::gaps;
use super::{Catalog, FAMILIES, edition, explain, explain_ids, issue};
use crate::records::{Account, Col, Issue, IssueCode, Place, SheetAccount, Source, TableKind};
use crate::report::edition::Lang;
use crate::report::{
    Block, Cell, Column, Direction, Format, Interval, Layout, Message, Metric, Missing, Outcome,
    Provenance, Report, SCHEMA, Section, Skipped, Table, Value,
};
use crate::units::{Day, Money, Month, Period};

const OWN: &str = r#"
[demo]
title = "Demo"
table = "T"
head = "H"
[metric.demo.share]
name = "Share of demos"
definition = "d"
reading = "r"
"#;

fn catalog(lang: Lang) -> Catalog {
    Catalog::whole(lang, [OWN]).unwrap()
}

fn october() -> Period {
    Period::month(Month::new(2026, 10))
}

fn share(value: f64, low: f64, high: f64) -> Metric {
    Metric {
        id: "demo.share".to_owned(),
        value: Value::share(value),
        interval: Some(Interval { low: Value::share(low), high: Value::share(high), level: 0.95 }),
        n: 6711,
        period: october(),
        target: None,
        direction: Direction::Higher,
        method: String::new(),
    }
}

fn report() -> Report {
    let money = |units| Cell::from(Value::Money(Money::from_units(units).unwrap()));
    let table = Table {
        id: "demo.table".to_owned(),
        title: Message::new("demo.table"),
        columns: vec![Column::titled("m", Format::Money, Message::new("demo.head"))],
        rows: vec![
            vec![money(1234.5)].into(),
            vec![money(-7.25)].into(),
            vec![Cell::none()].into(),
        ],
        note: None,
        top: None,
    };
    let outcome = Outcome {
        metrics: vec![share(0.6316, 0.6199, 0.643)],
        blocks: vec![Block::Table(table)],
        ..Outcome::default()
    };
    let mut sheet =
        SheetAccount::new(Source { file: "a.xlsx".to_owned(), sheet: "Orders".to_owned() });
    (sheet.seen, sheet.header, sheet.used) = (1236, 1, 1200);
    sheet.rejected.insert("E203".to_owned(), 12);
    sheet.ignored.insert("total".to_owned(), 23);
    let missing = Missing { table: TableKind::Orders, col: Some(Col::Profit) };
    Report {
        schema: SCHEMA.to_owned(),
        id: "sales".to_owned(),
        layout: Layout::Full,
        period: october(),
        as_of: october().to,
        currency: Some("TWD".to_owned()),
        headline: Vec::new(),
        sections: vec![Section { analysis: "demo".to_owned(), outcome: outcome.into() }],
        skipped: vec![Skipped {
            analysis: "demo".to_owned(),
            missing: vec![missing],
            reason: None,
        }],
        constants: Vec::new(),
        account: Account { sheets: vec![sheet] },
        issues: ["D17", "D45"].map(bad_date).to_vec(),
        provenance: Provenance {
            version: "0.1.0".to_owned(),
            settings: "0123456789abcdef".to_owned(),
            reading: std::collections::BTreeMap::new(),
            inputs: Vec::new(),
        },
    }
}

fn bad_date(cell: &str) -> Issue {
    let place = Place { file: "a.xlsx".into(), sheet: "Orders".into(), cell: cell.into() };
    Issue::new(IssueCode::BadDate, place).value("2026/13/05").arg("column", "closed")
}

#[test]
fn languages_share_keys_and_gaps() {
    let english = Catalog::whole(Lang::En, []).unwrap();
    for lang in [Lang::ZhHant, Lang::ZhHans] {
        let other = Catalog::whole(lang, []).unwrap();
        assert!(english.keys().eq(other.keys()), "keys of {}", lang.tag());
        for key in english.keys() {
            let names = |catalog: &Catalog| -> BTreeSet<String> {
                gaps(catalog.get(key).unwrap()).into_iter().map(str::to_owned).collect()
            };
            assert_eq!(names(&english), names(&other), "{key} in {}", lang.tag());
        }
    }
}

#[test]
fn chinese_editions_keep_to_their_script() {
    let scripts: toml::Table = toml::from_str(include_str!("words/scripts.toml")).unwrap();
    for (lang, foreign) in [(Lang::ZhHant, "simplified"), (Lang::ZhHans, "traditional")] {
        let foreign = scripts[foreign].as_str().unwrap();
        let catalog = Catalog::whole(lang, []).unwrap();
        for key in catalog.keys() {
            let word = catalog.get(key).unwrap();
            let wrong: String = word.chars().filter(|&c| foreign.contains(c)).collect();
            assert!(wrong.is_empty(), "{key} in {}: {wrong}", lang.tag());
        }
    }
}

#[test]
fn every_table_column_and_issue_has_words() {
    let english = Catalog::whole(Lang::En, []).unwrap();
    let tables = TableKind::ALL.iter().map(|kind| format!("table.{}", kind.name()));
    let cols = Col::ALL.iter().map(|col| format!("col.{}", col.name()));
    let parts = ["name", "problem", "expected", "hint", "reading"];
    let issues = IssueCode::ALL
        .iter()
        .flat_map(|code| parts.map(|part| format!("issue.{}.{part}", code.code())));
    for key in tables.chain(cols).chain(issues) {
        assert!(english.get(&key).is_some(), "{key}");
    }
}

#[test]
fn catalogs_refuse_double_keys_and_anything_but_strings() {
    assert!(Catalog::new(Lang::En, ["[ui]\nsummary = \"x\""]).is_err());
    assert!(Catalog::new(Lang::En, ["a = 1"]).is_err());
    assert!(Catalog::new(Lang::En, ["a = "]).is_err());
}

#[test]
fn a_report_speaks_each_language() {
    let expected = [
        (Lang::En, "Oct 2026", "31 Oct 2026", "95% CI 62.0% to 64.3%"),
        (Lang::ZhHant, "2026年10月", "2026年10月31日", "95% 信賴區間 62.0%～64.3%"),
        (Lang::ZhHans, "2026年10月", "2026年10月31日", "95% 置信区间 62.0%～64.3%"),
    ];
    for (lang, period, day, interval) in expected {
        let edition = edition(&report(), &catalog(lang));
        assert_eq!((edition.period.as_str(), edition.as_of.as_str()), (period, day));
        let metric = &edition.sections[0].metrics[0];
        assert_eq!((metric.value.as_str(), metric.interval.as_str()), ("63.2%", interval));
        assert_eq!(metric.n, "n = 6,711");
        assert!(!format!("{edition:?}").contains('⟦'), "{edition:?}");
    }
}

#[test]
fn money_of_a_column_stands_alike_and_unknown_is_a_dash() {
    let edition = edition(&report(), &catalog(Lang::En));
    let crate::report::edition::Block::Table(table) = &edition.sections[0].blocks[0] else {
        unreachable!("the demo's block is a table");
    };
    let texts: Vec<&str> = table.rows.iter().map(|row| row.cells[0].text.as_str()).collect();
    assert_eq!(texts, ["NT$1,234", "−NT$7", "–"]);
}

#[test]
fn the_ledger_and_the_problems_are_worded() {
    let edition = edition(&report(), &catalog(Lang::En));
    assert_eq!(
        edition.account_line,
        "Read 1,236 rows in 1 sheet: 1,200 used, 12 rejected, 23 left out, 1 headings or blank."
    );
    assert_eq!(edition.skipped, ["Not computable: Demo — missing the column “Profit” in “Orders”"]);
    assert_eq!(edition.issues.len(), 1);
    let issue = &edition.issues[0];
    assert_eq!((issue.cell.as_str(), issue.also.as_str(), issue.rows), ("D17", "D45", 2));
    assert_eq!(issue.problem, "“2026/13/05” in “Closed” is not a date.");
    assert_eq!(edition.provenance, "gemba 0.1.0 · settings 0123456789ab");
}

#[test]
fn every_page_can_be_explained_and_unknown_ids_cannot() {
    for lang in Lang::ALL {
        let catalog = catalog(lang);
        let ids = explain_ids(&catalog);
        assert!(ids.contains(&"demo.share".to_owned()) && ids.contains(&"E203".to_owned()));
        for id in ids {
            let page = explain(&id, &catalog).unwrap();
            assert!(!format!("{page:?}").contains('⟦'), "{page:?}");
        }
        assert_eq!(explain("e203", &catalog).unwrap().id, "E203");
        assert!(explain("nonsense", &catalog).is_none());
    }
}

#[test]
fn every_method_has_all_its_parts_in_every_language() {
    for lang in Lang::ALL {
        let catalog = Catalog::whole(lang, []).unwrap();
        let mut pages = BTreeSet::new();
        for family in FAMILIES {
            for part in ["name", "about"] {
                let key = format!("family.{}.{part}", family.id);
                assert!(catalog.get(&key).is_some(), "{key} in {}", lang.tag());
            }
            for id in family.pages() {
                assert!(pages.insert(id.to_owned()), "{id} stands twice");
                let page = explain(id, &catalog).unwrap();
                assert_eq!((page.id.as_str(), page.parts().count()), (id, 5), "{}", lang.tag());
                assert!(explain(&id["stats.".len()..], &catalog).is_some(), "{id}");
            }
        }
        let known = explain_ids(&catalog).into_iter().filter(|id| id.starts_with("stats."));
        assert!(known.eq(pages), "a page of no family in {}", lang.tag());
    }
}

#[test]
fn every_issue_code_is_worded_without_a_gap() {
    let catalog = catalog(Lang::En);
    let names = [
        "reason",
        "found",
        "extension",
        "limit",
        "maximum",
        "nearest",
        "missing",
        "line",
        "header",
        "column",
        "other",
        "order",
        "master",
        "near",
        "differences",
        "from",
        "encoding",
        "columns",
        "expected",
        "mark",
        "table",
        "events",
        "cases",
        "cell",
        "col",
        "toml",
        "unit",
        "factor",
        "range",
        "file",
        "sheet",
    ];
    for &code in IssueCode::ALL {
        let full = names.iter().fold(Issue::new(code, Place::default()), |i, n| i.arg(n, "x"));
        let worded = issue(&full, &catalog);
        for text in [&worded.problem, &worded.expected, &worded.hint] {
            assert!(!text.contains(['{', '⟦']), "{text}");
        }
    }
}

#[test]
fn numbers_read_as_written() {
    use super::format::{number, percent};
    assert_eq!(number(1_234_567.891, 2), "1,234,567.89");
    assert_eq!(number(-0.0004, 2), "0.00");
    assert_eq!(number(-1234.5, 1), "−1,234.5");
    assert_eq!(number(f64::NAN, 1), "–");
    assert_eq!(percent(0.6316, 1), "63.2%");
    let voice = super::voice::Voice::new(&catalog(Lang::En)).catalog.clone();
    let voice = super::voice::Voice::new(&voice);
    assert_eq!(voice.value(&Value::Days(60.0)), "60 d");
    assert_eq!(voice.value(&Value::Duration(5_400_000)), "1.5 h");
    assert_eq!(voice.value(&Value::Share(0.0003)), "0.030%");
    let days = Period { from: Day::from_civil(2026, 10, 3).unwrap(), to: october().to };
    assert_eq!(voice.period(days), "3 Oct 2026 to 31 Oct 2026");
}
