//! The rows of the status board: the whole process, every step, and teams with a target.
//!
//! What varies beyond chance is read from the control charts of the report, never judged anew.

use super::compute::Computed;
use super::figures::{Figures, double, rolled};
use super::metrics::Headline;
use super::params::Params;
use crate::analyses::{Charts, CountChart};
use crate::dataset::{Place, QualityMetric, QualityTargets};
use crate::report::{
    Assurance, Change, ChangeVerdict, Direction, Interval, Metric, StatusRow, Value, Variation,
};
use crate::stats::Bounds;
use crate::stats::control_chart::attribute_chart::Kind;
use crate::stats::interval::{Estimate, difference};
use crate::stats::sigma::throughput_yield;
use crate::units::Month;

/// Months of a baseline at least, beside the month compared with it.
const MIN_BASELINE: usize = 3;
/// Steps on the board at most; the table by step has them all.
const MAX_STEPS: usize = 12;

/// What a row is of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Scope {
    Whole,
    Step(usize),
    Team(usize),
}

impl Scope {
    const fn holds(self, place: &Place) -> bool {
        match self {
            Self::Whole => true,
            Self::Step(step) => place.step == step,
            Self::Team(team) => place.team == team,
        }
    }
}

/// The figure of a row over the wanted months.
type Rate<'r> = dyn Fn(&dyn Fn(i32) -> bool) -> Option<Estimate> + 'r;

/// Writes the rows.
pub(super) struct Board<'a> {
    /// Writes their figures.
    pub(super) headline: Headline<'a>,
    /// Parameters.
    pub(super) params: &'a Params,
    /// The control charts of the report.
    pub(super) charts: Option<&'a Charts>,
    /// Targets handed in.
    pub(super) targets: &'a QualityTargets,
}

