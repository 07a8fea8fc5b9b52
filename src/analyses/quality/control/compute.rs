//! The charts shown, and what was recorded about them.

use std::sync::Arc;

use super::params::Params;
use crate::analyses::{Charting, Charts, CountChart};
use crate::dataset::{Dataset, DefectCube};
use crate::records::{Col, TableKind};
use crate::stats::control_chart::dispersion::Spread;
use crate::stats::control_chart::rules::Rule;
use crate::units::Day;

/// A project that intervened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Event {
    /// Its day.
    pub(super) day: Day,
    /// Its name.
    pub(super) name: String,
    /// The step it concerns; the whole process when absent.
    step: Option<String>,
}

/// Everything the section is written from.
pub(super) struct Computed {
    /// The counts.
    pub(super) cube: Arc<DefectCube>,
    /// Rules in force.
    pub(super) rules: Vec<Rule>,
    /// Of each count the whole process first, then one chart a step.
    pub(super) charts: Vec<CountChart>,
    /// Steps without a chart for want of room.
    pub(super) left_out: usize,
    /// Interventions, in order of time.
    events: Vec<Event>,
}

impl Computed {
    /// `None` where no whole period has units.
    pub(super) fn new(data: &Dataset, params: &Params, charting: &Charting) -> Option<Self> {
        let Charts { cube, mut charts, rules } = Charts::new(data, charting)?;
        let shown = |chart: &CountChart| chart.step.is_none_or(|step| step < params.facets());
        charts.retain(shown);
        let steps = if cube.steps.len() > 1 { cube.steps.len() } else { 0 };
        let left_out = steps.saturating_sub(params.facets());
        Some(Self { cube, rules, charts, left_out, events: events(data) })
    }

    /// Signals of the newest period and of all, over all charts.
    pub(super) fn signals(&self) -> (usize, usize) {
        let newest = self.newest();
        let of = |chart: &CountChart| {
            let judged = chart.fit.points.iter().zip(&chart.counts);
            let signals = judged.filter(|(point, _)| !point.signals.is_empty());
            let periods: Vec<i32> = signals.map(|(_, counts)| counts.period).collect();
            (periods.iter().filter(|&&period| period == newest).count(), periods.len())
        };
        self.charts.iter().map(of).fold((0, 0), |sum, one| (sum.0 + one.0, sum.1 + one.1))
    }

    /// The newest period of the whole process.
    pub(super) fn newest(&self) -> i32 {
        self.charts.first().and_then(|c| c.counts.last()).map_or(0, |counts| counts.period)
    }

    /// False signals chance alone would give on all charts shown.
    pub(super) fn expected_false(&self) -> f64 {
        self.charts.iter().map(|c| c.fit.expected_false_signals(&self.rules)).sum()
    }

    /// The name of a step; `None` of the whole process and of records that name none.
    pub(super) fn step(&self, step: Option<usize>) -> Option<&str> {
        self.cube.steps.get(step?)?.as_deref()
    }

    /// Interventions a chart shows, each with the point it falls on.
    pub(super) fn events<'e>(&'e self, chart: &CountChart) -> Vec<(usize, &'e Event)> {
        let grain = self.cube.grain;
        let own = self.step(chart.step);
        let concerns = |event: &&Event| match (chart.step, &event.step) {
            (None, _) | (_, None) => true,
            (Some(_), Some(step)) => own == Some(step.as_str()),
        };
        let on = |day: Day, p: i32| grain.first_day(p) <= day && day <= grain.last_day(p);
        let place = |event: &'e Event| {
            Some((chart.counts.iter().position(|c| on(event.day, c.period))?, event))
        };
        self.events.iter().filter(concerns).filter_map(place).collect()
    }

    /// The first chart whose baseline varies otherwise than chance would have it.
    pub(super) fn spread(&self, spread: Spread) -> Option<&CountChart> {
        let is = |chart: &&CountChart| chart.stage().is_some_and(|s| s.spread() == spread);
        self.charts.iter().find(is)
    }
}

fn events(data: &Dataset) -> Vec<Event> {
    let Some(table) = data.table(TableKind::Projects) else { return Vec::new() };
    let event = |row| {
        Some(Event {
            day: table.day(Col::Intervention, row)?,
            name: table.text(Col::ProjectName, row)?.to_owned(),
            step: table.text(Col::Step, row).map(str::to_owned),
        })
    };
    let mut events: Vec<Event> = (0..table.len()).filter_map(event).collect();
    events.sort_by(|a, b| (a.day, &a.name).cmp(&(b.day, &b.name)));
    events.dedup();
    events
}
