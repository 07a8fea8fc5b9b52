//! Whether two variables go together: Pearson's r, Spearman's ρ and Kendall's τ-b.

pub mod kendall;
pub mod pearson;
pub mod ranks;
pub mod spearman;

use crate::stats::{Unestimable, squarable};

/// Checks that `x` and `y` are pairs of finite numbers, `needed` of them at least.
fn pairs(x: &[f64], y: &[f64], needed: usize) -> Result<usize, Unestimable> {
    if x.len() != y.len() {
        return Err(Unestimable::Outside("the two variables differ in length"));
    }
    squarable(x.iter().chain(y))?;
    if x.len() < needed {
        return Err(Unestimable::TooFew { needed, got: x.len() });
    }
    Ok(x.len())
}

#[cfg(test)]
mod tests;
