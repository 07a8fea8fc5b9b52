//! What customers say after a case.

use crate::stats::summary::moments::Moments;

/// Different scores shown one by one; more are rounded to whole ones.
const DISTINCT: usize = 12;

/// Scores of the cases of the window.
#[derive(Clone, Debug)]
pub(in super::super) struct Ratings {
    /// Count, mean and spread.
    pub(in super::super) moments: Moments,
    /// Each score and how often it was given, rising.
    pub(in super::super) scores: Vec<(f64, u64)>,
    /// Cases without a score.
    pub(in super::super) silent: u64,
}

impl Ratings {
    /// The scores of some cases, rising, and how many gave none; `None` where none gave one.
    pub(super) fn of((values, silent): (Vec<f64>, u64)) -> Option<Self> {
        let scores = counted(&values);
        let scores = if scores.len() > DISTINCT {
            counted(&values.iter().map(|x| x.round()).collect::<Vec<_>>())
        } else {
            scores
        };
        let moments = Moments::of(&values);
        (!values.is_empty()).then_some(Self { moments, scores, silent })
    }
}

fn counted(rising: &[f64]) -> Vec<(f64, u64)> {
    let runs = rising.chunk_by(|a, b| a.total_cmp(b).is_eq());
    runs.filter_map(|run| Some((*run.first()?, run.len() as u64))).collect()
}
