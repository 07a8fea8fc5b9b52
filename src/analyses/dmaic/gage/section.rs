//! The section of the page.

use super::charts;
use super::compute::{Attribute, Computed, Found, Lack, Study, Variable, Verdict, share};
use super::tables;
use crate::report::{Block, Check, CheckState, Direction, Interval, Message, Metric, Value};

/// A name, or the words for none.
pub(super) fn named(name: Option<&str>) -> Value {
    name.map_or_else(|| Message::new("gage.unnamed").into(), Value::from)
}

/// The headline figures: the worst study of values, the worst of judgements.
pub(super) fn metrics(data: &Computed) -> Vec<Metric> {
    let metric = |id: &str, value, n: usize| Metric::new("gage", id, value, n as u64, data.period);
    let good = data.studies.iter().filter(|s| s.verdict() == Ok(Verdict::Good)).count();
    let all = data.studies.len();
    let mut out = vec![Metric {
        direction: Direction::Higher,
        ..metric("gage_good", Value::ratio(good as u64, all as u64), all)
    }];
    let percent = |study: &Study| match &study.found {
        Found::Variable(found) => Some((found.spread.as_ref().ok()?.percent()?, study.n)),
        Found::Attribute(_) => None,
    };
    let worst = data.studies.iter().filter_map(percent).max_by(|a, b| a.0.total_cmp(&b.0));
    out.extend(worst.map(|(percent, n)| Metric {
        direction: Direction::Lower,
        ..metric("gage_rr", Value::share(percent / 100.0), n)
    }));
    out.extend(agreement(data));
    out
}

/// The least agreement of the studies of judgements.
fn agreement(data: &Computed) -> Option<Metric> {
    let matched = data.studies.iter().filter_map(|study| match &study.found {
        Found::Attribute(found) => Some((found.headline()?.1, study)),
        Found::Variable(_) => None,
    });
    let (matched, _) = matched.min_by(|a, b| share(a.0).total_cmp(&share(b.0)))?;
    let bounds = matched.bounds(data.level);
    Some(Metric {
        direction: Direction::Higher,
        interval: bounds.map(|b| Interval::shares(b.low, b.high, data.level)),
        ..Metric::new(
            "gage",
            "gage_agreement",
            Value::share(share(matched)),
            matched.items,
            data.period,
        )
    })
}

/// The blocks, in order.
pub(super) fn blocks(data: &Computed, metrics: &[Metric]) -> Vec<Block> {
    let checks = data.studies.iter().map(check).collect();
    let mut blocks = vec![Block::Cards(metrics.to_vec()), Block::Checklist(checks)];
    for (index, study) in data.studies.iter().enumerate() {
        let key = if study.project.is_some() { "gage.heading_project" } else { "gage.heading" };
        let heading = Message::new(key)
            .arg("project", named(study.project.as_deref()))
            .arg("study", named(study.name.as_deref()))
            .arg("characteristic", named(study.characteristic.as_deref()));
        blocks.push(Block::Heading(heading));
        match &study.found {
            Found::Variable(found) => blocks.extend(variable(index, found, data.level)),
            Found::Attribute(found) => {
                blocks.extend(tables::agreement(index, found).map(Block::Table));
            }
        }
    }
    blocks
}

fn variable(index: usize, found: &Variable, level: f64) -> Vec<Block> {
    let mut blocks = Vec::new();
    if let Ok(spread) = &found.spread {
        let mut panels = vec![charts::components(index, spread)];
        panels.extend(charts::by_part_and_operator(index, found));
        blocks.push(Block::Panels(panels));
        blocks.push(Block::Table(tables::components(index, spread, level)));
        blocks.push(Block::Table(tables::variance(index, spread)));
        blocks.extend(spread.form.as_ref().map(|form| Block::Table(tables::form(index, form))));
    }
    blocks.extend(found.type1.as_ref().map(|one| Block::Table(tables::type1(index, found, one))));
    blocks.extend(found.linearity.as_ref().map(|l| Block::Table(tables::bias(index, l))));
    blocks
}

/// The verdict on a study as a line of the checklist.
fn check(study: &Study) -> Check {
    let state = match study.verdict() {
        Ok(Verdict::Good) => CheckState::Pass,
        Ok(Verdict::Marginal) => CheckState::Warn,
        Ok(Verdict::Bad) => CheckState::Fail,
        Err(_) => CheckState::NotComputable,
    };
    let label = Message::new("gage.check.label")
        .arg("study", named(study.name.as_deref()))
        .arg("characteristic", named(study.characteristic.as_deref()));
    Check { label, state, detail: verdict_key(study) }
}

/// The verdict in one sentence.
pub(super) fn verdict_key(study: &Study) -> Message {
    let say = |key: &str| Message::new(format!("gage.why.{key}")).arg("n", study.n);
    if let Err(lack) = study.verdict() {
        return say(match lack {
            Lack::Unbalanced => "unbalanced",
            Lack::Few => "few",
            Lack::Constant => "constant",
            Lack::Limits => "limits",
        });
    }
    match &study.found {
        Found::Variable(found) => of_values(found, say),
        Found::Attribute(found) => of_judgements(found, say),
    }
}

fn number(value: f64, decimals: u8) -> Value {
    Value::Number { value, decimals }
}

fn of_values(found: &Variable, say: impl Fn(&str) -> Message) -> Message {
    if let Some((cg, cgk)) = found.type1.as_ref().and_then(|one| one.cg.zip(one.cgk)) {
        return say("type1").arg("cg", number(cg, 2)).arg("cgk", number(cgk, 2));
    }
    let spread = found.spread.as_ref().ok();
    let Some((spread, percent)) = spread.and_then(|s| Some((s, s.percent()?))) else {
        let bias = found.linearity.as_ref().map_or(0.0, |study| study.mean_bias);
        return say("linearity").arg("bias", number(bias, 3));
    };
    let share = spread.components.share(spread.components.gage(), spread.terms()).ok();
    let categories = spread.components.whole_categories().unwrap_or(0);
    let message =
        say(if share.and_then(|s| s.tolerance).is_some() { "rr_tolerance" } else { "rr" })
            .arg("percent", number(percent, 1))
            .arg("categories", categories);
    match share.and_then(|share| share.tolerance) {
        Some(tolerance) => message.arg("tolerance", number(tolerance, 1)),
        None => message,
    }
}

fn of_judgements(found: &Attribute, say: impl Fn(&str) -> Message) -> Message {
    let Some((kind, matched)) = found.headline() else { return say("few") };
    let message = say(kind)
        .arg("matched", matched.matched)
        .arg("items", matched.items)
        .arg("share", Value::Share(share(matched)));
    match &found.fleiss {
        Some(fleiss) => message.arg("kappa", number(fleiss.kappa, 2)),
        None => message.arg("kappa", Message::new("gage.why.no_kappa")),
    }
}
