//! Every characteristic with its chart, its capability, and what changed.

use super::ability::{self, Ability, ENOUGH};
use super::chart::{Change, Charted};
use super::gage::{Gage, Gages};
use super::params::Params;
use super::read::{Series, series};
use crate::analyses::Ask;
use crate::dataset::Dataset;
use crate::records::{Col, TableKind, fold};
use crate::stats::capability::Specification;
use crate::stats::control_chart::mean_shift::{Shift, likeliest};
use crate::stats::interval::{self, Bounds, Estimate, difference};
use crate::stats::summary::autocorrelation::{lag1, white_noise_limit};
use crate::stats::summary::moments::Moments;
use crate::units::{Day, Month, Period};

/// One characteristic.
pub(super) struct Ctq {
    /// The measurements.
    pub(super) series: Series,
    /// Its name on the page.
    pub(super) name: Option<String>,
    /// Its control chart.
    pub(super) charted: Charted,
    /// The values of the current phase, in order.
    pub(super) values: Vec<f64>,
    /// Capability, where there is a specification.
    pub(super) ability: Option<Ability>,
    /// Mean of the current phase.
    pub(super) mean: Option<Estimate>,
    /// Ppk now less before, with its interval.
    pub(super) change: Option<Estimate>,
    /// The likeliest change of the mean in the current phase.
    pub(super) shift: Option<Shift>,
    /// Lag-1 autocorrelation of the current phase, where it is beyond that of independent values.
    pub(super) follows: Option<f64>,
    /// Whether the measurement was verified.
    pub(super) gage: Gage,
    /// First point that is new: of the newest month, or the newest point where nothing is dated.
    pub(super) new_from: usize,
}

impl Ctq {
    /// The newest signals: place or spread, point, rule.
    pub(super) fn new_signals(&self) -> usize {
        self.charted.signals(self.new_from)
    }
}

/// Everything the section is written from.
pub(super) struct Computed {
    /// The characteristics, by name.
    pub(super) ctqs: Vec<Ctq>,
    /// What Ppk should be.
    pub(super) target: f64,
    /// Confidence level.
    pub(super) level: f64,
    /// Adjusted p-value below which a change of a mean is said.
    pub(super) act_alpha: f64,
    /// Shift between long-term and short-term sigma.
    pub(super) shift: f64,
    /// Characteristics drawn in full.
    pub(super) shown: usize,
    /// Characteristics with too few values for a chart.
    pub(super) too_few: Vec<Option<String>>,
    /// The period of the report.
    pub(super) period: Period,
}

impl Computed {
    /// `None` where no characteristic has values for a chart.
    pub(super) fn new(data: &Dataset, params: &Params, ask: &Ask) -> Option<Self> {
        let all = series(data, params.chart);
        let gages = Gages::new(data);
        let days = || all.iter().flat_map(|s| s.samples.iter().filter_map(|sample| sample.day));
        let newest = days().max().map(Day::month);
        let names = names(&all);
        let only = names.len() == 1;
        let (mut ctqs, mut too_few) = (Vec::new(), Vec::new());
        for (series, name) in all.into_iter().zip(names) {
            let changes = changes(data, series.scope.step.as_deref());
            let gage = gages.of(series.scope.characteristic.as_deref(), only);
            match Charted::new(&series, &changes, params) {
                Some(charted) => ctqs.push(ctq((series, name), charted, gage, newest, ask)),
                None => too_few.push(name),
            }
        }
        (!ctqs.is_empty()).then(|| Self {
            shown: ctqs.len().min(params.limit()),
            ctqs,
            target: params.target(),
            level: ask.confidence,
            act_alpha: ask.act_alpha,
            shift: ask.sigma_shift,
            too_few,
            period: data.period,
        })
    }

    /// New signals over all characteristics.
    pub(super) fn new_signals(&self) -> usize {
        self.ctqs.iter().map(Ctq::new_signals).sum()
    }

    /// Signals over all characteristics.
    pub(super) fn signals(&self) -> usize {
        self.ctqs.iter().map(|ctq| ctq.charted.signals(0)).sum()
    }

    /// False signals chance alone would give on all charts.
    pub(super) fn expected(&self) -> f64 {
        self.ctqs.iter().map(|ctq| ctq.charted.expected).sum()
    }

    /// Characteristics of which Ppk is known to lie below 1.
    pub(super) fn incapable(&self) -> impl Iterator<Item = (usize, &Ctq)> {
        let below = |ctq: &Ctq| ctq.ability.as_ref().is_some_and(|a| a.ppk.bounds.high < 1.0);
        self.ctqs.iter().enumerate().filter(move |(_, ctq)| below(ctq))
    }
}

