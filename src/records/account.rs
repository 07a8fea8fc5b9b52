//! The account of every row: nothing is dropped without a count.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Source, TableKind};

/// What became of the rows of one table of a sheet, or of a sheet that holds none.
///
/// Tables that stand one below the other share no row: together their accounts hold every row of
/// the sheet once. Tables side by side share rows, and each account counts them over the columns of
/// its own table: a row is blank to the table that has nothing in it.
///
/// `seen = header + title + blank + used + Σ rejected + Σ ignored`, always.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct SheetAccount {
    /// The sheet.
    pub source: Source,
    /// The table it was read as; `None` where it is no known table.
    pub kind: Option<TableKind>,
    /// The table's rectangle as `A1:F40`; empty where it has the sheet for itself.
    pub area: String,
    /// Rows there are, counted to the last row with a cell.
    pub seen: u64,
    /// Header rows.
    pub header: u64,
    /// Title rows above the header.
    pub title: u64,
    /// Rows without a value.
    pub blank: u64,
    /// Rows that became records.
    pub used: u64,
    /// Refused rows by the code of the first issue that refused them.
    pub rejected: BTreeMap<String, u64>,
    /// Rows left out on purpose, by reason: `total`, `unknown_table`, `hidden`, `duplicate` ….
    pub ignored: BTreeMap<String, u64>,
}

impl SheetAccount {
    /// An empty account of a sheet.
    #[must_use]
    pub const fn new(source: Source) -> Self {
        Self {
            source,
            kind: None,
            area: String::new(),
            seen: 0,
            header: 0,
            title: 0,
            blank: 0,
            used: 0,
            rejected: BTreeMap::new(),
            ignored: BTreeMap::new(),
        }
    }

    /// The sheet and, where it holds more, the rectangle: `Sheet1!A1:F40`.
    #[must_use]
    pub fn place(&self) -> String {
        let sheet = &self.source.sheet;
        let mark = if sheet.is_empty() || self.area.is_empty() { "" } else { "!" };
        format!("{sheet}{mark}{}", self.area)
    }

    /// Whether every row seen is accounted for.
    #[must_use]
    pub fn balances(&self) -> bool {
        let out: u64 = self.rejected.values().chain(self.ignored.values()).sum();
        self.seen == self.header + self.title + self.blank + self.used + out
    }
}

/// The accounts of every table of a run, in the order read.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Account {
    /// One account a table, or a sheet without one.
    pub sheets: Vec<SheetAccount>,
}

impl Account {
    /// Rows seen in all sheets.
    #[must_use]
    pub fn seen(&self) -> u64 {
        self.sheets.iter().map(|s| s.seen).sum()
    }

    /// Rows used in all sheets.
    #[must_use]
    pub fn used(&self) -> u64 {
        self.sheets.iter().map(|s| s.used).sum()
    }

    /// Rows rejected in all sheets.
    #[must_use]
    pub fn rejected(&self) -> u64 {
        self.sheets.iter().flat_map(|s| s.rejected.values()).sum()
    }

    /// Rows ignored in all sheets.
    #[must_use]
    pub fn ignored(&self) -> u64 {
        self.sheets.iter().flat_map(|s| s.ignored.values()).sum()
    }
}
