//! The report card of a characteristic: what its figures may be trusted for, and what to do.

use super::compute::Ctq;
use super::gage::Gage;
use crate::report::{Check, CheckState, Message, Value};
use crate::stats::capability::nonnormal::choice::Model;
use crate::stats::control_chart::stability::Stability;

/// Values from which a capability index is known to a tenth or so (Bissell's interval at 1.33).
const GOOD: usize = 100;
/// Values below which it is hardly known.
const FEW: usize = 50;

/// The card.
pub(super) fn checks(ctq: &Ctq) -> Vec<Check> {
    vec![enough(ctq), stable(ctq), independent(ctq), fits(ctq), verified(ctq), specified(ctq)]
}

fn check(name: &str, state: CheckState, detail: Message) -> Check {
    Check { label: Message::new(format!("capability.check.{name}")), state, detail }
}

fn detail(key: &str) -> Message {
    Message::new(format!("capability.check.{key}"))
}

fn enough(ctq: &Ctq) -> Check {
    let (state, key) = match ctq.values.len() {
        n if n >= GOOD => (CheckState::Pass, "enough_yes"),
        n if n >= FEW => (CheckState::Warn, "enough_some"),
        _ => (CheckState::Fail, "enough_no"),
    };
    check("enough", state, detail(key).arg("n", ctq.values.len()))
}

fn stable(ctq: &Ctq) -> Check {
    let (state, key) = match (ctq.charted.stability, ctq.charted.trial) {
        (Stability::Quiet, false) => (CheckState::Pass, "stable_yes"),
        (Stability::Quiet, true) => (CheckState::Pass, "stable_trial"),
        (Stability::AsChance, _) => (CheckState::Warn, "stable_chance"),
        (Stability::Unstable, _) => (CheckState::Fail, "stable_no"),
    };
    let signals = ctq.charted.signals(ctq.charted.current().start);
    let detail = detail(key)
        .arg("signals", signals)
        .arg("points", ctq.charted.current().len())
        .arg("expected", Value::Number { value: ctq.charted.expected, decimals: 1 });
    check("stable", state, detail)
}

fn independent(ctq: &Ctq) -> Check {
    let (state, text) = match ctq.follows {
        None => (CheckState::Pass, detail("independent_yes")),
        Some(r) => {
            let r = Value::Number { value: r, decimals: 2 };
            (CheckState::Warn, detail("independent_no").arg("r", r))
        }
    };
    check("independent", state, text)
}

fn fits(ctq: &Ctq) -> Check {
    let Some(ability) = &ctq.ability else {
        let key =
            if ctq.values.len() < super::ability::ENOUGH { "fits_few" } else { "fits_unasked" };
        return check("fits", CheckState::NotComputable, detail(key));
    };
    let (state, text) = match ability.model() {
        None => (CheckState::NotComputable, detail("fits_few")),
        Some(_) if !ability.skewed() => (CheckState::Pass, detail("fits_normal")),
        Some(Model::Percentiles) => (CheckState::Warn, detail("fits_none")),
        Some(model) => {
            let text = detail("fits_other").arg("model", super::indices::model(model));
            (CheckState::Warn, text)
        }
    };
    check("fits", state, text)
}

fn verified(ctq: &Ctq) -> Check {
    let (state, text) = match ctq.gage {
        Gage::Absent => (CheckState::NotComputable, detail("verified_absent")),
        Gage::Unclear => (CheckState::NotComputable, detail("verified_unclear")),
        Gage::Studied(percent) => {
            let (state, key) = match percent {
                p if p <= 10.0 => (CheckState::Pass, "verified_yes"),
                p if p <= 30.0 => (CheckState::Warn, "verified_some"),
                _ => (CheckState::Fail, "verified_no"),
            };
            (state, detail(key).arg("share", Value::Share(percent / 100.0)))
        }
    };
    check("verified", state, text)
}

fn specified(ctq: &Ctq) -> Check {
    let limits = ctq.series.limits;
    let (state, key) = match (limits.lsl.or(limits.usl), &ctq.ability) {
        (None, _) => (CheckState::NotComputable, "specified_absent"),
        (Some(_), Some(_)) if limits.changed => (CheckState::Warn, "specified_changed"),
        (Some(_), Some(_)) => (CheckState::Pass, "specified_yes"),
        (Some(_), None) => (CheckState::Fail, "specified_unusable"),
    };
    check("specified", state, detail(key))
}
