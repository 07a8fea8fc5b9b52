//! The warehouse floor: timed process steps of orders, and weekly measurements.

use super::company::Company;
use super::names::{Characteristic, at};
use super::plan::{AS_OF, DAYS, REWORK, START};
use super::rng::{Draw, Stream, cents, whole};
use super::workbook::{Book, Cell, Sheet, maybe, number, text};
use super::{Output, SampleError};

const CASES: usize = 500;
const WEEKS: usize = 104;
const SUBGROUP: usize = 5;
/// Median minutes of work and of waiting before each step.
const MINUTES: [(f64, f64); 5] =
    [(6.0, 15.0), (14.0, 70.0), (9.0, 25.0), (55.0, 240.0), (4.0, 600.0)];
const MINUTE_MS: i64 = 60_000;
/// The first minute that is not yet known.
const END: i64 = (AS_OF.number() as i64 + 1) * 1_440;
const PICKING: usize = 1;
const PACKING: usize = 2;
/// Steps the customer pays for.
const VALUE_ADDED: [usize; 3] = [1, 2, 3];

/// Writes the book of the floor.
pub(super) fn write(company: &Company, out: &mut Output) -> Result<(), SampleError> {
    let layout = company.names.book("floor")?;
    let mut book = Book::new()?;
    let mut pages = layout.sheets.iter();
    if let Some(sheet) = pages.next() {
        let mut page = book.sheet(sheet)?;
        (0..CASES).try_for_each(|case| write_case(company, &mut page, case))?;
        page.finish()?;
    }
    if let Some(sheet) = pages.next() {
        let mut page = book.sheet(sheet)?;
        (0..WEEKS).try_for_each(|week| write_week(company, &mut page, week))?;
        page.finish()?;
    }
    out.files.push(book.finish(layout)?);
    Ok(())
}

/// One order through all steps, back to picking now and then; what lies after the last day is
/// not yet known.
fn write_case(company: &Company, page: &mut Sheet<'_>, case: usize) -> Result<(), SampleError> {
    let mut draw = Draw::of(company.seed, Stream::Case, case);
    let team = draw.below(company.names.teams.len());
    let day = START.plus(i32::try_from(case * DAYS / CASES + 1).unwrap_or(0));
    let mut now = i64::from(day.number()) * 1_440 + i64::from(draw.between(6 * 60, 16 * 60));
    for step in route(company, team, &mut draw) {
        let (work, wait) = MINUTES.get(step).copied().unwrap_or_default();
        let start = now + i64::from(whole(draw.lognormal(wait, 0.5)));
        let stop = start + i64::from(whole(draw.lognormal(work, 0.35)).max(1));
        let person = draw.between(1, 6);
        if start >= END {
            break;
        }
        page.row(&[
            text(format!("K{:05}", case + 1)),
            text(company.step(step)),
            Cell::Instant(start * MINUTE_MS),
            maybe((stop < END).then_some(stop), |stop| Cell::Instant(stop * MINUTE_MS)),
            text(format!("W{}{person}", step + 1)),
            text(company.team(team)),
            text(if VALUE_ADDED.contains(&step) { "Yes" } else { "No" }),
        ])?;
        now = stop;
    }
    Ok(())
}

/// The steps of an order: packing may send it back to picking, once.
fn route(company: &Company, team: usize, draw: &mut Draw) -> Vec<usize> {
    let planted = company.planted.map(|plan| plan.rework).filter(|rework| rework.team == team);
    let share = planted.map_or(REWORK, |rework| rework.share);
    let mut steps: Vec<usize> = (0..MINUTES.len()).collect();
    if draw.chance(share) {
        steps.splice(3..3, [PICKING, PACKING]);
    }
    steps
}

/// Five of each characteristic, from a normal process.
fn write_week(company: &Company, page: &mut Sheet<'_>, week: usize) -> Result<(), SampleError> {
    let team = week % company.names.teams.len().max(1);
    let day = START.plus(i32::try_from(week * 7).unwrap_or(0));
    for (kind, what) in company.names.characteristics.iter().enumerate() {
        for sample in 0..SUBGROUP {
            let index = (week * 16 + kind) * 16 + sample;
            let mut draw = Draw::of(company.seed, Stream::Measurement, index);
            let moved = company.planted.map_or(0.0, |plan| plan.mean_shift(kind, day));
            let value = cents((draw.normal() + moved).mul_add(what.sd, what.mean));
            write_value(company, page, (week, team, index), what, value)?;
        }
    }
    Ok(())
}

fn write_value(
    company: &Company,
    page: &mut Sheet<'_>,
    (week, team, index): (usize, usize, usize),
    what: &Characteristic,
    value: f64,
) -> Result<(), SampleError> {
    page.row(&[
        text(format!("M{index:06}")),
        Cell::Day(START.plus(i32::try_from(week * 7).unwrap_or(0))),
        text(what.name.as_str()),
        number(value),
        number(what.lsl),
        number(what.usl),
        number(what.mean),
        text(what.unit.as_str()),
        text(company.step(what.step)),
        text(at(&company.names.teams, team)),
        text(format!("W{:03}", week + 1)),
    ])?;
    Ok(())
}
