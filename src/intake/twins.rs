//! The same records handed in twice: a sheet that only repeats another one of the same table is
//! left out, so that the union of sheets and files counts nothing twice.

use std::collections::{BTreeMap, HashMap};

use super::Read;
use super::sheets::place;
use super::slots::own_id;
use crate::dataset::{Column, Table};
use crate::records::{Issue, IssueCode, Source};

/// Leaves repeated sheets out, and says which sheets share rows.
pub(super) fn settle(read: &mut Read) {
    for table in read.tables.values_mut() {
        let mut groups = Groups::of(table);
        let copies = if is_telling(table) { groups.copies() } else { BTreeMap::new() };
        if !copies.is_empty() {
            table.drop_sources(|source| copies.contains_key(&source));
            groups = Groups::of(table);
        }
        for (&copy, &first) in &copies {
            let issue = pair(IssueCode::CopiedSheet, &read.sources, (copy, first));
            let Some(account) = read.account.sheets.get_mut(copy as usize) else { continue };
            let rows = std::mem::take(&mut account.used);
            *account.ignored.entry("duplicate".to_owned()).or_default() += rows;
            read.issues.extend(issue.map(|issue| counted(issue, rows)));
        }
        if own_id(table.kind()).is_some_and(|id| table.has(id)) {
            for (sources, rows) in groups.shared(table) {
                let issue = pair(IssueCode::SharedRows, &read.sources, sources);
                read.issues.extend(issue.map(|issue| counted(issue, rows)));
            }
        }
    }
    read.tables.retain(|_, table| !table.is_empty());
}

/// Whether equal rows must be the same records: they have an id or a date of their own. Sheets of
/// one month each may well have the same targets.
fn is_telling(table: &Table) -> bool {
    let dated = |column: &Column| matches!(column, Column::Day(_)) && !column.all_missing();
    own_id(table.kind()).is_some_and(|id| table.has(id))
        || table.cols().filter_map(|col| table.column(col)).any(dated)
}

fn counted(issue: Issue, rows: u64) -> Issue {
    Issue { rows, ..issue.arg("rows", rows.to_string()) }
}

/// The issue of one sheet with regard to another.
fn pair(code: IssueCode, sources: &[Source], (own, other): (u32, u32)) -> Option<Issue> {
    let (own, other) = (sources.get(own as usize)?, sources.get(other as usize)?);
    let name = if other.sheet.is_empty() || other.file != own.file {
        [other.file.as_str(), &other.sheet].join(" / ")
    } else {
        other.sheet.clone()
    };
    let name = name.trim_end_matches(" / ");
    Some(Issue::new(code, place(own)).arg("other", name))
}

/// The rows of a table by their source, as hashes; empty where all come from one source.
struct Groups {
    hashes: Vec<u64>,
    /// Rows and the sum of their hashes, by source.
    sums: BTreeMap<u32, (u64, u64)>,
}

impl Groups {
    fn of(table: &Table) -> Self {
        let mut sums = BTreeMap::new();
        let first = table.origins().first().map(|origin| origin.source);
        if table.origins().iter().all(|origin| Some(origin.source) == first) {
            return Self { hashes: Vec::new(), sums };
        }
        let hashes = hashes(table);
        for (origin, hash) in table.origins().iter().zip(&hashes) {
            let (rows, sum) = sums.entry(origin.source).or_insert((0_u64, 0_u64));
            *rows += 1;
            *sum = sum.wrapping_add(*hash);
        }
        Self { hashes, sums }
    }

    /// Sources whose rows are those of an earlier one, in whatever order; with that one.
    fn copies(&self) -> BTreeMap<u32, u32> {
        let mut known = HashMap::new();
        let mut out = BTreeMap::new();
        for (&source, rows) in &self.sums {
            match known.get(rows) {
                Some(&first) => _ = out.insert(source, first),
                None => _ = known.insert(rows, source),
            }
        }
        out
    }

    /// Pairs of sources, the later first, that share rows; and how many.
    fn shared(&self, table: &Table) -> BTreeMap<(u32, u32), u64> {
        let mut known: HashMap<u64, u32> = HashMap::with_capacity(self.hashes.len());
        let mut out = BTreeMap::new();
        for (origin, &hash) in table.origins().iter().zip(&self.hashes) {
            let first = *known.entry(hash).or_insert(origin.source);
            if first != origin.source {
                *out.entry((origin.source, first)).or_insert(0) += 1;
            }
        }
        out
    }
}

/// One hash a row, of all its typed values.
fn hashes(table: &Table) -> Vec<u64> {
    let mut out = vec![0; table.len()];
    for column in table.cols().filter_map(|col| table.column(col)) {
        match column {
            Column::Category(v) => mix(&mut out, v.codes().iter().map(|&code| u64::from(code))),
            Column::Day(v) => mix(&mut out, v.iter().map(|&day| i64::from(day).cast_unsigned())),
            Column::Millis(v) | Column::Money(v) | Column::Count(v) => {
                mix(&mut out, v.iter().map(|n| n.cast_unsigned()));
            }
            Column::Number(v) => mix(&mut out, v.iter().map(|x| x.to_bits())),
            Column::Flag(v) => mix(&mut out, v.iter().map(|&f| i64::from(f).cast_unsigned())),
        }
    }
    out
}

/// Folds a column into the hashes of its rows (the mixing step of `splitmix64`).
fn mix(hashes: &mut [u64], values: impl Iterator<Item = u64>) {
    for (hash, value) in hashes.iter_mut().zip(values) {
        let mut z = hash.rotate_left(5).wrapping_add(value).wrapping_add(0x9E37_79B9_7F4A_7C15);
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        *hash = z ^ (z >> 31);
    }
}
