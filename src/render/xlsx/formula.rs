//! `Expr` → formula text with references to the cells of the workbook.
//!
//! Functions that came with Excel 2010 carry the `_xlfn.` prefix files store them under.

use std::fmt::Write as _;

use super::criteria;
use super::layout::{Book, Place, held_rows};
use super::names::identifier;
use crate::report::edition::Table;
use crate::report::{Expr, Func, Op};

/// The longest formula Excel takes.
const MAX_FORMULA: usize = 8_192;
/// The longest text inside a formula.
const MAX_TEXT: usize = 255;

/// Why an expression has no formula; its cell carries the value alone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Unprintable {
    /// It names a table, column, row or constant the workbook does not hold.
    Dangling(String),
    /// A spreadsheet would match its criterion differently from us, or it is too long.
    Unsafe,
}

/// The cell a formula stands in.
pub(super) struct Here<'b> {
    /// The workbook.
    pub(super) book: &'b Book<'b>,
    /// Where the table stands.
    pub(super) place: &'b Place,
    /// The table.
    pub(super) table: &'b Table,
    /// Row of the table.
    pub(super) row: usize,
}

type Printed = Result<(), Unprintable>;

const COMPARE: u8 = 1;
const ADD: u8 = 2;
const MULTIPLY: u8 = 3;
const POWER: u8 = 4;
const ATOM: u8 = 5;

/// The formula of an expression, without the leading `=`.
pub(super) fn print(expr: &Expr, here: &Here<'_>) -> Result<String, Unprintable> {
    let mut out = String::new();
    term(&mut out, expr, here)?;
    if out.len() <= MAX_FORMULA { Ok(out) } else { Err(Unprintable::Unsafe) }
}

/// The absolute address of one cell, with its sheet.
pub(super) fn cell(
    book: &Book<'_>,
    id: &str,
    col: &str,
    row: usize,
) -> Result<String, Unprintable> {
    let (sheet, first, last, column) = span(book, id, col, Some((row, row)))?;
    debug_assert_eq!(first, last);
    let mut out = String::new();
    push_sheet(&mut out, book, sheet);
    push_cell(&mut out, "$", first, column);
    Ok(out)
}

fn term(out: &mut String, expr: &Expr, here: &Here<'_>) -> Printed {
    match expr {
        Expr::Number(x) if !x.is_finite() => return Err(Unprintable::Unsafe),
        Expr::Number(x) => {
            let _ = write!(out, "{x}");
        }
        Expr::Text(text) => literal(out, text)?,
        Expr::Own(column) => own(out, here, column, 0)?,
        Expr::Offset(column, offset) => own(out, here, column, *offset)?,
        Expr::Whole(id, column) => range(out, here, id, column, None)?,
        Expr::Span(id, column, first, last) => {
            range(out, here, id, column, Some((*first, *last)))?;
        }
        Expr::At(id, column, row) => range(out, here, id, column, Some((*row, *row)))?,
        Expr::Constant(name) if here.book.has_constant(name) => out.push_str(&identifier(name)),
        Expr::Constant(name) => return Err(dangling(name)),
        Expr::Binary(op, left, right) => binary(out, *op, left, right, here)?,
        Expr::Call(func, args) => call(out, *func, args, here)?,
    }
    Ok(())
}

/// How strongly a term binds. A negative number binds like a difference, so that `2^(-1)` and
/// `a-(-1)` keep their meaning.
fn rank(expr: &Expr) -> u8 {
    match expr {
        Expr::Number(x) if *x < 0.0 => ADD,
        Expr::Binary(op, ..) => sign(*op).1,
        _ => ATOM,
    }
}

fn dangling(name: impl Into<String>) -> Unprintable {
    Unprintable::Dangling(name.into())
}

fn literal(out: &mut String, text: &str) -> Printed {
    if text.encode_utf16().count() > MAX_TEXT {
        return Err(Unprintable::Unsafe);
    }
    out.extend(["\"", &text.replace('"', "\"\""), "\""]);
    Ok(())
}

const fn sign(op: Op) -> (&'static str, u8) {
    match op {
        Op::Eq => ("=", COMPARE),
        Op::Ne => ("<>", COMPARE),
        Op::Lt => ("<", COMPARE),
        Op::Le => ("<=", COMPARE),
        Op::Gt => (">", COMPARE),
        Op::Ge => (">=", COMPARE),
        Op::Add => ("+", ADD),
        Op::Sub => ("-", ADD),
        Op::Mul => ("*", MULTIPLY),
        Op::Div => ("/", MULTIPLY),
        Op::Pow => ("^", POWER),
    }
}

