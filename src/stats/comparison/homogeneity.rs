//! Whether several proportions, or several rates, differ by more than chance.
//!
//! Source: K. Pearson, Philosophical Magazine 50 (1900); A. Agresti, Categorical Data Analysis
//! (2013), § 3.2.

use statrs::distribution::{ChiSquared, ContinuousCDF};

/// The chi-square test of equal proportions or rates.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Homogeneity {
    /// Share of successes, or events per unit of exposure, over all groups.
    pub pooled: f64,
    /// Σ (k − n p̄)² / (n p̄ (1 − p̄)) of proportions, Σ (x − e r̄)² / (e r̄) of rates.
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

/// Tests whether all groups `(events, exposure)` share one rate.
///
/// Groups without exposure are left out. `None` with fewer than two groups, or without any event.
#[must_use]
#[expect(clippy::cast_precision_loss, reason = "counts stay far below 2^53")]
pub fn equal_rates(groups: &[(u64, f64)]) -> Option<Homogeneity> {
    let groups: Vec<(f64, f64)> =
        groups.iter().filter(|(_, e)| *e > 0.0).map(|&(x, e)| (x as f64, e)).collect();
    let df = u64::try_from(groups.len()).ok()?.checked_sub(1).filter(|df| *df > 0)?;
    let exposure: f64 = groups.iter().map(|(_, e)| e).sum();
    let pooled = groups.iter().map(|(x, _)| x).sum::<f64>() / exposure;
    let chi_square = groups.iter().map(|(x, e)| (x - e * pooled).powi(2) / (e * pooled)).sum();
    let p_value = chi_square_tail(chi_square, df)?;
    (pooled > 0.0).then_some(Homogeneity { pooled, chi_square, df, p_value })
}

/// Upper tail of the chi-square distribution; `None` without degrees of freedom.
#[must_use]
#[expect(clippy::cast_precision_loss, reason = "degrees of freedom are small counts")]
pub fn chi_square_tail(statistic: f64, df: u64) -> Option<f64> {
    Some(ChiSquared::new(df as f64).ok()?.sf(statistic))
}

#[cfg(test)]
mod tests {
    use super::{equal_rates, homogeneity};

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

    #[test]
    fn rates_differ_by_the_index_of_dispersion() {
        let test = equal_rates(&[(10, 1.0), (20, 1.0), (30, 1.0), (5, 0.0)]);
        assert!(test.is_some_and(|t| t.df == 2 && (t.chi_square - 10.0).abs() < 1e-12));
        assert!(test.is_some_and(|t| (t.p_value - (-5.0_f64).exp()).abs() < 1e-12));
        assert_eq!((equal_rates(&[(0, 1.0), (0, 2.0)]), equal_rates(&[(3, 1.0)])), (None, None));
    }
}
