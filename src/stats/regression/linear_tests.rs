//! Linear regression against the certified values of NIST's Statistical Reference Datasets
//! (<https://www.itl.nist.gov/div898/strd/lls/lls.shtml>, public domain), and its laws.
#![expect(clippy::unwrap_used, reason = "a test")]

use proptest::prelude::*;

use super::linear::{Fit, fit};
use super::predictors::Predictors;
use crate::stats::Unestimable;

/// Correct significant digits.
fn digits(got: f64, certified: f64) -> f64 {
    -((got - certified) / certified).abs().max(1e-16).log10()
}

fn worst(got: &[f64], certified: &[f64]) -> f64 {
    assert_eq!(got.len(), certified.len());
    got.iter().zip(certified).map(|(g, c)| digits(*g, *c)).fold(16.0, f64::min)
}

fn polynomial(x: &[f64], y: &[f64], degree: u32) -> Fit {
    let powers: Vec<u32> = (0..=degree).collect();
    fit(Predictors::powers(x, &powers).unwrap(), y).unwrap()
}

/// y = Σ x^j + `size` δ for x = 0 to 20: Wampler1 with size 0, Wampler3 to 5 with 1, 100, 10⁴.
fn wampler(size: f64) -> Fit {
    const DELTA: [f64; 21] = [
        759.0, -2048.0, 2048.0, -2048.0, 2523.0, -2048.0, 2048.0, -2048.0, 1838.0, -2048.0, 2048.0,
        -2048.0, 1838.0, -2048.0, 2048.0, -2048.0, 2523.0, -2048.0, 2048.0, -2048.0, 759.0,
    ];
    let x: Vec<f64> = (0..21).map(f64::from).collect();
    let sum = |x: f64| (0..6).map(|j| x.powi(j)).sum::<f64>();
    let y: Vec<f64> = x.iter().zip(DELTA).map(|(x, delta)| sum(*x) + size * delta).collect();
    polynomial(&x, &y, 5)
}

#[test]
fn wampler_holds_fourteen_digits() {
    const ERRORS: [f64; 6] = [
        2_152.326_246_781_7,
        2_363.551_734_696_81,
        779.343_524_331_583,
        101.475_507_550_35,
        5.645_665_121_707_52,
        0.112_324_854_679_312,
    ];
    for (size, f) in
        [(1.0, 675_524.458_240_122), (1e2, 67.552_445_824_012_2), (1e4, 0.006_755_244_582_401_22)]
    {
        let fit = wampler(size);
        assert!(worst(&fit.coefficients, &[1.0; 6]) > 14.0, "{size} {:?}", fit.coefficients);
        assert!(worst(&fit.standard_errors, &ERRORS.map(|e| e * size)) > 14.0, "{size}");
        assert!(digits(fit.residual_sd(), 2_360.145_023_792_68 * size) > 14.0, "{size}");
        assert!(digits(fit.f().unwrap(), f) > 13.5, "{size}");
    }
}

#[test]
fn an_exact_fit_has_no_residual_and_no_f() {
    let fit = wampler(0.0);
    assert!(worst(&fit.coefficients, &[1.0; 6]) > 14.0, "{:?}", fit.coefficients);
    assert_eq!((fit.residual_sd(), fit.f(), fit.r_squared()), (0.0, None, Some(1.0)));
    assert_eq!((fit.aic(), fit.durbin_watson()), (None, None));
    assert!(fit.inference(0.95).unwrap().iter().all(|c| c.t.is_none() && c.p_value.is_none()));
    // Wampler2: decimal coefficients, so y is rounded.
    let x: Vec<f64> = (0..21).map(f64::from).collect();
    let y: Vec<f64> = x.iter().map(|x| (0..6).map(|j| (x / 10.0).powi(j)).sum::<f64>()).collect();
    let y: Vec<f64> = y.iter().map(|y| (y * 1e5).round() / 1e5).collect();
    let fit = polynomial(&x, &y, 5);
    assert!(worst(&fit.coefficients, &[1.0, 0.1, 0.01, 0.001, 1e-4, 1e-5]) > 12.5);
    assert!(fit.ss_residual <= 0.0);
}

