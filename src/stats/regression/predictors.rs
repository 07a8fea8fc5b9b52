//! What a response is explained by: the columns of a linear model.

use super::wide::Wide;
use crate::stats::Unestimable;

/// The name R gives the constant term.
const INTERCEPT: &str = "(Intercept)";

/// The columns of a linear model, the constant first where there is one.
#[derive(Clone, Debug)]
pub struct Predictors {
    pub(super) terms: Vec<String>,
    pub(super) columns: Vec<Vec<Wide>>,
    pub(super) intercept: bool,
}

impl Predictors {
    /// One column a named variable, all of the same length; with a constant term on request.
    ///
    /// # Errors
    /// `Outside` without any column, where lengths differ, or where a value is not finite.
    pub fn multiple(named: &[(&str, &[f64])], intercept: bool) -> Result<Self, Unestimable> {
        let products: Vec<Product> =
            named.iter().map(|(name, x)| ((*name).to_owned(), vec![(*x, 1)])).collect();
        let rows = named.first().map_or(0, |(_, x)| x.len());
        Self::products(&products, rows, intercept)
    }

    /// The powers x^p of one variable; p = 0 is the constant term.
    ///
    /// # Errors
    /// As [`Predictors::multiple`].
    pub fn powers(x: &[f64], powers: &[u32]) -> Result<Self, Unestimable> {
        let named = |p: u32| if p == 1 { "x".to_owned() } else { format!("x^{p}") };
        let products: Vec<Product> =
            powers.iter().filter(|p| **p > 0).map(|p| (named(*p), vec![(x, *p)])).collect();
        Self::products(&products, x.len(), powers.contains(&0))
    }

    /// Named products of powers of variables, of `rows` rows each; with a constant term on request.
    /// Powers and products keep 32 digits.
    ///
    /// # Errors
    /// As [`Predictors::multiple`].
    pub fn products(
        products: &[Product<'_>],
        rows: usize,
        intercept: bool,
    ) -> Result<Self, Unestimable> {
        let mut terms: Vec<String> = products.iter().map(|(name, _)| name.clone()).collect();
        let mut columns = Vec::with_capacity(products.len() + 1);
        if intercept {
            terms.insert(0, INTERCEPT.to_owned());
            columns.push(vec![Wide::new(1.0); rows]);
        }
        for (_, factors) in products {
            columns.push(column(factors, rows)?);
        }
        if columns.is_empty() {
            return Err(Unestimable::Outside("a model needs at least one term"));
        }
        Ok(Self { terms, columns, intercept })
    }

    /// Names of the columns.
    #[must_use]
    pub fn terms(&self) -> &[String] {
        &self.terms
    }

    /// Rows.
    #[must_use]
    pub fn rows(&self) -> usize {
        self.columns.first().map_or(0, Vec::len)
    }

    /// Row by row, the entries of all columns.
    pub(super) fn each_row(&self) -> impl Iterator<Item = Vec<Wide>> + '_ {
        (0..self.rows()).map(|i| self.columns.iter().filter_map(|c| c.get(i)).copied().collect())
    }
}

/// A term: its name, and the variables it multiplies with their powers.
pub type Product<'a> = (String, Vec<(&'a [f64], u32)>);

fn column(factors: &[(&[f64], u32)], rows: usize) -> Result<Vec<Wide>, Unestimable> {
    let mut column = vec![Wide::new(1.0); rows];
    for (x, power) in factors {
        if x.len() != rows {
            return Err(Unestimable::Outside("the columns differ in length"));
        }
        for (entry, value) in column.iter_mut().zip(*x) {
            *entry = *entry * Wide::power(*value, *power);
        }
    }
    if column.iter().any(|v| !v.value().is_finite()) {
        return Err(Unestimable::Outside("a value is not a finite number"));
    }
    Ok(column)
}
