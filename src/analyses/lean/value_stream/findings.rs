//! What holds the stream up.

use super::compute::Computed;
use crate::report::{Finding, Grade, Message, Value};

/// Its finding: the bottleneck, a place to begin, never an alarm.
pub(super) fn findings(data: &Computed) -> Vec<Finding> {
    bottleneck(data).into_iter().collect()
}

fn bottleneck(data: &Computed) -> Option<Finding> {
    let found = data.bottleneck.as_ref().filter(|_| data.steps.len() > 1)?;
    let step = data.steps.get(found.step)?;
    let busiest = found.busiest.and_then(|at| data.steps.get(at));
    let key = match busiest {
        None => "unknown",
        Some(busiest) if busiest.name == step.name => "same",
        Some(_) => "other",
    };
    let mut message = Message::new(format!("value_stream.finding.bottleneck.{key}"))
        .arg("step", step.name.as_str())
        .arg("share", Value::share(found.share)?)
        .arg("wait", Value::duration(step.wait()?)?);
    if let Some(busiest) = busiest {
        message = message
            .arg("busiest", busiest.name.as_str())
            .arg("load", Value::number(busiest.load?, 2)?);
    }
    Some(Finding {
        id: "value_stream.bottleneck".to_owned(),
        grade: Grade::Watch,
        metric: Some("bottleneck_waiting".to_owned()),
        message,
        advice: Message::new("value_stream.finding.bottleneck.advice")
            .arg("step", step.name.as_str()),
        money: None,
        p_value: found.p,
    })
}
