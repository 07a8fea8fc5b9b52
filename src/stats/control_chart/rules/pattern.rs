//! Patterns of points on a control chart, with lengths and distances of the reader's choice.

use std::iter;

use crate::stats::special::normal;

/// A pattern of standardised points. Borders are strict: a point exactly on a border is on neither
/// side of it. A value that is no number belongs to no pattern and breaks every run.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Pattern {
    /// A point beyond `sigma`, on either side.
    Beyond {
        /// Distance from the centre.
        sigma: f64,
    },
    /// `points` in a row on one side of the centre.
    OneSide {
        /// Length of the run.
        points: usize,
    },
    /// `points` in a row rising or falling: one rise or fall fewer.
    Trend {
        /// Points, not rises.
        points: usize,
    },
    /// `points` in a row going up and down in turn.
    Alternating {
        /// Points, not turns.
        points: usize,
    },
    /// `needed` of `window` points beyond `sigma` on the same side, the last among them.
    SomeBeyond {
        /// Points beyond, at least.
        needed: usize,
        /// Points looked at.
        window: usize,
        /// Distance from the centre.
        sigma: f64,
    },
    /// `points` in a row nearer than `sigma`.
    Within {
        /// Length of the run.
        points: usize,
        /// Distance from the centre.
        sigma: f64,
    },
    /// `points` in a row farther than `sigma`, on either side.
    Outside {
        /// Length of the run.
        points: usize,
        /// Distance from the centre.
        sigma: f64,
        /// Whether both sides must occur among them (qcc 3.0); not with Nelson and Minitab.
        both_sides: bool,
    },
}

impl Pattern {
    /// Points the pattern spans.
    #[must_use]
    pub const fn span(self) -> usize {
        match self {
            Self::Beyond { .. } => 1,
            Self::SomeBeyond { window, .. } => window,
            Self::OneSide { points }
            | Self::Trend { points }
            | Self::Alternating { points }
            | Self::Within { points, .. }
            | Self::Outside { points, .. } => points,
        }
    }

    /// The points of `z` that complete the pattern, 0-based, in one pass.
    #[must_use]
    pub fn signals(self, z: &[f64]) -> Vec<usize> {
        match self {
            Self::Beyond { sigma } => streaks(z.iter().map(|z| i8::from(z.abs() > sigma)), 1, 0),
            Self::OneSide { points } => streaks(z.iter().map(|&z| side(z, 0.0)), points, 0),
            Self::Trend { points } => {
                streaks(z.windows(2).map(|w| step(w[0], w[1])), points.saturating_sub(1), 1)
            }
            Self::Alternating { points } => {
                let turns = z.windows(3).map(|w| i8::from(step(w[0], w[1]) * step(w[1], w[2]) < 0));
                streaks(turns, points.saturating_sub(2), 2)
            }
            Self::SomeBeyond { needed, window, sigma } => crowds(z, needed, window, sigma),
            Self::Within { points, sigma } => {
                streaks(z.iter().map(|z| i8::from(z.abs() < sigma)), points, 0)
            }
            Self::Outside { points, sigma, both_sides: false } => {
                streaks(z.iter().map(|z| i8::from(z.abs() > sigma)), points, 0)
            }
            Self::Outside { points, sigma, both_sides: true } => mixtures(z, points, sigma),
        }
    }

    /// Whether the pattern is complete at the last point of `z`, the standardised points so far.
    #[must_use]
    pub fn completes(self, z: &[f64]) -> bool {
        let window = z.len().checked_sub(self.span()).and_then(|from| z.get(from..));
        window.is_some_and(|window| self.signals(window).last() == Some(&(window.len() - 1)))
    }

    /// Every point that has part in a complete pattern, 0-based: what the NHS colours, where
    /// Minitab marks the completing point only.
    #[must_use]
    pub fn members(self, z: &[f64]) -> Vec<usize> {
        let mut part = vec![false; z.len()];
        for last in self.signals(z) {
            let from = (last + 1).saturating_sub(self.span());
            for (i, part) in part.iter_mut().enumerate().take(last + 1).skip(from) {
                *part |= self.counts(z, i, last);
            }
        }
        (0..z.len()).filter(|&i| part[i]).collect()
    }

    /// Whether point `i` counts in the pattern that `last` completes: not one on the way that lies
    /// nearer or on the other side.
    fn counts(self, z: &[f64], i: usize, last: usize) -> bool {
        match (self, z.get(i), z.get(last)) {
            (Self::SomeBeyond { sigma, .. }, Some(&at), Some(&end)) => {
                side(at, sigma) == side(end, sigma)
            }
            _ => true,
        }
    }

