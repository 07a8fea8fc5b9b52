//! The analyses: one folder each, gathered in wings. Each says *what* to show, never *how*.

pub mod analysis;
mod charting;
pub mod customers;
pub mod dmaic;
pub mod lean;
pub mod quality;
#[cfg(test)]
mod recalc;
pub mod sales;
pub mod service;

pub use analysis::{Analysis, Ask, Need, WordFiles};
pub use charting::{Charting, Charts, CountChart, Counts};

/// Every analysis, in the order of the wings.
pub fn all() -> impl Iterator<Item = &'static dyn Analysis> {
    let wings = [
        quality::ANALYSES,
        dmaic::ANALYSES,
        lean::ANALYSES,
        service::ANALYSES,
        sales::ANALYSES,
        customers::ANALYSES,
    ];
    wings.into_iter().flatten().copied()
}

/// The analysis of that id.
#[must_use]
pub fn find(id: &str) -> Option<&'static dyn Analysis> {
    all().find(|analysis| analysis.id() == id)
}
