//! Integrals by Gauss's rule: the nodes and weights that integrate polynomials of degree 2n − 1
//! exactly, and smooth functions to rounding.
//!
//! Source: W. Press and others, *Numerical Recipes*, 3rd ed. (2007), section 4.6;
//! M. Abramowitz and I. Stegun, *Handbook of Mathematical Functions*, 25.4.29.

use std::f64::consts::PI;

use crate::stats::count;

/// A Gauss–Legendre rule on (−1, 1).
#[derive(Clone, Debug)]
pub struct GaussLegendre {
    /// Node and weight, nodes falling.
    points: Vec<(f64, f64)>,
}

impl GaussLegendre {
    /// The rule of `n` nodes: the roots of the Legendre polynomial Pₙ, by Newton's method.
    #[must_use]
    pub fn new(n: usize) -> Self {
        Self { points: (1..=n).map(|i| root(n, i)).collect() }
    }

    /// Nodes and weights of the integral over `from` … `to`.
    pub fn on(&self, from: f64, to: f64) -> impl Iterator<Item = (f64, f64)> {
        let (half, middle) = (0.5 * (to - from), 0.5 * (to + from));
        self.points.iter().map(move |(x, w)| (middle + half * x, half * w))
    }

    /// ∫ f over `from` … `to`.
    #[must_use]
    pub fn integrate(&self, from: f64, to: f64, f: impl Fn(f64) -> f64) -> f64 {
        self.on(from, to).map(|(x, w)| w * f(x)).sum()
    }
}

/// The `i`th node and weight of `n`: from Tricomi's estimate, Newton needs four steps at most.
fn root(n: usize, i: usize) -> (f64, f64) {
    let mut x = (PI * (count(i) - 0.25) / (count(n) + 0.5)).cos();
    let mut slope = legendre(n, x).1;
    for _ in 0..8 {
        let step = legendre(n, x).0 / slope;
        x -= step;
        slope = legendre(n, x).1;
        if step.abs() <= f64::EPSILON {
            break;
        }
    }
    (x, 2.0 / ((1.0 - x * x) * slope * slope))
}

/// Pₙ(x) and its slope, by the three-term recurrence.
fn legendre(n: usize, x: f64) -> (f64, f64) {
    let (mut before, mut value) = (0.0, 1.0);
    for k in 1..=n {
        let k = count(k);
        (before, value) = (value, ((2.0 * k - 1.0) * x * value - (k - 1.0) * before) / k);
    }
    (value, count(n) * (before - x * value) / (1.0 - x * x))
}

#[cfg(test)]
mod tests {
    use super::GaussLegendre;
    use std::f64::consts::{E, FRAC_PI_2};

    /// Abramowitz and Stegun, table 25.4, n = 5.
    #[test]
    fn the_rule_of_five_is_the_tables() {
        let points: Vec<_> = GaussLegendre::new(5).on(-1.0, 1.0).collect();
        let table = [
            (0.906_179_845_938_664, 0.236_926_885_056_189),
            (0.538_469_310_105_683, 0.478_628_670_499_366),
        ];
        for ((x, w), (node, weight)) in points.iter().zip(table) {
            assert!((x - node).abs() < 1e-15 && (w - weight).abs() < 1e-15, "{x} {w}");
        }
    }

    #[test]
    fn polynomials_are_exact_and_smooth_functions_nearly() {
        let rule = GaussLegendre::new(4);
        assert!((rule.integrate(0.0, 2.0, |x| x.powi(7)) - 32.0).abs() < 1e-13);
        let rule = GaussLegendre::new(40);
        assert!((rule.integrate(0.0, 1.0, f64::exp) - (E - 1.0)).abs() < 1e-15);
        assert!((rule.integrate(0.0, FRAC_PI_2, f64::sin) - 1.0).abs() < 1e-15);
        let weights: f64 = GaussLegendre::new(200).on(0.0, 3.0).map(|(_, w)| w).sum();
        assert!((weights - 3.0).abs() < 1e-13);
    }
}
