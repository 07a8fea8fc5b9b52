//! Capability without a distribution: the percentiles of the values themselves.

use crate::stats::Unestimable;
use crate::stats::capability::nonnormal::fit::ISO_SHARES;
use crate::stats::capability::{Beyond, Indices, Specification};
use crate::stats::summary::quantile::{Definition, quantile};

/// What the values say by themselves; for skewed values to be read before any index.
#[derive(Clone, Debug, PartialEq)]
pub struct Empirical {
    /// Median.
    pub median: f64,
    /// 85th percentile.
    pub p85: f64,
    /// 95th percentile.
    pub p95: f64,
    /// 0.135, 50 and 99.865 % points; beyond the outermost values these stand in.
    pub quantiles: [f64; 3],
    /// Indices from these points, unless two of them are the same.
    pub indices: Result<Indices, Unestimable>,
    /// Shares of the values beyond the limits.
    pub observed: Beyond,
}

/// The percentiles of `values` (any order) and their indices. Percentiles are read at (n + 1)p,
/// the definition of Minitab and of ISO 22514-2's estimate.
///
/// # Errors
/// No values.
pub fn empirical(values: &[f64], spec: &Specification) -> Result<Empirical, Unestimable> {
    let none = Unestimable::TooFew { needed: 1, got: 0 };
    let observed = Beyond::observed(values, spec).ok_or(none.clone())?;
    let mut sorted = values.to_vec();
    sorted.sort_by(f64::total_cmp);
    let at = |p| quantile(&sorted, p, Definition::R6).ok_or(none.clone());
    let quantiles = [at(ISO_SHARES[0])?, at(ISO_SHARES[1])?, at(ISO_SHARES[2])?];
    Ok(Empirical {
        median: quantiles[1],
        p85: at(0.85)?,
        p95: at(0.95)?,
        quantiles,
        indices: Indices::percentile(quantiles, spec),
        observed,
    })
}
