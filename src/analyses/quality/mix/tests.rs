//! The analysis on made-up companies.
#![expect(clippy::unwrap_used, reason = "tests")]

use super::Mix;
use crate::analyses::quality::testing::{Company, FIRST, end_of};
use crate::analyses::{Analysis, Ask};
use crate::report::{Grade, Outcome, Value};

/// Twenty-one months in which the team "hard" does mostly the difficult step.
fn company(rate: impl Fn(&str, &str) -> f64) -> Outcome {
    let mut company = Company::new(7);
    for month in 0..21 {
        for (team, easy, hard) in [("north", 4000, 500), ("south", 500, 4000)] {
            for (step, units) in [("easy", easy), ("hard", hard)] {
                let defects = company.poisson(f64::from(units) * rate(team, step));
                company.row(FIRST.plus(month).first_day(), step, team, units.into(), defects);
            }
        }
    }
    Mix.compute(&company.finish(end_of(21)), &Ask::default()).unwrap()
}

fn ids(outcome: &Outcome) -> Vec<&str> {
    outcome.findings.iter().map(|f| f.id.as_str()).collect()
}

#[test]
fn a_team_worse_only_by_its_mix_is_told_so_and_a_better_one_behind_it_is_found() {
    let base = |step: &str| if step == "hard" { 0.05 } else { 0.01 };
    let same = company(|_, step| base(step));
    assert_eq!(ids(&same), ["mix.mix_only", "mix.mix_only"]);
    let better = company(|team, step| base(step) * if team == "south" { 0.6 } else { 1.0 });
    assert!(ids(&better).contains(&"mix.reversed"), "{:?}", ids(&better));
    assert!(better.findings.iter().all(|f| f.grade != Grade::Act));
}

#[test]
fn equal_work_and_equal_rates_are_the_same_at_any_mix() {
    let mut company = Company::new(3);
    for month in 0..24 {
        for team in ["north", "south"] {
            let defects = company.poisson(40.0);
            company.row(FIRST.plus(month).first_day(), "a", team, 1000, defects);
        }
    }
    let outcome = Mix.compute(&company.finish(end_of(24)), &Ask::default()).unwrap();
    assert_eq!(ids(&outcome), ["mix.same"]);
    let effect = outcome.metrics.iter().find(|m| m.id == "mix_effect").unwrap();
    assert!(effect.value.as_ref().and_then(Value::as_f64).unwrap().abs() < 1e-9);
}
