//! Which row of a sheet is its header, and which table it heads.

use std::cmp::Reverse;

use super::blocks::blocks;
use super::levels::{Levels, match_levels};
use super::matching::{Heading, Match, match_row};
use super::recognise::{weight, width};
use crate::records::{Col, TableKind};

/// One of the first rows of a sheet.
#[derive(Clone, Debug, Default)]
pub(in crate::intake) struct HeadRow {
    /// Its texts.
    pub(in crate::intake) headings: Vec<Heading>,
    /// The columns of all its cells.
    pub(in crate::intake) columns: Vec<u32>,
}

impl HeadRow {
    /// Whether every cell is a text, as in a header.
    pub(super) const fn is_plain(&self) -> bool {
        !self.headings.is_empty() && self.headings.len() == self.columns.len()
    }

    /// The part of the row between two columns, both included.
    pub(super) fn within(&self, (left, right): (u32, u32)) -> Self {
        let inside = |at: &u32| (left..=right).contains(at);
        Self {
            headings: self.headings.iter().filter(|h| inside(&h.at)).cloned().collect(),
            columns: self.columns.iter().copied().filter(|at| inside(at)).collect(),
        }
    }
}

/// A header found.
#[derive(Clone, Debug)]
pub(in crate::intake) struct Header {
    /// Index of its last row among the rows looked at.
    pub(in crate::intake) at: usize,
    /// Its rows: 1, or 2 where groups stand above the headings.
    pub(in crate::intake) rows: usize,
    /// The table it heads.
    pub(in crate::intake) found: Match,
}

/// What a sheet is.
#[derive(Clone, Debug)]
pub(in crate::intake) enum Recognition {
    /// A table.
    Table(Box<Header>),
    /// Tables beside each other: the columns of each, first and last.
    SideBySide(Vec<(u32, u32)>),
    /// As much one table as another.
    Either(TableKind, TableKind),
    /// No known table; the nearest and what it lacks.
    Unknown(Vec<TableKind>, Vec<Col>),
}

/// Finds the header among the first rows of a sheet.
pub(in crate::intake) fn recognise(rows: &[HeadRow], fixed: Option<TableKind>) -> Recognition {
    let whole = search(rows, fixed);
    match blocks(rows, fixed, &whole) {
        Some(parts) => Recognition::SideBySide(parts),
        None => whole,
    }
}

/// Finds the one header of rows that stand in one block.
pub(super) fn search(rows: &[HeadRow], fixed: Option<TableKind>) -> Recognition {
    let mut finds = Finds::default();
    for (index, row) in rows.iter().enumerate() {
        let above = rows.get(..index).unwrap_or_default();
        let own = candidate(row.headings.len(), fixed, |kind| match_row(kind, &row.headings));
        let widest = above.last().map_or(0, |up| nearest(up, fixed)).max(own.width());
        match two_rows(row, above, fixed).filter(|levels| levels.width() > widest) {
            Some(Candidate::One(found)) => finds.add(Header { at: index, rows: 2, found }),
            _ => finds.weigh(index, own, row, above),
        }
    }
    finds.verdict()
}

/// Matched columns of the table a row is nearest to.
fn nearest(row: &HeadRow, fixed: Option<TableKind>) -> usize {
    candidate(row.headings.len(), fixed, |kind| match_row(kind, &row.headings)).width()
}

/// The row read as headings below the groups of the row above.
fn two_rows(row: &HeadRow, above: &[HeadRow], fixed: Option<TableKind>) -> Option<Candidate> {
    let upper = above.last().filter(|upper| upper.is_plain() && upper.headings.len() > 1)?;
    if !row.is_plain() || row.headings.len() < 2 {
        return None;
    }
    let levels = Levels::new(&upper.headings, &row.headings);
    Some(candidate(levels.len(), fixed, |kind| match_levels(kind, &levels)))
}

/// What was found on the way.
#[derive(Default)]
struct Finds {
    headers: Vec<Header>,
    tie: Option<(Match, TableKind)>,
    near: Option<Match>,
}

impl Finds {
    fn add(&mut self, header: Header) {
        self.headers.push(header);
    }

