//! Flow, causes and risks: what happens to cases on their way, what goes wrong most, and what must
//! not go wrong at all.

pub mod capacity;
pub mod event_log;
pub mod pareto;
pub mod risk;
