//! The headline figures of the focus month.

use super::compute::Computed;
use super::figures::{Exact, Figures, rolled};
use crate::report::{Direction, Interval, Metric, Value};
use crate::stats::{Bounds, sigma};

/// Writes metrics of one month.
#[derive(Clone, Copy)]
pub(super) struct Headline<'a> {
    /// What was computed.
    pub(super) data: &'a Computed,
    /// The shift between long-term and short-term sigma.
    pub(super) shift: f64,
}

impl Headline<'_> {
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

    fn metric(&self, id: &str, n: u64, value: Option<Value>, bounds: [Option<Value>; 2]) -> Metric {
        let [low, high] = bounds;
        let known = low.is_some() || high.is_some();
        Metric {
            id: id.to_owned(),
            value,
            interval: known.then_some(Interval { low, high, level: self.data.level }),
            n,
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

    pub(super) fn dpmo(&self, month: &Figures) -> Metric {
        let dpo = month.dpo();
        let value = |x: f64| Value::number(x * 1e6, 0);
        let ends = dpo.map_or([None, None], |e| [value(e.bounds.low), value(e.bounds.high)]);
        Metric {
            direction: Direction::Lower,
            method: self.exact_method(),
            ..self.metric("dpmo", month.counts.units, dpo.and_then(|e| value(e.value)), ends)
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
                ..self.metric(id, month.counts.units, value(z), [value(low), value(high)])
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
            ..self.metric("dpu", month.counts.units, dpu.and_then(|e| value(e.value)), ends)
        }
    }

    pub(super) fn fty(&self, month: &Figures) -> Metric {
        let fty = month.fty();
        let ends = fty.map_or([None, None], |e| share_ends(Some(e.bounds)));
        let method = if month.judged() { "fty_observed" } else { "fty_inferred" };
        Metric {
            method: format!("defects.method.{method}"),
            ..self.metric("fty", month.counts.units, fty.and_then(|e| Value::share(e.value)), ends)
        }
    }

    pub(super) fn rolled(&self) -> [Metric; 2] {
        let focus = self.data.focus;
        let yields = self.data.step_yields(focus);
        let steps = yields.len();
        let (value, bounds) = rolled(&yields).map_or((None, None), |(v, b)| (Some(v), b));
        let units = self.data.month(focus).counts.units;
        let method = if self.data.judged() { "rty_observed" } else { "rty_inferred" };
        let rty = Metric {
            method: format!("defects.method.{method}"),
            ..self.metric("rty", units, value.and_then(Value::share), share_ends(bounds))
        };
        let root = |x: f64| sigma::normalized_yield(x, steps);
        let ends = bounds.and_then(|b| Some(Bounds { low: root(b.low)?, high: root(b.high)? }));
        let normalized = Metric {
            method: "defects.method.normalized".to_owned(),
            ..self.metric(
                "normalized_yield",
                units,
                value.and_then(root).and_then(Value::share),
                share_ends(ends),
            )
        };
        [rty, normalized]
    }
}

fn share_ends(bounds: Option<Bounds>) -> [Option<Value>; 2] {
    bounds.map_or([None, None], |b| [Value::share(b.low), Value::share(b.high)])
}
