//! Sheets of one table whose columns differ.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use super::Read;
use super::sheets::place;
use crate::records::{Issue, IssueCode, Source, TableKind, fold};

/// The columns of a table over its sheets: first those that mean something, by what they mean;
/// then the others, by their heading.
type Columns = BTreeMap<(bool, String), Named>;

/// The headings of one column, folded, each with how it is written and the sheets that have it.
type Named = BTreeMap<String, (String, BTreeSet<usize>)>;

/// One warning for each table whose sheets do not all have the same columns.
pub(super) fn drift(read: &Read) -> Vec<Issue> {
    let used = |index: &usize| read.account.sheets.get(*index).is_some_and(|s| s.used > 0);
    let mut sheets: BTreeMap<TableKind, Vec<usize>> = BTreeMap::new();
    for (index, mapping) in read.mapping.iter().enumerate().filter(|(index, _)| used(index)) {
        if let Some(kind) = mapping.kind {
            sheets.entry(kind).or_default().push(index);
        }
    }
    let several = sheets.into_iter().filter(|(_, sheets)| sheets.len() > 1);
    several.filter_map(|(kind, sheets)| warning(read, kind, &sheets)).collect()
}

fn warning(read: &Read, kind: TableKind, sheets: &[usize]) -> Option<Issue> {
    let columns = columns(read, sheets);
    let differ = columns.values().filter_map(|named| difference(read, named, sheets));
    let differ: Vec<String> = differ.collect();
    let first = read.sources.get(*sheets.first()?)?;
    let issue = Issue::new(IssueCode::SchemaDrift, place(first));
    let issue = issue.arg("table", kind.name()).arg("differences", differ.join("; "));
    (!differ.is_empty()).then_some(issue)
}

fn columns(read: &Read, sheets: &[usize]) -> Columns {
    let mut out = Columns::new();
    let mut add = |column: (bool, String), heading: &str, sheet: usize| {
        let named = out.entry(column).or_default().entry(fold(heading)).or_default();
        if named.1.is_empty() {
            heading.clone_into(&mut named.0);
        }
        named.1.insert(sheet);
    };
    for &sheet in sheets {
        let Some(mapping) = read.mapping.get(sheet) else { continue };
        for column in &mapping.columns {
            add((false, column.col.name().to_owned()), &column.header, sheet);
        }
        for heading in &mapping.unmapped {
            add((true, fold(heading)), heading, sheet);
        }
    }
    out
}

/// How a column differs between the sheets: `Invoice = Invoice No. (March) = – (April)`.
fn difference(read: &Read, named: &Named, sheets: &[usize]) -> Option<String> {
    let (usual, _) = named.values().min_by_key(|(_, h)| (Reverse(h.len()), h.first().copied()))?;
    let mut out = vec![usual.clone()];
    for (other, having) in named.values().filter(|(other, _)| other != usual) {
        out.push(format!("{other} ({})", labels(read, having.iter().copied())));
    }
    let has = |sheet: &usize| named.values().any(|(_, having)| having.contains(sheet));
    let lack = labels(read, sheets.iter().copied().filter(|sheet| !has(sheet)));
    if !lack.is_empty() {
        out.push(format!("– ({lack})"));
    }
    (out.len() > 1).then(|| out.join(" = "))
}

fn labels(read: &Read, sheets: impl Iterator<Item = usize>) -> String {
    let labels: Vec<&str> = sheets.filter_map(|at| read.sources.get(at).map(label)).collect();
    labels.join(", ")
}

/// What people call a sheet: its name, or that of its file where it has none.
fn label(source: &Source) -> &str {
    if source.sheet.is_empty() { &source.file } else { &source.sheet }
}
