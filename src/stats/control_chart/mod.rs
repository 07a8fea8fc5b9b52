//! Control charts: limits, rules, phases, dispersion, run charts, change points, run lengths.

pub mod attribute_chart;
pub mod change_point;
pub mod constants;
pub mod cusum;
pub mod dispersion;
pub mod ewma;
pub mod hotelling;
pub mod individuals;
pub mod limits;
pub mod mean_shift;
pub mod phases;
pub mod rare_events;
pub mod rules;
pub mod run_chart;
pub mod run_length;
pub mod stability;
pub mod staged;
pub mod subgroups;
