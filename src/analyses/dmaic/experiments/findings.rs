//! What the experiments say.

use super::compute::{Computed, Experiment, Factor};
use super::section::{best, named};
use crate::report::{Finding, Grade, Value};
use crate::stats::design::factorial::Effect;

/// The findings, the gravest first.
pub(super) fn findings(data: &Computed) -> Vec<Finding> {
    let of = |experiment| [effects(experiment), settings(experiment)];
    let mut out: Vec<Finding> = data.experiments.iter().flat_map(of).flatten().collect();
    out.sort_by_key(|finding| finding.grade);
    out
}

fn finding(name: &str, grade: Grade, experiment: &Experiment) -> Finding {
    let finding = Finding::new("experiments", name, grade).about("active_effects");
    finding.arg("experiment", named(experiment.name.as_deref()))
}

fn effects(experiment: &Experiment) -> Option<Finding> {
    let found = experiment.effects.as_ref().ok()?;
    let mut active = experiment.active();
    active.sort_by(|a, b| b.effect.abs().total_cmp(&a.effect.abs()));
    let n: usize = experiment.runs.iter().map(|run| run.responses.len()).sum();
    let count = |finding: Finding| finding.arg("effects", found.effects.len()).arg("n", n);
    let Some(first) = active.first() else {
        return Some(count(finding("none", Grade::Watch, experiment)));
    };
    let label = |effect: &&Effect| experiment.label(&effect.factors);
    let names: Vec<String> = active.iter().map(label).collect();
    let size = Value::number(first.effect, 3)?;
    Some(
        count(finding("active", Grade::Good, experiment))
            .arg("active", active.len())
            .arg("names", names.join(", "))
            .arg("first", label(first))
            .arg("size", size),
    )
}

/// The levels with the best signal-to-noise ratio, where an objective says which way is better.
fn settings(experiment: &Experiment) -> Option<Finding> {
    experiment.aim?;
    let pick = |factor: &Factor| Some(format!("{} = {}", factor.name, best(factor)?.label));
    let levels: Option<Vec<String>> = experiment.factors.iter().map(pick).collect();
    Some(finding("robust", Grade::Good, experiment).arg("levels", levels?.join(", ")))
}
