//! How far an index of capability may be off: intervals for the process behind the sample.
//!
//! All assume independent normal values. With sigma within subgroups its degrees of freedom stand
//! in for n − 1.

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
