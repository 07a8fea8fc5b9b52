//! Measurement systems: gages and the agreement of raters.
