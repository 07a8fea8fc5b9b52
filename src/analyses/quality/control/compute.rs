//! From counts by period to fitted charts and their signals.

use super::params::Params;
use crate::dataset::{Dataset, DefectCube, OpportunityBasis, Place};
use crate::records::{Col, TableKind};
use crate::stats::control_chart::attribute_chart::{Chart, Kind, Limits, Point, sigma_z, test};
use crate::stats::control_chart::dispersion::Dispersion;
use crate::stats::control_chart::rules::Rule;

/// Dispersion is taken for real below this p-value.
const DISPERSION_ALPHA: f64 = 0.01;

/// One period of a chart.
#[derive(Clone, Debug)]
pub(super) struct Plotted {
    /// Period, numbered by the chart's grain.
    pub(super) period: i32,
    /// Events and their exposure.
    pub(super) count: u64,
    /// Units.
    pub(super) size: u64,
    /// Distance from the centre in sigmas of the chart.
    pub(super) z: f64,
    /// Limits at three sigma.
    pub(super) limits: Limits,
    /// The rules whose pattern this point completes.
    pub(super) signals: Vec<Rule>,
}

/// One chart.
#[derive(Clone, Debug)]
pub(super) struct Fitted {
    /// Step it is of; the whole process when absent.
    pub(super) step: Option<usize>,
    /// The fit.
    pub(super) chart: Chart,
    /// Points the limits come from.
    pub(super) baseline: usize,
    /// Whether those are all points, so that the limits are on trial.
    pub(super) trial: bool,
    /// The test of dispersion over the baseline.
    pub(super) dispersion: Option<Dispersion>,
    /// The points, oldest first.
    pub(super) points: Vec<Plotted>,
}

impl Fitted {
    /// Whether the limits are Laney's.
    pub(super) fn is_laney(&self) -> bool {
        self.chart.factor > 1.0
    }

    /// The newest point.
    pub(super) fn last(&self) -> Option<&Plotted> {
        self.points.last()
    }
}

/// Everything the section is written from.
pub(super) struct Computed {
    /// The counts.
    pub(super) cube: DefectCube,
    /// Which chart.
    pub(super) kind: Kind,
    /// Rules in force.
    pub(super) rules: Vec<Rule>,
    /// The whole process first, then one chart a step.
    pub(super) charts: Vec<Fitted>,
    /// Steps without a chart for want of room.
    pub(super) left_out: usize,
}

impl Computed {
    /// `None` where no whole period has units.
    pub(super) fn new(data: &Dataset, params: &Params) -> Option<Self> {
        let (until, grain) = (data.until(), params.grain());
        let table = data.table(TableKind::ServiceRecords)?;
        let mut cube = DefectCube::new(data, grain, until, OpportunityBasis::PerUnit);
        cube.lines.retain(|(place, _)| grain.last_day(place.period) <= until);
        let kind = params.kind(table.has(Col::Defects));
        let rules = params.rules();
        let all = fit(&cube, kind, None, params.baseline(), &rules)?;
        let steps = if cube.steps.len() > 1 { cube.steps.len() } else { 0 };
        let shown = steps.min(params.facets());
        let one = |s| fit(&cube, kind, Some(s), params.baseline(), &rules);
        let facets = (0..shown).filter_map(one);
        let charts = [all].into_iter().chain(facets).collect();
        Some(Self { cube, kind, rules, charts, left_out: steps - shown })
    }

    /// Signals of the newest period and of all, over all charts.
    pub(super) fn signals(&self) -> (usize, usize) {
        let newest = self.newest();
        let points =
            || self.charts.iter().flat_map(|c| &c.points).filter(|p| !p.signals.is_empty());
        (points().filter(|p| p.period == newest).count(), points().count())
    }

    /// The newest period of the whole process.
    pub(super) fn newest(&self) -> i32 {
        self.charts.first().and_then(Fitted::last).map_or(0, |point| point.period)
    }

    /// False signals chance alone would give on all charts shown.
    pub(super) fn expected_false(&self) -> f64 {
        let expected = |c: &Fitted| {
            crate::stats::control_chart::rules::expected_false_signals(&self.rules, c.points.len())
        };
        self.charts.iter().map(expected).sum()
    }
}

#[expect(clippy::cast_precision_loss, reason = "counts of work stay below 2^53")]
fn point(count: u64, size: u64) -> Point {
    Point { count: count as f64, size: size as f64 }
}

fn fit(
    cube: &DefectCube,
    kind: Kind,
    step: Option<usize>,
    baseline: usize,
    rules: &[Rule],
) -> Option<Fitted> {
    let counts = counts(cube, kind, step);
    let points: Vec<Point> = counts.iter().map(|&(_, count, size)| point(count, size)).collect();
    let trial = points.len() <= baseline;
    let baseline = baseline.min(points.len());
    let base = points.get(..baseline)?;
    let theory = Chart::fit(kind, base)?;
    let dispersion = test(&theory, base);
    let wide = dispersion.is_some_and(|d| d.p_over < DISPERSION_ALPHA);
    let factor = if wide { sigma_z(&theory, base).unwrap_or(1.0).max(1.0) } else { 1.0 };
    let chart = theory.widened(factor);
    let z: Vec<f64> = points.iter().map(|&p| chart.z(p)).collect();
    let plotted = counts.iter().zip(&points).enumerate().map(|(i, (&(period, count, size), p))| {
        let so_far = &z[..=i];
        let signals = rules.iter().copied().filter(|rule| rule.completes(so_far)).collect();
        Plotted { period, count, size, z: z[i], limits: chart.limits(p.size, 3.0), signals }
    });
    let points = plotted.collect();
    Some(Fitted { step, chart, baseline, trial, dispersion, points })
}

/// Period, events and units of every period with units.
fn counts(cube: &DefectCube, kind: Kind, step: Option<usize>) -> Vec<(i32, u64, u64)> {
    let Some((first, last)) = cube.span() else { return Vec::new() };
    let mut out = Vec::new();
    for period in first..=last {
        let wanted = |p: &Place| p.period == period && step.is_none_or(|step| p.step == step);
        let sum = cube.total(wanted);
        let (count, size) = match kind {
            Kind::P | Kind::Np => (sum.defective.min(sum.judged), sum.judged),
            Kind::U | Kind::C => (sum.defects, sum.units),
        };
        if size > 0 {
            out.push((period, count, size));
        }
    }
    out
}
