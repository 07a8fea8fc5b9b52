//! Correlation and regression.
