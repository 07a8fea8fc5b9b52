//! Capability of a process that is measured: within subgroups, between them, and overall.

use super::interval::{bissell, bissell_lower, chi_square, one_sided_exact};
use super::target::{TargetIndices, accuracy, target_indices};
use super::{Beyond, Indices, Specification};
use crate::stats::control_chart::individuals::{self, SigmaMethod::MeanMovingRange};
use crate::stats::control_chart::subgroups::{
    SigmaMethod, Subgroup, grand_mean, overall_sigma, sigma, summarise,
};
use crate::stats::interval::Bounds;
use crate::stats::{Unestimable, count};

/// Measured values in the order they were taken.
#[derive(Clone, Copy, Debug)]
pub enum Sample<'a> {
    /// One at a time: sigma within comes from moving ranges.
    Individuals(&'a [f64]),
    /// In rational subgroups, of any sizes.
    Subgroups(&'a [Vec<f64>]),
}

/// Location and spread of a normal process, its indices, and what to expect beyond the limits.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Normal {
    /// Standard deviation, in the unit of the values.
    pub sigma: f64,
    /// Indices with it.
    pub indices: Indices,
    /// Shares expected beyond the limits.
    pub beyond: Beyond,
}

impl Normal {
    /// Of a process with `mean` and `sigma`.
    ///
    /// # Errors
    /// A sigma of 0.
    pub fn of(mean: f64, sigma: f64, spec: &Specification) -> Result<Self, Unestimable> {
        let indices = Indices::normal(mean, sigma, spec)?;
        Ok(Self { sigma, indices, beyond: Beyond::normal(mean, sigma, spec) })
    }
}

/// Overall capability: what the process did, with the intervals that belong to it.
#[derive(Clone, Debug, PartialEq)]
pub struct Overall {
    /// Pp, Ppl, Ppu, Ppk with the standard deviation of all values.
    pub normal: Normal,
    /// Chi-square interval of Pp.
    pub pp_bounds: Option<Bounds>,
    /// Bissell's interval of Ppk.
    pub ppk_bounds: Option<Bounds>,
    /// Bissell's one-sided lower bound of Ppk.
    pub ppk_lower: Option<f64>,
    /// Exact interval of the smaller one-sided index.
    pub one_sided_bounds: Option<Bounds>,
    /// Cpm in its definitions.
    pub target: Result<TargetIndices, Unestimable>,
    /// Ca = (x̄ − T) / half the width of the specification; see [`super::grade`].
    pub accuracy: Option<f64>,
}

/// Capability within subgroups: what the process could do, were only short-term causes left.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Within {
    /// Cp, Cpl, Cpu, Cpk with sigma within.
    pub normal: Normal,
    /// Degrees of freedom of the pooled standard deviation; absent where sigma comes from ranges
    /// or from the mean of deviations.
    pub df: Option<usize>,
    /// Chi-square interval of Cp with those degrees of freedom.
    pub cp_bounds: Option<Bounds>,
}

/// Variation between subgroups and within them, put together.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct BetweenWithin {
    /// Sigma between subgroups, 0 where means vary no more than their values explain.
    pub between: f64,
    /// Sigma within.
    pub within: f64,
    /// Capability with √(between² + within²).
    pub normal: Normal,
}

/// Capability of a measured process.
#[derive(Clone, Debug, PartialEq)]
pub struct Capability {
    /// Values.
    pub n: usize,
    /// Their mean.
    pub mean: f64,
    /// Pp and Ppk.
    pub overall: Overall,
    /// Cp and Cpk, or why they are withheld.
    pub within: Result<Within, Unestimable>,
    /// Between/within capability, or why there is none.
    pub between_within: Result<BetweenWithin, Unestimable>,
    /// Shares of the values beyond the limits.
    pub observed: Beyond,
}

/// How capability is assessed.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Terms {
    /// How sigma within is estimated from subgroups; moving ranges of individuals are read by
    /// their mean over d₂.
    pub method: SigmaMethod,
    /// Two-sided level of the intervals.
    pub level: f64,
    /// Points the control chart's rules named: with any, Cp, Cpk and what is between are withheld.
    pub signals: usize,
}

impl Default for Terms {
    fn default() -> Self {
        Self { method: SigmaMethod::PooledUnbiased, level: 0.95, signals: 0 }
    }
}

