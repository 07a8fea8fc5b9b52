//! A small edition with everything in it, and what its workbook must hold.
#![expect(clippy::unwrap_used, reason = "tests")]

use super::formula::{Here, Unprintable, is_array, print};
use super::layout::Book;
use super::{drafts, xlsx};
use crate::report::edition::{
    Block, Cell, Chart, Column, Constant, Edition, Row, Section, Series, Table,
};
use crate::report::{ChartKind, Expr, Format, Formula, Func, Op, Role, Value};

fn column(id: &str, format: Format) -> Column {
    Column { id: id.to_owned(), header: id.to_owned(), format }
}

fn cell(value: Option<Value>, formula: Option<Expr>) -> Cell {
    Cell { text: String::new(), value, formula: formula.map(Formula::from) }
}

fn table(id: &str, columns: &[(&str, Format)], rows: Vec<Vec<Cell>>) -> Table {
    let row = |cells| Row { cells, emphasis: None };
    Table {
        id: id.to_owned(),
        title: id.to_owned(),
        columns: columns.iter().map(|&(id, format)| column(id, format)).collect(),
        rows: rows.into_iter().map(row).collect(),
        note: None,
        top: None,
    }
}

fn counts() -> Table {
    let row = |team: &str, n: i64| {
        vec![cell(Some(Value::from(team)), None), cell(Some(Value::Count(n)), None)]
    };
    let rows = vec![row("North", 3), row("South*", 4), row("North", 5), row("north", 1)];
    table("a.data", &[("team", Format::Text), ("n", Format::Count)], rows)
}

fn shares() -> Table {
    let row = |team: &str, n: i64| {
        let sum = Expr::call(
            Func::Sumifs,
            [Expr::whole("a.data", "n"), Expr::whole("a.data", "team"), Expr::own("team")],
        );
        let double = Expr::own("n") * Expr::constant("shift");
        vec![
            cell(Some(Value::from(team)), None),
            cell(Some(Value::Count(n)), Some(sum)),
            #[expect(clippy::cast_precision_loss, reason = "small counts")]
            cell(Value::number(n as f64 * 1.5, 2), Some(double)),
        ]
    };
    let columns = [("team", Format::Text), ("n", Format::Count), ("double", Format::Number(2))];
    table("a.shares", &columns, vec![row("East", 0), row("=1+1", 0)])
}

fn chart() -> Chart {
    let mut table = shares();
    table.id = "a.chart".to_owned();
    Chart {
        id: "a.chart".to_owned(),
        kind: ChartKind::Pareto,
        title: "Pareto".to_owned(),
        describe: "d".repeat(400),
        x_label: "team".to_owned(),
        y_label: "n".to_owned(),
        table,
        x: "team".to_owned(),
        series: vec![
            Series { column: "n".to_owned(), label: "n".to_owned(), role: Role::Value },
            Series { column: "double".to_owned(), label: "c".to_owned(), role: Role::Cumulative },
        ],
        signal: None,
        point_label: None,
        marks: Vec::new(),
        references: Vec::new(),
        no_data: "no data".to_owned(),
    }
}

fn edition() -> Edition {
    let section = Section {
        id: "a".to_owned(),
        title: "Ann's [a]".to_owned(),
        findings: Vec::new(),
        metrics: Vec::new(),
        blocks: vec![Block::Table(shares()), Block::Chart(Box::new(chart()))],
        data: vec![counts()],
    };
    Edition {
        title: "Report & more".to_owned(),
        as_of: "2026-10-31".to_owned(),
        sections: vec![section],
        constants: vec![Constant {
            name: "shift".to_owned(),
            meaning: "shift".to_owned(),
            value: 1.5,
        }],
        ..Edition::default()
    }
}

fn printed(expr: &Expr) -> Result<String, Unprintable> {
    let edition = edition();
    let book = Book::new(drafts(&edition), &edition.constants);
    let (place, table) = book.table("a.shares").unwrap();
    print(expr, &Here { book: &book, place, table, row: 1 })
}

fn text(expr: &Expr) -> String {
    printed(expr).unwrap()
}

