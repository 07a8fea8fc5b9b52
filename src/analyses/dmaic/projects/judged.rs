//! The tables and the chart of the projects judged.

use super::compute::{Computed, Judged};
use super::findings::{detectable, doubt_id, named, scope, verdict_id};
use crate::report::{
    Cell, Chart, ChartKind, Column, Emphasis, Expr, Format, Func, Message, Role, Row, Series,
    Table, Value,
};
use crate::stats::comparison::before_after::{Doubt, Verdict};
use crate::stats::sigma::rates::Rate;
use crate::units::{Money, Month};

fn column(id: &str, format: Format) -> Column {
    Column::of("projects", id, format)
}

fn table(id: &str, columns: Vec<Column>, rows: Vec<Row>, note: Option<Message>) -> Table {
    let title = Message::new(format!("projects.table.{id}"));
    Table { id: format!("projects.{id}"), title, columns, rows, note, top: Some(12) }
}

/// How a verdict reads.
pub(super) fn verdict(judged: &Judged) -> Message {
    Message::new(format!("projects.verdict.{}", verdict_id(judged.judgement.verdict)))
}

/// How a verdict stands out.
pub(super) const fn emphasis(judged: &Judged) -> Option<Emphasis> {
    match judged.judgement.verdict {
        Verdict::Held => Some(Emphasis::Good),
        Verdict::Lost | Verdict::NoEffect => Some(Emphasis::Bad),
        Verdict::Unclear => None,
    }
}

/// The ratio beside the untreated with its interval, one line a project.
pub(super) fn forest(data: &Computed) -> Chart {
    let ids = ["effect", "effect_low", "effect_high", "one"];
    let mut columns = vec![column("project", Format::Text)];
    columns.extend(ids.map(|id| column(id, Format::Number(2))));
    let rows: Vec<Row> = data.judged.iter().filter_map(|judged| forest_row(data, judged)).collect();
    let roles = [Role::Value, Role::Bound, Role::Bound, Role::Target];
    let series = ids.into_iter().zip(roles);
    let title = Message::new("projects.chart.forest");
    let describe = Message::new("projects.chart.forest_describe").arg("n", rows.len());
    Chart {
        id: "projects.forest".to_owned(),
        kind: ChartKind::Intervals,
        title: title.clone(),
        describe,
        y_label: Message::new("projects.column.effect"),
        table: Table { title, ..table("forest", columns, rows, None) },
        x: "project".to_owned(),
        series: series.map(|(id, role)| Series { column: id.to_owned(), role }).collect(),
        signal: None,
        point_label: None,
        marks: Vec::new(),
        references: Vec::new(),
    }
}

fn forest_row(data: &Computed, judged: &Judged) -> Option<Row> {
    let ratio = judged.judgement.effect.as_ref()?.ratio(data.level);
    let number = |x: f64| Cell::from(Value::number(x, 2));
    let bounds = ratio.bounds;
    let project = data.project(judged)?;
    let figures = [ratio.value, bounds.low, bounds.high, 1.0];
    let cells = std::iter::once(Cell::from(named(project))).chain(figures.map(number));
    Some(Row::from(cells.collect::<Vec<Cell>>()))
}

/// Before and after, each with its counts, and what is left of the change beside the untreated.
pub(super) fn before_after(data: &Computed) -> Table {
    let columns = vec![
        column("project", Format::Text),
        column("scope", Format::Text),
        column("since", Format::Date),
        column("verdict", Format::Text),
        column("opportunities_before", Format::Count),
        column("defects_before", Format::Count),
        column("dpmo_before", Format::Number(0)),
        column("opportunities_after", Format::Count),
        column("defects_after", Format::Count),
        column("dpmo_after", Format::Number(0)),
        column("ratio", Format::Number(3)),
        column("ratio_low", Format::Number(3)),
        column("ratio_high", Format::Number(3)),
        column("difference", Format::Number(0)),
        column("difference_low", Format::Number(0)),
        column("difference_high", Format::Number(0)),
    ];
    let rows = data.judged.iter().filter_map(|judged| before_after_row(data, judged)).collect();
    let mut table = table("judged", columns, rows, None);
    table.note = Some(Message::new("projects.note.before_after"));
    table
}

