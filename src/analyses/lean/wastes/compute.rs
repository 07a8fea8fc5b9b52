//! Hours and money of each waste, and whether its months changed.

use std::collections::BTreeMap;

use super::inferred::{self, Lack, Steps};
use super::params::Params;
use crate::dataset::{Categories, Dataset, StepLog, Waste};
use crate::records::{Col, TableKind};
use crate::stats::control_chart::change_point::{Change, Way, likeliest};
use crate::stats::holm;
use crate::stats::sigma::rates::Rate;
use crate::stats::summary::sum::Sum;
use crate::units::{Money, Month};

/// What a figure rests on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Basis {
    /// The waste log.
    Measured,
    /// The step log.
    Inferred,
}

/// One waste on one basis.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Line {
    /// The waste.
    pub(super) waste: Waste,
    /// What it rests on.
    pub(super) basis: Basis,
    /// Entries of the log, or events it was seen in.
    pub(super) events: u64,
    /// Hours in the period.
    pub(super) hours: Option<f64>,
    /// Their cost.
    pub(super) money: Option<Money>,
    /// The waste whose hours hold these too.
    pub(super) within: Option<Waste>,
    /// Hours by month over its exposure: days of the month, or cases finished in it.
    pub(super) months: Vec<Rate>,
    /// The likeliest change of its months, which way, and its p-value after Holm over all lines.
    pub(super) change: Option<(Change, Way, f64)>,
}

/// Everything the section is written from.
pub(super) struct Computed {
    /// The lines, measured first, in the order of the wastes.
    pub(super) lines: Vec<Line>,
    /// Wastes without any line, and why.
    pub(super) lacking: Vec<(Waste, Lack)>,
    /// First month of every line's months.
    pub(super) first: Month,
    /// Lead time of the cases finished in the period, in hours.
    pub(super) lead: Option<f64>,
    /// Rows of the log that name none of the seven wastes.
    pub(super) unknown: u64,
}

impl Computed {
    /// The lines; none where there is neither log.
    pub(super) fn new(data: &Dataset, params: &Params) -> Self {
        let (first, months) = span(data);
        let (mut lines, unknown) = measured(data, first, months);
        let log = StepLog::of(data, &params.closing_steps);
        let steps = log.as_ref().map(|log| Steps::new(log, data, first, months));
        let mut lacking = Vec::new();
        for waste in Waste::ALL {
            let inferred =
                steps.as_ref().map_or(Err(Lack::Steps), |s| inferred::line(s, waste, params));
            match inferred {
                Ok(line) => lines.push(line),
                Err(_) if lines.iter().any(|line| line.waste == waste) => {}
                Err(lack) => lacking.push((waste, lack)),
            }
        }
        judge(&mut lines);
        Self { lines, lacking, first, lead: steps.and_then(|steps| steps.lead()), unknown }
    }
}

/// The first month any log speaks of, and the number of complete months since.
fn span(data: &Dataset) -> (Month, usize) {
    let until = data.until();
    let complete = until.month().plus(i32::from(until.month().last_day() == until));
    let of =
        |kind, col| data.table(kind).and_then(|t| (0..t.len()).filter_map(|r| t.day(col, r)).min());
    let logged = of(TableKind::WasteLog, Col::Date);
    let begun = data
        .table(TableKind::ProcessSteps)
        .and_then(|table| (0..table.len()).filter_map(|row| table.count(Col::Start, row)).min());
    let first = [logged, begun.map(crate::dataset::day_of)].into_iter().flatten().min();
    let first = first.map_or(complete, |day| day.month().min(complete));
    (first, usize::try_from(complete.number() - first.number()).unwrap_or(0))
}

/// Hours of the rows of one waste.
#[derive(Default)]
struct Logged {
    events: u64,
    hours: Sum,
    timed: u64,
    money: i128,
    priced: u64,
    months: BTreeMap<usize, f64>,
}

/// The lines of the waste log, and its rows that name none of the seven.
fn measured(data: &Dataset, first: Month, months: usize) -> (Vec<Line>, u64) {
    let Some(table) = data.table(TableKind::WasteLog) else { return (Vec::new(), 0) };
    let Some(names) = table.categories(Col::Waste) else { return (Vec::new(), 0) };
    let wastes: Vec<Option<Waste>> = names.names().map(Waste::of_name).collect();
    let waste = |row: usize| {
        let code = *Categories::codes(names).get(row)?;
        wastes.get(code as usize).copied().flatten()
    };
    let (mut logged, mut unknown) = (BTreeMap::<Waste, Logged>::new(), 0);
    let mut rows: Vec<usize> = (0..table.len()).collect();
    rows.sort_by_key(|&row| table.origins().get(row).copied());
    for row in rows {
        let Some(day) = table.day(Col::Date, row).filter(|day| *day <= data.until()) else {
            continue;
        };
        let Some(waste) = waste(row) else {
            unknown += 1;
            continue;
        };
        let of = logged.entry(waste).or_default();
        let hours = table.number(Col::Hours, row).filter(|hours| *hours >= 0.0);
        let month = usize::try_from(day.month().number() - first.number()).ok();
        if let Some(month) = month.filter(|month| *month < months) {
            *of.months.entry(month).or_default() += hours.unwrap_or(0.0);
        }
        if data.period.contains(day) {
            of.events += 1;
            of.timed += u64::from(hours.is_some());
            of.hours.add(hours.unwrap_or(0.0));
            if let Some(money) = table.money(Col::Cost, row) {
                of.priced += 1;
                of.money = of.money.saturating_add(money.raw());
            }
        }
    }
    let line = |(waste, of)| logged_line(waste, &of, first, months);
    (logged.into_iter().map(line).collect(), unknown)
}

fn logged_line(waste: Waste, of: &Logged, first: Month, months: usize) -> Line {
    let rate = |at: usize| Rate {
        events: of.months.get(&at).copied().unwrap_or(0.0),
        exposure: days(first.plus(i32::try_from(at).unwrap_or(0))),
    };
    Line {
        waste,
        basis: Basis::Measured,
        events: of.events,
        hours: (of.timed > 0).then(|| of.hours.value()),
        money: (of.priced > 0).then(|| Money::from_raw(of.money)),
        within: None,
        months: (0..months).map(rate).collect(),
        change: None,
    }
}

fn days(month: Month) -> f64 {
    f64::from(month.last_day().since(month.first_day()) + 1)
}

/// The likeliest change of every line, both ways, as one family.
fn judge(lines: &mut [Line]) {
    let ways = [Way::Rise, Way::Fall];
    let found: Vec<Option<Change>> =
        lines.iter().flat_map(|line| ways.map(|way| likeliest(&line.months, way))).collect();
    let p: Vec<f64> = found.iter().map(|change| change.map_or(1.0, |c| c.p)).collect();
    let adjusted = holm(&p);
    for (line, (two, p)) in lines.iter_mut().zip(found.chunks(2).zip(adjusted.chunks(2))) {
        let tried = ways.into_iter().zip(two).zip(p);
        let known = tried.filter_map(|((way, change), p)| Some(((*change)?, way, *p)));
        line.change = known.min_by(|a, b| a.2.total_cmp(&b.2));
    }
}
