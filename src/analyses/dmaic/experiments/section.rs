//! The section of the page.

use super::charts;
use super::compute::{Computed, Experiment, Factor, Lack, Level};
use super::tables;
use crate::report::{Block, Check, CheckState, Message, Metric, Table, Value};

/// A name, or the words for none.
pub(super) fn named(name: Option<&str>) -> Value {
    name.map_or_else(|| Message::new("experiments.unnamed").into(), Value::from)
}

/// The level of a factor with the best signal-to-noise ratio.
pub(super) fn best(factor: &Factor) -> Option<&Level> {
    let known = factor.levels.iter().filter(|level| level.ratio.is_some());
    known.max_by(|a, b| a.ratio.unwrap_or(0.0).total_cmp(&b.ratio.unwrap_or(0.0)))
}

/// The headline figure.
pub(super) fn metrics(data: &Computed) -> Vec<Metric> {
    let known = data.experiments.iter().filter(|e| e.effects.is_ok());
    let active: usize = known.clone().map(|e| e.active().len()).sum();
    let value = known.clone().next().map(|_| Value::from(active));
    let runs = known.flat_map(|e| &e.runs).map(|run| run.responses.len() as u64).sum();
    vec![Metric::new("experiments", "active_effects", value, runs, data.period)]
}

/// The blocks, in order.
pub(super) fn blocks(data: &Computed, metrics: &[Metric]) -> Vec<Block> {
    let mut blocks = vec![Block::Cards(metrics.to_vec())];
    for (index, experiment) in data.experiments.iter().enumerate() {
        let heading = Message::new("experiments.heading")
            .arg("project", named(experiment.project.as_deref()))
            .arg("experiment", named(experiment.name.as_deref()));
        blocks.push(Block::Heading(heading));
        blocks.push(Block::Checklist(checks(experiment)));
        let panels = charts::effects(index, experiment);
        if !panels.is_empty() {
            blocks.push(Block::Panels(panels));
        }
        blocks.push(Block::Chart(Box::new(charts::main_effects(index, experiment))));
        blocks.extend(tables::effects(index, experiment).map(Block::Table));
        blocks.push(Block::Table(tables::levels(index, experiment)));
    }
    blocks
}

/// The runs of each experiment, for the formulas of its effects.
pub(super) fn data(data: &Computed) -> Vec<Table> {
    data.experiments.iter().enumerate().map(|(index, e)| tables::runs(index, e)).collect()
}

/// What to know before trusting the effects.
fn checks(experiment: &Experiment) -> Vec<Check> {
    let check = |label: &str, state: CheckState, detail: Message| Check {
        label: Message::new(format!("experiments.check.{label}")),
        state,
        detail,
    };
    let say = |key: &str| Message::new(format!("experiments.check.{key}"));
    let responses: usize = experiment.runs.iter().map(|run| run.responses.len()).sum();
    let (state, key) = match (experiment.balanced, experiment.left_out) {
        (true, 0) => (CheckState::Pass, "runs_whole"),
        (true, _) => (CheckState::Warn, "runs_left_out"),
        (false, _) => (CheckState::Warn, "runs_unbalanced"),
    };
    let runs = say(key)
        .arg("runs", experiment.runs.len())
        .arg("factors", experiment.factors.len())
        .arg("responses", responses)
        .arg("left_out", experiment.left_out);
    let mut checks = vec![check("runs", state, runs)];
    checks.push(match &experiment.effects {
        Err(Lack::Levels) => check("effects", CheckState::NotComputable, say("effects_levels")),
        Err(Lack::Design) => check("effects", CheckState::NotComputable, say("effects_design")),
        Ok(found) if found.df_error > 0 => {
            let detail = say("effects_replicates").arg("df", found.df_error);
            check("effects", CheckState::Pass, detail)
        }
        Ok(_) if experiment.lenth.is_some() => {
            check("effects", CheckState::Warn, say("effects_lenth"))
        }
        Ok(_) => check("effects", CheckState::Warn, say("effects_untested")),
    });
    if experiment.aim.is_none() {
        let detail = say("aim_missing").arg("column", crate::records::Col::Objective.name());
        checks.push(check("aim", CheckState::NotComputable, detail));
    }
    checks
}
