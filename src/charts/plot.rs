//! From figures to px, by plotters' ranged coordinates.

use plotters::coord::cartesian::Cartesian2d;
use plotters::coord::types::RangedCoordf64;
use plotters::drawing::DrawingArea;

use super::backend::{FINE, SvgBackend};
use super::canvas::{Canvas, Px, Rect, fine};

type Area = DrawingArea<SvgBackend, Cartesian2d<RangedCoordf64, RangedCoordf64>>;

/// Series longer than this are drawn as one line without a node for each point.
pub(super) const MANY: usize = 400;

/// Two finite ends, the second above the first.
pub(super) type Ends = (f64, f64);

/// The part of the sheet where the figures stand.
pub(super) struct Plot {
    pub rect: Rect,
    pub x: Ends,
    pub y: Ends,
    area: Area,
}

impl Plot {
    pub(super) fn new(canvas: &Canvas, rect: Rect, x: Ends, y: Ends) -> Self {
        let across = fine(rect.left)..fine(rect.right);
        let up = fine(rect.bottom)..fine(rect.top);
        let coord = Cartesian2d::new(x.0..x.1, y.0..y.1, (across, up));
        Self { rect, x, y, area: canvas.root().apply_coord_spec(coord) }
    }

    /// Where a figure stands. Figures beyond an end stand at that end.
    pub(super) fn at(&self, x: f64, y: f64) -> Px {
        let held = (x.clamp(self.x.0, self.x.1), y.clamp(self.y.0, self.y.1));
        let (x, y) = self.area.map_coordinate(&held);
        (f64::from(x) / FINE, f64::from(y) / FINE)
    }

    /// The height at which a figure stands.
    pub(super) fn height(&self, y: f64) -> f64 {
        self.at(self.x.0, y).1
    }

    /// The figures as runs of points between gaps.
    pub(super) fn runs(&self, points: &[Option<(f64, f64)>]) -> Vec<Vec<Px>> {
        let gaps = points.split(Option::is_none);
        let runs = gaps.map(|run| run.iter().flatten().map(|(x, y)| self.at(*x, *y)).collect());
        runs.filter(|run: &Vec<Px>| !run.is_empty()).map(thin).collect()
    }
}

/// Row numbers as places on the x axis.
#[expect(clippy::cast_precision_loss, reason = "a table has far fewer than 2⁵² rows")]
pub(super) fn nth(row: usize) -> f64 {
    row as f64
}

/// The first, lowest, highest and last point of each px column: the same picture from fewer
/// points.
fn thin(run: Vec<Px>) -> Vec<Px> {
    if run.len() <= MANY {
        return run;
    }
    let mut kept = Vec::new();
    for column in run.chunk_by(|a, b| fine(a.0) / 10 == fine(b.0) / 10) {
        let order = |a: &&Px, b: &&Px| a.1.total_cmp(&b.1);
        let (high, low) = (column.iter().min_by(order), column.iter().max_by(order));
        let mut ends = vec![column.first(), high, low, column.last()];
        ends.dedup();
        kept.extend(ends.into_iter().flatten().copied());
    }
    kept
}

/// Points of a line whose parts outside the ends of `y` are cut away, so that a curve leaves the
/// picture where it leaves the axis.
pub(super) fn clip(points: &[(f64, f64)], y: Ends) -> Vec<Option<(f64, f64)>> {
    let mut out = Vec::new();
    let mut last: Option<(f64, f64)> = None;
    let inside = |p: (f64, f64)| y.0 <= p.1 && p.1 <= y.1;
    for &point in points {
        if let Some(from) = last {
            let mut cuts: Vec<(f64, f64)> =
                [y.0, y.1].iter().filter_map(|end| crossing(from, point, *end)).collect();
            cuts.sort_by(|a, b| (a.0 - from.0).abs().total_cmp(&(b.0 - from.0).abs()));
            out.extend(cuts.into_iter().map(Some));
        }
        out.push(inside(point).then_some(point));
        last = Some(point);
    }
    out
}

/// Where a segment crosses a height.
fn crossing(from: (f64, f64), to: (f64, f64), height: f64) -> Option<(f64, f64)> {
    let (a, b) = (from.1 - height, to.1 - height);
    (a * b < 0.0).then(|| (from.0 + (to.0 - from.0) * a / (a - b), height))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_curve_is_cut_where_it_leaves() {
        let cut = clip(&[(0.0, 2.0), (1.0, 0.5), (2.0, 0.5)], (0.0, 1.0));
        let third = 2.0 / 3.0;
        let first = cut.iter().flatten().next().copied().unwrap_or_default();
        assert!((first.0 - third).abs() < 1e-12 && (first.1 - 1.0).abs() < 1e-12);
        assert_eq!(cut.len(), 4);
    }

    #[test]
    fn thinning_keeps_the_extremes() {
        let run: Vec<Px> = (0..5000).map(|i| (f64::from(i) / 10.0, f64::from(i % 97))).collect();
        let kept = thin(run);
        assert!(kept.len() < 2500);
        assert!(kept.iter().any(|p| p.1 > 95.5) && kept.iter().any(|p| p.1 < 0.5));
    }
}
