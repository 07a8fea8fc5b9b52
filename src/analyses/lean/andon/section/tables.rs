//! Stops by month and place, times to answer, places of discovery, yields.

use super::super::compute::{Place, Places, Stopped, Stops};
use super::super::defects::{Caught, Found, Yield};
use crate::report::{
    Cell, Chart, ChartKind, Emphasis, Expr, Format, Message, Role, Row, Table, Value, formula,
};
use crate::stats::interval::wilson;
use crate::stats::survival::Curve;

fn number(x: Option<f64>, decimals: u8) -> Cell {
    Cell::from(x.and_then(|x| Value::number(x, decimals)))
}

fn length(minutes: Option<f64>) -> Cell {
    Cell::from(minutes.and_then(|minutes| Value::duration(minutes * 60_000.0)))
}

/// Stops a day by month, with limits.
pub(super) fn by_month(stops: &Stops) -> Chart {
    let columns = [
        ("month", Format::Month),
        ("stops", Format::Count),
        ("days", Format::Count),
        ("rate", Format::Number(3)),
        ("center", Format::Number(3)),
        ("lcl", Format::Number(3)),
        ("ucl", Format::Number(3)),
        ("signal", Format::Text),
    ];
    let row = |of: &Stopped| {
        let signal = of.signal.then(|| Value::from(Message::new("andon.signal")));
        let rate = Value::ratio(of.stops, 1).and_then(|v| v.as_f64()).map(|n| n / of.days);
        Row::from(vec![
            Cell::from(of.month),
            Cell::from(of.stops),
            number(Some(of.days), 0),
            number(rate, 3).by(formula::ratio("stops", "days")),
            number(Some(of.limits.center), 3),
            number(Some(of.limits.lcl), 3),
            number(Some(of.limits.ucl), 3),
            Cell::from(signal),
        ])
    };
    let rows = stops.months.iter().map(row).collect();
    let key = if stops.laney { "andon.note.laney" } else { "andon.note.chart" };
    let mut table = Table::of("andon", "by_month", &columns, rows).noted(Message::new(key));
    table.top = Some(12);
    let series = [
        ("rate", Role::Value),
        ("center", Role::Center),
        ("lcl", Role::Limit),
        ("ucl", Role::Limit),
    ];
    let signals = stops.months.iter().filter(|month| month.signal).count();
    let mut chart = Chart::of(ChartKind::Control, table, "month", &series).described(
        Message::new("andon.chart.by_month")
            .arg("months", stops.months.len())
            .arg("stops", Value::count(stops.count))
            .arg("signals", signals),
    );
    chart.signal = Some("signal".to_owned());
    chart
}

/// Time to the answer and to recovery.
pub(super) fn times(stops: &Stops) -> Table {
    let columns = [
        ("what", Format::Text),
        ("n", Format::Count),
        ("open", Format::Count),
        ("median", Format::Days),
        ("p90", Format::Days),
    ];
    let row = |key: &str, curve: &Curve| {
        Row::from(vec![
            Cell::from(Value::from(Message::new(format!("andon.row.{key}")))),
            Cell::from(curve.cases),
            Cell::from(curve.cases - curve.events),
            length(curve.time_left_midway(0.5)),
            length(curve.time_left_midway(0.1)),
        ])
    };
    let both = [("response", &stops.response), ("recovery", &stops.recovery)];
    let rows = both.into_iter().filter_map(|(key, curve)| Some(row(key, curve.as_ref()?)));
    Table::of("andon", "times", &columns, rows.collect()).noted(Message::new("andon.note.times"))
}