    fn weigh(&mut self, at: usize, found: Candidate, row: &HeadRow, above: &[HeadRow]) {
        match found {
            Candidate::One(found) if chance(&found, row, above) => {}
            Candidate::One(found) => self.add(Header { at, rows: 1, found }),
            Candidate::Tie(a, b) => {
                let heavier = |(known, _): &(Match, _)| weight(&a) > weight(known);
                if self.tie.as_ref().is_none_or(heavier) {
                    self.tie = Some((a, b.kind));
                }
            }
            Candidate::Near(found) => {
                if self.near.as_ref().is_none_or(|near| width(&found) > width(near)) {
                    self.near = Some(found);
                }
            }
        }
    }

    fn verdict(self) -> Recognition {
        let best = self.headers.iter().min_by_key(|h| Reverse(weight(&h.found)));
        let tied = match (&self.tie, best) {
            (Some((tie, _)), Some(best)) => weight(tie) > weight(&best.found),
            (tie, _) => tie.is_some(),
        };
        match (self.tie, best) {
            (Some((a, b)), _) if tied => Recognition::Either(a.kind, b),
            (_, Some(best)) => {
                let first = self.headers.iter().find(|first| heads_own_rows(first, best));
                Recognition::Table(Box::new(first.unwrap_or(best).clone()))
            }
            _ => self.near.map_or_else(
                || Recognition::Unknown(Vec::new(), Vec::new()),
                |near| Recognition::Unknown(vec![near.kind], near.missing),
            ),
        }
    }
}

/// Whether a header above the best one heads a table of its own, instead of being a title of it.
fn heads_own_rows(first: &Header, best: &Header) -> bool {
    let sure = width(&first.found) > 2 || first.found.unmapped.is_empty();
    sure && first.at + best.rows < best.at
}

/// Whether a row of few matches below a row as wide is a row of some other table.
fn chance(found: &Match, row: &HeadRow, above: &[HeadRow]) -> bool {
    width(found) < 4 && above.iter().any(|other| other.headings.len() >= row.headings.len())
}

/// What one row may be the header of.
enum Candidate {
    One(Match),
    Tie(Match, Match),
    Near(Match),
}

impl Candidate {
    fn width(&self) -> usize {
        let (Self::One(found) | Self::Tie(found, _) | Self::Near(found)) = self;
        width(found)
    }
}

/// The table one row heads by itself, if it surely heads one.
///
/// Below another table it is too late to leave the sheet out: of headings that mean one column
/// equally the first is used, and said so.
pub(in crate::intake) fn heads(row: &HeadRow, fixed: Option<TableKind>) -> Option<Match> {
    if !row.is_plain() {
        return None;
    }
    match candidate(row.headings.len(), fixed, |kind| match_row(kind, &row.headings)) {
        Candidate::One(mut found) => {
            found.twice.append(&mut found.ambiguous);
            Some(found)
        }
        _ => None,
    }
}

/// The table a row of so many headings is the header of.
fn candidate(
    len: usize,
    fixed: Option<TableKind>,
    read_as: impl Fn(TableKind) -> Match,
) -> Candidate {
    if let Some(kind) = fixed {
        let found = read_as(kind);
        let whole = found.missing.is_empty();
        return if whole { Candidate::One(found) } else { Candidate::Near(found) };
    }
    let mut all: Vec<Match> = TableKind::ALL.iter().map(|&kind| read_as(kind)).collect();
    all.sort_by_key(|found| Reverse(weight(found)));
    let nearest = all.first().map_or(0, width);
    let mut whole = all.iter().filter(|found| found.missing.is_empty());
    // One column, or few among many, may be chance; and where another table is much nearer, this
    // is that table with something missing, not a poorer one without.
    let fits = |found: &Match| {
        let width = width(found);
        let chance = width < 2 || (width < 4 && width * 4 < len);
        !chance && width + 2 > nearest
    };
    match (whole.next().filter(|found| fits(found)), whole.next()) {
        (Some(first), Some(second)) if weight(first) == weight(second) => {
            Candidate::Tie(first.clone(), second.clone())
        }
        (Some(first), _) => Candidate::One(first.clone()),
        (None, _) => Candidate::Near(all.swap_remove(0)),
    }
}

#[cfg(test)]
mod tests {
    use super::{HeadRow, Heading, Recognition, recognise};
    use crate::records::TableKind;

