//! What became of the projects that intervened, in sentences.

use super::compute::{Computed, Judged};
use crate::dataset::{DefectCube, Project, Scope};
use crate::report::{Finding, Grade, Message, Value};
use crate::stats::comparison::before_after::{Change, Doubt, Effect, Verdict};
use crate::units::Money;

/// One finding a judged project, the gravest first.
pub(super) fn findings(data: &Computed) -> Vec<Finding> {
    let one = |judged: &Judged| finding(data, data.project(judged)?, judged);
    let mut out: Vec<Finding> = data.judged.iter().filter_map(one).collect();
    out.sort_by_key(|finding| finding.grade);
    out
}

fn finding(data: &Computed, project: &Project, judged: &Judged) -> Option<Finding> {
    let name = verdict_id(judged.judgement.verdict);
    let key = match judged.judgement.verdict {
        Verdict::Unclear => format!("projects.finding.unclear.{}", doubt_id(judged)),
        _ => format!("projects.finding.{name}.message"),
    };
    let mut message = Message::new(key)
        .arg("project", project.id.as_str())
        .arg("name", project.name.as_str())
        .arg("scope", scope(data.cube.as_ref()?, judged.trial.scope))
        .arg("month", judged.trial.intervention.month());
    let places = [("step", &project.step), ("team", &project.team)];
    for (name, place) in places {
        if let Some(place) = place {
            message = message.arg(name, place.as_str());
        }
    }
    for (name, value) in figures(data, judged) {
        message = message.arg(name, value);
    }
    let (money, tells) = money(project, judged);
    let (low, high) = tells;
    if let Some((money, (low, high))) = money.zip(low.zip(high)) {
        message = message.arg(
            "money",
            Message::new(format!("projects.money.{name}"))
                .arg("money", money)
                .arg("low", low)
                .arg("high", high),
        );
    } else {
        message = message.arg("money", Message::new("projects.money.unknown"));
    }
    Some(Finding {
        id: format!("projects.{name}"),
        grade: grade(data, project, judged),
        metric: Some("project_savings".to_owned()),
        message,
        advice: Message::new(format!("projects.finding.{name}.advice")),
        money: stake(project, judged),
        p_value: p_value(judged),
    })
}

/// Held is good. Failed asks for action only where money was promised or booked and the gain
/// promised is excluded beyond chance; everything else is to be watched.
fn grade(data: &Computed, project: &Project, judged: &Judged) -> Grade {
    let promised = [project.benefit, project.booked].into_iter().flatten();
    let money = promised.max().is_some_and(|money| money > Money::ZERO);
    let beyond = judged.judgement.p_short < data.act_alpha;
    match judged.judgement.verdict {
        Verdict::Held => Grade::Good,
        Verdict::NoEffect if money && beyond && judged.promised.is_some() => Grade::Act,
        _ => Grade::Watch,
    }
}

/// What is at stake: the money saved where it improved, else the money booked or promised.
fn stake(project: &Project, judged: &Judged) -> Option<Money> {
    match judged.judgement.verdict {
        Verdict::Held => Money::from_units(judged.saved.as_ref()?.money()?.value),
        Verdict::NoEffect | Verdict::Lost => {
            project.booked.filter(|money| *money > Money::ZERO).or(project.benefit)
        }
        Verdict::Unclear => None,
    }
}

const fn p_value(judged: &Judged) -> Option<f64> {
    match judged.judgement.verdict {
        Verdict::Held | Verdict::Lost => Some(judged.judgement.p),
        Verdict::NoEffect => Some(judged.judgement.p_short),
        Verdict::Unclear => None,
    }
}

/// Money saved since, and the ends of its interval.
fn money(project: &Project, judged: &Judged) -> (Option<Value>, (Option<Value>, Option<Value>)) {
    let value = |x: f64| Money::from_units(x).map(Value::from);
    let Some(saved) = judged.saved.as_ref().and_then(super::compute::Saved::money) else {
        return (None, (None, None));
    };
    let first = match judged.judgement.verdict {
        Verdict::NoEffect => project.booked.or(project.benefit).map(Value::from),
        _ => value(saved.value),
    };
    (first.or_else(|| value(saved.value)), (value(saved.bounds.low), value(saved.bounds.high)))
}

/// What the sentences name: levels, ratio, gain and the gain promised.
fn figures(data: &Computed, judged: &Judged) -> Vec<(&'static str, Value)> {
    let dpmo = |x: Option<f64>| x.and_then(|x| Value::number(x * 1e6, 0));
    let change = judged.judgement.change.as_ref();
    let ratio = judged.judgement.effect.as_ref().map(|effect| effect.ratio(data.level));
    let gain = |x: Option<f64>| x.and_then(|ratio| Value::share(1.0 - ratio));
    let change_of = |x: Option<f64>| x.and_then(|ratio| Value::share(ratio - 1.0));
    let short = judged.judgement.effect.as_ref().and_then(|effect| detectable(data, effect));
    let promised = judged.promised.unwrap_or(1.0 - data.params.relevant_gain);
    let all = [
        ("before", dpmo(change.and_then(|change: &Change| change.before.value()))),
        ("after", dpmo(change.and_then(|change| change.after.value()))),
        ("change", change_of(ratio.map(|r| r.value))),
        ("change_low", change_of(ratio.map(|r| r.bounds.low))),
        ("change_high", change_of(ratio.map(|r| r.bounds.high))),
        ("gain", gain(ratio.map(|r| r.value))),
        ("gain_low", gain(ratio.map(|r| r.bounds.high))),
        ("gain_high", gain(ratio.map(|r| r.bounds.low))),
        ("promised", gain(Some(promised))),
        ("detectable", short),
        ("months", Some(Value::from(judged.trial.treated.after.len()))),
    ];
    all.into_iter().filter_map(|(name, value)| Some((name, value?))).collect()
}

/// The smallest gain the months would show with a power of 80 %.
pub(super) fn detectable(data: &Computed, effect: &Effect) -> Option<Value> {
    Value::share(1.0 - effect.detectable(data.params.alpha, 0.8)?)
}

/// The id of a verdict.
pub(super) const fn verdict_id(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Held => "held",
        Verdict::Lost => "lost",
        Verdict::NoEffect => "failed",
        Verdict::Unclear => "unclear",
    }
}

/// The id of why it cannot be told.
pub(super) const fn doubt_id(judged: &Judged) -> &'static str {
    match judged.judgement.doubt {
        Some(Doubt::Young) => "young",
        Some(Doubt::Chosen) => "chosen",
        Some(Doubt::Slipping) => "slipping",
        Some(Doubt::Noise) => "noise",
        Some(Doubt::Early) | None => "early",
    }
}

/// A project by id and name.
pub(super) fn named(project: &Project) -> Value {
    Value::Text(format!("{} {}", project.id, project.name).trim().to_owned())
}

/// A scope in words: the step, the team, or both.
pub(super) fn scope(cube: &DefectCube, scope: Scope) -> Value {
    let label = |labels: &[Option<String>], index: Option<usize>| {
        labels.get(index?)?.clone().map(Value::Text)
    };
    match (label(&cube.steps, scope.step), label(&cube.teams, scope.team)) {
        (Some(step), None) => step,
        (None, Some(team)) => Message::new("projects.scope.team").arg("team", team).into(),
        (Some(step), Some(team)) => {
            Message::new("projects.scope.cell").arg("step", step).arg("team", team).into()
        }
        (None, None) => Message::new("projects.scope.unnamed").into(),
    }
}
