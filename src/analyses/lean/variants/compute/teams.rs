//! Whether the cases of some team repeat steps more often than others'.

use std::collections::BTreeMap;

use super::exact;
use crate::dataset::{MISSING_CODE, StepCase, StepLog};
use crate::stats::comparison::homogeneity::{Homogeneity, homogeneity};
use crate::stats::holm;
use crate::stats::sigma::rates::{Rate, p_two_sided};

/// The cases a team began.
#[derive(Clone, Debug, PartialEq)]
#[expect(clippy::struct_field_names, reason = "the figure bears the name of its kind")]
pub(in super::super) struct Team {
    /// Its name.
    pub(in super::super) team: String,
    /// Cases.
    pub(in super::super) cases: u64,
    /// Those of them that repeated a step.
    pub(in super::super) reworked: u64,
    /// The step repeated most often in them.
    pub(in super::super) step: Option<String>,
    /// Share of the other teams' cases that repeated a step.
    pub(in super::super) rest: Option<f64>,
    /// p-value of a share other than theirs, after Holm; absent where the teams are alike.
    pub(in super::super) p: Option<f64>,
}

impl Team {
    /// Whether its cases repeat a step more often than the others'.
    pub(in super::super) fn is_worse(&self) -> bool {
        let count = |n: u64| exact(usize::try_from(n).unwrap_or(usize::MAX));
        self.rest.is_some_and(|rest| count(self.reworked) > rest * count(self.cases))
    }
}

/// Teams, and the test of them all.
#[derive(Clone, Debug, Default, PartialEq)]
pub(in super::super) struct Teams {
    /// By name.
    pub(in super::super) teams: Vec<Team>,
    /// The test of equal shares; absent where there is nothing to compare.
    pub(in super::super) test: Option<Homogeneity>,
}

#[derive(Default)]
struct Counts {
    cases: u64,
    reworked: u64,
    steps: BTreeMap<u32, u64>,
}

/// The teams, compared only where the test finds that they differ at `alpha`.
pub(super) fn teams(log: &StepLog<'_>, cases: &[StepCase<'_>], alpha: f64) -> Teams {
    let mut counts: BTreeMap<u32, Counts> = BTreeMap::new();
    for case in cases {
        let team = case.events.first().map_or(MISSING_CODE, |event| event.team);
        let of = counts.entry(team).or_default();
        of.cases += 1;
        let repeated = case.repeats().filter(|(_, again)| *again).map(|(event, _)| event.step);
        let mut any = false;
        for step in repeated {
            any = true;
            *of.steps.entry(step).or_default() += 1;
        }
        of.reworked += u64::from(any);
    }
    counts.remove(&MISSING_CODE);
    let mut teams: Vec<Team> = counts.into_iter().map(|(code, of)| named(log, code, &of)).collect();
    teams.sort_by(|a, b| a.team.cmp(&b.team));
    let groups: Vec<(u64, u64)> = teams.iter().map(|team| (team.reworked, team.cases)).collect();
    let test = homogeneity(&groups);
    if test.is_some_and(|test| test.p_value < alpha) {
        compare(&mut teams);
    }
    Teams { teams, test }
}

fn named(log: &StepLog<'_>, code: u32, of: &Counts) -> Team {
    let most = of.steps.iter().max_by_key(|(step, n)| (**n, std::cmp::Reverse(log.step(**step))));
    Team {
        team: log.team(code).to_owned(),
        cases: of.cases,
        reworked: of.reworked,
        step: most.map(|(step, _)| log.step(*step).to_owned()),
        rest: None,
        p: None,
    }
}

/// Each team against the others together.
fn compare(teams: &mut [Team]) {
    let count = |n: u64| exact(usize::try_from(n).unwrap_or(usize::MAX));
    let rate = |k: u64, n: u64| Rate { events: count(k), exposure: count(n) };
    let (all_k, all_n) =
        teams.iter().fold((0, 0), |(k, n), team| (k + team.reworked, n + team.cases));
    let rest = |team: &Team| rate(all_k - team.reworked, all_n - team.cases);
    let p: Vec<f64> =
        teams.iter().map(|t| p_two_sided(rate(t.reworked, t.cases), rest(t))).collect();
    for (team, p) in teams.iter_mut().zip(holm(&p)) {
        team.rest = rest(team).value();
        team.p = Some(p);
    }
}
