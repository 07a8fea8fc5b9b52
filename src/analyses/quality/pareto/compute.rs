//! Defects by type and month, ranked, and what changed of late.

use std::collections::BTreeMap;

use super::params::Params;
use crate::dataset::{Dataset, MISSING_CODE, Table};
use crate::records::{Col, TableKind};
use crate::stats::hypothesis::exact::fisher_two_sided;
use crate::stats::interval::newcombe;
use crate::stats::sigma::rates::{self, Rate};
use crate::stats::{Bounds, holm};
use crate::units::{Money, Month};

/// The share of defects the vital few reach together.
const VITAL: f64 = 0.8;

/// Defects and their cost.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Sum {
    /// Defects.
    pub(super) count: u64,
    /// Their cost, where any is recorded.
    pub(super) cost: Option<Money>,
}

impl Sum {
    fn add(&mut self, count: u64, cost: Option<Money>) {
        self.count = self.count.saturating_add(count);
        let raw = |money: Option<Money>| money.map_or(0, Money::raw);
        if cost.is_some() || self.cost.is_some() {
            self.cost = Some(Money::from_raw(raw(self.cost).saturating_add(raw(cost))));
        }
    }
}

/// How a type's share of all defects moved.
#[derive(Clone, Copy, Debug)]
pub(super) struct Moved {
    /// Share in the months before.
    pub(super) before: f64,
    /// Share in the newest months.
    pub(super) recent: f64,
    /// Newcombe interval of the difference.
    pub(super) bounds: Bounds,
    /// Fisher's p-value, adjusted by Holm over the types.
    pub(super) p: f64,
    /// Its defects a month in the months before and in the newest.
    pub(super) monthly: [f64; 2],
    /// The second over the first, and its exact interval; absent where neither has any.
    pub(super) ratio: Option<(f64, Bounds)>,
    /// Defects of the newest months beyond its share before.
    pub(super) excess: f64,
}

/// One type of defect.
#[derive(Clone, Debug)]
pub(super) struct Ranked {
    /// Its name; the types too rare to name when absent.
    pub(super) name: Option<String>,
    /// Its defects in the months of the chart.
    pub(super) sum: Sum,
    /// How its share moved, where there are months to compare.
    pub(super) moved: Option<Moved>,
}

/// Everything the section is written from.
pub(super) struct Computed {
    /// First and last month of the chart.
    pub(super) shown: (i32, i32),
    /// First of the newest months.
    pub(super) recent: i32,
    /// Types from the most frequent; "other" last.
    pub(super) types: Vec<Ranked>,
    /// Types that together reach 80 %.
    pub(super) vital: usize,
    /// Types in all, those under "other" each for itself.
    pub(super) distinct: usize,
    /// Defects in the months of the chart.
    pub(super) total: u64,
    /// Sums by month and place in `types`.
    pub(super) cells: BTreeMap<(i32, usize), Sum>,
}

/// The table types come from: the log, else the service records.
pub(super) fn source(data: &Dataset) -> Option<&Table> {
    let has = |kind| data.table(kind).filter(|table| table.has(Col::DefectType));
    has(TableKind::DefectLog).or_else(|| has(TableKind::ServiceRecords))
}

type Counts = BTreeMap<(i32, String), Sum>;

impl Ranked {
    /// The cost of a number of defects of this type, at their mean cost.
    pub(super) fn cost(&self, defects: f64) -> Option<Money> {
        let each = self.sum.cost?.to_units() / real(self.sum.count.max(1));
        Money::from_units(each * defects)
    }
}

impl Computed {
    /// Types with a cost, the dearest first and "other" last, and the cost of all.
    pub(super) fn by_cost(&self) -> (Vec<(&Ranked, Money)>, Money) {
        let costed = self.types.iter().filter_map(|kind| Some((kind, kind.sum.cost?)));
        let mut out: Vec<(&Ranked, Money)> = costed.collect();
        out.sort_by_key(|(kind, cost)| (kind.name.is_none(), std::cmp::Reverse(*cost)));
        let total = out.iter().map(|(_, cost)| *cost).fold(Money::ZERO, |sum, cost| sum + cost);
        (out, total)
    }

    /// Share of all defects the first `n` types make.
    pub(super) fn top_share(&self, n: usize) -> f64 {
        let named = self.types.iter().filter(|kind| kind.name.is_some());
        share(named.take(n).map(|kind| kind.sum.count).sum(), self.total)
    }

    /// `None` where no typed defect falls in a whole month (else in the last one).
    pub(super) fn new(data: &Dataset, params: &Params, level: f64) -> Option<Self> {
        let counts = counts(data, source(data)?);
        let over = |month: &i32| Month::from_number(*month).last_day() <= data.until();
        let months = || counts.keys().map(|(month, _)| *month);
        let last = months().filter(over).max().or_else(|| months().max())?;
        let first = months().min()?;
        let shown = ((last - params.months() + 1).max(first), last);
        let recent = last - params.recent() + 1;
        let names = ranking(&counts, shown);
        let distinct = names.len();
        let shown_types = &names[..distinct.min(params.top())];
        let cells = cells(&counts, shown_types, last);
        let kinds = shown_types.len() + usize::from(distinct > shown_types.len());
        let sum = |from: i32, to: i32, kind: usize| sum(&cells, from, to, kind);
        let total = (0..kinds).map(|k| sum(shown.0, shown.1, k).count).sum();
        let spans = [(first, recent - 1), (recent, last)];
        let moved = if first < recent { moved(&cells, kinds, spans, level) } else { Vec::new() };
        let types = (0..kinds).map(|k| Ranked {
            name: shown_types.get(k).cloned(),
            sum: sum(shown.0, shown.1, k),
            moved: moved.get(k).copied().flatten(),
        });
        let types: Vec<Ranked> = types.collect();
        let vital = vital(&types, total);
        (total > 0).then_some(Self { shown, recent, types, vital, distinct, total, cells })
    }
}