impl<'a> Board<'a> {
    const fn data(&self) -> &'a Computed {
        self.headline.data
    }

    /// The chart a figure of a scope is judged by.
    pub(super) fn chart(
        &self,
        metric: QualityMetric,
        step: Option<usize>,
    ) -> Option<&'a CountChart> {
        let charts = self.charts?;
        let (first, second) = match metric {
            QualityMetric::Dpmo => (Kind::U, Kind::P),
            QualityMetric::FirstTimeYield | QualityMetric::RolledYield => (Kind::P, Kind::U),
        };
        charts.of(first, step).or_else(|| charts.of(second, step))
    }

    /// The rows, the whole process first.
    pub(super) fn rows(&self) -> Vec<StatusRow> {
        let data = self.data();
        let mut rows = vec![self.dpmo(Scope::Whole), self.fty(Scope::Whole)];
        rows.extend((data.cube.steps.len() > 1).then(|| self.rty()));
        if data.cube.steps.len() > 1 {
            let active = |&step: &usize| self.focus(Scope::Step(step)).counts.units > 0;
            for step in (0..data.cube.steps.len()).filter(active).take(MAX_STEPS) {
                rows.extend([self.dpmo(Scope::Step(step)), self.fty(Scope::Step(step))]);
            }
        }
        for team in 0..data.cube.teams.len() {
            let scope = Scope::Team(team);
            let aimed = |metric| self.target(metric, scope).is_some();
            rows.extend(aimed(QualityMetric::Dpmo).then(|| self.dpmo(scope)));
            rows.extend(aimed(QualityMetric::FirstTimeYield).then(|| self.fty(scope)));
        }
        rows
    }

    fn focus(&self, scope: Scope) -> Figures {
        let month = self.data().focus;
        self.data().in_month(month, |place| scope.holds(place))
    }

    /// The headline figures with their targets.
    pub(super) fn metrics(&self) -> Vec<Metric> {
        let mut metrics = self.headline.metrics();
        for metric in &mut metrics {
            let aimed = match metric.id.as_str() {
                "dpmo" => Some(QualityMetric::Dpmo),
                "fty" => Some(QualityMetric::FirstTimeYield),
                "rty" => Some(QualityMetric::RolledYield),
                _ => None,
            };
            let target = aimed.and_then(|aimed| Some((aimed, self.target(aimed, Scope::Whole)?)));
            metric.target = target.and_then(|(aimed, x)| value(aimed, x));
        }
        metrics
    }

    /// The target of the focus month: the one handed in, else, of the whole, the definition's.
    fn target(&self, metric: QualityMetric, scope: Scope) -> Option<f64> {
        let month = Month::from_number(self.data().focus);
        match scope {
            Scope::Step(_) => None,
            Scope::Team(team) => {
                let name = self.data().cube.teams.get(team)?.as_deref()?;
                self.targets.at(metric, Some(name), month)
            }
            Scope::Whole => {
                self.targets.at(metric, None, month).or_else(|| self.params.target(metric))
            }
        }
    }

    fn name(&self, scope: Scope) -> Option<Value> {
        let cube = &self.data().cube;
        match scope {
            Scope::Whole => None,
            Scope::Step(step) => Some(super::findings::label(&cube.steps, step)),
            Scope::Team(team) => Some(super::findings::label(&cube.teams, team)),
        }
    }

    fn dpmo(&self, scope: Scope) -> StatusRow {
        let metric = self.headline.dpmo(&self.focus(scope));
        let months = self.data().cube.by_period(|place| scope.holds(place));
        let rate = |wanted: &dyn Fn(i32) -> bool| {
            let dpo = self.data().over(&months, wanted).dpo()?;
            let scaled = |x: f64| x * 1e6;
            let bounds = Bounds { low: scaled(dpo.bounds.low), high: scaled(dpo.bounds.high) };
            Some(Estimate { value: scaled(dpo.value), bounds })
        };
        self.row(scope, QualityMetric::Dpmo, metric, &rate)
    }

    fn fty(&self, scope: Scope) -> StatusRow {
        let metric = self.headline.fty(&self.focus(scope));
        let months = self.data().cube.by_period(|place| scope.holds(place));
        let rate = |wanted: &dyn Fn(i32) -> bool| self.data().over(&months, wanted).fty();
        self.row(scope, QualityMetric::FirstTimeYield, metric, &rate)
    }

    fn rty(&self) -> StatusRow {
        let [metric, _] = self.headline.rolled();
        let data = self.data();
        let of = |step| data.cube.by_period(|place| place.step == step);
        let steps: Vec<_> = (0..data.cube.steps.len()).map(of).collect();
        let rate = |wanted: &dyn Fn(i32) -> bool| {
            let yields = steps.iter().filter_map(|months| data.over(months, wanted).fty());
            let (value, bounds) = rolled(&yields.collect::<Vec<_>>())?;
            Some(Estimate { value, bounds: bounds? })
        };
        self.row(Scope::Whole, QualityMetric::RolledYield, metric, &rate)
    }

    fn row(
        &self,
        scope: Scope,
        metric: QualityMetric,
        figure: Metric,
        rate: &Rate<'_>,
    ) -> StatusRow {
        let target = self.target(metric, scope);
        let chart = match scope {
            Scope::Team(_) => None,
            _ if metric == QualityMetric::RolledYield => None,
            Scope::Whole => self.chart(metric, None),
            Scope::Step(step) => self.chart(metric, Some(step)),
        };
        let limits = chart.and_then(|chart| self.limits(chart, metric, scope));
        StatusRow {
            scope: self.name(scope),
            metric: Metric { target: target.and_then(|x| self::value(metric, x)), ..figure },
            change: Some(self.change(metric, rate)),
            spark: self.spark(rate),
            variation: chart.map_or(Variation::Unknown, CountChart::variation),
            assurance: assurance(metric, target, limits),
        }
    }

    /// The focus month less the baseline.
    fn change(&self, metric: QualityMetric, rate: &Rate<'_>) -> Change {
        let focus = self.data().focus;
        let baseline = self.charts.map_or_else(Vec::new, |c| c.baseline_before(focus));
        let enough = self.data().complete && baseline.len() >= MIN_BASELINE;
        let now = rate(&|month| month == focus);
        let before = rate(&|month| baseline.contains(&month));
        let Some((now, before)) = now.zip(before).filter(|_| enough) else {
            return Change { value: None, interval: None, verdict: ChangeVerdict::NotComparable };
        };
        let bounds = difference(now, before);
        let verdict = match (bounds.low > 0.0, bounds.high < 0.0, better(metric)) {
            (true, _, Direction::Higher) | (_, true, Direction::Lower) => ChangeVerdict::Better,
            (true, ..) | (_, true, _) => ChangeVerdict::Worse,
            _ => ChangeVerdict::NoEvidence,
        };
        let ends = (value(metric, bounds.low), value(metric, bounds.high));
        let interval = Interval { low: ends.0, high: ends.1, level: self.data().level };
        Change { value: value(metric, now.value - before.value), interval: Some(interval), verdict }
    }

    fn spark(&self, rate: &Rate<'_>) -> Vec<Option<f64>> {
        let points = i32::from(u16::try_from(self.params.spark_points()).unwrap_or(24));
        let data = self.data();
        let from = data.first.max(data.focus - points + 1);
        let point = |month| Some(rate(&|other| other == month)?.value);
        (from..=data.focus).map(point).collect()
    }

    /// The chart's limits at its newest point, on the figure's scale.
    fn limits(&self, chart: &CountChart, metric: QualityMetric, scope: Scope) -> Option<Bounds> {
        let judged = chart.fit.points.last().filter(|_| chart.variation() != Variation::Unknown)?;
        let limits = judged.limits;
        if metric == QualityMetric::Dpmo {
            let counts = self.focus(scope).counts;
            let each = double(counts.units) / double(counts.opportunities) * 1e6;
            return Some(Bounds { low: limits.lcl * each, high: limits.ucl * each });
        }
        let kept = |x: f64| if chart.kind == Kind::P { 1.0 - x } else { throughput_yield(x) };
        Some(Bounds { low: kept(limits.ucl), high: kept(limits.lcl) })
    }
}

fn value(metric: QualityMetric, x: f64) -> Option<Value> {
    match metric {
        QualityMetric::Dpmo => Value::number(x, 0),
        QualityMetric::FirstTimeYield | QualityMetric::RolledYield => Value::share(x),
    }
}

const fn better(metric: QualityMetric) -> Direction {
    match metric {
        QualityMetric::Dpmo => Direction::Lower,
        QualityMetric::FirstTimeYield | QualityMetric::RolledYield => Direction::Higher,
    }
}

/// Where the target lies beside the limits.
fn assurance(metric: QualityMetric, target: Option<f64>, limits: Option<Bounds>) -> Assurance {
    let Some((target, limits)) = target.zip(limits) else { return Assurance::Unknown };
    let (below, above) = (limits.high < target, limits.low > target);
    match (below, above, better(metric)) {
        (true, _, Direction::Lower) | (_, true, Direction::Higher) => Assurance::Hit,
        (true, ..) | (_, true, _) => Assurance::Miss,
        _ => Assurance::Random,
    }
}
