//! Model formulas after G. Wilkinson and C. Rogers (Applied Statistics 22, 1973), as R writes
//! them: `y ~ a + b`, `y ~ a * b`, `y ~ a + I(a^2)`, `y ~ a - 1`.

use super::predictors::{Predictors, Product};
use crate::stats::Unestimable;

/// A model in words: what is explained, and by what.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Formula {
    /// The response.
    pub response: String,
    /// Whether there is a constant term.
    pub intercept: bool,
    /// Terms: variables multiplied, with their powers.
    terms: Vec<Vec<(String, u32)>>,
}

impl Formula {
    /// Reads a formula: terms joined by `+`; `a:b` for a product, `a*b` for `a + b + a:b`,
    /// `I(a^2)` for a power; `-1` or `+0` for no constant term.
    ///
    /// # Errors
    /// `Outside` where it is none of that.
    pub fn parse(text: &str) -> Result<Self, Unestimable> {
        const UNREADABLE: Unestimable = Unestimable::Outside("the formula cannot be read");
        let (response, right) = text.split_once('~').ok_or(UNREADABLE)?;
        let right: String = right.chars().filter(|c| !c.is_whitespace()).collect();
        let mut formula =
            Self { response: response.trim().to_owned(), intercept: true, terms: Vec::new() };
        for part in right.replace('-', "+-").split('+').filter(|part| !part.is_empty()) {
            match part {
                "1" => formula.intercept = true,
                "0" | "-1" => formula.intercept = false,
                part => formula.add(part).ok_or(UNREADABLE)?,
            }
        }
        Ok(formula)
    }

    fn add(&mut self, part: &str) -> Option<()> {
        let mut products = vec![Vec::new()];
        for crossed in part.split('*') {
            let factors: Vec<_> = crossed.split(':').map(factor).collect::<Option<_>>()?;
            let with = products.iter().map(|p: &Vec<_>| [p.as_slice(), &factors].concat());
            let with: Vec<_> = with.collect();
            products.extend(with);
        }
        products.retain(|product| !product.is_empty());
        // R lists main effects before products.
        products.sort_by_key(Vec::len);
        for product in products {
            if !self.terms.contains(&product) {
                self.terms.push(product);
            }
        }
        Some(())
    }

    /// Variables of the right side, each once.
    pub fn variables(&self) -> impl Iterator<Item = &str> {
        let names = || self.terms.iter().flatten().map(|(name, _)| name.as_str());
        names()
            .enumerate()
            .filter(move |(i, name)| !names().take(*i).any(|n| n == *name))
            .map(|v| v.1)
    }

    /// The columns of the model, from `variable`, which finds a variable by name.
    ///
    /// # Errors
    /// `Outside` where a variable is missing or the columns do not fit each other.
    pub fn predictors<'a>(
        &self,
        rows: usize,
        variable: impl Fn(&str) -> Option<&'a [f64]>,
    ) -> Result<Predictors, Unestimable> {
        const MISSING: Unestimable = Unestimable::Outside("a variable of the formula is missing");
        let factors = |term: &Vec<(String, u32)>| {
            term.iter().map(|(name, power)| Some((variable(name)?, *power))).collect::<Option<_>>()
        };
        let product = |term: &Vec<(String, u32)>| Some((written(term), factors(term)?));
        let products: Option<Vec<Product<'a>>> = self.terms.iter().map(product).collect();
        Predictors::products(&products.ok_or(MISSING)?, rows, self.intercept)
    }
}

/// `a`, or `I(a^2)`.
fn factor(text: &str) -> Option<(String, u32)> {
    let inner = text.strip_prefix("I(").and_then(|rest| rest.strip_suffix(')'));
    let (name, power) = inner.and_then(|inner| inner.split_once('^')).unwrap_or((text, "1"));
    let fits = !name.is_empty() && !name.contains(['(', ')', '^', '|', '/', '-']);
    Some((name.to_owned(), power.parse().ok()?)).filter(|_| fits)
}

fn written(term: &[(String, u32)]) -> String {
    let factor = |(name, power): &(String, u32)| match power {
        1 => name.clone(),
        power => format!("I({name}^{power})"),
    };
    term.iter().map(factor).collect::<Vec<_>>().join(":")
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test")]
mod tests {
    use super::Formula;

    fn terms(text: &str) -> Vec<String> {
        let formula = Formula::parse(text).unwrap();
        let x = [1.0, 2.0, 3.0];
        formula.predictors(3, |_| Some(&x)).unwrap().terms().to_vec()
    }

    #[test]
    fn formulas_name_their_terms_as_r_does() {
        assert_eq!(terms("dist ~ speed"), ["(Intercept)", "speed"]);
        assert_eq!(terms("y ~ a + b - 1"), ["a", "b"]);
        assert_eq!(terms("y ~ 0 + a"), ["a"]);
        assert_eq!(terms("y~a*b"), ["(Intercept)", "a", "b", "a:b"]);
        assert_eq!(terms("y ~ a + I(a^2)"), ["(Intercept)", "a", "I(a^2)"]);
        assert_eq!(terms("y ~ 1"), ["(Intercept)"]);
        let formula = Formula::parse("y ~ a*b + a:c").unwrap();
        assert_eq!(formula.variables().collect::<Vec<_>>(), ["a", "b", "c"]);
    }

    #[test]
    fn what_is_no_formula_is_refused() {
        assert!(Formula::parse("y = a").is_err());
        assert!(Formula::parse("y ~ log(a)").is_err());
        assert!(Formula::parse("y ~ a").unwrap().predictors(2, |_| None).is_err());
    }
}
