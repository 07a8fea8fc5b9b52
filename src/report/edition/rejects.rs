//! A check in one language: what its workbook shows.

use super::{Cell, Edition, Table};

/// The workbook of rejected rows.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct RejectsBook {
    /// Title, account, problems, files and interface words.
    pub edition: Edition,
    /// How every heading was understood.
    pub headings: Table,
    /// How well keys find their partners.
    pub keys: Table,
    /// Headings of the columns that stand before a sheet's own.
    pub before: [String; 6],
    /// The faulty rows, sheet by sheet.
    pub sheets: Vec<RejectedSheet>,
}

/// The faulty rows of one sheet.
#[derive(Clone, Debug, PartialEq)]
pub struct RejectedSheet {
    /// `cases.xlsx 工單`.
    pub title: String,
    /// The headings as they stand in the source; letters for columns without one.
    pub headings: Vec<String>,
    /// The rows.
    pub rows: Vec<RejectedLine>,
}

/// One faulty row.
#[derive(Clone, Debug, PartialEq)]
pub struct RejectedLine {
    /// File and cell a link leads to; empty where the file is not known.
    pub link: String,
    /// Row in the source, what became of it, codes, reasons, cells, values: one line a fault.
    pub before: [String; 6],
    /// The row as it stood, one cell a heading.
    pub cells: Vec<Cell>,
    /// Indexes of the cells that are at fault.
    pub faulty: Vec<usize>,
}
