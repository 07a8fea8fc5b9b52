//! What the figures say.

use std::collections::BTreeMap;

use super::compute::Computed;
use super::figures::double;
use super::scan::{Scope, Shift};
use crate::dataset::DefectCounts;
use crate::report::{Finding, Grade, Message, Value};
use crate::stats::control_chart::change_point::{MIN_BEFORE, Way};
use crate::units::Month;

/// Opportunities per unit that moved by more than this share are worth a warning.
const OPPORTUNITY_DRIFT: f64 = 0.1;
/// Months against which opportunities per unit are compared.
const OPPORTUNITY_MONTHS: i32 = 12;

/// The findings, the gravest first.
pub(super) fn findings(data: &Computed, shifts: &[Shift]) -> Vec<Finding> {
    let mut out: Vec<Finding> = shifts.iter().map(|shift| shifted(data, shift)).collect();
    out.extend(drift(data).map(|drift| drifted(data, &drift)));
    let enough = data.focus - data.first >= i32::try_from(MIN_BEFORE).unwrap_or(0);
    if shifts.is_empty() && data.complete && enough {
        out.push(stable(data));
    }
    out.sort_by_key(|finding| finding.grade);
    out
}

fn shifted(data: &Computed, shift: &Shift) -> Finding {
    let (name, grade) = match shift.way {
        Way::Rise => ("rise", Grade::Act),
        Way::Fall => ("fall", Grade::Good),
    };
    let key = format!("defects.finding.{name}.{}", wording(shift));
    let money = shift.money.filter(|_| shift.way == Way::Rise);
    Finding {
        id: format!("defects.{name}"),
        grade,
        metric: Some("dpmo".to_owned()),
        message: placed(data, shift, Message::new(key)),
        advice: placed(data, shift, Message::new(format!("defects.finding.{name}.advice"))),
        money,
        p_value: Some(shift.p),
    }
}

/// A rate that came from, or went to, nothing has no ratio to speak of.
fn wording(shift: &Shift) -> String {
    let scope = match shift.scope {
        Scope::All => "all",
        Scope::Step(_) => "step",
        Scope::Team(_) => "team",
        Scope::Cell(..) => "cell",
    };
    let bounded = shift.ratio.is_finite() && shift.ratio_bounds.high.is_finite();
    if bounded { scope.to_owned() } else { format!("{scope}_new") }
}

/// What the sentence names: where, since when, and how much.
fn placed(data: &Computed, shift: &Shift, message: Message) -> Message {
    let dpmo = |rate: f64| Value::number(rate * 1e6, 0);
    let ratio = |x: f64| Value::number(x, 2);
    let before = if shift.ratio > 0.0 { shift.after / shift.ratio } else { f64::NAN };
    let figures = [
        ("after", dpmo(shift.after)),
        ("before", dpmo(before)),
        ("excess", Value::number(shift.excess.abs(), 0)),
        ("ratio", ratio(shift.ratio)),
        ("ratio_low", ratio(shift.ratio_bounds.low)),
        ("ratio_high", ratio(shift.ratio_bounds.high)),
    ];
    let mut message = message.arg("month", Month::from_number(shift.month));
    if let Scope::Step(s) | Scope::Cell(s, _) = shift.scope {
        message = message.arg("step", label(&data.cube.steps, s));
    }
    if let Scope::Team(t) | Scope::Cell(_, t) = shift.scope {
        message = message.arg("team", label(&data.cube.teams, t));
    }
    for (name, value) in figures {
        if let Some(value) = value {
            message = message.arg(name, value);
        }
    }
    message
}

/// The name at an index, or the words for records that name none.
pub(super) fn label(names: &[Option<String>], index: usize) -> Value {
    match names.get(index) {
        Some(Some(name)) => Value::Text(name.clone()),
        _ => Message::new("defects.unnamed").into(),
    }
}

fn stable(data: &Computed) -> Finding {
    let months = usize::try_from(data.focus - data.first + 1).unwrap_or(0);
    let total = data.figures(|place| place.period <= data.focus).counts;
    Finding {
        id: "defects.stable".to_owned(),
        grade: Grade::Good,
        metric: Some("dpmo".to_owned()),
        message: Message::new("defects.finding.stable.message")
            .arg("months", months)
            .arg("units", total.units)
            .arg("defects", total.defects),
        advice: Message::new("defects.finding.stable.advice"),
        money: None,
        p_value: None,
    }
}

/// Opportunities per unit that moved.
pub(super) struct Drift {
    /// The step.
    pub(super) step: usize,
    /// Before.
    pub(super) before: f64,
    /// In the focus month.
    pub(super) now: f64,
}

/// The first step and category whose opportunities per unit moved: more opportunities a unit make
/// every figure per opportunity look better.
pub(super) fn drift(data: &Computed) -> Option<Drift> {
    let mut sums = BTreeMap::<(usize, usize), [DefectCounts; 2]>::new();
    for (place, counts) in &data.cube.lines {
        let age = data.focus - place.period;
        if (0..=OPPORTUNITY_MONTHS).contains(&age) {
            let [before, now] = sums.entry((place.step, place.category)).or_default();
            if age == 0 { now.add(counts) } else { before.add(counts) }
        }
    }
    let per_unit = |counts: DefectCounts| {
        let units = double(counts.units);
        (units > 0.0).then(|| double(counts.opportunities) / units)
    };
    let moved = |((step, _), sums): ((usize, usize), [DefectCounts; 2])| {
        let [before, now] = sums.map(per_unit);
        let (before, now) = before.filter(|&before| before > 0.0).zip(now)?;
        ((now / before - 1.0).abs() > OPPORTUNITY_DRIFT).then_some(Drift { step, before, now })
    };
    sums.into_iter().find_map(moved)
}

fn drifted(data: &Computed, drift: &Drift) -> Finding {
    let number = |x: f64| Value::Number { value: x, decimals: 2 };
    Finding {
        id: "defects.opportunities".to_owned(),
        grade: Grade::Watch,
        metric: Some("dpmo".to_owned()),
        message: Message::new("defects.finding.opportunities.message")
            .arg("step", label(&data.cube.steps, drift.step))
            .arg("month", Month::from_number(data.focus))
            .arg("before", number(drift.before))
            .arg("after", number(drift.now)),
        advice: Message::new("defects.finding.opportunities.advice"),
        money: None,
        p_value: None,
    }
}
