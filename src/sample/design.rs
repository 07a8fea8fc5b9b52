//! The new delivery box: needs, concepts, tolerances, an experiment and a pilot.

use super::company::Company;
use super::improvement::write_rows;
use super::office::project_id;
use super::plan::AS_OF;
use super::rng::{Draw, Stream, cents};
use super::workbook::{Book, Cell, Sheet, number, text};
use super::{Output, SampleError, Writer, write_sheet};

/// The project the box belongs to.
const PROJECT: usize = 4;
const REPLICATES: usize = 2;
const PILOT: usize = 60;
/// Mean response of the experiment, what wall and ice packs take off it at their high level, and
/// the spread of one trial. The lid seal changes nothing.
const RESPONSE: (f64, [f64; 3], f64) = (5.2, [-1.1, -0.7, 0.0], 0.25);

/// Writes the book.
pub(super) fn write(company: &Company, out: &mut Output) -> Result<(), SampleError> {
    let layout = company.names.book("new_design")?;
    let mut book = Book::new()?;
    for (sheet, key) in layout.sheets.iter().zip(["qfd", "pugh", "tolerances"]) {
        write_rows(company, &mut book, sheet, key)?;
    }
    let drawn: [Writer; 2] = [trial, pilot];
    for (sheet, writer) in layout.sheets.iter().skip(3).zip(drawn) {
        write_sheet(company, &mut book, sheet, writer)?;
    }
    out.files.push(book.finish(layout)?);
    Ok(())
}

/// Every combination of two levels, each twice.
fn trial(company: &Company, page: &mut Sheet<'_>) -> Result<(), SampleError> {
    let trial = &company.names.trial;
    let (mean, effects, spread) = RESPONSE;
    for run in 0..1_usize << trial.factors.len() {
        let high = |factor: usize| run >> factor & 1 == 1;
        let moved: f64 = (0..).zip(effects).filter(|&(f, _)| high(f)).map(|(_, e)| e).sum();
        for replicate in 0..REPLICATES {
            let index = run * REPLICATES + replicate;
            let noise = Draw::of(company.seed, Stream::Design, index).normal() * spread;
            for (factor, [name, low, up]) in trial.factors.iter().enumerate() {
                page.row(&[
                    text(project_id(PROJECT)),
                    text(trial.name.as_str()),
                    number(u32::try_from(run + 1).unwrap_or(1)),
                    number(u32::try_from(replicate + 1).unwrap_or(1)),
                    text(name.as_str()),
                    text(if high(factor) { up.as_str() } else { low.as_str() }),
                    Cell::Number(cents(mean + moved + noise)),
                    text(trial.objective.as_str()),
                ])?;
            }
        }
    }
    Ok(())
}

/// One box a day on the road.
fn pilot(company: &Company, page: &mut Sheet<'_>) -> Result<(), SampleError> {
    let pilot = &company.names.pilot;
    for (index, before) in (0..PILOT).rev().enumerate() {
        let mut draw = Draw::of(company.seed, Stream::Design, 1_000 + index);
        page.row(&[
            text(project_id(PROJECT)),
            text(pilot.phase.as_str()),
            Cell::Day(AS_OF.plus(-i32::try_from(before).unwrap_or(0))),
            text(pilot.characteristic.as_str()),
            Cell::Number(cents(draw.normal().mul_add(pilot.sd, pilot.mean))),
            number(pilot.lsl),
            number(pilot.usl),
            number(pilot.target),
            text(pilot.unit.as_str()),
        ])?;
    }
    Ok(())
}