/// Assesses `sample` against `spec`.
///
/// # Errors
/// Fewer than two values, a value that is no number, or values that are all the same.
pub fn assess(
    sample: Sample<'_>,
    spec: &Specification,
    terms: Terms,
) -> Result<Capability, Unestimable> {
    let (groups, values) = match sample {
        Sample::Individuals(x) => (summarise(&[x])?, x.to_vec()),
        Sample::Subgroups(groups) => (summarise(groups)?, groups.concat()),
    };
    let few = Unestimable::TooFew { needed: 2, got: values.len() };
    let mean = grand_mean(&groups).ok_or(few.clone())?;
    let stable = match terms.signals {
        0 => Ok(()),
        signals => Err(Unestimable::Unstable { signals }),
    };
    let (sd, _) = overall_sigma(&groups)?;
    Ok(Capability {
        n: values.len(),
        mean,
        overall: overall(values.len(), mean, sd, spec, terms.level)?,
        within: stable.clone().and_then(|()| match sample {
            Sample::Individuals(x) => of_individuals(x, mean, spec),
            Sample::Subgroups(_) => of_subgroups(&groups, mean, spec, terms),
        }),
        between_within: stable.and_then(|()| match sample {
            Sample::Individuals(_) => Err(Unestimable::Outside("individuals have no subgroups")),
            Sample::Subgroups(_) => between_within(&groups, mean, spec, terms.method),
        }),
        observed: Beyond::observed(&values, spec).ok_or(few)?,
    })
}

fn overall(
    n: usize,
    mean: f64,
    sd: f64,
    spec: &Specification,
    level: f64,
) -> Result<Overall, Unestimable> {
    let normal = Normal::of(mean, sd, spec)?;
    let (total, df) = (count(n), count(n) - 1.0);
    let least = normal.indices.least();
    Ok(Overall {
        pp_bounds: normal.indices.potential.and_then(|pp| chi_square(pp, df, level)),
        ppk_bounds: least.and_then(|ppk| bissell(ppk, total, df, level)),
        ppk_lower: least.and_then(|ppk| bissell_lower(ppk, total, df, level)),
        one_sided_bounds: least.and_then(|ppk| one_sided_exact(ppk, total, df, level)),
        target: target_indices(n, mean, sd, spec, level),
        accuracy: accuracy(mean, spec),
        normal,
    })
}

fn of_individuals(x: &[f64], mean: f64, spec: &Specification) -> Result<Within, Unestimable> {
    let normal = Normal::of(mean, individuals::sigma(x, MeanMovingRange)?, spec)?;
    Ok(Within { normal, df: None, cp_bounds: None })
}

fn of_subgroups(
    groups: &[Subgroup],
    mean: f64,
    spec: &Specification,
    terms: Terms,
) -> Result<Within, Unestimable> {
    let normal = Normal::of(mean, sigma(groups, terms.method)?, spec)?;
    // Ranges and single deviations hold less than the pooled variance does: its degrees of freedom
    // would promise too narrow an interval.
    let pooled = matches!(terms.method, SigmaMethod::Pooled | SigmaMethod::PooledUnbiased);
    let df = pooled.then(|| groups.iter().map(|group| group.n - 1).sum());
    let bounds = |(cp, df): (f64, usize)| chi_square(cp, count(df), terms.level);
    Ok(Within { normal, df, cp_bounds: normal.indices.potential.zip(df).and_then(bounds) })
}

/// Sigma between is read from the moving ranges of the means, less what the values within explain:
/// σ²between = max(0, (`M̄R̄` / d₂)² − σ²within · mean of 1/n). Source: Minitab, "Methods and formulas
/// for between/within capability"; with unequal sizes the harmonic mean size.
fn between_within(
    groups: &[Subgroup],
    mean: f64,
    spec: &Specification,
    method: SigmaMethod,
) -> Result<BetweenWithin, Unestimable> {
    let within = sigma(groups, method)?;
    let means: Vec<f64> = groups.iter().map(|group| group.mean).collect();
    let shares: f64 = groups.iter().map(|group| 1.0 / count(group.n)).sum();
    let explained = within * within * shares / count(groups.len());
    let between =
        (individuals::sigma(&means, MeanMovingRange)?.powi(2) - explained).max(0.0).sqrt();
    let normal = Normal::of(mean, between.hypot(within), spec)?;
    Ok(BetweenWithin { between, within, normal })
}
