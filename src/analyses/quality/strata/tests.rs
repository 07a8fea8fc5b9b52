//! The analysis on made-up companies.
#![expect(clippy::unwrap_used, reason = "tests")]

use super::Strata;
use crate::analyses::quality::testing::{Company, FIRST, end_of};
use crate::analyses::{Analysis, Ask};
use crate::report::{Finding, Grade, Outcome, Value};

const STEPS: [(&str, f64); 3] = [("intake", 0.01), ("repair", 0.03), ("delivery", 0.02)];
const TEAMS: [&str; 4] = ["east", "north", "south", "west"];

/// A year of 2000 units a step and team, with a factor on the rate of each.
fn company(seed: u64, factor: impl Fn(&str, &str) -> f64) -> Outcome {
    let mut company = Company::new(seed);
    for month in 0..12 {
        for (step, rate) in STEPS {
            for team in TEAMS {
                let defects = company.poisson(2000.0 * rate * factor(step, team));
                company.row(FIRST.plus(month).first_day(), step, team, 2000, defects);
            }
        }
    }
    Strata.compute(&company.finish(end_of(12)), &Ask::default()).unwrap()
}

fn groups(outcome: &Outcome, grade: Grade) -> Vec<String> {
    let of = |f: &&Finding| f.grade == grade;
    let name = |f: &Finding| match f.message.args.get("group") {
        Some(Value::Text(text)) => text.clone(),
        Some(Value::Words(words)) => words.key.clone(),
        _ => String::new(),
    };
    outcome.findings.iter().filter(of).map(name).collect()
}

#[test]
fn a_team_worse_at_every_step_is_named_and_steps_never_call_for_action() {
    let outcome = company(5, |_, team| if team == "south" { 1.4 } else { 1.0 });
    assert_eq!(groups(&outcome, Grade::Act), ["south"]);
    assert_eq!(groups(&outcome, Grade::Watch), ["repair"]);
}

#[test]
fn one_step_of_a_team_is_named_as_a_pair_and_explains_the_team() {
    let factor =
        |step: &str, team: &str| if (step, team) == ("repair", "east") { 2.0 } else { 1.0 };
    let outcome = company(6, factor);
    assert!(groups(&outcome, Grade::Act).is_empty(), "{:?}", groups(&outcome, Grade::Act));
    assert!(groups(&outcome, Grade::Watch).contains(&"strata.pair".to_owned()));
}

#[test]
fn alike_teams_are_hardly_ever_called_different() {
    let mut wrong = 0;
    for seed in 100..160 {
        let outcome = company(seed, |_, _| 1.0);
        wrong += usize::from(!groups(&outcome, Grade::Act).is_empty());
    }
    assert!(wrong <= 2, "{wrong} of 60");
}

#[test]
fn nothing_to_divide_by_is_said() {
    let mut company = Company::new(1);
    company.row(FIRST.first_day(), "a", "t", 1000, 40);
    assert!(Strata.compute(&company.finish(end_of(1)), &Ask::default()).is_err());
}
