//! A small edition whose shown figures are computed from its data by every kind of formula.

use gemba::report::edition::{
    Block, Cell, Chart, Column, Constant, Edition, Metric, Row, Section, Series, Table,
};
use gemba::report::{ChartKind, Direction, Expr, Format, Func, Op, Role, Value};
use gemba::units::Month;

const MONTHS: i32 = 12;

/// Months with their units and defects, shares of them, and a chart over both.
pub(crate) fn edition() -> Edition {
    let shares = shares();
    let raw = shares.rows.last().and_then(|row| row.cells.get(3)?.value.clone());
    let section = Section {
        id: "defects".to_owned(),
        title: "Defects / 缺陷".to_owned(),
        findings: Vec::new(),
        metrics: vec![metric(raw)],
        blocks: vec![Block::Chart(Box::new(chart(shares))), Block::Table(functions())],
        data: vec![data()],
    };
    let constant =
        Constant { name: "sigma_shift".to_owned(), meaning: "Shift".to_owned(), value: 1.5 };
    Edition {
        id: "fixture".to_owned(),
        title: "Fixture".to_owned(),
        period: "2026".to_owned(),
        as_of: "2026-12-31".to_owned(),
        sections: vec![section],
        constants: vec![constant],
        ..Edition::default()
    }
}

/// The same edition with one figure its formula does not come to.
pub(crate) fn corrupted() -> Edition {
    let mut edition = edition();
    let blocks = edition.sections.iter_mut().flat_map(|section| &mut section.blocks);
    for block in blocks {
        if let Block::Table(table) = block {
            let cell = table.rows.first_mut().and_then(|row| row.cells.get_mut(1));
            if let Some(cell) = cell {
                cell.value = Value::number(1.96, 2);
            }
        }
    }
    edition
}

fn months() -> impl Iterator<Item = (Month, i64, i64)> {
    let row =
        |i: i32| (Month::new(2026, 1).plus(i), 400 + i64::from(i * 37 % 90), i64::from(i % 5));
    (0..MONTHS).map(row)
}

fn column(id: &str, format: Format) -> Column {
    Column { id: id.to_owned(), header: id.to_owned(), format }
}

fn cell(value: impl Into<Option<Value>>, formula: Option<Expr>) -> Cell {
    Cell { text: String::new(), value: value.into(), formula: formula.map(Into::into) }
}

fn row(cells: Vec<Cell>) -> Row {
    Row { cells, emphasis: None }
}

fn data() -> Table {
    let rows = months().flat_map(|(month, units, defects)| {
        [("North", units, defects), ("South", 2 * units, 3)].map(|(team, units, defects)| {
            row(vec![
                cell(Value::Month(month), None),
                cell(Value::from(team), None),
                cell(Value::Count(units), None),
                cell(Value::Count(defects), None),
            ])
        })
    });
    let columns = vec![
        column("month", Format::Month),
        column("team", Format::Text),
        column("units", Format::Count),
        column("defects", Format::Count),
    ];
    let title = "Counts by month and team".to_owned();
    Table {
        id: "defects.data".to_owned(),
        title,
        columns,
        rows: rows.collect(),
        ..Table::default()
    }
}

#[expect(clippy::cast_precision_loss, reason = "small counts")]
fn shares() -> Table {
    let sum = |column: &str| {
        let [wanted, month, team] =
            [column, "month", "team"].map(|c| Expr::whole("defects.data", c));
        let north = Expr::Text("North".to_owned());
        Expr::call(Func::Sumifs, [wanted, month, Expr::own("month"), team, north])
    };
    let rows = months().map(|(month, units, defects)| {
        let share = defects as f64 / units as f64;
        row(vec![
            cell(Value::Month(month), None),
            cell(Value::Count(units), Some(sum("units"))),
            cell(Value::Count(defects), Some(sum("defects"))),
            cell(Value::share(share), Some(Expr::own("defects") / Expr::own("units"))),
        ])
    });
    let columns = vec![
        column("month", Format::Month),
        column("units", Format::Count),
        column("defects", Format::Count),
        column("share", Format::Share),
    ];
    let title = "Share of defective units".to_owned();
    Table {
        id: "defects.month".to_owned(),
        title,
        columns,
        rows: rows.collect(),
        ..Table::default()
    }
}

fn chart(table: Table) -> Chart {
    Chart {
        id: "defects.month".to_owned(),
        kind: ChartKind::Control,
        title: "Share of defective units".to_owned(),
        describe: "Twelve months of shares.".to_owned(),
        x_label: "month".to_owned(),
        y_label: "share".to_owned(),
        table,
        x: "month".to_owned(),
        series: vec![Series {
            column: "share".to_owned(),
            label: "share".to_owned(),
            role: Role::Value,
        }],
        signal: None,
        point_label: None,
        marks: Vec::new(),
        references: Vec::new(),
        no_data: "No data".to_owned(),
    }
}

/// One function a row, with its value from tables of the distributions.
fn functions() -> Table {
    let n = Expr::Number;
    let call = |func, args: &[f64]| Expr::call(func, args.iter().copied().map(Expr::from));
    let shares = || Expr::whole("defects.month", "units");
    let squares = Expr::op(Op::Pow, shares(), n(2.0));
    let total: i64 = months().map(|(_, units, _)| units * units).sum();
    let level = Expr::constant("sigma_shift") + call(Func::NormSInv, &[0.9938]);
    #[expect(clippy::cast_precision_loss, reason = "small counts")]
    let checks = [
        ("normal quantile", call(Func::NormSInv, &[0.975]), 1.959_963_984_540_054),
        ("normal below", call(Func::NormSDist, &[1.96]), 0.975_002_104_851_780),
        ("beta quantile", call(Func::BetaInv, &[0.025, 171.0, 30.0]), 0.798_438_503_826_820),
        ("binomial", call(Func::BinomDist, &[3.0, 10.0, 0.5]), 0.171_875),
        ("sigma level", level, 4.000_551_793_049_05),
        ("power", Expr::op(Op::Pow, n(-2.0), n(2.0)) - (n(1.0) - n(3.0)), 6.0),
        ("array", Expr::call(Func::Sum, [squares.clone()]), total as f64),
        ("products", Expr::call(Func::Sumproduct, [squares]), total as f64),
    ];
    let rows = checks.into_iter().map(|(name, formula, value)| {
        row(vec![cell(Value::from(name), None), cell(Value::number(value, 4), Some(formula))])
    });
    let columns = vec![column("function", Format::Text), column("value", Format::Number(4))];
    let title = "Functions".to_owned();
    Table {
        id: "defects.functions".to_owned(),
        title,
        columns,
        rows: rows.collect(),
        ..Table::default()
    }
}

fn metric(raw: Option<Value>) -> Metric {
    Metric {
        id: "share".to_owned(),
        name: "Share of defective units".to_owned(),
        value: String::new(),
        interval: String::new(),
        n: String::new(),
        period: "2026".to_owned(),
        target: String::new(),
        direction: Direction::Lower,
        method: "Count over count".to_owned(),
        raw,
        raw_low: None,
        raw_high: None,
        raw_target: None,
        raw_n: 12,
    }
}
