//! Nested gage R&R: every part is measured by one operator alone, as where measuring destroys it.

use super::components::Components;
use super::layout::{Layout, Reading, mean};
use super::{FTest, Source};
use crate::stats::{Unestimable, count};

/// The analysis of variance of a nested study, parts and operators random.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Nested {
    /// Between operators.
    pub operator: Source,
    /// Between parts of one operator.
    pub part: Source,
    /// Within parts.
    pub repeatability: Source,
    /// Operators against parts.
    pub operator_test: Option<FTest>,
    /// Parts against repeatability.
    pub part_test: Option<FTest>,
    /// Where the spread comes from; there is no interaction to be told.
    pub components: Components,
}

/// Analyses a nested study. Part numbers are those of each operator: part 1 of two operators is
/// two parts.
///
/// # Errors
/// `Outside` where it is unbalanced or a value is not finite, `TooFew` below two operators, two
/// parts each, or two trials.
pub fn nested(readings: &[Reading]) -> Result<Nested, Unestimable> {
    let layout = Layout::new(readings, false)?.centred();
    let (parts, operators, trials) = (layout.parts, layout.operators, layout.trials);
    if trials < 2 {
        return Err(Unestimable::TooFew { needed: 2, got: trials });
    }
    let by_operator = layout.operator_means();
    let grand = mean(by_operator.iter().copied());
    let between: f64 = by_operator.iter().map(|m| (m - grand).powi(2)).sum();
    let cells = layout.cell_means();
    let among: f64 = (cells.iter().zip(&by_operator))
        .flat_map(|(row, mean)| row.iter().map(move |cell| (cell - mean).powi(2)))
        .sum();
    let operator = Source { df: operators - 1, ss: count(parts * trials) * between };
    let part = Source { df: operators * (parts - 1), ss: count(trials) * among };
    let repeatability = Source { df: operators * parts * (trials - 1), ss: layout.within() };
    let ms = |source: &Source| source.ms().unwrap_or(0.0);
    let component = |source: &Source, below: &Source, times: usize| {
        ((ms(source) - ms(below)) / count(times)).max(0.0)
    };
    Ok(Nested {
        operator,
        part,
        repeatability,
        operator_test: operator.against(&part),
        part_test: part.against(&repeatability),
        components: Components {
            repeatability: ms(&repeatability),
            operator: component(&operator, &part, parts * trials),
            operator_by_part: 0.0,
            part_to_part: component(&part, &repeatability, trials),
        },
    })
}
