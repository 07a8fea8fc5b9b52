//! The chart of an exponentially weighted moving average.
//!
//! Sources: S. Roberts, Technometrics 1 (1959); J. Lucas and M. Saccucci, Technometrics 32 (1990);
//! NIST/SEMATECH e-Handbook, 6.3.2.4.

use super::limits::Limits;
use crate::stats::Unestimable;

/// Weight and width of an EWMA chart.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Design {
    /// Weight λ of the newest point, 0 < λ ≤ 1; 1 is a Shewhart chart.
    pub lambda: f64,
    /// Width L of the limits in standard errors.
    pub width: f64,
}

/// A chart: zᵢ = λ xᵢ + (1 − λ) zᵢ₋₁.
#[derive(Clone, Debug, PartialEq)]
pub struct Chart {
    /// The average at each point.
    pub ewma: Vec<f64>,
    /// Exact limits at each point, by the variance at that age: target ± L √Var zᵢ, where
    /// Var zᵢ = (1 − λ)² Var zᵢ₋₁ + λ² eᵢ².
    pub limits: Vec<Limits>,
    /// Limits of a chart that has run long: target ± L e √(λ / (2 − λ)). None where the standard
    /// errors e of the points differ.
    pub asymptotic: Option<Limits>,
}

impl Design {
    /// A design.
    ///
    /// # Errors
    /// λ outside (0, 1], or a width that is not positive.
    pub fn new(lambda: f64, width: f64) -> Result<Self, Unestimable> {
        if !(lambda > 0.0 && lambda <= 1.0) {
            return Err(Unestimable::Outside(
                "the weight of an EWMA lies above 0, and at most at 1",
            ));
        }
        if !(width > 0.0 && width.is_finite()) {
            return Err(Unestimable::Outside("limits need a positive width"));
        }
        Ok(Self { lambda, width })
    }

    /// The chart of `points` (value, and its standard error: σ, or σ / √n of a mean), from `start`,
    /// usually the target.
    #[must_use]
    pub fn chart(&self, points: &[(f64, f64)], target: f64, start: f64) -> Chart {
        let (keep, mut z, mut variance) = (1.0 - self.lambda, start, 0.0);
        let (mut ewma, mut limits) = (Vec::new(), Vec::new());
        for (x, error) in points {
            z = self.lambda * x + keep * z;
            variance = keep * keep * variance + (self.lambda * error).powi(2);
            ewma.push(z);
            limits.push(Limits::around(target, self.width * f64::sqrt(variance)));
        }
        let error = points.first().map(|first| first.1);
        let same = |error: &f64| points.iter().all(|p| p.1.total_cmp(error).is_eq());
        let asymptotic = error.filter(same).map(|error| {
            Limits::around(target, self.width * error * (self.lambda / (1.0 + keep)).sqrt())
        });
        Chart { ewma, limits, asymptotic }
    }
}

#[cfg(test)]
mod tests {
    use super::Design;

    fn design(lambda: f64) -> Design {
        Design::new(lambda, 3.0).unwrap_or_else(|_| unreachable!("a design"))
    }

    /// NIST/SEMATECH e-Handbook, 6.3.2.4: target 50, sigma 2.0539, λ = 0.3 (two decimals).
    #[test]
    fn the_handbooks_chart() {
        let x = [
            52.0, 47.0, 53.0, 49.3, 50.1, 47.0, 51.0, 50.1, 51.2, 50.5, 49.6, 47.6, 49.9, 51.3,
            47.8, 51.2, 52.6, 52.4, 53.6, 52.1,
        ];
        let printed = [50.6, 49.52, 50.56, 50.18, 50.16, 49.21, 49.75, 49.85, 50.26];
        let points: Vec<_> = x.iter().map(|&x| (x, 2.0539)).collect();
        let chart = design(0.3).chart(&points, 50.0, 50.0);
        for (got, want) in chart.ewma.iter().zip(printed) {
            assert!((got - want).abs() < 6e-3, "{got} for {want}");
        }
        let long = chart.asymptotic.unwrap_or_else(|| unreachable!("one sigma"));
        assert!((long.ucl - 52.5884).abs() < 1e-4 && (long.lcl - 47.4115).abs() < 2e-4);
        let last = chart.limits.last().unwrap_or_else(|| unreachable!());
        assert!(last.ucl < long.ucl && long.ucl - last.ucl < 1e-5, "limits open up to the last");
    }

    #[test]
    fn weight_one_is_a_shewhart_chart_and_other_weights_are_refused() {
        let chart = design(1.0).chart(&[(1.0, 1.0), (4.0, 0.5)], 2.0, 2.0);
        assert_eq!(chart.ewma, [1.0, 4.0]);
        assert_eq!(chart.limits.iter().map(|l| l.ucl).collect::<Vec<_>>(), [5.0, 3.5]);
        assert_eq!(chart.asymptotic, None, "standard errors differ");
        assert!(Design::new(0.0, 3.0).is_err() && Design::new(0.2, 0.0).is_err());
    }
}
