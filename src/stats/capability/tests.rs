//! Capability against published and independently computed figures, and its laws.

use super::interval::{bissell, chi_square, one_sided_exact};
use super::nonnormal::box_cox::{box_cox, indices};
use super::nonnormal::choice::{self, Model};
use super::nonnormal::distribution::Distribution;
use super::nonnormal::fit::{Family, fit};
use super::nonnormal::johnson::{Johnson, johnson};
use super::nonnormal::percentile::empirical;
use super::tolerance::{Sides, howe, one_sided, order_statistics, sample_size, two_sided};
use super::{
    Beyond, Grade, Indices, Normal, Sample, Specification, Terms, accuracy, assess, binomial,
    grade, poisson, target_indices,
};
use crate::stats::{Bounds, Unestimable};
use proptest::prelude::*;

/// Drawn from a gamma distribution and rounded; fits of it by scipy 1.17.
const TIMES: [f64; 37] = [
    7.974, 6.527, 5.682, 8.309, 5.516, 11.047, 8.573, 7.804, 2.579, 1.498, 2.784, 8.879, 7.698,
    2.127, 8.819, 4.246, 4.251, 14.044, 7.357, 8.33, 8.402, 2.088, 8.655, 25.369, 2.975, 11.665,
    12.453, 12.335, 4.753, 5.643, 3.01, 6.917, 16.298, 4.298, 1.248, 7.433, 12.502,
];

fn spec(lower: Option<f64>, target: Option<f64>, upper: Option<f64>) -> Specification {
    Specification::new(lower, target, upper).unwrap()
}

fn close(got: f64, want: f64, rel: f64) {
    assert!((got / want - 1.0).abs() <= rel, "{got} for {want}");
}

fn both(got: Option<Bounds>, low: f64, high: f64, rel: f64) {
    let got = got.unwrap();
    close(got.low, low, rel);
    close(got.high, high, rel);
}

/// NIST/SEMATECH e-Handbook 6.1.6: limits 8 and 20, mean 16, sigma 2.
#[test]
fn the_handbooks_example() {
    let indices = Indices::normal(16.0, 2.0, &spec(Some(8.0), None, Some(20.0))).unwrap();
    close(indices.potential.unwrap(), 1.0, 1e-15);
    close(indices.least().unwrap(), 0.6667, 1e-4);
    assert!(indices.lower > indices.upper);
}

/// Parts per million by Cp, one- and two-sided, as every textbook prints them.
#[test]
fn parts_per_million_are_the_tables() {
    for (cp, one, two) in
        [(0.5, 66_807.0, 133_614.0), (1.0, 1350.0, 2700.0), (1.5, 3.4, 6.8), (2.0, 9e-4, 0.0018)]
    {
        let limits = spec(Some(-3.0 * cp), None, Some(3.0 * cp));
        let ppm = |spec: &Specification| 1e6 * Beyond::normal(0.0, 1.0, spec).total();
        let printed = |got: f64, want: f64| (got - want).abs() <= (0.5_f64).min(want * 0.16);
        assert!(printed(ppm(&limits), two), "{}", ppm(&limits));
        assert!(printed(ppm(&spec(None, None, Some(3.0 * cp))), one));
    }
    let twelve = Beyond::normal(0.0, 1.0, &spec(None, None, Some(12.0)));
    close(twelve.total(), 1.776_482_112_077_679e-33, 1e-12);
    close(twelve.z_bench().unwrap(), 12.0, 1e-13);
}

