//! The table of indices: each with its interval, n and how it was computed.

use super::ability::Ability;
use super::compute::{Computed, Ctq};
use super::formulas;
use super::status::{decimals, index};
use super::tables::{column, titled};
use crate::report::{Cell, Expr, Format, Message, Row, Table, Value};
use crate::stats::capability::interval::bissell;
use crate::stats::capability::nonnormal::choice::Model;
use crate::stats::capability::nonnormal::fit::Family;
use crate::stats::capability::{Grade, grade};
use crate::stats::interval::Bounds;
use crate::stats::special::normal;
use crate::stats::{Unestimable, count};

/// One line of the table of indices.
struct Line {
    key: &'static str,
    value: Option<Value>,
    ends: [Option<Value>; 2],
    method: Option<&'static str>,
    formula: Option<Expr>,
}

impl Line {
    const fn new(key: &'static str, value: Option<Value>) -> Self {
        Self { key, value, ends: [None, None], method: None, formula: None }
    }

    fn within(self, bounds: Option<Bounds>, shown: impl Fn(f64) -> Option<Value>) -> Self {
        let ends = bounds.map_or([None, None], |b| [shown(b.low), shown(b.high)]);
        Self { ends, ..self }
    }

    fn by(self, formula: Option<Expr>) -> Self {
        Self { formula, ..self }
    }

    fn how(self, method: &'static str) -> Self {
        Self { method: Some(method), ..self }
    }
}

/// The table of indices, each with its interval and how it was computed.
pub(super) fn indices(data: &Computed, ctq: &Ctq, ability: &Ability, k: usize) -> Table {
    let mut lines = percentiles(ctq, ability);
    let mut indices = overall(ability, k);
    indices.extend(inside(ability, k, data.level));
    let shares = shares(data, ability, k);
    // Of skewed values the percentiles and the share beyond the limits are read first.
    if ability.skewed() {
        lines.extend(shares);
        lines.extend(indices);
    } else {
        indices.extend(shares);
        lines = indices;
    }
    let columns = vec![
        column("index", Format::Text),
        column("figure", Format::Number(2)),
        column("low", Format::Number(2)),
        column("high", Format::Number(2)),
        column("n", Format::Count),
        column("method", Format::Text),
    ];
    let rows = lines.into_iter().map(|line| {
        let label = Message::new(format!("capability.index.{}", line.key));
        let method =
            line.method.map(|m| Value::from(Message::new(format!("capability.method.{m}"))));
        let figure = Cell::from(line.value);
        let figure = match line.formula {
            Some(formula) => figure.by(formula),
            None => figure,
        };
        let [low, high] = line.ends;
        let n = ability.normal.n.into();
        Row::from(vec![Cell::from(label), figure, low.into(), high.into(), n, method.into()])
    });
    Table {
        id: format!("capability.indices_{k}"),
        title: titled("indices", ctq),
        columns,
        rows: rows.collect(),
        note: withheld(ability),
        top: None,
    }
}

/// Why Cp and Cpk are not shown.
fn withheld(ability: &Ability) -> Option<Message> {
    let Unestimable::Unstable { signals } = ability.normal.within.as_ref().err()? else {
        return None;
    };
    Some(Message::new("capability.note.withheld").arg("signals", *signals))
}

fn overall(ability: &Ability, k: usize) -> Vec<Line> {
    let found = &ability.normal.overall;
    let indices = found.normal.indices;
    let mut lines = Vec::new();
    if ability.skewed() {
        let ppk = Line::new("ppk_model", index(ability.ppk.value));
        lines.push(ppk.within(Some(ability.ppk.bounds), index).how("ppk_percentiles"));
    }
    if indices.potential.is_some() {
        let pp = Line::new("pp", indices.potential.and_then(index)).how("chi_square");
        lines.push(pp.within(found.pp_bounds, index).by(Some(formulas::potential(k, "sd"))));
    }
    let ppk = Line::new("ppk", indices.least().and_then(index)).how("bissell");
    lines.push(ppk.within(found.ppk_bounds, index).by(formulas::least(&ability.spec, k, "sd")));
    if let Ok(target) = &found.target {
        let cpm = Line::new("cpm", index(target.cpm_n)).how("cpm");
        lines.push(cpm.within(target.cpm_n_bounds, index).by(Some(formulas::cpm(k))));
    }
    if let Some(share) = found.accuracy {
        let key = match grade(share) {
            Grade::A => "ca_a",
            Grade::B => "ca_b",
            Grade::C => "ca_c",
            Grade::D => "ca_d",
        };
        let formula = formulas::accuracy(&ability.spec, k);
        lines.push(Line::new(key, Value::share(share)).how("ca").by(formula));
    }
    lines
}

