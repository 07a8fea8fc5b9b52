//! Helpers shared by the integration tests.

pub(crate) mod edition;
pub(crate) mod libreoffice;
