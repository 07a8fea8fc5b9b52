//! The control charts of counts of a report: one rule set, one fit, for every analysis that shows
//! a chart or its verdict.

use std::sync::Arc;

use serde::Deserialize;

use crate::dataset::{Counted, Dataset, DefectCube, Grain, OpportunityBasis};
use crate::records::{Col, TableKind};
use crate::report::Variation;
use crate::stats::control_chart::attribute_chart::{Kind, Point};
use crate::stats::control_chart::change_point::Way;
use crate::stats::control_chart::phases::{Plan, Start};
use crate::stats::control_chart::rules::Rule;
use crate::stats::control_chart::staged::{Stage, Staged, staged};
use crate::units::{Day, Month, Period};

/// Fewer points without a signal tell nothing of variation.
const MIN_POINTS: usize = 8;

/// How the charts of a report are made: `[chart]` and `[[phase]]` of its definition.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Charting {
    /// Length of a point: a month when absent.
    by: By,
    /// What is counted; whatever the records count when absent.
    count: Option<Count>,
    /// Rules in force; beyond, nine on one side, six in a trend and two of three when absent.
    rules: Option<Vec<RuleName>>,
    /// Points of a frozen baseline: 20 months or 25 weeks when absent.
    baseline_points: Option<usize>,
    /// Recorded events from which limits are new.
    phase: Vec<PhaseStart>,
}

/// A recorded event from which limits are new.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
struct PhaseStart {
    /// Day or month: limits are new from the first whole period that begins then or later.
    from: String,
    /// The step it concerns; the whole process and every step when absent.
    step: Option<String>,
    /// Why.
    reason: String,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
enum By {
    #[default]
    Month,
    Week,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Count {
    Defects,
    Defective,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
enum RuleName {
    Beyond,
    NineOneSide,
    SixTrend,
    FourteenAlternating,
    TwoOfThree,
    FourOfFive,
    FifteenWithin,
    EightBeyond,
}

impl Charting {
    /// Length of a point.
    #[must_use]
    pub const fn grain(&self) -> Grain {
        match self.by {
            By::Month => Grain::Month,
            By::Week => Grain::Week,
        }
    }

    /// The rules in force, in Nelson's order, each once.
    #[must_use]
    pub fn rules(&self) -> Vec<Rule> {
        let standard = [Rule::Beyond, Rule::NineOneSide, Rule::SixTrend, Rule::TwoOfThree];
        let Some(names) = &self.rules else { return standard.to_vec() };
        let asked: Vec<Rule> = names.iter().map(|name| name.rule()).collect();
        Rule::ALL.into_iter().filter(|rule| asked.contains(rule)).collect()
    }

    /// Points of a frozen baseline.
    #[must_use]
    pub fn baseline(&self) -> usize {
        let standard = if self.by == By::Month { 20 } else { 25 };
        self.baseline_points.unwrap_or(standard)
    }

    /// Whether the values make sense.
    ///
    /// # Errors
    /// What is wrong with the first that does not.
    pub fn check(&self) -> Result<(), String> {
        if let Some(n) = self.baseline_points.filter(|&n| n < 2) {
            return Err(format!("baseline_points = {n}: expected 2 or more"));
        }
        for phase in &self.phase {
            if phase.first_day().is_none() {
                return Err(format!("phase: from = {:?}: expected a day or a month", phase.from));
            }
            if phase.reason.trim().is_empty() {
                return Err(format!("phase: from = {:?}: expected a reason", phase.from));
            }
        }
        Ok(())
    }

    /// The plan of a chart: of a step by name, or of the whole process.
    fn plan(&self, step: Option<&str>, periods: &[i32]) -> Plan {
        let grain = self.grain();
        let concerns = |p: &&PhaseStart| p.step.is_none() || p.step.as_deref() == step;
        let start = |phase: &PhaseStart| {
            let from = phase.first_day()?;
            let at = periods.iter().position(|&period| grain.first_day(period) >= from)?;
            let reason = phase.reason.clone();
            (at > 0).then_some(Start { at, baseline: Some(self.baseline()), reason })
        };
        let mut starts: Vec<Start> = self.phase.iter().filter(concerns).filter_map(start).collect();
        starts.sort_by_key(|start| start.at);
        starts.dedup_by_key(|start| start.at);
        Plan { baseline: Some(self.baseline()), starts, exclusions: Vec::new() }
    }

    fn kinds(&self, has: impl Fn(Counted) -> bool) -> Vec<(Kind, Counted)> {
        let all = [(Kind::U, Counted::Defects), (Kind::P, Counted::Defective)];
        let wanted = |&(_, counted): &(Kind, Counted)| match self.count {
            Some(Count::Defects) => counted == Counted::Defects,
            Some(Count::Defective) => counted == Counted::Defective,
            None => has(counted),
        };
        all.into_iter().filter(wanted).collect()
    }
}

impl PhaseStart {
    fn first_day(&self) -> Option<Day> {
        Day::parse_iso(&self.from).or_else(|| Month::parse_iso(&self.from).map(Month::first_day))
    }
}

impl RuleName {
    const fn rule(self) -> Rule {
        match self {
            Self::Beyond => Rule::Beyond,
            Self::NineOneSide => Rule::NineOneSide,
            Self::SixTrend => Rule::SixTrend,
            Self::FourteenAlternating => Rule::FourteenAlternating,
            Self::TwoOfThree => Rule::TwoOfThree,
            Self::FourOfFive => Rule::FourOfFive,
            Self::FifteenWithin => Rule::FifteenWithin,
            Self::EightBeyond => Rule::EightBeyond,
        }
    }
}

/// One period of a chart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Counts {
    /// Period, numbered by the chart's grain.
    pub period: i32,
    /// Events.
    pub count: u64,
    /// Units.
    pub size: u64,
}

/// The chart of the whole process or of a step.
#[derive(Clone, Debug)]
pub struct CountChart {
    /// Which chart.
    pub kind: Kind,
    /// The step; the whole process when absent.
    pub step: Option<usize>,
    /// What is drawn, oldest first.
    pub counts: Vec<Counts>,
    /// How phases begin, and why.
    pub plan: Plan,
    /// The fit; one judged point a count.
    pub fit: Staged,
}

impl CountChart {
    /// The phase of the newest point.
    #[must_use]
    pub fn stage(&self) -> Option<&Stage> {
        self.fit.newest()
    }

