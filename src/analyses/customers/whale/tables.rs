//! The tables of the section, and the data sheet their formulas stand on.

use super::compute::{Segment, Whale};
use crate::dataset::Customer;
use crate::report::{Cell, Column, Expr, Format, Func, Message, Row, Table, Value};
use crate::units::Money;

/// Customers listed one by one; beyond, the data sheet gathers them by rank.
const MAX_CUSTOMERS: usize = 5_000;
/// Groups of ranks on the data sheet of a large company.
const GROUPS: usize = 1_000;
/// Loss makers listed.
const LOSERS: usize = 20;
/// Per cents of customers read off the curve.
const READ: [usize; 12] = [1, 5, 10, 20, 30, 40, 50, 60, 70, 80, 90, 100];
/// The data sheet.
const DATA: &str = "whale.customers";

fn column(id: &str, format: Format) -> Column {
    Column::titled(id, format, Message::new(format!("whale.column.{id}")))
}

fn table(id: &str, columns: &[(&str, Format)], rows: Vec<Row>) -> Table {
    Table {
        id: format!("whale.{id}"),
        title: Message::new(format!("whale.table.{id}")),
        columns: columns.iter().map(|&(id, format)| column(id, format)).collect(),
        rows,
        note: None,
        top: None,
    }
}

fn text(text: Option<&str>) -> Cell {
    text.map(Value::from).into()
}

fn segment_cell(name: Option<&str>) -> Cell {
    name.map_or_else(|| Value::from(Message::new("whale.no_segment")), Value::from).into()
}

/// Without the column of costs to serve where none were handed in: a zero would be a claim.
fn trimmed(whale: &Whale, mut table: Table) -> Table {
    if let (false, Some(at)) = (whale.has_costs, table.index("cost")) {
        table.columns.remove(at);
        for row in &mut table.rows {
            row.cells.remove(at);
        }
    }
    table
}

fn net_formula(whale: &Whale) -> Expr {
    let profit = Expr::own("profit");
    if whale.has_costs { profit - Expr::own("cost") } else { profit }
}

const fn listed(whale: &Whale) -> bool {
    whale.customers.len() <= MAX_CUSTOMERS
}

/// The customers by rank, one by one or gathered.
pub(super) fn data(whale: &Whale) -> Table {
    trimmed(whale, if listed(whale) { customers(whale) } else { groups(whale) })
}

fn customers(whale: &Whale) -> Table {
    let columns = [
        ("rank", Format::Count),
        ("customer", Format::Text),
        ("name", Format::Text),
        ("segment", Format::Text),
        ("lines", Format::Count),
        ("sales", Format::Money),
        ("profit", Format::Money),
        ("cost", Format::Money),
        ("net", Format::Money),
        ("cumulative", Format::Money),
    ];
    let sums = whale.cumulative.iter();
    let rows = whale.customers.iter().zip(sums).enumerate().map(|(i, (customer, &sum))| {
        let mut cells = vec![
            Cell::from(i + 1),
            text(Some(&customer.id)),
            text(customer.name.as_deref()),
            segment_cell(customer.segment.as_deref()),
            Cell::from(customer.sums.lines),
        ];
        cells.extend(money(whale, customer));
        cells.push(running(i, sum));
        Row::from(cells)
    });
    table("customers", &columns, rows.collect())
}

/// Sales, profit, cost to serve and what is left.
fn money(whale: &Whale, customer: &Customer) -> [Cell; 4] {
    [
        Cell::from(customer.sums.sales),
        Cell::from(customer.sums.profit),
        Cell::from(customer.cost_to_serve),
        Cell::from(customer.net()).by(net_formula(whale)),
    ]
}

fn running(row: usize, sum: Money) -> Cell {
    let above = Expr::Offset("cumulative".to_owned(), -1);
    let net = Expr::own("net");
    Cell::from(sum).by(if row == 0 { net } else { above + net })
}

