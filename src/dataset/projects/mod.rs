//! Improvement projects: who they are, how far they have come, and what their records say before
//! and after they intervened.

mod book;
mod sipoc;
mod trial;

pub use book::{Approach, Phase, Project, ProjectBook};
pub use sipoc::SipocElement;
pub use trial::{Scope, Trial, TrialCounts, Untreated, whole_months};
