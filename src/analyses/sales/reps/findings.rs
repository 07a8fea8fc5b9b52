//! What the comparison says.

use super::compute::{Difference, Rep, Team, Verdict};
use crate::analyses::analysis::Ask;
use crate::report::{Finding, Grade, Message, Value};
use crate::stats::comparison::homogeneity::Homogeneity;
use crate::units::Money;

/// Its findings.
pub(super) fn findings(team: &Team, ask: &Ask) -> Vec<Finding> {
    match &team.verdict {
        Verdict::TooFew => Vec::new(),
        Verdict::Even(test) => vec![even(team, test)],
        Verdict::Uneven(_) => {
            let mut out: Vec<Finding> =
                team.reps.iter().filter_map(|rep| different(team, rep, ask)).collect();
            out.sort_by_key(|finding| finding.grade);
            out
        }
    }
}

fn even(team: &Team, test: &Homogeneity) -> Finding {
    let compared = team.reps.iter().filter(|rep| rep.compared).count();
    Finding {
        id: "reps.homogeneous".to_owned(),
        grade: Grade::Good,
        metric: Some("rep_homogeneity".to_owned()),
        message: Message::new("reps.finding.homogeneous.message")
            .arg("reps", compared)
            .arg("p", probability(test.p_value)),
        advice: Message::new("reps.finding.homogeneous.advice"),
        money: None,
        p_value: Some(test.p_value),
    }
}

fn different(team: &Team, rep: &Rep, ask: &Ask) -> Option<Finding> {
    let found = rep.difference.filter(|found| found.differs)?;
    let (won, closed) = (rep.counts.won, rep.counts.closed());
    let rate = Value::ratio(won, closed)?;
    let better = rate.as_f64()? > found.rest;
    let (id, grade) = match better {
        true => ("better", Grade::Good),
        false if found.p < ask.act_alpha => ("worse", Grade::Act),
        false => ("worse", Grade::Watch),
    };
    Some(Finding {
        id: format!("reps.{id}"),
        grade,
        metric: Some("win_rate".to_owned()),
        message: Message::new(format!("reps.finding.{id}.message"))
            .arg("rep", rep.name.as_str())
            .arg("rate", rate)
            .arg("pooled", Value::Share(found.rest))
            .arg("n", Value::count(closed))
            .arg("p", probability(found.p)),
        advice: Message::new(format!("reps.finding.{id}.advice")).arg("rep", rep.name.as_str()),
        money: if better { None } else { missed(team, rep, found) },
        p_value: Some(found.p),
    })
}

/// Worth of the deals that would have been won at the rate of the rest.
#[expect(clippy::cast_precision_loss, reason = "counts stay far below 2^53")]
fn missed(team: &Team, rep: &Rep, found: Difference) -> Option<Money> {
    let deals = found.rest * rep.counts.closed() as f64 - rep.counts.won as f64;
    Money::from_units(deals * team.deal_value()?)
}

/// A p-value with three decimals, or the words for one too small to be told.
pub(super) fn probability(p: f64) -> Value {
    if p < 0.001 {
        return Value::from(Message::new("reps.tiny"));
    }
    Value::Number { value: p, decimals: 3 }
}
