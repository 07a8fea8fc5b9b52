//! A rectangle of a sheet.

use crate::records::address;

/// A rectangle of a sheet; rows count from 1, columns from 0, and both ends belong to it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Area {
    /// First row.
    pub(super) top: u32,
    /// Last row.
    pub(super) bottom: u32,
    /// First column.
    pub(super) left: u32,
    /// Last column.
    pub(super) right: u32,
}

impl Area {
    /// The whole sheet.
    pub(super) const WHOLE: Self = Self { top: 1, bottom: u32::MAX, left: 0, right: u32::MAX };

    /// Whether it reaches over a row.
    pub(super) fn has_row(&self, row: u32) -> bool {
        (self.top..=self.bottom).contains(&row)
    }

    /// Whether it reaches over a column.
    pub(super) fn has_column(&self, column: u32) -> bool {
        (self.left..=self.right).contains(&column)
    }
}

impl std::fmt::Display for Area {
    fn fmt(&self, to: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(to, "{}:{}", address(self.left, self.top), address(self.right, self.bottom))
    }
}
