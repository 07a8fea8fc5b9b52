//! Centre line and limits of a control chart, and which points lie beyond them.

/// Rounding of the last bits, in which a point exactly on a limit may land on either side.
const NOISE: f64 = 8.0 * f64::EPSILON;

/// Centre line and limits, on the scale of the chart.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Limits {
    /// Centre line.
    pub center: f64,
    /// Lower control limit.
    pub lcl: f64,
    /// Upper control limit.
    pub ucl: f64,
}

impl Limits {
    /// Limits `half` on either side of `center`.
    #[must_use]
    pub const fn around(center: f64, half: f64) -> Self {
        Self { center, lcl: center - half, ucl: center + half }
    }

    /// The same with no lower limit below 0, where ranges, counts and times end.
    #[must_use]
    pub const fn not_negative(self) -> Self {
        Self { lcl: self.lcl.max(0.0), ..self }
    }

    /// Whether `x` is beyond a limit; on it is not beyond.
    #[must_use]
    pub fn excludes(&self, x: f64) -> bool {
        let noise = |limit: f64| NOISE * x.abs().max(limit.abs());
        x > self.ucl + noise(self.ucl) || x < self.lcl - noise(self.lcl)
    }

    /// The points beyond these limits, 0-based.
    #[must_use]
    pub fn beyond(&self, points: &[f64]) -> Vec<usize> {
        (0..points.len()).filter(|&i| self.excludes(points[i])).collect()
    }
}

/// The points beyond limits of their own, 0-based.
#[must_use]
pub fn beyond_own(points: &[f64], limits: &[Limits]) -> Vec<usize> {
    let pairs = points.iter().zip(limits).enumerate();
    pairs.filter(|(_, (x, limits))| limits.excludes(**x)).map(|(i, _)| i).collect()
}

#[cfg(test)]
mod tests {
    use super::Limits;

    #[test]
    fn on_a_limit_is_not_beyond_even_after_rounding() {
        let limits = Limits::around(0.3, 0.3);
        assert_eq!(limits.beyond(&[0.0, 0.6, 0.1 + 0.2 + 0.3, 0.600_001, -1e-9]), [3, 4]);
        assert!(Limits::around(1.0, 2.0).not_negative().lcl.abs() < 1e-300);
    }
}