fn before_after_row(data: &Computed, judged: &Judged) -> Option<Row> {
    let project = data.project(judged)?;
    let change = judged.judgement.change.as_ref();
    let count = |rate: fn(&Rate) -> f64, side: Option<&Rate>| {
        Cell::from(side.and_then(|side| Value::number(rate(side), 0)))
    };
    let (before, after) = (change.map(|c| &c.before), change.map(|c| &c.after));
    let dpmo = |side: Option<&Rate>, name: &str| {
        let value = side.and_then(|side| Value::number(side.value()? * 1e6, 0));
        let own = |what: &str| Expr::own(&format!("{what}_{name}"));
        Cell::from(value).by(Expr::from(1e6) * own("defects") / own("opportunities"))
    };
    let ratio = change.and_then(|change| change.ratio(data.level));
    let difference = change.and_then(|change| change.difference(data.level));
    let number = |x: Option<f64>, by: f64, decimals| {
        Cell::from(x.and_then(|x| Value::number(x * by, decimals)))
    };
    let cells = vec![
        named(project).into(),
        scope(data.cube.as_ref()?, judged.trial.scope).into(),
        judged.trial.intervention.into(),
        Value::from(verdict(judged)).into(),
        count(|r| r.exposure, before),
        count(|r| r.events, before),
        dpmo(before, "before"),
        count(|r| r.exposure, after),
        count(|r| r.events, after),
        dpmo(after, "after"),
        number(ratio.map(|r| r.value), 1.0, 3)
            .by(Expr::own("dpmo_after") / Expr::own("dpmo_before")),
        number(ratio.map(|r| r.bounds.low), 1.0, 3),
        number(ratio.map(|r| r.bounds.high), 1.0, 3),
        number(difference.map(|d| d.value), 1e6, 0)
            .by(Expr::own("dpmo_after") - Expr::own("dpmo_before")),
        number(difference.map(|d| d.bounds.low), 1e6, 0),
        number(difference.map(|d| d.bounds.high), 1e6, 0),
    ];
    Some(Row { cells, emphasis: emphasis(judged) })
}

/// The change beside the untreated, its evidence, and the verdict's reason.
pub(super) fn beside(data: &Computed) -> Table {
    let columns = vec![
        column("project", Format::Text),
        column("groups", Format::Count),
        column("touched", Format::Count),
        column("untreated", Format::Number(3)),
        column("effect", Format::Number(3)),
        column("effect_low", Format::Number(3)),
        column("effect_high", Format::Number(3)),
        column("promised_ratio", Format::Number(3)),
        column("p", Format::Number(4)),
        column("p_short", Format::Number(4)),
        column("detectable", Format::Share),
        column("verdict", Format::Text),
        column("why", Format::Text),
    ];
    let rows = data.judged.iter().filter_map(|judged| beside_row(data, judged)).collect();
    table("beside", columns, rows, Some(Message::new("projects.note.beside")))
}

fn beside_row(data: &Computed, judged: &Judged) -> Option<Row> {
    let effect = judged.judgement.effect.as_ref();
    let ratio = effect.map(|effect| effect.ratio(data.level));
    let number = |x: Option<f64>, decimals| Cell::from(x.and_then(|x| Value::number(x, decimals)));
    let known = |p: f64| effect.map(|_| p);
    let cells = vec![
        named(data.project(judged)?).into(),
        effect.map_or(0, |effect| effect.groups).into(),
        judged.trial.touched.into(),
        number(effect.and_then(|effect| effect.untreated), 3),
        number(ratio.map(|r| r.value), 3),
        number(ratio.map(|r| r.bounds.low), 3),
        number(ratio.map(|r| r.bounds.high), 3),
        number(judged.promised, 3),
        number(known(judged.judgement.p), 4),
        number(known(judged.judgement.p_short), 4),
        Cell::from(effect.and_then(|effect| detectable(data, effect))),
        Value::from(verdict(judged)).into(),
        Value::from(why(judged)).into(),
    ];
    Some(Row { cells, emphasis: emphasis(judged) })
}

/// Why the verdict is what it is.
pub(super) fn why(judged: &Judged) -> Message {
    match judged.judgement.verdict {
        Verdict::Unclear => Message::new(format!("projects.why.{}", doubt_id(judged))),
        other => Message::new(format!("projects.why.{}", verdict_id(other))),
    }
}

