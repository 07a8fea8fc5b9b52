//! Promised times kept, per case.

use std::collections::BTreeMap;

use super::Share;
use super::window::{Window, day};
use crate::dataset::{Grain, Ticket};
use crate::stats::control_chart::attribute_chart::{Chart, Kind, Limits, Point, fit_by_dispersion};
use crate::stats::control_chart::rules::Rule;
use crate::stats::hypothesis::exact;
use crate::stats::interval::{Bounds, newcombe};
use crate::stats::special::normal;

/// Dispersion is taken for real below this p-value.
const DISPERSION_ALPHA: f64 = 0.01;
/// Points of the frozen baseline.
const BASELINE: usize = 20;
/// Points the last one is compared with.
const BEFORE: usize = 12;

/// The rules in force.
pub(in super::super) const RULES: [Rule; 4] =
    [Rule::Beyond, Rule::NineOneSide, Rule::SixTrend, Rule::TwoOfThree];

/// One point of the chart.
#[derive(Clone, Debug)]
pub(in super::super) struct Span {
    /// Numbered by the grain.
    pub(in super::super) at: i32,
    /// Cases decided in it.
    pub(in super::super) share: Share,
    /// Limits at three sigma.
    pub(in super::super) limits: Limits,
    /// Distance from the centre in sigmas.
    pub(in super::super) z: f64,
    /// The rules whose pattern it completes.
    pub(in super::super) signals: Vec<Rule>,
}

/// The last whole point against those before.
#[derive(Clone, Copy, Debug)]
pub(in super::super) struct Change {
    /// The last whole point.
    pub(in super::super) at: i32,
    /// Its cases.
    pub(in super::super) now: Share,
    /// Those of the points before.
    pub(in super::super) before: Share,
    /// Fisher's exact p-value, or that of the chart's own spread where that is larger.
    pub(in super::super) p: f64,
}

impl Change {
    /// Interval of the difference.
    pub(in super::super) fn bounds(&self, level: f64) -> Option<Bounds> {
        newcombe(self.now.k, self.now.n, self.before.k, self.before.n, level)
    }

    /// Now less before.
    pub(in super::super) fn difference(&self) -> Option<f64> {
        Some(self.now.value()? - self.before.value()?)
    }
}

/// Promises of the desk.
#[derive(Clone, Debug)]
pub(in super::super) struct Promise {
    /// Cases decided in the period, and those of them in time.
    pub(in super::super) share: Share,
    /// Factor on sigma of the chart: 1, or Laney's.
    pub(in super::super) factor: f64,
    /// Points the limits come from.
    pub(in super::super) baseline: usize,
    /// The whole points, oldest first.
    pub(in super::super) spans: Vec<Span>,
    /// The last of them against those before.
    pub(in super::super) change: Option<Change>,
}

impl Promise {
    /// The promises; `None` where none was decided in the window.
    pub(super) fn of(all: &[Ticket], window: Window, grain: Grain) -> Option<Self> {
        let within = |t: &&Ticket| (window.from..=window.to).contains(&t.decided);
        let share = Share::of(all.iter().filter(within).map(|t| t.kept));
        if share.n == 0 {
            return None;
        }
        let mut counts: BTreeMap<i32, Share> = BTreeMap::new();
        for ticket in all.iter().filter(|t| t.decided <= window.to) {
            let Some(kept) = ticket.kept else { continue };
            let at = grain.number(day(ticket.decided));
            if grain.last_day(at) <= day(window.to) {
                let share = counts.entry(at).or_default();
                (share.k, share.n) = (share.k + u64::from(kept), share.n + 1);
            }
        }
        let points: Vec<(i32, Share)> = counts.into_iter().collect();
        let baseline = points.len().min(BASELINE);
        let dots: Vec<Point> = points.iter().map(|(_, share)| point(*share)).collect();
        let base = dots.get(..baseline).unwrap_or_default();
        let chart = fit_by_dispersion(Kind::P, base, DISPERSION_ALPHA);
        let spans = chart.map_or_else(Vec::new, |chart| spans(&points, &dots, &chart));
        let factor = chart.map_or(1.0, |chart| chart.factor);
        Some(Self { share, factor, baseline, spans, change: change(&points) })
    }
}

#[expect(clippy::cast_precision_loss, reason = "counts stay far below 2^53")]
const fn point(share: Share) -> Point {
    Point { count: share.k as f64, size: share.n as f64 }
}

fn spans(points: &[(i32, Share)], dots: &[Point], chart: &Chart) -> Vec<Span> {
    let z: Vec<f64> = dots.iter().map(|&p| chart.z(p)).collect();
    let span = |(i, &(at, share)): (usize, &(i32, Share))| {
        let so_far = z.get(..=i).unwrap_or_default();
        let signals = RULES.into_iter().filter(|rule| rule.completes(so_far)).collect();
        let limits = chart.limits(point(share).size, 3.0);
        Span { at, share, limits, z: so_far.last().copied().unwrap_or(0.0), signals }
    };
    points.iter().enumerate().map(span).collect()
}

/// The last point against the pool of those before it; where those vary more than chance, against
/// their spread.
fn change(points: &[(i32, Share)]) -> Option<Change> {
    let (&(at, now), earlier) = points.split_last()?;
    let earlier = earlier.get(earlier.len().saturating_sub(BEFORE)..)?;
    let before = earlier
        .iter()
        .fold(Share::default(), |sum, (_, share)| Share { k: sum.k + share.k, n: sum.n + share.n });
    let exact = exact::fisher_two_sided(now.k, now.n, before.k, before.n)?;
    let base: Vec<Point> = earlier.iter().map(|(_, share)| point(*share)).collect();
    let chart = fit_by_dispersion(Kind::P, &base, DISPERSION_ALPHA)?;
    let spread = 2.0 * normal::cdf(-chart.z(point(now)).abs());
    let p = if chart.factor > 1.0 { exact.max(spread) } else { exact };
    Some(Change { at, now, before, p })
}
