//! The six panels of a characteristic: chart, ranges, the last values, histogram, probability
//! plot, and what the process spans beside what it may.

use super::ability::Ability;
use super::compute::Ctq;
use super::status::{decimals, name};
use super::tables::{self, column, kind_key, point, titled};
use crate::report::{
    Cell, Chart, ChartKind, Column, Format, Mark, MarkKind, Message, Reference, Role, Row, Series,
    Table, Value,
};
use crate::stats::capability::nonnormal::choice::Model;
use crate::stats::capability::nonnormal::distribution::Distribution;
use crate::stats::capability::nonnormal::fit::Family;
use crate::stats::summary::histogram::{Rule, histogram};
use crate::stats::summary::probability_plot::probability_plot;

/// Points of the panel of the last ones.
const LAST: usize = 25;
/// Points of a probability plot at most.
const PLOTTED: usize = 200;

/// The panels that can be drawn.
pub(super) fn panels(ctq: &Ctq, k: usize) -> Vec<Chart> {
    let mut sorted = ctq.values.clone();
    sorted.sort_by(f64::total_cmp);
    let [place, spread] = control(ctq, k);
    let mut out = vec![place, spread, last(ctq, k)];
    out.extend(bins(ctq, k, &sorted));
    out.extend(scores(ctq, k, &sorted));
    out.extend(ctq.ability.as_ref().map(|ability| spans(ctq, ability, k)));
    out
}

fn number(ctq: &Ctq, x: f64) -> Cell {
    Cell::from(Value::number(x, decimals(ctq)))
}

fn format(ctq: &Ctq) -> Format {
    Format::Number(decimals(ctq))
}

fn series(columns: &[(&str, Role)]) -> Vec<Series> {
    columns.iter().map(|&(id, role)| Series { column: id.to_owned(), role }).collect()
}

fn table(id: &str, title: Message, columns: Vec<Column>, rows: Vec<Row>) -> Table {
    Table { id: id.to_owned(), title, columns, rows, note: None, top: Some(25) }
}

/// A chart of a table by what it shows.
fn chart(ctq: &Ctq, kind: ChartKind, what: &str, table: Table, x: &str) -> Chart {
    let describe = Message::new(format!("capability.describe.{what}"))
        .arg("what", name(ctq.name.as_ref()))
        .arg("points", table.rows.len())
        .arg("signals", ctq.charted.signals(0));
    Chart {
        id: table.id.clone(),
        kind,
        title: table.title.clone(),
        describe,
        y_label: Message::new(format!("capability.axis.{what}")),
        x: x.to_owned(),
        table,
        series: Vec::new(),
        signal: None,
        point_label: None,
        marks: Vec::new(),
        references: Vec::new(),
    }
}

/// The chart of values or means, and the chart of their spread.
pub(super) fn control(ctq: &Ctq, k: usize) -> [Chart; 2] {
    let pair = kind_key(&ctq.charted);
    let value = if ctq.series.grouped { "mean" } else { "value" };
    let lines = [("center", Role::Center), ("ucl", Role::Limit), ("lcl", Role::Limit)];
    let unit = ctq.series.unit.as_ref();
    let draw = |table: Table, what: &str, value: &str| {
        let title = table.title.clone();
        let mut drawn = chart(ctq, ChartKind::Control, what, table, "point");
        drawn.series = series(&[(value, Role::Value)]);
        drawn.series.extend(series(&lines));
        drawn.signal = Some("signal".to_owned());
        drawn.marks = marks(ctq);
        drawn.title = title;
        drawn
    };
    let place = tables::place(ctq, k, titled(pair, ctq));
    let spread = tables::spread(ctq, k, titled(&format!("{pair}_spread"), ctq));
    let mut place = draw(place, "place", value);
    place.y_label = axis(unit);
    let mut spread = draw(spread, "spread", "spread");
    spread.y_label = Message::new(format!("capability.axis.{pair}"));
    [place, spread]
}

/// The unit of the values as the name of an axis.
fn axis(unit: Option<&String>) -> Message {
    match unit {
        Some(unit) => Message::new("capability.axis.unit").arg("unit", unit.as_str()),
        None => Message::new("capability.axis.value"),
    }
}

