//! The constants of control charts, by quadrature from the distribution of the range of a normal
//! sample and by the gamma function; never from three-digit tables.
//!
//! Sources: L. Tippett, Biometrika 17 (1925) and H. Hartley, Biometrika 32 (1942) for the range;
//! D. Montgomery, *Introduction to Statistical Quality Control*, appendix VI, and ASTM Manual 7
//! for the names.

use std::f64::consts::{FRAC_2_PI, PI};
use std::sync::OnceLock;

use crate::stats::count;
use crate::stats::special::normal;
use crate::stats::special::quadrature::GaussLegendre;

/// What ranges and standard deviations of normal samples of one size are, in units of sigma.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Constants {
    /// Sample size.
    pub n: usize,
    /// Mean of the range.
    pub d2: f64,
    /// Standard deviation of the range.
    pub d3: f64,
    /// Median of the range.
    pub d4: f64,
    /// Mean of the sample standard deviation.
    pub c4: f64,
    /// Standard deviation of the sample standard deviation, √(1 − c₄²).
    pub c5: f64,
}

/// Multipliers of the classical charts, `k` sigma wide: A·σ, A₂·R̄ and A₃·S̄ around the grand mean,
/// the B factors around S̄ or σ, the D factors around R̄ or σ, E₂·R̄ and E₃·S̄ around individuals.
#[derive(Clone, Copy, Debug, PartialEq)]
#[expect(missing_docs, reason = "the names of the tables, explained above")]
pub struct Factors {
    pub a: f64,
    pub a2: f64,
    pub a3: f64,
    pub b3: f64,
    pub b4: f64,
    pub b5: f64,
    pub b6: f64,
    pub d1: f64,
    pub d2: f64,
    pub d3: f64,
    pub d4: f64,
    pub e2: f64,
    pub e3: f64,
}

/// Largest sample size whose constants are kept once computed.
const KEPT: usize = 100;
static TABLE: [OnceLock<Constants>; KEPT + 1] = [const { OnceLock::new() }; KEPT + 1];

impl Constants {
    /// The constants of samples of `n`, to about 1e-13 up to a thousand; computed once for `n` up to 100.
    /// `None` below 2, where there is no range, and for samples of billions, past the quadrature.
    #[must_use]
    pub fn of(n: usize) -> Option<Self> {
        if n < 2 {
            return None;
        }
        let found = TABLE
            .get(n)
            .map_or_else(|| Self::compute(n), |kept| *kept.get_or_init(|| Self::compute(n)));
        Some(found).filter(|found| found.d3.is_finite())
    }

    fn compute(n: usize) -> Self {
        let range = Range::new(n);
        let (d2, d3) = range.moments();
        let c4 = c4(n);
        Self { n, d2, d3, d4: range.median(d2), c4, c5: (1.0 - c4 * c4).sqrt() }
    }

    /// The multipliers of charts `k` sigma wide; lower limits below 0 are 0.
    #[must_use]
    pub fn factors(&self, k: f64) -> Factors {
        let a = k / count(self.n).sqrt();
        let (range, spread) = (k * self.d3, k * self.c5);
        Factors {
            a,
            a2: a / self.d2,
            a3: a / self.c4,
            b3: (1.0 - spread / self.c4).max(0.0),
            b4: 1.0 + spread / self.c4,
            b5: (self.c4 - spread).max(0.0),
            b6: self.c4 + spread,
            d1: (self.d2 - range).max(0.0),
            d2: self.d2 + range,
            d3: (1.0 - range / self.d2).max(0.0),
            d4: 1.0 + range / self.d2,
            e2: k / self.d2,
            e3: k / self.c4,
        }
    }
}

/// c₄(n) = √(2 / (n − 1)) Γ(n / 2) / Γ((n − 1) / 2), the mean of the standard deviation of a
/// normal sample of `n` in units of sigma; 0 below 2, where there is none.
///
/// By the recurrence c₄(n)² = c₄(n − 2)² (n − 2)² / ((n − 1)(n − 3)) up to 100, by the asymptotic
/// series of the gamma ratio beyond: both hold to rounding where a difference of log-gammas would not.
#[must_use]
pub fn c4(n: usize) -> f64 {
    let v = count(n) - 1.0;
    match n {
        0 | 1 => 0.0,
        2 => FRAC_2_PI.sqrt(),
        3 => PI.sqrt() / 2.0,
        4..=100 => {
            let first = 2 + n % 2;
            let square: f64 = (first + 2..=n)
                .step_by(2)
                .map(|m| (count(m) - 2.0).powi(2) / ((count(m) - 1.0) * (count(m) - 3.0)))
                .product();
            c4(first) * square.sqrt()
        }
        _ => {
            let r = 1.0 / v;
            let tail =
                5.0 / 128.0 - r * (21.0 / 2048.0 + r * (399.0 / 8192.0 - r * 869.0 / 65536.0));
            1.0 - r * (0.25 - r * (1.0 / 32.0 + r * tail))
        }
    }
}

/// Beyond this many sigma from the centre a normal density is below rounding.
const END: f64 = 9.0;
/// Steps a sigma of the trapezoidal rule, which converges exponentially on the whole line.
const STEPS: u32 = 16;
/// The range of no sample met in practice is longer.
const LONGEST: f64 = 16.0;

/// The distribution of the range of `n` standard normals.
struct Range {
    /// n − 1.
    others: i32,
    /// A point, n times its density by the step, and the probability below it.
    line: Vec<(f64, f64, f64)>,
}

