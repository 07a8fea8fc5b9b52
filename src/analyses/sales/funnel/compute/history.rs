//! The course of deals from their stage history.

use super::super::params::Params;
use super::{Course, Reached, StageName, Visit, order};
use crate::dataset::{Categories, Dataset, Deal, DealOutcome, Deals, Table};
use crate::records::{Col, TableKind};
use crate::units::Day;

/// One entry into a stage.
#[derive(Clone, Copy)]
struct Entry {
    stage: u32,
    entered: Day,
    left: Option<Day>,
}

/// The course told by the stage history, where there is one that knows these deals.
pub(super) fn course(
    data: &Dataset,
    deals: &Deals<'_>,
    all: &[Deal],
    counted: &[bool],
    params: &Params,
) -> Option<Course> {
    let table = data.table(TableKind::StageHistory)?;
    let names = table.categories(Col::Stage)?;
    let mut entries = entries(table, names, data.as_of);
    let ids = table.categories(Col::OppId)?;
    let paths: Vec<Vec<Entry>> = (all.iter())
        .map(|deal| {
            let code = deals.text(Col::OppId, deal).and_then(|id| ids.code_of(id));
            code.and_then(|code| entries.get_mut(code as usize))
                .map(std::mem::take)
                .unwrap_or_default()
        })
        .collect();
    let firsts: Vec<Vec<u32>> = paths.iter().map(|path| first_entries(path)).collect();
    let stages = order::order(names, &firsts, &params.stages);
    if stages.is_empty() {
        return None;
    }
    let without =
        paths.iter().zip(counted).filter(|(path, c)| **c && path.is_empty()).count() as u64;
    let visits = (all.iter().zip(&paths).enumerate())
        .flat_map(|(i, (deal, path))| visits(i, deal, path, &stages))
        .collect();
    Some(Course {
        reached: reached(all, counted, &firsts, &stages, names),
        stages: stages.iter().map(|stage| name(names, *stage)).collect(),
        visits,
        seen_from: None,
        without,
    })
}

fn name(names: &Categories, stage: u32) -> StageName {
    StageName::Text(names.name(stage).unwrap_or_default().to_owned())
}

/// Entries by code of the deal, in order of time; stages that end a deal are left out.
fn entries(table: &Table, names: &Categories, as_of: Day) -> Vec<Vec<Entry>> {
    let open: Vec<bool> =
        names.names().map(|n| DealOutcome::of_stage(n) == DealOutcome::Open).collect();
    let Some(ids) = table.categories(Col::OppId) else { return Vec::new() };
    let mut out: Vec<Vec<Entry>> = vec![Vec::new(); ids.named()];
    for (row, (id, stage)) in ids.codes().iter().zip(names.codes()).enumerate() {
        let Some(entered) = table.day(Col::Entered, row).filter(|day| *day <= as_of) else {
            continue;
        };
        if !open.get(*stage as usize).copied().unwrap_or(false) {
            continue;
        }
        let left = table.day(Col::Left, row).filter(|day| *day <= as_of);
        if let Some(entries) = out.get_mut(*id as usize) {
            entries.push(Entry { stage: *stage, entered, left });
        }
    }
    for entries in &mut out {
        entries.sort_by_key(|entry| entry.entered);
    }
    out
}

fn first_entries(path: &[Entry]) -> Vec<u32> {
    let mut out: Vec<u32> = Vec::new();
    for entry in path {
        if !out.contains(&entry.stage) {
            out.push(entry.stage);
        }
    }
    out
}

/// Stays of one deal. A stay without its own last day ends where the next begins, else with the
/// deal; a closed deal whose day of closing is unknown gives no such stay.
fn visits(index: usize, deal: &Deal, path: &[Entry], stages: &[u32]) -> Vec<Visit> {
    let rank = |stage: u32| stages.iter().position(|s| *s == stage);
    let mut out = Vec::new();
    for (at, entry) in path.iter().enumerate() {
        let next = path.get(at + 1);
        let left = entry.left.or(next.map(|next| next.entered)).or(deal.closed);
        let unknown = left.is_none() && deal.outcome != DealOutcome::Open;
        let Some(stage) = rank(entry.stage) else { continue };
        if unknown || left.is_some_and(|left| left < entry.entered) {
            continue;
        }
        let moved_on = match next {
            Some(next) => rank(next.stage) > Some(stage),
            None => deal.outcome == DealOutcome::Won,
        };
        out.push(Visit { deal: index, stage, entered: entry.entered, left, moved_on });
    }
    out
}

/// Deals by the stages they reached: all deals first, won last.
fn reached(
    all: &[Deal],
    counted: &[bool],
    firsts: &[Vec<u32>],
    stages: &[u32],
    names: &Categories,
) -> Vec<Reached> {
    let mut any = vec![0_u64; stages.len() + 2];
    let mut strict = any.clone();
    for ((deal, path), _) in all.iter().zip(firsts).zip(counted).filter(|(_, counted)| **counted) {
        let won = deal.outcome == DealOutcome::Won;
        let prefix = in_order(path, stages);
        let mut count = |at: usize, seen: bool, passed: bool| {
            any[at] += u64::from(seen);
            strict[at] += u64::from(passed);
        };
        count(0, true, true);
        for (at, stage) in stages.iter().enumerate() {
            count(at + 1, path.contains(stage), at < prefix);
        }
        count(stages.len() + 1, won, won && prefix == stages.len());
    }
    let mut all_names = vec![StageName::Words("funnel.stage.all")];
    all_names.extend(stages.iter().map(|stage| name(names, *stage)));
    all_names.push(StageName::Words("funnel.stage.won"));
    let counts = any.into_iter().zip(strict);
    all_names
        .into_iter()
        .zip(counts)
        .map(|(name, (any, strict))| Reached { name, any, strict })
        .collect()
}

/// How many of the stages the path passed one after the other, from the first on.
fn in_order(path: &[u32], stages: &[u32]) -> usize {
    let mut from = 0;
    for (passed, stage) in stages.iter().enumerate() {
        match path.iter().skip(from).position(|s| s == stage) {
            Some(at) => from += at + 1,
            None => return passed,
        }
    }
    stages.len()
}
