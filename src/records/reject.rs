//! Rows with a fault, kept as they stood for those who have to mend them.

use serde::{Deserialize, Serialize};

use super::{Col, Issue, IssueCode, Place, Source, TableKind};

/// The faulty rows of one sheet, in the order of the sheet.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct SheetRejects {
    /// The sheet.
    pub source: Source,
    /// The table it was read as.
    pub kind: TableKind,
    /// Its headings by column of the sheet (0 for the first), as they stand.
    pub headings: Vec<(u32, String)>,
    /// The rows.
    pub rows: Vec<RejectedRow>,
}

/// A row that was refused, or used without its faulty cells.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct RejectedRow {
    /// Row of the sheet, 1 for the first.
    pub row: u32,
    /// The fault that refused it; `None` where the row was used without the cell.
    pub refused: Option<IssueCode>,
    /// What was wrong, in the order of the sheet's columns; empty where the shape of the row is.
    pub faults: Vec<CellFault>,
    /// Its cells by column of the sheet, blank ones left out.
    pub cells: Vec<(u32, HeldCell)>,
}

/// What was wrong with one cell.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CellFault {
    /// Column of the sheet, 0 for the first.
    pub at: u32,
    /// The heading above it.
    pub header: String,
    /// The column of the table it was read as.
    pub col: Col,
    /// What was wrong.
    pub code: IssueCode,
    /// The value as it stood; empty where the cell is blank.
    pub value: String,
}

/// A cell as it stood.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum HeldCell {
    /// Text, an error value as `#N/A`, or anything else in its printed form.
    Text(String),
    /// A finite number.
    Number(f64),
}

impl CellFault {
    /// The issue of this cell, which stands in `row` of a sheet.
    #[must_use]
    pub fn issue(&self, source: &Source, row: u32) -> Issue {
        let cell = address(self.at, row);
        let place = Place { file: source.file.clone(), sheet: source.sheet.clone(), cell };
        let issue = Issue::new(self.code, place).value(&self.value);
        issue.arg("column", &self.header).arg("col", self.col.name())
    }
}

/// The address of a cell, as `D17`; `column` counts from 0.
#[must_use]
pub fn address(column: u32, row: u32) -> String {
    column_letters(column) + &row.to_string()
}

/// The letters of a column, as `AB`; `column` counts from 0.
#[must_use]
pub fn column_letters(column: u32) -> String {
    let mut letters = Vec::new();
    let mut rest = u64::from(column) + 1;
    while rest > 0 {
        letters.push(char::from(b'A' + u8::try_from((rest - 1) % 26).unwrap_or(0)));
        rest = (rest - 1) / 26;
    }
    letters.iter().rev().collect()
}

#[cfg(test)]
mod tests {
    use super::address;

    #[test]
    fn addresses_count_columns_in_letters() {
        let all = [(0, "A1"), (25, "Z1"), (26, "AA1"), (701, "ZZ1"), (16_383, "XFD1")];
        assert!(all.iter().all(|(column, name)| address(*column, 1) == *name));
    }
}
