//! Control charts of counts: p, np, u, c, and Laney's p′ and u′.
//!
//! Sources: W. Shewhart (1931); D. Montgomery, *Introduction to Statistical Quality Control*,
//! chapter 7; D. Laney, Quality Engineering 14 (2002).

use super::dispersion;
pub use super::limits::Limits;
use crate::stats::interval;

/// Which count is charted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Share of units that are defective; at most one a unit.
    P,
    /// Number of defective units.
    Np,
    /// Defects per unit.
    U,
    /// Number of defects.
    C,
}

/// A count and what it was counted on: units, opportunities, days.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Point {
    /// Events.
    pub count: f64,
    /// Exposure, positive; 1 for a c chart of equal samples.
    pub size: f64,
}

/// A fitted chart: the pooled rate of its baseline, and how much wider than theory its limits are.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Chart {
    /// Which count.
    pub kind: Kind,
    /// Pooled rate Σ count / Σ size of the baseline.
    pub rate: f64,
    /// Factor on sigma: 1, or Laney's `σ_z`.
    pub factor: f64,
}

impl Chart {
    /// The chart of a baseline, with limits from theory alone.
    ///
    /// `None` without exposure, and for p and np where a sample has more defective units than
    /// units; a u or c chart takes any number of defects.
    #[must_use]
    pub fn fit(kind: Kind, baseline: &[Point]) -> Option<Self> {
        let size: f64 = baseline.iter().map(|p| p.size).sum();
        let count: f64 = baseline.iter().map(|p| p.count).sum();
        let units = matches!(kind, Kind::P | Kind::Np);
        if units && baseline.iter().any(|p| p.count > p.size) {
            return None;
        }
        (size > 0.0).then(|| Self { kind, rate: count / size, factor: 1.0 })
    }

    /// The same chart with limits `factor` times as wide.
    #[must_use]
    pub const fn widened(self, factor: f64) -> Self {
        Self { factor, ..self }
    }

    /// Standard deviation of the rate at a size, by theory alone.
    #[must_use]
    pub fn sigma(&self, size: f64) -> f64 {
        let variance = match self.kind {
            Kind::P | Kind::Np => self.rate * (1.0 - self.rate),
            Kind::U | Kind::C => self.rate,
        };
        (variance.max(0.0) / size).sqrt()
    }

    /// The point on the chart's scale: a rate (p, u) or a count (np, c). `None` without exposure.
    #[must_use]
    pub fn statistic(&self, point: Point) -> Option<f64> {
        let counted = matches!(self.kind, Kind::Np | Kind::C);
        (point.size > 0.0).then(|| if counted { point.count } else { point.count / point.size })
    }

    /// Limits at a size, `k` sigma from the centre: not below 0, nor above 1 (p) or the size (np).
    #[must_use]
    pub fn limits(&self, size: f64, k: f64) -> Limits {
        let half = k * self.factor * self.sigma(size);
        let ceiling = if matches!(self.kind, Kind::P | Kind::Np) { 1.0 } else { f64::INFINITY };
        let scale = self.scale(size);
        Limits {
            center: self.rate * scale,
            lcl: (self.rate - half).max(0.0) * scale,
            ucl: (self.rate + half).min(ceiling) * scale,
        }
    }

    /// The points strictly beyond their limits, 0-based.
    #[must_use]
    pub fn beyond(&self, points: &[Point], k: f64) -> Vec<usize> {
        let out = |&i: &usize| {
            let limits = self.limits(points[i].size, k);
            self.statistic(points[i]).is_some_and(|y| limits.excludes(y))
        };
        (0..points.len()).filter(out).collect()
    }

    /// Distance of a point from the centre in the chart's sigmas; 0 where nothing can vary, or
    /// where there is no exposure.
    #[must_use]
    pub fn z(&self, point: Point) -> f64 {
        let sigma = self.factor * self.sigma(point.size);
        let distance = point.count / point.size - self.rate;
        if sigma > 0.0 && point.size > 0.0 { distance / sigma } else { 0.0 }
    }

    fn scale(&self, size: f64) -> f64 {
        if matches!(self.kind, Kind::Np | Kind::C) { size } else { 1.0 }
    }
}