/// By scipy's noncentral t and root finder; chi-square and normal points by scipy.
#[test]
fn intervals_agree_with_scipy() {
    let exact = |n: f64, c, level| one_sided_exact(c, n, n - 1.0, level);
    both(exact(8.0, 0.9, 0.9), 0.451_061_631_910_439_4, 1.317_881_620_665_769, 1e-9);
    both(exact(50.0, 1.5, 0.99), 1.098_585_361_984_423_5, 1.912_697_481_011_692_6, 1e-9);
    both(exact(5.0, 2.2, 0.95), 0.729_501_409_559_901_1, 3.696_463_310_249_850_3, 1e-9);
    both(chi_square(1.33, 29.0, 0.95), 0.989_351_32, 1.670_000_53, 1e-8);
    both(bissell(1.33, 30.0, 29.0, 0.95), 0.967_528_627_215_696_4, 1.692_471_372_784_303_7, 1e-12);
    assert_eq!(one_sided_exact(1.0, 1.0, 0.0, 0.95), None);
}

/// One limit: the noncentral t of the index itself. Two: each tail at 97.5 %, added.
#[test]
fn the_share_beyond_has_the_interval_of_its_tails() {
    use super::interval::exceedance;
    use crate::stats::special::normal::cdf;
    let upper = spec(None, None, Some(4.5));
    let index = one_sided_exact(1.5, 50.0, 49.0, 0.99).unwrap();
    let share = exceedance(0.0, 1.0, 50, &upper, 0.99).unwrap();
    close(share.low, cdf(-3.0 * index.high), 1e-12);
    close(share.high, cdf(-3.0 * index.low), 1e-12);
    let both = exceedance(0.0, 1.0, 50, &spec(Some(-4.5), None, Some(4.5)), 0.98).unwrap();
    close(both.high, 2.0 * share.high, 1e-9);
    assert!(exceedance(0.0, 1.0, 0, &upper, 0.95).is_none());
}

#[test]
fn target_indices_by_hand() {
    // 9, 10, 12 around the target 10: squares 1, 0, 4.
    let values = [9.0, 10.0, 12.0];
    let limits = spec(Some(4.0), Some(10.0), Some(16.0));
    let capability = assess(Sample::Individuals(&values), &limits, Terms::default()).unwrap();
    let target = capability.overall.target.unwrap();
    close(target.tau, (5.0_f64 / 3.0).sqrt(), 1e-14);
    close(target.cpm_n, 12.0 / (6.0 * (5.0_f64 / 3.0).sqrt()), 1e-14);
    close(target.cpm_n_minus_1, 12.0 / (6.0 * 2.5_f64.sqrt()), 1e-14);
    close(target.cpm_taguchi, 2.0 / (7.0_f64 / 3.0 + 1.0 / 9.0).sqrt(), 1e-14);
    close(target.cpm_off_centre, target.cpm_n_minus_1, 1e-14);
    close(capability.overall.accuracy.unwrap(), 1.0 / 18.0, 1e-13);
    let grades = [0.125, -0.2, 0.5, -0.51].map(grade);
    assert_eq!(grades, [Grade::A, Grade::B, Grade::C, Grade::D]);
    let one = spec(None, Some(10.0), Some(16.0));
    assert!(target_indices(3, 10.0, 1.0, &one, 0.95).is_err());
    assert_eq!(accuracy(10.0, &one), None);
}

#[test]
fn an_unstable_process_has_no_short_term_capability_and_a_constant_one_none() {
    let limits = spec(Some(0.0), None, Some(4.0));
    let unstable = Terms { signals: 3, ..Terms::default() };
    let groups = [vec![1.0, 2.0], vec![2.0, 3.0]];
    let found = assess(Sample::Subgroups(&groups), &limits, unstable).unwrap();
    assert_eq!(found.within, Err(Unestimable::Unstable { signals: 3 }));
    assert_eq!(found.between_within, Err(Unestimable::Unstable { signals: 3 }));
    assert!(found.overall.normal.indices.least().is_some());
    let of = |x: &[f64]| assess(Sample::Individuals(x), &limits, Terms::default());
    assert_eq!(of(&[2.0; 9]), Err(Unestimable::Constant));
    assert_eq!(of(&[2.0]), Err(Unestimable::TooFew { needed: 2, got: 1 }));
    assert!(of(&[2.0, f64::NAN]).is_err());
    assert!(Specification::new(Some(2.0), None, Some(1.0)).is_err());
    assert!(Specification::new(None, Some(1.0), None).is_err());
}

