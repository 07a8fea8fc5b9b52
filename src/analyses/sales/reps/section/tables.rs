//! The table of representatives, the funnel plot, and the counts behind both.

use super::super::compute::{Rep, Team, Verdict};
use crate::report::{
    Cell, Chart, ChartKind, Column, Emphasis, Expr, Format, Func, Message, Role, Row, Series,
    Table, Value, formula,
};
use crate::stats::comparison::funnel_limits::funnel_limits;
use crate::stats::interval;

const DATA: &str = "reps.data";
/// Shares of like representatives inside the inner and the outer limits.
const WARNING: f64 = 0.95;
const OUTER: f64 = 0.998;

fn column(id: &str, format: Format) -> Column {
    Column::of("reps", id, format)
}

/// Deals won and lost by representative.
pub(super) fn data(team: &Team) -> Table {
    let row = |rep: &Rep| {
        let DealCells { won, lost, .. } = DealCells::of(rep);
        Row::from(vec![Cell::from(rep.name.clone()), won.into(), lost.into()])
    };
    Table {
        id: DATA.to_owned(),
        title: Message::new("reps.table.data"),
        columns: vec![
            column("rep", Format::Text),
            column("won", Format::Count),
            column("lost", Format::Count),
        ],
        rows: team.reps.iter().map(row).collect(),
        note: None,
        top: None,
    }
}

struct DealCells {
    won: u64,
    lost: u64,
    closed: u64,
}

impl DealCells {
    const fn of(rep: &Rep) -> Self {
        Self { won: rep.counts.won, lost: rep.counts.lost, closed: rep.counts.closed() }
    }
}

/// Every representative: by name where nothing sets them apart, else those who differ first.
pub(super) fn by_rep(team: &Team, level: f64) -> Table {
    let mut reps: Vec<(usize, &Rep)> = team.reps.iter().enumerate().collect();
    let p = |rep: &Rep| rep.difference.filter(|d| d.differs).map_or(1.0, |d| d.p);
    reps.sort_by(|a, b| p(a.1).total_cmp(&p(b.1)));
    let small = team.reps.iter().any(|rep| !rep.compared);
    Table {
        id: "reps.by_rep".to_owned(),
        title: Message::new("reps.table.by_rep"),
        columns: vec![
            column("rep", Format::Text),
            column("won", Format::Count),
            column("lost", Format::Count),
            column("n", Format::Count),
            column("rate", Format::Share),
            column("low", Format::Share),
            column("high", Format::Share),
            column("shrunk", Format::Share),
            column("rest", Format::Share),
            column("p", Format::Number(3)),
        ],
        rows: reps.iter().map(|(at, rep)| rep_row(team, rep, *at, level)).collect(),
        note: small.then(|| Message::new("reps.note.small")),
        top: None,
    }
}

fn rep_row(team: &Team, rep: &Rep, at: usize, level: f64) -> Row {
    let DealCells { won, lost, closed } = DealCells::of(rep);
    let share = |x: Option<f64>| Cell::from(x.and_then(Value::share));
    let bounds = interval::wilson(won, closed, level);
    let shrunk = team.prior.map(|prior| prior.shrunk(won, closed));
    let cells = vec![
        Cell::from(rep.name.clone()),
        Cell::from(won).by(Expr::at(DATA, "won", at)),
        Cell::from(lost).by(Expr::at(DATA, "lost", at)),
        Cell::from(closed).by(Expr::own("won") + Expr::own("lost")),
        Cell::from(Value::ratio(won, closed)).by(formula::ratio("won", "n")),
        share(bounds.map(|b| b.low)).by(formula::wilson_low("won", "n", level)),
        share(bounds.map(|b| b.high)).by(formula::wilson_high("won", "n", level)),
        share(shrunk).by(shrunk_formula(team)),
        share(rep.difference.map(|found| found.rest)),
        Cell::from(rep.difference.and_then(|found| Value::number(found.p, 3))),
    ];
    Row { cells, emphasis: emphasis(rep) }
}

fn emphasis(rep: &Rep) -> Option<Emphasis> {
    let found = rep.difference.filter(|found| found.differs);
    match found {
        _ if !rep.compared => Some(Emphasis::Muted),
        Some(found) if own_rate(rep) < found.rest => Some(Emphasis::Bad),
        Some(_) => Some(Emphasis::Good),
        None => None,
    }
}