/// Stops by step or team.
pub(super) fn places(kind: &str, of: &Places) -> Table {
    let columns = [
        ("place", Format::Text),
        ("stops", Format::Count),
        ("executions", Format::Count),
        ("per_hundred", Format::Number(2)),
        ("recovery_median", Format::Days),
    ];
    let row = |place: &Place| {
        let exposed = of.exposed.then_some(place.exposure);
        let rate = number(exposed.map(|_| place.stops_rate() * 100.0), 2);
        Row::from(vec![
            Cell::from(place.name.as_str()),
            Cell::from(place.stops),
            number(exposed, 0),
            rate.by(Expr::own("stops") / Expr::own("executions") * 100.0.into()),
            length(place.recovery.time_left_midway(0.5)),
        ])
    };
    let rows = of.places.iter().map(row).collect();
    let note = match of.test {
        None => Message::new("andon.note.no_test"),
        Some(test) => {
            let key = if of.exposed { "andon.note.test" } else { "andon.note.test_equal" };
            Message::new(key)
                .arg("chi_square", Value::Number { value: test.chi_square, decimals: 2 })
                .arg("df", Value::count(test.df))
                .arg("p", Value::Number { value: test.p_value, decimals: 3 })
        }
    };
    Table::of("andon", kind, &columns, rows).noted(note)
}

/// Defects by the step that made them and where they were found.
pub(super) fn caught(of: &Caught, level: f64) -> Table {
    let columns = [
        ("step", Format::Text),
        ("defects", Format::Count),
        ("source", Format::Count),
        ("later", Format::Count),
        ("escaped", Format::Count),
        ("at_source", Format::Share),
        ("low", Format::Share),
        ("high", Format::Share),
    ];
    let mut rows: Vec<Row> = of
        .steps
        .iter()
        .map(|(step, found)| Row::from(found_cells(Cell::from(step.as_str()), *found, level)))
        .collect();
    let all = Cell::from(Value::from(Message::new("andon.all")));
    let total = found_cells(all, of.total, level);
    rows.push(Row { cells: total, emphasis: Some(Emphasis::Total) });
    let note = match of.test {
        None => Message::new("andon.note.caught"),
        Some(test) => Message::new("andon.note.caught_test")
            .arg("chi_square", Value::Number { value: test.chi_square, decimals: 2 })
            .arg("df", Value::count(test.df))
            .arg("p", Value::Number { value: test.p_value, decimals: 3 }),
    };
    Table::of("andon", "caught", &columns, rows).noted(note)
}

fn found_cells(name: Cell, of: Found, level: f64) -> Vec<Cell> {
    let bounds = wilson(of.source, of.all(), level);
    let share = |x: Option<f64>| Cell::from(x.and_then(Value::share));
    let sum = Expr::own("source") + Expr::own("later") + Expr::own("escaped");
    vec![
        name,
        Cell::from(of.all()).by(sum),
        Cell::from(of.source),
        Cell::from(of.later),
        Cell::from(of.escaped),
        Cell::from(Value::ratio(of.source, of.all())).by(formula::ratio("source", "defects")),
        share(bounds.map(|b| b.low)).by(formula::wilson_low("source", "defects", level)),
        share(bounds.map(|b| b.high)).by(formula::wilson_high("source", "defects", level)),
    ]
}

/// First-pass yield at each step.
pub(super) fn yields(of: &Caught) -> Table {
    let columns = [
        ("step", Format::Text),
        ("units", Format::Count),
        ("yield", Format::Share),
        ("low", Format::Share),
        ("high", Format::Share),
    ];
    let share = |x: Option<f64>| Cell::from(x.and_then(Value::share));
    let row = |of: &Yield| {
        Row::from(vec![
            Cell::from(of.step.as_str()),
            Cell::from(of.units),
            share(Some(of.value)),
            share(of.bounds.map(|b| b.0)),
            share(of.bounds.map(|b| b.1)),
        ])
    };
    let estimated = of.yields.iter().any(|of| of.from_dpu);
    let key = if estimated { "andon.note.yields_dpu" } else { "andon.note.yields" };
    Table::of("andon", "yields", &columns, of.yields.iter().map(row).collect())
        .noted(Message::new(key))
}
