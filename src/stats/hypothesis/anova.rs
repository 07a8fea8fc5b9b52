//! One-way analysis of variance, with equal variances (Fisher) and without (Welch).
//!
//! Sources: R. Fisher, Statistical Methods for Research Workers (1925), § 40; B. Welch, "On the
//! comparison of several mean values" (Biometrika 38, 1951); NIST/SEMATECH e-Handbook, 7.4.3.

use super::alternative::p_of_f;
use super::sample::Sample;
use super::t_test::{enough, finite};
use crate::stats::summary::sum::sum;
use crate::stats::{Unestimable, count};

/// An F test.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct FTest {
    /// The statistic.
    pub f: f64,
    /// Degrees of freedom of its numerator.
    pub df1: f64,
    /// Degrees of freedom of its denominator; fractional in Welch's test.
    pub df2: f64,
    /// Probability of an F at least this large when all means are equal.
    pub p_value: f64,
}

/// A one-way analysis of variance.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct OneWay {
    /// Σ nᵢ (x̄ᵢ − x̄)², in the unit of the values squared.
    pub ss_between: f64,
    /// Σ Σ (xᵢⱼ − x̄ᵢ)².
    pub ss_within: f64,
    /// Sum of squares over degrees of freedom, between the groups.
    pub ms_between: f64,
    /// The same within: the pooled variance.
    pub ms_within: f64,
    /// F = MS between / MS within, with k − 1 and N − k degrees of freedom.
    pub test: FTest,
    /// η² = SS between / SS total: the share of variation the groups account for (R²).
    pub eta_squared: f64,
    /// ω² = (SS between − (k − 1) MS within) / (SS total + MS within): η² less what chance alone
    /// would give (W. Hays, 1963). Negative where F < 1; read as 0.
    pub omega_squared: f64,
}

/// Whether the means of `groups` are equal, their variances being equal.
///
/// Values are counted from the first one and sums compensated, so that a common offset costs no
/// more digits than the values themselves lost to it.
///
/// # Errors
/// Fewer than two groups, an empty group, no more values than groups, no spread within any group,
/// or values that are no numbers.
pub fn one_way(groups: &[&[f64]]) -> Result<OneWay, Unestimable> {
    let moments = moments(groups, 1)?;
    let total = sum(moments.iter().map(|m| m.n));
    let grand = sum(moments.iter().map(|m| m.n * m.mean)) / total;
    let ss_between = sum(moments.iter().map(|m| m.n * (m.mean - grand).powi(2)));
    let ss_within = sum(moments.iter().map(|m| m.squares));
    let df1 = count(groups.len() - 1);
    let df2 = total - df1 - 1.0;
    if df2 < 1.0 {
        let got = groups.iter().map(|g| g.len()).sum();
        return Err(Unestimable::TooFew { needed: groups.len() + 1, got });
    }
    if ss_within <= 0.0 {
        return Err(Unestimable::Constant);
    }
    let (ms_between, ms_within) = (ss_between / df1, ss_within / df2);
    let f = ms_between / ms_within;
    let all = ss_between + ss_within;
    Ok(OneWay {
        ss_between,
        ss_within,
        ms_between,
        ms_within,
        test: FTest { f, df1, df2, p_value: p_of_f(f, df1, df2)? },
        eta_squared: ss_between / all,
        omega_squared: (ss_between - df1 * ms_within) / (all + ms_within),
    })
}

/// Whether the means of `groups` are equal, each group with its own variance.
///
/// Weights wᵢ = nᵢ / sᵢ²; F = Σ wᵢ (x̄ᵢ − x̃)² / (k − 1) / (1 + 2 (k − 2) Λ / (k² − 1)) with
/// Λ = Σ (1 − wᵢ/w)² / (nᵢ − 1) and denominator degrees of freedom (k² − 1) / 3Λ.
///
/// # Errors
/// Fewer than two groups, a group with fewer than two values or without spread, or values that
/// are no numbers.
pub fn welch(groups: &[&[f64]]) -> Result<FTest, Unestimable> {
    let moments = moments(groups, 2)?;
    if moments.iter().any(|m| m.squares <= 0.0) {
        return Err(Unestimable::Constant);
    }
    let k = count(groups.len());
    let weights: Vec<f64> = moments.iter().map(|m| m.n / m.variance()).collect();
    let weight = sum(weights.iter().copied());
    let pairs = || moments.iter().zip(&weights);
    let centre = sum(pairs().map(|(m, w)| w * m.mean)) / weight;
    let between = sum(pairs().map(|(m, w)| w * (m.mean - centre).powi(2))) / (k - 1.0);
    let lambda = sum(pairs().map(|(m, w)| (1.0 - w / weight).powi(2) / m.df()));
    let f = between / (1.0 + 2.0 * (k - 2.0) * lambda / (k * k - 1.0));
    let (df1, df2) = (k - 1.0, (k * k - 1.0) / (3.0 * lambda));
    Ok(FTest { f, df1, df2, p_value: p_of_f(f, df1, df2)? })
}

