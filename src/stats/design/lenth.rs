//! Lenth's pseudo standard error: which effects stand out where nothing was repeated.
//!
//! Source: R. Lenth, Technometrics 31 (1989).

use crate::stats::special::student_t;
use crate::stats::{Unestimable, count};

/// What effects are held against in an experiment without replicates.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Lenth {
    /// 1.5 times the median of the |effects| below 2.5 times 1.5 times the median of all.
    pub pseudo_standard_error: f64,
    /// A third of the number of effects.
    pub df: f64,
    /// One effect beyond this stands out.
    pub margin: f64,
    /// Of all effects together, one beyond this does.
    pub simultaneous_margin: f64,
}

/// Lenth's margins of `effects`, two-sided at `level`.
///
/// # Errors
/// `TooFew` below three effects, `Constant` where at least half of them are 0, `Outside` where an
/// effect is not finite or unless 0 < `level` < 1.
pub fn lenth(effects: &[f64], level: f64) -> Result<Lenth, Unestimable> {
    let m = effects.len();
    if m < 3 {
        return Err(Unestimable::TooFew { needed: 3, got: m });
    }
    let mut sizes: Vec<f64> = effects.iter().map(|effect| effect.abs()).collect();
    sizes.sort_by(f64::total_cmp);
    if sizes.last().is_some_and(|largest| !largest.is_finite()) {
        return Err(Unestimable::Outside("a value is not a finite number"));
    }
    let first = 1.5 * median(&sizes);
    let small = sizes.partition_point(|size| *size < 2.5 * first);
    let pse = 1.5 * sizes.get(..small).map_or(0.0, median);
    if pse <= 0.0 {
        return Err(Unestimable::Constant);
    }
    let df = count(m) / 3.0;
    let each = f64::midpoint(1.0, level.powf(1.0 / count(m)));
    let quantile = |tail: f64| {
        student_t::upper_quantile(tail, df)
            .filter(|t| *t > 0.0)
            .ok_or(Unestimable::Outside("a confidence level lies between 0 and 1"))
    };
    Ok(Lenth {
        pseudo_standard_error: pse,
        df,
        margin: pse * quantile((1.0 - level) / 2.0)?,
        simultaneous_margin: pse * quantile(1.0 - each)?,
    })
}

impl Lenth {
    /// Two-sided p-value of one effect, from Student's t.
    #[must_use]
    pub fn p_value(&self, effect: f64) -> Option<f64> {
        student_t::two_sided(effect / self.pseudo_standard_error, self.df)
    }
}

/// Median of sorted values; 0 of none.
fn median(sorted: &[f64]) -> f64 {
    let half = sorted.len() / 2;
    let at = |i: usize| sorted.get(i).copied().unwrap_or(0.0);
    if sorted.len() % 2 == 1 { at(half) } else { f64::midpoint(at(half.wrapping_sub(1)), at(half)) }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test")]
mod tests {
    use super::lenth;
    use crate::stats::Unestimable;

    /// Lenth's (1989) multipliers of fifteen contrasts, t(.975; 5) = 2.57 and t(.9983; 5) = 5.22,
    /// on constructed ones: s₀ = 1.5 · 0.13, of which 13 are below 2.5 s₀, with the median 0.13.
    #[test]
    fn fifteen_contrasts_with_lenths_multipliers() {
        let contrasts = [
            0.13, 0.15, 0.30, 0.15, -0.03, 0.15, 0.40, 0.03, 2.15, -0.10, 0.10, -0.13, -0.02, 0.10,
            3.10,
        ];
        let found = lenth(&contrasts, 0.95).unwrap();
        assert!((found.pseudo_standard_error - 1.5 * 0.13).abs() < 1e-12);
        assert!((found.margin / found.pseudo_standard_error - 2.570_58).abs() < 1e-4);
        assert!((found.simultaneous_margin / found.pseudo_standard_error - 5.2190).abs() < 1e-3);
        assert!(found.p_value(3.10).unwrap() < 0.001 && found.p_value(0.40).unwrap() > 0.01);
        let sizes = contrasts.iter().filter(|c| c.abs() > found.simultaneous_margin);
        assert_eq!(sizes.count(), 2);
        let turned: Vec<f64> = contrasts.iter().rev().map(|c| -2.0 * c).collect();
        let twice = lenth(&turned, 0.95).unwrap();
        assert!((twice.margin - 2.0 * found.margin).abs() < 1e-12);
    }

    #[test]
    fn what_has_no_small_effects_has_no_margin() {
        assert_eq!(lenth(&[1.0, 2.0], 0.95), Err(Unestimable::TooFew { needed: 3, got: 2 }));
        assert_eq!(lenth(&[0.0, 0.0, 0.0, 5.0], 0.95), Err(Unestimable::Constant));
        assert!(matches!(lenth(&[1.0, 2.0, 3.0], 1.0), Err(Unestimable::Outside(_))));
    }
}
