//! `truth.json`: what is planted, and which cells are broken on purpose.

use serde::Serialize;
use serde_json::{Value, json};

use super::company::Company;
use super::plan::{
    AS_OF, Effect, Intervention, Planted, RESPONSE, STALL_FACTOR, STALL_FROM, WIN_RATE,
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
    args: Value,
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
    let shown = |id, finding, args| Truth { id, finding: Some(finding), visible: true, args };
    let hidden = |id, args| Truth { id, finding: None, visible: false, args };
    vec![
        shown("defect_rise", "defects.rise", rise(company, plan)),
        hidden("project_good", project(company, "P001", plan.good)),
        hidden("project_failed", project(company, "P002", plan.failed)),
        shown("rep_better", "reps.better", rep(company, plan.better.rep, plan.better.win_rate)),
        shown("rep_worse", "reps.worse", rep(company, plan.worse.rep, plan.worse.win_rate)),
        shown("stalled_stage", "funnel.stalled", stage(company, plan)),
        shown("loss_group", "whale.loss_group", loss(company, plan)),
        hidden("campaign_effect", effect(plan.effect)),
        hidden("duplicates", json!({"pairs": company.duplicate_pairs()})),
        hidden("unvisited_key_accounts", json!({"customers": company.unvisited_ids()})),
    ]
}

fn rise(company: &Company, plan: &Planted) -> Value {
    json!({
        "step": company.step(plan.rise.step),
        "team": company.team(plan.rise.team),
        "month": plan.rise.month.to_string(),
        "factor": plan.rise.factor,
    })
}

fn project(company: &Company, id: &str, project: Intervention) -> Value {
    json!({
        "project": id,
        "step": company.step(project.step),
        "intervention": project.day.to_string(),
        "factor": project.factor,
    })
}

fn rep(company: &Company, rep: usize, win_rate: f64) -> Value {
    json!({"rep": company.rep(rep), "win_rate": win_rate, "others": WIN_RATE})
}

fn stage(company: &Company, plan: &Planted) -> Value {
    let name = company.names.open_stages.get(plan.stalled);
    json!({"stage": name, "since": STALL_FROM.to_string(), "factor": STALL_FACTOR})
}

fn loss(company: &Company, plan: &Planted) -> Value {
    json!({"segment": company.names.segments.get(plan.loss).map(|segment| &segment.name)})
}

fn effect(effect: Effect) -> Value {
    json!({
        "campaign": super::marketing::campaign_id(effect.campaign),
        "treated": effect.treated,
        "control": RESPONSE,
        "increment": cents(effect.treated - RESPONSE),
    })
}
