//! Rules that call a pattern on a control chart a signal, and how often each cries wolf.
//!
//! Sources: L. Nelson, Journal of Quality Technology 16 (1984); Western Electric, *Statistical
//! Quality Control Handbook* (1956). Borders are strict: a point exactly on a limit is inside, a
//! point exactly on the centre line breaks a run, a tie breaks a trend. The point that completes
//! a pattern is the one named.

/// A rule.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Rule {
    /// Nelson 1: a point beyond 3 sigma.
    Beyond,
    /// Nelson 2: nine points on one side of the centre.
    NineOneSide,
    /// Nelson 3: six points rising or falling.
    SixTrend,
    /// Nelson 4: fourteen points alternating up and down.
    FourteenAlternating,
    /// Nelson 5: two of three points beyond 2 sigma on one side, the last among them.
    TwoOfThree,
    /// Nelson 6: four of five points beyond 1 sigma on one side, the last among them.
    FourOfFive,
    /// Nelson 7: fifteen points within 1 sigma.
    FifteenWithin,
    /// Nelson 8: eight points beyond 1 sigma, on either side.
    EightBeyond,
}

/// Φ(−1), Φ(−2) and Φ(−3).
const TAIL_1: f64 = 0.158_655_253_931_457_05;
const TAIL_2: f64 = 0.022_750_131_948_179_21;
const TAIL_3: f64 = 0.001_349_898_031_630_094_5;
/// Alternating permutations of 14, the Euler zigzag number A₁₄.
const ZIGZAG_14: f64 = 199_360_981.0;
/// 14!
const FACTORIAL_14: f64 = 87_178_291_200.0;

impl Rule {
    /// Every rule, in Nelson's order.
    pub const ALL: [Self; 8] = [
        Self::Beyond,
        Self::NineOneSide,
        Self::SixTrend,
        Self::FourteenAlternating,
        Self::TwoOfThree,
        Self::FourOfFive,
        Self::FifteenWithin,
        Self::EightBeyond,
    ];

    /// Points a pattern spans.
    #[must_use]
    pub const fn span(self) -> usize {
        match self {
            Self::Beyond => 1,
            Self::TwoOfThree => 3,
            Self::FourOfFive => 5,
            Self::SixTrend => 6,
            Self::EightBeyond => 8,
            Self::NineOneSide => 9,
            Self::FourteenAlternating => 14,
            Self::FifteenWithin => 15,
        }
    }

    /// Whether the pattern is complete at the last point of `z`, the standardised points so far.
    #[must_use]
    pub fn completes(self, z: &[f64]) -> bool {
        let Some(w) = z.len().checked_sub(self.span()).and_then(|from| z.get(from..)) else {
            return false;
        };
        match self {
            Self::Beyond => w.iter().all(|z| z.abs() > 3.0),
            Self::NineOneSide => one_side(w),
            Self::SixTrend => trend(w),
            Self::FourteenAlternating => alternating(w),
            Self::TwoOfThree => some_beyond(w, 2, 2.0),
            Self::FourOfFive => some_beyond(w, 4, 1.0),
            Self::FifteenWithin => w.iter().all(|z| z.abs() < 1.0),
            Self::EightBeyond => w.iter().all(|z| z.abs() > 1.0),
        }
    }

    /// The points that complete the pattern, 0-based.
    #[must_use]
    pub fn signals(self, z: &[f64]) -> Vec<usize> {
        (0..z.len()).filter(|&i| self.completes(&z[..=i])).collect()
    }

    /// Expected number of points named by this rule in `points` of a stable process: exact for
    /// independent normal points, whatever the dependence between patterns, since expectations add.
    #[must_use]
    #[expect(clippy::cast_precision_loss, reason = "points of a chart are few")]
    pub fn expected_false_signals(self, points: usize) -> f64 {
        let full = (points + 1).saturating_sub(self.span()) as f64;
        match self {
            Self::Beyond => full * 2.0 * TAIL_3,
            Self::NineOneSide => full * 2.0 * 0.5_f64.powi(9),
            Self::SixTrend => full * 2.0 / 720.0,
            Self::FourteenAlternating => full * 2.0 * ZIGZAG_14 / FACTORIAL_14,
            Self::TwoOfThree => full * partial(3, 2, TAIL_2),
            Self::FourOfFive => full * partial(5, 4, TAIL_1),
            Self::FifteenWithin => full * (1.0 - 2.0 * TAIL_1).powi(15),
            Self::EightBeyond => full * (2.0 * TAIL_1).powi(8),
        }
    }
}

