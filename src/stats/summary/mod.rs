//! Describing one sample.

pub mod quantile;