#[test]
fn pontius_and_noint2() {
    let x: Vec<f64> = (1..=20).chain(1..=20).map(|i| 150_000.0 * f64::from(i)).collect();
    let y = [
        0.11019, 0.21956, 0.32949, 0.43899, 0.54803, 0.65694, 0.76562, 0.87487, 0.98292, 1.09146,
        1.20001, 1.30822, 1.41599, 1.52399, 1.63194, 1.73947, 1.84646, 1.95392, 2.06128, 2.16844,
        0.11052, 0.22018, 0.32939, 0.43886, 0.54798, 0.65739, 0.76596, 0.87474, 0.983, 1.0915,
        1.20004, 1.30818, 1.41613, 1.52408, 1.63159, 1.73965, 1.84696, 1.95445, 2.06177, 2.16829,
    ];
    let fit = polynomial(&x, &y, 2);
    let certified =
        [0.673_565_789_473_684e-3, 0.732_059_160_401_003e-6, -0.316_081_871_345_029e-14];
    assert!(worst(&fit.coefficients, &certified) > 12.0, "{:?}", fit.coefficients);
    let errors = [0.107_938_612_033_077e-3, 0.157_817_399_981_659e-9, 0.486_652_849_992_036e-16];
    assert!(worst(&fit.standard_errors, &errors) > 12.0, "{:?}", fit.standard_errors);
    assert!(digits(fit.residual_sd(), 0.205_177_424_076_185e-3) > 12.0);
    assert!(digits(fit.f().unwrap(), 185_330_865.995_752) > 12.0);
    let fit = super::linear::fit(
        Predictors::multiple(&[("x", &[4.0, 5.0, 6.0])], false).unwrap(),
        &[3.0, 4.0, 4.0],
    )
    .unwrap();
    assert!(digits(fit.coefficients[0], 0.727_272_727_272_727) > 14.0);
    assert!(digits(fit.standard_errors[0], 0.042_082_731_807_843_2) > 14.0);
    assert!(digits(fit.r_squared().unwrap(), 0.993_348_115_299_335) > 14.0);
    assert!(digits(fit.f().unwrap(), 298.666_666_666_667) > 14.0);
}

#[test]
fn what_cannot_be_told_apart_is_refused() {
    let x = [1.0, 2.0, 3.0, 4.0, 5.0];
    let twice = x.map(|x| 0.3 * x + 0.1);
    let y = [1.0, 3.0, 2.0, 5.0, 4.0];
    let run = |named: &[(&str, &[f64])], y: &[f64]| {
        fit(Predictors::multiple(named, true)?, y).map(|_| ())
    };
    let collinear = run(&[("a", &x), ("b", &twice)], &y);
    assert!(matches!(collinear, Err(Unestimable::NotSolvable(_))), "{collinear:?}");
    assert!(matches!(run(&[("a", &[2.0; 5])], &y), Err(Unestimable::NotSolvable(_))));
    assert!(matches!(run(&[("a", &[0.0; 5])], &y), Err(Unestimable::NotSolvable(_))));
    assert_eq!(run(&[("a", &x[..2])], &y[..2]), Err(Unestimable::TooFew { needed: 3, got: 2 }));
    assert!(matches!(run(&[("a", &x[..4])], &y), Err(Unestimable::Outside(_))));
    assert!(matches!(run(&[("a", &x)], &[f64::NAN; 5]), Err(Unestimable::Outside(_))));
    let flat = fit(Predictors::multiple(&[("a", &x)], true).unwrap(), &[7.0; 5]).unwrap();
    assert_eq!((flat.r_squared(), flat.f()), (None, None));
}

#[test]
fn a_lone_row_has_all_leverage_and_no_distance() {
    let fit = polynomial(&[0.0, 0.0, 0.0, 1.0], &[1.0, 2.0, 4.0, 9.0], 1);
    let lone = fit.influences()[3];
    assert!((lone.leverage - 1.0).abs() < 1e-14);
    assert_eq!((lone.cooks_distance, lone.standardised_residual, fit.press()), (None, None, None));
}

proptest! {
    #[test]
    fn rows_in_any_order_and_units_give_the_same_fit(
        data in prop::collection::vec((-1e3..1e3_f64, -1e3..1e3_f64, -1e3..1e3_f64), 6..30),
        offset in -1e9..1e9_f64,
    ) {
        let fitted = |rows: &[(f64, f64, f64)], scale: f64, offset: f64| {
            let a: Vec<f64> = rows.iter().map(|r| scale * r.0 + offset).collect();
            let b: Vec<f64> = rows.iter().map(|r| r.1).collect();
            let y: Vec<f64> = rows.iter().map(|r| r.2).collect();
            fit(Predictors::multiple(&[("a", &a), ("b", &b)], true).unwrap(), &y).unwrap()
        };
        let plain = fitted(&data, 1.0, 0.0);
        let turned: Vec<_> = data.iter().rev().copied().collect();
        let moved = fitted(&turned, 1000.0, offset);
        prop_assert!((plain.coefficients[2] - moved.coefficients[2]).abs() < 1e-6 * (1.0 + plain.coefficients[2].abs()));
        prop_assert!((plain.ss_residual / moved.ss_residual - 1.0).abs() < 1e-6);
        // Leverages add to the number of coefficients, residuals to 0, sums of squares to the total.
        let leverages: f64 = plain.influences().iter().map(|i| i.leverage).sum();
        prop_assert!((leverages - 3.0).abs() < 1e-9);
        prop_assert!(plain.residuals.iter().sum::<f64>().abs() < 1e-9);
        let r2 = plain.r_squared().unwrap();
        prop_assert!((0.0..=1.0).contains(&r2) && plain.adjusted_r_squared().unwrap() <= r2);
        prop_assert!(plain.press().unwrap() >= plain.ss_residual);
    }
}
