//! Gage studies on constructed readings whose sums of squares follow by hand, and their laws.
#![expect(clippy::unwrap_used, reason = "a test")]

use proptest::prelude::*;

use super::average_range::average_range;
use super::components::Terms;
use super::crossed::{AIAG_ALPHA, MINITAB_ALPHA, Model, crossed};
use super::linearity::linearity;
use super::nested::nested;
use super::type1;
use super::{Reading, Source};
use crate::stats::Unestimable;

fn close(got: f64, want: f64) {
    assert!((got - want).abs() <= 1e-9 * want.abs().max(1.0), "{got} for {want}");
}

/// Two parts, two operators, two trials, ± each effect about `level`.
fn readings(level: f64, [part, operator, interaction, error]: [f64; 4]) -> Vec<Reading> {
    let sign = |bit: usize| if bit == 0 { -1.0 } else { 1.0 };
    let reading = |i: usize| {
        let (p, o, e) = (i & 1, i >> 1 & 1, i >> 2 & 1);
        let crossed = interaction * sign(p) * sign(o);
        let value = level + part * sign(p) + operator * sign(o) + crossed + error * sign(e);
        Reading { part: p, operator: o, value }
    };
    (0..8).map(reading).collect()
}

#[test]
fn sums_of_squares_and_components_follow_by_hand() {
    // Every effect of ±a over 8 readings has the sum of squares 8 a².
    let study = crossed(&readings(1e6, [10.0, 3.0, 2.0, 1.0])).unwrap();
    let ss = [study.part, study.operator, study.interaction, study.repeatability].map(|s| s.ss);
    for (got, want) in ss.into_iter().zip([800.0, 72.0, 32.0, 8.0]) {
        close(got, want);
    }
    close(study.interaction_test().unwrap().f, 16.0);
    assert_eq!(study.choice(MINITAB_ALPHA), Model::WithInteraction);
    let full = study.estimate(Model::WithInteraction).unwrap();
    close(full.part.unwrap().f, 25.0);
    let c = full.components;
    for (got, want) in [
        (c.repeatability, 2.0),
        (c.operator_by_part, 15.0),
        (c.operator, 10.0),
        (c.part_to_part, 192.0),
        (c.gage(), 27.0),
        (c.total(), 219.0),
        (c.distinct_categories().unwrap(), (2.0_f64 * 192.0 / 27.0).sqrt()),
    ] {
        close(got, want);
    }
    assert_eq!(c.whole_categories(), Some(3));
    let pooled = study.estimate(Model::WithoutInteraction).unwrap().components;
    close(pooled.repeatability, 8.0);
    close(pooled.part_to_part, 198.0);
    let share = c.share(c.gage(), Terms { tolerance: Some(100.0), multiplier: 6.0 }).unwrap();
    close(share.contribution, 2700.0 / 219.0);
    close(share.tolerance.unwrap(), 6.0 * 27.0_f64.sqrt());
}

#[test]
fn the_two_rules_of_pooling_differ_between_their_levels() {
    // F = 2.25 with 1 and 4 degrees of freedom: p = 0.208.
    let study = crossed(&readings(0.0, [10.0, 3.0, 1.5, 2.0])).unwrap();
    assert_eq!(study.choice(MINITAB_ALPHA), Model::WithoutInteraction);
    assert_eq!(study.choice(AIAG_ALPHA), Model::WithInteraction);
}

#[test]
fn one_reading_a_cell_has_no_interaction_to_test() {
    let single: Vec<_> = readings(0.0, [10.0, 3.0, 2.0, 0.0]).into_iter().take(4).collect();
    let study = crossed(&single).unwrap();
    assert_eq!(study.interaction_test(), None);
    assert!(matches!(study.estimate(Model::WithInteraction), Err(Unestimable::TooFew { .. })));
    close(study.estimate(Model::WithoutInteraction).unwrap().components.repeatability, 16.0);
}

#[test]
fn what_is_unbalanced_or_constant_is_refused_with_its_reason() {
    let mut missing = readings(0.0, [1.0; 4]);
    missing.pop();
    assert!(matches!(crossed(&missing), Err(Unestimable::Outside(m)) if m.contains("unbalanced")));
    let mut other = readings(0.0, [1.0; 4]);
    for reading in other.iter_mut().filter(|r| r.operator == 1 && r.part == 1) {
        reading.part = 7;
    }
    assert!(crossed(&other).is_err() && nested(&other).is_ok(), "other parts are nested ones");
    let constant = crossed(&readings(5.0, [0.0; 4])).unwrap();
    assert_eq!(constant.interaction_test(), None);
    let c = constant.estimate(Model::WithInteraction).unwrap().components;
    assert_eq!(
        c.share(0.0, Terms { tolerance: None, multiplier: 6.0 }),
        Err(Unestimable::Constant)
    );
    assert_eq!((c.distinct_categories(), c.whole_categories()), (None, None));
    assert!(matches!(crossed(&[]), Err(Unestimable::TooFew { .. })));
    assert_eq!(average_range(&readings(5.0, [0.0; 4])), Err(Unestimable::Constant));
}

#[test]
fn averages_and_ranges_on_the_form() {
    let form = average_range(&readings(50.0, [10.0, 3.0, 0.0, 1.0])).unwrap();
    assert_eq!((form.k1, form.k2, form.k3), (0.8862, form.k3, 7071.0 / 1e4));
    close(form.equipment, 2.0 * form.k1);
    close(form.appraiser, ((6.0 * form.k2).powi(2) - form.equipment.powi(2) / 4.0).sqrt());
    close(form.part, 20.0 * form.k3);
    close(form.percent(form.gage).powi(2) + form.percent(form.part).powi(2), 1e4);
    close(form.distinct_categories().unwrap(), 1.41 * form.part / form.gage);
}

