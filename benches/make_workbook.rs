//! Writes the benchmark workbook: `make_workbook ROWS LAYOUT FILE`.
#![expect(clippy::disallowed_methods, reason = "a tool of the benchmarks writes its own file")]

mod support;

use std::fs::File;
use std::io::{BufWriter, Error, Result, Write};

use support::workbook::{Layout, write};

fn main() -> Result<()> {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let usage = || Error::other("usage: make_workbook ROWS excel|lo|inline|csv FILE");
    let [rows, layout, path] = words.as_slice() else { return Err(usage()) };
    let rows = rows.parse().map_err(|_| usage())?;
    let layout = Layout::parse(layout).ok_or_else(usage)?;
    let mut file = BufWriter::new(File::create(path)?);
    write(rows, layout, &mut file)?;
    file.flush()
}
