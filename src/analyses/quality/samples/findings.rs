//! What the charts say. A run rule alone never asks for action: it asks for a look.

use super::compute::{Charted, Computed};
use super::section::{name, point, rule_message};
use crate::report::{Finding, Grade, Message, Value};
use crate::stats::control_chart::dispersion::Spread;

/// The findings, those to watch first.
pub(super) fn findings(data: &Computed) -> Vec<Finding> {
    let mut out: Vec<Finding> = data.charts.iter().filter_map(signal).collect();
    out.extend(data.charts.iter().filter_map(spread));
    if data.signals() == 0 {
        let message = Message::new("samples.finding.stable.message")
            .arg("charts", data.charts.len())
            .arg("expected", Value::Number { value: data.expected(), decimals: 1 });
        out.push(finding("stable", Grade::Good, message));
    }
    out
}

fn finding(id: &str, grade: Grade, message: Message) -> Finding {
    Finding {
        id: format!("samples.{id}"),
        grade,
        metric: Some("sample_signals".to_owned()),
        message,
        advice: Message::new(format!("samples.finding.{id}.advice")),
        money: None,
        p_value: None,
    }
}

fn signal(chart: &Charted) -> Option<Finding> {
    let (at, rule) = chart.last_signal()?;
    let message = Message::new("samples.finding.signal.message")
        .arg("what", name(chart))
        .arg("signals", chart.signals())
        .arg("points", chart.dots.len())
        .arg("when", point(chart, at))
        .arg("rule", rule_message(rule))
        .arg("expected", Value::Number { value: chart.expected, decimals: 1 });
    Some(finding("signal", Grade::Watch, message))
}

/// Counts that vary more than chance, or less.
fn spread(chart: &Charted) -> Option<Finding> {
    let super::fit::Fit::Counts(fitted, Some(test)) = chart.fit else { return None };
    let id = match chart.fit.spread()? {
        Spread::AsChance => return None,
        Spread::More => "overdispersed",
        Spread::Less => "underdispersed",
    };
    let message = Message::new(format!("samples.finding.{id}.message"))
        .arg("what", name(chart))
        .arg("ratio", Value::Number { value: test.ratio, decimals: 2 })
        .arg("factor", Value::Number { value: fitted.factor, decimals: 2 });
    Some(finding(id, Grade::Watch, message))
}