fn counts(data: &Dataset, table: &Table) -> Counts {
    let Some(kinds) = table.categories(Col::DefectType) else { return Counts::new() };
    let [dates, costs] = [Col::Date, Col::Cost].map(|col| table.column(col));
    let counted = [Col::Defects, Col::Defective].map(|col| table.column(col));
    let unsaid = i64::from(table.kind() == TableKind::DefectLog);
    // Summed by code: a million rows are not a million names.
    let mut sums = BTreeMap::<(i32, u32), Sum>::new();
    for (row, &code) in kinds.codes().iter().enumerate() {
        let day = dates.and_then(|dates| dates.day(row)).filter(|&day| day <= data.until());
        let Some(day) = day.filter(|_| code != MISSING_CODE) else { continue };
        let [defects, defective] = counted.map(|column| column?.count(row));
        let count = u64::try_from(defects.or(defective).unwrap_or(unsaid)).unwrap_or(0);
        let cost = costs.and_then(|costs| costs.money(row)).filter(|_| count > 0);
        sums.entry((day.month().number(), code)).or_default().add(count, cost);
    }
    let named = |((month, code), sum)| Some(((month, kinds.name(code)?.to_owned()), sum));
    sums.into_iter().filter_map(named).collect()
}

/// Types with defects in the months shown, the most frequent first, ties by name.
fn ranking(counts: &Counts, shown: (i32, i32)) -> Vec<String> {
    let mut sums = BTreeMap::<&str, u64>::new();
    for ((month, name), sum) in counts {
        if (shown.0..=shown.1).contains(month) && sum.count > 0 {
            let total = sums.entry(name).or_default();
            *total = total.saturating_add(sum.count);
        }
    }
    let mut names: Vec<(&str, u64)> = sums.into_iter().collect();
    names.sort_by_key(|&(_, count)| std::cmp::Reverse(count));
    names.into_iter().map(|(name, _)| name.to_owned()).collect()
}

fn cells(counts: &Counts, named: &[String], last: i32) -> BTreeMap<(i32, usize), Sum> {
    let mut cells = BTreeMap::<(i32, usize), Sum>::new();
    for ((month, name), sum) in counts.iter().filter(|((month, _), _)| *month <= last) {
        let kind = named.iter().position(|n| n == name).unwrap_or(named.len());
        cells.entry((*month, kind)).or_default().add(sum.count, sum.cost);
    }
    cells
}

fn sum(cells: &BTreeMap<(i32, usize), Sum>, from: i32, to: i32, kind: usize) -> Sum {
    let mut total = Sum::default();
    for ((_, k), sum) in cells.range((from, 0)..=(to, usize::MAX)) {
        if *k == kind {
            total.add(sum.count, sum.cost);
        }
    }
    total
}

fn moved(
    cells: &BTreeMap<(i32, usize), Sum>,
    kinds: usize,
    [old, new]: [(i32, i32); 2],
    level: f64,
) -> Vec<Option<Moved>> {
    let count = |(from, to): (i32, i32)| -> Vec<u64> {
        (0..kinds).map(|k| sum(cells, from, to, k).count).collect()
    };
    let (before, now) = (count(old), count(new));
    let (n0, n1) = (before.iter().sum::<u64>(), now.iter().sum::<u64>());
    let pairs = || before.iter().copied().zip(now.iter().copied());
    let p: Vec<f64> =
        pairs().map(|(k0, k1)| fisher_two_sided(k1, n1, k0, n0).unwrap_or(f64::NAN)).collect();
    let months = |(from, to): (i32, i32)| f64::from(to - from + 1);
    let rate = |k: u64, span| Rate { events: real(k), exposure: months(span) };
    let moved = |((k0, k1), p): ((u64, u64), f64)| {
        let bounds = newcombe(k1, n1, k0, n0, level)?;
        let (was, is) = (rate(k0, old), rate(k1, new));
        Some(Moved {
            before: share(k0, n0),
            recent: share(k1, n1),
            bounds,
            p,
            monthly: [was.value()?, is.value()?],
            ratio: rates::ratio(is, was, level),
            excess: real(k1) - share(k0, n0) * real(n1),
        })
    };
    pairs().zip(holm(&p)).map(moved).collect()
}

/// The smallest leading set of types that reaches 80 % of all defects.
fn vital(types: &[Ranked], total: u64) -> usize {
    let mut sum = 0;
    let reached = types.iter().position(|kind| {
        sum += kind.sum.count;
        share(sum, total) >= VITAL
    });
    reached.map_or(types.len(), |i| i + 1)
}

/// Part over whole; 0 of nothing is 0.
pub(super) fn share(part: u64, whole: u64) -> f64 {
    if whole == 0 { 0.0 } else { real(part) / real(whole) }
}

#[expect(clippy::cast_precision_loss, reason = "counts of work stay below 2^53")]
const fn real(n: u64) -> f64 {
    n as f64
}
