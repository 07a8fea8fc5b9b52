//! A chart of counts in phases, fitted and judged: the one reading every view of it is made from.
//!
//! Each phase has limits of its own, frozen from its own baseline, and is judged for itself
//! ([`super::phases`]). Where the baseline varies more than chance would have it, limits are
//! Laney's (D. Laney, Quality Engineering 14 (2002)); where it varies less, limits stay those of
//! theory, and [`Spread::Less`] says so.

use std::ops::Range;

use super::attribute_chart::{Chart, Kind, Limits, Point, sigma_z, test};
use super::dispersion::{Dispersion, Spread};
use super::phases::{Misplaced, Plan, divide};
use super::rules::Rule;

/// Dispersion is taken for real below this p-value, in either direction.
pub const DISPERSION_ALPHA: f64 = 0.01;

/// One phase.
#[derive(Clone, Debug, PartialEq)]
pub struct Stage {
    /// Its points.
    pub points: Range<usize>,
    /// How many of them its limits come from.
    pub baseline: usize,
    /// The fit, widened where the baseline varies more than chance.
    pub chart: Chart,
    /// The test of dispersion over the baseline.
    pub dispersion: Option<Dispersion>,
}

impl Stage {
    /// Whether the limits come from every point of the phase, so that they are on trial.
    #[must_use]
    pub const fn is_trial(&self) -> bool {
        self.baseline >= self.points.end - self.points.start
    }

    /// How the baseline varies, beside chance.
    #[must_use]
    pub fn spread(&self) -> Spread {
        self.dispersion.map_or(Spread::AsChance, |d| d.spread(DISPERSION_ALPHA))
    }
}

/// One point, judged.
#[derive(Clone, Debug, PartialEq)]
pub struct Judged {
    /// Distance from the centre in sigmas of its phase's chart.
    pub z: f64,
    /// Limits at three sigma.
    pub limits: Limits,
    /// The rules whose pattern it completes within its phase.
    pub signals: Vec<Rule>,
}

/// The chart.
#[derive(Clone, Debug, PartialEq)]
pub struct Staged {
    /// Its phases, in order.
    pub stages: Vec<Stage>,
    /// Its points, in order.
    pub points: Vec<Judged>,
}

impl Staged {
    /// The phase of the newest point.
    #[must_use]
    pub fn newest(&self) -> Option<&Stage> {
        self.stages.last()
    }

    /// Signals expected by chance alone were every phase stable.
    #[must_use]
    pub fn expected_false_signals(&self, rules: &[Rule]) -> f64 {
        let of = |s: &Stage| super::rules::expected_false_signals(rules, s.points.len());
        self.stages.iter().map(of).sum()
    }
}

/// Fits and judges `points` by `plan` and `rules`.
///
/// `Ok(None)` where a phase cannot be fitted: no exposure, or, of p and np charts, more defective
/// units than units.
///
/// # Errors
/// A plan that does not fit the points, or gives no reason.
pub fn staged(
    kind: Kind,
    points: &[Point],
    plan: &Plan,
    rules: &[Rule],
) -> Result<Option<Staged>, Misplaced> {
    let phases = divide(points, plan, |baseline| fit(kind, baseline))?;
    let stage = |phase: &super::phases::Phase<Option<(Chart, Option<Dispersion>)>>| {
        let (chart, dispersion) = phase.limits?;
        let baseline = phase.baseline.len();
        Some(Stage { points: phase.points.clone(), baseline, chart, dispersion })
    };
    let stages: Option<Vec<Stage>> = phases.iter().map(stage).collect();
    let Some(stages) = stages else { return Ok(None) };
    let chart_of = |i: usize| stages.iter().find(|s| s.points.contains(&i)).map(|s| s.chart);
    let charts: Vec<Chart> = (0..points.len()).filter_map(chart_of).collect();
    let pairs = || charts.iter().zip(points);
    let z: Vec<f64> = pairs().map(|(chart, &point)| chart.z(point)).collect();
    let found: Vec<(Rule, Vec<usize>)> =
        rules.iter().map(|&rule| (rule, plan.signals(&phases, &z, rule.pattern()))).collect();
    let judged = |(i, (chart, point)): (usize, (&Chart, &Point))| Judged {
        z: chart.z(*point),
        limits: chart.limits(point.size, 3.0),
        signals: found.iter().filter(|(_, at)| at.contains(&i)).map(|(rule, _)| *rule).collect(),
    };
    Ok(Some(Staged { points: pairs().enumerate().map(judged).collect(), stages }))
}