#[test]
fn counts_have_bounds_even_without_defects() {
    let none = binomial(&[0, 0], &[100, 200], 0.95).unwrap();
    assert_eq!((none.z, none.z_bounds.1), (None, None));
    close(none.bounds.high, 1.0 - 0.025_f64.powf(1.0 / 300.0), 1e-12);
    close(none.z_bounds.0.unwrap(), 2.250_110_221_578_324_4, 1e-12);
    assert!(binomial(&[3], &[2], 0.95).is_err() && binomial(&[], &[], 0.95).is_err());
    let more = poisson(&[7, 5], &[2.0, 1.0], 0.9).unwrap();
    close(more.per_unit, 4.0, 1e-15);
    close(more.throughput, (-4.0_f64).exp(), 1e-15);
    assert!(more.throughput_bounds.low < more.throughput);
    assert!(poisson(&[1], &[], 0.9).is_err() && poisson(&[1], &[0.0], 0.9).is_err());
}

#[test]
fn fits_agree_with_scipy() {
    let limits = spec(None, None, Some(30.0));
    let of = |family| fit(family, &TIMES, &limits).unwrap();
    let weibull = of(Family::Weibull);
    let Distribution::Weibull { shape, scale } = weibull.distribution else { panic!("no Weibull") };
    close(shape, 1.702_007_223_826_588, 1e-12);
    close(scale, 8.515_251_519_209_87, 1e-12);
    close(weibull.log_likelihood, -104.842_326_100_133_86, 1e-12);
    close(weibull.beyond.above, 197.768_613_998_833_9e-6, 1e-10);
    let gamma = of(Family::Gamma);
    let Distribution::Gamma { shape, .. } = gamma.distribution else { panic!("no gamma") };
    close(shape, 2.645_632_505_590_936, 1e-11);
    close(gamma.log_likelihood, -104.279_397_914_113_4, 1e-12);
    close(gamma.quantiles[2], 29.169_621_624_709_85, 1e-11);
    let power = box_cox(&TIMES, 0.9).unwrap();
    close(power.lambda, 0.285_592_863_459_408_8, 1e-5);
    close(power.log_likelihood, -51.810_513_752_884_77, 1e-12);
    both(power.bounds, -0.066_686_189_258_849_05, 0.636_158_303_427_099_8, 1e-7);
}

#[test]
fn what_a_family_cannot_hold_it_refuses() {
    let limits = spec(None, None, Some(3.0));
    let of = |family, values: &[f64]| fit(family, values, &limits);
    assert!(of(Family::Weibull, &[0.0, 1.0, 2.0]).is_err());
    assert!(of(Family::Exponential, &[0.0, 1.0, 2.0]).is_ok());
    assert_eq!(of(Family::Gamma, &[2.0; 5]), Err(Unestimable::Constant));
    assert!(box_cox(&[-1.0, 2.0], 0.95).is_err() && box_cox(&[2.0; 4], 0.95).is_err());
    assert!(johnson(&[1.0, 2.0, 3.0], &limits).is_err(), "too few to test");
}

#[test]
fn the_order_takes_the_first_adequate_model_and_keeps_the_others() {
    let limits = spec(None, None, Some(30.0));
    let quantiles = |d: Distribution| -> Vec<f64> {
        (1..=80).filter_map(|i| d.quantile((f64::from(i) - 0.5) / 80.0)).collect()
    };
    let normal = quantiles(Distribution::Normal { mean: 10.0, sd: 2.0 });
    let found = choice::assess(&normal, &limits).unwrap();
    assert!(!found.percentiles_first() && found.fits.len() == 5);
    let skewed = quantiles(Distribution::Lognormal { mean: 1.5, sd: 0.8 });
    let found = choice::assess(&skewed, &limits).unwrap();
    assert!(found.percentiles_first() && found.skewness.unwrap() > 1.0);
    assert!(matches!(found.model, Model::Distribution(f) if f.family == Family::Lognormal));
    let few_kinds: Vec<f64> = (0..60).map(|i| f64::from(i % 3)).collect();
    let found = choice::assess(&few_kinds, &limits).unwrap();
    assert!(matches!(found.model, Model::Percentiles));
}

