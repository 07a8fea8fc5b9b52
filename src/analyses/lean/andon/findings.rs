//! What the stops and the places of discovery say.

use super::compute::Stops;
use super::defects::Caught;
use crate::analyses::analysis::Ask;
use crate::report::{Finding, Grade, Message, Value};
use crate::stats::control_chart::change_point::Way;
use crate::stats::holm;

/// Its findings, the gravest first: rises of stops, rises of escapes, uneven steps and teams.
pub(super) fn findings(stops: Option<&Stops>, caught: Option<&Caught>, ask: &Ask) -> Vec<Finding> {
    let mut out: Vec<Finding> = Vec::new();
    out.extend(stops.and_then(|stops| moved(stops, ask)));
    out.extend(stops.map(|stops| uneven(stops, ask)).unwrap_or_default());
    out.extend(caught.and_then(|caught| escaping(caught, ask)));
    out.sort_by_key(|finding| finding.grade);
    out
}

fn finding(id: &str, grade: Grade, metric: &str, message: Message, p: f64) -> Finding {
    Finding {
        id: format!("andon.{id}"),
        grade,
        metric: Some(metric.to_owned()),
        message,
        advice: Message::new(format!("andon.finding.{id}.advice")),
        money: None,
        p_value: Some(p),
    }
}

fn moved(stops: &Stops, ask: &Ask) -> Option<Finding> {
    let (change, way, p) = stops.change.filter(|(_, _, p)| *p < 1.0 - ask.confidence)?;
    let (id, grade) = match way {
        Way::Rise if p < ask.act_alpha => ("rise", Grade::Act),
        Way::Rise => ("rise", Grade::Watch),
        // Fewer stops may mean a calmer line, or one that no longer dares to stop.
        Way::Fall => ("fall", Grade::Watch),
    };
    let month = stops.months.get(change.at)?.month;
    let message = Message::new(format!("andon.finding.{id}.message"))
        .arg("month", month)
        .arg("before", Value::number(change.before.value()? * 30.0, 1)?)
        .arg("after", Value::number(change.after.value()? * 30.0, 1)?);
    Some(finding(id, grade, "andon_stops", message, p))
}

/// Steps and teams whose rates of stops differ, both tests as one family.
fn uneven(stops: &Stops, ask: &Ask) -> Vec<Finding> {
    let groups = [("step", &stops.steps), ("team", &stops.teams)];
    let p = groups.map(|(_, places)| places.test.map_or(f64::NAN, |test| test.p_value));
    let found = groups.into_iter().zip(holm(&p)).filter_map(|((kind, places), p)| {
        let rate = |place: &&super::compute::Place| place.stops_rate();
        let most = places.places.iter().max_by(|a, b| rate(a).total_cmp(&rate(b)))?;
        (p < 1.0 - ask.confidence).then(|| {
            let grade = if p < ask.act_alpha { Grade::Act } else { Grade::Watch };
            let message = Message::new(format!("andon.finding.uneven.{kind}"))
                .arg("name", most.name.as_str())
                .arg("stops", Value::count(most.stops))
                .arg("all", Value::count(stops.count));
            finding("uneven", grade, "andon_stops", message, p)
        })
    });
    found.collect()
}

/// A larger share of defects gets out since a month.
fn escaping(caught: &Caught, ask: &Ask) -> Option<Finding> {
    let change = caught.rise.filter(|change| change.p < 1.0 - ask.confidence)?;
    let grade = if change.p < ask.act_alpha { Grade::Act } else { Grade::Watch };
    let message = Message::new("andon.finding.escape_rise.message")
        .arg("month", caught.months.get(change.at)?.0)
        .arg("before", Value::share(change.before.value()?)?)
        .arg("after", Value::share(change.after.value()?)?);
    let month = caught.months.get(change.at)?.0;
    let found = finding("escape_rise", grade, "escaped_defects", message, change.p);
    Some(Finding { advice: found.advice.clone().arg("month", month), ..found })
}