    /// The days its newest limits come from, the periods of `grain`.
    #[must_use]
    pub fn baseline(&self, grain: Grain) -> Option<Period> {
        let stage = self.stage()?;
        let period = |i: usize| self.counts.get(i).map(|counts| counts.period);
        let first = period(stage.points.start)?;
        let last = period((stage.points.start + stage.baseline).checked_sub(1)?)?;
        Some(Period { from: grain.first_day(first), to: grain.last_day(last) })
    }

    /// Which way the signal at a point goes; `None` where there is none.
    #[must_use]
    pub fn way(&self, point: usize) -> Option<Way> {
        let judged = self.fit.points.get(point).filter(|judged| !judged.signals.is_empty())?;
        let trend_alone = judged.signals.iter().all(|&rule| rule == Rule::SixTrend);
        let before = point.checked_sub(1).and_then(|i| self.fit.points.get(i)).map(|p| p.z);
        let from = if trend_alone { before.unwrap_or(0.0) } else { 0.0 };
        Some(if judged.z > from { Way::Rise } else { Way::Fall })
    }

    /// What the newest point says.
    #[must_use]
    pub fn variation(&self) -> Variation {
        let few = self.stage().is_none_or(|stage| stage.points.len() < MIN_POINTS);
        match self.way(self.counts.len().saturating_sub(1)) {
            Some(Way::Rise) => Variation::Concerning,
            Some(Way::Fall) => Variation::Improving,
            None if few => Variation::Unknown,
            None => Variation::Common,
        }
    }
}

/// Every chart of the service records.
#[derive(Clone, Debug)]
pub struct Charts {
    /// Whole periods.
    pub cube: Arc<DefectCube>,
    /// Of each count the whole process first, then one chart a step.
    pub charts: Vec<CountChart>,
    /// The rules in force.
    pub rules: Vec<Rule>,
}

impl Charts {
    /// `None` where no whole period has a count.
    #[must_use]
    pub fn new(data: &Dataset, charting: &Charting) -> Option<Self> {
        let until = data.until();
        let (grain, basis) = (charting.grain(), OpportunityBasis::PerUnit);
        let cube = DefectCube::by(data, grain, until, basis, &[Col::Step]);
        let cube = cube.whole_periods(until);
        let table = data.table(TableKind::ServiceRecords)?;
        let has = |counted| match counted {
            Counted::Defects => table.has(Col::Defects),
            Counted::Defective => table.has(Col::Defective),
        };
        let steps = if cube.steps.len() > 1 { cube.steps.len() } else { 0 };
        let rules = charting.rules();
        let mut charts = Vec::new();
        for (kind, counted) in charting.kinds(has) {
            let one = |step| chart(&cube, charting, (kind, counted), step, &rules);
            charts.extend(std::iter::once(None).chain((0..steps).map(Some)).filter_map(one));
        }
        (!charts.is_empty()).then_some(Self { cube, charts, rules })
    }