/// Exact interval of a pooled rate: Clopper–Pearson for shares of units, Garwood for counts.
#[must_use]
pub fn rate_bounds(kind: Kind, count: u64, size: u64, level: f64) -> Option<interval::Bounds> {
    match kind {
        Kind::P | Kind::Np => interval::clopper_pearson(count, size, level),
        #[expect(clippy::cast_precision_loss, reason = "sizes stay far below 2^53")]
        Kind::U | Kind::C => interval::garwood(count, size as f64, level),
    }
}

/// The test of dispersion of points about a chart with limits from theory alone. `None` for fewer
/// than two points, and where nothing can vary: no unit is defective, or every one is.
#[must_use]
pub fn test(chart: &Chart, points: &[Point]) -> Option<dispersion::Dispersion> {
    dispersion::dispersion(&standardised(chart, points)?)
}

/// Laney's `σ_z` of points about a chart with limits from theory alone. `None` as for [`test()`].
#[must_use]
pub fn sigma_z(chart: &Chart, points: &[Point]) -> Option<f64> {
    dispersion::sigma_z(&standardised(chart, points)?)
}

fn standardised(chart: &Chart, points: &[Point]) -> Option<Vec<f64>> {
    let theory = chart.widened(1.0);
    (theory.sigma(1.0) > 0.0).then(|| points.iter().map(|&p| theory.z(p)).collect())
}

#[cfg(test)]
mod tests {
    use super::{Chart, Kind, Point, sigma_z, test};
    use crate::stats::control_chart::dispersion::Spread;
    use proptest::prelude::*;

    /// Orange juice cans, NIST/SEMATECH e-Handbook 6.3.3.2: defective cans in 30 samples of 50.
    const JUICE: [f64; 30] = [
        12.0, 15.0, 8.0, 10.0, 4.0, 7.0, 16.0, 9.0, 14.0, 10.0, 5.0, 6.0, 17.0, 12.0, 22.0, 8.0,
        10.0, 5.0, 13.0, 11.0, 20.0, 18.0, 24.0, 15.0, 9.0, 12.0, 7.0, 13.0, 9.0, 6.0,
    ];

    fn close(got: f64, want: f64) {
        assert!((got - want).abs() <= 1e-9 * want.abs(), "{got} for {want}");
    }