fn inside(ability: &Ability, k: usize, level: f64) -> Vec<Line> {
    let Ok(within) = &ability.normal.within else { return Vec::new() };
    let indices = within.normal.indices;
    let mut lines = Vec::new();
    if indices.potential.is_some() {
        let cp = Line::new("cp", indices.potential.and_then(index));
        let how = if within.df.is_some() { "pooled" } else { "moving_range" };
        let formula = formulas::potential(k, "sigma_within");
        lines.push(cp.within(within.cp_bounds, index).how(how).by(Some(formula)));
    }
    let n = count(ability.normal.n);
    let known = indices.least().zip(within.df);
    let bounds = known.and_then(|(cpk, df)| bissell(cpk, n, count(df), level));
    let cpk = Line::new("cpk", indices.least().and_then(index));
    let how = if within.df.is_some() { "pooled" } else { "moving_range" };
    let formula = formulas::least(&ability.spec, k, "sigma_within");
    lines.push(cpk.within(bounds, index).how(how).by(formula));
    lines
}

fn ppm(share: f64) -> Option<Value> {
    Value::number(share * 1e6, 0)
}

fn z(share: f64) -> Option<f64> {
    normal::upper_quantile(share)
}

/// Shares beyond the limits, and Z.
fn shares(data: &Computed, ability: &Ability, k: usize) -> Vec<Line> {
    let observed = Line::new("observed", ability.observed.and_then(|o| ppm(o.value)));
    let observed = observed.within(ability.observed.map(|o| o.bounds), ppm).how("clopper_pearson");
    let mut lines = vec![observed];
    let expected = ability.normal.overall.normal.beyond.total();
    if ability.skewed() {
        return lines;
    }
    let formula = formulas::expected(&ability.spec, k);
    let line = Line::new("expected", ppm(expected)).within(ability.expected, ppm);
    lines.push(line.how("exceedance").by(formula));
    // Further out than any process is known to be normal, Z says nothing.
    let Some(long) = z(expected).filter(|z| *z < 10.0) else { return lines };
    let ends = ability.expected.and_then(|b| Some(Bounds { low: z(b.high)?, high: z(b.low)? }));
    let shifted = |by: f64| ends.map(|b| Bounds { low: b.low + by, high: b.high + by });
    lines.push(Line::new("z_lt", index(long)).within(ends, index).how("z_lt"));
    let short = Line::new("z_st", index(long + data.shift)).within(shifted(data.shift), index);
    lines.push(short.how("z_st"));
    let inside = ability.normal.within.as_ref().ok();
    if let Some(z) = inside.and_then(|within| within.normal.beyond.z_bench()).filter(|z| *z < 10.0)
    {
        lines.push(Line::new("z_within", index(z)).how("z_within"));
    }
    lines
}

/// What the values say by themselves.
fn percentiles(ctq: &Ctq, ability: &Ability) -> Vec<Line> {
    let Some(shape) = ability.shape.as_ref() else { return Vec::new() };
    let number = |x: f64| Value::number(x, decimals(ctq));
    let of = &shape.empirical;
    [("median", of.median), ("p85", of.p85), ("p95", of.p95)]
        .map(|(key, x)| Line::new(key, number(x)).how("percentile"))
        .into()
}

/// A model by its name.
pub(super) fn model(model: Model) -> Value {
    Message::new(match model {
        Model::Distribution(fit) => match fit.family {
            Family::Normal => "capability.model.normal",
            Family::Lognormal | Family::LognormalLikelihood => "capability.model.lognormal",
            Family::Weibull => "capability.model.weibull",
            Family::Gamma => "capability.model.gamma",
            Family::Exponential => "capability.model.exponential",
        },
        Model::Power(..) => "capability.model.power",
        Model::Johnson(_) => "capability.model.johnson",
        Model::Percentiles => "capability.model.percentiles",
    })
    .into()
}