    /// Months the newest limits of the whole process come from, those before `focus`.
    #[must_use]
    pub fn baseline_before(&self, focus: i32) -> Vec<i32> {
        let baseline = self.charts.first().and_then(|chart| chart.baseline(self.cube.grain));
        let Some(Period { from, to }) = baseline else { return Vec::new() };
        (from.month().number()..=to.month().number().min(focus - 1)).collect()
    }

    /// The chart of a count, of the whole process or a step.
    #[must_use]
    pub fn of(&self, kind: Kind, step: Option<usize>) -> Option<&CountChart> {
        self.charts.iter().find(|chart| chart.kind == kind && chart.step == step)
    }
}

fn chart(
    cube: &DefectCube,
    charting: &Charting,
    (kind, counted): (Kind, Counted),
    step: Option<usize>,
    rules: &[Rule],
) -> Option<CountChart> {
    let series = cube.series(counted, |place| step.is_none_or(|step| place.step == step));
    let counts = series.into_iter().map(|(period, count, size)| Counts { period, count, size });
    let counts: Vec<Counts> = counts.collect();
    let periods: Vec<i32> = counts.iter().map(|c| c.period).collect();
    let name = step.and_then(|step| cube.steps.get(step)?.as_deref());
    let plan = charting.plan(name, &periods);
    let points: Vec<Point> = counts.iter().map(point).collect();
    let fit = staged(kind, &points, &plan, rules).ok()??;
    Some(CountChart { kind, step, counts, plan, fit })
}

#[expect(clippy::cast_precision_loss, reason = "counts of work stay below 2^53")]
fn point(counts: &Counts) -> Point {
    Point { count: counts.count as f64, size: counts.size as f64 }
}

#[cfg(test)]
mod tests {
    use super::Charting;

    fn charting(json: serde_json::Value) -> Result<Charting, String> {
        let charting: Charting = serde_json::from_value(json).map_err(|e| e.to_string())?;
        charting.check().map(|()| charting)
    }

    #[test]
    fn a_phase_begins_with_the_first_whole_period_at_or_after_its_day() -> Result<(), String> {
        let phases = serde_json::json!({"phase": [
            {"from": "2025-03-15", "reason": "new form"},
            {"from": "2025-02", "reason": "new line", "step": "Packing"},
            {"from": "2030-01", "reason": "not yet"},
        ]});
        let charting = charting(phases)?;
        let months: Vec<i32> = (2025 * 12..2025 * 12 + 6).collect();
        let at = |step| -> Vec<usize> {
            charting.plan(step, &months).starts.iter().map(|start| start.at).collect()
        };
        assert_eq!(
            (at(None), at(Some("Packing")), at(Some("other"))),
            (vec![3], vec![1, 3], vec![3])
        );
        Ok(())
    }

    #[test]
    fn what_makes_no_sense_is_named() {
        for wrong in [
            serde_json::json!({"baseline_points": 1}),
            serde_json::json!({"rules": ["gut"]}),
            serde_json::json!({"phase": [{"from": "spring", "reason": "x"}]}),
            serde_json::json!({"phase": [{"from": "2025-01", "reason": " "}]}),
        ] {
            assert!(charting(wrong.clone()).is_err(), "{wrong}");
        }
    }
}
