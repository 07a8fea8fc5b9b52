//! Opportunities and the history of their stages.
//!
//! Deals are dealt to reps in shuffled rounds, independently of account, region, value, source
//! and time; whether a deal is won depends on its rep's win rate alone.

use super::company::Company;
use super::names::at;
use super::plan::{AS_OF, DAYS, STALL_FACTOR, STALL_FROM, START, WIN_RATE};
use super::rng::{Draw, Stream, whole};
use super::workbook::{Book, Cell, Sheet, maybe, number, text};
use super::{Output, SampleError, leads};
use crate::units::Day;

/// Deals of the whole period.
const DEALS: usize = 2_500;
const STAGES: usize = 4;
/// Median days in each open stage.
const STAGE_DAYS: [f64; STAGES] = [8.0, 11.0, 14.0, 12.0];
/// Where lost deals are lost.
const LOST_AT: [f64; STAGES] = [0.15, 0.30, 0.30, 0.25];
const PROBABILITY: [f64; STAGES] = [0.10, 0.25, 0.45, 0.70];
const SKIP: f64 = 0.08;

/// A visit to a stage.
#[derive(Clone, Copy, Debug)]
pub(super) struct Visit {
    pub(super) stage: usize,
    pub(super) entered: Day,
    pub(super) left: Option<Day>,
}

/// An opportunity.
#[derive(Debug)]
pub(super) struct Deal {
    pub(super) index: usize,
    pub(super) rep: usize,
    account: usize,
    contract: usize,
    pub(super) created: Day,
    expected: Day,
    value: u32,
    loss_reason: usize,
    source: usize,
    pub(super) visits: Vec<Visit>,
    /// The day it closed and whether it was won.
    pub(super) closed: Option<(Day, bool)>,
}

/// Writes the export of the sales system.
pub(super) fn write(company: &Company, out: &mut Output) -> Result<(), SampleError> {
    let deals = deals(company);
    let layout = company.names.book("crm")?;
    let mut book = Book::new()?;
    let mut sheets = layout.sheets.iter();
    if let Some(sheet) = sheets.next() {
        let mut page = book.sheet(sheet)?;
        deals.iter().try_for_each(|deal| write_deal(company, &mut page, deal))?;
        page.finish()?;
    }
    if let Some(sheet) = sheets.next() {
        let mut page = book.sheet(sheet)?;
        deals.iter().try_for_each(|deal| write_history(company, &mut page, deal))?;
        page.finish()?;
    }
    if let Some(sheet) = sheets.next() {
        let mut page = book.sheet(sheet)?;
        leads::write_leads(company, &mut page)?;
        page.finish()?;
    }
    out.files.push(book.finish(layout)?);
    Ok(())
}

/// All deals by day of creation.
pub(super) fn deals(company: &Company) -> Vec<Deal> {
    let reps = company.names.reps.len().max(1);
    let mut deals = Vec::with_capacity(DEALS);
    for round in 0..DEALS.div_ceil(reps) {
        let order = Draw::of(company.seed, Stream::Rotation, round).shuffled(reps);
        for rep in order {
            deals.push(deal(company, deals.len(), rep));
        }
    }
    deals.truncate(DEALS);
    deals
}

fn deal(company: &Company, index: usize, rep: usize) -> Deal {
    let mut draw = Draw::of(company.seed, Stream::Deal, index);
    let created = START.plus(i32::try_from(index * DAYS / DEALS).unwrap_or(0));
    let won = draw.chance(company.planted.map_or(WIN_RATE, |plan| plan.win_rate(rep)));
    let lost_at = draw.weighted(&LOST_AT);
    let last = if won { STAGES - 1 } else { lost_at };
    let skipped = draw.chance(SKIP).then(|| 1 + draw.below(2)).filter(|&stage| stage < last);
    let visits = walk(company, created, last, skipped, &mut draw);
    let closed = visits.last().filter(|visit| visit.stage == last).and_then(|visit| visit.left);
    Deal {
        index,
        rep,
        account: draw.below(company.customers.len()),
        contract: draw.below(company.names.contracts.len()),
        created,
        expected: created.plus(draw.between(40, 90)),
        value: whole(draw.lognormal(60.0, 0.7)).max(5) * 1_000,
        loss_reason: draw.weighted(&[0.34, 0.24, 0.18, 0.14, 0.10]),
        source: draw.weighted(&[0.25, 0.30, 0.25, 0.20]),
        visits,
        closed: closed.map(|day| (day, won)),
    }
}

/// The stages from the first to `last`, as far as the last day of the records lets us see.
fn walk(
    company: &Company,
    created: Day,
    last: usize,
    skipped: Option<usize>,
    draw: &mut Draw,
) -> Vec<Visit> {
    let days = STAGE_DAYS.map(|median| draw.lognormal(median, 0.6));
    let stalled = company.planted.map(|plan| plan.stalled);
    let mut visits = Vec::new();
    let mut entered = created;
    for (stage, days) in days.into_iter().enumerate().take(last + 1) {
        if skipped == Some(stage) {
            continue;
        }
        let slow = stalled == Some(stage) && entered >= STALL_FROM;
        let stay = whole(if slow { days * STALL_FACTOR } else { days }).max(1);
        let leave = entered.plus(i32::try_from(stay).unwrap_or(1));
        let left = (leave <= AS_OF).then_some(leave);
        visits.push(Visit { stage, entered, left });
        if left.is_none() {
            break;
        }
        entered = leave;
    }
    visits
}

fn write_deal(company: &Company, page: &mut Sheet<'_>, deal: &Deal) -> Result<(), SampleError> {
    let names = &company.names;
    let open = deal.visits.last().map_or(0, |visit| visit.stage);
    let (stage, probability) = match deal.closed {
        Some((_, true)) => (names.won.as_str(), 1.0),
        Some((_, false)) => (names.lost.as_str(), 0.0),
        None => (at(&names.open_stages, open), PROBABILITY.get(open).copied().unwrap_or(0.0)),
    };
    let lost = deal.closed.is_some_and(|(_, won)| !won);
    let customer = company.customers.get(deal.account);
    let segment = customer.and_then(|customer| names.segments.get(customer.segment));
    page.row(&[
        text(deal_id(deal)),
        text(company.customer_id(deal.account)),
        text(company.rep(deal.rep)),
        text(at(&names.contracts, deal.contract)),
        text(stage),
        Cell::Day(deal.created),
        maybe(deal.closed, |(day, _)| Cell::Day(day)),
        Cell::Day(deal.expected),
        Cell::Money(f64::from(deal.value)),
        number(probability),
        if lost { text(at(&names.loss_reasons, deal.loss_reason)) } else { Cell::Blank },
        text(at(&names.lead_sources, deal.source)),
        text(customer.map_or("", |customer| at(&names.regions, customer.region))),
        text(segment.map_or("", |segment| segment.name.as_str())),
    ])?;
    Ok(())
}

fn write_history(company: &Company, page: &mut Sheet<'_>, deal: &Deal) -> Result<(), SampleError> {
    for visit in &deal.visits {
        page.row(&[
            text(deal_id(deal)),
            text(at(&company.names.open_stages, visit.stage)),
            Cell::Day(visit.entered),
            maybe(visit.left, Cell::Day),
            text(company.rep(deal.rep)),
        ])?;
    }
    Ok(())
}

fn deal_id(deal: &Deal) -> String {
    format!("D{:05}", deal.index + 1)
}
