//! The improvement wing: projects, and what each of their phases shows.

pub mod chapters;
pub mod control_plan;
pub mod ctq_tree;
pub mod experiments;
pub mod fmea;
pub mod gage;
pub mod goals;
pub mod pilot;
pub mod projects;
pub mod pugh;
pub mod qfd;
#[cfg(test)]
mod testing;
pub mod tolerances;

use super::Analysis;

/// The analyses of this wing.
pub const ANALYSES: &[&dyn Analysis] = &[
    &projects::Projects,
    &chapters::Dmaic,
    &ctq_tree::CtqTree,
    &gage::Gage,
    &fmea::Fmea,
    &control_plan::ControlPlan,
    &goals::Goals,
    &qfd::Qfd,
    &pugh::Pugh,
    &tolerances::Tolerances,
    &experiments::Experiments,
    &pilot::Pilot,
];
