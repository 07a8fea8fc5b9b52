//! Phases, frozen baselines and excluded points, for a chart of any kind.
//!
//! A chart begins a new phase only where the plan says so and why. Nothing here looks for a place
//! to begin one: limits re-based after every signal are always in control. Sources: D. Montgomery,
//! *Introduction to Statistical Quality Control*, § 5.3 (phase I and II); NHS England, *Making
//! Data Count* (when to recalculate).

use std::ops::Range;

use super::rules::Pattern;

/// A new phase.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Start {
    /// Its first point.
    pub at: usize,
    /// Points from there that its limits come from; all of the phase when absent.
    pub baseline: Option<usize>,
    /// The recorded change that calls for it.
    pub reason: String,
}

/// A point left out of the limits.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Exclusion {
    /// Which.
    pub at: usize,
    /// The assignable cause found.
    pub reason: String,
}

/// What is known of the chart's history.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Plan {
    /// Points the limits of the first phase come from; all of it when absent.
    pub baseline: Option<usize>,
    /// Later phases, in order.
    pub starts: Vec<Start>,
    /// Points left out.
    pub exclusions: Vec<Exclusion>,
}

/// A plan that does not fit its chart.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Misplaced {
    /// A phase begins at the first point, beyond the last, or not after the one before.
    #[error("a phase cannot begin at point {0}")]
    Start(usize),
    /// A point is excluded that is not there.
    #[error("there is no point {0} to exclude")]
    Exclusion(usize),
    /// A phase or an exclusion without a reason.
    #[error("the change at point {0} has no reason")]
    Reason(usize),
}

/// A phase with limits of its own.
#[derive(Clone, Debug, PartialEq)]
pub struct Phase<L> {
    /// Its points.
    pub points: Range<usize>,
    /// The points its limits come from: its baseline less what is excluded.
    pub baseline: Vec<usize>,
    /// What was fitted to them.
    pub limits: L,
}

/// Divides `points` by `plan` and fits each phase to its baseline alone.
///
/// `fit` is given the baseline without the excluded points, those before and after one side by
/// side, as if it had never been measured; it may return a `Result` or an `Option`. The phases
/// cover all points, excluded ones too: these keep their place and are judged by no rule.
///
/// # Errors
/// A plan that does not fit, or gives no reason.
pub fn divide<P: Clone, L>(
    points: &[P],
    plan: &Plan,
    fit: impl Fn(&[P]) -> L,
) -> Result<Vec<Phase<L>>, Misplaced> {
    check(plan, points.len())?;
    let begins = |i: usize| plan.starts.get(i).map_or(points.len(), |start| start.at);
    let first = (0..begins(0), plan.baseline);
    let later = plan.starts.iter().enumerate();
    let later = later.map(|(i, start)| (start.at..begins(i + 1), start.baseline));
    let phase = |(range, baseline): (Range<usize>, Option<usize>)| {
        let kept = range.clone().take(baseline.unwrap_or(usize::MAX));
        let baseline: Vec<usize> = kept.filter(|&i| !plan.excludes(i)).collect();
        let kept: Vec<P> = baseline.iter().filter_map(|&i| points.get(i).cloned()).collect();
        Phase { points: range, limits: fit(&kept), baseline }
    };
    Ok(std::iter::once(first).chain(later).map(phase).collect())
}

fn check(plan: &Plan, points: usize) -> Result<(), Misplaced> {
    let mut after = 0;
    for start in &plan.starts {
        if start.at <= after || start.at >= points {
            return Err(Misplaced::Start(start.at));
        }
        after = start.at;
    }
    if let Some(nowhere) = plan.exclusions.iter().find(|exclusion| exclusion.at >= points) {
        return Err(Misplaced::Exclusion(nowhere.at));
    }
    let starts = plan.starts.iter().map(|start| (start.at, &start.reason));
    let exclusions = plan.exclusions.iter().map(|exclusion| (exclusion.at, &exclusion.reason));
    let silent = starts.chain(exclusions).find(|(_, reason)| reason.trim().is_empty());
    silent.map_or(Ok(()), |(at, _)| Err(Misplaced::Reason(at)))
}

impl Plan {
    /// Whether the point is left out of the limits.
    #[must_use]
    pub fn excludes(&self, point: usize) -> bool {
        self.exclusions.iter().any(|exclusion| exclusion.at == point)
    }