/// Where baselines end, and the changes after which limits begin anew.
fn marks(ctq: &Ctq) -> Vec<Mark> {
    let from = tables::first_shown(ctq);
    let ends = ctq.charted.phases.iter().filter_map(|phase| {
        let last = *phase.baseline.last()?;
        (last + 1 < phase.points.end).then(|| Mark {
            row: last,
            kind: MarkKind::BaselineEnd,
            label: Message::new("capability.mark.baseline"),
        })
    });
    let starts = ctq.charted.plan.starts.iter().map(|start| Mark {
        row: start.at,
        kind: MarkKind::Event,
        label: Message::new("capability.mark.change").arg("what", start.reason.as_str()),
    });
    let shown = |mark: Mark| Some(Mark { row: mark.row.checked_sub(from)?, ..mark });
    let mut out: Vec<Mark> = ends.chain(starts).filter_map(shown).collect();
    out.sort_by_key(|mark| mark.row);
    out
}

/// The last points against the specification: of subgroups the smallest and largest value too.
fn last(ctq: &Ctq, k: usize) -> Chart {
    let samples = &ctq.series.samples;
    let from = samples.len().saturating_sub(LAST);
    let mut columns = vec![column("last_point", Format::Text), column("last", format(ctq))];
    let grouped = ctq.series.grouped;
    if grouped {
        columns.extend(["smallest", "largest"].map(|id| column(id, format(ctq))));
    }
    let limits = [("lsl", ctq.series.limits.lsl), ("usl", ctq.series.limits.usl)];
    let limits: Vec<(&str, f64)> =
        limits.into_iter().filter_map(|(id, x)| Some((id, x?))).collect();
    columns.extend(limits.iter().map(|(id, _)| column(id, format(ctq))));
    let rows = samples.iter().enumerate().skip(from).map(|(at, sample)| {
        let mean = ctq.charted.place.get(at).and_then(|dot| dot.value);
        let mut cells = vec![point(ctq, at).into()];
        cells.push(Cell::from(mean.and_then(|x| Value::number(x, decimals(ctq)))));
        if grouped {
            let least = sample.values.iter().copied().fold(f64::INFINITY, f64::min);
            let most = sample.values.iter().copied().fold(f64::NEG_INFINITY, f64::max);
            cells.extend([least, most].map(|x| number(ctq, x)));
        }
        cells.extend(limits.iter().map(|&(_, x)| number(ctq, x)));
        Row::from(cells)
    });
    let key = if grouped { "last_groups" } else { "last" };
    let id = format!("capability.last_{k}");
    let shown = samples.len() - from;
    let table = table(&id, titled(key, ctq).arg("points", shown), columns, rows.collect());
    let mut drawn = chart(ctq, ChartKind::Line, "last", table, "last_point");
    drawn.y_label = axis(ctq.series.unit.as_ref());
    drawn.series = series(&[("last", Role::Value)]);
    if grouped {
        drawn.series.extend(series(&[("smallest", Role::Bound), ("largest", Role::Bound)]));
    }
    drawn.series.extend(
        limits.iter().map(|(id, _)| Series { column: (*id).to_owned(), role: Role::Limit }),
    );
    drawn
}

/// The histogram with the fitted normal curve, and that of the model taken where it is another.
fn bins(ctq: &Ctq, k: usize, sorted: &[f64]) -> Option<Chart> {
    let found = histogram(sorted, Rule::FreedmanDiaconis).ok()?;
    let normal = crate::stats::summary::moments::Moments::of(sorted);
    let normal = Distribution::Normal { mean: normal.mean().ok()?, sd: normal.sd().ok()? };
    let model = ctq.ability.as_ref().and_then(|ability| match ability.model() {
        Some(Model::Distribution(fit)) if fit.family != Family::Normal => Some(fit),
        _ => None,
    });
    let mut columns = vec![column("class", format(ctq)), column("count", Format::Count)];
    columns.push(column("normal", Format::Number(1)));
    if let Some(fit) = model {
        let title = Message::new("capability.column.fitted")
            .arg("model", super::indices::model(Model::Distribution(fit)));
        columns.push(Column::titled("fitted", Format::Number(1), title));
    }
    let n = crate::stats::count(sorted.len());
    let share = |law: &Distribution, low: f64, high: f64| {
        Cell::from(Value::number(n * (law.tails(high).lower - law.tails(low).lower), 1))
    };
    let rows = found.edges.windows(2).zip(&found.counts).map(|(edge, &count)| {
        let mut cells = vec![number(ctq, f64::midpoint(edge[0], edge[1])), count.into()];
        cells.push(share(&normal, edge[0], edge[1]));
        cells.extend(model.map(|fit| share(&fit.distribution, edge[0], edge[1])));
        Row::from(cells)
    });
    let id = format!("capability.histogram_{k}");
    let table = table(&id, titled("histogram", ctq), columns, rows.collect());
    let mut drawn = chart(ctq, ChartKind::Histogram, "histogram", table, "class");
    drawn.series = series(&[("count", Role::Value), ("normal", Role::Other)]);
    drawn.series.extend(model.map(|_| Series { column: "fitted".to_owned(), role: Role::Other }));
    drawn.references = references(ctq);
    Some(drawn)
}

