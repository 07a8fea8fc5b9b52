//! Rows that repeat another of their table to the last cell.

use std::collections::HashSet;

use foldhash::fast::FixedState;

use crate::dataset::MISSING_CODE;

/// The rows of one table seen so far, by hashes of what they hold.
///
/// A copy has the identifier of the row it repeats. Most identifiers are met once: what their
/// rows hold stands in their order, and needs no search.
#[derive(Debug, Default)]
pub(super) struct Copies {
    /// The first row of each identifier, by its code.
    firsts: Vec<u64>,
    /// All other rows.
    others: HashSet<u64, FixedState>,
}

impl Copies {
    /// Whether a row with this identifier repeats one seen before.
    pub(super) fn is_copy(&mut self, id: u32, row: u64) -> bool {
        let at = id as usize;
        if id == MISSING_CODE || at > self.firsts.len() {
            return !self.others.insert(row);
        }
        if let Some(first) = self.firsts.get(at) {
            return *first == row || !self.others.insert(row);
        }
        self.firsts.push(row);
        !self.others.is_empty() && self.others.contains(&row)
    }

    /// Identifiers get new codes from here on.
    pub(super) fn forget_codes(&mut self) {
        self.others.extend(self.firsts.drain(..));
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use proptest::prelude::*;

    use super::{Copies, MISSING_CODE};

    proptest! {
        #[test]
        fn a_copy_is_a_row_seen_before(
            rows in proptest::collection::vec((0..6_u32, 0..3_u64, any::<bool>()), 0..60),
        ) {
            let (mut copies, mut seen) = (Copies::default(), HashSet::new());
            let mut codes = Vec::new();
            for (id, rest, anew) in rows {
                if anew {
                    copies.forget_codes();
                    codes.clear();
                }
                let known = codes.iter().position(|known| *known == id);
                let code = known.unwrap_or_else(|| {
                    codes.push(id);
                    codes.len() - 1
                });
                // The last one stands for rows without an identifier.
                let code = if id == 5 { MISSING_CODE } else { u32::try_from(code).unwrap_or(0) };
                let row = u64::from(id) * 10 + rest;
                prop_assert_eq!(copies.is_copy(code, row), !seen.insert(row));
            }
        }
    }
}
