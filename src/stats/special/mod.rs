//! Distributions and special functions where the libraries fall short.

pub mod beta;
pub mod normal;
pub mod quadrature;
