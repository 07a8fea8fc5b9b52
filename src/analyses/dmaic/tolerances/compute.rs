//! Stacks added up and simulated.

use super::params::Params;
use crate::dataset::{Dataset, Part, ToleranceStack, tolerance_stacks};
use crate::stats::capability::Specification;
use crate::stats::design::tolerance::{Component, Prediction, Shape, Stack, Terms, predict, stack};
use crate::units::Period;

/// Why a stack has no figure.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Lack {
    /// The word of a distribution is not known.
    Distribution,
    /// A figure is missing its sense: nothing varies, a negative spread, a lognormal below 0.
    Figures,
    /// No limit, or a lower one above the upper.
    Limits,
}

/// One result of a design.
#[derive(Debug)]
pub(super) struct Design {
    pub(super) stack: ToleranceStack,
    /// Mean, spread and worst case.
    pub(super) sum: Result<Stack, Lack>,
    /// Yield.
    pub(super) prediction: Result<Prediction, Lack>,
}

impl Design {
    /// The component with the largest share of the variance.
    pub(super) fn driver(&self) -> Option<(&Part, f64)> {
        let shares = self.sum.as_ref().ok()?.shares.iter().copied();
        self.stack.parts.iter().zip(shares).max_by(|a, b| a.1.total_cmp(&b.1))
    }
}

/// Everything the section is written from.
#[derive(Debug)]
pub(super) struct Computed {
    pub(super) designs: Vec<Design>,
    pub(super) params: Params,
    pub(super) level: f64,
    pub(super) period: Period,
}

impl Computed {
    /// `None` where no component is given.
    pub(super) fn new(data: &Dataset, params: &Params, level: f64) -> Option<Self> {
        let terms = Terms { seed: params.seed, draws: params.draws, level };
        let stacks = tolerance_stacks(data);
        let designs: Vec<Design> = stacks.into_iter().map(|stack| design(stack, terms)).collect();
        let period = Period { from: data.period.from, to: data.until() };
        (!designs.is_empty()).then(|| Self { designs, params: params.clone(), level, period })
    }

    /// The design with the least predicted yield.
    pub(super) fn worst(&self) -> Option<(&Design, &Prediction)> {
        let known = self.designs.iter().filter_map(|d| Some((d, d.prediction.as_ref().ok()?)));
        known.min_by(|a, b| a.1.simulated.value.total_cmp(&b.1.simulated.value))
    }
}

fn design(own: ToleranceStack, terms: Terms) -> Design {
    let components: Option<Vec<Component>> = own.parts.iter().map(component).collect();
    let sum = match &components {
        None => Err(Lack::Distribution),
        Some(components) => stack(components).map_err(|_| Lack::Figures),
    };
    let prediction = match (&components, &sum) {
        (Some(components), Ok(_)) => Specification::new(own.lsl, None, own.usl)
            .map_err(|_| Lack::Limits)
            .and_then(|spec| predict(components, &spec, terms).map_err(|_| Lack::Figures)),
        _ => Err(sum.as_ref().err().copied().unwrap_or(Lack::Figures)),
    };
    Design { stack: own, sum, prediction }
}

fn component(part: &Part) -> Option<Component> {
    let shape = Shape::named(part.law?)?;
    Some(Component { mean: part.mean, sd: part.sd, coefficient: part.coefficient, shape })
}
