//! Whether groups vary alike: Bartlett's test, Levene's with mean or median, and Fligner's.
//!
//! Sources: M. Bartlett (Proceedings of the Royal Society A 160, 1937); H. Levene (1960) and
//! M. Brown and A. Forsythe (JASA 69, 1974); W. Conover, M. Johnson and M. Johnson (Technometrics
//! 23, 1981) for the Fligner–Killeen test with medians; NIST/SEMATECH e-Handbook, 1.3.5.7 and
//! 1.3.5.10.

use super::alternative::p_of_chi_square;
use super::anova::{FTest, moments, one_way};
use super::ranks::Ranks;
use super::sample::{Sample, median};
use crate::stats::special::normal;
use crate::stats::summary::sum::sum;
use crate::stats::{Unestimable, count};

/// A chi-square test.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ChiSquareTest {
    /// The statistic.
    pub statistic: f64,
    /// Degrees of freedom.
    pub df: f64,
    /// Probability of a statistic at least this large under the hypothesis.
    pub p_value: f64,
}

/// Bartlett's test: powerful for normal values, misled by others.
///
/// K² = ((N − k) ln s²ₚ − Σ (nᵢ − 1) ln sᵢ²) / (1 + (Σ 1/(nᵢ − 1) − 1/(N − k)) / 3(k − 1)).
///
/// # Errors
/// Fewer than two groups, a group with fewer than two values or without spread, or values that
/// are no numbers.
pub fn bartlett(groups: &[&[f64]]) -> Result<ChiSquareTest, Unestimable> {
    let moments = moments(groups, 2)?;
    if moments.iter().any(|m| m.squares <= 0.0) {
        return Err(Unestimable::Constant);
    }
    let within = sum(moments.iter().map(Sample::df));
    let pooled = sum(moments.iter().map(|m| m.squares)) / within;
    let spread = sum(moments.iter().map(|m| m.df() * (pooled / m.variance()).ln()));
    let df = count(groups.len() - 1);
    let harmonic = sum(moments.iter().map(|m| 1.0 / m.df())) - 1.0 / within;
    let statistic = (spread / (1.0 + harmonic / (3.0 * df))).max(0.0);
    Ok(ChiSquareTest { statistic, df, p_value: p_of_chi_square(statistic, df)? })
}

/// What deviations are measured from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Centre {
    /// The group's mean (Levene).
    Mean,
    /// The group's median (Brown and Forsythe): holds its level for skewed values.
    Median,
}

/// Levene's test: one-way analysis of variance of the distances |x − centre|.
///
/// # Errors
/// As [`one_way`] of the distances.
pub fn levene(groups: &[&[f64]], centre: Centre) -> Result<FTest, Unestimable> {
    let distances = distances(groups, centre)?;
    let distances: Vec<&[f64]> = distances.iter().map(Vec::as_slice).collect();
    Ok(one_way(&distances)?.test)
}

/// The Fligner–Killeen test with medians: scores Φ⁻¹(½ + rank / 2(N + 1)) of the ranks of
/// |x − median|, compared between the groups. The most robust of the four against other shapes
/// than the normal.
///
/// # Errors
/// Fewer than two groups, an empty group, equal distances throughout, or values that are no
/// numbers.
pub fn fligner(groups: &[&[f64]]) -> Result<ChiSquareTest, Unestimable> {
    let distances = distances(groups, Centre::Median)?;
    let sizes = distances.iter().map(Vec::len);
    let all: Vec<f64> = distances.iter().flatten().copied().collect();
    let n = count(all.len());
    let score = |rank: &f64| normal::quantile(0.5 + rank / (2.0 * (n + 1.0))).unwrap_or(0.0);
    let scores: Vec<f64> = Ranks::of(&all).ranks.iter().map(score).collect();
    let mean = sum(scores.iter().copied()) / n;
    let variance = sum(scores.iter().map(|s| (s - mean).powi(2))) / (n - 1.0);
    if variance <= 0.0 {
        return Err(Unestimable::Constant);
    }
    let mut rest = scores.as_slice();
    let mut between = 0.0;
    for size in sizes {
        let (own, others) = rest.split_at(size.min(rest.len()));
        let own_mean = sum(own.iter().copied()) / count(size);
        between += count(size) * (own_mean - mean).powi(2);
        rest = others;
    }
    let (statistic, df) = (between / variance, count(groups.len() - 1));
    Ok(ChiSquareTest { statistic, df, p_value: p_of_chi_square(statistic, df)? })
}

