//! Tables that stand side by side, with blank columns between.

use std::collections::BTreeSet;

use super::matching::Match;
use super::recognise::width;
use super::search::{HeadRow, Recognition, search};
use crate::records::TableKind;

/// The columns of each table where several stand side by side. Every column of the sheet belongs
/// to one of them.
///
/// They are told from one table with a blank column in it by what they explain: apart, they must
/// name more columns than `whole`, the same rows read as one table.
pub(super) fn blocks(
    rows: &[HeadRow],
    fixed: Option<TableKind>,
    whole: &Recognition,
) -> Option<Vec<(u32, u32)>> {
    let parts = parts(rows);
    if parts.len() < 2 {
        return None;
    }
    let tables = parts.into_iter().filter_map(|part| Some((part, table(rows, fixed, part)?)));
    let tables: Vec<_> = tables.collect();
    let explained: usize = tables.iter().map(|(_, found)| width(found)).sum();
    let as_one = match whole {
        Recognition::Table(header) => width(&header.found),
        _ => 0,
    };
    if tables.len() < 2 || explained <= as_one {
        return None;
    }
    let starts: Vec<u32> = tables.iter().skip(1).map(|((left, _), _)| *left).collect();
    let lefts = std::iter::once(0).chain(starts.iter().copied());
    let rights = starts.iter().map(|left| left - 1).chain(std::iter::once(u32::MAX));
    Some(lefts.zip(rights).collect())
}

/// The table of one block, unless most of its headings mean nothing to it.
fn table(rows: &[HeadRow], fixed: Option<TableKind>, part: (u32, u32)) -> Option<Match> {
    let rows: Vec<HeadRow> = rows.iter().map(|row| row.within(part)).collect();
    match search(&rows, fixed) {
        Recognition::Table(header) if header.found.unmapped.len() <= width(&header.found) => {
            Some(header.found)
        }
        _ => None,
    }
}

/// Runs of columns in use, first and last; titles, alone in their row, do not count.
fn parts(rows: &[HeadRow]) -> Vec<(u32, u32)> {
    let wide = rows.iter().filter(|row| row.columns.len() > 1);
    let used: BTreeSet<u32> = wide.flat_map(|row| row.columns.iter().copied()).collect();
    let mut out: Vec<(u32, u32)> = Vec::new();
    for at in used {
        match out.last_mut() {
            Some((_, right)) if *right + 1 == at => *right = at,
            _ => out.push((at, at)),
        }
    }
    out
}
