//! Formats of cells below each other that look alike, set together: to look a format up costs
//! more than to write the cell.

use std::collections::BTreeMap;

use rust_xlsxwriter::{Format, Worksheet, XlsxError};

use super::style::Look;

/// The last cells of each column that look alike.
#[derive(Default)]
pub(super) struct Runs(BTreeMap<u16, Run>);

struct Run {
    look: Look,
    format: Format,
    first: u32,
    last: u32,
}

impl Runs {
    /// Takes a cell just written. The first of a run is formatted at once, which keeps formats in
    /// the order of cells; the others when it ends.
    pub(super) fn put(
        &mut self,
        worksheet: &mut Worksheet,
        (row, col): (u32, u16),
        look: Look,
        format: impl FnOnce() -> Format,
    ) -> Result<(), XlsxError> {
        match self.0.get_mut(&col) {
            Some(run) if run.look == look && run.last + 1 == row => run.last = row,
            _ => {
                let format = format();
                worksheet.set_cell_format(row, col, &format)?;
                let run = Run { look, format, first: row, last: row };
                if let Some(ended) = self.0.insert(col, run) {
                    ended.end(worksheet, col)?;
                }
            }
        }
        Ok(())
    }

    /// Ends every run.
    pub(super) fn finish(self, worksheet: &mut Worksheet) -> Result<(), XlsxError> {
        self.0.into_iter().try_for_each(|(col, run)| run.end(worksheet, col))
    }
}

impl Run {
    fn end(self, worksheet: &mut Worksheet, col: u16) -> Result<(), XlsxError> {
        if self.last > self.first {
            worksheet.set_range_format(self.first + 1, col, self.last, col, &self.format)?;
        }
        Ok(())
    }
}
