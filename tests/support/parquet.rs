//! A small Parquet file of the same cells as a sheet.

use std::error::Error;
use std::sync::Arc;

use parquet::data_type::{ByteArray, ByteArrayType, DoubleType, Int32Type};
use parquet::file::writer::SerializedFileWriter;
use parquet::schema::parser::parse_message_type;

use crate::xlsb::Cell;

/// The serial date of 1970-01-01.
const EPOCH: u32 = 25_569;

/// The bytes of a file whose first row names its columns; each is of the type of its first value.
pub(crate) fn file(rows: &[Vec<Cell>]) -> Result<Vec<u8>, Box<dyn Error>> {
    let (head, records) = rows.split_first().ok_or("no header")?;
    let kinds: Vec<Option<&Cell>> = (0..head.len()).map(|at| kind(records, at)).collect();
    let fields = head.iter().zip(&kinds).map(|(name, kind)| field(name, *kind));
    let schema = format!("message table {{ {} }}", fields.collect::<String>());
    let schema = Arc::new(parse_message_type(&schema)?);
    let mut writer = SerializedFileWriter::new(Vec::new(), schema, Arc::default())?;
    let mut group = writer.next_row_group()?;
    let mut at = 0;
    while let Some(mut column) = group.next_column()? {
        let cells = || records.iter().filter_map(|row| row.get(at));
        let levels: Vec<i16> = cells().map(|c| i16::from(!matches!(c, Cell::Blank))).collect();
        let levels = Some(levels.as_slice());
        match kinds.get(at).copied().flatten() {
            Some(Cell::Date(_)) => {
                let days: Vec<i32> = cells().filter_map(day).collect();
                column.typed::<Int32Type>().write_batch(&days, levels, None)?
            }
            Some(Cell::Number(_)) => {
                let numbers: Vec<f64> = cells().filter_map(number).collect();
                column.typed::<DoubleType>().write_batch(&numbers, levels, None)?
            }
            _ => {
                let texts: Vec<ByteArray> = cells().filter_map(text).map(ByteArray::from).collect();
                column.typed::<ByteArrayType>().write_batch(&texts, levels, None)?
            }
        };
        column.close()?;
        at += 1;
    }
    group.close()?;
    Ok(writer.into_inner()?)
}

/// The first cell of a column that holds something.
fn kind(records: &[Vec<Cell>], at: usize) -> Option<&Cell> {
    records.iter().filter_map(|row| row.get(at)).find(|cell| !matches!(cell, Cell::Blank))
}

fn field(name: &Cell, kind: Option<&Cell>) -> String {
    let name = text(name).unwrap_or_default().replace(' ', "_");
    match kind {
        Some(Cell::Date(_)) => format!("optional int32 {name} (DATE);"),
        Some(Cell::Number(_)) => format!("optional double {name};"),
        _ => format!("optional binary {name} (UTF8);"),
    }
}

fn day(cell: &Cell) -> Option<i32> {
    match cell {
        Cell::Date(serial) => i32::try_from(i64::from(*serial) - i64::from(EPOCH)).ok(),
        _ => None,
    }
}

fn number(cell: &Cell) -> Option<f64> {
    match cell {
        Cell::Number(x) => Some(*x),
        _ => None,
    }
}

fn text(cell: &Cell) -> Option<&str> {
    match cell {
        Cell::Text(text) => Some(text),
        _ => None,
    }
}
