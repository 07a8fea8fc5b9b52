//! The win rate by month closed and by month begun.

use super::super::compute::Rates;
use super::data;
use crate::dataset::{Dataset, DealCounts};
use crate::report::{
    Cell, Chart, ChartKind, Column, Emphasis, Expr, Format, Message, Role, Row, Series, Table,
    Value, formula,
};
use crate::stats::interval;
use crate::units::Month;

/// By month closed, with its interval.
pub(super) fn by_month(rates: &Rates, data: &Dataset, level: f64) -> Chart {
    let series = |column: &str, role| Series { column: column.to_owned(), role };
    Chart {
        id: "win_rate.by_month".to_owned(),
        kind: ChartKind::Line,
        title: Message::new("win_rate.chart.by_month.title"),
        describe: Message::new("win_rate.chart.by_month.describe")
            .arg("months", rates.months.len())
            .arg("won", Value::count(rates.window.won))
            .arg("closed", Value::count(rates.window.closed())),
        y_label: Message::new("win_rate.column.rate"),
        table: month_table(rates, data, level),
        x: "closed".to_owned(),
        series: vec![
            series("rate", Role::Value),
            series("low", Role::Bound),
            series("high", Role::Bound),
        ],
        signal: None,
        point_label: None,
        marks: Vec::new(),
        references: Vec::new(),
    }
}

fn month_table(rates: &Rates, data: &Dataset, level: f64) -> Table {
    let column = |id: &str, format| Column::of("win_rate", id, format);
    let partial = |month: Month| {
        !(data.period.contains(month.first_day()) && data.period.contains(month.last_day()))
    };
    let row = |(month, counts): &(Month, DealCounts)| Row {
        cells: month_cells(rates, *month, counts, level),
        emphasis: partial(*month).then_some(Emphasis::Muted),
    };
    let any_partial = rates.months.iter().any(|(month, _)| partial(*month));
    Table {
        id: "win_rate.by_month".to_owned(),
        title: Message::new("win_rate.chart.by_month.title"),
        columns: vec![
            column("closed", Format::Month),
            column("won", Format::Count),
            column("lost", Format::Count),
            column("n", Format::Count),
            column("rate", Format::Share),
            column("low", Format::Share),
            column("high", Format::Share),
            column("won_value", Format::Money),
            column("lost_value", Format::Money),
            column("value_rate", Format::Share),
        ],
        rows: rates.months.iter().map(row).collect(),
        note: any_partial.then(|| Message::new("win_rate.note.partial")),
        top: None,
    }
}

fn month_cells(rates: &Rates, month: Month, counts: &DealCounts, level: f64) -> Vec<Cell> {
    let sum = |column: &str| {
        let criteria = [("closed", Expr::own("closed")), ("in_period", 1.0.into())];
        formula::sumifs(data::ID, column, criteria)
    };
    let bounds = interval::wilson(counts.won, counts.closed(), level);
    let share = |x: Option<f64>| Cell::from(x.and_then(Value::share));
    let money = rates.basis.money(counts);
    let both = Expr::own("won_value") + Expr::own("lost_value");
    vec![
        Cell::from(month),
        Cell::from(counts.won).by(sum("won")),
        Cell::from(counts.lost).by(sum("lost")),
        Cell::from(counts.closed()).by(Expr::own("won") + Expr::own("lost")),
        Cell::from(Value::ratio(counts.won, counts.closed())).by(formula::ratio("won", "n")),
        share(bounds.map(|b| b.low)).by(formula::wilson_low("won", "n", level)),
        share(bounds.map(|b| b.high)).by(formula::wilson_high("won", "n", level)),
        Cell::from(money.map(|(won, _)| Value::from(won))).by(sum("won_value")),
        Cell::from(money.map(|(_, lost)| Value::from(lost))).by(sum("lost_value")),
        Cell::from(super::value_rate(money)).by(Expr::own("won_value") / both),
    ]
}

/// By month begun: what became of the deals so far. Young cohorts are muted.
pub(super) fn cohorts(rates: &Rates) -> Table {
    let column = |id: &str, format| Column::of("win_rate", id, format);
    let row = |(month, counts, mature): &(Month, DealCounts, bool)| Row {
        cells: cohort_cells(*month, counts),
        emphasis: (!mature).then_some(Emphasis::Muted),
    };
    let note = rates
        .mature_days
        .map(|days| Message::new("win_rate.note.young").arg("days", Value::Count(i64::from(days))));
    Table {
        id: "win_rate.cohorts".to_owned(),
        title: Message::new("win_rate.table.cohorts"),
        columns: vec![
            column("created", Format::Month),
            column("won", Format::Count),
            column("lost", Format::Count),
            column("open", Format::Count),
            column("all", Format::Count),
            column("rate_closed", Format::Share),
            column("rate_all", Format::Share),
            column("open_share", Format::Share),
        ],
        rows: rates.cohorts.iter().map(row).collect(),
        note,
        top: None,
    }
}

fn cohort_cells(month: Month, counts: &DealCounts) -> Vec<Cell> {
    let sum = |column: &str| formula::sumifs(data::ID, column, [("created", Expr::own("created"))]);
    let closed = Expr::own("won") + Expr::own("lost");
    vec![
        Cell::from(month),
        Cell::from(counts.won).by(sum("won")),
        Cell::from(counts.lost).by(sum("lost")),
        Cell::from(counts.open).by(sum("open")),
        Cell::from(counts.all()).by(closed.clone() + Expr::own("open")),
        Cell::from(Value::ratio(counts.won, counts.closed())).by(Expr::own("won") / closed),
        Cell::from(Value::ratio(counts.won, counts.all())).by(formula::ratio("won", "all")),
        Cell::from(Value::ratio(counts.open, counts.all())).by(formula::ratio("open", "all")),
    ]
}
