//! Effects of two-level designs, full or fractional as the rows give them.
//!
//! Source: D. Montgomery, Design and Analysis of Experiments (2013), chapters 6 and 8; G. Box,
//! W. Hunter and J. Hunter, Statistics for Experimenters (2005), chapter 5.

use super::lenth::{Lenth, lenth};
use crate::stats::regression::linear::{Fit, fit};
use crate::stats::regression::predictors::Predictors;
use crate::stats::special::fisher_f;
use crate::stats::{Unestimable, count, squarable};

/// Factors beyond this have more interactions than anyone reads.
const MOST_FACTORS: usize = 12;

/// One effect of a two-level design.
#[derive(Clone, Debug, PartialEq)]
pub struct Effect {
    /// Factors multiplied, by their place among the columns; one of a main effect.
    pub factors: Vec<usize>,
    /// Effects that share this contrast in a fraction and cannot be told from it.
    pub aliases: Vec<Vec<usize>>,
    /// Mean at the high level less mean at the low.
    pub effect: f64,
    /// Sum of squares: what the error would rise by without the effect.
    pub ss: f64,
    /// Mean square over that of error; `None` without replicates.
    pub f: Option<f64>,
    /// P(F at least as large) where the effect is none.
    pub p_value: Option<f64>,
}

/// The analysis of a two-level design.
#[derive(Clone, Debug, PartialEq)]
pub struct Factorial {
    /// Mean of all results at the middle of all factors.
    pub grand_mean: f64,
    /// Main effects first, then products of two, of three …
    pub effects: Vec<Effect>,
    /// Sum of squares among replicates.
    pub ss_error: f64,
    /// Degrees of freedom among replicates; 0 where nothing was repeated.
    pub df_error: usize,
    /// Sum of squares about the mean.
    pub ss_total: f64,
    /// What effects are held against where nothing was repeated.
    pub lenth: Option<Lenth>,
}

/// Analyses results `y` of runs whose factor levels are the rows of `design`. The two levels of a
/// factor may be any two numbers; the larger one is high. Effects that share a contrast are named
/// as aliases of the one with the fewest factors; those held constant by the design are left out.
///
/// # Errors
/// `Outside` where lengths differ, a value is not finite or a factor has not two levels; `TooFew`
/// where there are fewer runs than effects; `NotSolvable` where effects are entangled other than
/// by aliases.
pub fn factorial(design: &[Vec<f64>], y: &[f64]) -> Result<Factorial, Unestimable> {
    let signs = signs(design)?;
    if y.len() != design.len() {
        return Err(Unestimable::Outside("every run needs a result"));
    }
    squarable(y)?;
    let contrasts = contrasts(&signs, y.len());
    let columns: Vec<&[f64]> = contrasts.iter().map(|c| c.column.as_slice()).collect();
    let mean = y.iter().sum::<f64>() / count(y.len());
    let ss_total = y.iter().map(|v| (v - mean).powi(2)).sum();
    if y.len() == contrasts.len() + 1 {
        return saturated(&contrasts, y, mean, ss_total);
    }
    let named: Vec<(&str, &[f64])> = columns.iter().map(|column| ("", *column)).collect();
    let model = fit(Predictors::multiple(&named, true)?, y)?;
    let estimates = model.coefficients.iter().copied().zip(model.ss_without()).skip(1);
    let effects = contrasts.into_iter().zip(estimates).map(|(c, e)| tested(c, e, &model)).collect();
    Ok(Factorial {
        grand_mean: model.coefficients.first().copied().unwrap_or(mean),
        effects,
        ss_error: model.ss_residual,
        df_error: model.df_residual,
        ss_total,
        lenth: None,
    })
}

impl Factorial {
    /// 1 − SSE / SST; `None` where the results do not vary.
    #[must_use]
    pub fn r_squared(&self) -> Option<f64> {
        (self.ss_total > 0.0).then(|| 1.0 - self.ss_error / self.ss_total)
    }

    /// Standard deviation among replicates; `None` without any.
    #[must_use]
    pub fn residual_sd(&self) -> Option<f64> {
        (self.df_error > 0).then(|| (self.ss_error / count(self.df_error)).sqrt())
    }
}