/// Excel works `^` from the left too, so every right operand of equal rank needs parentheses.
fn binary(out: &mut String, op: Op, left: &Expr, right: &Expr, here: &Here<'_>) -> Printed {
    let (sign, own) = sign(op);
    let (left_rank, right_rank) = (rank(left), rank(right));
    operand(out, left, left_rank < own || (own == COMPARE && left_rank == own), here)?;
    out.push_str(sign);
    operand(out, right, right_rank <= own, here)
}

fn operand(out: &mut String, expr: &Expr, parentheses: bool, here: &Here<'_>) -> Printed {
    if parentheses {
        out.push('(');
    }
    term(out, expr, here)?;
    if parentheses {
        out.push(')');
    }
    Ok(())
}

fn call(out: &mut String, func: Func, args: &[Expr], here: &Here<'_>) -> Printed {
    let (name, completed) = signature(func, args.len());
    out.extend([name, "("]);
    for (i, arg) in args.iter().enumerate() {
        if i > 0 {
            out.push(',');
        }
        if criteria::is_criterion(func, i) {
            let range = i.checked_sub(1).and_then(|before| args.get(before));
            criterion(out, arg, range, here)?;
        } else {
            term(out, arg, here)?;
        }
    }
    if let Some(last) = completed {
        out.extend([if args.is_empty() { "" } else { "," }, last]);
    }
    out.push(')');
    Ok(())
}

fn criterion(out: &mut String, arg: &Expr, range: Option<&Expr>, here: &Here<'_>) -> Printed {
    if let Expr::Text(text) = arg {
        return literal(out, &criteria::literal(text).ok_or(Unprintable::Unsafe)?);
    }
    term(out, arg, here)?;
    if criteria::is_safe(arg, range, here) { Ok(()) } else { Err(Unprintable::Unsafe) }
}

/// The function as files store it, and the last argument Excel demands where it was left out.
fn signature(func: Func, args: usize) -> (&'static str, Option<&'static str>) {
    let full = |name, needed, last| (name, (args < needed).then_some(last));
    match func {
        Func::Sum => ("SUM", None),
        Func::Product => ("PRODUCT", None),
        Func::Min => ("MIN", None),
        Func::Max => ("MAX", None),
        Func::Average => ("AVERAGE", None),
        Func::Median => ("MEDIAN", None),
        Func::Count => ("COUNT", None),
        Func::Abs => ("ABS", None),
        Func::Sqrt => ("SQRT", None),
        Func::Exp => ("EXP", None),
        Func::Ln => ("LN", None),
        Func::Power => ("POWER", None),
        Func::If => ("IF", None),
        Func::And => ("AND", None),
        Func::Or => ("OR", None),
        Func::IfError => ("IFERROR", None),
        Func::Sumifs => ("SUMIFS", None),
        Func::Countifs => ("COUNTIFS", None),
        Func::Sumproduct => ("SUMPRODUCT", None),
        Func::Index => ("INDEX", None),
        Func::Match => full("MATCH", 3, "0"),
        Func::Large => ("LARGE", None),
        Func::Small => ("SMALL", None),
        Func::Ceiling => full("CEILING", 2, "1"),
        Func::Round => full("ROUND", 2, "0"),
        Func::NormSInv => ("_xlfn.NORM.S.INV", None),
        Func::NormSDist => full("_xlfn.NORM.S.DIST", 2, "TRUE"),
        Func::BetaInv => ("_xlfn.BETA.INV", None),
        Func::ChisqInv => ("_xlfn.CHISQ.INV", None),
        Func::ChisqDistRt => ("_xlfn.CHISQ.DIST.RT", None),
        Func::BinomDist => full("_xlfn.BINOM.DIST", 4, "TRUE"),
        Func::GammaInv => ("_xlfn.GAMMA.INV", None),
        Func::TInv2T => ("_xlfn.T.INV.2T", None),
        Func::StdevS => ("_xlfn.STDEV.S", None),
        Func::VarS => ("_xlfn.VAR.S", None),
    }
}

/// Whether a formula computes on ranges cell by cell outside `SUMPRODUCT`: it then has to be
/// entered as an array formula, or Excel takes one cell of each range.
pub(super) fn is_array(expr: &Expr) -> bool {
    match expr {
        Expr::Binary(_, left, right) => {
            is_range(left) || is_range(right) || is_array(left) || is_array(right)
        }
        Expr::Call(Func::Sumproduct, args) => args.iter().any(has_array_if),
        Expr::Call(func, args) => {
            args.iter().any(is_array) || (is_elementwise(*func) && args.iter().any(is_range))
        }
        _ => false,
    }
}

