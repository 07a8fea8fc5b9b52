//! The standard normal distribution.

use statrs::distribution::{ContinuousCDF, Normal};

/// Φ(z): the share of a standard normal below `z`.
#[must_use]
pub fn cdf(z: f64) -> f64 {
    Normal::standard().cdf(z)
}

/// Φ⁻¹(p): the z below which the share `p` lies; `None` unless 0 < p < 1.
#[must_use]
pub fn quantile(p: f64) -> Option<f64> {
    (p > 0.0 && p < 1.0).then(|| Normal::standard().inverse_cdf(p))
}
