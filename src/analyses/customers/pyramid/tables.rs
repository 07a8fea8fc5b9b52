//! The tables of the section, and the data sheet their formulas stand on.

use super::compute::{Pyramid, TierSums};
use super::migration::Migration;
use super::tier::Tier;
use crate::dataset::Customer;
use crate::report::{Cell, Column, Emphasis, Expr, Format, Func, Message, Row, Table, Value};
use crate::units::Money;

/// Customers listed one by one; beyond, the tables stand without formulas.
const MAX_CUSTOMERS: usize = 5_000;
/// The data sheet.
const DATA: &str = "pyramid.customers";

fn column(id: &str, format: Format) -> Column {
    Column::titled(id, format, Message::new(format!("pyramid.column.{id}")))
}

fn table(id: &str, columns: Vec<Column>, rows: Vec<Row>) -> Table {
    let (id, title) = (format!("pyramid.{id}"), Message::new(format!("pyramid.table.{id}")));
    Table { id, title, columns, rows, note: None, top: None }
}

fn words(tier: Tier) -> Cell {
    Cell::from(Value::from(tier.name()))
}

fn listed(pyramid: &Pyramid) -> bool {
    pyramid.n() <= MAX_CUSTOMERS
}

/// One row a customer.
pub(super) fn data(pyramid: &Pyramid) -> Vec<Table> {
    if !listed(pyramid) {
        return Vec::new();
    }
    let mut columns = vec![
        column("rank", Format::Count),
        column("customer", Format::Text),
        column("name", Format::Text),
        column("tier", Format::Text),
        column("lines", Format::Count),
        column("sales", Format::Money),
        column("profit", Format::Money),
    ];
    if pyramid.has_costs {
        columns.push(column("cost", Format::Money));
    }
    if pyramid.migration.is_some() {
        columns.extend(["before", "now"].map(|id| column(id, Format::Text)));
    }
    let ranked = pyramid.ranked.iter().enumerate();
    let rows = ranked.map(|(i, (customer, tier))| data_row(pyramid, i + 1, customer, *tier));
    vec![table("customers", columns, rows.collect())]
}

fn data_row(pyramid: &Pyramid, rank: usize, customer: &Customer, tier: Tier) -> Row {
    let profit = pyramid.has_profit.then(|| Value::from(customer.sums.profit));
    let mut cells = vec![
        Cell::from(rank),
        Cell::from(customer.id.as_str()),
        Cell::from(customer.name.as_deref().map(Value::from)),
        words(tier),
        Cell::from(customer.sums.lines),
        Cell::from(customer.sums.sales),
        Cell::from(profit),
    ];
    if pyramid.has_costs {
        cells.push(Cell::from(customer.cost_to_serve));
    }
    if let Some(migration) = &pyramid.migration {
        let moved = migration.moves.get(&customer.id);
        let (before, now) =
            moved.map_or((Tier::Inactive, Tier::Inactive), |moved| (moved.before, moved.now));
        cells.extend([words(before), words(now)]);
    }
    Row::from(cells)
}

/// What each tier is and brings, the best first, then the sum and those who did not buy.
pub(super) fn tiers(pyramid: &Pyramid) -> Table {
    let mut columns = vec![
        column("tier", Format::Text),
        column("customers", Format::Count),
        column("customer_share", Format::Share),
        column("sales", Format::Money),
        column("sales_share", Format::Share),
        column("average", Format::Money),
    ];
    if pyramid.has_profit {
        columns.push(column("profit", Format::Money));
        columns.push(column("profit_share", Format::Share));
    }
    if pyramid.has_costs {
        columns.push(column("cost", Format::Money));
    }
    let mut rows: Vec<Row> =
        Tier::BUYING.iter().map(|&tier| tier_row(pyramid, Some(tier))).collect();
    rows.push(Row { emphasis: Some(Emphasis::Total), ..tier_row(pyramid, None) });
    if let Some(inactive) = pyramid.inactive {
        let mut cells = vec![Cell::none(); columns.len()];
        cells.splice(0..2, [words(Tier::Inactive), Cell::from(inactive)]);
        rows.push(Row { cells, emphasis: Some(Emphasis::Muted) });
    }
    table("tiers", columns, rows)
}

