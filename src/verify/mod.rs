//! Reference cases: recorded inputs with certified or published figures, run against the
//! statistics and compared figure by figure.
//!
//! A case says what must come out and how closely; a procedure knows how to compute it from the
//! inputs alone. A case no procedure covers is named, never skipped.

mod bar;
mod case;
mod compare;
mod outcome;
pub(crate) mod procedures;

pub use bar::Bar;
pub use case::{Case, CaseError, Refusal, load, shipped};
pub use compare::{Figure, Verdict};
pub use outcome::{Outcome, Status, Summary, check, summary};
