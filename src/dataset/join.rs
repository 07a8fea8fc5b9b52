//! Keys between tables: which have no partner, and which should be unique and are not.
//!
//! Tables are never joined in silence: `GTXPro` beside `GTX Pro` would drop its rows from every
//! figure that needs the product's price, and nobody would know.

use std::collections::{BTreeMap, HashSet};

use super::{Categories, MISSING_CODE, Table};
use crate::records::{Col, Issue, IssueCode, Origin, Place, Source, TableKind, fold};

/// Keys of one relation named one by one; the rest are counted in one issue.
const NAMED: usize = 20;

/// A column whose values should stand in a master table.
struct Relation {
    table: TableKind,
    col: Col,
    master: TableKind,
    keys: &'static [Col],
}

const fn relation(table: TableKind, col: Col, master: TableKind, keys: &'static [Col]) -> Relation {
    Relation { table, col, master, keys }
}

const CUSTOMER: &[Col] = &[Col::CustomerId, Col::CustomerName];

const RELATIONS: &[Relation] = &[
    relation(
        TableKind::Opportunities,
        Col::Product,
        TableKind::Products,
        &[Col::Product, Col::ProductId],
    ),
    relation(TableKind::Opportunities, Col::Account, TableKind::Customers, CUSTOMER),
    relation(TableKind::Opportunities, Col::Owner, TableKind::People, &[Col::Rep]),
    relation(TableKind::Orders, Col::CustomerId, TableKind::Customers, CUSTOMER),
    relation(TableKind::StageHistory, Col::OppId, TableKind::Opportunities, &[Col::OppId]),
    relation(TableKind::Activities, Col::CustomerId, TableKind::Customers, CUSTOMER),
    relation(TableKind::Tickets, Col::CustomerId, TableKind::Customers, CUSTOMER),
    relation(TableKind::Sends, Col::CustomerId, TableKind::Customers, CUSTOMER),
    relation(TableKind::Sends, Col::CampaignId, TableKind::Campaigns, &[Col::CampaignId]),
    relation(TableKind::Returns, Col::OrderId, TableKind::Orders, &[Col::OrderId]),
    relation(TableKind::Rebates, Col::OrderId, TableKind::Orders, &[Col::OrderId]),
    relation(TableKind::Contracts, Col::CustomerId, TableKind::Customers, CUSTOMER),
    relation(TableKind::TicketEvents, Col::TicketId, TableKind::Tickets, &[Col::TicketId]),
    relation(TableKind::PipelineSnapshots, Col::OppId, TableKind::Opportunities, &[Col::OppId]),
];

/// Columns whose values should stand once.
const UNIQUE: &[(TableKind, Col)] = &[
    (TableKind::Customers, Col::CustomerId),
    (TableKind::Products, Col::ProductId),
    (TableKind::People, Col::Rep),
    (TableKind::Leads, Col::LeadId),
    (TableKind::Opportunities, Col::OppId),
    (TableKind::Tickets, Col::TicketId),
    (TableKind::Calls, Col::CallId),
    (TableKind::Campaigns, Col::CampaignId),
    (TableKind::Projects, Col::ProjectId),
    (TableKind::Contracts, Col::ContractId),
];

/// Keys without a partner in their master table, each with the nearest spelling the master has,
/// and identifiers that stand more than once.
#[must_use]
pub fn key_issues(tables: &BTreeMap<TableKind, Table>, sources: &[Source]) -> Vec<Issue> {
    let orphans = RELATIONS.iter().flat_map(|relation| orphans(relation, tables, sources));
    let unique = UNIQUE.iter().filter_map(|(kind, col)| repeated(tables.get(kind)?, *col, sources));
    orphans.chain(unique).collect()
}

/// A key without a partner: its value, its rows, and the first of them.
struct Orphan<'a> {
    key: &'a str,
    rows: u64,
    first: Origin,
}

fn orphans(
    relation: &Relation,
    tables: &BTreeMap<TableKind, Table>,
    sources: &[Source],
) -> Vec<Issue> {
    let (Some(table), Some(master)) = (tables.get(&relation.table), tables.get(&relation.master))
    else {
        return Vec::new();
    };
    let keys: Vec<&Categories> =
        relation.keys.iter().filter_map(|&col| master.categories(col)).collect();
    let Some(column) = table.categories(relation.col).filter(|_| !keys.is_empty()) else {
        return Vec::new();
    };
    let known: HashSet<&str> = keys.iter().flat_map(|k| k.names()).map(String::as_str).collect();
    let all = unmatched(column, table.origins(), &known);
    let issue = |first: Origin, rows: u64| {
        let mut issue = Issue::new(IssueCode::OrphanKey, place(first, sources))
            .arg("column", relation.col.name())
            .arg("rows", rows.to_string())
            .arg("master", relation.master.name());
        issue.rows = rows;
        issue
    };
    let named = all.iter().take(NAMED).map(|orphan| {
        let near = near(orphan.key, &known).unwrap_or("");
        issue(orphan.first, orphan.rows).value(orphan.key).arg("near", near)
    });
    let mut out: Vec<Issue> = named.collect();
    if let Some(rest) = all.get(NAMED..).filter(|rest| !rest.is_empty()) {
        let rows = rest.iter().map(|o| o.rows).sum();
        let keys = rest.len().to_string();
        out.extend(rest.first().map(|o| issue(o.first, rows).arg("near", "").arg("keys", keys)));
    }
    out
}

