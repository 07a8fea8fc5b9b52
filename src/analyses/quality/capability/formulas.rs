//! How a spreadsheet computes the figures from the values beside them.

use super::chart::{Sigma, WIDTH};
use super::compute::Ctq;
use super::params::Chart as Kind;
use super::status::decimals;
use super::tables::first_shown;
use crate::report::{Cell, Expr, Func, Value};
use crate::stats::capability::Specification;
use crate::stats::control_chart::constants::Constants;
use crate::stats::control_chart::individuals::SigmaMethod::{MeanMovingRange, MedianMovingRange};
use crate::stats::control_chart::subgroups::SigmaMethod::{Range, Sd};

/// Id of the table of values or means.
pub(super) fn place_id(k: usize) -> String {
    format!("capability.chart_{k}")
}

/// Id of the table of ranges.
pub(super) fn spread_id(k: usize) -> String {
    format!("capability.spread_{k}")
}

/// Id of the table of the values of subgroups.
pub(super) fn values_id(k: usize) -> String {
    format!("capability.values_{k}")
}

/// Id of the table the indices are computed from.
pub(super) fn inputs_id(k: usize) -> String {
    format!("capability.inputs_{k}")
}

/// The sheets of one characteristic. Without the whole series in its tables there are no formulas.
pub(super) struct Sheet<'a> {
    ctq: &'a Ctq,
    k: usize,
    whole: bool,
}

/// Formulas of a value, its centre and its upper and lower limit.
type Figures = [Option<Expr>; 4];

impl<'a> Sheet<'a> {
    pub(super) fn new(ctq: &'a Ctq, k: usize) -> Self {
        Self { ctq, k, whole: first_shown(ctq) == 0 }
    }

    /// Of a point of the chart of values or means.
    pub(super) fn place(&self, at: usize) -> Figures {
        let value = self.group(at).map(|span| Expr::call(Func::Average, [span]));
        let (Some((first, last)), Some(sigma)) = (self.baseline(at), self.sigma(at)) else {
            return [value, None, None, None];
        };
        let half = |sigma: Expr| {
            let wide = Expr::from(WIDTH) * sigma;
            let root = || Expr::call(Func::Sqrt, [Expr::own("n")]);
            if self.ctq.series.grouped { wide / root() } else { wide }
        };
        let center = Expr::call(Func::Average, [self.values(first, last)]);
        let upper = Expr::own("center") + half(sigma.clone());
        let lower = Expr::own("center") - half(sigma);
        [value, Some(center), Some(upper), Some(lower)]
    }

    /// Of a point of the chart of ranges.
    pub(super) fn spread(&self, at: usize) -> Figures {
        let known = self.ctq.charted.spread.get(at).is_some_and(|dot| dot.value.is_some());
        let value = self.range(at).filter(|_| known);
        let (Some((mean, sd)), Some(sigma)) = (self.constants(at), self.sigma(at)) else {
            return [value, None, None, None];
        };
        let times = |factor: f64| Expr::from(factor) * sigma.clone();
        let lower = Expr::call(Func::Max, [0.0.into(), times(mean - WIDTH * sd)]);
        [value, Some(times(mean)), Some(times(mean + WIDTH * sd)), Some(lower)]
    }

    /// Sigma as one subgroup has it.
    pub(super) fn sigma_of(&self, at: usize) -> Cell {
        let value = self.ctq.charted.spread.get(at).and_then(|dot| dot.value);
        let Some((value, (mean, _))) = value.zip(self.constants(at)) else { return Cell::none() };
        let shown = Cell::from(Value::number(value / mean, decimals(self.ctq)));
        shown.by(Expr::own("spread") / mean.into())
    }

    /// Of n, mean, standard deviation and sigma within of the current phase.
    pub(super) fn inputs(&self) -> [Option<Expr>; 4] {
        let current = self.ctq.charted.current();
        let last = current.end.saturating_sub(1);
        let of = |func| self.whole.then(|| Expr::call(func, [self.values(current.start, last)]));
        let moving = || {
            let d2 = Constants::of(2)?.d2;
            let ranges = self.ranges("spread", current.start + 1, last);
            Some(Expr::call(Func::Average, [ranges]) / d2.into())
        };
        let sigma = if self.ctq.series.grouped { None } else { moving() };
        let sigma = sigma.filter(|_| self.whole);
        [of(Func::Count), of(Func::Average), of(Func::StdevS), sigma]
    }

    /// The values of points, both included.
    fn values(&self, first: usize, last: usize) -> Expr {
        if !self.ctq.series.grouped {
            return Expr::Span(place_id(self.k), "value".to_owned(), first, last);
        }
        let before = |at: usize| -> usize {
            self.ctq.series.samples.iter().take(at).map(|sample| sample.values.len()).sum()
        };
        let end = before(last + 1).saturating_sub(1);
        Expr::Span(values_id(self.k), "value".to_owned(), before(first), end)
    }

    fn ranges(&self, column: &str, first: usize, last: usize) -> Expr {
        Expr::Span(spread_id(self.k), column.to_owned(), first, last)
    }

    /// The values of one subgroup.
    fn group(&self, at: usize) -> Option<Expr> {
        (self.ctq.series.grouped && self.whole).then(|| self.values(at, at))
    }

