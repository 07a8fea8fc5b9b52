//! The head office: people, products, targets, improvement projects.

use super::company::Company;
use super::names::{Project, at};
use super::orders::product_id;
use super::plan::{DAYS, Intervention, START};
use super::workbook::{Book, Cell, Sheet, maybe, number, text};
use super::{Output, SampleError, Writer, write_sheet};
use crate::units::Day;

/// Monthly sales target of every rep.
const TARGET: u32 = 210_000;
/// What the quality office wants of the whole process, month by month.
const QUALITY_TARGETS: [(&str, f64); 2] = [("DPMO", 7_000.0), ("First-time yield", 0.97)];
/// Days planned for a phase of a project.
const GATE_DAYS: i32 = 45;
const RUNNING: &str = "Running";

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
        for (metric, target) in QUALITY_TARGETS {
            page.row(&[Cell::Day(first), text(metric), Cell::Blank, number(target)])?;
        }
    }
    Ok(())
}

/// The first two projects have intervened where something is planted; all others are not there
/// yet, nor is any in the null scenario.
fn projects(company: &Company, page: &mut Sheet<'_>) -> Result<(), SampleError> {
    let names = &company.names;
    for (i, project) in names.projects.iter().enumerate() {
        let state = state(company, i);
        let rate = names.steps.get(state.step).map_or(0.0, |step| step.rate);
        let done = state.done;
        let metric = project.metric.as_ref().unwrap_or(&names.project_metric);
        page.row(&[
            text(project_id(i)),
            text(project.name.as_str()),
            text(project.kind.as_str()),
            text(company.step(state.step)),
            text(metric.as_str()),
            text(state.phase),
            Cell::Day(state.phase_since()),
            text(at(&names.managers, i % names.managers.len().max(1))),
            Cell::Day(state.begun),
            maybe(done, |done| Cell::Day(done.day)),
            maybe(done.map(ended), Cell::Day),
            text(if done.is_some() { project.status.as_str() } else { RUNNING }),
            number(project.metric.as_ref().map_or(rate, |_| 7.4)),
            number(project.metric.as_ref().map_or(rate / 2.0, |_| names.pilot.target)),
            maybe(done, |_| Cell::Money(400_000.0)),
            maybe(done.and(project.booked), |booked| Cell::Money(f64::from(booked))),
            Cell::Money(90_000.0),
        ])?;
    }
    Ok(())
}

/// The id of a project.
pub(super) fn project_id(index: usize) -> String {
    format!("P{:03}", index + 1)
}

/// Where a project stands.
pub(super) struct State<'c> {
    pub(super) step: usize,
    pub(super) phase: &'c str,
    /// Index of the phase on its road.
    pub(super) passed: usize,
    pub(super) begun: Day,
    /// Its intervention, where it has had one.
    pub(super) done: Option<Intervention>,
}

impl State<'_> {
    /// Day on which the project entered its phase.
    pub(super) fn phase_since(&self) -> Day {
        self.done.map_or_else(|| self.gate(self.passed), ended)
    }

    /// Planned day of the review that closes the phase before the `index`-th.
    pub(super) fn gate(&self, index: usize) -> Day {
        self.begun.plus(GATE_DAYS * i32::try_from(index).unwrap_or(0))
    }
}

/// Where a project stands: one that has not intervened where nothing is planted is still in its
/// second phase.
pub(super) fn state(company: &Company, index: usize) -> State<'_> {
    let names = &company.names;
    let planted = company.planted.as_ref();
    let done = planted.and_then(|plan| [plan.good, plan.failed].get(index).copied());
    let project = names.projects.get(index);
    let road = project.and_then(|project| names.phases.get(&project.kind));
    let phases = road.map_or(&[][..], Vec::as_slice);
    let reached = |project: &Project| phases.iter().position(|phase| *phase == project.phase);
    let held_back = index < 2 && done.is_none();
    let passed = if held_back { 1 } else { project.and_then(reached).unwrap_or(0) };
    State {
        step: done.map_or_else(|| project.map_or(0, |project| project.step), |done| done.step),
        phase: at(phases, passed),
        passed,
        begun: START.plus(300 + i32::try_from(index).unwrap_or(0) * 40),
        done,
    }
}

const fn ended(project: Intervention) -> Day {
    project.day.plus(60)
}
