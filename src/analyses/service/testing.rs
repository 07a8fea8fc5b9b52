//! Small made-up desks for tests, the same on every run.

use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::{RngCore, SeedableRng};

use crate::analyses::analysis::{Analysis, Ask, run};
use crate::analyses::recalc;
use crate::dataset::{Cell, Dataset, Table, TableBuilder};
use crate::records::{Col, Origin, TableKind};
use crate::report::{Outcome, Value};
use crate::units::{Day, Period};

/// Milliseconds of an hour.
const HOUR: i64 = 3_600_000;

/// Draws the same on every run.
pub(super) struct Draw(ChaCha8Rng);

impl Draw {
    /// From a seed.
    pub(super) fn new(seed: u64) -> Self {
        Self(ChaCha8Rng::seed_from_u64(seed))
    }

    /// Uniform in (0, 1).
    #[expect(clippy::cast_precision_loss, reason = "53 bits fit")]
    pub(super) fn uniform(&mut self) -> f64 {
        ((self.0.next_u64() >> 11) as f64 + 0.5) / (1_u64 << 53) as f64
    }

    /// Whole hours from an exponential distribution.
    #[expect(clippy::cast_possible_truncation, reason = "a few thousand hours")]
    pub(super) fn hours(&mut self, mean: f64) -> i64 {
        (-mean * self.uniform().ln()).ceil() as i64
    }
}

/// One case; hours count from the first day, 2026-01-01.
#[derive(Clone, Default)]
pub(super) struct Row {
    pub(super) opened: i64,
    pub(super) answered: Option<i64>,
    pub(super) closed: Option<i64>,
    pub(super) due: Option<i64>,
    pub(super) category: &'static str,
    pub(super) agent: &'static str,
    pub(super) customer: &'static str,
    pub(super) reopened: Option<i64>,
    pub(super) csat: Option<f64>,
}

/// The first day of made-up desks.
pub(super) fn first() -> Day {
    Day::from_civil(2026, 1, 1).unwrap_or(Day::from_number(0))
}

/// The tickets as a table.
pub(super) fn tickets(rows: &[Row]) -> Table {
    let cols = [
        Col::TicketId,
        Col::Opened,
        Col::FirstResponse,
        Col::Closed,
        Col::SlaDue,
        Col::Category,
        Col::Agent,
        Col::CustomerId,
        Col::Reopened,
        Col::Csat,
    ];
    let mut table = TableBuilder::new(TableKind::Tickets, &cols);
    let start = i64::from(first().number()) * 24;
    let at = |hour: Option<i64>| hour.map_or(Cell::Missing, |h| Cell::Millis((start + h) * HOUR));
    let text = |text: &'static str| if text.is_empty() { Cell::Missing } else { Cell::Text(text) };
    for (i, row) in rows.iter().enumerate() {
        let id = format!("T{i}");
        let cells = [
            Cell::Text(&id),
            at(Some(row.opened)),
            at(row.answered),
            at(row.closed),
            at(row.due),
            text(row.category),
            text(row.agent),
            text(row.customer),
            row.reopened.map_or(Cell::Missing, Cell::Count),
            row.csat.map_or(Cell::Missing, Cell::Number),
        ];
        table.push(Origin { source: 0, row: 1 }, &cells);
    }
    table.finish()
}

/// A dataset of tables seen from the end of so many days.
pub(super) fn dataset(tables: impl IntoIterator<Item = Table>, days: i32) -> Dataset {
    let as_of = first().plus(days - 1);
    Dataset {
        tables: tables.into_iter().map(|table| (table.kind(), table)).collect(),
        sources: Vec::new(),
        period: Period { from: first(), to: as_of },
        as_of,
        threads: 1,
        kept: crate::dataset::Kept::default(),
    }
}

/// Runs an analysis and holds every formula to its figure.
pub(super) fn outcome(
    analysis: &dyn Analysis,
    data: &Dataset,
    params: serde_json::Value,
) -> Outcome {
    let ask = Ask { params, ..Ask::default() };
    let outcome = run(analysis, data, &ask).unwrap_or_default();
    assert_eq!(recalc::misses(&outcome), Vec::<String>::new(), "{}", analysis.id());
    outcome
}

/// The value of a metric as a number.
pub(super) fn metric(outcome: &Outcome, id: &str) -> Option<f64> {
    outcome.metrics.iter().find(|m| m.id == id)?.value.as_ref().and_then(Value::as_f64)
}
