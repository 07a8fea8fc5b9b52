//! Intervals for proportions and rates.
//!
//! Sources: C. Clopper and E. Pearson, Biometrika 26 (1934); E. Wilson, JASA 22 (1927);
//! F. Garwood, Biometrika 28 (1936); R. Newcombe, Statistics in Medicine 17 (1998), method 10;
//! G. Zou and A. Donner, Statistics in Medicine 27 (2008).
//!
//! Beta quantiles are our own ([`crate::stats::special::beta`]); gamma quantiles are statrs', which hold twelve
//! digits here.

use statrs::distribution::{ContinuousCDF, Gamma};

use crate::stats::special::{beta, normal};

/// The two ends of an interval.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Bounds {
    /// Lower end.
    pub low: f64,
    /// Upper end.
    pub high: f64,
}

/// Exact (Clopper–Pearson) interval of a proportion: `k` of `n`, two-sided at `level`.
///
/// `None` when `n` is 0, `k > n`, or `level` is not inside (0, 1).
#[must_use]
#[expect(clippy::cast_precision_loss, reason = "counts stay far below 2^53")]
pub fn clopper_pearson(k: u64, n: u64, level: f64) -> Option<Bounds> {
    let tail = tail(level)?;
    if n == 0 || k > n {
        return None;
    }
    let (k, n) = (k as f64, n as f64);
    let low = if k > 0.0 { beta::quantile(k, n - k + 1.0, tail)? } else { 0.0 };
    let high = if k < n { beta::quantile(k + 1.0, n - k, 1.0 - tail)? } else { 1.0 };
    Some(Bounds { low, high })
}

/// Wilson score interval of a proportion: `k` of `n`, two-sided at `level`.
///
/// `None` when `n` is 0, `k > n`, or `level` is not inside (0, 1).
#[must_use]
#[expect(clippy::cast_precision_loss, reason = "counts stay far below 2^53")]
pub fn wilson(k: u64, n: u64, level: f64) -> Option<Bounds> {
    let z = normal::quantile(1.0 - tail(level)?)?;
    if n == 0 || k > n {
        return None;
    }
    let (p, n) = (k as f64 / n as f64, n as f64);
    let z2 = z * z;
    let center = (p + z2 / (2.0 * n)) / (1.0 + z2 / n);
    let half = z / (1.0 + z2 / n) * (p * (1.0 - p) / n + z2 / (4.0 * n * n)).sqrt();
    let low = if k == 0 { 0.0 } else { (center - half).max(0.0) };
    let high = if p >= 1.0 { 1.0 } else { (center + half).min(1.0) };
    Some(Bounds { low, high })
}

/// Exact (Garwood) interval of a rate: `count` events in `exposure`, two-sided at `level`,
/// in events per unit of exposure. `None` when `exposure` is not positive.
#[must_use]
#[expect(clippy::cast_precision_loss, reason = "counts stay far below 2^53")]
pub fn garwood(count: u64, exposure: f64, level: f64) -> Option<Bounds> {
    let tail = tail(level)?;
    if exposure <= 0.0 || !exposure.is_finite() {
        return None;
    }
    let k = count as f64;
    let low = if count > 0 { gamma_quantile(k, tail)? } else { 0.0 };
    let high = gamma_quantile(k + 1.0, 1.0 - tail)?;
    Some(Bounds { low: low / exposure, high: high / exposure })
}

/// The `p` quantile of Gamma(`shape`, 1): statrs', and for shapes its series would take too long
/// for, E. Wilson and M. Hilferty's cube root (1931), good to ten digits there.
fn gamma_quantile(shape: f64, p: f64) -> Option<f64> {
    const LARGE: f64 = 1e7;
    if shape < LARGE {
        return Some(Gamma::new(shape, 1.0).ok()?.inverse_cdf(p));
    }
    let ninth = 1.0 / (9.0 * shape);
    Some(shape * (1.0 - ninth + normal::quantile(p)? * ninth.sqrt()).powi(3))
}

/// Newcombe's interval of the difference p₁ − p₂ from two Wilson intervals.
///
/// `None` where either Wilson interval is.
#[must_use]
#[expect(clippy::cast_precision_loss, reason = "counts stay far below 2^53")]
pub fn newcombe(k1: u64, n1: u64, k2: u64, n2: u64, level: f64) -> Option<Bounds> {
    let (a, b) = (wilson(k1, n1, level)?, wilson(k2, n2, level)?);
    let (p1, p2) = (k1 as f64 / n1 as f64, k2 as f64 / n2 as f64);
    let d = p1 - p2;
    let low = d - ((p1 - a.low).powi(2) + (b.high - p2).powi(2)).sqrt();
    let high = d + ((a.high - p1).powi(2) + (p2 - b.low).powi(2)).sqrt();
    Some(Bounds { low, high })
}

/// An estimate and its interval.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Estimate {
    /// The estimate.
    pub value: f64,
    /// Its interval.
    pub bounds: Bounds,
}

/// Interval of the difference a − b of two independent estimates, from the interval of each
/// (Zou and Donner's MOVER; with Wilson intervals it is Newcombe's method 10).
#[must_use]
pub fn difference(a: Estimate, b: Estimate) -> Bounds {
    let d = a.value - b.value;
    let low = (a.value - a.bounds.low).hypot(b.bounds.high - b.value);
    let high = (a.bounds.high - a.value).hypot(b.value - b.bounds.low);
    Bounds { low: d - low, high: d + high }
}

