//! Distributions and special functions where the libraries fall short.

pub mod beta;
pub mod fisher_f;
pub mod gamma;
pub mod noncentral;
pub mod noncentral_t;
pub mod normal;
pub mod quadrature;
pub mod root;
pub mod student_t;
pub mod studentized_range;
