//! Is a difference of two rates one of rate, or of mix? Direct standardisation, the parts of a
//! difference, and Simpson's reversal.
//!
//! Two groups (months, teams) are compared whose cases fall into strata (steps, categories). A
//! crude rate moves when the strata's own rates move, and also when the mix of strata moves.
//!
//! Sources: E. Kitagawa, Journal of the American Statistical Association 50 (1955), for the parts;
//! E. Simpson, Journal of the Royal Statistical Society B 13 (1951), and P. Bickel, E. Hammel and
//! J. O'Connell, Science 187 (1975), for the reversal; J. Fleiss, B. Levin and M. Paik,
//! *Statistical Methods for Rates and Proportions* (2003), § 19, for standardised rates.

/// Two groups in one stratum: events and exposure of each.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Stratum {
    /// Events and exposure of the first group.
    pub first: (u64, u64),
    /// Events and exposure of the second group.
    pub second: (u64, u64),
}

/// The difference of two crude rates, first less second, taken apart.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Mix {
    /// Crude rate of the first group.
    pub first: f64,
    /// Crude rate of the second group.
    pub second: f64,
    /// First less second: `rate` + `mix`.
    pub difference: f64,
    /// What it would be had both groups the same mix, the mean of theirs.
    pub rate: f64,
    /// What it would be had the strata the same rates in both groups, the mean of theirs.
    pub mix: f64,
    /// Rate of the first group had it the mix of the second.
    pub standardised: f64,
    /// Standard error of `rate`, where events are counts that vary by chance alone.
    pub rate_error: f64,
    /// Standard error of `difference`, likewise.
    pub difference_error: f64,
}

impl Mix {
    /// Whether the crude rates and the rates at one mix differ in opposite ways.
    #[must_use]
    pub fn is_reversed(&self) -> bool {
        self.difference * self.rate < 0.0
    }
}

/// Takes the difference of crude rates apart over `strata`.
///
/// A stratum only one group has cases in cannot be compared; it is left out. `None` without a
/// stratum both have.
#[must_use]
pub fn mix(strata: &[Stratum]) -> Option<Mix> {
    let common: Vec<[(f64, f64); 2]> = common(strata)
        .map(|s| [(real(s.first.0), real(s.first.1)), (real(s.second.0), real(s.second.1))])
        .collect();
    let exposure = |group: usize| common.iter().map(|s| s[group].1).sum::<f64>();
    let (n1, n2) = (exposure(0), exposure(1));
    if common.is_empty() {
        return None;
    }
    let mut out = Mix {
        first: 0.0,
        second: 0.0,
        difference: 0.0,
        rate: 0.0,
        mix: 0.0,
        standardised: 0.0,
        rate_error: 0.0,
        difference_error: 0.0,
    };
    let (mut variance, mut crude) = (0.0, 0.0);
    for [(x1, e1), (x2, e2)] in common {
        let (r1, r2, w1, w2) = (x1 / e1, x2 / e2, e1 / n1, e2 / n2);
        let weight = f64::midpoint(w1, w2);
        out.first += w1 * r1;
        out.second += w2 * r2;
        out.rate += weight * (r1 - r2);
        out.mix += f64::midpoint(r1, r2) * (w1 - w2);
        out.standardised += w2 * r1;
        variance += weight * weight * (x1 / (e1 * e1) + x2 / (e2 * e2));
        crude += x1 / (n1 * n1) + x2 / (n2 * n2);
    }
    out.difference = out.first - out.second;
    out.rate_error = variance.sqrt();
    out.difference_error = crude.sqrt();
    Some(out)
}

/// The strata both groups have cases in.
fn common(strata: &[Stratum]) -> impl Iterator<Item = &Stratum> {
    strata.iter().filter(|s| s.first.1 > 0 && s.second.1 > 0)
}

