//! Every series with its chart and its signals.

use super::fit::Fit;
use super::params::{Kind, Params};
use super::read::{Series, series};
use crate::analyses::Ask;
use crate::dataset::Dataset;
use crate::stats::control_chart::limits::Limits;
use crate::stats::control_chart::phases::{Phase, Plan};
use crate::stats::control_chart::rules::Rule;
use crate::stats::control_chart::stability::{Stability, Tally, judge};
use crate::units::Period;

/// One point.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Dot {
    /// What is drawn.
    pub(super) value: Option<f64>,
    /// Its limits.
    pub(super) limits: Limits,
    /// The limits by theory alone, where those in force are Laney's.
    pub(super) theory: Option<Limits>,
    /// Distance from the centre in sigma.
    pub(super) z: f64,
    /// The rules whose pattern it completes.
    pub(super) rules: Vec<Rule>,
}

/// One chart.
pub(super) struct Charted {
    /// The samples.
    pub(super) series: Series,
    /// Its fit.
    pub(super) fit: Fit,
    /// Points the limits come from.
    pub(super) baseline: usize,
    /// The points, in order.
    pub(super) dots: Vec<Dot>,
    /// False signals chance alone would give.
    pub(super) expected: f64,
    /// What the signals amount to.
    pub(super) stability: Stability,
}

impl Charted {
    fn new(series: Series, params: &Params) -> Option<Self> {
        let n = series.samples.len();
        let baseline = params.baseline_points.unwrap_or(n).min(n);
        let fit = Fit::new(series.kind, series.samples.get(..baseline)?, params.estimator)?;
        let mut rules = params.rules();
        rules.retain(|rule| !(fit.is_skewed() && rule.is_of_zones()));
        let z: Vec<f64> = series.samples.iter().map(|sample| fit.z(sample)).collect();
        let whole = [Phase { points: 0..n, baseline: (0..baseline).collect(), limits: () }];
        let named = Plan::default().completed(&whole, &z, &rules);
        let tally = |&rule: &Rule| Tally {
            signals: named.iter().filter(|named| named.contains(&rule)).count(),
            expected: rule.expected_false_signals(n),
        };
        let tallies: Vec<Tally> = rules.iter().map(tally).collect();
        let dots = series.samples.iter().zip(z).zip(named).map(|((sample, z), rules)| Dot {
            value: fit.statistic(sample),
            limits: fit.limits(sample.size),
            theory: fit.theory(sample.size),
            z,
            rules,
        });
        Some(Self {
            dots: dots.collect(),
            expected: tallies.iter().map(|tally| tally.expected).sum(),
            stability: judge(&tallies),
            fit,
            baseline,
            series,
        })
    }

    /// Whether the limits come from all points.
    pub(super) fn trial(&self) -> bool {
        self.baseline == self.dots.len()
    }

    /// Points that complete a rule.
    pub(super) fn signals(&self) -> usize {
        self.dots.iter().filter(|dot| !dot.rules.is_empty()).count()
    }

    /// The last point that completes a rule, with the first of its rules.
    pub(super) fn last_signal(&self) -> Option<(usize, Rule)> {
        let mut named =
            self.dots.iter().enumerate().filter_map(|(i, d)| Some((i, *d.rules.first()?)));
        named.next_back()
    }

    /// Whether more is worse: of counts it is, of what lies between events it is better.
    pub(super) const fn higher_is_worse(&self) -> bool {
        !matches!(self.series.kind, Kind::G | Kind::T)
    }
}

/// Everything the section is written from.
pub(super) struct Computed {
    /// The charts.
    pub(super) charts: Vec<Charted>,
    /// Confidence level.
    pub(super) level: f64,
    /// The period of the report.
    pub(super) period: Period,
}

impl Computed {
    /// `None` where no series makes a chart.
    pub(super) fn new(data: &Dataset, params: &Params, ask: &Ask) -> Option<Self> {
        let all = series(data, params).into_iter();
        let charts: Vec<Charted> = all.filter_map(|s| Charted::new(s, params)).collect();
        let (level, period) = (ask.confidence, data.period);
        (!charts.is_empty()).then_some(Self { charts, level, period })
    }

    /// Signals over all charts.
    pub(super) fn signals(&self) -> usize {
        self.charts.iter().map(Charted::signals).sum()
    }

    /// False signals chance alone would give on all charts.
    pub(super) fn expected(&self) -> f64 {
        self.charts.iter().map(|chart| chart.expected).sum()
    }
}
