//! Service records made up for tests of this wing.

use std::collections::BTreeMap;

use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::{RngCore, SeedableRng};

use crate::dataset::{Cell, Dataset, Table, TableBuilder};
use crate::records::{Col, Origin, TableKind};
use crate::units::{Day, Month, Period};

/// Records by hand or by lot, until a day.
pub(super) struct Company {
    rng: ChaCha8Rng,
    table: TableBuilder,
}

/// The columns of made-up records.
pub(super) const COLS: [Col; 7] =
    [Col::Date, Col::Step, Col::Team, Col::Units, Col::Opportunities, Col::Defects, Col::Defective];

impl Company {
    pub(super) fn new(seed: u64) -> Self {
        let table = TableBuilder::new(TableKind::ServiceRecords, &COLS);
        Self { rng: ChaCha8Rng::seed_from_u64(seed), table }
    }

    /// Uniform in (0, 1).
    #[expect(clippy::cast_precision_loss, reason = "53 bits fit")]
    pub(super) fn uniform(&mut self) -> f64 {
        ((self.rng.next_u64() >> 11) as f64 + 0.5) / (1_u64 << 53) as f64
    }

    /// A Poisson count by the waiting times between events.
    pub(super) fn poisson(&mut self, mean: f64) -> i64 {
        let (mut sum, mut count) = (-self.uniform().ln(), 0);
        while sum < mean {
            sum -= self.uniform().ln();
            count += 1;
        }
        count
    }

    pub(super) fn row(&mut self, day: Day, step: &str, team: &str, units: i64, defects: i64) {
        self.push(day, step, team, [Some(units), Some(4), Some(defects), None]);
    }

    pub(super) fn push(&mut self, day: Day, step: &str, team: &str, counts: [Option<i64>; 4]) {
        let [units, opportunities, defects, defective] =
            counts.map(|n| n.map_or(Cell::Missing, Cell::Count));
        let cells = [
            Cell::Day(day),
            Cell::Text(step),
            Cell::Text(team),
            units,
            opportunities,
            defects,
            defective,
        ];
        self.table.push(Origin { source: 0, row: 1 }, &cells);
    }

    pub(super) fn finish(self, until: Day) -> Dataset {
        dataset(self.table.finish(), until)
    }
}

/// A dataset of one table whose period is the month of its last day.
pub(super) fn dataset(table: Table, until: Day) -> Dataset {
    Dataset {
        tables: BTreeMap::from([(table.kind(), table)]),
        sources: Vec::new(),
        period: Period::month(until.month()),
        as_of: until,
        threads: 1,
        kept: crate::dataset::Kept::default(),
    }
}

/// The first month of made-up records.
pub(super) const FIRST: Month = Month::new(2024, 11);

/// The last day of the `months`-th month.
pub(super) fn end_of(months: i32) -> Day {
    FIRST.plus(months - 1).last_day()
}