fn groups(whale: &Whale) -> Table {
    let columns = [
        ("rank", Format::Count),
        ("customers", Format::Count),
        ("lines", Format::Count),
        ("sales", Format::Money),
        ("profit", Format::Money),
        ("cost", Format::Money),
        ("net", Format::Money),
        ("cumulative", Format::Money),
    ];
    let size = whale.n().div_ceil(GROUPS);
    let rows = whale.customers.chunks(size).enumerate().map(|(i, group)| {
        let sum = |figure: fn(&Customer) -> Money| group.iter().map(figure).sum::<Money>();
        let last = i * size + group.len();
        Row::from(vec![
            Cell::from(last),
            Cell::from(group.len()),
            Cell::from(group.iter().map(|c| c.sums.lines).sum::<u64>()),
            Cell::from(sum(|c| c.sums.sales)),
            Cell::from(sum(|c| c.sums.profit)),
            Cell::from(sum(|c| c.cost_to_serve)),
            Cell::from(sum(Customer::net)).by(net_formula(whale)),
            running(i, whale.cumulative.get(last - 1).copied().unwrap_or_default()),
        ])
    });
    table("customers", &columns, rows.collect())
}

/// What the first so many per cent of customers bring.
pub(super) fn points(whale: &Whale) -> Table {
    let columns = [
        ("percent", Format::Share),
        ("customers", Format::Count),
        ("cumulative", Format::Money),
        ("share", Format::Share),
    ];
    let n = Expr::call(Func::Count, [Expr::whole(DATA, "net")]);
    let rounded = Expr::call(Func::Round, [Expr::own("percent") * n, 6.0.into()]);
    let rank = Expr::call(Func::Ceiling, [rounded, 1.0.into()]);
    let rows = READ.iter().map(|&percent| {
        let at = whale.rank(percent);
        let mut cells = vec![Cell::from(hundredths(percent)), Cell::from(at)];
        if listed(whale) {
            cells = cells.into_iter().zip([None, Some(rank.clone())]).map(with).collect();
        }
        cells.extend(read_off(whale, at));
        Row::from(cells)
    });
    table("points", &columns, rows.collect())
}

fn with((cell, formula): (Cell, Option<Expr>)) -> Cell {
    match formula {
        Some(formula) => cell.by(formula),
        None => cell,
    }
}

#[expect(clippy::cast_precision_loss, reason = "per cents from 1 to 100")]
fn hundredths(percent: usize) -> Option<Value> {
    Value::share(percent as f64 / 100.0)
}

/// The sum at a rank in money and as a share; formulas name the rank by the column `customers`.
fn read_off(whale: &Whale, rank: usize) -> [Cell; 2] {
    let sum = rank.checked_sub(1).and_then(|i| whale.cumulative.get(i)).copied();
    let sum = Cell::from(sum.map(Value::from));
    let share = Cell::from(whale.share(rank).and_then(Value::share));
    if !listed(whale) {
        return [sum, share];
    }
    let at = Expr::call(Func::Index, [Expr::whole(DATA, "cumulative"), Expr::own("customers")]);
    let total = Expr::call(Func::Sum, [Expr::whole(DATA, "net")]);
    [sum.by(at), share.by(Expr::own("cumulative") / total)]
}

/// The curve: every customer of a small company, every per cent and the peak of a large one.
pub(super) fn curve(whale: &Whale) -> Table {
    let columns = [
        ("percent", Format::Share),
        ("customers", Format::Count),
        ("cumulative", Format::Money),
        ("share", Format::Share),
    ];
    let n = Expr::call(Func::Count, [Expr::whole(DATA, "net")]);
    let rows = ranks(whale).into_iter().map(|rank| {
        let percent = Cell::from(share_of(rank, whale.n()));
        let percent =
            if listed(whale) { percent.by(Expr::own("customers") / n.clone()) } else { percent };
        let mut cells = vec![percent, Cell::from(rank)];
        cells.extend(read_off(whale, rank));
        Row::from(cells)
    });
    table("curve", &columns, rows.collect())
}

/// The ranks drawn, at most about a hundred and ten.
pub(super) fn ranks(whale: &Whale) -> Vec<usize> {
    const FIRST: usize = 10;
    let n = whale.n();
    let mut ranks: Vec<usize> = if n <= 100 {
        (1..=n).collect()
    } else {
        (1..=FIRST).chain((1..=100).map(|percent| whale.rank(percent))).collect()
    };
    ranks.extend(whale.peak());
    ranks.sort_unstable();
    ranks.dedup();
    ranks
}

