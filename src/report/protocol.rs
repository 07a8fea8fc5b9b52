//! The protocol of a run, beside its reports: what was read, by which settings, what was written.

use serde::Serialize;

use super::Provenance;
use crate::records::SheetAccount;

/// The version of the protocol's public form.
pub const PROTOCOL: &str = "gemba.run/1";

/// What a run read and wrote. It names no clock and no machine: the same run gives the same bytes.
#[derive(Clone, Debug, Serialize)]
pub struct Protocol {
    /// [`PROTOCOL`].
    pub schema: String,
    /// Version, settings, and the files read with their hashes.
    pub provenance: Provenance,
    /// What became of each file, in the order of [`Provenance::inputs`].
    pub inputs: Vec<InputProtocol>,
    /// The files written, in order.
    pub outputs: Vec<OutputFile>,
    /// The exit code of the run.
    pub exit_code: u8,
}

/// What became of one file.
#[derive(Clone, Debug, Serialize)]
pub struct InputProtocol {
    /// The file as it was named or found.
    pub path: String,
    /// Rows that were refused or read with a fault, and other errors.
    pub errors: u64,
    /// Warnings.
    pub warnings: u64,
    /// Its sheets, read and left out, with the reason of every row.
    pub sheets: Vec<SheetAccount>,
}

/// One file written.
#[derive(Clone, Debug, Serialize)]
pub struct OutputFile {
    /// File name without its folder.
    pub name: String,
    /// Size in bytes.
    pub bytes: u64,
    /// SHA-256, hexadecimal.
    pub sha256: String,
}
