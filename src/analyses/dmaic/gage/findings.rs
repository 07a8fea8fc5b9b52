//! What the studies say of the measuring.

use super::compute::{Computed, Found, Study, Verdict};
use super::section::{named, verdict_key};
use crate::report::{Finding, Grade, Message};

/// The findings, the gravest first.
pub(super) fn findings(data: &Computed) -> Vec<Finding> {
    let mut out: Vec<Finding> = data.studies.iter().map(judged).collect();
    out.sort_by_key(|finding| finding.grade);
    out
}

fn judged(study: &Study) -> Finding {
    let (name, grade) = match study.verdict() {
        Ok(Verdict::Good) => ("good", Grade::Good),
        Ok(Verdict::Marginal) => ("marginal", Grade::Watch),
        Ok(Verdict::Bad) => ("bad", Grade::Watch),
        Err(_) => ("unknown", Grade::Watch),
    };
    let metric = match study.found {
        Found::Variable(_) => "gage_rr",
        Found::Attribute(_) => "gage_agreement",
    };
    let why: Message = verdict_key(study);
    Finding::new("gage", name, grade)
        .about(metric)
        .arg("study", named(study.name.as_deref()))
        .arg("characteristic", named(study.characteristic.as_deref()))
        .arg("why", why)
}
