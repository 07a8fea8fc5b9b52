//! Rules that call a pattern on a control chart a signal, and how often each cries wolf.
//!
//! Sources: L. Nelson, Journal of Quality Technology 16 (1984); Western Electric, *Statistical
//! Quality Control Handbook* (1956); NHS England, *Making Data Count*. Borders are strict: a point exactly on a limit is inside, a
//! point exactly on the centre line breaks a run, a tie breaks a trend. The point that completes
//! a pattern is the one named.

mod chain;
mod memory;
mod pattern;

pub use chain::average_run_length;
pub use pattern::Pattern;

/// Nelson's eight rules by name; [`Pattern`] has them with other lengths and distances.
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

    /// The rule as a pattern.
    #[must_use]
    pub const fn pattern(self) -> Pattern {
        match self {
            Self::Beyond => Pattern::Beyond { sigma: 3.0 },
            Self::NineOneSide => Pattern::OneSide { points: 9 },
            Self::SixTrend => Pattern::Trend { points: 6 },
            Self::FourteenAlternating => Pattern::Alternating { points: 14 },
            Self::TwoOfThree => TWO_OF_THREE,
            Self::FourOfFive => FOUR_OF_FIVE,
            Self::FifteenWithin => Pattern::Within { points: 15, sigma: 1.0 },
            Self::EightBeyond => Pattern::Outside { points: 8, sigma: 1.0, both_sides: false },
        }
    }

    /// Its name in settings and word files.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Beyond => "beyond",
            Self::NineOneSide => "nine_one_side",
            Self::SixTrend => "six_trend",
            Self::FourteenAlternating => "fourteen_alternating",
            Self::TwoOfThree => "two_of_three",
            Self::FourOfFive => "four_of_five",
            Self::FifteenWithin => "fifteen_within",
            Self::EightBeyond => "eight_beyond",
        }
    }

    /// The rule of that name.
    #[must_use]
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|rule| rule.name() == name)
    }

    /// Whether the rule looks at distances in sigma and not only at sides and order: on a skewed
    /// scale it does not hold.
    #[must_use]
    pub const fn is_of_zones(self) -> bool {
        !matches!(
            self,
            Self::Beyond | Self::NineOneSide | Self::SixTrend | Self::FourteenAlternating
        )
    }

    /// Points a pattern spans.
    #[must_use]
    pub const fn span(self) -> usize {
        self.pattern().span()
    }

    /// Whether the pattern is complete at the last point of `z`, the standardised points so far.
    #[must_use]
    pub fn completes(self, z: &[f64]) -> bool {
        self.pattern().completes(z)
    }

    /// The points that complete the pattern, 0-based.
    #[must_use]
    pub fn signals(self, z: &[f64]) -> Vec<usize> {
        self.pattern().signals(z)
    }

    /// Expected number of points named by this rule in `points` of a stable process.
    #[must_use]
    pub fn expected_false_signals(self, points: usize) -> f64 {
        self.pattern().expected_false_signals(points)
    }
}

/// The rules in force where none are asked for: beyond, nine on a side, six in a trend, two of
/// three.
pub const STANDARD: [Rule; 4] = [Rule::Beyond, Rule::NineOneSide, Rule::SixTrend, Rule::TwoOfThree];

impl From<Rule> for Pattern {
    fn from(rule: Rule) -> Self {
        rule.pattern()
    }
}

const TWO_OF_THREE: Pattern = Pattern::SomeBeyond { needed: 2, window: 3, sigma: 2.0 };
const FOUR_OF_FIVE: Pattern = Pattern::SomeBeyond { needed: 4, window: 5, sigma: 1.0 };

/// Western Electric's four zone rules: a run of eight where Nelson asks nine.
pub const WESTERN_ELECTRIC: [Pattern; 4] =
    [Pattern::Beyond { sigma: 3.0 }, TWO_OF_THREE, FOUR_OF_FIVE, Pattern::OneSide { points: 8 }];

/// The rules of NHS England's *Making Data Count*: runs and trends of seven.
pub const NHS: [Pattern; 4] = [
    Pattern::Beyond { sigma: 3.0 },
    Pattern::OneSide { points: 7 },
    Pattern::Trend { points: 7 },
    TWO_OF_THREE,
];

/// Nelson 8 as qcc 3.0 has it: both sides must occur among the eight.
pub const EIGHT_BOTH_SIDES: Pattern = Pattern::Outside { points: 8, sigma: 1.0, both_sides: true };

/// Expected number of false signals of several rules in `points` of a stable process; a point two
/// rules name counts twice.
#[must_use]
pub fn expected_false_signals<R: Copy + Into<Pattern>>(rules: &[R], points: usize) -> f64 {
    rules.iter().map(|&rule| rule.into().expected_false_signals(points)).sum()
}

