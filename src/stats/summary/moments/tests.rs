use super::Moments;
use crate::stats::Unestimable;
use crate::stats::summary::autocorrelation::lag1;
use proptest::prelude::*;

fn digits(got: Result<f64, Unestimable>, want: f64) -> f64 {
    let error = (got.unwrap_or(f64::NAN) - want).abs() / want.abs();
    if error == 0.0 { 16.0 } else { -error.log10() }
}

/// NIST's `NumAcc2` to `NumAcc4`: one value, then `pairs` pairs around it, a tenth to each side.
fn numacc(first: f64, low: f64, high: f64, pairs: usize) -> Vec<f64> {
    let rest = [low, high].into_iter().cycle().take(2 * pairs);
    std::iter::once(first).chain(rest).collect()
}

/// A. Michelson's speeds of light, as NIST's Michelso lists them, in thousandths above 299 (1,000 km/s).
const MICHELSON: [u16; 100] = [
    850, 740, 900, 1070, 930, 850, 950, 980, 980, 880, 1000, 980, 930, 650, 760, 810, 1000, 1000,
    960, 960, 960, 940, 960, 940, 880, 800, 850, 880, 900, 840, 830, 790, 810, 880, 880, 830, 800,
    790, 760, 800, 880, 880, 880, 860, 720, 720, 620, 860, 970, 950, 880, 910, 850, 870, 840, 840,
    850, 840, 840, 840, 890, 810, 810, 820, 800, 770, 760, 740, 750, 760, 910, 920, 890, 860, 880,
    720, 840, 850, 850, 780, 890, 840, 780, 810, 760, 810, 790, 810, 820, 850, 870, 870, 810, 740,
    810, 940, 950, 800, 810, 870,
];

/// NIST's certified values of its Statistical Reference Datasets, and the digits asked for.
#[test]
fn nist_univariate_sets_hold_their_digits() {
    let michelson = MICHELSON.map(|v| (299_000.0 + f64::from(v)) / 1000.0);
    let sets: [(&[f64], [f64; 3], [f64; 3]); 5] = [
        (&[10_000_001.0, 10_000_003.0, 10_000_002.0], [10_000_002.0, 1.0, -0.5], [15.0; 3]),
        (&numacc(1.2, 1.1, 1.3, 500), [1.2, 0.1, -0.999], [14.5, 14.0, 14.0]),
        (
            &numacc(1e6 + 0.2, 1e6 + 0.1, 1e6 + 0.3, 500),
            [1e6 + 0.2, 0.1, -0.999],
            [14.5, 9.0, 11.0],
        ),
        (
            &numacc(1e7 + 0.2, 1e7 + 0.1, 1e7 + 0.3, 500),
            [1e7 + 0.2, 0.1, -0.999],
            [14.5, 8.0, 10.5],
        ),
        (
            &michelson,
            [299.8524, 0.079_010_547_819_051_8, 0.535_199_668_621_283],
            [14.5, 13.0, 13.0],
        ),
    ];
    for (values, [mean, sd, r1], asked) in sets {
        let moments = Moments::of(values);
        let held =
            [digits(moments.mean(), mean), digits(moments.sd(), sd), digits(lag1(values), r1)];
        assert!(held.iter().zip(asked).all(|(held, asked)| *held >= asked), "{held:?}");
    }
}

/// The weights of eleven men of S. Shapiro and M. Wilk (1965); figures by exact fractions.
#[test]
fn shape_of_a_skewed_sample() {
    let weights = [148.0, 154.0, 158.0, 160.0, 161.0, 162.0, 166.0, 170.0, 182.0, 195.0, 236.0];
    let m = Moments::of(&weights);
    assert!(digits(m.skewness(), 1.678_543_901_586_16) > 13.0);
    assert!(digits(m.excess_kurtosis(), 1.991_297_749_435_57) > 13.0);
    assert!(digits(m.adjusted_skewness(), 1.956_079_662_250_69) > 13.0);
    assert!(digits(m.adjusted_excess_kurtosis(), 4.152_162_915_725_95) > 13.0);
    assert!(digits(m.standard_error(), 24.951_953_831_313_5 / 11.0_f64.sqrt()) > 13.0);
}

#[test]
fn what_cannot_be_told_says_why() {
    let few = |needed, got| Err(Unestimable::TooFew { needed, got });
    assert_eq!(Moments::of(&[]).mean(), few(1, 0));
    assert_eq!(Moments::of(&[1.0]).sd(), few(2, 1));
    assert_eq!(Moments::of(&[1.0, 2.0]).adjusted_skewness(), few(3, 2));
    let constant = Moments::of(&[0.1; 7]);
    assert_eq!((constant.sd(), constant.skewness()), (Ok(0.0), Err(Unestimable::Constant)));
    for odd in [f64::NAN, f64::INFINITY, 1e308] {
        assert!(matches!(Moments::of(&[1.0, odd]).sd(), Err(Unestimable::Outside(_))), "{odd}");
    }
    assert!(Moments::of(&[-1.0, 1.0]).coefficient_of_variation().is_err());
}

fn near(a: Result<f64, Unestimable>, b: Result<f64, Unestimable>, distance: f64) -> bool {
    match (a, b) {
        (Ok(a), Ok(b)) => (a - b).abs() <= distance * (1.0 + a.abs()),
        (a, b) => a == b,
    }
}

proptest! {
    #[test]
    fn the_merge_of_the_parts_is_the_summary_of_the_whole(
        offset in prop::sample::select(vec![0.0, 1e6, 1e12]),
        parts in prop::collection::vec(prop::collection::vec(-1000_i16..1000, 0..12), 1..6),
    ) {
        let value = |v: &i16| offset + f64::from(*v);
        let all: Vec<f64> = parts.iter().flatten().map(value).collect();
        let whole = Moments::of(&all);
        let merged = parts
            .iter()
            .map(|part| Moments::of(&part.iter().map(value).collect::<Vec<_>>()))
            .fold(Moments::default(), Moments::merge);
        prop_assert_eq!(merged.count(), whole.count());
        let apart = merged.mean().ok().zip(whole.mean().ok()).map_or(0.0, |(a, b)| (a - b).abs());
        prop_assert!(apart <= 4.0 * f64::EPSILON * (offset + 1000.0), "{apart}");
        prop_assert!(near(merged.sd(), whole.sd(), 1e-12));
        if whole.sd().is_ok_and(|sd| sd > 1.0) {
            prop_assert!(near(merged.skewness(), whole.skewness(), 1e-9));
            prop_assert!(near(merged.excess_kurtosis(), whole.excess_kurtosis(), 1e-9));
        }
    }

    #[test]
    fn order_changes_nothing_and_a_change_of_unit_only_the_unit(
        mut values in prop::collection::vec(-1000_i16..1000, 4..40),
        scale in 0.01_f64..100.0,
    ) {
        let before = Moments::of(&values.iter().map(|v| f64::from(*v)).collect::<Vec<_>>());
        values.sort_unstable();
        let after = Moments::of(&values.iter().map(|v| scale * f64::from(*v)).collect::<Vec<_>>());
        prop_assert!(near(before.sd().map(|sd| sd * scale), after.sd(), 1e-12));
        if before.sd().is_ok_and(|sd| sd > 0.0) {
            prop_assert!(near(before.skewness(), after.skewness(), 1e-11));
            prop_assert!(near(before.excess_kurtosis(), after.excess_kurtosis(), 1e-11));
        }
    }
}
