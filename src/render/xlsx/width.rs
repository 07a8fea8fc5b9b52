//! Column widths and row heights, in characters of the default font; a Han character counts two.

use unicode_width::UnicodeWidthStr;

use crate::report::Value;
use crate::report::edition::{Cell, Table};

/// The height of so many lines, in points.
pub(super) fn height(lines: u32) -> f64 {
    (f64::from(lines) * 13.0 + 2.0).min(TALLEST)
}

/// The tallest row Excel takes is 409 points.
const TALLEST: f64 = 400.0;

const NARROWEST: usize = 8;
const WIDEST_FIRST: usize = 40;
const WIDEST: usize = 28;
const WIDEST_HEADER: usize = 14;
/// Rows looked at; further rows of long tables hold more of the same.
const SAMPLE: usize = 2_000;

/// Cells a text covers.
pub(super) fn of(text: &str) -> usize {
    let plain = text.bytes().all(|b| matches!(b, b' '..=b'~'));
    if plain { text.len() } else { text.width() }
}

/// Lines a text takes in `columns` characters.
pub(super) fn lines(text: &str, columns: f64) -> u32 {
    let columns = columns.max(1.0);
    // A line that wraps loses room at its breaks.
    let wrapped = |line: &str| match count(of(line)) {
        width if width <= columns => 1.0,
        width => (width * 1.04 / columns).ceil(),
    };
    let lines: f64 = text.lines().map(wrapped).sum();
    whole(lines.max(1.0))
}

/// The width each column of a table asks for.
pub(super) fn columns(table: &Table) -> Vec<f64> {
    let one = |(index, column): (usize, &crate::report::edition::Column)| {
        let body = table.rows.iter().take(SAMPLE).filter_map(|row| row.cells.get(index));
        let widest = if index == 0 { WIDEST_FIRST } else { WIDEST };
        let body = body.map(of_cell).max().unwrap_or(0).min(widest);
        let header = of(&column.header).min(WIDEST_HEADER);
        count(body.max(header).max(NARROWEST) + 2)
    };
    table.columns.iter().enumerate().map(one).collect()
}

/// What a cell covers as Excel prints it, which may be wider than the edition's text.
fn of_cell(cell: &Cell) -> usize {
    let text = of(&cell.text);
    let number = match &cell.value {
        Some(Value::Money(money)) => grouped(money.to_units(), 2),
        Some(Value::Number { value, decimals }) => grouped(*value, usize::from(*decimals)),
        Some(Value::Days(days)) => grouped(*days, 1),
        Some(Value::Date(_)) => 10,
        _ => 0,
    };
    number.max(text)
}

fn grouped(value: f64, decimals: usize) -> usize {
    let printed = format!("{value:.decimals$}").len();
    let whole = printed.saturating_sub(if decimals > 0 { decimals + 1 } else { 0 });
    printed + whole.saturating_sub(1) / 3
}

#[expect(clippy::cast_precision_loss, reason = "characters of one cell")]
fn count(n: usize) -> f64 {
    n as f64
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "positive and clamped to what a row can hold"
)]
fn whole(lines: f64) -> u32 {
    lines.clamp(1.0, 26.0) as u32
}

#[cfg(test)]
mod tests {
    use super::{grouped, lines, of};

    #[test]
    fn han_characters_count_two() {
        assert_eq!(of("缺陷 dpmo"), 9);
        assert_eq!(lines("缺陷缺陷", 8.0), 1);
        assert_eq!(lines("缺陷缺陷", 4.0), 3);
        assert_eq!(lines("one\ntwo", 40.0), 2);
    }

    #[test]
    fn separators_need_room() {
        assert_eq!(grouped(1_234_567.5, 2), "1,234,567.50".len());
        assert_eq!(grouped(-12.0, 0), "-12".len());
    }
}
