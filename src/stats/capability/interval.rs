//! How far an index of capability may be off: intervals for the process behind the sample.
//!
//! All assume independent normal values. With sigma within subgroups its degrees of freedom stand
//! in for n − 1.

use super::Specification;
use crate::stats::count;
use crate::stats::interval::Bounds;
use crate::stats::special::{gamma, noncentral_t, normal};

/// Interval of Cp or Pp: Ĉp √(χ² / df) at both ends of the chi-square distribution.
///
/// `df` degrees of freedom of sigma; two-sided `level`. `None` without degrees of freedom or with
/// a level outside (0, 1). Source: S. Kotz and N. Johnson, *Process Capability Indices*, 2.3.
#[must_use]
pub fn chi_square(index: f64, df: f64, level: f64) -> Option<Bounds> {
    let end = |p| Some(index * (gamma::chi_square_quantile(df, p)? / df).sqrt());
    let tail = (1.0 - level) / 2.0;
    Some(Bounds { low: end(tail)?, high: end(1.0 - tail)? })
}

/// Bissell's approximate interval of Cpk or Ppk: Ĉpk ± z √(1 / 9n + Ĉpk² / 2df).
///
/// `n` values in the mean, `df` degrees of freedom of sigma. `None` without either.
/// Source: A. Bissell, Applied Statistics 39 (1990).
#[must_use]
pub fn bissell(index: f64, n: f64, df: f64, level: f64) -> Option<Bounds> {
    let half = normal::quantile(f64::midpoint(1.0, level))? * bissell_error(index, n, df)?;
    Some(Bounds { low: index - half, high: index + half })
}

/// Bissell's lower bound of Cpk or Ppk, one-sided at `level`: what may be claimed.
#[must_use]
pub fn bissell_lower(index: f64, n: f64, df: f64, level: f64) -> Option<f64> {
    Some(index - normal::quantile(level)? * bissell_error(index, n, df)?)
}

fn bissell_error(index: f64, n: f64, df: f64) -> Option<f64> {
    (n > 0.0 && df > 0.0).then(|| (1.0 / (9.0 * n)).sqrt().hypot(index / (2.0 * df).sqrt()))
}

/// Interval of the share of a normal process beyond its limits: each tail's exact interval by
/// [`one_sided_exact`], added. With two limits each tail is taken at 1 − (1 − level) / 2
/// (Bonferroni), so that the sum holds the level at least.
///
/// `n` values with `mean` and overall standard deviation `sd`; `None` below two values, or for a
/// sigma of 0.
#[must_use]
pub fn exceedance(
    mean: f64,
    sd: f64,
    n: usize,
    spec: &Specification,
    level: f64,
) -> Option<Bounds> {
    let distances = [spec.lower().map(|lsl| mean - lsl), spec.upper().map(|usl| usl - mean)];
    let level = if spec.both().is_some() { f64::midpoint(1.0, level) } else { level };
    let (total, df) = (count(n), count(n.checked_sub(1)?));
    distances.into_iter().flatten().try_fold(Bounds { low: 0.0, high: 0.0 }, |sum, distance| {
        let index = one_sided_exact(distance / (3.0 * sd), total, df, level)?;
        let beyond = |index: f64| normal::cdf(-3.0 * index);
        Some(Bounds { low: sum.low + beyond(index.high), high: sum.high + beyond(index.low) })
    })
}

/// Exact interval of a one-sided index (Cpl, Cpu): 3√n Ĉ is noncentral t with noncentrality
/// 3√n C. For Cpk, where the other limit is far, it holds too.
///
/// `None` below two values. Source: Y. Chou, D. Owen and S. Borrego, Journal of Quality
/// Technology 22 (1990); the limits by direct integration, see
/// [`crate::stats::special::noncentral_t`].
#[must_use]
pub fn one_sided_exact(index: f64, n: f64, df: f64, level: f64) -> Option<Bounds> {
    let scale = 3.0 * n.sqrt();
    let tail = (1.0 - level) / 2.0;
    let end = |p| Some(noncentral_t::noncentrality(p, index * scale, df)? / scale);
    Some(Bounds { low: end(1.0 - tail)?, high: end(tail)? })
}
