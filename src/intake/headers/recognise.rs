//! Which row of a sheet is its header, and which table it heads.

use serde::{Deserialize, Serialize};

use super::matching::{Heading, How, MappedHeader, Match, match_row};
use super::vocabulary::headings;
use crate::records::{Col, Source, TableKind, spec};

/// A heading that is close to a known one; it was not used.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Suggestion {
    /// Heading as in the file.
    pub header: String,
    /// The column it may mean.
    pub col: Col,
    /// Column of the sheet, 0 for the first.
    pub at: u32,
}

/// How the columns of one sheet were understood.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SheetMapping {
    /// The sheet.
    pub source: Source,
    /// The table it was read as.
    pub kind: Option<TableKind>,
    /// Row of the header, 1 for the first.
    pub header_row: Option<u32>,
    /// Headings matched, in the order of the sheet.
    pub columns: Vec<MappedHeader>,
    /// Headings that mean nothing to the table.
    pub unmapped: Vec<String>,
    /// Unmapped headings that are close to a known one.
    pub suggestions: Vec<Suggestion>,
}

/// What a sheet is.
#[derive(Clone, Debug)]
pub(in crate::intake) enum Recognition {
    /// A table; the index of its header among the rows looked at.
    Table(usize, Box<Match>),
    /// No known table; the nearest and what it lacks.
    Unknown(Vec<TableKind>, Vec<Col>),
}

/// Finds the header among the first rows of a sheet.
pub(in crate::intake) fn recognise(rows: &[Vec<Heading>], fixed: Option<TableKind>) -> Recognition {
    let mut best: Option<(usize, Match)> = None;
    let mut near: Option<Match> = None;
    let mut tie = None;
    for (index, row) in rows.iter().enumerate() {
        match candidate(row, fixed) {
            Candidate::One(found) if chance(&found, row, &rows[..index]) => {}
            Candidate::One(found) => {
                if best.as_ref().is_none_or(|(_, b)| weight(&found) > weight(b)) {
                    best = Some((index, found));
                    tie = None;
                }
            }
            Candidate::Tie(a, b) if best.as_ref().is_none_or(|(_, m)| weight(&a) > weight(m)) => {
                tie = Some((a.kind, b.kind));
            }
            Candidate::Tie(..) => {}
            Candidate::Near(found) => {
                if near.as_ref().is_none_or(|n| width(&found) > width(n)) {
                    near = Some(found);
                }
            }
        }
    }
    match (best, tie) {
        (_, Some((a, b))) => Recognition::Unknown(vec![a, b], Vec::new()),
        (Some((index, found)), None) => Recognition::Table(index, Box::new(found)),
        (None, None) => near.map_or_else(
            || Recognition::Unknown(Vec::new(), Vec::new()),
            |near| Recognition::Unknown(vec![near.kind], near.missing),
        ),
    }
}

/// Whether a row of few matches below a row as wide is a row of some other table.
fn chance(found: &Match, row: &[Heading], above: &[Vec<Heading>]) -> bool {
    width(found) < 4 && above.iter().any(|other| other.len() >= row.len())
}

/// What one row may be the header of.
enum Candidate {
    One(Match),
    Tie(Match, Match),
    Near(Match),
}

fn candidate(row: &[Heading], fixed: Option<TableKind>) -> Candidate {
    if let Some(kind) = fixed {
        let found = match_row(kind, row);
        return if found.missing.is_empty() {
            Candidate::One(found)
        } else {
            Candidate::Near(found)
        };
    }
    let mut all: Vec<Match> = TableKind::ALL.iter().map(|&kind| match_row(kind, row)).collect();
    all.sort_by_key(|found| std::cmp::Reverse(weight(found)));
    let nearest = all.first().map_or(0, width);
    let mut whole = all.iter().filter(|found| found.missing.is_empty());
    // One column, or few among many, may be chance; and where another table is much nearer, this
    // is that table with something missing, not a poorer one without.
    let fits = |found: &Match| {
        let width = width(found);
        let chance = width < 2 || (width < 4 && width * 4 < row.len());
        !chance && width + 2 > nearest
    };
    match (whole.next().filter(|found| fits(found)), whole.next()) {
        (Some(first), _) if side_by_side(row, first) => Candidate::Near(first.clone()),
        (Some(first), Some(second)) if weight(first) == weight(second) => {
            Candidate::Tie(first.clone(), second.clone())
        }
        (Some(first), _) => Candidate::One(first.clone()),
        (None, _) => Candidate::Near(all.swap_remove(0)),
    }
}

