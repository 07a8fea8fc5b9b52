//! Cases under way: Little's law, ages, and the oldest.

use super::super::compute::{Band, Open, Wip};
use crate::report::{
    Cell, Chart, ChartKind, Emphasis, Expr, Format, Message, Role, Row, Table, Value,
};

const LAW: &str = "flow.law";

/// Little's law over the window: what was counted beside throughput × mean lead time.
pub(super) fn law(wip: &Wip) -> Table {
    let columns = [("quantity", Format::Text), ("value", Format::Number(2))];
    let name = |key: &str| Cell::from(Value::from(Message::new(format!("flow.law.{key}"))));
    let number = |x: Option<f64>| Cell::from(x.and_then(|x| Value::number(x, 2)));
    let at = |row: usize| Expr::at(LAW, "value", row);
    let gap = wip.mean.zip(wip.by_law()).map(|(mean, law)| law / mean - 1.0);
    let lead_days = wip.mean_lead / super::super::compute::exact(crate::dataset::DAY_MS);
    let row = |key: &str, cell: Cell| Row::from(vec![name(key), cell]);
    let rows = vec![
        row("days", number(Some(wip.days))),
        row("finished", Cell::from(wip.finished)),
        row("throughput", number(per_day(wip)).by(at(1) / at(0))),
        row("lead", number(Some(lead_days))),
        row("by_law", number(wip.by_law()).by(at(2) * at(3))),
        row("counted", number(wip.mean)),
        row("gap", Cell::from(gap.and_then(Value::share)).by(at(4) / at(5) - 1.0.into())),
        row("at_start", Cell::from(wip.ends.0)),
        row("at_end", Cell::from(wip.ends.1)),
    ];
    Table::of("flow", "law", &columns, rows).noted(Message::new("flow.note.law"))
}

#[expect(clippy::cast_precision_loss, reason = "counts stay far below 2^53")]
fn per_day(wip: &Wip) -> Option<f64> {
    Some(wip.finished as f64 / wip.days).filter(|x| x.is_finite())
}

/// Open cases by age.
pub(super) fn ageing(wip: &Wip) -> Chart {
    let columns = [("band", Format::Text), ("open", Format::Count), ("share", Format::Share)];
    let rows = wip.bands.iter().enumerate().map(|(at, band)| age_row(wip, at, band)).collect();
    let table = Table::of("flow", "ageing", &columns, rows).noted(Message::new("flow.note.ageing"));
    Chart::of(ChartKind::Bars, table, "band", &[("open", Role::Value)])
        .described(Message::new("flow.chart.ageing.describe").arg("open", Value::count(wip.open)))
}

fn age_row(wip: &Wip, at: usize, band: &Band) -> Row {
    const NAMES: [&str; 4] = ["median", "p85", "p95", "beyond"];
    let end = band.to.unwrap_or(band.from);
    let name = NAMES.get(at).copied().unwrap_or("beyond");
    let name = Message::new(format!("flow.band.{name}"))
        .arg("age", Value::duration(end).unwrap_or(Value::Duration(0)));
    let beyond = band.to.is_none() && band.cases > 0;
    let cells = vec![
        Cell::from(Value::from(name)),
        Cell::from(band.cases),
        Cell::from(Value::ratio(band.cases, wip.open)),
    ];
    Row { cells, emphasis: beyond.then_some(Emphasis::Bad) }
}

/// The oldest open cases.
pub(super) fn oldest(wip: &Wip) -> Table {
    let columns = [
        ("case", Format::Text),
        ("last_step", Format::Text),
        ("team", Format::Text),
        ("age", Format::Days),
        ("idle", Format::Days),
    ];
    let text = |text: &str| Cell::from((!text.is_empty()).then(|| Value::from(text)));
    let row = |open: &Open| {
        Row::from(vec![
            text(&open.case),
            text(&open.step),
            text(&open.team),
            Cell::from(Value::duration(open.age)),
            Cell::from(Value::duration(open.idle)),
        ])
    };
    let mut table = Table::of("flow", "oldest", &columns, wip.oldest.iter().map(row).collect());
    table.top = Some(10);
    table
}
