//! Control charts: limits, rules, dispersion and change points.

pub mod attribute_chart;
pub mod change_point;
pub mod constants;
pub mod dispersion;
pub mod rules;
pub mod subgroups;
