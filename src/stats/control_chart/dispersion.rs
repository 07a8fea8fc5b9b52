//! Do counts vary more, or less, between periods than chance alone would have them?
//!
//! Source: R. A. Fisher, *Statistical Methods for Research Workers* (1925), the index of
//! dispersion; D. Laney, Quality Engineering 14 (2002) for `σ_z`.

use statrs::distribution::{ChiSquared, ContinuousCDF};

use super::individuals;

/// d₂ for ranges of two: 2/√π, the mean range of two standard normals.
const D2: f64 = std::f64::consts::FRAC_2_SQRT_PI;

/// The test of dispersion over standardised counts.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Dispersion {
    /// Σ z².
    pub chi2: f64,
    /// Degrees of freedom: points less one.
    pub df: usize,
    /// χ² / df, 1 under chance alone.
    pub ratio: f64,
    /// Probability of so much variation or more by chance.
    pub p_over: f64,
    /// Probability of so little variation or less by chance.
    pub p_under: f64,
}

/// Whether counts vary as chance alone would have them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Spread {
    /// As chance alone.
    AsChance,
    /// More: limits from theory call too much a signal; Laney's hold.
    More,
    /// Less: limits from theory hide signals; samples are mixed, or counts are not what they seem.
    Less,
}

impl Dispersion {
    /// The verdict at significance `alpha` in each direction.
    #[must_use]
    pub fn spread(&self, alpha: f64) -> Spread {
        match (self.p_over < alpha, self.p_under < alpha) {
            (true, _) => Spread::More,
            (_, true) => Spread::Less,
            _ => Spread::AsChance,
        }
    }
}

/// The test over standardised counts `z`. `None` for fewer than two points.
#[must_use]
#[expect(clippy::cast_precision_loss, reason = "points of a chart are few")]
pub fn dispersion(z: &[f64]) -> Option<Dispersion> {
    let df = z.len().checked_sub(1).filter(|&df| df > 0)?;
    let chi2: f64 = z.iter().map(|z| z * z).sum();
    let law = ChiSquared::new(df as f64).ok().filter(|_| chi2.is_finite())?;
    let (p_over, p_under) = (law.sf(chi2), law.cdf(chi2));
    Some(Dispersion { chi2, df, ratio: chi2 / df as f64, p_over, p_under })
}

/// Laney's `σ_z`: the mean moving range of `z` over d₂. `None` for fewer than two points.
#[must_use]
pub fn sigma_z(z: &[f64]) -> Option<f64> {
    individuals::mean_moving_range(z).map(|mean| mean / D2)
}
