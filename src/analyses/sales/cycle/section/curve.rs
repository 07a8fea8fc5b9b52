//! The survival curve as a chart, its counts, and what to read off it.

use super::super::compute::{LOST, WON, median};
use crate::report::{
    Cell, Chart, ChartKind, Column, Expr, Format, Func, Mark, MarkKind, Message, Role, Row, Series,
    Table, Value, formula,
};
use crate::stats::survival::{Cause, Curve, Step};

const DATA: &str = "cycle.data";
const CURVE: &str = "cycle.curve";
/// Days people ask about.
const READINGS: [i32; 9] = [7, 14, 30, 60, 90, 120, 180, 270, 365];

fn column(id: &str, format: Format) -> Column {
    Column::of("cycle", id, format)
}

fn ended(step: &Step, cause: usize) -> u64 {
    step.causes.get(cause).map_or(0, |cause| cause.ended)
}

/// Deals under observation and closed by days since they began; the first row is the beginning.
pub(super) fn data(curve: &Curve) -> Table {
    let zero = || Cell::from(0_i64);
    let start = vec![zero(), Cell::none(), zero(), zero(), Cell::from(Value::number(0.0, 6))];
    let mut rows = vec![Row::from(start)];
    rows.extend(curve.steps.iter().map(|step| Row::from(counts(step))));
    Table {
        id: DATA.to_owned(),
        title: Message::new("cycle.table.data"),
        columns: vec![
            column("day", Format::Count),
            column("at_risk", Format::Count),
            column("won", Format::Count),
            column("lost", Format::Count),
            column("greenwood", Format::Number(6)),
        ],
        rows,
        note: None,
        top: None,
    }
}

fn counts(step: &Step) -> Vec<Cell> {
    let own = Expr::own;
    let left = || own("at_risk") - own("won") - own("lost");
    let part = (own("won") + own("lost")) / (own("at_risk") * left());
    let greenwood = Expr::Offset("greenwood".to_owned(), -1) + part;
    vec![
        Cell::from(day(step)),
        Cell::from(step.at_risk),
        Cell::from(ended(step, WON)),
        Cell::from(ended(step, LOST)),
        Cell::from(Value::number(step.greenwood, 6)).by(greenwood),
    ]
}

#[expect(clippy::cast_possible_truncation, reason = "whole days; the cast saturates")]
fn day(step: &Step) -> i64 {
    step.time as i64
}

/// The curve.
pub(super) fn chart(curve: &Curve, level: f64) -> Chart {
    let series = |column: &str, role| Series { column: column.to_owned(), role };
    let shown = median(curve);
    let at = shown.and_then(|days| curve.steps.iter().position(|step| step.time >= days));
    let mark = at.zip(shown.and_then(Value::days)).map(|(row, days)| Mark {
        row: row + 1,
        kind: MarkKind::Read,
        label: Message::new("cycle.chart.curve.median").arg("days", days),
    });
    let described = shown.and_then(Value::days);
    let key = if described.is_some() { "describe" } else { "describe_open" };
    Chart {
        id: CURVE.to_owned(),
        kind: ChartKind::Survival,
        title: Message::new("cycle.chart.curve.title"),
        describe: Message::new(format!("cycle.chart.curve.{key}"))
            .arg("deals", Value::count(curve.cases))
            .arg("days", described.unwrap_or(Value::Days(0.0))),
        y_label: Message::new("cycle.column.survival"),
        table: table(curve, level),
        x: "day".to_owned(),
        series: vec![
            series("survival", Role::Value),
            series("low", Role::Bound),
            series("high", Role::Bound),
        ],
        signal: None,
        point_label: None,
        marks: mark.into_iter().collect(),
        references: Vec::new(),
    }
}

fn table(curve: &Curve, level: f64) -> Table {
    let mut rows = vec![Row::from(beginning())];
    rows.extend(curve.steps.iter().zip(1..).map(|(step, at)| Row::from(cells(step, at, level))));
    Table {
        id: CURVE.to_owned(),
        title: Message::new("cycle.chart.curve.title"),
        columns: vec![
            column("day", Format::Count),
            column("at_risk", Format::Count),
            column("won", Format::Count),
            column("lost", Format::Count),
            column("survival", Format::Share),
            column("low", Format::Share),
            column("high", Format::Share),
            column("won_share", Format::Share),
            column("lost_share", Format::Share),
        ],
        rows,
        note: Some(Message::new("cycle.note.curve")),
        top: Some(12),
    }
}