/// Specification, target and mean.
fn references(ctq: &Ctq) -> Vec<Reference> {
    let limits = ctq.series.limits;
    let lines = [
        (limits.lsl, Role::Limit, "lsl"),
        (limits.target, Role::Target, "target"),
        (limits.usl, Role::Limit, "usl"),
        (ctq.mean.map(|mean| mean.value), Role::Center, "mean"),
    ];
    let line = |(at, role, key): (Option<f64>, Role, &str)| {
        let label = Message::new(format!("capability.column.{key}"));
        Some(Reference { at: Value::number(at?, decimals(ctq))?, role, label })
    };
    lines.into_iter().filter_map(line).collect()
}

/// The normal probability plot; of very many values every so-manieth.
fn scores(ctq: &Ctq, k: usize, sorted: &[f64]) -> Option<Chart> {
    let plot = probability_plot(sorted, 0.95).ok()?;
    let columns = vec![
        column("observed", format(ctq)),
        column("score", Format::Number(2)),
        column("line", Format::Number(2)),
        column("band_low", Format::Number(2)),
        column("band_high", Format::Number(2)),
    ];
    let every = plot.len().div_ceil(PLOTTED);
    let score = |x: f64| Cell::from(Value::number(x, 2));
    let rows = plot.iter().step_by(every).map(|point| {
        Row::from(vec![
            number(ctq, point.value),
            score(point.score),
            score(point.fitted),
            score(point.band.low),
            score(point.band.high),
        ])
    });
    let id = format!("capability.scores_{k}");
    let table = table(&id, titled("scores", ctq), columns, rows.collect());
    let mut drawn = chart(ctq, ChartKind::Probability, "scores", table, "observed");
    drawn.series = series(&[
        ("score", Role::Value),
        ("line", Role::Center),
        ("band_low", Role::Bound),
        ("band_high", Role::Bound),
    ]);
    Some(drawn)
}

/// Mean ± 3 σ within and overall, beside the specification.
fn spans(ctq: &Ctq, ability: &Ability, k: usize) -> Chart {
    let columns = vec![
        column("span", Format::Text),
        column("middle", format(ctq)),
        column("from", format(ctq)),
        column("to", format(ctq)),
    ];
    let row = |key: &str, middle: f64, low: f64, high: f64| {
        let label = Message::new(format!("capability.span.{key}"));
        Row::from(vec![Cell::from(label), number(ctq, middle), number(ctq, low), number(ctq, high)])
    };
    let mut rows = Vec::new();
    if let Some((lsl, usl)) = ability.spec.both() {
        let middle = ability.spec.target().unwrap_or_else(|| f64::midpoint(lsl, usl));
        rows.push(row("specification", middle, lsl, usl));
    }
    let mean = ability.normal.mean;
    let around = |key: &str, sigma: f64| row(key, mean, mean - 3.0 * sigma, mean + 3.0 * sigma);
    if ability.skewed() {
        let [low, middle, high] = points(ability);
        rows.push(row("percentiles", middle, low, high));
    }
    rows.extend(ability.normal.within.as_ref().ok().map(|w| around("within", w.normal.sigma)));
    rows.push(around("overall", ability.normal.overall.normal.sigma));
    let id = format!("capability.spans_{k}");
    let table = table(&id, titled("spans", ctq), columns, rows);
    let mut drawn = chart(ctq, ChartKind::Intervals, "spans", table, "span");
    drawn.series = series(&[("middle", Role::Value), ("from", Role::Bound), ("to", Role::Bound)]);
    let limits = [(ability.spec.lower(), "lsl"), (ability.spec.upper(), "usl")];
    drawn.references = limits
        .into_iter()
        .filter_map(|(at, key)| {
            let label = Message::new(format!("capability.column.{key}"));
            Some(Reference { at: Value::number(at?, decimals(ctq))?, role: Role::Limit, label })
        })
        .collect();
    drawn
}

/// The 0.135, 50 and 99.865 % points of the model taken.
fn points(ability: &Ability) -> [f64; 3] {
    match ability.shape.as_ref() {
        Some(shape) => match shape.model {
            Model::Distribution(fit) => fit.quantiles,
            _ => shape.empirical.quantiles,
        },
        None => [ability.normal.mean; 3],
    }
}
