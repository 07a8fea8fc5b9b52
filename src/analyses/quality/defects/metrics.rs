//! The headline figures of the focus month and their rows on the status board.

use super::compute::Computed;
use super::figures::{Exact, Figures, rolled};
use super::params::Params;
use crate::report::{
    Assurance, Change, ChangeVerdict, Direction, Interval, Metric, StatusRow, Value, Variation,
};
use crate::stats::control_chart::attribute_chart::{Chart, Kind, Point, sigma_z, test};
use crate::stats::control_chart::rules::Rule;
use crate::stats::interval::{Estimate, difference};
use crate::stats::{Bounds, sigma};

/// Rules that speak on the status board: as in the control charts.
const RULES: [Rule; 4] = [Rule::Beyond, Rule::NineOneSide, Rule::SixTrend, Rule::TwoOfThree];
/// Fewer months tell nothing of variation.
const MIN_POINTS: usize = 8;
/// Points of a frozen baseline.
const BASELINE: usize = 20;
/// Dispersion is taken for real below this p-value.
const DISPERSION_ALPHA: f64 = 0.01;

/// Writes metrics of one month.
pub(super) struct Board<'a> {
    /// What was computed.
    pub(super) data: &'a Computed,
    /// Parameters.
    pub(super) params: &'a Params,
    /// The shift between long-term and short-term sigma.
    pub(super) shift: f64,
}