    fn row(texts: &[&str]) -> HeadRow {
        let at = (0..).zip(texts).filter(|(_, text)| !text.is_empty());
        let headings: Vec<Heading> = at.map(|(at, text)| Heading::new(at, text)).collect();
        HeadRow { columns: headings.iter().map(|h| h.at).collect(), headings }
    }

    fn seen(rows: &[&[&str]]) -> Recognition {
        let rows: Vec<HeadRow> = rows.iter().map(|texts| row(texts)).collect();
        recognise(&rows, None)
    }

    fn kind(rows: &[&[&str]]) -> Option<(usize, TableKind)> {
        match seen(rows) {
            Recognition::Table(header) => Some((header.at, header.found.kind)),
            _ => None,
        }
    }

    #[test]
    fn real_headings_are_recognised() {
        let crm: &[&str] =
            &["opportunity_id", "sales_agent", "product", "account", "deal_stage", "engage_date"];
        let shop: &[&str] =
            &["购药时间", "社保卡号", "商品编码", "商品名称", "销售数量", "应收金额", "实收金额"];
        let calls: &[&str] = &["Call Id", "Agent", "Date", "Time", "Topic", "Answered (Y/N)"];
        assert_eq!(kind(&[crm]), Some((0, TableKind::Opportunities)));
        assert_eq!(kind(&[&["銷售報表"], shop]), Some((1, TableKind::Orders)));
        assert_eq!(kind(&[calls]), Some((0, TableKind::Calls)));
        assert_eq!(kind(&[&["Returned", "Order ID"]]), Some((0, TableKind::Returns)));
        assert_eq!(kind(&[&["Person", "Region"]]), Some((0, TableKind::People)));
        assert_eq!(kind(&[&["product", "series", "sales_price"]]), Some((0, TableKind::Products)));
        assert_eq!(kind(&[&["apples", "pears"]]), None);
    }

    #[test]
    fn groups_above_the_headings_are_read_with_them() {
        let upper: &[&str] = &["Order", "", "Customer", "", "Sales"];
        let lower: &[&str] = &["ID", "Date", "ID", "Name", ""];
        let Recognition::Table(header) = seen(&[&["Report"], upper, lower]) else { unreachable!() };
        assert_eq!((header.at, header.rows, header.found.kind), (2, 2, TableKind::Orders));
        let columns = header.found.columns.iter().map(|c| (c.at, c.header.as_str()));
        let first: Vec<_> = columns.take(3).collect();
        assert_eq!(first, [(0, "Order ID"), (1, "Order Date"), (2, "Customer ID")]);
        let zh: &[&[&str]] = &[&["訂單", "", "客戶", "金額"], &["編號", "日期", "編號", ""]];
        assert_eq!(kind(zh), Some((1, TableKind::Orders)));
        let months: &[&[&str]] = &[&["Q1", "", "Q2", ""], &["Sales", "Cost", "Sales", "Cost"]];
        assert_eq!(kind(months), None);
    }

    #[test]
    fn tables_side_by_side_are_told_apart() {
        let head: &[&str] =
            &["account", "sector", "office_location", "", "sales_agent", "manager", "region"];
        let Recognition::SideBySide(parts) = seen(&[head]) else { unreachable!() };
        assert_eq!(parts, [(0, 3), (4, u32::MAX)]);
        let spacer: &[&str] = &["Order ID", "Order Date", "", "Customer ID", "Sales", "Product"];
        assert_eq!(kind(&[spacer]), Some((0, TableKind::Orders)));
        let note: &[&str] = &["Order ID", "Order Date", "Customer ID", "Sales", "", "Notes"];
        assert_eq!(kind(&[note]), Some((0, TableKind::Orders)));
    }

    #[test]
    fn the_first_table_of_a_sheet_is_not_a_title_of_the_second() {
        let returns: &[&str] = &["Returned", "Order ID"];
        let orders: &[&str] = &["Order ID", "Order Date", "Customer ID", "Sales"];
        let rows = [returns, &["Yes", "A1"], &["Yes", "A2"], orders];
        assert_eq!(kind(&rows), Some((0, TableKind::Returns)));
        assert_eq!(kind(&[&["Region", "North"], &["Date", "2026"], orders]).map(|f| f.0), Some(2));
    }
}