impl Range {
    fn new(n: usize) -> Self {
        let step = 1.0 / f64::from(STEPS);
        let node = |i: u32| {
            let x = f64::from(i) * step - END;
            (x, count(n) * step * normal::density(x), normal::cdf(x))
        };
        let others = i32::try_from(n - 1).unwrap_or(i32::MAX);
        Self { others, line: (0..=18 * STEPS).map(node).collect() }
    }

    /// Probability of a range of at most `w`: n ∫ φ(x) (Φ(x + w) − Φ(x))ⁿ⁻¹ dx.
    fn cdf(&self, w: f64) -> f64 {
        let share = |(x, density, below): &(f64, f64, f64)| {
            density * (normal::cdf(x + w) - below).powi(self.others)
        };
        self.line.iter().map(share).sum()
    }

    /// Mean ∫ (1 − F) dw and standard deviation, from the second moment 2 ∫ w (1 − F) dw.
    fn moments(&self) -> (f64, f64) {
        let (mut mean, mut square) = (0.0, 0.0);
        for (w, weight) in GaussLegendre::new(96).on(0.0, LONGEST) {
            let beyond = weight * (1.0 - self.cdf(w));
            mean += beyond;
            square += 2.0 * w * beyond;
        }
        (mean, (square - mean * mean).sqrt())
    }

    /// The median, by the secant method from the mean, which is never far.
    fn median(&self, mean: f64) -> f64 {
        let miss = |w: f64| self.cdf(w) - 0.5;
        let (mut old, mut w) = (mean, 0.96 * mean);
        let (mut old_miss, mut now) = (miss(old), miss(w));
        for _ in 0..30 {
            let step = now * (w - old) / (now - old_miss);
            if !step.is_finite() || step.abs() < 1e-15 * w {
                break;
            }
            (old, old_miss) = (w, now);
            w -= step;
            now = miss(w);
        }
        w
    }
}

#[cfg(test)]
mod tests {
    use super::{Constants, c4};
    use crate::stats::special::normal;
    use std::f64::consts::PI;

    fn of(n: usize) -> Constants {
        Constants::of(n).unwrap_or_else(|| unreachable!("n is at least 2"))
    }
    fn near(got: f64, want: f64, rel: f64) {
        assert!((got / want - 1.0).abs() < rel, "{got} for {want}");
    }

    #[test]
    fn samples_of_two_and_three_have_closed_forms() {
        let (two, three) = (of(2), of(3));
        near(two.d2, 2.0 / PI.sqrt(), 1e-14);
        near(two.d3, (2.0 - 4.0 / PI).sqrt(), 1e-13);
        near(two.d4, 0.953_872_552_408_939_8, 1e-14);
        near(two.c4, (2.0 / PI).sqrt(), 1e-15);
        near(three.d2, 3.0 / PI.sqrt(), 1e-14);
        near(three.c4, PI.sqrt() / 2.0, 1e-15);
        assert_eq!(Constants::of(1), None);
    }

    /// H. L. Harter, Annals of Mathematical Statistics 31 (1960), ten decimals; medians and c₄ by
    /// 25-digit arithmetic (mpmath).
    #[test]
    fn ranges_agree_with_harters_tables() {
        let table = [
            (5, 2.325_928_947_3, 0.864_081_941_1, 2.256_882_493_0),
            (10, 3.077_505_461_7, 0.797_050_673_5, 3.024_201_573_0),
            (100, 5.015_187_272_9, 0.605_179_109_5, 4.967_945_618_6),
        ];
        for (n, d2, d3, d4) in table {
            let got = of(n);
            assert!((got.d2 - d2).abs() < 1e-10 && (got.d3 - d3).abs() < 1e-10, "{got:?}");
            assert!((got.d4 - d4).abs() < 1e-10, "{got:?}");
        }
    }

    /// Tippett's own formula, one integral instead of two: d₂ = ∫ 1 − (1 − Φ)ⁿ − Φⁿ.
    #[test]
    fn mean_ranges_agree_with_tippetts_formula() {
        for n in (2..=100).chain([1000]) {
            let power = i32::try_from(n).unwrap_or_default();
            let node = |i: i32| {
                let x = f64::from(i) / 32.0;
                1.0 - normal::cdf(x).powi(power) - normal::cdf(-x).powi(power)
            };
            let d2 = (-400..=400).map(node).sum::<f64>() / 32.0;
            near(of(n).d2, d2, 1e-12);
        }
    }

    /// D. Montgomery, appendix VI (three decimals, from rounded d₂ and d₃).
    #[test]
    fn factors_are_the_tables() {
        let f = of(10).factors(3.0);
        let got = [f.a, f.a2, f.a3, f.b3, f.b4, f.b5, f.b6, f.d1, f.d2, f.d3, f.d4];
        let table = [0.949, 0.308, 0.975, 0.284, 1.716, 0.276, 1.669, 0.687, 5.469, 0.223, 1.777];
        for (got, printed) in got.iter().zip(table) {
            assert!((got - printed).abs() < 1e-3, "{got} for {printed}");
        }
        near(f.e2, 3.0 / of(10).d2, 1e-15);
        near(f.e3, 3.0 / of(10).c4, 1e-15);
    }

    /// By 30-digit arithmetic (mpmath), on both sides of the change of method.
    #[test]
    fn c4_holds_to_rounding_for_any_size() {
        near(c4(100), 0.997_477_976_071_263_5, 1e-14);
        near(c4(101), 0.997_503_163_955_105_1, 1e-14);
        near(c4(100_000), 0.999_997_499_978_124_9, 1e-15);
        assert!(c4(1).abs() < 1e-300);
    }
}
