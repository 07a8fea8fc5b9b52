//! The floor office: the waste walk, stops of the line, capacity and demand, quality costs.

use super::company::Company;
use super::names::at;
use super::plan::{AS_OF, DAYS, START};
use super::rng::{Draw, Stream, cents, whole};
use super::workbook::{Book, Cell, Sheet, maybe, number, text};
use super::{Output, SampleError, Writer, write_sheet};
use crate::units::Month;

const WASTES: usize = 360;
const STOPS: usize = 260;
const WEEKS: usize = 104;
const HOURLY_COST: f64 = 350.0;
/// Hours a week, orders a week asked for and possible.
const WEEK: (f64, f64, f64) = (40.0, 4.8, 7.0);
const MINUTE_MS: i64 = 60_000;

/// Writes the book.
pub(super) fn write(company: &Company, out: &mut Output) -> Result<(), SampleError> {
    let layout = company.names.book("floor_office")?;
    let mut book = Book::new()?;
    let writers: [Writer; 4] = [wastes, stops, weeks, costs];
    for (sheet, writer) in layout.sheets.iter().zip(writers) {
        write_sheet(company, &mut book, sheet, writer)?;
    }
    out.files.push(book.finish(layout)?);
    Ok(())
}

/// The `index`-th of `n` days spread evenly over the records.
fn spread(index: usize, n: usize) -> crate::units::Day {
    START.plus(i32::try_from(index * DAYS / n).unwrap_or(0))
}

fn wastes(company: &Company, page: &mut Sheet<'_>) -> Result<(), SampleError> {
    let names = &company.names;
    let shares: Vec<f64> = names.wastes.iter().map(|waste| waste.share).collect();
    for index in 0..WASTES {
        let mut draw = Draw::of(company.seed, Stream::Waste, index);
        let Some(waste) = names.wastes.get(draw.weighted(&shares)) else { continue };
        let hours = cents(draw.lognormal(waste.hours, 0.4));
        page.row(&[
            Cell::Day(spread(index, WASTES)),
            text(waste.name.as_str()),
            text(company.step(draw.below(names.steps.len()))),
            text(company.team(draw.below(names.teams.len()))),
            Cell::Number(hours),
            Cell::Money(cents(hours * HOURLY_COST)),
        ])?;
    }
    Ok(())
}

/// The last stop is still being mended on the last day.
fn stops(company: &Company, page: &mut Sheet<'_>) -> Result<(), SampleError> {
    let names = &company.names;
    for index in 0..STOPS {
        let mut draw = Draw::of(company.seed, Stream::Andon, index);
        let last = index + 1 == STOPS;
        let day = if last { AS_OF } else { spread(index, STOPS) };
        let raised = i64::from(day.number()) * 1_440 + i64::from(draw.between(360, 1_200));
        let responded = raised + i64::from(whole(draw.lognormal(6.0, 0.6)).max(1));
        let recovered = responded + i64::from(whole(draw.lognormal(22.0, 0.5)).max(1));
        page.row(&[
            Cell::Instant(raised * MINUTE_MS),
            Cell::Instant(responded * MINUTE_MS),
            maybe((!last).then_some(recovered), |at| Cell::Instant(at * MINUTE_MS)),
            text(company.step(draw.below(names.steps.len()))),
            text(company.team(draw.below(names.teams.len()))),
            text(at(&names.stop_reasons, draw.below(names.stop_reasons.len()))),
        ])?;
    }
    Ok(())
}

fn weeks(company: &Company, page: &mut Sheet<'_>) -> Result<(), SampleError> {
    let (hours, demand, capacity) = WEEK;
    for week in 0..WEEKS {
        let mut draw = Draw::of(company.seed, Stream::Demand, week);
        page.row(&[
            Cell::Day(START.plus(i32::try_from(week * 7).unwrap_or(0))),
            Cell::Number(hours),
            number(draw.poisson(demand)),
            Cell::Number(capacity),
        ])?;
    }
    Ok(())
}

fn costs(company: &Company, page: &mut Sheet<'_>) -> Result<(), SampleError> {
    let names = &company.names;
    for month in START.month().number()..=AS_OF.month().number() {
        for (line, cost) in names.quality_costs.iter().enumerate() {
            let index = usize::try_from(month).unwrap_or(0) * 16 + line;
            let mut draw = Draw::of(company.seed, Stream::QualityCost, index);
            page.row(&[
                Cell::Day(Month::from_number(month).last_day()),
                text(cost.class.as_str()),
                text(cost.kind.as_str()),
                text(company.step(line % names.steps.len().max(1))),
                Cell::Money(cents(draw.lognormal(cost.month, 0.1))),
            ])?;
        }
    }
    Ok(())
}
