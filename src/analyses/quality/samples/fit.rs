//! Limits of each kind of chart, and how far each point lies from the centre.

use super::params::{Estimator, Kind};
use super::read::{Sample, Series};
use crate::stats::control_chart::attribute_chart::{self as attribute, Point, sigma_z, test};
use crate::stats::control_chart::constants::Constants;
use crate::stats::control_chart::dispersion::{Dispersion, Spread};
use crate::stats::control_chart::limits::Limits;
use crate::stats::control_chart::rare_events::g_chart::{self, Support};
use crate::stats::control_chart::rare_events::t_chart::{self, NELSON, Transformed, Weibull};
use crate::stats::special::normal;

/// Limits lie so many sigma from the centre, or have the tails of so many.
pub(super) const WIDTH: f64 = 3.0;
/// Dispersion is taken for real below this p-value.
const DISPERSION_ALPHA: f64 = 0.01;

/// A fitted chart.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Fit {
    /// Counts: the chart, and the test of dispersion of its baseline.
    Counts(attribute::Chart, Option<Dispersion>),
    /// One pair of limits for all points, on a skewed scale.
    Skewed(Limits, Estimator),
    /// Limits by a transform under which times are nearly normal.
    Nelson(Transformed),
}

impl Fit {
    /// Of a baseline; `None` where it cannot be fitted.
    pub(super) fn new(kind: Kind, base: &[Sample], asked: Option<Estimator>) -> Option<Self> {
        let counts: Vec<f64> = base.iter().map(|sample| sample.count).collect();
        let tail = normal::cdf(-WIDTH);
        match (kind, asked) {
            (Kind::G, Some(Estimator::Sigma)) => {
                let chart = g_chart::chart(&counts, Support::FromZero, WIDTH).ok()?;
                Some(Self::Skewed(chart.sigma_limits, Estimator::Sigma))
            }
            (Kind::G, _) => {
                let chart = g_chart::chart(&counts, Support::FromZero, WIDTH).ok()?;
                Some(Self::Skewed(chart.probability_limits, Estimator::Probability))
            }
            (Kind::T, Some(by @ (Estimator::Exponential | Estimator::Weibull))) => {
                let exponential = by == Estimator::Exponential;
                let law = if exponential { Weibull::exponential } else { Weibull::fit };
                Some(Self::Skewed(law(&counts).ok()?.limits(tail).ok()?, by))
            }
            (Kind::T, _) => t_chart::transformed(&counts, NELSON, WIDTH).ok().map(Self::Nelson),
            _ => attribute(kind, base),
        }
    }

    /// The limits at a size.
    pub(super) fn limits(&self, size: f64) -> Limits {
        match self {
            Self::Counts(chart, _) => chart.limits(size, WIDTH),
            Self::Skewed(limits, _) => *limits,
            Self::Nelson(found) => found.limits,
        }
    }

    /// The limits theory alone would give, where those in force are Laney's.
    pub(super) fn theory(&self, size: f64) -> Option<Limits> {
        match self {
            Self::Counts(chart, _) if chart.factor > 1.0 => {
                Some(chart.widened(1.0).limits(size, WIDTH))
            }
            _ => None,
        }
    }

    /// What is drawn of a sample.
    pub(super) fn statistic(&self, sample: &Sample) -> Option<f64> {
        match self {
            Self::Counts(chart, _) => chart.statistic(point(sample)),
            _ => Some(sample.count),
        }
    }

    /// Distance of a sample from the centre in sigma; on a skewed scale in thirds of the way to
    /// the limit on its side. Beyond 3 exactly where it is beyond its limits.
    pub(super) fn z(&self, sample: &Sample) -> f64 {
        let Some(value) = self.statistic(sample) else { return 0.0 };
        let limits = self.limits(sample.size);
        let raw = match self {
            Self::Counts(chart, _) => chart.z(point(sample)),
            Self::Nelson(found) => nelson_z(found, value),
            Self::Skewed(..) => skewed_z(limits, value),
        };
        match (limits.excludes(value), raw.abs() > WIDTH) {
            (true, false) => f64::INFINITY.copysign(value - limits.center),
            (false, true) => WIDTH.copysign(raw),
            _ => raw,
        }
    }

    /// Whether the scale is skewed, so that rules of zones do not hold.
    pub(super) const fn is_skewed(&self) -> bool {
        matches!(self, Self::Skewed(..))
    }

    /// What the test of dispersion says.
    pub(super) fn spread(&self) -> Option<Spread> {
        match self {
            Self::Counts(_, test) => test.map(|test| test.spread(DISPERSION_ALPHA)),
            _ => None,
        }
    }

    /// Factor on sigma: 1, or Laney's.
    pub(super) const fn factor(&self) -> f64 {
        match self {
            Self::Counts(chart, _) => chart.factor,
            _ => 1.0,
        }
    }
}

const fn point(sample: &Sample) -> Point {
    Point { count: sample.count, size: sample.size }
}

fn attribute(kind: Kind, base: &[Sample]) -> Option<Fit> {
    let kind = match kind {
        Kind::P => attribute::Kind::P,
        Kind::Np => attribute::Kind::Np,
        Kind::C => attribute::Kind::C,
        _ => attribute::Kind::U,
    };
    let points: Vec<Point> = base.iter().map(point).collect();
    let theory = attribute::Chart::fit(kind, &points)?;
    let dispersion = test(&theory, &points);
    let more = dispersion.is_some_and(|d| d.spread(DISPERSION_ALPHA) == Spread::More);
    let factor = if more { sigma_z(&theory, &points).unwrap_or(1.0).max(1.0) } else { 1.0 };
    Some(Fit::Counts(theory.widened(factor), dispersion))
}

fn nelson_z(found: &Transformed, value: f64) -> f64 {
    let sigma = Constants::of(2).map_or(0.0, |pair| found.mean_moving_range / pair.d2);
    if sigma > 0.0 { (value.powf(NELSON) - found.mean) / sigma } else { 0.0 }
}

fn skewed_z(limits: Limits, value: f64) -> f64 {
    let distance = value - limits.center;
    let way = if distance < 0.0 { limits.center - limits.lcl } else { limits.ucl - limits.center };
    if way > 0.0 { WIDTH * distance / way } else { 0.0 }
}

/// The pooled rate of samples: events, and what they were counted on.
pub(super) fn pooled(series: &Series) -> (f64, f64) {
    let of = |f: fn(&Sample) -> f64| series.samples.iter().map(f).sum();
    (of(|s| s.count), of(|s| s.size))
}
