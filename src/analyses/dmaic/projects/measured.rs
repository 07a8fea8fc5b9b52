//! Projects whose metric is measured: means and capability before and after.

use super::compute::Computed;
use super::findings::named;
use crate::dataset::{Dataset, Project, Table as Records};
use crate::records::{Col, TableKind, fold};
use crate::report::{Cell, Column, Emphasis, Format, Message, Row, Table, Value};
use crate::stats::capability::{Capability, Sample, Specification, Terms, assess};
use crate::stats::hypothesis::t_test::{Question, TTest, welch};
use crate::stats::interval::{self, Bounds, Estimate};

/// Values on either side of an intervention, at least.
const MIN_VALUES: usize = 10;

/// A measured project.
pub(super) struct Measured {
    project: usize,
    characteristic: String,
    before: Vec<f64>,
    after: Vec<f64>,
    test: Option<TTest>,
    /// Overall capability before and after, where there are limits.
    capability: Option<[Estimate; 2]>,
}

/// The projects that intervened and name a characteristic of the measurements as their metric.
pub(super) fn read(data: &Dataset, projects: &[Project], level: f64) -> Vec<Measured> {
    let Some(records) = data.table(TableKind::Measurements) else { return Vec::new() };
    let one = |(project, entry): (usize, &Project)| measured(data, records, project, entry, level);
    projects.iter().enumerate().filter_map(one).collect()
}

fn measured(
    data: &Dataset,
    records: &Records,
    project: usize,
    entry: &Project,
    level: f64,
) -> Option<Measured> {
    let day = entry.intervention.filter(|day| *day <= data.until())?;
    let metric = fold(entry.metric.as_deref()?);
    let own = |&row: &usize| {
        let name = records.text(Col::Characteristic, row).map(fold);
        let id = records.text(Col::ProjectId, row);
        name.as_ref() == Some(&metric) && id.is_none_or(|id| id.trim() == entry.id)
    };
    let rows: Vec<usize> = (0..records.len()).filter(own).collect();
    let first = *rows.first()?;
    // In the order of days, so that the order of rows changes no figure.
    let side = |after: bool| {
        let value = |&row: &usize| {
            let when = records.day(Col::Date, row).filter(|when| *when <= data.until())?;
            ((when >= day) == after).then_some(())?;
            Some((when, records.number(Col::Value, row)?))
        };
        let mut values: Vec<_> = rows.iter().filter_map(value).collect();
        values.sort_by(|a, b| a.0.cmp(&b.0).then(a.1.total_cmp(&b.1)));
        values.into_iter().map(|(_, value)| value).collect::<Vec<f64>>()
    };
    let (before, after) = (side(false), side(true));
    let enough = before.len() >= MIN_VALUES && after.len() >= MIN_VALUES;
    let question = Question { level, ..Question::default() };
    let test = enough.then(|| welch(&after, &before, question).ok()).flatten();
    let spec = specification(records, &rows);
    let index = |values: &[f64]| ppk(values, spec.as_ref()?, level);
    let capability = index(&before).zip(index(&after)).filter(|_| enough);
    Some(Measured {
        project,
        characteristic: records.text(Col::Characteristic, first)?.to_owned(),
        capability: capability.map(|(before, after)| [before, after]),
        before,
        after,
        test,
    })
}

/// The limits, where all rows that name one name the same.
fn specification(records: &Records, rows: &[usize]) -> Option<Specification> {
    let limit = |col| {
        let mut known: Vec<f64> = rows.iter().filter_map(|&row| records.number(col, row)).collect();
        known.sort_by(f64::total_cmp);
        known.dedup();
        (known.len() == 1).then(|| known.first().copied()).flatten()
    };
    Specification::new(limit(Col::Lsl), None, limit(Col::Usl)).ok()
}

fn ppk(values: &[f64], spec: &Specification, level: f64) -> Option<Estimate> {
    let terms = Terms { level, ..Terms::default() };
    let Capability { overall, .. } = assess(Sample::Individuals(values), spec, terms).ok()?;
    Some(Estimate { value: overall.normal.indices.least()?, bounds: overall.ppk_bounds? })
}

impl Measured {
    /// The change of Ppk with its interval, where there are limits.
    fn gained(&self) -> Option<Bounds> {
        let [before, after] = self.capability?;
        Some(interval::difference(after, before))
    }

    fn reading(&self) -> (&'static str, Option<Emphasis>) {
        match (&self.test, self.gained()) {
            (None, _) => ("few", None),
            (Some(_), Some(gain)) if gain.low > 0.0 => ("better", Some(Emphasis::Good)),
            (Some(_), Some(gain)) if gain.high < 0.0 => ("worse", Some(Emphasis::Bad)),
            (Some(_), Some(_)) => ("same", None),
            (Some(_), None) => ("no_limits", None),
        }
    }
}

/// Means, their difference and Ppk, before and after.
pub(super) fn table(data: &Computed) -> Table {
    let number = |id: &str| Column::of("projects", id, Format::Number(3));
    let text = |id: &str| Column::of("projects", id, Format::Text);
    let count = |id: &str| Column::of("projects", id, Format::Count);
    let columns = vec![
        text("project"),
        text("characteristic"),
        count("n_before"),
        number("mean_before"),
        count("n_after"),
        number("mean_after"),
        number("mean_change"),
        number("change_low"),
        number("change_high"),
        number("ppk_before"),
        number("ppk_after"),
        number("ppk_gain_low"),
        number("ppk_gain_high"),
        text("reading"),
    ];
    Table {
        id: "projects.measured".to_owned(),
        title: Message::new("projects.table.measured"),
        columns,
        rows: data.measured.iter().filter_map(|measured| row(data, measured)).collect(),
        note: Some(Message::new("projects.note.measured")),
        top: Some(12),
    }
}

fn row(data: &Computed, measured: &Measured) -> Option<Row> {
    let number = |x: Option<f64>| Cell::from(x.and_then(|x| Value::number(x, 3)));
    let test = measured.test.as_ref();
    let index = |at: usize| measured.capability.and_then(|both| both.get(at).map(|e| e.value));
    let (reading, emphasis) = measured.reading();
    let cells = vec![
        named(data.book.projects.get(measured.project)?).into(),
        measured.characteristic.as_str().into(),
        measured.before.len().into(),
        number(test.and_then(|test| test.second_mean)),
        measured.after.len().into(),
        number(test.map(|test| test.mean)),
        number(test.map(|test| test.estimate)),
        number(test.and_then(|test| test.low)),
        number(test.and_then(|test| test.high)),
        number(index(0)),
        number(index(1)),
        number(measured.gained().map(|gain| gain.low)),
        number(measured.gained().map(|gain| gain.high)),
        Value::from(Message::new(format!("projects.measured.{reading}"))).into(),
    ];
    Some(Row { cells, emphasis })
}
