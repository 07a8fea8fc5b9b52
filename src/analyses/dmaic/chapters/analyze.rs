//! Analyze: where the defects of the baseline sit, and which kinds make up most of them.

use super::compute::{Chapter, double, rate};
use super::define::scope_months;
use super::figures::{column, missing, number, table};
use crate::dataset::{DefectCounts, Place};
use crate::records::{Col, TableKind, fold};
use crate::report::{
    Block, Cell, Chart, ChartKind, Check, Emphasis, Expr, Format, Func, Message, Role, Row, Series,
    Table, Value,
};
use crate::stats::comparison::homogeneity::{Homogeneity, equal_rates};
use crate::stats::flow::pareto::pareto;
use crate::stats::holm;
use crate::stats::sigma::rates;

/// Kinds of defects named; the rest is put together.
const NAMED: usize = 8;
/// The share of the defects the top causes are counted up to, in per cent.
const VITAL: f64 = 80.0;
/// Below this adjusted p-value parts differ beyond chance.
const ALPHA: f64 = 0.05;

/// The phase.
pub(super) fn blocks(chapter: &Chapter<'_>) -> Vec<Block> {
    let (mut blocks, mut checks) = (Vec::new(), Vec::<Check>::new());
    match strata(chapter) {
        Ok(table) => blocks.push(Block::Table(table)),
        Err(line) => checks.push(line),
    }
    match causes(chapter) {
        Ok(chart) => blocks.push(Block::Chart(Box::new(chart))),
        Err(line) => checks.push(line),
    }
    if !checks.is_empty() {
        blocks.push(Block::Checklist(checks));
    }
    blocks
}

/// One dimension of the scope: its parts and the test of their rates.
struct Stratum {
    name: &'static str,
    parts: Vec<(Value, DefectCounts)>,
    test: Option<Homogeneity>,
}

/// A dimension: its name, its labels, and where a place lies among them.
type Dimension<'l> = (&'static str, &'l [Option<String>], fn(&Place) -> usize);

/// The homogeneity of every dimension inside the scope, Holm over the dimensions.
fn strata(chapter: &Chapter<'_>) -> Result<Table, Check> {
    scope_months(chapter, "strata")?;
    let strata = dimensions(chapter);
    if strata.is_empty() {
        return Err(missing("strata", TableKind::ServiceRecords, Some(Col::Category)));
    }
    let p: Vec<f64> = strata.iter().map(|s| s.test.map_or(f64::NAN, |t| t.p_value)).collect();
    let rows = strata.iter().zip(holm(&p)).map(|(stratum, p)| row(chapter, stratum, p)).collect();
    let columns = vec![
        column("dimension", Format::Text),
        column("parts", Format::Count),
        column("chi_square", Format::Number(2)),
        column("df", Format::Count),
        column("p", Format::Number(4)),
        column("worst", Format::Text),
        column("share", Format::Share),
        column("ratio", Format::Number(2)),
        column("ratio_low", Format::Number(2)),
        column("ratio_high", Format::Number(2)),
        column("reading", Format::Text),
    ];
    let mut table = table(chapter, "strata", columns, rows);
    table.note = Some(Message::new("dmaic.note.strata"));
    Ok(table)
}

fn dimensions(chapter: &Chapter<'_>) -> Vec<Stratum> {
    let (Some(cube), Some(scope)) = (&chapter.all.cube, chapter.scope) else { return Vec::new() };
    let mut dims: Vec<Dimension<'_>> = Vec::new();
    if scope.step.is_none() {
        dims.push(("step", &cube.steps, |place| place.step));
    }
    if scope.team.is_none() {
        dims.push(("team", &cube.teams, |place| place.team));
    }
    dims.push(("category", &cube.categories, |place| place.category));
    let of = |(name, labels, index): Dimension<'_>| {
        let part = |(i, label): (usize, &Option<String>)| {
            let counts = chapter.baseline_counts(|place| index(place) == i);
            let unnamed = || Message::new("dmaic.unnamed").into();
            let name = label.clone().map_or_else(unnamed, Value::Text);
            (counts.opportunities > 0).then_some((name, counts))
        };
        let parts: Vec<_> = labels.iter().enumerate().filter_map(part).collect();
        let groups: Vec<(u64, f64)> =
            parts.iter().map(|(_, c)| (c.defects, double(c.opportunities))).collect();
        (parts.len() > 1).then(|| Stratum { name, test: equal_rates(&groups), parts })
    };
    dims.into_iter().filter_map(of).collect()
}

/// The worst part of a dimension beside the rest of it.
fn row(chapter: &Chapter<'_>, stratum: &Stratum, p: f64) -> Row {
    let value = |counts: &DefectCounts| rate(counts).value().unwrap_or(0.0);
    let worst = stratum.parts.iter().max_by(|a, b| value(&a.1).total_cmp(&value(&b.1)));
    let mut rest = DefectCounts::default();
    let others = stratum.parts.iter().filter(|part| Some(*part) != worst);
    others.for_each(|(_, counts)| rest.add(counts));
    let ratio = worst.and_then(|(_, own)| rates::ratio(rate(own), rate(&rest), chapter.all.level));
    let all = chapter.baseline_counts(|_| true).defects;
    let differs = p < ALPHA;
    let reading = if differs { "dmaic.reading.differs" } else { "dmaic.reading.alike" };
    let cells = vec![
        Value::from(Message::new(format!("dmaic.dimension.{}", stratum.name))).into(),
        stratum.parts.len().into(),
        number(stratum.test.map(|test| test.chi_square), 2),
        Cell::from(stratum.test.map(|test| Value::count(test.df))),
        number(stratum.test.map(|_| p), 4),
        Cell::from(worst.filter(|_| differs).map(|(name, _)| name.clone())),
        Cell::from(worst.and_then(|(_, own)| Value::ratio(own.defects, all).filter(|_| differs))),
        number(ratio.filter(|_| differs).map(|(ratio, _)| ratio), 2),
        number(ratio.filter(|_| differs).map(|(_, bounds)| bounds.low), 2),
        number(ratio.filter(|_| differs).map(|(_, bounds)| bounds.high), 2),
        Value::from(Message::new(reading)).into(),
    ];
    Row { cells, emphasis: differs.then_some(Emphasis::Bad) }
}

