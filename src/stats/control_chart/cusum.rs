//! The tabular cumulative-sum chart.
//!
//! Sources: E. Page, Biometrika 41 (1954); J. Lucas and R. Crosier, Technometrics 24 (1982) for
//! the headstart (fast initial response); NIST/SEMATECH e-Handbook, 6.3.2.3.

use crate::stats::Unestimable;

/// Allowance, decision interval and start of both sums, all in the unit of the data.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Design {
    /// Allowance K: half the shift to be found, usually σ / 2.
    pub allowance: f64,
    /// Decision interval H, usually 4 or 5 σ.
    pub decision: f64,
    /// Where both sums start: 0, or H / 2 for a fast initial response.
    pub headstart: f64,
}

/// Both sums, and how long each has been above 0.
#[derive(Clone, Debug, PartialEq)]
pub struct Chart {
    /// C⁺ᵢ = max(0, C⁺ᵢ₋₁ + xᵢ − target − K).
    pub high: Vec<f64>,
    /// C⁻ᵢ = max(0, C⁻ᵢ₋₁ + target − xᵢ − K).
    pub low: Vec<f64>,
    /// Points for which C⁺ has been above 0: at a signal, the shift began so many points ago.
    pub high_run: Vec<usize>,
    /// Points for which C⁻ has been above 0.
    pub low_run: Vec<usize>,
    /// Points at which either sum is beyond H, 0-based; sums are not set back.
    pub signals: Vec<usize>,
}

impl Design {
    /// A design without headstart.
    ///
    /// # Errors
    /// A negative allowance, or a decision interval that is not positive.
    pub fn new(allowance: f64, decision: f64) -> Result<Self, Unestimable> {
        if !(allowance >= 0.0 && decision > 0.0 && (allowance + decision).is_finite()) {
            return Err(Unestimable::Outside("K must not be negative and H must be positive"));
        }
        Ok(Self { allowance, decision, headstart: 0.0 })
    }

    /// The same with both sums started at `headstart`.
    #[must_use]
    pub const fn starting_at(self, headstart: f64) -> Self {
        Self { headstart, ..self }
    }

    /// The chart of `x` about `target`.
    #[must_use]
    pub fn chart(&self, x: &[f64], target: f64) -> Chart {
        let high = self.sum(x.iter().map(|x| x - target));
        let low = self.sum(x.iter().map(|x| target - x));
        let signals =
            (0..x.len()).filter(|&i| high[i] > self.decision || low[i] > self.decision).collect();
        Chart { high_run: runs(&high), low_run: runs(&low), high, low, signals }
    }

    fn sum(&self, deviations: impl Iterator<Item = f64>) -> Vec<f64> {
        let step = |sum: &mut f64, d: f64| {
            *sum = (*sum + d - self.allowance).max(0.0);
            Some(*sum)
        };
        deviations.scan(self.headstart, step).collect()
    }
}

fn runs(sums: &[f64]) -> Vec<usize> {
    let step = |run: &mut usize, sum: &f64| {
        *run = if *sum > 0.0 { *run + 1 } else { 0 };
        Some(*run)
    };
    sums.iter().scan(0, step).collect()
}

#[cfg(test)]
mod tests {
    use super::{Chart, Design};

    /// NIST/SEMATECH e-Handbook, 6.3.2.3: target 325, k = 0.3175, h = 4.1959 (two decimals).
    const HANDBOOK: [f64; 20] = [
        324.925, 324.675, 324.725, 324.350, 325.350, 325.225, 324.125, 324.525, 325.225, 324.600,
        324.625, 325.150, 328.325, 327.250, 327.825, 328.500, 326.675, 327.775, 326.875, 328.350,
    ];

    fn handbook(headstart: f64) -> Chart {
        let design = Design::new(0.3175, 4.1959).unwrap_or_else(|_| unreachable!("a design"));
        design.starting_at(headstart).chart(&HANDBOOK, 325.0)
    }

    #[test]
    fn the_handbooks_sums_signal_at_the_fourteenth_batch() {
        let chart = handbook(0.0);
        assert_eq!(chart.signals.first(), Some(&13));
        for (i, want) in [(4, 0.03), (12, 3.01), (13, 4.94), (19, 19.04)] {
            assert!((chart.high[i] - want).abs() < 6e-3, "{} for {want}", chart.high[i]);
        }
        assert_eq!(chart.high_run[13], 2, "the shift began at the thirteenth");
    }

    #[test]
    fn a_headstart_only_ever_signals_earlier() {
        let (plain, fast) = (handbook(0.0), handbook(4.1959 / 2.0));
        assert!((fast.low[0] - (4.1959 / 2.0 + 0.075 - 0.3175)).abs() < 1e-9);
        let pairs = fast.high.iter().chain(&fast.low).zip(plain.high.iter().chain(&plain.low));
        assert!(pairs.into_iter().all(|(fast, plain)| fast >= plain));
        assert!(fast.signals.first() <= plain.signals.first());
    }

    #[test]
    fn only_designs_that_can_signal_are_taken() {
        assert!(Design::new(0.5, 0.0).is_err() && Design::new(-0.1, 4.0).is_err());
    }
}