#[test]
fn johnson_undoes_each_of_its_families() {
    let limits = spec(None, None, Some(1e3));
    let z = |i: i32| crate::stats::special::normal::quantile((f64::from(i) - 0.5) / 99.0).unwrap();
    let unbounded: Vec<f64> = (1..=99).map(|i| 5.0 + 2.0 * (z(i) / 1.1).sinh()).collect();
    let bounded: Vec<f64> = (1..=99).map(|i| 1.0 + 9.0 / (1.0 + (-z(i) - 0.5).exp())).collect();
    for (values, family) in [(unbounded, Johnson::Unbounded), (bounded, Johnson::Bounded)] {
        let found = johnson(&values, &limits).unwrap();
        assert_eq!(found.transformation.family, family);
        assert!(found.p_value > 0.99 && found.p_value_raw < found.p_value);
        assert!(found.mean.abs() < 0.05 && (found.sd - 1.0).abs() < 0.05);
    }
}

#[test]
fn percentiles_stand_in_at_the_ends() {
    let found = empirical(&[3.0, 1.0, 2.0, 9.0], &spec(None, None, Some(5.0))).unwrap();
    assert_eq!(found.quantiles.map(f64::to_bits), [1.0, 2.5, 9.0].map(f64::to_bits));
    close(found.observed.above, 0.25, 1e-15);
    close(found.indices.unwrap().least().unwrap(), 2.5 / 6.5, 1e-14);
    assert!(empirical(&[1.0; 4], &spec(None, None, Some(5.0))).unwrap().indices.is_err());
}

/// M. Natrella, NBS Handbook 91, table A-7; the wafers of NIST/SEMATECH e-Handbook 7.2.6.3 (43,
/// 90 % with 99 % confidence) by the formula it approximates; exact two-sided factors by
/// scipy's quadrature.
#[test]
fn tolerance_factors_are_the_tables() {
    close(one_sided(10, 0.9, 0.95).unwrap(), 2.355, 5e-4);
    for (n, content, confidence) in [(10, 0.9, 0.95), (43, 0.9, 0.99), (200, 0.99, 0.95)] {
        let exact = two_sided(n, content, confidence).unwrap();
        close(howe(n, content, confidence).unwrap(), exact, 1e-2);
    }
    for (n, content, confidence, k) in [
        (2, 0.9, 0.95, 31.092_225_599_751_73),
        (5, 0.95, 0.95, 5.076_874_532_059_381),
        (43, 0.9, 0.99, 2.222_825_173_791_124),
        (20, 0.99, 0.99, 4.174_746_439_605_191),
    ] {
        close(two_sided(n, content, confidence).unwrap(), k, 1e-8);
    }
    assert!(one_sided(1, 0.9, 0.95).is_err() && howe(10, 1.0, 0.95).is_err());
}