fn fit(kind: Kind, baseline: &[Point]) -> Option<(Chart, Option<Dispersion>)> {
    let theory = Chart::fit(kind, baseline)?;
    let dispersion = test(&theory, baseline);
    let more = dispersion.is_some_and(|d| d.spread(DISPERSION_ALPHA) == Spread::More);
    let factor = if more { sigma_z(&theory, baseline).unwrap_or(1.0).max(1.0) } else { 1.0 };
    Some((theory.widened(factor), dispersion))
}

#[cfg(test)]
mod tests {
    use super::{Staged, staged};
    use crate::stats::control_chart::attribute_chart::{Chart, Kind, Point};
    use crate::stats::control_chart::dispersion::Spread;
    use crate::stats::control_chart::phases::{Misplaced, Plan, Start};
    use crate::stats::control_chart::rules::Rule;

    /// Orange juice cans, D. Montgomery, *Introduction to Statistical Quality Control*, § 7.2: 30
    /// samples of 50, and 24 after the machine was adjusted (limits there: 0.2313, then 0.1108).
    const BEFORE: [f64; 30] = [
        12.0, 15.0, 8.0, 10.0, 4.0, 7.0, 16.0, 9.0, 14.0, 10.0, 5.0, 6.0, 17.0, 12.0, 22.0, 8.0,
        10.0, 5.0, 13.0, 11.0, 20.0, 18.0, 24.0, 15.0, 9.0, 12.0, 7.0, 13.0, 9.0, 6.0,
    ];
    const AFTER: [f64; 24] = [
        9.0, 6.0, 12.0, 5.0, 6.0, 4.0, 6.0, 3.0, 7.0, 6.0, 2.0, 4.0, 3.0, 6.0, 5.0, 4.0, 8.0, 5.0,
        6.0, 7.0, 5.0, 6.0, 3.0, 5.0,
    ];

    fn juice() -> Vec<Point> {
        BEFORE.iter().chain(&AFTER).map(|&count| Point { count, size: 50.0 }).collect()
    }

    fn chart(plan: &Plan) -> Result<Staged, Misplaced> {
        let empty = Staged { stages: Vec::new(), points: Vec::new() };
        Ok(staged(Kind::P, &juice(), plan, &[Rule::Beyond, Rule::NineOneSide])?.unwrap_or(empty))
    }

    #[test]
    fn a_phase_has_the_limits_of_its_own_baseline_and_the_old_phase_keeps_its_own()
    -> Result<(), Misplaced> {
        let start = Start { at: 30, baseline: None, reason: "machine adjusted".to_owned() };
        let plan = Plan { baseline: Some(30), starts: vec![start], exclusions: Vec::new() };
        let juice_chart = chart(&plan)?;
        let alone = |points: &[Point]| Chart::fit(Kind::P, points).map(|c| c.rate);
        let rates: Vec<Option<f64>> =
            juice_chart.stages.iter().map(|s| Some(s.chart.rate)).collect();
        assert_eq!(rates, [alone(&juice()[..30]), alone(&juice()[30..])]);
        let factors: Vec<f64> = juice_chart.stages.iter().map(|s| s.chart.factor).collect();
        assert!((factors[0] - 1.660_308_621_872_86).abs() < 1e-9 && factors[1] <= 1.0);
        assert!((juice_chart.points[0].limits.center - 0.231_333_333_333_333).abs() < 1e-12);
        assert!((juice_chart.points[30].limits.center - 133.0 / 1200.0).abs() < 1e-12);
        assert!(juice_chart.points[30..].iter().all(|p| p.signals.is_empty()));
        Ok(())
    }

    #[test]
    fn frozen_limits_name_the_improvement_that_new_limits_would_take_in() -> Result<(), Misplaced> {
        let frozen = chart(&Plan { baseline: Some(30), ..Plan::default() })?;
        assert!(frozen.points[30..].iter().any(|p| p.signals.contains(&Rule::NineOneSide)));
        assert!(!frozen.stages[0].is_trial() && frozen.stages[0].spread() == Spread::More);
        assert!(frozen.expected_false_signals(&[Rule::Beyond]) > 0.1);
        Ok(())
    }

    #[test]
    fn a_plan_that_does_not_fit_is_refused_and_no_exposure_is_no_chart() {
        let start = Start { at: 90, baseline: None, reason: "later".to_owned() };
        let plan = Plan { starts: vec![start], ..Plan::default() };
        assert_eq!(chart(&plan).err(), Some(Misplaced::Start(90)));
        assert_eq!(staged(Kind::U, &[], &Plan::default(), &[]), Ok(None));
    }
}
