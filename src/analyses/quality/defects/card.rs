//! The report card: of every headline figure, what to know before trusting it.

use super::board::Board;
use super::compute::Computed;
use super::figures::Exact;
use super::findings::{drift, label};
use super::measurement::Measured;
use crate::analyses::CountChart;
use crate::dataset::{OpportunityBasis, QualityMetric};
use crate::report::{Check, CheckState, Message, Value, Variation};
use crate::stats::control_chart::dispersion::Spread;
use crate::units::Month;

/// Fewer defects in the month than this leave a wide interval.
const FEW_DEFECTS: u64 = 10;
/// Kappa of good and of poor agreement (AIAG, Measurement Systems Analysis, 4th edition).
const GOOD_KAPPA: f64 = 0.75;
const POOR_KAPPA: f64 = 0.40;

/// The lines, figure by figure.
pub(super) fn checks(
    data: &Computed,
    board: &Board<'_>,
    measured: Option<&Measured>,
) -> Vec<Check> {
    let chart = |metric| board.chart(metric, None);
    let (dpmo, yields) = (chart(QualityMetric::Dpmo), chart(QualityMetric::FirstTimeYield));
    let mut checks = vec![
        of("dpmo", enough(data)),
        of("dpmo", stable(dpmo)),
        of("dpmo", opportunities(data)),
        of("dpmo", independent(dpmo)),
        of("dpmo", measurement(measured)),
        of("fty", counted(data)),
        of("fty", stable(yields)),
        of("fty", measurement(measured)),
    ];
    if data.cube.steps.len() > 1 {
        checks.extend([of("rty", thinnest(data)), of("rty", steps(data))]);
    }
    checks.extend(records(data));
    checks
}

fn of(metric: &str, check: Check) -> Check {
    let label = Message::new("defects.check.of")
        .arg("figure", Message::new(format!("metric.{metric}.name")))
        .arg("check", check.label);
    Check { label, ..check }
}

fn check(label: &str, state: CheckState, detail: Message) -> Check {
    Check { label: Message::new(format!("defects.check.{label}")), state, detail }
}

fn plain(label: &str, state: CheckState, detail: &str) -> Check {
    check(label, state, Message::new(format!("defects.check.{detail}")))
}

fn enough(data: &Computed) -> Check {
    let counts = data.month(data.focus).counts;
    let (state, key) = match (data.complete, counts.defects) {
        (false, _) => (CheckState::Warn, "enough_partial"),
        (_, n) if n < FEW_DEFECTS => (CheckState::Warn, "enough_few"),
        _ => (CheckState::Pass, "enough_yes"),
    };
    let detail = Message::new(format!("defects.check.{key}"))
        .arg("units", counts.units)
        .arg("defects", counts.defects)
        .arg("month", Month::from_number(data.focus));
    check("enough", state, detail)
}

fn stable(chart: Option<&CountChart>) -> Check {
    let (state, detail) = match chart.map_or(Variation::Unknown, CountChart::variation) {
        Variation::Common => (CheckState::Pass, "stable_yes"),
        Variation::Improving => (CheckState::Warn, "stable_improving"),
        Variation::Concerning => (CheckState::Warn, "stable_concerning"),
        Variation::Unknown => (CheckState::NotComputable, "stable_unknown"),
    };
    plain("stable", state, detail)
}

/// What an opportunity is, and whether there are as many a unit as before.
fn opportunities(data: &Computed) -> Check {
    let total = data.cube.total(|_| true);
    if let Some(moved) = drift(data) {
        let number = |x: f64| Value::Number { value: x, decimals: 2 };
        let detail = Message::new("defects.check.opportunities_moved")
            .arg("step", label(&data.cube.steps, moved.step))
            .arg("before", number(moved.before))
            .arg("after", number(moved.now));
        return check("opportunities", CheckState::Fail, detail);
    }
    let (state, detail) = match (data.exact, total.opportunities == total.units, data.basis) {
        (Exact::Rate, ..) => (CheckState::Warn, "opportunities_exceeded"),
        (_, true, _) => (CheckState::Warn, "opportunities_one"),
        (.., OpportunityBasis::PerUnit) => (CheckState::Pass, "opportunities_per_unit"),
        (.., OpportunityBasis::PerRow) => (CheckState::Pass, "opportunities_per_row"),
    };
    plain("opportunities", state, detail)
}

