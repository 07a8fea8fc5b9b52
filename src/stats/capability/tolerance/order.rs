//! Tolerance limits without a distribution: values of the sample itself.

use crate::stats::special::beta;
use crate::stats::special::root::bracketed;
use crate::stats::{Unestimable, count};

/// Which order statistics are the limits, and the confidence they reach.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Ranks {
    /// Rank of the lower limit, counted from 1; absent of an upper limit alone.
    pub lower: Option<usize>,
    /// Rank of the upper limit, counted from 1; absent of a lower limit alone.
    pub upper: Option<usize>,
    /// Confidence reached, at least the one asked for.
    pub confidence: f64,
}

/// Sides of a tolerance interval.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sides {
    /// A lower limit alone.
    Lower,
    /// An upper limit alone.
    Upper,
    /// Both.
    Both,
}

impl Sides {
    /// Intervals between order statistics left out at least: one beyond each limit.
    const fn left_out(self) -> usize {
        match self {
            Self::Both => 2,
            Self::Lower | Self::Upper => 1,
        }
    }

    /// Ranks of the limits with `left_out` intervals beyond them.
    fn ranks(self, n: usize, left_out: usize) -> (Option<usize>, Option<usize>) {
        match self {
            Self::Lower => (Some(left_out), None),
            Self::Upper => (None, Some(n + 1 - left_out)),
            Self::Both => {
                let below = left_out / 2;
                (Some(below), Some(n + 1 - (left_out - below)))
            }
        }
    }
}

/// The innermost order statistics of `n` values that hold the share `content` with `confidence`.
///
/// With m intervals between order statistics left out, the share held is Beta(n − m + 1, m).
///
/// # Errors
/// Too few values for even the outermost ones ([`sample_size`] says how many are needed), or
/// shares outside (0, 1).
pub fn order_statistics(
    n: usize,
    content: f64,
    confidence: f64,
    sides: Sides,
) -> Result<Ranks, Unestimable> {
    let needed = sample_size(content, confidence, sides)?;
    if n < needed {
        return Err(Unestimable::TooFew { needed, got: n });
    }
    let reached = |left_out: usize| held(count(n), count(left_out), content).unwrap_or(0.0);
    // The confidence falls with every interval left out: the last that still reaches it.
    let (mut enough, mut short) = (sides.left_out(), n + 1);
    while short - enough > 1 {
        let middle = usize::midpoint(enough, short);
        if reached(middle) >= confidence {
            enough = middle;
        } else {
            short = middle;
        }
    }
    let (lower, upper) = sides.ranks(n, enough);
    Ok(Ranks { lower, upper, confidence: reached(enough) })
}

/// Values needed for the outermost ones to hold `content` with `confidence`.
///
/// # Errors
/// Shares outside (0, 1).
pub fn sample_size(content: f64, confidence: f64, sides: Sides) -> Result<usize, Unestimable> {
    let inside = |share: f64| share > 0.0 && share < 1.0;
    if !(inside(content) && inside(confidence)) {
        return Err(Unestimable::Outside("share and confidence must lie between 0 and 1"));
    }
    let least = count(sides.left_out());
    let miss = |n: f64| held(n, least, content).unwrap_or(0.0) - confidence;
    if miss(least) >= 0.0 {
        return Ok(sides.left_out());
    }
    let unsolved = Unestimable::NotSolvable("no sample is large enough");
    let root = bracketed(miss, least, 1e12).ok_or(unsolved)?;
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "1 to 10^12")]
    let n = (root - 1e-9).ceil() as usize;
    Ok(n)
}

/// Confidence that `n` values less `left_out` intervals hold `content`.
fn held(n: f64, left_out: f64, content: f64) -> Option<f64> {
    beta::tails(n - left_out + 1.0, left_out, content).map(|tails| tails.upper)
}