/// The levels of each factor as −1 and 1, factor by factor.
fn signs(design: &[Vec<f64>]) -> Result<Vec<Vec<f64>>, Unestimable> {
    let width = design.first().map_or(0, Vec::len);
    if width == 0 || width > MOST_FACTORS || design.iter().any(|row| row.len() != width) {
        return Err(Unestimable::Outside("every run sets the same 1 to 12 factors"));
    }
    let coded = |j: usize| {
        let levels: Vec<f64> = design.iter().filter_map(|row| row.get(j)).copied().collect();
        let low = levels.iter().copied().fold(f64::INFINITY, f64::min);
        let high = levels.iter().copied().fold(f64::NEG_INFINITY, f64::max);
        let code = |level: &f64| match level {
            level if level.total_cmp(&low).is_eq() => Some(-1.0),
            level if level.total_cmp(&high).is_eq() => Some(1.0),
            _ => None,
        };
        let coded = levels.iter().map(code).collect::<Option<Vec<f64>>>();
        coded.filter(|_| low < high && low.is_finite() && high.is_finite())
    };
    let two_levels = Unestimable::Outside("a factor of a two-level design has two levels");
    (0..width).map(coded).collect::<Option<_>>().ok_or(two_levels)
}

struct Contrast {
    factors: Vec<usize>,
    aliases: Vec<Vec<usize>>,
    column: Vec<f64>,
}

/// All products of factors, fewest factors first; those that share a column up to its sign once.
fn contrasts(signs: &[Vec<f64>], runs: usize) -> Vec<Contrast> {
    let factors = |mask: usize| (0..signs.len()).filter(move |j| mask >> j & 1 == 1);
    let mut products: Vec<Vec<usize>> =
        (1..1_usize << signs.len()).map(|mask| factors(mask).collect()).collect();
    products.sort_by(|a, b| a.len().cmp(&b.len()).then_with(|| a.cmp(b)));
    let mut found: Vec<Contrast> = Vec::new();
    for factors in products {
        let mut column = vec![1.0; runs];
        for sign in factors.iter().filter_map(|j| signs.get(*j)) {
            column.iter_mut().zip(sign).for_each(|(entry, sign)| *entry *= sign);
        }
        let constant = column.windows(2).all(|pair| pair[0] * pair[1] > 0.0);
        let agree = |other: &Contrast| {
            let same = other.column.iter().zip(&column).filter(|(a, b)| *a * *b > 0.0).count();
            same == runs || same == 0
        };
        match found.iter_mut().find(|other| agree(other)) {
            _ if constant => {}
            Some(other) => other.aliases.push(factors),
            None => found.push(Contrast { factors, aliases: Vec::new(), column }),
        }
    }
    found
}

/// An effect with its test, from its coefficient and sum of squares in the model.
fn tested(contrast: Contrast, (coefficient, ss): (f64, f64), model: &Fit) -> Effect {
    let f = (model.ss_residual > 0.0).then(|| ss / model.ms_residual());
    let p_value = f.and_then(|f| fisher_f::upper(f, 1.0, count(model.df_residual)));
    let Contrast { factors, aliases, .. } = contrast;
    Effect { factors, aliases, effect: 2.0 * coefficient, ss, f, p_value }
}

