//! What the prediction says: whether the design will keep its limits, and what drives its spread.

use super::compute::{Computed, Design};
use super::section::{named, project};
use crate::report::{Finding, Grade, Value};

/// The findings, the gravest first.
pub(super) fn findings(data: &Computed) -> Vec<Finding> {
    let mut out: Vec<Finding> =
        data.designs.iter().filter_map(|design| judged(data, design)).collect();
    out.sort_by_key(|finding| finding.grade);
    out
}

fn judged(data: &Computed, design: &Design) -> Option<Finding> {
    let found = design.prediction.as_ref().ok()?.simulated;
    let (driver, share) = design.driver()?;
    let beyond = |share: f64| Value::number((1.0 - share) * 1e6, 0);
    let short = found.bounds.high < data.params.target_yield;
    let (name, grade) = if short { ("short", Grade::Watch) } else { ("keeps", Grade::Good) };
    Some(
        Finding::new("tolerances", name, grade)
            .about("predicted_yield")
            .arg("project", project(design.stack.project.as_deref()))
            .arg("result", named(design.stack.characteristic.as_deref()))
            .arg("dpmo", beyond(found.value)?)
            .arg("low", beyond(found.bounds.high)?)
            .arg("high", beyond(found.bounds.low)?)
            .arg("allowed", beyond(data.params.target_yield)?)
            .arg("driver", driver.name.as_str())
            .arg("share", Value::share(share)?),
    )
}
