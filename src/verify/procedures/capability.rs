//! Capability.

use super::Procedure;

pub(super) const PROCEDURES: &[Procedure] = &[];
