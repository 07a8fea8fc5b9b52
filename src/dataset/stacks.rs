//! Tolerance stacks: the components a result of a design is made of.

use super::{Dataset, Family, Table};
use crate::records::{Col, TableKind, fold};

/// A component of a result.
#[derive(Clone, Debug, PartialEq)]
pub struct Part {
    /// Its name.
    pub name: String,
    /// Its distribution as [`Family::Law`] names it, `normal` where none is given; `None` where
    /// the word is not known.
    pub law: Option<&'static str>,
    /// Its mean.
    pub mean: f64,
    /// Its standard deviation.
    pub sd: f64,
    /// How the result moves with it; 1 where not given.
    pub coefficient: f64,
}

/// A result of a design, what it is made of, and the limits it should keep.
#[derive(Clone, Debug, PartialEq)]
pub struct ToleranceStack {
    /// The project.
    pub project: Option<String>,
    /// The result.
    pub characteristic: Option<String>,
    /// Lower limit: of several rows the tightest.
    pub lsl: Option<f64>,
    /// Upper limit, likewise.
    pub usl: Option<f64>,
    /// Its components, in an order that does not depend on that of the rows.
    pub parts: Vec<Part>,
}

impl ToleranceStack {
    /// Whether it is the stack of that result.
    #[must_use]
    pub fn is_of(&self, project: Option<&str>, characteristic: Option<&str>) -> bool {
        let folded = |name: Option<&str>| name.map(fold);
        folded(self.project.as_deref()) == folded(project)
            && folded(self.characteristic.as_deref()) == folded(characteristic)
    }
}

/// The stacks of the table `tolerances`, by project and result.
#[must_use]
pub fn tolerance_stacks(data: &Dataset) -> Vec<ToleranceStack> {
    let Some(table) = data.table(TableKind::Tolerances) else { return Vec::new() };
    let groups = table.rows_by(&[Col::ProjectId, Col::Characteristic]);
    let stack = |(key, rows): (Vec<Option<&str>>, Vec<usize>)| {
        let name = |i: usize| key.get(i).copied().flatten().map(str::to_owned);
        let mut parts: Vec<Part> = rows.iter().filter_map(|&row| part(table, row)).collect();
        parts.sort_by(|a, b| {
            let figures = |p: &Part| [p.mean, p.sd, p.coefficient];
            let order = figures(a).into_iter().zip(figures(b)).map(|(a, b)| a.total_cmp(&b));
            a.name
                .cmp(&b.name)
                .then_with(|| order.fold(std::cmp::Ordering::Equal, std::cmp::Ordering::then))
        });
        let limits = |col| rows.iter().filter_map(move |&row| table.number(col, row));
        ToleranceStack {
            project: name(0),
            characteristic: name(1),
            lsl: limits(Col::Lsl).reduce(f64::max),
            usl: limits(Col::Usl).reduce(f64::min),
            parts,
        }
    };
    groups.into_iter().map(stack).filter(|stack| !stack.parts.is_empty()).collect()
}

fn part(table: &Table, row: usize) -> Option<Part> {
    let word = table.text(Col::Distribution, row);
    Some(Part {
        name: table.text(Col::Component, row)?.to_owned(),
        law: word.map_or(Some("normal"), |word| Family::Law.meaning(word)),
        mean: table.number(Col::Mean, row)?,
        sd: table.number(Col::Sd, row)?,
        coefficient: table.number(Col::Coefficient, row).unwrap_or(1.0),
    })
}
