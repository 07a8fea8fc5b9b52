//! A count over time as a control chart: promises kept, cases coming in.

use crate::analyses::charting::Charting;
use crate::stats::control_chart::attribute_chart::{Kind, Limits, Point};
use crate::stats::control_chart::phases::Plan;
use crate::stats::control_chart::rules::Rule;
use crate::stats::control_chart::staged::staged;

/// One point of a chart.
#[derive(Clone, Debug)]
pub(in super::super) struct Span {
    /// Numbered by the grain.
    pub(in super::super) at: i32,
    /// Cases counted.
    pub(in super::super) count: u64,
    /// What they are counted on: cases decided, days.
    pub(in super::super) size: u64,
    /// Limits at three sigma.
    pub(in super::super) limits: Limits,
    /// Distance from the centre in sigmas.
    pub(in super::super) z: f64,
    /// The rules whose pattern it completes.
    pub(in super::super) signals: Vec<Rule>,
}

/// A chart.
#[derive(Clone, Debug)]
pub(in super::super) struct Course {
    /// Shares of cases (p) or cases a day (u).
    pub(in super::super) kind: Kind,
    /// Factor on sigma: 1, or Laney's.
    pub(in super::super) factor: f64,
    /// Points the limits come from.
    pub(in super::super) baseline: usize,
    /// The whole points, oldest first.
    pub(in super::super) spans: Vec<Span>,
}

/// A point and its counts, as the chart takes them.
#[expect(clippy::cast_precision_loss, reason = "counts stay far below 2^53")]
pub(super) const fn dot(count: u64, size: u64) -> Point {
    Point { count: count as f64, size: size as f64 }
}

impl Course {
    /// The chart of points in time: each its number, count and size.
    pub(super) fn of(kind: Kind, counts: &[(i32, u64, u64)], charting: &Charting) -> Option<Self> {
        let dots: Vec<Point> = counts.iter().map(|&(_, count, size)| dot(count, size)).collect();
        let baseline = charting.baseline().min(dots.len());
        let plan = Plan { baseline: Some(baseline), ..Plan::default() };
        let fit = staged(kind, &dots, &plan, &charting.rules()).ok()??;
        let stage = fit.newest()?;
        let spans = counts.iter().zip(&fit.points).map(|(&(at, count, size), judged)| Span {
            at,
            count,
            size,
            limits: judged.limits,
            z: judged.z,
            signals: judged.signals.clone(),
        });
        let (factor, baseline) = (stage.chart.factor, stage.baseline);
        Some(Self { kind, factor, baseline, spans: spans.collect() })
    }
}
