//! How much of a file is read before it is refused.

/// Bounds on what one file may ask of the machine. Generous: a real workbook never meets them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Bytes of one file.
    pub bytes: u64,
    /// Bytes of one file's parts once unpacked, summed.
    pub unpacked: u64,
    /// Last row a sheet may use.
    pub rows: u32,
    /// Last column a sheet may use.
    pub columns: u32,
    /// Cells of one sheet, blank ones with a format included.
    pub cells: u64,
    /// Cells of a sheet that has to be held as a whole rectangle (`xls`, `ods`).
    pub grid_cells: u64,
    /// Bytes of one cell's text.
    pub text: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            bytes: 512 << 20,
            unpacked: 2 << 30,
            rows: 20_000_000,
            columns: 16_384,
            cells: 200_000_000,
            grid_cells: 30_000_000,
            text: 1 << 20,
        }
    }
}
