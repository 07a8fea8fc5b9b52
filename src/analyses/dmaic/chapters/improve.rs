//! Improve: the staged chart with the intervention, what became of it, and the risks before and
//! after.

use super::compute::{Chapter, double};
use super::define::scope_months;
use super::figures::{check, column, id};
use super::measure::{charted, point};
use super::risk;
use crate::dataset::{DefectCounts, Place, Trial};
use crate::report::{
    Block, Cell, Chart, ChartKind, Check, CheckState, Emphasis, Expr, Format, Mark, MarkKind,
    Message, Role, Row, Series, Table, Value,
};
use crate::stats::comparison::before_after::{Doubt, Judgement, Verdict};
use crate::stats::control_chart::attribute_chart::{self, Point};
use crate::units::Month;

/// The phase.
pub(super) fn blocks(chapter: &Chapter<'_>) -> Vec<Block> {
    let mut blocks = Vec::new();
    let mut checks = Vec::new();
    match chapter.judged {
        Some((trial, judgement)) => {
            blocks.extend(staged(chapter, trial, judgement).map(|c| Block::Chart(Box::new(c))));
            checks.push(verdict(chapter, judgement));
        }
        None => checks.push(not_judged(chapter)),
    }
    let (tables, lines) = risk::tables(chapter);
    blocks.extend(tables.into_iter().map(Block::Table));
    checks.extend(lines);
    blocks.push(Block::Checklist(checks));
    blocks
}

fn not_judged(chapter: &Chapter<'_>) -> Check {
    if let Err(line) = scope_months(chapter, "effect") {
        return line;
    }
    check("effect", CheckState::NotComputable, Message::new("dmaic.check.no_intervention"))
}

/// What became of the change, beside the untreated.
pub(super) fn verdict(chapter: &Chapter<'_>, judgement: &Judgement) -> Check {
    let (state, key) = match (judgement.verdict, judgement.doubt) {
        (Verdict::Held, _) => (CheckState::Pass, "held"),
        (Verdict::Lost, _) => (CheckState::Fail, "lost"),
        (Verdict::NoEffect, _) => (CheckState::Fail, "failed"),
        (_, Some(Doubt::Young)) => (CheckState::Warn, "young"),
        (_, Some(Doubt::Chosen)) => (CheckState::Warn, "chosen"),
        (_, Some(Doubt::Slipping)) => (CheckState::Warn, "slipping"),
        (_, Some(Doubt::Noise)) => (CheckState::Warn, "noise"),
        (_, Some(Doubt::Early) | None) => (CheckState::NotComputable, "early"),
    };
    let mut detail = Message::new(format!("dmaic.verdict.{key}"));
    if let Some(effect) = &judgement.effect {
        let ratio = effect.ratio(chapter.all.level);
        let ends =
            [("change", ratio.value), ("low", ratio.bounds.low), ("high", ratio.bounds.high)];
        for (name, x) in ends {
            if let Some(value) = Value::share(x - 1.0) {
                detail = detail.arg(name, value);
            }
        }
    }
    check("effect", state, detail)
}

