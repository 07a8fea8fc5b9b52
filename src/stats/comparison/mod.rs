//! Comparing people, teams and branches fairly.

pub mod funnel_limits;
pub mod homogeneity;
pub mod shrink;
