//! Problems of the input in words.

use std::collections::BTreeMap;

use super::Catalog;
use super::format::{UNKNOWN, integer};
use super::template::fill;
use super::voice::Voice;
use crate::records::{Issue, Severity};
use crate::report::Value;
use crate::report::edition;

/// Cells named before the rest is counted.
const CELLS_NAMED: usize = 5;

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
        value: issue.value.clone(),
        problem: say("problem"),
        expected: say("expected"),
        hint: say("hint"),
        rows: issue.rows,
    }
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
        "rows" | "maximum" => text.parse().map_or_else(|_| text.to_owned(), rows),
        "column" | "missing" | "from" => names(text, "col", catalog),
        "nearest" | "master" => names(text, "table", catalog),
        "order" | "limit" | "reason" | "found" => names(text, name, catalog),
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
    /// Problems of one kind in one sheet gathered into one, in the order first seen.
    pub(super) fn issues(&self, issues: &[Issue]) -> Vec<edition::Issue> {
        let mut index = BTreeMap::new();
        let mut groups: Vec<Vec<&Issue>> = Vec::new();
        for issue in issues {
            let key = (issue.code, &issue.place.file, &issue.place.sheet, &issue.args);
            let at = *index.entry(key).or_insert(groups.len());
            match groups.get_mut(at) {
                Some(group) => group.push(issue),
                None => groups.push(vec![issue]),
            }
        }
        groups.iter().filter_map(|group| self.gathered(group)).collect()
    }

    fn gathered(&self, group: &[&Issue]) -> Option<edition::Issue> {
        let first = issue(group.first()?, self.catalog);
        let cells = group.iter().map(|i| &i.place.cell).filter(|cell| !cell.is_empty());
        let total = cells.clone().count();
        let named = self.list(cells.take(CELLS_NAMED).cloned());
        let cell = match total.saturating_sub(CELLS_NAMED) {
            0 => named,
            n => self.fill("format.more", &[("cells", named), ("n", self.value(&Value::from(n)))]),
        };
        let rows = group.iter().map(|i| i.rows).sum();
        Some(edition::Issue { cell, rows, ..first })
    }
}
