//! Tables of effects, of levels, and of the runs both stand on.

use super::compute::{Experiment, Factor, Level};
use super::section::best;
use crate::report::{Cell, Column, Emphasis, Expr, Format, Func, Message, Row, Table, Value};
use crate::stats::design::factorial::Effect;

/// A column of this analysis.
pub(super) fn column(id: &str, format: Format) -> Column {
    Column::of("experiments", id, format)
}

/// A number, shown with three decimals.
pub(super) fn number(value: Option<f64>) -> Cell {
    Cell::from(value.and_then(|x| Value::number(x, 3)))
}

fn sheet(index: usize) -> String {
    format!("experiments.runs_{index}")
}

/// Effects from the largest down, each with its test.
pub(super) fn effects(index: usize, experiment: &Experiment) -> Option<Table> {
    let found = experiment.effects.as_ref().ok()?;
    let id = format!("experiments.effects_{index}");
    let mut columns = vec![column("effect", Format::Text)];
    columns.extend(["size", "ss"].map(|id| column(id, Format::Number(3))));
    columns.push(column("share", Format::Share));
    columns.extend([column("f", Format::Number(2)), column("p", Format::Number(4))]);
    columns.push(column("aliases", Format::Text));
    let active: Vec<&[usize]> = experiment.active().iter().map(|e| e.factors.as_slice()).collect();
    let row = |effect: &Effect| {
        let aliases: Vec<String> = effect.aliases.iter().map(|a| experiment.label(a)).collect();
        let aliases = (!aliases.is_empty()).then(|| Value::from(aliases.join(" = ")));
        let size = number(Some(effect.effect));
        let share = (found.ss_total > 0.0).then(|| effect.ss / found.ss_total);
        let cells = vec![
            Cell::from(experiment.label(&effect.factors)),
            if experiment.balanced { size.by(contrast(index, experiment, effect)) } else { size },
            number(Some(effect.ss)),
            Cell::from(share.and_then(Value::share)),
            Cell::from(effect.f.and_then(|f| Value::number(f, 2))),
            Cell::from(experiment.p_value(effect).and_then(|p| Value::number(p, 4))),
            Cell::from(aliases),
        ];
        let stands = active.contains(&effect.factors.as_slice());
        Row { cells, emphasis: stands.then_some(Emphasis::Good) }
    };
    let mut sorted: Vec<&Effect> = found.effects.iter().collect();
    sorted.sort_by(|a, b| b.effect.abs().total_cmp(&a.effect.abs()));
    let rows = sorted.into_iter().map(row).collect();
    let key = if experiment.lenth.is_some() { "lenth" } else { "replicates" };
    let note = Some(Message::new(format!("experiments.note.{key}")));
    let title = Message::new("experiments.table.effects");
    Some(Table { note, top: Some(15), ..Table::new(&id, title, columns, rows) })
}

/// Twice the mean of response times sign, as a spreadsheet computes it from the coded runs.
fn contrast(index: usize, experiment: &Experiment, effect: &Effect) -> Expr {
    let sheet = sheet(index);
    let sign = |j: &usize| Expr::whole(&sheet, &format!("f{j}"));
    let response = Expr::whole(&sheet, "response");
    let product = effect.factors.iter().fold(response, |product, j| product * sign(j));
    let n: usize = experiment.runs.iter().map(|run| run.responses.len()).sum();
    let n = f64::from(u32::try_from(n).unwrap_or(u32::MAX));
    Expr::call(Func::Sumproduct, [product]) * 2.0.into() / n.into()
}

/// Mean response and signal-to-noise ratio of every level of every factor.
pub(super) fn levels(index: usize, experiment: &Experiment) -> Table {
    let mut columns = ["factor", "level"].map(|id| column(id, Format::Text)).to_vec();
    columns.push(column("n", Format::Count));
    columns.extend(["mean", "ratio"].map(|id| column(id, Format::Number(3))));
    let row = |(factor, level): (&Factor, &Level)| {
        let is_best = best(factor).is_some_and(|best| best.label == level.label);
        let cells = vec![
            Cell::from(factor.name.as_str()),
            Cell::from(level.label.as_str()),
            Cell::from(level.n),
            number(level.mean),
            number(level.ratio),
        ];
        Row { cells, emphasis: is_best.then_some(Emphasis::Good) }
    };
    let all = experiment.factors.iter().flat_map(|f| f.levels.iter().map(move |l| (f, l)));
    let rows = all.map(row).collect();
    let note = Some(Message::new("experiments.note.levels"));
    let title = Message::new("experiments.table.levels");
    let id = format!("experiments.levels_{index}");
    Table { note, ..Table::new(&id, title, columns, rows) }
}

/// The data sheet: every result with the levels of its run, −1 for the first and 1 for the second
/// of two.
pub(super) fn runs(index: usize, experiment: &Experiment) -> Table {
    let mut columns = vec![column("run", Format::Text)];
    columns.extend(experiment.factors.iter().enumerate().map(|(j, factor)| {
        let header = Message::new("experiments.column.named").arg("name", factor.name.as_str());
        Column::titled(&format!("f{j}"), Format::Number(0), header)
    }));
    columns.push(column("response", Format::Number(3)));
    let mut rows = Vec::new();
    for run in &experiment.runs {
        for response in &run.responses {
            let mut cells = vec![Cell::from(run.name.as_str())];
            let pairs = experiment.factors.iter().zip(&run.levels);
            cells.extend(pairs.map(|(factor, own)| code(factor, own)));
            cells.push(number(Some(*response)));
            rows.push(Row::from(cells));
        }
    }
    Table::new(&sheet(index), Message::new("experiments.table.runs"), columns, rows)
}

/// −1 and 1 of two levels; the place of a level among more.
fn code(factor: &Factor, own: &str) -> Cell {
    let place = factor.levels.iter().position(|level| level.label == own);
    let place = place.and_then(|place| u32::try_from(place).ok()).map(f64::from);
    let two = factor.levels.len() == 2;
    let code = place.map(|place| if two { 2.0 * place - 1.0 } else { place + 1.0 });
    Cell::from(code.and_then(|code| Value::number(code, 0)))
}
