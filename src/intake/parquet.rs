//! Rows of a Parquet file, read record by record without Arrow.

use parquet::data_type::Decimal;
use parquet::errors::ParquetError;
use parquet::file::reader::{FileReader, SerializedFileReader};
use parquet::record::Field;
use parquet::record::reader::RowIter;

use super::convert::push_checked;
use super::row::{Raw, RowBuf, SheetReader};
use super::trouble::Trouble;
use crate::settings::Limits;

/// Serial of 1970-01-01.
const EPOCH: f64 = 25_569.0;
/// Whole numbers up to here are exact in a double.
const EXACT: i128 = 1 << 53;

/// A Parquet file.
pub(super) type ParquetFile = Box<dyn FileReader>;

#[expect(clippy::needless_pass_by_value, reason = "the shape map_err asks for")]
fn broken(error: ParquetError) -> Trouble {
    Trouble::Broken(error.to_string())
}

/// Opens the bytes of a file.
///
/// # Errors
/// Its footer cannot be read, or declares more rows or columns than the limits allow.
pub(super) fn open(bytes: &[u8], limits: &Limits) -> Result<ParquetFile, Trouble> {
    let file = SerializedFileReader::new(bytes::Bytes::copy_from_slice(bytes)).map_err(broken)?;
    let meta = file.metadata().file_metadata();
    let over = |name, maximum: u32| Err(Trouble::OverLimit(name, u64::from(maximum)));
    if meta.num_rows() >= i64::from(limits.rows) {
        return over("rows", limits.rows);
    }
    if meta.schema().get_fields().len() as u64 > u64::from(limits.columns) {
        return over("columns", limits.columns);
    }
    Ok(Box::new(file))
}

/// The rows of a file: first its column names, then its records.
pub(super) struct ParquetRows<'f> {
    names: Vec<String>,
    records: RowIter<'f>,
    limits: Limits,
    number: u32,
}

impl<'f> ParquetRows<'f> {
    /// Rows of a file, from its first.
    pub(super) fn new(file: &'f dyn FileReader, limits: Limits) -> Result<Self, Trouble> {
        let schema = file.metadata().file_metadata().schema();
        let names = schema.get_fields().iter().map(|field| field.name().to_owned()).collect();
        Ok(Self { names, records: file.get_row_iter(None).map_err(broken)?, limits, number: 0 })
    }
}

impl SheetReader for ParquetRows<'_> {
    fn next_row(&mut self, row: &mut RowBuf) -> Result<bool, Trouble> {
        row.clear();
        let before = self.number;
        if before == 0 {
            for (column, name) in (0..).zip(&self.names) {
                push_checked(row, column, name, &self.limits)?;
            }
            self.number = 1;
        }
        while row.is_blank() {
            let Some(record) = self.records.next().transpose().map_err(broken)? else {
                return Ok(false);
            };
            self.number += 1;
            for (column, (_, field)) in (0..).zip(record.get_column_iter()) {
                push(row, column, field, &self.limits)?;
            }
        }
        row.number = self.number;
        row.blank_before = u64::from(self.number - before - 1);
        Ok(true)
    }
}

fn push(row: &mut RowBuf, column: u32, field: &Field, limits: &Limits) -> Result<(), Trouble> {
    match field {
        Field::Null => {}
        Field::Bool(yes) => row.push(column, Raw::Bool(*yes)),
        Field::Byte(n) => push_whole(row, column, i128::from(*n)),
        Field::Short(n) => push_whole(row, column, i128::from(*n)),
        Field::Int(n) => push_whole(row, column, i128::from(*n)),
        Field::Long(n) => push_whole(row, column, i128::from(*n)),
        Field::UByte(n) => push_whole(row, column, i128::from(*n)),
        Field::UShort(n) => push_whole(row, column, i128::from(*n)),
        Field::UInt(n) => push_whole(row, column, i128::from(*n)),
        Field::ULong(n) => push_whole(row, column, i128::from(*n)),
        Field::Float16(x) => row.push(column, Raw::Number(x.to_f64())),
        Field::Float(x) => row.push(column, Raw::Number(f64::from(*x))),
        Field::Double(x) => row.push(column, Raw::Number(*x)),
        Field::Decimal(x) => push_decimal(row, column, x),
        Field::Str(text) => push_checked(row, column, text, limits)?,
        Field::Date(days) => row.push(column, stamp(i64::from(*days) * 86_400_000)),
        Field::TimestampMillis(millis) => row.push(column, stamp(*millis)),
        Field::TimestampMicros(micros) => row.push(column, stamp(micros.div_euclid(1000))),
        Field::TimeMillis(millis) => row.push(column, Raw::Span(i64::from(*millis))),
        Field::TimeMicros(micros) => row.push(column, Raw::Span(micros / 1000)),
        Field::Bytes(bytes) => match std::str::from_utf8(bytes.data()) {
            Ok(text) => push_checked(row, column, text, limits)?,
            Err(_) => row.push_error(column, "#BINARY"),
        },
        nested @ (Field::Group(_) | Field::ListInternal(_) | Field::MapInternal(_)) => {
            push_checked(row, column, &nested.to_string(), limits)?;
        }
    }
    Ok(())
}

/// A whole number; beyond what a double holds exactly its digits are kept as text.
#[expect(clippy::cast_precision_loss, reason = "exact up to the bound")]
fn push_whole(row: &mut RowBuf, column: u32, n: i128) {
    if n.abs() <= EXACT {
        row.push(column, Raw::Number(n as f64));
    } else {
        row.push_text(column, &n.to_string());
    }
}

