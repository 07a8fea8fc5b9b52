//! calamine's cell → our raw cell.

use calamine::{CellErrorType, Data, DataRef, ExcelDateTime};

use super::row::{Raw, RowBuf};
use super::trouble::Trouble;
use crate::settings::Limits;

/// Adds a borrowed cell to a row.
pub(super) fn push_ref(
    row: &mut RowBuf,
    column: u32,
    value: &DataRef<'_>,
    is_1904: bool,
    limits: &Limits,
) -> Result<(), Trouble> {
    match value {
        DataRef::Empty => {}
        DataRef::Int(n) => row.push(column, Raw::Number(int(*n))),
        DataRef::Float(x) => row.push(column, Raw::Number(*x)),
        DataRef::Bool(yes) => row.push(column, Raw::Bool(*yes)),
        DataRef::DateTime(at) => row.push(column, dated(at, is_1904)),
        DataRef::Error(error) => row.push_error(column, error_text(error)),
        DataRef::SharedString(text) => push_checked(row, column, text, limits)?,
        DataRef::String(text) | DataRef::DateTimeIso(text) | DataRef::DurationIso(text) => {
            push_checked(row, column, text, limits)?;
        }
    }
    Ok(())
}

/// Adds an owned cell to a row.
pub(super) fn push_data(
    row: &mut RowBuf,
    column: u32,
    value: &Data,
    is_1904: bool,
    limits: &Limits,
) -> Result<(), Trouble> {
    match value {
        Data::Empty => {}
        Data::Int(n) => row.push(column, Raw::Number(int(*n))),
        Data::Float(x) => row.push(column, Raw::Number(*x)),
        Data::Bool(yes) => row.push(column, Raw::Bool(*yes)),
        Data::DateTime(at) => row.push(column, dated(at, is_1904)),
        Data::Error(error) => row.push_error(column, error_text(error)),
        Data::String(text) | Data::DateTimeIso(text) | Data::DurationIso(text) => {
            push_checked(row, column, text, limits)?;
        }
    }
    Ok(())
}

/// Adds a text unless it is longer than any cell should be.
pub(super) fn push_checked(
    row: &mut RowBuf,
    column: u32,
    text: &str,
    limits: &Limits,
) -> Result<(), Trouble> {
    if text.len() as u64 > limits.text {
        return Err(Trouble::OverLimit("text", limits.text));
    }
    row.push_text(column, text);
    Ok(())
}

#[expect(clippy::cast_precision_loss, reason = "spreadsheet numbers are doubles")]
const fn int(n: i64) -> f64 {
    n as f64
}

fn dated(at: &ExcelDateTime, is_1904: bool) -> Raw {
    moment(at.as_f64(), at.is_duration(), is_1904)
}

/// The cell of a number that its format shows as a moment, or as a length of time.
pub(super) fn moment(serial: f64, is_span: bool, is_1904: bool) -> Raw {
    if is_span {
        return Raw::Span(millis(serial));
    }
    Raw::Stamp { serial, millis: serial_millis(serial, is_1904) }
}

/// Milliseconds since 1970-01-01 of a spreadsheet's serial date.
///
/// Serial 25569 is 1970-01-01. Below 60 the 1900 epoch is one day off, because it counts the
/// 29 February 1900 that never was. The 1904 epoch lies 1,462 days later.
pub(super) fn serial_millis(serial: f64, is_1904: bool) -> i64 {
    let shift = if is_1904 {
        1462.0
    } else if serial < 60.0 {
        1.0
    } else {
        0.0
    };
    millis(serial + shift - 25_569.0)
}

/// Days to whole milliseconds; out of range becomes the nearest end and is refused as a date.
#[expect(clippy::cast_possible_truncation, reason = "float to int casts saturate")]
fn millis(days: f64) -> i64 {
    (days * 86_400_000.0).round() as i64
}

const fn error_text(error: &CellErrorType) -> &'static str {
    match error {
        CellErrorType::Div0 => "#DIV/0!",
        CellErrorType::NA => "#N/A",
        CellErrorType::Name => "#NAME?",
        CellErrorType::Null => "#NULL!",
        CellErrorType::Num => "#NUM!",
        CellErrorType::Ref => "#REF!",
        CellErrorType::Value => "#VALUE!",
        CellErrorType::GettingData => "#GETTING_DATA",
    }
}

#[cfg(test)]
mod tests {
    use super::serial_millis;

    #[test]
    fn serials_agree_with_the_calendar() {
        assert_eq!(serial_millis(25_569.0, false), 0);
        assert_eq!(serial_millis(59.0, false) / 86_400_000, -25_509); // 1900-02-28
        assert_eq!(serial_millis(61.0, false) / 86_400_000, -25_508); // 1900-03-01
        assert_eq!(serial_millis(25_569.0 - 1462.0, true), 0);
        assert_eq!(serial_millis(44_197.5, false), 1_609_459_200_000 + 43_200_000);
    }
}
