//! The quality office's book on its projects: charters, SIPOC, FMEA, control plan, gates.
//!
//! What people wrote stands row by row in `improvement.json`; checks and gates are drawn.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::company::Company;
use super::names::{Layout, at};
use super::office::{project_id, state};
use super::plan::AS_OF;
use super::rng::{Draw, Stream};
use super::workbook::{Book, Cell, Sheet, maybe, number, text};
use super::{Output, SampleError, Writer, write_sheet};

const WRITTEN: &str = include_str!("improvement.json");
const DAYS_PER_CHECK: i32 = 7;
/// Units looked at in one check.
const SAMPLE: u32 = 50;

/// A cell as written by hand: a number, a name, `@n` for the n-th day after the last, `#P001` for
/// the step of that project.
#[derive(Debug, Deserialize)]
#[serde(untagged)]
enum Written {
    Number(f64),
    Text(String),
    Blank(()),
}

/// Writes the book.
pub(super) fn write(company: &Company, out: &mut Output) -> Result<(), SampleError> {
    let layout = company.names.book("improvement")?;
    let mut book = Book::new()?;
    for (sheet, key) in layout.sheets.iter().zip(["charters", "sipoc", "fmea"]) {
        write_rows(company, &mut book, sheet, key)?;
    }
    let drawn: [Writer; 2] = [checks, gates];
    for (sheet, writer) in layout.sheets.iter().skip(3).zip(drawn) {
        write_sheet(company, &mut book, sheet, writer)?;
    }
    out.files.push(book.finish(layout)?);
    Ok(())
}

/// One sheet of rows as they were written.
pub(super) fn write_rows(
    company: &Company,
    book: &mut Book,
    layout: &Layout,
    key: &str,
) -> Result<(), SampleError> {
    let written: BTreeMap<String, Vec<Vec<Written>>> = serde_json::from_str(WRITTEN)?;
    let mut page = book.sheet(layout)?;
    for row in written.get(key).map_or(&[][..], Vec::as_slice) {
        let cells: Vec<Cell<'_>> = row.iter().map(|cell| typed(company, cell)).collect();
        page.row(&cells)?;
    }
    page.finish()
}

fn typed<'c>(company: &'c Company, cell: &Written) -> Cell<'c> {
    let words = match cell {
        Written::Number(value) => return Cell::Number(*value),
        Written::Blank(()) => return Cell::Blank,
        Written::Text(words) => words,
    };
    if let Some(days) = words.strip_prefix('@').and_then(|days| days.parse().ok()) {
        return Cell::Day(AS_OF.plus(days));
    }
    let project = |id: &str| (0..company.names.projects.len()).find(|&i| project_id(i) == id);
    match words.strip_prefix('#').and_then(project) {
        Some(index) => text(company.step(state(company, index).step)),
        None => text(words.clone()),
    }
}

/// The weekly checks of every project that has intervened; one in ten was not done.
fn checks(company: &Company, page: &mut Sheet<'_>) -> Result<(), SampleError> {
    let (names, check) = (&company.names, &company.names.check);
    for index in 0..names.projects.len() {
        let state = state(company, index);
        let Some(done) = state.done else { continue };
        let mut draw = Draw::of(company.seed, Stream::Check, index);
        let mut due = done.day.plus(14);
        while due <= AS_OF.plus(DAYS_PER_CHECK) {
            let on = due.plus(draw.between(-2, 0));
            let held = draw.chance(0.9) && on <= AS_OF;
            page.row(&[
                text(project_id(index)),
                text(company.step(state.step)),
                text(names.project_metric.as_str()),
                text(check.specification.as_str()),
                text(check.method.as_str()),
                number(SAMPLE),
                text(check.frequency.as_str()),
                text(at(&names.managers, index % names.managers.len().max(1))),
                text(check.reaction.as_str()),
                Cell::Day(due),
                maybe(held.then_some(on), Cell::Day),
            ])?;
            due = due.plus(DAYS_PER_CHECK);
        }
    }
    Ok(())
}

/// The reviews of every project; those of phases not yet passed have a plan only.
fn gates(company: &Company, page: &mut Sheet<'_>) -> Result<(), SampleError> {
    for (index, project) in company.names.projects.iter().enumerate() {
        let state = state(company, index);
        let mut draw = Draw::of(company.seed, Stream::Check, 100 + index);
        let phases = company.names.phases.get(&project.kind);
        for (i, phase) in phases.map_or(&[][..], Vec::as_slice).iter().enumerate() {
            let planned = state.gate(i + 1);
            let held = planned.plus(draw.between(-3, 12));
            page.row(&[
                text(project_id(index)),
                text(phase.as_str()),
                Cell::Day(planned),
                maybe((i < state.passed).then_some(held), Cell::Day),
            ])?;
        }
    }
    Ok(())
}
