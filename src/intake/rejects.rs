//! Rows with a fault, kept as they stood.

use super::headers::Match;
use super::row::{Raw, RowBuf};
use super::slots::Slot;
use crate::records::{CellFault, HeldCell, IssueCode, RejectedRow, SheetRejects, Source};

/// The faults of a row, each with its cell: `found` names slots and what was wrong.
pub(super) fn faults(row: &RowBuf, found: &[(usize, IssueCode)], slots: &[Slot]) -> Vec<CellFault> {
    let fault = |&(slot, code): &(usize, IssueCode)| {
        let slot = slots.get(slot)?;
        let value = row.get(slot.at).map_or_else(String::new, |raw| shown(row, raw));
        Some(CellFault { at: slot.at, header: slot.header.clone(), col: slot.col, code, value })
    };
    found.iter().filter_map(fault).collect()
}

/// The row as it stood.
pub(super) fn rejected(
    row: &RowBuf,
    refused: Option<IssueCode>,
    faults: Vec<CellFault>,
) -> RejectedRow {
    let cells = row.cells().iter().map(|(at, raw)| (*at, held(row, raw))).collect();
    RejectedRow { row: row.number, refused, faults, cells }
}

/// The rows kept of a sheet, with its headings; `None` where there are none.
pub(super) fn of_sheet(
    source: &Source,
    found: &Match,
    rows: Vec<RejectedRow>,
) -> Option<SheetRejects> {
    let mapped = found.columns.iter().map(|c| (c.at, c.header.clone()));
    let others = found.unmapped.iter().chain(found.twice.iter().map(|(_, loser)| loser));
    let mut headings: Vec<(u32, String)> =
        mapped.chain(others.map(|h| (h.at, h.text.clone()))).collect();
    headings.sort();
    headings.dedup_by_key(|(at, _)| *at);
    let rejects = SheetRejects { source: source.clone(), kind: found.kind, headings, rows };
    (!rejects.rows.is_empty()).then_some(rejects)
}

fn held(row: &RowBuf, raw: &Raw) -> HeldCell {
    match raw {
        Raw::Number(x) if x.is_finite() => HeldCell::Number(*x),
        raw => HeldCell::Text(shown(row, raw)),
    }
}

fn shown(row: &RowBuf, raw: &Raw) -> String {
    let mut out = String::new();
    row.show(raw, &mut out);
    out
}
