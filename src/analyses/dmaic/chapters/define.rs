//! Define: charter, SIPOC, the problem in figures, what it costs.

use super::compute::{Chapter, double};
use super::figures::{check, column, dpo, missing, no_rows, number, table};
use crate::dataset::{SipocElement, Table as Records};
use crate::records::{Col, TableKind, fold};
use crate::report::{Block, Cell, Check, CheckState, Expr, Format, Message, Row, Table, Value};
use crate::units::{Money, Month};

/// The fields of a charter.
const FIELDS: [Col; 7] =
    [Col::Problem, Col::Goal, Col::Scope, Col::BusinessCase, Col::Sponsor, Col::Members, Col::Ctq];

/// The phase.
pub(super) fn blocks(chapter: &Chapter<'_>) -> Vec<Block> {
    let mut checks = Vec::new();
    let mut blocks = Vec::new();
    let parts = [charter(chapter), sipoc(chapter), problem(chapter), cost(chapter)];
    for part in parts {
        match part {
            Ok(table) => blocks.push(Block::Table(table)),
            Err(line) => checks.push(line),
        }
    }
    if !checks.is_empty() {
        blocks.push(Block::Checklist(checks));
    }
    blocks
}

fn charter(chapter: &Chapter<'_>) -> Result<Table, Check> {
    let kind = TableKind::Charters;
    let (records, rows) = chapter.rows(kind);
    let records = records.ok_or_else(|| missing("charter", kind, None))?;
    let texts = |col: Col| -> Vec<&str> {
        let mut texts: Vec<&str> = rows.iter().filter_map(|&row| records.text(col, row)).collect();
        texts.sort_unstable();
        texts.dedup();
        texts
    };
    let field = |col: Col| {
        let texts = texts(col);
        let cell = |text: String| Cell::from(Value::Text(text));
        let name = Cell::from(Value::from(Message::new(format!("col.{}", col.name()))));
        (!texts.is_empty()).then(|| Row::from(vec![name, cell(texts.join("; "))]))
    };
    let rows: Vec<Row> = FIELDS.into_iter().filter_map(field).collect();
    if rows.is_empty() {
        return Err(no_rows("charter", kind));
    }
    let columns = vec![column("field", Format::Text), column("text", Format::Text)];
    Ok(table(chapter, "charter", columns, rows))
}

fn sipoc(chapter: &Chapter<'_>) -> Result<Table, Check> {
    let kind = TableKind::Sipoc;
    let (records, rows) = chapter.rows(kind);
    let records = records.ok_or_else(|| missing("sipoc", kind, None))?;
    let items = |element: SipocElement| items(records, &rows, element);
    let lists = SipocElement::ALL.map(items);
    let height = lists.iter().map(Vec::len).max().unwrap_or(0);
    if height == 0 {
        return Err(no_rows("sipoc", kind));
    }
    let cell = |list: &Vec<&str>, i: usize| Cell::from(list.get(i).map(|&item| Value::from(item)));
    let row = |i: usize| Row::from(lists.iter().map(|list| cell(list, i)).collect::<Vec<Cell>>());
    let ids = ["supplier", "input", "process", "output", "customer"];
    let columns = ids.map(|id| column(id, Format::Text)).to_vec();
    Ok(table(chapter, "sipoc", columns, (0..height).map(row).collect()))
}

/// Items of an element, in the order of their rows in the workbook.
fn items<'t>(records: &'t Records, rows: &[usize], element: SipocElement) -> Vec<&'t str> {
    let named = |&row: &usize| {
        let is = records.text(Col::Element, row).and_then(SipocElement::named);
        let origin = records.origins().get(row)?;
        let item = records.text(Col::Item, row)?;
        (is == Some(element)).then_some((origin.source, origin.row, item))
    };
    let mut found: Vec<(u32, u32, &str)> = rows.iter().filter_map(named).collect();
    found.sort_unstable();
    found.into_iter().map(|(.., item)| item).collect()
}

