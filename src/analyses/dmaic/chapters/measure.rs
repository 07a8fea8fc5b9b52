//! Measure: the baseline with its intervals, whether it is stable, what its records are worth, and
//! whether what measures it was verified.

use super::compute::{Chapter, rate};
use super::define::scope_months;
use super::figures::{check, column, figure_columns, figures, table};
use super::system;
use crate::dataset::Place;
use crate::report::{Block, Cell, Check, CheckState, Emphasis, Format, Message, Row, Table, Value};
use crate::stats::control_chart::attribute_chart::{Chart, Kind, Point, sigma_z, test};
use crate::stats::control_chart::rules::Rule;

/// Patterns looked for in a baseline.
const RULES: [Rule; 4] = [Rule::Beyond, Rule::NineOneSide, Rule::SixTrend, Rule::TwoOfThree];
/// Months of a baseline below which stability cannot be judged.
const MIN_MONTHS: usize = 8;
/// Dispersion is taken for real below this p-value.
const DISPERSION_ALPHA: f64 = 0.01;

/// The phase.
pub(super) fn blocks(chapter: &Chapter<'_>) -> Vec<Block> {
    let (mut blocks, mut checks) = (Vec::new(), Vec::new());
    match baseline(chapter) {
        Ok(table) => {
            blocks.push(Block::Table(table));
            checks.push(stable(chapter));
            checks.push(records(chapter));
        }
        Err(line) => checks.push(line),
    }
    checks.extend(system::checks(chapter));
    blocks.push(Block::Checklist(checks));
    blocks
}

/// The scope and its parts: teams of a step, steps of a team.
fn baseline(chapter: &Chapter<'_>) -> Result<Table, Check> {
    let months = scope_months(chapter, "baseline")?;
    let (Some(cube), Some(scope)) = (&chapter.all.cube, chapter.scope) else {
        return scope_months(chapter, "baseline")
            .map(|_| table(chapter, "baseline", Vec::new(), Vec::new()));
    };
    let (level, shift) = (chapter.all.level, chapter.all.shift);
    let by_team = scope.team.is_none();
    let labels = if by_team { &cube.teams } else { &cube.steps };
    let index = move |place: &Place| if by_team { place.team } else { place.step };
    let mut columns = vec![column("part", Format::Text)];
    columns.extend(figure_columns());
    let row = |name: Value, counts: &_, emphasis| {
        let mut cells = vec![Cell::from(name)];
        cells.extend(figures(counts, level, shift));
        Row { cells, emphasis }
    };
    let total = chapter.baseline_counts(|_| true);
    let mut rows = vec![row(Message::new("dmaic.whole").into(), &total, Some(Emphasis::Total))];
    for (i, label) in labels.iter().enumerate().filter(|_| labels.len() > 1) {
        let counts = chapter.baseline_counts(|place| index(place) == i);
        let name = label.clone().map_or_else(|| Message::new("dmaic.unnamed").into(), Value::Text);
        if counts.units > 0 && counts != total {
            rows.push(row(name, &counts, None));
        }
    }
    let mut table = table(chapter, "baseline", columns, rows);
    table.note = Some(
        Message::new("dmaic.note.months")
            .arg("from", crate::units::Month::from_number(months.0))
            .arg("to", crate::units::Month::from_number(months.1)),
    );
    Ok(table)
}

/// The chart of some months: limits from all of them, Laney's where they vary more than chance.
pub(super) fn charted(points: &[Point]) -> Option<Chart> {
    let theory = Chart::fit(Kind::U, points)?;
    let wide = test(&theory, points).is_some_and(|test| test.p_over < DISPERSION_ALPHA);
    let factor = if wide { sigma_z(&theory, points).unwrap_or(1.0).max(1.0) } else { 1.0 };
    Some(theory.widened(factor))
}

/// A month's counts as a point.
pub(super) const fn point(counts: &crate::dataset::DefectCounts) -> Point {
    let rate = rate(counts);
    Point { count: rate.events, size: rate.exposure }
}

fn stable(chapter: &Chapter<'_>) -> Check {
    let points: Vec<Point> = chapter.baseline_months().iter().map(point).collect();
    let few = || {
        let detail = Message::new("dmaic.check.stable_few").arg("months", points.len());
        check("stable", CheckState::NotComputable, detail)
    };
    let Some(chart) = charted(&points).filter(|_| points.len() >= MIN_MONTHS) else {
        return few();
    };
    let z: Vec<f64> = points.iter().map(|&p| chart.z(p)).collect();
    let signals = RULES.iter().map(|rule| rule.signals(&z).len()).sum::<usize>();
    let (state, key) = match signals {
        0 => (CheckState::Pass, "stable_yes"),
        _ => (CheckState::Warn, "stable_no"),
    };
    let detail = Message::new(format!("dmaic.check.{key}"))
        .arg("months", points.len())
        .arg("signals", signals);
    check("stable", state, detail)
}

/// How complete the records of the baseline are.
fn records(chapter: &Chapter<'_>) -> Check {
    let (from, to) = chapter.baseline.unwrap_or((0, -1));
    let wanted = usize::try_from(to - from + 1).unwrap_or(0);
    let got = chapter.baseline_months().len();
    let counts = chapter.baseline_counts(|_| true);
    let silent = chapter.all.cube.as_ref().map_or(0, |cube| cube.silent);
    let whole = got == wanted && counts.judged == counts.units && silent == 0;
    let detail = Message::new("dmaic.check.records_detail")
        .arg("got", got)
        .arg("wanted", wanted)
        .arg("judged", Value::ratio(counts.judged, counts.units).unwrap_or(Value::Count(0)))
        .arg("silent", silent);
    check("records", if whole { CheckState::Pass } else { CheckState::Warn }, detail)
}
