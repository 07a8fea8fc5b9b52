//! Capability of values that are not normal: fits, transformations and plain percentiles.

pub mod box_cox;
pub mod choice;
pub mod distribution;
pub mod fit;
pub mod johnson;
pub mod percentile;
