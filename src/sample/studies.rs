//! Studies of measurement systems: the vans' thermometers, and three inspectors' judgement.

use super::company::Company;
use super::names::at;
use super::rng::{Draw, Stream, cents};
use super::workbook::{Book, Cell, Sheet, number, text};
use super::{Output, SampleError, Writer, write_sheet};

const PARTS: usize = 10;
const TRIALS: usize = 3;
const UNITS: usize = 30;
/// Standard deviations of parts, operators and repeats, in the thermometer's unit.
const SPREAD: [f64; 3] = [0.8, 0.05, 0.08];
/// Probability that an inspector misjudges a unit.
const MISJUDGED: f64 = 0.03;

/// Writes the book.
pub(super) fn write(company: &Company, out: &mut Output) -> Result<(), SampleError> {
    let layout = company.names.book("studies")?;
    let mut book = Book::new()?;
    let writers: [Writer; 2] = [thermometer, inspectors];
    for (sheet, writer) in layout.sheets.iter().zip(writers) {
        write_sheet(company, &mut book, sheet, writer)?;
    }
    out.files.push(book.finish(layout)?);
    Ok(())
}

/// Ten boxes measured three times by everyone.
fn thermometer(company: &Company, page: &mut Sheet<'_>) -> Result<(), SampleError> {
    let names = &company.names;
    let Some(what) = names.characteristics.first() else { return Ok(()) };
    let effect = |index: usize, sd: f64| sd * Draw::of(company.seed, Stream::Study, index).normal();
    let [parts, operators, repeats] = SPREAD;
    for part in 0..PARTS {
        for (operator, name) in names.inspectors.iter().enumerate() {
            for trial in 0..TRIALS {
                let repeat = 1_000 + (part * names.inspectors.len() + operator) * TRIALS + trial;
                let value = what.mean
                    + effect(part, parts)
                    + effect(100 + operator, operators)
                    + effect(repeat, repeats);
                page.row(&[
                    text("Thermometer"),
                    text(what.name.as_str()),
                    text(format!("B{:02}", part + 1)),
                    text(name.as_str()),
                    number(u32::try_from(trial + 1).unwrap_or(1)),
                    Cell::Number(cents(value)),
                    number(what.lsl),
                    number(what.usl),
                ])?;
            }
        }
    }
    Ok(())
}

/// Thirty units judged twice by everyone; what they truly are is known.
fn inspectors(company: &Company, page: &mut Sheet<'_>) -> Result<(), SampleError> {
    let names = &company.names;
    for unit in 0..UNITS {
        let truth = usize::from(unit % 3 == 0);
        for (inspector, name) in names.inspectors.iter().enumerate() {
            for trial in 0..2 {
                let index = 10_000 + (unit * names.inspectors.len() + inspector) * 2 + trial;
                let wrong = Draw::of(company.seed, Stream::Study, index).chance(MISJUDGED);
                page.row(&[
                    text("Outgoing check"),
                    text(names.project_metric.as_str()),
                    text(format!("U{:02}", unit + 1)),
                    text(name.as_str()),
                    number(u32::try_from(trial + 1).unwrap_or(1)),
                    text(at(&names.verdicts, truth ^ usize::from(wrong))),
                    text(at(&names.verdicts, truth)),
                ])?;
            }
        }
    }
    Ok(())
}
