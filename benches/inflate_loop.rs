//! The limit of reading: the rows and the strings of a workbook unpacked and thrown away,
//! `inflate_loop FILE`.
#![expect(clippy::print_stdout, reason = "its result is printed")]
#![expect(clippy::disallowed_methods, reason = "a tool of the benchmarks opens its own file")]

use std::error::Error;
use std::fs::File;
use std::io::{BufReader, Read};

use zip::ZipArchive;

/// Bytes held at a time.
const CHUNK: usize = 1 << 16;

fn main() -> Result<(), Box<dyn Error>> {
    let path = std::env::args().nth(1).ok_or("usage: inflate_loop FILE.xlsx")?;
    let mut archive = ZipArchive::new(BufReader::with_capacity(CHUNK, File::open(path)?))?;
    let mut chunk = vec![0; CHUNK];
    let mut bytes = 0_usize;
    for i in 0..archive.len() {
        let mut part = archive.by_index(i)?;
        let name = part.name()?;
        if !["xl/worksheets/", "xl/sharedStrings"].iter().any(|start| name.starts_with(start)) {
            continue;
        }
        loop {
            match part.read(&mut chunk)? {
                0 => break,
                n => bytes += n,
            }
        }
    }
    println!("{bytes} bytes unpacked");
    Ok(())
}
