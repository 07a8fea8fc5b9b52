//! Laws of the statistics that need no oracle: what must stay, and which way a figure must move,
//! when the data change in a known way.

use gemba::stats::capability::{Sample, Specification, Terms, assess};
use gemba::stats::control_chart::attribute_chart::{Chart, Kind, Point};
use gemba::stats::control_chart::individuals::{self, SigmaMethod};
use gemba::stats::control_chart::phases::{Plan, divide};
use gemba::stats::control_chart::rules::Rule;
use gemba::stats::control_chart::subgroups::{self, mean_limits, summarise};
use gemba::stats::flow::event_log::{Event, flow};
use gemba::stats::flow::pareto::pareto;
use gemba::stats::hypothesis::anova::one_way;
use gemba::stats::measurement::agreement::cohen::{Weights, cohen, cross_table};
use gemba::stats::sigma::step::Step;
use gemba::stats::summary::moments::Moments;
use proptest::collection::vec;
use proptest::prelude::*;

fn near(a: f64, b: f64) -> bool {
    (a - b).abs() <= 1e-9 * a.abs().max(b.abs()).max(1e-9)
}

fn limits(x: &[f64]) -> (f64, f64, f64) {
    let chart = individuals::chart(x, SigmaMethod::MeanMovingRange, 3.0).unwrap();
    (chart.individuals.lcl, chart.individuals.center, chart.individuals.ucl)
}

/// The points each of Nelson's rules names on the chart of `x`.
fn signals(x: &[f64]) -> Vec<Vec<usize>> {
    let chart = individuals::chart(x, SigmaMethod::MeanMovingRange, 3.0).unwrap();
    let z: Vec<f64> = x.iter().map(|x| (x - chart.individuals.center) / chart.sigma).collect();
    Rule::ALL.iter().map(|rule| rule.signals(&z)).collect()
}

fn spec(lower: Option<f64>, upper: Option<f64>) -> Specification {
    Specification::new(lower, None, upper).unwrap()
}

/// Cp, Cpk, Pp, Ppk.
fn indices(x: &[f64], spec: &Specification) -> [Option<f64>; 4] {
    let found = assess(Sample::Individuals(x), spec, Terms::default()).unwrap();
    let (within, overall) = (found.within.unwrap().normal.indices, found.overall.normal.indices);
    [within.potential, within.least(), overall.potential, overall.least()]
}

/// Series that vary: whole numbers of thousandths, so that shifts and scales stay exact enough.
fn series() -> impl Strategy<Value = Vec<f64>> {
    vec((-5_000..5_000_i32).prop_map(|i| f64::from(i) / 1_000.0), 12..60)
        .prop_filter("neighbours differ", |x| {
            x.windows(2).filter(|pair| pair[0].to_bits() != pair[1].to_bits()).count() > 5
        })
}

