//! The tables behind the control charts, and the values they are computed from.

use super::ability::Ability;
use super::chart::{Charted, Dot};
use super::compute::Ctq;
use super::formulas::{self, Sheet};
use super::params::Chart as Kind;
use super::status::{self, decimals};
use crate::report::{Cell, Column, Emphasis, Expr, Format, Message, Row, Table, Value};
use crate::stats::control_chart::rules::Rule;

/// Points shown of a chart at most: the newest.
pub(super) const POINTS: usize = 1000;

/// A rule in words.
pub(super) fn rule_message(rule: Rule) -> Message {
    Message::new(format!("rule.{}", rule.name()))
}

/// A point by its day, its label or its number.
pub(super) fn point(ctq: &Ctq, at: usize) -> Value {
    let sample = ctq.series.samples.get(at);
    let day = sample.filter(|_| ctq.series.dated).and_then(|sample| sample.day);
    let label = sample.and_then(|sample| sample.label.clone());
    match (day, label) {
        (Some(day), _) => day.into(),
        (None, Some(label)) => Value::Text(label),
        (None, None) => (at + 1).into(),
    }
}

fn point_format(ctq: &Ctq) -> Format {
    let labelled = ctq.series.samples.iter().any(|sample| sample.label.is_some());
    match (ctq.series.dated, labelled) {
        (true, _) => Format::Date,
        (false, true) => Format::Text,
        (false, false) => Format::Count,
    }
}

pub(super) fn column(id: &str, format: Format) -> Column {
    Column::of("capability", id, format)
}

/// The first point shown.
pub(super) fn first_shown(ctq: &Ctq) -> usize {
    ctq.charted.place.len().saturating_sub(POINTS)
}

/// The table of the chart of values or means.
pub(super) fn place(ctq: &Ctq, k: usize, title: Message) -> Table {
    let number = Format::Number(decimals(ctq));
    let mut columns = vec![column("point", point_format(ctq))];
    if ctq.series.grouped {
        columns.push(column("n", Format::Count));
    }
    columns.push(column(if ctq.series.grouped { "mean" } else { "value" }, number));
    columns.extend(["center", "ucl", "lcl"].map(|id| column(id, number)));
    columns.push(column("signal", Format::Text));
    let sheet = Sheet::new(ctq, k);
    let row = |(at, dot): (usize, &Dot)| {
        let mut cells = vec![Cell::from(point(ctq, at))];
        if ctq.series.grouped {
            cells.push(ctq.series.samples.get(at).map_or(0, |s| s.values.len()).into());
        }
        let formulas = sheet.place(at);
        cells.extend(figures(ctq, dot, formulas));
        Row { cells, emphasis: emphasis(dot) }
    };
    rows(formulas::place_id(k), title, columns, ctq.charted.place.iter(), ctq, row)
}

/// The table of the chart of moving ranges, ranges or standard deviations.
pub(super) fn spread(ctq: &Ctq, k: usize, title: Message) -> Table {
    let number = Format::Number(decimals(ctq));
    let mut columns = vec![column("point", point_format(ctq)), column("spread", number)];
    let grouped = ctq.series.grouped;
    if grouped {
        columns.push(column("sigma", number));
    }
    columns.extend(["center", "ucl", "lcl"].map(|id| column(id, number)));
    columns.push(column("signal", Format::Text));
    let sheet = Sheet::new(ctq, k);
    let row = |(at, dot): (usize, &Dot)| {
        let mut cells = vec![Cell::from(point(ctq, at))];
        let mut found = figures(ctq, dot, sheet.spread(at)).into_iter();
        cells.extend(found.next());
        if grouped {
            cells.push(sheet.sigma_of(at));
        }
        cells.extend(found);
        Row { cells, emphasis: emphasis(dot) }
    };
    rows(formulas::spread_id(k), title, columns, ctq.charted.spread.iter(), ctq, row)
}

