//! Charters of design projects.

use crate::dataset::{Dataset, Table};
use crate::records::{Col, TableKind};
use crate::units::Period;

/// The fields a charter should fill, in the order they are read.
pub(super) const FIELDS: [Col; 7] =
    [Col::Problem, Col::Goal, Col::Scope, Col::BusinessCase, Col::Ctq, Col::Sponsor, Col::Members];

/// One charter.
#[derive(Clone, Debug)]
pub(super) struct Charter {
    pub(super) project: String,
    /// The project's name, where the projects are listed.
    pub(super) name: Option<String>,
    /// One text a field of [`FIELDS`].
    pub(super) texts: Vec<Option<String>>,
}

impl Charter {
    /// Fields left empty.
    pub(super) fn empty(&self) -> impl Iterator<Item = Col> + '_ {
        FIELDS.into_iter().zip(&self.texts).filter(|(_, text)| text.is_none()).map(|(col, _)| col)
    }

    /// Whether the goal names a number: without one nobody can say whether it was reached.
    pub(super) fn has_measure(&self) -> bool {
        let goal = FIELDS.into_iter().zip(&self.texts).find(|(col, _)| *col == Col::Goal);
        let text = goal.and_then(|(_, text)| text.as_deref()).unwrap_or_default();
        let words = ["half", "halve", "double", "一半", "減半", "减半", "倍", "零", "zero"];
        let lower = text.to_lowercase();
        text.chars().any(char::is_numeric) || words.iter().any(|word| lower.contains(word))
    }
}

/// Everything the section is written from.
#[derive(Debug)]
pub(super) struct Computed {
    pub(super) charters: Vec<Charter>,
    /// Whether the projects say which of them are designs; every charter is shown otherwise.
    pub(super) typed: bool,
    pub(super) period: Period,
}

impl Computed {
    /// `None` where no charter belongs to a design project.
    pub(super) fn new(data: &Dataset) -> Option<Self> {
        let table = data.table(TableKind::Charters)?;
        let projects = data.table(TableKind::Projects);
        let typed = projects.is_some_and(|table| table.has(Col::ProjectType));
        let row_of = |id: &str| {
            let table = projects?;
            let row = (0..table.len()).find(|&row| table.text(Col::ProjectId, row) == Some(id))?;
            Some((table, row))
        };
        let designs = |id: &str| data.works_as(Some(id), "dmadv");
        let charter = |row| {
            charter(table, row, designs, |id| {
                let (table, row) = row_of(id)?;
                table.text(Col::ProjectName, row).map(str::to_owned)
            })
        };
        let mut charters: Vec<Charter> = (0..table.len()).filter_map(charter).collect();
        charters.sort_by(|a, b| (&a.project, &a.texts).cmp(&(&b.project, &b.texts)));
        let period = Period { from: data.period.from, to: data.until() };
        (!charters.is_empty()).then_some(Self { charters, typed, period })
    }

    /// Fields filled, and fields there are.
    pub(super) fn filled(&self) -> (usize, usize) {
        let empty: usize = self.charters.iter().map(|charter| charter.empty().count()).sum();
        let all = self.charters.len() * FIELDS.len();
        (all - empty, all)
    }
}

fn charter(
    table: &Table,
    row: usize,
    wanted: impl Fn(&str) -> bool,
    name: impl Fn(&str) -> Option<String>,
) -> Option<Charter> {
    let project = table.text(Col::ProjectId, row).filter(|id| wanted(id))?;
    let text = |col| table.text(col, row).map(str::to_owned);
    Some(Charter {
        project: project.to_owned(),
        name: name(project),
        texts: FIELDS.into_iter().map(text).collect(),
    })
}