/// How many strata differ one way and how many the other: first above second, first below.
#[must_use]
pub fn ways(strata: &[Stratum]) -> (usize, usize) {
    let above =
        |s: &&Stratum| real(s.first.0) * real(s.second.1) > real(s.second.0) * real(s.first.1);
    let below =
        |s: &&Stratum| real(s.first.0) * real(s.second.1) < real(s.second.0) * real(s.first.1);
    (common(strata).filter(above).count(), common(strata).filter(below).count())
}

#[expect(clippy::cast_precision_loss, reason = "counts stay far below 2^53")]
const fn real(n: u64) -> f64 {
    n as f64
}

#[cfg(test)]
mod tests {
    use super::{Stratum, mix, ways};
    use proptest::prelude::*;

    fn close(got: f64, want: f64) {
        assert!((got - want).abs() < 5e-5, "{got} for {want}");
    }

    /// C. Charig et al., British Medical Journal 292 (1986): open surgery against percutaneous
    /// removal, successes among small and large kidney stones.
    const STONES: [Stratum; 2] = [
        Stratum { first: (81, 87), second: (234, 270) },
        Stratum { first: (192, 263), second: (55, 80) },
    ];

    #[test]
    fn kidney_stones_are_better_removed_by_surgery_though_fewer_are() {
        let Some(stones) = mix(&STONES) else { return assert!(STONES.is_empty()) };
        close(stones.first, 273.0 / 350.0);
        close(stones.second, 289.0 / 350.0);
        close(stones.rate, 0.053_671);
        close(stones.mix, -0.099_386);
        close(stones.standardised, 270.0 / 350.0 * 81.0 / 87.0 + 80.0 / 350.0 * 192.0 / 263.0);
        assert!(stones.is_reversed() && ways(&STONES) == (2, 0));
    }

    /// P. Bickel et al., Science 187 (1975): admissions of men and women to the six largest
    /// departments of Berkeley, 1973.
    const BERKELEY: [Stratum; 6] = [
        Stratum { first: (512, 825), second: (89, 108) },
        Stratum { first: (353, 560), second: (17, 25) },
        Stratum { first: (120, 325), second: (202, 593) },
        Stratum { first: (138, 417), second: (131, 375) },
        Stratum { first: (53, 191), second: (94, 393) },
        Stratum { first: (22, 373), second: (24, 341) },
    ];

    #[test]
    fn berkeley_admitted_more_men_because_of_where_women_applied() {
        let Some(admitted) = mix(&BERKELEY) else { return assert!(BERKELEY.is_empty()) };
        close(admitted.first, 1198.0 / 2691.0);
        close(admitted.second, 557.0 / 1835.0);
        assert!(admitted.difference > 0.14 && admitted.rate < 0.0 && admitted.is_reversed());
        assert_eq!(ways(&BERKELEY), (2, 4));
    }

    #[test]
    fn nothing_in_common_is_no_comparison() {
        assert_eq!(mix(&[]), None);
        assert_eq!(mix(&[Stratum { first: (1, 5), second: (0, 0) }]), None);
        let alone = Stratum { first: (5, 9), second: (0, 0) };
        assert_eq!(mix(&[STONES[0], alone]), mix(&STONES[..1]));
    }

    proptest! {
        /// The parts add up, and change their sign with the order of the groups.
        #[test]
        fn the_parts_make_the_difference(
            strata in prop::collection::vec((0_u64..40, 40_u64..500, 0_u64..40, 40_u64..500), 1..8)
        ) {
            let there: Vec<Stratum> = strata.iter()
                .map(|&(a, m, b, n)| Stratum { first: (a, m), second: (b, n) }).collect();
            let back: Vec<Stratum> =
                there.iter().map(|s| Stratum { first: s.second, second: s.first }).collect();
            if let (Some(there), Some(back)) = (mix(&there), mix(&back)) {
                prop_assert!((there.difference - there.rate - there.mix).abs() < 1e-12);
                prop_assert!((there.rate + back.rate).abs() < 1e-12);
                prop_assert!((there.rate_error - back.rate_error).abs() < 1e-12);
            }
        }
    }
}
