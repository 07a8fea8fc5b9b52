//! Defects per million opportunities, sigma level and yields of the steps of a process.

use super::{normalized_yield, rolled_yield, throughput_yield, z_bounds, z_long_term};
use crate::stats::interval::{Estimate, clopper_pearson, garwood};
use crate::stats::{Unestimable, count};

/// What was counted at one step.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Step {
    /// Units that went through.
    pub units: u64,
    /// Opportunities for a defect in each unit, as the characteristic defines them.
    pub opportunities_per_unit: u64,
    /// Defects found; a unit may have several.
    pub defects: u64,
    /// Units with a defect or reworked, where they were counted.
    pub defective_units: Option<u64>,
}

/// Which exact interval holds for defects per opportunity.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Exact {
    /// An opportunity holds one defect at most: Clopper–Pearson.
    Proportion,
    /// More defects than opportunities: Garwood.
    Rate,
}

/// The figures of one step.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct StepFigures {
    /// Defects per unit, D / U.
    pub dpu: f64,
    /// Defects per opportunity, D / (U · O), with its exact interval.
    pub dpo: Estimate,
    /// Which interval that is.
    pub exact: Exact,
    /// Long-term Z = Φ⁻¹(1 − DPO); absent where unbounded: no defects, or nothing but.
    pub z: Option<f64>,
    /// The ends of its interval; without defects there is a lower end only, with nothing but
    /// defects an upper one only.
    pub z_bounds: (Option<f64>, Option<f64>),
    /// First-time yield with its exact interval, where defective units were counted.
    pub first_time_yield: Option<Estimate>,
    /// e^(−DPU): what the first-time yield would be, were defects spread at random.
    pub throughput_yield: f64,
}

impl Step {
    /// Chances for a defect: units times opportunities per unit.
    ///
    /// # Errors
    /// No units, no opportunities, or more than can be counted.
    pub fn opportunities(&self) -> Result<u64, Unestimable> {
        let all = self.units.checked_mul(self.opportunities_per_unit);
        all.filter(|all| *all > 0).ok_or(Unestimable::Outside("no units or no opportunities"))
    }

    /// The figures, intervals two-sided at `level`.
    ///
    /// # Errors
    /// As [`Self::opportunities`], more defective units than units, or a level outside (0, 1).
    pub fn assess(&self, level: f64) -> Result<StepFigures, Unestimable> {
        let (defects, opportunities) = (number(self.defects), self.opportunities()?);
        let (exact, bounds) = if self.defects <= opportunities {
            (Exact::Proportion, clopper_pearson(self.defects, opportunities, level))
        } else {
            (Exact::Rate, garwood(self.defects, number(opportunities), level))
        };
        let bounds = bounds.ok_or(Unestimable::Outside("the level is not between 0 and 1"))?;
        let dpo = Estimate { value: defects / number(opportunities), bounds };
        let dpu = defects / number(self.units);
        Ok(StepFigures {
            dpu,
            dpo,
            exact,
            z: z_long_term(dpo.value),
            z_bounds: z_bounds(dpo.bounds),
            first_time_yield: self.first_time_yield(level)?,
            throughput_yield: throughput_yield(dpu),
        })
    }

    /// Share of defective units; `None` where they were not counted, or exceed the units.
    #[must_use]
    pub fn share_defective(&self) -> Option<f64> {
        let defective = self.defective_units.filter(|defective| *defective <= self.units)?;
        (self.units > 0).then(|| number(defective) / number(self.units))
    }

    fn first_time_yield(&self, level: f64) -> Result<Option<Estimate>, Unestimable> {
        let Some(defective) = self.defective_units else { return Ok(None) };
        let more = Unestimable::Outside("more defective units than units");
        let good = self.units.checked_sub(defective).ok_or(more.clone())?;
        let bounds = clopper_pearson(good, self.units, level).ok_or(more)?;
        Ok(Some(Estimate { value: number(good) / number(self.units), bounds }))
    }
}

/// The figures of a whole process, step after step.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ProcessFigures {
    /// ∏ of the first-time yields, where every step has one.
    pub rolled_yield: Option<f64>,
    /// Its geometric mean over the steps.
    pub normalized_yield: Option<f64>,
    /// −ln of the rolled yield: the defects per unit it amounts to; absent at a yield of 0.
    pub dpu_of_rolled_yield: Option<f64>,
    /// e^(−Σ DPU): the rolled yield, were defects spread at random over units.
    pub rolled_yield_of_dpu: f64,
    /// All defects over all opportunities.
    pub dpo: f64,
    /// Long-term Z of that share; absent where unbounded.
    pub z: Option<f64>,
    /// Benchmark Z: Φ⁻¹ of the normalised yield; absent where unbounded.
    pub z_benchmark: Option<f64>,
}

