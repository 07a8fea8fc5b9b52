//! Recomputes the formulas of an outcome as a spreadsheet would, so that tests can hold every
//! cell that shows a figure to the figure its formula gives.

use std::collections::BTreeMap;

use crate::report::{Block, Expr, Func, Op, Outcome, Table, Value};
use crate::stats::special::normal;

/// Every table of an outcome by id: shown, behind a chart, or in the data sheets.
fn tables(outcome: &Outcome) -> BTreeMap<&str, &Table> {
    let shown = outcome.blocks.iter().flat_map(Block::tables);
    shown.chain(&outcome.data).map(|table| (table.id.as_str(), table)).collect()
}

/// Cells whose formula does not give their value, as `table!column row: formula … value …`.
pub(super) fn misses(outcome: &Outcome) -> Vec<String> {
    let book = tables(outcome);
    let mut out = Vec::new();
    for (id, table) in &book {
        for (row, cells) in table.rows.iter().enumerate() {
            for (column, cell) in table.columns.iter().zip(&cells.cells) {
                let Some(formula) = &cell.formula else { continue };
                let sheet = Sheet { book: &book, table, row };
                let (want, got) = (number(cell.value.as_ref()), sheet.scalar(formula));
                let close = |a: f64, b: f64| (a - b).abs() <= 1e-9 * a.abs().max(b.abs()).max(1e-6);
                if !want.zip(got).is_some_and(|(a, b)| close(a, b)) {
                    out.push(format!("{id}!{} {row}: {got:?} is not {want:?}", column.id));
                }
            }
        }
    }
    out
}

fn number(value: Option<&Value>) -> Option<f64> {
    value.and_then(Value::as_f64)
}

struct Sheet<'a> {
    book: &'a BTreeMap<&'a str, &'a Table>,
    table: &'a Table,
    row: usize,
}

impl<'a> Sheet<'a> {
    fn scalar(&self, expr: &Expr) -> Option<f64> {
        match expr {
            Expr::Number(x) => Some(*x),
            Expr::Binary(op, a, b) => Some(binary(*op, self.scalar(a)?, self.scalar(b)?)),
            Expr::Call(func, args) => self.call(*func, args),
            Expr::Text(_) | Expr::Whole(..) | Expr::Span(..) | Expr::Constant(_) => None,
            _ => number(self.cell(expr)?.as_ref()),
        }
    }