/// Defects of the baseline by kind: from the defect log, else from the service records.
fn causes(chapter: &Chapter<'_>) -> Result<Chart, Check> {
    scope_months(chapter, "causes")?;
    let counted = [TableKind::DefectLog, TableKind::ServiceRecords]
        .into_iter()
        .map(|kind| kinds(chapter, kind))
        .find(|kinds| !kinds.is_empty());
    let kinds =
        counted.ok_or_else(|| missing("causes", TableKind::DefectLog, Some(Col::DefectType)))?;
    let values: Vec<f64> = kinds.iter().map(|(_, count)| double(*count)).collect();
    let vital = pareto(&values).map_or(0, |pareto| pareto.vital_few(VITAL).len());
    let total: u64 = kinds.iter().map(|(_, count)| count).sum();
    let title = Message::new("dmaic.chart.causes").arg("project", super::figures::id(chapter));
    let table = cause_table(chapter, &kinds, title.clone());
    let series = [("count", Role::Value), ("cumulative", Role::Cumulative)];
    Ok(Chart {
        id: chapter.id("causes"),
        kind: ChartKind::Pareto,
        describe: Message::new("dmaic.chart.causes_describe")
            .arg("kinds", kinds.len())
            .arg("vital", vital)
            .arg("defects", total),
        y_label: Message::new("dmaic.column.count"),
        table,
        title,
        x: "kind".to_owned(),
        series: series.map(|(id, role)| Series { column: id.to_owned(), role }).to_vec(),
        signal: None,
        point_label: None,
        marks: Vec::new(),
        references: Vec::new(),
    })
}

/// Defects by kind in the scope and the baseline, the most frequent first.
fn kinds(chapter: &Chapter<'_>, kind: TableKind) -> Vec<(String, u64)> {
    let Some(records) = chapter.all.data.table(kind) else { return Vec::new() };
    let project = chapter.project;
    let fits = |wanted: &Option<String>, col: Col, row: usize| match wanted {
        None => true,
        Some(wanted) => records.text(col, row).is_some_and(|text| fold(text) == fold(wanted)),
    };
    let (from, to) = chapter.baseline.unwrap_or((0, -1));
    let mut sums = std::collections::BTreeMap::<&str, u64>::new();
    for row in 0..records.len() {
        let Some(name) = records.text(Col::DefectType, row) else { continue };
        let month = records.day(Col::Date, row).map(|day| day.month().number());
        let inside = month.is_some_and(|month| (from..=to).contains(&month));
        if inside && fits(&project.step, Col::Step, row) && fits(&project.team, Col::Team, row) {
            let one = i64::from(!records.has(Col::Defects));
            let count = records.count(Col::Defects, row).unwrap_or(one);
            let sum = sums.entry(name).or_default();
            *sum = sum.saturating_add(u64::try_from(count).unwrap_or(0));
        }
    }
    let named = sums.into_iter().filter(|(_, count)| *count > 0);
    let mut kinds: Vec<(String, u64)> = named.map(|(name, n)| (name.to_owned(), n)).collect();
    kinds.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
    kinds
}

fn cause_table(chapter: &Chapter<'_>, kinds: &[(String, u64)], title: Message) -> Table {
    let id = chapter.id("causes");
    let mut shown: Vec<(Value, u64)> =
        kinds.iter().take(NAMED).map(|(name, n)| (Value::from(name.as_str()), *n)).collect();
    let rest: u64 = kinds.iter().skip(NAMED).map(|(_, n)| n).sum();
    if rest > 0 {
        shown.push((Message::new("dmaic.other").into(), rest));
    }
    let total: u64 = shown.iter().map(|(_, n)| n).sum();
    let span =
        |to: usize| Expr::call(Func::Sum, [Expr::Span(id.clone(), "count".to_owned(), 0, to)]);
    let last = shown.len().saturating_sub(1);
    let mut so_far = 0;
    let rows = shown.into_iter().enumerate().map(|(i, (name, n))| {
        so_far += n;
        Row::from(vec![
            Cell::from(name),
            n.into(),
            Cell::from(Value::ratio(n, total)).by(Expr::own("count") / span(last)),
            Cell::from(Value::ratio(so_far, total)).by(span(i) / span(last)),
        ])
    });
    let rows = rows.collect();
    let columns = vec![
        column("kind", Format::Text),
        column("count", Format::Count),
        column("share", Format::Share),
        column("cumulative", Format::Share),
    ];
    Table { id: id.clone(), title, columns, rows, note: None, top: None }
}