/// The figures of a process of `steps`, one after the other.
///
/// # Errors
/// No steps, or a step without units or opportunities.
pub fn roll(steps: &[Step]) -> Result<ProcessFigures, Unestimable> {
    if steps.is_empty() {
        return Err(Unestimable::TooFew { needed: 1, got: 0 });
    }
    let (mut defects, mut opportunities, mut dpu) = (0.0, 0.0, 0.0);
    for step in steps {
        opportunities += number(step.opportunities()?);
        defects += number(step.defects);
        dpu += number(step.defects) / number(step.units);
    }
    let yields: Option<Vec<f64>> = steps.iter().map(yield_of).collect();
    let rolled = yields.as_deref().and_then(rolled_yield);
    let normalized = rolled.and_then(|rolled| normalized_yield(rolled, steps.len()));
    Ok(ProcessFigures {
        rolled_yield: rolled,
        normalized_yield: normalized,
        dpu_of_rolled_yield: rolled.filter(|rolled| *rolled > 0.0).map(dpu_of_yield),
        rolled_yield_of_dpu: throughput_yield(dpu),
        dpo: defects / opportunities,
        z: z_long_term(defects / opportunities),
        z_benchmark: yields.and_then(|yields| z_of_mean(&yields)),
    })
}

/// −ln y, and 0 rather than −0 of a perfect yield.
fn dpu_of_yield(rolled: f64) -> f64 {
    if rolled < 1.0 { -rolled.ln() } else { 0.0 }
}

/// Φ⁻¹ of the geometric mean of yields, from what each lacks: near 1 a yield has no digits left.
fn z_of_mean(yields: &[f64]) -> Option<f64> {
    let logs = yields.iter().map(|y| y.ln()).sum::<f64>() / count(yields.len());
    z_long_term(-logs.exp_m1())
}

fn yield_of(step: &Step) -> Option<f64> {
    let good = step.units.checked_sub(step.defective_units?)?;
    Some(number(good) / number(step.units))
}

#[expect(clippy::cast_precision_loss, reason = "counts stay far below 2^53")]
const fn number(n: u64) -> f64 {
    n as f64
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test")]
mod tests {
    use super::{Exact, Step, roll};
    use proptest::prelude::*;

    const fn step(units: u64, opportunities_per_unit: u64, defects: u64, defective: u64) -> Step {
        Step { units, opportunities_per_unit, defects, defective_units: Some(defective) }
    }

    fn close(got: Option<f64>, want: f64) {
        let got = got.unwrap_or(f64::NAN);
        assert!((got / want - 1.0).abs() < 1e-9, "{got} for {want}");
    }

    /// Constructed counts; expected values by exact fractions and forty-digit arithmetic.
    #[test]
    fn three_steps_of_a_service_process() {
        let steps = [step(1240, 5, 62, 55), step(1185, 8, 41, 40), step(1180, 12, 96, 80)];
        let first = steps[0].assess(0.95).unwrap();
        close(Some(first.dpu), 0.05);
        close(Some(first.dpo.value), 0.01);
        close(first.z, 2.326_347_874_040_841);
        close(first.z_bounds.0, 2.232_182_572_008_41);
        close(first.z_bounds.1, 2.424_000_332_020_927);
        close(first.first_time_yield.map(|y| y.bounds.low), 0.942_654_744_955_842);
        let all = roll(&steps).unwrap();
        close(all.rolled_yield, 0.860_784_581_738_655);
        close(all.dpu_of_rolled_yield, 0.149_911_001_283_991_07);
        close(Some(all.rolled_yield_of_dpu), 0.847_084_277_311_799_8);
        close(all.z, 2.474_619_970_129_208);
        close(all.z_benchmark, 1.657_171_972_218_331_6);
    }

    #[test]
    fn more_defects_than_opportunities_are_a_rate_without_sigma() {
        let figures = step(10, 1, 25, 9).assess(0.95).unwrap();
        assert_eq!((figures.exact, figures.z), (Exact::Rate, None));
        close(Some(figures.dpo.value), 2.5);
        assert_eq!(figures.z_bounds, (None, None));
    }

    #[test]
    fn a_perfect_and_a_hopeless_process_have_no_sigma() {
        let perfect = roll(&[step(50, 4, 0, 0)]).unwrap();
        assert_eq!((perfect.z, perfect.z_benchmark), (None, None));
        assert_eq!(perfect.dpu_of_rolled_yield, Some(0.0));
        let hopeless = roll(&[step(50, 4, 90, 50), step(9, 1, 0, 0)]).unwrap();
        assert_eq!((hopeless.dpu_of_rolled_yield, hopeless.z_benchmark), (None, None));
        assert!(roll(&[]).is_err() && step(0, 4, 0, 0).assess(0.95).is_err());
        assert!(step(3, 1, 4, 4).assess(0.95).is_err());
        assert!(step(3, 1, 1, 1).assess(1.0).is_err());
    }

    #[test]
    fn without_defective_units_there_is_no_first_time_yield() {
        let uncounted = Step { defective_units: None, ..step(100, 2, 5, 0) };
        assert_eq!(uncounted.assess(0.95).unwrap().first_time_yield, None);
        assert_eq!(roll(&[uncounted]).unwrap().rolled_yield, None);
    }

    proptest! {
        #[test]
        fn one_defect_more_never_raises_sigma(
            units in 1_u64..5000, opportunities in 1_u64..20, defects in 0_u64..5000,
        ) {
            let at = |defects| step(units, opportunities, defects, 0).assess(0.95).unwrap();
            let (before, after) = (at(defects), at(defects + 1));
            prop_assert!(before.dpo.value < after.dpo.value);
            if let (Some(before), Some(after)) = (before.z, after.z) {
                prop_assert!(after <= before);
            }
            if let (Some(before), Some(after)) = (before.z_bounds.0, after.z_bounds.0) {
                prop_assert!(after <= before + 1e-12);
            }
        }
    }
}
