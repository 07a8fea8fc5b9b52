//! Where a value came from.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Where a row came from: an index into the list of sources, and the sheet's own row number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Origin {
    /// Index into the run's [`Source`]s.
    pub source: u32,
    /// Row in the sheet, 1 for the first.
    pub row: u32,
}

/// One sheet of one file.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
pub struct Source {
    /// File name without its folder.
    pub file: String,
    /// Sheet name; empty for a text file.
    pub sheet: String,
}

/// One file read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct InputFile {
    /// File name without its folder.
    pub name: String,
    /// Size in bytes.
    pub bytes: u64,
    /// SHA-256, hexadecimal.
    pub sha256: String,
    /// Which reader took it: `xlsx`, `xls`, `xlsb`, `ods`, `csv`, `parquet`.
    pub reader: String,
    /// What the bytes of a text file are encoded in, as the Encoding Standard names it.
    pub encoding: Option<String>,
}
