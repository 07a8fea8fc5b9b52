//! What stands before the sections: the status board, and the findings that matter most.

use std::cmp::Ordering;

use crate::report::{Block, Finding, Grade, Layout, Message, Section, StatusRow, Tone};

/// Rows of an executive's status board.
const BOARD: usize = 7;
/// Findings on an executive's page.
const TOP: usize = 3;

/// The blocks before the sections.
pub(super) fn blocks(sections: &[Section], layout: Layout) -> Vec<Block> {
    let mut blocks = Vec::new();
    let status = status(sections, layout);
    if !status.is_empty() {
        blocks.push(Block::Status(status));
    }
    let findings = findings(sections, layout);
    if findings.iter().all(|finding| finding.grade != Grade::Act) && !sections.is_empty() {
        let text = Message::new("run.nothing_to_act");
        blocks.push(Block::Note { tone: Tone::Plain, text });
    }
    if !findings.is_empty() {
        blocks.push(Block::Findings(findings));
    }
    blocks
}

/// Every row, or, on one page, the rows in turn: each analysis' first before any one's second.
fn status(sections: &[Section], layout: Layout) -> Vec<StatusRow> {
    let rows = |section: &Section| section.outcome.status.len();
    let most = sections.iter().map(rows).max().unwrap_or(0);
    let turn = |i: usize| sections.iter().filter_map(move |s| s.outcome.status.get(i));
    match layout {
        Layout::Full => sections.iter().flat_map(|s| s.outcome.status.clone()).collect(),
        Layout::Summary => (0..most).flat_map(turn).take(BOARD).cloned().collect(),
    }
}

/// Findings that ask for action; on one page the weightiest three of any grade.
fn findings(sections: &[Section], layout: Layout) -> Vec<Finding> {
    let all = sections.iter().flat_map(|s| &s.outcome.findings);
    let mut findings: Vec<Finding> = match layout {
        Layout::Full => all.filter(|f| f.grade == Grade::Act).cloned().collect(),
        Layout::Summary => all.cloned().collect(),
    };
    findings.sort_by(weight);
    if layout == Layout::Summary {
        findings.truncate(TOP.max(acts(&findings)));
    }
    findings
}

fn acts(findings: &[Finding]) -> usize {
    findings.iter().filter(|f| f.grade == Grade::Act).count().min(TOP + 2)
}

/// Act before watch before good; then the larger money, then the stronger evidence.
fn weight(a: &Finding, b: &Finding) -> Ordering {
    let money = |f: &Finding| f.money.map_or(0, |m| m.raw().abs());
    let p = |f: &Finding| f.p_value.unwrap_or(1.0);
    a.grade
        .cmp(&b.grade)
        .then(money(b).cmp(&money(a)))
        .then(p(a).total_cmp(&p(b)))
        .then(a.id.cmp(&b.id))
}
