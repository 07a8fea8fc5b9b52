//! Where and when the defect rate changed for good: a search over every step and team.
//!
//! Rates are compared like with like: a month's exposure is the number of defects its mix of
//! steps, teams and categories would have had at their overall rates, so that a shift of work
//! towards a difficult step is no change. All searches form one family (Holm). A change found is
//! taken out, and the search begins again, until nothing is left.

use std::collections::BTreeMap;

use super::compute::Computed;
use super::figures::double;
use crate::dataset::{DefectCounts, Place};
use crate::stats::control_chart::change_point::{Change, Way, evidence_at, likeliest, scaled};
use crate::stats::sigma::rates::{self, Rate};
use crate::stats::{Bounds, holm};
use crate::units::Money;

/// What a change concerns.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Scope {
    /// The whole process.
    All,
    /// A step in every team.
    Step(usize),
    /// A team in every step.
    Team(usize),
    /// A step of a team.
    Cell(usize, usize),
}

impl Scope {
    const fn holds(self, step: usize, team: usize) -> bool {
        match self {
            Self::All => true,
            Self::Step(s) => s == step,
            Self::Team(t) => t == team,
            Self::Cell(s, t) => s == step && t == team,
        }
    }
}

/// A change of the defect rate that chance does not explain.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Shift {
    /// What it concerns.
    pub(super) scope: Scope,
    /// Which way.
    pub(super) way: Way,
    /// First month after the change.
    pub(super) month: i32,
    /// Rate since over rate before, like with like, and its interval.
    pub(super) ratio: f64,
    /// Its interval; an end may be infinite.
    pub(super) ratio_bounds: Bounds,
    /// Defects per opportunity since.
    pub(super) after: f64,
    /// p-value adjusted for months and, by Holm, for every search.
    pub(super) p: f64,
    /// Defects since beyond those the old rate would have given; negative for a fall.
    pub(super) excess: f64,
    /// Their cost, where costs are recorded.
    pub(super) money: Option<Money>,
}

/// Rounds of "find, take out, search again" at most.
const ROUNDS: usize = 8;
/// The rest of a group shows nothing of a change where its p-value exceeds this.
const UNMOVED: f64 = 0.05;

/// The changes up to the focus month with adjusted p below `alpha`, the strongest first.
pub(super) fn scan(data: &Computed, alpha: f64) -> Vec<Shift> {
    if !data.complete {
        return Vec::new();
    }
    let mut grid = Grid::new(data);
    let mut found = Vec::new();
    for _ in 0..ROUNDS {
        let Some((scope, way, change, p)) = grid.strongest(alpha) else { break };
        let shift = describe(data, scope, way, &change, p);
        grid.take_out(scope, change.at, shift.ratio);
        found.push(shift);
    }
    found
}

/// Defects and expected defects by step and team, one rate a month.
struct Grid {
    cells: BTreeMap<(usize, usize), Vec<Rate>>,
    scopes: Vec<Scope>,
    months: usize,
}

impl Grid {
    fn new(data: &Computed) -> Self {
        let mut wholes = BTreeMap::<(usize, usize, usize), DefectCounts>::new();
        let past = || data.cube.lines.iter().filter(|(place, _)| place.period <= data.focus);
        for (place, counts) in past() {
            let whole = wholes.entry((place.step, place.team, place.category)).or_default();
            whole.add(counts);
        }
        let months = usize::try_from(data.focus - data.first + 1).unwrap_or(0);
        let mut cells = BTreeMap::new();
        for (place, counts) in past() {
            let whole = &wholes[&(place.step, place.team, place.category)];
            let expected = double(whole.defects) / double(whole.opportunities.max(1));
            let series = cells.entry((place.step, place.team));
            let series = series.or_insert_with(|| vec![Rate::default(); months]);
            let month = usize::try_from(place.period - data.first).unwrap_or(0);
            if let Some(rate) = series.get_mut(month) {
                rate.events += double(counts.defects);
                rate.exposure += expected * double(counts.opportunities);
            }
        }
        let scopes = scopes(data.cube.steps.len(), data.cube.teams.len(), &cells);
        Self { cells, scopes, months }
    }

    fn series(&self, wanted: impl Fn(usize, usize) -> bool) -> Vec<Rate> {
        let mut sum = vec![Rate::default(); self.months];
        for (_, series) in self.cells.iter().filter(|((step, team), _)| wanted(*step, *team)) {
            for (total, rate) in sum.iter_mut().zip(series) {
                total.events += rate.events;
                total.exposure += rate.exposure;
            }
        }
        sum
    }