/// Expected number of false signals of several rules in `points` of a stable process.
#[must_use]
pub fn expected_false_signals(rules: &[Rule], points: usize) -> f64 {
    rules.iter().map(|rule| rule.expected_false_signals(points)).sum()
}

fn one_side(z: &[f64]) -> bool {
    z.iter().all(|&z| z > 0.0) || z.iter().all(|&z| z < 0.0)
}

fn trend(z: &[f64]) -> bool {
    z.windows(2).all(|p| p[1] > p[0]) || z.windows(2).all(|p| p[1] < p[0])
}

fn alternating(z: &[f64]) -> bool {
    z.windows(3).all(|p| (p[1] - p[0]) * (p[2] - p[1]) < 0.0)
}

fn some_beyond(z: &[f64], needed: usize, k: f64) -> bool {
    let side = |sign: f64| {
        let beyond = |z: &&f64| sign * **z > k;
        z.last().is_some_and(|z| sign * z > k) && z.iter().filter(beyond).count() >= needed
    };
    side(1.0) || side(-1.0)
}

/// Probability of "`needed` of `window` on one side, the last among them", each point beyond with
/// probability `tail` on either side.
fn partial(window: usize, needed: usize, tail: f64) -> f64 {
    let before = window - 1;
    let enough: f64 = (needed - 1..=before).map(|k| binomial(before, k, tail)).sum();
    2.0 * tail * enough
}

#[expect(clippy::cast_precision_loss, reason = "n is at most four")]
fn binomial(n: usize, k: usize, p: f64) -> f64 {
    let ways: f64 = (0..k).map(|j| (n - j) as f64 / (j + 1) as f64).product();
    let exponent = |m: usize| i32::try_from(m).unwrap_or(i32::MAX);
    ways * p.powi(exponent(k)) * (1.0 - p).powi(exponent(n - k))
}

#[cfg(test)]
mod tests {
    use super::{Rule, expected_false_signals};

    #[test]
    fn a_point_on_a_limit_is_inside_and_two_of_three_end_beyond() {
        let z = [0.0, 3.2, -3.4, 3.0, -3.0, 2.99, 3.0001, 0.5];
        assert_eq!(Rule::Beyond.signals(&z), [1, 2, 6]);
        assert_eq!(Rule::TwoOfThree.signals(&z), [3, 4, 5, 6]);
        assert!(Rule::SixTrend.signals(&z).is_empty());
    }

    #[test]
    fn trends_are_counted_in_points_and_broken_by_ties() {
        assert_eq!(Rule::SixTrend.signals(&[0.0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6]), [5, 6]);
        assert!(Rule::SixTrend.signals(&[0.0, 0.1, 0.2, 0.2, 0.3, 0.4, 0.5]).is_empty());
        let mut side = vec![0.5; 10];
        assert_eq!(Rule::NineOneSide.signals(&side), [8, 9]);
        side[4] = 0.0;
        assert!(Rule::NineOneSide.signals(&side).is_empty());
    }

    #[test]
    fn fifteen_within_and_fourteen_alternating() {
        let z = [
            0.3, -0.2, 0.1, 0.4, -0.5, 0.6, -0.7, 0.8, -0.9, 0.2, 0.1, -0.1, 0.05, -0.3, 0.4, 0.2,
            1.0, 0.1,
        ];
        assert_eq!(Rule::FifteenWithin.signals(&z), [14, 15]);
        let zigzag: Vec<f64> = (0..15).map(|i| if i % 2 == 0 { 0.2 } else { -0.1 }).collect();
        assert_eq!(Rule::FourteenAlternating.signals(&zigzag), [13, 14]);
    }

    #[test]
    fn one_rule_on_twenty_charts_of_two_years_expects_more_than_one_false_signal() {
        let expected = 20.0 * expected_false_signals(&[Rule::Beyond], 24);
        assert!((expected - 1.295_9).abs() < 1e-4, "{expected}");
        assert!(expected_false_signals(&Rule::ALL, 0).abs() < 1e-15);
        let third =
            Rule::TwoOfThree.expected_false_signals(3) - Rule::TwoOfThree.expected_false_signals(2);
        assert!((third - 0.002_046_6).abs() < 1e-6, "{third}");
    }
}
