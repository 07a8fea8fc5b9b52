//! The sheets that say how the report was made: rows, rejects, method, inputs; and the data.

use std::borrow::Cow;

use super::draft::{Draft, Item, Kind, Line};
use super::helper;
use super::words::Words;
use crate::report::edition::{Cell, Column, Edition, Issue, MethodNote, Row, Table};
use crate::report::{Format, Value};

/// Id of the table of constants; formulas name its cells.
pub(super) const CONSTANTS: &str = "workbook.constants";

/// A table made for the workbook; the id of a column is the key of its heading.
pub(super) fn table(
    id: &str,
    title: String,
    columns: &[(&str, Format)],
    words: Words<'_>,
) -> Table {
    let column = |&(id, format): &(&str, Format)| Column {
        id: id.to_owned(),
        header: words.get(id),
        format,
    };
    let columns = columns.iter().map(column).collect();
    Table { id: id.to_owned(), title, columns, ..Table::default() }
}

/// A cell of text.
pub(super) fn text(text: &str) -> Cell {
    let value = (!text.is_empty()).then(|| Value::Text(text.to_owned()));
    Cell { text: text.to_owned(), value, formula: None }
}

/// A row of cells.
pub(super) fn row(cells: Vec<Cell>) -> Row {
    Row { cells, emphasis: None }
}

/// A cell of a count.
pub(super) fn count(n: u64) -> Cell {
    let value = Value::count(n);
    Cell { text: n.to_string(), value: Some(value), formula: None }
}

/// Rows, rejects, method, inputs.
pub(super) fn drafts<'e>(edition: &'e Edition, words: Words<'e>) -> Vec<Draft<'e>> {
    vec![
        rows(edition, words),
        rejects(edition, words),
        method(edition, words),
        inputs(edition, words),
    ]
}

/// Title and way back, the first items of every sheet but the front one.
pub(super) fn head<'e>(title: &str, words: Words<'_>) -> Vec<Item<'e>> {
    vec![
        Item::text(Line::Title, title),
        Item::Back(format!("← {}", words.get("sheet_summary"))),
        Item::Gap,
    ]
}

fn list(name: String, words: Words<'_>) -> Draft<'_> {
    let items = head(&name, words);
    Draft { items, ..Draft::new(Kind::List, name) }
}

fn rows<'e>(edition: &'e Edition, words: Words<'e>) -> Draft<'e> {
    let mut draft = list(words.get("sheet_accounting"), words);
    draft.items.push(Item::borrowed(&edition.account));
    if !edition.account_line.is_empty() {
        draft.items.extend([Item::Gap, Item::text(Line::Plain, &edition.account_line)]);
    }
    draft
}

fn rejects<'e>(edition: &'e Edition, words: Words<'e>) -> Draft<'e> {
    let mut draft = list(words.get("sheet_rejects"), words);
    draft.items.push(issues(edition, words));
    draft
}

/// The problems, one row a group.
pub(super) fn issues<'e>(edition: &'e Edition, words: Words<'e>) -> Item<'e> {
    if edition.issues.is_empty() {
        return Item::text(Line::Plain, words.get("no_problems"));
    }
    let columns = [
        ("code", Format::Text),
        ("severity", Format::Text),
        ("file", Format::Text),
        ("sheet", Format::Text),
        ("cell", Format::Text),
        ("also", Format::Text),
        ("as_given", Format::Text),
        ("problem", Format::Text),
        ("expected", Format::Text),
        ("hint", Format::Text),
        ("rows", Format::Count),
    ];
    let mut issues = table("workbook.issues", words.get("sheet_rejects"), &columns, words);
    issues.rows = edition.issues.iter().map(issue).collect();
    Item::owned(issues)
}

fn issue(issue: &Issue) -> Row {
    let texts = [
        &issue.code,
        &issue.severity,
        &issue.file,
        &issue.sheet,
        &issue.cell,
        &issue.also,
        &issue.value,
        &issue.problem,
        &issue.expected,
        &issue.hint,
    ];
    let mut cells: Vec<Cell> = texts.iter().map(|t| text(t)).collect();
    cells.push(count(issue.rows));
    row(cells)
}

fn method<'e>(edition: &'e Edition, words: Words<'e>) -> Draft<'e> {
    let mut draft = list(words.get("sheet_method"), words);
    if !edition.constants.is_empty() {
        let constants = constants(edition, words);
        draft.items.push(Item::text(Line::Heading, &constants.title));
        draft.items.extend([Item::owned(constants), Item::Gap]);
    }
    let columns = [
        ("name", Format::Text),
        ("definition", Format::Text),
        ("formula", Format::Text),
        ("how_to_read", Format::Text),
        ("conventions", Format::Text),
        ("source", Format::Text),
        ("id", Format::Text),
    ];
    let mut methods = table("workbook.methods", words.get("methods"), &columns, words);
    methods.rows = edition.methods.iter().map(note).collect();
    draft.items.push(Item::text(Line::Heading, &methods.title));
    draft.items.push(Item::owned(methods));
    draft
}

fn constants(edition: &Edition, words: Words<'_>) -> Table {
    let columns = [("name", Format::Text), ("meaning", Format::Text), ("value", Format::Number(4))];
    let mut out = table(CONSTANTS, words.get("constants"), &columns, words);
    for constant in &edition.constants {
        let value = Value::number(constant.value, decimals(constant.value));
        let value = Cell { text: constant.value.to_string(), value, formula: None };
        out.rows.push(row(vec![text(&constant.name), text(&constant.meaning), value]));
    }
    out
}

/// Decimals a constant is written with: as many as it has, at most six.
fn decimals(value: f64) -> u8 {
    let printed = value.to_string();
    let after = printed.split_once('.').map_or(0, |(_, after)| after.len());
    u8::try_from(after.min(6)).unwrap_or(6)
}

fn note(note: &MethodNote) -> Row {
    let texts = [
        &note.name,
        &note.definition,
        &note.formula,
        &note.reading,
        &note.conventions,
        &note.source,
        &note.id,
    ];
    row(texts.iter().map(|t| text(t)).collect())
}

/// The files read.
pub(super) fn inputs<'e>(edition: &'e Edition, words: Words<'e>) -> Draft<'e> {
    let mut draft = list(words.get("sheet_inputs"), words);
    draft.items.push(Item::borrowed(&edition.inputs));
    if !edition.reading.rows.is_empty() {
        let title = Item::text(Line::Heading, &edition.reading.title);
        draft.items.extend([Item::Gap, title, Item::borrowed(&edition.reading)]);
    }
    draft.items.extend([Item::Gap, Item::text(Line::Muted, &edition.provenance)]);
    draft
}

/// One sheet a data table.
pub(super) fn data<'e>(edition: &'e Edition, words: Words<'e>) -> Vec<Draft<'e>> {
    let own = edition.sections.iter().flat_map(|section| &section.data);
    let tables = own.map(Cow::Borrowed).chain(helper::curves(edition).map(Cow::Owned));
    let sheet = |(n, table): (usize, Cow<'e, Table>)| {
        let name = format!("{} {n} {}", words.get("sheet_data"), table.title);
        let items = vec![Item::Table { table, links: Vec::new() }];
        Draft { items, ..Draft::new(Kind::Data, name) }
    };
    (1..).zip(tables).map(sheet).collect()
}
