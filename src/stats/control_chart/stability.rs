//! Whether a chart's signals are more than a stable process gives by chance.
//!
//! Every rule cries wolf now and then: on a hundred points of a stable process the four standard
//! rules name one or two. The number of points a rule names is compared with a Poisson count of its
//! expected false signals. On a chart of up to some thirty points one signal of any rule is already
//! too many; on a longer one it takes more.

use crate::stats::special::gamma;

/// A rule speaks against stability where so many signals come in fewer than this share of stable
/// charts.
pub const ALPHA: f64 = 0.1;

/// What the signals of a chart amount to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stability {
    /// No rule named a point.
    Quiet,
    /// Points were named, no more than chance alone would have it.
    AsChance,
    /// At least one rule named more points than chance would: there is no one process to describe.
    Unstable,
}

/// What one rule named, and how many points it would name by chance.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Tally {
    /// Points named.
    pub signals: usize,
    /// Expected number of them in a stable process.
    pub expected: f64,
}

impl Tally {
    /// Probability of so many or more by chance: the upper tail of the Poisson distribution.
    #[must_use]
    pub fn p_value(&self) -> f64 {
        if self.signals == 0 {
            return 1.0;
        }
        let shape = crate::stats::count(self.signals);
        gamma::tails(shape, self.expected).map_or(0.0, |tails| tails.lower)
    }
}

/// The verdict over the rules of a chart.
#[must_use]
pub fn judge(tallies: &[Tally]) -> Stability {
    if tallies.iter().all(|tally| tally.signals == 0) {
        Stability::Quiet
    } else if tallies.iter().any(|tally| tally.p_value() < ALPHA) {
        Stability::Unstable
    } else {
        Stability::AsChance
    }
}

#[cfg(test)]
mod tests {
    use super::{Stability, Tally, judge};
    use crate::stats::control_chart::rules::Rule;

    fn beyond(signals: usize, points: usize) -> Tally {
        Tally { signals, expected: Rule::Beyond.expected_false_signals(points) }
    }

    /// 1 − e^(−25 · 0.0026998) by hand.
    #[test]
    fn the_tail_is_the_poisson_distributions() {
        let p = beyond(1, 25).p_value();
        assert!((p - (1.0 - (-25.0 * 0.002_699_796_063_260_19_f64).exp())).abs() < 1e-12, "{p}");
        assert!((beyond(0, 25).p_value() - 1.0).abs() < 1e-15);
    }

    #[test]
    fn one_point_beyond_is_much_on_a_short_chart_and_little_on_a_long_one() {
        assert_eq!(judge(&[beyond(1, 25)]), Stability::Unstable);
        assert_eq!(judge(&[beyond(1, 400), beyond(0, 400)]), Stability::AsChance);
        assert_eq!(judge(&[beyond(9, 400)]), Stability::Unstable);
        assert_eq!(judge(&[beyond(0, 25)]), Stability::Quiet);
        assert_eq!(judge(&[]), Stability::Quiet);
    }
}
