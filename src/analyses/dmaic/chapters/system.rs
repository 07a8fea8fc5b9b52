//! Whether the measurement system behind a project was verified.

use std::collections::BTreeMap;

use super::compute::Chapter;
use super::figures::check;
use crate::dataset::Table;
use crate::records::{Col, TableKind};
use crate::report::{Check, CheckState, Message, Value};
use crate::stats::measurement::agreement::fleiss::fleiss;
use crate::stats::measurement::gage::Reading;
use crate::stats::measurement::gage::components::Terms;
use crate::stats::measurement::gage::crossed::{AIAG_ALPHA, crossed};

/// AIAG: a gage that takes more of the study variation than this is not accepted.
const POOR_GAGE: f64 = 30.0;
/// AIAG: up to this it is good.
const GOOD_GAGE: f64 = 10.0;
/// AIAG: kappa below this is poor agreement.
const POOR_KAPPA: f64 = 0.40;
/// AIAG: from this it is good.
const GOOD_KAPPA: f64 = 0.75;

/// One line a study of the project, or the line that says it was not verified.
pub(super) fn checks(chapter: &Chapter<'_>) -> Vec<Check> {
    let kind = TableKind::GageStudies;
    let (Some(table), rows) = chapter.rows(kind) else {
        return vec![unverified(kind)];
    };
    let mut studies = BTreeMap::<&str, Vec<usize>>::new();
    for row in rows {
        let name = table.text(Col::Study, row).or_else(|| table.text(Col::Characteristic, row));
        studies.entry(name.unwrap_or_default()).or_default().push(row);
    }
    if studies.is_empty() {
        return vec![unverified(kind)];
    }
    studies.iter().map(|(name, rows)| study(table, name, rows)).collect()
}

fn unverified(kind: TableKind) -> Check {
    let table = Message::new(format!("table.{}", kind.name()));
    let detail = Message::new("dmaic.check.system_none").arg("table", table);
    check("system", CheckState::NotComputable, detail)
}

fn study(table: &Table, name: &str, rows: &[usize]) -> Check {
    let found = gage(table, rows).or_else(|| kappa(table, rows));
    let (state, detail) = found.unwrap_or_else(|| {
        (CheckState::NotComputable, Message::new("dmaic.check.system_unbalanced"))
    });
    check("system", state, detail.arg("study", name))
}

/// Numbers of labels in the order of their names.
fn numbered<'t>(table: &'t Table, rows: &[usize], col: Col) -> BTreeMap<&'t str, usize> {
    let mut names: Vec<&str> = rows.iter().filter_map(|&row| table.text(col, row)).collect();
    names.sort_unstable();
    names.dedup();
    names.into_iter().enumerate().map(|(i, name)| (name, i)).collect()
}

/// A crossed study of measured values: the gage's share of the study variation.
fn gage(table: &Table, rows: &[usize]) -> Option<(CheckState, Message)> {
    let parts = numbered(table, rows, Col::Part);
    let operators = numbered(table, rows, Col::Operator);
    let reading = |&row: &usize| {
        Some(Reading {
            part: *parts.get(table.text(Col::Part, row)?)?,
            operator: *operators.get(table.text(Col::Operator, row)?)?,
            value: table.number(Col::Value, row)?,
        })
    };
    let mut readings: Vec<Reading> = rows.iter().filter_map(reading).collect();
    readings.sort_by(|a, b| {
        (a.part, a.operator).cmp(&(b.part, b.operator)).then(a.value.total_cmp(&b.value))
    });
    let study = crossed(&readings).ok()?;
    let components = study.estimate(study.choice(AIAG_ALPHA)).ok()?.components;
    let terms = Terms { tolerance: None, multiplier: 6.0 };
    let share = components.share(components.gage(), terms).ok()?.study_variation;
    let state = match share {
        s if s <= GOOD_GAGE => CheckState::Pass,
        s if s <= POOR_GAGE => CheckState::Warn,
        _ => CheckState::Fail,
    };
    let detail = Message::new("dmaic.check.system_gage")
        .arg("share", Value::share(share / 100.0)?)
        .arg("parts", parts.len())
        .arg("operators", operators.len());
    Some((state, detail))
}

/// A study of ratings: Fleiss' kappa over all ratings of each part.
fn kappa(table: &Table, rows: &[usize]) -> Option<(CheckState, Message)> {
    let parts = numbered(table, rows, Col::Part);
    let ratings = numbered(table, rows, Col::Rating);
    let mut counts = vec![vec![0_u64; ratings.len()]; parts.len()];
    for &row in rows {
        let Some(rating) = table.text(Col::Rating, row) else { continue };
        let place = parts.get(table.text(Col::Part, row)?).zip(ratings.get(rating));
        let slot = place.and_then(|(&part, &rating)| counts.get_mut(part)?.get_mut(rating));
        *slot? += 1;
    }
    let kappa = fleiss(&counts).ok()?.kappa;
    let state = match kappa {
        k if k >= GOOD_KAPPA => CheckState::Pass,
        k if k >= POOR_KAPPA => CheckState::Warn,
        _ => CheckState::Fail,
    };
    let detail = Message::new("dmaic.check.system_kappa")
        .arg("kappa", Value::number(kappa, 2)?)
        .arg("parts", parts.len());
    Some((state, detail))
}
