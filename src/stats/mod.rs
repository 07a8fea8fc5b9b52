//! Pure mathematics on slices: no domain word, no input or output.

pub mod attribute_chart;
pub mod beta;
pub mod change_point;
pub mod dispersion;
pub mod exact;
pub mod funnel_limits;
pub mod holm;
pub mod homogeneity;
pub mod interval;
pub mod logrank;
pub mod normal;
pub mod quantile;
pub mod rates;
pub mod rules;
pub mod shrink;
pub mod sigma;
pub mod survival;
pub mod truncation;

pub use holm::holm;
pub use interval::Bounds;
