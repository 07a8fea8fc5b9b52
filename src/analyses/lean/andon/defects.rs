//! Where defects were found: at the step that made them, at another one, or by the customer.

use std::collections::BTreeMap;

use crate::dataset::{Dataset, DefectCube, FoundAt, Grain, OpportunityBasis, Table};
use crate::records::{Col, TableKind};
use crate::stats::comparison::homogeneity::{Homogeneity, homogeneity};
use crate::stats::control_chart::change_point::{Change, Way, likeliest};
use crate::stats::sigma::rates::Rate;
use crate::stats::sigma::step::Step;
use crate::units::Month;

/// Defects by where they were found.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Found {
    /// At the step that made them.
    pub(super) source: u64,
    /// At another step.
    pub(super) later: u64,
    /// By the customer.
    pub(super) escaped: u64,
}

impl Found {
    /// All of them.
    pub(super) const fn all(self) -> u64 {
        self.source.saturating_add(self.later).saturating_add(self.escaped)
    }

    const fn add(&mut self, at: FoundAt, defects: u64) {
        let count = match at {
            FoundAt::Source => &mut self.source,
            FoundAt::Later => &mut self.later,
            FoundAt::Customer => &mut self.escaped,
        };
        *count = count.saturating_add(defects);
    }
}

/// The first-time yield of a step.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Yield {
    /// Its name.
    pub(super) step: String,
    /// Units.
    pub(super) units: u64,
    /// The yield and its interval's ends; from defects per unit there is none.
    pub(super) value: f64,
    /// The ends of its interval.
    pub(super) bounds: Option<(f64, f64)>,
    /// Whether it is e^(−DPU), for defective units were not counted.
    pub(super) from_dpu: bool,
}

/// Everything about where defects are caught.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Caught {
    /// Whether the log says where defects were found.
    pub(super) known: bool,
    /// Defects of the period.
    pub(super) total: Found,
    /// Defects without a step or a place: not counted.
    pub(super) unplaced: u64,
    /// By the step that made them.
    pub(super) steps: Vec<(String, Found)>,
    /// Whether steps catch alike.
    pub(super) test: Option<Homogeneity>,
    /// Complete months, oldest first.
    pub(super) months: Vec<(Month, Found)>,
    /// Likeliest rise of the share that escapes.
    pub(super) rise: Option<Change>,
    /// First-time yields by step.
    pub(super) yields: Vec<Yield>,
}

impl Caught {
    /// The figures; `None` where nothing says where defects are found and no step has a yield.
    pub(super) fn new(data: &Dataset) -> Option<Self> {
        let yields = yields(data);
        let table = data.table(TableKind::DefectLog).filter(|table| table.has(Col::FoundAt));
        let Some(table) = table else {
            let none = Self {
                known: false,
                total: Found::default(),
                unplaced: 0,
                steps: Vec::new(),
                test: None,
                months: Vec::new(),
                rise: None,
                yields,
            };
            return (!none.yields.is_empty()).then_some(none);
        };
        let mut out = found(table, data);
        let groups: Vec<(u64, u64)> = out.steps.iter().map(|(_, f)| (f.source, f.all())).collect();
        out.test = homogeneity(&groups);
        out.rise = likeliest(&escapes(&out.months), Way::Rise);
        out.yields = yields;
        Some(out)
    }
}

#[expect(clippy::cast_precision_loss, reason = "counts stay far below 2^53")]
fn escapes(months: &[(Month, Found)]) -> Vec<Rate> {
    let rate = |f: &Found| Rate { events: f.escaped as f64, exposure: f.all() as f64 };
    months.iter().map(|(_, found)| rate(found)).collect()
}

/// Counts the log: by step over the period, by month over all complete months.
fn found(table: &Table, data: &Dataset) -> Caught {
    let until = data.until();
    let complete = until.month().plus(i32::from(until.month().last_day() == until));
    let (mut total, mut unplaced) = (Found::default(), 0_u64);
    let mut steps: BTreeMap<&str, Found> = BTreeMap::new();
    let mut months: BTreeMap<Month, Found> = BTreeMap::new();
    for row in 0..table.len() {
        let Some(day) = table.day(Col::Date, row).filter(|day| *day <= until) else { continue };
        let count = if table.has(Col::Defects) { table.count(Col::Defects, row) } else { Some(1) };
        let Some(defects) = count.and_then(|n| u64::try_from(n).ok()) else { continue };
        let (step, at) = (table.text(Col::Step, row), table.text(Col::FoundAt, row));
        let Some((step, at)) = step.zip(at) else {
            unplaced += defects * u64::from(data.period.contains(day));
            continue;
        };
        let place = FoundAt::of(at, Some(step));
        if day.month() < complete {
            months.entry(day.month()).or_default().add(place, defects);
        }
        if data.period.contains(day) {
            total.add(place, defects);
            steps.entry(step).or_default().add(place, defects);
        }
    }
    Caught {
        known: true,
        total,
        unplaced,
        steps: steps.into_iter().map(|(step, found)| (step.to_owned(), found)).collect(),
        test: None,
        months: months.into_iter().collect(),
        rise: None,
        yields: Vec::new(),
    }
}

/// First-time yields of the steps of the service records over the period.
fn yields(data: &Dataset) -> Vec<Yield> {
    let basis = OpportunityBasis::PerUnit;
    let cube = DefectCube::by(data, Grain::Month, data.until(), basis, &[Col::Step]);
    let (from, to) = (data.period.from.month().number(), data.period.to.month().number());
    let named = cube.steps.iter().enumerate().filter_map(|(at, name)| Some((at, name.clone()?)));
    let of = |(at, step): (usize, String)| {
        let sum = cube.total(|p| p.step == at && (from..=to).contains(&p.period));
        let judged = sum.judged == sum.units && sum.defective <= sum.units;
        let step_counts = Step {
            units: sum.units,
            opportunities_per_unit: 1,
            defects: sum.defects,
            defective_units: judged.then_some(sum.defective),
        };
        let figures = step_counts.assess(0.95).ok()?;
        let counted = figures.first_time_yield;
        Some(Yield {
            step,
            units: sum.units,
            value: counted.map_or(figures.throughput_yield, |y| y.value),
            bounds: counted.map(|y| (y.bounds.low, y.bounds.high)),
            from_dpu: counted.is_none(),
        })
    };
    named.filter_map(of).collect()
}
