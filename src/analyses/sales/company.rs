//! Small made-up companies for tests, the same on every run.

use std::collections::BTreeMap;

use crate::analyses::analysis::{Analysis, Ask, run};
use crate::analyses::recalc;
use crate::dataset::{Cell, Dataset, TableBuilder};
use crate::records::{Col, Origin, TableKind};
use crate::report::{Grade, Outcome, Skipped};
use crate::units::{Day, Money, Period};

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

    /// A whole number of days from an exponential distribution, at least 1.
    #[expect(clippy::cast_possible_truncation, reason = "a few hundred days")]
    pub(super) fn days(&mut self, mean: f64) -> i32 {
        (-mean * (1.0 - self.unit()).ln()).ceil().clamp(1.0, 1e6) as i32
    }
}

/// One deal; days count from 2026-01-01.
#[derive(Clone, Default)]
pub(super) struct DealRow {
    pub(super) owner: &'static str,
    pub(super) stage: &'static str,
    pub(super) created: Option<i32>,
    pub(super) closed: Option<i32>,
    pub(super) value: Option<f64>,
}

/// One entry of the stage history: deal, stage, entered, left.
pub(super) type Stay = (usize, &'static str, i32, Option<i32>);

/// A day counted from 2026-01-01.
pub(super) fn day(number: i32) -> Day {
    Day::from_civil(2026, 1, 1).unwrap_or(Day::from_number(0)).plus(number)
}

/// The dataset of deals and, where given, their history, seen from a day.
pub(super) fn dataset(deals: &[DealRow], stays: &[Stay], as_of: i32) -> Dataset {
    let origin = Origin { source: 0, row: 0 };
    let when = |number: Option<i32>| number.map_or(Cell::Missing, |n| Cell::Day(day(n)));
    let text = |text: &'static str| if text.is_empty() { Cell::Missing } else { Cell::Text(text) };
    let cols = [Col::OppId, Col::Owner, Col::Stage, Col::Created, Col::Closed, Col::Value];
    let mut opportunities = TableBuilder::new(TableKind::Opportunities, &cols);
    for (i, deal) in deals.iter().enumerate() {
        let id = format!("D{i}");
        let value = deal.value.and_then(Money::from_units).map_or(Cell::Missing, Cell::Money);
        let days = (when(deal.created), when(deal.closed));
        let cells = [Cell::Text(&id), text(deal.owner), text(deal.stage), days.0, days.1, value];
        opportunities.push(origin, &cells);
    }
    let cols = [Col::OppId, Col::Stage, Col::Entered, Col::Left];
    let mut history = TableBuilder::new(TableKind::StageHistory, &cols);
    for (deal, stage, entered, left) in stays {
        let id = format!("D{deal}");
        history.push(origin, &[Cell::Text(&id), text(stage), when(Some(*entered)), when(*left)]);
    }
    let tables = [opportunities.finish(), history.finish()].map(|table| (table.kind(), table));
    let first = deals.iter().filter_map(|deal| deal.created.min(deal.closed)).min().unwrap_or(0);
    Dataset {
        tables: BTreeMap::from(tables),
        sources: Vec::new(),
        period: Period { from: day(first.min(as_of)), to: day(as_of) },
        as_of: day(as_of),
        threads: 1,
        kept: crate::dataset::Kept::default(),
    }
}

/// Runs an analysis and holds every formula to its figure and every float to be finite.
pub(super) fn outcome(analysis: &dyn Analysis, data: &Dataset) -> Result<Outcome, Skipped> {
    let outcome = run(analysis, data, &Ask::default())?;
    assert_eq!(recalc::misses(&outcome), Vec::<String>::new(), "{}", analysis.id());
    let json = serde_json::to_string(&outcome).unwrap_or_default();
    assert!(!json.contains(",\"value\":null}"), "a float that is not finite");
    Ok(outcome)
}

/// Runs an analysis alone: for counting findings over many companies.
pub(super) fn unchecked(analysis: &dyn Analysis, data: &Dataset) -> Outcome {
    run(analysis, data, &Ask::default()).unwrap_or_default()
}

/// The grades of the findings of one id.
pub(super) fn grades(outcome: &Outcome, id: &str) -> Vec<Grade> {
    outcome.findings.iter().filter(|f| f.id == id).map(|f| f.grade).collect()
}

/// Datasets that break careless code: none, one deal, all alike, extreme money and days.
pub(super) fn edges() -> Vec<Dataset> {
    let deal =
        |stage, created, closed, value| DealRow { owner: "A", stage, created, closed, value };
    let won = deal("Won", Some(0), Some(5), Some(100.0));
    let extreme = vec![
        deal("Won", Some(-600_000), Some(0), Some(1e13)),
        deal("Lost", Some(0), Some(-5), Some(-1e13)),
        deal("Lost", None, None, None),
        deal("Open", Some(3), Some(1), Some(0.0)),
        deal("Won", Some(5), Some(99), None),
        deal("Won", Some(99), Some(100), None),
    ];
    let stays =
        [(0, "Lead", 0, Some(2)), (0, "Offer", 2, None), (7, "Lead", 1, None), (0, "Won", 5, None)];
    vec![
        dataset(&[], &[], 10),
        dataset(std::slice::from_ref(&won), &stays, 10),
        dataset(&vec![won.clone(); 50], &[], 10),
        dataset(&vec![deal("Lost", Some(1), Some(1), Some(0.0)); 50], &stays, 10),
        dataset(&vec![deal("Open", Some(1), None, None); 50], &stays, 10),
        dataset(&extreme, &stays, 10),
    ]
}

#[test]
fn every_analysis_survives_the_edges() {
    for data in edges() {
        for analysis in super::ANALYSES {
            let _ = outcome(*analysis, &data);
        }
    }
}
