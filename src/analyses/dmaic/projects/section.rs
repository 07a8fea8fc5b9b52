//! The section of the page: the portfolio first, then what became of each project.

use super::compute::{Computed, Judged};
use super::{judged, measured, portfolio};
use crate::records::{Col, TableKind};
use crate::report::{Block, Check, CheckState, Message, Metric, Tone};

/// The blocks, in order.
pub(super) fn blocks(data: &Computed, metrics: &[Metric]) -> Vec<Block> {
    let mut blocks = vec![Block::Cards(metrics.to_vec()), Block::Table(portfolio::list(data))];
    blocks.push(Block::Table(portfolio::phases(data)));
    blocks.extend(portfolio::gates(data).map(Block::Table));
    if !data.judged.is_empty() {
        blocks.push(Block::Heading(Message::new("projects.heading.judged")));
        let text =
            Message::new("projects.note.how").arg("months", i64::from(data.params.baseline_months));
        blocks.push(Block::Note { tone: Tone::Plain, text });
        if data.judged.iter().any(|judged| judged.judgement.effect.is_some()) {
            blocks.push(Block::Chart(Box::new(judged::forest(data))));
        }
        let tables = [judged::before_after, judged::beside, judged::money, judged::chosen];
        blocks.extend(tables.map(|table| Block::Table(table(data))));
    }
    if !data.measured.is_empty() {
        blocks.push(Block::Table(measured::table(data)));
    }
    let checks = checks(data);
    if !checks.is_empty() {
        blocks.push(Block::Checklist(checks));
    }
    blocks
}

/// What could not be computed, and what to know of what could.
fn checks(data: &Computed) -> Vec<Check> {
    let projects = &data.book.projects;
    let mut checks = Vec::new();
    if data.cube.is_none() {
        checks.push(missing("judged", TableKind::ServiceRecords, Some(Col::Defects)));
    }
    if data.gates.is_none() {
        checks.push(missing("gates", TableKind::ProjectGates, None));
    }
    let absent = |known: bool, label: &str, col: Col| {
        (!known).then(|| missing(label, TableKind::Projects, Some(col)))
    };
    checks.extend(absent(projects.iter().any(|p| p.benefit.is_some()), "promised", Col::Benefit));
    checks.extend(absent(
        projects.iter().any(|p| p.booked.is_some()),
        "booked",
        Col::BenefitBooked,
    ));
    checks.extend(absent(projects.iter().any(|p| p.cost.is_some()), "cost", Col::Cost));
    checks.extend(absent(
        projects.iter().any(|p| p.intervention.is_some()),
        "judged",
        Col::Intervention,
    ));
    let aged = projects.iter().any(|p| p.phase_since.is_some()) || data.gates.is_some();
    checks.extend(absent(aged, "age", Col::PhaseSince));
    if data.judged.iter().any(|judged| judged.saved.is_some_and(|saved| saved.each.is_none())) {
        checks.push(missing("money", TableKind::ServiceRecords, Some(Col::Cost)));
    }
    if data.measured.is_empty() {
        checks.push(Check {
            label: Message::new("projects.check.measured"),
            state: CheckState::NotComputable,
            detail: Message::new("projects.check.measured_none")
                .arg("table", Message::new("table.measurements")),
        });
    }
    checks.extend(alone(data));
    if data.book.repeated > 0 {
        checks.push(Check {
            label: Message::new("projects.check.repeated"),
            state: CheckState::Warn,
            detail: Message::new("projects.check.repeated_rows").arg("rows", data.book.repeated),
        });
    }
    checks
}

/// Projects without a group left alone beside them.
fn alone(data: &Computed) -> Option<Check> {
    let lonely = |judged: &&Judged| judged.judgement.effect.is_some_and(|e| e.groups == 0);
    let lonely = data.judged.iter().filter(lonely).count();
    (lonely > 0).then(|| Check {
        label: Message::new("projects.check.alone"),
        state: CheckState::Warn,
        detail: Message::new("projects.check.alone_detail").arg("projects", lonely),
    })
}

fn missing(label: &str, table: TableKind, col: Option<Col>) -> Check {
    let key = if col.is_some() { "missing_column" } else { "missing_table" };
    let mut detail = Message::new(format!("projects.check.{key}"))
        .arg("table", Message::new(format!("table.{}", table.name())));
    if let Some(col) = col {
        detail = detail.arg("column", Message::new(format!("col.{}", col.name())));
    }
    let label = Message::new(format!("projects.check.{label}"));
    Check { label, state: CheckState::NotComputable, detail }
}
