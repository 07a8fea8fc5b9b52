//! The section of the page.

use super::compute::{Compared, Computed, Tested};
use super::scan::{Dim, Group};
use crate::report::{
    Block, Cell, Chart, ChartKind, Check, CheckState, Column, Direction, Emphasis, Expr, Format,
    Func, Message, Metric, Role, Row, Series, Table, Tone, Value,
};
use crate::units::{Month, Period};

const TESTS: &str = "strata.tests";
const GROUPS: &str = "strata.groups";

/// Groups of a chart at most.
const DRAWN: usize = 24;

/// The headline figure.
pub(super) fn metrics(data: &Computed) -> Vec<Metric> {
    let (from, to) = data.span;
    let uneven = data.tests.iter().filter(|tested| tested.is_uneven()).count();
    let groups = data.tests.iter().flat_map(|t| &t.compared).count();
    vec![Metric {
        id: "uneven_dimensions".to_owned(),
        value: Some(uneven.into()),
        interval: None,
        n: groups as u64,
        period: Period {
            from: Month::from_number(from).first_day(),
            to: Month::from_number(to).last_day(),
        },
        target: None,
        direction: Direction::Lower,
        method: "strata.method.uneven_dimensions".to_owned(),
    }]
}

/// The blocks, in order.
pub(super) fn blocks(data: &Computed) -> Vec<Block> {
    let text = Message::new("strata.note.multiplicity")
        .arg("tests", data.tests.len())
        .arg("groups", data.tests.iter().flat_map(|t| &t.compared).count())
        .arg("dispersion", Value::Number { value: data.dispersion, decimals: 2 });
    let note = Block::Note { tone: Tone::Plain, text };
    let mut blocks = vec![Block::Cards(metrics(data)), note, Block::Table(tests(data))];
    let uneven = data.tests.iter().filter(|tested| tested.is_uneven());
    let drawn: Vec<Chart> = uneven.map(|tested| chart(data, tested)).collect();
    if !drawn.is_empty() {
        blocks.push(Block::Panels(drawn));
    }
    blocks.push(Block::Checklist(checks(data)));
    blocks
}

fn checks(data: &Computed) -> Vec<Check> {
    let check = |dim: &Dim| Check {
        label: Message::new(format!("strata.dim.{}", dim.key())),
        state: CheckState::NotComputable,
        detail: dim.cols().iter().fold(Message::new("strata.check.absent"), |message, col| {
            message.arg("column", col.name())
        }),
    };
    let types = Check {
        label: Message::new("strata.dim.type"),
        state: CheckState::Pass,
        detail: Message::new("strata.check.types"),
    };
    let single = data.absent.iter().filter(|&&dim| dim != Dim::Cell);
    single.map(check).chain([types]).collect()
}

fn label(names: &[Option<String>], index: usize) -> Value {
    match names.get(index) {
        Some(Some(name)) => Value::Text(name.clone()),
        _ => Message::new("strata.unnamed").into(),
    }
}

/// What a group is called.
pub(super) fn name(data: &Computed, dim: Dim, group: &Group) -> Value {
    let (cube, (first, second)) = (&data.cube, group.at);
    match dim {
        Dim::Step => label(&cube.steps, first),
        Dim::Team => label(&cube.teams, first),
        Dim::Category => label(&cube.categories, first),
        Dim::Shift => label(&cube.shifts, first),
        Dim::Cell => Message::new("strata.pair")
            .arg("step", label(&cube.steps, first))
            .arg("team", label(&cube.teams, second))
            .into(),
    }
}

fn column(id: &str, format: Format) -> Column {
    Column::of("strata", id, format)
}

fn dim_words(dim: Dim) -> Cell {
    Value::from(Message::new(format!("strata.dim.{}", dim.key()))).into()
}

