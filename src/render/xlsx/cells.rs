//! Writing one cell: raw values, text never as a formula, formulas with our value beside them.

use rust_xlsxwriter::{Formula, Worksheet, XlsxError};

use super::formula::{self, Here};
use super::names::cut;
use crate::report::Value;
use crate::report::edition::Cell;

/// The longest text a cell holds, in UTF-16 units.
pub(super) const MAX_TEXT: usize = 32_000;
/// The serial of 1970-01-01 in the calendar that starts on 1900-01-01.
const EPOCH: f64 = 25_569.0;
/// Serials below this fall before March 1900, where Excel's calendar has a day too many.
const FIRST_SERIAL: f64 = 61.0;
const DAY_MILLIS: f64 = 86_400_000.0;

/// Writes a cell without its format; with a formula where `here` says that formulas live.
pub(super) fn write(
    sheet: &mut Worksheet,
    (row, col): (u32, u16),
    cell: &Cell,
    here: Option<&Here<'_>>,
) -> Result<(), XlsxError> {
    let Some(value) = &cell.value else { return Ok(()) };
    let Some(number) = raw(value) else {
        let text = if let Value::Text(text) = value { text } else { &cell.text };
        sheet.write_string(row, col, cut(text, MAX_TEXT))?;
        return Ok(());
    };
    match here.and_then(|here| live(cell, here)) {
        Some((text, false)) => {
            let formula = Formula::new(text).set_result(number.to_string());
            sheet.write_formula(row, col, formula)?;
        }
        Some((text, true)) => {
            let formula = Formula::new(text).set_result(number.to_string());
            sheet.write_array_formula(row, col, row, col, formula)?;
        }
        None => {
            sheet.write_number(row, col, number)?;
        }
    }
    Ok(())
}

/// The formula of a cell, and whether it works on ranges cell by cell.
fn live(cell: &Cell, here: &Here<'_>) -> Option<(String, bool)> {
    let expr = cell.formula.as_ref()?;
    Some((formula::print(expr, here).ok()?, formula::is_array(expr)))
}

/// What the cell holds as a number: shares of one, currency units, days, date serials.
/// `None` for text, and for days before Excel's calendar.
pub(super) fn raw(value: &Value) -> Option<f64> {
    let serial = |day: i32| Some(f64::from(day) + EPOCH).filter(|&s| s >= FIRST_SERIAL);
    match value {
        Value::Date(day) => serial(day.number()),
        Value::Month(month) => serial(month.first_day().number()),
        Value::Duration(_) => value.as_f64().map(|millis| millis / DAY_MILLIS),
        value => value.as_f64().filter(|x| x.is_finite()),
    }
}

#[cfg(test)]
mod tests {
    use super::raw;
    use crate::report::Value;
    use crate::units::{Day, Month};

    #[test]
    fn months_are_their_first_days_serial() {
        assert_eq!(raw(&Value::Month(Month::new(2026, 10))), Some(46_296.0));
        assert_eq!(raw(&Value::Date(Day::from_number(0))), Some(25_569.0));
        assert_eq!(raw(&Value::Date(Day::from_number(-30_000))), None);
        assert_eq!(raw(&Value::Duration(43_200_000)), Some(0.5));
    }
}
