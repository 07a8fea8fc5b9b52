//! From a series to its control chart: limits by phase, and the rules each point completes.

use super::params::{Chart as Kind, Params};
use super::read::{Sample, Series};
use crate::stats::control_chart::individuals;
use crate::stats::control_chart::limits::Limits;
use crate::stats::control_chart::phases::{Phase, Plan, Start, divide};
use crate::stats::control_chart::rules::Rule;
use crate::stats::control_chart::stability::{Stability, Tally, judge};
use crate::stats::control_chart::subgroups::{
    self, Center, Subgroup, grand_mean, mean_limits, range_limits, sd_limits,
};
use crate::units::Day;

/// Limits lie so many sigma from the centre.
pub(super) const WIDTH: f64 = 3.0;
/// A phase of fewer points has no limits of its own.
const PHASE: usize = 8;
/// Subgroups up to this size are charted by their ranges, larger ones by standard deviations.
const RANGES: usize = 8;

/// What the limits of a phase come from.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Fit {
    /// Mean of the baseline.
    pub(super) center: f64,
    /// Sigma of single values within subgroups.
    pub(super) sigma: f64,
}

/// One point of a chart.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Dot {
    /// What is drawn; absent where there is no spread to draw.
    pub(super) value: Option<f64>,
    /// Its limits.
    pub(super) limits: Option<Limits>,
    /// Distance from the centre in sigma of the chart.
    pub(super) z: f64,
    /// The rules whose pattern it completes.
    pub(super) rules: Vec<Rule>,
}

/// How sigma within was estimated.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Sigma {
    /// From successive values.
    Moving(individuals::SigmaMethod),
    /// From subgroups.
    Within(subgroups::SigmaMethod),
}

/// The pair of charts of a series.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Charted {
    /// Which pair.
    pub(super) kind: Kind,
    /// How sigma within was estimated.
    pub(super) sigma: Sigma,
    /// The phases.
    pub(super) phases: Vec<Phase<Option<Fit>>>,
    /// Why each later phase began.
    pub(super) plan: Plan,
    /// Values or means.
    pub(super) place: Vec<Dot>,
    /// Moving ranges, ranges or standard deviations.
    pub(super) spread: Vec<Dot>,
    /// Whether the limits of the last phase come from all its points.
    pub(super) trial: bool,
    /// False signals chance alone would give on both charts.
    pub(super) expected: f64,
    /// What the signals of the last phase amount to.
    pub(super) stability: Stability,
}

/// A recorded change of the process: its day, and why a phase begins there.
pub(super) type Change = (Day, String);

impl Charted {
    /// `None` where no limits can be fitted.
    pub(super) fn new(series: &Series, changes: &[Change], params: &Params) -> Option<Self> {
        let kind = kind(series, params);
        let plan = plan(series, changes, params);
        let phases = divide(&series.samples, &plan, |base| fit(base, kind, params)).ok()?;
        phases.iter().any(|phase| phase.limits.is_some()).then_some(())?;
        let rules = params.rules();
        let mut place = dots(series, &phases, |sample, _, fit| place(sample, fit));
        let z: Vec<f64> = place.iter().map(|dot| dot.z).collect();
        for (dot, rules) in place.iter_mut().zip(plan.completed(&phases, &z, &rules)) {
            dot.rules = rules;
        }
        let spread = dots(series, &phases, |sample, before, fit| spread(sample, before, fit, kind));
        let last = phases.last()?;
        let trial = last.baseline.len() == last.points.len();
        let sigma = match kind {
            Kind::Individuals => Sigma::Moving(params.individuals()),
            Kind::XbarR | Kind::XbarS => Sigma::Within(params.subgroups(kind)),
        };
        let mut charted = Self {
            kind,
            sigma,
            plan,
            place,
            spread,
            trial,
            expected: 0.0,
            stability: Stability::Quiet,
            phases,
        };
        let all = charted.phases.iter().map(|phase| charted.tallies(phase, &rules));
        charted.expected = all.flatten().map(|tally| tally.expected).sum();
        charted.stability = judge(&charted.tallies(charted.phases.last()?, &rules));
        Some(charted)
    }

    /// Signals of a phase by rule, those of the spread last, with what chance would give.
    fn tallies(&self, phase: &Phase<Option<Fit>>, rules: &[Rule]) -> Vec<Tally> {
        let place = self.place.get(phase.points.clone()).unwrap_or_default();
        let spread = self.spread.get(phase.points.clone()).unwrap_or_default();
        let of = |dots: &[Dot], rule: Rule| {
            let signals = dots.iter().filter(|dot| dot.rules.contains(&rule)).count();
            let points = dots.iter().filter(|dot| dot.value.is_some()).count();
            Tally { signals, expected: rule.expected_false_signals(points) }
        };
        let places = rules.iter().map(|&rule| of(place, rule));
        places.chain([of(spread, Rule::Beyond)]).collect()
    }