#[test]
fn nested_parts_carry_what_would_be_interaction() {
    // Parts within operators take the squares of parts and of the interaction: 800 + 32, two
    // degrees of freedom.
    let study = nested(&readings(0.0, [10.0, 3.0, 2.0, 1.0])).unwrap();
    close(study.part.ss, 832.0);
    close(study.part_test.unwrap().f, 416.0 / 2.0);
    close(study.components.part_to_part, (416.0 - 2.0) / 2.0);
    assert!(study.components.operator <= 0.0, "72 is less than parts alone bring");
    close(study.operator_test.unwrap().f, 72.0 / 416.0);
}

#[test]
fn a_type_1_study_by_hand() {
    let terms =
        type1::Terms { reference: 10.0, tolerance: Some(6.0), percent: 20.0, multiplier: 6.0 };
    let study = type1::type1(&[9.9, 10.1, 10.3], terms).unwrap();
    close(study.sd, 0.2);
    close(study.bias, 0.1);
    close(study.cg.unwrap(), 1.0);
    close(study.cgk.unwrap(), 0.5 / 0.6);
    close(study.repeatability_share.unwrap(), 20.0);
    close(study.t.unwrap(), 0.1 / (0.2 / 3.0_f64.sqrt()));
    let constant = type1::type1(&[10.1; 5], terms).unwrap();
    assert_eq!((constant.cg, constant.cgk, constant.t, constant.p_value), (None, None, None, None));
    assert!(constant.sd <= 0.0 && (constant.bias - 0.1).abs() < 1e-12);
    let free = type1::Terms { tolerance: None, ..terms };
    let free = type1::type1(&[9.9, 10.1, 10.3], free).unwrap();
    assert_eq!((free.cg, free.bias_share, free.t), (None, None, study.t));
    let none = type1::Terms { tolerance: Some(0.0), ..terms };
    assert!(matches!(type1::type1(&[1.0, 2.0], none), Err(Unestimable::Outside(_))));
    let far = type1::type1(&[13.9, 14.1], terms).unwrap();
    assert_eq!((far.cgk.unwrap() < 0.0, far.repeatability_and_bias_share), (true, None));
}

/// Readings made to a line: bias 0.7 − 0.13 reference, ± 0.1.
#[test]
fn linearity_finds_the_line_it_was_made_with() {
    let sizes = [2.0, 4.0, 6.0, 8.0, 10.0];
    let pair = |r: f64| [(r, r + 0.7 - 0.13 * r - 0.1), (r, r + 0.7 - 0.13 * r + 0.1)];
    let readings: Vec<(f64, f64)> = sizes.into_iter().rev().flat_map(pair).collect();
    let study = linearity(&readings).unwrap();
    close(study.slope(), -0.13);
    close(study.percent_linearity(), 13.0);
    close(study.linearity(16.5), 0.13 * 16.5);
    close(study.mean_bias, 0.7 - 0.13 * 6.0);
    close(study.percent_bias(16.0).unwrap(), 0.5);
    assert_eq!(study.biases.len(), 5);
    close(study.biases[0].bias, 0.44);
    close(study.biases[0].t.unwrap(), 0.44 / 0.1);
    assert!(matches!(linearity(&readings[..2]), Err(Unestimable::TooFew { .. })));
    let one_size: Vec<_> = readings.iter().map(|r| (2.0, r.1)).collect();
    assert!(matches!(linearity(&one_size), Err(Unestimable::NotSolvable(_))));
}

proptest! {
    #[test]
    fn squares_add_to_the_total_and_order_does_not_matter(
        values in prop::collection::vec(-1e3..1e3_f64, 24), turn in 0..24_usize,
    ) {
        let reading = |(i, value): (usize, &f64)| Reading { part: i % 4, operator: i / 4 % 2, value: *value };
        let readings: Vec<Reading> = values.iter().enumerate().map(reading).collect();
        let study = crossed(&readings).unwrap();
        let mean = values.iter().sum::<f64>() / 24.0;
        let total: f64 = values.iter().map(|v| (v - mean).powi(2)).sum();
        let parts = study.part.ss + study.operator.ss + study.interaction.ss + study.repeatability.ss;
        prop_assert!((parts / total - 1.0).abs() < 1e-9);
        let mut turned = readings.clone();
        turned.rotate_left(turn);
        let again = crossed(&turned).unwrap();
        prop_assert!((again.part.ss - study.part.ss).abs() <= 1e-9 * total);
        let c = study.estimate(Model::WithInteraction).unwrap().components;
        let terms = Terms { tolerance: None, multiplier: 6.0 };
        let sum: f64 = [c.gage(), c.part_to_part].iter().map(|v| c.share(*v, terms).unwrap().contribution).sum();
        prop_assert!((sum - 100.0).abs() < 1e-9);
    }
}

/// χ² with 20 degrees of freedom: 34.170 and 9.591 (NIST/SEMATECH e-Handbook, 1.3.6.7.4).
#[test]
fn repeatability_has_the_interval_of_a_standard_deviation() {
    let source = Source { df: 20, ss: 20.0 };
    let bounds = source.sd_bounds(0.95).unwrap();
    assert!((bounds.low - (20.0_f64 / 34.170).sqrt()).abs() < 1e-4, "{bounds:?}");
    assert!((bounds.high - (20.0_f64 / 9.591).sqrt()).abs() < 1e-4, "{bounds:?}");
    assert_eq!(Source { df: 0, ss: 0.0 }.sd_bounds(0.95), None);
    assert_eq!(source.sd_bounds(1.0), None);
}