/// |x − centre|, group by group.
fn distances(groups: &[&[f64]], centre: Centre) -> Result<Vec<Vec<f64>>, Unestimable> {
    moments(groups, 1)?;
    let of = |group: &&[f64]| {
        let centre = match centre {
            Centre::Mean => Sample::of(group).mean,
            Centre::Median => median(group),
        };
        group.iter().map(|x| (x - centre).abs()).collect()
    };
    Ok(groups.iter().map(of).collect())
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test")]
mod tests {
    use super::{Centre, bartlett, fligner, levene};
    use crate::stats::Unestimable;

    /// Gear diameters in thousandths (NIST/SEMATECH e-Handbook, GEAR.DAT): ten batches of ten.
    const GEAR: [[f64; 10]; 10] = [
        [1006., 996., 998., 1000., 992., 993., 1002., 999., 994., 1000.],
        [998., 1006., 1000., 1002., 997., 998., 996., 1000., 1006., 988.],
        [991., 987., 997., 999., 995., 994., 1000., 999., 996., 996.],
        [1005., 1002., 994., 1000., 995., 994., 998., 996., 1002., 996.],
        [998., 998., 982., 990., 1002., 984., 996., 993., 980., 996.],
        [1009., 1013., 1009., 997., 988., 1002., 995., 998., 981., 996.],
        [990., 1004., 996., 1001., 998., 1000., 1018., 1010., 996., 1002.],
        [998., 1000., 1006., 1000., 1002., 996., 998., 996., 1002., 1006.],
        [1002., 998., 996., 995., 996., 1004., 1004., 998., 999., 991.],
        [991., 995., 984., 994., 997., 997., 991., 998., 1004., 997.],
    ];

    /// e-Handbook 1.3.5.7: T = 20.78587; 1.3.5.10: W = 1.705910.
    #[test]
    fn gears_vary_as_the_handbook_prints() {
        let groups: Vec<&[f64]> = GEAR.iter().map(<[f64; 10]>::as_slice).collect();
        let test = bartlett(&groups).unwrap();
        assert!((test.statistic - 20.785_87).abs() < 5e-6, "{}", test.statistic);
        assert!(test.p_value < 0.05);
        let test = levene(&groups, Centre::Median).unwrap();
        assert!((test.f - 1.705_910).abs() < 1e-5, "{}", test.f);
        assert!((test.df1, test.df2) == (9.0, 90.0));
        assert!(levene(&groups, Centre::Mean).unwrap().f > test.f);
    }

    #[test]
    fn equal_spreads_are_told_from_unequal_ones() {
        let (a, b) = ([1.0, 2.0, 3.0, 4.0, 9.0], [11.0, 12.0, 13.0, 14.0, 19.0]);
        assert!(bartlett(&[&a, &b]).unwrap().statistic.abs() < 1e-12);
        assert!(fligner(&[&a, &b]).unwrap().statistic.abs() < 1e-12);
        let wide = b.map(|x| x * 50.0);
        assert!(fligner(&[&a, &wide]).unwrap().p_value < fligner(&[&a, &b]).unwrap().p_value);
        assert_eq!(bartlett(&[&a, &[1.0, 1.0]]), Err(Unestimable::Constant));
        assert_eq!(fligner(&[&[1.0, 1.0], &[2.0, 2.0]]), Err(Unestimable::Constant));
    }
}
