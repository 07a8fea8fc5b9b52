//! What the charts say. A run rule alone never asks for action: it asks for a look.

use super::compute::Computed;
use super::section::period;
use crate::report::{Finding, Grade, Message, Value};

/// The findings.
pub(super) fn findings(data: &Computed) -> Vec<Finding> {
    let mut out = vec![overall(data)];
    out.extend(overdispersed(data));
    out.sort_by_key(|finding| finding.grade);
    out
}

fn finding(name: &str, grade: Grade, message: Message) -> Finding {
    Finding {
        id: format!("control.{name}"),
        grade,
        metric: Some("control_signals".to_owned()),
        message,
        advice: Message::new(format!("control.finding.{name}.advice")),
        money: None,
        p_value: None,
    }
}

fn overall(data: &Computed) -> Finding {
    let (new, all) = data.signals();
    let (name, grade) = match (new, all) {
        (_, 0) => ("stable", Grade::Good),
        _ => ("signal", Grade::Watch),
    };
    let message = Message::new(format!("control.finding.{name}.message"))
        .arg("charts", data.charts.len())
        .arg("new", new)
        .arg("signals", all)
        .arg("period", period(data.cube.grain, data.newest()))
        .arg("expected", Value::Number { value: data.expected_false(), decimals: 1 });
    finding(name, grade, message)
}

fn overdispersed(data: &Computed) -> Option<Finding> {
    let wide = data.charts.first().filter(|chart| chart.is_laney())?;
    let ratio = wide.dispersion.map_or(1.0, |d| d.ratio);
    let message = Message::new("control.finding.overdispersed.message")
        .arg("ratio", Value::Number { value: ratio, decimals: 1 })
        .arg("factor", Value::Number { value: wide.chart.factor, decimals: 2 });
    Some(finding("overdispersed", Grade::Watch, message))
}
