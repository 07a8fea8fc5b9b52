//! Regression, survival, measurement systems and designed experiments.

mod agreement;
mod correlation;
mod design;
mod gage;
mod logistic;
mod regression;
mod survival;

use serde_json::{Value, json};

use super::Procedure;
use crate::stats::Unestimable;

pub(super) const PROCEDURES: &[Procedure] = &[
    Procedure::new("agreement.attribute", agreement::attribute),
    Procedure::new("agreement.cohen", agreement::cohen),
    Procedure::new("agreement.fleiss", agreement::fleiss),
    Procedure::new("agreement.kendall_w", agreement::kendall_w),
    Procedure::new("correlation", correlation::correlation),
    Procedure::new("doe.factorial_2k", design::factorial_2k),
    Procedure::new("doe.taguchi_sn", design::taguchi_sn),
    Procedure::new("gage.linearity", gage::linearity),
    Procedure::new("gage.type1", gage::type1),
    Procedure::new("gage_rr.crossed", gage::crossed),
    Procedure::new("gage_rr.nested", gage::nested),
    Procedure::new("regression.linear", regression::linear),
    Procedure::new("regression.inference", regression::inference),
    Procedure::new("regression.logistic", logistic::logistic),
    Procedure::new("survival.kaplan_meier", survival::kaplan_meier),
];

/// Every figure of a refused problem is unknown; the reason stands beside them.
fn refused(figures: &[&str], reason: &Unestimable) -> Value {
    let mut answer: serde_json::Map<String, Value> =
        figures.iter().map(|figure| ((*figure).to_owned(), Value::Null)).collect();
    answer.insert("note".to_owned(), json!(reason.to_string()));
    Value::Object(answer)
}
