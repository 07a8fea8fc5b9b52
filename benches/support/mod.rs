//! What the benchmarks share: the workbook they read.
#![allow(dead_code, reason = "each binary uses its part")]
#![expect(unreachable_pub, reason = "shared by several binaries")]

pub mod records;
pub mod workbook;