/// Whether counts vary as independent events would.
fn independent(chart: Option<&CountChart>) -> Check {
    let fitted = chart.and_then(CountChart::stage);
    let Some((spread, dispersion)) = fitted.and_then(|s| Some((s.spread(), s.dispersion?))) else {
        return plain("independent", CheckState::NotComputable, "independent_unknown");
    };
    let (state, key) = match spread {
        Spread::AsChance => (CheckState::Pass, "independent_yes"),
        Spread::More => (CheckState::Warn, "independent_more"),
        Spread::Less => (CheckState::Warn, "independent_less"),
    };
    let detail = Message::new(format!("defects.check.{key}"))
        .arg("ratio", Value::Number { value: dispersion.ratio, decimals: 2 });
    check("independent", state, detail)
}

fn measurement(measured: Option<&Measured>) -> Check {
    let Some(measured) = measured else {
        return plain("measurement", CheckState::NotComputable, "measurement_none");
    };
    let (state, key) = match measured.kappa {
        None => (CheckState::NotComputable, "measurement_uneven"),
        Some(kappa) if kappa >= GOOD_KAPPA => (CheckState::Pass, "measurement_good"),
        Some(kappa) if kappa < POOR_KAPPA => (CheckState::Fail, "measurement_poor"),
        Some(_) => (CheckState::Warn, "measurement_fair"),
    };
    let unnamed = || Message::new("defects.unnamed").into();
    let detail = Message::new(format!("defects.check.{key}"))
        .arg("study", measured.study.clone().map_or_else(unnamed, Value::Text))
        .arg("judges", measured.operators)
        .arg("units", measured.parts);
    let kappa = measured.kappa.and_then(|kappa| Value::number(kappa, 2));
    check("measurement", state, kappa.into_iter().fold(detail, |m, kappa| m.arg("kappa", kappa)))
}

fn counted(data: &Computed) -> Check {
    let counts = data.month(data.focus).counts;
    if data.judged() {
        let detail = Message::new("defects.check.yields_counted").arg("units", counts.judged);
        return check("yields", CheckState::Pass, detail);
    }
    plain("yields", CheckState::Warn, "yields_inferred")
}

/// The step whose yield rests on the fewest units.
fn thinnest(data: &Computed) -> Check {
    let units = |step| data.in_month(data.focus, |p| p.step == step).counts.units;
    let steps = (0..data.cube.steps.len()).map(|step| (units(step), step));
    let Some((units, step)) = steps.filter(|(units, _)| *units > 0).min() else {
        return plain("enough", CheckState::NotComputable, "thinnest_none");
    };
    let detail = Message::new("defects.check.thinnest")
        .arg("step", label(&data.cube.steps, step))
        .arg("units", units);
    check("enough", if units < 50 { CheckState::Warn } else { CheckState::Pass }, detail)
}

fn steps(data: &Computed) -> Check {
    let steps = data.step_yields(data.focus).len();
    let detail = Message::new("defects.check.product").arg("steps", steps);
    check("independent", CheckState::Warn, detail)
}

/// Caveats of the records themselves.
fn records(data: &Computed) -> Vec<Check> {
    let mut checks = Vec::new();
    if data.cube.silent > 0 {
        let detail = Message::new("defects.check.silent_rows").arg("rows", data.cube.silent);
        checks.push(check("silent", CheckState::Warn, detail));
    }
    for col in &data.cube.dropped {
        let detail = Message::new("defects.check.dropped_column").arg("column", col.name());
        checks.push(check("dropped", CheckState::Warn, detail));
    }
    checks
}
