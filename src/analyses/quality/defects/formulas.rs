//! How a spreadsheet computes the figures from the counts.

use super::figures::Exact;
use crate::report::{Expr, Func, Op};

/// A condition on the rows of the data sheet.
pub(super) enum Where {
    /// The column equals this row's cell of the same name.
    Own(&'static str),
    /// The month lies between two date serials.
    Months(i32, i32),
}

/// Σ of a measure over the rows of a data sheet that meet every condition.
///
/// SUMPRODUCT and not SUMIFS, since SUMIFS reads `*` and `?` in a label as wildcards.
pub(super) fn sum(sheet: &str, measure: &str, conditions: &[Where]) -> Expr {
    let mut factors = Expr::whole(sheet, measure);
    for condition in conditions.iter().rev() {
        factors = rows(sheet, condition) * factors;
    }
    Expr::call(Func::Sumproduct, [factors])
}

fn rows(sheet: &str, condition: &Where) -> Expr {
    match condition {
        Where::Own(column) => Expr::op(Op::Eq, Expr::whole(sheet, column), Expr::own(column)),
        Where::Months(from, to) => {
            let month = || Expr::whole(sheet, "month");
            let from = Expr::op(Op::Ge, month(), f64::from(*from).into());
            from * Expr::op(Op::Le, month(), f64::from(*to).into())
        }
    }
}

/// The serial number a workbook writes for a month: its first day, 1900 date system.
pub(super) fn serial(month: i32) -> i32 {
    crate::units::Month::from_number(month).first_day().number() + 25_569
}

fn tail() -> Expr {
    (Expr::from(1.0) - Expr::constant("confidence")) / 2.0.into()
}

fn when(test: Expr, then: f64, otherwise: Expr) -> Expr {
    Expr::call(Func::If, [test, then.into(), otherwise])
}

/// Lower end of defects per million opportunities.
pub(super) fn dpmo_low(exact: Exact) -> Expr {
    let (d, n) = (|| Expr::own("defects"), || Expr::own("opportunities"));
    let low = match exact {
        Exact::Proportion => Expr::call(Func::BetaInv, [tail(), d(), n() - d() + 1.0.into()]),
        Exact::Rate => Expr::call(Func::GammaInv, [tail(), d(), 1.0.into()]) / n(),
    };
    when(Expr::op(Op::Eq, d(), 0.0.into()), 0.0, low * 1e6.into())
}

/// Upper end of defects per million opportunities.
pub(super) fn dpmo_high(exact: Exact) -> Expr {
    let (d, n) = (|| Expr::own("defects"), || Expr::own("opportunities"));
    let upper = Expr::from(1.0) - tail();
    match exact {
        Exact::Proportion => {
            let high = Expr::call(Func::BetaInv, [upper, d() + 1.0.into(), n() - d()]);
            when(Expr::op(Op::Ge, d(), n()), 1e6, high * 1e6.into())
        }
        Exact::Rate => {
            Expr::call(Func::GammaInv, [upper, d() + 1.0.into(), 1.0.into()]) / n() * 1e6.into()
        }
    }
}

/// Defects per unit.
pub(super) fn dpu() -> Expr {
    Expr::own("defects") / Expr::own("units")
}

/// Defects per million opportunities.
pub(super) fn dpmo() -> Expr {
    Expr::own("defects") / Expr::own("opportunities") * 1e6.into()
}

/// Long-term Z from a column of defects per million opportunities.
pub(super) fn z_lt(dpmo: &str) -> Expr {
    Expr::from(0.0) - Expr::call(Func::NormSInv, [Expr::own(dpmo) / 1e6.into()])
}

/// Short-term Z: long-term Z plus the shift.
pub(super) fn z_st(dpmo: &str) -> Expr {
    z_lt(dpmo) + Expr::constant("sigma_shift")
}

/// First-time yield from defective units among `judged` units, or inferred from defects per unit.
pub(super) fn fty(judged: Option<Expr>) -> Expr {
    match judged {
        Some(judged) => Expr::from(1.0) - Expr::own("defective") / judged,
        None => Expr::call(Func::Exp, [Expr::from(0.0) - dpu()]),
    }
}
