//! Where defects are more than elsewhere. Steps differ by nature and pairs are told by their
//! change; a team, a category or a shift that has more than its work leads to expect calls for
//! action where no single step of it explains that.

use super::compute::{Compared, Computed};
use super::scan::Dim;
use super::section::name;
use crate::report::{Finding, Grade, Message, Value};
use crate::units::{Money, Month};

/// Findings at most: the strongest.
const MOST: usize = 6;

/// The findings, the gravest first.
pub(super) fn findings(data: &Computed, act_alpha: f64) -> Vec<Finding> {
    let mut found: Vec<(Dim, &Compared)> = data.different().collect();
    found.sort_by(|a, b| a.1.p.total_cmp(&b.1.p).then(a.0.cmp(&b.0)));
    let graded = |&(dim, compared): &(Dim, &Compared)| {
        let act = matches!(dim, Dim::Team | Dim::Category | Dim::Shift)
            && compared.p < act_alpha
            && !is_explained(data, dim, compared);
        different(data, dim, compared, act)
    };
    let beside_steps = found.iter().filter(|(dim, _)| *dim != Dim::Step);
    let mut out: Vec<Finding> = beside_steps.take(MOST).map(graded).collect();
    out.extend(dearest_step(data));
    if out.is_empty() {
        out.push(even(data));
    }
    out.sort_by_key(|finding| finding.grade);
    out
}

/// Steps differ by nature: of those with more defects than the others, the one whose excess costs
/// or, without costs, counts the most.
fn dearest_step(data: &Computed) -> Option<Finding> {
    let steps = data.different().filter(|(dim, c)| *dim == Dim::Step && c.excess > 0.0);
    let worth = |c: &Compared| (c.group.cost(c.excess).map(Money::raw), c.excess);
    let (dim, step) = steps.max_by(|a, b| {
        let (a, b) = (worth(a.1), worth(b.1));
        a.0.cmp(&b.0).then(a.1.total_cmp(&b.1))
    })?;
    Some(different(data, dim, step, false))
}

/// Whether one step of a team, different itself, makes the team so.
fn is_explained(data: &Computed, dim: Dim, compared: &Compared) -> bool {
    let (team, excess) = (compared.group.at.0, compared.excess);
    let inside = |(d, pair): (Dim, &Compared)| {
        d == Dim::Cell && pair.group.at.1 == team && pair.excess * excess > 0.0
    };
    dim == Dim::Team && data.different().any(inside)
}

fn different(data: &Computed, dim: Dim, compared: &Compared, act: bool) -> Finding {
    let (id, grade) = match (compared.ratio > 1.0, act) {
        _ if dim == Dim::Step => ("step", Grade::Watch),
        (false, _) => ("less", Grade::Good),
        (true, true) => ("more", Grade::Act),
        (true, false) => ("more", Grade::Watch),
    };
    let number =
        |x: f64| Value::number(x, 2).unwrap_or_else(|| Message::new("strata.unbounded").into());
    let (from, to) = data.span;
    let message = Message::new(format!("strata.finding.{id}.message"))
        .arg("group", name(data, dim, &compared.group))
        .arg("dim", Message::new(format!("strata.dim.{}", dim.key())))
        .arg("from", Month::from_number(from))
        .arg("to", Month::from_number(to))
        .arg("ratio", number(compared.ratio))
        .arg("low", number(compared.bounds.low))
        .arg("high", number(compared.bounds.high))
        .arg("excess", Value::number(compared.excess.abs(), 0).unwrap_or(Value::Count(0)));
    Finding {
        id: format!("strata.{id}"),
        grade,
        metric: Some("uneven_dimensions".to_owned()),
        message,
        advice: Message::new(format!("strata.finding.{id}.advice")),
        money: compared.group.cost(compared.excess).filter(|_| compared.ratio > 1.0),
        p_value: Some(compared.p),
    }
}

fn even(data: &Computed) -> Finding {
    Finding {
        id: "strata.even".to_owned(),
        grade: Grade::Good,
        metric: Some("uneven_dimensions".to_owned()),
        message: Message::new("strata.finding.even.message").arg("n", data.tests.len()),
        advice: Message::new("strata.finding.even.advice"),
        money: None,
        p_value: None,
    }
}