/// Interval of the product of independent positive estimates, by MOVER on their logarithms.
///
/// `None` where an estimate is not positive. A lower end of 0 gives a product's lower end of 0.
#[must_use]
pub fn product(estimates: &[Estimate]) -> Option<Estimate> {
    let positive = estimates.iter().all(|e| e.value > 0.0 && e.bounds.high > 0.0);
    if estimates.is_empty() || !positive {
        return None;
    }
    let side = |end: fn(&Bounds) -> f64| {
        estimates.iter().map(|e| (end(&e.bounds) / e.value).ln().powi(2)).sum::<f64>().sqrt()
    };
    let value: f64 = estimates.iter().map(|e| e.value).product();
    let low = value * (-side(|b| b.low)).exp();
    let high = value * side(|b| b.high).exp();
    Some(Estimate { value, bounds: Bounds { low, high } })
}

fn tail(level: f64) -> Option<f64> {
    (level > 0.0 && level < 1.0).then_some((1.0 - level) / 2.0)
}

#[cfg(test)]
mod tests {
    use super::{
        Bounds, Estimate, clopper_pearson, difference, garwood, newcombe, product, wilson,
    };

    fn close(bounds: Option<Bounds>, low: f64, high: f64, rel: f64) {
        let near = |got: f64, want: f64| (got - want).abs() <= rel * want.abs();
        let ok = bounds.is_some_and(|b| near(b.low, low) && near(b.high, high));
        assert!(ok, "{bounds:?} for {low} to {high}");
    }

    #[test]
    fn wilson_matches_newcombes_table_and_a_published_win_rate() {
        close(wilson(4238, 6711, 0.95), 0.619_886_914_783_114_1, 0.642_963_669_377_957_3, 1e-12);
        close(wilson(81, 263, 0.95), 0.255_288_519_878_274, 0.366_209_576_982_8, 1e-12);
        close(wilson(1, 29, 0.95), 0.006_113_214_292_762_66, 0.171_755_218_793_203, 1e-12);
        close(wilson(0, 20, 0.95), 0.0, 0.161_125_158_052_819, 1e-12);
        close(wilson(3, 3, 0.95), 0.438_502_968_244_955, 1.0, 1e-12);
    }

    #[test]
    fn exact_intervals_of_proportions_match_r() {
        let exact = clopper_pearson;
        close(exact(171, 200, 0.95), 0.798_438_503_826_820_2, 0.900_691_377_444_792_4, 1e-12);
        close(exact(1, 29, 0.95), 0.000_872_646_883_579_923, 0.177_644_295_488_723, 1e-12);
        close(exact(999_997, 1_000_000, 0.95), 0.999_991_232_752_212, 0.999_999_381_327_45, 1e-12);
        close(exact(120, 4000, 0.99), 0.023_490_428_347_098_4, 0.037_653_938_013_049_5, 1e-12);
        close(
            exact(9, 2_500_000, 0.95),
            1.646_150_517_888_320_7e-6,
            6.833_910_330_388_22e-6,
            1e-12,
        );
        close(exact(0, 200, 0.95), 0.0, 0.018_275_340_355_136_243, 1e-12);
        close(exact(3, 3, 0.95), 0.292_401_773_821_287, 1.0, 1e-12);
    }

    #[test]
    fn exact_intervals_of_rates_match_garwood_and_forty_digit_arithmetic() {
        close(garwood(0, 1.0, 0.95), 0.0, 3.688_879_454_113_94, 1e-12);
        close(garwood(10, 1.0, 0.95), 4.795_388_696_132_433_5, 18.390_356_042_017_78, 1e-12);
        close(garwood(137, 24.198_93, 0.95), 4.753_124_804_848_75, 6.692_709_334_176_07, 1e-12);
        let large = garwood(100_000, 1.0, 0.95).map(|b| Bounds { low: 1.0, ..b });
        close(large, 1.0, 100_621.744_739_743_88, 1e-11);
    }

    #[test]
    fn differences_match_newcombes_first_example() {
        let (low, high) = (0.052_431_472_402_364_9, 0.333_872_654_036_906);
        close(newcombe(56, 70, 48, 80, 0.95), low, high, 1e-12);
        let estimate = |k, n, value| {
            wilson(k, n, 0.95)
                .map_or(Estimate { value, bounds: Bounds { low: 0.0, high: 0.0 } }, |bounds| {
                    Estimate { value, bounds }
                })
        };
        close(Some(difference(estimate(56, 70, 0.8), estimate(48, 80, 0.6))), low, high, 1e-12);
    }

    #[test]
    fn a_product_of_one_is_itself_and_of_none_unknown() {
        let one = Estimate { value: 0.9, bounds: Bounds { low: 0.8, high: 0.95 } };
        close(product(&[one]).map(|e| e.bounds), 0.8, 0.95, 1e-12);
        assert_eq!(product(&[]), None);
        let none = Estimate { value: 0.0, bounds: Bounds { low: 0.0, high: 0.1 } };
        assert_eq!(product(&[one, none]), None);
    }
}