/// A month of the staged chart.
struct Staged {
    month: i32,
    counts: DefectCounts,
    stage: Stage,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Stage {
    Before,
    Transition,
    After,
}

/// Limits of the baseline up to the intervention, of the improved level since.
fn staged(chapter: &Chapter<'_>, trial: &Trial, judgement: &Judgement) -> Option<Chart> {
    let months = months(chapter, trial)?;
    let points = |side: &[(i32, DefectCounts)]| -> Vec<Point> {
        side.iter().map(|(_, counts)| point(counts)).collect()
    };
    let before = charted(&points(&trial.treated.before))?;
    let after = match &judgement.hold {
        Some(hold) => Some(hold.chart),
        None => charted(&points(&trial.treated.after)),
    };
    let worse = |month: i32| {
        let at = trial.treated.after.iter().position(|(m, _)| *m == month);
        at.zip(judgement.hold.as_ref()).is_some_and(|(at, hold)| hold.worse.contains(&at))
    };
    let chart_of = |stage: Stage| match stage {
        Stage::Before => Some(before),
        Stage::Transition => None,
        Stage::After => after,
    };
    let rows: Vec<Row> = months.iter().map(|m| row(m, chart_of(m.stage), worse(m.month))).collect();
    let title = Message::new("dmaic.chart.staged").arg("project", id(chapter));
    let at = months.iter().position(|m| m.stage != Stage::Before)?;
    let mark = Mark {
        row: at,
        kind: MarkKind::Event,
        label: Message::new("dmaic.mark.intervention").arg("day", trial.intervention),
    };
    Some(drawn(chapter, title, rows, mark))
}

fn drawn(chapter: &Chapter<'_>, title: Message, rows: Vec<Row>, mark: Mark) -> Chart {
    let columns = vec![
        column("month", Format::Month),
        column("opportunities", Format::Count),
        column("defects", Format::Count),
        column("dpmo", Format::Number(0)),
        column("center", Format::Number(0)),
        column("ucl", Format::Number(0)),
        column("lcl", Format::Number(0)),
        column("signal", Format::Text),
    ];
    let roles = [
        ("dpmo", Role::Value),
        ("center", Role::Center),
        ("ucl", Role::Limit),
        ("lcl", Role::Limit),
    ];
    let describe = Message::new("dmaic.chart.staged_describe").arg("months", rows.len());
    Chart {
        id: chapter.id("staged"),
        kind: ChartKind::Control,
        describe,
        y_label: Message::new("dmaic.column.dpmo"),
        table: Table {
            id: chapter.id("staged"),
            title: title.clone(),
            columns,
            rows,
            note: None,
            top: None,
        },
        title,
        x: "month".to_owned(),
        series: roles.map(|(id, role)| Series { column: id.to_owned(), role }).to_vec(),
        signal: Some("signal".to_owned()),
        point_label: None,
        marks: vec![mark],
        references: Vec::new(),
    }
}

/// Every month from the baseline to the newest, the transition among them.
fn months(chapter: &Chapter<'_>, trial: &Trial) -> Option<Vec<Staged>> {
    let cube = chapter.all.cube.as_ref()?;
    let (from, _) = chapter.baseline?;
    let (_, last) = cube.span()?;
    let first_after = trial.treated.after.first().map_or(last + 1, |(month, _)| *month);
    let one = |month: i32| {
        let counts = cube.total(|p: &Place| p.period == month && trial.scope.holds(p));
        let stage = match month {
            m if m < trial.intervention.month().number() => Stage::Before,
            m if m >= first_after => Stage::After,
            _ => Stage::Transition,
        };
        (counts.opportunities > 0).then_some(Staged { month, counts, stage })
    };
    Some((from..=last).filter_map(one).collect())
}

fn row(month: &Staged, chart: Option<attribute_chart::Chart>, worse: bool) -> Row {
    let (defects, opportunities) =
        (double(month.counts.defects), double(month.counts.opportunities));
    let limits = chart.map(|chart| chart.limits(opportunities, 3.0));
    let dpmo = |x: Option<f64>| Cell::from(x.and_then(|x| Value::number(x * 1e6, 0)));
    let signal = worse.then(|| Value::from(Message::new("dmaic.signal.worse")));
    let cells = vec![
        Month::from_number(month.month).into(),
        month.counts.opportunities.into(),
        month.counts.defects.into(),
        dpmo(Some(defects / opportunities))
            .by(Expr::from(1e6) * Expr::own("defects") / Expr::own("opportunities")),
        dpmo(limits.map(|l| l.center)),
        dpmo(limits.map(|l| l.ucl)),
        dpmo(limits.map(|l| l.lcl)),
        Cell::from(signal),
    ];
    let muted = (month.stage == Stage::Transition).then_some(Emphasis::Muted);
    Row { cells, emphasis: if worse { Some(Emphasis::Bad) } else { muted } }
}