    fn cell(&self, expr: &Expr) -> Option<&'a Option<Value>> {
        let (table, column, row) = match expr {
            Expr::Own(column) => (self.table, column, self.row),
            Expr::Offset(column, by) => {
                let by = isize::try_from(*by).ok()?;
                (self.table, column, self.row.checked_add_signed(by)?)
            }
            Expr::At(id, column, row) => (*self.book.get(id.as_str())?, column, *row),
            _ => return None,
        };
        Some(&table.rows.get(row)?.cells.get(table.index(column)?)?.value)
    }

    fn range(&self, expr: &Expr) -> Option<Vec<&'a Option<Value>>> {
        let (id, column, first, last) = match expr {
            Expr::Whole(id, column) => (id, column, 0, usize::MAX),
            Expr::Span(id, column, first, last) => (id, column, *first, *last),
            _ => return None,
        };
        let table = self.book.get(id.as_str())?;
        let index = table.index(column)?;
        let rows = table.rows.iter().enumerate().filter(|(at, _)| (first..=last).contains(at));
        rows.map(|(_, row)| row.cells.get(index).map(|cell| &cell.value)).collect()
    }

    fn numbers(&self, args: &[Expr]) -> Option<Vec<f64>> {
        let mut out = Vec::new();
        for arg in args {
            match self.range(arg) {
                Some(cells) => out.extend(cells.into_iter().filter_map(|c| number(c.as_ref()))),
                None => out.push(self.scalar(arg)?),
            }
        }
        Some(out)
    }

    fn call(&self, func: Func, args: &[Expr]) -> Option<f64> {
        let first = || self.scalar(args.first()?);
        match func {
            Func::Sum => Some(self.numbers(args)?.iter().sum()),
            Func::Min => self.numbers(args)?.into_iter().reduce(f64::min),
            Func::Max => self.numbers(args)?.into_iter().reduce(f64::max),
            Func::Sqrt => Some(first()?.sqrt()),
            Func::Abs => Some(first()?.abs()),
            Func::Ln => Some(first()?.ln()),
            Func::Exp => Some(first()?.exp()),
            Func::NormSInv => normal::quantile(first()?),
            Func::NormSDist => Some(normal::cdf(first()?)),
            Func::Average => mean(&self.numbers(args)?),
            Func::Median => median(self.numbers(args)?),
            Func::Count => Some(double(self.numbers(args)?.len())),
            Func::StdevS => deviation(&self.numbers(args)?),
            Func::Power => Some(first()?.powf(self.scalar(args.get(1)?)?)),
            Func::If => self.scalar(args.get(if first()? == 0.0 { 2 } else { 1 })?),
            Func::Sumifs => self.sumifs(args),
            Func::Match => self.at_or_before(args),
            Func::Index => {
                let at = (1..).zip(self.range(args.first()?)?);
                let row = self.scalar(args.get(1)?)?;
                number(
                    at.into_iter().find(|(i, _)| f64::from(*i).total_cmp(&row).is_eq())?.1.as_ref(),
                )
            }
            _ => None,
        }
    }

    fn sumifs(&self, args: &[Expr]) -> Option<f64> {
        let (sum, criteria) = args.split_first()?;
        let sum = self.range(sum)?;
        let mut kept = vec![true; sum.len()];
        for pair in criteria.chunks(2) {
            let [range, is] = pair else { return None };
            let is = match is {
                Expr::Number(x) => Some(Value::Number { value: *x, decimals: 0 }),
                Expr::Text(text) => Some(Value::Text(text.clone())),
                other => self.cell(other)?.clone(),
            };
            for (kept, cell) in kept.iter_mut().zip(self.range(range)?) {
                *kept &= same(cell.as_ref(), is.as_ref());
            }
        }
        Some(sum.iter().zip(kept).filter(|(_, k)| *k).filter_map(|(c, _)| number(c.as_ref())).sum())
    }

    /// The last position not above the value, in ascending order.
    fn at_or_before(&self, args: &[Expr]) -> Option<f64> {
        let value = self.scalar(args.first()?)?;
        let cells = self.range(args.get(1)?)?;
        let below = cells.iter().take_while(|c| number(c.as_ref()).is_some_and(|x| x <= value));
        u32::try_from(below.count()).ok().map(f64::from)
    }
}

#[expect(clippy::cast_precision_loss, reason = "rows of a table are few")]
const fn double(n: usize) -> f64 {
    n as f64
}

fn mean(x: &[f64]) -> Option<f64> {
    (!x.is_empty()).then(|| x.iter().sum::<f64>() / double(x.len()))
}

fn median(mut x: Vec<f64>) -> Option<f64> {
    x.sort_by(f64::total_cmp);
    let half = x.len() / 2;
    let upper = x.get(half).copied()?;
    if x.len() % 2 == 1 { Some(upper) } else { Some(f64::midpoint(x[half - 1], upper)) }
}

fn deviation(x: &[f64]) -> Option<f64> {
    let mean = mean(x)?;
    let squares: f64 = x.iter().map(|x| (x - mean).powi(2)).sum();
    (x.len() > 1).then(|| (squares / double(x.len() - 1)).sqrt())
}

fn same(cell: Option<&Value>, is: Option<&Value>) -> bool {
    match (number(cell), number(is)) {
        (Some(a), Some(b)) => a.total_cmp(&b).is_eq(),
        (None, None) => cell.is_some() && cell == is,
        _ => false,
    }
}

fn binary(op: Op, a: f64, b: f64) -> f64 {
    let truth = |yes: bool| f64::from(u8::from(yes));
    match op {
        Op::Add => a + b,
        Op::Sub => a - b,
        Op::Mul => a * b,
        Op::Div => a / b,
        Op::Pow => a.powf(b),
        Op::Eq => truth(a.total_cmp(&b).is_eq()),
        Op::Ne => truth(a.total_cmp(&b).is_ne()),
        Op::Lt => truth(a < b),
        Op::Le => truth(a <= b),
        Op::Gt => truth(a > b),
        Op::Ge => truth(a >= b),
    }
}
