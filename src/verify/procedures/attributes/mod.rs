//! Attribute charts, rules, run charts, funnel limits, Pareto, FMEA and flow.

mod charts;
mod comparison;
mod flow;
mod patterns;
mod time;

use super::Procedure;

pub(super) const PROCEDURES: &[Procedure] = &[
    Procedure::new("control_chart.p", charts::p),
    Procedure::new("control_chart.np", charts::np),
    Procedure::new("control_chart.c", charts::c),
    Procedure::new("control_chart.u", charts::u),
    Procedure::new("edge.p", charts::edge_p),
    Procedure::new("edge.u", charts::edge_u),
    Procedure::new("control_chart.rules", patterns::rules),
    Procedure::new("run_chart.anhoej", patterns::run_chart),
    Procedure::new("run_chart.anhoej_limits", patterns::run_limits),
    Procedure::new("comparison.funnel", comparison::funnel),
    Procedure::new("pareto", comparison::pareto),
    Procedure::new("fmea.rpn", comparison::risk_priorities),
    Procedure::new("lean.basic", flow::basic),
    Procedure::new("lean.event_log", flow::event_log),
];
