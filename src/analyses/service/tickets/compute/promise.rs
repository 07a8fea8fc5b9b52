//! Promised times kept, per case.

use std::collections::BTreeMap;

use super::Share;
use super::course::{Course, dot};
use super::walk::Walk;
use super::window::{Window, day};
use crate::analyses::charting::Charting;
use crate::dataset::Grain;
use crate::stats::control_chart::attribute_chart::{Kind, Point};
use crate::stats::control_chart::phases::Plan;
use crate::stats::control_chart::staged::staged;
use crate::stats::hypothesis::exact;
use crate::stats::interval::{Bounds, newcombe};
use crate::stats::special::normal;
use crate::units::Day;

/// Points the last one is compared with.
const BEFORE: usize = 12;

/// The last whole point against those before.
#[derive(Clone, Copy, Debug)]
pub(in super::super) struct Change {
    /// The last whole point.
    pub(in super::super) at: i32,
    /// Its cases.
    pub(in super::super) now: Share,
    /// Those of the points before.
    pub(in super::super) before: Share,
    /// Fisher's exact p-value, or that of the points' own spread where that is larger.
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
    /// Their course; `None` before a whole point is over.
    pub(in super::super) course: Option<Course>,
    /// The last whole point against those before.
    pub(in super::super) change: Option<Change>,
}

impl Promise {
    /// The promises; `None` where none was decided in the window.
    pub(super) fn of(
        walk: &Walk,
        window: Window,
        grain: Grain,
        charting: &Charting,
    ) -> Option<Self> {
        let share = walk.kept;
        if share.n == 0 {
            return None;
        }
        let mut counts: BTreeMap<i32, Share> = BTreeMap::new();
        for (&decided, found) in walk.days.iter().filter(|(_, found)| found.promise.n > 0) {
            let at = grain.number(Day::from_number(decided));
            if grain.last_day(at) <= day(window.to) {
                let share = counts.entry(at).or_default();
                (share.k, share.n) = (share.k + found.promise.k, share.n + found.promise.n);
            }
        }
        let points: Vec<(i32, u64, u64)> =
            counts.into_iter().map(|(at, share)| (at, share.k, share.n)).collect();
        let course = Course::of(Kind::P, &points, charting);
        Some(Self { share, course, change: change(&points) })
    }
}

/// The last point against the pool of those before it; where those vary more than chance, against
/// their spread.
fn change(points: &[(i32, u64, u64)]) -> Option<Change> {
    let (&(at, k, n), earlier) = points.split_last()?;
    let earlier = earlier.get(earlier.len().saturating_sub(BEFORE)..)?;
    let before = earlier
        .iter()
        .fold(Share::default(), |sum, (_, k, n)| Share { k: sum.k + k, n: sum.n + n });
    let exact = exact::fisher_two_sided(k, n, before.k, before.n)?;
    let base: Vec<Point> = earlier.iter().map(|(_, k, n)| dot(*k, *n)).collect();
    let fit = staged(Kind::P, &base, &Plan::default(), &[]).ok()??;
    let chart = fit.newest()?.chart;
    let spread = 2.0 * normal::cdf(-chart.z(dot(k, n)).abs());
    let p = if chart.factor > 1.0 { exact.max(spread) } else { exact };
    Some(Change { at, now: Share { k, n }, before, p })
}
