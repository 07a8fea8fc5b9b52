//! The course of deals from their own days, where no stage history tells it.

use super::{Course, Reached, StageName, Visit};
use crate::dataset::{Deal, DealOutcome};
use crate::units::Day;

/// Stages told by the days of deals: all, begun, closed, won.
pub(super) fn course(
    deals: &[Deal],
    counted: &[bool],
    seen_from: Option<Day>,
    as_of: Day,
) -> Course {
    let begun = |deal: &Deal| deal.created.is_some();
    let closed = |deal: &Deal| deal.outcome != DealOutcome::Open;
    let won = |deal: &Deal| deal.outcome == DealOutcome::Won;
    let count = |pass: &dyn Fn(&Deal) -> bool| {
        deals.iter().zip(counted).filter(|(deal, counted)| **counted && pass(deal)).count() as u64
    };
    let stage = |key, any: &dyn Fn(&Deal) -> bool, strict: &dyn Fn(&Deal) -> bool| Reached {
        name: StageName::Words(key),
        any: count(any),
        strict: count(strict),
    };
    let reached = vec![
        stage("funnel.stage.all", &|_| true, &|_| true),
        stage("funnel.stage.begun", &begun, &begun),
        stage("funnel.stage.closed", &closed, &|deal| begun(deal) && closed(deal)),
        stage("funnel.stage.won", &won, &|deal| begun(deal) && won(deal)),
    ];
    let visits: Vec<Visit> =
        deals.iter().enumerate().filter_map(|(i, d)| visit(i, d, as_of)).collect();
    Course {
        reached,
        stages: vec![StageName::Words("funnel.stage.open")],
        seen_from,
        visits,
        without: 0,
    }
}

fn visit(deal: usize, days: &Deal, as_of: Day) -> Option<Visit> {
    days.age(as_of)?;
    let moved_on = days.outcome == DealOutcome::Won;
    Some(Visit { deal, stage: 0, entered: days.created?, left: days.closed, moved_on })
}