/// A part of so many.
#[expect(clippy::cast_precision_loss, reason = "customers stay far below 2⁵³")]
pub(super) fn share_of(part: usize, n: usize) -> Option<Value> {
    Value::share(part as f64 / n as f64)
}

/// The largest losses.
pub(super) fn losers(whale: &Whale) -> Table {
    let columns = [
        ("customer", Format::Text),
        ("name", Format::Text),
        ("segment", Format::Text),
        ("sales", Format::Money),
        ("profit", Format::Money),
        ("cost", Format::Money),
        ("net", Format::Money),
    ];
    let rows = whale.losers().take(LOSERS).map(|(row, customer)| {
        let ids = ["sales", "profit", "cost"];
        let mut cells = vec![
            text(Some(&customer.id)),
            text(customer.name.as_deref()),
            segment_cell(customer.segment.as_deref()),
        ];
        let [sales, profit, cost, net] = money(whale, customer);
        let from_data = |(cell, id): (Cell, &str)| {
            if listed(whale) { cell.by(Expr::at(DATA, id, row)) } else { cell }
        };
        cells.extend([sales, profit, cost].into_iter().zip(ids).map(from_data));
        cells.push(net);
        Row::from(cells)
    });
    let mut out = trimmed(whale, table("losers", &columns, rows.collect()));
    if whale.losing > LOSERS {
        let note = Message::new("whale.note.losers").arg("shown", LOSERS);
        out.note = Some(note.arg("losing", whale.losing));
    }
    out
}

/// What each segment leaves.
pub(super) fn segments(whale: &Whale) -> Table {
    let columns = [
        ("segment", Format::Text),
        ("customers", Format::Count),
        ("losing", Format::Count),
        ("sales", Format::Money),
        ("profit", Format::Money),
        ("cost", Format::Money),
        ("net", Format::Money),
        ("share", Format::Share),
    ];
    let named = listed(whale) && told_apart(&whale.segments);
    let rows = whale.segments.iter().map(|segment| segment_row(segment, whale, named));
    trimmed(whale, table("segments", &columns, rows.collect()))
}

fn segment_row(segment: &Segment, whale: &Whale, named: bool) -> Row {
    let criteria = || vec![Expr::whole(DATA, "segment"), Expr::own("segment")];
    let losing = || vec![Expr::whole(DATA, "net"), Expr::Text("<0".to_owned())];
    let by = |cell: Cell, formula: Expr| if named { cell.by(formula) } else { cell };
    let sum = |id: &str, money: Money| {
        let args = std::iter::once(Expr::whole(DATA, id)).chain(criteria());
        by(Cell::from(money), Expr::call(Func::Sumifs, args))
    };
    let count = |n: u64, args: Vec<Expr>| by(Cell::from(n), Expr::call(Func::Countifs, args));
    let total = Expr::call(Func::Sum, [Expr::whole(DATA, "net")]);
    let part = segment.net().share_of(whale.total()).and_then(Value::share);
    Row::from(vec![
        segment_cell(segment.name.as_deref()),
        count(segment.customers, criteria()),
        count(segment.losing, [criteria(), losing()].concat()),
        sum("sales", segment.sales),
        sum("profit", segment.profit),
        sum("cost", segment.cost),
        Cell::from(segment.net()).by(net_formula(whale)),
        by(Cell::from(part), Expr::own("net") / total),
    ])
}

/// Whether a spreadsheet's criteria, blind to case and led by wildcards and comparison signs,
/// would pick the same customers.
fn told_apart(segments: &[Segment]) -> bool {
    let names = || segments.iter().filter_map(|segment| segment.name.as_deref());
    let mut folded: Vec<String> = names().map(str::to_lowercase).collect();
    folded.sort_unstable();
    let count = folded.len();
    folded.dedup();
    folded.len() == count && names().all(|name| !name.contains(['*', '?', '~', '<', '>', '=']))
}
