//! What the win rate says.

use super::compute::{Basis, Rates};
use crate::report::{Finding, Grade, Message, Value};

/// Its findings.
pub(super) fn findings(rates: &Rates) -> Vec<Finding> {
    rates.lost_zero.then(|| lost_value_zero(rates)).into_iter().collect()
}

/// A value win rate computed from these values would be near 100 %.
fn lost_value_zero(rates: &Rates) -> Finding {
    let worthless = rates.window.lost - rates.window.lost_valued;
    let key = if rates.basis == Basis::ListPrice { "listed" } else { "refused" };
    let message = Message::new(format!("win_rate.finding.lost_value_zero.{key}"));
    Finding {
        id: "win_rate.lost_value_zero".to_owned(),
        grade: Grade::Watch,
        metric: Some("win_rate_value".to_owned()),
        message: message
            .arg("worthless", Value::count(worthless))
            .arg("lost", Value::count(rates.window.lost)),
        advice: Message::new("win_rate.finding.lost_value_zero.advice"),
        money: None,
        p_value: None,
    }
}