const fn is_range(expr: &Expr) -> bool {
    matches!(expr, Expr::Whole(..) | Expr::Span(..))
}

/// `IF` does not look at ranges cell by cell even inside `SUMPRODUCT`.
fn has_array_if(expr: &Expr) -> bool {
    match expr {
        Expr::Call(Func::If, args) => args.iter().any(|arg| is_range(arg) || is_array(arg)),
        Expr::Call(_, args) => args.iter().any(has_array_if),
        Expr::Binary(_, left, right) => has_array_if(left) || has_array_if(right),
        _ => false,
    }
}

const fn is_elementwise(func: Func) -> bool {
    use Func::{Abs, Ceiling, Exp, If, IfError, Ln, NormSDist, NormSInv, Power, Round, Sqrt};
    matches!(
        func,
        Abs | Ceiling | Exp | If | IfError | Ln | NormSDist | NormSInv | Power | Round | Sqrt
    )
}

/// A cell of this table, relative, so that the formula can be filled down.
fn own(out: &mut String, here: &Here<'_>, column: &str, offset: i32) -> Printed {
    let lost = || dangling(format!("{}.{column}{offset:+}", here.table.id));
    let col = here.table.index(column).and_then(|c| u16::try_from(c).ok()).ok_or_else(lost)?;
    let row = i64::try_from(here.row).unwrap_or(i64::MAX).saturating_add(i64::from(offset));
    let row = usize::try_from(row).ok().filter(|&row| row < held_rows(here.table));
    let row = row.and_then(|row| u32::try_from(row).ok()).ok_or_else(lost)?;
    push_cell(out, "", here.place.first + row, col);
    Ok(())
}

/// Cells of any table, absolute; the sheet is named where it is another.
fn range(
    out: &mut String,
    here: &Here<'_>,
    id: &str,
    column: &str,
    rows: Option<(usize, usize)>,
) -> Printed {
    let (sheet, first, last, col) = if id == here.table.id {
        let (first, last, col) =
            within(here.table, column, rows).ok_or_else(|| lost(id, column))?;
        (here.place.sheet, here.place.first + first, here.place.first + last, col)
    } else {
        span(here.book, id, column, rows)?
    };
    if sheet != here.place.sheet {
        push_sheet(out, here.book, sheet);
    }
    push_cell(out, "$", first, col);
    if !matches!(rows, Some((a, b)) if a == b) {
        out.push(':');
        push_cell(out, "$", last, col);
    }
    Ok(())
}

fn span(
    book: &Book<'_>,
    id: &str,
    column: &str,
    rows: Option<(usize, usize)>,
) -> Result<(usize, u32, u32, u16), Unprintable> {
    let (place, table) = book.table(id).ok_or_else(|| dangling(id))?;
    let (first, last, col) = within(table, column, rows).ok_or_else(|| lost(id, column))?;
    Ok((place.sheet, place.first + first, place.first + last, col))
}

/// First and last row below the header, and the column.
fn within(table: &Table, column: &str, rows: Option<(usize, usize)>) -> Option<(u32, u32, u16)> {
    let held = held_rows(table);
    let (first, last) = rows.unwrap_or((0, held.checked_sub(1)?));
    let col = u16::try_from(table.index(column)?).ok()?;
    (first <= last && last < held).then_some(())?;
    Some((u32::try_from(first).ok()?, u32::try_from(last).ok()?, col))
}

fn lost(id: &str, column: &str) -> Unprintable {
    dangling(format!("{id}.{column}"))
}

fn push_sheet(out: &mut String, book: &Book<'_>, sheet: usize) {
    out.extend([book.sheets.get(sheet).map_or("''", |sheet| sheet.quoted.as_str()), "!"]);
}

/// A cell's address; `fixed` is `$` where it is absolute.
fn push_cell(out: &mut String, fixed: &str, row: u32, col: u16) {
    out.push_str(fixed);
    push_column(out, col);
    out.push_str(fixed);
    push_digits(out, row + 1);
}

fn push_digits(out: &mut String, number: u32) {
    if number >= 10 {
        push_digits(out, number / 10);
    }
    out.extend(char::from_digit(number % 10, 10));
}

fn push_column(out: &mut String, col: u16) {
    if let Some(before) = (col / 26).checked_sub(1) {
        push_column(out, before);
    }
    out.extend(u8::try_from(col % 26).ok().map(|n| char::from(b'A' + n)));
}
