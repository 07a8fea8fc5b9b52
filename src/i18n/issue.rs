//! Problems of the input in words.

use super::Catalog;
use super::format::{UNKNOWN, integer};
use super::template::fill;
use super::voice::Voice;
use crate::records::{Issue, IssueCode, IssueGroup, Severity};
use crate::report::Value;
use crate::report::edition;

/// One problem in words.
#[must_use]
pub fn issue(issue: &Issue, catalog: &Catalog) -> edition::Issue {
    let voice = Voice::new(catalog);
    let code = issue.code.code();
    let say = |part: &str| {
        let sentence = voice.word(&format!("issue.{code}.{part}"));
        fill(&sentence, |name| argument(issue, name, catalog))
    };
    edition::Issue {
        code: code.to_owned(),
        severity: voice.word(severity_key(issue.severity())),
        file: issue.place.file.clone(),
        sheet: issue.place.sheet.clone(),
        cell: issue.place.cell.clone(),
        column: voice.column_read(issue),
        also: String::new(),
        value: issue.value.clone(),
        problem: say("problem"),
        expected: say("expected"),
        hint: say("hint"),
        rows: issue.rows,
    }
}

/// Problems of one kind in one column of one sheet, in words; `None` for an empty group.
#[must_use]
pub fn problem(group: &IssueGroup, catalog: &Catalog) -> Option<edition::Issue> {
    Voice::new(catalog).problem(group)
}

/// How many errors, warnings and notes there are, each with the rows it stands for.
#[must_use]
pub fn counts(issues: &[Issue], catalog: &Catalog) -> String {
    let voice = Voice::new(catalog);
    if issues.is_empty() {
        return voice.word("problem.none");
    }
    let of = |severity: Severity| {
        let same = issues.iter().filter(|issue| issue.severity() == severity);
        rows(same.map(|issue| issue.rows).sum())
    };
    let (errors, warnings) = (of(Severity::Error), of(Severity::Warning));
    let notes = of(Severity::Note);
    voice.fill("problem.counts", &[("errors", errors), ("warnings", warnings), ("notes", notes)])
}

const fn severity_key(severity: Severity) -> &'static str {
    match severity {
        Severity::Note => "severity.note",
        Severity::Warning => "severity.warning",
        Severity::Error => "severity.error",
    }
}

fn argument(issue: &Issue, name: &str, catalog: &Catalog) -> Option<String> {
    let text = match (issue.args.get(name), name) {
        (Some(text), _) => text.as_str(),
        (None, "value") => &issue.value,
        (None, "rows") => return Some(rows(issue.rows)),
        (None, _) => return None,
    };
    if text.is_empty() {
        return Some(UNKNOWN.to_owned());
    }
    Some(match name {
        "rows" | "maximum" | "events" | "cases" => {
            text.parse().map_or_else(|_| text.to_owned(), rows)
        }
        "column" | "col" | "missing" | "from" => names(text, "col", catalog),
        "nearest" | "master" | "table" => names(text, "table", catalog),
        "order" | "mark" | "limit" | "reason" | "found" => names(text, name, catalog),
        _ => text.to_owned(),
    })
}

fn rows(n: u64) -> String {
    integer(i64::try_from(n).unwrap_or(i64::MAX))
}

/// Names of ours, parted by commas, in the reader's language; others as they stand.
fn names(text: &str, family: &str, catalog: &Catalog) -> String {
    let word = |name: &str| {
        catalog.get(&format!("{family}.{name}")).map_or_else(|| name.to_owned(), str::to_owned)
    };
    let parts: Vec<&str> = text.split(',').map(str::trim).collect();
    let known = |name: &&str| catalog.get(&format!("{family}.{name}")).is_some();
    if parts.iter().all(known) {
        Voice::new(catalog).list(parts.iter().map(|p| word(p)))
    } else {
        word(text)
    }
}

impl Voice<'_> {
    /// Problems of one kind in one column of one sheet, gathered.
    pub(super) fn problem(&self, group: &IssueGroup) -> Option<edition::Issue> {
        let worded = issue(&group.issue()?, self.catalog);
        let others = group.examples.iter().skip(1).filter(|other| !other.place.cell.is_empty());
        let others: Vec<String> = others.map(|other| self.example(other)).collect();
        let named = u64::try_from(others.len()).unwrap_or(u64::MAX) + 1;
        let more = group.rows.saturating_sub(named);
        let counted = !others.is_empty() && more > 0;
        let named = self.list(others);
        let also = if counted {
            self.fill("format.more", &[("cells", named), ("n", self.value(&Value::count(more)))])
        } else {
            named
        };
        Some(edition::Issue { also, ..worded })
    }

    /// A further example: its cell, and what stands there where each names something else.
    fn example(&self, issue: &Issue) -> String {
        let cell = issue.place.cell.clone();
        let near = issue.args.get("near").filter(|near| !near.is_empty());
        let args = [("cell", cell.clone()), ("value", issue.value.clone())];
        match (issue.code, near) {
            (IssueCode::OrphanKey, Some(near)) => {
                let [cell, value] = args;
                self.fill("problem.example_near", &[cell, value, ("near", near.clone())])
            }
            (IssueCode::OrphanKey | IssueCode::DuplicateKey, _) => {
                self.fill("problem.example", &args)
            }
            _ => cell,
        }
    }

    /// `“結案日期” → closed (Closed)` for the fault of a cell.
    fn column_read(&self, issue: &Issue) -> String {
        let (Some(header), Some(col)) = (issue.args.get("column"), issue.args.get("col")) else {
            return String::new();
        };
        let name = self.word(&format!("col.{col}"));
        let args = [("header", header.clone()), ("col", col.clone()), ("name", name)];
        self.fill("problem.column", &args)
    }
}