    /// The last phase: the process as it runs now.
    pub(super) fn current(&self) -> std::ops::Range<usize> {
        self.phases.last().map_or(0..0, |phase| phase.points.clone())
    }

    /// Points of either chart that complete a rule, from a point on.
    pub(super) fn signals(&self, from: usize) -> usize {
        let count = |dots: &[Dot]| dots.iter().skip(from).filter(|d| !d.rules.is_empty()).count();
        count(&self.place) + count(&self.spread)
    }
}

/// The pair that fits the data unless one is asked for.
fn kind(series: &Series, params: &Params) -> Kind {
    let sizes = || series.samples.iter().map(|sample| sample.values.len());
    match params.chart {
        Some(kind) if series.grouped || kind == Kind::Individuals => kind,
        _ if !series.grouped => Kind::Individuals,
        _ if sizes().min() == sizes().max() && sizes().max() <= Some(RANGES) => Kind::XbarR,
        _ => Kind::XbarS,
    }
}

/// Phases begin where a change was recorded and enough points lie on either side.
fn plan(series: &Series, changes: &[Change], params: &Params) -> Plan {
    let baseline = params.baseline(series.dated);
    let mut starts: Vec<Start> = Vec::new();
    for (day, reason) in changes {
        let from = |sample: &Sample| sample.day.is_some_and(|own| own >= *day);
        let Some(at) = series.samples.iter().position(from) else { continue };
        let before = starts.last().map_or(0, |start| start.at);
        if at >= before + PHASE && series.samples.len() >= at + PHASE {
            starts.push(Start { at, baseline, reason: reason.clone() });
        }
    }
    Plan { baseline, starts, exclusions: Vec::new() }
}

fn fit(base: &[Sample], kind: Kind, params: &Params) -> Option<Fit> {
    if kind == Kind::Individuals {
        let values: Vec<f64> = base.iter().filter_map(|s| s.values.first().copied()).collect();
        let chart = individuals::chart(&values, params.individuals(), WIDTH).ok()?;
        return Some(Fit { center: chart.individuals.center, sigma: chart.sigma });
    }
    let groups: Option<Vec<Subgroup>> = base.iter().map(|s| Subgroup::of(&s.values)).collect();
    let groups = groups?;
    let sigma = subgroups::sigma(&groups, params.subgroups(kind)).ok()?;
    Some(Fit { center: grand_mean(&groups)?, sigma })
}

/// The dots of every point; `of` gets the point, the one before it in its phase, and the fit.
fn dots(
    series: &Series,
    phases: &[Phase<Option<Fit>>],
    of: impl Fn(&Sample, Option<&Sample>, Fit) -> Option<Dot>,
) -> Vec<Dot> {
    let mut out = Vec::with_capacity(series.samples.len());
    for phase in phases {
        let samples = series.samples.get(phase.points.clone()).unwrap_or_default();
        for (i, sample) in samples.iter().enumerate() {
            let before = i.checked_sub(1).and_then(|i| samples.get(i));
            let dot = phase.limits.and_then(|fit| of(sample, before, fit));
            out.push(dot.unwrap_or_default());
        }
    }
    out
}

fn place(sample: &Sample, fit: Fit) -> Option<Dot> {
    let group = Subgroup::of(&sample.values)?;
    let limits = mean_limits(fit.center, group.n, fit.sigma, WIDTH);
    Some(dot(group.mean, limits))
}

fn spread(sample: &Sample, before: Option<&Sample>, fit: Fit, kind: Kind) -> Option<Dot> {
    let group = Subgroup::of(&sample.values)?;
    let (value, limits) = match kind {
        Kind::Individuals => {
            let last = before.and_then(|before| before.values.first())?;
            ((group.mean - last).abs(), range_limits(2, fit.sigma, WIDTH)?)
        }
        Kind::XbarR => (group.spread?.range, range_limits(group.n, fit.sigma, WIDTH)?),
        Kind::XbarS => (group.spread?.sd, sd_limits(group.n, fit.sigma, WIDTH, Center::PerSize)?),
    };
    let mut out = dot(value, limits);
    out.rules = if limits.excludes(value) { vec![Rule::Beyond] } else { Vec::new() };
    Some(out)
}

/// A point with its distance from the centre in thirds of the upper half-width. Where nothing
/// varied, whatever differs is infinitely far.
fn dot(value: f64, limits: Limits) -> Dot {
    let (distance, sigma) = (value - limits.center, (limits.ucl - limits.center) / WIDTH);
    let z = match (sigma > 0.0, limits.excludes(value)) {
        (true, true) => distance / sigma,
        // Rounding must not put a point on a limit beyond it.
        (true, false) => (distance / sigma).clamp(-WIDTH, WIDTH),
        (false, true) => f64::INFINITY.copysign(distance),
        (false, false) => 0.0,
    };
    Dot { value: Some(value), limits: Some(limits), z, rules: Vec::new() }
}