fn beginning() -> Vec<Cell> {
    let share = |x| Cell::from(Value::share(x));
    let from = |column: &str| Expr::at(DATA, column, 0);
    vec![
        Cell::from(0_i64).by(from("day")),
        Cell::none(),
        Cell::from(0_i64).by(from("won")),
        Cell::from(0_i64).by(from("lost")),
        share(1.0),
        Cell::none(),
        Cell::none(),
        share(0.0),
        share(0.0),
    ]
}

fn cells(step: &Step, at: usize, level: f64) -> Vec<Cell> {
    let share = |x: Option<f64>| Cell::from(x.and_then(Value::share));
    let from = |column: &str| Expr::at(DATA, column, at);
    let before = |column: &str| Expr::Offset(column.to_owned(), -1);
    let closed = (Expr::own("won") + Expr::own("lost")) / Expr::own("at_risk");
    let by_cause = |share: &str, deals: &str| {
        before(share) + before("survival") * Expr::own(deals) / Expr::own("at_risk")
    };
    let bounds = step.bounds(level);
    vec![
        Cell::from(day(step)).by(from("day")),
        Cell::from(step.at_risk).by(from("at_risk")),
        Cell::from(ended(step, WON)).by(from("won")),
        Cell::from(ended(step, LOST)).by(from("lost")),
        share(Some(step.survival)).by(before("survival") * (Expr::from(1.0) - closed)),
        share(bounds.map(|b| b.low)).by(bound(at, level, 1.0)),
        share(bounds.map(|b| b.high)).by(bound(at, level, -1.0)),
        share(step.causes.get(WON).map(|cause| cause.incidence)).by(by_cause("won_share", "won")),
        share(step.causes.get(LOST).map(|cause| cause.incidence))
            .by(by_cause("lost_share", "lost")),
    ]
}

/// S ^ EXP(±z √G / |LN S|).
fn bound(at: usize, level: f64, sign: f64) -> Expr {
    let survival = || Expr::own("survival");
    let error = Expr::call(Func::Sqrt, [Expr::at(DATA, "greenwood", at)]);
    let log = Expr::call(Func::Abs, [Expr::call(Func::Ln, [survival()])]);
    let theta = Expr::from(sign) * formula::two_sided_z(level) * error / log;
    Expr::call(Func::Power, [survival(), Expr::call(Func::Exp, [theta])])
}

/// Open, won and lost after the days people ask about, as far as the curve goes.
pub(super) fn readings(curve: &Curve) -> Table {
    let last = curve.steps.last().map_or(0.0, |step| step.time);
    let days = READINGS.into_iter().filter(|days| f64::from(*days) <= last);
    Table {
        id: "cycle.readings".to_owned(),
        title: Message::new("cycle.table.readings"),
        columns: vec![
            column("day", Format::Count),
            column("survival", Format::Share),
            column("won_share", Format::Share),
            column("lost_share", Format::Share),
        ],
        rows: days.map(|days| reading(curve, days)).collect(),
        note: None,
        top: None,
    }
}

fn reading(curve: &Curve, days: i32) -> Row {
    let step = curve.at(f64::from(days));
    let incidence =
        |cause| step.map_or(0.0, |s| s.causes.get(cause).map_or(0.0, |c: &Cause| c.incidence));
    let look_up = |column: &str| {
        let row = [Expr::own("day"), Expr::whole(CURVE, "day"), 1.0.into()];
        Expr::call(Func::Index, [Expr::whole(CURVE, column), Expr::call(Func::Match, row)])
    };
    let share = |x: f64, column: &str| Cell::from(Value::share(x)).by(look_up(column));
    Row::from(vec![
        Cell::from(i64::from(days)),
        share(step.map_or(1.0, |s| s.survival), "survival"),
        share(incidence(WON), "won_share"),
        share(incidence(LOST), "lost_share"),
    ])
}