/// Defects spared and money saved since, beside the money promised and booked.
pub(super) fn money(data: &Computed) -> Table {
    let columns = vec![
        column("project", Format::Text),
        column("months_after", Format::Count),
        column("avoided", Format::Number(0)),
        column("avoided_low", Format::Number(0)),
        column("avoided_high", Format::Number(0)),
        column("each", Format::Money),
        column("saved", Format::Money),
        column("saved_low", Format::Money),
        column("saved_high", Format::Money),
        column("yearly", Format::Money),
        column("benefit", Format::Money),
        column("booked", Format::Money),
        column("cost", Format::Money),
    ];
    let rows = data.judged.iter().filter_map(|judged| money_row(data, judged)).collect();
    table("money", columns, rows, Some(Message::new("projects.note.money")))
}

fn money_row(data: &Computed, judged: &Judged) -> Option<Row> {
    let project = data.project(judged)?;
    let saved = judged.saved.as_ref();
    let defects = saved.map(|saved| saved.defects);
    let number = |x: Option<f64>| Cell::from(x.and_then(|x| Value::number(x, 0)));
    let units = |x: Option<f64>| Cell::from(x.and_then(Money::from_units).map(Value::from));
    let total = saved.and_then(super::compute::Saved::money);
    let yearly = saved.and_then(super::compute::Saved::yearly);
    let kept = |money: Expr| Expr::call(Func::Round, [money, 4.0.into()]);
    let times = |column: &str| Expr::own(column) * Expr::own("each");
    let given = |money: Option<Money>| Cell::from(money.map(Value::from));
    let cells = vec![
        named(project).into(),
        judged.trial.treated.after.len().into(),
        number(defects.map(|d| d.value)),
        number(defects.map(|d| d.bounds.low)),
        number(defects.map(|d| d.bounds.high)),
        units(saved.and_then(|saved| saved.each)),
        units(total.map(|m| m.value)).by(kept(times("avoided"))),
        units(total.map(|m| m.bounds.low)).by(kept(times("avoided_low"))),
        units(total.map(|m| m.bounds.high)).by(kept(times("avoided_high"))),
        units(yearly.map(|m| m.value))
            .by(kept(times("avoided") * Expr::from(12.0) / Expr::own("months_after"))),
        given(project.benefit),
        given(project.booked),
        given(project.cost),
    ];
    Some(Row { cells, emphasis: emphasis(judged) })
}

/// Whether the scope was chosen in its bad months.
pub(super) fn chosen(data: &Computed) -> Table {
    let columns = vec![
        column("project", Format::Text),
        column("window_from", Format::Month),
        column("window_to", Format::Month),
        column("window", Format::Number(0)),
        column("rest", Format::Number(0)),
        column("shrunk", Format::Number(0)),
        column("p_chosen", Format::Number(4)),
        column("chosen", Format::Text),
    ];
    let rows = data.judged.iter().filter_map(|judged| chosen_row(data, judged)).collect();
    table("chosen", columns, rows, Some(Message::new("projects.note.chosen")))
}

fn chosen_row(data: &Computed, judged: &Judged) -> Option<Row> {
    let selection = judged.judgement.selection.as_ref()?;
    let months = judged.trial.treated.before.get(judged.trial.chosen.clone())?;
    let month = |at: Option<&(i32, _)>| at.map(|(month, _)| Month::from_number(*month));
    let dpmo = |x: f64| Cell::from(Value::number(x * 1e6, 0));
    let reading = match judged.judgement.doubt {
        Some(Doubt::Chosen) => "decisive",
        _ if selection.p < data.params.alpha => "unusual",
        _ => "usual",
    };
    let cells = vec![
        named(data.project(judged)?).into(),
        Cell::from(month(months.first()).map(Value::from)),
        Cell::from(month(months.last()).map(Value::from)),
        dpmo(selection.window),
        dpmo(selection.rest),
        dpmo(selection.shrunk),
        Cell::from(Value::number(selection.p, 4)),
        Value::from(Message::new(format!("projects.chosen.{reading}"))).into(),
    ];
    Some(Row::from(cells))
}