    /// The points of the standardised series `z` that complete `pattern`, 0-based.
    ///
    /// Each phase is judged for itself. An excluded point completes nothing, and no run reaches
    /// across it.
    #[must_use]
    pub fn signals<L>(&self, phases: &[Phase<L>], z: &[f64], pattern: Pattern) -> Vec<usize> {
        let judged: Vec<f64> = z
            .iter()
            .enumerate()
            .map(|(i, &z)| if self.excludes(i) { f64::NAN } else { z })
            .collect();
        let of_phase = |phase: &Phase<L>| {
            let from = phase.points.start;
            let found = judged.get(phase.points.clone()).map(|z| pattern.signals(z));
            found.unwrap_or_default().into_iter().map(move |i| from + i).collect::<Vec<_>>()
        };
        phases.iter().flat_map(of_phase).collect()
    }

    /// The rules each point of the standardised series `z` completes, in the order of `rules`.
    #[must_use]
    pub fn completed<L, R: Copy + Into<Pattern>>(
        &self,
        phases: &[Phase<L>],
        z: &[f64],
        rules: &[R],
    ) -> Vec<Vec<R>> {
        let mut out = vec![Vec::new(); z.len()];
        for &rule in rules {
            for at in self.signals(phases, z, rule.into()) {
                out[at].push(rule);
            }
        }
        out
    }
}

#[cfg(test)]
mod tests {
    use super::{Exclusion, Misplaced, Plan, Start, divide};
    use crate::stats::control_chart::attribute_chart::{Chart, Kind, Point};
    use crate::stats::control_chart::rules::{Pattern, Rule};
    use proptest::prelude::*;

    fn start(at: usize, baseline: Option<usize>) -> Start {
        Start { at, baseline, reason: "new form".to_owned() }
    }

    fn exclusion(at: usize) -> Exclusion {
        Exclusion { at, reason: "strike".to_owned() }
    }

    fn mean(x: &[f64]) -> Option<f64> {
        (!x.is_empty()).then(|| x.iter().sum::<f64>() / x.iter().map(|_| 1.0).sum::<f64>())
    }

    #[test]
    fn an_excluded_point_keeps_its_place_but_not_its_say() -> Result<(), Misplaced> {
        let x = [1.0, 2.0, 90.0, 3.0, 7.0, 9.0, 50.0];
        let plan = Plan {
            baseline: None,
            starts: vec![start(4, Some(2))],
            exclusions: vec![exclusion(2)],
        };
        let phases = divide(&x, &plan, mean)?;
        assert_eq!((phases[0].points.clone(), phases[0].limits), (0..4, Some(2.0)));
        assert_eq!((phases[1].points.clone(), phases[1].limits), (4..7, Some(8.0)));
        assert_eq!((&phases[0].baseline, &phases[1].baseline), (&vec![0, 1, 3], &vec![4, 5]));
        let z = [1.0, 1.0, 9.0, 1.0, 1.0, 1.0, 9.0];
        assert_eq!(plan.signals(&phases, &z, Rule::Beyond.pattern()), [6]);
        assert_eq!(plan.signals(&phases, &z, Pattern::OneSide { points: 3 }), [6]);
        Ok(())
    }

    #[test]
    fn no_phase_without_a_place_and_a_reason() {
        let plan = |starts| Plan { baseline: None, starts, exclusions: Vec::new() };
        let fault = |plan: &Plan| divide(&[1.0, 2.0, 3.0], plan, mean).err();
        assert_eq!(fault(&plan(vec![start(0, None)])), Some(Misplaced::Start(0)));
        assert_eq!(fault(&plan(vec![start(3, None)])), Some(Misplaced::Start(3)));
        let disorder = plan(vec![start(2, None), start(1, None)]);
        assert_eq!(fault(&disorder), Some(Misplaced::Start(1)));
        let silent = plan(vec![Start { reason: " ".to_owned(), ..start(1, None) }]);
        assert_eq!(fault(&silent), Some(Misplaced::Reason(1)));
        let nowhere = Plan { exclusions: vec![exclusion(3)], ..Plan::default() };
        assert_eq!(fault(&nowhere), Some(Misplaced::Exclusion(3)));
    }

    proptest! {
        /// Limits of a frozen baseline are those of the baseline alone, whatever follows it.
        #[test]
        fn a_frozen_baseline_knows_nothing_of_later_points(
            counts in prop::collection::vec(0_u32..30, 12..40), baseline in 3_usize..12, out in 0_usize..3
        ) {
            let points: Vec<Point> =
                counts.iter().map(|&count| Point { count: f64::from(count), size: 40.0 }).collect();
            let plan = Plan { baseline: Some(baseline), starts: vec![], exclusions: vec![exclusion(out)] };
            let fit = |points: &[Point]| Chart::fit(Kind::P, points);
            let alone = points.get(..baseline).unwrap_or_default();
            let frozen = divide(&points, &plan, fit).map(|phases| phases[0].limits);
            let alone = divide(alone, &plan, fit).map(|phases| phases[0].limits);
            prop_assert_eq!(frozen, alone);
        }
    }
}
