//! How well a row of headings fits a table.

use serde::{Deserialize, Serialize};

use super::matching::{Heading, How, MappedHeader, Match};
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

impl SheetMapping {
    /// No column of a sheet understood.
    #[must_use]
    pub const fn none(source: Source) -> Self {
        Self {
            source,
            kind: None,
            header_row: None,
            columns: Vec::new(),
            unmapped: Vec::new(),
            suggestions: Vec::new(),
        }
    }
}

/// Columns of the sheet that were matched.
pub(super) fn width(found: &Match) -> usize {
    let mut at: Vec<u32> = found.columns.iter().map(|c| c.at).collect();
    at.dedup();
    at.len()
}

/// How well a row heads a table: columns matched, then how many of them by name, then how much
/// of the table is there.
pub(super) fn weight(found: &Match) -> (usize, usize, usize) {
    let by_name = found.columns.iter().filter(|c| c.how != How::Synonym).count();
    let of = spec(found.kind).columns.len();
    (width(found), by_name, found.columns.len() * 1000 / of.max(1))
}

/// Unmapped headings looked at for a suggestion. Each is held against the whole vocabulary; a sheet
/// with thousands of them is no table somebody misspelled.
const LOOKED_AT: usize = 100;

/// Unmapped headings that are close to a heading of a column not yet found.
///
/// Close is a Jaro–Winkler similarity of at least 0.92 between the folded forms. Only the
/// first 100 are looked at.
pub(in crate::intake) fn suggestions(found: &Match) -> Vec<Suggestion> {
    let free = |col: Col| found.columns.iter().all(|c| c.col != col);
    let near = |heading: &Heading| {
        let scored = headings(found.kind).filter_map(|(word, meanings)| {
            let (_, sense) = meanings.iter().find(|(_, sense)| free(sense.col))?;
            let score = strsim::jaro_winkler(word, &heading.folded);
            (score >= 0.92).then_some((score, sense.col, word))
        });
        let best = scored.max_by(|a, b| a.0.total_cmp(&b.0).then_with(|| b.2.cmp(a.2)))?;
        Some(Suggestion { header: heading.text.clone(), col: best.1, at: heading.at })
    };
    found.unmapped.iter().take(LOOKED_AT).filter_map(near).collect()
}

#[cfg(test)]
mod tests {
    use super::super::matching::match_row;
    use super::{Heading, suggestions};
    use crate::records::{Col, TableKind};

    fn row(texts: &[&str]) -> Vec<Heading> {
        let at = (0..).zip(texts).filter(|(_, text)| !text.is_empty());
        at.map(|(at, text)| Heading::new(at, text)).collect()
    }

    #[test]
    fn amount_received_goes_before_amount_due() {
        let found = match_row(TableKind::Orders, &row(&["应收金额", "实收金额"]));
        assert_eq!(found.columns.iter().map(|c| c.at).collect::<Vec<_>>(), [1]);
        assert_eq!(found.twice.len(), 1);
    }

    #[test]
    fn close_headings_are_only_suggested() {
        let found = match_row(TableKind::Orders, &row(&["Order Date", "Custmer ID", "Sales"]));
        assert_eq!(found.missing, [Col::CustomerId]);
        let all = suggestions(&found);
        assert_eq!(all.iter().map(|s| s.col).collect::<Vec<_>>(), [Col::CustomerId]);
    }

    #[test]
    fn a_very_wide_sheet_is_not_searched_for_misspellings_to_its_end() {
        let near = |count: usize| {
            let mut texts = vec!["Order Date", "Sales"];
            texts.resize(texts.len() + count, "Fortytwo");
            texts.push("Custmer ID");
            suggestions(&match_row(TableKind::Orders, &row(&texts))).len()
        };
        assert_eq!((near(99), near(100)), (1, 0));
    }
}
