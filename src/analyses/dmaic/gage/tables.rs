//! Tables of spread, of the analysis of variance, of bias, and of agreement.

use super::compute::{Attribute, Spread, Variable, share};
use crate::report::{Cell, Column, Emphasis, Expr, Format, Func, Message, Row, Table, Value};
use crate::stats::measurement::agreement::attribute::Matched;
use crate::stats::measurement::agreement::cohen::Kappa;
use crate::stats::measurement::gage::average_range::AverageRange;
use crate::stats::measurement::gage::linearity::{Bias, Linearity};
use crate::stats::measurement::gage::type1::Type1;
use crate::stats::measurement::gage::{FTest, Source};

/// A column of this analysis.
pub(super) fn column(id: &str, format: Format) -> Column {
    Column::of("gage", id, format)
}

/// A number.
pub(super) fn number(value: Option<f64>, decimals: u8) -> Cell {
    Cell::from(value.and_then(|x| Value::number(x, decimals)))
}

fn word(group: &str, key: &str) -> Cell {
    Cell::from(Value::from(Message::new(format!("gage.{group}.{key}"))))
}

fn title(key: &str) -> Message {
    Message::new(format!("gage.table.{key}"))
}

/// Where the spread comes from, in all the ways it is told.
pub(super) fn components(index: usize, spread: &Spread, level: f64) -> Table {
    let id = format!("gage.components_{index}");
    let own = spread.components;
    let lines = [
        ("gage", own.gage()),
        ("repeatability", own.repeatability),
        ("reproducibility", own.reproducibility()),
        ("operator", own.operator),
        ("interaction", own.operator_by_part),
        ("part", own.part_to_part),
        ("total", own.total()),
    ];
    let mut columns = vec![column("source", Format::Text), column("variance", Format::Number(6))];
    columns.push(column("contribution", Format::Share));
    columns.push(column("sd", Format::Number(5)));
    columns.push(column("percent", Format::Share));
    columns.extend(spread.tolerance.map(|_| column("tolerance", Format::Share)));
    let total = |column: &str| Expr::at(&id, column, lines.len() - 1);
    let row = |(key, variance): (&str, f64)| {
        let told = own.share(variance, spread.terms()).ok();
        let percent = |x: Option<f64>| Cell::from(x.and_then(|x| Value::share(x / 100.0)));
        let mut cells = vec![word("source", key), number(Some(variance), 6)];
        let part = Expr::own("variance") / total("variance");
        cells.push(percent(told.map(|t| t.contribution)).by(part));
        let root = Expr::call(Func::Sqrt, [Expr::own("variance")]);
        cells.push(number(told.map(|t| t.sd), 5).by(root));
        let part = Expr::own("sd") / total("sd");
        cells.push(percent(told.map(|t| t.study_variation)).by(part));
        cells.extend(spread.tolerance.map(|width| {
            let span = Expr::own("sd") * super::compute::SPAN.into() / width.into();
            percent(told.and_then(|t| t.tolerance)).by(span)
        }));
        Row { cells, emphasis: (key == "total").then_some(Emphasis::Total) }
    };
    let rows = lines.into_iter().map(row).collect();
    let repeated = spread.sources.iter().find(|(key, ..)| *key == "repeatability");
    let bounds = repeated.and_then(|(_, source, _)| source.sd_bounds(level));
    let mut note =
        Message::new(if bounds.is_some() { "gage.note.components" } else { "gage.note.span" });
    if let Some((low, high)) =
        bounds.and_then(|b| Some((Value::number(b.low, 5)?, Value::number(b.high, 5)?)))
    {
        note = note.arg("low", low).arg("high", high);
    }
    let title = title("components");
    Table { note: Some(note), ..Table::new(&id, title, columns, rows) }
}

/// The analysis of variance.
pub(super) fn variance(index: usize, spread: &Spread) -> Table {
    let columns = vec![
        column("source", Format::Text),
        column("df", Format::Count),
        column("ss", Format::Number(5)),
        column("ms", Format::Number(5)),
        column("f", Format::Number(2)),
        column("p", Format::Number(4)),
    ];
    let row = |(key, source, test): &(&str, Source, Option<FTest>)| {
        Row::from(vec![
            word("source", key),
            Cell::from(source.df),
            number(Some(source.ss), 5),
            number(source.ms(), 5).by(Expr::own("ss") / Expr::own("df")),
            number(test.map(|test| test.f), 2),
            number(test.map(|test| test.p_value), 4),
        ])
    };
    let rows = spread.sources.iter().map(row).collect();
    let note = Some(Message::new(format!("gage.note.{}", spread.model)));
    Table {
        note,
        ..Table::new(&format!("gage.variance_{index}"), title("variance"), columns, rows)
    }
}

/// AIAG's paper form of averages and ranges, beside the analysis of variance.
pub(super) fn form(index: usize, form: &AverageRange) -> Table {
    let columns = vec![
        column("source", Format::Text),
        column("sd", Format::Number(5)),
        column("percent", Format::Share),
    ];
    let id = format!("gage.form_{index}");
    let lines = [
        ("equipment", form.equipment),
        ("appraiser", form.appraiser),
        ("gage", form.gage),
        ("part", form.part),
        ("total", form.total),
    ];
    let row = |(key, sd): (&str, f64)| {
        let percent = Cell::from(Value::share(form.percent(sd) / 100.0));
        let part = Expr::own("sd") / Expr::at(&id, "sd", lines.len() - 1);
        Row::from(vec![word("source", key), number(Some(sd), 5), percent.by(part)])
    };
    let rows = lines.into_iter().map(row).collect();
    let note = Some(Message::new("gage.note.form"));
    Table { note, ..Table::new(&id, title("form"), columns, rows) }
}

