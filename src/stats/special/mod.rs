//! Distributions and special functions where the libraries fall short.

pub mod beta;
pub mod gamma;
pub mod noncentral;
pub mod noncentral_t;
pub mod normal;
pub mod quadrature;
pub mod root;
