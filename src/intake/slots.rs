//! The columns of a sheet that become columns of a table.

use super::cell::{Habit, Reading, Unit};
use super::habits::{Habits, Tally};
use super::headers::{HeadingUnit, Match, unit_of};
use crate::records::{CellKind, Col, ColumnSpec, TableKind, spec};
use crate::settings::{DateOrder, DecimalMark};

/// One column of the table, and where its cells stand.
#[derive(Clone, Debug)]
pub(super) struct Slot {
    /// Column of the table.
    pub(super) col: Col,
    /// Column of the sheet, 0 for the first.
    pub(super) at: u32,
    /// Heading as in the file.
    pub(super) header: String,
    /// Whether a row without it is refused.
    pub(super) required: bool,
    /// Whether a row needs a value in this column or in another such.
    pub(super) one_of: bool,
    /// How its cells are read.
    pub(super) reading: Reading,
    /// For a value that follows from two others: their sheet columns, to be multiplied.
    pub(super) product: Option<(u32, u32)>,
    /// What its cells say of the way they are written.
    pub(super) tally: Tally,
}

/// The slots of a matched header, in the order of the sheet.
pub(super) fn slots(found: &Match, habits: &Habits) -> Vec<Slot> {
    let table = spec(found.kind);
    let of = |col: Col, at: u32, header: &str| {
        let column = table.column(col)?;
        let order = if habits.day_first.contains(&at) { DateOrder::Dmy } else { DateOrder::Mdy };
        let order = Habit::new(habits.order, order);
        let mark = if habits.decimal_comma.contains(&at) {
            DecimalMark::Comma
        } else {
            DecimalMark::Point
        };
        let mark = Habit::new(habits.mark, mark);
        let id = col.name().ends_with("_id");
        let month_ok = col == Col::PeriodMonth;
        let named = unit_of(header).unwrap_or_default();
        let unit = named.seconds.map_or_else(|| Unit::of_heading(header), Unit::of_seconds);
        Some(Slot {
            col,
            at,
            header: header.to_owned(),
            required: column.required,
            one_of: table.any_of.contains(&col),
            reading: Reading {
                kind: column.kind,
                order,
                mark,
                month_ok,
                unit,
                id,
                scale: scale(found.kind, *column, &named),
            },
            product: None,
            tally: Tally::default(),
        })
    };
    let mut out: Vec<Slot> =
        found.columns.iter().filter_map(|c| of(c.col, c.at, &c.header)).collect();
    if let Some((qty, price)) = amount_parts(found) {
        let header =
            out.iter().find(|s| s.at == price).map_or_else(String::new, |s| s.header.clone());
        out.extend(
            of(Col::Amount, price, &header).map(|s| Slot { product: Some((qty, price)), ..s }),
        );
    }
    out
}

/// What the plain numbers of a column are multiplied by, as its heading says: money and counts by
/// what one of them counts, a wait by the seconds of its unit. A measurement stays as it is, and
/// so do its limits.
fn scale(kind: TableKind, column: ColumnSpec, unit: &HeadingUnit) -> f64 {
    match column.kind {
        CellKind::Number if column.col == Col::WaitSeconds => unit.seconds.unwrap_or(1.0),
        CellKind::Number if kind == TableKind::Measurements => 1.0,
        CellKind::Money | CellKind::Count | CellKind::Number => unit.scale.unwrap_or(1.0),
        _ => 1.0,
    }
}

/// The sheet columns of quantity and unit price, where an order's amount follows from them.
fn amount_parts(found: &Match) -> Option<(u32, u32)> {
    let at = |col: Col| found.columns.iter().find(|c| c.col == col).map(|c| c.at);
    let derived = found.kind == TableKind::Orders && at(Col::Amount).is_none();
    if derived { Some((at(Col::Qty)?, at(Col::Price)?)) } else { None }
}

/// Whether the rows carry an identifier of their own, so that an exact copy is suspect.
pub(super) fn has_own_id(found: &Match) -> bool {
    own_id(found.kind).is_some_and(|id| found.columns.iter().any(|c| c.col == id))
}

/// The column that identifies a row of a table, where it has one.
pub(super) const fn own_id(kind: TableKind) -> Option<Col> {
    let id = match kind {
        TableKind::ServiceRecords
        | TableKind::DefectLog
        | TableKind::Measurements
        | TableKind::Surveys => Col::RecordId,
        TableKind::Customers => Col::CustomerId,
        TableKind::Orders | TableKind::Returns => Col::OrderId,
        TableKind::Products => Col::Product,
        TableKind::Leads => Col::LeadId,
        TableKind::Activities => Col::ActivityId,
        TableKind::Opportunities => Col::OppId,
        TableKind::Tickets => Col::TicketId,
        TableKind::Calls => Col::CallId,
        TableKind::Campaigns => Col::CampaignId,
        TableKind::Projects => Col::ProjectId,
        TableKind::Contracts => Col::ContractId,
        _ => return None,
    };
    Some(id)
}
