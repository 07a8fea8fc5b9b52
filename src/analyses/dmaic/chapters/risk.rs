//! Failure modes before and after, the severe ones apart.

use super::compute::Chapter;
use super::figures::{column, missing, no_rows, table};
use crate::dataset::Table as Records;
use crate::records::{Col, TableKind};
use crate::report::{Cell, Check, Emphasis, Expr, Format, Message, Row, Table, Value};
use crate::stats::flow::risk::Rating;

/// A failure mode with its ratings.
struct Mode<'t> {
    texts: [Option<&'t str>; 3],
    before: Rating,
    after: Option<Rating>,
}

/// The severe modes, the others by falling risk priority number; or what is missing.
pub(super) fn tables(chapter: &Chapter<'_>) -> (Vec<Table>, Vec<Check>) {
    let kind = TableKind::Fmea;
    let (records, rows) = chapter.rows(kind);
    let Some(records) = records else { return (Vec::new(), vec![missing("risk", kind, None)]) };
    let mut modes: Vec<Mode<'_>> = rows.iter().filter_map(|&row| read(records, row)).collect();
    if modes.is_empty() {
        return (Vec::new(), vec![no_rows("risk", kind)]);
    }
    modes.sort_by(|a, b| {
        b.before.priority().cmp(&a.before.priority()).then_with(|| a.texts.cmp(&b.texts))
    });
    let (severe, others): (Vec<_>, Vec<_>) =
        modes.into_iter().partition(|mode| mode.before.is_severe());
    let tables = [("risk_severe", severe), ("risk", others)];
    let of = |(what, modes): (&str, Vec<Mode<'_>>)| {
        let rows = modes.iter().map(row).collect();
        (!modes.is_empty()).then(|| table(chapter, what, columns(), rows))
    };
    (tables.into_iter().filter_map(of).collect(), Vec::new())
}

fn read(records: &Records, row: usize) -> Option<Mode<'_>> {
    let rating = |cols: [Col; 3]| {
        let [severity, occurrence, detection] =
            cols.map(|col| records.count(col, row).and_then(|n| u32::try_from(n).ok()));
        let rating = Rating { severity: severity?, occurrence: occurrence?, detection: detection? };
        rating.check().is_ok().then_some(rating)
    };
    let texts = [Col::FailureMode, Col::Effect, Col::Action].map(|col| records.text(col, row));
    Some(Mode {
        texts,
        before: rating([Col::Severity, Col::Occurrence, Col::Detection])?,
        after: rating([Col::SeverityAfter, Col::OccurrenceAfter, Col::DetectionAfter]),
    })
}

fn columns() -> Vec<crate::report::Column> {
    let texts = ["mode", "effect", "action"].map(|id| column(id, Format::Text));
    let counts = [
        "severity",
        "occurrence",
        "detection",
        "rpn",
        "severity_after",
        "occurrence_after",
        "detection_after",
        "rpn_after",
    ];
    let counts = counts.map(|id| column(id, Format::Count));
    let state = column("reading", Format::Text);
    texts.into_iter().chain(counts).chain([state]).collect()
}

fn row(mode: &Mode<'_>) -> Row {
    let count = |n: u32| Value::from(i64::from(n));
    let product = |suffix: &str| {
        let own = |what: &str| Expr::own(&format!("{what}{suffix}"));
        own("severity") * own("occurrence") * own("detection")
    };
    let ratings = |rating: Option<Rating>, suffix: &str| -> Vec<Cell> {
        let part = |of: fn(&Rating) -> u32| Cell::from(rating.as_ref().map(|r| count(of(r))));
        let parts = [part(|r| r.severity), part(|r| r.occurrence), part(|r| r.detection)];
        let rpn = Cell::from(rating.map(|r| count(r.priority()))).by(product(suffix));
        parts.into_iter().chain([rpn]).collect()
    };
    let mut cells: Vec<Cell> =
        mode.texts.iter().map(|text| Cell::from(text.map(Value::from))).collect();
    cells.extend(ratings(Some(mode.before), ""));
    cells.extend(ratings(mode.after, "_after"));
    let reading = match mode.after {
        None => "dmaic.reading.not_rated",
        Some(after) if after.priority() < mode.before.priority() => "dmaic.reading.lower",
        Some(_) => "dmaic.reading.same",
    };
    cells.push(Value::from(Message::new(reading)).into());
    let emphasis = match mode.after {
        None if mode.before.is_severe() => Some(Emphasis::Bad),
        _ => None,
    };
    Row { cells, emphasis }
}
