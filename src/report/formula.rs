//! Formulas more than one analysis writes.

use super::{Expr, Func, Op};

/// part / whole of the same row.
#[must_use]
pub fn ratio(part: &str, whole: &str) -> Expr {
    Expr::own(part) / Expr::own(whole)
}

/// The sum of a column of a table over its rows where each named column equals a value.
#[must_use]
pub fn sumifs(
    table: &str,
    sum: &str,
    criteria: impl IntoIterator<Item = (&'static str, Expr)>,
) -> Expr {
    let pairs = criteria.into_iter().flat_map(|(column, is)| [Expr::whole(table, column), is]);
    Expr::call(Func::Sumifs, std::iter::once(Expr::whole(table, sum)).chain(pairs))
}

/// The lower end of Wilson's interval of the columns `k` of `n` of the same row.
#[must_use]
pub fn wilson_low(k: &str, n: &str, level: f64) -> Expr {
    let at_zero = Expr::op(Op::Eq, Expr::own(k), 0.0.into());
    let end = Expr::call(Func::Max, [0.0.into(), wilson_end(k, n, level, Op::Sub)]);
    Expr::call(Func::If, [at_zero, 0.0.into(), end])
}

/// The upper end of Wilson's interval of the columns `k` of `n` of the same row.
#[must_use]
pub fn wilson_high(k: &str, n: &str, level: f64) -> Expr {
    let at_all = Expr::op(Op::Eq, Expr::own(k), Expr::own(n));
    let end = Expr::call(Func::Min, [1.0.into(), wilson_end(k, n, level, Op::Add)]);
    Expr::call(Func::If, [at_all, 1.0.into(), end])
}

/// The normal quantile of a two-sided interval: `NORM.S.INV(0.975)` at 0.95.
#[must_use]
pub fn two_sided_z(level: f64) -> Expr {
    Expr::call(Func::NormSInv, [(1.0 - (1.0 - level) / 2.0).into()])
}

/// (k + z²/2 ± z √(k (n − k)/n + z²/4)) / (n + z²).
fn wilson_end(k: &str, n: &str, level: f64, sign: Op) -> Expr {
    let (k, n) = (|| Expr::own(k), || Expr::own(n));
    let z2 = || Expr::call(Func::Power, [two_sided_z(level), 2.0.into()]);
    let spread = k() * (n() - k()) / n() + z2() / 4.0.into();
    let half = two_sided_z(level) * Expr::call(Func::Sqrt, [spread]);
    Expr::op(sign, k() + z2() / 2.0.into(), half) / (n() + z2())
}
