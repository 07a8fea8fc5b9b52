//! Keys between tables: which have no partner, and which should be unique and are not.
//!
//! Tables are never joined in silence: `GTXPro` beside `GTX Pro` would drop its rows from every
//! figure that needs the product's price, and nobody would know.

use std::collections::{BTreeMap, HashSet};

mod near;
mod place;
pub(super) mod unique;

use super::{Categories, MISSING_CODE, Table};
use crate::records::{Col, Issue, IssueCode, KeyMatch, Origin, TableKind};
use near::near;
pub use place::Places;
use unique::repeated;

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

/// How well every key finds its partner; keys without one, each with the nearest spelling the
/// master has; and identifiers that stand more than once.
#[must_use]
pub fn check_keys(
    tables: &BTreeMap<TableKind, Table>,
    places: &Places<'_>,
) -> (Vec<KeyMatch>, Vec<Issue>) {
    let mut matches = Vec::new();
    let mut issues = Vec::new();
    for relation in RELATIONS {
        let Some(looked) = Looked::up(relation, tables) else { continue };
        matches.push(looked.matched());
        issues.extend(looked.issues(places));
    }
    issues.extend(tables.values().flat_map(|table| repeated(table, places)));
    (matches, issues)
}

/// A key without a partner: its value, its rows, and the first of them.
struct Orphan<'a> {
    key: &'a str,
    rows: u64,
    first: Origin,
}

/// A relation looked up in the tables at hand.
struct Looked<'a> {
    relation: &'a Relation,
    column: &'a Categories,
    known: HashSet<&'a str>,
    orphans: Vec<Orphan<'a>>,
}

impl<'a> Looked<'a> {
    /// The relation, where both tables and their columns are there.
    fn up(relation: &'a Relation, tables: &'a BTreeMap<TableKind, Table>) -> Option<Self> {
        let (table, master) = (tables.get(&relation.table)?, tables.get(&relation.master)?);
        let keys: Vec<&Categories> =
            relation.keys.iter().filter_map(|&col| master.categories(col)).collect();
        let column = table.categories(relation.col).filter(|_| !keys.is_empty())?;
        let known: HashSet<&str> = keys.iter().flat_map(|k| k.names()).collect();
        let orphans = unmatched(column, table.origins(), &known);
        Some(Self { relation, column, known, orphans })
    }

    /// How many rows and keys found their partner.
    fn matched(&self) -> KeyMatch {
        let named = self.column.codes().iter().filter(|code| **code != MISSING_CODE);
        let rows = named.count() as u64;
        let keys = self.column.named() as u64;
        let lost: u64 = self.orphans.iter().map(|orphan| orphan.rows).sum();
        KeyMatch {
            table: self.relation.table,
            col: self.relation.col,
            master: self.relation.master,
            rows,
            rows_matched: rows.saturating_sub(lost),
            keys,
            keys_matched: keys.saturating_sub(self.orphans.len() as u64),
        }
    }

    /// The keys without a partner, the most frequent first; beyond the first few in one sum.
    fn issues(&self, places: &Places<'_>) -> Vec<Issue> {
        let issue = |first: Origin, rows: u64| {
            let place = places.cell(first, self.relation.col);
            let mut issue = Issue::new(IssueCode::OrphanKey, place)
                .arg("column", self.relation.col.name())
                .arg("rows", rows.to_string())
                .arg("master", self.relation.master.name());
            issue.rows = rows;
            issue
        };
        let named = self.orphans.iter().take(NAMED).map(|orphan| {
            let near = near(orphan.key, &self.known).unwrap_or("");
            issue(orphan.first, orphan.rows).value(orphan.key).arg("near", near)
        });
        let mut out: Vec<Issue> = named.collect();
        if let Some(rest) = self.orphans.get(NAMED..).filter(|rest| !rest.is_empty()) {
            let rows = rest.iter().map(|o| o.rows).sum();
            let keys = rest.len().to_string();
            out.extend(
                rest.first().map(|o| issue(o.first, rows).arg("near", "").arg("keys", keys)),
            );
        }
        out
    }
}

/// Values the master does not know, the most frequent first.
fn unmatched<'a>(
    column: &'a Categories,
    origins: &[Origin],
    known: &HashSet<&str>,
) -> Vec<Orphan<'a>> {
    let mut found: Vec<Option<Orphan<'a>>> = (0..column.named()).map(|_| None).collect();
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

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::{Places, check_keys};
    use crate::dataset::{Cell, Table, TableBuilder};
    use crate::records::{Col, Issue, IssueCode, Origin, Source, TableKind};

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

    fn key_issues(tables: &BTreeMap<TableKind, Table>, sources: &[Source]) -> Vec<Issue> {
        let columns = sources.iter().map(|source| (source.clone(), Col::Product, 2));
        check_keys(tables, &Places::new(sources, columns)).1
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
        assert_eq!(
            (issues[0].place.sheet.as_str(), issues[0].place.cell.as_str()),
            ("Deals", "C2")
        );
        let (matches, _) = check_keys(&tables, &Places::new(&sources(), []));
        let found = matches.first().map(|m| (m.rows_matched, m.rows, m.keys_matched, m.keys));
        assert_eq!(found, Some((1, 4, 1, 3)));
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
