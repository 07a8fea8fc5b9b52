//! Demand against capacity, one entry of the capacity table after the other.

use std::collections::BTreeMap;

use crate::dataset::Dataset;
use crate::records::{Col, TableKind};
use crate::stats::interval::{Estimate, ratio_of_sums};
use crate::units::Day;

/// What the capacity table says of one day, all its rows added.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Entry {
    /// The day.
    pub(super) day: Day,
    /// Units asked for.
    pub(super) demand: f64,
    /// Units possible.
    pub(super) units: f64,
}

/// Demand and capacity.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Capacity {
    /// Whether the table has capacity in units and demand.
    pub(super) known: bool,
    /// Entries with both, oldest first.
    pub(super) entries: Vec<Entry>,
    /// Σ demand / Σ capacity; no interval from a single entry.
    pub(super) utilisation: Option<Estimate>,
    /// Entries whose demand exceeds their capacity.
    pub(super) peaks: u64,
    /// The largest demand over capacity.
    pub(super) worst: Option<(Day, f64)>,
}

impl Capacity {
    /// The figures; `None` without a capacity table.
    pub(super) fn new(data: &Dataset, level: f64) -> Option<Self> {
        let table = data.table(TableKind::Capacity)?;
        let mut days: BTreeMap<Day, (f64, f64)> = BTreeMap::new();
        for row in 0..table.len() {
            let day = table.day(Col::Date, row).filter(|day| data.period.contains(*day));
            let number = |col| table.number(col, row).filter(|x| *x >= 0.0);
            let both = number(Col::Demand).zip(number(Col::CapacityUnits));
            if let Some((day, (demand, units))) = day.zip(both) {
                let sum = days.entry(day).or_default();
                *sum = (sum.0 + demand, sum.1 + units);
            }
        }
        let entry = |(day, (demand, units))| Entry { day, demand, units };
        let entries: Vec<Entry> =
            days.into_iter().map(entry).filter(|entry| entry.units > 0.0).collect();
        let of = |get: fn(&Entry) -> f64| entries.iter().map(get).collect::<Vec<f64>>();
        let utilisation = ratio_of_sums(&of(|e| e.demand), &of(|e| e.units), level).ok();
        let load = |entry: &Entry| (entry.day, entry.demand / entry.units);
        Some(Self {
            known: table.has(Col::Demand) && table.has(Col::CapacityUnits),
            peaks: entries.iter().filter(|e| e.demand > e.units).count() as u64,
            worst: entries.iter().map(load).max_by(|a, b| a.1.total_cmp(&b.1).then(b.0.cmp(&a.0))),
            utilisation,
            entries,
        })
    }
}