/// The problem statement in figures.
fn problem(chapter: &Chapter<'_>) -> Result<Table, Check> {
    let (from, to) = scope_months(chapter, "problem")?;
    let counts = chapter.baseline_counts(|_| true);
    let level = dpo(&counts, chapter.all.level);
    let dpmo = |x: Option<f64>| number(x.map(|x| x * 1e6), 0);
    let project = chapter.project;
    let cells = vec![
        Month::from_number(from).into(),
        Month::from_number(to).into(),
        counts.units.into(),
        counts.opportunities.into(),
        counts.defects.into(),
        dpmo(level.map(|e| e.value))
            .by(Expr::from(1e6) * Expr::own("defects") / Expr::own("opportunities")),
        dpmo(level.map(|e| e.bounds.low)),
        dpmo(level.map(|e| e.bounds.high)),
        number(project.baseline, 4),
        number(project.target, 4),
    ];
    let columns = vec![
        column("from", Format::Month),
        column("to", Format::Month),
        column("units", Format::Count),
        column("opportunities", Format::Count),
        column("defects", Format::Count),
        column("dpmo", Format::Number(0)),
        column("dpmo_low", Format::Number(0)),
        column("dpmo_high", Format::Number(0)),
        column("stated_baseline", Format::Number(4)),
        column("stated_target", Format::Number(4)),
    ];
    Ok(table(chapter, "problem", columns, vec![Row::from(cells)]))
}

/// The months of the baseline, or why the records do not tell them.
pub(super) fn scope_months(chapter: &Chapter<'_>, label: &str) -> Result<(i32, i32), Check> {
    if chapter.all.cube.is_none() {
        return Err(missing(label, TableKind::ServiceRecords, Some(Col::Defects)));
    }
    let known = chapter.project.step.is_some() || chapter.project.team.is_some();
    if !known {
        return Err(missing(label, TableKind::Projects, Some(Col::Step)));
    }
    let unknown = || {
        let detail = Message::new("dmaic.check.unknown_scope");
        check(label, CheckState::NotComputable, detail)
    };
    chapter.scope.and(chapter.baseline).ok_or_else(unknown)
}

/// The cost of poor quality of the scope over the baseline: defects by the service records, the
/// other classes by the quality costs of the step.
fn cost(chapter: &Chapter<'_>) -> Result<Table, Check> {
    let (from, to) = scope_months(chapter, "cost")?;
    let counts = chapter.baseline_counts(|_| true);
    let mut rows = Vec::new();
    if counts.costed > 0 {
        let name = Value::from(Message::new("dmaic.cost.defects"));
        rows.push((name, Money::from_raw(counts.cost)));
    }
    rows.extend(classes(chapter, (from, to)));
    if rows.is_empty() {
        return Err(missing("cost", TableKind::ServiceRecords, Some(Col::Cost)));
    }
    let months = double(u64::try_from(to - from + 1).unwrap_or(1));
    let row = |(name, money): (Value, Money)| {
        let yearly = Money::from_units(money.to_units() * 12.0 / months).map(Value::from);
        let scale = Expr::from(12.0) / Expr::from(months);
        let yearly = Cell::from(yearly).by(Expr::own("money") * scale);
        Row::from(vec![Cell::from(name), money.into(), yearly])
    };
    let columns = vec![
        column("cost_class", Format::Text),
        column("money", Format::Money),
        column("yearly", Format::Money),
    ];
    Ok(table(chapter, "cost", columns, rows.into_iter().map(row).collect()))
}

/// Quality costs of the project's step by class, over some months.
fn classes(chapter: &Chapter<'_>, (from, to): (i32, i32)) -> Vec<(Value, Money)> {
    let Some(records) = chapter.all.data.table(TableKind::QualityCosts) else { return Vec::new() };
    let Some(step) = chapter.project.step.as_deref().map(fold) else { return Vec::new() };
    let mut sums = std::collections::BTreeMap::<&str, Money>::new();
    for row in 0..records.len() {
        let own = records.text(Col::Step, row).is_some_and(|text| fold(text) == step);
        let day = records.day(Col::Date, row);
        let inside = day.is_some_and(|day| (from..=to).contains(&day.month().number()));
        let class = records.text(Col::CostClass, row).filter(|_| own && inside);
        if let Some((class, money)) = class.zip(records.money(Col::Cost, row)) {
            let sum = sums.entry(class).or_default();
            *sum = *sum + money;
        }
    }
    sums.into_iter().map(|(class, money)| (Value::from(class), money)).collect()
}