proptest! {
    #[test]
    fn limits_of_a_frozen_baseline_are_those_of_the_baseline_alone(x in series()) {
        let plan = Plan { baseline: Some(10), ..Plan::default() };
        let phases = divide(&x, &plan, limits).unwrap();
        prop_assert_eq!(phases[0].limits, limits(&x[..10]));
    }

    #[test]
    fn order_inside_a_subgroup_changes_nothing_and_order_in_time_does(x in series()) {
        let groups: Vec<Vec<f64>> = x.chunks_exact(4).map(<[f64]>::to_vec).collect();
        let turned: Vec<Vec<f64>> =
            groups.iter().map(|group| group.iter().rev().copied().collect()).collect();
        let sigma = |groups: &[Vec<f64>]| {
            let method = subgroups::SigmaMethod::PooledUnbiased;
            subgroups::sigma(&summarise(groups).unwrap(), method).unwrap()
        };
        prop_assert!(near(sigma(&groups), sigma(&turned)));
        let mut sorted = x.clone();
        sorted.sort_by(f64::total_cmp);
        let range = |x: &[f64]| individuals::mean_moving_range(x).unwrap();
        prop_assert!(range(&sorted) <= range(&x) + 1e-12, "sorted values move least");
    }

    #[test]
    fn a_file_split_in_two_has_the_moments_of_the_whole(x in series(), at in 0.0..1.0_f64) {
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss,
            clippy::cast_precision_loss, reason = "a place in a short series")]
        let (left, right) = x.split_at((at * x.len() as f64) as usize);
        let merged = Moments::of(left).merge(Moments::of(right));
        let whole = Moments::of(&x);
        prop_assert!(near(merged.sd().unwrap(), whole.sd().unwrap()));
        prop_assert!(near(merged.mean().unwrap(), whole.mean().unwrap()));
    }

    #[test]
    fn shift_and_scale_leave_indices_and_rules_alone(
        x in series(), shift in -100..100_i32, doubled in 1..5_i32,
    ) {
        let scale = f64::from(1 << doubled);
        let moved: Vec<f64> = x.iter().map(|x| (x + f64::from(shift)) * scale).collect();
        let same = |a: Option<f64>, b: Option<f64>| near(a.unwrap(), b.unwrap());
        let there = |limit: f64| Some((limit + f64::from(shift)) * scale);
        let before = indices(&x, &spec(Some(-9.0), Some(8.0)));
        let after = indices(&moved, &spec(there(-9.0), there(8.0)));
        prop_assert!(before.into_iter().zip(after).all(|(a, b)| same(a, b)));
        // Rules on sums of powers of two: rounding cannot move a point over a line.
        let doubled: Vec<f64> = x.iter().map(|x| x * scale).collect();
        prop_assert_eq!(signals(&x), signals(&doubled));
    }

    #[test]
    fn zones_of_means_are_as_narrow_as_the_root_of_the_size(n in 2..30_usize, sigma in 0.1..9.0_f64) {
        let of_means = mean_limits(5.0, n, sigma, 3.0);
        let of_values = mean_limits(5.0, 1, sigma, 3.0);
        let root = f64::from(u32::try_from(n).unwrap()).sqrt();
        prop_assert!(near((of_means.ucl - 5.0) * root, of_values.ucl - 5.0));
    }

    #[test]
    fn one_limit_alone_gives_its_own_index(x in series()) {
        let both = assess(Sample::Individuals(&x), &spec(Some(-9.0), Some(8.0)), Terms::default());
        let both = both.unwrap().within.unwrap().normal.indices;
        prop_assert_eq!(indices(&x, &spec(None, Some(8.0)))[1], both.upper);
        prop_assert_eq!(indices(&x, &spec(Some(-9.0), None))[1], both.lower);
    }

    #[test]
    fn laney_widens_by_sigma_z_and_not_at_all_when_it_is_one(
        counts in vec(0..40_u32, 8..30), factor in 0.2..4.0_f64,
    ) {
        prop_assume!(counts.iter().any(|count| *count > 0));
        let points: Vec<Point> =
            counts.iter().map(|&c| Point { count: f64::from(c), size: 50.0 }).collect();
        let plain = Chart::fit(Kind::U, &points).unwrap();
        let above = |chart: Chart| chart.limits(50.0, 3.0).ucl - chart.rate;
        prop_assert!(near(above(plain.widened(factor)), factor * above(plain)));
        let theory = 3.0 * (plain.rate / 50.0).sqrt();
        prop_assert!(near(above(plain.widened(1.0)), theory));
    }

    #[test]
    fn rates_take_more_defects_than_units_and_shares_refuse(extra in 1..50_u32) {
        let points = [Point { count: 3.0 + f64::from(extra), size: 3.0 }, Point { count: 2.0, size: 3.0 }];
        prop_assert!(Chart::fit(Kind::U, &points).is_some());
        prop_assert!(Chart::fit(Kind::P, &points).is_none());
    }

    #[test]
    fn a_constant_series_has_no_signals_and_no_capability(x in -100.0..100.0_f64, n in 2..40_usize) {
        let series = vec![x; n];
        let chart = individuals::chart(&series, SigmaMethod::MeanMovingRange, 3.0).unwrap();
        prop_assert!(chart.individuals.beyond(&series).is_empty());
        let found = assess(
            Sample::Individuals(&series), &spec(Some(-200.0), Some(200.0)), Terms::default(),
        );
        prop_assert!(found.is_err());
    }

    #[test]
    fn wider_limits_never_lower_an_index(x in series(), wider in 0.0..5.0_f64) {
        let narrow = indices(&x, &spec(Some(-6.0), Some(6.0)));
        let wide = indices(&x, &spec(Some(-6.0 - wider), Some(6.0 + wider)));
        prop_assert!(narrow.into_iter().zip(wide).all(|(n, w)| w.unwrap() >= n.unwrap() - 1e-12));
    }

    #[test]
    fn one_more_defect_never_raises_sigma(units in 1..500_u64, chances in 1..9_u64, share in 0.0..1.0_f64) {
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss,
            clippy::cast_precision_loss, reason = "a share of a small count")]
        let defects = ((units * chances - 1) as f64 * share) as u64;
        let z = |defects| {
            let step = Step { units, opportunities_per_unit: chances, defects, defective_units: None };
            step.assess(0.95).unwrap()
        };
        let (less, more) = (z(defects), z(defects + 1));
        let falls = |a: Option<f64>, b: Option<f64>| !matches!((a, b), (Some(a), Some(b)) if b > a);
        prop_assert!(falls(less.z, more.z));
        prop_assert!(falls(less.z_bounds.0, more.z_bounds.0));
        prop_assert!(falls(less.z_bounds.1, more.z_bounds.1));
    }

    #[test]
    fn sums_of_squares_add_up(groups in vec(vec(-50.0..50.0_f64, 3..9), 2..6)) {
        let slices: Vec<&[f64]> = groups.iter().map(Vec::as_slice).collect();
        let all: Vec<f64> = groups.concat();
        let total = Moments::of(&all).sum_of_squares().unwrap();
        if let Ok(table) = one_way(&slices) {
            prop_assert!(near(table.ss_between + table.ss_within, total));
        }
    }

    #[test]
    fn pareto_ends_at_a_hundred_and_never_falls(values in vec(0.0..1e6_f64, 1..20)) {
        prop_assume!(values.iter().any(|value| *value > 0.0));
        let table = pareto(&values).unwrap();
        prop_assert!(near(table.rows.last().unwrap().cumulative_percent, 100.0));
        prop_assert!(table.rows.windows(2).all(|w| w[0].value >= w[1].value));
    }

    #[test]
    fn an_unused_grade_beyond_the_others_changes_no_kappa(
        pairs in vec((0..3_u8, 0..3_u8), 6..40),
        weights in prop_oneof![Just(Weights::Unweighted), Just(Weights::Linear), Just(Weights::Quadratic)],
    ) {
        let (a, b): (Vec<u8>, Vec<u8>) = pairs.into_iter().unzip();
        let kappa = |grades: &[u8]| {
            cohen(&cross_table(&a, &b, grades).unwrap(), weights).map(|kappa| kappa.kappa).ok()
        };
        match (kappa(&[0, 1, 2]), kappa(&[0, 1, 2, 3])) {
            // Near 0 only the distance tells; rounding leaves a few parts in 10¹⁶.
            (Some(used), Some(declared)) => prop_assert!((used - declared).abs() < 1e-12),
            (used, declared) => prop_assert_eq!(used, declared),
        }
    }

    #[test]
    fn the_order_of_groups_and_reps_changes_no_figure(groups in vec(vec(-50.0..50.0_f64, 3..9), 2..6)) {
        let forward: Vec<&[f64]> = groups.iter().map(Vec::as_slice).collect();
        let backward: Vec<&[f64]> = forward.iter().rev().copied().collect();
        if let (Ok(a), Ok(b)) = (one_way(&forward), one_way(&backward)) {
            prop_assert!(near(a.test.f, b.test.f) && near(a.test.p_value, b.test.p_value));
        }
    }

    #[test]
    fn work_in_process_is_throughput_times_lead_time(
        spans in vec((0..1_000_u32, 1..300_u32, 0..3_usize), 1..40),
    ) {
        let events: Vec<Event> = spans
            .iter()
            .enumerate()
            .map(|(case, &(start, long, activity))| Event {
                case, activity, start: f64::from(start), end: f64::from(start + long),
            })
            .collect();
        let flow = flow(&events).unwrap();
        prop_assert!(near(flow.mean_in_process().unwrap(), flow.littles_law().unwrap()));
    }
}

/// An unused grade between others moves them apart: it counts where it is declared, and only there.
#[test]
fn an_unused_grade_between_others_changes_weighted_kappa_only_where_declared() {
    let (a, b) = ([0, 0, 1, 1, 2, 2, 0, 1], [0, 1, 1, 2, 2, 2, 0, 0]);
    let kappa = |grades: &[u8], weights| {
        cohen(&cross_table(&a, &b, grades).unwrap(), weights).unwrap().kappa
    };
    let between = [0, 1, 9, 2];
    let linear = kappa(&[0, 1, 2], Weights::Linear);
    assert!((linear - kappa(&between, Weights::Linear)).abs() > 1e-3);
    let unweighted = kappa(&[0, 1, 2], Weights::Unweighted);
    assert!(near(unweighted, kappa(&between, Weights::Unweighted)));
}
