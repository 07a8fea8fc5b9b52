//! Variables charts, rare events and run lengths.

use super::Procedure;

pub(super) const PROCEDURES: &[Procedure] = &[];
