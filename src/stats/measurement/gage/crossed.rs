//! Crossed gage R&R by analysis of variance: every operator measures every part.

use super::components::Components;
use super::layout::{Layout, Reading, mean};
use super::{FTest, Source};
use crate::stats::{Unestimable, count};

/// Minitab keeps the interaction where its p-value is at most this.
pub const MINITAB_ALPHA: f64 = 0.05;
/// AIAG practice keeps it up to this.
pub const AIAG_ALPHA: f64 = 0.25;

/// Whether operators may differ on some parts more than on others.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Model {
    /// They may.
    WithInteraction,
    /// They do not: that term is pooled into repeatability.
    WithoutInteraction,
}

/// The analysis of variance of a crossed study, parts and operators random.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Crossed {
    /// Between parts.
    pub part: Source,
    /// Between operators.
    pub operator: Source,
    /// Part by operator.
    pub interaction: Source,
    /// Within cells; without degrees of freedom where each cell holds one reading.
    pub repeatability: Source,
    parts: usize,
    operators: usize,
    trials: usize,
}

/// What one model makes of a study.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Estimate {
    /// Parts against the interaction, or against what it is pooled into.
    pub part: Option<FTest>,
    /// Operators likewise.
    pub operator: Option<FTest>,
    /// Where the spread comes from.
    pub components: Components,
}

/// Analyses a crossed study.
///
/// # Errors
/// `Outside` where it is unbalanced or a value is not finite, `TooFew` below two parts or two
/// operators.
pub fn crossed(readings: &[Reading]) -> Result<Crossed, Unestimable> {
    let layout = Layout::new(readings, true)?.centred();
    let (parts, operators, trials) = (layout.parts, layout.operators, layout.trials);
    let (by_part, by_operator) = (layout.part_means(), layout.operator_means());
    let grand = mean(by_operator.iter().copied());
    let squares = |means: &[f64]| means.iter().map(|m| (m - grand).powi(2)).sum::<f64>();
    let mut interaction = 0.0;
    for (row, operator) in layout.cell_means().iter().zip(&by_operator) {
        for (cell, part) in row.iter().zip(&by_part) {
            interaction += (cell - operator - part + grand).powi(2);
        }
    }
    let source = |df, ss| Source { df, ss };
    Ok(Crossed {
        part: source(parts - 1, count(operators * trials) * squares(&by_part)),
        operator: source(operators - 1, count(parts * trials) * squares(&by_operator)),
        interaction: source((parts - 1) * (operators - 1), count(trials) * interaction),
        repeatability: source(parts * operators * (trials - 1), layout.within()),
        parts,
        operators,
        trials,
    })
}

impl Crossed {
    /// The interaction against repeatability; `None` where each cell holds one reading.
    #[must_use]
    pub fn interaction_test(&self) -> Option<FTest> {
        self.interaction.against(&self.repeatability)
    }

    /// The model a rule chooses: without interaction where its p-value is above `alpha`
    /// ([`MINITAB_ALPHA`], [`AIAG_ALPHA`]) or cannot be tested.
    #[must_use]
    pub fn choice(&self, alpha: f64) -> Model {
        match self.interaction_test() {
            Some(test) if test.p_value <= alpha => Model::WithInteraction,
            _ => Model::WithoutInteraction,
        }
    }

    /// Tests and variance components under `model`.
    ///
    /// # Errors
    /// `TooFew` where each cell holds one reading: the interaction cannot be told from
    /// repeatability.
    pub fn estimate(&self, model: Model) -> Result<Estimate, Unestimable> {
        let pooled = self.repeatability.pooled(&self.interaction);
        let (error, repeatability) = match model {
            Model::WithInteraction => (self.interaction, self.repeatability),
            Model::WithoutInteraction => (pooled, pooled),
        };
        let few = Unestimable::TooFew { needed: 2, got: self.trials };
        let (Some(within), Some(against)) = (repeatability.ms(), error.ms()) else {
            return Err(few);
        };
        let component = |source: &Source, times: usize| {
            source.ms().map_or(0.0, |ms| ((ms - against) / count(times)).max(0.0))
        };
        let operator_by_part = match model {
            Model::WithInteraction => ((against - within) / count(self.trials)).max(0.0),
            Model::WithoutInteraction => 0.0,
        };
        Ok(Estimate {
            part: self.part.against(&error),
            operator: self.operator.against(&error),
            components: Components {
                repeatability: within,
                operator: component(&self.operator, self.parts * self.trials),
                operator_by_part,
                part_to_part: component(&self.part, self.operators * self.trials),
            },
        })
    }
}
