//! Gates: comparisons that make a run fail after its reports were written.

use crate::report::Report;
use crate::settings::Gate;

/// The gates that fail, each with the value that failed it; a metric that no report holds, or
/// that could not be estimated, fails too: a gate that cannot be checked is not passed.
pub(super) fn failed<'a>(gates: &'a [Gate], reports: &[Report]) -> Vec<(&'a Gate, Option<f64>)> {
    let mut out = Vec::new();
    for gate in gates {
        let mut seen = false;
        for value in values(gate, reports) {
            seen = true;
            if gate.fails(value) {
                out.push((gate, Some(value)));
            }
        }
        if !seen {
            out.push((gate, None));
        }
    }
    out.dedup();
    out
}

fn values<'a>(gate: &'a Gate, reports: &'a [Report]) -> impl Iterator<Item = f64> + 'a {
    let metrics = reports.iter().flat_map(|r| &r.sections).flat_map(|s| &s.outcome.metrics);
    metrics.filter(|m| m.id == gate.metric).filter_map(|m| m.value.as_ref()?.as_f64())
}
