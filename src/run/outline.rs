//! A report's outline: its analyses run, its headline made, its provenance stated.

use std::collections::BTreeMap;
use std::sync::Arc;

use sha2::{Digest as _, Sha256};

use super::headline;
use crate::analyses::{self, Ask, Charting, analysis};
use crate::dataset::Dataset;
use crate::intake::Read;
use crate::records::Issue;
use crate::report::{
    Constant, Layout, Message, Outcome, Provenance, Report, SCHEMA, Section, Skipped,
};
use crate::settings::{self, AnalysisPlan, Checked, ReadSettings, ReportPlan};

/// Outcomes by analysis, parameters and charts: what two reports share is computed once.
type Outcomes = BTreeMap<(String, String, String), Result<Arc<Outcome>, Skipped>>;

/// The reports of a run.
pub(super) fn reports(
    checked: &Checked,
    read: &Read,
    issues: &[Issue],
    data: &Dataset,
) -> Vec<Report> {
    let mut outcomes = Outcomes::new();
    for report in &checked.plans {
        for plan in &report.analyses {
            let run = || run_one(report, plan, checked, data).map(Arc::new);
            outcomes.entry(key(report, plan)).or_insert_with(run);
        }
    }
    let provenance = provenance(checked, read);
    let base = |plan: &ReportPlan| Report {
        schema: SCHEMA.to_owned(),
        id: plan.id.clone(),
        layout: layout(plan.layout),
        period: data.period,
        as_of: data.as_of,
        currency: checked.currency.clone(),
        headline: Vec::new(),
        sections: Vec::new(),
        skipped: Vec::new(),
        constants: constants(checked),
        account: read.account.clone(),
        issues: issues.to_vec(),
        provenance: provenance.clone(),
    };
    checked.plans.iter().map(|plan| fill(base(plan), plan, &outcomes)).collect()
}

fn fill(mut report: Report, plan: &ReportPlan, outcomes: &Outcomes) -> Report {
    for analysis in &plan.analyses {
        match outcomes.get(&key(plan, analysis)) {
            Some(Ok(outcome)) => report
                .sections
                .push(Section { analysis: analysis.id.clone(), outcome: outcome.clone() }),
            Some(Err(skipped)) => report.skipped.push(skipped.clone()),
            None => {}
        }
    }
    report.headline = headline::blocks(&report.sections, report.layout);
    report
}

fn key(report: &ReportPlan, plan: &AnalysisPlan) -> (String, String, String) {
    (plan.id.clone(), plan.params.to_string(), report.charting().to_string())
}

fn run_one(
    report: &ReportPlan,
    plan: &AnalysisPlan,
    checked: &Checked,
    data: &Dataset,
) -> Result<Outcome, Skipped> {
    let skipped = |key: &str, reason: &str| Skipped {
        analysis: plan.id.clone(),
        missing: Vec::new(),
        reason: Some(Message::new(key).arg("reason", reason).arg("analysis", plan.id.as_str())),
    };
    let unfit = |reason: String| skipped("run.bad_params", &reason);
    let ask = ask(report, plan, checked).map_err(unfit)?;
    let analysis = analyses::find(&plan.id).ok_or_else(|| skipped("run.no_such_analysis", ""))?;
    analysis.check(&ask).map_err(unfit)?;
    analysis::run(analysis, data, &ask)
}

fn ask(report: &ReportPlan, plan: &AnalysisPlan, checked: &Checked) -> Result<Ask, String> {
    let charting: Charting =
        serde_json::from_value(report.charting()).map_err(|e| e.to_string())?;
    charting.check()?;
    Ok(Ask {
        params: plan.params.clone(),
        charting,
        confidence: checked.confidence,
        sigma_shift: checked.sigma_shift,
        ..Ask::default()
    })
}

fn constants(checked: &Checked) -> Vec<Constant> {
    let constant = |name: &str, value| Constant { name: name.to_owned(), value };
    vec![constant("confidence", checked.confidence), constant("sigma_shift", checked.sigma_shift)]
}

/// What the report was made from.
pub(super) fn provenance(checked: &Checked, read: &Read) -> Provenance {
    Provenance {
        version: env!("CARGO_PKG_VERSION").to_owned(),
        settings: hex(&Sha256::digest(checked.fingerprint())),
        reading: reading(&checked.read),
        inputs: read.inputs.clone(),
    }
}

/// The settings of reading by dotted name, as `limits.rows`.
fn reading(settings: &ReadSettings) -> BTreeMap<String, String> {
    let mut out = BTreeMap::new();
    flatten("", &serde_json::to_value(settings).unwrap_or_default(), &mut out);
    out
}

fn flatten(name: &str, value: &serde_json::Value, out: &mut BTreeMap<String, String>) {
    match value {
        serde_json::Value::Object(fields) => {
            let dotted = |field: &str| match name {
                "" => field.to_owned(),
                name => format!("{name}.{field}"),
            };
            fields.iter().for_each(|(field, value)| flatten(&dotted(field), value, out));
        }
        // What is not set is read by default.
        serde_json::Value::Null => drop(out.insert(name.to_owned(), "default".to_owned())),
        serde_json::Value::String(text) => drop(out.insert(name.to_owned(), text.clone())),
        other => drop(out.insert(name.to_owned(), other.to_string())),
    }
}

/// Bytes as lower-case hexadecimal digits.
pub(super) fn hex(bytes: &[u8]) -> String {
    use std::fmt::Write as _;
    bytes.iter().fold(String::new(), |mut out, byte| {
        let _ = write!(out, "{byte:02x}");
        out
    })
}

const fn layout(layout: settings::Layout) -> Layout {
    match layout {
        settings::Layout::Full => Layout::Full,
        settings::Layout::Summary => Layout::Summary,
    }
}
