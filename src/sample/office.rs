//! The head office: people, products, targets, improvement projects.

use super::company::Company;
use super::names::{Layout, at};
use super::orders::product_id;
use super::plan::{DAYS, Intervention, START};
use super::workbook::{Book, Cell, Sheet, maybe, number, text};
use super::{Output, SampleError};
use crate::units::Day;

/// Monthly sales target of every rep.
const TARGET: u32 = 210_000;

type Writer = fn(&Company, &mut Sheet<'_>) -> Result<(), SampleError>;

/// Writes the book of the office.
pub(super) fn write(company: &Company, out: &mut Output) -> Result<(), SampleError> {
    let layout = company.names.book("office")?;
    let mut book = Book::new()?;
    let writers: [Writer; 4] = [people, products, targets, projects];
    for (sheet, writer) in layout.sheets.iter().zip(writers) {
        write_sheet(company, &mut book, sheet, writer)?;
    }
    out.files.push(book.finish(layout)?);
    Ok(())
}

fn write_sheet(
    company: &Company,
    book: &mut Book,
    layout: &Layout,
    writer: Writer,
) -> Result<(), SampleError> {
    let mut page = book.sheet(layout)?;
    writer(company, &mut page)?;
    page.finish()
}

fn people(company: &Company, page: &mut Sheet<'_>) -> Result<(), SampleError> {
    let names = &company.names;
    for (i, rep) in names.reps.iter().enumerate() {
        let region = i % names.regions.len().max(1);
        page.row(&[
            text(rep.as_str()),
            text(at(&names.managers, i % names.managers.len().max(1))),
            text(at(&names.teams, region)),
            text(at(&names.regions, region)),
        ])?;
    }
    Ok(())
}

fn products(company: &Company, page: &mut Sheet<'_>) -> Result<(), SampleError> {
    for (i, product) in company.names.products.iter().enumerate() {
        page.row(&[
            text(product.name.as_str()),
            text(product_id(i)),
            text(product.category.as_str()),
            Cell::Money(product.price),
            Cell::Money(product.price * 0.75),
        ])?;
    }
    Ok(())
}

fn targets(company: &Company, page: &mut Sheet<'_>) -> Result<(), SampleError> {
    let last = START.plus(i32::try_from(DAYS).unwrap_or(1) - 1).month();
    for month in START.month().number()..=last.number() {
        let first = crate::units::Month::from_number(month).first_day();
        for rep in &company.names.reps {
            page.row(&[
                Cell::Day(first),
                text(company.names.target_metric.as_str()),
                text(rep.as_str()),
                number(TARGET),
            ])?;
        }
    }
    Ok(())
}

/// The first two projects have intervened where something is planted; all others are not there
/// yet, nor is any in the null scenario.
fn projects(company: &Company, page: &mut Sheet<'_>) -> Result<(), SampleError> {
    let names = &company.names;
    let planted = company.planted.as_ref();
    let early = names.projects.last();
    for (i, project) in names.projects.iter().enumerate() {
        let done = planted.and_then(|plan| [plan.good, plan.failed].get(i).copied());
        let shown = if i < 2 && done.is_none() { early.unwrap_or(project) } else { project };
        let step = done.map_or(i, |done| done.step);
        let rate = names.steps.get(step).map_or(0.0, |step| step.rate);
        let begun = START.plus(300 + i32::try_from(i).unwrap_or(0) * 40);
        page.row(&[
            text(format!("P{:03}", i + 1)),
            text(project.name.as_str()),
            text(company.step(step)),
            text(names.project_metric.as_str()),
            text(shown.phase.as_str()),
            text(at(&names.managers, i % names.managers.len().max(1))),
            Cell::Day(begun),
            maybe(done, |done| Cell::Day(done.day)),
            maybe(done.map(ended), Cell::Day),
            text(shown.status.as_str()),
            number(rate),
            number(rate / 2.0),
            maybe(done, |_| Cell::Money(400_000.0)),
            Cell::Money(90_000.0),
        ])?;
    }
    Ok(())
}

const fn ended(project: Intervention) -> Day {
    project.day.plus(60)
}
