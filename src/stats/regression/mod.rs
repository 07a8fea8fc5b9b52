//! Correlation and regression.

pub mod cholesky;
