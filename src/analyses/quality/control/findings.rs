//! What the charts say. A run rule alone never asks for action: it asks for a look.

use super::compute::Computed;
use super::section::{period, scope};
use crate::analyses::CountChart;
use crate::report::{Finding, Grade, Message, Value};
use crate::stats::control_chart::dispersion::Spread;

/// The findings.
pub(super) fn findings(data: &Computed) -> Vec<Finding> {
    let mut out = vec![overall(data)];
    out.extend(data.spread(Spread::More).map(|chart| spread(data, chart, "overdispersed")));
    out.extend(data.spread(Spread::Less).map(|chart| spread(data, chart, "underdispersed")));
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

fn spread(data: &Computed, chart: &CountChart, name: &str) -> Finding {
    let stage = chart.stage();
    let ratio = stage.and_then(|s| s.dispersion).map_or(1.0, |d| d.ratio);
    let factor = stage.map_or(1.0, |s| s.chart.factor);
    let message = Message::new(format!("control.finding.{name}.message"))
        .arg("scope", scope(data, chart))
        .arg("ratio", Value::Number { value: ratio, decimals: 2 })
        .arg("factor", Value::Number { value: factor, decimals: 2 });
    finding(name, Grade::Watch, message)
}
