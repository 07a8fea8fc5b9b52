//! Control charts: limits, rules, phases, dispersion, run charts and change points.

pub mod attribute_chart;
pub mod change_point;
pub mod constants;
pub mod dispersion;
pub mod phases;
pub mod rules;
pub mod run_chart;
pub mod subgroups;
