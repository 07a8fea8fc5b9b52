//! Hypothesis tests, effect sizes and multiplicity.

mod alternative;
pub mod anova;
pub mod contingency;
pub mod effect_size;
pub mod equal_variance;
pub mod exact;
pub mod fisher;
pub mod fisher_as_printed;
pub mod fisher_table;
pub mod holm;
pub mod kruskal_wallis;
pub mod mann_whitney;
pub mod mood;
pub mod multiplicity;
mod ordered;
pub mod pairwise;
pub mod power;
pub mod proportions;
mod rank_sum;
mod ranks;
mod sample;
pub mod signed_rank;
pub mod t_test;

pub use alternative::Alternative;
