//! Variables charts, rare events and run lengths.

mod individuals;
mod multivariate;
mod rare_events;
mod run_length;
mod smoothed;
mod subgroups;

use serde_json::{Value, json};

use super::{Answer, Procedure};
use crate::stats::Unestimable;
use crate::stats::control_chart::limits::Limits;
use crate::verify::case::Refusal;

pub(super) const PROCEDURES: &[Procedure] = &[
    Procedure::new("control_chart.constants", subgroups::constants),
    Procedure::new("control_chart.xbar_r_s", subgroups::charts),
    Procedure::new("control_chart.i_mr", individuals::chart),
    Procedure::new("edge.i_mr", individuals::edge),
    Procedure::new("edge.small_n", individuals::small),
    Procedure::new("control_chart.ewma", smoothed::ewma),
    Procedure::new("control_chart.cusum", smoothed::cusum),
    Procedure::new("control_chart.g", rare_events::g_chart),
    Procedure::new("control_chart.t", rare_events::t_chart),
    Procedure::new("control_chart.hotelling_t2", multivariate::chart),
    Procedure::new("control_chart.arl", run_length::designs),
];

/// Width of charts in sigma where a case states none.
const THREE_SIGMA: f64 = 3.0;

/// Points as the cases count them: from 1.
fn numbered(points: &[usize]) -> Vec<usize> {
    points.iter().map(|i| i + 1).collect()
}

/// Limits under the names of the cases, with the points beyond them.
fn limits(limits: Limits, beyond: &[usize]) -> Value {
    let Limits { center, lcl, ucl } = limits;
    json!({ "center": center, "ucl": ucl, "lcl": lcl, "beyond_limits": numbered(beyond) })
}

fn refused(reason: &Unestimable) -> Refusal {
    Refusal::Inputs(reason.to_string())
}

/// The number that follows `before` in a definition given in words.
fn number_after(text: &str, before: &str) -> Option<f64> {
    let rest = text.split_once(before)?.1.trim_start();
    let end = rest.find(|c: char| !c.is_ascii_digit() && c != '.').unwrap_or(rest.len());
    rest[..end].trim_end_matches('.').parse().ok()
}

#[cfg(test)]
mod tests {
    use super::number_after;

    #[test]
    fn numbers_are_found_in_definitions() {
        assert_eq!(number_after("quantiles at pnorm(-2.5), 1-pnorm(-2.5)", "pnorm(-"), Some(2.5));
        assert_eq!(number_after("mean +/- 3*sqrt(m)", "+/-"), Some(3.0));
        assert_eq!(number_after("mean", "+/-"), None);
    }
}
