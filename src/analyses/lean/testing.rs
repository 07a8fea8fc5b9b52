//! Step logs made up for tests of this wing.

use std::collections::BTreeMap;

use crate::analyses::analysis::{Analysis, Ask, run};
use crate::analyses::recalc;
use crate::dataset::{Cell, Dataset, Table, TableBuilder};
use crate::records::{Col, Origin, TableKind};
use crate::report::{Finding, Outcome, Skipped, Value};
use crate::units::{Day, Period};

/// Milliseconds of an hour.
pub(super) const HOUR: i64 = 3_600_000;
/// Hours of a day.
pub(super) const DAY: i64 = 24;

/// Knuth's linear congruential generator (MMIX).
pub(super) struct Lcg(pub(super) u64);

impl Lcg {
    /// The next number in 0 … 1.
    #[expect(clippy::cast_precision_loss, reason = "53 bits")]
    pub(super) fn unit(&mut self) -> f64 {
        self.0 =
            self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 11) as f64 / (1_u64 << 53) as f64
    }

    /// Whole hours from an exponential distribution, at least one.
    #[expect(clippy::cast_possible_truncation, reason = "a few hundred hours")]
    pub(super) fn hours(&mut self, mean: f64) -> i64 {
        (-mean * (1.0 - self.unit()).ln()).ceil().clamp(1.0, 1e6) as i64
    }
}

/// A row of the step log; hours count from the first day.
#[derive(Clone, Debug, Default)]
pub(super) struct Row {
    pub(super) case: usize,
    pub(super) step: &'static str,
    pub(super) start: i64,
    pub(super) end: Option<i64>,
    pub(super) resource: &'static str,
    pub(super) team: &'static str,
    pub(super) value_added: Option<bool>,
}

/// The first day: 2025-01-01.
pub(super) fn first() -> Day {
    Day::from_civil(2025, 1, 1).unwrap_or(Day::from_number(0))
}

/// The milliseconds of an hour counted from the first day.
pub(super) fn at(hour: i64) -> i64 {
    (i64::from(first().number()) * DAY + hour) * HOUR
}

/// The table of step rows.
pub(super) fn steps(rows: &[Row]) -> Table {
    let cols =
        [Col::CaseId, Col::Step, Col::Start, Col::End, Col::Resource, Col::Team, Col::ValueAdded];
    let mut table = TableBuilder::new(TableKind::ProcessSteps, &cols);
    let text = |text: &'static str| if text.is_empty() { Cell::Missing } else { Cell::Text(text) };
    for (number, row) in (1..).zip(rows) {
        let id = format!("K{:05}", row.case);
        let cells = [
            Cell::Text(&id),
            text(row.step),
            Cell::Millis(at(row.start)),
            row.end.map_or(Cell::Missing, |end| Cell::Millis(at(end))),
            text(row.resource),
            text(row.team),
            row.value_added.map_or(Cell::Missing, Cell::Flag),
        ];
        table.push(Origin { source: 0, row: number }, &cells);
    }
    table.finish()
}

/// A dataset of some tables over so many days.
pub(super) fn dataset(tables: impl IntoIterator<Item = Table>, days: i32) -> Dataset {
    let until = first().plus(days - 1);
    Dataset {
        tables: tables.into_iter().map(|table| (table.kind(), table)).collect::<BTreeMap<_, _>>(),
        sources: Vec::new(),
        period: Period { from: first(), to: until },
        as_of: until,
        threads: 1,
        kept: crate::dataset::Kept::default(),
    }
}

/// Runs an analysis with parameters and holds every formula to its figure.
pub(super) fn outcome(
    analysis: &dyn Analysis,
    data: &Dataset,
    params: &serde_json::Value,
) -> Result<Outcome, Skipped> {
    let ask = Ask { params: params.clone(), ..Ask::default() };
    let outcome = run(analysis, data, &ask)?;
    assert_eq!(recalc::misses(&outcome), Vec::<String>::new(), "{}", analysis.id());
    Ok(outcome)
}

/// The value of a metric as a number.
pub(super) fn metric(outcome: &Outcome, id: &str) -> Option<f64> {
    outcome.metrics.iter().find(|m| m.id == id)?.value.as_ref().and_then(Value::as_f64)
}

/// The first finding of an id.
pub(super) fn finding<'a>(outcome: &'a Outcome, id: &str) -> Option<&'a Finding> {
    outcome.findings.iter().find(|finding| finding.id == id)
}

/// A cell of a table or chart of an outcome.
pub(super) fn cell(outcome: &Outcome, table: &str, row: usize, column: &str) -> Option<f64> {
    use crate::report::Block;
    let shown = outcome.blocks.iter().filter_map(|block| match block {
        Block::Table(table) => Some(table),
        Block::Chart(chart) => Some(&chart.table),
        _ => None,
    });
    shown.chain(&outcome.data).find(|t| t.id == table)?.value(row, column)?.as_f64()
}
