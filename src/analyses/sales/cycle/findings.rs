//! What the cycle says.

use super::compute::{Cycle, LateStart};
use crate::report::{Finding, Grade, Message, Value};

/// Its findings.
pub(super) fn findings(cycle: &Cycle) -> Vec<Finding> {
    cycle.late_start.as_ref().map(left_truncated).into_iter().collect()
}

fn left_truncated(late: &LateStart) -> Finding {
    Finding {
        id: "cycle.left_truncated".to_owned(),
        grade: Grade::Watch,
        metric: Some("sales_cycle_median".to_owned()),
        message: Message::new("cycle.finding.left_truncated.message")
            .arg("created", late.first_created)
            .arg("closed", late.first_closed)
            .arg("deals", Value::count(late.early)),
        advice: Message::new("cycle.finding.left_truncated.advice")
            .arg("closed", late.first_closed),
        money: None,
        p_value: None,
    }
}