/// As many runs as coefficients: the contrasts are orthogonal, and nothing is left to test with.
fn saturated(
    contrasts: &[Contrast],
    y: &[f64],
    grand_mean: f64,
    ss_total: f64,
) -> Result<Factorial, Unestimable> {
    let runs = count(y.len());
    let balanced = |c: &Contrast| c.column.iter().sum::<f64>().abs() < 0.5;
    if !contrasts.iter().all(balanced) {
        return Err(Unestimable::NotSolvable("the contrasts of the design are entangled"));
    }
    let effect = |c: &Contrast| {
        // About the mean, so that the level of the results costs no digits.
        let sum: f64 = c.column.iter().zip(y).map(|(s, v)| s * (v - grand_mean)).sum();
        Effect {
            factors: c.factors.clone(),
            aliases: c.aliases.clone(),
            effect: 2.0 * sum / runs,
            ss: sum * sum / runs,
            f: None,
            p_value: None,
        }
    };
    let effects: Vec<Effect> = contrasts.iter().map(effect).collect();
    let sizes: Vec<f64> = effects.iter().map(|e| e.effect).collect();
    let lenth = lenth(&sizes, 0.95).ok();
    Ok(Factorial { grand_mean, effects, ss_error: 0.0, df_error: 0, ss_total, lenth })
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test")]
mod tests {
    use super::{Factorial, factorial};
    use crate::stats::Unestimable;

    fn full(k: usize) -> Vec<Vec<f64>> {
        let sign = |run: usize, j: usize| if run >> j & 1 == 1 { 1.0 } else { -1.0 };
        (0..1 << k).map(|run| (0..k).map(|j| sign(run, j)).collect()).collect()
    }

    fn effect(found: &Factorial, factors: &[usize]) -> f64 {
        found.effects.iter().find(|e| e.factors == factors).unwrap().effect
    }

    /// y = 50 + 10 A − 3 B + 2 AB ± 1 on a replicated 2²: effects are twice the coefficients.
    #[test]
    fn a_replicated_square_by_hand() {
        let mut design = full(2);
        design.extend(full(2));
        let results: Vec<f64> = (0..8)
            .map(|i| {
                let (a, b) = (design[i][0], design[i][1]);
                50.0 + 10.0 * a - 3.0 * b + 2.0 * a * b + if i < 4 { 1.0 } else { -1.0 }
            })
            .collect();
        let found = factorial(&design, &results).unwrap();
        for (factors, want) in [(&[0][..], 20.0), (&[1], -6.0), (&[0, 1], 4.0)] {
            assert!((effect(&found, factors) - want).abs() < 1e-12);
        }
        assert_eq!(found.df_error, 4);
        assert!((found.ss_error - 8.0).abs() < 1e-12);
        assert!((found.effects[0].ss - 800.0).abs() < 1e-9);
        assert!((found.effects[0].f.unwrap() - 400.0).abs() < 1e-9);
        let squares: f64 = found.effects.iter().map(|e| e.ss).sum();
        assert!((squares + found.ss_error - found.ss_total).abs() < 1e-9);
        // Levels in their own units say the same.
        let units: Vec<Vec<f64>> =
            design.iter().map(|r| vec![100.0 + 20.0 * r[0], 5.0 + r[1]]).collect();
        assert_eq!(factorial(&units, &results).unwrap(), found);
    }

    #[test]
    fn an_unreplicated_cube_is_held_against_its_small_effects() {
        let design = full(3);
        let noise = [0.3, -0.2, 0.1, 0.4, -0.3, 0.2, -0.1, -0.4];
        let results: Vec<f64> =
            design.iter().zip(noise).map(|(r, e)| 1e6 + 8.0 * r[0] + 5.0 * r[2] + e).collect();
        let found = factorial(&design, &results).unwrap();
        let lenth = found.lenth.unwrap();
        assert_eq!((found.df_error, found.effects.len(), found.residual_sd()), (0, 7, None));
        assert!(found.effects.iter().all(|e| e.f.is_none()));
        let out: Vec<_> = found.effects.iter().filter(|e| e.effect.abs() > lenth.margin).collect();
        assert_eq!(out.iter().map(|e| e.factors.as_slice()).collect::<Vec<_>>(), [&[0], &[2]]);
    }

    #[test]
    fn a_half_fraction_names_its_aliases() {
        // C = AB: every effect shares its contrast with one other, and ABC with the mean.
        let design: Vec<Vec<f64>> =
            full(2).into_iter().map(|r| vec![r[0], r[1], r[0] * r[1]]).collect();
        let found = factorial(&design, &[1.0, 2.0, 4.0, 9.0]).unwrap();
        let named: Vec<_> =
            found.effects.iter().map(|e| (e.factors.clone(), e.aliases.clone())).collect();
        let pair = |a: &[usize], b: &[usize]| (a.to_vec(), vec![b.to_vec()]);
        assert_eq!(named, [pair(&[0], &[1, 2]), pair(&[1], &[0, 2]), pair(&[2], &[0, 1])]);
        assert!((effect(&found, &[2]) - 2.0).abs() < 1e-12);
    }

    #[test]
    fn unequal_replicates_are_fitted_not_averaged() {
        let mut design = full(2);
        design.push(vec![1.0, 1.0]);
        let truth = |r: &Vec<f64>| 3.0 + r[0] - 2.0 * r[1];
        let mut results: Vec<f64> = design.iter().map(truth).collect();
        results[3] += 0.5;
        results[4] -= 0.5;
        let found = factorial(&design, &results).unwrap();
        assert!((effect(&found, &[0]) - 2.0).abs() < 1e-12);
        assert!((found.grand_mean - 3.0).abs() < 1e-12);
        assert!((found.ss_error - 0.5).abs() < 1e-12 && found.df_error == 1);
    }

    #[test]
    fn what_is_no_two_level_design_is_refused() {
        let three = [vec![1.0], vec![2.0], vec![3.0]];
        assert!(matches!(factorial(&three, &[1.0; 3]), Err(Unestimable::Outside(_))));
        assert!(factorial(&full(2), &[1.0; 3]).is_err());
        assert!(factorial(&[], &[]).is_err());
        assert!(factorial(&[vec![1.0], vec![1.0]], &[1.0, 2.0]).is_err());
        let three_of_four = &full(2)[..3];
        assert!(factorial(three_of_four, &[1.0, 2.0, 3.0]).is_err());
    }
}