/// A decimal: its unscaled big-endian digits with the point put in.
fn push_decimal(row: &mut RowBuf, column: u32, decimal: &Decimal) {
    let bytes = decimal.data();
    let sign = if bytes.first().is_some_and(|b| *b >= 0x80) { -1 } else { 0 };
    let unscaled = bytes.iter().fold(sign, |n: i128, byte| (n << 8) | i128::from(*byte));
    let written = format!("{unscaled}e-{}", decimal.scale());
    match written.parse::<f64>() {
        Ok(x) if bytes.len() <= 16 => row.push(column, Raw::Number(x)),
        _ => row.push_error(column, "#NUM!"),
    }
}

/// An instant with the serial a workbook would hold.
#[expect(clippy::cast_precision_loss, reason = "days of a calendar")]
fn stamp(millis: i64) -> Raw {
    let days = millis as f64 / 86_400_000.0 + EPOCH;
    // Excel counts a 29 February 1900, serial 60.
    Raw::Stamp { serial: if days < 61.0 { days - 1.0 } else { days }, millis }
}

#[cfg(test)]
mod tests {
    use std::error::Error;
    use std::sync::Arc;

    use parquet::data_type::{
        ByteArray, ByteArrayType, DoubleType, Int32Type, Int64Type, Int96, Int96Type,
    };
    use parquet::file::writer::SerializedFileWriter;
    use parquet::schema::parser::parse_message_type;

    use super::{ParquetRows, Raw, open};
    use crate::intake::row::{RowBuf, SheetReader};
    use crate::settings::Limits;

    const SCHEMA: &str = "message orders {
        required binary order_id (UTF8);
        required int32 order_date (DATE);
        required int64 customer_id;
        required int64 amount (DECIMAL(12, 2));
        optional double qty;
        optional binary region (UTF8);
        required int64 ship_date (TIMESTAMP_MICROS);
        required int96 promise_date;
    }";

    /// Two orders, one without a region.
    fn orders() -> Result<Vec<u8>, Box<dyn Error + Send + Sync>> {
        let schema = Arc::new(parse_message_type(SCHEMA)?);
        let mut writer = SerializedFileWriter::new(Vec::new(), schema, Arc::default())?;
        let mut group = writer.next_row_group()?;
        let noon = 1_791_201_600_000_000; // 2026-10-05 12:00
        let mut at = 0;
        while let Some(mut column) = group.next_column()? {
            match at {
                0 => {
                    let ids = ["A1", "A2"].map(ByteArray::from);
                    column.typed::<ByteArrayType>().write_batch(&ids, None, None)?
                }
                1 => column.typed::<Int32Type>().write_batch(&[20_731, 20_732], None, None)?,
                2 => {
                    let ids = [9_007_199_254_740_993, 17];
                    column.typed::<Int64Type>().write_batch(&ids, None, None)?
                }
                3 => column.typed::<Int64Type>().write_batch(&[1_250, -5], None, None)?,
                4 => column.typed::<DoubleType>().write_batch(&[3.0, 4.0], Some(&[1, 1]), None)?,
                5 => {
                    let north = [ByteArray::from("North")];
                    column.typed::<ByteArrayType>().write_batch(&north, Some(&[1, 0]), None)?
                }
                6 => column.typed::<Int64Type>().write_batch(&[noon, noon], None, None)?,
                _ => {
                    let day = Int96::from(vec![0, 0, 2_461_319]);
                    column.typed::<Int96Type>().write_batch(&[day, day], None, None)?
                }
            };
            column.close()?;
            at += 1;
        }
        group.close()?;
        Ok(writer.into_inner()?)
    }

    #[test]
    fn records_keep_their_types() -> Result<(), Box<dyn Error + Send + Sync>> {
        let limits = Limits::default();
        let file = open(&orders()?, &limits).map_err(|t| format!("{t:?}"))?;
        let mut rows = ParquetRows::new(file.as_ref(), limits).map_err(|t| format!("{t:?}"))?;
        let mut row = RowBuf::default();
        let mut seen = Vec::new();
        while rows.next_row(&mut row) == Ok(true) {
            seen.push(row.clone());
        }
        assert_eq!(seen.iter().map(|r| r.number).collect::<Vec<_>>(), [1, 2, 3]);
        assert_eq!(seen[0].text_at(3), Some("amount"));
        assert_eq!(seen[1].text_at(2), Some("9007199254740993"));
        assert_eq!(seen[1].get(3), Some(&Raw::Number(12.5)));
        assert_eq!(seen[2].get(3), Some(&Raw::Number(-0.05)));
        assert_eq!(seen[2].get(5), None);
        let few = Limits { rows: 2, ..limits };
        assert!(open(&orders()?, &few).is_err());
        Ok(())
    }

    #[test]
    fn the_same_orders_as_text_are_the_same_table() -> Result<(), Box<dyn Error + Send + Sync>> {
        let text = "order_id,order_date,customer_id,amount,qty,region,ship_date,promise_date\n\
                    A1,2026-10-05,9007199254740993,12.5,3,North,2026-10-05 12:00,2026-10-05\n\
                    A2,2026-10-06,17,-0.05,4,,2026-10-05 12:00,2026-10-05\n";
        let read = |name, bytes: &[u8]| crate::intake::tests::read_files(&[(name, bytes)]);
        let binary = read("a.parquet", &orders()?)?;
        assert_eq!(binary.account.used(), 2);
        assert_eq!(binary.tables, read("a.csv", text.as_bytes())?.tables);
        Ok(())
    }
}
