//! Service records and the defect log. Defects are binomial: no overdispersion.

use std::ops::RangeInclusive;

use super::company::Company;
use super::names::at;
use super::plan::{AS_OF, DAYS, START};
use super::rng::{Draw, Stream};
use super::truth::BadCell;
use super::workbook::{Book, Cell, Sheet, number, text};
use super::{Output, SampleError};
use crate::units::Day;

const OPPORTUNITIES_PER_UNIT: u32 = 4;
/// The log keeps at most about this many records, evenly thinned above.
const LOGGED: usize = 20_000;
/// Record of the latest book whose date is broken on purpose.
const BROKEN_RECORD: u32 = 57;
const BROKEN_DATE: &str = "2026-09-31";

/// One service record.
#[derive(Clone, Debug)]
pub(super) struct Record {
    pub(super) index: usize,
    pub(super) day: Day,
    pub(super) step: usize,
    pub(super) team: usize,
    shift: usize,
    goods: usize,
    pub(super) units: u32,
    pub(super) defects: u32,
    defective: u32,
    /// Defects of each type.
    types: Vec<u32>,
}

impl Record {
    pub(super) const fn opportunities(&self) -> u32 {
        self.units * OPPORTUNITIES_PER_UNIT
    }
}

/// Writes the service records of all months and the defect log.
pub(super) fn write(company: &Company, out: &mut Output) -> Result<(), SampleError> {
    let day = |year, month, day| Day::from_civil(year, month, day).unwrap_or(AS_OF);
    write_book(company, out, "service_2025", &[START..=day(2025, 10, 31)])?;
    write_book(company, out, "service_2026", &[day(2025, 11, 1)..=day(2026, 8, 31)])?;
    let months = [day(2026, 9, 1)..=day(2026, 9, 30), day(2026, 10, 1)..=AS_OF];
    write_book(company, out, "service_latest", &months)?;
    log(company, out)
}

/// One book: the sheets with headers take the spans in turn.
fn write_book(
    company: &Company,
    out: &mut Output,
    key: &'static str,
    spans: &[RangeInclusive<Day>],
) -> Result<(), SampleError> {
    let layout = company.names.book(key)?;
    let mut book = Book::new()?;
    let mut spans = spans.iter();
    let mut written = 0;
    for sheet in &layout.sheets {
        let mut page = book.sheet(sheet)?;
        let span = if sheet.headers.is_empty() { None } else { spans.next() };
        for record in span.into_iter().flat_map(|span| records(company, span)) {
            written += 1;
            let broken = key == "service_latest" && written == BROKEN_RECORD;
            let row = write_record(company, &mut page, &record, broken)?;
            if broken {
                out.bad_cells.push(BadCell {
                    file: layout.file.clone(),
                    sheet: sheet.name.clone(),
                    cell: format!("B{row}"),
                    value: BROKEN_DATE.to_owned(),
                    code: "E204",
                });
            }
        }
        page.finish()?;
    }
    out.files.push(book.finish(layout)?);
    Ok(())
}

fn write_record(
    company: &Company,
    page: &mut Sheet<'_>,
    record: &Record,
    broken: bool,
) -> Result<u32, SampleError> {
    let cost = defect_cost(company, record.step);
    let date = if broken { text(BROKEN_DATE) } else { Cell::Day(record.day) };
    page.row(&[
        text(record_id(record.index)),
        date,
        text(company.step(record.step)),
        text(company.team(record.team)),
        text(at(&company.names.shifts, record.shift)),
        text(at(&company.names.goods, record.goods)),
        number(record.units),
        number(record.opportunities()),
        number(record.defects),
        number(record.defective),
        main_type(company, record).map_or(Cell::Blank, text),
        number(record.defects * cost),
    ])
}

fn log(company: &Company, out: &mut Output) -> Result<(), SampleError> {
    let layout = company.names.book("defect_log")?;
    let stride = company.rows.div_ceil(LOGGED).max(1);
    let mut book = Book::new()?;
    for sheet in &layout.sheets {
        let mut page = book.sheet(sheet)?;
        for record in (0..company.rows).step_by(stride).map(|i| record(company, i)) {
            log_record(company, &mut page, &record)?;
        }
        page.finish()?;
    }
    out.files.push(book.finish(layout)?);
    Ok(())
}