impl Board<'_> {
    /// Every headline figure.
    pub(super) fn metrics(&self) -> Vec<Metric> {
        let month = self.data.month(self.data.focus);
        let mut metrics = vec![self.dpmo(&month)];
        metrics.extend(self.sigma(&month));
        metrics.push(self.dpu(&month));
        metrics.push(self.fty(&month));
        metrics.extend(self.rolled());
        metrics
    }

    /// Its rows on the status board.
    pub(super) fn status(&self) -> Vec<StatusRow> {
        let rolled = self.rolled().into_iter().next();
        let (variation, limits) = self.variation();
        let dpmo = StatusRow {
            scope: None,
            metric: self.dpmo(&self.data.month(self.data.focus)),
            change: Some(self.dpmo_change()),
            spark: self.spark(|m| Some(self.data.month(m).dpo()?.value * 1e6)),
            variation,
            assurance: assurance(self.params.target_dpmo, limits),
        };
        let rty = rolled.map(|metric| StatusRow {
            scope: None,
            metric,
            change: Some(self.rty_change()),
            spark: self.spark(|m| Some(self.rty(m)?.0)),
            variation: Variation::Unknown,
            assurance: Assurance::Unknown,
        });
        [dpmo].into_iter().chain(rty).collect()
    }

    fn metric(&self, id: &str, value: Option<Value>, bounds: [Option<Value>; 2]) -> Metric {
        let [low, high] = bounds;
        let known = low.is_some() || high.is_some();
        Metric {
            id: id.to_owned(),
            value,
            interval: known.then_some(Interval { low, high, level: self.data.level }),
            n: self.data.month(self.data.focus).counts.units,
            period: self.data.focus_period(),
            target: None,
            direction: Direction::Higher,
            method: String::new(),
        }
    }

    fn exact_method(&self) -> String {
        match self.data.exact {
            Exact::Proportion => "defects.method.clopper_pearson".to_owned(),
            Exact::Rate => "defects.method.garwood".to_owned(),
        }
    }

    fn dpmo(&self, month: &Figures) -> Metric {
        let dpo = month.dpo();
        let value = |x: f64| Value::number(x * 1e6, 0);
        let ends = dpo.map_or([None, None], |e| [value(e.bounds.low), value(e.bounds.high)]);
        Metric {
            direction: Direction::Lower,
            target: self.params.target_dpmo.and_then(|target| Value::number(target, 0)),
            method: self.exact_method(),
            ..self.metric("dpmo", dpo.and_then(|e| value(e.value)), ends)
        }
    }

    fn sigma(&self, month: &Figures) -> [Metric; 2] {
        let (z, low, high) = month.z();
        let decimals = match (low, high) {
            (Some(low), Some(high)) if high - low < 0.5 => 2,
            _ => 1,
        };
        let with = |id: &str, shift: f64| {
            let value = |z: Option<f64>| z.and_then(|z| Value::number(z + shift, decimals));
            let method = if month.counts.defects == 0 { "bound_only" } else { "carried_through" };
            Metric {
                method: format!("defects.method.{method}"),
                ..self.metric(id, value(z), [value(low), value(high)])
            }
        };
        [with("z_st", self.shift), with("z_lt", 0.0)]
    }

    fn dpu(&self, month: &Figures) -> Metric {
        let dpu = month.dpu_estimate();
        let value = |x: f64| Value::number(x, 4);
        let ends = dpu.map_or([None, None], |e| [value(e.bounds.low), value(e.bounds.high)]);
        Metric {
            direction: Direction::Lower,
            method: "defects.method.garwood".to_owned(),
            ..self.metric("dpu", dpu.and_then(|e| value(e.value)), ends)
        }
    }

    fn fty(&self, month: &Figures) -> Metric {
        let fty = month.fty();
        let ends = fty.map_or([None, None], |e| share_ends(Some(e.bounds)));
        let method = if month.judged() { "fty_observed" } else { "fty_inferred" };
        Metric {
            method: format!("defects.method.{method}"),
            ..self.metric("fty", fty.and_then(|e| Value::share(e.value)), ends)
        }
    }

    fn rty(&self, month: i32) -> Option<(f64, Option<Bounds>)> {
        rolled(&self.data.step_yields(|place| place.period == month))
    }

    fn rolled(&self) -> [Metric; 2] {
        let focus = self.data.focus;
        let steps = self.data.step_yields(|place| place.period == focus).len();
        let (value, bounds) = self.rty(focus).map_or((None, None), |(v, b)| (Some(v), b));
        let method = if self.data.judged() { "rty_observed" } else { "rty_inferred" };
        let rty = Metric {
            method: format!("defects.method.{method}"),
            ..self.metric("rty", value.and_then(Value::share), share_ends(bounds))
        };
        let root = |x: f64| sigma::normalized_yield(x, steps);
        let ends = bounds.and_then(|b| Some(Bounds { low: root(b.low)?, high: root(b.high)? }));
        let normalized = Metric {
            method: "defects.method.normalized".to_owned(),
            ..self.metric(
                "normalized_yield",
                value.and_then(root).and_then(Value::share),
                share_ends(ends),
            )
        };
        [rty, normalized]
    }

    fn comparable(&self) -> bool {
        self.data.complete && self.data.month(self.data.focus - 1).counts.units > 0
    }

    fn dpmo_change(&self) -> Change {
        let (now, before) =
            (self.data.month(self.data.focus), self.data.month(self.data.focus - 1));
        let pair = now.dpo().zip(before.dpo()).filter(|_| self.comparable());
        self.change(pair, Direction::Lower, |x| Value::number(x * 1e6, 0))
    }

    fn rty_change(&self) -> Change {
        let estimate = |month| {
            let (value, bounds) = self.rty(month)?;
            Some(Estimate { value, bounds: bounds? })
        };
        let pair = estimate(self.data.focus).zip(estimate(self.data.focus - 1));
        self.change(pair.filter(|_| self.comparable()), Direction::Higher, Value::share)
    }

    fn change(
        &self,
        pair: Option<(Estimate, Estimate)>,
        better: Direction,
        value: impl Fn(f64) -> Option<Value>,
    ) -> Change {
        let Some((now, before)) = pair else {
            return Change { value: None, interval: None, verdict: ChangeVerdict::NotComparable };
        };
        let bounds = difference(now, before);
        let verdict = match (bounds.low > 0.0, bounds.high < 0.0, better) {
            (true, _, Direction::Higher) | (_, true, Direction::Lower) => ChangeVerdict::Better,
            (true, ..) | (_, true, _) => ChangeVerdict::Worse,
            _ => ChangeVerdict::NoEvidence,
        };
        let ends = (value(bounds.low), value(bounds.high));
        let interval = Interval { low: ends.0, high: ends.1, level: self.data.level };
        Change { value: value(now.value - before.value), interval: Some(interval), verdict }
    }

    fn spark(&self, point: impl Fn(i32) -> Option<f64>) -> Vec<Option<f64>> {
        let points = i32::from(u16::try_from(self.params.spark_points()).unwrap_or(24));
        let from = self.data.first.max(self.data.focus - points + 1);
        (from..=self.data.focus).map(point).collect()
    }

    /// What the chart of defects per opportunity says of the focus month, and its limits there.
    fn variation(&self) -> (Variation, Option<Bounds>) {
        let kind = if self.data.exact == Exact::Proportion { Kind::P } else { Kind::U };
        let months = self.data.first..=self.data.focus;
        let rates = months.map(|month| self.data.month(month).rate());
        let points: Vec<Point> = rates
            .filter(|rate| rate.exposure > 0.0)
            .map(|rate| Point { count: rate.events, size: rate.exposure })
            .collect();
        let baseline = points.get(..points.len().min(BASELINE)).unwrap_or_default();
        let (Some(chart), Some(last)) = (Chart::fit(kind, baseline), points.last()) else {
            return (Variation::Unknown, None);
        };
        if points.len() < MIN_POINTS || !self.data.complete {
            return (Variation::Unknown, None);
        }
        let wide = test(&chart, baseline).is_some_and(|t| t.p_over < DISPERSION_ALPHA);
        let factor = if wide { sigma_z(&chart, baseline).unwrap_or(1.0).max(1.0) } else { 1.0 };
        let chart = chart.widened(factor);
        let z: Vec<f64> = points.iter().map(|&point| chart.z(point)).collect();
        let signal = RULES.iter().any(|rule| rule.completes(&z));
        let limits = chart.limits(last.size, 3.0);
        let variation = match (signal, z.last().is_some_and(|&z| z > 0.0)) {
            (false, _) => Variation::Common,
            (true, true) => Variation::Concerning,
            (true, false) => Variation::Improving,
        };
        (variation, Some(Bounds { low: limits.lcl * 1e6, high: limits.ucl * 1e6 }))
    }
}

fn assurance(target: Option<f64>, limits: Option<Bounds>) -> Assurance {
    match (target, limits) {
        (Some(target), Some(limits)) if limits.high < target => Assurance::Hit,
        (Some(target), Some(limits)) if limits.low > target => Assurance::Miss,
        (Some(_), Some(_)) => Assurance::Random,
        _ => Assurance::Unknown,
    }
}

fn share_ends(bounds: Option<Bounds>) -> [Option<Value>; 2] {
    bounds.map_or([None, None], |b| [Value::share(b.low), Value::share(b.high)])
}
