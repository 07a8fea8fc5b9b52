//! Correlation and regression.

pub mod cholesky;
pub mod correlation;
pub mod diagnostics;
pub mod formula;
pub mod inference;
mod least_squares;
pub mod linear;
pub mod logistic;
pub mod predictors;
mod wide;

#[cfg(test)]
mod linear_tests;
