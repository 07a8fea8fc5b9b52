//! Issues of one sheet: a few of a kind with their cells, the rest as a number.

use std::collections::BTreeMap;

use super::row::address;
use crate::records::{Issue, IssueCode, Place, Source};

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
    pub(super) fn fault(&mut self, code: IssueCode, at: (u32, u32), header: &str, value: &str) {
        if let Some((count, last)) = self.kinds.get_mut(&(code, header.to_owned())) {
            *count += 1;
            if *count > self.max_examples.max(1) {
                if let Some(issue) = self.issues.get_mut(*last) {
                    issue.rows += 1;
                }
                return;
            }
            *last = self.issues.len();
        } else {
            self.kinds.insert((code, header.to_owned()), (1, self.issues.len()));
        }
        let issue = Issue::new(code, self.place(Some(at))).arg("column", header).value(value);
        self.issues.push(issue);
    }

    /// The issues, those of cells in the order seen.
    pub(super) fn into_issues(self) -> Vec<Issue> {
        self.issues
    }
}

#[cfg(test)]
mod tests {
    use super::Log;
    use crate::records::{IssueCode, Source};

    #[test]
    fn nothing_is_dropped_without_a_count() {
        let source = Source { file: "a.csv".to_owned(), sheet: String::new() };
        let mut log = Log::new(source, 2);
        for row in 2..12 {
            log.fault(IssueCode::BadNumber, (1, row), "Sales", "x");
        }
        let issues = log.into_issues();
        assert_eq!(issues.iter().map(|i| i.rows).collect::<Vec<_>>(), [1, 9]);
        assert_eq!(issues.iter().map(|i| i.place.cell.as_str()).collect::<Vec<_>>(), ["B2", "B3"]);
    }
}
