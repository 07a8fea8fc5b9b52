//! Issues of one sheet: a few of a kind with their cells, the rest as a number.

use std::collections::BTreeMap;

use crate::records::{CellFault, Issue, IssueCode, Place, Source, address};

/// Issues of one sheet.
#[derive(Debug)]
pub(super) struct Log {
    source: Source,
    max_examples: usize,
    issues: Vec<Issue>,
    kinds: BTreeMap<(IssueCode, String), (usize, usize)>,
}

impl Log {
    /// An empty log.
    pub(super) const fn new(source: Source, max_examples: usize) -> Self {
        Self { source, max_examples, issues: Vec::new(), kinds: BTreeMap::new() }
    }

    /// The place of a cell; `column` counts from 0.
    pub(super) fn place(&self, cell: Option<(u32, u32)>) -> Place {
        let cell = cell.map_or_else(String::new, |(column, row)| address(column, row));
        Place { file: self.source.file.clone(), sheet: self.source.sheet.clone(), cell }
    }

    /// Adds an issue as it is.
    pub(super) fn add(&mut self, issue: Issue) {
        self.issues.push(issue);
    }

    /// Adds the fault of one cell. Beyond the first few of a kind in a column, the last one kept
    /// stands for the rows that follow.
    pub(super) fn fault(&mut self, fault: &CellFault, row: u32) {
        let source = self.source.clone();
        self.few(fault.code, &fault.header, || fault.issue(&source, row));
    }

    /// Adds one of many issues of a kind that stand for a row each, `about` the same thing.
    pub(super) fn few(&mut self, code: IssueCode, about: &str, issue: impl FnOnce() -> Issue) {
        let (count, last) = self.kinds.entry((code, about.to_owned())).or_default();
        *count += 1;
        if *count > self.max_examples.max(1) {
            if let Some(issue) = self.issues.get_mut(*last) {
                issue.rows += 1;
            }
            return;
        }
        *last = self.issues.len();
        self.issues.push(issue());
    }

    /// The issues, those of cells in the order seen.
    pub(super) fn into_issues(self) -> Vec<Issue> {
        self.issues
    }
}

#[cfg(test)]
mod tests {
    use super::Log;
    use crate::records::{CellFault, Col, IssueCode, Source};

    #[test]
    fn nothing_is_dropped_without_a_count() {
        let source = Source { file: "a.csv".to_owned(), sheet: String::new() };
        let mut log = Log::new(source, 2);
        for row in 2..12 {
            let (header, value) = ("Sales".to_owned(), "x".to_owned());
            let (code, col) = (IssueCode::BadNumber, Col::Amount);
            log.fault(&CellFault { at: 1, header, col, code, value }, row);
        }
        let issues = log.into_issues();
        assert_eq!(issues.iter().map(|i| i.rows).collect::<Vec<_>>(), [1, 9]);
        assert_eq!(issues.iter().map(|i| i.place.cell.as_str()).collect::<Vec<_>>(), ["B2", "B3"]);
    }
}
