//! Whether several proportions differ by more than chance.
//!
//! Source: K. Pearson, Philosophical Magazine 50 (1900); A. Agresti, Categorical Data Analysis
//! (2013), § 3.2.

use statrs::distribution::{ChiSquared, ContinuousCDF};

/// The chi-square test of equal proportions.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Homogeneity {
    /// Share of successes over all groups.
    pub pooled: f64,
    /// Σ (k − n p̄)² / (n p̄ (1 − p̄)).
    pub chi_square: f64,
    /// Groups less one.
    pub df: u64,
    /// Probability of a statistic at least as large where all groups are alike.
    pub p_value: f64,
}

/// Tests whether all groups `(successes, trials)` share one proportion.
///
/// Groups without trials are left out. `None` with fewer than two groups, or where all trials
/// came out the same: then there is nothing to compare.
#[must_use]
#[expect(clippy::cast_precision_loss, reason = "counts stay far below 2^53")]
pub fn homogeneity(groups: &[(u64, u64)]) -> Option<Homogeneity> {
    let groups: Vec<(f64, f64)> =
        groups.iter().filter(|(_, n)| *n > 0).map(|&(k, n)| (k as f64, n as f64)).collect();
    let df = u64::try_from(groups.len()).ok()?.checked_sub(1).filter(|df| *df > 0)?;
    let trials: f64 = groups.iter().map(|(_, n)| n).sum();
    let pooled = groups.iter().map(|(k, _)| k).sum::<f64>() / trials;
    if !(pooled > 0.0 && pooled < 1.0) {
        return None;
    }
    let spread = pooled * (1.0 - pooled);
    let chi_square = groups.iter().map(|(k, n)| (k - n * pooled).powi(2) / (n * spread)).sum();
    Some(Homogeneity { pooled, chi_square, df, p_value: chi_square_tail(chi_square, df)? })
}

/// Upper tail of the chi-square distribution; `None` without degrees of freedom.
#[must_use]
#[expect(clippy::cast_precision_loss, reason = "degrees of freedom are small counts")]
pub fn chi_square_tail(statistic: f64, df: u64) -> Option<f64> {
    Some(ChiSquared::new(df as f64).ok()?.sf(statistic))
}

#[cfg(test)]
mod tests {
    use super::homogeneity;

    #[test]
    fn constructed_reps_differ() {
        let groups = [(18, 20), (171, 200), (3, 3), (880, 1000), (0, 2), (45, 60)];
        let test = homogeneity(&groups).map(|t| (t.chi_square, t.df, t.p_value));
        let (chi_square, df, p) = test.unwrap_or_default();
        assert!((chi_square - 22.796_978_913_543_93).abs() < 1e-9, "{chi_square}");
        assert!(df == 5 && (p - 0.000_369_104_124_155_8).abs() < 1e-12, "{p}");
    }

    #[test]
    fn nothing_to_compare_is_no_test() {
        assert_eq!(homogeneity(&[(3, 5)]), None);
        assert_eq!(homogeneity(&[(3, 3), (5, 5)]), None);
        assert_eq!(homogeneity(&[(0, 0), (2, 5)]), None);
    }
}
