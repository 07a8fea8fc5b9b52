//! Typed columns, the period, and integer summaries that merge.
//!
//! Every additive measure is an integer, so a sum is exact and the same for any order of rows
//! and any number of threads.

mod projects;
pub use projects::{
    Approach, Phase, Project, ProjectBook, Scope, SipocElement, Trial, TrialCounts, Untreated,
    whole_months,
};

mod builder;
mod by_deals;
mod calendar;
mod cases;
mod categories;
mod column;
mod deals;
mod fold;
mod keys;
mod quality_costs;
mod quality_targets;
mod stacks;
mod steps;
mod summaries;
mod table;
mod terms;
mod tickets;
mod wastes;
mod words_of_mouth;

pub use builder::{Cell, TableBuilder};
pub use by_deals::{ByDeals, DealCounts, DealKey};
pub use calendar::{span, stands_undated};
pub use cases::{CaseLog, one_row_a_case};
pub use categories::{Categories, MISSING_CODE};
pub use column::Column;
pub use deals::{Deal, DealOutcome, Deals};
pub use fold::{Merge, fold_rows};
pub use keys::{Places, check_keys};
pub use quality_costs::{CostClass, FoundAt};
pub use quality_targets::{QualityMetric, QualityTargets};
pub use stacks::{Part, ToleranceStack, tolerance_stacks};
pub use steps::{DAY_MS, StepCase, StepEvent, StepLog, day_of};
pub use summaries::{
    ByCustomer, Counted, Customer, CustomerBook, CustomerSums, DefectCounts, DefectCube, Grain,
    Kept, OpportunityBasis, Place, by_customer, trailing_months,
};
pub use table::{Dataset, Table};
pub use terms::Family;
pub use tickets::{Clock, End, Ticket, Tickets};
pub use wastes::Waste;
pub use words_of_mouth::{is_complaint, is_referral};
