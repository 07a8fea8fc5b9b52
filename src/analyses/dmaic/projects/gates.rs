//! Gate reviews: planned, done, late, overdue.

use crate::dataset::{Dataset, ProjectBook};
use crate::records::{Col, TableKind};
use crate::units::Day;

/// One gate of a project.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Gate {
    /// The project's place in the book.
    pub(super) project: usize,
    /// When it was planned.
    pub(super) planned: Day,
    /// The phase it closes, as written.
    pub(super) phase: String,
    /// When it was passed; `None` while it is not.
    pub(super) done: Option<Day>,
}

impl Gate {
    /// Days past its plan: when it was passed, or while it is open; negative where early. `None`
    /// where it is not due yet.
    pub(super) fn late(&self, as_of: Day) -> Option<i32> {
        match self.done {
            Some(done) => Some(done.since(self.planned)),
            None => Some(as_of.since(self.planned)).filter(|days| *days > 0),
        }
    }

    /// Whether its plan has passed, or it has.
    pub(super) fn is_due(&self, as_of: Day) -> bool {
        self.done.is_some() || self.planned <= as_of
    }

    /// Whether it is open past its plan.
    pub(super) fn is_overdue(&self, as_of: Day) -> bool {
        self.done.is_none() && self.planned < as_of
    }
}

/// The gates of the projects in the book, by project and plan; `None` without the table.
pub(super) fn read(data: &Dataset, book: &ProjectBook) -> Option<Vec<Gate>> {
    let table = data.table(TableKind::ProjectGates)?;
    let gate = |row: usize| {
        let id = table.text(Col::ProjectId, row)?.trim();
        Some(Gate {
            project: book.projects.iter().position(|project| project.id == id)?,
            planned: table.day(Col::PlannedAt, row)?,
            phase: table.text(Col::Phase, row).unwrap_or_default().to_owned(),
            done: table.day(Col::DoneAt, row).filter(|day| *day <= data.as_of),
        })
    };
    let mut gates: Vec<Gate> = (0..table.len()).filter_map(gate).collect();
    gates.sort();
    Some(gates)
}
