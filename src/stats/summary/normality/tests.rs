use super::edf::{anderson_darling_p, cramer_von_mises_p, lilliefors_p};
use super::{Caveat, anderson_darling, caveats, cramer_von_mises, lilliefors, shapiro_wilk};
use crate::stats::Unestimable;
use proptest::prelude::*;

/// The weights of eleven men of S. Shapiro and M. Wilk (1965): W = 0.79, p < 0.01.
const WEIGHTS: [f64; 11] =
    [148.0, 154.0, 158.0, 160.0, 161.0, 162.0, 166.0, 170.0, 182.0, 195.0, 236.0];

fn squares(n: u32) -> Vec<f64> {
    (1..=n).map(|i| f64::from(i * i)).collect()
}

fn close(got: f64, want: f64, rel: f64) {
    assert!((got / want - 1.0).abs() <= rel, "{got} for {want}");
}

#[test]
fn the_first_published_example_of_shapiro_and_wilk() {
    let test = shapiro_wilk(&WEIGHTS).unwrap();
    close(test.statistic, 0.788_814_694_835_387, 1e-9);
    close(test.p_value, 0.006_703_814_056_502_93, 1e-8);
}

/// Squares of the first n numbers, by scipy 1.17 (another implementation of AS R94).
#[test]
fn shapiro_wilk_agrees_at_every_branch_of_the_algorithm() {
    let cases = [
        (4, 0.962_124_037_789_179, 0.792_268_589_037_999_2),
        (5, 0.949_824_534_428_238_8, 0.735_934_779_263_947_1),
        (7, 0.934_210_511_702_425_9, 0.587_250_152_228_397_3),
        (11, 0.918_632_044_707_622_9, 0.307_410_847_075_926_25),
        (12, 0.916_292_441_513_941_5, 0.256_673_467_955_518_26),
        (50, 0.898_124_799_573_951, 0.000_416_885_149_145_825_9),
    ];
    for (n, w, p) in cases {
        let test = shapiro_wilk(&squares(n)).unwrap();
        close(test.statistic, w, 1e-9);
        close(test.p_value, p, 1e-7);
    }
    let three = shapiro_wilk(&[1.0, 2.0, 9.0]).unwrap();
    close(three.statistic, 16.0 / 19.0, 1e-14);
    close(three.p_value, 0.219_559_185_120_982_16, 1e-9);
    let most = shapiro_wilk(&(1..=5000).map(f64::from).collect::<Vec<_>>()).unwrap();
    close(most.statistic, 0.954_906_019_358_359_2, 1e-9);
    close(most.p_value, 9.412_677_749_060_87e-37, 1e-6);
}

/// Percentage points printed by Stephens (1986), tables 4.7 and 4.9.
#[test]
fn p_values_meet_the_printed_percentage_points() {
    for (a, p) in [(0.631, 0.1), (0.752, 0.05), (0.873, 0.025), (1.035, 0.01), (1.159, 0.005)] {
        close(anderson_darling_p(a), p, 0.02);
    }
    for (w, p) in [(0.104, 0.1), (0.126, 0.05), (0.148, 0.025), (0.178, 0.01)] {
        close(cramer_von_mises_p(w), p, 0.03);
    }
    // Dallal and Wilkinson's critical values.
    for (n, d, p) in [(10.0, 0.262, 0.05), (20.0, 0.192, 0.05), (100.0, 0.1034, 0.01)] {
        close(lilliefors_p(d, n), p, 0.05);
    }
}

/// By R's nortest 1.0-4.
#[test]
fn distances_to_the_fitted_distribution_agree_with_nortest() {
    let test = anderson_darling(&WEIGHTS).unwrap();
    close(test.a2, 0.946_771_879_598_886, 1e-12);
    close(test.a2_star, 1.028_929_769_977_3, 1e-12);
    close(test.p_value, 0.010_454_024_005_147_8, 1e-12);
    let test = lilliefors(&WEIGHTS).unwrap();
    close(test.statistic, 0.259_215_357_148_878, 1e-12);
    close(test.p_value, 0.037_407_621_800_030_8, 1e-12);
    let test = cramer_von_mises(&WEIGHTS).unwrap();
    close(test.statistic, 0.163_917_060_193_648, 1e-12);
    close(test.p_value, 0.012_523_593_704_555_8, 1e-12);
}

#[test]
fn one_wild_value_among_many_is_not_normal_and_not_nan() {
    let mut values = vec![0.0; 4000];
    values[17] = 1e9;
    close(anderson_darling(&values).unwrap().p_value, 3.7e-24, 1e-12);
    close(cramer_von_mises(&values).unwrap().p_value, 7.37e-10, 1e-12);
    assert!(lilliefors(&values).unwrap().p_value < 1e-9);
    assert!(shapiro_wilk(&values).unwrap().p_value < 1e-9);
}

#[test]
fn too_few_too_many_or_constant_values_say_so() {
    let few = |needed, got| Some(Unestimable::TooFew { needed, got });
    assert_eq!(anderson_darling(&squares(7)).err(), few(8, 7));
    assert_eq!(cramer_von_mises(&squares(7)).err(), few(8, 7));
    assert_eq!(lilliefors(&squares(4)).err(), few(5, 4));
    assert_eq!(shapiro_wilk(&squares(2)).err(), few(3, 2));
    assert_eq!(shapiro_wilk(&[7.0; 10]).err(), Some(Unestimable::Constant));
    assert!(matches!(shapiro_wilk(&squares(5001)), Err(Unestimable::Outside(_))));
}

#[test]
fn caveats_name_what_the_test_cannot_tell() {
    let alternating =
        |n: usize| (0..n).map(|i| f64::from(u8::from(i % 2 == 0))).collect::<Vec<_>>();
    assert!(matches!(
        caveats(&alternating(24))[..],
        [Caveat::LowPower { n: 24 }, Caveat::Autocorrelated { lag1, .. }] if lag1 < -0.9
    ));
    assert!(matches!(
        caveats(&alternating(1001))[..],
        [Caveat::LargeSample { n: 1001 }, Caveat::Autocorrelated { .. }]
    ));
    assert_eq!(caveats(&[1.0; 500]), []);
}

proptest! {
    #[test]
    fn unit_origin_and_order_change_nothing(
        mut values in prop::collection::vec(-1000_i16..1000, 8..60),
        scale in 0.01_f64..100.0,
    ) {
        let before: Vec<f64> = values.iter().map(|v| f64::from(*v)).collect();
        values.sort_unstable();
        let after: Vec<f64> = values.iter().map(|v| 300.0 - scale * f64::from(*v)).collect();
        let near = |a: f64, b: f64| (a - b).abs() < 1e-9 * (1.0 + a.abs());
        if let (Ok(a), Ok(b)) = (anderson_darling(&before), anderson_darling(&after)) {
            prop_assert!(near(a.a2, b.a2) && (0.0..=1.0).contains(&a.p_value));
        }
        for test in [shapiro_wilk, cramer_von_mises, lilliefors] {
            if let (Ok(a), Ok(b)) = (test(&before), test(&after)) {
                prop_assert!(near(a.statistic, b.statistic), "{a:?} {b:?}");
                prop_assert!((0.0..=1.0).contains(&a.p_value) && a.statistic >= 0.0);
            }
        }
    }
}
