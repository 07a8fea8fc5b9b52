//! gemba: quality and sales-process reports from the workbooks departments hand in.
//!
//! The road, in one direction only:
//!
//! 1. [`intake`] reads files into typed tables and issues, every value with its origin;
//! 2. [`records`] names the tables, columns, origins and issues gemba knows;
//! 3. [`dataset`] holds typed columns, the period, and integer summaries that merge;
//! 4. [`analyses`] turn a dataset into metrics, findings and blocks;
//! 5. [`report`] is the language-free result, `report.json` is its public form;
//! 6. [`i18n`] makes one edition of it per language;
//! 7. [`render`] (with [`charts`]) makes bytes: HTML, XLSX, JSON;
//! 8. [`deliver`] writes them to disk.
//!
//! [`run`] names the stages in order; [`settings`] says what was asked and what is valid;
//! [`stats`] and [`units`] stand on the ground; [`sample`] makes the sample company.

pub mod analyses;
pub mod charts;
pub mod dataset;
pub mod deliver;
pub mod i18n;
pub mod intake;
pub mod records;
pub mod render;
pub mod report;
pub mod run;
pub mod sample;
pub mod settings;
pub mod stats;
pub mod units;
pub mod verify;

// What the benchmarks share is a part of the tests too, and names the library.
#[cfg(test)]
extern crate self as gemba;
