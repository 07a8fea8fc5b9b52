//! Problems of one kind gathered, the worst first.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use serde::Serialize;

use super::{Issue, IssueCode, Severity};

/// Examples a group names.
const EXAMPLES: usize = 5;

/// Problems of one kind in one column of one sheet.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct IssueGroup {
    /// What kind.
    pub code: IssueCode,
    /// How much it weighs.
    pub severity: Severity,
    /// Problems of this kind, each counted with the rows it stands for.
    pub rows: u64,
    /// The first few; at least one.
    pub examples: Vec<Issue>,
}

impl IssueGroup {
    fn of(first: &Issue) -> Self {
        let (code, severity) = (first.code, first.severity());
        Self { code, severity, rows: 0, examples: Vec::new() }
    }

    /// The group as one problem: its first example, with the rows of all.
    #[must_use]
    pub fn issue(&self) -> Option<Issue> {
        let mut issue = self.examples.first()?.clone();
        issue.rows = self.rows;
        if let Some(rows) = issue.args.get_mut("rows") {
            *rows = self.rows.to_string();
        }
        Some(issue)
    }

    fn add(&mut self, issue: &Issue) {
        self.rows += issue.rows;
        if self.examples.len() < EXAMPLES {
            self.examples.push(issue.clone());
        }
    }
}

/// Groups of problems by kind, sheet and column: errors before warnings before notes, and the
/// most frequent first.
#[must_use]
pub fn groups(issues: &[Issue]) -> Vec<IssueGroup> {
    let mut index = BTreeMap::new();
    let mut groups: Vec<IssueGroup> = Vec::new();
    for issue in issues {
        let arg = |name| issue.args.get(name);
        let key = (issue.code, &issue.place.file, &issue.place.sheet, arg("column"), arg("master"));
        let at = *index.entry(key).or_insert(groups.len());
        if at == groups.len() {
            groups.push(IssueGroup::of(issue));
        }
        if let Some(group) = groups.get_mut(at) {
            group.add(issue);
        }
    }
    groups.sort_by_key(|group| (Reverse(group.severity), Reverse(group.rows)));
    groups
}

/// Rows the problems of one file and weight stand for.
#[must_use]
pub fn rows_of(issues: &[Issue], file: &str, severity: Severity) -> u64 {
    let own = |issue: &&Issue| issue.place.file == file && issue.severity() == severity;
    issues.iter().filter(own).map(|issue| issue.rows).sum()
}

#[cfg(test)]
mod tests {
    use super::groups;
    use crate::records::{Issue, IssueCode, Place};

    #[test]
    fn the_worst_come_first_with_their_true_count() {
        let at = |code, cell: &str, column: &str| {
            let place = Place { cell: cell.to_owned(), ..Place::default() };
            Issue::new(code, place).arg("column", column)
        };
        let mut issues = vec![at(IssueCode::DateOrder, "A1", "Date")];
        issues.push(at(IssueCode::BadNumber, "B2", "Sales"));
        issues.extend((2..9).map(|row| at(IssueCode::BadDate, &format!("A{row}"), "Date")));
        if let Some(last) = issues.last_mut() {
            last.rows = 4;
        }
        let all = groups(&issues);
        let seen: Vec<_> = all.iter().map(|g| (g.code, g.rows, g.examples.len())).collect();
        let expected = [
            (IssueCode::BadDate, 10, 5),
            (IssueCode::BadNumber, 1, 1),
            (IssueCode::DateOrder, 1, 1),
        ];
        assert_eq!(seen, expected);
    }
}
