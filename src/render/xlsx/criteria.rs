//! Criteria of `SUMIFS` and `COUNTIFS`: spreadsheets read `>5`, `*`, `007` and `1-2` as more
//! than text. A criterion they would match differently from us gets no formula.

use std::collections::BTreeSet;

use super::formula::Here;
use crate::report::edition::{Cell, Table};
use crate::report::{Expr, Format, Func, Value};

/// Whether the argument of a function is a criterion.
pub(super) const fn is_criterion(func: Func, index: usize) -> bool {
    match func {
        Func::Sumifs => index >= 2 && index.is_multiple_of(2),
        Func::Countifs => !index.is_multiple_of(2),
        _ => false,
    }
}

/// A written criterion: comparisons such as `>=5` and `<>` as they stand, names with their
/// wildcards escaped; `None` where a spreadsheet would take the name for a number or a date.
pub(super) fn literal(text: &str) -> Option<String> {
    if is_comparison(text) {
        return Some(text.to_owned());
    }
    if text.is_empty() || looks_typed(text) || text.starts_with(['=', '<', '>']) {
        return None;
    }
    let escape = |c: char| {
        let tilde = matches!(c, '*' | '?' | '~').then_some('~');
        tilde.into_iter().chain(std::iter::once(c))
    };
    Some(text.chars().flat_map(escape).collect())
}

/// Whether a criterion read from a cell matches what we matched.
pub(super) fn is_safe(criterion: &Expr, range: Option<&Expr>, here: &Here<'_>) -> bool {
    let Some(cell) = cell_of(criterion, here) else { return true };
    let Some(text) = as_text(cell) else { return cell.value.is_some() };
    let plain = literal(text).as_deref() == Some(text) && !is_comparison(text);
    let Some(Expr::Whole(id, column) | Expr::Span(id, column, ..)) = range else {
        return plain;
    };
    plain && !here.book.is_ambiguous(id, column, text.to_lowercase())
}

/// Texts of a table's columns that differ by case only: spreadsheets take them for one.
pub(super) fn ambiguous(table: &Table) -> BTreeSet<(String, String, String)> {
    let mut out = BTreeSet::new();
    for (index, column) in table.columns.iter().enumerate() {
        if column.format != Format::Text {
            continue;
        }
        let cells = table.rows.iter().filter_map(|row| row.cells.get(index));
        let texts: BTreeSet<&str> = cells.filter_map(as_text).collect();
        let mut seen = BTreeSet::new();
        for lower in texts.into_iter().map(str::to_lowercase) {
            if !seen.insert(lower.clone()) {
                out.insert((table.id.clone(), column.id.clone(), lower));
            }
        }
    }
    out
}

fn cell_of<'b>(criterion: &Expr, here: &Here<'b>) -> Option<&'b Cell> {
    let (table, column, row) = match criterion {
        Expr::Own(column) => (here.table, column, here.row),
        Expr::Offset(column, by) => {
            let row = i64::try_from(here.row).ok()?.checked_add(i64::from(*by))?;
            (here.table, column, usize::try_from(row).ok()?)
        }
        Expr::At(id, column, row) => (here.book.table(id)?.1, column, *row),
        _ => return None,
    };
    table.rows.get(row)?.cells.get(table.index(column)?)
}

fn as_text(cell: &Cell) -> Option<&str> {
    match &cell.value {
        Some(Value::Text(text)) => Some(text),
        Some(Value::Words(_)) => Some(&cell.text),
        _ => None,
    }
}

/// An operator before a number, or alone.
fn is_comparison(text: &str) -> bool {
    let rest = text.trim_start_matches(['=', '<', '>']);
    let operator = text.len() - rest.len();
    (1..=2).contains(&operator) && (rest.is_empty() || rest.parse::<f64>().is_ok())
}

/// Whether a spreadsheet may read the text as a number, a date, a time, a share or a truth.
fn looks_typed(text: &str) -> bool {
    let digits = text.chars().any(|c| c.is_ascii_digit());
    let typed = |c: char| c.is_ascii_digit() || " .,:/%+-$€£¥eE()年月日".contains(c);
    let truth = matches!(text.to_uppercase().as_str(), "TRUE" | "FALSE");
    truth || (digits && (text.chars().all(typed) || names_month(text)))
}

fn names_month(text: &str) -> bool {
    const MONTHS: [&str; 12] =
        ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
    let lower = text.to_lowercase();
    lower
        .split(|c: char| !c.is_alphabetic())
        .any(|word| word.get(..3).is_some_and(|start| MONTHS.contains(&start)) && word.len() <= 9)
}

#[cfg(test)]
mod tests {
    use super::{is_criterion, literal};
    use crate::report::Func;

    #[test]
    fn names_that_read_as_more_than_text_are_refused() {
        for typed in ["007", "1-2", "3/4", "5%", "true", "Jan 2024", "=x", ">x", ""] {
            assert_eq!(literal(typed), None, "{typed}");
        }
        assert_eq!(literal("A*").as_deref(), Some("A~*"));
        assert_eq!(literal(">=5").as_deref(), Some(">=5"));
        assert_eq!(literal("組 2").as_deref(), Some("組 2"));
        assert_eq!(literal("Team 7").as_deref(), Some("Team 7"));
    }

    #[test]
    fn criteria_stand_at_their_places() {
        let sumifs: Vec<usize> = (0..7).filter(|&i| is_criterion(Func::Sumifs, i)).collect();
        let countifs: Vec<usize> = (0..6).filter(|&i| is_criterion(Func::Countifs, i)).collect();
        assert_eq!((sumifs, countifs), (vec![2, 4, 6], vec![1, 3, 5]));
    }
}