/// A row of sums. A tier's are picked from the data sheet by its name; the total's, of no tier,
/// are the sums of the tiers above.
fn tier_row(pyramid: &Pyramid, tier: Option<Tier>) -> Row {
    let all = pyramid.sums(|_| true);
    let sums = pyramid.sums(|t| tier.is_none_or(|tier| t == tier));
    let base = |cell: Cell, id: &str| match (tier, listed(pyramid)) {
        (None, _) => cell.by(tiers_above(id)),
        (Some(_), true) => cell.by(picked(id)),
        (Some(_), false) => cell,
    };
    let money = |money: Money, id: &str| base(Cell::from(money), id);
    let share = |share: Option<f64>, id: &str| {
        let of_total = Expr::own(id) / Expr::at("pyramid.tiers", id, Tier::BUYING.len());
        Cell::from(share.and_then(Value::share)).by(of_total)
    };
    let total = || Value::from(Message::new("pyramid.total"));
    let mut cells = vec![
        tier.map_or_else(|| Cell::from(total()), words),
        base(Cell::from(sums.customers), "customers"),
        share(ratio(sums.customers, all.customers), "customers"),
        money(sums.sales, "sales"),
        share(sums.sales.share_of(all.sales), "sales"),
        Cell::from(average(&sums).map(Value::from)).by(per_customer()),
    ];
    if pyramid.has_profit {
        cells.push(money(sums.profit, "profit"));
        cells.push(share(sums.profit.share_of(all.profit), "profit"));
    }
    if pyramid.has_costs {
        cells.push(money(sums.cost, "cost"));
    }
    Row::from(cells)
}

/// Rounded like [`average`], which holds ten-thousandths.
fn per_customer() -> Expr {
    let average = Expr::own("sales") / Expr::own("customers");
    Expr::call(Func::Round, [average, 4.0.into()])
}

fn tiers_above(id: &str) -> Expr {
    let span = Expr::Span("pyramid.tiers".to_owned(), id.to_owned(), 0, Tier::BUYING.len() - 1);
    Expr::call(Func::Sum, [span])
}

/// The sum (or the number) of the customers of this row's tier on the data sheet.
fn picked(id: &str) -> Expr {
    let criteria = [Expr::whole(DATA, "tier"), Expr::own("tier")];
    match id {
        "customers" => Expr::call(Func::Countifs, criteria),
        _ => Expr::call(Func::Sumifs, std::iter::once(Expr::whole(DATA, id)).chain(criteria)),
    }
}

#[expect(clippy::cast_precision_loss, reason = "customers stay far below 2⁵³")]
fn ratio(part: usize, whole: usize) -> Option<f64> {
    (whole > 0).then(|| part as f64 / whole as f64)
}

/// Sales of one customer on average, to the ten-thousandth.
fn average(sums: &TierSums) -> Option<Money> {
    let n = i128::try_from(sums.customers).ok().filter(|&n| n > 0)?;
    Some(Money::from_raw((sums.sales.raw() + n / 2).div_euclid(n)))
}

/// The two measures of the pyramid.
pub(super) fn bars(pyramid: &Pyramid) -> Table {
    let ids = ["customer_share", "sales_share"];
    let tiers = tiers(pyramid);
    let rows =
        Tier::BUYING.iter().enumerate().map(|(row, &tier)| {
            let mut cells = vec![words(tier)];
            cells.extend(ids.map(|id| {
                Cell::from(tiers.value(row, id).cloned()).by(Expr::at(&tiers.id, id, row))
            }));
            Row::from(cells)
        });
    let mut columns = vec![column("tier", Format::Text)];
    columns.extend(ids.map(|id| column(id, Format::Share)));
    table("bars", columns, rows.collect())
}

/// Customers by tier of the year before (rows) and of the last year (columns).
pub(super) fn migration(pyramid: &Pyramid, migration: &Migration) -> Table {
    let mut columns = vec![column("before", Format::Text)];
    columns.extend(Tier::ALL.map(|tier| Column::titled(tier.id(), Format::Count, tier.name())));
    // The data sheet lists who bought in the window: only where it holds both years does a
    // count over it give the matrix.
    let whole = listed(pyramid) && pyramid.period.from <= migration.before.from;
    let rows = Tier::ALL.iter().map(|&before| {
        let mut cells = vec![words(before)];
        cells.extend(Tier::ALL.map(|now| moved(migration, before, now, whole)));
        Row::from(cells)
    });
    let mut out = table("migration", columns, rows.collect());
    let note = Message::new("pyramid.note.migration")
        .arg("before_from", migration.before.from)
        .arg("before_to", migration.before.to)
        .arg("from", migration.now.from)
        .arg("to", migration.now.to);
    out.note = Some(note);
    out
}

/// Who bought in neither year cannot move: that cell stays empty.
fn moved(migration: &Migration, before: Tier, now: Tier, whole: bool) -> Cell {
    if before == Tier::Inactive && now == Tier::Inactive {
        return Cell::none();
    }
    let cell = Cell::from(migration.count(before, now));
    let criteria =
        [Expr::whole(DATA, "before"), Expr::own("before"), Expr::whole(DATA, "now"), heading(now)];
    if whole { cell.by(Expr::call(Func::Countifs, criteria)) } else { cell }
}

/// The name of a tier stands in the first column of the matrix, in the order of the tiers.
fn heading(tier: Tier) -> Expr {
    Expr::at("pyramid.migration", "before", tier as usize)
}
