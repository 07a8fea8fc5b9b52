//! The conductor: names every stage in order.

use std::process::ExitCode;

/// Runs the command line and gives its exit code.
#[must_use]
pub fn main() -> ExitCode {
    ExitCode::SUCCESS
}
