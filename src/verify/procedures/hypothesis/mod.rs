//! Hypothesis tests.

mod counts;
mod groups;
mod means;
mod ranks;

use serde::Deserialize;
use serde_json::{Value, json};

use super::{Allowances, Procedure};
use crate::stats::Bounds;
use crate::stats::hypothesis::Alternative;
use crate::stats::hypothesis::equal_variance::ChiSquareTest;
use crate::verify::Bar;

/// P-values of the studentized range, for which the cases ask 1e-6 in words.
const RANGE: Allowances = &[("p_adj", Bar::within(1e-6)), ("p", Bar::within(1e-6))];

pub(super) const PROCEDURES: &[Procedure] = &[
    Procedure::new("anova.one_way", groups::one_way),
    Procedure { name: "test.k_groups", run: groups::k_groups, allow: RANGE },
    Procedure::new("test.contingency", counts::contingency),
    Procedure::new("test.proportions", counts::proportions),
    Procedure::new("test.multiple_comparisons", counts::multiple_comparisons),
    Procedure::new("test.mann_whitney", ranks::mann_whitney),
    Procedure::new("test.wilcoxon_signed_rank", ranks::signed_rank),
    Procedure::new("test.t_one", means::one),
    Procedure::new("test.t_paired", means::paired),
    Procedure::new("test.t_pooled", means::pooled),
    Procedure::new("test.t_welch", means::welch),
];

/// What most tests are asked.
#[derive(Deserialize)]
struct Asked {
    #[serde(default)]
    alternative: Side,
    #[serde(default = "usual_level")]
    conf_level: f64,
    #[serde(default)]
    mu: f64,
}

fn usual_level() -> f64 {
    0.95
}

/// The alternative, however it is spelled.
#[derive(Clone, Copy, Default, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Side {
    #[default]
    #[serde(alias = "two.sided", alias = "two-sided")]
    TwoSided,
    Less,
    Greater,
}

impl From<Side> for Alternative {
    fn from(side: Side) -> Self {
        match side {
            Side::TwoSided => Self::TwoSided,
            Side::Less => Self::Less,
            Side::Greater => Self::Greater,
        }
    }
}

fn ends(bounds: Bounds) -> [f64; 2] {
    [bounds.low, bounds.high]
}

/// A chi-square test, its statistic under `name`.
fn chi_square<E>(name: &str, test: Result<ChiSquareTest, E>) -> Value {
    test.map_or(Value::Null, |t| json!({ name: t.statistic, "df": t.df, "p_value": t.p_value }))
}
