//! Fisher's odds ratio as R prints it.
//!
//! R's `fisher.test` solves the equations of [`super::fisher`] by R. Brent's method with a tolerance
//! of 1.2e-4 in ω, or in 1/ω where ω > 1: the estimate is off in the sixth digit and a wide
//! interval's end by a percent. Reports made with it, and reference figures, carry that error. To be
//! shown beside the exact figures when the two are compared, never in place of them.
//!
//! Source: R. Brent, Algorithms for Minimization without Derivatives (1973), ch. 4, whose steps
//! decide where a coarse root comes to lie.

use super::alternative::Alternative;
use super::fisher::Cells;
use crate::stats::Unestimable;

/// The odds ratio and its interval to R's tolerance.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct AsPrinted {
    /// Conditional maximum likelihood estimate; absent where infinite.
    pub odds_ratio: Option<f64>,
    /// Lower end of its interval.
    pub low: Option<f64>,
    /// Upper end; absent where infinite.
    pub high: Option<f64>,
}

/// The figures R prints for `[[a, b], [c, d]]`.
///
/// # Errors
/// As [`super::fisher::fisher`].
pub fn as_printed(
    table: [[u64; 2]; 2],
    alternative: Alternative,
    level: f64,
) -> Result<AsPrinted, Unestimable> {
    let exact = super::fisher::fisher(table, alternative, level)?;
    let cells = Cells::of(table)?;
    let share =
        if alternative == Alternative::TwoSided { (1.0 - level) / 2.0 } else { 1.0 - level };
    // Where the exact figure is 0 or absent R says so too; only what is solved for is coarse.
    let coarse = |exact: Option<f64>, at_zero: f64, gap: &dyn Fn(f64) -> f64| {
        exact.map(|ratio| if ratio > 0.0 { root(at_zero, gap) } else { ratio })
    };
    Ok(AsPrinted {
        odds_ratio: coarse(exact.odds_ratio, -cells.seen, &|log| cells.mean(log) - cells.seen),
        low: coarse(exact.low, -share, &|log| cells.tails(log).1 - share),
        high: coarse(exact.high, 1.0 - share, &|log| cells.tails(log).0 - share),
    })
}

/// The ω at which `gap`, a function of ln ω that is `at_zero` for ω = 0, vanishes.
fn root(at_zero: f64, gap: &dyn Fn(f64) -> f64) -> f64 {
    let at_one = gap(0.0);
    if at_one == 0.0 {
        1.0
    } else if (at_zero > 0.0) == (at_one > 0.0) {
        1.0 / brent(f64::EPSILON, 1.0, |t| gap(-t.ln()))
    } else {
        brent(0.0, 1.0, |t| if t > 0.0 { gap(t.ln()) } else { at_zero })
    }
}

/// Brent's zero of `f` between `low` and `high`, to R's tolerance.
fn brent(low: f64, high: f64, f: impl Fn(f64) -> f64) -> f64 {
    let tolerance = f64::EPSILON.sqrt().sqrt();
    // Point and value: the last one, the best one, and one beyond the zero.
    let (mut last, mut best) = ((low, f(low)), (high, f(high)));
    let mut beyond = last;
    for _ in 0..1000 {
        let stride = best.0 - last.0;
        if beyond.1.abs() < best.1.abs() {
            (last, best, beyond) = (best, beyond, best);
        }
        let floor = 2.0 * f64::EPSILON * best.0.abs() + tolerance / 2.0;
        let half = (beyond.0 - best.0) / 2.0;
        if half.abs() <= floor || best.1 == 0.0 {
            break;
        }
        let mut step = half;
        if stride.abs() >= floor && last.1.abs() > best.1.abs() {
            let (p, q) = interpolated(last, best, beyond);
            let inside = p < 0.75 * (beyond.0 - best.0) * q - (floor * q).abs() / 2.0;
            if inside && p < (stride * q / 2.0).abs() {
                step = p / q;
            }
        }
        if step.abs() < floor {
            step = floor.copysign(step);
        }
        last = best;
        let next = best.0 + step;
        best = (next, f(next));
        if best.1 * beyond.1 > 0.0 {
            beyond = last;
        }
    }
    best.0
}

/// The step p / q of inverse quadratic, or linear, interpolation, with p ≥ 0.
#[expect(clippy::float_cmp, reason = "whether two points are the same one, not close")]
fn interpolated(last: (f64, f64), best: (f64, f64), beyond: (f64, f64)) -> (f64, f64) {
    let width = beyond.0 - best.0;
    let (p, q) = if last.0 == beyond.0 {
        let t = best.1 / last.1;
        (width * t, 1.0 - t)
    } else {
        let (q, t1, t2) = (last.1 / beyond.1, best.1 / beyond.1, best.1 / last.1);
        let p = t2 * (width * q * (q - t1) - (best.0 - last.0) * (t1 - 1.0));
        (p, (q - 1.0) * (t1 - 1.0) * (t2 - 1.0))
    };
    if p > 0.0 { (p, -q) } else { (-p, q) }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test")]
mod tests {
    use super::as_printed;
    use crate::stats::hypothesis::Alternative;

    /// The lady tasting tea as printed in the help page of `fisher.test`: 6.408309, 0.3135693 one-sided.
    #[test]
    fn the_lady_tasting_tea_as_printed() {
        let tea = [[3, 1], [1, 3]];
        let test = as_printed(tea, Alternative::Greater, 0.95).unwrap();
        assert!((test.odds_ratio.unwrap() - 6.408_309).abs() < 5e-7);
        assert!((test.low.unwrap() - 0.313_569_3).abs() < 5e-8, "{:?}", test.low);
        let both = as_printed(tea, Alternative::TwoSided, 0.95).unwrap();
        assert!((both.high.unwrap() - 621.933_750_5).abs() < 5e-7);
    }

    #[test]
    fn empty_cells_are_said_as_exactly() {
        let test = as_printed([[0, 10], [5, 5]], Alternative::TwoSided, 0.95).unwrap();
        assert_eq!((test.odds_ratio, test.low), (Some(0.0), Some(0.0)));
    }
}
