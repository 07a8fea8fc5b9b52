//! Targets of quality from the table `targets`: what DPMO and yields should be, month by month.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use super::Dataset;
use crate::records::{Col, TableKind, fold};
use crate::units::Month;

/// A figure of quality with targets.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum QualityMetric {
    /// Defects per million opportunities.
    Dpmo,
    /// First-time yield, a share.
    FirstTimeYield,
    /// Rolled throughput yield, a share.
    RolledYield,
}

/// How a name is to be read.
#[derive(Clone, Copy)]
enum Reading {
    Dpmo,
    DefectRate,
    DefectiveRate,
    FirstTimeYield,
    RolledYield,
}

impl Reading {
    /// The figure, and the target on its scale; a share above one is in per cent.
    fn target(self, value: f64) -> Option<(QualityMetric, f64)> {
        let share = if value > 1.0 { value / 100.0 } else { value };
        let (metric, value, most) = match self {
            Self::Dpmo => (QualityMetric::Dpmo, value, 1e6),
            Self::DefectRate => (QualityMetric::Dpmo, share * 1e6, 1e6),
            Self::DefectiveRate => (QualityMetric::FirstTimeYield, 1.0 - share, 1.0),
            Self::FirstTimeYield => (QualityMetric::FirstTimeYield, share, 1.0),
            Self::RolledYield => (QualityMetric::RolledYield, share, 1.0),
        };
        (0.0..=most).contains(&value).then_some((metric, value))
    }
}

static NAMES: LazyLock<BTreeMap<String, Reading>> = LazyLock::new(|| {
    let line = |line: &str| {
        let (reading, name) = line.split_once(' ')?;
        let reading = match reading {
            "dpmo" => Reading::Dpmo,
            "defect_rate" => Reading::DefectRate,
            "defective_rate" => Reading::DefectiveRate,
            "fty" => Reading::FirstTimeYield,
            "rty" => Reading::RolledYield,
            _ => return None,
        };
        Some((fold(name), reading))
    };
    include_str!("quality_metrics.txt").lines().filter_map(line).collect()
});

/// The reading of a name: the whole, or what it says in Latin letters, or in others.
fn reading(name: &str) -> Option<Reading> {
    let (latin, others): (String, String) = name.chars().partition(char::is_ascii);
    [name, &latin, &others].into_iter().find_map(|part| NAMES.get(&fold(part)).copied())
}

/// The targets of a dataset.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct QualityTargets {
    /// By figure and team; months in order.
    by: BTreeMap<(QualityMetric, Option<String>), BTreeMap<i32, f64>>,
}

impl QualityTargets {
    /// The targets of the whole and of teams; those of owners, regions and channels are not ours.
    #[must_use]
    pub fn of(data: &Dataset) -> Self {
        let mut targets = Self::default();
        let Some(table) = data.table(TableKind::Targets) else { return targets };
        for row in 0..table.len() {
            let others = [Col::Owner, Col::Region, Col::Channel];
            if others.iter().any(|&col| table.text(col, row).is_some()) {
                continue;
            }
            let read = table.text(Col::Metric, row).and_then(reading);
            let known = read.zip(table.number(Col::Target, row));
            let known = known.and_then(|(reading, value)| reading.target(value));
            let Some((metric, value)) = known else { continue };
            let Some(day) = table.day(Col::PeriodMonth, row) else { continue };
            let team = table.text(Col::Team, row).map(str::to_owned);
            let months = targets.by.entry((metric, team)).or_default();
            months.insert(day.month().number(), value);
        }
        targets
    }

    /// The target of a month: its own, or the newest before it.
    #[must_use]
    pub fn at(&self, metric: QualityMetric, team: Option<&str>, month: Month) -> Option<f64> {
        let months = self.by.get(&(metric, team.map(str::to_owned)))?;
        months.range(..=month.number()).next_back().map(|(_, &target)| target)
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::{QualityMetric, QualityTargets};
    use crate::dataset::{Cell, Dataset, TableBuilder};
    use crate::records::{Col, Origin, TableKind};
    use crate::units::{Month, Period};

    fn targets(rows: &[(i8, &str, Option<&str>, f64)]) -> QualityTargets {
        let cols = [Col::PeriodMonth, Col::Metric, Col::Team, Col::Owner, Col::Target];
        let mut table = TableBuilder::new(TableKind::Targets, &cols);
        for &(month, metric, team, target) in rows {
            let cells = [
                Cell::Day(Month::new(2026, month).first_day()),
                Cell::Text(metric),
                team.map_or(Cell::Missing, Cell::Text),
                Cell::Missing,
                Cell::Number(target),
            ];
            table.push(Origin { source: 0, row: 1 }, &cells);
        }
        let last = Month::new(2026, 12);
        QualityTargets::of(&Dataset {
            tables: BTreeMap::from([(TableKind::Targets, table.finish())]),
            sources: Vec::new(),
            period: Period::month(last),
            as_of: last.last_day(),
            threads: 1,
            kept: crate::dataset::Kept::default(),
        })
    }

    #[test]
    fn names_of_three_languages_and_two_scales_give_the_same_target() {
        let of = |name: &str, value| {
            targets(&[(1, name, None, value)]).at(QualityMetric::Dpmo, None, Month::new(2026, 3))
        };
        assert_eq!(of("DPMO", 6210.0), Some(6210.0));
        for name in ["Defect rate", "缺點率", "Defect rate 缺陷率"] {
            assert!(of(name, 0.02).is_some_and(|x| (x - 20_000.0).abs() < 1e-6), "{name}");
            assert!(of(name, 2.0).is_some_and(|x| (x - 20_000.0).abs() < 1e-6), "{name}");
        }
        assert_eq!(of("revenue", 5.0), None);
        assert_eq!(of("DPMO", 6210.0e6), None);
    }

    #[test]
    fn a_month_has_its_own_target_or_the_newest_before_it() {
        let rows =
            [(1, "良率", None, 98.0), (5, "不良率", None, 0.01), (5, "FTY", Some("east"), 0.9)];
        let targets = targets(&rows);
        let at =
            |team, month| targets.at(QualityMetric::FirstTimeYield, team, Month::new(2026, month));
        assert_eq!((at(None, 4), at(None, 5), at(None, 9)), (Some(0.98), Some(0.99), Some(0.99)));
        assert_eq!((at(Some("east"), 6), at(Some("east"), 1)), (Some(0.9), None));
    }
}