#[cfg(test)]
mod tests {
    use super::{Pattern, Rule, expected_false_signals};
    use proptest::prelude::*;

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

    /// A slow reading of each pattern's definition, to hold the fast one against.
    fn by_definition(pattern: Pattern, z: &[f64]) -> Vec<usize> {
        let all = |w: &[f64], f: &dyn Fn(f64) -> bool| w.iter().all(|&z| f(z));
        let complete = |w: &[f64]| match pattern {
            Pattern::Beyond { sigma } => w[0].abs() > sigma,
            Pattern::OneSide { .. } => all(w, &|z| z > 0.0) || all(w, &|z| z < 0.0),
            Pattern::Trend { .. } => {
                w.windows(2).all(|p| p[1] > p[0]) || w.windows(2).all(|p| p[1] < p[0])
            }
            Pattern::Alternating { .. } => {
                w.windows(3).all(|p| (p[1] - p[0]) * (p[2] - p[1]) < 0.0)
            }
            Pattern::SomeBeyond { needed, sigma, .. } => [1.0, -1.0].iter().any(|sign| {
                let beyond = |z: f64| sign * z > sigma;
                w.last().is_some_and(|&z| beyond(z))
                    && w.iter().filter(|&&z| beyond(z)).count() >= needed
            }),
            Pattern::Within { sigma, .. } => all(w, &|z| z.abs() < sigma),
            Pattern::Outside { sigma, both_sides, .. } => {
                let mixed = !all(w, &|z| z > 0.0) && !all(w, &|z| z < 0.0);
                all(w, &|z| z.abs() > sigma) && (mixed || !both_sides)
            }
        };
        let span = pattern.span();
        (span - 1..z.len()).filter(|&i| complete(&z[i + 1 - span..=i])).collect()
    }

    fn patterns() -> impl Strategy<Value = Pattern> {
        (0_usize..8, 3_usize..7, 0.2_f64..2.5).prop_map(|(kind, points, sigma)| match kind {
            0 => Pattern::Beyond { sigma },
            1 => Pattern::OneSide { points },
            2 => Pattern::Trend { points },
            3 => Pattern::Alternating { points },
            4 => Pattern::SomeBeyond { needed: points - 1, window: points, sigma },
            5 => Pattern::Within { points, sigma },
            6 => Pattern::Outside { points, sigma, both_sides: false },
            _ => Pattern::Outside { points, sigma, both_sides: true },
        })
    }

    proptest! {
        #[test]
        fn one_pass_names_what_the_definition_names(
            pattern in patterns(), z in prop::collection::vec(-6_i32..7, 0..60)
        ) {
            let z: Vec<f64> = z.iter().map(|&z| f64::from(z) / 2.0).collect();
            let signals = pattern.signals(&z);
            let completing: Vec<usize> =
                (0..z.len()).filter(|&i| pattern.completes(&z[..=i])).collect();
            prop_assert_eq!(&signals, &by_definition(pattern, &z));
            prop_assert_eq!(&signals, &completing);
            let members = pattern.members(&z);
            prop_assert!(signals.iter().all(|i| members.contains(i)));
            let mirrored: Vec<f64> = z.iter().map(|z| -z).collect();
            prop_assert_eq!(signals, pattern.signals(&mirrored));
        }
    }

    #[test]
    fn members_are_the_points_that_count() {
        let z = [0.0, 2.5, 0.1, 2.2, 0.0, -2.1, 2.3];
        assert_eq!(Rule::TwoOfThree.signals(&z), [3]);
        assert_eq!(Rule::TwoOfThree.pattern().members(&z), [1, 3]);
        let run = Pattern::OneSide { points: 3 };
        assert_eq!(run.members(&[1.0, 1.0, 1.0, 1.0, -1.0]), [0, 1, 2, 3]);
    }

    #[test]
    fn the_rates_of_nelsons_rules() {
        let zigzag = 2.0 * 199_360_981.0 / 87_178_291_200.0;
        let rates = [
            (Rule::Beyond, 0.002_699_796_063_260_189),
            (Rule::NineOneSide, 0.003_906_25),
            (Rule::SixTrend, 1.0 / 360.0),
            (Rule::FourteenAlternating, zigzag),
            (Rule::TwoOfThree, 0.002_046_724_511_137_303_7),
            (Rule::FourOfFive, 0.004_465_683_594_377_152),
            (Rule::FifteenWithin, 0.682_689_492_137_085_9_f64.powi(15)),
            (Rule::EightBeyond, 0.317_310_507_862_914_1_f64.powi(8)),
        ];
        for (rule, rate) in rates {
            let got = rule.pattern().false_alarm_rate();
            assert!((got / rate - 1.0).abs() < 1e-9, "{rule:?}: {got} for {rate}");
        }
    }
}