    /// The first and last point the limits of a point come from.
    fn baseline(&self, at: usize) -> Option<(usize, usize)> {
        let mut phases = self.ctq.charted.phases.iter();
        let phase = phases.find(|phase| phase.points.contains(&at))?;
        phase.limits?;
        Some((*phase.baseline.first()?, *phase.baseline.last()?)).filter(|_| self.whole)
    }

    /// Sigma within of the baseline of a point.
    fn sigma(&self, at: usize) -> Option<Expr> {
        let (first, last) = self.baseline(at)?;
        let pair = Constants::of(2)?;
        let moving = |func, constant: f64| {
            Expr::call(func, [self.ranges("spread", first + 1, last)]) / constant.into()
        };
        match self.ctq.charted.sigma {
            Sigma::Moving(MeanMovingRange) => Some(moving(Func::Average, pair.d2)),
            Sigma::Moving(MedianMovingRange) => Some(moving(Func::Median, pair.d4)),
            Sigma::Within(Range) if self.ctq.charted.kind == Kind::XbarR => {
                Some(Expr::call(Func::Average, [self.ranges("sigma", first, last)]))
            }
            Sigma::Within(Sd) if self.ctq.charted.kind == Kind::XbarS => {
                Some(Expr::call(Func::Average, [self.ranges("sigma", first, last)]))
            }
            _ => None,
        }
    }

    fn range(&self, at: usize) -> Option<Expr> {
        if !self.whole {
            return None;
        }
        let of = |func| self.group(at).map(|span| Expr::call(func, [span]));
        match self.ctq.charted.kind {
            Kind::Individuals => {
                let value = |at| Expr::at(&place_id(self.k), "value", at);
                Some(Expr::call(Func::Abs, [value(at) - value(at.checked_sub(1)?)]))
            }
            Kind::XbarR => Some(of(Func::Max)? - of(Func::Min)?),
            Kind::XbarS => of(Func::StdevS),
        }
    }

    /// Mean and standard deviation of what is drawn, in sigma.
    fn constants(&self, at: usize) -> Option<(f64, f64)> {
        let n = self.ctq.series.samples.get(at)?.values.len();
        let n = if self.ctq.charted.kind == Kind::Individuals { 2 } else { n };
        let constants = Constants::of(n)?;
        Some(match self.ctq.charted.kind {
            Kind::XbarS => (constants.c4, constants.c5),
            _ => (constants.d2, constants.d3),
        })
    }
}

fn input(k: usize, column: &str) -> Expr {
    Expr::at(&inputs_id(k), column, 0)
}

/// (USL − LSL) / 6 σ.
pub(super) fn potential(k: usize, sigma: &str) -> Expr {
    (input(k, "usl") - input(k, "lsl")) / (Expr::from(6.0) * input(k, sigma))
}

/// The smaller distance of the mean from a limit, over 3 σ.
pub(super) fn least(spec: &Specification, k: usize, sigma: &str) -> Option<Expr> {
    let scale = || Expr::from(3.0) * input(k, sigma);
    let lower = || (input(k, "mean") - input(k, "lsl")) / scale();
    let upper = || (input(k, "usl") - input(k, "mean")) / scale();
    match (spec.lower(), spec.upper()) {
        (Some(_), Some(_)) => Some(Expr::call(Func::Min, [lower(), upper()])),
        (Some(_), None) => Some(lower()),
        (None, Some(_)) => Some(upper()),
        (None, None) => None,
    }
}

/// (USL − LSL) / 6 τ, τ² = s² (n − 1) / n + (x̄ − T)².
pub(super) fn cpm(k: usize) -> Expr {
    let power = |base: Expr| Expr::call(Func::Power, [base, 2.0.into()]);
    let n = || input(k, "n");
    let spread = power(input(k, "sd")) * (n() - 1.0.into()) / n();
    let tau = Expr::call(Func::Sqrt, [spread + power(input(k, "mean") - input(k, "target"))]);
    (input(k, "usl") - input(k, "lsl")) / (Expr::from(6.0) * tau)
}

/// (x̄ − T) / half the width, the middle standing in for an absent target.
pub(super) fn accuracy(spec: &Specification, k: usize) -> Option<Expr> {
    spec.both()?;
    let (low, high) = (|| input(k, "lsl"), || input(k, "usl"));
    let target = match spec.target() {
        Some(_) => input(k, "target"),
        None => (low() + high()) / 2.0.into(),
    };
    Some((input(k, "mean") - target) / ((high() - low()) / 2.0.into()))
}

/// Parts per million beyond the limits of a normal process.
pub(super) fn expected(spec: &Specification, k: usize) -> Option<Expr> {
    let tail = |distance: Expr| Expr::call(Func::NormSDist, [distance / input(k, "sd")]);
    let below = spec.lower().map(|_| tail(input(k, "lsl") - input(k, "mean")));
    let above = spec.upper().map(|_| tail(input(k, "mean") - input(k, "usl")));
    let both = [below, above].into_iter().flatten().reduce(|a, b| a + b)?;
    Some(Expr::from(1e6) * both)
}
