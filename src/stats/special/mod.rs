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

#[cfg(test)]
pub(crate) mod testing {
    /// Fails unless there is a figure, within `rel` of `want`.
    #[track_caller]
    pub(crate) fn close(got: Option<f64>, want: f64, rel: f64) {
        let got = got.unwrap_or(f64::NAN);
        assert!((got / want - 1.0).abs() <= rel, "{got} for {want}");
    }
}