/// Every test made.
fn tests(data: &Computed) -> Table {
    let columns = vec![
        column("dim", Format::Text),
        column("compared", Format::Count),
        column("left_out", Format::Count),
        column("chi_square", Format::Number(2)),
        column("df", Format::Count),
        column("p", Format::Number(4)),
        column("p_holm", Format::Number(4)),
        column("verdict", Format::Text),
    ];
    let row = |tested: &Tested| {
        let p = Expr::call(Func::ChisqDistRt, [Expr::own("chi_square"), Expr::own("df")]);
        let (chi_square, df, raw) = tested.test.map_or((None, None, None), |(x, df, p)| {
            (Value::number(x, 2), Some(Value::count(df)), Value::number(p, 4))
        });
        let verdict = match (tested.test, tested.is_uneven()) {
            (None, _) => "few",
            (_, true) => "uneven",
            (_, false) => "even",
        };
        let cells = vec![
            dim_words(tested.dim),
            tested.compared.len().into(),
            tested.left_out.into(),
            Cell::from(chi_square),
            Cell::from(df),
            Cell::from(raw).by(p),
            Cell::from(Value::number(tested.p, 4)),
            Value::from(Message::new(format!("strata.verdict.{verdict}"))).into(),
        ];
        Row { cells, emphasis: tested.is_uneven().then_some(Emphasis::Bad) }
    };
    let (from, to) = data.span;
    Table {
        id: TESTS.to_owned(),
        title: Message::new("strata.table.tests"),
        columns,
        rows: data.tests.iter().map(row).collect(),
        note: Some(
            Message::new("strata.note.months")
                .arg("from", Month::from_number(from))
                .arg("to", Month::from_number(to)),
        ),
        top: None,
    }
}

/// Every group, for the workbook.
pub(super) fn groups(data: &Computed) -> Table {
    let columns = vec![
        column("dim", Format::Text),
        column("group", Format::Text),
        column("opportunities", Format::Count),
        column("defects", Format::Count),
        column("expected", Format::Number(1)),
        column("ratio", Format::Number(2)),
        column("low", Format::Number(2)),
        column("high", Format::Number(2)),
        column("p_holm", Format::Number(4)),
        column("excess", Format::Number(0)),
    ];
    let row = |tested: &Tested, c: &Compared| {
        Row::from(vec![
            dim_words(tested.dim),
            name(data, tested.dim, &c.group).into(),
            c.group.counts.opportunities.into(),
            c.group.counts.defects.into(),
            Cell::from(Value::number(c.group.expected, 1)),
            Cell::from(Value::number(c.ratio, 2)),
            Cell::from(Value::number(c.bounds.low, 2)),
            Cell::from(Value::number(c.bounds.high, 2)),
            Cell::from(Value::number(c.p, 4).filter(|_| tested.is_uneven())),
            Cell::from(Value::number(c.excess, 0)),
        ])
    };
    let rows = data.tests.iter().flat_map(|t| t.compared.iter().map(move |c| row(t, c)));
    Table {
        id: GROUPS.to_owned(),
        title: Message::new("strata.table.groups"),
        columns,
        rows: rows.collect(),
        note: None,
        top: None,
    }
}

/// The groups of an uneven dimension beside the rest; of many, those that differ.
fn chart(data: &Computed, tested: &Tested) -> Chart {
    let dim = Message::new(format!("strata.dim.{}", tested.dim.key()));
    let title = Message::new("strata.chart.title").arg("dim", dim.clone());
    let many = tested.compared.len() > DRAWN;
    let shown = tested.compared.iter().filter(|c| !many || c.p < super::compute::UNEVEN);
    let rows = shown.take(DRAWN).map(|c| {
        Row::from(vec![
            Cell::from(name(data, tested.dim, &c.group)),
            Cell::from(Value::number(c.ratio, 2)),
            Cell::from(Value::number(c.bounds.low, 2)),
            Cell::from(Value::number(c.bounds.high, 2)),
            Cell::from(Value::number(1.0, 2)),
            Cell::from(Value::number(c.p, 4)),
        ])
    });
    let mut columns = vec![column("group", Format::Text)];
    columns.extend(["ratio", "low", "high", "one"].map(|id| column(id, Format::Number(2))));
    columns.push(column("p_holm", Format::Number(4)));
    let id = format!("strata.by_{}", tested.dim.key());
    let table = Table {
        id: id.clone(),
        title: title.clone(),
        columns,
        rows: rows.collect(),
        note: None,
        top: None,
    };
    let roles = [
        ("ratio", Role::Value),
        ("low", Role::Bound),
        ("high", Role::Bound),
        ("one", Role::Center),
    ];
    Chart {
        id,
        kind: ChartKind::Intervals,
        title,
        describe: Message::new("strata.chart.describe")
            .arg("dim", dim)
            .arg("groups", tested.compared.len())
            .arg("differ", tested.compared.iter().filter(|c| c.p < super::compute::UNEVEN).count()),
        y_label: Message::new("strata.column.ratio"),
        table,
        x: "group".to_owned(),
        series: roles.map(|(id, role)| Series { column: id.to_owned(), role }).to_vec(),
        signal: None,
        point_label: None,
        marks: Vec::new(),
        references: Vec::new(),
    }
}
