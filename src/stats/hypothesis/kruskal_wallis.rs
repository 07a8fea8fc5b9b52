//! Groups compared by ranks: Kruskal and Wallis' test, and Dunn's of the pairs.
//!
//! Sources: W. Kruskal and W. Wallis (JASA 47, 1952); O. Dunn (Technometrics 6, 1964).

use super::alternative::{Alternative, p_of_chi_square, p_of_z};
use super::anova::moments;
use super::equal_variance::ChiSquareTest;
use super::ranks::{Ranks, total};
use crate::stats::summary::sum::sum;
use crate::stats::{Unestimable, count};

/// Whether no group tends to larger values than another.
///
/// H = 12 / N(N + 1) Σ nᵢ (R̄ᵢ − (N + 1)/2)², divided by 1 − Σ(t³ − t) / (N³ − N) for ties; compared
/// with chi-square with k − 1 degrees of freedom.
///
/// # Errors
/// Fewer than two groups, an empty group, all values the same, or values that are no numbers.
pub fn kruskal_wallis(groups: &[&[f64]]) -> Result<ChiSquareTest, Unestimable> {
    let ranked = ranked(groups)?;
    let n = ranked.n;
    let middle = 0.5 * (n + 1.0);
    let between = sum(ranked.means.iter().map(|(size, mean)| size * (mean - middle).powi(2)));
    let statistic = between / ranked.variance;
    let df = count(groups.len() - 1);
    Ok(ChiSquareTest { statistic, df, p_value: p_of_chi_square(statistic, df)? })
}

/// Two groups' mean ranks compared.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct RankPair {
    /// Place of the group subtracted, from 0.
    pub first: usize,
    /// Place of the group it is subtracted from.
    pub second: usize,
    /// Mean rank of `second` less that of `first`, over its standard error.
    pub z: f64,
    /// Two-sided p-value, not adjusted: adjust the family by [`super::multiplicity`].
    pub p_value: f64,
}

/// Dunn's test of every pair on the ranks of all groups together:
/// z = (R̄ⱼ − R̄ᵢ) / √((N(N + 1)/12 − Σ(t³ − t) / 12(N − 1)) (1/nᵢ + 1/nⱼ)).
///
/// # Errors
/// As [`kruskal_wallis`].
pub fn dunn(groups: &[&[f64]]) -> Result<Vec<RankPair>, Unestimable> {
    let ranked = ranked(groups)?;
    let mut out = Vec::new();
    for (first, a) in ranked.means.iter().enumerate() {
        for (second, b) in ranked.means.iter().enumerate().skip(first + 1) {
            let z = (b.1 - a.1) / (ranked.variance * (1.0 / a.0 + 1.0 / b.0)).sqrt();
            let p_value = p_of_z(z, Alternative::TwoSided);
            out.push(RankPair { first, second, z, p_value });
        }
    }
    Ok(out)
}

struct Ranked {
    n: f64,
    /// Size and mean rank of each group.
    means: Vec<(f64, f64)>,
    /// Variance of the ranks: N(N + 1)/12 without ties.
    variance: f64,
}

fn ranked(groups: &[&[f64]]) -> Result<Ranked, Unestimable> {
    moments(groups, 1)?;
    let (all, by_group) = Ranks::by_group(groups);
    let n = count(all.ranks.len());
    let variance = n * (n + 1.0) / 12.0 - all.ties / (12.0 * (n - 1.0));
    // Equal values throughout leave rounding, if anything.
    if variance <= 1e-12 * n * n {
        return Err(Unestimable::Constant);
    }
    let means = by_group.iter().map(|ranks| (count(ranks.len()), total(ranks)));
    Ok(Ranked { n, means: means.map(|(size, sum)| (size, sum / size)).collect(), variance })
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test")]
mod tests {
    use super::{dunn, kruskal_wallis};
    use crate::stats::Unestimable;

    /// Three groups wholly apart: rank sums 6, 15, 24, so H = 12/90 · 279 − 30, p = e^(−H/2).
    #[test]
    fn groups_wholly_apart_by_hand() {
        let groups: [&[f64]; 3] = [&[1.0, 2.0, 3.0], &[40.0, 50.0, 60.0], &[7e3, 8e3, 9e3]];
        let test = kruskal_wallis(&groups).unwrap();
        assert!((test.statistic - 7.2).abs() < 1e-12);
        assert!((test.p_value / (-3.6_f64).exp() - 1.0).abs() < 1e-12);
        let pairs = dunn(&groups).unwrap();
        let z: Vec<f64> = pairs.iter().map(|pair| pair.z).collect();
        for (got, want) in z.iter().zip([3.0, 6.0, 3.0]) {
            assert!((got - want / 5.0_f64.sqrt()).abs() < 1e-12, "{got}");
        }
    }

    /// Ties: ranks 1.5 1.5 3 | 4.5 4.5 6, H = 3.857142… / (1 − 12/210).
    #[test]
    fn ties_share_ranks_and_are_corrected_for() {
        let test = kruskal_wallis(&[&[1.0, 1.0, 2.0], &[3.0, 3.0, 4.0]]).unwrap();
        assert!((test.statistic - 27.0 / 7.0 / (1.0 - 12.0 / 210.0)).abs() < 1e-12);
        let same = kruskal_wallis(&[&[5.0, 5.0], &[5.0, 5.0]]);
        assert_eq!(same, Err(Unestimable::Constant));
    }
}
