//! Why a sheet is not read as a table, and the lines of `gemba.toml` that would change it.

use super::super::headers::{Header, Heading, MappedHeader, column_lines, table_lines};
use super::super::log::Log;
use super::Task;
use crate::records::{Col, Issue, IssueCode, TableKind, address};

/// Why a sheet is not read as a table.
pub(super) enum Refusal {
    /// It is no known table; the nearest and what it lacks.
    Unknown(Vec<TableKind>, Vec<Col>),
    /// It is as much one table as another.
    Either(TableKind, TableKind),
    /// Two headings of a row mean one column equally.
    Columns(u32, Box<Header>),
    /// It is a pivot table or another finished report.
    Pivot,
}

impl Refusal {
    /// The reason under which its rows are left out.
    pub(super) const fn reason(&self) -> &'static str {
        match self {
            Self::Unknown(..) => "unknown_table",
            Self::Either(..) | Self::Columns(..) => "ambiguous",
            Self::Pivot => "pivot",
        }
    }

    /// What there is to say of it.
    pub(super) fn issues(&self, task: &Task<'_>, log: &Log) -> Vec<Issue> {
        match self {
            Self::Unknown(near, missing) => unknown(task, log, near, missing),
            Self::Either(a, b) => {
                let lines = [*a, *b].map(|kind| table_lines(&task.source, kind));
                let issue = Issue::new(IssueCode::AmbiguousTable, log.place(None))
                    .arg("nearest", [a.name(), b.name()].join(", "))
                    .arg("toml", lines.join("\n"));
                vec![issue]
            }
            Self::Pivot => vec![Issue::new(IssueCode::PivotExport, log.place(None))],
            Self::Columns(row, header) => {
                let issue =
                    |(used, other): &(MappedHeader, Heading)| columns(task, log, *row, used, other);
                header.found.ambiguous.iter().map(issue).collect()
            }
        }
    }
}

fn unknown(task: &Task<'_>, log: &Log, near: &[TableKind], missing: &[Col]) -> Vec<Issue> {
    if task.mapped.table.is_some() {
        let issue = |col: &Col| {
            Issue::new(IssueCode::MissingColumn, log.place(None)).arg("column", col.name())
        };
        return missing.iter().map(issue).collect();
    }
    let near: Vec<&str> = near.iter().map(|kind| kind.name()).collect();
    let missing: Vec<&str> = missing.iter().map(|col| col.name()).collect();
    let issue = Issue::new(IssueCode::UnknownTable, log.place(None))
        .arg("nearest", near.join(", "))
        .arg("missing", missing.join(", "));
    vec![issue]
}

fn columns(task: &Task<'_>, log: &Log, row: u32, used: &MappedHeader, other: &Heading) -> Issue {
    let lines = [used.at, other.at].map(|at| column_lines(&task.source, at, used.col));
    Issue::new(IssueCode::AmbiguousHeader, log.place(Some((other.at, row))))
        .value(&other.text)
        .arg("col", used.col.name())
        .arg("column", &used.header)
        .arg("cell", address(used.at, row))
        .arg("other", &other.text)
        .arg("toml", lines.join("\n"))
}
