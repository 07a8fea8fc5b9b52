//! Which model to read capability from: a fixed order, never the best p-value.
//!
//! Choosing the family that fits best turns chance into capability: the same lead times give a
//! Ppk between 0.36 and 0.63 by family. So the order is fixed beforehand, from what is simplest
//! and most often true of measurements and times to what bends to any sample; the first model the
//! values do not speak against is taken, and all others stay beside it.

use super::box_cox::{self, BoxCox, box_cox};
use super::fit::{Family, Fit, fit};
use super::johnson::{JohnsonFit, johnson};
use super::percentile::{Empirical, empirical};
use crate::stats::Unestimable;
use crate::stats::capability::{Indices, Specification};
use crate::stats::summary::moments::Moments;
use crate::stats::summary::normality::anderson_darling;

/// The distributions in the order they are tried.
pub const ORDER: [Family; 5] =
    [Family::Normal, Family::Lognormal, Family::Weibull, Family::Gamma, Family::Exponential];
/// p-value from which transformed values pass for normal.
const ADEQUATE: f64 = 0.05;

/// The model capability is read from.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Model {
    /// The first distribution of [`ORDER`] that is adequate.
    Distribution(Fit),
    /// No distribution is; a power makes the values normal.
    Power(BoxCox, Indices),
    /// No power does; a Johnson transformation does.
    Johnson(JohnsonFit),
    /// Nothing does: the percentiles themselves.
    Percentiles,
}

/// Everything known of the capability of values that need not be normal.
#[derive(Clone, Debug, PartialEq)]
pub struct Assessment {
    /// Percentiles and shares of the values themselves.
    pub empirical: Empirical,
    /// Adjusted skewness G₁.
    pub skewness: Option<f64>,
    /// The model by the fixed order.
    pub model: Model,
    /// Each distribution of [`ORDER`], or why it does not fit at all.
    pub fits: Vec<(Family, Result<Fit, Unestimable>)>,
    /// The Box–Cox power and its indices, or why there is none.
    pub power: Result<(BoxCox, Indices), Unestimable>,
    /// The Johnson transformation, or why there is none.
    pub johnson: Result<JohnsonFit, Unestimable>,
}

impl Assessment {
    /// Whether percentiles and the share beyond the limits are to be read before any index: the
    /// values speak against a normal distribution.
    #[must_use]
    pub const fn percentiles_first(&self) -> bool {
        !matches!(self.model, Model::Distribution(Fit { family: Family::Normal, .. }))
    }
}

/// Assesses `values` (any order) against `spec`: every fit, and the one the fixed order takes.
///
/// # Errors
/// Fewer than eight values, too few to test any model, or all the same.
pub fn assess(values: &[f64], spec: &Specification) -> Result<Assessment, Unestimable> {
    anderson_darling(values)?;
    let fits = ORDER.map(|family| (family, fit(family, values, spec))).to_vec();
    let power = box_cox(values, 0.95)
        .and_then(|found| Ok((found, box_cox::indices(values, found.lambda, spec)?)));
    let johnson = johnson(values, spec);
    let adequate = fits.iter().find_map(|(_, fit)| fit.as_ref().ok().filter(|fit| fit.adequate));
    let model = adequate
        .map(|fit| Model::Distribution(*fit))
        .or_else(|| by_power(values, power.as_ref().ok()?))
        .or_else(|| {
            johnson.as_ref().ok().filter(|j| j.p_value >= ADEQUATE).map(|j| Model::Johnson(*j))
        })
        .unwrap_or(Model::Percentiles);
    Ok(Assessment {
        empirical: empirical(values, spec)?,
        skewness: Moments::of(values).adjusted_skewness().ok(),
        model,
        fits,
        power,
        johnson,
    })
}

fn by_power(values: &[f64], (found, indices): &(BoxCox, Indices)) -> Option<Model> {
    let moved: Option<Vec<f64>> =
        values.iter().map(|&x| box_cox::transform(x, found.lambda)).collect();
    let p = anderson_darling(&moved?).ok()?.p_value;
    (p >= ADEQUATE).then_some(Model::Power(*found, *indices))
}
