//! What the funnel says.

use super::compute::{Funnel, TimeInStage};
use crate::analyses::analysis::Ask;
use crate::report::{Finding, Grade, Message, Value};

/// Above this p-value a slower stage is not worth a sentence.
const WORTH_A_SENTENCE: f64 = 0.05;

/// Its findings: stages in which deals stand longer than they used to.
pub(super) fn findings(funnel: &Funnel, ask: &Ask) -> Vec<Finding> {
    let mut out: Vec<Finding> = funnel.times.iter().filter_map(|time| slower(time, ask)).collect();
    out.sort_by_key(|finding| finding.grade);
    out
}

fn slower(time: &TimeInStage, ask: &Ask) -> Option<Finding> {
    let lately = time.lately.filter(|l| l.slower && l.p < WORTH_A_SENTENCE && time.open > 0)?;
    let act = lately.p < ask.act_alpha;
    Some(Finding {
        id: "funnel.stalled".to_owned(),
        grade: if act { Grade::Act } else { Grade::Watch },
        metric: Some("time_in_stage".to_owned()),
        message: Message::new("funnel.finding.stalled.message")
            .arg("stage", time.name.value())
            .arg("before", median(lately.before))
            .arg("after", median(lately.after))
            .arg("open", Value::count(time.open))
            .arg("p", probability(lately.p)),
        advice: Message::new("funnel.finding.stalled.advice"),
        money: time.worth,
        p_value: Some(lately.p),
    })
}

/// A p-value with three decimals, or the words for one too small to be told.
fn probability(p: f64) -> Value {
    if p < 0.001 {
        return Value::from(Message::new("funnel.tiny"));
    }
    Value::Number { value: p, decimals: 3 }
}

/// The days, or the words for a median that is not reached.
fn median(days: Option<f64>) -> Value {
    let unknown = || Value::from(Message::new("funnel.not_reached"));
    days.and_then(Value::days).unwrap_or_else(unknown)
}
