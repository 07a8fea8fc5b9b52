//! Design and Verify of a DMADV project: which of their evidence was handed in. The tables
//! themselves have sections of their own.

use super::compute::Chapter;
use super::figures::{check, missing, no_rows};
use crate::records::TableKind;
use crate::report::{Block, Check, CheckState, Message};

/// Design: needs turned into characteristics, concepts compared, tolerances and experiments.
pub(super) fn design(chapter: &Chapter<'_>) -> Vec<Block> {
    let evidence = [
        ("qfd", TableKind::Qfd),
        ("pugh", TableKind::Pugh),
        ("tolerances", TableKind::Tolerances),
        ("experiments", TableKind::Experiments),
    ];
    vec![Block::Checklist(evidence.map(|(label, kind)| handed_in(chapter, label, kind)).to_vec())]
}

/// Verify: the pilot's measurements.
pub(super) fn verify(chapter: &Chapter<'_>) -> Vec<Block> {
    vec![Block::Checklist(vec![handed_in(chapter, "pilot", TableKind::Measurements)])]
}

fn handed_in(chapter: &Chapter<'_>, label: &str, kind: TableKind) -> Check {
    let (Some(_), rows) = chapter.rows(kind) else { return missing(label, kind, None) };
    if rows.is_empty() {
        return no_rows(label, kind);
    }
    let table = Message::new(format!("table.{}", kind.name()));
    let detail = Message::new("dmaic.check.handed_in").arg("rows", rows.len()).arg("table", table);
    check(label, CheckState::Pass, detail)
}
