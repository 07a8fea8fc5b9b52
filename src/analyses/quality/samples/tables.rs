//! The table behind each chart, and the factors on sigma its formulas take.

use super::compute::{Charted, Computed, Dot};
use super::fit::{Fit, WIDTH};
use super::params::{Estimator, Kind};
use super::section::{name, point, rule_message};
use crate::report::{Cell, Column, Emphasis, Expr, Format, Func, Message, Row, Table, Value};

/// The data sheet of each chart's factor on sigma.
const LIMITS: &str = "samples.limits";

fn column(id: &str, format: Format) -> Column {
    Column::of("samples", id, format)
}

fn id(k: usize) -> String {
    format!("samples.chart_{k}")
}

/// The points of a chart.
pub(super) fn points(chart: &Charted, k: usize, title: Message) -> Table {
    let labelled = chart.series.samples.iter().any(|sample| sample.label.is_some());
    let point = if labelled { Format::Text } else { Format::Count };
    let figure = match chart.series.kind {
        Kind::P => Format::Share,
        Kind::U => Format::Number(4),
        _ => Format::Number(2),
    };
    let mut columns = vec![column("point", point)];
    if chart.series.sized {
        columns.extend([column("n", Format::Number(0)), column("count", Format::Number(0))]);
    }
    columns.extend(["value", "center", "ucl", "lcl"].map(|id| column(id, figure)));
    if chart.fit.factor() > 1.0 {
        columns.extend(["ucl_theory", "lcl_theory"].map(|id| column(id, figure)));
    }
    columns.push(column("signal", Format::Text));
    let rows = chart.dots.iter().enumerate().map(|(at, dot)| row(chart, k, at, dot));
    let rows = rows.collect();
    Table { id: id(k), title, columns, rows, note: None, top: Some(25) }
}

fn row(chart: &Charted, k: usize, at: usize, dot: &Dot) -> Row {
    let figure = |x: f64| match chart.series.kind {
        Kind::P => Value::share(x),
        Kind::U => Value::number(x, 4),
        _ => Value::number(x, 2),
    };
    let mut cells = vec![Cell::from(point(chart, at))];
    if let Some(sample) = chart.series.samples.get(at).filter(|_| chart.series.sized) {
        let places = u8::from(sample.size.fract() != 0.0);
        cells.push(Cell::from(Value::number(sample.size, places)));
        cells.push(Cell::from(Value::number(sample.count, 0)));
    }
    let by = |x: Option<f64>, formula: Option<Expr>| {
        let cell = Cell::from(x.and_then(figure));
        match formula {
            Some(formula) => cell.by(formula),
            None => cell,
        }
    };
    let formulas = Formulas { chart, k };
    cells.push(by(dot.value, formulas.value()));
    cells.push(by(Some(dot.limits.center), formulas.center()));
    cells.push(by(Some(dot.limits.ucl), formulas.limit(true, true)));
    cells.push(by(Some(dot.limits.lcl), formulas.limit(false, true)));
    if chart.fit.factor() > 1.0 {
        let theory = dot.theory.as_ref();
        cells.push(by(theory.map(|t| t.ucl), formulas.limit(true, false)));
        cells.push(by(theory.map(|t| t.lcl), formulas.limit(false, false)));
    }
    cells.push(Cell::from(dot.rules.first().map(|&rule| Value::from(rule_message(rule)))));
    let emphasis = match (dot.rules.is_empty(), (dot.z > 0.0) == chart.higher_is_worse()) {
        (true, _) => None,
        (false, true) => Some(Emphasis::Bad),
        (false, false) => Some(Emphasis::Good),
    };
    Row { cells, emphasis }
}

/// How a spreadsheet computes the figures of a chart.
struct Formulas<'a> {
    chart: &'a Charted,
    k: usize,
}

impl Formulas<'_> {
    fn span(&self, column: &str) -> Expr {
        Expr::Span(id(self.k), column.to_owned(), 0, self.chart.baseline.saturating_sub(1))
    }

    fn value(&self) -> Option<Expr> {
        match self.chart.series.kind {
            Kind::P | Kind::U => Some(Expr::own("count") / Expr::own("n")),
            Kind::Np => Some(Expr::own("count")),
            Kind::C | Kind::G | Kind::T => None,
        }
    }

    /// The pooled rate of the baseline.
    fn rate(&self) -> Expr {
        let sum = |column| Expr::call(Func::Sum, [self.span(column)]);
        sum("count") / sum("n")
    }

    fn center(&self) -> Option<Expr> {
        match (self.chart.series.kind, &self.chart.fit) {
            (Kind::P | Kind::U, _) => Some(self.rate()),
            (Kind::Np, _) => Some(self.rate() * Expr::own("n")),
            (Kind::C, _) | (Kind::G, Fit::Skewed(_, Estimator::Sigma)) => {
                Some(Expr::call(Func::Average, [self.span("value")]))
            }
            _ => None,
        }
    }

    /// A limit from the centre, the size and, where it is asked for, the factor on sigma.
    fn limit(&self, upper: bool, with_factor: bool) -> Option<Expr> {
        let (center, n) = (|| Expr::own("center"), || Expr::own("n"));
        let one = || Expr::from(1.0);
        let variance = match (self.chart.series.kind, &self.chart.fit) {
            (Kind::P, _) => center() * (one() - center()) / n(),
            (Kind::Np, _) => center() * (one() - center() / n()),
            (Kind::U, _) => center() / n(),
            (Kind::C, _) => center(),
            (Kind::G, Fit::Skewed(_, Estimator::Sigma)) => center() * (center() + one()),
            _ => return None,
        };
        let factor = if with_factor { Expr::at(LIMITS, "factor", self.k) } else { one() };
        let half = Expr::from(WIDTH) * factor * Expr::call(Func::Sqrt, [variance]);
        let ceiling = match self.chart.series.kind {
            Kind::P => Some(one()),
            Kind::Np => Some(n()),
            _ => None,
        };
        Some(match (upper, ceiling) {
            (true, Some(ceiling)) => Expr::call(Func::Min, [ceiling, center() + half]),
            (true, None) => center() + half,
            (false, _) => Expr::call(Func::Max, [0.0.into(), center() - half]),
        })
    }
}

/// The fit of every chart.
pub(super) fn limits(data: &Computed) -> Table {
    let columns = vec![
        column("what", Format::Text),
        column("baseline", Format::Count),
        column("dispersion", Format::Number(2)),
        column("factor", Format::Number(4)),
    ];
    let row = |chart: &Charted| {
        let ratio = match chart.fit {
            Fit::Counts(_, Some(test)) => Value::number(test.ratio, 2),
            _ => None,
        };
        Row::from(vec![
            Cell::from(name(chart)),
            chart.baseline.into(),
            Cell::from(ratio),
            Cell::from(Value::number(chart.fit.factor(), 4)),
        ])
    };
    let title = Message::new("samples.table.limits");
    let rows = data.charts.iter().map(row).collect();
    Table { id: LIMITS.to_owned(), title, columns, rows, note: None, top: None }
}
