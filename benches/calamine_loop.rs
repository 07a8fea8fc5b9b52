//! The yardstick of reading: a bare loop over calamine's streaming reader, `calamine_loop FILE`.
#![expect(clippy::print_stdout, reason = "its result is printed")]

use std::error::Error;

use calamine::{DataRef, Reader, Xlsx, open_workbook};

fn main() -> Result<(), Box<dyn Error>> {
    let path = std::env::args().nth(1).ok_or("usage: calamine_loop FILE.xlsx")?;
    let mut book: Xlsx<_> = open_workbook(path)?;
    let (mut cells, mut sum) = (0_u64, 0.0);
    for sheet in book.sheet_names() {
        let mut reader = book.worksheet_cells_reader(&sheet)?;
        while let Some(cell) = reader.next_cell()? {
            cells += 1;
            if let DataRef::Float(x) = cell.get_value() {
                sum += x;
            }
        }
    }
    println!("{cells} cells, numbers sum to {sum}");
    Ok(())
}
