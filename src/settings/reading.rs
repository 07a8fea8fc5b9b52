//! How inputs are read: `[read]` of `gemba.toml`.

mod writing;

use std::collections::BTreeMap;

pub use writing::{DateOrder, DecimalMark, Writing};

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// How inputs are read.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct ReadSettings {
    /// Who reads `xlsx` workbooks; `auto` by default.
    pub reader: Option<Reader>,
    /// What becomes of hidden sheets; left out by default.
    pub hidden_sheets: Option<Hidden>,
    /// What becomes of hidden and filtered rows of `xlsx` and `ods` sheets; read by default.
    /// `xls` and `xlsb` do not tell them from others here.
    pub hidden_rows: Option<Hidden>,
    /// Encoding of text files without a byte order mark, as the Encoding Standard labels it.
    pub encoding: Option<String>,
    /// The decimal mark of numbers written as text.
    pub decimal: Option<DecimalMark>,
    /// The order of day, month and year in dates written as text.
    pub date_order: Option<DateOrder>,
    /// What differs in some files, by a glob over file names: `[read.files."old-*.csv"]`.
    pub files: BTreeMap<String, Writing>,
    /// Bounds on what one file may ask of the machine.
    pub limits: Limits,
}

/// Who reads `xlsx` workbooks. Where both readers read, they find the same cells.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Reader {
    /// The own reader, and the general one for what it declines.
    Auto,
    /// The general reader, calamine, in a process of its own: a second opinion on every cell.
    General,
}

/// What becomes of what its user hid. It is counted either way.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Hidden {
    /// Read like the rest.
    Include,
    /// Left out.
    Skip,
}

/// Bounds on what one file may ask of the machine. Generous: a real workbook never meets them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct Limits {
    /// Bytes of one file.
    pub bytes: u64,
    /// Bytes of one file's parts once unpacked, summed.
    pub unpacked: u64,
    /// Parts of one zip workbook.
    pub parts: u64,
    /// Times a part beyond 64 MiB may grow while it unpacks.
    pub ratio: u64,
    /// Sheets of one workbook.
    pub sheets: u64,
    /// Last row a sheet may use.
    pub rows: u32,
    /// Last column a sheet may use.
    pub columns: u32,
    /// Cells of one sheet, blank ones with a format included.
    pub cells: u64,
    /// Cells of a sheet that has to be held as a whole rectangle (`xls`, `ods`).
    pub grid_cells: u64,
    /// Shared strings of one workbook.
    pub strings: u64,
    /// Bytes of one cell's text.
    pub text: u64,
    /// Bytes of memory the process that reads a file may ask for.
    pub memory: u64,
    /// Seconds of processor time it may take.
    pub cpu_seconds: u64,
    /// Seconds on the clock it may take.
    pub wall_seconds: u64,
}

impl Limits {
    /// A part may always grow to this size, whatever its ratio.
    const GRACE: u64 = 64 << 20;

    /// The size to which a part of so many bytes may unpack.
    #[must_use]
    pub fn largest(&self, packed: u64) -> u64 {
        packed.saturating_mul(self.ratio).max(Self::GRACE)
    }
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            bytes: 512 << 20,
            unpacked: 2 << 30,
            parts: 2_000,
            ratio: 100,
            sheets: 1_000,
            rows: 20_000_000,
            columns: 16_384,
            cells: 50_000_000,
            grid_cells: 30_000_000,
            strings: 20_000_000,
            text: 1 << 20,
            memory: 2 << 30,
            cpu_seconds: 60,
            wall_seconds: 120,
        }
    }
}