fn log_record(company: &Company, page: &mut Sheet<'_>, record: &Record) -> Result<(), SampleError> {
    for (kind, &count) in record.types.iter().enumerate().filter(|(_, count)| **count > 0) {
        page.row(&[
            text(record_id(record.index)),
            Cell::Day(record.day),
            text(company.step(record.step)),
            text(company.team(record.team)),
            text(at(&company.names.goods, record.goods)),
            text(type_name(company, record.step, kind)),
            number(count),
            number(count * defect_cost(company, record.step)),
            text(found_at(company, record, kind)),
        ])?;
    }
    Ok(())
}

/// The records of a span of days, in order.
pub(super) fn records<'c>(
    company: &'c Company,
    span: &'c RangeInclusive<Day>,
) -> impl Iterator<Item = Record> + 'c {
    let inside = (0..company.rows).filter(|&i| span.contains(&day(company, i)));
    inside.map(|i| record(company, i))
}

/// Rows are dealt to days, then to every step of every team, so each has the same share.
fn day(company: &Company, index: usize) -> Day {
    let cells = (company.names.steps.len() * company.names.teams.len()).max(1);
    let slots = company.rows.div_ceil(cells).max(1);
    START.plus(i32::try_from(index / cells * DAYS / slots).unwrap_or(0))
}

fn record(company: &Company, index: usize) -> Record {
    let (steps, teams) = (company.names.steps.len().max(1), company.names.teams.len().max(1));
    let (step, team) = (index % steps, index / steps % teams);
    let day = day(company, index);
    let mut draw = Draw::of(company.seed, Stream::Service, index);
    let units = draw.between(20, 60).unsigned_abs();
    let base = company.names.steps.get(step).map_or(0.0, |step| step.rate);
    let factor = company.planted.map_or(1.0, |plan| plan.defect_factor(step, team, day));
    let defects = draw.binomial(units * OPPORTUNITIES_PER_UNIT, base * factor);
    let goods = draw.below(company.names.goods.len());
    let types = types(&company.names.type_weights, defects, &mut draw);
    Record {
        index,
        day,
        step,
        team,
        shift: index / (steps * teams) % company.names.shifts.len().max(1),
        goods,
        units,
        defects,
        defective: defective(units, defects, &mut draw),
        types,
    }
}

/// Every defect gets a type of its own.
fn types(weights: &[f64], defects: u32, draw: &mut Draw) -> Vec<u32> {
    let mut counts = vec![0; weights.len()];
    for _ in 0..defects {
        if let Some(count) = counts.get_mut(draw.weighted(weights)) {
            *count += 1;
        }
    }
    counts
}

/// Units with at least one defect, where every defect falls on a unit at random.
fn defective(units: u32, defects: u32, draw: &mut Draw) -> u32 {
    let clean = |hit: u32| f64::from(units - hit) / f64::from(units.max(1));
    (0..defects).fold(0, |hit, _| hit + u32::from(draw.chance(clean(hit))))
}

/// Most defects are found where they were made, others one step later or by the customer.
fn found_at<'c>(company: &'c Company, record: &Record, kind: usize) -> &'c str {
    let mut draw = Draw::of(company.seed, Stream::Found, record.index * 8 + kind);
    let next = record.step + 1;
    match draw.weighted(&[0.62, 0.28, 0.10]) {
        0 => company.step(record.step),
        1 if next < company.names.steps.len() => company.step(next),
        _ => &company.names.customer,
    }
}

fn main_type<'c>(company: &'c Company, record: &Record) -> Option<&'c str> {
    let most = record.types.iter().copied().max().filter(|&count| count > 0)?;
    let kind = record.types.iter().position(|&count| count == most)?;
    Some(type_name(company, record.step, kind))
}

fn type_name(company: &Company, step: usize, kind: usize) -> &str {
    company.names.steps.get(step).map_or("", |step| at(&step.types, kind))
}

fn defect_cost(company: &Company, step: usize) -> u32 {
    company.names.steps.get(step).map_or(0, |step| step.cost)
}

fn record_id(index: usize) -> String {
    format!("SR{:07}", index + 1)
}