#[test]
fn operators_keep_their_order_with_few_parentheses() {
    let n = || Expr::Number;
    let (one, two, three) = (n()(1.0), n()(2.0), n()(-3.0));
    let power = |a, b| Expr::op(Op::Pow, a, b);
    let sum = one.clone() + two.clone();
    assert_eq!(text(&(sum.clone() * two.clone())), "(1+2)*2");
    assert_eq!(text(&(two.clone() * one.clone() + two.clone())), "2*1+2");
    assert_eq!(text(&(two.clone() - sum.clone())), "2-(1+2)");
    assert_eq!(text(&(two.clone() / (one.clone() / two.clone()))), "2/(1/2)");
    assert_eq!(text(&power(three.clone(), two.clone())), "(-3)^2");
    assert_eq!(text(&power(power(one.clone(), two.clone()), two.clone())), "1^2^2");
    assert_eq!(text(&(two.clone() * three)), "2*(-3)");
    assert_eq!(text(&Expr::op(Op::Ge, sum, two)), "1+2>=2");
}

#[test]
fn references_know_their_sheet_and_row() {
    assert_eq!(text(&Expr::own("n")), "B7");
    assert_eq!(text(&Expr::Offset("n".to_owned(), -1)), "B6");
    assert_eq!(text(&Expr::whole("a.shares", "n")), "$B$6:$B$7");
    assert_eq!(text(&Expr::whole("a.data", "n")), "'sheet_data 1 a.data'!$B$2:$B$5");
    assert_eq!(text(&Expr::at("a.data", "team", 2)), "'sheet_data 1 a.data'!$A$4");
    assert_eq!(text(&Expr::constant("shift")), "shift");
}

#[test]
fn references_that_lead_nowhere_are_named() {
    let lost = |expr: Expr| matches!(printed(&expr), Err(Unprintable::Dangling(_)));
    assert!(lost(Expr::own("nothing")));
    assert!(lost(Expr::Offset("n".to_owned(), 1)));
    assert!(lost(Expr::at("a.data", "n", 4)));
    assert!(lost(Expr::whole("b", "n")));
    assert!(lost(Expr::constant("nothing")));
    assert!(super::dangling(&edition()).is_empty());
}

#[test]
fn functions_carry_the_names_files_store() {
    let z = Expr::call(Func::NormSInv, [Expr::Number(0.975)]);
    assert_eq!(text(&z), "_xlfn.NORM.S.INV(0.975)");
    let p = Expr::call(Func::NormSDist, [Expr::Number(1.0)]);
    assert_eq!(text(&p), "_xlfn.NORM.S.DIST(1,TRUE)");
    let quote = Expr::op(Op::Eq, Expr::own("team"), Expr::Text("a\"b".to_owned()));
    assert_eq!(text(&quote), "A7=\"a\"\"b\"");
}

#[test]
fn criteria_a_spreadsheet_reads_otherwise_get_no_formula() {
    let sum = |criterion: Expr| {
        let range = [Expr::whole("a.data", "n"), Expr::whole("a.data", "team"), criterion];
        printed(&Expr::call(Func::Sumifs, range))
    };
    let unsafe_ = Err(Unprintable::Unsafe);
    assert_eq!(sum(Expr::own("team")), unsafe_, "starts with an operator");
    assert_eq!(sum(Expr::at("a.data", "team", 0)), unsafe_, "differs by case only");
    assert_eq!(sum(Expr::at("a.data", "team", 1)), unsafe_, "holds a wildcard");
    assert!(sum(Expr::Text("South*".to_owned())).unwrap().ends_with("\"South~*\")"));
    assert!(sum(Expr::at("a.shares", "team", 0)).is_ok());
}

#[test]
fn ranges_worked_cell_by_cell_become_array_formulas() {
    let squares = Expr::op(Op::Pow, Expr::whole("a.data", "n"), Expr::Number(2.0));
    assert!(is_array(&Expr::call(Func::Sum, [squares.clone()])));
    assert!(!is_array(&Expr::call(Func::Sumproduct, [squares])));
    assert!(!is_array(&Expr::call(Func::Sum, [Expr::whole("a.data", "n")])));
}

#[test]
fn the_same_edition_gives_the_same_bytes() {
    let edition = edition();
    let first = xlsx(&edition).unwrap();
    assert!(first.len() > 4_000);
    assert_eq!(first, xlsx(&edition).unwrap());
}