fn rows<'a>(
    id: String,
    title: Message,
    columns: Vec<Column>,
    dots: impl Iterator<Item = &'a Dot>,
    ctq: &Ctq,
    row: impl Fn((usize, &'a Dot)) -> Row,
) -> Table {
    let rows = dots.enumerate().skip(first_shown(ctq)).map(row).collect();
    Table { id, title, columns, rows, note: None, top: Some(25) }
}

/// Value, centre, limits and signal.
fn figures(ctq: &Ctq, dot: &Dot, formulas: [Option<Expr>; 4]) -> Vec<Cell> {
    let places = decimals(ctq);
    let limits = dot.limits;
    let figures =
        [dot.value, limits.map(|l| l.center), limits.map(|l| l.ucl), limits.map(|l| l.lcl)];
    let cell = |(x, formula): (Option<f64>, Option<Expr>)| {
        let cell = Cell::from(x.and_then(|x| Value::number(x, places)));
        match formula {
            Some(formula) => cell.by(formula),
            None => cell,
        }
    };
    let mut cells: Vec<Cell> = figures.into_iter().zip(formulas).map(cell).collect();
    cells.push(Cell::from(dot.rules.first().map(|&rule| Value::from(rule_message(rule)))));
    cells
}

fn emphasis(dot: &Dot) -> Option<Emphasis> {
    (!dot.rules.is_empty()).then_some(Emphasis::Bad)
}

/// The values of subgroups, one a row: what means, ranges and indices are computed from.
pub(super) fn values(ctq: &Ctq, k: usize) -> Option<Table> {
    let shown = ctq.series.grouped && first_shown(ctq) == 0;
    let places = decimals(ctq);
    let columns = vec![column("point", point_format(ctq)), column("value", Format::Number(places))];
    let row = |at: usize, x: f64| {
        Row::from(vec![Cell::from(point(ctq, at)), Cell::from(Value::number(x, places))])
    };
    let samples = ctq.series.samples.iter().enumerate();
    let rows = samples.flat_map(|(at, sample)| sample.values.iter().map(move |&x| row(at, x)));
    shown.then(|| Table {
        id: formulas::values_id(k),
        title: titled("values", ctq),
        columns,
        rows: rows.collect(),
        note: None,
        top: None,
    })
}

/// A title with the characteristic's name.
pub(super) fn titled(key: &str, ctq: &Ctq) -> Message {
    Message::new(format!("capability.panel.{key}")).arg("what", status::name(ctq.name.as_ref()))
}

/// What the indices are computed from: one row.
pub(super) fn inputs(ctq: &Ctq, ability: &Ability, k: usize) -> Table {
    let number = Format::Number(decimals(ctq));
    let mut columns = vec![column("n", Format::Count)];
    let ids = ["mean", "sd", "sigma_within", "lsl", "target", "usl"];
    columns.extend(ids.map(|id| column(id, number)));
    let value = |x: Option<f64>| Cell::from(x.and_then(|x| Value::number(x, decimals(ctq))));
    let (normal, spec) = (&ability.normal, &ability.spec);
    let within = normal.within.as_ref().ok().map(|within| within.normal.sigma);
    let sheet = Sheet::new(ctq, k);
    let [count, mean, sd, sigma] = sheet.inputs();
    let by = |cell: Cell, formula: Option<Expr>| match formula {
        Some(formula) => cell.by(formula),
        None => cell,
    };
    let row = vec![
        by(normal.n.into(), count),
        by(value(Some(normal.mean)), mean),
        by(value(Some(normal.overall.normal.sigma)), sd),
        by(value(within), sigma),
        value(spec.lower()),
        value(spec.target()),
        value(spec.upper()),
    ];
    Table {
        id: formulas::inputs_id(k),
        title: titled("inputs", ctq),
        columns,
        rows: vec![Row::from(row)],
        note: None,
        top: None,
    }
}

/// Words of a chart by its kind.
pub(super) const fn kind_key(charted: &Charted) -> &'static str {
    match charted.kind {
        Kind::Individuals => "individuals",
        Kind::XbarR => "xbar_r",
        Kind::XbarS => "xbar_s",
    }
}