fn own_rate(rep: &Rep) -> f64 {
    Value::ratio(rep.counts.won, rep.counts.closed()).and_then(|v| v.as_f64()).unwrap_or(0.0)
}

/// (mean + spread · won) / (1 + spread · closed), with the fitted prior as numbers.
fn shrunk_formula(team: &Team) -> Expr {
    let (mean, spread) = team.prior.map_or((0.0, 0.0), |prior| (prior.mean, prior.spread));
    let drawn = |column| Expr::from(spread) * Expr::own(column);
    (Expr::from(mean) + drawn("won")) / (Expr::from(1.0) + drawn("n"))
}

/// The funnel plot: rate over closed deals, between the limits like representatives keep.
pub(super) fn funnel(team: &Team) -> Chart {
    let series = |column: &str, role| Series { column: column.to_owned(), role };
    let describe = match team.verdict {
        Verdict::Uneven(_) => "reps.chart.funnel.describe_uneven",
        Verdict::Even(_) | Verdict::TooFew => "reps.chart.funnel.describe_even",
    };
    Chart {
        id: "reps.funnel".to_owned(),
        kind: ChartKind::FunnelPlot,
        title: Message::new("reps.chart.funnel.title"),
        describe: Message::new(describe)
            .arg("reps", team.reps.len())
            .arg("pooled", Value::Share(team.rate())),
        y_label: Message::new("reps.column.rate"),
        table: funnel_table(team),
        x: "n".to_owned(),
        series: vec![
            series("rate", Role::Value),
            series("center", Role::Center),
            series("low95", Role::Warning),
            series("high95", Role::Warning),
            series("low998", Role::Limit),
            series("high998", Role::Limit),
        ],
        signal: Some("signal".to_owned()),
        point_label: Some("rep".to_owned()),
        marks: Vec::new(),
        references: Vec::new(),
    }
}

fn funnel_table(team: &Team) -> Table {
    let mut reps: Vec<(usize, &Rep)> = team.reps.iter().enumerate().collect();
    reps.sort_by_key(|(_, rep)| rep.counts.closed());
    Table {
        id: "reps.funnel".to_owned(),
        title: Message::new("reps.chart.funnel.title"),
        columns: vec![
            column("rep", Format::Text),
            column("n", Format::Count),
            column("rate", Format::Share),
            column("center", Format::Share),
            column("low95", Format::Share),
            column("high95", Format::Share),
            column("low998", Format::Share),
            column("high998", Format::Share),
            column("signal", Format::Text),
        ],
        rows: reps.iter().map(|(at, rep)| funnel_row(team, rep, *at)).collect(),
        note: None,
        top: None,
    }
}

fn funnel_row(team: &Team, rep: &Rep, at: usize) -> Row {
    let (center, closed) = (team.rate(), rep.counts.closed());
    let sum = |column| Expr::call(Func::Sum, [Expr::whole(DATA, column)]);
    let limit = |level: f64, high: bool| {
        let bounds = funnel_limits(center, closed, level);
        let end = bounds.map(|b| if high { b.high } else { b.low });
        Cell::from(end.and_then(Value::share)).by(limit_formula(level, high))
    };
    let won = Expr::at(DATA, "won", at);
    let cells = vec![
        Cell::from(rep.name.clone()),
        Cell::from(closed).by(won.clone() + Expr::at(DATA, "lost", at)),
        Cell::from(Value::ratio(rep.counts.won, closed)).by(won / Expr::own("n")),
        Cell::from(Value::share(center)).by(sum("won") / (sum("won") + sum("lost"))),
        limit(WARNING, false),
        limit(WARNING, true),
        limit(OUTER, false),
        limit(OUTER, true),
        Cell::from(signal(rep)),
    ];
    Row { cells, emphasis: emphasis(rep) }
}

fn limit_formula(level: f64, high: bool) -> Expr {
    let center = || Expr::own("center");
    let variance = center() * (Expr::from(1.0) - center()) / Expr::own("n");
    let half = formula::two_sided_z(level) * Expr::call(Func::Sqrt, [variance]);
    if high {
        Expr::call(Func::Min, [1.0.into(), center() + half])
    } else {
        Expr::call(Func::Max, [0.0.into(), center() - half])
    }
}

fn signal(rep: &Rep) -> Option<Value> {
    let found = rep.difference.filter(|found| found.differs)?;
    let key = if own_rate(rep) < found.rest { "reps.signal.worse" } else { "reps.signal.better" };
    Some(Value::from(Message::new(key)))
}
