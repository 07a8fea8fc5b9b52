//! Variants, rework loops and transitions.

use super::super::compute::{Computed, HOUR, Loop, Team, Transition, Variant, exact};
use crate::report::{Cell, Emphasis, Expr, Format, Message, Row, Table, Value, formula};
use crate::stats::interval::wilson;
use crate::stats::summary::quantile::type7;

fn length(ms: Option<f64>) -> Cell {
    Cell::from(ms.and_then(Value::duration))
}

fn hours(ms: f64) -> Cell {
    Cell::from(Value::number(ms / HOUR, 1))
}

fn p_cell(p: Option<f64>) -> Cell {
    Cell::from(p.and_then(|p| Value::number(p, 3)))
}

/// The most frequent variants, with the share and lead time of each.
pub(super) fn variants(data: &Computed, listed: usize) -> Table {
    let columns = [
        ("path", Format::Text),
        ("cases", Format::Count),
        ("share", Format::Share),
        ("cumulative", Format::Share),
        ("median", Format::Days),
        ("p85", Format::Days),
        ("p", Format::Number(3)),
    ];
    let mut sum = 0;
    let mut row = |at: usize, variant: &Variant| {
        sum += variant.cases;
        let part =
            |n: usize| Value::share(exact(n) / exact(usize::try_from(data.cases).unwrap_or(0)));
        let all = || Expr::from(exact(usize::try_from(data.cases).unwrap_or(0)));
        let before = if at == 0 {
            Expr::own("share")
        } else {
            Expr::Offset("cumulative".to_owned(), -1) + Expr::own("share")
        };
        Row::from(vec![
            Cell::from(variant.path.join(" → ")),
            Cell::from(variant.cases),
            Cell::from(part(variant.cases)).by(Expr::own("cases") / all()),
            Cell::from(part(sum)).by(before),
            length(variant.quantile(0.5)),
            length(variant.quantile(0.85)),
            p_cell(variant.p),
        ])
    };
    let shown = data.variants.iter().take(listed).enumerate();
    let rows = shown.map(|(at, variant)| row(at, variant)).collect();
    let mut table = Table::of("variants", "by_path", &columns, rows)
        .noted(Message::new("variants.note.by_path").arg("variants", data.variants.len()));
    table.top = Some(10);
    table
}

/// Steps repeated within a case.
pub(super) fn loops(data: &Computed) -> Table {
    let columns = [
        ("step", Format::Text),
        ("passed", Format::Count),
        ("again", Format::Count),
        ("share", Format::Share),
        ("repeats", Format::Count),
        ("work_hours", Format::Number(1)),
        ("extra", Format::Days),
        ("low", Format::Days),
        ("high", Format::Days),
        ("p", Format::Number(3)),
    ];
    let row = |of: &Loop| {
        let bounds = of.cost.and_then(|cost| cost.bounds);
        let cells = vec![
            Cell::from(of.step.as_str()),
            Cell::from(of.passed),
            Cell::from(of.cases),
            Cell::from(Value::ratio(of.cases, of.passed))
                .by(Expr::own("again") / Expr::own("passed")),
            Cell::from(of.repeats),
            if data.timed { hours(of.work) } else { Cell::none() },
            length(of.cost.map(|cost| cost.estimate)),
            length(bounds.map(|b| b.low)),
            length(bounds.map(|b| b.high)),
            p_cell(of.p),
        ];
        let bad = of.p.is_some_and(|p| p < 0.005);
        Row { cells, emphasis: bad.then_some(Emphasis::Bad) }
    };
    let mut table = Table::of("variants", "loops", &columns, data.loops.iter().map(row).collect())
        .noted(Message::new("variants.note.loops"));
    table.top = Some(12);
    table
}

/// Transitions with the most time between their steps.
pub(super) fn transitions(data: &Computed, listed: usize) -> Table {
    let columns = [
        ("from", Format::Text),
        ("to", Format::Text),
        ("n", Format::Count),
        ("median", Format::Days),
        ("p85", Format::Days),
        ("total_hours", Format::Number(1)),
        ("mean_hours", Format::Number(1)),
    ];
    let row = |of: &Transition| {
        let mean = of.total / HOUR / exact(of.waits.len());
        Row::from(vec![
            Cell::from(of.from.as_str()),
            Cell::from(of.to.as_str()),
            Cell::from(of.waits.len()),
            length(type7(&of.waits, 0.5)),
            length(type7(&of.waits, 0.85)),
            hours(of.total),
            Cell::from(Value::number(mean, 1)).by(Expr::own("total_hours") / Expr::own("n")),
        ])
    };
    let rows = data.transitions.iter().take(listed).map(row).collect();
    let note = if data.timed { "variants.note.waits" } else { "variants.note.gaps" };
    let mut table = Table::of("variants", "transitions", &columns, rows).noted(Message::new(note));
    table.top = Some(10);
    table
}

/// Teams by how often their cases repeat a step.
pub(super) fn teams(data: &Computed, level: f64) -> Table {
    let columns = [
        ("team", Format::Text),
        ("cases", Format::Count),
        ("again", Format::Count),
        ("share", Format::Share),
        ("low", Format::Share),
        ("high", Format::Share),
        ("most", Format::Text),
        ("p", Format::Number(3)),
    ];
    let row = |team: &Team| {
        let bounds = wilson(team.reworked, team.cases, level);
        let share = |x: Option<f64>| Cell::from(x.and_then(Value::share));
        let cells = vec![
            Cell::from(team.team.as_str()),
            Cell::from(team.cases),
            Cell::from(team.reworked),
            Cell::from(Value::ratio(team.reworked, team.cases))
                .by(formula::ratio("again", "cases")),
            share(bounds.map(|b| b.low)).by(formula::wilson_low("again", "cases", level)),
            share(bounds.map(|b| b.high)).by(formula::wilson_high("again", "cases", level)),
            Cell::from(team.step.as_deref().map(Value::from)),
            p_cell(team.p),
        ];
        let bad = team.is_worse() && team.p.is_some_and(|p| p < 1.0 - level);
        Row { cells, emphasis: bad.then_some(Emphasis::Bad) }
    };
    let rows = data.by_team.teams.iter().map(row).collect();
    let note = match data.by_team.test {
        None => Message::new("variants.note.teams_none"),
        Some(test) => Message::new("variants.note.teams")
            .arg("chi_square", Value::Number { value: test.chi_square, decimals: 2 })
            .arg("df", Value::count(test.df))
            .arg("p", Value::Number { value: test.p_value, decimals: 3 }),
    };
    Table::of("variants", "by_team", &columns, rows).noted(note)
}