    /// The change of largest deviance among those significant in the whole family, at the
    /// smallest scope that explains it.
    fn strongest(&self, alpha: f64) -> Option<(Scope, Way, Change, f64)> {
        let mut tried = Vec::new();
        for &scope in &self.scopes {
            let series = self.series(|step, team| scope.holds(step, team));
            for way in [Way::Rise, Way::Fall] {
                tried.push((scope, way, likeliest(&series, way)));
            }
        }
        let p: Vec<f64> = tried.iter().map(|(_, _, c)| c.map_or(1.0, |c| c.p)).collect();
        let significant: Vec<(Scope, Way, Change, f64)> = tried
            .into_iter()
            .zip(holm(&p))
            .filter(|(_, p)| *p < alpha)
            .filter_map(|((scope, way, change), p)| Some((scope, way, change?, p)))
            .collect();
        let by_deviance = |a: &&(Scope, Way, Change, f64), b: &&(Scope, Way, Change, f64)| {
            a.2.deviance.total_cmp(&b.2.deviance)
        };
        let mut best = *significant.iter().max_by(by_deviance)?;
        let explains = |part: &&(Scope, Way, Change, f64), whole: &(Scope, Way, Change, f64)| {
            part.1 == whole.1 && self.explains(part.0, whole.0, whole.2.at, whole.1)
        };
        while let Some(part) =
            significant.iter().filter(|part| explains(part, &best)).max_by(by_deviance)
        {
            best = *part;
        }
        Some(best)
    }

    /// Whether `part` lies inside `whole` and what is left of `whole` shows no such change.
    fn explains(&self, part: Scope, whole: Scope, at: usize, way: Way) -> bool {
        let inside = match (part, whole) {
            (Scope::Cell(s, t), _) => part != whole && whole.holds(s, t),
            (Scope::Step(_) | Scope::Team(_), Scope::All) => true,
            _ => false,
        };
        let rest = |step, team| whole.holds(step, team) && !part.holds(step, team);
        inside && evidence_at(&self.series(rest), at, way) > UNMOVED
    }

    /// Multiplies what is expected since the change by its ratio, so that it is one no more.
    fn take_out(&mut self, scope: Scope, at: usize, ratio: f64) {
        let ratio = if ratio.is_finite() { ratio } else { 0.0 };
        for ((step, team), series) in &mut self.cells {
            if scope.holds(*step, *team) {
                series.iter_mut().skip(at).for_each(|rate| rate.exposure *= ratio);
            }
        }
    }
}

/// What is told of a change: rates, ratio, excess and its cost.
fn describe(data: &Computed, scope: Scope, way: Way, change: &Change, p: f64) -> Shift {
    let (after, before) = (change.after, change.before);
    let scale = |rate| scaled(rate, change.dispersion);
    let ratio = rates::ratio(scale(after), scale(before), data.level);
    let (ratio, ratio_bounds) = ratio.unwrap_or((1.0, Bounds { low: 0.0, high: f64::INFINITY }));
    let month = data.first + i32::try_from(change.at).unwrap_or(0);
    let since = |place: &Place| {
        scope.holds(place.step, place.team) && (month..=data.focus).contains(&place.period)
    };
    let figures = data.figures(since);
    let old = before.value().unwrap_or(0.0) * after.exposure;
    let excess = after.events - old;
    let money = cost(&figures.counts, excess);
    let after = figures.rate().value().unwrap_or(0.0);
    Shift { scope, way, month, ratio, ratio_bounds, after, p, excess, money }
}

fn scopes(steps: usize, teams: usize, cells: &BTreeMap<(usize, usize), Vec<Rate>>) -> Vec<Scope> {
    let mut scopes = vec![Scope::All];
    if steps > 1 {
        scopes.extend((0..steps).map(Scope::Step));
    }
    if teams > 1 {
        scopes.extend((0..teams).map(Scope::Team));
    }
    if steps > 1 && teams > 1 {
        scopes.extend(cells.keys().map(|&(step, team)| Scope::Cell(step, team)));
    }
    scopes
}

/// Cost of a number of defects at the mean cost of those whose cost is known.
fn cost(counts: &DefectCounts, defects: f64) -> Option<Money> {
    (counts.costed > 0).then_some(())?;
    let each = Money::from_raw(counts.cost).to_units() / double(counts.costed);
    Money::from_units(each * defects)
}
