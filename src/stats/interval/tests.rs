use super::{
    Bounds, Estimate, agresti_coull, clopper_pearson, difference, garwood, jeffreys, mean,
    newcombe, one_sided, product, standard_deviation, wilson, wilson_continuity,
};
use crate::stats::Unestimable;
use crate::stats::summary::moments::Moments;
use proptest::prelude::*;

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
    close(exact(9, 2_500_000, 0.95), 1.646_150_517_888_320_7e-6, 6.833_910_330_388_22e-6, 1e-12);
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
        wilson(k, n, 0.95).map_or(
            Estimate { value, bounds: Bounds { low: 0.0, high: 0.0 } },
            |bounds| Estimate { value, bounds },
        )
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

/// R. Newcombe (1998), table I: 81 of 263, 15 of 148, 0 of 20 and 1 of 29 by method 4.
#[test]
fn wilson_with_continuity_matches_newcombes_table() {
    let printed = [
        (81, 263, 0.2535, 0.3682),
        (15, 148, 0.0598, 0.1644),
        (0, 20, 0.0, 0.2005),
        (1, 29, 0.0018, 0.1963),
    ];
    for (k, n, low, high) in printed {
        let got = wilson_continuity(k, n, 0.95).unwrap_or_default();
        assert!((got.low - low).abs() < 6e-5 && (got.high - high).abs() < 6e-5, "{got:?}");
    }
    assert_eq!(wilson_continuity(50, 100, 0.95), wilson(50, 100, 0.95));
}

#[test]
fn approximate_intervals_match_their_formulas_at_forty_digits() {
    close(agresti_coull(7, 90, 0.99), 0.025_848_119_654_390_2, 0.187_686_507_347_044, 1e-12);
    close(jeffreys(7, 90, 0.99), 0.026_179_769_724_059, 0.172_400_760_663_988, 1e-12);
    close(jeffreys(0, 20, 0.95), 0.0, 0.116_638_982_904_875, 1e-12);
    close(jeffreys(3, 3, 0.95), 0.464_416_756_957_049, 1.0, 1e-12);
    assert!(agresti_coull(0, 20, 0.95).is_some_and(|bounds| bounds.low < 0.0));
}

/// Quantiles of NIST/SEMATECH e-Handbook, 1.3.6.7: t 2.262, χ² 19.023 and 2.700.
#[test]
fn a_sample_of_ten_has_students_and_the_chi_square_interval() {
    let sample = Moments::of(&[1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0, 8.0, 9.0, 10.0]);
    let half = 2.262 * (82.5_f64 / 90.0).sqrt();
    close(mean(&sample, 0.95).ok().map(|e| e.bounds), 5.5 - half, 5.5 + half, 1e-4);
    let (low, high) = ((82.5_f64 / 19.023).sqrt(), (82.5_f64 / 2.700).sqrt());
    close(standard_deviation(&sample, 0.95).ok().map(|e| e.bounds), low, high, 1e-4);
    assert!(mean(&sample, 1.0).is_err() && standard_deviation(&sample, 0.0).is_err());
    let one = Moments::of(&[1.0]);
    assert_eq!(mean(&one, 0.95).err(), Some(Unestimable::TooFew { needed: 2, got: 1 }));
}

/// The rule of three, exactly: no events in n leave at most 1 − 0.05^(1/n).
#[test]
fn a_one_sided_bound_is_an_end_of_a_wider_interval() {
    let bound = clopper_pearson(0, 60, one_sided(0.95)).map(|bounds| bounds.high);
    assert!(bound.is_some_and(|high| (high - (1.0 - 0.05_f64.powf(1.0 / 60.0))).abs() < 1e-14));
    let none = garwood(0, 1.0, one_sided(0.95)).map(|bounds| bounds.high);
    assert!(none.is_some_and(|high| (high + 0.05_f64.ln()).abs() < 1e-12));
    assert_eq!(wilson(1, 9, one_sided(0.4)), None);
}

type Interval = fn(u64, u64, f64) -> Option<Bounds>;

proptest! {
    #[test]
    fn intervals_hold_the_share_mirror_and_grow_with_the_level(
        (k, n) in (1_u64..500).prop_flat_map(|n| (0..=n, Just(n))),
        level in 0.5_f64..0.99,
    ) {
        let share = f64::from(u32::try_from(k).unwrap_or(0)) / f64::from(u32::try_from(n).unwrap_or(1));
        // Agresti and Coull's centre moves to ½ with the level, faster than its low end moves away.
        let methods: [(Interval, bool); 5] = [
            (clopper_pearson, true), (wilson, true), (wilson_continuity, true), (jeffreys, true),
            (agresti_coull, false),
        ];
        for (of, wider) in methods {
            let (narrow, wide) = (of(k, n, level), of(k, n, level + 0.009));
            let mirrored = of(n - k, n, level);
            prop_assert!(narrow.is_some_and(|b| b.low <= share + 1e-12 && share <= b.high + 1e-12));
            let grows = |narrow: Bounds, wide: Bounds| {
                !wider || wide.low <= narrow.low + 1e-12 && wide.high >= narrow.high - 1e-12
            };
            let mirrors = |a: Bounds, b: Bounds| {
                (a.low + b.high - 1.0).abs() < 1e-9 && (a.high + b.low - 1.0).abs() < 1e-9
            };
            prop_assert!(narrow.zip(wide).is_some_and(|(narrow, wide)| grows(narrow, wide)));
            prop_assert!(narrow.zip(mirrored).is_some_and(|(a, b)| mirrors(a, b)));
        }
    }
}

#[test]
fn the_interval_of_a_sum_adds_the_squares_of_the_reaches() {
    let estimate =
        |value: f64, low: f64, high: f64| Estimate { value, bounds: Bounds { low, high } };
    let got = super::sum(&[estimate(10.0, 7.0, 16.0), estimate(-2.0, -6.0, 6.0)]);
    assert_eq!(got, estimate(8.0, 3.0, 18.0));
    assert_eq!(super::sum(&[]), Estimate::default());
}
