//! The days on which something happened.

use std::collections::BTreeMap;

use super::{Column, Table};
use crate::records::{Col, TableKind};
use crate::units::{Day, Period};

/// First and last day on which something happened, over all tables.
///
/// Plans do not count: due, planned, promised and expected days, and the months of targets, may
/// lie in the future and would move the day the report looks from; the day a customer was entered
/// may lie years before the first record of what he did.
#[must_use]
pub fn span(tables: &BTreeMap<TableKind, Table>) -> Option<Period> {
    let days = tables.iter().flat_map(|(&kind, table)| {
        let columns = table.cols().filter(move |&col| happened(kind, col));
        columns.filter_map(|col| extremes(table.column(col)?))
    });
    days.reduce(|a, b| (a.0.min(b.0), a.1.max(b.1))).map(|(from, to)| Period { from, to })
}

/// Whether any table can be reported on though nothing is dated: samples in their order, studies,
/// designs and plans.
#[must_use]
pub fn stands_undated(tables: &BTreeMap<TableKind, Table>) -> bool {
    tables.keys().any(|kind| {
        matches!(
            kind,
            TableKind::Measurements
                | TableKind::Samples
                | TableKind::GageStudies
                | TableKind::Fmea
                | TableKind::Charters
                | TableKind::Sipoc
                | TableKind::Qfd
                | TableKind::Pugh
                | TableKind::Tolerances
                | TableKind::Experiments
        )
    })
}

/// Whether a column of dates says when something happened.
const fn happened(kind: TableKind, col: Col) -> bool {
    match col {
        Col::Date
        | Col::ShipDate
        | Col::RoutedAt
        | Col::DoneAt
        | Col::Closed
        | Col::Entered
        | Col::Left
        | Col::Opened
        | Col::FirstResponse
        | Col::Resolved
        | Col::Sent
        | Col::EventAt
        | Col::SnapshotDate
        | Col::RaisedAt
        | Col::RespondedAt
        | Col::RecoveredAt
        | Col::Intervention => true,
        // A contract may be signed for the year to come.
        Col::Start => !matches!(kind, TableKind::Contracts),
        // A customer may be older than everything else known of him.
        Col::Created => !matches!(kind, TableKind::Customers),
        // The end of a project or campaign may be a plan, the end of a process step is a fact.
        Col::End => matches!(kind, TableKind::ProcessSteps),
        _ => false,
    }
}

fn extremes(column: &Column) -> Option<(Day, Day)> {
    let day = |ms: i64| i32::try_from(ms.div_euclid(86_400_000)).ok();
    let (from, to) = match column {
        Column::Day(v) => bounds(v.iter().copied().filter(|&d| d != i32::MIN))?,
        Column::Millis(v) => {
            let (from, to) = bounds(v.iter().copied().filter(|&ms| ms != i64::MIN))?;
            (day(from)?, day(to)?)
        }
        _ => return None,
    };
    Some((Day::from_number(from), Day::from_number(to)))
}

fn bounds<T: Ord + Copy>(values: impl Iterator<Item = T>) -> Option<(T, T)> {
    values.fold(None, |known, x| {
        Some(known.map_or((x, x), |(low, high): (T, T)| (low.min(x), high.max(x))))
    })
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::span;
    use crate::dataset::{Cell, TableBuilder};
    use crate::records::{Col, Origin, TableKind};
    use crate::units::Day;

    #[test]
    fn plans_and_the_age_of_customers_do_not_count() {
        let mut rows = TableBuilder::new(TableKind::Orders, &[Col::Date, Col::PromiseDate]);
        let origin = Origin { source: 0, row: 2 };
        let day = |n| Cell::Day(Day::from_number(n));
        rows.push(origin, &[day(100), day(900)]);
        rows.push(origin, &[day(90), Cell::Missing]);
        rows.push(origin, &[Cell::Missing, day(1)]);
        let mut tables = BTreeMap::from([(TableKind::Orders, rows.finish())]);
        let mut steps = TableBuilder::new(TableKind::ProcessSteps, &[Col::Start, Col::End]);
        steps.push(origin, &[Cell::Missing, Cell::Millis(86_400_000 * 120 + 5)]);
        tables.insert(TableKind::ProcessSteps, steps.finish());
        let mut customers = TableBuilder::new(TableKind::Customers, &[Col::Created]);
        customers.push(origin, &[day(3)]);
        tables.insert(TableKind::Customers, customers.finish());
        let found = span(&tables).map(|p| (p.from.number(), p.to.number()));
        assert_eq!(found, Some((90, 120)));
        assert_eq!(span(&BTreeMap::new()), None);
    }
}
