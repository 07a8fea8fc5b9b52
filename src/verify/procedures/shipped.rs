//! The cases the program carries.

/// Name and text of each case under `tests/reference`.
pub(in crate::verify) const SHIPPED: &[(&str, &str)] = &[];
