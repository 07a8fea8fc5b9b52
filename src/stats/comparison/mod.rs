//! Comparing people, teams and branches fairly.

pub mod before_after;
pub mod funnel;
pub mod funnel_limits;
pub mod homogeneity;
pub mod mix;
pub mod shrink;