/// Values the master does not know, the most frequent first.
fn unmatched<'a>(
    column: &'a Categories,
    origins: &[Origin],
    known: &HashSet<&str>,
) -> Vec<Orphan<'a>> {
    let mut found: Vec<Option<Orphan<'a>>> = column.names().iter().map(|_| None).collect();
    for (&code, &origin) in column.codes().iter().zip(origins).filter(|(c, _)| **c != MISSING_CODE)
    {
        let Some(key) = column.name(code).filter(|key| !known.contains(key)) else { continue };
        let Some(slot) = found.get_mut(code as usize) else { continue };
        slot.get_or_insert(Orphan { key, rows: 0, first: origin }).rows += 1;
    }
    let mut out: Vec<Orphan<'a>> = found.into_iter().flatten().collect();
    out.sort_by(|a, b| b.rows.cmp(&a.rows).then_with(|| a.key.cmp(b.key)));
    out
}

/// The master's key that is most like this one: equal when folded, or a Jaro–Winkler similarity
/// of at least 0.92 where the digits agree. `A101` and `A102` are two customers, not a slip.
fn near<'a>(key: &str, known: &HashSet<&'a str>) -> Option<&'a str> {
    let folded = fold(key);
    let digits = |text: &str| text.chars().filter(char::is_ascii_digit).collect::<String>();
    let own = digits(&folded);
    let score = |other: &str| {
        let other = fold(other);
        let alike = strsim::jaro_winkler(&folded, &other);
        (alike >= 0.92 && digits(&other) == own).then_some(alike)
    };
    let mut sorted: Vec<&'a str> = known.iter().copied().collect();
    sorted.sort_unstable();
    let scored = sorted.into_iter().filter_map(|other| Some((score(other)?, other)));
    let best = scored.max_by(|a, b| a.0.total_cmp(&b.0).then_with(|| b.1.cmp(a.1)));
    best.map(|(_, other)| other)
}

/// The issue of identifiers that stand more than once: rows beyond each first.
fn repeated(table: &Table, col: Col, sources: &[Source]) -> Option<Issue> {
    let column = table.categories(col)?;
    let mut seen = vec![false; column.names().len()];
    let mut again = Vec::new();
    for (&code, &origin) in column.codes().iter().zip(table.origins()) {
        if let Some(seen) = seen.get_mut(code as usize)
            && std::mem::replace(seen, true)
        {
            again.push((code, origin));
        }
    }
    let &(code, first) = again.first()?;
    let rows = again.len() as u64;
    let mut issue = Issue::new(IssueCode::DuplicateKey, place(first, sources))
        .value(column.name(code).unwrap_or(""))
        .arg("column", col.name())
        .arg("rows", rows.to_string());
    issue.rows = rows;
    Some(issue)
}

fn place(origin: Origin, sources: &[Source]) -> Place {
    let source = sources.get(origin.source as usize);
    Place {
        file: source.map_or_else(String::new, |s| s.file.clone()),
        sheet: source.map_or_else(String::new, |s| s.sheet.clone()),
        cell: String::new(),
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::key_issues;
    use crate::dataset::{Cell, Table, TableBuilder};
    use crate::records::{Col, IssueCode, Origin, Source, TableKind};

    fn table(kind: TableKind, col: Col, keys: &[&str]) -> (TableKind, Table) {
        let mut rows = TableBuilder::new(kind, &[col]);
        for (row, key) in (2..).zip(keys) {
            rows.push(Origin { source: 0, row }, &[Cell::Text(key)]);
        }
        (kind, rows.finish())
    }

    fn sources() -> Vec<Source> {
        vec![Source { file: "crm.xlsx".to_owned(), sheet: "Deals".to_owned() }]
    }

    #[test]
    fn a_key_without_partner_is_named_with_its_neighbour() {
        let tables = BTreeMap::from([
            table(TableKind::Products, Col::Product, &["GTX Pro", "MG Special"]),
            table(TableKind::Opportunities, Col::Product, &["GTXPro", "MG Special", "GTXPro", "X"]),
        ]);
        let issues = key_issues(&tables, &sources());
        let of = |i: usize, name: &str| issues[i].args.get(name).cloned().unwrap_or_default();
        assert_eq!(issues.len(), 2);
        assert_eq!((issues[0].value.as_str(), issues[0].rows), ("GTXPro", 2));
        assert_eq!((of(0, "near"), of(0, "master")), ("GTX Pro".to_owned(), "products".to_owned()));
        assert_eq!((issues[1].value.as_str(), of(1, "near")), ("X", String::new()));
        assert_eq!(issues[0].place.sheet, "Deals");
    }

    #[test]
    fn many_keys_end_in_one_sum_and_numbers_are_not_slips() {
        let keys: Vec<String> = (0..30).map(|i| format!("C{i:03}")).collect();
        let keys: Vec<&str> = keys.iter().map(String::as_str).collect();
        let tables = BTreeMap::from([
            table(TableKind::Customers, Col::CustomerId, &["C999", "C999", "C998"]),
            table(TableKind::Orders, Col::CustomerId, &keys),
        ]);
        let issues = key_issues(&tables, &sources());
        let orphans: Vec<_> = issues.iter().filter(|i| i.code == IssueCode::OrphanKey).collect();
        assert_eq!(orphans.len(), 21);
        assert_eq!(orphans.iter().map(|i| i.rows).sum::<u64>(), 30);
        assert!(orphans.iter().all(|i| i.args.get("near").is_some_and(String::is_empty)));
        let twice: Vec<_> = issues.iter().filter(|i| i.code == IssueCode::DuplicateKey).collect();
        assert_eq!(
            twice.iter().map(|i| (i.value.as_str(), i.rows)).collect::<Vec<_>>(),
            [("C999", 1)]
        );
    }

    #[test]
    fn absent_masters_are_no_problem() {
        let tables = BTreeMap::from([table(TableKind::Orders, Col::CustomerId, &["C1"])]);
        assert!(key_issues(&tables, &sources()).is_empty());
    }
}