/// Wilks' sample sizes.
#[test]
fn order_statistics_need_59_93_and_299_values() {
    assert_eq!(sample_size(0.95, 0.95, Sides::Upper), Ok(59));
    assert_eq!(sample_size(0.95, 0.95, Sides::Both), Ok(93));
    assert_eq!(sample_size(0.99, 0.95, Sides::Lower), Ok(299));
    let few = order_statistics(58, 0.95, 0.95, Sides::Upper);
    assert_eq!(few, Err(Unestimable::TooFew { needed: 59, got: 58 }));
    let ranks = order_statistics(93, 0.95, 0.95, Sides::Both).unwrap();
    assert_eq!((ranks.lower, ranks.upper), (Some(1), Some(93)));
    close(ranks.confidence, 1.0 - 93.0 * 0.95_f64.powi(92) + 92.0 * 0.95_f64.powi(93), 1e-12);
    let second = order_statistics(93, 0.95, 0.95, Sides::Upper).unwrap();
    assert_eq!((second.lower, second.upper), (None, Some(92)));
}

proptest! {
    #[test]
    fn indices_do_not_depend_on_units_nor_on_order_within_subgroups(
        groups in prop::collection::vec(prop::collection::vec(0.0..10.0_f64, 3..6), 3..9),
        scale in 0.01..100.0_f64, shift in -1e3..1e3_f64,
    ) {
        let moved: Vec<Vec<f64>> =
            groups.iter().map(|g| g.iter().rev().map(|x| shift + scale * x).collect()).collect();
        let at = |x: f64| Some(shift + scale * x);
        let plain = assess(
            Sample::Subgroups(&groups), &spec(Some(-2.0), Some(5.0), Some(12.0)), Terms::default(),
        ).unwrap();
        let other = assess(
            Sample::Subgroups(&moved), &spec(at(-2.0), at(5.0), at(12.0)), Terms::default(),
        ).unwrap();
        let figures = |c: &super::Capability| {
            let (within, both) = (c.within.clone().unwrap(), c.between_within.clone().unwrap());
            let indices = [c.overall.normal, within.normal, both.normal].map(|n| n.indices.least());
            (indices.map(Option::unwrap), c.overall.target.clone().unwrap().cpm_n, c.observed)
        };
        let ((a, cpm_a, out_a), (b, cpm_b, out_b)) = (figures(&plain), figures(&other));
        for (a, b) in a.into_iter().zip(b).chain([(cpm_a, cpm_b)]) {
            prop_assert!((a - b).abs() <= 1e-7 * (1.0 + a.abs()), "{} {}", a, b);
        }
        prop_assert_eq!(out_a, out_b);
    }

    #[test]
    fn wider_limits_never_lower_an_index_and_one_sided_ones_are_their_own_cpk(
        mean in -5.0..5.0_f64, sigma in 0.1..5.0_f64, wider in 0.0..5.0_f64,
    ) {
        let of = |spec: &Specification| Normal::of(mean, sigma, spec).unwrap();
        let narrow = of(&spec(Some(-6.0), None, Some(6.0)));
        let wide = of(&spec(Some(-6.0 - wider), None, Some(6.0 + wider)));
        prop_assert!(wide.indices.least() >= narrow.indices.least());
        prop_assert!(wide.beyond.total() <= narrow.beyond.total());
        let upper = of(&spec(None, None, Some(6.0)));
        prop_assert_eq!(upper.indices.least(), narrow.indices.upper);
        prop_assert_eq!(upper.indices.potential, None);
    }

    #[test]
    fn fits_scale_with_the_unit(scale in 0.01..100.0_f64) {
        let moved: Vec<f64> = TIMES.iter().map(|x| scale * x).collect();
        for family in choice::ORDER {
            let plain = fit(family, &TIMES, &spec(None, None, Some(30.0))).unwrap();
            let other = fit(family, &moved, &spec(None, None, Some(30.0 * scale))).unwrap();
            close(other.quantiles[2], scale * plain.quantiles[2], 1e-9);
            prop_assert!((other.a2.unwrap() - plain.a2.unwrap()).abs() < 1e-8);
        }
        let power = box_cox(&moved, 0.95).unwrap().lambda;
        close(power, box_cox(&TIMES, 0.95).unwrap().lambda, 1e-7);
        prop_assert!(indices(&moved, power, &spec(None, None, Some(30.0))).is_ok());
    }
}
