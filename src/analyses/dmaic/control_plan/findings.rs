//! What the checks say: a plan nobody follows holds no gain.

use super::compute::Computed;
use super::section::{named, share};
use crate::report::{Finding, Grade};

/// Share of checks done by their day from which a plan is followed.
const FOLLOWED: f64 = 0.9;

/// The findings, the gravest first.
pub(super) fn findings(data: &Computed) -> Vec<Finding> {
    let mut out: Vec<Finding> = [overdue(data), late(data)].into_iter().flatten().collect();
    if out.is_empty() {
        let good = Finding::new("control_plan", "followed", Grade::Good).about("checks_on_time");
        out.push(good.arg("due", data.all.due).arg("on_time", data.all.on_time));
    }
    out
}

fn overdue(data: &Computed) -> Option<Finding> {
    let open = data.overdue();
    let &(first, days) = open.first()?;
    let finding = Finding::new("control_plan", "overdue", Grade::Watch).about("checks_overdue");
    Some(
        finding
            .arg("checks", open.len())
            .arg("characteristic", first.characteristic.as_str())
            .arg("owner", named(first.owner.as_deref()))
            .arg("days", i64::from(days)),
    )
}

/// Most checks are made, but the share made in time lies below 90 % beyond chance.
fn late(data: &Computed) -> Option<Finding> {
    let bounds = crate::stats::interval::wilson(data.all.on_time, data.all.due, data.level)?;
    let finding = Finding::new("control_plan", "late", Grade::Watch).about("checks_on_time");
    (bounds.high < FOLLOWED).then(|| {
        let value = share(data.all.on_time, data.all.due);
        let finding = finding.arg("due", data.all.due).arg("late", data.all.late);
        match value {
            Some(value) => finding.arg("share", value),
            None => finding,
        }
    })
}