/// A type 1 study: bias, Cg and Cgk.
pub(super) fn type1(index: usize, found: &Variable, study: &Type1) -> Table {
    let columns = vec![
        column("figure", Format::Text),
        column("value", Format::Number(4)),
        column("low", Format::Number(4)),
        column("high", Format::Number(4)),
        column("p", Format::Number(4)),
    ];
    let reference = study.mean - study.bias;
    let ends = found.mean.map(|e| (e.bounds.low - reference, e.bounds.high - reference));
    let row = |key: &str, value: Option<f64>| {
        let mut cells = vec![word("figure", key), number(value, 4)];
        let bias = key == "bias";
        cells.push(number(ends.filter(|_| bias).map(|(low, _)| low), 4));
        cells.push(number(ends.filter(|_| bias).map(|(_, high)| high), 4));
        cells.push(number(study.p_value.filter(|_| bias), 4));
        Row::from(cells)
    };
    let rows = vec![
        row("reference", Some(reference)),
        row("mean", Some(study.mean)),
        row("sd", Some(study.sd)),
        row("bias", Some(study.bias)),
        row("cg", study.cg),
        row("cgk", study.cgk),
    ];
    let note = Some(Message::new("gage.note.type1"));
    Table { note, ..Table::new(&format!("gage.type1_{index}"), title("type1"), columns, rows) }
}

/// Bias by reference size.
pub(super) fn bias(index: usize, study: &Linearity) -> Table {
    let columns = vec![
        column("reference", Format::Number(4)),
        column("n", Format::Count),
        column("bias", Format::Number(4)),
        column("sd", Format::Number(4)),
        column("p", Format::Number(4)),
    ];
    let row = |bias: &Bias| {
        Row::from(vec![
            number(Some(bias.reference), 4),
            Cell::from(bias.n),
            number(Some(bias.bias), 4),
            number(bias.sd, 4),
            number(bias.p_value, 4),
        ])
    };
    let rows = study.biases.iter().map(row).collect();
    let slope = study.line.inference(0.95).ok().and_then(|found| found.get(1).copied());
    let figure = |x: f64| Value::number(x, 4);
    let note = slope.and_then(|slope| {
        let note = Message::new("gage.note.linearity").arg("slope", figure(study.slope())?);
        Some(note.arg("low", figure(slope.bounds.low)?).arg("high", figure(slope.bounds.high)?))
    });
    Table { note, ..Table::new(&format!("gage.bias_{index}"), title("bias"), columns, rows) }
}

/// Agreement within, with the standard and between, each with its interval, and kappa.
pub(super) fn agreement(index: usize, study: &Attribute) -> Option<Table> {
    let found = study.agreement.as_ref().ok()?;
    let mut columns = vec![column("who", Format::Text), column("with", Format::Text)];
    columns.extend(["matched", "items"].map(|id| column(id, Format::Count)));
    columns.extend(["share", "low", "high"].map(|id| column(id, Format::Share)));
    columns.push(column("kappa", Format::Number(3)));
    columns.extend(["kappa_low", "kappa_high"].map(|id| column(id, Format::Number(3))));
    let row =
        |who: Cell, with: &str, matched: Matched, kappa: Option<f64>, pair: Option<&Kappa>| {
            let bounds = matched.bounds(study.level);
            let kappas = pair.and_then(|pair| pair.bounds(study.level));
            let part = |x: Option<f64>| Cell::from(x.and_then(Value::share));
            Row::from(vec![
                who,
                word("with", with),
                Cell::from(matched.matched),
                Cell::from(matched.items),
                part(Some(share(matched))).by(Expr::own("matched") / Expr::own("items")),
                part(bounds.map(|b| b.low)),
                part(bounds.map(|b| b.high)),
                number(kappa, 3),
                number(kappas.map(|b| b.low), 3),
                number(kappas.map(|b| b.high.min(1.0)), 3),
            ])
        };
    let mut rows = Vec::new();
    for ((name, own), kappa) in study.appraisers.iter().zip(&found.appraisers).zip(&study.against) {
        let who = || Cell::from(name.as_str());
        rows.extend(own.within.map(|m| row(who(), "itself", m, None, None)));
        let kappa = kappa.as_ref();
        let value = kappa.map(|kappa| kappa.kappa);
        rows.extend(own.against_standard.map(|m| row(who(), "standard", m, value, kappa)));
    }
    let all = || word("with", "all");
    let fleiss = study.fleiss.as_ref().map(|fleiss| fleiss.kappa);
    let pair = study.pair.as_ref();
    let kappa = pair.map(|pair| pair.kappa).or(fleiss);
    rows.extend(found.between.map(|m| row(all(), "each_other", m, kappa, pair)));
    rows.extend(found.all_against_standard.map(|m| row(all(), "standard", m, None, None)));
    let note = Message::new(if pair.is_some() { "gage.note.pair" } else { "gage.note.agreement" });
    let id = format!("gage.agreement_{index}");
    Some(Table { note: Some(note), ..Table::new(&id, title("agreement"), columns, rows) })
}