    #[test]
    fn nist_orange_juice_has_its_published_limits_and_signals() -> Result<(), &'static str> {
        let points = JUICE.map(|count| Point { count, size: 50.0 });
        let chart = Chart::fit(Kind::P, &points).ok_or("no chart")?;
        let limits = chart.limits(50.0, 3.0);
        close(limits.center, 0.231_333_333_333_333);
        close(limits.ucl, 0.410_239_118_594_738);
        close(limits.lcl, 0.052_427_548_071_928_2);
        let beyond: Vec<usize> = (0..30).filter(|&i| chart.z(points[i]).abs() > 3.0).collect();
        assert_eq!(beyond, [14, 22]);
        let test = test(&chart, &points).ok_or("no test")?;
        close(test.chi2, 85.409_319_379_841_1);
        close(test.p_over, 1.821_095_135_981_93e-7);
        close(sigma_z(&chart, &points).ok_or("no sigma")?, 1.660_308_621_872_86);
        Ok(())
    }

    #[test]
    fn a_u_chart_takes_more_defects_than_units_and_floors_its_lower_limit() {
        let sizes = [3.0, 4.0, 2.5, 3.0, 5.0, 2.0];
        let counts = [7.0, 12.0, 5.0, 9.0, 14.0, 6.0];
        let points: Vec<Point> =
            counts.iter().zip(sizes).map(|(&count, size)| Point { count, size }).collect();
        let limits = Chart::fit(Kind::U, &points).map(|chart| chart.limits(4.0, 3.0));
        let limits = limits.map_or((0.0, 0.0, 0.0), |l| (l.center, l.lcl, l.ucl));
        close(limits.0, 2.717_948_717_948_718);
        close(limits.1, 0.245_018_347_844_331_96);
        close(limits.2, 5.190_879_088_053_104);
        let lcl = Chart::fit(Kind::U, &points).map(|chart| chart.limits(2.5, 3.0).lcl);
        assert_eq!(lcl, Some(0.0));
    }

    #[test]
    fn nothing_defective_draws_a_flat_chart_without_signals() {
        let points = [25.0, 30.0, 18.0].map(|size| Point { count: 0.0, size });
        let chart = Chart::fit(Kind::P, &points);
        assert!(chart.is_some_and(|c| c.z(points[0]) == 0.0 && c.limits(25.0, 3.0).ucl == 0.0));
        assert!(Chart::fit(Kind::U, &[]).is_none());
    }

    #[test]
    fn np_and_c_charts_are_the_same_charts_in_counts() {
        let points = JUICE.map(|count| Point { count, size: 50.0 });
        let np = Chart::fit(Kind::Np, &points).map(|c| c.limits(50.0, 3.0));
        close(np.map_or(0.0, |l| l.ucl), 20.511_955_929_736_9);
        let c = Chart::fit(Kind::C, &[Point { count: 516.0, size: 26.0 }]);
        close(c.map_or(0.0, |c| c.limits(1.0, 3.0).ucl), 33.210_860_525_141_8);
    }

    #[test]
    fn a_p_chart_refuses_more_defective_units_than_units_and_a_u_chart_takes_them() {
        let points = [Point { count: 7.0, size: 3.0 }, Point { count: 1.0, size: 4.0 }];
        assert!(Chart::fit(Kind::P, &points).is_none() && Chart::fit(Kind::Np, &points).is_none());
        assert!(
            Chart::fit(Kind::U, &points)
                .is_some_and(|chart| (chart.rate - 8.0 / 7.0).abs() < 1e-12)
        );
    }

    #[test]
    fn where_nothing_varies_nothing_is_tested() {
        for count in [0.0, 20.0] {
            let points = [Point { count, size: 20.0 }; 9];
            let chart = Chart::fit(Kind::P, &points);
            assert!(
                chart.is_some_and(
                    |c| test(&c, &points).is_none() && c.beyond(&points, 3.0).is_empty()
                )
            );
        }
    }

    #[test]
    fn counts_are_told_to_vary_too_much_or_too_little() {
        let spread = |counts: &[f64]| {
            let points: Vec<Point> =
                counts.iter().map(|&count| Point { count, size: 1.0 }).collect();
            Chart::fit(Kind::C, &points).and_then(|c| test(&c, &points)).map(|t| t.spread(0.01))
        };
        assert_eq!(spread(&[2.0, 30.0, 4.0, 28.0, 1.0, 40.0]), Some(Spread::More));
        assert_eq!(spread(&[20.0, 21.0, 20.0, 19.0, 20.0, 20.0, 21.0]), Some(Spread::Less));
        assert_eq!(spread(&[20.0, 24.0, 17.0, 15.0, 26.0, 21.0]), Some(Spread::AsChance));
    }

    proptest! {
        /// Neither the order of samples nor the unit of exposure changes what a u chart says.
        #[test]
        fn order_and_unit_of_exposure_change_nothing(
            counts in prop::collection::vec(0_u32..40, 2..30), unit in 0.01_f64..100.0
        ) {
            let points = |unit: f64| -> Vec<Point> {
                let point = |(i, &count): (usize, &u32)| Point {
                    count: f64::from(count),
                    size: unit * [2.0, 3.5, 5.0][i % 3],
                };
                counts.iter().enumerate().map(point).collect()
            };
            let (mut plain, scaled) = (points(1.0), points(unit));
            let (Some(a), Some(b)) = (Chart::fit(Kind::U, &plain), Chart::fit(Kind::U, &scaled)) else {
                return Err(TestCaseError::fail("no chart"));
            };
            prop_assert!((a.rate - b.rate * unit).abs() <= 1e-12 * a.rate);
            for (&p, &q) in plain.iter().zip(&scaled) {
                prop_assert!((a.z(p) - b.z(q)).abs() < 1e-9);
            }
            plain.reverse();
            let back = Chart::fit(Kind::U, &plain).map_or(0.0, |chart| chart.rate);
            prop_assert!((a.rate - back).abs() <= 1e-12 * a.rate);
        }
    }
}
