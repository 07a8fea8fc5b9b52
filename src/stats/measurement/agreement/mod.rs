//! Whether people who judge the same items agree: with themselves, each other, and the truth.

pub mod attribute;
pub mod cohen;
pub mod concordance;
pub mod fleiss;

use crate::stats::special::normal;

/// Two-sided p-value of a standard normal.
fn two_sided(z: f64) -> f64 {
    2.0 * normal::cdf(-z.abs())
}
