//! `truth.json`: what is planted, and which cells are broken on purpose.

use serde::Serialize;
use serde_json::{Value, json};

use super::company::Company;
use super::leads::UNVISITED_FROM;
use super::office::project_id;
use super::plan::{
    AS_OF, Effect, Intervention, OddRep, Planted, RESPONSE, REWORK, STALL_FACTOR, STALL_FROM,
    WIN_RATE,
};
use super::rng::cents;
use super::{SampleError, SampleFile};

/// A cell broken on purpose.
#[derive(Clone, Debug, Serialize)]
pub(super) struct BadCell {
    pub(super) file: String,
    pub(super) sheet: String,
    /// As a spreadsheet names it: `B17`, the rows of a text file being its lines.
    pub(super) cell: String,
    pub(super) value: String,
    /// The code of the issue it must raise.
    pub(super) code: &'static str,
}

#[derive(Serialize)]
struct Truth {
    id: &'static str,
    finding: Option<&'static str>,
    visible: bool,
    /// What the finding must name.
    args: Value,
    /// How it was planted.
    detail: Value,
}

#[derive(Serialize)]
struct TruthFile<'a> {
    seed: u64,
    scenario: &'static str,
    as_of: String,
    truths: Vec<Truth>,
    bad_cells: &'a [BadCell],
}

/// The file `truth.json`.
pub(super) fn file(company: &Company, bad_cells: &[BadCell]) -> Result<SampleFile, SampleError> {
    let truth = TruthFile {
        seed: company.seed,
        scenario: company.scenario.name(),
        as_of: AS_OF.to_string(),
        truths: company.planted.as_ref().map(|plan| truths(company, plan)).unwrap_or_default(),
        bad_cells,
    };
    let mut bytes = serde_json::to_vec_pretty(&truth)?;
    bytes.push(b'\n');
    Ok(SampleFile { name: "truth.json".to_owned(), bytes })
}

fn truths(company: &Company, plan: &Planted) -> Vec<Truth> {
    let shown = |id, finding, (args, detail)| Truth {
        id,
        finding: Some(finding),
        visible: true,
        args,
        detail,
    };
    let hidden = |id, (args, detail)| Truth { id, finding: None, visible: false, args, detail };
    let pairs = (json!({"pairs": company.duplicate_pairs()}), json!({}));
    let unvisited = json!({"since": UNVISITED_FROM.to_string()});
    let unvisited = (json!({"customers": company.unvisited_ids()}), unvisited);
    vec![
        shown("defect_rise", "defects.rise", rise(company, plan)),
        shown("project_good", "projects.held", project(company, 0, plan.good)),
        shown("project_failed", "projects.failed", project(company, 1, plan.failed)),
        shown("rep_better", "reps.better", rep(company, plan.better)),
        shown("rep_worse", "reps.worse", rep(company, plan.worse)),
        shown("stalled_stage", "funnel.stalled", stage(company, plan)),
        shown("loss_group", "whale.loss_group", loss(company, plan)),
        hidden("campaign_effect", effect(plan.effect)),
        shown("mean_shift", "capability.shift", mean_shift(company, plan)),
        shown("rework_loop", "variants.team", rework(company, plan)),
        hidden("duplicates", pairs),
        hidden("unvisited_key_accounts", unvisited),
    ]
}

fn rise(company: &Company, plan: &Planted) -> (Value, Value) {
    let args = json!({
        "step": company.step(plan.rise.step),
        "team": company.team(plan.rise.team),
        "month": plan.rise.month.to_string(),
    });
    (args, json!({"factor": plan.rise.factor}))
}

fn project(company: &Company, index: usize, project: Intervention) -> (Value, Value) {
    let args = json!({
        "project": project_id(index),
        "scope": company.step(project.step),
        "month": project.day.month().to_string(),
    });
    (args, json!({"intervention": project.day.to_string(), "factor": project.factor}))
}

fn mean_shift(company: &Company, plan: &Planted) -> (Value, Value) {
    let what = company.names.characteristics.get(plan.shift.characteristic);
    let args = json!({
        "what": what.map(|what| format!("{} · {}", what.name, company.step(what.step))),
        "when": plan.shift.month.to_string(),
    });
    (args, json!({"sigmas": plan.shift.sigmas}))
}

fn rework(company: &Company, plan: &Planted) -> (Value, Value) {
    let detail = json!({"share": plan.rework.share, "others": REWORK});
    (json!({"team": company.team(plan.rework.team)}), detail)
}

fn rep(company: &Company, odd: OddRep) -> (Value, Value) {
    let detail = json!({"win_rate": odd.win_rate, "others": WIN_RATE});
    (json!({"rep": company.rep(odd.rep)}), detail)
}

fn stage(company: &Company, plan: &Planted) -> (Value, Value) {
    let args = json!({"stage": company.names.open_stages.get(plan.stalled)});
    (args, json!({"since": STALL_FROM.to_string(), "factor": STALL_FACTOR}))
}

fn loss(company: &Company, plan: &Planted) -> (Value, Value) {
    let segment = company.names.segments.get(plan.loss);
    (json!({"segment": segment.map(|segment| &segment.name)}), json!({}))
}

fn effect(effect: Effect) -> (Value, Value) {
    let increment = cents(effect.treated - RESPONSE);
    let detail = json!({"treated": effect.treated, "control": RESPONSE, "increment": increment});
    (json!({"campaign": super::marketing::campaign_id(effect.campaign)}), detail)
}
