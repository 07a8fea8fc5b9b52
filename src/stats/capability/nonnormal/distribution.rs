//! Distributions of what is measured on a scale.
//!
//! Source: N. Johnson, S. Kotz and N. Balakrishnan, *Continuous Univariate Distributions* 1
//! (1994).

use std::f64::consts::PI;

use statrs::function::gamma::ln_gamma;

use crate::stats::special::beta::Tails;
use crate::stats::special::{gamma, normal};

/// A distribution with its parameters.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Distribution {
    /// Normal.
    Normal {
        /// Mean.
        mean: f64,
        /// Standard deviation.
        sd: f64,
    },
    /// Lognormal: the logarithm is normal.
    Lognormal {
        /// Mean of the logarithm.
        mean: f64,
        /// Standard deviation of the logarithm.
        sd: f64,
    },
    /// Weibull.
    Weibull {
        /// Shape.
        shape: f64,
        /// Scale, in the unit of the values.
        scale: f64,
    },
    /// Gamma.
    Gamma {
        /// Shape.
        shape: f64,
        /// Scale, in the unit of the values.
        scale: f64,
    },
    /// Exponential.
    Exponential {
        /// Mean, in the unit of the values.
        mean: f64,
    },
}

impl Distribution {
    /// Probabilities at or below `x` and above it, each to its own last digits.
    #[must_use]
    pub fn tails(&self, x: f64) -> Tails {
        let normal = |z: f64| Tails { lower: normal::cdf(z), upper: normal::cdf(-z) };
        let decay = |h: f64| Tails { lower: -(-h).exp_m1(), upper: (-h).exp() };
        match *self {
            Self::Normal { mean, sd } => normal((x - mean) / sd),
            _ if x <= 0.0 => Tails { lower: 0.0, upper: 1.0 },
            Self::Lognormal { mean, sd } => normal((x.ln() - mean) / sd),
            Self::Weibull { shape, scale } => decay((x / scale).powf(shape)),
            Self::Exponential { mean } => decay(x / mean),
            Self::Gamma { shape, scale } => {
                gamma::tails(shape, x / scale).unwrap_or(Tails { lower: 1.0, upper: 0.0 })
            }
        }
    }

    /// The value below which the share `p` lies; `None` unless 0 < p < 1.
    #[must_use]
    pub fn quantile(&self, p: f64) -> Option<f64> {
        let z = normal::quantile(p)?;
        let hazard = -(-p).ln_1p();
        Some(match *self {
            Self::Normal { mean, sd } => mean + sd * z,
            Self::Lognormal { mean, sd } => (mean + sd * z).exp(),
            Self::Weibull { shape, scale } => scale * hazard.powf(1.0 / shape),
            Self::Exponential { mean } => mean * hazard,
            Self::Gamma { shape, scale } => scale * gamma::quantile(shape, p)?,
        })
    }

    /// Logarithm of the density at `x`; minus infinity where the distribution has none.
    #[must_use]
    pub fn ln_density(&self, x: f64) -> f64 {
        let normal = |z: f64, sd: f64| -0.5 * z * z - (sd * (2.0 * PI).sqrt()).ln();
        match *self {
            Self::Normal { mean, sd } => normal((x - mean) / sd, sd),
            Self::Exponential { mean } if x >= 0.0 => -x / mean - mean.ln(),
            _ if x <= 0.0 => f64::NEG_INFINITY,
            Self::Lognormal { mean, sd } => normal((x.ln() - mean) / sd, sd) - x.ln(),
            Self::Weibull { shape, scale } => {
                let log = (x / scale).ln();
                shape.ln() - scale.ln() + (shape - 1.0) * log - (shape * log).exp()
            }
            Self::Gamma { shape, scale } => {
                (shape - 1.0) * (x / scale).ln() - x / scale - ln_gamma(shape) - scale.ln()
            }
            Self::Exponential { .. } => f64::NEG_INFINITY,
        }
    }
}
