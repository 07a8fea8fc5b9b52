//! What rests on a convention, and what cannot be computed for want of a table or column.

use super::super::compute::{Computed, NoTakt, Takt, Work};
use crate::report::{Check, CheckState, Message, Value};

/// The last part of the word key of what counts as work that adds value.
pub(super) const fn work_key(work: Work) -> &'static str {
    match work {
        Work::ValueAdded => "value_added",
        Work::Processing => "processing",
    }
}

/// The checklist.
pub(super) fn checks(flow: &Computed) -> Vec<Check> {
    vec![efficiency(flow), takt(flow), promise(flow)]
}

fn check(name: &str, state: CheckState, why: &str) -> Check {
    Check {
        label: Message::new(format!("flow.check.{name}.label")),
        state,
        detail: Message::new(format!("flow.check.{name}.{why}")),
    }
}

fn efficiency(flow: &Computed) -> Check {
    match (&flow.works, flow.efficiency) {
        (None, _) => check("efficiency", CheckState::NotComputable, "no_ends"),
        (_, Some((Work::ValueAdded, _))) => check("efficiency", CheckState::Pass, "value_added"),
        (_, Some((Work::Processing, _))) => check("efficiency", CheckState::Warn, "processing"),
        (_, None) => check("efficiency", CheckState::NotComputable, "no_time"),
    }
}

fn takt(flow: &Computed) -> Check {
    match &flow.takt {
        Err(NoTakt::NoHours) => check("takt", CheckState::NotComputable, "no_hours"),
        Err(NoTakt::NoDemand) => check("takt", CheckState::NotComputable, "no_demand"),
        Ok(takt) => made_of(takt),
    }
}

fn made_of(takt: &Takt) -> Check {
    let hours = Value::Number { value: takt.hours, decimals: 0 };
    let demand = Value::Number { value: takt.demand, decimals: 0 };
    let from = |key: &str| Message::new(format!("flow.from.{key}"));
    let mut out = check("takt", CheckState::Pass, "made_of");
    out.detail = out
        .detail
        .arg("hours", hours)
        .arg("hours_from", from(takt.hours_from.key()))
        .arg("demand", demand)
        .arg("demand_from", from(takt.demand_from.key()));
    out
}

fn promise(flow: &Computed) -> Check {
    let Some(hours) = flow.promise else {
        return check("promise", CheckState::NotComputable, "no_promise");
    };
    let mut out = check("promise", CheckState::Pass, "promised");
    out.detail = out.detail.arg("hours", Value::Number { value: hours, decimals: 1 });
    out
}