/// The name of each series: its characteristic, with what tells it from its like.
fn names(all: &[Series]) -> Vec<Option<String>> {
    let several = |series: &Series| {
        let same = |other: &&Series| other.scope.characteristic == series.scope.characteristic;
        all.iter().filter(same).count() > 1
    };
    let name = |series: &Series| {
        let scope = &series.scope;
        let step =
            scope.step.as_ref().filter(|_| several(series) || scope.characteristic.is_none());
        let parts = [scope.characteristic.as_ref(), step, scope.phase.as_ref()];
        let parts: Vec<&str> = parts.into_iter().flatten().map(String::as_str).collect();
        (!parts.is_empty()).then(|| parts.join(" · "))
    };
    all.iter().map(name).collect()
}

/// The recorded interventions at a step, in order of time.
fn changes(data: &Dataset, step: Option<&str>) -> Vec<Change> {
    let (Some(table), Some(step)) = (data.table(TableKind::Projects), step) else {
        return Vec::new();
    };
    let here = |row: usize| table.text(Col::Step, row).is_some_and(|own| fold(own) == fold(step));
    let change = |row: usize| {
        let name = table.text(Col::ProjectName, row).or_else(|| table.text(Col::ProjectId, row))?;
        let day = table.day(Col::Intervention, row).filter(|&day| day <= data.until())?;
        (!name.trim().is_empty()).then(|| (day, name.to_owned()))
    };
    let mut out: Vec<Change> = (0..table.len()).filter(|&r| here(r)).filter_map(change).collect();
    out.sort();
    out
}

fn ctq(
    (series, name): (Series, Option<String>),
    charted: Charted,
    gage: Gage,
    newest: Option<Month>,
    ask: &Ask,
) -> Ctq {
    let current = charted.current();
    let values = values(&series, current.clone());
    let limits = series.limits;
    let spec = Specification::new(limits.lsl, limits.target, limits.usl).ok();
    let ability = spec.and_then(|spec| Ability::new(&series, &charted, spec, ask.confidence));
    let change = ability.as_ref().and_then(|a| change(&series, &charted, a, ask.confidence));
    let means: Vec<f64> =
        charted.place.get(current).unwrap_or_default().iter().filter_map(|d| d.value).collect();
    let limit = white_noise_limit(means.len(), 0.99);
    let shift = likeliest(&means, ask.confidence);
    let follows = lag1(&steadied(&means, shift, ask.act_alpha))
        .ok()
        .filter(|r| limit.is_some_and(|limit| r.abs() > limit));
    let mean = interval::mean(&Moments::of(&values), ask.confidence).ok();
    let new = |day: Day| newest.is_some_and(|month| day.month() == month);
    let dated = series.samples.iter().position(|sample| sample.day.is_some_and(new));
    let last = series.samples.len().saturating_sub(usize::from(!series.dated));
    Ctq {
        new_from: dated.unwrap_or(last),
        series,
        name,
        charted,
        values,
        ability,
        mean,
        change,
        shift,
        follows: follows.filter(|_| means.len() >= ENOUGH),
        gage,
    }
}

/// The points about their mean before a change of it and since: a step is no autocorrelation.
fn steadied(means: &[f64], shift: Option<Shift>, alpha: f64) -> Vec<f64> {
    let Some(Shift { at, test, .. }) = shift.filter(|shift| shift.p < alpha) else {
        return means.to_vec();
    };
    let of = |i: usize| if i < at { test.second_mean.unwrap_or(test.mean) } else { test.mean };
    means.iter().enumerate().map(|(i, x)| x - of(i)).collect()
}

fn values(series: &Series, points: std::ops::Range<usize>) -> Vec<f64> {
    let samples = series.samples.get(points).unwrap_or_default();
    samples.iter().flat_map(|sample| sample.values.iter().copied()).collect()
}

/// Ppk since the last recorded change less Ppk before it, or after the baseline less in it.
fn change(series: &Series, charted: &Charted, ability: &Ability, level: f64) -> Option<Estimate> {
    let current = charted.current();
    let (before, after) = if let Some(earlier) = charted.phases.iter().rev().nth(1) {
        (earlier.points.clone(), current)
    } else {
        let end = current.start + charted.phases.last()?.baseline.len();
        (current.start..end, end..current.end)
    };
    let of = |points| {
        let values = values(series, points);
        let enough = values.len() >= ENOUGH;
        enough.then(|| ability::ppk(&values, &ability.spec, ability.model(), level)).flatten()
    };
    let (before, after) = (of(before)?, of(after)?);
    let Bounds { low, high } = difference(after, before);
    Some(Estimate { value: after.value - before.value, bounds: Bounds { low, high } })
}