/// Sample of every group, counted from one origin: the first value.
pub(super) fn moments(groups: &[&[f64]], least: usize) -> Result<Vec<Sample>, Unestimable> {
    if groups.len() < 2 {
        return Err(Unestimable::TooFew { needed: 2, got: groups.len() });
    }
    for group in groups {
        enough(group, least)?;
        finite(group)?;
    }
    let origin = groups.first().and_then(|g| g.first()).copied().unwrap_or(0.0);
    Ok(groups.iter().map(|group| Sample::about(group, origin)).collect())
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test")]
mod tests {
    use super::{one_way, welch};
    use crate::stats::Unestimable;
    use crate::stats::hypothesis::t_test;
    use proptest::prelude::*;

    fn slices(groups: &[Vec<f64>]) -> Vec<&[f64]> {
        groups.iter().map(Vec::as_slice).collect()
    }

    /// Simon and Lesage's data (NIST `StRD`, `SmLs01` to `SmLs09`): nine treatments about offset + 0.4,
    /// 0.3, 0.5, 0.3, 0.5 …; in each the treatment's own level, then 0.1 below and above in turn.
    fn simon_lesage(offset: u64, replicates: usize) -> Vec<Vec<f64>> {
        let written = |tenths: usize| format!("{offset}.{tenths}").parse().unwrap();
        let treatment = |i: usize| {
            let level = [4, 3, 5, 3, 5, 3, 5, 3, 5][i];
            let tenths = |j| if j == 0 { level } else { level + 2 * (1 - j % 2) - 1 };
            (0..replicates).map(|j| written(tenths(j))).collect()
        };
        (0..9).map(treatment).collect()
    }

    /// Certified: F = 21, 201, 2001; residual variance 0.01; R² as printed. The bar is four digits at
    /// an offset of 10¹²; counting from the first value as written gives thirteen.
    #[test]
    fn simon_and_lesages_data_hold_thirteen_digits_at_any_offset() {
        let certified = [
            (21, 21.0, 1.68, 4.827_586_206_896_55e-1),
            (201, 201.0, 16.08, 4.718_309_859_154_93e-1),
            (2001, 2001.0, 160.08, 4.707_127_734_650_67e-1),
        ];
        for offset in [1, 1_000_000, 1_000_000_000_000] {
            for (replicates, f, between, r_squared) in certified {
                let groups = simon_lesage(offset, replicates);
                let table = one_way(&slices(&groups)).unwrap();
                for (got, want) in [
                    (table.test.f, f),
                    (table.ss_between, between),
                    (table.ms_within, 0.01),
                    (table.eta_squared, r_squared),
                ] {
                    assert!((got / want - 1.0).abs() < 1e-13, "{offset} {replicates}: {got}");
                }
            }
        }
    }

    /// P-values of those F by 40-digit arithmetic.
    #[test]
    fn p_values_hold_far_out() {
        for (replicates, p) in
            [(21, 2.583_264_337_268_971_4e-22), (201, 4.037_141_885_753_983e-243)]
        {
            let table = one_way(&slices(&simon_lesage(1, replicates))).unwrap();
            assert!((table.test.p_value / p - 1.0).abs() < 1e-10, "{:e}", table.test.p_value);
        }
    }

    /// NIST/SEMATECH e-Handbook 7.4.3.4: SS 38.820 and 21.292, F = 9.72.
    #[test]
    fn the_handbooks_table() {
        let groups = [
            vec![6.9, 5.4, 5.8, 4.6, 4.0],
            vec![8.3, 6.8, 7.8, 9.2, 6.5],
            vec![8.0, 10.5, 8.1, 6.9, 9.3],
            vec![5.8, 3.8, 6.1, 5.6, 6.2],
        ];
        let table = one_way(&slices(&groups)).unwrap();
        assert!(
            (table.ss_between - 38.820).abs() < 5e-4 && (table.ss_within - 21.292).abs() < 5e-4
        );
        assert!((table.test.f - 9.72).abs() < 5e-3);
        assert!(table.omega_squared < table.eta_squared);
    }

    #[test]
    fn what_cannot_be_tested_says_why() {
        let constant = [1.0, 1.0];
        assert_eq!(one_way(&[&constant, &[2.0, 2.0]]), Err(Unestimable::Constant));
        assert_eq!(welch(&[&constant, &[2.0, 3.0]]), Err(Unestimable::Constant));
        assert!(one_way(&[&constant]).is_err() && one_way(&[&[1.0], &[2.0]]).is_err());
        assert!(one_way(&[&[1.0, 2.0], &[]]).is_err());
        assert!(welch(&[&[1.0], &[2.0, 3.0]]).is_err());
    }

    proptest! {
        #[test]
        fn squares_add_up_and_two_groups_are_a_t_test(
            x in prop::collection::vec(-50.0..50.0_f64, 2..15),
            y in prop::collection::vec(-50.0..50.0_f64, 2..15),
        ) {
            let table = one_way(&[&x, &y]).unwrap();
            let all = crate::stats::hypothesis::sample::Sample::of(&[x.clone(), y.clone()].concat());
            let total = table.ss_between + table.ss_within;
            prop_assert!((total / all.squares - 1.0).abs() < 1e-10);
            let t = t_test::pooled(&x, &y, t_test::Question::default()).unwrap();
            prop_assert!((t.t * t.t - table.test.f).abs() <= 1e-8 * (1.0 + table.test.f));
            prop_assert!((t.p_value - table.test.p_value).abs() < 1e-9);
            let unequal = welch(&[&x, &y]).unwrap();
            let t = t_test::welch(&x, &y, t_test::Question::default()).unwrap();
            prop_assert!((t.df / unequal.df2 - 1.0).abs() < 1e-8);
            prop_assert!((t.p_value - unequal.p_value).abs() < 1e-9);
        }
    }
}