/// Columns of the sheet that were matched.
fn width(found: &Match) -> usize {
    let mut at: Vec<u32> = found.columns.iter().map(|c| c.at).collect();
    at.dedup();
    at.len()
}

/// How well a row heads a table: columns matched, then how many of them by name, then how much
/// of the table is there.
fn weight(found: &Match) -> (usize, usize, usize) {
    let by_name = found.columns.iter().filter(|c| c.how != How::Synonym).count();
    let of = spec(found.kind).columns.len();
    (width(found), by_name, found.columns.len() * 1000 / of.max(1))
}

/// Whether the row heads several tables standing side by side, which no row account can split.
fn side_by_side(row: &[Heading], found: &Match) -> bool {
    let mut blocks: Vec<Vec<Heading>> = Vec::new();
    for heading in row {
        match blocks.last_mut() {
            Some(block) if block.last().is_some_and(|h| h.at + 1 == heading.at) => {
                block.push(heading.clone());
            }
            _ => blocks.push(vec![heading.clone()]),
        }
    }
    let heads = |block: &Vec<Heading>| {
        block.len() < row.len()
            && TableKind::ALL.iter().any(|&kind| {
                let part = match_row(kind, block);
                part.missing.is_empty() && width(&part) >= 2.min(width(found))
            })
    };
    blocks.iter().filter(|block| heads(block)).count() > 1
}

/// Unmapped headings that are close to a heading of a column not yet found.
///
/// Close is a Jaro–Winkler similarity of at least 0.92 between the folded forms.
pub(in crate::intake) fn suggestions(found: &Match) -> Vec<Suggestion> {
    let free = |col: Col| found.columns.iter().all(|c| c.col != col);
    let near = |heading: &Heading| {
        let known = headings(found.kind).iter();
        let scored = known.filter_map(|(word, senses)| {
            let sense = senses.iter().find(|s| free(s.col))?;
            let score = strsim::jaro_winkler(word, &heading.folded);
            (score >= 0.92).then_some((score, sense.col, word))
        });
        let best = scored.max_by(|a, b| a.0.total_cmp(&b.0).then_with(|| b.2.cmp(a.2)))?;
        Some(Suggestion { header: heading.text.clone(), col: best.1, at: heading.at })
    };
    found.unmapped.iter().filter_map(near).collect()
}

#[cfg(test)]
mod tests {
    use super::{Heading, Recognition, match_row, recognise, suggestions};
    use crate::records::{Col, TableKind};

    fn row(texts: &[&str]) -> Vec<Heading> {
        let at = (0..).zip(texts).filter(|(_, text)| !text.is_empty());
        at.map(|(at, text)| Heading::new(at, text)).collect()
    }

    fn kind(rows: &[&[&str]]) -> Option<(usize, TableKind)> {
        let rows: Vec<Vec<Heading>> = rows.iter().map(|texts| row(texts)).collect();
        match recognise(&rows, None) {
            Recognition::Table(index, found) => Some((index, found.kind)),
            Recognition::Unknown(..) => None,
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
    fn amount_received_goes_before_amount_due() {
        let found = match_row(TableKind::Orders, &row(&["应收金额", "实收金额"]));
        assert_eq!(found.columns.iter().map(|c| c.at).collect::<Vec<_>>(), [1]);
        assert_eq!(found.twice.len(), 1);
    }

    #[test]
    fn tables_side_by_side_are_no_table() {
        let head = ["account", "sector", "office_location", "", "sales_agent", "manager"];
        assert_eq!(kind(&[&head]), None);
    }

    #[test]
    fn close_headings_are_only_suggested() {
        let found = match_row(TableKind::Orders, &row(&["Order Date", "Custmer ID", "Sales"]));
        assert_eq!(found.missing, [Col::CustomerId]);
        let all = suggestions(&found);
        assert_eq!(all.iter().map(|s| s.col).collect::<Vec<_>>(), [Col::CustomerId]);
    }
}