    /// Probability that a point of a stable process completes the pattern, once there are enough
    /// points for one: exact for independent normal points.
    ///
    /// Beyond: 2Φ(−k). One side: 2·½ʳ. Trend: 2/m!. Alternating: 2Aₘ/m! with the zigzag numbers A.
    /// `needed` of `window`: the binomial tail of the points before, times that of the last.
    #[must_use]
    pub fn false_alarm_rate(self) -> f64 {
        match self {
            Self::Beyond { sigma } => 2.0 * normal::cdf(-sigma),
            Self::OneSide { points } => 2.0 * 0.5_f64.powi(exponent(points)),
            Self::Trend { points } => {
                2.0 / (2..=points).map(|i| f64::from(exponent(i))).product::<f64>()
            }
            Self::Alternating { points } => 2.0 * zigzag(points),
            Self::SomeBeyond { needed, window, sigma } => {
                some_of(window, needed, normal::cdf(-sigma))
            }
            Self::Within { points, sigma } => {
                (1.0 - 2.0 * normal::cdf(-sigma)).powi(exponent(points))
            }
            Self::Outside { points, sigma, both_sides } => {
                let tail = normal::cdf(-sigma);
                let one_sided = if both_sides { 2.0 * tail.powi(exponent(points)) } else { 0.0 };
                (2.0 * tail).powi(exponent(points)) - one_sided
            }
        }
    }

    /// Expected number of points this pattern names in `points` of a stable process: exact
    /// whatever the dependence between patterns, since expectations add.
    #[must_use]
    #[expect(clippy::cast_precision_loss, reason = "points of a chart are few")]
    pub fn expected_false_signals(self, points: usize) -> f64 {
        (points + 1).saturating_sub(self.span()) as f64 * self.false_alarm_rate()
    }
}

/// 1 above `sigma`, −1 below its negative, 0 between.
pub(super) fn side(z: f64, sigma: f64) -> i8 {
    i8::from(z > sigma) - i8::from(z < -sigma)
}

/// 1 where the next point is higher, −1 where lower, 0 where the same.
fn step(from: f64, to: f64) -> i8 {
    i8::from(to > from) - i8::from(to < from)
}

/// Where the same class other than 0 stands at least `run` times in a row, moved by `offset`.
fn streaks(classes: impl Iterator<Item = i8>, run: usize, offset: usize) -> Vec<usize> {
    let (mut out, mut last, mut length) = (Vec::new(), 0, 0);
    for (i, class) in classes.enumerate() {
        // Without a branch: whether a run goes on is a coin's toss, which no processor guesses.
        length = length * usize::from(class == last) + 1;
        last = class;
        if length >= run && class != 0 {
            out.push(i + offset);
        }
    }
    out
}

fn crowds(z: &[f64], needed: usize, window: usize, sigma: f64) -> Vec<usize> {
    let sides = || z.iter().map(|&z| side(z, sigma));
    let (mut out, mut above, mut below) = (Vec::new(), 0_usize, 0_usize);
    for (i, (new, old)) in sides().zip(iter::repeat_n(0, window).chain(sides())).enumerate() {
        above = above + usize::from(new > 0) - usize::from(old > 0);
        below = below + usize::from(new < 0) - usize::from(old < 0);
        let crowd = if new > 0 { above } else { below };
        if crowd >= needed && new != 0 && i + 1 >= window {
            out.push(i);
        }
    }
    out
}

fn mixtures(z: &[f64], points: usize, sigma: f64) -> Vec<usize> {
    let (mut out, mut last, mut outside, mut same) = (Vec::new(), 0, 0, 0);
    for (i, &z) in z.iter().enumerate() {
        let now = side(z, sigma);
        outside = if now == 0 { 0 } else { outside + 1 };
        same = if now == last { same + 1 } else { 1 };
        last = now;
        if outside >= points && same < points {
            out.push(i);
        }
    }
    out
}

/// Probability of "`needed` of `window` on one side, the last among them", each point beyond with
/// probability `tail` on either side.
fn some_of(window: usize, needed: usize, tail: f64) -> f64 {
    let before = window.saturating_sub(1);
    let enough: f64 = (needed.saturating_sub(1)..=before).map(|k| binomial(before, k, tail)).sum();
    2.0 * tail * enough
}

fn binomial(n: usize, k: usize, p: f64) -> f64 {
    let ratio = |j: usize| f64::from(exponent(n - j)) / f64::from(exponent(j + 1));
    let ways: f64 = (0..k).map(ratio).product();
    ways * p.powi(exponent(k)) * (1.0 - p).powi(exponent(n - k))
}

/// Share of the orders of `n` points that go up and down in turn, up first: Aₙ/n!, by D. André's
/// recurrence 2(n + 1)aₙ₊₁ = Σ aₖ aₙ₋ₖ for aₙ = Aₙ/n!.
fn zigzag(n: usize) -> f64 {
    let mut a = vec![1.0, 1.0];
    for next in 2..=n {
        let sum: f64 = a.iter().zip(a.iter().rev()).map(|(x, y)| x * y).sum();
        a.push(sum / (2.0 * f64::from(exponent(next))));
    }
    a.get(n).copied().unwrap_or(1.0)
}

/// A length as the exponent of a power; lengths are small, and a power this high is 0.
fn exponent(n: usize) -> i32 {
    i32::try_from(n).unwrap_or(i32::MAX)
}
